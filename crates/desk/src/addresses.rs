//! Addresses: the communes of today, what an older address has become, and what a newer list of units would bring.
//! Not here: the lists themselves (`onedoor_catalogue::units`). What no list knows stays as it was typed.

use crate::{
    desk::Desk,
    dto::*,
    error::{DeskError, Result},
};
use jiff::civil::Date;
use onedoor_catalogue::{
    Units,
    units::{Commune, Modern, UnitsOn, format},
};
use onedoor_domain::text;

const MOST_HITS: usize = 8;
/// A list of all units is some two million characters.
const MOST_LIST: usize = 32 << 20;

impl Desk {
    pub(crate) fn address_find(&self, query: String) -> Result<Vec<AddressHit>> {
        let day = self.at_work()?.now.date();
        let Some(units) = self.units()?.as_of(day) else {
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
        let units = self.units()?.as_of(day);
        Ok(units.map_or_else(|| unknown(typed), |units| answer(&units, typed)))
    }

    pub(crate) fn units_check(&self, text: String) -> Result<UnitsReport> {
        let now = self.now().date();
        if text.len() > MOST_LIST {
            return Err(DeskError::new(ErrorCode::BadRequest));
        }
        let list = match Units::import(&text) {
            Ok(list) => list,
            Err(problems) => {
                return Ok(UnitsReport {
                    version: String::new(),
                    from: String::new(),
                    communes: 0,
                    changes: 0,
                    problems: problems.iter().map(ToString::to_string).collect(),
                });
            }
        };
        Ok(report(&list, self.units()?, now))
    }

    /// The list that ships with the program, read at the first question.
    fn units(&self) -> Result<&Units> {
        let kept = &self.0.units;
        if let Some(units) = kept.get() {
            return Ok(units);
        }
        let read = Units::shipped()
            .map_err(|error| DeskError::because(ErrorCode::Internal, format!("{error:?}")))?;
        Ok(kept.get_or_init(|| read))
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

fn report(list: &Units, own: &Units, now: Date) -> UnitsReport {
    let newest = list.editions().last();
    let (version, from) = newest.map_or((String::new(), now), |edition| {
        (edition.decree.to_string(), edition.from)
    });
    let theirs = communes(list, from);
    let ours = communes(own, now);
    let changes = theirs
        .iter()
        .filter(|(code, address)| ours.get(*code) != Some(address));
    UnitsReport {
        version,
        from: from.to_string(),
        communes: u32::try_from(theirs.len()).unwrap_or(u32::MAX),
        changes: u32::try_from(changes.count()).unwrap_or(u32::MAX),
        problems: Vec::new(),
    }
}

/// All communes of a day by their codes, as they are written in addresses.
fn communes(units: &Units, day: Date) -> std::collections::BTreeMap<String, String> {
    let Some(units) = units.as_of(day) else {
        return Default::default();
    };
    units
        .provinces()
        .flat_map(|province| units.communes(province.code))
        .map(|commune| (commune.code.to_string(), format("", &commune)))
        .collect()
}
