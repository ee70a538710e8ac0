//! A checked list as the text that the packed file holds, with each unit's days of effect. Not here: the checks.

use std::collections::BTreeMap;

use jiff::civil::Date;
use onedoor_domain::text;

use super::check::{COMMUNE_KINDS, PROVINCE_KINDS, letter};
use super::{Change, UnitsFile};
use crate::units::file::Writer;
use crate::units::name::words;

/// One unit between two days. Provinces have an empty province.
#[derive(Clone)]
struct Period {
    name: String,
    kind: String,
    province: String,
    from: Date,
    until: Option<Date>,
}

/// Every unit by its code, its periods in order.
type Lives = BTreeMap<String, Vec<Period>>;

pub(super) fn text(file: &UnitsFile) -> String {
    let mut out = Writer::new();
    out.line(&["F", &file.effective.to_string(), &clean(&file.meta.decree)]);
    for amendment in &file.amendments {
        out.line(&[
            "F",
            &amendment.effective.to_string(),
            &clean(&amendment.decree),
        ]);
    }
    for (code, periods) in &provinces(file) {
        for period in periods {
            let kind = letter(&PROVINCE_KINDS, &period.kind).unwrap_or_default();
            let (from, until) = period.days();
            let folded = words(&period.name);
            out.line(&["P", code, &period.name, &folded, kind, &from, &until]);
        }
    }
    for (code, periods) in &communes(file) {
        for period in periods {
            let kind = letter(&COMMUNE_KINDS, &period.kind).unwrap_or_default();
            let (from, until) = period.days();
            let (name, province) = (&period.name, &period.province);
            out.line(&["C", code, name, &words(name), kind, province, &from, &until]);
        }
    }
    let ended = file
        .amendments
        .iter()
        .flat_map(|amendment| &amendment.communes);
    for change in ended {
        if let Some(into) = &change.into {
            out.line(&["S", &change.code, &into.join(" ")]);
        }
    }
    old(file, &mut out);
    out.finish()
}

fn provinces(file: &UnitsFile) -> Lives {
    let mut lives = Lives::new();
    for entry in &file.provinces {
        let period = Period::new(&entry.name, &entry.kind, "", file.effective);
        lives.insert(entry.code.clone(), vec![period]);
    }
    for amendment in &file.amendments {
        for change in &amendment.provinces {
            apply(&mut lives, change, amendment.effective);
        }
    }
    lives
}

fn communes(file: &UnitsFile) -> Lives {
    let mut lives = Lives::new();
    for entry in &file.communes {
        let period = Period::new(&entry.name, &entry.kind, &entry.province, file.effective);
        lives.insert(entry.code.clone(), vec![period]);
    }
    for amendment in &file.amendments {
        for change in &amendment.communes {
            apply(&mut lives, change, amendment.effective);
        }
    }
    lives
}

fn apply(lives: &mut Lives, change: &Change, day: Date) {
    let periods = lives.entry(change.code.clone()).or_default();
    let last = periods.last().cloned();
    if let Some(last) = periods.last_mut() {
        last.until = Some(last.until.map_or(day, |until| until.min(day)));
    }
    if change.into.is_some() {
        return;
    }
    let mut period = last.unwrap_or_else(|| Period::new("", "", "", day));
    (period.from, period.until) = (day, None);
    if let Some(name) = &change.name {
        period.name = clean(name);
    }
    if let Some(kind) = &change.kind {
        period.kind = kind.clone();
    }
    if let Some(province) = &change.province {
        period.province = province.clone();
    }
    periods.push(period);
}

fn old(file: &UnitsFile, out: &mut Writer) {
    // Sorted, so that the same list in another order gives the same bytes.
    let mut tree: BTreeMap<_, BTreeMap<_, BTreeMap<_, Vec<_>>>> = BTreeMap::new();
    for row in &file.old_to_new {
        let districts = tree.entry(clean(&row.old_province)).or_default();
        let communes = districts.entry(clean(&row.old_district)).or_default();
        let name = row.old_commune.as_deref().map(clean).unwrap_or_default();
        communes.entry(name).or_default().push(row);
    }
    for (province, districts) in &tree {
        out.line(&["A", province, &words(province)]);
        for (district, communes) in districts {
            out.line(&["B", district, &words(district)]);
            for (name, rows) in communes {
                let mut codes: Vec<&str> = rows.iter().map(|row| row.new_code.as_str()).collect();
                codes.sort_unstable();
                let hint = rows.iter().find(|row| row.hint);
                let hint = hint.map_or("", |row| row.new_code.as_str());
                out.line(&["O", name, &words(name), &codes.join(" "), hint]);
            }
        }
    }
}

/// The checks have refused what `text::clean` refuses; blanks are made one.
fn clean(name: &str) -> String {
    let name = text::clean(name, text::MAX_TEXT).unwrap_or_default();
    name.replace('\t', " ")
}

impl Period {
    fn new(name: &str, kind: &str, province: &str, from: Date) -> Self {
        Period {
            name: clean(name),
            kind: kind.to_owned(),
            province: province.to_owned(),
            from,
            until: None,
        }
    }

    fn days(&self) -> (String, String) {
        let until = self.until.map(|until| until.to_string());
        (self.from.to_string(), until.unwrap_or_default())
    }
}
