//! The parts of lines about money at the counter, as they stand on the wire: fees taken, given back, struck out, the
//! numbers of official receipts, and the account for transfers. Amounts are minor units as digits. Not here: what a
//! filing's fee is ([`super::FeeRecord`]), and which act is allowed (domain).

use serde::{Deserialize, Serialize};
use uuid::Uuid;

wire! {
    /// See [`super::Body::FeeTaken`].
    pub struct FeeTaken {
        /// The payment, UUIDv7.
        payment: Uuid,
        /// Whose fee.
        filing: Uuid,
        /// `cash` or `transfer`.
        way: String,
        /// Minor units as digits.
        amount: String,
        /// ISO 4217.
        currency: String,
        /// The cash that was given, minor units as digits; none = exactly the amount, or no cash.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        given: Option<String>,
        /// The clerk's name.
        clerk_name: String,
        /// The till that the cash lies in; none = none was open, or no cash.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        till: Option<Uuid>,
    }

    /// See [`super::Body::FeeTransferConfirmed`].
    pub struct FeeTransferConfirmed {
        /// The payment.
        payment: Uuid,
        /// Whose fee.
        filing: Uuid,
    }

    /// See [`super::Body::FeeVoided`].
    pub struct FeeVoided {
        /// The payment.
        payment: Uuid,
        /// Whose fee.
        filing: Uuid,
        /// Why.
        reason: String,
    }

    /// See [`super::Body::FeeRefunded`].
    pub struct FeeRefunded {
        /// This giving back, UUIDv7.
        refund: Uuid,
        /// Of which payment.
        payment: Uuid,
        /// Whose fee.
        filing: Uuid,
        /// Minor units as digits.
        amount: String,
        /// ISO 4217.
        currency: String,
        /// `cash` or `transfer`.
        way: String,
        /// Why.
        reason: String,
        /// The clerk's name.
        clerk_name: String,
        /// The till that the cash was taken from; none = none was open, or no cash.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        till: Option<Uuid>,
    }

    /// See [`super::Body::OfficialReceiptNoted`].
    pub struct OfficialReceiptNoted {
        /// The payment.
        payment: Uuid,
        /// Whose fee.
        filing: Uuid,
        /// `electronic` or `book`.
        kind: String,
        /// Its symbol.
        symbol: String,
        /// Its number as printed, at most 8 digits.
        number: String,
        /// Its day, `YYYY-MM-DD`.
        day: String,
    }

    /// See [`super::Body::PaymentAccountSet`].
    pub struct PaymentAccountSet {
        /// The bank's number (BIN), six digits; empty = there is no account any more.
        bank: String,
        /// The account's number, or empty.
        account: String,
        /// In whose name it is, or empty.
        holder: String,
    }
}
