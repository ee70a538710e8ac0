//! The writer thread: it alone owns the read-write connection. Interactive writes go before background writes.
//! Not here: what is written.

use crate::{
    canary::{Canary, Noted},
    error::{Result, StoreError},
    op::{CommittedLine, Op, Written},
    tables::{act::ActTx, local::LocalTx, mirror::MirrorTx},
};
use rusqlite::{Connection, TransactionBehavior};
use std::{
    collections::VecDeque,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Condvar, Mutex, PoisonError, mpsc},
};

type Job = Box<dyn FnOnce(&mut Connection, &mut Canary) + Send>;

/// Which queue a write waits in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// A person waits for it.
    Interactive,
    /// It may wait for persons.
    Background,
}

#[derive(Default)]
struct Queues {
    interactive: VecDeque<Job>,
    background: VecDeque<Job>,
    closed: bool,
}

struct Shared {
    queues: Mutex<Queues>,
    news: Condvar,
}

/// At most so many writes wait; a caller beyond that is told that the store is busy.
const MOST_WAITING: usize = 4096;

/// The way to the writer thread. Dropping the last one lets the thread finish what waits, then close.
pub struct Writer {
    shared: Arc<Shared>,
    thread: Mutex<Option<std::thread::JoinHandle<()>>>,
}

impl Writer {
    /// Starts the thread; `at_end` runs after the connection was closed.
    pub(crate) fn start(
        mut connection: Connection,
        mut canary: Canary,
        at_end: impl FnOnce() + Send + 'static,
    ) -> Result<Self> {
        let shared = Arc::new(Shared {
            queues: Mutex::default(),
            news: Condvar::new(),
        });
        let theirs = Arc::clone(&shared);
        let work = move || {
            while let Some(job) = next_job(&theirs) {
                job(&mut connection, &mut canary);
            }
            drop(connection);
            at_end();
        };
        let thread = std::thread::Builder::new()
            .name("store-writer".into())
            .spawn(work);
        let thread = thread.map_err(|error| StoreError::Refused(error.to_string()))?;
        Ok(Writer {
            shared,
            thread: Mutex::new(Some(thread)),
        })
    }

    /// Does `op` in one IMMEDIATE transaction and returns when it is durable.
    pub fn write<T: Send + 'static>(&self, urgency: Urgency, op: Op<T>) -> Result<Written<T>> {
        let (answer, wait) = mpsc::sync_channel(1);
        let job: Job = Box::new(move |connection, canary| {
            // A panic in a caller's part of the write rolls back and ends that write only, not the thread.
            let done = catch_unwind(AssertUnwindSafe(|| perform(connection, op, canary)));
            let done = done.unwrap_or_else(|_| Err(StoreError::Refused("a write panicked".into())));
            let (done, noted) = match done {
                Ok((written, noted)) => (Ok(written), noted),
                Err(error) => (Err(error), None),
            };
            // A caller that stopped waiting changes nothing: the write is done or not, as a whole.
            let _ = answer.send(done);
            // While the caller goes on; whatever it writes next waits for this.
            if let Some(noted) = noted {
                canary.note(noted);
            }
        });
        let mut queues = self
            .shared
            .queues
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if queues.closed {
            return Err(StoreError::Closed);
        }
        let queue = match urgency {
            Urgency::Interactive => &mut queues.interactive,
            Urgency::Background => &mut queues.background,
        };
        if queue.len() >= MOST_WAITING {
            return Err(StoreError::Refused("too many writes wait".into()));
        }
        queue.push_back(job);
        drop(queues);
        self.shared.news.notify_one();
        wait.recv().map_err(|_| StoreError::Closed)?
    }

    /// How many writes wait: of persons, and of background work.
    pub fn waiting(&self) -> (usize, usize) {
        let queues = self
            .shared
            .queues
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        (queues.interactive.len(), queues.background.len())
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.shared
            .queues
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .closed = true;
        self.shared.news.notify_one();
        if let Some(thread) = self
            .thread
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
        {
            // The thread never panics: jobs answer with errors, also when their caller's part panicked.
            let _ = thread.join();
        }
    }
}

fn next_job(shared: &Shared) -> Option<Job> {
    let mut queues = shared.queues.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        if let Some(job) = queues.interactive.pop_front() {
            return Some(job);
        }
        if let Some(job) = queues.background.pop_front() {
            return Some(job);
        }
        if queues.closed {
            return None;
        }
        queues = shared
            .news
            .wait(queues)
            .unwrap_or_else(PoisonError::into_inner);
    }
}

fn perform<T>(
    connection: &mut Connection,
    op: Op<T>,
    canary: &Canary,
) -> Result<(Written<T>, Option<Noted>)> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done = match op {
        Op::Act(context, body) => {
            let mut tx = ActTx::begin(&transaction, context)?;
            let (lines, value) = body(&mut tx)?;
            let lines = tx.append(lines)?;
            canary.remember(&transaction)?;
            (Written { value, lines }, Some(tx.noted()))
        }
        Op::Mirror(body) => (none(body(&mut MirrorTx::new(&transaction))?), None),
        Op::Local(body) => (none(body(&mut LocalTx::new(&transaction))?), None),
    };
    // SQLite has rolled back by itself when this fails for lack of space; nothing of the write is left.
    transaction.commit()?;
    Ok(done)
}

fn none<T>(value: T) -> Written<T> {
    Written {
        value,
        lines: Vec::<CommittedLine>::new(),
    }
}
