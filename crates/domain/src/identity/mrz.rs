//! The two lines at the foot of a passport's data page (ICAO Doc 9303, TD3), read by a reader or typed.
//!
//! Not here: other documents' zones, and the marks of names: the zone has plain capitals only, so that a name from it
//! is shown as the zone writes it and never taken for the name with its marks.

mod digits;

use jiff::civil::Date;

use super::{Birth, Sex};

pub use digits::check_digit;

/// Signs on each line.
const LINE: usize = 44;

/// A passport's data page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passport {
    /// What it is, `P` or `P` with a second letter.
    pub kind: String,
    /// Who issued it, as a code of three letters (`VNM`, `D`).
    pub issuer: String,
    /// The primary identifier, mostly the family name, in plain capitals.
    pub surname: String,
    /// The secondary identifier; empty where a person has a single name.
    pub given: String,
    /// Whether the names fill the line, so that they may have been cut.
    pub name_may_be_cut: bool,
    /// The passport's number.
    pub number: String,
    /// Nationality, as a code of three letters.
    pub nationality: String,
    /// Birth; a month or a year where the zone has no more.
    pub birth: Birth,
    /// Sex; nothing where the zone says none.
    pub sex: Option<Sex>,
    /// The last day on which it is valid.
    pub expires: Date,
    /// The personal number or whatever the state puts there; empty where it puts nothing.
    pub personal: String,
}

impl Passport {
    /// The name in Vietnamese order: primary identifier first.
    pub fn name(&self) -> String {
        format!("{} {}", self.surname, self.given).trim().to_owned()
    }
}

/// A part of the zone that has a check digit or a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MrzField {
    /// The passport's number.
    Number,
    /// The birth.
    Birth,
    /// The last day of validity.
    Expiry,
    /// The personal number.
    Personal,
    /// All of them together.
    Composite,
}

/// Why the zone is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MrzProblem {
    /// Not two lines.
    Lines {
        /// How many there are.
        found: usize,
    },
    /// A line has not 44 signs.
    Length {
        /// 1 or 2.
        line: usize,
        /// How many it has.
        found: usize,
    },
    /// A sign that no zone has.
    Sign {
        /// 1 or 2.
        line: usize,
        /// Its place from 1.
        at: usize,
        /// The sign.
        found: char,
    },
    /// The first line does not begin as a passport's.
    NotAPassport,
    /// A check digit does not agree with its field: a sign was misread or mistyped.
    CheckDigit {
        /// Which.
        field: MrzField,
        /// The second line as it may have been meant, where exchanging the letter O and the digit 0 makes everything
        /// agree in exactly one way. It is offered, never taken.
        suggestion: Option<String>,
    },
    /// A date that does not exist.
    Date {
        /// Which.
        field: MrzField,
    },
    /// There is no name.
    NoName,
}

/// Reads the zone: two lines, or their 88 signs in one run; small letters and blanks around do not matter.
///
/// Two-digit years of birth are taken as not after `today`, those of validity as within fifty years of it.
///
/// # Errors
/// [`MrzProblem`], the first that applies, from the left and from above.
pub fn parse(text: &str, today: Date) -> Result<Passport, MrzProblem> {
    let [first, second] = lines(text)?;
    for (line, signs) in [(1, &first), (2, &second)] {
        if let Some((at, found)) = (1..).zip(signs.chars()).find(|(_, c)| !is_sign(*c)) {
            return Err(MrzProblem::Sign { line, at, found });
        }
    }
    if !first.starts_with('P') {
        return Err(MrzProblem::NotAPassport);
    }
    if let Some(field) = digits::first_wrong(&second) {
        return Err(MrzProblem::CheckDigit {
            field,
            suggestion: digits::suggestion(&second),
        });
    }
    let names = part(&first, 5, LINE);
    let (surname, given) = names.split_once("<<").unwrap_or((names, ""));
    let surname = spaced(surname);
    if surname.is_empty() {
        return Err(MrzProblem::NoName);
    }
    Ok(Passport {
        kind: bare(part(&first, 0, 2)),
        issuer: bare(part(&first, 2, 5)),
        surname,
        given: spaced(given),
        name_may_be_cut: !names.ends_with('<'),
        number: bare(part(&second, 0, 9)),
        nationality: bare(part(&second, 10, 13)),
        birth: birth(part(&second, 13, 19), today).ok_or(MrzProblem::Date {
            field: MrzField::Birth,
        })?,
        sex: match part(&second, 20, 21) {
            "M" => Some(Sex::Male),
            "F" => Some(Sex::Female),
            _ => None,
        },
        expires: expiry(part(&second, 21, 27), today).ok_or(MrzProblem::Date {
            field: MrzField::Expiry,
        })?,
        personal: bare(part(&second, 28, 42)),
    })
}

fn lines(text: &str) -> Result<[String; 2], MrzProblem> {
    let mut lines: Vec<String> = text
        .lines()
        .map(|line| {
            line.chars()
                .filter(|c| !c.is_whitespace())
                .map(|c| c.to_ascii_uppercase())
                .collect()
        })
        .filter(|line: &String| !line.is_empty())
        .collect();
    if let [run] = lines.as_slice()
        && run.chars().count() == 2 * LINE
    {
        let head: String = run.chars().take(LINE).collect();
        let tail: String = run.chars().skip(LINE).collect();
        lines = vec![head, tail];
    }
    let found = lines.len();
    let two: [String; 2] = lines.try_into().map_err(|_| MrzProblem::Lines { found })?;
    for (line, signs) in (1..).zip(&two) {
        let found = signs.chars().count();
        if found != LINE {
            return Err(MrzProblem::Length { line, found });
        }
    }
    Ok(two)
}

fn is_sign(c: char) -> bool {
    c.is_ascii_uppercase() || c.is_ascii_digit() || c == '<'
}

/// Signs `from..to` of a line that is known to hold plain signs only.
fn part(line: &str, from: usize, to: usize) -> &str {
    line.get(from..to).unwrap_or_default()
}

fn bare(field: &str) -> String {
    field.trim_matches('<').to_owned()
}

fn spaced(field: &str) -> String {
    let words: Vec<&str> = field.split('<').filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// `YYMMDD`, where day and month may be filler.
fn birth(field: &str, today: Date) -> Option<Birth> {
    if field == "<<<<<<" {
        return Some(Birth::Unknown);
    }
    let two: i16 = part(field, 0, 2).parse().ok()?;
    let century = today.year() - today.year().rem_euclid(100);
    let born = |year: i16| match (part(field, 2, 4), part(field, 4, 6)) {
        ("<<", "<<") => Some((Birth::Year(year), Date::new(year, 1, 1).ok()?)),
        (month, "<<") => {
            let month: i8 = month.parse().ok()?;
            Some((
                Birth::Month { year, month },
                Date::new(year, month, 1).ok()?,
            ))
        }
        (month, day) => {
            let day = Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()?;
            Some((Birth::Day(day), day))
        }
    };
    [century + two, century - 100 + two]
        .into_iter()
        .filter_map(born)
        .find(|(_, first)| *first <= today)
        .map(|(birth, _)| birth)
}

fn expiry(field: &str, today: Date) -> Option<Date> {
    let two: i16 = part(field, 0, 2).parse().ok()?;
    let century = today.year() - today.year().rem_euclid(100);
    let year = [century - 100, century, century + 100]
        .map(|start| start + two)
        .into_iter()
        .min_by_key(|year| (i32::from(*year) - i32::from(today.year())).abs())?;
    Date::new(
        year,
        part(field, 2, 4).parse().ok()?,
        part(field, 4, 6).parse().ok()?,
    )
    .ok()
}
