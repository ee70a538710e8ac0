//! What a filing costs, from what was typed: the facts, the sum line by line, and how line and screen keep it.
//! Not here: the rules (domain), and the words for what is missing (the screen).

use crate::{
    dto::*,
    error::{DeskError, Result},
    notes::note,
    views::{money, text2},
};
use jiff::civil::Date;
use onedoor_catalogue::tariff::OfficeTariff;
use onedoor_domain::{
    fee::{Channel, FeeAmount, FeeFacts, FeeGap, FeeLine, FeeRule, FeeSum, Gap, LineNote},
    fields::{self, FieldValue},
    money::{Currency, Money},
    procedure::{Bilingual, Procedure},
};
use onedoor_protocol::journal::{FeeLineRecord, FeeRecord};

/// More pages, persons or copies than this are a slip of the finger.
const MOST: u32 = 99_999;
/// The most that can be typed as an amount: a hundred thousand million đồng.
const MOST_MONEY: i64 = 100_000_000_000;

/// What the office charges on a day.
pub(crate) struct Charges<'r> {
    pub tariff: &'r OfficeTariff,
    /// What a mission takes fees in; none at home.
    pub currency: Option<Currency>,
    /// The day for which a rate must hold.
    pub day: Date,
}

impl Charges<'_> {
    /// The amount in the money that is taken; as it is where the office names no rate.
    fn taken(&self, amount: Money) -> Money {
        let rate = self
            .currency
            .and_then(|to| self.tariff.rate(amount.currency, to, self.day));
        rate.and_then(|rate| rate.apply(amount)).unwrap_or(amount)
    }

    /// The sum in the money that is taken: line by line, so that the lines are what is added up.
    fn converted(&self, mut sum: FeeSum) -> FeeSum {
        if self.currency.is_none() {
            return sum;
        }
        for line in &mut sum.lines {
            line.each = self.taken(line.each);
            line.amount = self.taken(line.amount);
        }
        // Amounts in two currencies may have become one money.
        sum.gaps.retain(|gap| gap.why != Gap::TwoCurrencies);
        with_total(sum)
    }

    /// The rule of a fee: the office's own where it has one.
    fn principal<'p>(&'p self, procedure: &'p Procedure) -> &'p FeeRule {
        let rule = procedure.fees.principal();
        let first = procedure.fees.items.first();
        let own = first.and_then(|item| self.tariff.tariff().rule(&procedure.code, &item.id));
        match (rule, own) {
            (FeeRule::OnTime { .. }, _) | (_, None) => rule,
            (_, Some(own)) => own,
        }
    }
}

/// The fee of one filing, with what is wrong in what was typed for it.
pub(crate) struct Fee {
    kind: FeeKind,
    each: Option<Money>,
    sum: FeeSum,
    /// The ground that was chosen, in the law's words.
    exemption: Option<String>,
    /// The money in which the office takes its fees.
    currency: Currency,
    pub problems: Vec<FieldNote>,
}

/// What the fee of a filing comes to: `copies` as checked, everything else as typed.
pub(crate) fn of_filing(
    procedure: &Procedure,
    values: &DraftValues,
    copies: u32,
    (charges, today): (&Charges<'_>, Date),
) -> Fee {
    let mut problems = Vec::new();
    let typed = &values.fee;
    let mut count =
        |field: &str, typed: &str| counted(&format!("fee.{field}"), typed, &mut problems);
    let pages = count("pages", &typed.pages);
    let persons = count("persons", &typed.persons);
    // A filing is one case where nobody says otherwise.
    let matters = count("matters", &typed.matters).or(Some(1));
    let requested: Vec<(&str, u32)> = typed
        .requested
        .iter()
        .filter_map(|(id, typed)| Some((id.as_str(), count(&format!("requested.{id}"), typed)?)))
        .collect();
    let exemption = procedure
        .fees
        .exemptions
        .iter()
        .find(|known| known.id == typed.exemption);
    if exemption.is_none() && !typed.exemption.is_empty() {
        problems.push(note("fee.exemption", "not_a_choice", []));
    }
    let facts = FeeFacts {
        channel: Channel::Counter,
        cases: values.cases.iter().map(String::as_str).collect(),
        copies: Some(copies.max(1)),
        pages,
        persons,
        matters,
        event: event(procedure, values, today),
        filed: charges.day,
        requested,
        exemption: exemption.map(|known| known.id.as_str()),
    };
    let sum = procedure
        .fees
        .sum(&procedure.code, &facts, charges.tariff.tariff());
    let currency = charges.currency.unwrap_or(Currency::Vnd);
    let amount = amount(&typed.amount, currency, &mut problems);
    let (kind, each) = kind(procedure, charges);
    Fee {
        kind,
        each,
        sum: with_typed(charges.converted(sum), amount, procedure),
        exemption: exemption.map(|known| known.ground.vi.clone()),
        currency,
        problems,
    }
}

/// The fee before anything was typed: what the procedure alone tells.
pub(crate) fn of_procedure(procedure: &Procedure, charges: &Charges<'_>) -> FeeView {
    let (kind, each) = kind(procedure, charges);
    let known = procedure.fees.items.iter().all(|item| {
        item.paid == onedoor_domain::fee::FeePaid::OnRequest
            || (item.case.is_none() && {
                let own = charges.tariff.tariff().rule(&procedure.code, &item.id);
                let rule = match &item.rule {
                    rule @ FeeRule::OnTime { .. } => rule,
                    rule => own.unwrap_or(rule),
                };
                matches!(rule, FeeRule::Flat { .. } | FeeRule::Free)
            })
    });
    let sum = procedure.fees.sum(
        &procedure.code,
        &FeeFacts::at_counter(procedure.from),
        charges.tariff.tariff(),
    );
    Fee {
        kind,
        each,
        sum: match known {
            true => charges.converted(sum),
            false => FeeSum {
                lines: Vec::new(),
                gaps: Vec::new(),
                total: FeeAmount::Unknown,
            },
        },
        exemption: None,
        currency: charges.currency.unwrap_or(Currency::Vnd),
        problems: Vec::new(),
    }
    .view()
}

fn kind(procedure: &Procedure, charges: &Charges<'_>) -> (FeeKind, Option<Money>) {
    match charges.principal(procedure) {
        FeeRule::Free => (FeeKind::Free, None),
        FeeRule::PerCopy { amount } => (FeeKind::PerCopy, Some(charges.taken(*amount))),
        FeeRule::Flat { .. }
        | FeeRule::PerCase { .. }
        | FeeRule::PerPerson { .. }
        | FeeRule::PerPage { .. } => (FeeKind::Flat, None),
        FeeRule::OnTime { .. } => (FeeKind::OnTime, None),
        FeeRule::SetByProvince => (FeeKind::SetByProvince, None),
        FeeRule::Unstated => (FeeKind::Unstated, None),
    }
}

/// A count as typed; none where nothing was typed, or something that is no count.
fn counted(field: &str, typed: &str, problems: &mut Vec<FieldNote>) -> Option<u32> {
    let typed = typed.trim();
    if typed.is_empty() {
        return None;
    }
    let count = typed.parse::<i64>();
    match count.map(u32::try_from) {
        Ok(Ok(count)) if count <= MOST => Some(count),
        Ok(_) => {
            let ends = [("min", "0".to_string()), ("max", MOST.to_string())];
            problems.push(note(field, "number_range", ends));
            None
        }
        Err(_) => {
            problems.push(note(field, "not_a_number", []));
            None
        }
    }
}

/// Whole đồng, with or without the dots of thousands; other money with or without its cents.
fn amount(typed: &str, currency: Currency, problems: &mut Vec<FieldNote>) -> Option<Money> {
    let typed = typed.trim().trim_end_matches(['đ', 'Đ', '₫']).trim_end();
    let typed = typed.trim_end_matches(currency.as_str()).trim_end();
    if typed.is_empty() {
        return None;
    }
    if currency != Currency::Vnd {
        return coins(typed, currency, problems);
    }
    let groups: Vec<&str> = typed.trim_start_matches('-').split('.').collect();
    let grouped = groups.iter().skip(1).all(|group| group.len() == 3);
    let digits = groups
        .iter()
        .all(|group| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit()));
    if !grouped || !digits {
        problems.push(note("fee.amount", "not_a_number", []));
        return None;
    }
    let minor: Option<i64> = groups.concat().parse().ok();
    let minor = minor.filter(|minor| *minor <= MOST_MONEY && !typed.starts_with('-'));
    if minor.is_none() {
        let ends = [("min", "0".to_string()), ("max", MOST_MONEY.to_string())];
        problems.push(note("fee.amount", "number_range", ends));
    }
    minor.map(Money::vnd)
}

/// An amount as typed where one must stand, in minor units.
pub(crate) fn typed_amount(typed: &str, currency: Currency) -> Result<i64> {
    let wrong = || DeskError::new(ErrorCode::AmountWrong);
    let read = amount(typed, currency, &mut Vec::new()).ok_or_else(wrong)?;
    Ok(read.minor)
}

/// Dollars and cents, with a comma or a point between.
fn coins(typed: &str, currency: Currency, problems: &mut Vec<FieldNote>) -> Option<Money> {
    let (whole, cents) = typed.split_once([',', '.']).unwrap_or((typed, ""));
    let digits = usize::from(currency.digits());
    let figures = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let negative = whole.starts_with('-');
    let whole = whole.trim_start_matches('-');
    if whole.is_empty() || cents.len() > digits || !figures(whole) || !figures(cents) {
        problems.push(note("fee.amount", "not_a_number", []));
        return None;
    }
    let minor: Option<i64> = format!("{whole}{cents:0<digits$}").parse().ok();
    let minor = minor.filter(|minor| *minor <= MOST_MONEY && !negative);
    if minor.is_none() {
        let ends = [("min", "0".to_string()), ("max", MOST_MONEY.to_string())];
        problems.push(note("fee.amount", "number_range", ends));
    }
    minor.map(|minor| Money { minor, currency })
}

/// The day of the event that is reported, from the own field that holds it.
fn event(procedure: &Procedure, values: &DraftValues, today: Date) -> Option<Date> {
    let id = procedure.fees.event_field()?;
    let spec = procedure.fields.iter().find(|field| field.id == id)?;
    let typed: fields::Typed = values.fields.clone();
    match fields::check(spec, &typed, today).ok()?? {
        FieldValue::Date(day) => Some(day),
        FieldValue::Birth(onedoor_domain::identity::Birth::Day(day)) => Some(day),
        _ => None,
    }
}

/// A typed amount stands for the fees that the rules leave to the province or to a person; what is known stays.
fn with_typed(mut sum: FeeSum, typed: Option<Money>, procedure: &Procedure) -> FeeSum {
    let Some(typed) = typed else {
        return sum;
    };
    let is_open = |why: Gap| matches!(why, Gap::SetByProvince | Gap::Unstated);
    let Some(first) = sum.gaps.iter().find(|gap| is_open(gap.why)) else {
        return sum;
    };
    let item = procedure
        .fees
        .items
        .iter()
        .find(|item| item.id == first.item);
    sum.lines.push(FeeLine {
        item: first.item.clone(),
        label: item.map_or_else(any_fee, |item| item.label.clone()),
        note: LineNote::Plain,
        count: 1,
        each: typed,
        amount: typed,
    });
    sum.gaps.retain(|gap| !is_open(gap.why));
    with_total(sum)
}

/// The sum of the lines as they are now; a line of nothing counts in any money.
fn with_total(mut sum: FeeSum) -> FeeSum {
    let paid = || sum.lines.iter().filter(|line| line.amount.minor != 0);
    let first = paid().next().or(sum.lines.last());
    let currency = first.map_or(Currency::Vnd, |line| line.amount.currency);
    let one_currency = paid().all(|line| line.amount.currency == currency);
    let total = paid().try_fold(0_i64, |total, line| total.checked_add(line.amount.minor));
    sum.total = match total {
        Some(minor) if sum.gaps.is_empty() && one_currency => {
            FeeAmount::Known(Money { minor, currency })
        }
        _ => FeeAmount::Unknown,
    };
    if !one_currency {
        sum.gaps.push(FeeGap {
            item: String::new(),
            why: Gap::TwoCurrencies,
        });
    }
    sum
}

fn any_fee() -> Bilingual {
    Bilingual {
        vi: "Phí, lệ phí".into(),
        en: Some("Fee".into()),
    }
}

impl Fee {
    fn total(&self) -> Option<Money> {
        match self.sum.total {
            FeeAmount::Known(amount) => Some(amount),
            FeeAmount::Unknown => None,
        }
    }

    /// As the page shows it.
    pub(crate) fn view(&self) -> FeeView {
        FeeView {
            kind: self.kind,
            amount: self.total().as_ref().map(money),
            each: self.each.as_ref().map(money),
            lines: self.sum.lines.iter().map(line_view).collect(),
            gaps: self.sum.gaps.iter().map(|gap| gap_name(gap.why)).collect(),
            currency: self.currency.as_str().to_string(),
        }
    }

    /// As the line keeps it. A fee that is free by its rule and yet comes to something is a plain amount.
    pub(crate) fn record(&self) -> FeeRecord {
        let total = self.total();
        let paid = total.is_some_and(|amount| amount.minor != 0);
        let kind = match self.kind {
            FeeKind::Free | FeeKind::OnTime if paid => FeeKind::Flat,
            kind => kind,
        };
        let one_rule = self.sum.lines.len() < 2 && self.exemption.is_none();
        let lines = self.sum.lines.iter().filter(|_| !one_rule);
        FeeRecord {
            kind: kind_name(kind).to_string(),
            currency: total
                .map_or(self.currency, |amount| amount.currency)
                .as_str()
                .to_string(),
            amount: total.map(|amount| amount.minor.to_string()),
            lines: lines
                .map(|line| FeeLineRecord {
                    label: line.label.vi.clone(),
                    count: line.count,
                    amount: line.amount.minor.to_string(),
                })
                .collect(),
            exemption: self.exemption.clone().unwrap_or_default(),
        }
    }
}

/// Without a procedure, for the preview only, nothing is said of a fee but that there is none yet.
pub(crate) fn no_record() -> FeeRecord {
    FeeRecord {
        kind: kind_name(FeeKind::Free).to_string(),
        currency: Currency::Vnd.as_str().to_string(),
        amount: Some("0".to_string()),
        lines: Vec::new(),
        exemption: String::new(),
    }
}

/// As it was promised, from the line alone.
pub(crate) fn of_record(record: &FeeRecord) -> FeeView {
    let currency = Currency::parse(&record.currency).unwrap_or(Currency::Vnd);
    let sum = |minor: &String| {
        let minor = minor.parse().ok()?;
        Some(money(&Money { minor, currency }))
    };
    let line = |line: &FeeLineRecord| FeeLineView {
        label: Text2 {
            vi: line.label.clone(),
            en: None,
        },
        count: line.count,
        amount: sum(&line.amount),
        note: "plain".into(),
    };
    FeeView {
        kind: kind_of(&record.kind),
        amount: record.amount.as_ref().and_then(sum),
        each: None,
        lines: record.lines.iter().map(line).collect(),
        gaps: Vec::new(),
        currency: currency.as_str().to_string(),
    }
}

fn kind_name(kind: FeeKind) -> &'static str {
    match kind {
        FeeKind::Free => "free",
        FeeKind::PerCopy => "per_copy",
        FeeKind::Flat => "flat",
        FeeKind::OnTime => "on_time",
        FeeKind::SetByProvince => "set_by_province",
        FeeKind::Unstated => "unstated",
    }
}

fn kind_of(name: &str) -> FeeKind {
    match name {
        "free" => FeeKind::Free,
        "per_copy" => FeeKind::PerCopy,
        "flat" => FeeKind::Flat,
        "on_time" => FeeKind::OnTime,
        "set_by_province" => FeeKind::SetByProvince,
        _ => FeeKind::Unstated,
    }
}

fn line_view(line: &FeeLine) -> FeeLineView {
    FeeLineView {
        label: text2(&line.label),
        count: line.count,
        amount: Some(money(&line.amount)),
        note: match line.note {
            LineNote::Plain => "plain",
            LineNote::Free => "free",
            LineNote::InTime => "in_time",
            LineNote::Late => "late",
            LineNote::Pages { .. } => "pages",
            LineNote::Capped => "capped",
            LineNote::Exempt { .. } => "exempt",
        }
        .to_string(),
    }
}

fn gap_name(why: Gap) -> String {
    match why {
        Gap::SetByProvince => "set_by_province",
        Gap::Unstated => "unstated",
        Gap::EventDate => "event_date",
        Gap::Copies => "copies",
        Gap::Pages => "pages",
        Gap::Persons => "persons",
        Gap::Matters => "matters",
        Gap::NotANumber => "not_a_number",
        Gap::TwoCurrencies => "two_currencies",
    }
    .to_string()
}
