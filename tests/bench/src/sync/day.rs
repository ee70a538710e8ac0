//! Ordinary lines: filings as a real desk journals them, and as many more of other people as wanted. Names, numbers,
//! births and addresses are drawn, since lines that repeat each other would pack too well. Not here: what is measured.

use crate::{office, receive};
use anyhow::{Context as _, Result, ensure};
use jiff::Timestamp;
use onedoor_protocol::{
    Hash32,
    enrol::Ticket,
    journal::{self, Body, FilingReceived, FormRendered, PersonRecord},
};
use onedoor_store::{Context, Lines, Op, Store, StoreError};
use onedoor_testkit::seed::Seed;
use std::{ops::Range, path::Path};
use tokio::runtime::Runtime;
use uuid::Uuid;

/// What people come for at a commune, and how often of forty times.
const WANTED: [(&str, u32); 9] = [
    ("2.000635", 9),
    ("2.000884", 8),
    ("1.001193", 6),
    ("1.004873", 4),
    ("1.010041", 4),
    ("1.004194", 3),
    ("1.000894", 2),
    ("1.004222", 2),
    ("1.000656", 2),
];
/// Numbers that a counter gives on a day at most.
const A_DAY: u32 = 900;
/// Between two filings of a counter.
const MINUTES_APART: i64 = 4;
const FAMILY: [&str; 12] = [
    "Nguyễn", "Trần", "Niê", "Byă", "Phạm", "Lò", "Mlô", "Hoàng", "Vũ", "Đặng", "Ksơr", "Sùng",
];
const MIDDLE: [&str; 10] = [
    "Thị", "Văn", "Ngọc", "Đức", "Minh", "Thanh", "Xuân", "Hữu", "Kim", "Quốc",
];
const GIVEN: [&str; 20] = [
    "Ừng",
    "H'Hen",
    "Bŏk",
    "Mỷ",
    "Bảo",
    "Tuyết",
    "Hương",
    "Dũng",
    "Sơn",
    "Lan",
    "Phượng",
    "Khôi",
    "Thảo",
    "Yến",
    "Trung",
    "Vinh",
    "Nga",
    "Hạnh",
    "Tùng",
    "Quyên",
];
const PLACE: [&str; 12] = [
    "Buôn Sah A",
    "Buôn Sah B",
    "Buôn Tah",
    "Buôn Tu",
    "Buôn Brah",
    "Buôn Kwang",
    "Buôn Triă",
    "thôn 1",
    "thôn 4",
    "thôn Đồng Tâm",
    "thôn Quyết Thắng",
    "tổ dân phố 7",
];

/// Filings to make others of.
pub struct Day {
    filings: Vec<FilingReceived>,
    form_size: u64,
}

impl Day {
    /// Receives filings at a real desk in `folder`; no centre hears of it.
    pub fn receive(folder: &Path) -> Result<Self> {
        office::make(folder, 0, office::long_ago())?;
        let received = receive_at(folder)?;
        let (store, _) = office::store(folder)?;
        let (mut filings, mut forms) = (Vec::new(), Vec::new());
        for line in lines(&store)? {
            match journal::decode(&line)?.body {
                Body::FilingReceived(filing) => filings.push(*filing),
                Body::FormRendered(form) => forms.push(form),
                _ => {}
            }
        }
        let (there, rendered) = (filings.len(), forms.len());
        ensure!(
            there == received && rendered == received && received > 0,
            "{received} filings were received, {there} and {rendered} forms are journaled"
        );
        // A day is mixed: neighbours are seldom of one kind.
        Seed::new(1).shuffle(&mut filings);
        let form_size = forms.iter().map(|form| form.size).sum::<u64>() / forms.len() as u64;
        Ok(Day { filings, form_size })
    }

    /// Filing `n` of counter `source`: an ordinary one of somebody else, with a number that no other has.
    pub fn filing(&self, source: u32, n: u32) -> Result<FilingReceived> {
        let turn = n as usize % self.filings.len();
        let received = self.filings.get(turn).context("a filing was received")?;
        let (day, number) = (n / A_DAY, 1000 + n % A_DAY);
        let (month, date) = (1 + day % 12, 1 + day / 12 % 28);
        let code = format!(
            "H15.50.05.{:02}-26{month:02}{date:02}-{number}",
            10 + source
        );
        Ok(FilingReceived {
            filing: Uuid::now_v7(),
            code: Some(code),
            form_number: n + 1,
            applicant: somebody(&received.applicant, source, n),
            ..received.clone()
        })
    }

    /// That form 01 of a filing exists: this blob, or one that is nowhere, of the size that forms have.
    pub fn form(&self, filing: &FilingReceived, blob: Option<(Hash32, u64)>) -> FormRendered {
        let nowhere = || (Hash32::of(&[filing.filing.as_bytes()]), self.form_size);
        let (sha256, size) = blob.unwrap_or_else(nowhere);
        FormRendered {
            filing: filing.filing,
            form: "01".into(),
            template: filing.template.clone(),
            sha256,
            size,
        }
    }

    /// Fills a store with these filings and their forms through its one write door, so many filings an Act. Each form is
    /// the blob that `blob` gives.
    pub fn fill(
        &self,
        (store, clerk): (&Store, Uuid),
        (filings, an_act): (Range<u32>, usize),
        mut blob: impl FnMut(u32) -> Result<Option<(Hash32, u64)>>,
    ) -> Result<()> {
        let numbers: Vec<u32> = filings.collect();
        for numbers in numbers.chunks(an_act) {
            let first = numbers.first().copied().unwrap_or_default();
            let mut bodies = Vec::new();
            for n in numbers {
                let (filing, blob) = (self.filing(0, *n)?, blob(*n)?);
                let form = self.form(&filing, blob);
                bodies.push((filing, form, blob));
            }
            let context = moment(first, clerk);
            store.write(Op::act(context, move |tx| {
                for (sha256, size) in bodies.iter().filter_map(|(_, _, blob)| *blob) {
                    tx.name_blob(&sha256, size, "application/pdf")?;
                }
                let lines = bodies.into_iter().fold(None, |lines: Option<Lines>, it| {
                    let (filing, form, _) = it;
                    Some(match lines {
                        Some(lines) => lines.and(filing).and(form),
                        None => Lines::one(filing).and(form),
                    })
                });
                Ok((
                    lines.ok_or(StoreError::NotFound("a filing to fill with"))?,
                    (),
                ))
            }))?;
        }
        Ok(())
    }
}

/// When filing `n` was received: some minutes after the one before, to the millisecond.
fn moment(n: u32, clerk: Uuid) -> Context {
    let apart = i64::from(n) * MINUTES_APART * 60_000;
    let within = Seed::new(u64::from(n)).below(60_000).cast_signed();
    let begin = office::long_ago().as_millisecond() + 3_600_000;
    let at = Timestamp::from_millisecond(begin + apart + within).unwrap_or_default();
    let context = office::context(at, u64::from(n / A_DAY), clerk);
    Context {
        mono: (apart + within).unsigned_abs(),
        ..context
    }
}

/// Another person than the one who was there: everything that tells people apart is drawn.
fn somebody(like: &PersonRecord, source: u32, n: u32) -> PersonRecord {
    let mut seed = Seed::new(u64::from(source) << 32 | u64::from(n));
    let year = 1940 + seed.below(66);
    let name = [*seed.pick(&FAMILY), *seed.pick(&MIDDLE), *seed.pick(&GIVEN)].join(" ");
    let house = seed.below(400) + 1;
    let century = if year < 2000 { 0 } else { 2 };
    PersonRecord {
        person: Uuid::now_v7(),
        name,
        birth: format!("{year}-{:02}-{:02}", 1 + seed.below(12), 1 + seed.below(28)),
        id_number: format!(
            "066{}{:02}{:06}",
            century + seed.below(2),
            year % 100,
            seed.below(1_000_000)
        ),
        address: format!("Số {house}, {}, xã Ea Tul, tỉnh Đắk Lắk", seed.pick(&PLACE)),
        phone: format!("09{:08}", seed.below(100_000_000)),
        ..like.clone()
    }
}

/// Receives what people want; gives how many filings.
fn receive_at(folder: &Path) -> Result<usize> {
    let runtime = Runtime::new()?;
    let desk = office::open(folder, &runtime)?;
    let mut received = 0;
    for (procedure, times) in WANTED {
        for _ in 0..times {
            let n = u32::try_from(received)?;
            runtime
                .block_on(receive::receive_for(&desk, procedure, n))
                .with_context(|| format!("receiving for {procedure}"))?;
            received += 1;
        }
    }
    Ok(received)
}

/// All lines of a store.
pub fn lines(store: &Store) -> Result<Vec<Vec<u8>>> {
    let lines = store.read(|reader| reader.lines(1, i32::MAX as usize))?;
    Ok(lines.into_iter().map(|line| line.line).collect())
}

/// An empty workstation in `folder` by this ticket, its clerk, and the ticket as read.
pub fn workstation(folder: &Path, ticket: &str) -> Result<(Store, Uuid, Ticket)> {
    office::enrol(folder, ticket, office::long_ago())?;
    let (store, clerk) = office::store(folder)?;
    let ticket = Ticket::read(ticket).context("a ticket can be read")?;
    Ok((store, clerk, ticket))
}
