//! An address of before July 2025 becomes today's commune: the text of an identity card's QR code, with or without
//! the words xã, huyện and tỉnh, with or without commas.
//!
//! Every way of reading the text is weighed; where the best ones name different communes, a person is asked.
//! Not here: streets and hamlets, which stay verbatim, and the codes of dossiers.

mod ending;

use std::ops::Range;

use super::name::{tokens, words};
use super::{Commune, OldGroup, Units, UnitsOn};
use ending::{Hit, Level, Name, Words};

/// What an address of before is today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Modern<'u> {
    /// Exactly one commune.
    One {
        /// What stood before the commune, verbatim.
        hamlet: String,
        /// The commune of today.
        commune: Commune<'u>,
    },
    /// A person must choose, if only among one; nothing is converted silently.
    Split {
        /// What stood before the commune, verbatim.
        hamlet: String,
        /// All communes that it can be, in the order of their codes.
        communes: Vec<Commune<'u>>,
        /// The place in `communes` of the likeliest one: a guess, not official.
        hint: Option<usize>,
        /// Why it is asked.
        why: Ask,
    },
    /// No unit of any list stands in the text.
    Unknown,
}

/// Why a person must choose the commune.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// The commune was divided among several.
    Divided,
    /// Several communes have this name.
    SameName,
    /// The name is nearly a commune's: other marks, or words before it that no comma sets apart.
    Unsure,
    /// The district is missing or unknown: communes of this name in the whole province.
    DistrictUnknown,
    /// The commune is missing or unknown: all that the district has become.
    CommuneUnknown,
}

/// One way of reading the whole address.
struct Reading {
    start: usize,
    score: (u32, u32, usize),
    sure: bool,
    /// The place of the old commune in the list.
    old: usize,
}

/// An address being read; `provinces` are the places of the old provinces with which it can end.
struct Address<'u, 't> {
    on: UnitsOn<'u>,
    text: &'t str,
    words: Words<'t>,
    provinces: Vec<(Hit, usize)>,
}

impl<'u> UnitsOn<'u> {
    /// What the old address `text` is on this day; an address of today is understood too.
    ///
    /// At most one province's communes are compared, with the last words of the text only.
    pub fn modern(&self, text: &str) -> Modern<'u> {
        let mut tokens = tokens(text);
        if let [.., viet, nam] = tokens.as_slice()
            && (viet.key.plain.as_str(), nam.key.plain.as_str()) == ("viet", "nam")
        {
            tokens.truncate(tokens.len() - 2);
        }
        let words = Words {
            all: &tokens,
            marked: tokens.iter().any(|token| token.key.has_marks()),
        };
        let provinces = (0..self.units.old_provinces.len())
            .filter_map(|place| Some((province_hit(words, self.units.old_province(place))?, place)))
            .collect();
        let address = Address {
            on: *self,
            text,
            words,
            provinces,
        };
        address
            .by_district()
            .or_else(|| address.as_it_is_today())
            .or_else(|| address.without_district())
            .unwrap_or(Modern::Unknown)
    }
}

impl Units {
    fn old_province(&self, place: usize) -> Name<'_> {
        let row = self.old_provinces.get(place);
        row.map_or(Name::default(), |row| {
            Name::with_kind(self.at(row.name), self.at(row.folded))
        })
    }

    fn old_district(&self, place: usize) -> Name<'_> {
        let row = self.old_districts.get(place);
        row.map_or(Name::default(), |row| {
            Name::with_kind(self.at(row.name), self.at(row.folded))
        })
    }

    fn old_commune(&self, place: usize) -> Name<'_> {
        let row = self.old_communes.get(place);
        row.map_or(Name::default(), |row| {
            Name::with_kind(self.at(row.name), self.at(row.folded))
        })
    }
}

/// The places of the districts of a province, or of the communes of a district.
fn places(groups: &[OldGroup], place: usize) -> Range<usize> {
    groups
        .get(place)
        .map_or(0..0, |group| group.first as usize..group.last as usize)
}

impl<'u> Address<'u, '_> {
    /// "commune, district, province" of the old list, and island districts without communes.
    fn by_district(&self) -> Option<Modern<'u>> {
        let units = self.on.units;
        let mut readings = Vec::new();
        for (province, hit, district) in self.districts() {
            let before = [province, hit];
            let communes = places(&units.old_districts, district);
            readings.extend(self.readings(&before, communes.clone()));
            let island = communes.filter(|place| units.old_commune(*place).full.is_empty());
            readings.extend(island.map(|place| Reading::of(&before, place)));
        }
        self.best(readings, None)
    }

    /// "commune, province" of today.
    fn as_it_is_today(&self) -> Option<Modern<'u>> {
        let units = self.on.units;
        let mut found: Vec<(u32, Hit, Commune<'u>)> = Vec::new();
        for province in self.on.provinces() {
            let folded = words(province.name);
            let name = Name {
                bare: &folded,
                kind: Some(province.kind.word()),
                full: province.name,
            };
            let Some(hit) = province_hit(self.words, name) else {
                continue;
            };
            for row in &units.communes {
                if units.at(row.province) != province.code || !row.life.holds(self.on.day) {
                    continue;
                }
                let name = Name {
                    bare: units.at(row.folded),
                    kind: Some(row.kind.word()),
                    full: units.at(row.name),
                };
                let own = name.ends(self.words, hit.start, Level::Commune);
                // A bare name may be the old district's as well: then the commune was not understood.
                let own = own.filter(|own| own.announced || !self.is_old_district(name.bare));
                let commune = units.commune_of(row, province);
                found.extend(own.map(|own| (own.quality + u32::from(own.bounded), own, commune)));
            }
        }
        let best = found.iter().map(|(score, ..)| *score).max()?;
        found.retain(|(score, ..)| *score == best);
        let start = found.first()?.1.start;
        let sure = found
            .iter()
            .all(|(_, hit, _)| hit.bounded && !hit.contradicts);
        let communes = found.into_iter().map(|(.., commune)| commune).collect();
        self.answer(start, communes, (!sure).then_some(Ask::Unsure))
    }

    /// The commune's name somewhere in the province, else all that the district has become.
    fn without_district(&self) -> Option<Modern<'u>> {
        let ends = self.provinces.iter().map(|(hit, _)| hit.start);
        let segment = |end: usize| {
            self.words
                .all
                .get(..end)?
                .iter()
                .rposition(|word| word.opens)
        };
        ends.clone()
            .filter_map(segment)
            .find_map(|end| self.by_name(end))
            .or_else(|| self.by_district_alone())
            .or_else(|| ends.clone().find_map(|end| self.by_name(end)))
    }

    fn by_name(&self, end: usize) -> Option<Modern<'u>> {
        let units = self.on.units;
        let mut readings = Vec::new();
        for (hit, province) in &self.provinces {
            let before = [Hit {
                start: end.min(hit.start),
                ..*hit
            }];
            for district in places(&units.old_provinces, *province) {
                readings.extend(self.readings(&before, places(&units.old_districts, district)));
            }
        }
        self.best(readings, Some(Ask::DistrictUnknown))
    }

    fn by_district_alone(&self) -> Option<Modern<'u>> {
        let units = self.on.units;
        let districts = self.districts().into_iter();
        let (_, hit, district) = districts
            .filter(|(_, hit, _)| hit.bounded)
            .max_by_key(|(_, hit, _)| (hit.quality, hit.words))?;
        let communes = self.today(places(&units.old_districts, district));
        let name = units.old_district(district).bare;
        Some(Modern::Split {
            hamlet: self.hamlet(hit.start),
            hint: communes
                .iter()
                .position(|commune| words(commune.name) == name),
            communes,
            why: Ask::CommuneUnknown,
        })
    }

    /// The old districts with which the text can go on before its province: both hits, and the district's place.
    fn districts(&self) -> Vec<(Hit, Hit, usize)> {
        let units = self.on.units;
        let mut found = Vec::new();
        for (province, group) in &self.provinces {
            for place in places(&units.old_provinces, *group) {
                let name = units.old_district(place);
                let hit = name.ends(self.words, province.start, Level::District);
                found.extend(hit.map(|hit| (*province, hit, place)));
            }
        }
        found
    }

    fn readings(&self, before: &[Hit], communes: Range<usize>) -> Vec<Reading> {
        let end = before.last().map_or(self.words.all.len(), |hit| hit.start);
        let named = |place: usize| {
            let name = self.on.units.old_commune(place);
            let hit = name.ends(self.words, end, Level::Commune)?;
            Some(Reading::of(&[before, &[hit]].concat(), place))
        };
        communes.filter_map(named).collect()
    }

    fn is_old_district(&self, bare: &str) -> bool {
        let units = self.on.units;
        let provinces = self.provinces.iter();
        provinces
            .flat_map(|(_, province)| places(&units.old_provinces, *province))
            .any(|district| units.old_district(district).bare == bare)
    }

    /// What the old communes at these places are on this day, in the order of their codes.
    fn today(&self, old: impl Iterator<Item = usize>) -> Vec<Commune<'u>> {
        let units = self.on.units;
        let rows = old.filter_map(|place| units.old_communes.get(place));
        let codes = rows.flat_map(|row| units.at(row.new).split(' '));
        let mut communes: Vec<Commune<'u>> = codes.flat_map(|code| self.on.today(code)).collect();
        communes.sort_by_key(|commune| commune.code);
        communes.dedup();
        communes
    }

    /// What the best readings agree on; `why` asks in any case.
    fn best(&self, mut readings: Vec<Reading>, why: Option<Ask>) -> Option<Modern<'u>> {
        let best = readings.iter().map(|reading| reading.score).max()?;
        readings.retain(|reading| reading.score == best);
        let sure = readings.iter().all(|reading| reading.sure);
        let communes = self.today(readings.iter().map(|reading| reading.old));
        let first = readings.first()?;
        let alone = readings.len() == 1;
        let divided = (alone && communes.len() > 1).then_some(Ask::Divided);
        let why = why.or((!sure).then_some(Ask::Unsure)).or(divided);
        let mut answer = self.answer(first.start, communes, why)?;
        let units = self.on.units;
        if let Modern::Split { communes, hint, .. } = &mut answer
            && let (true, Some(row)) = (alone, units.old_communes.get(first.old))
        {
            let likely = self.on.today(units.at(row.hint));
            *hint = communes.iter().position(|commune| likely.contains(commune));
        }
        Some(answer)
    }

    fn answer(
        &self,
        start: usize,
        communes: Vec<Commune<'u>>,
        why: Option<Ask>,
    ) -> Option<Modern<'u>> {
        let hamlet = self.hamlet(start);
        match (why, communes.as_slice()) {
            (_, []) => None,
            (None, [commune]) => Some(Modern::One {
                hamlet,
                commune: *commune,
            }),
            (why, _) => Some(Modern::Split {
                hamlet,
                communes,
                hint: None,
                why: why.unwrap_or(Ask::SameName),
            }),
        }
    }

    /// What stands before the word `start`, verbatim but for the separator that led to it.
    fn hamlet(&self, start: usize) -> String {
        let end = self
            .words
            .all
            .get(start)
            .map_or(self.text.len(), |word| word.start);
        let before = self.text.get(..end).unwrap_or_default();
        let separator = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '-' | '–' | '—');
        before.trim_start().trim_end_matches(separator).to_owned()
    }
}

impl Reading {
    /// Bounded names count most, then marks and kinds, then length.
    fn of(hits: &[Hit], old: usize) -> Self {
        let bounded = hits.iter().filter(|hit| hit.bounded).count();
        let last = hits.last();
        Reading {
            start: last.map_or(0, |hit| hit.start),
            score: (
                u32::try_from(bounded).unwrap_or(u32::MAX),
                hits.iter().map(|hit| hit.quality).sum(),
                hits.iter().map(|hit| hit.words).sum(),
            ),
            sure: last.is_some_and(|hit| hit.bounded && !hit.contradicts),
            old,
        }
    }
}

/// Names of provinces that cards and people write otherwise than the list, without marks.
const ALIASES: [(&str, &[&str]); 8] = [
    ("ho chi minh", &["hcm", "tphcm"]),
    ("hue", &["thua thien hue", "tthue", "tth"]),
    ("ba ria vung tau", &["brvt"]),
    ("dak lak", &["dac lac"]),
    ("dak nong", &["dac nong"]),
    ("kon tum", &["cong tum"]),
    ("ha noi", &["hn"]),
    ("da nang", &["dn"]),
];

/// The province's name or one of its aliases at the end of the words; of several the longest.
fn province_hit(words: Words<'_>, name: Name<'_>) -> Option<Hit> {
    let aliases = ALIASES.iter().filter(|(own, _)| *own == name.bare);
    let aliases = aliases.flat_map(|(_, others)| others.iter());
    let aliases = aliases.map(|alias| Name {
        bare: alias,
        kind: name.kind,
        full: alias,
    });
    let hit = |name: Name<'_>| name.ends(words, words.all.len(), Level::Province);
    [name]
        .into_iter()
        .chain(aliases)
        .filter_map(hit)
        .max_by_key(|hit| hit.words)
}
