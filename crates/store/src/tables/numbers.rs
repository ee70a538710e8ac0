//! Table `number_use`: the next dossier number of a day, the next own number of a form in a year. Once given out in a
//! committed transaction, a number is never given again; a number lost with a rolled-back transaction was never seen.

use super::workstation;
use crate::error::{Result, StoreError};
use onedoor_protocol::{
    enrol::Lease,
    journal::{Body, Line},
};
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
    let used = used_on(connection, day)?;
    for [lo, hi] in [Some(lease.slot), lease.reserve].into_iter().flatten() {
        // 0000 is no number.
        let number = first_free(&used, lo.max(1));
        if number <= hi {
            set_next(connection, &format!("dossier {day} {lo}-{hi}"), number + 1)?;
            return Ok(Some(number));
        }
    }
    Ok(None)
}

/// What was given out on a day, as runs from the first number to before the next one. A counter may get another range
/// in the middle of a day, and that one may overlap the old: a number of any run is not given again.
fn used_on(connection: &Connection, day: &str) -> Result<Vec<(u32, u32)>> {
    let mut statement = connection.prepare_cached(
        "select scope, next from number_use where scope > 'dossier ' || ?1 || ' ' and scope < 'dossier ' || ?1 || '!'",
    )?;
    let rows = statement.query_map([day], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
    rows.map(|row| {
        let (scope, next) = row?;
        let range = scope.rsplit(' ').next().unwrap_or_default();
        let lo = range.split('-').next().and_then(|lo| lo.parse().ok());
        let lo = lo.ok_or_else(|| StoreError::Damaged("a number range".into()))?;
        Ok((lo, next))
    })
    .collect()
}

fn first_free(used: &[(u32, u32)], from: u32) -> u32 {
    let mut number = from;
    while let Some((_, next)) = used
        .iter()
        .find(|(lo, next)| (*lo..*next).contains(&number))
    {
        number = *next;
    }
    number
}

/// The own numbers of forms run per counter: a PC that stands where another stood goes on behind what a line of that
/// one gave.
pub(crate) fn same_book(connection: &Connection, line: &Line) -> Result<()> {
    let again = line.reissued();
    let line = again.as_ref().unwrap_or(line);
    let (counter, form, number) = match &line.body {
        Body::FilingReceived(body) => (body.counter.number, "01", body.form_number),
        Body::SlipIssued(body) => (body.counter.number, body.form.as_str(), body.form_number),
        _ => return Ok(()),
    };
    let own = workstation::state(connection)?.map(|state| state.enrolment.counter.number);
    let year = line.stamp.day.get(..4).unwrap_or_default();
    let scope = format!("form {form} {year}");
    if own != Some(counter) || number < next(connection, &scope, 1)? {
        return Ok(());
    }
    set_next(connection, &scope, number + 1)
}

pub(crate) fn next_form(connection: &Connection, form: &str, year: &str) -> Result<u32> {
    let scope = format!("form {form} {year}");
    let number = next(connection, &scope, 1)?;
    set_next(connection, &scope, number + 1)?;
    Ok(number)
}
