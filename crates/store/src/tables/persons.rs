//! Table `person`: the register. A person is entered once and fills later filings.

use super::{id, typed_number, words_query};
use crate::error::Result;
use onedoor_protocol::journal::{IdentityRecord, PersonRecord};
use rusqlite::{Connection, Row};

const COLUMNS: &str = "id, name, birth, sex, id_number, address, phone, email,
  organisation, tax_code, passport, nationality, commune, former_address";

fn read(row: &Row<'_>) -> rusqlite::Result<(Vec<u8>, PersonRecord)> {
    let record = PersonRecord {
        person: uuid::Uuid::nil(),
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

fn rows(connection: &Connection, sql: &str, text: &str, limit: u32) -> Result<Vec<PersonRecord>> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map((text, limit), read)?;
    rows.map(|row| {
        let (bytes, record) = row?;
        Ok(PersonRecord {
            person: id(bytes)?,
            ..record
        })
    })
    .collect()
}

/// Persons by ID number or telephone (whole or its beginning), else by words of the name without marks.
pub fn find(connection: &Connection, text: &str, limit: u32) -> Result<Vec<PersonRecord>> {
    if let Some(digits) = typed_number(text) {
        let sql = format!(
            "select {COLUMNS} from person where (id_number <> '' and id_number >= ?1 and id_number < ?1 || ':')
               or (phone <> '' and phone >= ?1 and phone < ?1 || ':') order by seen desc limit ?2"
        );
        return rows(connection, &sql, &digits, limit);
    }
    let Some(query) = words_query(text) else {
        return Ok(Vec::new());
    };
    let sql = format!(
        "select {COLUMNS} from person where rowid in (select rowid from person_words where person_words match ?1)
         order by seen desc limit ?2"
    );
    rows(connection, &sql, &query, limit)
}
