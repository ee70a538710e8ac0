//! Fee schedules that cannot be right, refused before they reach a catalogue.

use onedoor_domain::fee::{Exemption, FeeProblem, FeeRule, FeeSchedule, PageStep};
use onedoor_domain::money::Money;

use crate::fee::{birth_registration, certified_copies, flat, label, single, usd};

#[test]
fn a_schedule_that_cannot_be_right_is_refused_by_name() {
    let f1 = || "f1".to_owned();
    let steps = |froms: &[u32], dong| {
        single(FeeRule::PerPage {
            steps: froms
                .iter()
                .map(|from_page| PageStep {
                    from_page: *from_page,
                    each: Money::vnd(dong),
                })
                .collect(),
            cap: Some(Money::vnd(1)),
        })
    };
    let mut twice = single(FeeRule::Free);
    twice.items.push(twice.items[0].clone());
    let exempt = |items: &[&str], percent| FeeSchedule {
        exemptions: vec![Exemption {
            id: "x1".to_owned(),
            ground: label("Hộ nghèo"),
            items: items.iter().map(|i| (*i).to_owned()).collect(),
            percent,
        }],
        ..single(flat(1))
    };
    let late = |late| {
        single(FeeRule::OnTime {
            within_days: 60,
            event: None,
            late: Box::new(late),
        })
    };
    let dollars = single(FeeRule::PerPage {
        steps: vec![PageStep {
            from_page: 1,
            each: usd(1),
        }],
        cap: Some(Money::vnd(1)),
    });
    let x1 = || "x1".to_owned();
    let table = [
        (single(flat(-1)), vec![FeeProblem::BelowZero { item: f1() }]),
        (late(flat(-1)), vec![FeeProblem::BelowZero { item: f1() }]),
        (
            steps(&[1, 3], -1),
            vec![FeeProblem::BelowZero { item: f1() }],
        ),
        (steps(&[2, 3], 1), vec![FeeProblem::Steps { item: f1() }]),
        (steps(&[1, 1], 1), vec![FeeProblem::Steps { item: f1() }]),
        (steps(&[], 1), vec![FeeProblem::Steps { item: f1() }]),
        (dollars, vec![FeeProblem::Currencies { item: f1() }]),
        (twice, vec![FeeProblem::TwiceId { item: f1() }]),
        (
            late(FeeRule::OnTime {
                within_days: 1,
                event: None,
                late: Box::new(FeeRule::Free),
            }),
            vec![FeeProblem::LateInTime { item: f1() }],
        ),
        (
            exempt(&[], 101),
            vec![FeeProblem::Percent { exemption: x1() }],
        ),
        (
            exempt(&[], 0),
            vec![FeeProblem::Percent { exemption: x1() }],
        ),
        (
            exempt(&["f9"], 50),
            vec![FeeProblem::UnknownItem {
                exemption: x1(),
                item: "f9".to_owned(),
            }],
        ),
        (certified_copies(), vec![]),
        (birth_registration(), vec![]),
        (exempt(&["f1"], 100), vec![]),
    ];
    for (fees, expected) in table {
        assert_eq!(fees.problems(), expected, "{fees:?}");
    }
}
