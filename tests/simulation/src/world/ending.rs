//! The end of a seed: every promise is held against what the centre has.

use std::sync::{Arc, Mutex};

use anyhow::Result;
use onedoor_sync::machine::Input;
use onedoor_testkit::seed::Seed;

use super::World;
use super::node::{Chance, engine};
use crate::check::{self, Broken};
use crate::memory::{Memory, MemoryShelf};
use crate::wire::SeededWire;

impl World<'_> {
    /// Every counter has read the office's feed to its end.
    pub(super) async fn all_heard(&self) -> Result<bool> {
        let top = self.stage.central.ledger().feed_top(&self.office).await?;
        let mut nodes = self.nodes.iter();
        Ok(nodes.all(|node| node.shelf.lock().cursor == top))
    }

    pub(super) async fn check(&mut self) -> Result<()> {
        let central = &self.stage.central;
        for node in &self.nodes {
            let memory = node.shelf.lock().clone();
            for one in node.ended.iter().chain([&memory]) {
                self.outcome
                    .broken
                    .extend(check::lines(central, one).await?);
                self.outcome
                    .broken
                    .extend(check::papers_twice(one, &node.papers));
            }
            self.outcome
                .broken
                .extend(check::no_more(central, &memory).await?);
            if memory.waits() {
                let status = format!("{:?}", node.machine.status());
                self.outcome.broken.push(Broken::DidNotConverge {
                    ws: memory.journal.ws,
                    status,
                });
            }
            self.outcome
                .broken
                .extend(check::heard(central, &self.office, &memory).await?);
            self.outcome.weather.snapshots += memory.snapshots;
            self.outcome.weather.heard += memory.heard.len() as u64;
            self.outcome.broken.extend(self.blobs(&memory).await?);
            let published = memory.published.len() as u64;
            self.outcome.weather.published += published;
            self.outcome.weather.lines += memory.journal.lines.len() as u64;
            self.outcome.weather.quarantined += node.machine.status().quarantined.len() as u64;
            self.outcome.weather.add(&node.wire.weather());
        }
        self.outcome.weather.virtual_ms += self.now;
        Ok(())
    }

    /// A workstation that knows of no receipt asks again: the centre must have all, and want none.
    async fn blobs(&self, memory: &Memory) -> Result<Option<Broken>> {
        if memory.published.is_empty() {
            return Ok(None);
        }
        let mut forgetful = memory.clone();
        let published = std::mem::take(&mut forgetful.published);
        forgetful
            .named
            .retain(|(sha256, _)| published.contains(sha256));
        let shelf = MemoryShelf {
            memory: Arc::new(Mutex::new(forgetful)),
            bug: None,
        };
        let wire = Arc::new(SeededWire::new(self.stage.central.router(), 0, None));
        let chance = Arc::new(Chance(
            Mutex::new(Seed::new(1)),
            Arc::clone(&self.stage.clock),
        ));
        let mut engine = engine(&shelf, &wire, &chance);
        let mut machine = engine.machine(0);
        let mut output = machine.step(0, 0, Input::Now);
        while let Some(todo) = output {
            let input = engine.carry_out(todo).await;
            output = machine.step(0, 0, input);
        }
        let same = shelf.lock().published == published && wire.weather().puts == 0;
        Ok((!same).then(|| Broken::BlobNotAtCentre(memory.journal.ws.to_string())))
    }
}
