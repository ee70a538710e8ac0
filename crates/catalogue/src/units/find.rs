//! Finding a commune by what a clerk types: without marks, half words, with the province behind it, by the name of a
//! commune of before.
//!
//! Not here: whole addresses (`modern`).

use super::name::{Key, is_mark, split_kind, tokens};
use super::{Commune, UnitsOn};

/// A commune that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<'u> {
    /// The commune of today.
    pub commune: Commune<'u>,
    /// The old commune and its district by whose name it was found, `Phường Hòa Thọ Đông, Quận Cẩm Lệ`.
    pub was: Option<String>,
}

/// A commune, its district and its province have fewer words; what has more is a pasted page.
const MAX_WORDS: usize = 16;

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
        if limit == 0 || !(1..=MAX_WORDS).contains(&query.words.len()) {
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
        let provinces = units.provinces.iter();
        let alive = provinces.filter(|row| row.life.holds(self.day));
        let provinces: Vec<(&str, &str)> = alive
            .map(|row| (units.at(row.code), units.at(row.folded)))
            .collect();
        let mut hits = Vec::new();
        for row in &units.communes {
            if !row.life.holds(self.day) {
                continue;
            }
            let code = units.at(row.province);
            let province = provinces.iter().find(|(other, _)| *other == code);
            let province = province.map_or("", |(_, folded)| folded);
            if let Some(fit) = query.fit(units.at(row.folded), [province, ""]) {
                hits.push((fit, query.marks_differ(units.at(row.name)), row));
            }
        }
        hits.sort_by_key(|(fit, differ, _)| (*fit, *differ));
        let communes = hits.into_iter().take(limit);
        communes
            .filter_map(|(.., row)| self.commune(units.at(row.code)))
            .map(|commune| Found { commune, was: None })
            .collect()
    }

    fn formerly(&self, query: &Query, limit: usize) -> Vec<Found<'u>> {
        let units = self.units;
        let mut hits = Vec::new();
        for province in &units.old_provinces {
            let (_, place) = split_kind(units.at(province.folded));
            let districts = province.first as usize..province.last as usize;
            for district in units.old_districts.get(districts).unwrap_or_default() {
                let (_, area) = split_kind(units.at(district.folded));
                for old in units.old_communes(district) {
                    let (_, name) = split_kind(units.at(old.folded));
                    if let Some(fit) = query.fit(name, [area, place]) {
                        hits.push((fit, query.marks_differ(units.at(old.name)), old, district));
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
                    let was = Some(was.clone());
                    found.push(Found { commune, was });
                }
            }
        }
        found
    }
}

/// What is left of `joined` after the letters of `name`, whose blanks do not count.
fn without<'q>(joined: &'q str, name: &str) -> Option<&'q str> {
    let mut letters = name.chars().filter(|c| *c != ' ');
    letters.try_fold(joined, |left, c| left.strip_prefix(c))
}

/// Whether the letters of `name` begin with `joined`; blanks of the name do not count.
fn begins_with(name: impl Iterator<Item = char>, joined: &str) -> bool {
    let mut name = name.filter(|c| *c != ' ');
    joined.chars().all(|c| name.next() == Some(c))
}

impl Query {
    fn of(typed: &str) -> Self {
        let found = tokens(typed);
        let mut words: Vec<String> = found.iter().map(|token| token.key.plain.clone()).collect();
        // The word of a kind says nothing about the name; alone it is a name half typed.
        let spaced = words.join(" ");
        let (_, rest) = split_kind(&spaced);
        if rest.len() < spaced.len() && !rest.is_empty() {
            words = rest.split(' ').map(str::to_owned).collect();
        }
        let own = found.len().saturating_sub(words.len());
        let key = Key::of_tokens(found.get(own..).unwrap_or_default());
        Query {
            joined: words.concat(),
            marked: key.has_marks().then_some(key.marked),
            words,
        }
    }

    /// `places` are the units around the one of this name, the nearest first.
    fn fit(&self, name: &str, places: [&str; 2]) -> Option<Fit> {
        match without(&self.joined, name) {
            Some("") => return Some(Fit::Whole),
            Some(rest) if begins_with(places.iter().flat_map(|place| place.chars()), rest) => {
                return Some(Fit::WithProvince);
            }
            _ => {}
        }
        if begins_with(name.chars(), &self.joined) {
            return Some(Fit::Begins);
        }
        let own = |asked: &String| name.split(' ').any(|word| word.starts_with(asked.as_str()));
        let around = |asked: &String| {
            let words = places.iter().flat_map(|place| place.split(' '));
            words
                .into_iter()
                .any(|word| word.starts_with(asked.as_str()))
        };
        // One word of the query at least must be of the name itself.
        let named = self.words.iter().any(own);
        (named && self.words.iter().all(|asked| own(asked) || around(asked))).then_some(Fit::Holds)
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
