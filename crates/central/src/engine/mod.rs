//! The storage engines: SQLite in the data folder by default, PostgreSQL for a province.

pub mod postgres;
pub mod sqlite;

use onedoor_protocol::hello::Standing;

use crate::ledger::{LedgerError, LedgerResult};

/// Batches kept of one revoked workstation: a stolen key must not fill the disk.
const MAX_KEPT_BATCHES: i64 = 2000;

/// The word in the database for a standing.
fn standing_word(standing: Standing) -> &'static str {
    match standing {
        Standing::Expected => "expected",
        Standing::Active => "active",
        Standing::Revoked => "revoked",
    }
}

fn standing(word: &str) -> LedgerResult<Standing> {
    [Standing::Expected, Standing::Active, Standing::Revoked]
        .into_iter()
        .find(|standing| standing_word(*standing) == word)
        .ok_or_else(|| LedgerError::Damaged(format!("status {word}")))
}

/// A line number as a column holds it.
fn column(seq: u64) -> LedgerResult<i64> {
    i64::try_from(seq).map_err(|_| LedgerError::Damaged(format!("number {seq}")))
}

/// A line number out of a column.
fn number(column: i64) -> LedgerResult<u64> {
    u64::try_from(column).map_err(|_| LedgerError::Damaged(format!("number {column}")))
}
