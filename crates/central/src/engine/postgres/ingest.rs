//! Taking a batch behind the workstation's row lock: compare, append in one statement, apply, countersign.

use deadpool_postgres::GenericClient;
use onedoor_domain::filing::Status;
use onedoor_projection::{Change, FilingState, FormState};
use onedoor_protocol::{Hash32, batch::Quarantined, chain, hello::Standing};
use uuid::Uuid;

use crate::engine::{column, number};
use crate::ingest::{Fault, Fit, Ingest, Origin, ReadLine, Stored};
use crate::ledger::{Ingested, LedgerError, LedgerResult, Retried, Retry, Taken};
use crate::notary::wire_time;

use super::{blobs, feed, reads};

pub(super) async fn take(client: &impl GenericClient, ingest: &Ingest) -> LedgerResult<Ingested> {
    let row = reads::locked(client, ingest.ws).await?;
    let Some(row) = row.filter(|row| row.key == Some(ingest.key)) else {
        return Ok(Ingested::Unknown);
    };
    if row.standing == Standing::Revoked {
        return Ok(Ingested::Revoked);
    }
    let genesis = chain::genesis(ingest.ws, &ingest.key);
    let hashes = overlap(client, ingest, row.next_seq).await?;
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
    let (next_seq, head) = new.last().map_or((stored.next_seq, stored.head), |last| {
        (last.seq + 1, last.hash)
    });
    let countersignature = ingest
        .notary
        .countersign(ingest.ws, next_seq, &head, ingest.at);
    if !new.is_empty() {
        append(client, ingest, new).await?;
        blobs::name(client, ingest.origin(), new).await?;
        for line in new {
            settle(client, ingest, line).await?;
        }
        let (ws, next, head) = (&ingest.ws, column(next_seq)?, head.0.as_slice());
        let sql = "update workstation set next_seq = $2, head = $3, last_seen = $4 where ws = $1";
        client
            .execute(
                &client.prepare_cached(sql).await?,
                &[ws, &next, &head, &ingest.at],
            )
            .await?;
        let sql = "insert into countersignature (ws, next_seq, head, at, sig) values ($1, $2, $3, $4, $5)";
        let (at, sig) = (wire_time(ingest.at), countersignature.0.as_slice());
        client
            .execute(
                &client.prepare_cached(sql).await?,
                &[ws, &next, &head, &at, &sig],
            )
            .await?;
        // Last, since every other batch of this office waits for this lock until our commit.
        feed::lines(client, ingest, new).await?;
    }
    let quarantined = quarantined(client, ingest).await?;
    let want = blobs::want(client, ingest).await?;
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

async fn overlap(
    client: &impl GenericClient,
    ingest: &Ingest,
    next_seq: u64,
) -> LedgerResult<Vec<Hash32>> {
    let Some((from, to)) = ingest.overlap(next_seq) else {
        return Ok(Vec::new());
    };
    let sql = "select hash from event where office = $1 and ws = $2 and seq between $3 and $4 order by seq";
    let statement = client.prepare_cached(sql).await?;
    let rows = client
        .query(
            &statement,
            &[&ingest.office, &ingest.ws, &column(from)?, &column(to)?],
        )
        .await?;
    if rows.len() as u64 != to - from + 1 {
        return Err(LedgerError::Damaged(format!(
            "lines {from} to {to} are not all there"
        )));
    }
    rows.iter()
        .map(|row| reads::hash(row.try_get(0)?))
        .collect()
}

async fn append(
    client: &impl GenericClient,
    ingest: &Ingest,
    new: &[ReadLine],
) -> LedgerResult<()> {
    let sql = "insert into event (office, ws, received_at, seq, day, hlc, t, v, hash, body)
               select $1::text, $2::uuid, $3::timestamptz, * from unnest($4::bigint[], $5::date[], $6::bigint[], $7::text[], $8::bigint[],
                 $9::bytea[], $10::bytea[]) on conflict do nothing";
    let seqs = new
        .iter()
        .map(|line| column(line.seq))
        .collect::<LedgerResult<Vec<_>>>()?;
    let days: Vec<_> = new.iter().map(|line| line.day).collect();
    let clocks: Vec<_> = new.iter().map(|line| line.hlc).collect();
    let types: Vec<_> = new.iter().map(|line| line.t.as_deref()).collect();
    let versions: Vec<_> = new.iter().map(|line| line.v).collect();
    let hashes: Vec<_> = new.iter().map(|line| line.hash.0.as_slice()).collect();
    let bodies: Vec<_> = new.iter().map(|line| line.body.as_slice()).collect();
    let statement = client.prepare_cached(sql).await?;
    let (office, ws, at) = (&ingest.office, &ingest.ws, &ingest.at);
    let inserted = client
        .execute(
            &statement,
            &[
                office, ws, at, &seqs, &days, &clocks, &types, &versions, &hashes, &bodies,
            ],
        )
        .await?;
    if inserted != new.len() as u64 {
        // The row lock said that these numbers are free: whoever wrote them went around it.
        return Err(LedgerError::Damaged(format!(
            "{inserted} of {} lines inserted",
            new.len()
        )));
    }
    Ok(())
}

/// Applies a line, or keeps the reason why not.
async fn settle(client: &impl GenericClient, ingest: &Ingest, line: &ReadLine) -> LedgerResult<()> {
    let applied = match &line.effect {
        Ok(changes) => apply(client, ingest.origin(), line, changes).await?,
        Err(fault) => Err(fault.clone()),
    };
    if let Err(fault) = applied {
        let sql =
            "insert into quarantine (office, ws, seq, code, detail) values ($1, $2, $3, $4, $5)";
        let statement = client.prepare_cached(sql).await?;
        let seq = column(line.seq)?;
        client
            .execute(
                &statement,
                &[&ingest.office, &ingest.ws, &seq, &fault.code, &fault.detail],
            )
            .await?;
    }
    Ok(())
}

/// Applies a quarantined line again, behind the workstation's row lock as a batch is.
pub(super) async fn retry(client: &impl GenericClient, it: &Retry) -> LedgerResult<Retried> {
    reads::locked(client, it.ws).await?;
    let (office, ws, seq) = (it.office.as_str(), it.ws, column(it.line.seq)?);
    let sql = "select 1 from quarantine where office = $1 and ws = $2 and seq = $3 for update";
    if client
        .query_opt(sql, &[&office, &ws, &seq])
        .await?
        .is_none()
    {
        return Ok(Retried::Gone);
    }
    let origin = Origin { office, ws };
    let line = &it.line;
    let applied = match &line.effect {
        Ok(changes) => apply(client, origin, line, changes).await?,
        Err(fault) => Err(fault.clone()),
    };
    if let Err(fault) = applied {
        let sql = "update quarantine set code = $4, detail = $5 where office = $1 and ws = $2 and seq = $3";
        client
            .execute(sql, &[&office, &ws, &seq, &fault.code, &fault.detail])
            .await?;
        return Ok(Retried::Stays(fault));
    }
    // What is indexed of a line was not known of it while it could not be read.
    let sql = "update event set day = $4, hlc = $5, t = $6, v = $7 where office = $1 and ws = $2 and seq = $3";
    client
        .execute(
            sql,
            &[&office, &ws, &seq, &line.day, &line.hlc, &line.t, &line.v],
        )
        .await?;
    blobs::name(client, origin, std::slice::from_ref(line)).await?;
    let sql = "delete from quarantine where office = $1 and ws = $2 and seq = $3";
    client.execute(sql, &[&office, &ws, &seq]).await?;
    Ok(Retried::Applied)
}

/// Applies a line's changes. The inner error is the line's fault, the outer one the storage's.
async fn apply(
    client: &impl GenericClient,
    from: Origin<'_>,
    line: &ReadLine,
    changes: &[Change],
) -> LedgerResult<Result<(), Fault>> {
    for change in changes {
        let applied = match change {
            Change::Filing(filing) => add_filing(client, from, line, filing).await?,
            Change::Corrected(state) => correct(client, from, line, state).await?,
            Change::Form(form) => add_form(client, from, line, form).await?,
            Change::Status { filing, status } => {
                set_status(client, from, line, *filing, *status).await?
            }
            Change::Due { filing, due } => set_due(client, from, line, *filing, due).await?,
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

async fn add_filing(
    client: &impl GenericClient,
    from: Origin<'_>,
    line: &ReadLine,
    filing: &FilingState,
) -> LedgerResult<Result<(), Fault>> {
    let statement = client
        .prepare_cached("select 1 from filing where id = $1")
        .await?;
    let duplicate = Fault::new("duplicate_filing", "this filing was received before");
    if client.query_opt(&statement, &[&filing.id]).await?.is_some() {
        return Ok(Err(duplicate));
    }
    if insert_filing(client, from, line, filing, None).await? {
        return Ok(Ok(()));
    }
    // The paper exists, so the filing is kept; its number stays with whoever came first, and a person decides.
    let claimed = filing.code.as_deref().or(filing.provisional.as_deref());
    let kept = insert_filing(client, from, line, filing, claimed).await?;
    Ok(Err(if kept {
        Fault::new("duplicate_code", claimed.unwrap_or_default())
    } else {
        duplicate
    }))
}

/// Inserts a filing, with its numbers or (`disputed`) without; false when a number, or the id, is another's.
async fn insert_filing(
    client: &impl GenericClient,
    from: Origin<'_>,
    line: &ReadLine,
    filing: &FilingState,
    disputed: Option<&str>,
) -> LedgerResult<bool> {
    let sql = "insert into filing (id, office, ws, seq, code, provisional, disputed_code, day, procedure, title,
                 title_en, applicant, received, due, status, status_hlc)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) on conflict do nothing";
    let own = |text: &Option<String>| text.clone().filter(|_| disputed.is_none());
    let statement = client.prepare_cached(sql).await?;
    let inserted = client
        .execute(
            &statement,
            &[
                &filing.id,
                &from.office,
                &from.ws,
                &column(line.seq)?,
                &own(&filing.code),
                &own(&filing.provisional),
                &disputed,
                &line.day,
                &filing.procedure,
                &filing.title,
                &filing.title_en,
                &filing.applicant,
                &filing.received,
                &filing.due,
                &Status::Received.as_str(),
                &line.hlc.unwrap_or_default(),
            ],
        )
        .await?;
    Ok(inserted == 1)
}

async fn add_form(
    client: &impl GenericClient,
    from: Origin<'_>,
    line: &ReadLine,
    form: &FormState,
) -> LedgerResult<Result<(), Fault>> {
    let sql = "update filing set version = version + 1 where id = $1 and office = $2";
    let statement = client.prepare_cached(sql).await?;
    if client
        .execute(&statement, &[&form.filing, &from.office])
        .await?
        == 0
    {
        return Ok(Err(unknown_filing()));
    }
    let sql = "insert into filing_form (filing, form, template, sha256, size, ws, seq)
               values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing";
    let statement = client.prepare_cached(sql).await?;
    let (sha256, size, seq) = (
        form.sha256.0.as_slice(),
        column(form.size)?,
        column(line.seq)?,
    );
    client
        .execute(
            &statement,
            &[
                &form.filing,
                &form.form,
                &form.template,
                &sha256,
                &size,
                &from.ws,
                &seq,
            ],
        )
        .await?;
    Ok(Ok(()))
}

async fn set_status(
    client: &impl GenericClient,
    from: Origin<'_>,
    line: &ReadLine,
    filing: Uuid,
    status: Status,
) -> LedgerResult<Result<(), Fault>> {
    // Another counter's later act may have come first: the later clock is the status in force. What a counter ended is
    // ended, also when the solving unit's decision was here before that line.
    let sql = "update filing set version = version + 1, status_hlc = greatest(status_hlc, $3),
                 status = case when $3 >= status_hlc or $5 then $4 else status end
               where id = $1 and office = $2";
    let statement = client.prepare_cached(sql).await?;
    let hlc = line.hlc.unwrap_or_default();
    if client
        .execute(
            &statement,
            &[
                &filing,
                &from.office,
                &hlc,
                &status.as_str(),
                &status.is_ended(),
            ],
        )
        .await?
        == 0
    {
        return Ok(Err(unknown_filing()));
    }
    Ok(Ok(()))
}

/// The later clock's correction is in force, in whichever order the counters' lines come.
async fn correct(
    client: &impl GenericClient,
    from: Origin<'_>,
    line: &ReadLine,
    now: &FilingState,
) -> LedgerResult<Result<(), Fault>> {
    let sql = "update filing set version = version + 1,
                 procedure = case when $3 >= corrected_hlc then $4 else procedure end,
                 title = case when $3 >= corrected_hlc then $5 else title end,
                 title_en = case when $3 >= corrected_hlc then $6 else title_en end,
                 applicant = case when $3 >= corrected_hlc then $7 else applicant end,
                 due = case when $3 >= due_hlc then $8 else due end,
                 due_hlc = greatest(due_hlc, $3), corrected_hlc = greatest(corrected_hlc, $3)
               where id = $1 and office = $2";
    let statement = client.prepare_cached(sql).await?;
    let hlc = line.hlc.unwrap_or_default();
    let changed = client
        .execute(
            &statement,
            &[
                &now.id,
                &from.office,
                &hlc,
                &now.procedure,
                &now.title,
                &now.title_en,
                &now.applicant,
                &now.due,
            ],
        )
        .await?;
    if changed == 0 {
        return Ok(Err(unknown_filing()));
    }
    Ok(Ok(()))
}

/// The later clock's promise is in force, in whichever order the counters' lines come.
async fn set_due(
    client: &impl GenericClient,
    from: Origin<'_>,
    line: &ReadLine,
    filing: Uuid,
    due: &str,
) -> LedgerResult<Result<(), Fault>> {
    let sql = "update filing set version = version + 1, due_hlc = greatest(due_hlc, $3),
                 due = case when $3 >= due_hlc then $4 else due end
               where id = $1 and office = $2";
    let statement = client.prepare_cached(sql).await?;
    let hlc = line.hlc.unwrap_or_default();
    let changed = client
        .execute(&statement, &[&filing, &from.office, &hlc, &due])
        .await?;
    if changed == 0 {
        return Ok(Err(unknown_filing()));
    }
    Ok(Ok(()))
}

fn unknown_filing() -> Fault {
    Fault::new("unknown_filing", "this office has no such filing yet")
}

async fn quarantined(
    client: &impl GenericClient,
    ingest: &Ingest,
) -> LedgerResult<Vec<Quarantined>> {
    let sql = "select seq, code from quarantine where office = $1 and ws = $2 and seq between $3 and $4 order by seq";
    let statement = client.prepare_cached(sql).await?;
    let (first, last) = (column(ingest.first)?, column(ingest.last())?);
    let rows = client
        .query(&statement, &[&ingest.office, &ingest.ws, &first, &last])
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Quarantined {
                seq: number(row.try_get(0)?)?,
                code: row.try_get(1)?,
            })
        })
        .collect()
}
