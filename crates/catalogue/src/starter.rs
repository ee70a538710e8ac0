//! The procedures that ship with the program, worked out by hand, for a commune and for a mission abroad.
//! Not here: their file (`curated`), the national pages and their import.

use std::collections::BTreeMap;

use jiff::civil::Date;
use onedoor_domain::{calendar::Calendar, due::Term, procedure::Procedure};
use serde::de::Error as _;

use crate::calendar::{self, CalendarErrors};
use crate::curated::{self, CatalogueError, Source};

const STARTER: Source<'_> = Source {
    file: "starter.json",
    json: include_str!("../../../assets/catalogue/starter.json"),
};
const CURATED: Source<'_> = Source {
    file: "curated.json",
    json: include_str!("../../../assets/catalogue/curated.json"),
};
const CONSULAR: Source<'_> = Source {
    file: "consular.json",
    json: include_str!("../../../assets/catalogue/consular.json"),
};

/// Procedures and calendar of this office.
#[derive(Debug)]
pub struct Catalogue {
    /// All procedures whose time limit is known.
    pub procedures: Vec<Procedure>,
    /// Those whose time limit no text states: shown, and received once the office says it.
    pub listed: Vec<Listed>,
    /// Days off and hours.
    pub calendar: Calendar,
    notes: BTreeMap<String, String>,
}

/// A procedure without a time limit. Nothing can be promised for it until someone answers for a limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub(crate) procedure: Procedure,
}

impl Listed {
    /// Its code, national or provisional.
    pub fn code(&self) -> &str {
        &self.procedure.code
    }

    /// Everything but its time limit: the term in here is meaningless and the screen must not show it.
    pub fn sheet(&self) -> &Procedure {
        &self.procedure
    }

    /// The procedure with the limit that the office answers for.
    pub fn with_term(&self, term: Term) -> Procedure {
        Procedure {
            term,
            ..self.procedure.clone()
        }
    }
}

impl Catalogue {
    /// The catalogue of a commune that ships with the program.
    ///
    /// # Errors
    /// When the shipped files are damaged; the message names file, procedure and place.
    pub fn shipped() -> serde_json::Result<Self> {
        Self::of(&[STARTER, CURATED], calendar::shipped())
    }

    /// The catalogue of a mission abroad that ships with the program: nothing of it is checked yet. The calendar is
    /// the sample of one mission, [`calendar::shipped_mission`]; an office imports its own.
    ///
    /// # Errors
    /// As for [`Catalogue::shipped`].
    pub fn consular() -> serde_json::Result<Self> {
        Self::of(&[CONSULAR], calendar::shipped_mission())
    }

    fn of(
        sources: &[Source<'_>],
        calendar: Result<Calendar, CalendarErrors>,
    ) -> serde_json::Result<Self> {
        let calendar = calendar.map_err(serde_json::Error::custom)?;
        Self::read(sources, calendar).map_err(serde_json::Error::custom)
    }

    /// Reads files of curated procedures; a code may stand again as a version of another time.
    ///
    /// # Errors
    /// [`CatalogueError`] names the file, the procedure and the place of everything that is wrong.
    pub fn read(sources: &[Source<'_>], calendar: Calendar) -> Result<Self, CatalogueError> {
        let read = curated::read(sources)?;
        Ok(Catalogue {
            procedures: read.procedures,
            listed: read.listed,
            calendar,
            notes: read.notes,
        })
    }

    /// A procedure by its code: of several versions the one that begins last.
    pub fn get(&self, code: &str) -> Option<&Procedure> {
        let versions = self.procedures.iter().filter(|one| one.code == code);
        versions.max_by_key(|procedure| procedure.from)
    }

    /// The version of a procedure that holds on `day`; `None` also once it was withdrawn.
    pub fn get_on(&self, code: &str, day: Date) -> Option<&Procedure> {
        let mut versions = self.procedures.iter().filter(|one| one.code == code);
        versions.find(|one| one.in_force(day))
    }

    /// What a clerk should know beside the papers, such as who must be present; Vietnamese.
    pub fn note(&self, code: &str) -> Option<&str> {
        self.notes.get(code).map(String::as_str)
    }
}
