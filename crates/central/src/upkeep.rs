//! What the service does beside its requests, at its start and every hour: clearing away stages that nobody finished,
//! trying again what a newer program or a later line may have healed; once a day, feeds. All by the centre's clock.
//! Not here: what a stage is (`blobs`), what is trimmed (`trimming`).

use std::time::{Duration, SystemTime};

use jiff::SignedDuration;

use crate::blobs::Stage;
use crate::central::Central;
use crate::ledger::LedgerResult;

/// How often a workstation that goes on with a blob is written down.
pub(crate) const TOUCH_EVERY: SignedDuration = SignedDuration::from_hours(1);
/// How long a stage waits for its next chunk. The last touch may be that much older than the last chunk.
const STAGE_LASTS: SignedDuration = SignedDuration::from_hours(7 * 24 + TOUCH_EVERY.as_hours());
/// A file that is being written is touched more often than this, by the file system's own clock.
const WRITTEN_WITHIN: Duration = Duration::from_secs(3600);
/// How often the service looks.
const SWEEP_EVERY: Duration = Duration::from_secs(3600);

/// What a sweep cleared away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Swept {
    /// Stages that nobody went on with for seven days.
    pub stale: u64,
    /// Stages in the store that no workstation speaks of: what a kill in the middle of a sweep left.
    pub strays: u64,
    /// Files that were being written when a program was killed.
    pub half_written: u64,
}

impl Central {
    /// Clears away stages that nobody went on with for seven days, and what a kill left half written.
    ///
    /// The row goes first, behind a lock, so that whoever comes back is told to ask anew; a kill before the bytes are
    /// gone leaves a stray for the next sweep.
    pub async fn sweep(&self) -> LedgerResult<Swept> {
        let mut swept = Swept {
            stale: 0,
            strays: 0,
            half_written: 0,
        };
        if let Some(before) = SystemTime::now().checked_sub(WRITTEN_WITHIN) {
            swept.half_written = self.blobs.sweep_half_written(before).await?;
        }
        let before = (self.clock)() - STAGE_LASTS;
        for (sha256, manifest) in self.ledger.stale_stages(before).await? {
            if self.ledger.end_stage(sha256, manifest, before).await? {
                self.blobs.end_stage(&Stage::of(sha256, &manifest)).await?;
                swept.stale += 1;
            }
        }
        for stage in self.blobs.stages().await? {
            let known = self.ledger.stages(stage.sha256).await?;
            let is_known = |manifest| Stage::of(stage.sha256, manifest) == stage;
            if !known.iter().any(is_known) {
                self.blobs.end_stage(&stage).await?;
                swept.strays += 1;
            }
        }
        Ok(swept)
    }

    /// Never ends; a fault waits for the next turn.
    pub(crate) async fn keep_up(&self) {
        let (mut start, mut trimmed) = (true, None);
        loop {
            match self.retry_healing(std::mem::take(&mut start)).await {
                Ok(0) => {}
                Ok(applied) => tracing::info!(applied, "lines out of quarantine"),
                Err(error) => tracing::error!(%error, "quarantine not tried again"),
            }
            match self.sweep().await {
                Ok(swept) if swept.stale + swept.strays + swept.half_written > 0 => {
                    tracing::info!(swept.stale, swept.strays, swept.half_written, "swept");
                }
                Ok(_) => {}
                Err(error) => tracing::error!(%error, "stages not swept"),
            }
            if let Err(error) = self.trim_today(&mut trimmed).await {
                tracing::error!(%error, "feeds not trimmed");
            }
            tokio::time::sleep(SWEEP_EVERY).await;
        }
    }
}
