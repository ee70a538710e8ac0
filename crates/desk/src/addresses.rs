//! Addresses: the communes of today, and what an older address has become.
//! Not here: the lists themselves (`onedoor_catalogue::units`). What no list knows stays as it was typed.

use crate::{desk::Desk, dto::*, error::Result};
use jiff::civil::Date;
use onedoor_catalogue::{
    Units,
    units::{Commune, Modern, UnitsOn, format},
};
use onedoor_domain::text;

const MOST_HITS: usize = 8;

impl Desk {
    pub(crate) fn address_find(&self, query: String) -> Result<Vec<AddressHit>> {
        let day = self.at_work()?.now.date();
        let rules = self.rules();
        let Some(units) = rules.units(day)?.as_of(day) else {
            return Ok(Vec::new());
        };
        let found = units.find(&query, MOST_HITS);
        Ok(found
            .into_iter()
            .map(|found| AddressHit {
                was: found.was,
                ..hit("", &found.commune)
            })
            .collect())
    }

    pub(crate) fn address_modern(&self, text: String) -> Result<AddressAnswer> {
        let day = self.at_work()?.now.date();
        self.modern(&text, day)
    }

    /// What an address is on a day.
    pub(crate) fn modern(&self, typed: &str, day: Date) -> Result<AddressAnswer> {
        let rules = self.rules();
        let units = rules.units(day)?.as_of(day);
        Ok(units.map_or_else(|| unknown(typed), |units| answer(&units, typed)))
    }
}

fn hit(hamlet: &str, commune: &Commune<'_>) -> AddressHit {
    AddressHit {
        commune: commune.code.to_string(),
        text: format(hamlet, commune),
        province: format!("{} {}", commune.province.kind.word(), commune.province.name),
        was: None,
    }
}

fn unknown(typed: &str) -> AddressAnswer {
    AddressAnswer {
        outcome: AddressOutcome::Unknown,
        text: typed.to_string(),
        commune: String::new(),
        candidates: Vec::new(),
    }
}

fn answer(units: &UnitsOn<'_>, typed: &str) -> AddressAnswer {
    match units.modern(typed) {
        Modern::One { hamlet, commune } => {
            let hit = hit(&hamlet, &commune);
            AddressAnswer {
                outcome: match same_address(&hit.text, typed) {
                    true => AddressOutcome::Current,
                    false => AddressOutcome::One,
                },
                text: hit.text,
                commune: hit.commune,
                candidates: Vec::new(),
            }
        }
        Modern::Split {
            hamlet,
            communes,
            hint,
            ..
        } => {
            let mut candidates: Vec<AddressHit> = communes
                .iter()
                .map(|commune| hit(&hamlet, commune))
                .collect();
            if let Some(likeliest) = hint.and_then(|place| candidates.get_mut(..=place)) {
                likeliest.rotate_right(1);
            }
            AddressAnswer {
                outcome: AddressOutcome::Split,
                candidates,
                ..unknown(typed)
            }
        }
        Modern::Unknown => unknown(typed),
    }
}

/// Whether two addresses say the same with the same marks; capitals, blanks and commas do not matter.
fn same_address(one: &str, other: &str) -> bool {
    let key = |address: &str| {
        let words = address.replace([',', ';'], " ");
        text::exact(&words)
    };
    key(one) == key(other)
}

/// All communes of a day by their codes, as they are written in addresses.
pub(crate) fn communes(units: &Units, day: Date) -> std::collections::BTreeMap<String, String> {
    let Some(units) = units.as_of(day) else {
        return Default::default();
    };
    units
        .provinces()
        .flat_map(|province| units.communes(province.code))
        .map(|commune| (commune.code.to_string(), format("", &commune)))
        .collect()
}
