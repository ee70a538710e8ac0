//! Offices, expected workstations with their leases, and spending a secret on a key.

use jiff::{Timestamp, ToSpan, civil::Date};
use onedoor_protocol::{Hash32, chain, enrol::Lease, hello::Standing};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use crate::ledger::{
    Enrolled, Expectation, LedgerError, LedgerResult, NewOffice, NewWorkstation, OfficeRecord,
    WorkstationRecord,
};
use crate::notary::wire_time;

use super::reads;

pub(super) fn add_office(connection: &Connection, record: &OfficeRecord) -> LedgerResult<bool> {
    let sql =
        "insert into office (office, province, name, parent, place, agency, symbol, time_zone, host, currency)
               values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) on conflict do nothing";
    let it = &record.office;
    let (host, currency) = crate::engine::mission_columns(it);
    let values = params![
        it.id,
        record.province,
        it.name,
        it.parent,
        it.place,
        it.agency,
        it.symbol,
        it.time_zone,
        host,
        currency
    ];
    Ok(connection.execute(sql, values)? == 1)
}

pub(super) fn import(
    connection: &Connection,
    offices: &[NewOffice],
) -> LedgerResult<Option<usize>> {
    for (place, new) in offices.iter().enumerate() {
        if reads::office(connection, &new.record.office.id)?.is_some() {
            return Ok(Some(place));
        }
    }
    for new in offices {
        let mut made = add_office(connection, &new.record)?;
        for workstation in &new.workstations {
            let expected = await_enrolment(connection, workstation)?;
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

pub(super) fn await_enrolment(
    connection: &Connection,
    new: &NewWorkstation,
) -> LedgerResult<Expectation> {
    if reads::office(connection, &new.office)?.is_none() {
        return Ok(Expectation::OfficeUnknown);
    }
    end_unused_codes(connection, new)?;
    let known = connection.query_row(
        "select 1 from enrol_secret where secret = ?1",
        [new.secret.0],
        |_| Ok(()),
    );
    if known.optional()?.is_some() {
        return Ok(Expectation::SecretTaken);
    }
    let mut from = new.from;
    for (holder, standing, until) in holders(connection, new)? {
        match standing {
            Standing::Revoked => from = from.max(until.tomorrow().map_err(LedgerError::storage)?),
            Standing::Active | Standing::Expected => return Ok(Expectation::SlotTaken(holder)),
        }
    }
    let to = from
        .checked_add(new.days.days())
        .map_err(LedgerError::storage)?;
    insert_workstation(connection, new)?;
    for (kind, [lo, hi]) in [("slot", new.slot), ("reserve", new.reserve)] {
        let sql = "insert into slot_lease (office, ws, kind, lo, hi, from_day, to_day) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let values = params![
            new.office,
            new.ws.as_bytes(),
            kind,
            lo,
            hi,
            from.to_string(),
            to.to_string()
        ];
        connection.execute(sql, values)?;
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
fn end_unused_codes(connection: &Connection, new: &NewWorkstation) -> LedgerResult<()> {
    let sql = "delete from workstation where office = ?1 and counter = ?2 and status = 'expected'
               and ws in (select ws from enrol_secret where kind = 'code' and used_by is null)";
    connection.execute(sql, params![new.office, new.counter.number])?;
    Ok(())
}

/// Who holds numbers of the wanted ranges on or after the wanted day, and until when.
fn holders(
    connection: &Connection,
    new: &NewWorkstation,
) -> LedgerResult<Vec<(Uuid, Standing, Date)>> {
    let sql = "select l.ws, w.status, max(l.to_day) from slot_lease l join workstation w on w.ws = l.ws
               where l.office = ?1 and l.to_day >= ?2 and ((l.lo <= ?4 and l.hi >= ?3) or (l.lo <= ?6 and l.hi >= ?5))
               group by l.ws, w.status";
    let mut statement = connection.prepare(sql)?;
    let [slot, reserve] = [new.slot, new.reserve];
    let values = params![
        new.office,
        new.from.to_string(),
        slot[0],
        slot[1],
        reserve[0],
        reserve[1]
    ];
    let mut rows = statement.query(values)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let until = row
            .get::<_, String>(2)?
            .parse()
            .map_err(LedgerError::storage)?;
        found.push((
            reads::id(row, 0)?,
            crate::engine::standing(&row.get::<_, String>(1)?)?,
            until,
        ));
    }
    Ok(found)
}

fn insert_workstation(connection: &Connection, new: &NewWorkstation) -> LedgerResult<()> {
    let ws = new.ws.as_bytes();
    let sql = "insert into workstation (ws, office, counter, counter_name, status) values (?1, ?2, ?3, ?4, 'expected')";
    connection.execute(
        sql,
        params![ws, new.office, new.counter.number, new.counter.name],
    )?;
    let sql = "insert into enrol_secret (secret, ws, kind, expires) values (?1, ?2, ?3, ?4)";
    connection.execute(
        sql,
        params![
            new.secret.0,
            ws,
            new.kind.as_str(),
            new.expires.map(wire_time)
        ],
    )?;
    Ok(())
}

pub(super) fn enrol(
    connection: &Connection,
    secret: Hash32,
    key: [u8; 32],
    now: Timestamp,
) -> LedgerResult<Enrolled> {
    let Some((workstation, used_by, expires)) = secret_row(connection, secret)? else {
        return Ok(Enrolled::CodeUnknown);
    };
    match used_by {
        _ if workstation.standing == Standing::Revoked => return Ok(Enrolled::CodeUsed),
        Some(used) if used == key => return Ok(Enrolled::Accepted(Box::new(workstation))),
        Some(_) => return Ok(Enrolled::CodeUsed),
        None if expires.is_some_and(|end| end < now) => return Ok(Enrolled::CodeUnknown),
        None => {}
    }
    let ws = workstation.ws;
    let genesis = chain::genesis(ws, &key);
    connection.execute(
        "update enrol_secret set used_by = ?2 where secret = ?1",
        params![secret.0, key],
    )?;
    let sql = "update workstation set pubkey = ?2, head = ?3, next_seq = 1, status = 'active' where ws = ?1";
    connection.execute(sql, params![ws.as_bytes(), key, genesis.0])?;
    let enrolled = reads::workstation(connection, ws)?;
    let enrolled =
        enrolled.ok_or_else(|| LedgerError::Damaged("a secret without its workstation".into()))?;
    Ok(Enrolled::Accepted(Box::new(enrolled)))
}

type SecretRow = (WorkstationRecord, Option<[u8; 32]>, Option<Timestamp>);

fn secret_row(connection: &Connection, secret: Hash32) -> LedgerResult<Option<SecretRow>> {
    let mut statement =
        connection.prepare("select ws, used_by, expires from enrol_secret where secret = ?1")?;
    let mut rows = statement.query([secret.0])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let used_by: Option<Vec<u8>> = row.get(1)?;
    let used_by = used_by
        .map(|bytes| reads::hash(&bytes))
        .transpose()?
        .map(|hash| hash.0);
    let expires: Option<String> = row.get(2)?;
    let expires = expires
        .map(|text| text.parse().map_err(LedgerError::storage))
        .transpose()?;
    let workstation = reads::workstation(connection, reads::id(row, 0)?)?;
    Ok(workstation.map(|workstation| (workstation, used_by, expires)))
}

pub(super) fn renew_lease(
    connection: &Connection,
    ws: Uuid,
    to: Date,
) -> LedgerResult<Option<Lease>> {
    let known = reads::workstation(connection, ws)?;
    if known.is_none_or(|known| known.standing != Standing::Active) {
        return Ok(None);
    }
    let sql = "update slot_lease set to_day = max(to_day, ?2) where ws = ?1 and from_day = (
                 select max(from_day) from slot_lease where ws = ?1)";
    connection.execute(sql, params![ws.as_bytes(), to.to_string()])?;
    let renewed = reads::workstation(connection, ws)?;
    Ok(renewed.and_then(|renewed| renewed.lease))
}

pub(super) fn revoke(connection: &Connection, ws: Uuid, today: Date) -> LedgerResult<bool> {
    let found = connection.execute(
        "update workstation set status = 'revoked' where ws = ?1",
        [ws.as_bytes()],
    )? == 1;
    // Its numbers are free from the next business day on; a lease that had not begun never will.
    let sql = "update slot_lease set to_day = ?2 where ws = ?1 and to_day > ?2 and from_day <= ?2";
    connection.execute(sql, params![ws.as_bytes(), today.to_string()])?;
    let sql = "delete from slot_lease where ws = ?1 and from_day > ?2";
    connection.execute(sql, params![ws.as_bytes(), today.to_string()])?;
    Ok(found)
}
