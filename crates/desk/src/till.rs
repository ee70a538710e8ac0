//! The cash of the counter: opened with its float, handed over to a colleague by the colleague's own password, handed
//! in to the accountant on a sheet with two signatures. A difference needs its reason and is never hidden. Not here:
//! single payments (`money`).

use crate::{
    desk::{At, Desk, Event},
    dto::*,
    error::{DeskError, Result},
    fees, form01, forms,
    life::clean,
    money_view::local,
    receipt::StoredPaper,
    views,
};
use jiff::civil::DateTime;
use onedoor_domain::{
    money::{Currency, Money},
    text, till,
};
use onedoor_protocol::journal::{
    Body, NoteRecord, SlipRendered, TillCount, TillHandedIn, TillHandedOver, TillOpened,
};
use onedoor_receipt::{TILL_TEMPLATE, TillSheet, till_sheet};
use onedoor_store::{
    Hash32, Lines, Op, Store, StoreError,
    tables::{
        act::ActTx,
        journal::StoredLine,
        tills::{CountRow, TillRow},
    },
};
use std::sync::PoisonError;
use uuid::Uuid;

/// What the store is told when the till is not as it was shown.
const MOVED: &str = "the till moved";
/// More notes of one kind than this are a slip of the finger.
const MOST_NOTES: i64 = 100_000;
/// Tills that the page lists.
const LAST: u32 = 10;

/// What was counted, as it stands on the wire.
struct Counted {
    minor: i64,
    notes: Vec<NoteRecord>,
}

impl Desk {
    /// The money that this office takes.
    pub(crate) fn till_currency(&self) -> Result<Currency> {
        let mission = self.workstation()?.enrolment.office.mission;
        let currency = mission.and_then(|mission| Currency::parse(&mission.currency));
        Ok(currency.unwrap_or(Currency::Vnd))
    }

    pub(crate) fn till_get(&self) -> Result<TillPage> {
        let at = self.at_work()?;
        let currency = self.till_currency()?;
        let day = at.now.date().to_string();
        let (open, last, today, staff) = at.store.read(|reader| {
            Ok((
                reader.open_till()?,
                reader.tills(LAST)?,
                reader.day_money(&day, currency)?,
                reader.staff()?,
            ))
        })?;
        let money = |minor| views::money(&Money { minor, currency });
        let slots = self.key_file()?.map(|keys| keys.slots).unwrap_or_default();
        let colleagues = staff.into_iter().filter(|row| {
            let signs_in = slots.iter().any(|slot| slot.id == row.id);
            signs_in && row.id != at.session.clerk
        });
        Ok(TillPage {
            open: open.as_ref().map(open_view),
            today: DayMoneyView {
                payments: today.payments,
                cash: money(today.cash),
                transfers: money(today.transfers),
                waiting: money(today.waiting),
                cash_back: money(today.cash_back),
                transfers_back: money(today.transfers_back),
            },
            notes: match currency {
                Currency::Vnd => till::NOTES.into_iter().map(money).collect(),
                _ => Vec::new(),
            },
            colleagues: colleagues
                .map(|row| Colleague {
                    id: row.id.to_string(),
                    name: row.name,
                })
                .collect(),
            last: last.iter().map(till_view).collect(),
        })
    }

    /// What was typed so far against what must lie there.
    pub(crate) fn till_count(&self, count: CountTyped) -> Result<CountView> {
        let (at, currency) = (self.at_work()?, self.till_currency()?);
        let counted = counted(&count, currency)?.minor;
        let open = at.store.read(|reader| reader.open_till())?;
        let expected = open.map(|till| till.expected());
        let money = |minor| views::money(&Money { minor, currency });
        Ok(CountView {
            counted: money(counted),
            expected: expected.map(money),
            difference: expected
                .map(|expected| counted - expected)
                .filter(|difference| *difference != 0)
                .map(money),
        })
    }

    pub(crate) fn till_open(&self, count: CountTyped) -> Result<TillPage> {
        let (at, currency) = (self.at_work()?, self.till_currency()?);
        let float = counted(&count, currency)?;
        let line = TillOpened {
            till: Uuid::now_v7(),
            float: float.minor.to_string(),
            currency: currency.as_str().to_string(),
            counts: float.notes,
            clerk_name: at.session.name.clone(),
        };
        self.till_act(at, |tx| match tx.open_till()? {
            None => Ok(line.into()),
            Some(_) => Err(StoreError::Refused(MOVED.into())),
        })
    }

    /// Hands the till over; `expected` is what the screen said must lie there, in minor units.
    pub(crate) fn till_hand_over(
        &self,
        to: String,
        password: String,
        count: CountTyped,
        reason: String,
        expected: String,
    ) -> Result<TillPage> {
        let (at, currency) = (self.at_work()?, self.till_currency()?);
        let till = self.open_till_seen(&at, &expected)?;
        let count = against(counted(&count, currency)?, &till, &reason)?;
        // The colleague answers for it from now on: the own password says so.
        let colleague = self.vouched(&to, &password)?;
        let line = TillHandedOver {
            till: till.id,
            to: colleague.id,
            to_name: colleague.name,
            from_name: till.holder.clone(),
            count,
        };
        self.till_act(at, unmoved(till, line.into()))
    }

    /// Hands the till in to the accountant, whose name stands on the sheet.
    pub(crate) fn till_hand_in(
        &self,
        accountant: String,
        count: CountTyped,
        reason: String,
        expected: String,
    ) -> Result<TillPage> {
        let (at, currency) = (self.at_work()?, self.till_currency()?);
        let accountant = text::clean(&accountant, text::MAX_NAME).unwrap_or_default();
        if accountant.is_empty() {
            return Err(DeskError::new(ErrorCode::NameRequired));
        }
        let till = self.open_till_seen(&at, &expected)?;
        let count = against(counted(&count, currency)?, &till, &reason)?;
        let enrolment = self.workstation()?.enrolment;
        let line = TillHandedIn {
            till: till.id,
            template: TILL_TEMPLATE.to_string(),
            office: enrolment.office,
            counter: enrolment.counter,
            opened: local(&till.opened),
            handed_in: crate::clock::local_text(at.now.datetime()),
            float: till.float.to_string(),
            taken: till.taken.to_string(),
            refunded: till.refunded.to_string(),
            currency: currency.as_str().to_string(),
            count,
            clerk_name: at.session.name.clone(),
            accountant,
            sample: self.demo(),
        };
        self.till_act(at, unmoved(till, line.into()))
    }

    /// The open till, unless something was taken since the screen showed it.
    fn open_till_seen(&self, at: &At, expected: &str) -> Result<TillRow> {
        let open = at.store.read(|reader| reader.open_till())?;
        open.filter(|till| till.expected().to_string() == expected)
            .ok_or(DeskError::new(ErrorCode::TillMoved))
    }

    fn till_act(
        &self,
        at: At,
        line: impl FnOnce(&ActTx<'_>) -> Result<Body, StoreError> + Send + 'static,
    ) -> Result<TillPage> {
        let op = Op::act(at.context, move |tx| Ok((Lines::one(line(tx)?), ())));
        at.store.write(op).map_err(|error| match error {
            StoreError::Refused(why) if why == MOVED => DeskError::new(ErrorCode::TillMoved),
            other => other.into(),
        })?;
        self.nudge(onedoor_sync::Nudge::Lines);
        self.tell(Event::Changed(vec!["filings"]));
        self.till_get()
    }

    /// Renders and stores the sheet of a till that was handed in; the same line gives the same bytes.
    fn store_till_sheet(&self, store: &Store, till: Uuid, choice: PaperChoice) -> Result<Hash32> {
        let _one_at_a_time = self
            .0
            .rendering
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let (stored, body) = handed_in(store, till)?;
        let name = sheet_name(choice);
        if let Some(known) = store.read(|reader| reader.form(till, name))? {
            return Ok(known);
        }
        let sheet = sheet(&body, &stored.hash).ok_or(DeskError::new(ErrorCode::FormFailed))?;
        let pdf = till_sheet(&sheet, form01::paper(choice))?;
        let (sha256, size) = (store.blobs().put(&pdf)?, pdf.len() as u64);
        let line = SlipRendered {
            slip: till,
            form: name.to_string(),
            template: body.template,
            sha256,
            size,
        };
        let context = self.context(&self.now(), None);
        store.write(Op::act(context, move |tx| {
            tx.name_blob(&sha256, size, "application/pdf")?;
            Ok((Lines::one(line), ()))
        }))?;
        Ok(sha256)
    }

    fn stored_till_sheet(&self, till: &str, choice: PaperChoice) -> Result<StoredPaper> {
        let till: Uuid = till
            .parse()
            .map_err(|_| DeskError::new(ErrorCode::BadRequest))?;
        let store = self.at_work()?.store;
        let sha256 = self.store_till_sheet(&store, till, choice)?;
        StoredPaper::read(store, till, sheet_name(choice), sha256)
    }

    pub(crate) fn till_sheet_open(&self, till: String) -> Result<PrintOutcome> {
        self.open_stored(|choice| self.stored_till_sheet(&till, choice))
    }

    pub(crate) fn till_sheet_print(&self, till: String) -> Result<PrintOutcome> {
        self.print_stored(|choice| self.stored_till_sheet(&till, choice))
    }
}

/// The line, unless the till is not any more as it was looked at.
fn unmoved(
    seen: TillRow,
    line: Body,
) -> impl FnOnce(&ActTx<'_>) -> Result<Body, StoreError> + Send + 'static {
    move |tx| match tx.open_till()? == Some(seen) {
        true => Ok(line),
        false => Err(StoreError::Refused(MOVED.into())),
    }
}

fn counted(typed: &CountTyped, currency: Currency) -> Result<Counted> {
    let wrong = || DeskError::new(ErrorCode::AmountWrong);
    if currency != Currency::Vnd {
        return Ok(Counted {
            minor: fees::typed_amount(&typed.sum, currency)?,
            notes: Vec::new(),
        });
    }
    let mut counts = Vec::new();
    for one in &typed.notes {
        let count = match one.count.trim() {
            "" => 0,
            digits => digits.parse::<u32>().map_err(|_| wrong())?,
        };
        let note: i64 = one.note.parse().map_err(|_| wrong())?;
        if i64::from(count) > MOST_NOTES {
            return Err(wrong());
        }
        counts.push((note, count));
    }
    let sums: Vec<(i64, i64)> = counts.iter().map(|(n, c)| (*n, i64::from(*c))).collect();
    Ok(Counted {
        minor: till::counted(&sums).ok_or_else(wrong)?,
        notes: counts
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(note, count)| NoteRecord {
                note: note.to_string(),
                count,
            })
            .collect(),
    })
}

/// What was counted beside what must lie there; a difference has its reason.
fn against(counted: Counted, till: &TillRow, reason: &str) -> Result<TillCount> {
    let reason = clean(reason)?;
    let differs = counted.minor != till.expected();
    if differs && reason.is_empty() {
        let difference = Money {
            minor: counted.minor - till.expected(),
            currency: till.currency,
        };
        let wrong = DeskError::new(ErrorCode::TillDiffers);
        return Err(wrong.with("difference", difference.format_vi()));
    }
    Ok(TillCount {
        counted: counted.minor.to_string(),
        expected: till.expected().to_string(),
        notes: counted.notes,
        reason: if differs { reason } else { String::new() },
    })
}

fn sheet_name(choice: PaperChoice) -> &'static str {
    match choice {
        PaperChoice::A5 => "NQ",
        PaperChoice::A4TwoUp => "NQ-a4",
        PaperChoice::A4 => "NQ-a4-one",
    }
}

/// The line that handed a till in, and where it stands.
fn handed_in(store: &Store, till: Uuid) -> Result<(StoredLine, TillHandedIn)> {
    let lines = store.read(|reader| reader.lines_of(till))?;
    let found = lines
        .into_iter()
        .find_map(|(stored, line)| match line.body {
            Body::TillHandedIn(body) => Some((stored, *body)),
            _ => None,
        });
    found.ok_or(DeskError::new(ErrorCode::BadRequest))
}

/// The sheet's words; none when the line's numbers can't be read.
fn sheet(line: &TillHandedIn, hash: &Hash32) -> Option<TillSheet> {
    let currency = Currency::parse(&line.currency)?;
    let sum = |minor: i64| Money { minor, currency }.format_vi();
    let read = |digits: &str| digits.parse::<i64>().ok().map(sum);
    let counted: i64 = line.count.counted.parse().ok()?;
    let expected: i64 = line.count.expected.parse().ok()?;
    let time = |at: &str| at.parse::<DateTime>().ok();
    let note = |record: &NoteRecord| {
        let note: i64 = record.note.parse().ok()?;
        let all = note.checked_mul(i64::from(record.count))?;
        Some([sum(note), record.count.to_string(), sum(all)])
    };
    Some(TillSheet {
        letterhead: forms::letterhead(&line.office),
        counter: line.counter.name.clone(),
        opened: time(&line.opened)?,
        handed_in: time(&line.handed_in)?,
        float: read(&line.float)?,
        taken: read(&line.taken)?,
        refunded: read(&line.refunded)?,
        expected: sum(expected),
        counted: sum(counted),
        words: match currency {
            Currency::Vnd => Money::vnd(counted).words_vi(),
            _ => String::new(),
        },
        difference: match counted - expected {
            0 => String::new(),
            difference => sum(difference),
        },
        reason: line.count.reason.clone(),
        notes: line.count.notes.iter().map(note).collect::<Option<_>>()?,
        clerk: line.clerk_name.clone(),
        accountant: line.accountant.clone(),
        hash8: hash.hash8(),
        sample: line.sample,
    })
}

fn open_view(till: &TillRow) -> OpenTill {
    let money = |minor| {
        views::money(&Money {
            minor,
            currency: till.currency,
        })
    };
    OpenTill {
        id: till.id.to_string(),
        holder: till.holder.clone(),
        opened: local(&till.opened),
        float: money(till.float),
        taken: money(till.taken),
        refunded: money(till.refunded),
        expected: money(till.expected()),
    }
}

fn till_view(till: &TillRow) -> TillView {
    let money = |minor| {
        views::money(&Money {
            minor,
            currency: till.currency,
        })
    };
    let count = |row: &CountRow| {
        let difference = row.counted - row.expected;
        TillCountView {
            handed_in: row.handed_in,
            at: local(&row.wall),
            from: row.giver.clone(),
            to: row.taker.clone(),
            counted: money(row.counted),
            expected: money(row.expected),
            difference: (difference != 0).then(|| money(difference)),
            reason: row.reason.clone(),
        }
    };
    TillView {
        id: till.id.to_string(),
        opened: local(&till.opened),
        handed_in: till.closed.as_deref().map(local),
        counts: till.counts.iter().map(count).collect(),
    }
}
