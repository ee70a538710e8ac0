//! The re-key panel and another system's code; and what a filing's page shows of the parts that only some filings have.

use crate::world::{COPY, World, filing, journal, mrs_nie};
use onedoor_desk::dto::*;
use onedoor_protocol::journal::Body;

const OFFICIAL: &str = "H15.50.05.13-261123-0975";

/// A copy of a record, asked for by somebody else with a letter of authority.
fn for_another() -> DraftValues {
    let fields = [("kind", "birth"), ("subject.name", "Y Bhăm Niê")];
    DraftValues {
        procedure: COPY.into(),
        cases: vec!["authorised".into()],
        fields: fields.map(|(id, v)| (id.into(), v.into())).into(),
        behalf: Some(BehalfValues {
            submitter: filing("Trần Văn Ủy", "066090912346").applicant,
            authority: "Giấy ủy quyền ngày 20/11/2026".into(),
        }),
        papers: vec![PaperValue {
            document: "d2".into(),
            state: Some(PaperStateChoice::Original),
            copies: 1,
            reason: String::new(),
        }],
        copies: "2".into(),
        ..mrs_nie()
    }
}

fn value<'a>(panel: &'a Rekey, id: &str) -> Option<&'a str> {
    let field = panel.fields.iter().find(|field| field.id == id)?;
    Some(&field.value)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_panel_lists_what_another_program_asks_for_and_nothing_empty() {
    let world = World::at_work().await;
    let id = world.receive(for_another()).await.filing.id;
    let panel = world.commands.rekey_get(id).await.unwrap();
    assert_eq!(value(&panel, "applicant.name"), Some("H’Len Niê"));
    assert_eq!(value(&panel, "applicant.birth"), Some("15/03/1990"));
    assert_eq!(value(&panel, "applicant.sex"), Some("Nữ"));
    assert_eq!(value(&panel, "submitter.name"), Some("Trần Văn Ủy"));
    assert_eq!(
        value(&panel, "submitter.authority"),
        Some("Giấy ủy quyền ngày 20/11/2026")
    );
    assert_eq!(value(&panel, "cases"), Some("Nếu ủy quyền"));
    assert_eq!(value(&panel, "fields.kind"), Some("Khai sinh"));
    assert_eq!(
        value(&panel, "fee"),
        Some("16000"),
        "digits, as a field for numbers takes them"
    );
    assert_eq!(value(&panel, "applicant.passport"), None, "nothing to copy");
    let names: Vec<&str> = panel.fields.iter().map(|f| f.id.as_str()).collect();
    assert_eq!(names[..2], ["procedure.code", "procedure.title"]);
    let at = |id| names.iter().position(|name| *name == id).unwrap();
    assert!(at("fields.kind") > at("content") && at("fields.kind") < at("papers"));
    assert!(panel.fields.iter().all(|field| !field.label.vi.is_empty()
        && field.label.en.as_ref().is_some_and(|en| !en.is_empty())));
    assert_eq!(panel.official, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn ticks_stay_on_this_pc_over_a_restart_and_write_no_line() {
    let world = World::at_work().await;
    let head = world.head().await;
    let id = world.receive(mrs_nie()).await.filing.id;
    let lines = world.commands.sync_state().await.unwrap().lines_here;
    let tick = |field: &str, done| world.commands.rekey_tick(id.clone(), field.into(), done);
    tick("applicant.name", true).await.unwrap();
    tick("content", true).await.unwrap();
    tick("content", false).await.unwrap();
    let unknown = tick("applicant.passport", true).await.unwrap_err();
    assert_eq!(unknown.code, ErrorCode::BadRequest);
    let after = world.commands.sync_state().await.unwrap().lines_here;
    assert_eq!(lines, after);
    let world = world.restarted().await;
    world.sign_in(&head).await;
    world.confirm_clock().await;
    let panel = world.commands.rekey_get(id).await.unwrap();
    let done: Vec<_> = panel.fields.iter().filter(|field| field.done).collect();
    assert_eq!(done.len(), 1);
    assert_eq!(done[0].id, "applicant.name");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bound_code_finds_its_filing_and_no_other_filing_gets_it() {
    let world = World::at_work().await;
    let commands = &world.commands;
    let first = world.receive(mrs_nie()).await.filing;
    let second = world.receive(filing("Y Thul", "")).await.filing;
    let bind = |filing: &FilingRow, code: &str| commands.rekey_bind(filing.id.clone(), code.into());
    let wrong = bind(&first, "H15.50.05.13-26").await.unwrap_err();
    assert_eq!(wrong.code, ErrorCode::CodeNotOne);
    let view = bind(&first, " h15.50.05.13 261123 0975").await.unwrap();
    assert_eq!(view.official.as_deref(), Some(OFFICIAL), "as it is written");
    assert_eq!(view.row.code, first.code, "what is printed stays");
    assert_eq!(view.time_line.last().unwrap().code, "code_bound");
    assert_eq!(view.time_line.last().unwrap().params["official"], OFFICIAL);
    bind(&first, OFFICIAL).await.unwrap();

    let taken = bind(&second, OFFICIAL).await.unwrap_err();
    assert_eq!(taken.code, ErrorCode::CodeTaken);
    assert_eq!(taken.params["code"], first.code, "and which one has it");
    let taken = bind(&second, &first.code).await.unwrap_err();
    assert_eq!(taken.code, ErrorCode::CodeTaken, "nor another's own number");

    for typed in [OFFICIAL, "H15.50.05.13-261123-097", "h155005132611230975"] {
        let list = commands.filing_list(FilingFilter::All, typed.into(), 5);
        let list = list.await.unwrap();
        assert_eq!(list[0].id, first.id, "{typed}");
        let hits = commands.find(typed.into()).await.unwrap();
        assert_eq!(hits[0].id, first.id, "{typed} by Ctrl+K");
    }
    let panel = commands.rekey_get(first.id.clone()).await.unwrap();
    assert_eq!(panel.official.as_deref(), Some(OFFICIAL));

    let (_folder, store) = world.closed().await;
    let bound = journal(&store);
    let bound = bound
        .iter()
        .filter(|body| matches!(body, Body::CodeBound(_)));
    assert_eq!(bound.count(), 1, "the same code again is no news");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filings_page_shows_case_own_fields_submitter_and_what_the_fee_is_made_of() {
    let world = World::at_work().await;
    let id = world.receive(for_another()).await.filing.id;
    let view = world.commands.filing_get(id).await.unwrap();
    assert_eq!(view.cases[0].vi, "Nếu ủy quyền", "words, not an id");
    let shown: Vec<_> = view.fields.iter().map(|f| (&*f.label, &*f.value)).collect();
    assert!(
        shown.contains(&("Loại việc hộ tịch", "Khai sinh")),
        "{shown:?}"
    );
    let behalf = view.behalf.unwrap();
    assert_eq!(behalf.submitter.name, "Trần Văn Ủy");
    assert_eq!(behalf.authority, "Giấy ủy quyền ngày 20/11/2026");
    let fee = view.fee.unwrap();
    assert_eq!(fee.amount.unwrap().text, "16.000 đ");
    assert_eq!(
        (view.entered, view.official, view.term_by_clerk),
        (None, None, false)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_that_no_database_gave_is_a_task_until_the_filing_is_done() {
    let world = World::at_work().await;
    let commands = &world.commands;
    world.receive(mrs_nie()).await;
    let late = DraftValues {
        papers: vec![PaperValue {
            document: "d2".into(),
            state: Some(PaperStateChoice::NotReachable),
            copies: 1,
            reason: "Cơ sở dữ liệu đất đai không trả lời".into(),
        }],
        ..filing("Y Thul", "")
    };
    let late = world.receive(late).await.filing;
    let tasks = commands.filing_list(FilingFilter::LookUpLater, String::new(), 50);
    let tasks = tasks.await.unwrap();
    assert_eq!(tasks.len(), 1);
    assert_eq!(tasks[0].id, late.id);
}
