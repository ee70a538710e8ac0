//! A filing's money as the screen sees it: what is due, what was paid, how, and what may be done with each payment.
//! Not here: what the fee is made of (`procedures`), and the rules, which are domain's.

use super::MoneyView;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

dto! {
/// How money comes or goes.
#[derive(Copy, Eq)]
pub enum PayWay { Cash, Transfer }

/// Where a filing's fee stands. `Unconfirmed`: the payer says that it was transferred, nobody has seen it.
#[derive(Copy, Eq)]
pub enum FeeStanding { Free, Unknown, Unpaid, Part, Unconfirmed, Paid }

/// The money of one filing.
pub struct FeeAccount {
    pub filing: String,
    pub standing: FeeStanding,
    /// What is to be paid; none where nobody has said.
    pub due: Option<MoneyView>,
    /// What was paid and not given back; a transfer that nobody has seen counts.
    pub paid: MoneyView,
    /// Of that, what nobody has seen on the account.
    pub unconfirmed: Option<MoneyView>,
    /// What is still to be paid; none where nobody has said what it costs.
    pub left: Option<MoneyView>,
    pub payments: Vec<PaymentView>,
    /// Fees can be transferred: the office has named an account, and the fee is in đồng.
    pub can_transfer: bool,
    /// Money can be taken: something is left, or nobody has said what it costs.
    pub can_take: bool,
}

/// One payment, oldest first.
pub struct PaymentView {
    pub id: String,
    pub way: PayWay,
    pub amount: MoneyView,
    /// The cash that was given, where it was more than the amount, and the change.
    pub given: Option<MoneyView>,
    pub change: Option<MoneyView>,
    /// Local time.
    pub at: String,
    pub clerk: String,
    /// The other counter that took it; empty while its name is not known. None = this one.
    pub counter: Option<String>,
    pub standing: PaymentStanding,
    /// Why it was struck out, or empty.
    pub reason: String,
    pub refunds: Vec<RefundView>,
    /// What can go back at most; none where nothing can.
    pub refundable: Option<MoneyView>,
    pub receipt: Option<OfficialReceipt>,
    pub acts: Vec<PaymentAct>,
}

/// How far a payment is true.
#[derive(Copy, Eq)]
pub enum PaymentStanding { Unconfirmed, Taken, Voided }

/// What may be done with a payment.
#[derive(Copy, Eq)]
pub enum PaymentAct { Confirm, NoteReceipt, Void, Refund }

/// Something that went back.
pub struct RefundView { pub amount: MoneyView, pub way: PayWay, pub at: String, pub clerk: String, pub reason: String }

/// Whose number an official receipt has: the tax office's system's, or a paper book's.
#[derive(Copy, Eq)]
pub enum OfficialReceiptKind { Electronic, Book }

/// The number of an official receipt.
pub struct OfficialReceipt {
    pub kind: OfficialReceiptKind,
    pub symbol: String,
    pub number: String,
    /// `YYYY-MM-DD`.
    pub day: String,
}

/// What is given back of the cash that was given.
pub struct CashChange {
    /// None where what was typed is no amount, or less than what is taken.
    pub change: Option<MoneyView>,
    /// In the fewest notes, the largest first; empty for other money than đồng.
    pub notes: Vec<NoteView>,
    /// What no note can pay.
    pub rest: Option<MoneyView>,
    /// What lacks.
    pub short: Option<MoneyView>,
    /// What was typed is no amount.
    pub unreadable: bool,
}

/// So many notes of one kind.
pub struct NoteView { pub note: MoneyView, pub count: u32 }

/// What a bank's app reads, and the same for who types it.
pub struct TransferView {
    pub bank: String,
    pub account: String,
    pub holder: String,
    pub amount: MoneyView,
    pub purpose: String,
    /// Rows of the code, top first: `1` is dark. Without the quiet zone.
    pub rows: Vec<String>,
}

/// The account to which fees are transferred.
pub struct PaymentAccount {
    /// The bank's number (BIN), six digits.
    pub bank: String,
    /// The bank's name where it is known, or empty.
    pub bank_name: String,
    pub account: String,
    pub holder: String,
}
}
