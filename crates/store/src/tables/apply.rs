//! Applies what the projector says: the same code for own lines and for lines of the office's other counters.

use super::{blobs, corrected, look_ups, money, register, staff, tills};
use crate::error::Result;
use onedoor_domain::text;
use onedoor_projection::{
    Change, FilingState, FormState, OfficeDocumentState, PadState, SlipState,
};
use onedoor_protocol::journal::Stamp;
use rusqlite::{Connection, params};
use uuid::Uuid;

/// Whose line it is, and its stamp: its number in that journal, and its place in time among the lines of all.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Said<'s> {
    /// Another counter of the office; none = this workstation.
    pub(crate) peer: Option<Uuid>,
    pub(crate) stamp: &'s Stamp,
    /// When it happened: earlier than the stamp's where a line came again.
    pub(crate) hlc: u64,
}

impl Said<'_> {
    fn seq(&self) -> i64 {
        self.stamp.seq.cast_signed()
    }

    pub(crate) fn hlc(&self) -> i64 {
        self.hlc.cast_signed()
    }

    pub(crate) fn ws(&self) -> Option<[u8; 16]> {
        self.peer.map(Uuid::into_bytes)
    }
}

/// What a line changes. A peer's sheets of paper and slips of its pads stay its own.
pub(crate) fn changes(connection: &Connection, changes: &[Change], said: Said) -> Result<()> {
    for change in changes {
        match change {
            Change::Staff { clerk, name, role } => staff::say(connection, *clerk, name, role)?,
            Change::Person(state) => register::take(connection, state, said.hlc)?,
            Change::Filing(state) => filing(connection, state, said)?,
            Change::Corrected(state) => corrected::take(connection, state, said)?,
            Change::Form(state) | Change::SlipForm(state) => form(connection, state, said)?,
            Change::Status { filing, status } => {
                connection
                    .prepare_cached(
                        "update filing set status = case when ?3 >= status_hlc or ?4 then ?2 else status end,
                           status_hlc = max(status_hlc, ?3) where id = ?1",
                    )?
                    .execute((filing.into_bytes(), status.as_str(), said.hlc(), status.is_ended()))?;
                touch(connection, *filing, said)?;
            }
            Change::Due { filing, due } => {
                connection
                    .prepare_cached(
                        "update filing set due = case when ?3 >= due_hlc then ?2 else due end,
                           due_hlc = max(due_hlc, ?3) where id = ?1",
                    )?
                    .execute((filing.into_bytes(), due, said.hlc()))?;
                touch(connection, *filing, said)?;
            }
            Change::Merged { kept, dropped } => merged(connection, *kept, *dropped)?,
            Change::Slip(state) => slip(connection, state, said)?,
            Change::Pads(states) if said.peer.is_none() => pads(connection, states)?,
            Change::Voided { code, reason } => voided(connection, code, reason, said)?,
            Change::Pads(_) => {}
            Change::Bound { filing, official } => {
                connection
                    .prepare_cached("update filing set official = ?2 where id = ?1")?
                    .execute((filing.into_bytes(), official))?;
                touch(connection, *filing, said)?;
            }
            Change::LookUp(state) => {
                look_ups::settle(connection, state, said.hlc())?;
                touch(connection, state.filing, said)?;
            }
            Change::OfficeDocument(state) => office_document(connection, state, said)?,
            Change::Till(state) => tills::change(connection, state, said)?,
            Change::Money(change) => {
                money::change(connection, change, said)?;
                if let Some(filing) = change.filing() {
                    touch(connection, filing, said)?;
                }
            }
            Change::Touched { filing } => touch(connection, *filing, said)?,
        }
    }
    Ok(())
}

/// The last own line about a filing tells whether the centre lacks anything of it; a peer's came from there.
pub(super) fn touch(connection: &Connection, filing: Uuid, said: Said) -> Result<()> {
    if said.peer.is_none() {
        connection
            .prepare_cached("update filing set last_seq = max(last_seq, ?2) where id = ?1")?
            .execute((filing.into_bytes(), said.seq()))?;
    }
    Ok(())
}

fn filing(connection: &Connection, state: &FilingState, said: Said) -> Result<()> {
    let last_own = if said.peer.is_none() { said.seq() } else { 0 };
    let inserted = connection
        .prepare_cached(
            "insert into filing (id, code, provisional, procedure, title, title_en, person, applicant, birth, id_number,
               phone, received, due, day, status, seq, last_seq, ws, status_hlc, fee)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, 'received', ?15, ?16, ?17, ?18, ?19)
             on conflict (id) do nothing",
        )?
        .execute(params![
            state.id.into_bytes(),
            state.code,
            state.provisional,
            state.procedure,
            state.title,
            state.title_en,
            state.person.into_bytes(),
            state.applicant,
            state.birth,
            state.id_number,
            state.phone,
            state.received,
            state.due,
            state.day,
            said.seq(),
            last_own,
            said.ws(),
            said.hlc(),
            state.fee,
        ])?;
    if inserted == 0 {
        // It came again under this PC's new identity.
        return touch(connection, state.id, said);
    }
    let row = connection.last_insert_rowid();
    connection
        .prepare_cached("update pad set state = 'used', filing = ?2 where code = ?1")?
        .execute((
            state.code.as_ref().or(state.provisional.as_ref()),
            state.id.into_bytes(),
        ))?;
    if let Some(about) = &state.about {
        connection
            .prepare_cached("insert into filing_about (about, filing) values (?1, ?2)")?
            .execute((about, state.id.into_bytes()))?;
    }
    look_ups::wait(connection, state.id, &state.look_up)?;
    money::settle(connection, state.id)?;
    let numbers = format!("{} {}", state.id_number, state.phone);
    connection
        .prepare_cached("insert into filing_words (rowid, fold, numbers) values (?1, ?2, ?3)")?
        .execute((row, text::fold(&state.fold), numbers))?;
    Ok(())
}

/// What meant the dropped entry before means the kept one too: there is never a chain of entries.
fn merged(connection: &Connection, kept: Uuid, dropped: Uuid) -> Result<()> {
    connection
        .prepare_cached("update person set merged = ?1 where id = ?2 or merged = ?2")?
        .execute((kept.into_bytes(), dropped.into_bytes()))?;
    // Merged the other way round before: the last word counts, and the kept entry stands for itself.
    connection
        .prepare_cached("update person set merged = null where id = ?1")?
        .execute([kept.into_bytes()])?;
    Ok(())
}

fn voided(connection: &Connection, code: &str, reason: &str, said: Said) -> Result<()> {
    let stamp = said.stamp;
    connection
        .prepare_cached(
            "insert into voided (code, day, reason, wall, clerk, ws) values (?1, ?2, ?3, ?4, ?5, ?6) on conflict do nothing",
        )?
        .execute((
            code,
            &stamp.day,
            reason,
            &stamp.wall,
            stamp.clerk.map(Uuid::into_bytes),
            said.ws(),
        ))?;
    if said.peer.is_none() {
        connection
            .prepare_cached(
                "update pad set state = 'voided', reason = ?2 where code = ?1 and state = 'blank'",
            )?
            .execute((code, reason))?;
    }
    Ok(())
}

fn slip(connection: &Connection, state: &SlipState, said: Said) -> Result<()> {
    connection
        .prepare_cached(
            "insert into slip (id, form, form_number, procedure, title, person, applicant, issued, seq, ws, filing)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) on conflict do nothing",
        )?
        .execute((
            state.id.into_bytes(),
            &state.form,
            state.form_number,
            &state.procedure,
            &state.title,
            state.person.into_bytes(),
            &state.applicant,
            &state.issued,
            said.seq(),
            said.ws(),
            state.filing.map(Uuid::into_bytes),
        ))?;
    match state.filing {
        Some(filing) => touch(connection, filing, said),
        None => Ok(()),
    }
}

fn pads(connection: &Connection, states: &[PadState]) -> Result<()> {
    let mut insert = connection.prepare_cached(
        "insert into pad (code, form_number, day, state) values (?1, ?2, ?3, 'blank') on conflict do nothing",
    )?;
    for state in states {
        insert.execute((&state.code, state.form_number, &state.day))?;
    }
    Ok(())
}

fn office_document(connection: &Connection, state: &OfficeDocumentState, said: Said) -> Result<()> {
    let stamp = said.stamp;
    connection
        .prepare_cached(
            "insert into office_document (part, hlc, valid_from, sha256, size, title, wall, clerk, ws)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) on conflict do nothing",
        )?
        .execute((
            &state.part,
            said.hlc(),
            &state.from,
            state.sha256.0,
            i64::try_from(state.size).unwrap_or(i64::MAX),
            &state.title,
            &stamp.wall,
            stamp.clerk.map(Uuid::into_bytes),
            said.ws(),
        ))?;
    if said.peer.is_some() && state.size > 0 {
        blobs::want(connection, &state.sha256, state.size)?;
    }
    Ok(())
}

fn form(connection: &Connection, state: &FormState, said: Said) -> Result<()> {
    let size = i64::try_from(state.size).unwrap_or(i64::MAX);
    connection
        .prepare_cached(
            "insert into form (filing, form, template, sha256, size, seq, hlc) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             on conflict do nothing",
        )?
        .execute((
            state.filing.into_bytes(),
            &state.form,
            &state.template,
            state.sha256.0,
            size,
            said.seq(),
            said.hlc(),
        ))?;
    touch(connection, state.filing, said)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::persons;
    use onedoor_projection::PersonState;
    use onedoor_protocol::journal::PersonRecord;

    fn said(stamp: &Stamp) -> Said<'_> {
        Said {
            peer: None,
            stamp,
            hlc: stamp.hlc,
        }
    }

    fn register() -> Connection {
        let connection = register_of_before();
        connection
            .execute_batch(include_str!("../../migrations/V7__known_since.sql"))
            .unwrap();
        connection
    }

    /// As stores were when an empty part of a later record took a known one away.
    fn register_of_before() -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        for schema in [
            include_str!("../../migrations/V1__one_filing.sql"),
            include_str!("../../migrations/V2__people_slips_pads.sql"),
            include_str!("../../migrations/V3__look_up_and_rekey.sql"),
            include_str!("../../migrations/V4__same_person.sql"),
            include_str!("../../migrations/V5__same_matter.sql"),
            include_str!("../../migrations/V6__look_ups.sql"),
            include_str!("../../migrations/V9__office_documents.sql"),
            include_str!("../../migrations/V10__feed.sql"),
        ] {
            connection.execute_batch(schema).unwrap();
        }
        connection
    }

    fn person_at(seq: u64, hlc: u64, address: &str) -> (Stamp, Change) {
        let stamp = Stamp {
            seq,
            hlc,
            wall: "2026-11-23T07:41:00.000+07:00".into(),
            boot: Uuid::nil(),
            mono: 0,
            day: "2026-11-23".into(),
            clerk: None,
        };
        let record = PersonRecord {
            person: Uuid::from_u128(1),
            name: "H'Len Niê".into(),
            birth: "1990".into(),
            sex: None,
            id_number: String::new(),
            address: address.into(),
            phone: String::new(),
            email: String::new(),
            identity: Default::default(),
        };
        let name_fold = text::fold(&record.name);
        (
            stamp,
            Change::Person(Box::new(PersonState { record, name_fold })),
        )
    }

    fn addresses(connection: &Connection) -> Vec<String> {
        let found = persons::find(connection, "h len", 10).unwrap();
        found.into_iter().map(|record| record.address).collect()
    }

    #[test]
    fn a_peers_older_line_does_not_overwrite_what_the_register_knows_since() {
        let connection = register();
        let (own, today) = person_at(7, 2_000, "Buôn Yao");
        // The other counter wrote earlier, though it is further on in its own journal.
        let (peer, before) = person_at(900, 1_000, "Buôn Cũ");
        changes(&connection, &[today], said(&own)).unwrap();
        changes(&connection, &[before], said(&peer)).unwrap();
        assert_eq!(addresses(&connection), ["Buôn Yao"], "the newer address");

        let (later, moved) = person_at(8, 3_000, "Buôn Mới");
        changes(&connection, std::slice::from_ref(&moved), said(&later)).unwrap();
        changes(&connection, &[moved], said(&later)).unwrap();
        assert_eq!(
            addresses(&connection),
            ["Buôn Mới"],
            "once, however often it comes"
        );
    }

    #[test]
    fn what_a_store_of_before_knows_is_not_taken_away_by_an_empty_field() {
        let connection = register_of_before();
        connection
            .execute_batch(
                "insert into person (id, name, name_fold, birth, id_number, address, phone, email, seen)
                 values (x'00000000000000000000000000000001', 'H''Len Niê', 'h''len nie', '1990', '', 'Buôn Yao',
                   '0905123456', '', 1000);
                 insert into person_words (rowid, fold) values (1, 'h''len nie');",
            )
            .unwrap();
        connection
            .execute_batch(include_str!("../../migrations/V7__known_since.sql"))
            .unwrap();
        let (stamp, empty) = person_at(7, 2_000, "");
        changes(&connection, &[empty], said(&stamp)).unwrap();
        let found = persons::find(&connection, "h len", 10).unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(
            (&*found[0].address, &*found[0].phone),
            ("Buôn Yao", "0905123456")
        );
    }
}
