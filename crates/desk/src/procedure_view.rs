//! A procedure as the screen sees it: the picker's line, the checklist, cases, own fields, what the fee asks. Pure
//! conversions. Not here: sums (`fees`), and which procedure it is (`catalogue`).

use crate::{
    catalogue::{Chosen, UNSPLIT},
    dto::*,
    fees::{self, Charges},
    views::{self, text2},
};
use onedoor_catalogue::{
    find::Found,
    national::{Details, Listed},
    portal::{Doubt, Field, Way},
};
use onedoor_domain::{
    fee::{FeePaid, FeeRule},
    fields::{FieldKind, FieldSpec, Source},
    procedure::{PaperWay, Procedure, RequiredDocument},
};
use std::collections::BTreeMap;

/// The picker's line, but for what the office says of it.
pub(crate) fn hit(found: Found<'_>) -> ProcedureHit {
    match found {
        Found::Curated(procedure) => worked_out(procedure),
        Found::Listed(listed) => ProcedureHit {
            review: true,
            ..worked_out(listed.sheet())
        },
        Found::National(page) => of_page(&page),
    }
}

fn worked_out(procedure: &Procedure) -> ProcedureHit {
    ProcedureHit {
        code: procedure.code.clone(),
        title: text2(&procedure.title),
        field: text2(&procedure.field),
        term_text: procedure.term_text.clone(),
        fee_text: procedure.fee_text.clone(),
        nickname: procedure.nicknames.first().cloned(),
        last_used: false,
        offered: false,
        pinned: false,
        review: false,
        checked: procedure.checked,
        until: procedure.until.map(|day| day.to_string()),
        ministry: String::new(),
    }
}

fn of_page(page: &Listed<'_>) -> ProcedureHit {
    let vietnamese = |text: &str| Text2 {
        vi: text.to_string(),
        en: None,
    };
    let words = |words: Option<Option<String>>| words.flatten().unwrap_or_default();
    ProcedureHit {
        code: page.code.to_string(),
        title: vietnamese(page.title),
        field: vietnamese(page.field),
        term_text: words(page.counter.map(|counter| counter.time.words())),
        fee_text: words(page.counter.map(|counter| counter.fee.words())),
        nickname: None,
        last_used: false,
        offered: false,
        pinned: false,
        review: page.needs_review,
        checked: false,
        until: page.until.map(|day| day.to_string()),
        ministry: page.ministry.to_string(),
    }
}

/// A procedure with its checklist; `hit` knows what the office says of it.
pub(crate) fn procedure(
    chosen: &Chosen,
    hit: ProcedureHit,
    note: &str,
    charges: &Charges<'_>,
) -> ProcedureView {
    let procedure = &chosen.procedure;
    let page = chosen.page.as_ref();
    ProcedureView {
        code: procedure.code.clone(),
        version: procedure.version,
        title: text2(&procedure.title),
        field: text2(&procedure.field),
        decision: procedure.decision.clone(),
        agency: procedure.agency.clone(),
        term: views::term(procedure.term),
        term_text: procedure.term_text.clone(),
        term_known: chosen.term_known,
        fee: fees::of_procedure(procedure, charges),
        fee_text: procedure.fee_text.clone(),
        asks: asks(procedure),
        exemptions: procedure.fees.exemptions.iter().map(exemption).collect(),
        requested: requested(procedure),
        cases: procedure.cases.iter().map(case).collect(),
        documents: documents(chosen),
        fields: procedure.fields.iter().map(field).collect(),
        checked: procedure.checked,
        review: chosen.review.iter().map(review).collect(),
        ways: page.map(ways).unwrap_or_default(),
        from: procedure.from.to_string(),
        until: procedure.until.map(|day| day.to_string()),
        replaced_by: page.and_then(|page| page.replaced_by.clone()),
        pinned: hit.pinned,
        offered: hit.offered,
        nickname: hit.nickname,
        source: page.map_or_else(String::new, |page| page.row.source_url.clone()),
        note: note.to_string(),
    }
}

fn exemption(exemption: &onedoor_domain::fee::Exemption) -> ExemptionView {
    ExemptionView {
        id: exemption.id.clone(),
        ground: text2(&exemption.ground),
    }
}

fn case(case: &onedoor_domain::procedure::Case) -> CaseView {
    CaseView {
        id: case.id.clone(),
        label: text2(&case.label),
    }
}

fn review((what, reason): &(ReviewWhat, &'static str)) -> ReviewView {
    ReviewView {
        what: *what,
        reason: (*reason).to_string(),
    }
}

fn requested(procedure: &Procedure) -> Vec<RequestView> {
    let items = procedure.fees.items.iter();
    let items = items.filter(|item| item.paid == FeePaid::OnRequest);
    items
        .map(|item| RequestView {
            id: item.id.clone(),
            label: text2(&item.label),
        })
        .collect()
}

/// What the sum depends on in any of the cases, each once, in the order of the page.
fn asks(procedure: &Procedure) -> Vec<FeeAsk> {
    let mut asked: Vec<FeeAsk> = Vec::new();
    for item in &procedure.fees.items {
        let of_rule = rule_asks(&item.rule).iter();
        // How many are wanted of what is paid on request is asked beside the thing itself.
        asked.extend(of_rule.filter(|ask| {
            item.paid == FeePaid::Always || !matches!(ask, FeeAsk::Copies | FeeAsk::Amount)
        }));
    }
    if !procedure
        .fees
        .items
        .iter()
        .any(|item| item.paid == FeePaid::Always)
    {
        asked.push(FeeAsk::Amount);
    }
    let order = [
        FeeAsk::Copies,
        FeeAsk::Pages,
        FeeAsk::Persons,
        FeeAsk::Matters,
        FeeAsk::Amount,
    ];
    order
        .into_iter()
        .filter(|ask| asked.contains(ask))
        .collect()
}

fn rule_asks(rule: &FeeRule) -> &'static [FeeAsk] {
    match rule {
        FeeRule::Free | FeeRule::Flat { .. } => &[],
        FeeRule::PerCopy { .. } => &[FeeAsk::Copies],
        FeeRule::PerPage { .. } => &[FeeAsk::Copies, FeeAsk::Pages],
        FeeRule::PerPerson { .. } => &[FeeAsk::Persons],
        FeeRule::PerCase { .. } => &[FeeAsk::Matters],
        FeeRule::OnTime { late, .. } => rule_asks(late),
        FeeRule::SetByProvince | FeeRule::Unstated => &[FeeAsk::Amount],
    }
}

fn documents(chosen: &Chosen) -> Vec<DocumentView> {
    // Only a page's own lines carry doubts; those of a curated procedure have other ids than its page.
    let page = chosen.page.as_ref().filter(|_| chosen.of_page);
    let doubts: BTreeMap<String, Vec<Doubt>> = page
        .map(|page| page.paper_doubts().into_iter().collect())
        .unwrap_or_default();
    let view = |document: &RequiredDocument| DocumentView {
        id: document.id.clone(),
        name: text2(&document.name),
        originals: document.originals,
        copies: document.copies,
        choice: document.choice,
        shown_only: document.way == PaperWay::Show,
        when: document.when.as_ref().map(text2),
        case: document.case.clone(),
        doubts: match document.id.as_str() {
            UNSPLIT => vec![unsplit_doubt(page).as_str().to_string()],
            id => doubts
                .get(id)
                .into_iter()
                .flatten()
                .map(|doubt| doubt.as_str().to_string())
                .collect(),
        },
    };
    chosen.procedure.documents.iter().map(view).collect()
}

fn unsplit_doubt(page: Option<&Details>) -> Doubt {
    let doubts = page.map(Details::doubts).unwrap_or_default();
    let of_table = doubts.iter().find(|(field, _)| *field == Field::Papers);
    of_table.map_or(Doubt::PapersNotSplit, |(_, doubt)| *doubt)
}

pub(crate) fn ways(page: &Details) -> Vec<WayView> {
    let rows = page.entry.ways.rows.iter();
    rows.map(|row| WayView {
        way: match row.way {
            Way::Direct => "direct",
            Way::Online => "online",
            Way::Post => "post",
        }
        .to_string(),
        time_text: row.time.text.clone(),
        fee_text: row.fee.text.clone(),
        note: row.note.clone(),
    })
    .collect()
}

fn field(spec: &FieldSpec) -> FieldSpecView {
    let mut view = FieldSpecView {
        id: spec.id.clone(),
        label: text2(&spec.label),
        kind: FieldKindView::Text,
        min: None,
        max: None,
        limit: None,
        options: Vec::new(),
        usual: spec.required,
        autofill: spec.autofill.map(|source| autofill(source).to_string()),
        case: spec.case.clone(),
    };
    match &spec.kind {
        FieldKind::Text { max } => view.limit = Some(*max),
        FieldKind::Number { min, max } => {
            view.kind = FieldKindView::Number;
            (view.min, view.max) = (Some(*min), Some(*max));
        }
        FieldKind::Date { .. } => view.kind = FieldKindView::Date,
        FieldKind::Birth => view.kind = FieldKindView::Birth,
        FieldKind::Choice { options } => {
            view.kind = FieldKindView::Choice;
            let option = |option: &onedoor_domain::fields::FieldOption| OptionView {
                id: option.id.clone(),
                label: text2(&option.label),
            };
            view.options = options.iter().map(option).collect();
        }
        FieldKind::Place => view.kind = FieldKindView::Place,
        FieldKind::Person => view.kind = FieldKindView::Person,
    }
    view
}

fn autofill(source: Source) -> &'static str {
    match source {
        Source::Applicant => "applicant",
        Source::ApplicantBirth => "applicant_birth",
        Source::ApplicantSex => "applicant_sex",
        Source::ApplicantPassport => "applicant_passport",
        Source::ApplicantNationality => "applicant_nationality",
        Source::ApplicantId => "applicant_id",
        Source::ApplicantAddress => "applicant_address",
        Source::ApplicantPhone => "applicant_phone",
        Source::Submitter => "submitter",
        Source::OfficePlace => "office_place",
        Source::Today => "today",
    }
}
