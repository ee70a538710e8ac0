//! The checks of an imported list. Not here: the shape of its JSON, and writing it down.

use std::collections::{BTreeMap, BTreeSet};

use onedoor_domain::text;

use super::{Change, ImportProblem, UnitsFile, Wrong, at};

pub(super) const PROVINCE_KINDS: [(&str, &str); 2] = [("tỉnh", "t"), ("thành phố", "c")];
pub(super) const COMMUNE_KINDS: [(&str, &str); 3] =
    [("xã", "x"), ("phường", "p"), ("đặc khu", "d")];

/// The letter of a kind in the packed list.
pub(super) fn letter(kinds: &[(&str, &'static str)], kind: &str) -> Option<&'static str> {
    let kind = text::nfc(kind);
    kinds
        .iter()
        .find(|(name, _)| *name == kind)
        .map(|(_, letter)| *letter)
}

pub(super) fn problems(file: &UnitsFile) -> Vec<ImportProblem> {
    let mut found = Vec::new();
    if file.provinces.is_empty() || file.communes.is_empty() {
        found.push(at("provinces, communes".to_owned(), Wrong::Empty));
    }
    let mut provinces = BTreeSet::new();
    for (index, province) in file.provinces.iter().enumerate() {
        let place = format!("provinces[{index}] {}", shown(&province.code));
        let wrong = unit(
            &province.code,
            2,
            &province.name,
            &province.kind,
            &PROVINCE_KINDS,
        );
        found.extend(wrong.map(|wrong| at(place.clone(), wrong)));
        if !provinces.insert(province.code.as_str()) {
            found.push(at(place, Wrong::Twice));
        }
    }
    let mut communes = BTreeSet::new();
    for (index, commune) in file.communes.iter().enumerate() {
        let place = format!("communes[{index}] {}", shown(&commune.code));
        let wrong = unit(
            &commune.code,
            5,
            &commune.name,
            &commune.kind,
            &COMMUNE_KINDS,
        );
        found.extend(wrong.map(|wrong| at(place.clone(), wrong)));
        if !provinces.contains(commune.province.as_str()) {
            let unknown = Wrong::Unknown(shown(&commune.province));
            found.push(at(place.clone(), unknown));
        }
        if !communes.insert(commune.code.as_str()) {
            found.push(at(place, Wrong::Twice));
        }
    }
    amendments(file, &mut provinces, &mut communes, &mut found);
    old_rows(file, &communes, &mut found);
    found
}

/// Foreign text in a message stays short.
fn shown(text: &str) -> String {
    text.chars().take(20).collect()
}

fn unit(
    code: &str,
    digits: usize,
    name: &str,
    kind: &str,
    kinds: &[(&str, &'static str)],
) -> Option<Wrong> {
    if code.len() != digits || !code.bytes().all(|b| b.is_ascii_digit()) {
        return Some(Wrong::Code { digits });
    }
    if !is_name(name) {
        return Some(Wrong::Name);
    }
    letter(kinds, kind)
        .is_none()
        .then(|| Wrong::Kind(shown(kind)))
}

fn is_name(name: &str) -> bool {
    let unseen = name.contains(['\t', '\n', '\r']);
    !unseen && text::clean(name, text::MAX_NAME).is_ok_and(|name| !name.is_empty())
}

fn amendments<'f>(
    file: &'f UnitsFile,
    provinces: &mut BTreeSet<&'f str>,
    communes: &mut BTreeSet<&'f str>,
    found: &mut Vec<ImportProblem>,
) {
    let mut before = file.effective;
    for (index, amendment) in file.amendments.iter().enumerate() {
        if amendment.effective <= before {
            found.push(at(format!("amendments[{index}]"), Wrong::Order));
        }
        before = amendment.effective;
        let place = |list: &str, change: &Change| {
            format!("amendments[{index}].{list} {}", shown(&change.code))
        };
        for entry in &amendment.provinces {
            let wrong = change(entry, provinces, 2, &PROVINCE_KINDS);
            found.extend(wrong.map(|wrong| at(place("provinces", entry), wrong)));
        }
        for entry in &amendment.communes {
            let wrong = change(entry, communes, 5, &COMMUNE_KINDS);
            found.extend(wrong.map(|wrong| at(place("communes", entry), wrong)));
            let province = entry.province.as_deref();
            if let Some(code) = province.filter(|code| !provinces.contains(code)) {
                found.push(at(place("communes", entry), Wrong::Unknown(shown(code))));
            }
        }
        for entry in &amendment.communes {
            let into = entry.into.iter().flatten();
            let unknown = into.filter(|code| !communes.contains(code.as_str()));
            found.extend(
                unknown.map(|code| at(place("communes", entry), Wrong::Unknown(shown(code)))),
            );
        }
    }
}

/// A change of a known unit names what changes; a new unit names everything.
fn change<'f>(
    change: &'f Change,
    known: &mut BTreeSet<&'f str>,
    digits: usize,
    kinds: &[(&str, &'static str)],
) -> Option<Wrong> {
    let unknown = !known.contains(change.code.as_str());
    let is_new = change.name.is_some() && change.kind.is_some() && change.into.is_none();
    let complete = is_new && (digits == 2 || change.province.is_some());
    if unknown && !complete {
        return Some(Wrong::Unknown(shown(&change.code)));
    }
    known.insert(&change.code);
    let name = change.name.as_deref().unwrap_or("x");
    let kind = change
        .kind
        .as_deref()
        .or(kinds.first().map(|(name, _)| *name));
    unit(&change.code, digits, name, kind.unwrap_or_default(), kinds)
}

fn old_rows(file: &UnitsFile, communes: &BTreeSet<&str>, found: &mut Vec<ImportProblem>) {
    let mut groups: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (index, row) in file.old_to_new.iter().enumerate() {
        let place = || format!("old_to_new[{index}] {}", shown(&row.new_code));
        if !communes.contains(row.new_code.as_str()) {
            found.push(at(place(), Wrong::Unknown(shown(&row.new_code))));
        }
        let names = [
            Some(&row.old_province),
            Some(&row.old_district),
            row.old_commune.as_ref(),
        ];
        if names.into_iter().flatten().any(|name| !is_name(name)) {
            found.push(at(place(), Wrong::Name));
        }
        let key = (&row.old_province, &row.old_district, &row.old_commune);
        groups.entry(key).or_default().push(index);
    }
    for indexes in groups.values() {
        let rows: Vec<_> = indexes
            .iter()
            .filter_map(|index| file.old_to_new.get(*index))
            .collect();
        let place = || {
            format!(
                "old_to_new[{}]",
                indexes.first().copied().unwrap_or_default()
            )
        };
        let codes: BTreeSet<_> = rows.iter().map(|row| &row.new_code).collect();
        if codes.len() < rows.len() {
            found.push(at(place(), Wrong::Twice));
        }
        if rows.iter().any(|row| row.partial != (rows.len() > 1)) {
            found.push(at(place(), Wrong::Partial));
        }
        if rows.iter().filter(|row| row.hint).count() > 1 {
            found.push(at(place(), Wrong::Hints));
        }
    }
}
