//! From what the store knows of money to what the screen sees. Not here: acts (`money`).

use crate::{dto::*, views};
use onedoor_domain::{
    money::{Currency, Money},
    till::{self, Payment, ReceiptKind, Standing, Way},
};
use onedoor_protocol::journal::Body;
use onedoor_store::tables::money::{PaymentRow, ReceiptRow, RefundRow};
use std::collections::BTreeMap;

/// What a line about money says in the filing's time line; none where it is about something else.
pub(crate) fn told(body: &Body, params: &mut BTreeMap<String, String>) -> Option<&'static str> {
    let sum = |minor: &str, currency: &str| {
        let currency = Currency::parse(currency)?;
        let minor = minor.parse().ok()?;
        Some(Money { minor, currency }.format_vi())
    };
    let mut say = |name: &str, value: String| params.insert(name.to_string(), value);
    match body {
        Body::FeeTaken(taken) => {
            say("amount", sum(&taken.amount, &taken.currency)?);
            say("way", taken.way.clone());
            Some("fee_taken")
        }
        Body::FeeTransferConfirmed(_) => Some("fee_confirmed"),
        Body::FeeVoided(voided) => {
            say("reason", voided.reason.clone());
            Some("fee_voided")
        }
        Body::FeeRefunded(back) => {
            say("amount", sum(&back.amount, &back.currency)?);
            say("reason", back.reason.clone());
            Some("fee_refunded")
        }
        Body::OfficialReceiptNoted(noted) => {
            say("number", noted.number.clone());
            say("symbol", noted.symbol.clone());
            Some("receipt_noted")
        }
        _ => None,
    }
}

/// Local time of a line, to the second.
pub(crate) fn local(wall: &str) -> String {
    wall.get(..19).unwrap_or(wall).to_string()
}

pub(crate) fn note_view((note, count): (i64, i64)) -> NoteView {
    NoteView {
        note: views::money(&Money::vnd(note)),
        count: u32::try_from(count).unwrap_or(u32::MAX),
    }
}

pub(crate) fn payment_view(row: &PaymentRow) -> PaymentView {
    let payment = &row.payment;
    let money = |minor: i64| {
        views::money(&Money {
            minor,
            currency: payment.amount.currency,
        })
    };
    let kept = payment.kept();
    PaymentView {
        id: row.id.to_string(),
        way: way_view(payment.way),
        amount: views::money(&payment.amount),
        given: row.given.map(money),
        change: row.given.map(|given| money(given - payment.amount.minor)),
        at: local(&row.wall),
        clerk: row.clerk_name.clone(),
        counter: row.counter.clone(),
        standing: match payment.standing {
            Standing::Unconfirmed => PaymentStanding::Unconfirmed,
            Standing::Taken => PaymentStanding::Taken,
            Standing::Voided => PaymentStanding::Voided,
        },
        reason: row.reason.clone(),
        refunds: row
            .refunds
            .iter()
            .map(|refund: &RefundRow| RefundView {
                amount: money(refund.amount),
                way: way_view(refund.way),
                at: local(&refund.wall),
                clerk: refund.clerk_name.clone(),
                reason: refund.reason.clone(),
            })
            .collect(),
        refundable: (payment.standing == Standing::Taken && kept > 0).then(|| money(kept)),
        receipt: row.receipt.as_ref().map(receipt_view),
        acts: acts(payment),
    }
}

fn receipt_view(row: &ReceiptRow) -> OfficialReceipt {
    OfficialReceipt {
        kind: match row.kind {
            ReceiptKind::Electronic => OfficialReceiptKind::Electronic,
            ReceiptKind::Book => OfficialReceiptKind::Book,
        },
        symbol: row.symbol.clone(),
        number: row.number.clone(),
        day: row.day.clone(),
    }
}

/// What the rules allow, asked with a reason that is not yet typed.
fn acts(payment: &Payment) -> Vec<PaymentAct> {
    let allowed = [
        (till::confirm(payment).is_ok(), PaymentAct::Confirm),
        (
            payment.standing != Standing::Voided,
            PaymentAct::NoteReceipt,
        ),
        (till::void(payment, "-").is_ok(), PaymentAct::Void),
        (till::refund(payment, 1, "-").is_ok(), PaymentAct::Refund),
    ];
    let open = allowed.into_iter().filter(|(open, _)| *open);
    open.map(|(_, act)| act).collect()
}

fn way_view(way: Way) -> PayWay {
    match way {
        Way::Cash => PayWay::Cash,
        Way::Transfer => PayWay::Transfer,
    }
}
