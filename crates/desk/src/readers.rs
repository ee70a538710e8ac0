//! Serial readers of cards and codes at this PC. Not here: what a text means (`people`).

use crate::{desk::Desk, dto::ReaderView, error::Result};

impl Desk {
    pub(crate) fn reader_list(&self) -> Result<Vec<ReaderView>> {
        Ok(Vec::new())
    }
}
