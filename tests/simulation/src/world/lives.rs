//! A workstation's lives: programs that are killed, and what an office does when its history is another.

use anyhow::Result;
use onedoor_sync::machine::Link;

use super::World;
use super::node::engine;
use crate::Bug;

impl World<'_> {
    /// The program was killed and starts again: the machine knows nothing, the disk everything that it kept.
    pub(super) fn restart(&mut self, at: usize) {
        let node = &mut self.nodes[at];
        node.epoch += 1;
        node.under_way = None;
        node.engine = engine(&node.shelf, &node.wire, &node.chance);
        node.machine = node.engine.machine(self.now);
        let mut memory = node.shelf.lock();
        memory.unwritten.clear();
        let behind = memory.journal.next_seq() - 1 < node.canary.0;
        if behind && self.bug != Some(Bug::DuplicateRangeAfterRestore) {
            node.numbers_stopped = true;
        }
        if self.bug == Some(Bug::JournaledTwice) && memory.mark < memory.journal.next_seq() {
            let again = memory.journal.lines.last().cloned();
            if let Some(line) = again {
                memory.journal.raw(line);
            }
        }
        drop(memory);
        self.wake(at);
    }

    /// What an office does once the program says that its history is another: the old one ends, a new one is enrolled.
    pub(super) async fn new_incarnation(&mut self, at: usize) -> Result<()> {
        let link = self.nodes[at].machine.status().link;
        if link != Link::Fork || self.next_counter > 8 {
            return Ok(());
        }
        let ws = self.nodes[at].shelf.lock().journal.ws;
        self.stage.central.revoke(ws).await?;
        let memory = self.enrol(self.next_counter).await?;
        let node = &mut self.nodes[at];
        let ended = std::mem::replace(&mut *node.shelf.lock(), memory);
        node.canary = (0, node.shelf.lock().next_number);
        node.numbers_stopped = false;
        node.backup = None;
        node.counter = self.next_counter - 1;
        node.ended.push(ended);
        self.restart(at);
        Ok(())
    }
}
