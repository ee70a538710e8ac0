//! Enrolment: a PC becomes a workstation of an office, by a one-time code or by a ticket file.
//! The key is made on the device. The same request twice gets the same answer, so that a lost answer costs nothing.

use crate::sign::{PublicKey, SecretKey, SignatureBytes, Signed, Tag};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// `POST /v1/enrol`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolRequest {
    /// The one-time code (8 digits), or the secret of a ticket.
    pub code: String,
    /// The workstation's public key, hex.
    pub public_key: String,
    /// Version of the program.
    pub app: String,
    /// By the new key over `code ‖ public key`: who asks holds the key.
    pub proof: SignatureBytes,
}

impl EnrolRequest {
    /// A request with its proof.
    pub fn new(key: &SecretKey, code: &str, app: &str) -> Self {
        let public = key.public();
        let proof = key.sign(Tag::Enrol, &[code.as_bytes(), &public.bytes()]);
        EnrolRequest {
            code: code.to_string(),
            public_key: public.hex(),
            app: app.to_string(),
            proof,
        }
    }

    /// The public key, if the proof holds.
    pub fn verified_key(&self) -> Option<PublicKey> {
        let key = PublicKey::from_hex(&self.public_key)?;
        key.verifies(
            Tag::Enrol,
            &[self.code.as_bytes(), &key.bytes()],
            &self.proof,
        )
        .then_some(key)
    }
}

/// What makes a PC a workstation. Comes signed ([`Tag::Office`]) as the answer to a code, or inside a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolment {
    /// This incarnation of this PC.
    pub ws: Uuid,
    /// The office.
    pub office: Office,
    /// The counter.
    pub counter: Counter,
    /// The daily number range.
    pub lease: Lease,
    /// The centre's public keys, hex; the first signs.
    pub server_keys: Vec<String>,
}

/// An office as it stands on forms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    /// Short id at the centre.
    pub id: String,
    /// "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ EA TUL".
    pub name: String,
    /// "UBND XÃ EA TUL".
    pub parent: String,
    /// Where forms are signed: "Ea Tul".
    pub place: String,
    /// The agency's code, "H15.50.05.13".
    pub agency: String,
    /// The symbol behind a form's own number: "TTPVHCC".
    pub symbol: String,
    /// IANA name of its time zone.
    pub time_zone: String,
    /// A mission abroad; none at home.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mission: Option<Mission>,
}

/// What makes an office a mission abroad.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mission {
    /// The host country, two letters of ISO 3166: "DE".
    pub host: String,
    /// What it takes fees in, three letters of ISO 4217: "USD", or the host's own money.
    pub currency: String,
}

/// A counter of an office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counter {
    /// 1 to 8 in the default plan.
    pub number: u16,
    /// "Quầy 1".
    pub name: String,
}

/// The daily range of numbers that only this workstation may use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lease {
    /// First and last number of each day.
    pub slot: [u32; 2],
    /// A range for the day the slot is used up; absent = provisional codes then.
    pub reserve: Option<[u32; 2]>,
    /// First day, `YYYY-MM-DD`.
    pub valid_from: String,
    /// Last day.
    pub valid_to: String,
}

/// A ticket file: an enrolment that works without a network, and the secret that binds the key at first contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// The enrolment.
    pub enrolment: Enrolment,
    /// Address of the centre.
    pub centre: String,
    /// Used once as [`EnrolRequest::code`].
    pub secret: String,
}

impl Ticket {
    /// Reads a ticket file and checks that the key it names signed it.
    pub fn read(text: &str) -> Option<Ticket> {
        let signed: Signed = serde_json::from_str(text.trim()).ok()?;
        let claimed: Ticket = signed.peek()?;
        let key = PublicKey::from_hex(claimed.enrolment.server_keys.first()?)?;
        signed.open(&key, Tag::Office, b"")
    }
}
