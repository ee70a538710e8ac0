//! Which fees of the demo were paid, and how; and the counter's till from morning to evening. Not here: when a filing was received, and what its fee is.

use crate::desk::At;
use onedoor_domain::{money::Currency, till};
use onedoor_protocol::{
    enrol::Enrolment,
    journal::{
        Body, FeeTaken, FeeTransferConfirmed, FilingReceived, NoteRecord, TillCount, TillHandedIn,
        TillOpened,
    },
};
use onedoor_receipt::TILL_TEMPLATE;
use onedoor_store::tables::tills::TillRow;
use uuid::Uuid;

/// Of so many filings one is paid by transfer, …
const TRANSFERS: usize = 5;
/// … and of those that came today one in so many is not paid yet.
const LATER: usize = 2;

/// Who takes the cash of every evening.
const ACCOUNTANT: &str = "Đinh Thị Xuyến";

/// How a visit's fee stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paying {
    /// Its place in the plan.
    pub nth: usize,
    /// It came since the centre was last heard of.
    pub fresh: bool,
    /// Its result was fetched: nobody leaves without paying.
    pub over: bool,
}

impl Paying {
    fn later(self) -> bool {
        self.fresh && !self.over && self.nth % LATER == 1
    }
}

/// What was taken for a filing, in the order in which it was written.
pub(super) fn taken(
    received: &FilingReceived,
    paying: Paying,
    till: Option<(Uuid, Currency)>,
) -> Vec<Body> {
    let fee = &received.fee;
    let due = fee.amount.as_ref().and_then(|minor| minor.parse().ok());
    let Some(due) = due.filter(|due: &i64| *due > 0 && !paying.later()) else {
        return Vec::new();
    };
    let transfer = paying.nth.is_multiple_of(TRANSFERS);
    let payment = Uuid::now_v7();
    let line = FeeTaken {
        payment,
        filing: received.filing,
        way: if transfer { "transfer" } else { "cash" }.to_string(),
        amount: due.to_string(),
        currency: fee.currency.clone(),
        given: given(due)
            .filter(|_| !transfer && fee.currency == "VND")
            .map(|given| given.to_string()),
        clerk_name: received.clerk_name.clone(),
        till: till
            .filter(|(_, currency)| !transfer && currency.as_str() == fee.currency)
            .map(|(till, _)| till),
    };
    let mut lines = vec![Body::from(line)];
    if transfer && !paying.fresh {
        lines.push(Body::from(FeeTransferConfirmed {
            payment,
            filing: received.filing,
        }));
    }
    lines
}

/// One note that is more than the fee, as most people give.
fn given(due: i64) -> Option<i64> {
    let mut larger = till::NOTES.into_iter().rev().filter(|note| *note >= due);
    larger.find(|note| *note > due)
}

/// The float of a morning: small notes to change with. Money without known notes is one sum.
pub(super) fn opened(clerk: &str, currency: Currency) -> TillOpened {
    let float = [
        (20_000, 5),
        (10_000, 5),
        (5_000, 6),
        (2_000, 5),
        (1_000, 10),
    ];
    let notes = float.map(|(note, count): (i64, u32)| NoteRecord {
        note: note.to_string(),
        count,
    });
    let sum: i64 = float
        .iter()
        .map(|(note, count)| note * i64::from(*count))
        .sum();
    let home = currency == Currency::Vnd;
    TillOpened {
        till: Uuid::now_v7(),
        float: if home { sum } else { 10_000 }.to_string(),
        currency: currency.as_str().to_string(),
        counts: if home { notes.to_vec() } else { Vec::new() },
        clerk_name: clerk.to_string(),
    }
}

/// The evening: what must lie there was there.
pub(super) fn handed_in(
    till: &TillRow,
    enrolment: &Enrolment,
    at: &At,
    sample: bool,
) -> TillHandedIn {
    let all = till.expected();
    let notes = match till.currency {
        Currency::Vnd => till::notes(all).0,
        _ => Vec::new(),
    };
    TillHandedIn {
        till: till.id,
        template: TILL_TEMPLATE.to_string(),
        office: enrolment.office.clone(),
        counter: enrolment.counter.clone(),
        opened: till.opened.get(..19).unwrap_or_default().to_string(),
        handed_in: crate::clock::local_text(at.now.datetime()),
        float: till.float.to_string(),
        taken: till.taken.to_string(),
        refunded: till.refunded.to_string(),
        currency: till.currency.as_str().to_string(),
        count: TillCount {
            counted: all.to_string(),
            expected: all.to_string(),
            notes: notes
                .into_iter()
                .map(|(note, count)| NoteRecord {
                    note: note.to_string(),
                    count: u32::try_from(count).unwrap_or(u32::MAX),
                })
                .collect(),
            reason: String::new(),
        },
        clerk_name: at.session.name.clone(),
        accountant: ACCOUNTANT.to_string(),
        sample,
    }
}
