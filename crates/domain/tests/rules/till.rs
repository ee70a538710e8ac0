//! Money at the counter: accounts, what each act needs, change and notes.

use onedoor_domain::{
    money::{Currency, Money},
    till::{
        AccountState, NOTES, Payment, Refusal, Standing, Way, account, confirm, counted, notes,
        receipt_number, receipt_symbol, refund, take, void,
    },
};
use proptest::prelude::*;

fn cash(amount: i64) -> Payment {
    Payment {
        amount: Money::vnd(amount),
        way: Way::Cash,
        standing: Standing::Taken,
        refunded: 0,
        handed_in: false,
    }
}

fn transfer(amount: i64) -> Payment {
    Payment {
        way: Way::Transfer,
        standing: Standing::Unconfirmed,
        ..cash(amount)
    }
}

fn of(due: Option<i64>, payments: &[Payment]) -> onedoor_domain::till::Account {
    account(due.map(Money::vnd), Currency::Vnd, payments)
}

/// What is due, what was paid, where it stands, what is left.
type Case<'p> = (Option<i64>, &'p [Payment], AccountState, Option<i64>);

#[test]
fn an_account_says_in_one_word_where_it_stands() {
    let voided = Payment {
        standing: Standing::Voided,
        ..cash(8_000)
    };
    let back = Payment {
        refunded: 8_000,
        ..cash(8_000)
    };
    let table: [Case; 9] = [
        (Some(0), &[], AccountState::Free, Some(0)),
        (None, &[], AccountState::Unknown, None),
        (Some(8_000), &[], AccountState::Unpaid, Some(8_000)),
        (Some(8_000), &[cash(3_000)], AccountState::Part, Some(5_000)),
        (
            Some(8_000),
            &[transfer(8_000)],
            AccountState::Unconfirmed,
            Some(0),
        ),
        (Some(8_000), &[cash(8_000)], AccountState::Paid, Some(0)),
        (Some(8_000), &[voided], AccountState::Unpaid, Some(8_000)),
        (Some(8_000), &[back], AccountState::Unpaid, Some(8_000)),
        (None, &[cash(5_000)], AccountState::Paid, None),
    ];
    for (due, payments, state, left) in table {
        let found = of(due, payments);
        assert_eq!((found.state(), found.left), (state, left), "{payments:?}");
    }
}

#[test]
fn what_was_taken_in_another_money_pays_nothing_of_this_fee() {
    let dollars = Payment {
        amount: Money {
            minor: 8_000,
            currency: Currency::Usd,
        },
        ..cash(0)
    };
    assert_eq!(of(Some(8_000), &[dollars]).left, Some(8_000));
}

#[test]
fn taking_gives_the_change_or_says_why_not() {
    let open = of(Some(50_000), &[cash(20_000)]);
    assert_eq!(
        take(&open, 30_000, Way::Cash, Some(50_000)),
        Ok(Some(20_000))
    );
    assert_eq!(take(&open, 30_000, Way::Cash, None), Ok(None));
    assert_eq!(take(&open, 10_000, Way::Transfer, None), Ok(None), "a part");
    let table = [
        (0, None, Refusal::Amount),
        (-1, None, Refusal::Amount),
        (30_001, None, Refusal::MoreThanLeft { left: 30_000 }),
        (
            30_000,
            Some(20_000),
            Refusal::TooLittleGiven { short: 10_000 },
        ),
    ];
    for (amount, given, refusal) in table {
        assert_eq!(take(&open, amount, Way::Cash, given), Err(refusal));
    }
    let paid = of(Some(50_000), &[cash(50_000)]);
    let again = take(&paid, 1_000, Way::Cash, None);
    assert_eq!(again, Err(Refusal::NothingLeft), "nobody pays twice");
}

#[test]
fn a_mistake_is_voided_and_money_that_moved_on_goes_back_as_a_refund() {
    assert_eq!(void(&cash(8_000), "nhập nhầm"), Ok(()));
    assert_eq!(void(&cash(8_000), " "), Err(Refusal::Reason));
    let handed_in = Payment {
        handed_in: true,
        ..cash(8_000)
    };
    assert_eq!(void(&handed_in, "nhầm"), Err(Refusal::HandedIn));
    assert_eq!(refund(&handed_in, 8_000, "trả lại"), Ok(()));
    let part = Payment {
        refunded: 3_000,
        ..cash(8_000)
    };
    assert_eq!(void(&part, "nhầm"), Err(Refusal::RefundedBefore));
    let most = Refusal::MoreThanPaid { most: 5_000 };
    assert_eq!(refund(&part, 5_001, "trả lại"), Err(most));
    assert_eq!(refund(&part, 5_000, ""), Err(Refusal::Reason));
    assert_eq!(refund(&part, 0, "trả lại"), Err(Refusal::Amount));
    let voided = Payment {
        standing: Standing::Voided,
        ..cash(8_000)
    };
    assert_eq!(void(&voided, "nhầm"), Err(Refusal::Voided));
    assert_eq!(refund(&voided, 1_000, "trả lại"), Err(Refusal::Voided));
}

#[test]
fn only_a_transfer_that_nobody_has_seen_is_confirmed_and_it_is_never_refunded() {
    assert_eq!(confirm(&transfer(8_000)), Ok(()));
    assert_eq!(confirm(&cash(8_000)), Err(Refusal::NotWaiting));
    let seen = Payment {
        standing: Standing::Taken,
        ..transfer(8_000)
    };
    assert_eq!(confirm(&seen), Err(Refusal::NotWaiting));
    let not_seen = refund(&transfer(8_000), 8_000, "trả lại");
    assert_eq!(not_seen, Err(Refusal::NotSeen));
}

#[test]
fn a_receipts_number_has_at_most_eight_digits_and_a_symbol_no_spaces() {
    assert_eq!(receipt_number(" 00000012 "), Some("00000012"));
    for wrong in ["", "0", "00000000", "123456789", "12a", "1 2", "-1", "१२"] {
        assert_eq!(receipt_number(wrong), None, "{wrong:?}");
    }
    assert_eq!(receipt_symbol(" 1C26TKV "), Some("1C26TKV"));
    assert_eq!(receipt_symbol("01/BLP"), Some("01/BLP"));
    for wrong in ["", " ", "AB 12", "ÂB", "ABCDEFGHIJKLMNOPQRSTU"] {
        assert_eq!(receipt_symbol(wrong), None, "{wrong:?}");
    }
}

#[test]
fn change_is_told_in_notes_and_what_no_note_pays_is_told_too() {
    assert_eq!(
        notes(192_000),
        (vec![(100_000, 1), (50_000, 1), (20_000, 2), (2_000, 1)], 0)
    );
    assert_eq!(notes(1_500), (vec![(1_000, 1)], 500));
    assert_eq!(notes(0), (vec![], 0));
    assert_eq!(notes(-5), (vec![], 0));
    assert_eq!(counted(&[(50_000, 2), (1_000, 3)]), Some(103_000));
    assert_eq!(counted(&[(3_000, 1)]), None, "no such note");
    assert_eq!(counted(&[(1_000, -1)]), None);
    assert_eq!(counted(&[(500_000, i64::MAX)]), None);
}

/// The fewest notes for every thousand up to a limit, found without taking the largest first.
fn fewest(limit: usize) -> Vec<i64> {
    let mut best = vec![0; limit + 1];
    for thousand in 1..=limit {
        let step = |note: &i64| {
            let note = usize::try_from(note / 1_000).unwrap();
            (note <= thousand).then(|| best[thousand - note] + 1)
        };
        best[thousand] = NOTES.iter().filter_map(step).min().unwrap();
    }
    best
}

#[test]
fn no_other_way_of_giving_change_needs_fewer_notes() {
    for (thousand, best) in (0_i64..).zip(fewest(1_100)) {
        let (taken, rest) = notes(thousand * 1_000);
        let count: i64 = taken.iter().map(|(_, count)| count).sum();
        assert_eq!((count, rest), (best, 0), "{thousand} thousand đồng");
    }
}

fn any_payment() -> impl Strategy<Value = Payment> {
    let standing = prop_oneof![
        Just(Standing::Taken),
        Just(Standing::Unconfirmed),
        Just(Standing::Voided)
    ];
    (1..2_000_000_i64, standing, any::<bool>(), 0..=100_i64).prop_map(
        |(amount, standing, cash, part)| Payment {
            amount: Money::vnd(amount),
            way: if cash { Way::Cash } else { Way::Transfer },
            standing,
            refunded: amount * part / 100,
            handed_in: false,
        },
    )
}

proptest! {
    #[test]
    fn an_account_is_never_negative_and_what_is_taken_never_overpays(
        due in 0..5_000_000_i64,
        payments in prop::collection::vec(any_payment(), 0..6),
        amount in -1_000..5_000_000_i64,
        given in proptest::option::of(0..6_000_000_i64),
    ) {
        let before = of(Some(due), &payments);
        prop_assert!(before.paid >= 0 && before.refunded >= 0 && before.unconfirmed <= before.paid);
        prop_assert!(before.left.is_some_and(|left| left >= 0));
        if let Ok(change) = take(&before, amount, Way::Cash, given) {
            let more: Vec<_> = payments.iter().copied().chain([cash(amount)]).collect();
            let after = of(Some(due), &more);
            prop_assert!(after.paid <= due.max(before.paid));
            prop_assert_eq!(after.paid, before.paid + amount);
            if let Some(change) = change {
                prop_assert_eq!(Some(change + amount), given);
                let (taken, rest) = notes(change);
                prop_assert_eq!(counted(&taken).unwrap() + rest, change, "change adds up");
                prop_assert!(rest < 1_000);
            }
        }
    }

    #[test]
    fn what_goes_back_is_never_more_than_what_came(
        payment in any_payment(),
        parts in prop::collection::vec(1..1_000_000_i64, 1..8),
    ) {
        let mut now = payment;
        for part in parts {
            if refund(&now, part, "trả lại").is_ok() {
                now.refunded += part;
            }
        }
        prop_assert!(now.refunded <= now.amount.minor);
        prop_assert!(now.kept() >= 0);
    }
}
