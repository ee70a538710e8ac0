//! The one thread that writes: it takes every request that waits, runs each in a savepoint, and commits them together,
//! so that many small batches cost one fsync. Not here: what the requests do.

use std::path::PathBuf;

use rusqlite::{Connection, Error};
use tokio::sync::{mpsc, oneshot};

use crate::ledger::{LedgerError, LedgerResult};

/// Requests that wait before senders wait too.
const QUEUE: usize = 256;
/// Requests in one commit at most, so that the first of them is not kept waiting.
const GROUP: usize = 64;

/// A handle on the thread; the thread ends when the last handle is dropped.
#[derive(Clone)]
pub(super) struct Writer(mpsc::Sender<Box<dyn Job>>);

trait Job: Send {
    /// Does the work inside a savepoint; false = roll it back.
    fn run(&mut self, connection: &Connection) -> bool;
    /// Tells the asker, after the commit.
    fn settle(self: Box<Self>, committed: Result<(), LedgerError>);
}

struct Request<T, F> {
    work: Option<F>,
    outcome: Option<LedgerResult<T>>,
    reply: oneshot::Sender<LedgerResult<T>>,
}

impl<T, F> Job for Request<T, F>
where
    T: Send,
    F: FnOnce(&Connection) -> LedgerResult<T> + Send,
{
    fn run(&mut self, connection: &Connection) -> bool {
        self.outcome = self.work.take().map(|work| work(connection));
        matches!(self.outcome, Some(Ok(_)))
    }

    fn settle(self: Box<Self>, committed: Result<(), LedgerError>) {
        let done = self.outcome.unwrap_or_else(|| Err(stopped()));
        // The asker may have gone away; what was committed stays, and asking again finds it.
        let _ = self.reply.send(committed.and(done));
    }
}

impl Writer {
    /// Starts the thread on a connection that `open` makes; `open` is called again after a failed commit, since
    /// after an I/O error a connection's cache can't be trusted.
    pub(super) fn start(
        path: PathBuf,
        open: fn(&PathBuf) -> LedgerResult<Connection>,
    ) -> LedgerResult<Self> {
        let mut connection = open(&path)?;
        let (sender, mut receiver) = mpsc::channel::<Box<dyn Job>>(QUEUE);
        let turn = move || {
            while let Some(first) = receiver.blocking_recv() {
                let mut group = vec![first];
                while group.len() < GROUP
                    && let Ok(next) = receiver.try_recv()
                {
                    group.push(next);
                }
                let committed = commit(&connection, &mut group);
                if committed.is_err()
                    && let Ok(fresh) = open(&path)
                {
                    connection = fresh;
                }
                for job in group {
                    job.settle(committed.clone());
                }
            }
        };
        std::thread::Builder::new()
            .name("ledger".into())
            .spawn(turn)
            .map_err(LedgerError::storage)?;
        Ok(Writer(sender))
    }

    /// Runs `work` in the next commit; `Ok` means that it is on the disk.
    pub(super) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> LedgerResult<T> + Send + 'static,
    ) -> LedgerResult<T> {
        let (reply, answer) = oneshot::channel();
        let request = Request {
            work: Some(work),
            outcome: None,
            reply,
        };
        self.0
            .send(Box::new(request))
            .await
            .map_err(|_| stopped())?;
        answer.await.map_err(|_| stopped())?
    }
}

fn commit(connection: &Connection, group: &mut [Box<dyn Job>]) -> LedgerResult<()> {
    let worked = group_work(connection, group);
    if worked.is_err() && !connection.is_autocommit() {
        // SQLite has rolled back by itself after a full disk or an I/O error; then there is nothing to undo.
        let _ = connection.execute_batch("rollback");
    }
    worked.map_err(LedgerError::storage)
}

fn group_work(connection: &Connection, group: &mut [Box<dyn Job>]) -> Result<(), Error> {
    connection.execute_batch("begin immediate")?;
    for job in group {
        connection.execute_batch("savepoint job")?;
        if !job.run(connection) {
            connection.execute_batch("rollback to job")?;
        }
        connection.execute_batch("release job")?;
    }
    connection.execute_batch("commit")
}

fn stopped() -> LedgerError {
    LedgerError::Storage("the writer has stopped".into())
}
