//! What a scanned, pasted or typed text says about a person: an identity or health card's QR code, a passport's two
//! lines, a tax code. Pure. Damage is said and nothing of a damaged text is used.
//! Not here: what the register knows of them (`known`).

use crate::dto::*;
use jiff::civil::Date;
use onedoor_domain::identity::{
    self, PersonalId, Sex,
    damage::{self, Damage},
    mrz::{self, MrzField, MrzProblem, Passport},
    qr::{self, HealthCard, IdCard, Qr, QrProblem, Unread},
    tax_code::{TaxCode, TaxProblem, TaxWarning},
    wedge,
};

/// More than any code or data page holds.
const MOST: usize = 8_000;
/// The first seven fields of an identity card's code are known.
const CARD_FIELDS: usize = 7;

/// A number by which the register may know who it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Key {
    Personal(String),
    Passport(String),
    Tax(String),
}

/// What a text says by itself.
#[derive(Debug)]
pub(super) struct Reading {
    pub kind: PersonReadKind,
    pub person: Option<PersonValues>,
    pub notes: Vec<FieldNote>,
    pub keys: Vec<Key>,
}

impl Reading {
    fn nothing(kind: PersonReadKind, notes: Vec<FieldNote>) -> Self {
        Reading {
            kind,
            person: None,
            notes,
            keys: Vec::new(),
        }
    }

    fn not_known() -> Self {
        Self::nothing(PersonReadKind::NotKnown, Vec::new())
    }

    /// A number to call, `0…`.
    pub(super) fn telephone(phone: String) -> Self {
        Reading {
            person: Some(PersonValues {
                phone,
                ..PersonValues::default()
            }),
            ..Self::nothing(PersonReadKind::Telephone, Vec::new())
        }
    }

    fn damaged(note: FieldNote) -> Self {
        Self::nothing(PersonReadKind::Damaged, vec![note])
    }
}

pub(super) fn note<const N: usize>(
    field: &str,
    code: &str,
    params: [(&str, String); N],
) -> FieldNote {
    FieldNote {
        field: field.to_string(),
        code: code.to_string(),
        params: params
            .into_iter()
            .map(|(name, value)| (name.to_string(), value))
            .collect(),
    }
}

/// Reads a text as it came from a reader, the clipboard or the keyboard.
pub(super) fn read(text: &str, today: Date) -> Reading {
    let text = text.trim_matches(|sign: char| sign.is_whitespace() || sign.is_control());
    if text.len() > MOST {
        return Reading::damaged(damage_note("", Damage::TooLong));
    }
    if text.contains('|') {
        card(text)
    } else if text.contains('<') {
        passport(text, today)
    } else if let Some(why) = damage::of_code(text) {
        Reading::damaged(damage_note("", why))
    } else {
        tax_code(text)
    }
}

fn damage_note(field: &str, why: Damage) -> FieldNote {
    let code = match why {
        Damage::Telex => "damaged_telex",
        Damage::Vni => "damaged_vni",
        Damage::Encoding => "damaged_encoding",
        Damage::LostLetter => "damaged_letter_lost",
        Damage::TooLong => "damaged_too_long",
    };
    note(field, code, [])
}

fn sex(sex: Option<Sex>) -> Option<SexChoice> {
    sex.map(|sex| match sex {
        Sex::Male => SexChoice::Male,
        Sex::Female => SexChoice::Female,
    })
}

fn card(text: &str) -> Reading {
    match qr::parse(text) {
        Ok(Qr::IdCard(card)) => id_card(card),
        Ok(Qr::HealthCard(card)) => health_card(card),
        Err(problem) => no_card(text, problem),
    }
}

fn id_card(card: IdCard) -> Reading {
    let mut notes = unread(&card.unread);
    notes.extend(damaged_address(&card.address));
    let numbers = [Some(&card.number), card.old_number.as_ref()];
    let keys = numbers.into_iter().flatten();
    Reading {
        kind: PersonReadKind::CardQr,
        keys: keys
            .map(|number| Key::Personal(number.as_str().to_string()))
            .collect(),
        person: Some(PersonValues {
            name: card.name,
            birth: card.birth.to_string(),
            sex: sex(card.sex),
            id_number: card.number.as_str().to_string(),
            address: card.address,
            ..PersonValues::default()
        }),
        notes,
    }
}

/// The insurance's number is none of the person's own: it is said, and the name and birth look in the register.
fn health_card(card: HealthCard) -> Reading {
    let mut notes = unread(&card.unread);
    notes.push(note("", "health_number", [("number", card.number)]));
    Reading {
        kind: PersonReadKind::HealthCard,
        person: Some(PersonValues {
            name: card.name,
            birth: card.birth.to_string(),
            sex: sex(card.sex),
            address: card.address,
            ..PersonValues::default()
        }),
        notes,
        keys: Vec::new(),
    }
}

fn unread(parts: &[(Unread, String)]) -> Vec<FieldNote> {
    let said = parts.iter().map(|(part, text)| {
        let (field, code) = match part {
            Unread::OldNumber => ("id_number", "unread_old_number"),
            Unread::Birth => ("birth", "unread_birth"),
            Unread::Sex => ("sex", "unread_sex"),
            Unread::Address => ("address", "unread_address"),
            Unread::Issued => ("", "unread_issued"),
        };
        note(field, code, [("text", text.clone())])
    });
    said.collect()
}

/// House numbers are no keys of an input method: only words without digits are looked at.
fn damaged_address(address: &str) -> Option<FieldNote> {
    let words = address.split_whitespace();
    let words = words.filter(|word| !word.bytes().any(|byte| byte.is_ascii_digit()));
    let words = words.map(|word| word.trim_matches(|sign: char| sign.is_ascii_punctuation()));
    let why = damage::of_name(&words.collect::<Vec<_>>().join(" "))?;
    Some(damage_note("address", why))
}

/// Why a text between bars is no card. What an input method did is said as such; a card's number, which is digits
/// only, still finds its entry.
fn no_card(text: &str, problem: QrProblem) -> Reading {
    let first = text.split('|').next().unwrap_or_default();
    let number = PersonalId::parse(first).ok();
    let number = number.filter(|number| number.as_str().len() == 12);
    let of_keys = match wedge::read(&burst(text)) {
        wedge::Outcome::Damaged { why, .. } => Some(why),
        _ => None,
    };
    let said = match problem {
        QrProblem::Damaged(why) => damage_note("name", why),
        QrProblem::TooLong => damage_note("", Damage::TooLong),
        QrProblem::Name(_) => note("name", "control_characters", []),
        QrProblem::NoName => note("name", "card_no_name", []),
        QrProblem::Number(_) | QrProblem::TooFewFields { .. } | QrProblem::Empty => {
            let fields = text.split('|').count();
            match of_keys {
                Some(why) => damage_note("", why),
                None if number.is_some() => note("", "scan_incomplete", []),
                None if fields >= CARD_FIELDS => {
                    note("id_number", "card_number", [("text", first.to_string())])
                }
                None => return Reading::not_known(),
            }
        }
    };
    Reading {
        keys: number
            .map(|number| Key::Personal(number.as_str().to_string()))
            .into_iter()
            .collect(),
        ..Reading::damaged(said)
    }
}

/// The text as a keyboard scanner sends it, a key each millisecond.
fn burst(text: &str) -> Vec<(char, u64)> {
    text.chars().zip(0..).collect()
}

fn passport(text: &str, today: Date) -> Reading {
    // Readers end a line with either sign.
    let lines = text.replace('\r', "\n");
    match mrz::parse(&lines, today) {
        Ok(passport) => data_page(&passport, today),
        Err(problem) if looks_like_zone(text) => no_passport(problem),
        Err(_) => Reading::not_known(),
    }
}

/// Whether somebody meant two lines of a passport and not a sentence with an arrow in it.
fn looks_like_zone(text: &str) -> bool {
    let signs = text.chars().filter(|sign| *sign == '<').count();
    signs >= 3 || text.starts_with("P<") || text.starts_with("p<")
}

fn no_passport(problem: MrzProblem) -> Reading {
    let said = match problem {
        MrzProblem::Lines { .. } | MrzProblem::Length { .. } => note("", "mrz_incomplete", []),
        MrzProblem::Sign { found, .. } if !found.is_ascii() => damage_note("", Damage::Telex),
        MrzProblem::Sign { line, at, found } => note(
            "",
            "mrz_sign",
            [
                ("line", line.to_string()),
                ("at", at.to_string()),
                ("found", found.to_string()),
            ],
        ),
        MrzProblem::NotAPassport => {
            let said = note("", "mrz_not_a_passport", []);
            return Reading::nothing(PersonReadKind::NotKnown, vec![said]);
        }
        MrzProblem::CheckDigit { field, suggestion } => {
            let (field, part) = zone_field(field);
            let params = [
                ("part", part.to_string()),
                ("suggestion", suggestion.unwrap_or_default()),
            ];
            note(field, "mrz_check_digit", params)
        }
        MrzProblem::Date { field } => {
            let (field, part) = zone_field(field);
            note(field, "mrz_date", [("part", part.to_string())])
        }
        MrzProblem::NoName => note("name", "card_no_name", []),
    };
    Reading::damaged(said)
}

/// The field of the page beside which a part of the zone is said, and the part's own word.
fn zone_field(field: MrzField) -> (&'static str, &'static str) {
    match field {
        MrzField::Number => ("identity.passport", "number"),
        MrzField::Birth => ("birth", "birth"),
        MrzField::Expiry => ("identity.passport", "expiry"),
        MrzField::Personal => ("id_number", "personal"),
        MrzField::Composite => ("identity.passport", "composite"),
    }
}

fn data_page(page: &Passport, today: Date) -> Reading {
    let mut notes = vec![note("name", "mrz_name_plain", [])];
    if page.name_may_be_cut {
        notes.push(note("name", "mrz_name_cut", []));
    }
    if page.expires < today {
        let day = page.expires.strftime("%d/%m/%Y").to_string();
        notes.push(note(
            "identity.passport",
            "passport_expired",
            [("day", day)],
        ));
    }
    // Vietnam writes the personal number where other states write what they like.
    let vietnamese = page.issuer == "VNM";
    let number = PersonalId::parse(&page.personal)
        .ok()
        .filter(|_| vietnamese);
    let number = number.map_or_else(String::new, |number| number.as_str().to_string());
    let mut keys = vec![Key::Passport(page.number.clone())];
    if !number.is_empty() {
        keys.push(Key::Personal(number.clone()));
    }
    Reading {
        kind: PersonReadKind::Passport,
        person: Some(PersonValues {
            name: page.name(),
            birth: page.birth.to_string(),
            sex: sex(page.sex),
            id_number: number,
            identity: IdentityValues {
                passport: page.number.clone(),
                // The only state whose code in the zone is shorter than its three letters elsewhere.
                nationality: match page.nationality.as_str() {
                    "D" => "DEU".to_string(),
                    other => other.to_string(),
                },
                ..IdentityValues::default()
            },
            ..PersonValues::default()
        }),
        notes,
        keys,
    }
}

fn tax_code(text: &str) -> Reading {
    let code = match TaxCode::parse(text) {
        Ok(code) => code,
        Err(TaxProblem::Person(_)) => {
            let said = note("id_number", "id_unknown_province", []);
            return Reading::nothing(PersonReadKind::NotKnown, vec![said]);
        }
        Err(_) => return Reading::not_known(),
    };
    let number = code.to_string();
    if let TaxCode::Person(_) = code {
        return Reading {
            kind: PersonReadKind::TaxCode,
            person: Some(PersonValues {
                id_number: number.clone(),
                ..PersonValues::default()
            }),
            notes: Vec::new(),
            keys: vec![Key::Personal(number.clone()), Key::Tax(number)],
        };
    }
    let warning = code.warning();
    // Ten digits that only a telephone agrees with are one.
    if warning.is_some() && identity::phone(text).is_ok() {
        return Reading::not_known();
    }
    let notes = warning.map(|TaxWarning::CheckDigit { expected }| {
        let expected = expected.map_or_else(String::new, |digit| digit.to_string());
        note(
            "identity.tax_code",
            "tax_check_digit",
            [("expected", expected)],
        )
    });
    Reading {
        kind: PersonReadKind::TaxCode,
        person: Some(PersonValues {
            identity: IdentityValues {
                organisation: true,
                tax_code: number.clone(),
                ..IdentityValues::default()
            },
            ..PersonValues::default()
        }),
        notes: notes.into_iter().collect(),
        keys: vec![Key::Tax(number)],
    }
}
