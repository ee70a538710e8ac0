//! Table `number_use`: the next dossier number of a day, the next own number of a form in a year. Once given out in a
//! committed transaction, a number is never given again; a number lost with a rolled-back transaction was never seen.

use crate::error::Result;
use onedoor_protocol::enrol::Lease;
use rusqlite::{Connection, OptionalExtension};

fn next(connection: &Connection, scope: &str, from: u32) -> Result<u32> {
    let used: Option<i64> = connection
        .prepare_cached("select next from number_use where scope = ?1")?
        .query_row([scope], |row| row.get(0))
        .optional()?;
    Ok(used
        .and_then(|next| u32::try_from(next).ok())
        .unwrap_or(from))
}

fn set_next(connection: &Connection, scope: &str, next: u32) -> Result<()> {
    connection
        .prepare_cached(
            "insert into number_use (scope, next) values (?1, ?2) on conflict (scope) do update set next = ?2",
        )?
        .execute((scope, next))?;
    Ok(())
}

pub(crate) fn next_dossier(
    connection: &Connection,
    lease: &Lease,
    day: &str,
) -> Result<Option<u32>> {
    if day < lease.valid_from.as_str() || day > lease.valid_to.as_str() {
        return Ok(None);
    }
    let ranges = [Some(lease.slot), lease.reserve];
    for (range, name) in ranges.iter().zip(["slot", "reserve"]) {
        let Some([lo, hi]) = *range else { continue };
        // The range is part of the scope: a new lease on the same day starts its own count.
        let scope = format!("{name} {day} {lo}-{hi}");
        // 0000 is no number.
        let number = next(connection, &scope, lo.max(1))?;
        if number <= hi {
            set_next(connection, &scope, number + 1)?;
            return Ok(Some(number));
        }
    }
    Ok(None)
}

pub(crate) fn next_form(connection: &Connection, form: &str, year: &str) -> Result<u32> {
    let scope = format!("form {form} {year}");
    let number = next(connection, &scope, 1)?;
    set_next(connection, &scope, number + 1)?;
    Ok(number)
}
