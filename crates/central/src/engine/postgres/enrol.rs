//! Offices, expected workstations with their leases, and spending a secret on a key.

use deadpool_postgres::GenericClient;
use jiff::{Timestamp, ToSpan, civil::Date};
use onedoor_protocol::{Hash32, chain, enrol::Lease, hello::Standing};
use uuid::Uuid;

use crate::engine::standing;
use crate::ledger::{
    Enrolled, Expectation, LedgerError, LedgerResult, NewOffice, NewWorkstation, OfficeRecord,
};

use super::reads;

pub(super) async fn add_office(
    client: &impl GenericClient,
    record: &OfficeRecord,
) -> LedgerResult<bool> {
    let sql =
        "insert into office (office, province, name, parent, place, agency, symbol, time_zone, host, currency)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing";
    let it = &record.office;
    let (host, currency) = crate::engine::mission_columns(it);
    let inserted = client
        .execute(
            sql,
            &[
                &it.id,
                &record.province,
                &it.name,
                &it.parent,
                &it.place,
                &it.agency,
                &it.symbol,
                &it.time_zone,
                &host,
                &currency,
            ],
        )
        .await?;
    Ok(inserted == 1)
}

pub(super) async fn import(
    client: &impl GenericClient,
    offices: &[NewOffice],
) -> LedgerResult<Option<usize>> {
    for (place, new) in offices.iter().enumerate() {
        if reads::office(client, &new.record.office.id)
            .await?
            .is_some()
        {
            return Ok(Some(place));
        }
    }
    for new in offices {
        let mut made = add_office(client, &new.record).await?;
        for workstation in &new.workstations {
            let expected = await_enrolment(client, workstation).await?;
            made &= matches!(expected, Expectation::Made(_));
        }
        if !made {
            return Err(LedgerError::Contended(format!(
                "office {}",
                new.record.office.id
            )));
        }
    }
    Ok(None)
}

pub(super) async fn await_enrolment(
    client: &impl GenericClient,
    new: &NewWorkstation,
) -> LedgerResult<Expectation> {
    end_unused_codes(client, new).await?;
    // The office's lock keeps two operators from giving out the same numbers; the constraint would refuse the second.
    let office = client
        .query_opt(
            "select 1 from office where office = $1 for update",
            &[&new.office],
        )
        .await?;
    if office.is_none() {
        return Ok(Expectation::OfficeUnknown);
    }
    let secret = new.secret.0.as_slice();
    if client
        .query_opt("select 1 from enrol_secret where secret = $1", &[&secret])
        .await?
        .is_some()
    {
        return Ok(Expectation::SecretTaken);
    }
    let mut from = new.from;
    for (holder, standing, until) in holders(client, new).await? {
        match standing {
            Standing::Revoked => from = from.max(until.tomorrow().map_err(LedgerError::storage)?),
            Standing::Active | Standing::Expected => return Ok(Expectation::SlotTaken(holder)),
        }
    }
    let to = from
        .checked_add(new.days.days())
        .map_err(LedgerError::storage)?;
    insert_workstation(client, new).await?;
    for (kind, range) in [("slot", new.slot), ("reserve", new.reserve)] {
        let sql = "insert into slot_lease (office, ws, kind, lo, hi, from_day, to_day)
                   values ($1, $2, $3, $4, $5, $6, $7)";
        let [lo, hi] = ends(range)?;
        client
            .execute(sql, &[&new.office, &new.ws, &kind, &lo, &hi, &from, &to])
            .await?;
    }
    let lease = Lease {
        slot: new.slot,
        reserve: Some(new.reserve),
        valid_from: from.to_string(),
        valid_to: to.to_string(),
    };
    Ok(Expectation::Made(lease))
}

/// A code that nobody used gave nobody numbers: a new code for the counter takes its place.
async fn end_unused_codes(client: &impl GenericClient, new: &NewWorkstation) -> LedgerResult<()> {
    let sql = "delete from workstation where office = $1 and counter = $2 and status = 'expected'
               and ws in (select ws from enrol_secret where kind = 'code' and used_by is null)";
    client
        .execute(sql, &[&new.office, &i32::from(new.counter.number)])
        .await?;
    Ok(())
}

/// Who holds numbers of the wanted ranges on or after the wanted day, and until when.
async fn holders(
    client: &impl GenericClient,
    new: &NewWorkstation,
) -> LedgerResult<Vec<(Uuid, Standing, Date)>> {
    let sql = "select l.ws, w.status, max(l.to_day) from slot_lease l join workstation w on w.ws = l.ws
               where l.office = $1 and l.to_day >= $2 and ((l.lo <= $4 and l.hi >= $3) or (l.lo <= $6 and l.hi >= $5))
               group by l.ws, w.status";
    let ([lo, hi], [reserve_lo, reserve_hi]) = (ends(new.slot)?, ends(new.reserve)?);
    let rows = client
        .query(
            sql,
            &[&new.office, &new.from, &lo, &hi, &reserve_lo, &reserve_hi],
        )
        .await?;
    rows.iter()
        .map(|row| Ok((row.try_get(0)?, standing(row.try_get(1)?)?, row.try_get(2)?)))
        .collect()
}

fn ends([lo, hi]: [u32; 2]) -> LedgerResult<[i32; 2]> {
    let end = |number: u32| i32::try_from(number).map_err(LedgerError::storage);
    Ok([end(lo)?, end(hi)?])
}

async fn insert_workstation(client: &impl GenericClient, new: &NewWorkstation) -> LedgerResult<()> {
    let sql = "insert into workstation (ws, office, counter, counter_name, status) values ($1, $2, $3, $4, 'expected')";
    client
        .execute(
            sql,
            &[
                &new.ws,
                &new.office,
                &i32::from(new.counter.number),
                &new.counter.name,
            ],
        )
        .await?;
    let sql = "insert into enrol_secret (secret, ws, kind, expires) values ($1, $2, $3, $4)";
    client
        .execute(
            sql,
            &[
                &new.secret.0.as_slice(),
                &new.ws,
                &new.kind.as_str(),
                &new.expires,
            ],
        )
        .await?;
    Ok(())
}

pub(super) async fn enrol(
    client: &impl GenericClient,
    secret: Hash32,
    key: [u8; 32],
    now: Timestamp,
) -> LedgerResult<Enrolled> {
    let (secret, key_bytes) = (secret.0.as_slice(), key.as_slice());
    let Some(row) = client
        .query_opt("select ws from enrol_secret where secret = $1", &[&secret])
        .await?
    else {
        return Ok(Enrolled::CodeUnknown);
    };
    let Some(workstation) = reads::locked(client, row.try_get(0)?).await? else {
        return Ok(Enrolled::CodeUnknown);
    };
    // Only behind the lock: of two PCs with one code, the second must see that the first has spent it.
    let sql = "select used_by, expires from enrol_secret where secret = $1";
    let row = client.query_one(sql, &[&secret]).await?;
    let used_by: Option<&[u8]> = row.try_get(0)?;
    let expires: Option<Timestamp> = row.try_get(1)?;
    match used_by {
        _ if workstation.standing == Standing::Revoked => return Ok(Enrolled::CodeUsed),
        Some(used) if used == key_bytes => return Ok(Enrolled::Accepted(Box::new(workstation))),
        Some(_) => return Ok(Enrolled::CodeUsed),
        None if expires.is_some_and(|end| end < now) => return Ok(Enrolled::CodeUnknown),
        None => {}
    }
    let ws = workstation.ws;
    let genesis = chain::genesis(ws, &key);
    client
        .execute(
            "update enrol_secret set used_by = $2 where secret = $1",
            &[&secret, &key_bytes],
        )
        .await?;
    let sql = "update workstation set pubkey = $2, head = $3, next_seq = 1, status = 'active' where ws = $1";
    client
        .execute(sql, &[&ws, &key_bytes, &genesis.0.as_slice()])
        .await?;
    let enrolled = reads::workstation(client, ws).await?;
    let enrolled =
        enrolled.ok_or_else(|| LedgerError::Damaged("a secret without its workstation".into()))?;
    Ok(Enrolled::Accepted(Box::new(enrolled)))
}

pub(super) async fn renew_lease(
    client: &impl GenericClient,
    ws: Uuid,
    to: Date,
) -> LedgerResult<Option<Lease>> {
    let known = reads::locked(client, ws).await?;
    if known.is_none_or(|known| known.standing != Standing::Active) {
        return Ok(None);
    }
    let sql = "update slot_lease set to_day = greatest(to_day, $2) where ws = $1 and from_day = (
                 select max(from_day) from slot_lease where ws = $1)";
    client.execute(sql, &[&ws, &to]).await?;
    let renewed = reads::workstation(client, ws).await?;
    Ok(renewed.and_then(|renewed| renewed.lease))
}

pub(super) async fn revoke(
    client: &impl GenericClient,
    ws: Uuid,
    today: Date,
) -> LedgerResult<bool> {
    let found = client
        .execute(
            "update workstation set status = 'revoked' where ws = $1",
            &[&ws],
        )
        .await?
        == 1;
    // Its numbers are free from the next business day on; a lease that had not begun never will.
    let sql = "update slot_lease set to_day = $2 where ws = $1 and to_day > $2 and from_day <= $2";
    client.execute(sql, &[&ws, &today]).await?;
    client
        .execute(
            "delete from slot_lease where ws = $1 and from_day > $2",
            &[&ws, &today],
        )
        .await?;
    Ok(found)
}
