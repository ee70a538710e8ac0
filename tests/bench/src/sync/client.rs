//! The program's own engine over a real store, a contact at a time. Not here: what stands between it and the centre.

use anyhow::{Result, ensure};
use onedoor_store::{Store, tables::mirror::Keeper};
use onedoor_sync::{
    Engine, Link,
    engine::Surroundings,
    http::centre_at,
    machine::{Input, Machine, Policy},
};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use uuid::Uuid;

/// No scans go: what is measured is lines.
pub const LINES_ONLY: Policy = Policy {
    paused: false,
    metered: true,
    window: None,
};

struct Here;

impl Surroundings for Here {
    fn now(&self) -> String {
        String::new()
    }
    fn minute(&self) -> u16 {
        0
    }
    fn random(&self) -> u64 {
        u64::from_be_bytes(self.nonce().first_chunk().copied().unwrap_or_default())
    }
    fn nonce(&self) -> [u8; 16] {
        *Uuid::new_v4().as_bytes()
    }
}

/// A workstation's engine with a connection of its own.
pub struct Client {
    store: Store,
    engine: Engine,
    machine: Machine,
    began: Instant,
}

impl Client {
    /// Over this store, to the centre or whatever stands before it.
    pub fn new(store: &Store, url: &str, policy: Policy) -> Result<Self> {
        let shelf = Arc::new(store.clone());
        let engine = Engine::new(shelf, centre_at(url)?, Arc::new(Here), "bench".into());
        let engine = engine.with_policy(policy);
        Ok(Client {
            store: store.clone(),
            machine: engine.machine(0),
            engine,
            began: Instant::now(),
        })
    }

    /// Presses "send now" and goes on until there is nothing more to do, or the line broke.
    pub async fn contact(&mut self) -> Link {
        let mut input = Input::Now;
        loop {
            let now = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
            match self.machine.step(now, Here.random(), input) {
                Some(output) => input = self.engine.carry_out(output).await,
                None => return self.machine.status().link,
            }
        }
    }

    /// Waits for the machine's own next try, but no longer than this.
    pub async fn wait(&self, most: Duration) {
        let wake = self.machine.wake().map(Duration::from_millis);
        let left = wake.map(|wake| wake.saturating_sub(self.began.elapsed()));
        tokio::time::sleep(left.unwrap_or_default().min(most)).await;
    }

    /// A contact that must not break.
    pub async fn whole_contact(&mut self) -> Result<()> {
        let link = self.contact().await;
        ensure!(link == Link::Online, "the contact ended {link:?}");
        Ok(())
    }

    /// Fails unless the store knows that the centre has all its lines; gives how many.
    pub fn all_lines_sent(&self) -> Result<u64> {
        let (head, next) = self.store.read(|reader| {
            let mark = reader.mark(Keeper::Centre)?;
            Ok((reader.head()?.seq, mark.map_or(1, |mark| mark.next_seq)))
        })?;
        ensure!(next == head + 1, "{next} comes next of {head} lines");
        Ok(head)
    }

    /// Blobs that the centre has not signed for.
    pub fn blobs_here(&self) -> Result<u64> {
        Ok(self.store.read(|reader| reader.unpublished_bytes())?.0)
    }
}
