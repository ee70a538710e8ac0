//! Tables `let_go` and `asked_back`: which blobs may leave this PC, which did, and which were asked for again. Not here:
//! their files and the order of the steps (`crate::letting_go`), how long papers are kept (desk).

use super::{blobs::OneSided, former, hash, mirror};
use crate::error::Result;
use onedoor_protocol::Hash32;
use rusqlite::{Connection, OptionalExtension, named_params};
use std::collections::HashSet;
use uuid::Uuid;

/// Until when papers are kept here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// Business day.
    pub today: String,
    /// A filing must have been over before this moment, in milliseconds since 1970.
    pub over_before: u64,
    /// What was asked back on this day or later stays.
    pub asked_before: String,
}

/// How many, and their plain bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Amount {
    /// Files.
    pub files: u64,
    /// Plain bytes.
    pub bytes: u64,
}

impl Amount {
    pub(crate) fn add(&mut self, size: u64) {
        self.files += 1;
        self.bytes += size;
    }
}

/// A blob may go when the centre signed for it, nobody wants it here, it is no rule in force, forms of filings name it and
/// each of these filings is over since long enough with nothing of it on its way. Lines and drafts come on top
/// ([`named_by_what_waits`]).
const MAY: &str = "
  from blob join published on published.sha256 = blob.sha256 and published.size = blob.size
 where not exists (select 1 from wanted where wanted.sha256 = blob.sha256)
   and not exists (select 1 from asked_back where asked_back.sha256 = blob.sha256 and asked_back.day >= :asked)
   and not exists (select 1 from office_document where office_document.sha256 = blob.sha256)
   and exists (select 1 from form where form.sha256 = blob.sha256)
   and not exists (
     select 1 from form left join filing on filing.id = form.filing
      where form.sha256 = blob.sha256 and not coalesce(
        filing.status in ('handed_over', 'refused', 'stopped', 'withdrawn')
        and filing.status_hlc between 1 and :over and filing.last_seq < :next, 0))";

/// What of all blobs may go now.
pub(crate) fn candidates(connection: &Connection, terms: &Terms) -> Result<Vec<OneSided>> {
    let sql = format!(
        "select blob.sha256, blob.size {MAY}
            and not exists (select 1 from let_go where let_go.sha256 = blob.sha256)
          order by blob.sha256"
    );
    let next = next(connection)?;
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(
        named_params! { ":asked": terms.asked_before, ":over": over(terms), ":next": next },
        |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, i64>(1)?)),
    )?;
    let mut found = Vec::new();
    for row in rows {
        let (sha256, size) = row?;
        found.push(OneSided {
            sha256: hash(sha256)?,
            size: size.cast_unsigned(),
        });
    }
    if !found.is_empty() {
        let named = named_by_what_waits(connection)?;
        found.retain(|one| !named.contains(&one.sha256));
    }
    Ok(found)
}

/// Whether this one may go now.
fn may(connection: &Connection, terms: &Terms, sha256: &Hash32, next: i64) -> Result<bool> {
    let sql = format!("select 1 {MAY} and blob.sha256 = :sha256");
    let found: Option<i64> = connection
        .prepare_cached(&sql)?
        .query_row(
            named_params! {
                ":asked": terms.asked_before, ":over": over(terms), ":next": next, ":sha256": sha256.0,
            },
            |row| row.get(0),
        )
        .optional()?;
    Ok(found.is_some())
}

/// The last hybrid clock before the moment.
fn over(terms: &Terms) -> i64 {
    let last = terms.over_before.saturating_mul(1 << 16).saturating_sub(1);
    i64::try_from(last).unwrap_or(i64::MAX)
}

/// The first own line that the centre has not countersigned.
fn next(connection: &Connection) -> Result<i64> {
    let mark = mirror::mark(connection, mirror::Keeper::Centre)?;
    Ok(mark.map_or(1, |mark| mark.next_seq).cast_signed())
}

/// Every blob that a line which the centre has not countersigned, or a draft, names by its 64 digits: also lines of types
/// that come later.
fn named_by_what_waits(connection: &Connection) -> Result<HashSet<Hash32>> {
    let mut named = HashSet::new();
    let mut statement = connection.prepare_cached("select line from journal where seq >= ?1")?;
    let mut rows = statement.query([next(connection)?])?;
    while let Some(row) = rows.next()? {
        note_names(row.get_ref(0)?.as_bytes().unwrap_or_default(), &mut named);
    }
    for line in former::waiting(connection, u32::MAX)? {
        note_names(&line.line, &mut named);
    }
    let mut drafts =
        connection.prepare_cached(r#"select "values", coalesce(undo, '') from draft"#)?;
    let mut rows = drafts.query([])?;
    while let Some(row) = rows.next()? {
        for column in 0..2 {
            note_names(
                row.get_ref(column)?.as_bytes().unwrap_or_default(),
                &mut named,
            );
        }
    }
    Ok(named)
}

fn note_names(text: &[u8], named: &mut HashSet<Hash32>) {
    for run in text.split(|byte| !byte.is_ascii_hexdigit()) {
        if run.len() == 64
            && let Ok(bytes) = hex::decode(run)
            && let Some(sha256) = Hash32::from_slice(&bytes)
        {
            named.insert(sha256);
        }
    }
}

/// Says of at most `most` blobs that may go that they are gone from here: their files go next.
pub(crate) fn begin(connection: &Connection, terms: &Terms, most: usize) -> Result<usize> {
    let chosen = candidates(connection, terms)?;
    let mut insert =
        connection.prepare_cached("insert into let_go (sha256, size, day) values (?1, ?2, ?3)")?;
    for one in chosen.iter().take(most) {
        insert.execute((one.sha256.0, one.size.cast_signed(), &terms.today))?;
    }
    Ok(chosen.len().min(most))
}

/// What was begun and is not done, at most so many; and whether each may still go.
pub(crate) fn begun(
    connection: &Connection,
    terms: Option<&Terms>,
    most: usize,
) -> Result<Vec<(OneSided, bool)>> {
    let mut statement = connection.prepare_cached(
        "select sha256, size from let_go where done = 0 order by sha256 limit ?1",
    )?;
    let rows = statement.query_map([i64::try_from(most).unwrap_or(i64::MAX)], |row| {
        Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, i64>(1)?))
    })?;
    let rows: Vec<_> = rows.collect::<rusqlite::Result<_>>()?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let (next, named) = (next(connection)?, named_by_what_waits(connection)?);
    let judged = rows.into_iter().map(|(sha256, size)| {
        let one = OneSided {
            sha256: hash(sha256)?,
            size: size.cast_unsigned(),
        };
        let may = match terms {
            Some(terms) => may(connection, terms, &one.sha256, next)?,
            None => false,
        };
        Ok((one, may && !named.contains(&one.sha256)))
    });
    judged.collect()
}

/// Its file is gone.
pub(crate) fn done(connection: &Connection, sha256: &Hash32) -> Result<()> {
    connection
        .prepare_cached("update let_go set done = 1 where sha256 = ?1")?
        .execute([sha256.0])?;
    Ok(())
}

/// Its file is here.
pub(crate) fn stays(connection: &Connection, sha256: &Hash32) -> Result<()> {
    connection
        .prepare_cached("delete from let_go where sha256 = ?1")?
        .execute([sha256.0])?;
    Ok(())
}

/// A line names it again, after its bytes were stored: the next run looks whether the file is here.
pub(crate) fn named_anew(connection: &Connection, sha256: &Hash32) -> Result<()> {
    connection
        .prepare_cached("update let_go set done = 0 where sha256 = ?1")?
        .execute([sha256.0])?;
    Ok(())
}

/// The day on which it left; none when it did not.
pub fn day(connection: &Connection, sha256: &Hash32) -> Result<Option<String>> {
    let day = connection
        .prepare_cached("select day from let_go where sha256 = ?1")?
        .query_row([sha256.0], |row| row.get(0))
        .optional()?;
    Ok(day)
}

/// All that left and did not come back.
pub fn total(connection: &Connection) -> Result<Amount> {
    let (files, bytes): (i64, i64) = connection
        .prepare_cached("select count(*), coalesce(sum(size), 0) from let_go where done = 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(Amount {
        files: files.cast_unsigned(),
        bytes: bytes.cast_unsigned(),
    })
}

/// Asks for the forms of a filing that left this PC, those that were superseded too.
pub(crate) fn ask_back(connection: &Connection, about: Uuid, today: &str) -> Result<usize> {
    let gone = "select form.sha256, form.size from form join let_go on let_go.sha256 = form.sha256
                 where form.filing = ?1";
    let about = about.into_bytes();
    connection
        .prepare_cached(&format!(
            "insert into asked_back (sha256, day) select sha256, ?2 from ({gone}) where true
             on conflict (sha256) do update set day = excluded.day"
        ))?
        .execute((about, today))?;
    let asked = connection
        .prepare_cached(&format!(
            "insert into wanted (sha256, size) {gone} on conflict (sha256) do update set size = excluded.size"
        ))?
        .execute([about])?;
    Ok(asked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use onedoor_domain::filing::Status;

    #[test]
    fn a_filing_is_over_in_these_words() {
        for status in Status::ALL {
            let over = status.is_ended() || *status == Status::Refused;
            let word = format!("'{}'", status.as_str());
            assert_eq!(MAY.contains(&word), over, "{word}");
        }
    }

    #[test]
    fn names_are_found_in_any_text_and_only_whole() {
        let (one, text) = (Hash32([0xab; 32]), hex::encode([0xab; 32]));
        for (said, found) in [
            (format!("{{\"sha256\":\"{text}\"}}"), true),
            (text.to_uppercase(), true),
            (format!("{text}a"), false),
            (text[1..].to_string(), false),
        ] {
            let mut named = HashSet::new();
            note_names(said.as_bytes(), &mut named);
            assert_eq!(named.contains(&one), found, "{said}");
        }
    }
}
