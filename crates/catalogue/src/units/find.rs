//! Finding a commune by what a clerk types: without marks, half words, with the province behind it, by the name of a
//! commune of before.
//!
//! Not here: whole addresses (`modern`).

use super::name::{Folded, Key, is_mark, split_kind, tokens, words};
use super::{Commune, Units, UnitsOn};

/// A commune that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<'u> {
    /// The commune of today.
    pub commune: Commune<'u>,
    /// The old commune and its district by whose name it was found, `Phường Hòa Thọ Đông, Quận Cẩm Lệ`.
    pub was: Option<String>,
}

/// Folded names, made when they are first needed and kept: in the order of the rows of `Units`.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) communes: Folded,
    pub(super) old_provinces: Folded,
    pub(super) old_districts: Folded,
    pub(super) old_communes: Folded,
}

/// How a name fits, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Whole,
    Begins,
    WithProvince,
    Holds,
}

struct Query {
    words: Vec<String>,
    /// All words run together, for names that people write in one piece: `eahleo`.
    joined: String,
    marked: Option<String>,
}

impl Units {
    pub(super) fn prepared(&self) -> &Prepared {
        self.prepared.get_or_init(|| Prepared {
            communes: Folded::of(self.communes.iter().map(|row| self.at(row.name))),
            old_provinces: Folded::of(self.old_provinces.iter().map(|row| self.at(row.name))),
            old_districts: Folded::of(self.old_districts.iter().map(|row| self.at(row.name))),
            old_communes: Folded::of(self.old_communes.iter().map(|row| self.at(row.name))),
        })
    }

    /// Makes the folded names now, a few thousandths of a second, so that the first search need not wait.
    pub fn prepare(&self) {
        self.prepared();
    }
}

impl<'u> UnitsOn<'u> {
    /// The communes that `text` means, best first, at most `limit`; none for an empty text.
    ///
    /// Names of today come first, then communes of before under what they have become. Marks need not be typed; those
    /// that are typed put equal names first. A code of five digits finds its commune.
    pub fn find(&self, text: &str, limit: usize) -> Vec<Found<'u>> {
        let typed = text.trim();
        if let Some(commune) = self.commune(typed) {
            return vec![Found { commune, was: None }];
        }
        let query = Query::of(typed);
        if query.words.is_empty() || limit == 0 {
            return Vec::new();
        }
        let mut found = self.named(&query, limit);
        if found.len() < limit {
            let others = self.formerly(&query, limit);
            let known = |one: &Found<'u>| found.iter().any(|other| other.commune == one.commune);
            let others: Vec<_> = others.into_iter().filter(|one| !known(one)).collect();
            found.extend(others);
        }
        found.truncate(limit);
        found
    }

    fn named(&self, query: &Query, limit: usize) -> Vec<Found<'u>> {
        let units = self.units;
        let provinces: Vec<(&str, String)> =
            self.provinces().map(|p| (p.code, words(p.name))).collect();
        let mut hits = Vec::new();
        for (index, row) in units.communes.iter().enumerate() {
            let name = units.prepared().communes.at(index);
            if !row.life.holds(self.day) {
                continue;
            }
            let code = units.at(row.province);
            let province = provinces.iter().find(|(other, _)| *other == code);
            let province = province.map_or("", |(_, words)| words.as_str());
            if let Some(fit) = query.fit(name, province) {
                hits.push((query.marks_differ(units.at(row.name)), fit, row));
            }
        }
        hits.sort_by_key(|(differ, fit, _)| (*fit, *differ));
        let communes = hits.into_iter().take(limit);
        communes
            .filter_map(|(.., row)| self.commune(units.at(row.code)))
            .map(|commune| Found { commune, was: None })
            .collect()
    }

    fn formerly(&self, query: &Query, limit: usize) -> Vec<Found<'u>> {
        let units = self.units;
        let mut hits = Vec::new();
        for (index, province) in units.old_provinces.iter().enumerate() {
            let place = units.prepared().old_provinces.at(index);
            for district in province.first as usize..province.last as usize {
                let place = format!("{} {place}", units.prepared().old_districts.at(district));
                let Some(rows) = units.old_districts.get(district) else {
                    continue;
                };
                for (index, old) in (rows.first as usize..).zip(units.old_communes(rows)) {
                    let (_, name) = split_kind(units.prepared().old_communes.at(index));
                    if let Some(fit) = query.fit(name, &place) {
                        hits.push((fit, query.marks_differ(units.at(old.name)), old, rows));
                    }
                }
            }
        }
        hits.sort_by_key(|(fit, differ, ..)| (*fit, *differ));
        let mut found: Vec<Found<'u>> = Vec::new();
        for (.., old, district) in hits.into_iter().take(limit) {
            let was = format!("{}, {}", units.at(old.name), units.at(district.name));
            let codes = units.at(old.new).split(' ');
            for commune in codes.flat_map(|code| self.today(code)) {
                if !found.iter().any(|one| one.commune == commune) {
                    found.push(Found {
                        commune,
                        was: Some(was.clone()),
                    });
                }
            }
        }
        found
    }
}

impl Query {
    fn of(typed: &str) -> Self {
        let found = tokens(typed);
        let mut words: Vec<String> = found.iter().map(|token| token.key.plain.clone()).collect();
        // The word of a kind says nothing about the name; alone it is a name half typed.
        let joined = words.join(" ");
        let (_, rest) = split_kind(&joined);
        if rest.len() < joined.len() && !rest.is_empty() {
            words = rest.split(' ').map(str::to_owned).collect();
        }
        let key = Key::of_tokens(found.get(found.len() - words.len()..).unwrap_or_default());
        Query {
            joined: words.concat(),
            marked: key.has_marks().then_some(key.marked),
            words,
        }
    }

    fn fit(&self, name: &str, province: &str) -> Option<Fit> {
        let first = self.words.first()?;
        // Most names fall here, before anything is put together.
        let begins = |text: &str| text.split(' ').any(|word| word.starts_with(first.as_str()));
        let joined = self.words.len() == 1 && first.len() > 2;
        if !begins(name) && !begins(province) && !joined {
            return None;
        }
        let squeezed = name.replace(' ', "");
        if squeezed == self.joined {
            return Some(Fit::Whole);
        }
        if squeezed.starts_with(&self.joined) && (joined || begins(name)) {
            return Some(Fit::Begins);
        }
        if let Some(rest) = self.joined.strip_prefix(&squeezed)
            && province.replace(' ', "").starts_with(rest)
        {
            return Some(Fit::WithProvince);
        }
        let all = || name.split(' ').chain(province.split(' '));
        let held = |asked: &String| all().any(|word| word.starts_with(asked.as_str()));
        let own = name.split(' ').any(|word| {
            self.words
                .iter()
                .any(|asked| word.starts_with(asked.as_str()))
        });
        (own && self.words.iter().all(held)).then_some(Fit::Holds)
    }

    /// Whether marks were typed that the name has otherwise; a half-typed name may still lack some.
    fn marks_differ(&self, name: &str) -> bool {
        let Some(marked) = &self.marked else {
            return false;
        };
        let name = Key::of(name).marked;
        let rest = marked.strip_prefix(&name);
        let whole = rest.is_some_and(|rest| !rest.starts_with(is_mark));
        !whole && !name.contains(marked.as_str())
    }
}
