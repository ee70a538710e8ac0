//! What the golden batches say of money: fees, what became of them, and a counter's till.

use onedoor_protocol::journal::{
    Body, FeeRefunded, FeeTaken, FeeTransferConfirmed, FeeVoided, NoteRecord, OfficialReceiptNoted,
    PaymentAccountSet, TillCount, TillHandedIn, TillHandedOver, TillOpened,
};

use super::{CLERK, code, id};
use crate::journal::received;

/// Cash with change, given back in part; a transfer that was seen; an entry by mistake.
pub(super) fn of_money(said: &mut Vec<Body>) {
    let filing = id(1);
    let taken = |payment: u16, way: &str, given: Option<&str>| FeeTaken {
        payment: id(payment),
        filing,
        way: way.into(),
        amount: "8000".into(),
        currency: "VND".into(),
        given: given.map(String::from),
        clerk_name: "Y Thịnh Byă".into(),
        till: given.map(|_| id(110)),
    };
    said.extend([
        Body::from(taken(100, "cash", Some("10000"))),
        Body::from(taken(101, "transfer", None)),
        Body::from(taken(102, "cash", None)),
        Body::from(FeeTransferConfirmed {
            payment: id(101),
            filing,
        }),
        Body::from(FeeVoided {
            payment: id(102),
            filing,
            reason: "Nhập nhầm".into(),
        }),
        Body::from(FeeRefunded {
            refund: id(103),
            payment: id(100),
            filing,
            amount: "3000".into(),
            currency: "VND".into(),
            way: "cash".into(),
            reason: "Thu thừa".into(),
            clerk_name: "Y Thịnh Byă".into(),
            till: Some(id(110)),
        }),
        Body::from(OfficialReceiptNoted {
            payment: id(100),
            filing,
            kind: "electronic".into(),
            symbol: "1C26TKV".into(),
            number: "00000012".into(),
            day: "2026-11-23".into(),
        }),
        Body::from(PaymentAccountSet {
            bank: "970436".into(),
            account: "0123456789".into(),
            holder: "UBND XÃ EA TUL".into(),
        }),
    ]);
}

/// The cash of a counter: a float, a colleague who found a note too few, and the hand-in.
pub(super) fn of_a_till(said: &mut Vec<Body>) {
    let plain = received(id(1), &code(1000));
    let notes = |count: u32| {
        vec![NoteRecord {
            note: "1000".into(),
            count,
        }]
    };
    let count = |counted: u32, reason: &str| TillCount {
        counted: (counted * 1000).to_string(),
        expected: "205000".into(),
        notes: notes(counted),
        reason: reason.into(),
    };
    said.extend([
        Body::from(TillOpened {
            till: id(110),
            float: "200000".into(),
            currency: "VND".into(),
            counts: notes(200),
            clerk_name: "Y Thịnh Byă".into(),
        }),
        Body::from(TillHandedOver {
            till: id(110),
            to: CLERK,
            to_name: "H’Yuôm Mlô".into(),
            from_name: "Y Thịnh Byă".into(),
            count: count(204, "Trả nhầm một tờ"),
        }),
        Body::from(TillHandedIn {
            till: id(110),
            template: "NQ-1".into(),
            office: plain.office,
            counter: plain.counter,
            opened: "2026-11-23T07:30:00".into(),
            handed_in: "2026-11-23T16:45:00".into(),
            float: "200000".into(),
            taken: "8000".into(),
            refunded: "3000".into(),
            currency: "VND".into(),
            count: count(205, ""),
            clerk_name: "H’Yuôm Mlô".into(),
            accountant: "Nguyễn Thị Tiền".into(),
            sample: true,
        }),
    ]);
}
