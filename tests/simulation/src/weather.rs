//! How often each fault fired. Weather without wind proves nothing, so a minimum of each is asked for.

use std::fmt;

/// Counts of what happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Weather {
    /// Requests that came to the centre.
    pub requests: u64,
    /// Requests that never came there.
    pub lost_requests: u64,
    /// Answers that never came back.
    pub lost_answers: u64,
    /// Requests that came again, later.
    pub late_duplicates: u64,
    /// Requests that came when nobody expected them any more.
    pub held: u64,
    /// Answers that had been given before.
    pub old_answers: u64,
    /// Login pages.
    pub portals: u64,
    /// Answers signed by a stranger.
    pub forged: u64,
    /// "Come later".
    pub busy: u64,
    /// Tries while the line was down.
    pub down: u64,
    /// Programs killed.
    pub restarts: u64,
    /// Databases restored from a backup.
    pub restores: u64,
    /// Lines that the centre could not apply.
    pub quarantined: u64,
    /// Chunks sent.
    pub puts: u64,
    /// Blobs that the centre signed for.
    pub published: u64,
    /// Lines journaled.
    pub lines: u64,
    /// Lines that came to other counters.
    pub heard: u64,
    /// Feeds trimmed at the centre.
    pub trimmed: u64,
    /// Snapshots read in place of what was trimmed.
    pub snapshots: u64,
    /// Papers with a number.
    pub numbers: u64,
    /// Papers with a provisional number.
    pub provisional: u64,
    /// Virtual milliseconds.
    pub virtual_ms: u64,
}

impl Weather {
    /// Every count by its name.
    pub fn named(&self) -> [(&'static str, u64); 22] {
        [
            ("requests", self.requests),
            ("lost requests", self.lost_requests),
            ("lost answers", self.lost_answers),
            ("late duplicates", self.late_duplicates),
            ("held requests", self.held),
            ("old answers", self.old_answers),
            ("portals", self.portals),
            ("forged answers", self.forged),
            ("busy", self.busy),
            ("line down", self.down),
            ("restarts", self.restarts),
            ("restores", self.restores),
            ("quarantined lines", self.quarantined),
            ("chunks sent", self.puts),
            ("blobs published", self.published),
            ("lines", self.lines),
            ("lines heard", self.heard),
            ("feeds trimmed", self.trimmed),
            ("snapshots read", self.snapshots),
            ("numbers", self.numbers),
            ("provisional", self.provisional),
            ("virtual ms", self.virtual_ms),
        ]
    }

    /// Adds another seed's counts.
    pub fn add(&mut self, other: &Weather) {
        let Weather {
            requests,
            lost_requests,
            lost_answers,
            late_duplicates,
            held,
            old_answers,
            portals,
            forged,
            busy,
            down,
            restarts,
            restores,
            quarantined,
            puts,
            published,
            lines,
            heard,
            trimmed,
            snapshots,
            numbers,
            provisional,
            virtual_ms,
        } = other;
        self.requests += requests;
        self.lost_requests += lost_requests;
        self.lost_answers += lost_answers;
        self.late_duplicates += late_duplicates;
        self.held += held;
        self.old_answers += old_answers;
        self.portals += portals;
        self.forged += forged;
        self.busy += busy;
        self.down += down;
        self.restarts += restarts;
        self.restores += restores;
        self.quarantined += quarantined;
        self.puts += puts;
        self.published += published;
        self.lines += lines;
        self.heard += heard;
        self.trimmed += trimmed;
        self.snapshots += snapshots;
        self.numbers += numbers;
        self.provisional += provisional;
        self.virtual_ms += virtual_ms;
    }
}

impl fmt::Display for Weather {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, count) in self.named() {
            writeln!(f, "{name:<18} {count:>12}")?;
        }
        Ok(())
    }
}
