//! `bench search`: what Ctrl+K answers between two keys, over the whole catalogue and 100,000 filings of an encrypted store.
//! Beside it plain SQL on FTS5, same file, same words, same columns. Not here: painting the answer (`keys`).

use crate::{
    measure::{Row, median, ms, percentile},
    office::{self, Workstation},
};
use anyhow::{Context, Result, ensure};
use onedoor_store::{KeyFile, StorePaths};
use onedoor_testkit::temp::Scratch;
use rusqlite::{Connection, OpenFlags};
use std::{path::Path, time::Instant};
use tokio::runtime::Runtime;

const FILINGS: u32 = 100_000;
const RUNS: u32 = 5;
/// How often the mix is asked in a run.
const TURNS: usize = 20;
/// What is asked, what FTS5 is asked for it, and whether there is anything to find. The code and the numbers are those of
/// filings in the middle of the store.
const MIX: [(&str, Option<&str>, bool); 11] = [
    ("n", None, true),
    ("nguyen", Some("\"nguyen\"*"), true),
    ("nguyen thi u", Some("\"nguyen\"* \"thi\"* \"u\"*"), true),
    (
        "Nguyễn Thị Ừng",
        Some("\"nguyen\"* \"thi\"* \"ung\"*"),
        true,
    ),
    ("ks", Some("\"ks\"*"), true),
    ("khai sinh", Some("\"khai\"* \"sinh\"*"), true),
    ("1.001193", Some("\"1\"* \"001193\"*"), true),
    ("1042", Some("(\"1042\"*) OR \"1042\"*"), true),
    (
        "066190050000",
        Some("(\"066190050000\"*) OR \"066190050000\"*"),
        true,
    ),
    (
        "0900050000",
        Some("(\"0900050000\"*) OR \"0900050000\"*"),
        true,
    ),
    ("zzqx", Some("\"zzqx\"*"), false),
];

/// All measurements of the bench; the store lies in `folder`.
pub fn rows(folder: &Path) -> Result<Vec<Row>> {
    let place = Scratch::under(&folder.join("scratch"))?;
    let runtime = Runtime::new()?;
    office::make(place.path(), FILINGS, office::long_ago())?;
    let office = office::open(place.path(), &runtime)?;
    let raw = raw(place.path())?;
    let (mut ours, mut theirs, mut ratios) = (vec![], vec![], vec![]);
    for run in 1..=RUNS {
        let (mut found, mut floor) = (vec![], vec![]);
        for _ in 0..TURNS {
            for (asked, words, hit) in MIX {
                found.push(runtime.block_on(ask(&office, asked, hit))?);
                // A single letter is no question for an index; the newest filings are what plain SQL would show too.
                floor.push(plain(&raw, words)?);
            }
        }
        let (p95, peer) = (percentile(&found, 95), percentile(&floor, 95));
        ours.push(p95);
        theirs.push(peer);
        ratios.push(p95 / peer);
        eprintln!("search: run {run} of {RUNS}");
    }
    let what = "the same words on the same FTS5 tables by plain SQL, turn by turn; p95";
    Ok(vec![
        Row::new(
            "search_p95_ms_100k",
            median(&ours),
            "ms",
            median(&theirs),
            what,
        )
        .at_most(16.0),
        Row::ratio("search_vs_raw_fts5", median(&ratios), median(&theirs), what).at_most(1.5),
    ])
}

async fn ask(office: &Workstation, asked: &str, hit: bool) -> Result<f64> {
    let pressed = Instant::now();
    let found = office
        .commands
        .find(asked.to_string())
        .await
        .map_err(office::refused)?;
    let took = ms(pressed.elapsed());
    ensure!(
        found.is_empty() != hit,
        "{asked:?} found {} things",
        found.len()
    );
    Ok(took)
}

/// The store's file, opened by its key beside the workstation.
fn raw(folder: &Path) -> Result<Connection> {
    let paths = StorePaths::new(folder);
    let keys = KeyFile::load(&paths.keys())?.context("keys")?;
    let slot = keys
        .slots
        .iter()
        .find(|slot| !slot.name.is_empty())
        .context("a clerk")?;
    let master = keys.open_clerk(slot.id, office::PASSWORD, None)?;
    let key = master.derive()?.hex("db").context("the database's key")?;
    let connection =
        Connection::open_with_flags(paths.database(), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection.execute_batch(&format!(
        "pragma key = \"x'{key}'\"; pragma cache_size = -8000;"
    ))?;
    Ok(connection)
}

/// Filings and persons of these words, newest first, as the palette shows them.
fn plain(raw: &Connection, words: Option<&str>) -> Result<f64> {
    let filings = match words {
        Some(_) => {
            "select f.id, f.code, f.provisional, f.procedure, f.title, f.title_en, f.applicant, f.birth, f.received, f.due,
               f.status from filing_words w cross join filing f on f.rowid = w.rowid
             where w.filing_words match ?1 order by w.rowid desc limit 6"
        }
        None => {
            "select id, code, provisional, procedure, title, title_en, applicant, birth, received, due, status
             from filing where ?1 is null order by rowid desc limit 500"
        }
    };
    let persons = match words {
        Some(_) => {
            "select p.id, p.name, p.birth, p.id_number, p.address from person_words w
               cross join person p on p.rowid = w.rowid
             where w.person_words match ?1 order by w.rowid desc limit 4"
        }
        None => {
            "select id, name, birth, id_number, address from person where ?1 is null order by rowid desc limit 4"
        }
    };
    let asked = Instant::now();
    let mut length = 0;
    for sql in [filings, persons] {
        let mut statement = raw.prepare_cached(sql)?;
        let columns = statement.column_count();
        let mut rows = statement.query([words])?;
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                // Read like anybody who wants to show it.
                length += row
                    .get_ref(column)?
                    .as_bytes_or_null()?
                    .map_or(0, <[u8]>::len);
            }
        }
    }
    let took = ms(asked.elapsed());
    std::hint::black_box(length);
    Ok(took)
}
