//! The storage engines: SQLite in the data folder by default, PostgreSQL for a province.

pub mod postgres;
pub mod sqlite;

use onedoor_protocol::{
    Hash32,
    batch::WantedBlob,
    blob::{AskedBlob, chunk_count},
    enrol::{Mission, Office},
    hello::Standing,
};

use crate::ledger::{LedgerError, LedgerResult, Role, TokenRecord};

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

/// Host and currency of a mission as columns hold them: empty at home.
fn mission_columns(office: &Office) -> (&str, &str) {
    let mission = office.mission.as_ref();
    mission.map_or(("", ""), |mission| (&mission.host, &mission.currency))
}

fn mission(host: String, currency: String) -> Option<Mission> {
    (!host.is_empty()).then_some(Mission { host, currency })
}

/// A line number as a column holds it.
fn column(seq: u64) -> LedgerResult<i64> {
    i64::try_from(seq).map_err(|_| LedgerError::Damaged(format!("number {seq}")))
}

/// A line number out of a column.
fn number(column: i64) -> LedgerResult<u64> {
    u64::try_from(column).map_err(|_| LedgerError::Damaged(format!("number {column}")))
}

/// A blob of which nothing is known but its size: all chunks are wanted.
fn wanted(sha256: Hash32, size: u64) -> WantedBlob {
    let last = u32::try_from(chunk_count(size) - 1).unwrap_or(u32::MAX);
    WantedBlob {
        sha256,
        missing: vec![[0, last]],
    }
}

/// What a workstation said of a blob, out of its columns.
fn staged(sha256: Hash32, size: i64, chunks: &[u8]) -> LedgerResult<AskedBlob> {
    let chunks: Option<Vec<Hash32>> = chunks.chunks(32).map(Hash32::from_slice).collect();
    let asked = AskedBlob {
        sha256,
        size: number(size)?,
        chunks: chunks.unwrap_or_default(),
    };
    if asked.is_whole() {
        Ok(asked)
    } else {
        Err(LedgerError::Damaged(format!("stage of {sha256}")))
    }
}

/// A token out of its columns.
fn token(name: String, role: &str) -> LedgerResult<TokenRecord> {
    let role = Role::parse(role).ok_or_else(|| LedgerError::Damaged(format!("role {role}")))?;
    Ok(TokenRecord { name, role })
}
