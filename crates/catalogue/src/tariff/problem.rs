//! What can be wrong with a tariff's file, and where. Not here: the words on the screen.

use std::fmt;

/// Everything that is wrong with a file, by line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TariffErrors(pub Vec<TariffError>);

/// One mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TariffError {
    /// The line of the file, from 1.
    pub line: usize,
    /// What is wrong there.
    pub problem: TariffProblem,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TariffProblem {
    /// No JSON, or an entry that lacks something or has something unknown; in the reader's words.
    Shape {
        /// What the reader says.
        message: String,
    },
    /// No amount, or more digits behind the point than the money has.
    Amount {
        /// The text.
        text: String,
    },
    /// A fee below zero.
    BelowZero {
        /// The text.
        text: String,
    },
    /// Money that is not known.
    Currency {
        /// The text.
        text: String,
    },
    /// No date, or one that does not exist.
    NotADate {
        /// The text.
        text: String,
    },
    /// A rate says how much for a dollar or how much đồng for one, not both and not neither.
    OneRate,
    /// The same fee, or the same rate of the same day, stands twice.
    Twice {
        /// The line where it stands first.
        first: usize,
    },
    /// No procedure has this code.
    UnknownProcedure {
        /// The code.
        code: String,
    },
    /// The procedure has no fee of this id.
    UnknownItem {
        /// The procedure's code.
        code: String,
        /// The fee's id.
        item: String,
    },
}

impl fmt::Display for TariffErrors {
    /// One line for each mistake, for logs and the command line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, error) in self.0.iter().enumerate() {
            let end = if at == 0 { "" } else { "\n" };
            write!(f, "{end}line {}: {}", error.line, error.problem)?;
        }
        Ok(())
    }
}

impl fmt::Display for TariffProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TariffProblem::Shape { message } => f.write_str(message),
            TariffProblem::Amount { text } => write!(f, "“{text}” is no amount"),
            TariffProblem::BelowZero { text } => write!(f, "{text} is below zero"),
            TariffProblem::Currency { text } => write!(f, "“{text}” is no known money"),
            TariffProblem::NotADate { text } => write!(f, "“{text}” is no date"),
            TariffProblem::OneRate => f.write_str("one of per_usd and vnd_per_unit is needed"),
            TariffProblem::Twice { first } => write!(f, "stands already in line {first}"),
            TariffProblem::UnknownProcedure { code } => write!(f, "no procedure is {code}"),
            TariffProblem::UnknownItem { code, item } => write!(f, "{code} has no fee {item}"),
        }
    }
}

impl std::error::Error for TariffErrors {}
