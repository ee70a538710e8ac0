//! What a filing costs, as a table of facts, and what is said when that cannot be known.

use jiff::civil::Date;
use onedoor_domain::fee::{
    Channel, Exemption, FeeAmount, FeeFacts, FeeItem, FeePaid, FeeRule, FeeSchedule, Gap, LineNote,
    PageStep, Tariff,
};
use onedoor_domain::money::{Currency, Money};
use onedoor_domain::procedure::Bilingual;
use proptest::prelude::*;

use crate::fixture::day;

pub fn label(vi: &str) -> Bilingual {
    Bilingual {
        vi: vi.to_owned(),
        en: None,
    }
}

fn today() -> Date {
    day("2026-11-23")
}

fn facts() -> FeeFacts<'static> {
    FeeFacts::at_counter(today())
}

pub fn single(rule: FeeRule) -> FeeSchedule {
    FeeSchedule::single(label("Lệ phí"), rule)
}

pub fn flat(dong: i64) -> FeeRule {
    FeeRule::Flat {
        amount: Money::vnd(dong),
    }
}

pub fn usd(cents: i64) -> Money {
    Money {
        minor: cents,
        currency: Currency::Usd,
    }
}

pub fn certified_copies() -> FeeSchedule {
    let each = |from_page, dong| PageStep {
        from_page,
        each: Money::vnd(dong),
    };
    single(FeeRule::PerPage {
        steps: vec![each(1, 2_000), each(3, 1_000)],
        cap: Some(Money::vnd(200_000)),
    })
}

pub fn birth_registration() -> FeeSchedule {
    let mut fees = single(FeeRule::OnTime {
        within_days: 60,
        event: Some("born".to_owned()),
        late: Box::new(FeeRule::SetByProvince),
    });
    fees.items.push(FeeItem {
        paid: FeePaid::OnRequest,
        ..FeeItem::new(
            "f2",
            label("Bản sao trích lục"),
            FeeRule::PerCopy {
                amount: Money::vnd(8_000),
            },
        )
    });
    fees
}

fn total(fees: &FeeSchedule, facts: &FeeFacts<'_>) -> Option<i64> {
    match fees.sum("1", facts, &Tariff::default()).total {
        FeeAmount::Known(money) => Some(money.minor),
        FeeAmount::Unknown => None,
    }
}

fn gaps(fees: &FeeSchedule, facts: &FeeFacts<'_>, tariff: &Tariff) -> Vec<Gap> {
    let sum = fees.sum("1", facts, tariff);
    assert_eq!(
        sum.total == FeeAmount::Unknown,
        !sum.gaps.is_empty(),
        "a sum is unknown exactly when something is missing, and the page says what"
    );
    sum.gaps.into_iter().map(|gap| gap.why).collect()
}

#[test]
fn certified_copies_cost_by_the_page_up_to_a_cap() {
    let table = [
        (1, 1, 2_000, "one page"),
        (2, 1, 4_000, "two pages"),
        (3, 1, 5_000, "from the third page 1.000 đ"),
        (4, 1, 6_000, "each further page 1.000 đ"),
        (3, 5, 25_000, "five copies of three pages"),
        (198, 1, 200_000, "exactly the cap: 4.000 + 196.000"),
        (199, 1, 200_000, "one page beyond the cap"),
        (500, 1, 200_000, "far beyond the cap"),
        (500, 3, 600_000, "the cap is for each copy, not for all"),
        (0, 1, 0, "nothing was copied"),
        (3, 0, 0, "no copy was asked for"),
    ];
    for (pages, copies, expected, why) in table {
        let facts = FeeFacts {
            pages: Some(pages),
            copies: Some(copies),
            ..facts()
        };
        assert_eq!(total(&certified_copies(), &facts), Some(expected), "{why}");
    }
}

#[test]
fn the_lines_of_certified_copies_show_how_the_sum_came_about() {
    let facts = FeeFacts {
        pages: Some(5),
        copies: Some(2),
        ..facts()
    };
    let sum = certified_copies().sum("2.000815", &facts, &Tariff::default());
    let lines: Vec<_> = sum
        .lines
        .iter()
        .map(|line| (line.note, line.count, line.each.minor, line.amount.minor))
        .collect();
    assert_eq!(
        lines,
        [
            (LineNote::Pages { from: 1, to: 2 }, 4, 2_000, 8_000),
            (LineNote::Pages { from: 3, to: 5 }, 6, 1_000, 6_000),
        ]
    );
    let capped = FeeFacts {
        pages: Some(900),
        ..facts
    };
    let sum = certified_copies().sum("2.000815", &capped, &Tariff::default());
    assert_eq!(sum.lines.len(), 1, "a capped copy has one price, no pages");
    assert_eq!(sum.lines[0].note, LineNote::Capped);
    let at_the_cap = FeeFacts {
        pages: Some(198),
        ..capped
    };
    let sum = certified_copies().sum("2.000815", &at_the_cap, &Tariff::default());
    assert_eq!(
        sum.lines.len(),
        2,
        "what costs just as much as the cap is still told page by page"
    );
}

#[test]
fn plain_rules_multiply_what_they_count() {
    let amount = Money::vnd(10_000);
    let table = [
        (FeeRule::Free, facts(), Some(0)),
        (flat(50_000), facts(), Some(50_000)),
        (
            FeeRule::PerCopy { amount },
            FeeFacts {
                copies: Some(3),
                ..facts()
            },
            Some(30_000),
        ),
        (
            FeeRule::PerPerson { amount },
            FeeFacts {
                persons: Some(4),
                ..facts()
            },
            Some(40_000),
        ),
        (
            FeeRule::PerCase { amount },
            FeeFacts {
                matters: Some(2),
                ..facts()
            },
            Some(20_000),
        ),
        (FeeRule::PerCopy { amount }, facts(), None),
        (FeeRule::PerPerson { amount }, facts(), None),
        (FeeRule::PerCase { amount }, facts(), None),
        (FeeRule::SetByProvince, facts(), None),
        (FeeRule::Unstated, facts(), None),
    ];
    for (rule, facts, expected) in table {
        let shown = format!("{rule:?}");
        assert_eq!(total(&single(rule), &facts), expected, "{shown}");
    }
}

#[test]
fn what_is_missing_is_named() {
    let amount = Money::vnd(1);
    let some = FeeFacts {
        copies: Some(1),
        ..facts()
    };
    let table = [
        (single(FeeRule::PerCopy { amount }), facts(), Gap::Copies),
        (single(FeeRule::PerPerson { amount }), facts(), Gap::Persons),
        (single(FeeRule::PerCase { amount }), facts(), Gap::Matters),
        (certified_copies(), some, Gap::Pages),
        (birth_registration(), facts(), Gap::EventDate),
        (single(FeeRule::SetByProvince), facts(), Gap::SetByProvince),
        (single(FeeRule::Unstated), facts(), Gap::Unstated),
        (FeeSchedule::unstated(), facts(), Gap::Unstated),
    ];
    for (fees, facts, expected) in table {
        assert_eq!(gaps(&fees, &facts, &Tariff::default()), [expected]);
    }
}

#[test]
fn a_birth_reported_in_time_is_free_and_a_late_one_costs_what_the_province_says() {
    let mut tariff = Tariff::default();
    tariff.set("1", "f1", flat(15_000));
    let table = [
        ("2026-11-23", 0, "born today"),
        ("2026-09-24", 0, "the sixtieth day is still in time"),
        ("2026-09-23", 15_000, "the sixty-first day is late"),
        ("1999-01-01", 15_000, "never reported"),
        (
            "2026-12-24",
            0,
            "a date in the future is the page's concern, not a fee",
        ),
    ];
    for (born, expected, why) in table {
        let facts = FeeFacts {
            event: Some(day(born)),
            ..facts()
        };
        let sum = birth_registration().sum("1", &facts, &tariff);
        assert_eq!(sum.total, FeeAmount::Known(Money::vnd(expected)), "{why}");
        let note = if expected == 0 {
            LineNote::InTime
        } else {
            LineNote::Late
        };
        assert_eq!(sum.lines[0].note, note, "{why}");
    }
    let late = FeeFacts {
        event: Some(day("1999-01-01")),
        ..facts()
    };
    assert_eq!(
        gaps(&birth_registration(), &late, &Tariff::default()),
        [Gap::SetByProvince],
        "0 đ by default would be wrong"
    );
    assert_eq!(birth_registration().event_field(), Some("born"));
}

#[test]
fn what_is_asked_for_beside_a_free_registration_is_paid() {
    let facts = FeeFacts {
        event: Some(today()),
        requested: vec![("f2", 3)],
        copies: Some(9),
        ..facts()
    };
    assert_eq!(
        total(&birth_registration(), &facts),
        Some(24_000),
        "three extracts; the copies of something else do not matter"
    );
    let none = FeeFacts {
        requested: vec![("f2", 0)],
        ..facts
    };
    assert_eq!(total(&birth_registration(), &none), Some(0));
}

#[test]
fn the_channel_decides_between_two_prices() {
    let on = |id: &str, channels: &[Channel], dong| FeeItem {
        channels: channels.to_vec(),
        ..FeeItem::new(id, label("Lệ phí cư trú"), flat(dong))
    };
    let fees = FeeSchedule {
        items: vec![
            on("f1", &[Channel::Counter, Channel::Post], 20_000),
            on("f2", &[Channel::Online], 10_000),
        ],
        exemptions: vec![],
    };
    for (channel, expected) in [
        (Channel::Counter, 20_000),
        (Channel::Post, 20_000),
        (Channel::Online, 10_000),
    ] {
        let facts = FeeFacts { channel, ..facts() };
        assert_eq!(total(&fees, &facts), Some(expected), "{channel:?}");
    }
    let online_only = FeeSchedule {
        items: vec![on("f2", &[Channel::Online], 10_000)],
        exemptions: vec![],
    };
    assert_eq!(
        gaps(&online_only, &facts(), &Tariff::default()),
        [Gap::Unstated],
        "what nobody wrote down for the counter is not free there"
    );
}

#[test]
fn the_case_decides_what_a_visa_costs() {
    let visa = |id: &str, case: &str, cents| FeeItem {
        case: Some(case.to_owned()),
        ..FeeItem::new(id, label("Thị thực"), FeeRule::Flat { amount: usd(cents) })
    };
    let fees = FeeSchedule {
        items: vec![visa("f1", "single", 2_500), visa("f2", "multiple", 5_000)],
        exemptions: vec![],
    };
    for (case, cents) in [("single", 2_500), ("multiple", 5_000)] {
        let facts = FeeFacts {
            cases: vec![case],
            ..facts()
        };
        let sum = fees.sum("1", &facts, &Tariff::default());
        assert_eq!(sum.total, FeeAmount::Known(usd(cents)), "{case}");
    }
    assert_eq!(
        gaps(&fees, &facts(), &Tariff::default()),
        [Gap::Unstated],
        "no case chosen, no price"
    );
}

#[test]
fn a_ground_for_paying_less_takes_its_part() {
    let mut fees = single(flat(20_000));
    fees.items
        .push(FeeItem::new("f2", label("Phí khác"), flat(6_000)));
    let ground = |id: &str, items: &[&str], percent| Exemption {
        id: id.to_owned(),
        ground: label("Hộ nghèo"),
        items: items.iter().map(|item| (*item).to_owned()).collect(),
        percent,
    };
    fees.exemptions = vec![
        ground("all", &[], 100),
        ground("first", &["f1"], 100),
        ground("half", &["f1"], 50),
        ground("third", &["f2"], 33),
    ];
    let table = [
        (None, Some(26_000), "no ground"),
        (Some("all"), Some(0), "everything is taken away"),
        (Some("first"), Some(6_000), "only the fee that it names"),
        (Some("half"), Some(16_000), "half of it"),
        (
            Some("third"),
            Some(24_020),
            "67 percent of 6.000 come out even",
        ),
        (
            Some("nothing such"),
            Some(26_000),
            "a ground that the procedure does not know",
        ),
    ];
    for (exemption, expected, why) in table {
        let facts = FeeFacts {
            exemption,
            ..facts()
        };
        assert_eq!(total(&fees, &facts), expected, "{why}");
    }
    let odd = FeeSchedule {
        exemptions: vec![ground("half", &[], 50)],
        ..single(flat(25_001))
    };
    let half = FeeFacts {
        exemption: Some("half"),
        ..facts()
    };
    assert_eq!(
        gaps(&odd, &half, &Tariff::default()),
        [Gap::NotANumber],
        "12.500,5 đ cannot be paid and is not rounded silently"
    );
}

#[test]
fn the_office_s_own_price_wins_over_the_catalogue_s() {
    let mut tariff = Tariff::default();
    tariff.set("1", "f1", flat(5_000));
    tariff.set("1", "f1", flat(7_000));
    tariff.set("other", "f1", flat(1));
    let sum = single(flat(15_000)).sum("1", &facts(), &tariff);
    assert_eq!(
        sum.total,
        FeeAmount::Known(Money::vnd(7_000)),
        "the portal contradicts itself; the office decides, and its last word counts"
    );
}

#[test]
fn a_number_that_cannot_be_right_is_never_shown() {
    let two = FeeFacts {
        copies: Some(2),
        pages: Some(u32::MAX),
        ..facts()
    };
    let huge = |minor| FeeRule::PerCopy {
        amount: Money::vnd(minor),
    };
    let mut mixed = single(flat(1));
    mixed.items.push(FeeItem::new(
        "f2",
        label("Phí"),
        FeeRule::Flat { amount: usd(1) },
    ));
    let mut sum_too_large = single(flat(i64::MAX));
    sum_too_large
        .items
        .push(FeeItem::new("f2", label("Phí"), flat(1)));
    let pages = single(FeeRule::PerPage {
        steps: vec![PageStep {
            from_page: 1,
            each: Money::vnd(i64::MAX),
        }],
        cap: None,
    });
    let table = [
        (
            single(huge(i64::MAX)),
            Gap::NotANumber,
            "too large for the type",
        ),
        (single(huge(-8_000)), Gap::NotANumber, "below zero"),
        (mixed, Gap::TwoCurrencies, "đồng and dollars have no sum"),
        (
            sum_too_large,
            Gap::NotANumber,
            "the lines are right, their sum is not",
        ),
        (pages, Gap::NotANumber, "as many pages as a number can hold"),
    ];
    for (fees, expected, why) in table {
        assert_eq!(gaps(&fees, &two, &Tariff::default()), [expected], "{why}");
    }
}

#[test]
fn a_free_line_beside_dollars_is_no_second_currency() {
    let mut fees = single(FeeRule::Free);
    fees.items.push(FeeItem::new(
        "f2",
        label("Phí"),
        FeeRule::Flat { amount: usd(1_000) },
    ));
    let sum = fees.sum("1", &facts(), &Tariff::default());
    assert_eq!(sum.total, FeeAmount::Known(usd(1_000)));
}

proptest! {
    #[test]
    fn the_lines_add_up_to_the_total(pages in 0u32..2_000, copies in 0u32..2_000) {
        let facts = FeeFacts { pages: Some(pages), copies: Some(copies), ..facts() };
        let sum = certified_copies().sum("1", &facts, &Tariff::default());
        for line in &sum.lines {
            prop_assert_eq!(line.each.minor * i64::from(line.count), line.amount.minor);
        }
        let added: i64 = sum.lines.iter().map(|line| line.amount.minor).sum();
        prop_assert_eq!(sum.total, FeeAmount::Known(Money::vnd(added)));
        prop_assert!(added <= 200_000 * i64::from(copies), "no copy costs more than the cap");
    }

    #[test]
    fn another_page_never_makes_a_copy_cheaper(pages in 0u32..400) {
        let at = |pages| total(&certified_copies(), &FeeFacts { pages: Some(pages), copies: Some(1), ..facts() });
        prop_assert!(at(pages) <= at(pages + 1));
    }
}
