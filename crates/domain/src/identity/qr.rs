//! The QR codes of identity cards and health-insurance cards, as text. They are a help with typing, never a proof: the
//! code is not signed.
//!
//! Not here: reading the picture, the chip, and turning an address of before 2025 into a commune of today.

use jiff::civil::Date;

use super::{Birth, IdProblem, PersonalId, Sex, damage};
use crate::text::{self, MAX_NAME, MAX_TEXT, TextProblem};

/// The longest code that is looked at, in bytes; a QR code holds no more than about 3,000.
const MOST: usize = 8_000;
/// An identity card's code has at least these fields; newer cards append some.
const CARD_FIELDS: usize = 7;

/// What a code holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Qr {
    /// An identity card (CCCD, căn cước).
    IdCard(IdCard),
    /// A health-insurance card (BHYT).
    HealthCard(HealthCard),
}

/// A field of a card that could not be read; its text is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// The number of before, of nine digits.
    OldNumber,
    /// The date of birth.
    Birth,
    /// The sex.
    Sex,
    /// The address.
    Address,
    /// The day of issue.
    Issued,
}

/// An identity card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdCard {
    /// The twelve digits.
    pub number: PersonalId,
    /// The nine digits of before, if the card names them.
    pub old_number: Option<PersonalId>,
    /// Full name, in NFC, every letter kept.
    pub name: String,
    /// Birth; a card of someone without a known day says only the year.
    pub birth: Birth,
    /// Sex.
    pub sex: Option<Sex>,
    /// Where the card says the person lives, verbatim: often a commune or district of before 2025.
    pub address: String,
    /// The day of issue.
    pub issued: Option<Date>,
    /// Fields beyond the seventh, verbatim: their order is not published.
    pub rest: Vec<String>,
    /// What of the seven could not be read, with its text.
    pub unread: Vec<(Unread, String)>,
}

/// A health-insurance card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HealthCard {
    /// The card's number, `DN4010112345678` or its last ten digits.
    pub number: String,
    /// Full name, in NFC, every letter kept.
    pub name: String,
    /// Birth.
    pub birth: Birth,
    /// Sex.
    pub sex: Option<Sex>,
    /// Address, if the card says it.
    pub address: String,
    /// Fields beyond the fifth, verbatim.
    pub rest: Vec<String>,
    /// What could not be read, with its text.
    pub unread: Vec<(Unread, String)>,
}

/// Why a code is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QrProblem {
    /// Nothing was scanned.
    Empty,
    /// Longer than any QR code.
    TooLong,
    /// Neither kind of card: a card has at least seven fields between bars.
    TooFewFields {
        /// How many there are.
        found: usize,
    },
    /// The first field is no personal number.
    Number(IdProblem),
    /// The name cannot be kept as it is.
    Name(TextProblem),
    /// There is no name.
    NoName,
    /// The name was damaged on the way from the scanner.
    Damaged(damage::Damage),
}

/// Reads a card's code.
///
/// Only number and name must be right; whatever else cannot be read is kept as text and named in `unread`.
///
/// # Errors
/// [`QrProblem`], the first that applies.
pub fn parse(scanned: &str) -> Result<Qr, QrProblem> {
    let scanned = scanned.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    if scanned.is_empty() {
        return Err(QrProblem::Empty);
    }
    if scanned.len() > MOST {
        return Err(QrProblem::TooLong);
    }
    let fields: Vec<&str> = scanned.split('|').collect();
    let name = fields.get(1).copied().unwrap_or_default();
    if let ([number, _, rest @ ..], Some(name)) = (fields.as_slice(), hex_text(name))
        && is_health_number(number)
        && rest.len() >= 3
    {
        return health_card(number, &name, rest).map(Qr::HealthCard);
    }
    match fields.as_slice() {
        [number, old, name, birth, sex, address, issued, rest @ ..] => {
            id_card([number, old, name, birth, sex, address, issued], rest).map(Qr::IdCard)
        }
        few => Err(QrProblem::TooFewFields { found: few.len() }),
    }
}

fn id_card(fields: [&str; CARD_FIELDS], rest: &[&str]) -> Result<IdCard, QrProblem> {
    let [number, old, name, birth, sex, address, issued] = fields;
    let number = PersonalId::parse(number).map_err(QrProblem::Number)?;
    if number.as_str().len() != 12 {
        return Err(QrProblem::Number(IdProblem::Length { digits: 9 }));
    }
    let mut unread = Vec::new();
    let old_number = old_number(old, &mut unread);
    let issued_day = match Birth::read(issued) {
        Some(Birth::Day(day)) => Some(day),
        _ if issued.trim().is_empty() => None,
        _ => {
            unread.push((Unread::Issued, issued.to_owned()));
            None
        }
    };
    Ok(IdCard {
        number,
        old_number,
        name: name_of(name)?,
        birth: birth_of(birth, &mut unread),
        sex: sex_of(sex, &mut unread),
        address: address_of(address, &mut unread),
        issued: issued_day,
        rest: rest.iter().map(|field| (*field).to_owned()).collect(),
        unread,
    })
}

fn health_card(number: &str, name: &str, rest: &[&str]) -> Result<HealthCard, QrProblem> {
    let field = |at: usize| rest.get(at).copied().unwrap_or_default();
    let mut unread = Vec::new();
    let address = hex_text(field(2)).unwrap_or_else(|| field(2).to_owned());
    Ok(HealthCard {
        number: number.trim().to_owned(),
        name: name_of(name)?,
        birth: birth_of(field(0), &mut unread),
        sex: sex_of(field(1), &mut unread),
        address: address_of(address.trim_matches('-'), &mut unread),
        rest: rest.iter().skip(3).map(|f| (*f).to_owned()).collect(),
        unread,
    })
}

fn name_of(field: &str) -> Result<String, QrProblem> {
    if let Some(found) = damage::of_name(field) {
        return Err(QrProblem::Damaged(found));
    }
    let name = text::clean(field, MAX_NAME).map_err(QrProblem::Name)?;
    if name.is_empty() {
        Err(QrProblem::NoName)
    } else {
        Ok(name)
    }
}

fn old_number(field: &str, unread: &mut Vec<(Unread, String)>) -> Option<PersonalId> {
    let old = PersonalId::parse(field).ok();
    if old.is_none() && !field.trim().is_empty() {
        unread.push((Unread::OldNumber, field.to_owned()));
    }
    old
}

fn birth_of(field: &str, unread: &mut Vec<(Unread, String)>) -> Birth {
    let digits = field.trim();
    // A day or month that nobody knows stands as 00.
    let known = match digits.as_bytes() {
        [b'0', b'0', b'0', b'0', ..] if digits.len() == 8 => digits.get(4..),
        [b'0', b'0', ..] if digits.len() == 8 => {
            return match (digits.get(2..4), digits.get(4..)) {
                (Some(month), Some(year)) => Birth::read(&format!("{month}/{year}"))
                    .unwrap_or_else(|| {
                        unread.push((Unread::Birth, field.to_owned()));
                        Birth::Unknown
                    }),
                _ => Birth::Unknown,
            };
        }
        _ => Some(digits),
    };
    known.and_then(Birth::read).unwrap_or_else(|| {
        unread.push((Unread::Birth, field.to_owned()));
        Birth::Unknown
    })
}

fn sex_of(field: &str, unread: &mut Vec<(Unread, String)>) -> Option<Sex> {
    match text::fold(field).as_str() {
        "nam" | "1" => Some(Sex::Male),
        "nu" | "2" => Some(Sex::Female),
        "" => None,
        _ => {
            unread.push((Unread::Sex, field.to_owned()));
            None
        }
    }
}

fn address_of(field: &str, unread: &mut Vec<(Unread, String)>) -> String {
    text::clean(field, MAX_TEXT).unwrap_or_else(|_| {
        unread.push((Unread::Address, field.to_owned()));
        String::new()
    })
}

fn is_health_number(number: &str) -> bool {
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    match number.trim().split_at_checked(2) {
        Some((kind, rest)) if rest.len() == 13 => {
            kind.bytes().all(|b| b.is_ascii_uppercase()) && digits(rest)
        }
        _ => number.trim().len() == 10 && digits(number.trim()),
    }
}

/// Text that stands as the hexadecimal digits of its UTF-8 bytes.
fn hex_text(field: &str) -> Option<String> {
    let digits = field.trim().as_bytes();
    if digits.is_empty() || !digits.len().is_multiple_of(2) {
        return None;
    }
    let value = |b: u8| (b as char).to_digit(16).and_then(|d| u8::try_from(d).ok());
    let bytes: Option<Vec<u8>> = digits
        .chunks_exact(2)
        .map(|pair| match pair {
            [high, low] => Some(value(*high)? << 4 | value(*low)?),
            _ => None,
        })
        .collect();
    String::from_utf8(bytes?).ok()
}
