//! What an operator tells offices: messages, leases, calendars, catalogues, the centre's next key. Each goes into the feeds as a fact that
//! workstations take into use. Not here: the feed itself, kinds that are passed on as they were given.

use std::path::Path;

use axum::body::Bytes;
use jiff::{ToSpan, civil::Date, tz::TimeZone};
use onedoor_protocol::{
    Hash32,
    enrol::Lease,
    facts::{
        CALENDAR, CATALOGUE, DocumentFact, KEYS, LEASE, LeaseFact, MESSAGE, Message, POLICY,
        PolicyFact,
    },
    keys::KeyStatement,
};
use serde::Serialize;
use uuid::Uuid;

use crate::central::{Central, Refused, system};
use crate::notary::{Notary, wire_time};
use crate::plan;

/// Longest name of who says something, and of a document, in characters.
const MAX_NAME: usize = 200;
/// Longest time that an office keeps papers which the centre has.
const MOST_KEEP_DAYS: u32 = 3650;

impl Central {
    /// Says something to an office: its screens show it until somebody there has read it. Gives its number in the feed.
    pub async fn send_message(&self, office: &str, from: &str, text: &str) -> Result<u64, Refused> {
        let text = text.trim();
        let fits = (1..=Message::MAX_TEXT).contains(&text.chars().count())
            && from.chars().count() <= MAX_NAME;
        if !fits {
            return Err(Refused::BadFact("a message has 1 to 2000 characters"));
        }
        let message = Message {
            id: Uuid::now_v7(),
            at: wire_time((self.clock)()),
            from: from.to_string(),
            text: text.to_string(),
        };
        self.tell(office, MESSAGE, &message).await
    }

    /// Lets a workstation keep its numbers for `days` from today; its PC learns it by the feed.
    pub async fn renew_lease(&self, ws: Uuid, days: i32) -> Result<Lease, Refused> {
        let unknown = || Refused::WorkstationUnknown(ws);
        let known = self.ledger.workstation(ws).await?.ok_or_else(unknown)?;
        let today = self.today(&known.office).await?;
        let to = today.checked_add(days.days()).map_err(system)?;
        if !(1..=2 * plan::LEASE_DAYS).contains(&days) {
            return Err(Refused::BadFact("a lease lasts 1 to 360 days"));
        }
        let lease = self.ledger.renew_lease(ws, to).await?.ok_or_else(unknown)?;
        let fact = LeaseFact {
            ws,
            lease: lease.clone(),
        };
        self.tell(&known.office, LEASE, &fact).await?;
        Ok(lease)
    }

    /// Gives an office a calendar that holds from a day on. Its PCs read the document as one that they set themselves, and
    /// say so when they can't.
    pub async fn publish_calendar(
        &self,
        office: &str,
        document: Vec<u8>,
        from: Date,
        title: &str,
    ) -> Result<u64, Refused> {
        let is_json = serde_json::from_slice::<serde_json::Value>(&document).is_ok();
        if !is_json || document.len() as u64 > DocumentFact::LARGEST_CALENDAR {
            return Err(Refused::BadFact("a calendar is JSON of at most 4 MiB"));
        }
        self.publish_document(CALENDAR, office, document, from, title)
            .await
    }

    /// Gives an office a catalogue of procedures that holds from a day on: the file that `cargo xtask catalogue` packs. Its
    /// PCs read it as the one that came with their program, and say so when they can't.
    pub async fn publish_catalogue(
        &self,
        office: &str,
        document: Vec<u8>,
        from: Date,
        title: &str,
    ) -> Result<u64, Refused> {
        let is_ours = document.starts_with(DocumentFact::CATALOGUE_MARK);
        if !is_ours || document.len() as u64 > DocumentFact::LARGEST_CATALOGUE {
            let shape =
                "a catalogue is a file as `cargo xtask catalogue` packs it, of at most 16 MiB";
            return Err(Refused::BadFact(shape));
        }
        self.publish_document(CATALOGUE, office, document, from, title)
            .await
    }

    async fn publish_document(
        &self,
        kind: &str,
        office: &str,
        document: Vec<u8>,
        from: Date,
        title: &str,
    ) -> Result<u64, Refused> {
        if title.chars().count() > MAX_NAME {
            return Err(Refused::BadFact("a name has at most 200 characters"));
        }
        let size = document.len() as u64;
        let zone = TimeZone::get(&self.office(office).await?.office.time_zone).map_err(system)?;
        let now = (self.clock)();
        let sha256 = Hash32::of(&[&document]);
        let fact = DocumentFact {
            hlc: u64::try_from(now.as_millisecond()).unwrap_or(0) << 16,
            wall: now
                .to_zoned(zone)
                .strftime("%Y-%m-%dT%H:%M:%S%.3f%:z")
                .to_string(),
            from: from.to_string(),
            sha256,
            size,
            title: title.to_string(),
        };
        self.blobs
            .publish(&sha256, vec![Bytes::from(document)])
            .await?;
        self.ledger
            .publish_blob(office.to_string(), sha256, size, now)
            .await?;
        self.tell(office, kind, &fact).await
    }

    /// Says in which hours an office sends PDFs and scans that nobody waits for, and how long its PCs keep papers of
    /// filings that are over. All of it is said anew: what is none is left to the office.
    pub async fn set_policy(&self, office: &str, policy: PolicyFact) -> Result<u64, Refused> {
        if policy
            .scans
            .as_ref()
            .is_some_and(|it| it.minutes().is_none())
        {
            return Err(Refused::BadFact("hours are two times of the day, HH:MM"));
        }
        if policy.keep_days.is_some_and(|days| days > MOST_KEEP_DAYS) {
            return Err(Refused::BadFact("papers are kept for 0 to 3650 days"));
        }
        self.tell(office, POLICY, &policy).await
    }

    /// Makes the centre's next key and tells every office. The service signs with it from its next start on; until then the
    /// old one is in use, and workstations believe both.
    pub async fn rotate_key(&self, data: &Path) -> Result<KeyStatement, Refused> {
        let at = wire_time((self.clock)());
        let statement = Notary::rotate(data, &at).map_err(system)?;
        for office in self.ledger.offices().await? {
            self.tell(&office.office.id, KEYS, &statement).await?;
        }
        Ok(statement)
    }

    pub(crate) async fn tell(
        &self,
        office: &str,
        kind: &str,
        fact: &impl Serialize,
    ) -> Result<u64, Refused> {
        let body = serde_json::to_string(fact).map_err(system)?;
        self.publish(office, kind, &body).await
    }
}
