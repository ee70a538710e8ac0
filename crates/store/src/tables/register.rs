//! Writing table `person`: one more record of somebody. Not here: what the records of a person come to (projection),
//! reading (`persons`).

use super::persons::{COLUMNS, read};
use crate::error::Result;
use onedoor_domain::text;
use onedoor_projection::{
    PersonState,
    register::{Entry, Seen},
};
use onedoor_protocol::journal::PersonRecord;
use rusqlite::{Connection, OptionalExtension, params};

/// A peer's line that comes late, or again, takes nothing away. Who was seen last has the highest rowid, so that a
/// search takes the newest of many without putting all in order.
pub(super) fn take(connection: &Connection, state: &PersonState, hlc: u64) -> Result<()> {
    let Some(mut entry) = known(connection, &state.record)? else {
        let rowid = write(connection, &Entry::new(state.record.clone(), hlc))?;
        return index(connection, rowid, &state.name_fold);
    };
    let seen = entry.take(&state.record, hlc);
    let rowid = write(connection, &entry)?;
    match seen {
        Seen::Before => Ok(()),
        Seen::Last => move_up(connection, rowid, &state.name_fold),
    }
}

/// What the register knows of a person.
fn known(connection: &Connection, record: &PersonRecord) -> Result<Option<Entry>> {
    let sql = format!(
        "select {COLUMNS}, seen, address_seen, phone_seen, email_seen from person where id = ?1"
    );
    let found = connection
        .prepare_cached(&sql)?
        .query_row([record.person.into_bytes()], |row| {
            let clock = |at: usize| row.get::<_, i64>(at).map(i64::cast_unsigned);
            let (_, known) = read(row)?;
            Ok(Entry {
                record: PersonRecord {
                    person: record.person,
                    ..known
                },
                seen: clock(14)?,
                address_seen: clock(15)?,
                phone_seen: clock(16)?,
                email_seen: clock(17)?,
            })
        })
        .optional()?;
    Ok(found)
}

/// Writes an entry, new or known, and gives its rowid.
fn write(connection: &Connection, entry: &Entry) -> Result<i64> {
    let (record, identity) = (&entry.record, &entry.record.identity);
    let rowid = connection
        .prepare_cached(
            "insert into person (id, name, name_fold, birth, sex, id_number, address, phone, email, organisation,
               tax_code, passport, nationality, commune, former_address, seen, address_seen, phone_seen, email_seen)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)
             on conflict (id) do update set name = ?2, name_fold = ?3, birth = ?4, sex = ?5, id_number = ?6,
               address = ?7, phone = ?8, email = ?9, organisation = ?10, tax_code = ?11, passport = ?12,
               nationality = ?13, commune = ?14, former_address = ?15, seen = ?16, address_seen = ?17,
               phone_seen = ?18, email_seen = ?19
             returning rowid",
        )?
        .query_row(
            params![
                record.person.into_bytes(),
                record.name,
                text::fold(&record.name),
                record.birth,
                record.sex,
                record.id_number,
                record.address,
                record.phone,
                record.email,
                identity.organisation,
                identity.tax_code,
                identity.passport,
                identity.nationality,
                identity.commune,
                identity.former_address,
                entry.seen.cast_signed(),
                entry.address_seen.cast_signed(),
                entry.phone_seen.cast_signed(),
                entry.email_seen.cast_signed(),
            ],
            |row| row.get(0),
        )?;
    Ok(rowid)
}

/// Gives the entry the highest rowid, and its words with it.
fn move_up(connection: &Connection, rowid: i64, name_fold: &str) -> Result<()> {
    let newest: i64 = connection
        .prepare_cached(
            "update person set rowid = (select max(rowid) + 1 from person) where rowid = ?1 returning rowid",
        )?
        .query_row([rowid], |row| row.get(0))?;
    connection
        .prepare_cached("delete from person_words where rowid = ?1")?
        .execute([rowid])?;
    index(connection, newest, name_fold)
}

fn index(connection: &Connection, rowid: i64, name_fold: &str) -> Result<()> {
    connection
        .prepare_cached("insert into person_words (rowid, fold) values (?1, ?2)")?
        .execute((rowid, name_fold))?;
    Ok(())
}
