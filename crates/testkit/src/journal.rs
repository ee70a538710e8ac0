//! A journal as a workstation writes it, for tests that need lines and batches but no store.

use std::ops::RangeInclusive;

use onedoor_protocol::{
    Hash32,
    batch::{self, Header},
    chain,
    enrol::{Counter, Office},
    journal::{
        Body, DueRecord, FeeRecord, FilingReceived, FormRendered, PersonRecord, ProcedureRef,
        Stamp, StatusChanged, encode,
    },
    sign::SecretKey,
};
use uuid::Uuid;

/// The lines of one workstation, chained from its genesis.
#[derive(Debug, Clone)]
pub struct Journal {
    /// The workstation.
    pub ws: Uuid,
    /// Its key.
    pub key: SecretKey,
    /// Id of its office.
    pub office: String,
    /// The lines, without newlines; line 1 first.
    pub lines: Vec<Vec<u8>>,
    hashes: Vec<Hash32>,
}

impl Journal {
    /// An empty journal.
    pub fn new(ws: Uuid, key: SecretKey, office: &str) -> Self {
        let genesis = chain::genesis(ws, &key.public().bytes());
        Journal {
            ws,
            key,
            office: office.to_string(),
            lines: Vec::new(),
            hashes: vec![genesis],
        }
    }

    /// The number that the next line will have.
    pub fn next_seq(&self) -> u64 {
        self.lines.len() as u64 + 1
    }

    /// The chain's hash after line `seq`; 0 = before the first.
    ///
    /// # Panics
    /// When there is no such line.
    pub fn hash(&self, seq: u64) -> Hash32 {
        self.hashes[usize::try_from(seq).unwrap_or(usize::MAX)]
    }

    /// The chain's hash after the last line.
    pub fn head(&self) -> Hash32 {
        self.hash(self.lines.len() as u64)
    }

    /// Appends bytes as they are, be they a line or not; gives their number.
    pub fn raw(&mut self, line: impl Into<Vec<u8>>) -> u64 {
        let line = line.into();
        self.hashes.push(chain::next(&self.head(), &line));
        self.lines.push(line);
        self.lines.len() as u64
    }

    /// Appends a line that says `body`; gives its number.
    ///
    /// # Panics
    /// When the body can't be written.
    pub fn say(&mut self, body: impl Into<Body>) -> u64 {
        let line = encode(&self.stamp(), &body.into());
        self.raw(line.unwrap_or_else(|error| panic!("{error}")))
    }

    /// Appends a filing received under `code`; gives its id and the line's number.
    pub fn receive(&mut self, code: &str) -> (Uuid, u64) {
        let filing = received(Uuid::now_v7(), code);
        let id = filing.filing;
        (id, self.say(filing))
    }

    /// Appends that form 01 of `filing` exists; gives the line's number.
    pub fn render(&mut self, filing: Uuid) -> u64 {
        let sha256 = Hash32::of(&[filing.as_bytes()]);
        self.say(FormRendered {
            filing,
            form: "01".into(),
            template: "01@1".into(),
            sha256,
            size: 48_000,
        })
    }

    /// Appends that `filing` has this status; gives the line's number.
    pub fn status(&mut self, filing: Uuid, status: &str) -> u64 {
        self.say(StatusChanged {
            filing,
            status: status.into(),
            reason: String::new(),
            approved_by: None,
        })
    }

    /// The stamp of the next line: Monday 2026-11-23 from 07:30, a second a line.
    pub fn stamp(&self) -> Stamp {
        let seq = self.next_seq();
        let ms = 1_795_393_800_000 + seq * 1000;
        Stamp {
            seq,
            hlc: ms << 16,
            wall: format!(
                "2026-11-23T07:{:02}:{:02}.000+07:00",
                30 + (seq / 60) % 30,
                seq % 60
            ),
            boot: Uuid::from_u128(0xB007),
            mono: seq * 1000,
            day: "2026-11-23".into(),
            clerk: Some(Uuid::from_u128(0xC1E2)),
        }
    }

    /// The header of a batch of these lines; `n` and `head` are set by sealing.
    ///
    /// # Panics
    /// When the run begins at 0.
    pub fn header(&self, lines: &RangeInclusive<u64>) -> Header {
        Header {
            v: 1,
            ws: self.ws,
            office: self.office.clone(),
            first: *lines.start(),
            n: 0,
            prev: self.hash(lines.start() - 1),
            head: self.head(),
            sent: (1_795_393_800_000_u64 << 16).to_string(),
            app: "test".into(),
            schema: 1,
            blobs: Vec::new(),
        }
    }

    /// The sealed batch of a run of lines.
    ///
    /// # Panics
    /// When there are no such lines.
    pub fn batch(&self, lines: RangeInclusive<u64>) -> Vec<u8> {
        let index = |seq: u64| usize::try_from(seq - 1).unwrap_or(usize::MAX);
        let run = &self.lines[index(*lines.start())..=index(*lines.end())];
        batch::seal(&self.key, self.header(&lines), run).unwrap_or_else(|error| panic!("{error}"))
    }

    /// The sealed batch of all lines from `first` on.
    pub fn batch_from(&self, first: u64) -> Vec<u8> {
        self.batch(first..=self.lines.len() as u64)
    }
}

/// An office for tests.
pub fn office() -> Office {
    Office {
        id: "eatul".into(),
        name: "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ EA TUL".into(),
        parent: "UBND XÃ EA TUL".into(),
        place: "Ea Tul".into(),
        agency: "H15.50.05.13".into(),
        symbol: "TTPVHCC".into(),
        time_zone: "Asia/Ho_Chi_Minh".into(),
        mission: None,
    }
}

/// A filing received at counter 1 of [`office`], under `code`.
pub fn received(filing: Uuid, code: &str) -> FilingReceived {
    FilingReceived {
        filing,
        code: Some(code.to_string()),
        provisional: None,
        form_number: 1,
        template: "01@1".into(),
        office: office(),
        counter: Counter {
            number: 1,
            name: "Quầy 1".into(),
        },
        procedure: ProcedureRef {
            code: "2.000815".into(),
            version: 1,
            title: "Chứng thực bản sao từ bản chính".into(),
            title_en: Some("Certify a copy".into()),
            term_text: "Trong ngày".into(),
        },
        applicant: PersonRecord {
            person: Uuid::from_u128(filing.as_u128() ^ 1),
            name: "H'Hen Niê".into(),
            birth: "1992".into(),
            sex: Some("female".into()),
            id_number: String::new(),
            address: "Buôn Sah A, xã Ea Tul".into(),
            phone: String::new(),
            email: String::new(),
            identity: Default::default(),
        },
        content: "Chứng thực bản sao".into(),
        papers: Vec::new(),
        sets: 1,
        copies: 2,
        received: "2026-11-23T07:31:00".into(),
        due: DueRecord {
            at: "2026-11-23T17:00:00".into(),
            term: "same_day".into(),
            n: 0,
            cutoff: Some("15:00".into()),
            next_working_day: false,
            moved_from: None,
            published: true,
            off: Vec::new(),
            calendar: 0,
        },
        fee: FeeRecord {
            kind: "per_copy".into(),
            amount: Some("4000".into()),
            currency: "VND".into(),
            lines: Vec::new(),
            exemption: String::new(),
        },
        give_back: "at_counter".into(),
        clerk_name: "Y Thịnh Byă".into(),
        sample: true,
        details: Default::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_of_any_run_opens_and_is_signed_by_the_key() {
        let mut journal = Journal::new(Uuid::from_u128(1), SecretKey::from_seed(&[1; 32]), "eatul");
        let (filing, _) = journal.receive("H15.50.05.13-261123-1000");
        journal.render(filing);
        journal.status(filing, "transferred");
        for first in 1..=3 {
            let batch = batch::open(&journal.batch_from(first)).unwrap();
            assert!(batch.signed_by(&journal.key.public()), "run from {first}");
            assert_eq!(
                batch.header.head,
                journal.head(),
                "it leads to the journal's head"
            );
        }
    }
}
