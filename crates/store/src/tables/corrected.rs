//! Writing table `filing`: a filing that was put right after it was received. Not here: receiving (`apply`).

use super::{
    apply::{Said, touch},
    look_ups, money,
};
use crate::error::Result;
use onedoor_domain::text;
use onedoor_projection::FilingState;
use rusqlite::{Connection, OptionalExtension, params};

/// What the index of words has of a filing: it is taken out by exactly what was put in.
struct Indexed {
    rowid: i64,
    fold: String,
    numbers: String,
}

/// The last word by the hybrid clock counts, in whichever order the lines come. Numbers, day and status stay.
pub(super) fn take(connection: &Connection, state: &FilingState, said: Said) -> Result<()> {
    let id = state.id.into_bytes();
    let before = connection
        .prepare_cached(
            "select rowid, applicant, title, code, provisional, id_number, phone from filing
              where id = ?1 and corrected_hlc <= ?2",
        )?
        .query_row((id, said.hlc()), |row| {
            let text = |at: usize| row.get::<_, String>(at);
            let number = |at: usize| row.get::<_, Option<String>>(at);
            let numbers = [number(3)?, number(4)?];
            let numbers: Vec<String> = numbers.into_iter().flatten().collect();
            let words = format!("{} {} {}", text(1)?, text(2)?, numbers.join(" "));
            Ok(Indexed {
                rowid: row.get(0)?,
                fold: text::fold(&words),
                numbers: format!("{} {}", text(5)?, text(6)?),
            })
        })
        .optional()?;
    if let Some(before) = before {
        connection
            .prepare_cached(
                "update filing set procedure = ?2, title = ?3, title_en = ?4, person = ?5, applicant = ?6, birth = ?7,
                   id_number = ?8, phone = ?9, corrected_hlc = ?10,
                   due = case when ?10 >= due_hlc then ?11 else due end, due_hlc = max(due_hlc, ?10), fee = ?12
                  where id = ?1",
            )?
            .execute(params![
                id,
                state.procedure,
                state.title,
                state.title_en,
                state.person.into_bytes(),
                state.applicant,
                state.birth,
                state.id_number,
                state.phone,
                said.hlc(),
                state.due,
                state.fee,
            ])?;
        money::settle(connection, state.id)?;
        words(connection, &before, state)?;
        connection
            .prepare_cached("delete from filing_about where filing = ?1")?
            .execute([id])?;
        if let Some(about) = &state.about {
            connection
                .prepare_cached("insert into filing_about (about, filing) values (?1, ?2)")?
                .execute((about, id))?;
        }
        look_ups::wait_again(connection, state.id, &state.look_up)?;
    }
    touch(connection, state.id, said)
}

/// Who looks for the filing finds it by what it says now.
fn words(connection: &Connection, before: &Indexed, now: &FilingState) -> Result<()> {
    connection
        .prepare_cached(
            "insert into filing_words (filing_words, rowid, fold, numbers) values ('delete', ?1, ?2, ?3)",
        )?
        .execute((before.rowid, &before.fold, &before.numbers))?;
    let numbers = format!("{} {}", now.id_number, now.phone);
    connection
        .prepare_cached("insert into filing_words (rowid, fold, numbers) values (?1, ?2, ?3)")?
        .execute((before.rowid, text::fold(&now.fold), numbers))?;
    Ok(())
}
