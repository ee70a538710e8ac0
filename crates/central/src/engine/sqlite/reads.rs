//! Reading rows into records.

use jiff::Timestamp;
use onedoor_protocol::{
    Hash32,
    enrol::{Counter, Lease, Office},
    sign::SignatureBytes,
};
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter, types::Value};
use uuid::Uuid;

use crate::engine::{column, number, standing};
use crate::ledger::{
    FilingQuery, FilingRecord, FormRecord, LedgerError, LedgerResult, OfficeRecord,
    QuarantineRecord, WorkstationRecord,
};

const WORKSTATION: &str =
    "select ws, office, counter, counter_name, pubkey, status, next_seq, head, last_seen,
    heard_at, said_last from workstation";
const FILING: &str =
    "select id, office, ws, seq, code, provisional, disputed_code, day, procedure, title, title_en,
    applicant, received, due, status, version from filing";

const OFFICE: &str = "select office, name, parent, place, agency, symbol, time_zone, province, host, currency from office";

pub(super) fn office(connection: &Connection, id: &str) -> LedgerResult<Option<OfficeRecord>> {
    let sql = format!("{OFFICE} where office = ?1");
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_row([id], office_row).optional()?)
}

pub(super) fn offices(connection: &Connection) -> LedgerResult<Vec<OfficeRecord>> {
    let mut statement = connection.prepare_cached(&format!("{OFFICE} order by office"))?;
    let rows = statement.query_map([], office_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn office_row(row: &Row) -> rusqlite::Result<OfficeRecord> {
    let office = Office {
        id: row.get(0)?,
        name: row.get(1)?,
        parent: row.get(2)?,
        place: row.get(3)?,
        agency: row.get(4)?,
        symbol: row.get(5)?,
        time_zone: row.get(6)?,
        mission: crate::engine::mission(row.get(8)?, row.get(9)?),
    };
    let province = row.get(7)?;
    Ok(OfficeRecord { office, province })
}

pub(super) fn hear(
    connection: &Connection,
    ws: Uuid,
    at: Timestamp,
    last: Option<u64>,
) -> LedgerResult<()> {
    let sql =
        "update workstation set heard_at = ?2, said_last = coalesce(?3, said_last) where ws = ?1";
    let last = last.map(column).transpose()?;
    let values = params![ws.as_bytes(), crate::notary::wire_time(at), last];
    connection.prepare_cached(sql)?.execute(values)?;
    Ok(())
}

pub(super) fn workstation(
    connection: &Connection,
    ws: Uuid,
) -> LedgerResult<Option<WorkstationRecord>> {
    let mut statement = connection.prepare_cached(&format!("{WORKSTATION} where ws = ?1"))?;
    let mut rows = statement.query([ws.as_bytes()])?;
    rows.next()?
        .map(|row| workstation_row(connection, row))
        .transpose()
}

pub(super) fn workstations(
    connection: &Connection,
    office: Option<&str>,
) -> LedgerResult<Vec<WorkstationRecord>> {
    let sql = format!("{WORKSTATION} where ?1 is null or office = ?1 order by office, counter, ws");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([office])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(workstation_row(connection, row)?);
    }
    Ok(found)
}

fn workstation_row(connection: &Connection, row: &Row) -> LedgerResult<WorkstationRecord> {
    let ws = id(row, 0)?;
    let key: Option<Vec<u8>> = row.get(4)?;
    let head: Option<Vec<u8>> = row.get(7)?;
    let time = |column: usize| -> LedgerResult<Option<Timestamp>> {
        let text: Option<String> = row.get(column)?;
        let time = text.map(|text| text.parse::<Timestamp>().map_err(damaged));
        time.transpose()
    };
    let said: Option<i64> = row.get(10)?;
    Ok(WorkstationRecord {
        ws,
        office: row.get(1)?,
        counter: Counter {
            number: row.get(2)?,
            name: row.get(3)?,
        },
        lease: lease(connection, ws)?,
        key: key
            .map(|bytes| hash(&bytes))
            .transpose()?
            .map(|hash| hash.0),
        standing: standing(&row.get::<_, String>(5)?)?,
        next_seq: number(row.get(6)?)?,
        head: head.map(|bytes| hash(&bytes)).transpose()?,
        last_seen: time(8)?,
        heard: time(9)?,
        said_last: said.map(number).transpose()?,
    })
}

fn lease(connection: &Connection, ws: Uuid) -> LedgerResult<Option<Lease>> {
    let sql =
        "select kind, lo, hi, from_day, to_day from slot_lease where ws = ?1 order by kind desc";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([ws.as_bytes()])?;
    let mut lease: Option<Lease> = None;
    while let Some(row) = rows.next()? {
        let range = [row.get(1)?, row.get(2)?];
        match &mut lease {
            None if row.get::<_, String>(0)? == "slot" => {
                lease = Some(Lease {
                    slot: range,
                    reserve: None,
                    valid_from: row.get(3)?,
                    valid_to: row.get(4)?,
                });
            }
            Some(lease) => lease.reserve = Some(range),
            None => {}
        }
    }
    Ok(lease)
}

pub(super) fn filings(
    connection: &Connection,
    query: &FilingQuery,
) -> LedgerResult<Vec<FilingRecord>> {
    // Only the conditions that are asked for: "?1 is null or …" would keep SQLite from using an index.
    let mut conditions = String::from("true");
    let mut values: Vec<Value> = Vec::new();
    let mut also = |condition: &str, value: Option<Value>| {
        if let Some(value) = value {
            values.push(value);
            conditions.push_str(" and ");
            conditions.push_str(&condition.replace('?', &format!("?{}", values.len())));
        }
    };
    also("office = ?", query.office.clone().map(Value::from));
    also(
        "id in (select id from filing where code = ? union select id from filing where provisional = ?
                union select id from filing where disputed_code = ?)",
        query.code.clone().map(Value::from),
    );
    also("day = ?", query.day.map(|day| Value::from(day.to_string())));
    also(
        "id > ?",
        query.after.map(|id| Value::from(id.as_bytes().to_vec())),
    );
    let sql = format!(
        "{FILING} where {conditions} order by id limit {}",
        query.limit
    );
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query(params_from_iter(values))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(filing_row(row)?);
    }
    Ok(found)
}

pub(super) fn filing(connection: &Connection, wanted: Uuid) -> LedgerResult<Option<FilingRecord>> {
    let mut statement = connection.prepare_cached(&format!("{FILING} where id = ?1"))?;
    let mut rows = statement.query([wanted.as_bytes()])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let mut filing = filing_row(row)?;
    filing.forms = forms(connection, wanted)?;
    Ok(Some(filing))
}

fn forms(connection: &Connection, filing: Uuid) -> LedgerResult<Vec<FormRecord>> {
    let sql = "select form, template, sha256, size from filing_form where filing = ?1 order by form, ws, seq";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([filing.as_bytes()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(FormRecord {
            form: row.get(0)?,
            template: row.get(1)?,
            sha256: hash(&row.get::<_, Vec<u8>>(2)?)?,
            size: number(row.get(3)?)?,
        });
    }
    Ok(found)
}

fn filing_row(row: &Row) -> LedgerResult<FilingRecord> {
    Ok(FilingRecord {
        id: id(row, 0)?,
        office: row.get(1)?,
        ws: id(row, 2)?,
        seq: number(row.get(3)?)?,
        code: row.get(4)?,
        provisional: row.get(5)?,
        disputed_code: row.get(6)?,
        day: row.get::<_, String>(7)?.parse().map_err(damaged)?,
        procedure: row.get(8)?,
        title: row.get(9)?,
        title_en: row.get(10)?,
        applicant: row.get(11)?,
        received: row.get(12)?,
        due: row.get(13)?,
        status: row.get(14)?,
        version: row.get(15)?,
        forms: Vec::new(),
    })
}

pub(super) fn lines(
    connection: &Connection,
    ws: Uuid,
    from: u64,
    limit: u32,
) -> LedgerResult<Vec<Vec<u8>>> {
    let sql = "select body from event where office = (select office from workstation where ws = ?1) and ws = ?1
               and seq >= ?2 order by seq limit ?3";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(params![ws.as_bytes(), column(from)?, limit], |row| {
        row.get(0)
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn quarantine(
    connection: &Connection,
    office: Option<&str>,
    limit: u32,
) -> LedgerResult<Vec<QuarantineRecord>> {
    let sql = "select office, ws, seq, code, detail from quarantine where ?1 is null or office = ?1
               order by office, ws, seq limit ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params![office, limit])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(QuarantineRecord {
            office: row.get(0)?,
            ws: id(row, 1)?,
            seq: number(row.get(2)?)?,
            code: row.get(3)?,
            detail: row.get(4)?,
        });
    }
    Ok(found)
}

pub(super) fn countersignature(
    connection: &Connection,
    ws: Uuid,
    next_seq: u64,
) -> LedgerResult<Option<(String, SignatureBytes)>> {
    let sql = "select at, sig from countersignature where ws = ?1 and next_seq = ?2";
    let read = |row: &Row| Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?));
    let found = connection
        .query_row(sql, params![ws.as_bytes(), column(next_seq)?], read)
        .optional()?;
    let signature = |(at, sig): (String, Vec<u8>)| {
        let sig = sig
            .try_into()
            .map_err(|_| LedgerError::Damaged("countersignature".into()))?;
        Ok((at, SignatureBytes(sig)))
    };
    found.map(signature).transpose()
}

/// An id out of a blob column.
pub(super) fn id(row: &Row, index: usize) -> LedgerResult<Uuid> {
    Uuid::from_slice(&row.get::<_, Vec<u8>>(index)?).map_err(damaged)
}

/// A hash out of a blob column.
pub(super) fn hash(bytes: &[u8]) -> LedgerResult<Hash32> {
    Hash32::from_slice(bytes).ok_or_else(|| LedgerError::Damaged("a hash is not 32 bytes".into()))
}

fn damaged(error: impl std::fmt::Display) -> LedgerError {
    LedgerError::Damaged(error.to_string())
}
