//! What the register knows of the person whom a card or code names: fills what the card lacks, and says what differs.
//! Not here: the reading itself (`reading`).

use super::reading::{self, Key, Reading, note};
use crate::{desk::Desk, dto::*, error::Result, typed::person_values};
use jiff::civil::Date;
use onedoor_domain::{identity, text};
use onedoor_protocol::journal::PersonRecord;
use onedoor_store::{Reader, tables::persons::Number};

impl Desk {
    pub(crate) fn person_read(&self, text: String) -> Result<PersonRead> {
        let at = self.at_work()?;
        let today = at.now.date();
        let mut read = reading::read(&text, today);
        let mut known = at.store.read(|reader| entries(reader, &read))?;
        // Ten digits may be a tax code and a telephone: of somebody whom the register knows they are the telephone, and
        // what is no tax code is a telephone too.
        let number = matches!(
            read.kind,
            PersonReadKind::TaxCode | PersonReadKind::NotKnown
        );
        if known.is_empty()
            && number
            && let Ok(phone) = identity::phone(&text)
        {
            known = at.store.read(|reader| by_phone(reader, &phone))?;
            if !known.is_empty() || read.kind == PersonReadKind::NotKnown {
                read = Reading::telephone(phone);
            }
        }
        let known: Vec<PersonValues> = known.into_iter().map(person_values).collect();
        if let Some(person) = read.person.take() {
            read.person = Some(beside(person, &known, read.kind, &mut read.notes));
        }
        let address = match &mut read.person {
            Some(person) if !person.address.is_empty() => Some(self.today_at(person, today)?),
            _ => None,
        };
        if let (Some(person), Some(first)) = (&read.person, known.first()) {
            read.notes
                .extend(differences(person, first, address.as_ref()));
        }
        Ok(PersonRead {
            kind: read.kind,
            person: read.person,
            notes: read.notes,
            known,
            address,
        })
    }

    /// What the person's address is today; the commune of an address that is written as today is certain.
    fn today_at(&self, person: &mut PersonValues, today: Date) -> Result<AddressAnswer> {
        let answer = self.modern(&person.address, today)?;
        if answer.outcome == AddressOutcome::Current {
            person.identity.commune = answer.commune.clone();
        }
        Ok(answer)
    }
}

/// The entries with a number of the text; a health card, which has none, looks for its name and birth.
fn entries(reader: &Reader<'_>, read: &Reading) -> onedoor_store::Result<Vec<PersonRecord>> {
    let mut found: Vec<PersonRecord> = Vec::new();
    let mut add = |more: Vec<PersonRecord>| {
        for record in more {
            if !found.iter().any(|known| known.person == record.person) {
                found.push(record);
            }
        }
    };
    for key in &read.keys {
        add(reader.persons_numbered(match key {
            Key::Personal(number) => Number::Personal(number),
            Key::Passport(number) => Number::Passport(number),
            Key::Tax(number) => Number::Tax(number),
        })?);
    }
    if let (PersonReadKind::HealthCard, Some(person)) = (read.kind, &read.person) {
        let mut named = reader.persons(&person.name, 50)?;
        named.retain(|record| {
            text::fold(&record.name) == text::fold(&person.name)
                && crate::views::birth_text(&record.birth) == person.birth
        });
        add(named);
    }
    Ok(found)
}

fn by_phone(reader: &Reader<'_>, phone: &str) -> onedoor_store::Result<Vec<PersonRecord>> {
    let mut found = reader.persons(phone, 8)?;
    found.retain(|record| record.phone == phone);
    Ok(found)
}

/// The person as the text says it, with what only the register knows.
fn beside(
    mut person: PersonValues,
    known: &[PersonValues],
    kind: PersonReadKind,
    notes: &mut Vec<FieldNote>,
) -> PersonValues {
    // A bare number says nothing more than whose it is.
    if person.name.is_empty() {
        return match known {
            [only] => only.clone(),
            _ => person,
        };
    }
    let name = text::fold(&person.name);
    let Some(entry) = known.iter().find(|entry| text::fold(&entry.name) == name) else {
        return person;
    };
    person.person = entry.person.clone();
    let fill = |own: &mut String, kept: &String| {
        if own.is_empty() {
            own.clone_from(kept);
        }
    };
    fill(&mut person.phone, &entry.phone);
    fill(&mut person.email, &entry.email);
    fill(&mut person.id_number, &entry.id_number);
    fill(&mut person.identity.tax_code, &entry.identity.tax_code);
    fill(&mut person.identity.passport, &entry.identity.passport);
    fill(
        &mut person.identity.nationality,
        &entry.identity.nationality,
    );
    person.sex = person.sex.or(entry.sex);
    if kind == PersonReadKind::Passport && person.name != entry.name {
        // The zone has no marks; the entry's name was read from the page itself.
        notes.retain(|said| said.code != "mrz_name_plain");
        notes.push(note(
            "name",
            "name_from_register",
            [("read", person.name.clone())],
        ));
        person.name.clone_from(&entry.name);
    }
    // An address that was turned into today's once is not asked about again.
    let turned = same(&person.address, &entry.identity.former_address);
    if person.address.is_empty() || turned {
        person.address.clone_from(&entry.address);
        person.identity.commune.clone_from(&entry.identity.commune);
        person
            .identity
            .former_address
            .clone_from(&entry.identity.former_address);
    }
    person
}

/// Equal letters and marks; capitals, blanks and commas do not matter.
fn same(one: &str, other: &str) -> bool {
    let key = |text: &str| text::exact(&text.replace([',', ';'], " "));
    key(one) == key(other)
}

/// What the text says otherwise than the entry with its number. An unknown is no difference.
fn differences(
    person: &PersonValues,
    entry: &PersonValues,
    address: Option<&AddressAnswer>,
) -> Vec<FieldNote> {
    let differ = |one: &str, other: &str| !one.is_empty() && !other.is_empty() && !same(one, other);
    let said = |field: &str, code: &str, known: &str| note(field, code, [("known", known.into())]);
    let mut notes = Vec::new();
    if differ(&person.name, &entry.name) {
        notes.push(said("name", "known_name_differs", &entry.name));
    }
    if differ(&person.birth, &entry.birth) {
        notes.push(said("birth", "known_birth_differs", &entry.birth));
    }
    if let (Some(own), Some(known)) = (person.sex, entry.sex)
        && own != known
    {
        let word = match known {
            SexChoice::Male => "male",
            SexChoice::Female => "female",
        };
        notes.push(said("sex", "known_sex_differs", word));
    }
    let moved = address.is_none_or(|answer| !same(&answer.text, &entry.address));
    if differ(&person.address, &entry.address)
        && !same(&person.address, &entry.identity.former_address)
        && moved
    {
        notes.push(said("address", "known_address_differs", &entry.address));
    }
    notes
}
