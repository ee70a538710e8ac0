//! Which numbers of this counter are accounted for: below the last one of a day that the office knows, every number stands
//! on a filing, was voided with a reason, or is missing: presumed issued, and never sent. A supervisor explains it: found
//! on a paper, it becomes a sheet that is typed in; never issued, it is voided. So does a paper with the provisional number
//! of a PC that is lost. Not here: giving numbers (`receive`).

use crate::{
    desk::{At, Desk, Event},
    dto::{ErrorCode, NumbersView, VoidedView},
    error::{DeskError, Result},
    incarnation, session,
};
use jiff::{Span, civil::Date};
use onedoor_domain::{
    code::{self, DossierCode},
    text,
};
use onedoor_protocol::{
    capsule::Capsule,
    journal::{NumberVoided, PadRecord, PadsReserved},
};
use onedoor_store::{Hash32, Lines, Op, Reader, StoreError};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::PoisonError,
};

/// Days that are looked back on.
const DAYS: i64 = 31;
/// At most so many are listed.
const MOST_LISTED: usize = 200;

/// All that the missing numbers follow from: they change with an own line, with what the office tells, with the range and
/// at midnight.
#[derive(Clone, PartialEq)]
struct Basis {
    today: Date,
    agency: String,
    slot: [u32; 2],
    known: Option<String>,
    own: Hash32,
    told: u64,
    snapshot: Option<u64>,
}

/// The answer that was found last, and for what.
#[derive(Clone)]
pub(crate) struct Missing {
    basis: Basis,
    codes: Vec<String>,
}

impl Desk {
    pub(crate) fn numbers_get(&self) -> Result<NumbersView> {
        let at = self.at_work()?;
        let day = at.now.date().to_string();
        let (voided, staff) = at
            .store
            .read(|reader| Ok((reader.voided_on(&day)?, reader.staff()?)))?;
        let names: BTreeMap<_, _> = staff.into_iter().map(|row| (row.id, row.name)).collect();
        let view = |row: onedoor_store::tables::voided::VoidedRow| VoidedView {
            at: row.wall.get(..19).unwrap_or(&row.wall).to_string(),
            who: row
                .clerk
                .and_then(|clerk| names.get(&clerk).cloned())
                .unwrap_or_default(),
            code: row.code,
            reason: row.reason,
        };
        Ok(NumbersView {
            missing: self.missing_numbers(at.now.date())?,
            voided: voided.into_iter().map(view).collect(),
        })
    }

    /// Numbers of this counter's range that nothing accounts for, below the last one of their day that is known, or that
    /// a canary knew; newest day first. Looked for again only when a day, a range or a line is another: the status bar
    /// asks after every hint.
    pub(crate) fn missing_numbers(&self, today: Date) -> Result<Vec<String>> {
        let store = self.store()?;
        let enrolment = self.workstation()?.enrolment;
        let kept = || {
            self.0
                .missing
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
        };
        let before = kept().clone();
        let answer = store.read(|reader| {
            let basis = Basis {
                today,
                agency: enrolment.office.agency,
                slot: enrolment.lease.slot,
                known: reader.setting(incarnation::LAST_KNOWN)?,
                own: reader.head()?.hash,
                told: reader.feed_cursor()?,
                snapshot: reader.snapshot()?.map(|underway| underway.applied),
            };
            Ok(match before {
                Some(before) if before.basis == basis => before,
                _ => Missing {
                    codes: look(reader, &basis)?,
                    basis,
                },
            })
        })?;
        *kept() = Some(answer.clone());
        Ok(answer.codes)
    }

    /// A number that was never issued: from now on nothing gets it, and the reason stands in the journal.
    pub(crate) fn number_void(&self, code: String, reason: String) -> Result<NumbersView> {
        let reason = text::clean(&reason, text::MAX_TEXT)
            .map_err(|problem| DeskError::because(ErrorCode::BadRequest, format!("{problem:?}")))?;
        if reason.is_empty() {
            return Err(DeskError::new(ErrorCode::ReasonRequired));
        }
        let at = self.at_work()?;
        let code = self.number_of_this_counter(&at, &code)?;
        let line = NumberVoided {
            code: code.clone(),
            reason,
        };
        let voided = at.store.read(|reader| reader.is_voided(&code))?;
        if voided {
            return Err(DeskError::new(ErrorCode::CodeTaken).with("code", code));
        }
        self.account_for(&at, code, Lines::one(line))
    }

    /// A number that stands on a paper which no disk holds any more: it becomes a sheet to be typed in, with the form's own
    /// number from the paper.
    pub(crate) fn number_found(&self, paper: String, form_number: u32) -> Result<NumbersView> {
        let at = self.at_work()?;
        let keys = at.store.read(|reader| reader.office_keys())?;
        let digits: String = paper.chars().filter(char::is_ascii_digit).collect();
        let (typed, day) = match Capsule::read(&digits, &keys) {
            Some(capsule) => (capsule.code, capsule.received.date().to_string()),
            None => (paper, String::new()),
        };
        if form_number == 0 {
            return Err(DeskError::new(ErrorCode::FieldsWrong));
        }
        if let Some(code) = code::parse_provisional(&typed) {
            return self.provisional_found(&at, code, form_number, day);
        }
        let code = self.number_of_this_counter(&at, &typed)?;
        let pad = PadRecord {
            code: code.clone(),
            form_number,
        };
        self.account_for(&at, code, Lines::one(PadsReserved { pads: vec![pad] }))
    }

    /// A paper of a PC whose journal is lost. It accounts for no number of this counter: the sheet is this PC's own
    /// business, and the filing that is typed in says the rest. `day` is the paper's, or empty.
    fn provisional_found(
        &self,
        at: &At,
        code: String,
        form_number: u32,
        day: String,
    ) -> Result<NumbersView> {
        let holder = at.store.read(|reader| match reader.holder_of(&code)? {
            Some(filing) => reader.filing(filing),
            None => Ok(None),
        })?;
        if let Some(row) = holder {
            let who = [row.code, Some(code), Some(row.applicant)];
            let who: Vec<String> = who.into_iter().flatten().collect();
            return Err(DeskError::new(ErrorCode::CodeTaken).with("code", who.join(" · ")));
        }
        // What this PC gave itself stands in its own journal, and what it has not given yet is no paper's.
        let own = code::provisional(&session::short(self.workstation()?.enrolment.ws), 0);
        if code.starts_with(own.trim_end_matches('0')) {
            return Err(DeskError::new(ErrorCode::NumberElsewhere));
        }
        let sheet = code.clone();
        let found = Op::local(move |tx| tx.found_sheet(&sheet, form_number, &day));
        if !at.store.write(found)?.value {
            return Err(DeskError::new(ErrorCode::CodeTaken).with("code", code));
        }
        self.tell(Event::Changed(vec!["pads"]));
        self.numbers_get()
    }

    /// The printed form of a number of this counter's range, of today or before.
    fn number_of_this_counter(&self, at: &At, typed: &str) -> Result<String> {
        let code = DossierCode::parse(typed).ok_or(DeskError::new(ErrorCode::CodeNotOne))?;
        let enrolment = self.workstation()?.enrolment;
        let ranges = [Some(enrolment.lease.slot), enrolment.lease.reserve];
        let mut ranges = ranges.into_iter().flatten();
        let here = ranges.any(|[lo, hi]| (lo..=hi).contains(&code.seq));
        if !here || code.agency != enrolment.office.agency || code.day > at.now.date() {
            return Err(DeskError::new(ErrorCode::NumberElsewhere));
        }
        Ok(code.to_string())
    }

    fn account_for(&self, at: &At, code: String, lines: Lines) -> Result<NumbersView> {
        let taken = code.clone();
        let written = at.store.write(Op::act(at.context.clone(), move |tx| {
            let blank = tx.pad(&code)?.is_none_or(|pad| pad.state == "blank");
            if tx.holder_of(&code)?.is_some() || !blank {
                return Err(StoreError::Refused("the number is accounted for".into()));
            }
            Ok((lines, ()))
        }));
        match written {
            Err(StoreError::Refused(_)) => {
                return Err(DeskError::new(ErrorCode::CodeTaken).with("code", taken));
            }
            other => other?,
        };
        self.nudge(onedoor_sync::Nudge::Lines);
        self.tell(Event::Changed(vec!["pads"]));
        self.tell(Event::Sync);
        self.numbers_get()
    }
}

fn look(reader: &Reader<'_>, basis: &Basis) -> onedoor_store::Result<Vec<String>> {
    let [lo, hi] = basis.slot;
    let known = basis.known.as_deref().and_then(DossierCode::parse);
    let mut missing = Vec::new();
    for back in 0..DAYS {
        let Ok(day) = basis.today.checked_sub(Span::new().days(back)) else {
            break;
        };
        let code = |seq: u32| {
            let agency = basis.agency.clone();
            DossierCode { agency, day, seq }.to_string()
        };
        let rows = reader.accounted(&code(lo.max(1)), &code(hi))?;
        let of_canary = known.as_ref().filter(|known| known.day == day);
        // All are printed codes of this agency and day: the number is what stands behind the last hyphen.
        let number = |code: &str| code.rsplit('-').next()?.parse::<u32>().ok();
        let on_filings = rows.iter().filter(|(_, on_filing)| *on_filing);
        let highest = on_filings.filter_map(|(code, _)| number(code));
        let highest = highest.chain(of_canary.map(|known| known.seq)).max();
        let accounted: BTreeSet<u32> = rows.iter().filter_map(|(code, _)| number(code)).collect();
        let below = lo.max(1)..=highest.unwrap_or(0).min(hi);
        missing.extend(below.filter(|seq| !accounted.contains(seq)).map(code));
        if missing.len() >= MOST_LISTED {
            missing.truncate(MOST_LISTED);
            break;
        }
    }
    Ok(missing)
}
