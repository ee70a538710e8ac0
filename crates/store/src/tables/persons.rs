//! Table `person`: the register. A person is entered once and fills later filings. An entry that was merged stands for
//! the one that was kept: whatever finds it finds that one. Not here: who may be merged (desk).

use super::{LOOKED_THROUGH, begin_words, id, is_short, typed_number, words_of, words_query};
use crate::error::Result;
use onedoor_protocol::journal::{IdentityRecord, PersonRecord};
use rusqlite::{Connection, OptionalExtension, Params, Row};
use uuid::Uuid;

pub(super) const COLUMNS: &str = "id, name, birth, sex, id_number, address, phone, email,
  organisation, tax_code, passport, nationality, commune, former_address";
/// So many hits of one index are put in the order of time; who looks among more types on.
const MOST: u32 = 200;
/// Doubles that are shown.
const MOST_DOUBLES: u32 = 20;

/// A whole number that belongs to one person only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Number<'n> {
    /// Twelve digits, or the nine of before.
    Personal(&'n str),
    /// A passport's number.
    Passport(&'n str),
    /// A tax code with its branch's dash.
    Tax(&'n str),
}

pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<(Vec<u8>, PersonRecord)> {
    let record = PersonRecord {
        person: Uuid::nil(),
        name: row.get(1)?,
        birth: row.get(2)?,
        sex: row.get(3)?,
        id_number: row.get(4)?,
        address: row.get(5)?,
        phone: row.get(6)?,
        email: row.get(7)?,
        identity: IdentityRecord {
            organisation: row.get(8)?,
            tax_code: row.get(9)?,
            passport: row.get(10)?,
            nationality: row.get(11)?,
            commune: row.get(12)?,
            former_address: row.get(13)?,
        },
    };
    Ok((row.get(0)?, record))
}

/// The entries that a clause names, newest first.
fn rows(connection: &Connection, clause: &str, values: impl Params) -> Result<Vec<PersonRecord>> {
    let sql = format!("select {COLUMNS} from person where {clause}");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(values, read)?;
    rows.map(|row| {
        let (bytes, record) = row?;
        Ok(PersonRecord {
            person: id(bytes)?,
            ..record
        })
    })
    .collect()
}

/// The kept entries of what an inner query finds, newest first.
fn kept(found: &str) -> String {
    format!(
        "id in (select coalesce(merged, id) from person where rowid in ({found})) order by seen desc limit ?2"
    )
}

/// What begins with the parameter, in an index of its own; digits, capitals and the dash sort before the bracket.
fn beginning(column: &str, parameter: &str) -> String {
    format!(
        "select rowid from (select rowid from person where {column} <> '' and {column} >= {parameter}
           and {column} < {parameter} || '[' limit {MOST})"
    )
}

/// Persons and organisations by number (personal, telephone, tax, passport; whole or its beginning), else by words of
/// the name without marks. Newest first.
pub fn find(connection: &Connection, text: &str, limit: u32) -> Result<Vec<PersonRecord>> {
    if let Some(digits) = typed_number(text) {
        let columns = ["id_number", "phone", "tax_code", "passport"];
        let mut found = columns.map(|column| beginning(column, "?1")).to_vec();
        found.push(beginning("tax_code", "?3"));
        let clause = kept(&found.join(" union all "));
        return rows(connection, &clause, (&digits, limit, branch(&digits)));
    }
    let mut persons = Vec::new();
    if let Some(passport) = typed_passport(text) {
        let found = beginning("passport", "?1");
        persons = rows(connection, &kept(&found), (passport, limit))?;
    }
    let Some(query) = words_query(text) else {
        return Ok(persons);
    };
    if is_short(text) {
        persons.extend(begin_so(connection, text)?);
        persons.truncate(limit as usize);
        return Ok(persons);
    }
    let words = format!(
        "select rowid from (select rowid from person_words where person_words match ?1 order by rowid desc limit {MOST})"
    );
    for person in rows(connection, &kept(&words), (query, limit))? {
        if !persons.iter().any(|known| known.person == person.person) {
            persons.push(person);
        }
    }
    persons.truncate(limit as usize);
    Ok(persons)
}

/// A single letter begins some word of nearly everybody's name: only the newest entries are looked through.
fn begin_so(connection: &Connection, text: &str) -> Result<Vec<PersonRecord>> {
    let newest = rows(
        connection,
        "merged is null order by rowid desc limit ?1",
        [LOOKED_THROUGH],
    )?;
    let letters = words_of(text);
    let begins = |person: &PersonRecord| begin_words(&letters, &person.name);
    Ok(newest.into_iter().filter(begins).collect())
}

/// A branch's tax code is kept with its dash; as the beginning of another number this finds nothing.
fn branch(digits: &str) -> String {
    match digits.split_at_checked(10) {
        Some((own, branch)) if !branch.is_empty() => format!("{own}-{branch}"),
        _ => digits.to_string(),
    }
}

/// Letters and digits in one run, as passports number themselves; none for what can only be words.
fn typed_passport(text: &str) -> Option<String> {
    let signs: String = text.chars().filter(|sign| !sign.is_whitespace()).collect();
    let fits = signs.len() >= 4
        && signs.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && signs.bytes().any(|byte| byte.is_ascii_digit());
    fits.then(|| signs.to_ascii_uppercase())
}

/// The entries with this very number, newest first.
pub fn numbered(connection: &Connection, number: Number<'_>) -> Result<Vec<PersonRecord>> {
    let (column, number) = match number {
        Number::Personal(number) => ("id_number", number),
        Number::Passport(number) => ("passport", number),
        Number::Tax(number) => ("tax_code", number),
    };
    let found = format!("select rowid from person where {column} = ?1 and {column} <> ''");
    rows(connection, &kept(&found), (number, MOST_DOUBLES))
}

/// One entry, as it stands.
pub fn get(connection: &Connection, person: Uuid) -> Result<Option<PersonRecord>> {
    let found = rows(connection, "id = ?1", [person.into_bytes()])?;
    Ok(found.into_iter().next())
}

/// The entry that this one means: itself, or the one it was merged into.
pub fn today(connection: &Connection, person: Uuid) -> Result<Uuid> {
    let merged: Option<Option<Vec<u8>>> = connection
        .prepare_cached("select merged from person where id = ?1")?
        .query_row([person.into_bytes()], |row| row.get(0))
        .optional()?;
    merged.flatten().map_or(Ok(person), id)
}

/// The entries that mean this one since they were merged.
pub fn merged(connection: &Connection, kept: Uuid) -> Result<Vec<PersonRecord>> {
    let clause = "merged = ?1 order by seen desc";
    rows(connection, clause, [kept.into_bytes()])
}

/// Other entries with a number of this one or of what was merged into it, or with the same name (without marks) and
/// birth; of organisations the name is enough. Newest first.
pub fn doubles(connection: &Connection, person: Uuid) -> Result<Vec<PersonRecord>> {
    let own = "(select * from person where id = ?1 union all select * from person where merged = ?1) as own";
    let same = |column: &str| {
        format!(
            "select other.rowid from {own} join person as other
               on other.{column} = own.{column} and other.{column} <> ''"
        )
    };
    let found = [
        same("id_number"),
        same("tax_code"),
        same("passport"),
        format!(
            "select other.rowid from {own} join person as other
               on other.name_fold = own.name_fold and other.birth = own.birth
              where own.birth <> '' or (own.organisation = 1 and other.organisation = 1)"
        ),
    ];
    let clause = format!(
        "merged is null and id <> ?1 and rowid in ({}) order by seen desc limit {MOST_DOUBLES}",
        found.join(" union ")
    );
    rows(connection, &clause, [person.into_bytes()])
}
