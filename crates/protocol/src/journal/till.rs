//! The parts of lines about the cash of a counter, as they stand on the wire: from its float to its hand-in. Amounts
//! are minor units as digits. Not here: single payments (`money`), and what a till must hold (domain).

use serde::{Deserialize, Serialize};
use uuid::Uuid;

wire! {
    /// See [`super::Body::TillOpened`].
    pub struct TillOpened {
        /// The till, UUIDv7.
        till: Uuid,
        /// What lies in it before anything is taken.
        float: String,
        /// ISO 4217.
        currency: String,
        /// The float by notes; empty for other money than đồng.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        counts: Vec<NoteRecord>,
        /// Who answers for it.
        clerk_name: String,
    }

    /// So many notes of one kind.
    pub struct NoteRecord {
        /// Its worth, minor units as digits.
        note: String,
        /// How many.
        count: u32,
    }

    /// See [`super::Body::TillHandedOver`].
    pub struct TillHandedOver {
        /// The till.
        till: Uuid,
        /// Who answers for it from now on; by the own password.
        to: Uuid,
        /// The name.
        to_name: String,
        /// Who answered for it.
        from_name: String,
        /// What was counted.
        count: TillCount,
    }

    /// What was counted against what must lie there.
    pub struct TillCount {
        /// What lay there.
        counted: String,
        /// What must lie there: float and cash taken, less cash given back.
        expected: String,
        /// What lay there by notes; empty for other money than đồng.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        notes: Vec<NoteRecord>,
        /// Why the two differ, or empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    }

    /// See [`super::Body::TillHandedIn`]. Texts are NFC.
    pub struct TillHandedIn {
        /// The till.
        till: Uuid,
        /// Version of the sheet's template.
        template: String,
        /// The office as printed.
        office: crate::enrol::Office,
        /// The counter.
        counter: crate::enrol::Counter,
        /// When it was opened, local, to the second.
        opened: String,
        /// When it was handed in, local, to the second.
        handed_in: String,
        /// What lay in it first.
        float: String,
        /// Cash that was taken.
        taken: String,
        /// Cash that went back.
        refunded: String,
        /// ISO 4217.
        currency: String,
        /// What was counted.
        count: TillCount,
        /// Who hands it in.
        clerk_name: String,
        /// Who takes it.
        accountant: String,
        /// Sample data: printed on the sheet.
        sample: bool,
    }
}
