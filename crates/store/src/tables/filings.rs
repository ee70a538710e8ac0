//! Tables `filing`, `filing_words` and `form`: lists, counts, search. A list is newest first and always bounded.

use super::{LOOKED_THROUGH, begin_words, hash, id, is_short, typed_number, words_of, words_query};
use crate::error::Result;
use onedoor_domain::code::DossierCode;
use onedoor_protocol::Hash32;
use rusqlite::{Connection, OptionalExtension, Row, ToSql};
use uuid::Uuid;

/// A filing as lists need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilingRow {
    /// The filing.
    pub id: Uuid,
    /// Legal number.
    pub code: Option<String>,
    /// Provisional number.
    pub provisional: Option<String>,
    /// Procedure code.
    pub procedure: String,
    /// Vietnamese title.
    pub title: String,
    /// English title.
    pub title_en: Option<String>,
    /// Name of the applicant.
    pub applicant: String,
    /// Birth on the wire's form.
    pub birth: String,
    /// Local time.
    pub received: String,
    /// Local time.
    pub due: String,
    /// In the words of `domain::filing::Status`.
    pub status: String,
    /// The line that received it.
    pub seq: u64,
    /// The last own line about it; 0 = there is none.
    pub last_seq: u64,
    /// The counter that received it; none = this one.
    pub counter: Option<Counter>,
    /// A decision that stands against what this office had ended already: its status.
    pub contradicted: Option<String>,
    /// Less of the fee was paid than is due.
    pub unpaid: bool,
}

/// Another counter of the office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counter {
    /// Its workstation.
    pub ws: Uuid,
    /// "Quầy 2"; empty while its first line has not come.
    pub name: String,
}

/// Which filings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// All.
    All,
    /// Received on this business day.
    Day(String),
    /// Open and due on this day.
    DueOn(String),
    /// Open and due before this local time.
    DueBefore(String),
    /// In this status.
    Status(&'static str),
    /// With lines from this number on: what another place lacks.
    LinesFrom(u64),
    /// Received at this counter.
    Here,
    /// With own lines, all of which are before this number.
    LinesBefore(u64),
    /// Received on this PC, also under an identity that ended, without a legal number yet.
    Provisional,
    /// With a decision that stands against what this office had ended already.
    Contradicted,
    /// Open, with a paper that no database gave at the counter.
    LookUpLater,
    /// Open or waiting to be fetched, with less paid than is due.
    Unpaid,
    /// Of this entry of the register and of those merged into it.
    Person(Uuid),
    /// Open filings of this ID number for this procedure.
    SameMatter {
        /// ID number of the applicant.
        id_number: String,
        /// Procedure code.
        procedure: String,
    },
    /// About the same thing as `domain::filing::same_child` names it, unless refused or taken back.
    About(String),
    /// Open filings for this procedure of whoever has this name and birth.
    SamePerson {
        /// The name without marks.
        name: String,
        /// The birth on the wire's form.
        birth: String,
        /// Procedure code.
        procedure: String,
    },
}

/// Statuses in which a result is still owed.
pub(crate) const OPEN: &str =
    "status in ('received', 'transferred', 'being_solved', 'supplement_asked')";
const COLUMNS: &str = "id, code, provisional, procedure, title, title_en, applicant, birth, received, due, status, \
                       seq, last_seq, ws, (select name from counter where counter.ws = filing.ws), contradicted, unpaid";

impl Which {
    fn sql(&self) -> (String, Vec<Box<dyn ToSql>>) {
        match self {
            Which::All => ("true".into(), vec![]),
            Which::Day(day) => ("day = ?".into(), vec![Box::new(day.clone())]),
            Which::DueOn(day) => {
                let next = format!("{day}U");
                (
                    format!("{OPEN} and due >= ? and due < ?"),
                    vec![Box::new(day.clone()), Box::new(next)],
                )
            }
            Which::DueBefore(at) => (format!("{OPEN} and due < ?"), vec![Box::new(at.clone())]),
            Which::Status(status) => ("status = ?".into(), vec![Box::new(*status)]),
            Which::LinesFrom(seq) => ("last_seq >= ?".into(), vec![Box::new(seq.cast_signed())]),
            Which::Here => ("ws is null".into(), vec![]),
            Which::LinesBefore(seq) => (
                "last_seq > 0 and last_seq < ?".into(),
                vec![Box::new(seq.cast_signed())],
            ),
            Which::Provisional => (
                "provisional is not null and code is null and official is null
                   and (ws is null or ws in (select ws from former))"
                    .into(),
                vec![],
            ),
            Which::Contradicted => ("contradicted is not null".into(), vec![]),
            Which::LookUpLater => (format!("{OPEN} and look_up > 0"), vec![]),
            Which::Unpaid => (
                format!("unpaid = 1 and ({OPEN} or status = 'result_ready')"),
                vec![],
            ),
            Which::Person(person) => (
                "person in (select ? union all select id from person where merged = ?)".into(),
                vec![Box::new(person.into_bytes()), Box::new(person.into_bytes())],
            ),
            Which::About(about) => (
                "id in (select filing from filing_about where about = ?) and status not in ('refused', 'withdrawn')"
                    .into(),
                vec![Box::new(about.clone())],
            ),
            Which::SamePerson {
                name,
                birth,
                procedure,
            } => (
                format!(
                    "{OPEN} and person in (select id from person where name_fold = ? and birth = ?) and procedure = ?"
                ),
                vec![
                    Box::new(name.clone()),
                    Box::new(birth.clone()),
                    Box::new(procedure.clone()),
                ],
            ),
            Which::SameMatter {
                id_number,
                procedure,
            } => (
                format!("{OPEN} and id_number = ? and id_number <> '' and procedure = ?"),
                vec![Box::new(id_number.clone()), Box::new(procedure.clone())],
            ),
        }
    }
}

type Raw = (Vec<u8>, Option<(Vec<u8>, Option<String>)>, FilingRow);

fn read(row: &Row<'_>) -> rusqlite::Result<Raw> {
    let filing = FilingRow {
        id: Uuid::nil(),
        code: row.get(1)?,
        provisional: row.get(2)?,
        procedure: row.get(3)?,
        title: row.get(4)?,
        title_en: row.get(5)?,
        applicant: row.get(6)?,
        birth: row.get(7)?,
        received: row.get(8)?,
        due: row.get(9)?,
        status: row.get(10)?,
        seq: row.get::<_, i64>(11)?.cast_unsigned(),
        last_seq: row.get::<_, i64>(12)?.cast_unsigned(),
        counter: None,
        contradicted: row.get(15)?,
        unpaid: row.get(16)?,
    };
    let ws: Option<Vec<u8>> = row.get(13)?;
    let name: Option<String> = row.get(14)?;
    Ok((row.get(0)?, ws.map(|ws| (ws, name)), filing))
}

fn filing(raw: rusqlite::Result<Raw>) -> Result<FilingRow> {
    let (bytes, counter, row) = raw?;
    Ok(FilingRow {
        id: id(bytes)?,
        counter: counter.map(other).transpose()?,
        ..row
    })
}

fn other((ws, name): (Vec<u8>, Option<String>)) -> Result<Counter> {
    Ok(Counter {
        ws: id(ws)?,
        name: name.unwrap_or_default(),
    })
}

/// Filings of a kind, newest first; `text` narrows by code, number, telephone or words without marks.
pub fn list(
    connection: &Connection,
    which: &Which,
    text: &str,
    limit: u32,
) -> Result<Vec<FilingRow>> {
    let (clause, values) = which.sql();
    match match_query(text) {
        Some(query) if query.is_short => begin_so(connection, &clause, values, text, limit),
        Some(query) => matching(connection, &clause, values, query.words, limit),
        None if text.trim().is_empty() => {
            let sql = format!(
                "select {COLUMNS} from filing where {clause} order by rowid desc limit {limit}"
            );
            rows(connection, &sql, values)
        }
        None => Ok(Vec::new()),
    }
}

fn rows(connection: &Connection, sql: &str, values: Vec<Box<dyn ToSql>>) -> Result<Vec<FilingRow>> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(rusqlite::params_from_iter(values), read)?;
    rows.map(filing).collect()
}

/// The index walks from the newest on and stops at the limit; the filing is looked up for what it finds.
fn matching(
    connection: &Connection,
    clause: &str,
    values: Vec<Box<dyn ToSql>>,
    words: String,
    limit: u32,
) -> Result<Vec<FilingRow>> {
    let sql = format!(
        "select {COLUMNS} from filing_words cross join filing on filing.rowid = filing_words.rowid
         where filing_words match ? and {clause} order by filing_words.rowid desc limit {limit}"
    );
    let mut all: Vec<Box<dyn ToSql>> = vec![Box::new(words)];
    all.extend(values);
    rows(connection, &sql, all)
}

/// A single letter begins nearly every filing's some word: only the newest are looked through, so that the first key
/// answers as fast as the second.
fn begin_so(
    connection: &Connection,
    clause: &str,
    values: Vec<Box<dyn ToSql>>,
    text: &str,
    limit: u32,
) -> Result<Vec<FilingRow>> {
    let sql = format!(
        "select {COLUMNS} from filing where {clause} order by rowid desc limit {LOOKED_THROUGH}"
    );
    let letters: Vec<String> = words_of(text);
    let begins = |row: &FilingRow| {
        let code = row.code.as_deref().or(row.provisional.as_deref());
        let said = [row.applicant.as_str(), &row.title, code.unwrap_or_default()];
        begin_words(&letters, &said.join(" "))
    };
    let mut found = rows(connection, &sql, values)?;
    found.retain(begins);
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found)
}

struct Query {
    words: String,
    /// Nothing but single letters.
    is_short: bool,
}

fn match_query(text: &str) -> Option<Query> {
    // A code with or without separators is found as the words the index has of its usual form.
    if let Some(code) = DossierCode::parse(text) {
        return Some(Query {
            words: words_query(&code.to_string())?,
            is_short: false,
        });
    }
    let words = words_query(text)?;
    let is_short = is_short(text);
    // Digits with blanks between are a number that was stored without them, or parts of a code.
    let words = match typed_number(text) {
        Some(number) => format!("({words}) OR \"{number}\"*"),
        None => words,
    };
    Some(Query { words, is_short })
}

/// How many filings of a kind.
pub fn count(connection: &Connection, which: &Which) -> Result<u32> {
    let (clause, values) = which.sql();
    let sql = format!("select count(*) from filing where {clause}");
    let count = connection
        .prepare_cached(&sql)?
        .query_row(rusqlite::params_from_iter(values), |row| row.get(0))?;
    Ok(count)
}

/// One filing.
pub fn get(connection: &Connection, filing_id: Uuid) -> Result<Option<FilingRow>> {
    let row = connection
        .prepare_cached(&format!("select {COLUMNS} from filing where id = ?1"))?
        .query_row([filing_id.into_bytes()], read)
        .optional()?;
    row.map(|raw| filing(Ok(raw))).transpose()
}

/// Where it stands, in the words of `domain::filing::Status`.
pub(crate) fn status(connection: &Connection, filing_id: Uuid) -> Result<Option<String>> {
    Ok(connection
        .prepare_cached("select status from filing where id = ?1")?
        .query_row([filing_id.into_bytes()], |row| row.get(0))
        .optional()?)
}

/// The hybrid clocks of the lines that last put a filing right and last changed its promise; 0 while nothing did.
pub(crate) fn put_right(connection: &Connection, filing_id: Uuid) -> Result<Option<(i64, i64)>> {
    Ok(connection
        .prepare_cached("select corrected_hlc, due_hlc from filing where id = ?1")?
        .query_row([filing_id.into_bytes()], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?)
}

/// The newest stored PDF of a form of a filing.
pub fn form(connection: &Connection, filing_id: Uuid, form: &str) -> Result<Option<Hash32>> {
    let row: Option<Vec<u8>> = connection
        .prepare_cached(
            "select sha256 from form where filing = ?1 and form = ?2 order by hlc desc, seq desc limit 1",
        )?
        .query_row((filing_id.into_bytes(), form), |row| row.get(0))
        .optional()?;
    row.map(hash).transpose()
}

/// Filings of this counter without a stored PDF of a form, oldest first: what a start has to render again.
pub fn without_form(connection: &Connection, form: &str, limit: u32) -> Result<Vec<Uuid>> {
    let mut statement = connection.prepare_cached(
        "select id from filing where ws is null and not exists (select 1 from form where form.filing = filing.id and form.form = ?1)
         order by rowid limit ?2",
    )?;
    let rows = statement.query_map((form, limit), |row| row.get::<_, Vec<u8>>(0))?;
    rows.map(|row| id(row?)).collect()
}
