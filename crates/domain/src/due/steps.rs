//! The derivation in steps, each with the dates and names that its sentence needs.
//!
//! Not here: the sentences.

use jiff::civil::{Date, DateTime, Time};

use super::count::nominal_end;
use super::{CellKind, Due, DueCell, DueStart, Term};
use crate::calendar::{DayKind, Whose};

/// Why days were not counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Off {
    /// The Vietnamese name.
    pub vi: String,
    /// The English name.
    pub en: String,
    /// Whose day off; nobody's where it is the weekly rest.
    pub whose: Option<Whose>,
}

/// One step from the receipt to the due date, in the order in which they are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The filing had been received before; a supplement started the clock anew.
    Restarted {
        /// The first receipt.
        first: DateTime,
    },
    /// It was received then; that day is not counted, unless it is due on it.
    Received {
        /// The moment on the receipt.
        at: DateTime,
    },
    /// Received after the cut-off: it counts as received with the next working day.
    AfterCutoff {
        /// The cut-off.
        cutoff: Time,
        /// The day as which it counts.
        counts_as: Date,
    },
    /// Received when the office does not work: it counts from the next working day.
    Closed {
        /// The day as which it counts.
        counts_as: Date,
    },
    /// Days that were not counted, both ends included; neighbours of the same name are one step.
    Skipped {
        /// The first day.
        from: Date,
        /// The last day.
        to: Date,
        /// Why.
        off: Off,
    },
    /// A rest day that is worked and therefore counted.
    MakeUp {
        /// The day.
        on: Date,
    },
    /// A term in days or months ends on this day by the calendar.
    Ends {
        /// The day.
        on: Date,
    },
    /// That day is off or over: the promise moves on.
    Moved {
        /// From this day.
        from: Date,
        /// To this one.
        to: Date,
    },
    /// More time was taken on a ground that the procedure knows.
    Extended {
        /// The ground, by its id in the procedure.
        ground: String,
        /// Working days.
        working_days: u16,
        /// The promise before.
        from: DateTime,
    },
    /// The promise.
    Due {
        /// When.
        at: DateTime,
    },
    /// The days off of this year are not officially announced yet: the date may still change.
    Unpublished {
        /// The year.
        year: i16,
    },
}

impl Due {
    /// Why it is that day, step by step.
    pub fn steps(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        steps.extend(self.first_received.map(|first| Step::Restarted { first }));
        steps.push(Step::Received { at: self.received });
        steps.extend(self.late_start());
        let nominal = nominal_end(self.received.date(), self.term);
        steps.extend(nominal.map(|on| Step::Ends { on }));
        self.days(&mut steps);
        steps.extend(self.extensions.iter().map(|extension| Step::Extended {
            ground: extension.ground.clone(),
            working_days: extension.working_days,
            from: extension.from,
        }));
        steps.push(Step::Due { at: self.at });
        if !self.published {
            let year = self.at.year();
            steps.push(Step::Unpublished { year });
        }
        steps
    }

    fn late_start(&self) -> Option<Step> {
        if self.start == DueStart::SameDay {
            return None;
        }
        let worked = |cell: &&DueCell| cell.off_name.is_none();
        let counts_as = self.cells.iter().skip(1).find(worked)?.date;
        let late = self.cells.first().is_some_and(|cell| cell.after_cutoff);
        Some(match self.term {
            Term::SameDay { cutoff } if late => Step::AfterCutoff { cutoff, counts_as },
            _ => Step::Closed { counts_as },
        })
    }

    /// The days between: runs of days off, worked rest days, and where the promise moved.
    fn days(&self, steps: &mut Vec<Step>) {
        for cell in self.cells.iter().skip(1) {
            if cell.kind == CellKind::Off {
                skip(steps, cell);
            }
            let counted = matches!(cell.kind, CellKind::Counted(_) | CellKind::Due);
            if cell.day == DayKind::MakeUp && counted {
                steps.push(Step::MakeUp { on: cell.date });
            }
        }
        let first_promise = self
            .extensions
            .first()
            .map_or(self.at, |extension| extension.from);
        steps.extend(self.moved_from.map(|from| Step::Moved {
            from,
            to: first_promise.date(),
        }));
    }
}

fn skip(steps: &mut Vec<Step>, cell: &DueCell) {
    let Some((vi, en)) = cell.off_name.clone() else {
        return;
    };
    let here = Off {
        vi,
        en,
        whose: cell.whose,
    };
    if let Some(Step::Skipped { to, off, .. }) = steps.last_mut()
        && *off == here
        && to.tomorrow().ok() == Some(cell.date)
    {
        *to = cell.date;
        return;
    }
    steps.push(Step::Skipped {
        from: cell.date,
        to: cell.date,
        off: here,
    });
}
