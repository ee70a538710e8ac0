//! The register: a person or organisation is entered once, found, and made one where it was entered twice.
//! Not here: what a card or code says (`reading`, `known`), the filing (`receive`).

mod known;
mod reading;

use crate::{
    desk::{At, Desk, Event},
    dto::*,
    error::{DeskError, Result},
    sync_link::next_seq,
    typed::person_values,
    views,
};
use onedoor_domain::{filing::CheckedPerson, text};
use onedoor_protocol::journal::PersonsMerged;
use onedoor_store::{
    Lines, Op, Store,
    tables::{filings::Which, persons::Number},
};
use uuid::Uuid;

const MOST_HITS: u32 = 8;
const MOST_FILINGS: u32 = 100;

impl Desk {
    pub(crate) fn person_find(&self, query: String) -> Result<Vec<PersonValues>> {
        let found = self
            .at_work()?
            .store
            .read(|reader| reader.persons(&query, MOST_HITS))?;
        Ok(found.into_iter().map(person_values).collect())
    }

    pub(crate) fn person_get(&self, id: String) -> Result<PersonView> {
        let at = self.at_work()?;
        let entry = person_of(&id)?;
        let person = at.store.read(|reader| reader.person_today(entry))?;
        self.person_view(&at, person)
    }

    fn person_view(&self, at: &At, person: Uuid) -> Result<PersonView> {
        let next = next_seq(&at.store)?;
        let (record, filings, merged, doubles) = at.store.read(|reader| {
            Ok((
                reader.person(person)?,
                reader.filings(&Which::Person(person), "", MOST_FILINGS)?,
                reader.persons_merged(person)?,
                reader.doubles(person)?,
            ))
        })?;
        let record = record.ok_or(DeskError::new(ErrorCode::PersonUnknown))?;
        let now = at.now.datetime();
        Ok(PersonView {
            values: person_values(record),
            filings: filings
                .into_iter()
                .map(|row| views::filing_row(row, next, now))
                .collect(),
            merged: merged.into_iter().map(person_values).collect(),
            doubles: doubles.into_iter().map(person_values).collect(),
        })
    }

    /// From now on `dropped` means `kept`; what stands in the journal stays. Merging the other way round turns it round.
    pub(crate) fn person_merge(&self, kept: String, dropped: String) -> Result<PersonView> {
        let at = self.at_work()?;
        let (kept, dropped) = (person_of(&kept)?, person_of(&dropped)?);
        let (kept_now, dropped_now) = at
            .store
            .read(|reader| {
                let known = reader.person(kept)?.and(reader.person(dropped)?);
                let now = (reader.person_today(kept)?, reader.person_today(dropped)?);
                Ok(known.map(|_| now))
            })?
            .ok_or(DeskError::new(ErrorCode::PersonUnknown))?;
        if kept == dropped {
            return Err(DeskError::new(ErrorCode::BadRequest));
        }
        // Already one: then `kept` is to be the entry that stands, if it is not yet. Otherwise both groups become one.
        let kept = if kept_now == dropped_now {
            kept
        } else {
            kept_now
        };
        let dropped = dropped_now;
        if kept != dropped {
            at.store.write(Op::act(at.context.clone(), move |_| {
                Ok((Lines::one(PersonsMerged { kept, dropped }), ()))
            }))?;
            self.nudge(onedoor_sync::Nudge::Lines);
            self.tell(Event::Changed(vec!["persons"]));
        }
        self.person_view(&at, kept)
    }

    /// The register's entry for this person: the one chosen (or what it was merged into), or the one with the same
    /// number and name, or a new one.
    pub(crate) fn person_id(
        &self,
        store: &Store,
        values: &PersonValues,
        person: &CheckedPerson,
    ) -> Result<Uuid> {
        if let Ok(known) = values.person.parse() {
            return Ok(store.read(|reader| reader.person_today(known))?);
        }
        let identity = &person.identity;
        let numbers = [
            person
                .id_number
                .as_ref()
                .map(|id| Number::Personal(id.as_str())),
            Some(Number::Passport(identity.passport.as_str())),
            Some(Number::Tax(identity.tax_code.as_str())),
        ];
        let name = text::fold(&person.name);
        for number in numbers.into_iter().flatten() {
            let found = store.read(|reader| reader.persons_numbered(number))?;
            let same = |record: &&onedoor_protocol::journal::PersonRecord| {
                text::fold(&record.name) == name
                    && record.identity.organisation == identity.organisation
            };
            if let Some(record) = found.iter().find(same) {
                return Ok(record.person);
            }
        }
        Ok(Uuid::now_v7())
    }
}

fn person_of(id: &str) -> Result<Uuid> {
    id.parse()
        .map_err(|_| DeskError::new(ErrorCode::PersonUnknown))
}
