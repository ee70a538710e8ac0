//! What a line about money changes, and which such lines are bad.

use onedoor_domain::{
    money::Currency,
    till::{ReceiptKind, Standing, Way},
};
use onedoor_projection::{
    Change, Unapplied,
    money::{MoneyChange, PaymentState, ReceiptState},
    project,
};
use onedoor_protocol::journal::{
    Body, FeeRefunded, FeeTaken, FeeVoided, Line, OfficialReceiptNoted, PaymentAccountSet, Stamp,
};
use uuid::Uuid;

const FILING: Uuid = Uuid::from_u128(0xf1);
const PAYMENT: Uuid = Uuid::from_u128(0xfe);

fn said(body: impl Into<Body>) -> Result<Vec<MoneyChange>, Unapplied> {
    let line = Line {
        stamp: Stamp {
            seq: 2,
            hlc: 1,
            wall: "2026-11-23T07:41:00.000+07:00".into(),
            boot: Uuid::nil(),
            mono: 0,
            day: "2026-11-23".into(),
            clerk: None,
        },
        dossier: None,
        body: body.into(),
    };
    let money = |change| match change {
        Change::Money(money) => *money,
        other => panic!("{other:?}"),
    };
    Ok(project(&line)?.into_iter().map(money).collect())
}

fn taken() -> FeeTaken {
    FeeTaken {
        payment: PAYMENT,
        filing: FILING,
        way: "cash".into(),
        amount: "8000".into(),
        currency: "VND".into(),
        given: Some("10000".into()),
        clerk_name: "Y Thul Niê".into(),
        till: None,
    }
}

fn refunded() -> FeeRefunded {
    FeeRefunded {
        refund: Uuid::from_u128(3),
        payment: PAYMENT,
        filing: FILING,
        amount: "3000".into(),
        currency: "VND".into(),
        way: "cash".into(),
        reason: "Thu thừa".into(),
        clerk_name: "Y Thul Niê".into(),
        till: None,
    }
}

fn noted() -> OfficialReceiptNoted {
    OfficialReceiptNoted {
        payment: PAYMENT,
        filing: FILING,
        kind: "electronic".into(),
        symbol: "1C26TKV".into(),
        number: "00000012".into(),
        day: "2026-11-23".into(),
    }
}

fn account(bank: &str, account: &str, holder: &str) -> PaymentAccountSet {
    PaymentAccountSet {
        bank: bank.into(),
        account: account.into(),
        holder: holder.into(),
    }
}

#[test]
fn a_fee_is_taken_struck_out_and_its_receipt_noted() {
    let payment = PaymentState {
        id: PAYMENT,
        filing: FILING,
        way: Way::Cash,
        amount: 8_000,
        currency: Currency::Vnd,
        given: Some(10_000),
        clerk_name: "Y Thul Niê".into(),
        till: None,
    };
    assert_eq!(said(taken()), Ok(vec![MoneyChange::Taken(payment)]));
    let voided = FeeVoided {
        payment: PAYMENT,
        filing: FILING,
        reason: "Nhập nhầm".into(),
    };
    let marked = MoneyChange::Marked {
        payment: PAYMENT,
        filing: FILING,
        standing: Standing::Voided,
        reason: "Nhập nhầm".into(),
    };
    assert_eq!(said(voided), Ok(vec![marked]));
    let receipt = ReceiptState {
        payment: PAYMENT,
        filing: FILING,
        kind: ReceiptKind::Electronic,
        symbol: "1C26TKV".into(),
        number: "00000012".into(),
        day: "2026-11-23".into(),
    };
    assert_eq!(said(noted()), Ok(vec![MoneyChange::Receipt(receipt)]));
    let none = said(account("", "", ""));
    assert_eq!(
        none,
        Ok(vec![MoneyChange::Account(None)]),
        "no account any more"
    );
}

#[test]
fn amounts_ways_and_numbers_that_are_none_are_bad_and_change_nothing() {
    let bad = Err(Unapplied::BadValue);
    for amount in [
        "",
        "0",
        "-8000",
        "+8000",
        "8.000",
        "9223372036854775808",
        "x",
    ] {
        let amount = amount.to_string();
        let wrong = FeeTaken {
            amount: amount.clone(),
            ..taken()
        };
        assert_eq!(said(wrong), bad, "taken {amount:?}");
        let wrong = FeeRefunded {
            amount: amount.clone(),
            ..refunded()
        };
        assert_eq!(said(wrong), bad, "refunded {amount:?}");
    }
    let given = FeeTaken {
        given: Some("ten".into()),
        ..taken()
    };
    assert_eq!(said(given), bad);
    let way = FeeTaken {
        way: "shells".into(),
        ..taken()
    };
    assert_eq!(said(way), bad);
    let currency = FeeRefunded {
        currency: "XXX".into(),
        ..refunded()
    };
    assert_eq!(said(currency), bad);
    for (number, day) in [
        ("123456789", "2026-11-23"),
        ("12", "2026-11-31"),
        ("", "2026-11-23"),
    ] {
        let wrong = OfficialReceiptNoted {
            number: number.into(),
            day: day.into(),
            ..noted()
        };
        assert_eq!(said(wrong), bad, "{number} of {day}");
    }
    assert_eq!(said(account("97043", "0123456789", "UBND")), bad);
    assert_eq!(said(account("", "0123456789", "UBND")), bad);
}
