//! Offices out of a table: one a line, with its counters, all or none. Not here: the sheet that each gets (`sheet`).

use std::collections::HashSet;

use jiff::ToSpan;
use onedoor_protocol::enrol::{Counter, Mission, Office};
use uuid::Uuid;

use crate::central::{CODE_HOURS, Central, Code, Refused, check_office, one_time_code, system};
use crate::http::enrol::secret_hash;
use crate::ledger::{NewOffice, NewWorkstation, OfficeRecord, SecretKind};
use crate::plan;

/// Columns that every table has.
const NEEDED: [&str; 7] = [
    "id", "name", "parent", "place", "agency", "province", "counters",
];
/// Columns that it may have, and what stands for an empty cell.
const OPTIONAL: [(&str, &str); 4] = [
    ("symbol", "TTPVHCC"),
    ("time_zone", "Asia/Ho_Chi_Minh"),
    ("host", ""),
    ("currency", "USD"),
];
/// Between the names of counters in one cell.
const BETWEEN_COUNTERS: char = '|';
/// Longest id of an office: it is a file's name too.
const MAX_ID: usize = 40;

/// A mistake in the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Its line, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

/// An office that was added.
#[derive(Debug, Clone)]
pub struct Added {
    /// The office.
    pub office: Office,
    /// A one-time code for each counter.
    pub codes: Vec<(Counter, Code)>,
}

/// A line of the table that makes sense.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    line: usize,
    record: OfficeRecord,
    counters: Vec<Counter>,
}

impl Central {
    /// Adds every office of a table, with a code for each counter; or none, with every mistake of the table.
    pub async fn import_offices(
        &self,
        table: &str,
    ) -> Result<Result<Vec<Added>, Vec<Mistake>>, Refused> {
        let (rows, mut mistakes) = read(table);
        for row in &rows {
            if self.ledger.office(&row.record.office.id).await?.is_some() {
                mistakes.push(exists(row));
            }
        }
        if !mistakes.is_empty() {
            mistakes.sort_by_key(|mistake| mistake.line);
            return Ok(Err(mistakes));
        }
        let (mut new, mut added) = (Vec::new(), Vec::new());
        let mut drawn = HashSet::new();
        for row in &rows {
            let (office, codes) = self.expected(row, &mut drawn)?;
            let made = codes
                .iter()
                .map(|(new, code)| (new.counter.clone(), code.clone()));
            added.push(Added {
                office: row.record.office.clone(),
                codes: made.collect(),
            });
            new.push(office);
        }
        // Somebody else may have added one since we looked.
        match self
            .ledger
            .import(new)
            .await?
            .and_then(|place| rows.get(place))
        {
            Some(row) => Ok(Err(vec![exists(row)])),
            None => Ok(Ok(added)),
        }
    }

    fn expected(
        &self,
        row: &Row,
        drawn: &mut HashSet<String>,
    ) -> Result<(NewOffice, Vec<(NewWorkstation, Code)>), Refused> {
        let now = (self.clock)();
        let expires = now + CODE_HOURS.hours();
        let today = now
            .in_tz(&row.record.office.time_zone)
            .map_err(system)?
            .date();
        let mut codes = Vec::new();
        for counter in &row.counters {
            let code = loop {
                let code = one_time_code()?;
                if drawn.insert(code.clone()) {
                    break code;
                }
            };
            let outside = || Refused::CounterOutsidePlan(counter.number);
            let new = NewWorkstation {
                ws: Uuid::now_v7(),
                office: row.record.office.id.clone(),
                counter: counter.clone(),
                slot: plan::slot(counter.number).ok_or_else(outside)?,
                reserve: plan::reserve(counter.number).ok_or_else(outside)?,
                from: today,
                days: plan::LEASE_DAYS,
                secret: secret_hash(&code),
                kind: SecretKind::Code,
                expires: Some(expires),
            };
            let ws = new.ws;
            codes.push((new, Code { code, ws, expires }));
        }
        let workstations = codes.iter().map(|(new, _)| new.clone()).collect();
        let record = row.record.clone();
        Ok((
            NewOffice {
                record,
                workstations,
            },
            codes,
        ))
    }
}

fn exists(row: &Row) -> Mistake {
    let what = format!("office {} exists already", row.record.office.id);
    Mistake {
        line: row.line,
        what,
    }
}

/// The rows of a table, and what is wrong with the others.
fn read(table: &str) -> (Vec<Row>, Vec<Mistake>) {
    let mut lines = cells(table.trim_start_matches('\u{feff}')).into_iter();
    let mistake = |line, what: String| Mistake { line, what };
    let Some((line, header)) = lines.next() else {
        return (Vec::new(), vec![mistake(1, "the table is empty".into())]);
    };
    let header: Vec<String> = header.iter().map(|name| name.trim().to_string()).collect();
    let known = |name: &String| {
        NEEDED.contains(&name.as_str()) || OPTIONAL.iter().any(|(optional, _)| optional == name)
    };
    let unknown = header.iter().filter(|name| !known(name));
    let mut mistakes: Vec<Mistake> = unknown
        .map(|name| mistake(line, format!("there is no column {name}")))
        .collect();
    let absent = NEEDED
        .iter()
        .filter(|name| !header.iter().any(|it| it == *name));
    mistakes.extend(absent.map(|name| mistake(line, format!("the column {name} is missing"))));
    if !mistakes.is_empty() {
        return (Vec::new(), mistakes);
    }
    let (mut rows, mut ids): (Vec<Row>, HashSet<String>) = (Vec::new(), HashSet::new());
    for (line, cells) in lines {
        let row = match cells.len() == header.len() {
            true => row(line, &header, &cells),
            false => Err(format!("{} cells, not {}", cells.len(), header.len())),
        };
        match row {
            Ok(row) if !ids.insert(row.record.office.id.clone()) => {
                let what = format!("office {} stands in the table twice", row.record.office.id);
                mistakes.push(mistake(line, what));
            }
            Ok(row) => rows.push(row),
            Err(what) => mistakes.push(mistake(line, what)),
        }
    }
    if rows.is_empty() && mistakes.is_empty() {
        mistakes.push(mistake(line, "the table has no office".into()));
    }
    (rows, mistakes)
}

fn row(line: usize, header: &[String], cells: &[String]) -> Result<Row, String> {
    let cell = |name: &str| {
        let place = header.iter().position(|it| it == name);
        let text = place.and_then(|place| cells.get(place));
        // A spreadsheet wraps long names; a form does not.
        let text = text.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
        let fallback = OPTIONAL.iter().find(|(optional, _)| *optional == name);
        text.filter(|text| !text.is_empty())
            .or_else(|| fallback.map(|(_, text)| (*text).to_string()))
            .unwrap_or_default()
    };
    let id = cell("id");
    let letters = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if id.is_empty() || id.len() > MAX_ID || !id.bytes().all(letters) {
        return Err(format!(
            "the id \"{id}\" is not 1 to {MAX_ID} of a to z, 0 to 9 and -"
        ));
    }
    let host = cell("host");
    let currency = cell("currency");
    let office = Office {
        id,
        name: cell("name"),
        parent: cell("parent"),
        place: cell("place"),
        agency: cell("agency"),
        symbol: cell("symbol"),
        time_zone: cell("time_zone"),
        mission: (!host.is_empty()).then_some(Mission { host, currency }),
    };
    let province = cell("province");
    let record = OfficeRecord { office, province };
    check_office(&record).map_err(|refused| refused.to_string())?;
    let counters = counters(&cell("counters"))?;
    Ok(Row {
        line,
        record,
        counters,
    })
}

/// `3`, or the names of the counters.
fn counters(cell: &str) -> Result<Vec<Counter>, String> {
    let most = *plan::COUNTERS.end();
    let names: Vec<String> = match cell.parse::<u16>() {
        Ok(count) => (1..=count.min(most + 1))
            .map(|number| format!("Quầy {number}"))
            .collect(),
        Err(_) => cell
            .split(BETWEEN_COUNTERS)
            .map(|name| name.trim().to_string())
            .collect(),
    };
    let fits = (1..=usize::from(most)).contains(&names.len());
    if !fits || names.iter().any(String::is_empty) {
        return Err(format!(
            "counters: 1 to {most}, or their names with {BETWEEN_COUNTERS} between"
        ));
    }
    let counter = |(number, name)| Counter { number, name };
    Ok((1..).zip(names).map(counter).collect())
}

/// The cells of each line that is not empty, by the number of the line that it begins on (RFC 4180).
fn cells(text: &str) -> Vec<(usize, Vec<String>)> {
    let mut table = csv::ReaderBuilder::new();
    let mut table = table
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    // Text is text already: no record of it can be unreadable.
    let records = table.records().filter_map(Result::ok);
    let rows = records.map(|record| {
        let begins = record.position().map_or(0, csv::Position::byte);
        let begins = usize::try_from(begins).unwrap_or(usize::MAX);
        (
            line_at(text, begins),
            record.iter().map(str::to_string).collect(),
        )
    });
    rows.filter(|(_, row): &(usize, Vec<String>)| row.iter().any(|cell| !cell.trim().is_empty()))
        .collect()
}

/// The number of the line that begins at a byte, or after the ends of lines there.
fn line_at(text: &str, begins: usize) -> usize {
    let ends = text.get(begins..).unwrap_or_default();
    let ends = ends.len() - ends.trim_start_matches(['\r', '\n']).len();
    let before = text.as_bytes().get(..begins + ends).unwrap_or_default();
    before.iter().filter(|byte| **byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "id,name,parent,place,agency,province,counters\n";

    fn mistakes(rows: &str) -> Vec<(usize, String)> {
        let (_, mistakes) = read(&format!("{HEADER}{rows}"));
        mistakes.into_iter().map(|it| (it.line, it.what)).collect()
    }

    #[test]
    fn a_table_as_a_spreadsheet_writes_it_is_read() {
        let table = format!(
            "\u{feff}{}\r\neatul,\"TRUNG TÂM \"\"MỘT CỬA\"\",\r\nXÃ EA TUL\",UBND XÃ EA TUL,Ea Tul,H15.50.05.13,daklak,2\r\n\r\n\
             cumgar,TT,UBND,Cư M'gar,H15.50.05.14,daklak,Tiếp dân | Đất đai",
            HEADER.trim()
        );
        let (rows, mistakes) = read(&table);
        assert_eq!(mistakes, []);
        let names: Vec<_> = rows
            .iter()
            .map(|row| (row.line, row.record.office.name.as_str()))
            .collect();
        assert_eq!(names, [(2, "TRUNG TÂM \"MỘT CỬA\", XÃ EA TUL"), (5, "TT")]);
        let counters: Vec<_> = rows[1]
            .counters
            .iter()
            .map(|it| (it.number, it.name.as_str()))
            .collect();
        assert_eq!(counters, [(1, "Tiếp dân"), (2, "Đất đai")]);
        assert_eq!(rows[0].record.office.time_zone, "Asia/Ho_Chi_Minh");
    }

    #[test]
    fn every_mistake_is_said_with_its_line() {
        let good = "a,TT,UBND,X,H1,daklak,1\n";
        let rows = format!(
            "{good}{good}B!,TT,UBND,X,H1,daklak,1\nc,TT,UBND,X,H1,daklak,9\nd,,UBND,X,H1,daklak,1\ne,TT\nf,TT,UBND,X,H1,daklak,A||B\n"
        );
        let lines: Vec<usize> = mistakes(&rows).iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [3, 4, 5, 6, 7, 8]);
        assert_eq!(read("").1[0].what, "the table is empty");
        assert_eq!(mistakes("")[0].1, "the table has no office");
        let (_, strange) = read("id,nam\n");
        assert_eq!(strange[0].what, "there is no column nam");
        assert_eq!(strange.len(), 7, "and six are missing: {strange:?}");
    }
}
