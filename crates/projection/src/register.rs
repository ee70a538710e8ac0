//! An entry of the register: what all records of one person come to, in whichever order their lines arrive. Not here:
//! entries that were merged, and where an entry is kept.

use onedoor_protocol::journal::{IdentityRecord, PersonRecord};

/// An entry, with the hybrid clock of the line that gave each part. A part that nobody has typed yet has 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The person as known today.
    pub record: PersonRecord,
    /// When the person was seen last: gives the name, the birth and the numbers.
    pub seen: u64,
    /// When the address was last typed, with its commune and its older wording.
    pub address_seen: u64,
    /// When the telephone was last typed.
    pub phone_seen: u64,
    /// When the e-mail address was last typed.
    pub email_seen: u64,
}

/// What a record was for its entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// The newest so far, or the newest again.
    Last,
    /// Older than what the entry knows; a part that it lacked may still come from it.
    Before,
}

impl Entry {
    /// The first record of a person.
    pub fn new(record: PersonRecord, hlc: u64) -> Self {
        let typed = |part: &str| if part.is_empty() { 0 } else { hlc };
        Entry {
            seen: hlc,
            address_seen: typed(&record.address),
            phone_seen: typed(&record.phone),
            email_seen: typed(&record.email),
            record,
        }
    }

    /// Takes one more record. The newest wins for the name, the birth and the numbers. What one reaches a person by is
    /// often left empty at the counter: there the newest that was typed stays.
    pub fn take(&mut self, record: &PersonRecord, hlc: u64) -> Seen {
        let seen = if hlc >= self.seen {
            self.take_newest(record);
            self.seen = hlc;
            Seen::Last
        } else {
            Seen::Before
        };
        let (known, new) = (&mut self.record, record);
        if !new.address.is_empty() && hlc >= self.address_seen {
            self.address_seen = hlc;
            known.address.clone_from(&new.address);
            known.identity.commune.clone_from(&new.identity.commune);
            let former = &new.identity.former_address;
            known.identity.former_address.clone_from(former);
        }
        if !new.phone.is_empty() && hlc >= self.phone_seen {
            self.phone_seen = hlc;
            known.phone.clone_from(&new.phone);
        }
        if !new.email.is_empty() && hlc >= self.email_seen {
            self.email_seen = hlc;
            known.email.clone_from(&new.email);
        }
        seen
    }

    /// All of a newer record but what a person is reached by.
    fn take_newest(&mut self, record: &PersonRecord) {
        let known = self.record.clone();
        self.record = PersonRecord {
            address: known.address,
            phone: known.phone,
            email: known.email,
            identity: IdentityRecord {
                commune: known.identity.commune,
                former_address: known.identity.former_address,
                ..record.identity.clone()
            },
            ..record.clone()
        };
    }
}
