//! A list of units that a person brings: JSON with `effective`, `provinces`, `communes`, `amendments` and `old_to_new`,
//! as `assets/catalogue/units.md` describes it. Every mistake is told with its place; a list with mistakes changes nothing.
//!
//! Not here: where an imported list is kept (store), and reading the packed form (`file`).

mod check;
mod write;

use std::fmt;

use jiff::civil::Date;
use serde::Deserialize;

use super::Units;

/// What is wrong at one place of an imported list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportProblem {
    /// Such as `communes[12] 00025`, or a line of the file.
    pub place: String,
    /// What is wrong there.
    pub wrong: Wrong,
}

/// What can be wrong with a list of units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// It is no JSON of this shape; the text is the reader's.
    Shape(String),
    /// The list holds no province or no commune.
    Empty,
    /// A code is not of this many digits.
    Code {
        /// How many it should have.
        digits: usize,
    },
    /// The code stands twice.
    Twice,
    /// A name is empty, or holds tabs, line ends or unseen characters.
    Name,
    /// A kind that is none of those that exist; the text is what was found.
    Kind(String),
    /// It names a province or commune that the list does not know; the text is the code.
    Unknown(String),
    /// An amendment holds from a day that is not after the one before it.
    Order,
    /// An old commune has several new ones without `partial`, or `partial` with one only.
    Partial,
    /// Several rows of one old commune carry the hint.
    Hints,
}

impl fmt::Display for ImportProblem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: ", self.place)?;
        match &self.wrong {
            Wrong::Shape(text) => write!(out, "not a list of units: {text}"),
            Wrong::Empty => write!(out, "the list is empty"),
            Wrong::Code { digits } => write!(out, "a code of {digits} digits is needed"),
            Wrong::Twice => write!(out, "stands twice"),
            Wrong::Name => write!(out, "the name is empty or holds unseen characters"),
            Wrong::Kind(kind) => write!(out, "\"{kind}\" is no kind of unit"),
            Wrong::Unknown(code) => write!(out, "{code} is not in the list"),
            Wrong::Order => write!(out, "holds from a day that is not after the one before"),
            Wrong::Partial => write!(out, "\"partial\" does not fit the number of new communes"),
            Wrong::Hints => write!(out, "more than one hint"),
        }
    }
}

#[derive(Deserialize)]
struct UnitsFile {
    effective: Date,
    provinces: Vec<ProvinceEntry>,
    communes: Vec<CommuneEntry>,
    #[serde(default)]
    amendments: Vec<Amendment>,
    #[serde(default)]
    old_to_new: Vec<OldRow>,
    #[serde(default)]
    meta: Meta,
}

#[derive(Deserialize, Default)]
struct Meta {
    #[serde(default)]
    decree: String,
}

#[derive(Deserialize, Clone)]
struct ProvinceEntry {
    code: String,
    name: String,
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Deserialize, Clone)]
struct CommuneEntry {
    code: String,
    name: String,
    #[serde(rename = "type")]
    kind: String,
    province: String,
}

/// What changes on a day; fields that are absent stay as they were.
#[derive(Deserialize)]
struct Amendment {
    effective: Date,
    #[serde(default)]
    decree: String,
    #[serde(default)]
    provinces: Vec<Change>,
    #[serde(default)]
    communes: Vec<Change>,
}

#[derive(Deserialize)]
struct Change {
    code: String,
    name: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    province: Option<String>,
    /// The communes that take over the area of one that ends on this day.
    into: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct OldRow {
    old_province: String,
    old_district: String,
    /// Absent for an island district without communes.
    old_commune: Option<String>,
    new_code: String,
    #[serde(default)]
    partial: bool,
    #[serde(default)]
    hint: bool,
}

/// A mistake repeats itself; nobody reads more of them than these.
const MAX_PROBLEMS: usize = 50;

impl Units {
    /// Reads a list of units, checks all of it and makes it ready for [`Units::pack`].
    ///
    /// # Errors
    /// Every mistake with its place, at most fifty.
    pub fn import(json: &str) -> Result<Units, Vec<ImportProblem>> {
        let file: UnitsFile = serde_json::from_str(json).map_err(|error| {
            let place = format!("line {}, column {}", error.line(), error.column());
            vec![at(place, Wrong::Shape(error.to_string()))]
        })?;
        let mut problems = check::problems(&file);
        if !problems.is_empty() {
            problems.truncate(MAX_PROBLEMS);
            return Err(problems);
        }
        Units::read(write::text(&file))
            .map_err(|error| vec![at("file".to_owned(), Wrong::Shape(error.to_string()))])
    }
}

fn at(place: String, wrong: Wrong) -> ImportProblem {
    ImportProblem { place, wrong }
}
