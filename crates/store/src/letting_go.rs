//! Letting blobs go from this PC that the centre has. First a row says that one is gone and at the centre; then, in a later
//! transaction, its file goes and the row is called done. A stop at any moment leaves the file, or the row that says where
//! it is; the next run ends what was begun. Files go while the writer's turn is held, so that no line names one and no copy
//! comes back in the midst of it. Not here: which may go (`tables::let_go`), when and after how many days (desk).

use crate::{
    Op, Result, Store,
    blobs::Blobs,
    tables::let_go::{self, Amount, Terms},
};
use onedoor_protocol::Hash32;
use rusqlite::Connection;

/// Files that go in one turn of the writer: somebody may wait for it.
const A_TURN: usize = 16;

impl Store {
    /// Lets go of what may, at most `most` files, and ends what was begun before. Gives what went.
    pub fn let_go(&self, terms: &Terms, most: usize) -> Result<Amount> {
        let mut gone = self.end_letting_go(Some(terms))?;
        let theirs = terms.clone();
        let begun = Op::local(move |tx| tx.begin_letting_go(&theirs, most));
        if self.write_in_background(begun)?.value > 0 {
            let went = self.end_letting_go(Some(terms))?;
            gone.files += went.files;
            gone.bytes += went.bytes;
        }
        Ok(gone)
    }

    /// Ends what a stop left begun; without terms everything that is still here stays.
    pub fn end_letting_go(&self, terms: Option<&Terms>) -> Result<Amount> {
        let mut gone = Amount::default();
        loop {
            let (terms, blobs) = (terms.cloned(), self.blobs().clone());
            let turn = Op::local(move |tx| tx.end_letting_go(terms.as_ref(), &blobs));
            let (went, looked_at) = self.write_in_background(turn)?.value;
            gone.files += went.files;
            gone.bytes += went.bytes;
            if looked_at < A_TURN {
                return Ok(gone);
            }
        }
    }
}

/// One turn: what went, and how many were looked at.
pub(crate) fn turn(
    connection: &Connection,
    terms: Option<&Terms>,
    blobs: &Blobs,
) -> Result<(Amount, usize)> {
    let begun = let_go::begun(connection, terms, A_TURN)?;
    let going: Vec<Hash32> = begun
        .iter()
        .filter(|(_, may)| *may)
        .map(|(one, _)| one.sha256)
        .collect();
    blobs.remove(&going)?;
    let mut gone = Amount::default();
    for (one, may) in &begun {
        if *may {
            gone.add(one.size);
        }
        // Something named it meanwhile: what is still here stays, and what is gone is at the centre.
        match *may || !blobs.has(&one.sha256) {
            true => let_go::done(connection, &one.sha256)?,
            false => let_go::stays(connection, &one.sha256)?,
        }
    }
    Ok((gone, begun.len()))
}
