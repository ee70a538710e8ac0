//! Reading rows into records.

use deadpool_postgres::GenericClient;
use jiff::Timestamp;
use onedoor_protocol::{
    Hash32,
    enrol::{Counter, Lease, Office},
    sign::SignatureBytes,
};
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;
use uuid::Uuid;

use crate::engine::{column, number, standing};
use crate::ledger::{
    FilingQuery, FilingRecord, FormRecord, LedgerError, LedgerResult, OfficeRecord,
    QuarantineRecord, WorkstationRecord,
};

/// A workstation with its lease: the slot's row and the reserve's.
const WORKSTATION: &str =
    "select w.ws, w.office, w.counter, w.counter_name, w.pubkey, w.status, w.next_seq, w.head,
      w.last_seen, s.lo, s.hi, s.from_day, s.to_day, r.lo, r.hi, w.heard_at, w.said_last
    from workstation w
    left join slot_lease s on s.ws = w.ws and s.kind = 'slot'
    left join slot_lease r on r.ws = w.ws and r.kind = 'reserve'";
const FILING: &str =
    "select id, office, ws, seq, code, provisional, disputed_code, day, procedure, title, title_en,
    applicant, received, due, status, version from filing";

const OFFICE: &str = "select office, name, parent, place, agency, symbol, time_zone, province, host, currency from office";

pub(super) async fn office(
    client: &impl GenericClient,
    id: &str,
) -> LedgerResult<Option<OfficeRecord>> {
    let sql = format!("{OFFICE} where office = $1");
    let row = client.query_opt(&sql, &[&id]).await?;
    row.as_ref().map(office_row).transpose()
}

pub(super) async fn offices(client: &impl GenericClient) -> LedgerResult<Vec<OfficeRecord>> {
    let rows = client
        .query(&format!("{OFFICE} order by office"), &[])
        .await?;
    rows.iter().map(office_row).collect()
}

fn office_row(row: &Row) -> LedgerResult<OfficeRecord> {
    let office = Office {
        id: row.try_get(0)?,
        name: row.try_get(1)?,
        parent: row.try_get(2)?,
        place: row.try_get(3)?,
        agency: row.try_get(4)?,
        symbol: row.try_get(5)?,
        time_zone: row.try_get(6)?,
        mission: crate::engine::mission(row.try_get(8)?, row.try_get(9)?),
    };
    let province = row.try_get(7)?;
    Ok(OfficeRecord { office, province })
}

pub(super) async fn hear(
    client: &impl GenericClient,
    ws: Uuid,
    at: Timestamp,
    last: Option<u64>,
) -> LedgerResult<()> {
    let sql =
        "update workstation set heard_at = $2, said_last = coalesce($3, said_last) where ws = $1";
    let last = last.map(column).transpose()?;
    client.execute(sql, &[&ws, &at, &last]).await?;
    Ok(())
}

pub(super) async fn workstation(
    client: &impl GenericClient,
    ws: Uuid,
) -> LedgerResult<Option<WorkstationRecord>> {
    let row = client
        .query_opt(&format!("{WORKSTATION} where w.ws = $1"), &[&ws])
        .await?;
    row.as_ref().map(workstation_row).transpose()
}

/// As [`workstation`], and holds the row until the transaction ends.
pub(super) async fn locked(
    client: &impl GenericClient,
    ws: Uuid,
) -> LedgerResult<Option<WorkstationRecord>> {
    let row = client
        .query_opt(
            &format!("{WORKSTATION} where w.ws = $1 for update of w"),
            &[&ws],
        )
        .await?;
    row.as_ref().map(workstation_row).transpose()
}

pub(super) async fn workstations(
    client: &impl GenericClient,
    office: Option<&str>,
) -> LedgerResult<Vec<WorkstationRecord>> {
    let sql = format!(
        "{WORKSTATION} where $1::text is null or w.office = $1 order by w.office, w.counter, w.ws"
    );
    client
        .query(&sql, &[&office])
        .await?
        .iter()
        .map(workstation_row)
        .collect()
}

fn workstation_row(row: &Row) -> LedgerResult<WorkstationRecord> {
    let counter: i32 = row.try_get(2)?;
    let counter = u16::try_from(counter).map_err(damaged)?;
    let key: Option<&[u8]> = row.try_get(4)?;
    let head: Option<&[u8]> = row.try_get(7)?;
    let said: Option<i64> = row.try_get(16)?;
    Ok(WorkstationRecord {
        ws: row.try_get(0)?,
        office: row.try_get(1)?,
        counter: Counter {
            number: counter,
            name: row.try_get(3)?,
        },
        lease: lease(row)?,
        key: key.map(hash).transpose()?.map(|hash| hash.0),
        standing: standing(row.try_get(5)?)?,
        next_seq: number(row.try_get(6)?)?,
        head: head.map(hash).transpose()?,
        last_seen: row.try_get(8)?,
        heard: row.try_get(15)?,
        said_last: said.map(number).transpose()?,
    })
}

fn lease(row: &Row) -> LedgerResult<Option<Lease>> {
    let range = |lo: usize, hi: usize| -> LedgerResult<Option<[u32; 2]>> {
        let ends: (Option<i32>, Option<i32>) = (row.try_get(lo)?, row.try_get(hi)?);
        let (Some(lo), Some(hi)) = ends else {
            return Ok(None);
        };
        Ok(Some([
            u32::try_from(lo).map_err(damaged)?,
            u32::try_from(hi).map_err(damaged)?,
        ]))
    };
    let Some(slot) = range(9, 10)? else {
        return Ok(None);
    };
    let days: (jiff::civil::Date, jiff::civil::Date) = (row.try_get(11)?, row.try_get(12)?);
    let lease = Lease {
        slot,
        reserve: range(13, 14)?,
        valid_from: days.0.to_string(),
        valid_to: days.1.to_string(),
    };
    Ok(Some(lease))
}

pub(super) async fn filings(
    client: &impl GenericClient,
    query: &FilingQuery,
) -> LedgerResult<Vec<FilingRecord>> {
    let mut conditions = String::from("true");
    let mut values: Vec<&(dyn ToSql + Sync)> = Vec::new();
    let mut also = |condition: &str, value| {
        values.push(value);
        conditions.push_str(" and ");
        conditions.push_str(&condition.replace('?', &format!("${}", values.len())));
    };
    if let Some(office) = &query.office {
        also("office = ?", office);
    }
    if let Some(code) = &query.code {
        also(
            "id in (select id from filing where code = ? union select id from filing where provisional = ?
                    union select id from filing where disputed_code = ?)",
            code,
        );
    }
    if let Some(day) = &query.day {
        also("day = ?", day);
    }
    if let Some(after) = &query.after {
        also("id > ?", after);
    }
    let sql = format!(
        "{FILING} where {conditions} order by id limit {}",
        query.limit
    );
    client
        .query(&sql, &values)
        .await?
        .iter()
        .map(filing_row)
        .collect()
}

pub(super) async fn filing(
    client: &impl GenericClient,
    wanted: Uuid,
) -> LedgerResult<Option<FilingRecord>> {
    let Some(row) = client
        .query_opt(&format!("{FILING} where id = $1"), &[&wanted])
        .await?
    else {
        return Ok(None);
    };
    let mut filing = filing_row(&row)?;
    let sql = "select form, template, sha256, size from filing_form where filing = $1 order by form, ws, seq";
    for row in client.query(sql, &[&wanted]).await? {
        filing.forms.push(FormRecord {
            form: row.try_get(0)?,
            template: row.try_get(1)?,
            sha256: hash(row.try_get(2)?)?,
            size: number(row.try_get(3)?)?,
        });
    }
    Ok(Some(filing))
}

fn filing_row(row: &Row) -> LedgerResult<FilingRecord> {
    let version: i64 = row.try_get(15)?;
    Ok(FilingRecord {
        id: row.try_get(0)?,
        office: row.try_get(1)?,
        ws: row.try_get(2)?,
        seq: number(row.try_get(3)?)?,
        code: row.try_get(4)?,
        provisional: row.try_get(5)?,
        disputed_code: row.try_get(6)?,
        day: row.try_get(7)?,
        procedure: row.try_get(8)?,
        title: row.try_get(9)?,
        title_en: row.try_get(10)?,
        applicant: row.try_get(11)?,
        received: row.try_get(12)?,
        due: row.try_get(13)?,
        status: row.try_get(14)?,
        version: u32::try_from(version).map_err(damaged)?,
        forms: Vec::new(),
    })
}

pub(super) async fn lines(
    client: &impl GenericClient,
    ws: Uuid,
    from: u64,
    limit: u32,
) -> LedgerResult<Vec<Vec<u8>>> {
    let sql = "select body from event where office = (select office from workstation where ws = $1) and ws = $1
               and seq >= $2 order by seq limit $3";
    let rows = client
        .query(sql, &[&ws, &column(from)?, &i64::from(limit)])
        .await?;
    rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
}

pub(super) async fn quarantine(
    client: &impl GenericClient,
    office: Option<&str>,
    limit: u32,
) -> LedgerResult<Vec<QuarantineRecord>> {
    let sql =
        "select office, ws, seq, code, detail from quarantine where $1::text is null or office = $1
               order by office, ws, seq limit $2";
    let record = |row: &Row| {
        Ok(QuarantineRecord {
            office: row.try_get(0)?,
            ws: row.try_get(1)?,
            seq: number(row.try_get(2)?)?,
            code: row.try_get(3)?,
            detail: row.try_get(4)?,
        })
    };
    client
        .query(sql, &[&office, &i64::from(limit)])
        .await?
        .iter()
        .map(record)
        .collect()
}

pub(super) async fn countersignature(
    client: &impl GenericClient,
    ws: Uuid,
    next_seq: u64,
) -> LedgerResult<Option<(String, SignatureBytes)>> {
    let sql = "select at, sig from countersignature where ws = $1 and next_seq = $2";
    let Some(row) = client.query_opt(sql, &[&ws, &column(next_seq)?]).await? else {
        return Ok(None);
    };
    let sig: &[u8] = row.try_get(1)?;
    Ok(Some((
        row.try_get(0)?,
        SignatureBytes(sig.try_into().map_err(damaged)?),
    )))
}

/// A hash out of a bytea column.
pub(super) fn hash(bytes: &[u8]) -> LedgerResult<Hash32> {
    Hash32::from_slice(bytes).ok_or_else(|| LedgerError::Damaged("a hash is not 32 bytes".into()))
}

fn damaged(error: impl std::fmt::Display) -> LedgerError {
    LedgerError::Damaged(error.to_string())
}
