//! The desk's catalogue: the curated procedures and the nation's pages, found as the office offers them; and one of
//! them as a filing needs it. Not here: the page's drawing of a procedure (`procedure_view`), fees (`fees`).

use crate::{
    desk::Desk,
    dto::*,
    error::{DeskError, Result},
    procedure_view as view,
    rules::Rules,
};
use jiff::civil::Date;
use onedoor_catalogue::{
    find::Found,
    national::{Details, NotConverted},
    offered::Offered,
    portal::{Doubt, Field},
};
use onedoor_domain::{
    procedure::{Bilingual, PaperWay, Procedure, RequiredDocument},
    text,
};
use onedoor_store::{Op, tables::choices::ChoiceRow};
use std::{collections::BTreeSet, sync::Arc};

/// Lines of the picker while the office's own are shown.
const MOST_HITS: usize = 12;
/// Lines of the picker over all procedures.
const MOST_OF_ALL: usize = 60;
/// How far the others are counted.
const MOST_COUNTED: usize = 400;

/// The line of the checklist with a page's unparted words.
pub(crate) const UNSPLIT: &str = "rest";

/// A procedure as a filing needs it.
#[derive(Debug)]
pub(crate) struct Chosen {
    /// The version that holds on the day, or the one that held last.
    pub procedure: Procedure,
    /// False where no rule could read the term: the clerk states it.
    pub term_known: bool,
    /// The national page, where there is one.
    pub page: Option<Details>,
    /// The checklist is the page's own, not worked out by hand.
    pub of_page: bool,
    /// What a person must look at, by part of the page.
    pub review: Vec<(ReviewWhat, &'static str)>,
}

impl Desk {
    /// A procedure by its code as it holds on `day`; of one that was withdrawn the last version.
    pub(crate) fn chosen(&self, code: &str, day: Date) -> Result<Option<Arc<Chosen>>> {
        let rules = self.rules();
        if let Some(chosen) = rules.remembered(code, day) {
            return Ok(Some(chosen));
        }
        let Some(chosen) = look_up(&rules, code, day)? else {
            return Ok(None);
        };
        let chosen = Arc::new(chosen);
        rules.remember(code, day, &chosen);
        Ok(Some(chosen))
    }

    pub(crate) fn procedure_find(&self, query: String, all: bool) -> Result<ProcedureHits> {
        let at = self.at_work()?;
        let (last, choices) = at
            .store
            .read(|reader| Ok((reader.last_procedures(8)?, reader.choices()?)))?;
        let rules = self.rules();
        let offered = offered(&rules, &choices);
        let whole = rules.whole(at.now.date())?;
        let found = whole.find(&query, MOST_COUNTED, &offered);
        let empty = query.trim().is_empty();
        let mut codes: Vec<&str> = Vec::new();
        if empty {
            codes.extend(offered.pins().iter().map(String::as_str));
            codes.extend(last.iter().map(String::as_str));
        }
        let fits = |found: &&Found<'_>| {
            all || offered.offers(found.code()) || is_outright(found, &query, &offered)
        };
        codes.extend(found.iter().filter(fits).map(Found::code));
        let mut seen = BTreeSet::new();
        codes.retain(|code| seen.insert(*code));
        codes.truncate(if all { MOST_OF_ALL } else { MOST_HITS });
        let elsewhere: BTreeSet<&str> = found
            .iter()
            .filter(|found| !fits(found))
            .map(Found::code)
            .collect();
        let day = at.now.date();
        let hits = codes.into_iter().filter_map(|code| whole.get(code));
        Ok(ProcedureHits {
            hits: hits
                .map(|found| hit(&rules, found, day, &choices, &offered, &last))
                .collect(),
            more_elsewhere: u32::try_from(elsewhere.len()).unwrap_or(u32::MAX),
        })
    }

    /// The picker's line of one procedure, as it stands now.
    fn one_hit(&self, code: &str) -> Result<ProcedureHit> {
        let at = self.at_work()?;
        let (last, choices) = at
            .store
            .read(|reader| Ok((reader.last_procedures(8)?, reader.choices()?)))?;
        let rules = self.rules();
        let day = at.now.date();
        let found = known(&rules, code, day)?;
        let offered = offered(&rules, &choices);
        Ok(hit(&rules, found, day, &choices, &offered, &last))
    }

    pub(crate) fn procedure_get(&self, code: String) -> Result<ProcedureView> {
        let chosen = self
            .chosen(&code, self.now().date())?
            .ok_or(DeskError::new(ErrorCode::ProcedureUnknown))?;
        let hit = self.one_hit(&chosen.procedure.code)?;
        let rules = self.rules();
        let note = rules.procedures.catalogue.note(&chosen.procedure.code);
        let charges = rules.charges(self.now().date());
        let note = note.unwrap_or_default();
        Ok(view::procedure(&chosen, hit, note, &charges))
    }

    pub(crate) fn procedure_pin(&self, code: String, pinned: bool) -> Result<ProcedureHit> {
        let at = self.at_work()?;
        let code = known(&self.rules(), &code, at.now.date())?
            .code()
            .to_string();
        let pin = code.clone();
        at.store.write(Op::local(move |tx| match pinned {
            true => tx.pin_procedure(&pin),
            false => tx.unpin_procedure(&pin),
        }))?;
        self.one_hit(&code)
    }

    pub(crate) fn procedure_offer(&self, codes: Vec<String>, offered: bool) -> Result<u32> {
        let at = self.at_work()?;
        let (store, day) = (at.store, at.now.date());
        let rules = self.rules();
        let codes = codes
            .iter()
            .map(|code| Ok(known(&rules, code, day)?.code().to_string()))
            .collect::<Result<Vec<_>>>()?;
        let count = u32::try_from(codes.len()).unwrap_or(u32::MAX);
        store.write(Op::local(move |tx| {
            codes.iter().try_for_each(|code| match offered {
                true => tx.offer_procedure(code),
                false => tx.withdraw_procedure(code),
            })
        }))?;
        Ok(count)
    }

    pub(crate) fn procedure_nickname(
        &self,
        code: String,
        nickname: String,
    ) -> Result<ProcedureHit> {
        let at = self.at_work()?;
        let store = at.store;
        let nickname = text::clean(&nickname, text::MAX_NAME)
            .map_err(|problem| DeskError::because(ErrorCode::BadRequest, format!("{problem:?}")))?;
        let offered = self.one_hit(&code)?.offered;
        let code = known(&self.rules(), &code, at.now.date())?
            .code()
            .to_string();
        let named = code.clone();
        store.write(Op::local(move |tx| {
            tx.name_procedure(&named, &nickname, offered)
        }))?;
        self.one_hit(&code)
    }
}

fn look_up(rules: &Rules, code: &str, day: Date) -> Result<Option<Chosen>> {
    if code.is_empty() {
        return Ok(None);
    }
    let catalogue = &rules.procedures.catalogue;
    let whole = rules.whole(day)?;
    let page = |code: &str| {
        whole
            .details(code)
            .map_err(|error| DeskError::because(ErrorCode::Internal, error))
    };
    let chosen = match whole.get(code) {
        None => return Ok(None),
        Some(Found::Curated(found)) => Chosen {
            procedure: catalogue
                .get_on(&found.code, day)
                .or_else(|| catalogue.get(&found.code))
                .unwrap_or(found)
                .clone(),
            term_known: true,
            page: page(&found.code)?,
            of_page: false,
            review: Vec::new(),
        },
        Some(Found::Listed(listed)) => Chosen {
            procedure: listed.sheet().clone(),
            term_known: false,
            page: page(listed.code())?,
            of_page: false,
            review: vec![(ReviewWhat::Term, "time_not_stated")],
        },
        Some(Found::National(listed)) => match page(listed.code)? {
            None => return Ok(None),
            Some(details) => of_page(details),
        },
    };
    // A code with a province's suffix finds the national page; a filing names the code that was found.
    Ok(Some(chosen))
}

fn offered(rules: &Rules, choices: &[ChoiceRow]) -> Offered {
    let catalogue = &rules.procedures.catalogue;
    let mut offered = Offered::curated(&catalogue.procedures);
    for listed in &catalogue.listed {
        offered.offer(listed.code());
    }
    for choice in choices {
        match choice.offered {
            true => offered.offer(&choice.code),
            false => offered.withdraw(&choice.code),
        }
    }
    for choice in choices.iter().filter(|choice| choice.pinned > 0) {
        offered.pin(&choice.code);
    }
    for choice in choices {
        offered.name(&choice.code, &choice.nickname);
    }
    offered
}

fn hit(
    rules: &Rules,
    found: Found<'_>,
    day: Date,
    choices: &[ChoiceRow],
    offered: &Offered,
    last: &[String],
) -> ProcedureHit {
    let catalogue = &rules.procedures.catalogue;
    let held = match found {
        Found::Curated(procedure) => catalogue.get_on(&procedure.code, day),
        _ => None,
    };
    let hit = view::hit(held.map_or(found, Found::Curated));
    let own = choices.iter().find(|choice| choice.code == hit.code);
    let nickname = own
        .map(|choice| choice.nickname.clone())
        .filter(|own| !own.is_empty());
    ProcedureHit {
        last_used: last.contains(&hit.code),
        offered: offered.offers(&hit.code),
        pinned: offered.pins().contains(&hit.code),
        nickname: nickname.or(hit.nickname.clone()),
        ..hit
    }
}

fn known<'r>(rules: &'r Rules, code: &str, day: Date) -> Result<Found<'r>> {
    rules
        .whole(day)?
        .get(code)
        .ok_or(DeskError::new(ErrorCode::ProcedureUnknown))
}

/// Named by its whole code or a short name: shown also where the office does not offer it.
fn is_outright(found: &Found<'_>, query: &str, offered: &Offered) -> bool {
    let bare = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    let typed = bare(&text::fold(query));
    let code = bare(&text::fold(found.code()));
    let nicknames: &[String] = match found {
        Found::Curated(procedure) => &procedure.nicknames,
        Found::Listed(listed) => &listed.sheet().nicknames,
        Found::National(_) => &[],
    };
    typed.starts_with(&code)
        || nicknames
            .iter()
            .any(|name| bare(&text::fold(name)) == typed)
        || offered.named(query) == Some(found.code())
}

/// A page as a filing needs it: what no rule could read is named, and stands verbatim.
fn of_page(details: Details) -> Chosen {
    let read = details.procedure();
    let mut review: Vec<(ReviewWhat, &'static str)> = details
        .doubts()
        .into_iter()
        .filter_map(|(field, doubt)| {
            let what = match field {
                Field::Time if doubt == Doubt::NoWays => ReviewWhat::Ways,
                Field::Time => ReviewWhat::Term,
                Field::Fee => ReviewWhat::Fee,
                Field::Papers => ReviewWhat::Papers,
                // A line in doubt is marked where it stands.
                Field::Lines => return None,
            };
            Some((what, doubt.as_str()))
        })
        .collect();
    review.extend(match &read {
        Err(NotConverted::NotAtCounter) => Some((ReviewWhat::Ways, "not_at_counter")),
        Err(NotConverted::TimeNotStated) => Some((ReviewWhat::Term, "time_not_stated")),
        Err(NotConverted::NoResult) => Some((ReviewWhat::Term, "no_result")),
        Err(NotConverted::SeveralTimes) => Some((ReviewWhat::Term, "several_times")),
        Err(NotConverted::Time(_)) | Ok(_) => None,
    });
    let term_known = read.is_ok();
    let mut procedure = read.unwrap_or_else(|_| details.sheet());
    if procedure.fees.items.is_empty() && !review.iter().any(|(what, _)| *what == ReviewWhat::Fee) {
        review.push((ReviewWhat::Fee, "fee_not_read"));
    }
    if !details.entry.documents.doubts.is_empty() {
        procedure.documents.extend(unsplit(&details));
    }
    Chosen {
        procedure,
        term_known,
        page: Some(details),
        of_page: true,
        review,
    }
}

/// Papers that no rule could part from each other, or words behind the last one: one line with the page's own words.
fn unsplit(details: &Details) -> Option<RequiredDocument> {
    let words: Vec<&str> = details.entry.documents.rest.split_whitespace().collect();
    let name = text::nfc(&words.join(" "));
    (!name.is_empty()).then(|| RequiredDocument {
        id: UNSPLIT.into(),
        name: Bilingual { vi: name, en: None },
        originals: 0,
        copies: 0,
        choice: false,
        way: PaperWay::Submit,
        when: None,
        case: None,
    })
}
