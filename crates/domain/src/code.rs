//! The dossier code: its shape, reading it from what people type, and the codes that a workstation hands out itself.
//!
//! Not here: who owns which numbers of a day (leases belong to the centre and the store).

use std::fmt;

use jiff::civil::Date;

/// Shortest and longest sequence that a code carries, in digits.
const SEQ_DIGITS: std::ops::RangeInclusive<usize> = 4..=8;
const DAY_DIGITS: usize = 6;

/// The legal number of a filing, `agency-YYMMDD-XXXX`; the day is the day of intake.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DossierCode {
    /// The agency, such as `H15.50.05.13`, or in the order of before 2020 `000.00.53.H48`.
    pub agency: String,
    /// The day of intake.
    pub day: Date,
    /// The number within agency and day.
    pub seq: u32,
}

impl fmt::Display for DossierCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = (
            self.day.year().rem_euclid(100),
            self.day.month(),
            self.day.day(),
        );
        write!(
            f,
            "{}-{year:02}{month:02}{day:02}-{:04}",
            self.agency, self.seq
        )
    }
}

impl DossierCode {
    /// Reads a code as people type it: any case, any separators or none, in today's order or the old one.
    ///
    /// `None` when it is no code, when a code without separators can be read in two ways, and when it has leading
    /// zeros that its number cannot keep (codes of some central services): such a code is looked up as text.
    pub fn parse(s: &str) -> Option<Self> {
        let upper = s.to_uppercase();
        let parts: Vec<&str> = upper
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|p| !p.is_empty())
            .collect();
        if upper.chars().any(|c| c.is_alphanumeric() && !c.is_ascii()) {
            return None;
        }
        match parts.as_slice() {
            [run] => Self::from_run(run),
            [agency @ .., day, seq] if day.len() == DAY_DIGITS => {
                Self::from_parts(&agency_of(agency)?, day, seq)
            }
            [agency @ .., tail] => {
                let (day, seq) = tail.split_at_checked(DAY_DIGITS)?;
                Self::from_parts(&agency_of(agency)?, day, seq)
            }
            [] => None,
        }
    }

    fn from_parts(agency: &str, day: &str, seq: &str) -> Option<Self> {
        if !SEQ_DIGITS.contains(&seq.len()) || !is_digits(seq) {
            return None;
        }
        let code = DossierCode {
            agency: agency.to_owned(),
            day: parse_day(day)?,
            seq: seq.parse().ok()?,
        };
        (format!("{:04}", code.seq) == seq).then_some(code)
    }

    /// A run without separators: every way to cut it is tried, and only a single one is believed.
    fn from_run(run: &str) -> Option<Self> {
        let mut readings = SEQ_DIGITS.filter_map(|seq_len| {
            let (head, seq) = run.split_at_checked(run.len().checked_sub(seq_len)?)?;
            let (agency, day) = head.split_at_checked(head.len().checked_sub(DAY_DIGITS)?)?;
            Self::from_parts(&dotted(agency)?, day, seq)
        });
        let first = readings.next()?;
        readings.next().is_none().then_some(first)
    }
}

/// The agency that typed parts mean, with the dots or without.
fn agency_of(parts: &[&str]) -> Option<String> {
    match parts {
        [run] => dotted(run),
        parts => Some(parts.join(".")).filter(|agency| is_agency(agency)),
    }
}

/// The dots that an agency run would have, in pairs of digits as every agency of a commune is written.
fn dotted(run: &str) -> Option<String> {
    let cuts: &[usize] = match (run.as_bytes().first()?.is_ascii_digit(), run.len()) {
        (true, 10) => &[3, 2, 2, 3],
        (false, 5) => &[3, 2],
        (false, 7) => &[3, 2, 2],
        (false, 9) => &[3, 2, 2, 2],
        _ => return None,
    };
    let mut rest = run;
    let mut parts = Vec::with_capacity(cuts.len());
    for cut in cuts {
        let (part, tail) = rest.split_at_checked(*cut)?;
        parts.push(part);
        rest = tail;
    }
    let agency = parts.join(".");
    is_agency(&agency).then_some(agency)
}

/// The number that a filing carries while no official one is at hand: `T-<workstation short>-<seq>`.
pub fn provisional(ws_short: &str, seq: u64) -> String {
    format!("T-{ws_short}-{seq}")
}

/// A provisional number as people type it from a paper, in its printed form; none where it is not one.
pub fn parse_provisional(typed: &str) -> Option<String> {
    let upper = typed.trim().to_uppercase();
    let mut parts = upper.split('-').map(str::trim);
    let (Some("T"), Some(short), Some(seq), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return None;
    };
    let hex = short.len() == 8 && short.bytes().all(|b| b.is_ascii_hexdigit());
    let number: u64 = seq.parse().ok()?;
    (hex && number > 0 && number.to_string() == seq).then(|| provisional(short, number))
}

/// A run of numbers that belongs to one workstation for one day, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// The first number.
    pub lo: u32,
    /// The last number.
    pub hi: u32,
}

impl Slot {
    /// Whether `seq` belongs to it.
    pub fn contains(&self, seq: u32) -> bool {
        (self.lo..=self.hi).contains(&seq)
    }

    /// How many numbers it has; none when its ends are the wrong way round.
    pub fn len(&self) -> u64 {
        (u64::from(self.hi) + 1).saturating_sub(u64::from(self.lo))
    }

    /// Whether it has no number.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Whether `s` is an agency in the order under which codes are issued today: `H15.50.05.13`.
pub fn valid_agency(s: &str) -> bool {
    let is_unit = |part: &&str| is_digits(part) && matches!(part.len(), 2..=3);
    match s.split('.').collect::<Vec<_>>().as_slice() {
        [province, units @ ..] => {
            is_province(province) && (1..=3).contains(&units.len()) && units.iter().all(is_unit)
        }
        [] => false,
    }
}

/// Old codes put the province last: `000.00.53.H48`. They are read, never issued.
fn is_old_agency(s: &str) -> bool {
    let parts: Vec<&str> = s.split('.').collect();
    matches!(parts.as_slice(), [a, b, c, m] if a.len() == 3 && b.len() == 2 && c.len() == 2
        && [a, b, c].iter().all(|p| is_digits(p)) && is_province(m))
}

fn is_agency(s: &str) -> bool {
    valid_agency(s) || is_old_agency(s)
}

fn is_province(s: &str) -> bool {
    s.len() == 3
        && s.starts_with(|c: char| c.is_ascii_uppercase())
        && s.get(1..).is_some_and(is_digits)
}

fn is_digits(s: &str) -> bool {
    !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit())
}

fn parse_day(s: &str) -> Option<Date> {
    if s.len() != DAY_DIGITS || !is_digits(s) {
        return None;
    }
    let year: i16 = s.get(0..2)?.parse().ok()?;
    Date::new(
        2000 + year,
        s.get(2..4)?.parse().ok()?,
        s.get(4..6)?.parse().ok()?,
    )
    .ok()
}
