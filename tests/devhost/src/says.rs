//! What the centre's operator tells the office of a browser test, while its service runs. Not here: the service itself
//! (`world`).

use super::world::World;
use anyhow::{Context, Result};
use onedoor_central::Word;

/// The nation's pages as they ship: a catalogue that every program can read.
const PAGES: &[u8] = include_bytes!("../../../assets/catalogue/national.bin");
const OFFICE: &str = "eatul";

impl World {
    /// Somebody has left; an error while the centre does not know them yet.
    pub async fn say_left(&self, clerk: &str) -> Result<()> {
        let clerk = clerk.parse().context("an id")?;
        let central = self.central().await?;
        central.tell_staff(OFFICE, clerk, Word::Left).await?;
        Ok(())
    }

    /// A catalogue that holds from a day on.
    pub async fn publish_catalogue(&self, from: &str) -> Result<()> {
        let from = from.parse().context("a day")?;
        let central = self.central().await?;
        let published = central.publish_catalogue(OFFICE, PAGES.to_vec(), from, "Danh mục mới");
        published.await?;
        Ok(())
    }
}
