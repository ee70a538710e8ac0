//! The administrative units of the country with their dates of effect: provinces, communes, and what the communes of
//! before July 2025 have become.
//!
//! Not here: how an office keeps an imported list (store), the free text of an address that no list knows (it stays as
//! it was typed), and the agency codes of offices (never derived from a unit's name).

mod file;
mod find;
mod import;
mod modern;
mod name;

use jiff::civil::Date;

pub use file::UnitsError;
pub use find::Found;
pub use import::{ImportProblem, Wrong};
pub use modern::{Ask, Modern};

const SHIPPED: &[u8] = include_bytes!("../../../assets/catalogue/units.tsv.zst");

/// What a province is called beside its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProvinceKind {
    /// `tỉnh`
    Province,
    /// `thành phố`, centrally run
    City,
}

/// What a commune is called beside its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommuneKind {
    /// `xã`
    Commune,
    /// `phường`
    Ward,
    /// `đặc khu`
    SpecialZone,
}

/// A province or centrally run city.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Province<'u> {
    /// Two digits of the statistics office, such as `48`.
    pub code: &'u str,
    /// Without its kind: `Đà Nẵng`.
    pub name: &'u str,
    /// Province or city.
    pub kind: ProvinceKind,
}

/// A commune, ward or special zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Commune<'u> {
    /// Five digits of the statistics office, such as `20260`.
    pub code: &'u str,
    /// Without its kind: `Cẩm Lệ`.
    pub name: &'u str,
    /// What it is.
    pub kind: CommuneKind,
    /// Where it lies.
    pub province: Province<'u>,
}

/// A list of units that begins to hold on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edition<'u> {
    /// The first day on which it holds.
    pub from: Date,
    /// The resolutions and decisions that made it.
    pub decree: &'u str,
}

/// All units that the program knows, over time. A few hundred kilobytes: one text, and rows that point into it.
#[derive(Debug)]
pub struct Units {
    text: Box<str>,
    editions: Vec<EditionRow>,
    provinces: Vec<ProvinceRow>,
    communes: Vec<CommuneRow>,
    successors: Vec<SuccessorRow>,
    old_provinces: Vec<OldGroup>,
    old_districts: Vec<OldGroup>,
    old_communes: Vec<OldCommune>,
}

/// The units as they are on one day.
#[derive(Debug, Clone, Copy)]
pub struct UnitsOn<'u> {
    units: &'u Units,
    day: Date,
}

/// A piece of the one text.
#[derive(Debug, Clone, Copy)]
struct Span {
    start: u32,
    end: u32,
}

#[derive(Debug)]
struct EditionRow {
    from: Date,
    decree: Span,
}

#[derive(Debug, Clone, Copy)]
struct Life {
    from: Date,
    until: Option<Date>,
}

#[derive(Debug)]
struct ProvinceRow {
    code: Span,
    name: Span,
    /// The name without marks, one blank between its words: made when the list is packed, so that a search needs no
    /// preparing. So are the others.
    folded: Span,
    kind: ProvinceKind,
    life: Life,
}

#[derive(Debug)]
struct CommuneRow {
    code: Span,
    name: Span,
    folded: Span,
    kind: CommuneKind,
    province: Span,
    life: Life,
}

/// A commune that ended, and the communes (blanks between) that took its area.
#[derive(Debug)]
struct SuccessorRow {
    code: Span,
    into: Span,
}

/// A province or district of before; `first..last` are its districts or communes.
#[derive(Debug)]
struct OldGroup {
    name: Span,
    folded: Span,
    first: u32,
    last: u32,
}

/// A commune of before; `name` is empty for an island district without communes.
#[derive(Debug)]
struct OldCommune {
    name: Span,
    folded: Span,
    /// The new codes, blanks between.
    new: Span,
    /// The guess at the main successor of a divided one; empty otherwise.
    hint: Span,
}

impl Life {
    fn holds(self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }
}

impl ProvinceKind {
    /// The word before the name, in lower case.
    pub fn word(self) -> &'static str {
        match self {
            ProvinceKind::Province => "tỉnh",
            ProvinceKind::City => "thành phố",
        }
    }
}

impl CommuneKind {
    /// The word before the name, in lower case.
    pub fn word(self) -> &'static str {
        match self {
            CommuneKind::Commune => "xã",
            CommuneKind::Ward => "phường",
            CommuneKind::SpecialZone => "đặc khu",
        }
    }
}

impl Units {
    /// Whether it does not know what older communes have become: old addresses would stay as they are.
    pub fn is_without_history(&self) -> bool {
        self.old_communes.is_empty()
    }

    /// The list that ships with the program.
    ///
    /// # Errors
    /// [`UnitsError`] if the shipped file is damaged.
    pub fn shipped() -> Result<Self, UnitsError> {
        Self::open(SHIPPED)
    }

    /// The lists that hold one after the other, oldest first.
    pub fn editions(&self) -> impl Iterator<Item = Edition<'_>> {
        self.editions.iter().map(|row| Edition {
            from: row.from,
            decree: self.at(row.decree),
        })
    }

    /// The units as they are on `day`; `None` before the first list begins, when today's units did not exist.
    pub fn as_of(&self, day: Date) -> Option<UnitsOn<'_>> {
        let first = self.editions.first()?;
        (first.from <= day).then_some(UnitsOn { units: self, day })
    }

    fn at(&self, span: Span) -> &str {
        self.text
            .get(span.start as usize..span.end as usize)
            .unwrap_or_default()
    }

    fn old_communes(&self, district: &OldGroup) -> &[OldCommune] {
        self.old_communes
            .get(district.first as usize..district.last as usize)
            .unwrap_or_default()
    }
}

impl<'u> UnitsOn<'u> {
    /// The list that holds on this day.
    pub fn edition(&self) -> Option<Edition<'u>> {
        let held = |edition: &Edition<'u>| edition.from <= self.day;
        self.units.editions().filter(held).last()
    }

    /// The provinces in the order of their codes.
    pub fn provinces(&self) -> impl Iterator<Item = Province<'u>> {
        let (units, day) = (self.units, self.day);
        let alive = units
            .provinces
            .iter()
            .filter(move |row| row.life.holds(day));
        alive.map(|row| Province {
            code: units.at(row.code),
            name: units.at(row.name),
            kind: row.kind,
        })
    }

    /// A province by its code.
    pub fn province(&self, code: &str) -> Option<Province<'u>> {
        self.provinces().find(|province| province.code == code)
    }

    /// The communes of a province in the order of their codes; none for a code that is unknown.
    pub fn communes(&self, province: &str) -> Vec<Commune<'u>> {
        let Some(province) = self.province(province) else {
            return Vec::new();
        };
        let units = self.units;
        let rows = units.communes.iter();
        rows.filter(|row| row.life.holds(self.day) && units.at(row.province) == province.code)
            .map(|row| units.commune_of(row, province))
            .collect()
    }

    /// A commune by its code.
    pub fn commune(&self, code: &str) -> Option<Commune<'u>> {
        let units = self.units;
        let first = units
            .communes
            .partition_point(|row| units.at(row.code) < code);
        let rows = units.communes.get(first..).unwrap_or_default();
        let row = rows
            .iter()
            .take_while(|row| units.at(row.code) == code)
            .find(|row| row.life.holds(self.day))?;
        Some(units.commune_of(row, self.province(units.at(row.province))?))
    }

    /// The communes that `code` is today: itself, or what took its area since.
    fn today(&self, code: &str) -> Vec<Commune<'u>> {
        let mut waiting = vec![code.to_owned()];
        let mut found: Vec<Commune<'u>> = Vec::new();
        // No unit was renamed this often; the bound keeps a list that points in circles from going on for ever.
        for _ in 0..64 {
            let Some(code) = waiting.pop() else { break };
            if let Some(commune) = self.commune(&code) {
                if !found.contains(&commune) {
                    found.push(commune);
                }
                continue;
            }
            let rows = self.units.successors.iter();
            let into = rows.filter(|row| self.units.at(row.code) == code);
            let into = into.flat_map(|row| self.units.at(row.into).split(' '));
            waiting.extend(into.map(str::to_owned));
        }
        found
    }
}

impl Units {
    fn commune_of<'u>(&'u self, row: &CommuneRow, province: Province<'u>) -> Commune<'u> {
        Commune {
            code: self.at(row.code),
            name: self.at(row.name),
            kind: row.kind,
            province,
        }
    }
}

/// An address as it is written today: `Tổ 5, phường Cẩm Lệ, thành phố Đà Nẵng`. The hamlet part stays verbatim.
///
/// Kinds are written small as official texts do, but for names of digits and for Thành phố Hồ Chí Minh (NĐ 30/2020).
pub fn format(hamlet: &str, commune: &Commune<'_>) -> String {
    let special = commune.province.name == "Hồ Chí Minh";
    let province = word_of(commune.province.kind.word(), commune.province.name, special);
    let hamlet = hamlet.trim();
    let numbered = commune.name.starts_with(|c: char| c.is_ascii_digit());
    let commune = word_of(
        commune.kind.word(),
        commune.name,
        numbered || hamlet.is_empty(),
    );
    if hamlet.is_empty() {
        return format!("{commune}, {province}");
    }
    format!("{hamlet}, {commune}, {province}")
}

fn word_of(kind: &str, name: &str, capital: bool) -> String {
    if !capital {
        return format!("{kind} {name}");
    }
    let mut letters = kind.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    format!("{first}{} {name}", letters.as_str())
}
