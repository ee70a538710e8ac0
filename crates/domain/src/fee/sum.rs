//! The sum of a filing's fees, line by line; a number that cannot be known is left out and named.
//!
//! Not here: rounding. What does not come out even is unknown.

use jiff::ToSpan;

use super::{Exemption, FeeFacts, FeeItem, FeePaid, FeeRule, FeeSchedule, PageStep, Tariff};
use crate::money::{Currency, Money};
use crate::procedure::Bilingual;

/// What is to be paid, or that the rules alone cannot say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeeAmount {
    /// This much; nothing is an amount too.
    Known(Money),
    /// A person must type the amount, or give what the rules ask for.
    Unknown,
}

/// What a line says beside its label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineNote {
    /// Nothing more.
    Plain,
    /// Nothing is to be paid.
    Free,
    /// Reported in time, therefore free.
    InTime,
    /// Reported late.
    Late,
    /// These pages of each copy; `to` is the last one.
    Pages {
        /// The first page.
        from: u32,
        /// The last page.
        to: u32,
    },
    /// As much as one copy may cost at most.
    Capped,
    /// Less is paid, or nothing, on the ground that was chosen.
    Exempt {
        /// How much was taken away, in percent.
        percent: u8,
    },
}

/// A line of the sum. `count` × `each` = `amount`, except where an exemption takes from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeeLine {
    /// The fee, by its id.
    pub item: String,
    /// What is paid for.
    pub label: Bilingual,
    /// What there is to say about it.
    pub note: LineNote,
    /// How many.
    pub count: u32,
    /// What one costs.
    pub each: Money,
    /// What the line comes to.
    pub amount: Money,
}

/// Why a fee is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// The province sets it, and the office's tariff does not say it.
    SetByProvince,
    /// The catalogue's text could not be read.
    Unstated,
    /// The date of the event is not given.
    EventDate,
    /// The number of copies is not given.
    Copies,
    /// The number of pages is not given.
    Pages,
    /// The number of persons is not given.
    Persons,
    /// The number of cases is not given.
    Matters,
    /// Larger than can be counted, below zero, or not even after an exemption.
    NotANumber,
    /// Fees in two currencies have no sum.
    TwoCurrencies,
}

/// A fee that is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeeGap {
    /// The fee, by its id; empty where the whole sum is meant.
    pub item: String,
    /// Why.
    pub why: Gap,
}

/// What a filing costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeeSum {
    /// What is known, in the order of the schedule.
    pub lines: Vec<FeeLine>,
    /// What is not known.
    pub gaps: Vec<FeeGap>,
    /// The sum; unknown as soon as anything is.
    pub total: FeeAmount,
}

/// A part of a fee before it has a name: note, count, price.
type Part = (LineNote, u32, Money);

impl FeeSchedule {
    /// What the fees of procedure `code` come to under `facts` and the office's `tariff`.
    ///
    /// Never a wrong number: whatever is missing, too large or below zero leaves a gap and the total unknown.
    pub fn sum(&self, code: &str, facts: &FeeFacts<'_>, tariff: &Tariff) -> FeeSum {
        let relief = facts
            .exemption
            .and_then(|id| self.exemptions.iter().find(|x| x.id == id));
        let mut lines = Vec::new();
        let mut gaps = Vec::new();
        let mut any = false;
        for item in self.items.iter().filter(|item| item.applies(facts)) {
            any |= item.paid == FeePaid::Always;
            let own = tariff.rule(code, &item.id);
            match item_lines(item, own, facts, relief) {
                Ok(found) => lines.extend(found),
                Err(why) => gaps.push(FeeGap {
                    item: item.id.clone(),
                    why,
                }),
            }
        }
        if !any {
            gaps.push(whole(Gap::Unstated));
        }
        let total = total(&lines).and_then(|sum| gaps.is_empty().then_some(sum).ok_or(None));
        if let Err(Some(why)) = total {
            gaps.push(whole(why));
        }
        FeeSum {
            lines,
            gaps,
            total: total.map_or(FeeAmount::Unknown, FeeAmount::Known),
        }
    }
}

fn whole(why: Gap) -> FeeGap {
    FeeGap {
        item: String::new(),
        why,
    }
}

/// The sum of the lines. A line of nothing counts in any currency.
fn total(lines: &[FeeLine]) -> Result<Money, Option<Gap>> {
    let mut paid = lines
        .iter()
        .map(|line| line.amount)
        .filter(|m| m.minor != 0);
    let first = paid.next().unwrap_or(Money::vnd(0));
    let none = || {
        lines
            .first()
            .map_or(Currency::Vnd, |line| line.amount.currency)
    };
    let start = Money {
        currency: if first.minor == 0 {
            none()
        } else {
            first.currency
        },
        ..first
    };
    paid.try_fold(start, |sum, next| {
        if next.currency != sum.currency {
            return Err(Some(Gap::TwoCurrencies));
        }
        let minor = sum.minor.checked_add(next.minor);
        minor
            .map(|minor| Money { minor, ..sum })
            .ok_or(Some(Gap::NotANumber))
    })
}

fn item_lines(
    item: &FeeItem,
    own: Option<&FeeRule>,
    facts: &FeeFacts<'_>,
    relief: Option<&Exemption>,
) -> Result<Vec<FeeLine>, Gap> {
    let parts = match item.paid {
        FeePaid::Always => parts(&item.rule, own, facts)?,
        FeePaid::OnRequest => {
            let asked = facts.requested.iter().find(|(id, _)| *id == item.id);
            match asked {
                None | Some((_, 0)) => return Ok(Vec::new()),
                Some((_, count)) => {
                    let counted = FeeFacts {
                        copies: Some(*count),
                        ..facts.clone()
                    };
                    parts(&item.rule, own, &counted)?
                }
            }
        }
    };
    let touched = relief.filter(|x| x.items.is_empty() || x.items.contains(&item.id));
    parts
        .into_iter()
        .map(|part| line(item, part, touched).ok_or(Gap::NotANumber))
        .collect()
}

fn line(item: &FeeItem, (note, count, each): Part, relief: Option<&Exemption>) -> Option<FeeLine> {
    let full = each.minor.checked_mul(i64::from(count))?;
    if each.minor < 0 {
        return None;
    }
    let relief = relief.filter(|_| full > 0);
    let (note, minor) = match relief {
        None => (note, full),
        Some(x) => {
            let left = full.checked_mul(i64::from(100u8.checked_sub(x.percent)?))?;
            let even = left.checked_rem(100)? == 0;
            (
                LineNote::Exempt { percent: x.percent },
                even.then_some(left / 100)?,
            )
        }
    };
    Some(FeeLine {
        item: item.id.clone(),
        label: item.label.clone(),
        note,
        count,
        each,
        amount: Money { minor, ..each },
    })
}

fn parts(rule: &FeeRule, own: Option<&FeeRule>, facts: &FeeFacts<'_>) -> Result<Vec<Part>, Gap> {
    if let FeeRule::OnTime {
        within_days, late, ..
    } = rule
    {
        return on_time(*within_days, own.unwrap_or(late), facts);
    }
    plain_parts(own.unwrap_or(rule), facts)
}

/// A report in time is free whatever the office charges for a late one.
fn on_time(within_days: u16, late: &FeeRule, facts: &FeeFacts<'_>) -> Result<Vec<Part>, Gap> {
    let event = facts.event.ok_or(Gap::EventDate)?;
    let last = event.saturating_add(i64::from(within_days).days());
    if facts.filed <= last {
        return Ok(vec![(LineNote::InTime, 1, Money::vnd(0))]);
    }
    let mut parts = plain_parts(late, facts)?;
    for (note, ..) in &mut parts {
        *note = LineNote::Late;
    }
    Ok(parts)
}

fn plain_parts(rule: &FeeRule, facts: &FeeFacts<'_>) -> Result<Vec<Part>, Gap> {
    let plain = |count: u32, each: Money| Ok(vec![(LineNote::Plain, count, each)]);
    match rule {
        FeeRule::Free => Ok(vec![(LineNote::Free, 1, Money::vnd(0))]),
        FeeRule::Flat { amount } => plain(1, *amount),
        FeeRule::PerCopy { amount } => plain(facts.copies.ok_or(Gap::Copies)?, *amount),
        FeeRule::PerPerson { amount } => plain(facts.persons.ok_or(Gap::Persons)?, *amount),
        FeeRule::PerCase { amount } => plain(facts.matters.ok_or(Gap::Matters)?, *amount),
        FeeRule::PerPage { steps, cap } => {
            let pages = facts.pages.ok_or(Gap::Pages)?;
            per_page(steps, *cap, pages, facts.copies.ok_or(Gap::Copies)?)
        }
        FeeRule::SetByProvince => Err(Gap::SetByProvince),
        // A late fee that is again free in time makes no sense and is not guessed at.
        FeeRule::OnTime { .. } | FeeRule::Unstated => Err(Gap::Unstated),
    }
}

fn per_page(
    steps: &[PageStep],
    cap: Option<Money>,
    pages: u32,
    copies: u32,
) -> Result<Vec<Part>, Gap> {
    let mut parts: Vec<Part> = Vec::new();
    let mut one_copy: i64 = 0;
    for (at, step) in steps.iter().enumerate() {
        let last = steps
            .get(at + 1)
            .map_or(pages, |next| pages.min(next.from_page.saturating_sub(1)));
        if step.from_page == 0 || step.from_page > last {
            continue;
        }
        let many = last - step.from_page + 1;
        let cost = step.each.minor.checked_mul(i64::from(many));
        one_copy = cost
            .and_then(|cost| one_copy.checked_add(cost))
            .ok_or(Gap::NotANumber)?;
        let count = many.checked_mul(copies).ok_or(Gap::NotANumber)?;
        let note = LineNote::Pages {
            from: step.from_page,
            to: last,
        };
        parts.push((note, count, step.each));
    }
    match cap {
        Some(cap) if one_copy > cap.minor => Ok(vec![(LineNote::Capped, copies, cap)]),
        _ => Ok(parts),
    }
}
