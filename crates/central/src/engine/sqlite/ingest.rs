//! Taking a batch inside the writer's transaction: compare with the workstation's row, append, apply, countersign.

use onedoor_domain::filing::Status;
use onedoor_projection::{Change, FilingState, FormState};
use onedoor_protocol::{Hash32, batch::Quarantined, chain, hello::Standing};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use crate::engine::{column, number};
use crate::ingest::{Fault, Fit, Ingest, Origin, ReadLine, Stored};
use crate::ledger::{Ingested, LedgerError, LedgerResult, Retried, Retry, Taken};
use crate::notary::wire_time;

use super::{blobs, feed, reads};

pub(super) fn take(connection: &Connection, ingest: &Ingest) -> LedgerResult<Ingested> {
    let row = reads::workstation(connection, ingest.ws)?;
    let Some(row) = row.filter(|row| row.key == Some(ingest.key)) else {
        return Ok(Ingested::Unknown);
    };
    if row.standing == Standing::Revoked {
        return Ok(Ingested::Revoked);
    }
    let genesis = chain::genesis(ingest.ws, &ingest.key);
    let hashes = overlap(connection, ingest, row.next_seq)?;
    let stored = Stored {
        next_seq: row.next_seq,
        head: row.head.unwrap_or(genesis),
        genesis,
        hashes,
    };
    let known = match ingest.fit(&stored) {
        Fit::Gap => {
            return Ok(Ingested::Gap {
                next_seq: stored.next_seq,
                head: stored.head,
            });
        }
        Fit::Fork { at, head } => return Ok(Ingested::Fork { at, head }),
        Fit::Extends { known } => known,
    };
    let new = ingest.lines.get(known..).unwrap_or_default();
    let (mut next_seq, mut head) = (stored.next_seq, stored.head);
    if let Some(last) = new.last() {
        append(connection, ingest, new)?;
        blobs::name(connection, ingest.origin(), new)?;
        feed::lines(connection, ingest, new)?;
        (next_seq, head) = (last.seq + 1, last.hash);
    }
    let countersignature = ingest
        .notary
        .countersign(ingest.ws, next_seq, &head, ingest.at);
    if !new.is_empty() {
        let at = wire_time(ingest.at);
        let sql = "update workstation set next_seq = ?2, head = ?3, last_seen = ?4 where ws = ?1";
        let values = params![ingest.ws.as_bytes(), column(next_seq)?, head.0, at];
        connection.prepare_cached(sql)?.execute(values)?;
        let sql = "insert into countersignature (ws, next_seq, head, at, sig) values (?1, ?2, ?3, ?4, ?5)";
        let values = params![
            ingest.ws.as_bytes(),
            column(next_seq)?,
            head.0,
            at,
            countersignature.0
        ];
        connection.prepare_cached(sql)?.execute(values)?;
    }
    let quarantined = quarantined(connection, ingest)?;
    let want = blobs::want(connection, ingest)?;
    let new = new.len() as u64;
    Ok(Ingested::Taken(Box::new(Taken {
        next_seq,
        head,
        new,
        quarantined,
        want,
        countersignature,
    })))
}

fn overlap(connection: &Connection, ingest: &Ingest, next_seq: u64) -> LedgerResult<Vec<Hash32>> {
    let Some((from, to)) = ingest.overlap(next_seq) else {
        return Ok(Vec::new());
    };
    let sql = "select hash from event where office = ?1 and ws = ?2 and seq between ?3 and ?4 order by seq";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params![
        ingest.office,
        ingest.ws.as_bytes(),
        column(from)?,
        column(to)?
    ])?;
    let mut hashes = Vec::new();
    while let Some(row) = rows.next()? {
        hashes.push(reads::hash(&row.get::<_, Vec<u8>>(0)?)?);
    }
    if hashes.len() as u64 != to - from + 1 {
        return Err(LedgerError::Damaged(format!(
            "lines {from} to {to} are not all there"
        )));
    }
    Ok(hashes)
}

fn append(connection: &Connection, ingest: &Ingest, new: &[ReadLine]) -> LedgerResult<()> {
    let received = wire_time(ingest.at);
    let sql = "insert into event (office, ws, seq, day, hlc, t, v, hash, body, received_at)
               values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    let mut statement = connection.prepare_cached(sql)?;
    for line in new {
        let day = line.day.map(|day| day.to_string());
        let (office, ws, seq) = (&ingest.office, ingest.ws.as_bytes(), column(line.seq)?);
        statement.execute(params![
            office,
            ws,
            seq,
            day,
            line.hlc,
            line.t,
            line.v,
            line.hash.0,
            line.body,
            received
        ])?;
        let applied = match &line.effect {
            Ok(changes) => apply(connection, ingest.origin(), line, changes)?,
            Err(fault) => Err(fault.clone()),
        };
        if let Err(fault) = applied {
            let sql = "insert into quarantine (office, ws, seq, code, detail) values (?1, ?2, ?3, ?4, ?5)";
            connection.prepare_cached(sql)?.execute(params![
                office,
                ws,
                seq,
                fault.code,
                fault.detail
            ])?;
        }
    }
    Ok(())
}

/// Applies a quarantined line again.
pub(super) fn retry(connection: &Connection, it: &Retry) -> LedgerResult<Retried> {
    let seq = column(it.line.seq)?;
    let place = params![it.office, it.ws.as_bytes(), seq];
    let sql = "select 1 from quarantine where office = ?1 and ws = ?2 and seq = ?3";
    let waits = connection
        .prepare_cached(sql)?
        .query_row(place, |_| Ok(()))
        .optional()?;
    if waits.is_none() {
        return Ok(Retried::Gone);
    }
    let (office, ws) = (it.office.as_str(), it.ws);
    let origin = Origin { office, ws };
    let applied = match &it.line.effect {
        Ok(changes) => apply(connection, origin, &it.line, changes)?,
        Err(fault) => Err(fault.clone()),
    };
    if let Err(fault) = applied {
        let sql = "update quarantine set code = ?4, detail = ?5 where office = ?1 and ws = ?2 and seq = ?3";
        let values = params![office, ws.as_bytes(), seq, fault.code, fault.detail];
        connection.prepare_cached(sql)?.execute(values)?;
        return Ok(Retried::Stays(fault));
    }
    // What is indexed of a line was not known of it while it could not be read.
    let sql = "update event set day = ?4, hlc = ?5, t = ?6, v = ?7 where office = ?1 and ws = ?2 and seq = ?3";
    let line = &it.line;
    let day = line.day.map(|day| day.to_string());
    let values = params![office, ws.as_bytes(), seq, day, line.hlc, line.t, line.v];
    connection.prepare_cached(sql)?.execute(values)?;
    blobs::name(connection, origin, std::slice::from_ref(line))?;
    let sql = "delete from quarantine where office = ?1 and ws = ?2 and seq = ?3";
    connection.prepare_cached(sql)?.execute(place)?;
    Ok(Retried::Applied)
}

/// Applies a line's changes. The inner error is the line's fault, the outer one the storage's.
fn apply(
    connection: &Connection,
    from: Origin<'_>,
    line: &ReadLine,
    changes: &[Change],
) -> LedgerResult<Result<(), Fault>> {
    for change in changes {
        let applied = match change {
            Change::Filing(filing) => add_filing(connection, from, line, filing)?,
            Change::Corrected(state) => correct(connection, from, line, state)?,
            Change::Form(form) => add_form(connection, from, line, form)?,
            Change::Status { filing, status } => {
                set_status(connection, from, line, *filing, *status)?
            }
            Change::Due { filing, due } => set_due(connection, from, line, *filing, due)?,
            // Persons and staff live in the lines until a feed wants them; a look changes no filing.
            // The centre's read model has filings only; these stay in the journal until it learns them.
            Change::Person(_)
            | Change::Staff { .. }
            | Change::Merged { .. }
            | Change::Slip(_)
            | Change::SlipForm(_)
            | Change::Pads(_)
            | Change::Voided { .. }
            | Change::OfficeDocument(_)
            | Change::Bound { .. }
            | Change::LookUp(_)
            | Change::Money(_)
            | Change::Till(_)
            | Change::Touched { .. } => Ok(()),
        };
        if applied.is_err() {
            return Ok(applied);
        }
    }
    Ok(Ok(()))
}

fn add_filing(
    connection: &Connection,
    from: Origin<'_>,
    line: &ReadLine,
    filing: &FilingState,
) -> LedgerResult<Result<(), Fault>> {
    let exists = connection
        .prepare_cached("select 1 from filing where id = ?1")?
        .query_row([filing.id.as_bytes()], |_| Ok(()))
        .optional()?;
    if exists.is_some() {
        return Ok(Err(Fault::new(
            "duplicate_filing",
            "this filing was received before",
        )));
    }
    if insert_filing(connection, from, line, filing, None)? {
        return Ok(Ok(()));
    }
    // The paper exists, so the filing is kept; its number stays with whoever came first, and a person decides.
    let claimed = filing.code.as_ref().or(filing.provisional.as_ref());
    insert_filing(connection, from, line, filing, claimed.map(String::as_str))?;
    Ok(Err(Fault::new(
        "duplicate_code",
        claimed.map(String::as_str).unwrap_or_default(),
    )))
}

/// Inserts a filing, with its numbers or (`disputed`) without; false when a number is another filing's.
fn insert_filing(
    connection: &Connection,
    from: Origin<'_>,
    line: &ReadLine,
    filing: &FilingState,
    disputed: Option<&str>,
) -> LedgerResult<bool> {
    let sql = "insert into filing (id, office, ws, seq, code, provisional, disputed_code, day, procedure, title,
                 title_en, applicant, received, due, status, status_hlc)
               values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16) on conflict do nothing";
    let own = |text: &Option<String>| text.clone().filter(|_| disputed.is_none());
    let inserted = connection.prepare_cached(sql)?.execute(params![
        filing.id.as_bytes(),
        from.office,
        from.ws.as_bytes(),
        column(line.seq)?,
        own(&filing.code),
        own(&filing.provisional),
        disputed,
        filing.day,
        filing.procedure,
        filing.title,
        filing.title_en,
        filing.applicant,
        filing.received,
        filing.due,
        Status::Received.as_str(),
        line.hlc.unwrap_or_default(),
    ])?;
    Ok(inserted == 1)
}

fn add_form(
    connection: &Connection,
    from: Origin<'_>,
    line: &ReadLine,
    form: &FormState,
) -> LedgerResult<Result<(), Fault>> {
    let sql = "update filing set version = version + 1 where id = ?1 and office = ?2";
    if connection
        .prepare_cached(sql)?
        .execute(params![form.filing.as_bytes(), from.office])?
        == 0
    {
        return Ok(Err(unknown_filing()));
    }
    let sql = "insert into filing_form (filing, form, template, sha256, size, ws, seq)
               values (?1, ?2, ?3, ?4, ?5, ?6, ?7) on conflict do nothing";
    let size = column(form.size)?;
    let (filing, ws) = (form.filing.as_bytes(), from.ws.as_bytes());
    let values = params![
        filing,
        form.form,
        form.template,
        form.sha256.0,
        size,
        ws,
        column(line.seq)?
    ];
    connection.prepare_cached(sql)?.execute(values)?;
    Ok(Ok(()))
}

fn set_status(
    connection: &Connection,
    from: Origin<'_>,
    line: &ReadLine,
    filing: Uuid,
    status: Status,
) -> LedgerResult<Result<(), Fault>> {
    // Another counter's later act may have come first: the later clock is the status in force. What a counter ended is
    // ended, also when the solving unit's decision was here before that line.
    let sql = "update filing set version = version + 1, status_hlc = max(status_hlc, ?3),
                 status = case when ?3 >= status_hlc or ?5 then ?4 else status end
               where id = ?1 and office = ?2";
    let hlc = line.hlc.unwrap_or_default();
    let (id, word, ended) = (filing.as_bytes(), status.as_str(), status.is_ended());
    let values = params![id, from.office, hlc, word, ended];
    if connection.prepare_cached(sql)?.execute(values)? == 0 {
        return Ok(Err(unknown_filing()));
    }
    Ok(Ok(()))
}

/// The later clock's correction is in force, in whichever order the counters' lines come.
fn correct(
    connection: &Connection,
    from: Origin<'_>,
    line: &ReadLine,
    now: &FilingState,
) -> LedgerResult<Result<(), Fault>> {
    let sql = "update filing set version = version + 1,
                 procedure = case when ?3 >= corrected_hlc then ?4 else procedure end,
                 title = case when ?3 >= corrected_hlc then ?5 else title end,
                 title_en = case when ?3 >= corrected_hlc then ?6 else title_en end,
                 applicant = case when ?3 >= corrected_hlc then ?7 else applicant end,
                 due = case when ?3 >= due_hlc then ?8 else due end,
                 due_hlc = max(due_hlc, ?3), corrected_hlc = max(corrected_hlc, ?3)
               where id = ?1 and office = ?2";
    let values = params![
        now.id.as_bytes(),
        from.office,
        line.hlc.unwrap_or_default(),
        now.procedure,
        now.title,
        now.title_en,
        now.applicant,
        now.due
    ];
    if connection.prepare_cached(sql)?.execute(values)? == 0 {
        return Ok(Err(unknown_filing()));
    }
    Ok(Ok(()))
}

/// The later clock's promise is in force, in whichever order the counters' lines come.
fn set_due(
    connection: &Connection,
    from: Origin<'_>,
    line: &ReadLine,
    filing: Uuid,
    due: &str,
) -> LedgerResult<Result<(), Fault>> {
    let sql = "update filing set version = version + 1, due_hlc = max(due_hlc, ?3),
                 due = case when ?3 >= due_hlc then ?4 else due end
               where id = ?1 and office = ?2";
    let values = params![
        filing.as_bytes(),
        from.office,
        line.hlc.unwrap_or_default(),
        due
    ];
    if connection.prepare_cached(sql)?.execute(values)? == 0 {
        return Ok(Err(unknown_filing()));
    }
    Ok(Ok(()))
}

fn unknown_filing() -> Fault {
    Fault::new("unknown_filing", "this office has no such filing yet")
}

fn quarantined(connection: &Connection, ingest: &Ingest) -> LedgerResult<Vec<Quarantined>> {
    let sql = "select seq, code from quarantine where office = ?1 and ws = ?2 and seq between ?3 and ?4 order by seq";
    let mut statement = connection.prepare_cached(sql)?;
    let (first, last) = (column(ingest.first)?, column(ingest.last())?);
    let mut rows = statement.query(params![ingest.office, ingest.ws.as_bytes(), first, last])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(Quarantined {
            seq: number(row.get(0)?)?,
            code: row.get(1)?,
        });
    }
    Ok(found)
}
