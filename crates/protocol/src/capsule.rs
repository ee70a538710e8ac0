//! The capsule in the QR on paper: digits only, without names, signed. Digits, because a Vietnamese
//! input method rewrites the letters that a keyboard scanner types. Layout in `docs/protocol.md`.

use crate::sign::{PublicKey, SecretKey, SignatureBytes, Tag};
use jiff::civil::DateTime;

const VERSION: u8 = 1;
const SIGNATURE: usize = 64;
const UNKNOWN_FEE: u32 = u32::MAX;
/// The sequence has 6 bytes.
const MAX_SEQ: u64 = (1 << 48) - 1;

/// What a receipt says of itself to any workstation of the office, offline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capsule {
    /// Dossier code, legal or provisional; ASCII, at most 60 characters.
    pub code: String,
    /// Procedure code; ASCII, at most 30 characters.
    pub procedure: String,
    /// When it was received, to the minute, office time.
    pub received: DateTime,
    /// When the result is due, to the minute.
    pub due: DateTime,
    /// Fee in đồng; none = not known at receiving.
    pub fee: Option<u32>,
    /// How many papers were handed in.
    pub papers: u8,
    /// Journal sequence of the receiving line.
    pub seq: u64,
    /// First 8 bytes of that line's chain hash.
    pub hash: [u8; 8],
}

fn epoch() -> DateTime {
    DateTime::constant(2020, 1, 1, 0, 0, 0, 0)
}

fn minutes(at: DateTime) -> Option<u32> {
    let span = at.duration_since(epoch());
    u32::try_from(span.as_secs().div_euclid(60)).ok()
}

fn from_minutes(minutes: u32) -> Option<DateTime> {
    epoch()
        .checked_add(jiff::SignedDuration::from_secs(i64::from(minutes) * 60))
        .ok()
}

impl Capsule {
    fn body(&self, key: &PublicKey) -> Option<Vec<u8>> {
        if self.seq > MAX_SEQ || self.fee == Some(UNKNOWN_FEE) {
            return None;
        }
        let mut bytes = vec![VERSION];
        bytes.extend_from_slice(&key.id());
        for (text, most) in [(&self.code, 60), (&self.procedure, 30)] {
            if !text.is_ascii() || text.len() > most {
                return None;
            }
            bytes.push(text.len() as u8);
            bytes.extend_from_slice(text.as_bytes());
        }
        bytes.extend_from_slice(&minutes(self.received)?.to_be_bytes());
        bytes.extend_from_slice(&minutes(self.due)?.to_be_bytes());
        bytes.extend_from_slice(&self.fee.unwrap_or(UNKNOWN_FEE).to_be_bytes());
        bytes.push(self.papers);
        bytes.extend_from_slice(&self.seq.to_be_bytes()[2..]);
        bytes.extend_from_slice(&self.hash);
        Some(bytes)
    }

    /// The digits of the QR: none when a code is not ASCII or too long, a time lies before 2020, or a number does not
    /// fit its bytes.
    pub fn digits(&self, key: &SecretKey) -> Option<String> {
        let mut bytes = self.body(&key.public())?;
        let signature = key.sign(Tag::Capsule, &[&bytes]);
        bytes.extend_from_slice(&signature.0);
        Some(to_decimal(&bytes))
    }

    /// Reads digits and checks the signature against the key among `keys` that the capsule names.
    pub fn read(digits: &str, keys: &[PublicKey]) -> Option<Capsule> {
        let bytes = from_decimal(digits)?;
        let (body, signature) = bytes.split_at(bytes.len().checked_sub(SIGNATURE)?);
        let key = keys
            .iter()
            .find(|key| body.get(1..9) == Some(key.id().as_slice()))?;
        let signature = SignatureBytes(signature.try_into().ok()?);
        if body.first() != Some(&VERSION) || !key.verifies(Tag::Capsule, &[body], &signature) {
            return None;
        }
        Self::parse(&body[9..])
    }

    fn parse(mut rest: &[u8]) -> Option<Capsule> {
        let code = text(&mut rest)?;
        let procedure = text(&mut rest)?;
        let received = from_minutes(number(&mut rest)?)?;
        let due = from_minutes(number(&mut rest)?)?;
        let fee = Some(number(&mut rest)?).filter(|fee| *fee != UNKNOWN_FEE);
        let (papers, rest) = rest.split_first()?;
        let (seq, hash) = rest.split_at_checked(6)?;
        let mut wide = [0; 8];
        wide[2..].copy_from_slice(seq);
        let hash = hash.try_into().ok()?;
        Some(Capsule {
            code,
            procedure,
            received,
            due,
            fee,
            papers: *papers,
            seq: u64::from_be_bytes(wide),
            hash,
        })
    }
}

fn text(rest: &mut &[u8]) -> Option<String> {
    let (length, after) = rest.split_first()?;
    let (text, after) = after.split_at_checked(usize::from(*length))?;
    *rest = after;
    String::from_utf8(text.to_vec()).ok()
}

fn number(rest: &mut &[u8]) -> Option<u32> {
    let (bytes, after) = rest.split_at_checked(4)?;
    *rest = after;
    Some(u32::from_be_bytes(bytes.try_into().ok()?))
}

/// Bytes as one decimal number; a leading 1 byte keeps leading zeros.
fn to_decimal(bytes: &[u8]) -> String {
    let mut digits: Vec<u8> = vec![1];
    for byte in bytes {
        let mut carry = u32::from(*byte);
        for digit in digits.iter_mut() {
            let value = u32::from(*digit) * 256 + carry;
            *digit = (value % 10) as u8;
            carry = value / 10;
        }
        while carry > 0 {
            digits.push((carry % 10) as u8);
            carry /= 10;
        }
    }
    digits
        .iter()
        .rev()
        .map(|digit| char::from(b'0' + digit))
        .collect()
}

fn from_decimal(digits: &str) -> Option<Vec<u8>> {
    // One number has one way to be written.
    if digits.is_empty()
        || digits.starts_with('0')
        || digits.len() > 1000
        || !digits.bytes().all(|byte| byte.is_ascii_digit())
    {
        return None;
    }
    let mut bytes: Vec<u8> = vec![0];
    for digit in digits.bytes() {
        let mut carry = u32::from(digit - b'0');
        for byte in bytes.iter_mut() {
            let value = u32::from(*byte) * 10 + carry;
            *byte = (value % 256) as u8;
            carry = value / 256;
        }
        while carry > 0 {
            bytes.push((carry % 256) as u8);
            carry /= 256;
        }
    }
    bytes.reverse();
    (bytes.first() == Some(&1)).then(|| bytes.split_off(1))
}
