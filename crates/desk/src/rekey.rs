//! The re-key panel: a filing's fields in the order in which another program asks for them, ticked as they are copied,
//! and that program's code bound to the filing. The order is data (`assets/catalogue/rekey.json`). Ticks belong to this
//! PC; the code is a line. Not here: copying itself (the screen).

use crate::{
    desk::{Desk, Event},
    dto::*,
    error::{DeskError, Result},
    texts::Texts,
    views,
};
use jiff::civil::DateTime;
use onedoor_domain::{
    code::DossierCode,
    money::{Currency, Money},
    procedure::Procedure,
};
use onedoor_protocol::journal::{CodeBound, FilingReceived, PersonRecord};
use onedoor_store::{Lines, Op, StoreError};
use serde::Deserialize;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Where the procedure's own fields stand in the order.
const OWN_FIELDS: &str = "fields";

/// The order of one program.
#[derive(Deserialize)]
struct Order {
    /// Its name on the wire.
    system: String,
    name: Name,
    fields: Vec<Place>,
}

#[derive(Deserialize)]
struct Name {
    vi: String,
    en: String,
}

#[derive(Deserialize)]
struct Place {
    id: String,
    #[serde(default)]
    vi: String,
    #[serde(default)]
    en: String,
}

fn order() -> Result<Order> {
    let shipped = include_str!("../../../assets/catalogue/rekey.json");
    Ok(serde_json::from_str(shipped)?)
}

impl Desk {
    pub(crate) fn rekey_get(&self, filing: String) -> Result<Rekey> {
        let filing = filing_id(&filing)?;
        let at = self.at_work()?;
        let body = crate::filings::body_now(&at.store, filing)?;
        let (official, ticked) = at
            .store
            .read(|reader| Ok((reader.official(filing)?, reader.rekey_ticks(filing)?)))?;
        let day = crate::filings::received_on(&body, &at);
        let procedure = self.chosen(&body.procedure.code, day)?;
        let procedure = procedure.as_ref().map(|chosen| &chosen.procedure);
        let order = order()?;
        Ok(Rekey {
            fields: fields(&order, &body, procedure, &self.0.texts, &ticked),
            system: Text2 {
                vi: order.name.vi,
                en: Some(order.name.en),
            },
            official,
        })
    }

    /// Remembers on this PC that a field was copied, or not after all.
    pub(crate) fn rekey_tick(&self, filing: String, id: String, done: bool) -> Result<Rekey> {
        let known = self.rekey_get(filing.clone())?;
        if !known.fields.iter().any(|field| field.id == id) {
            return Err(DeskError::because(ErrorCode::BadRequest, "no such field"));
        }
        let about = filing_id(&filing)?;
        let store = self.at_work()?.store;
        store.write(Op::local(move |tx| match done {
            true => tx.tick(about, &id),
            false => tx.untick(about, &id),
        }))?;
        self.rekey_get(filing)
    }

    /// The act: from now on the filing is found by the other program's code too; what is printed stays as it is.
    pub(crate) fn rekey_bind(&self, filing: String, official: String) -> Result<FilingView> {
        let filing = filing_id(&filing)?;
        let official = official_code(&official).ok_or(DeskError::new(ErrorCode::CodeNotOne))?;
        let at = self.at_work()?;
        crate::filings::body_now(&at.store, filing)?;
        let (bound, holder) = at
            .store
            .read(|reader| Ok((reader.official(filing)?, reader.holder_of(&official)?)))?;
        if let Some(other) = holder.filter(|holder| *holder != filing) {
            let row = at.store.read(|reader| reader.filing(other))?;
            let code = row.and_then(|row| row.code.or(row.provisional));
            return Err(DeskError::new(ErrorCode::CodeTaken).with("code", code.unwrap_or_default()));
        }
        if bound.as_ref() != Some(&official) {
            let system = order()?.system;
            at.store.write(Op::act(at.context.clone(), move |tx| {
                // Asked again where nothing can come between.
                if tx
                    .holder_of(&official)?
                    .is_some_and(|other| other != filing)
                {
                    return Err(StoreError::Refused("the code is another filing's".into()));
                }
                let line = CodeBound {
                    filing,
                    official,
                    system,
                };
                Ok((Lines::one(line), ()))
            }))?;
            self.nudge(onedoor_sync::Nudge::Lines);
            self.tell(Event::Changed(vec!["filings"]));
        }
        self.filing_view(&at, filing)
    }
}

fn filing_id(typed: &str) -> Result<Uuid> {
    typed
        .parse()
        .map_err(|_| DeskError::new(ErrorCode::FilingUnknown))
}

/// A dossier code as it is written, from what was pasted; also one whose number keeps leading zeros, as central services
/// issue them. None when it is no code.
pub(crate) fn official_code(pasted: &str) -> Option<String> {
    if let Some(code) = DossierCode::parse(pasted) {
        return Some(code.to_string());
    }
    let code = pasted.trim().to_uppercase();
    let mut parts = code.rsplitn(3, '-');
    let (number, day, agency) = (parts.next()?, parts.next()?, parts.next()?);
    let good = (4..=8).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && number.bytes().any(|byte| byte != b'0');
    // Agency and day are judged by the code's own rule, with a number that it can keep.
    let head = DossierCode::parse(&format!("{agency}-{day}-1111"))?;
    (good && head.to_string() == format!("{agency}-{day}-1111")).then_some(code)
}

fn fields(
    order: &Order,
    line: &FilingReceived,
    procedure: Option<&Procedure>,
    texts: &Texts,
    ticked: &BTreeSet<String>,
) -> Vec<RekeyField> {
    let mut fields: Vec<RekeyField> = Vec::new();
    let mut add = |id: &str, label: Text2, value: String| {
        if !value.is_empty() {
            fields.push(RekeyField {
                done: ticked.contains(id),
                id: id.to_string(),
                label,
                value,
            });
        }
    };
    for place in &order.fields {
        if place.id == OWN_FIELDS {
            for own in &line.details.fields {
                let spec = procedure.and_then(|p| p.fields.iter().find(|spec| spec.id == own.id));
                let label = Text2 {
                    vi: own.label.clone(),
                    en: spec.and_then(|spec| spec.label.en.clone()),
                };
                add(
                    &format!("{OWN_FIELDS}.{}", own.id),
                    label,
                    own.value.clone(),
                );
            }
            continue;
        }
        let label = Text2 {
            vi: place.vi.clone(),
            en: Some(place.en.clone()),
        };
        add(
            &place.id,
            label,
            value(&place.id, line, procedure, texts).unwrap_or_default(),
        );
    }
    fields
}

/// What a place of the order holds. None when the program does not know the place, or it is empty.
fn value(
    place: &str,
    line: &FilingReceived,
    procedure: Option<&Procedure>,
    texts: &Texts,
) -> Option<String> {
    if let Some(part) = place.strip_prefix("applicant.") {
        return person(part, &line.applicant, texts);
    }
    if let Some(part) = place.strip_prefix("submitter.") {
        let behalf = line.details.behalf.as_ref()?;
        return match part {
            "authority" => Some(behalf.authority.clone()),
            _ => person(part, &behalf.submitter, texts),
        };
    }
    let word = |key: &str, word: &str| texts.get(&format!("{key}-{}", word.replace('_', "-")));
    Some(match place {
        "procedure.code" => line.procedure.code.clone(),
        "procedure.title" => line.procedure.title.clone(),
        "content" => line.content.clone(),
        "cases" => cases(line, procedure)
            .into_iter()
            .map(|case| case.vi)
            .collect::<Vec<_>>()
            .join("; "),
        "papers" => {
            let papers = line.papers.iter().filter(|paper| paper.state != "missing");
            let said = papers.map(|paper| {
                let kind = word("form01-paper", &paper.state);
                match paper.copies {
                    0 => format!("{} ({kind})", paper.name),
                    copies => format!("{} ({kind}, {copies:02})", paper.name),
                }
            });
            said.collect::<Vec<_>>().join("; ")
        }
        "sets" => line.sets.to_string(),
        "received" => minute(&line.received)?,
        "due" => minute(&line.due.at)?,
        "fee" => amount(line)?,
        "give_back" => word("form01-give-back", &line.give_back),
        "code" => line.code.clone().or(line.provisional.clone())?,
        _ => return None,
    })
}

fn person(part: &str, person: &PersonRecord, texts: &Texts) -> Option<String> {
    Some(match part {
        "name" => person.name.clone(),
        "birth" => views::birth_text(&person.birth),
        "sex" => texts.get(&format!("sex-{}", person.sex.as_ref()?)),
        "id_number" => person.id_number.clone(),
        "tax_code" => person.identity.tax_code.clone(),
        "passport" => person.identity.passport.clone(),
        "nationality" => person.identity.nationality.clone(),
        "address" => person.address.clone(),
        "phone" => person.phone.clone(),
        "email" => person.email.clone(),
        _ => return None,
    })
}

fn minute(wire: &str) -> Option<String> {
    let at: DateTime = wire.parse().ok()?;
    Some(at.strftime("%d/%m/%Y %H:%M").to_string())
}

/// Digits alone, as fields for numbers take them; đồng have no part.
fn amount(line: &FilingReceived) -> Option<String> {
    let minor: i64 = line.fee.amount.as_ref()?.parse().ok()?;
    match Currency::parse(&line.fee.currency)? {
        Currency::Vnd => Some(minor.to_string()),
        currency => Some(Money { minor, currency }.format_vi()),
    }
}

/// The cases of a line by their labels; one that the catalogue does not know any more by its id.
pub(crate) fn cases(line: &FilingReceived, procedure: Option<&Procedure>) -> Vec<Text2> {
    let label = |id: &String| {
        let known = procedure.and_then(|p| p.cases.iter().find(|case| case.id == *id));
        known.map_or_else(
            || Text2 {
                vi: id.clone(),
                en: None,
            },
            |case| views::text2(&case.label),
        )
    };
    line.details.cases.iter().map(label).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_code_is_read_however_it_was_typed_and_nothing_else_is_believed() {
        let read = |typed: &str| official_code(typed);
        assert_eq!(
            read(" h15.50.05.13-261123-0031 ").as_deref(),
            Some("H15.50.05.13-261123-0031")
        );
        assert_eq!(
            read("000.00.53.H48-220921-0099").as_deref(),
            Some("000.00.53.H48-220921-0099"),
            "the order of before 2020"
        );
        assert_eq!(
            read("G01.899-261123-00150042").as_deref(),
            Some("G01.899-261123-00150042"),
            "a central service keeps its zeros"
        );
        for wrong in [
            "",
            "H15.50.05.13",
            "H15.50.05.13-261399-0031",
            "T-3F9A-12",
            "H15-261123-00000",
            "không phải mã-261123-0001",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
