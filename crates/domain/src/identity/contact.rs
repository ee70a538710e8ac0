//! Telephone numbers of Vietnam in one form, and e-mail addresses that can exist.
//!
//! Not here: foreign telephone numbers, and whether anyone answers.

/// Why a typed telephone number is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneProblem {
    /// Something else than digits and the usual separators.
    NotDigits,
    /// Too short (half typed) or too long for its kind.
    Length,
    /// Begins like no Vietnamese number.
    Prefix,
}

/// The number as `0…`, without separators; `+84`, `0084` and `84` in front become `0`.
///
/// # Errors
/// [`PhoneProblem`]. Mobile numbers have 10 digits (03, 05, 07, 08, 09), fixed ones 10 or 11 (02).
pub fn phone(typed: &str) -> Result<String, PhoneProblem> {
    let bare: String = typed
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '(' | ')'))
        .collect();
    let (abroad, digits) = match bare.strip_prefix('+') {
        Some(rest) => (true, rest),
        None => (false, bare.as_str()),
    };
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(PhoneProblem::NotDigits);
    }
    check(domestic(digits, abroad)?)
}

fn domestic(digits: &str, abroad: bool) -> Result<String, PhoneProblem> {
    let rest = if abroad {
        Some(digits.strip_prefix("84").ok_or(PhoneProblem::Prefix)?)
    } else if let Some(rest) = digits.strip_prefix("0084") {
        Some(rest)
    } else {
        digits.strip_prefix("84").filter(|rest| rest.len() >= 9)
    };
    // +84 (0)912 … is written often enough.
    Ok(rest.map_or_else(
        || digits.to_owned(),
        |rest| format!("0{}", rest.strip_prefix('0').unwrap_or(rest)),
    ))
}

fn check(number: String) -> Result<String, PhoneProblem> {
    let mut digits = number.bytes();
    let lengths = match (digits.next(), digits.next()) {
        (Some(b'0'), Some(b'2')) => 10..=11,
        (Some(b'0'), Some(b'3' | b'5' | b'7'..=b'9')) => 10..=10,
        (Some(b'0'), None) => return Err(PhoneProblem::Length),
        _ => return Err(PhoneProblem::Prefix),
    };
    if lengths.contains(&number.len()) {
        Ok(number)
    } else {
        Err(PhoneProblem::Length)
    }
}

/// Whether `s` can be an e-mail address: one `@`, something before it, a domain with a dot behind it.
pub fn email_ok(s: &str) -> bool {
    s.len() <= 254
        && s.split_once('@')
            .is_some_and(|(local, domain)| local_ok(local) && domain_ok(domain))
}

fn local_ok(local: &str) -> bool {
    (1..=64).contains(&local.len())
        && local
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~.-".contains(&b))
        && local.split('.').all(|part| !part.is_empty())
}

fn domain_ok(domain: &str) -> bool {
    let labels: Vec<&str> = domain.split('.').collect();
    labels.len() >= 2
        && labels.iter().all(|label| {
            (1..=63).contains(&label.len())
                && label
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        })
}
