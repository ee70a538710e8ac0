//! Whatever is typed or pasted: a clear note or a quiet success, and nothing typed, stored or numbered is lost.

use crate::world::{World, filing, mrs_nie};
use onedoor_desk::dto::*;

/// The first number of the day at this counter.
const FIRST: &str = "H15.50.05.13-261123-2000";

/// A draft that must not be received, and the field and code that say why.
fn wrong() -> Vec<(&'static str, DraftValues, &'static str, &'static str)> {
    let with = |change: fn(&mut DraftValues)| {
        let mut values = mrs_nie();
        change(&mut values);
        values
    };
    vec![
        (
            "a half-typed ID number",
            with(|v| v.applicant.id_number = "0661909".into()),
            "applicant.id_number",
            "id_length",
        ),
        (
            "letters in an ID number",
            with(|v| v.applicant.id_number = "06619091234O".into()),
            "applicant.id_number",
            "id_not_digits",
        ),
        (
            "a province that never was",
            with(|v| v.applicant.id_number = "099190912345".into()),
            "applicant.id_number",
            "id_unknown_province",
        ),
        (
            "a date that does not exist",
            with(|v| v.applicant.birth = "31/02/1990".into()),
            "applicant.birth",
            "not_a_date",
        ),
        (
            "a birth in the future",
            with(|v| v.applicant.birth = "24/11/2026".into()),
            "applicant.birth",
            "in_future",
        ),
        (
            "a name of 10,000 characters",
            with(|v| v.applicant.name = "Ê".repeat(10_000)),
            "applicant.name",
            "too_long",
        ),
        (
            "control characters",
            with(|v| v.applicant.name = "H’Len\u{0}\u{7} Niê".into()),
            "applicant.name",
            "control_characters",
        ),
        (
            "a sign that turns the line round",
            with(|v| v.applicant.address = "Buôn \u{202e}oaY".into()),
            "applicant.address",
            "control_characters",
        ),
        (
            "no name",
            with(|v| v.applicant.name = "  ".into()),
            "applicant.name",
            "required",
        ),
        (
            "a half-typed telephone number",
            with(|v| v.applicant.phone = "0905 12".into()),
            "applicant.phone",
            "phone_length",
        ),
        ("no sets", with(|v| v.sets = "0".into()), "sets", "number"),
        (
            "sets that are no number",
            with(|v| v.sets = "hai".into()),
            "sets",
            "number",
        ),
        (
            "a procedure that is not in the catalogue",
            with(|v| v.procedure = "9.999999".into()),
            "procedure",
            "unknown_procedure",
        ),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_fields_are_named_nothing_is_numbered_and_the_draft_keeps_every_letter() {
    let world = World::at_work().await;
    let commands = &world.commands;
    for (what, values, field, code) in wrong() {
        commands.draft_save(values.clone()).await.unwrap();
        let check = commands.filing_check(values.clone()).await.unwrap();
        let named: Vec<_> = check
            .problems
            .iter()
            .map(|note| (note.field.as_str(), note.code.as_str()))
            .collect();
        assert_eq!(named, [(field, code)], "{what}: the field says why");
        let refused = commands
            .filing_receive(values.clone(), false)
            .await
            .unwrap_err();
        assert_eq!(refused.code, ErrorCode::FieldsWrong, "{what}");
        assert_eq!(refused.params["count"], "1", "{what}");
        let kept = commands.draft_get().await.unwrap().values;
        assert_eq!(kept, values, "{what}: the draft has all that was typed");
    }
    let counts = commands.desk_counts().await.unwrap();
    assert_eq!(counts.today, 0, "nothing was stored");
    assert_eq!(world.next_number().await, FIRST, "no number was used up");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_too_long_name_says_how_long_it_may_be() {
    let world = World::at_work().await;
    let values = filing(&"Ê".repeat(10_000), "");
    let check = world.commands.filing_check(values).await.unwrap();
    let params = &check.problems[0].params;
    assert_eq!(
        (params["max"].as_str(), params["len"].as_str()),
        ("200", "10000")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn decomposed_letters_are_stored_composed_and_found_either_way() {
    let world = World::at_work().await;
    // As a Mac or some PDFs give it: every mark a character of its own.
    let typed = "Nguye\u{302}\u{303}n Thi\u{323} Thu\u{309}y";
    let received = world.receive(filing(typed, "")).await;
    let stored = "Nguyễn Thị Thủy";
    assert_eq!(received.filing.applicant, stored, "one form for one name");
    for query in [typed, stored, "nguyen thi thuy"] {
        let hits = world.commands.find(query.into()).await.unwrap();
        let found = hits.iter().any(|hit| hit.kind == FindKind::Filing);
        assert!(found, "found by {query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_that_no_font_has_are_warned_of_and_received_all_the_same() {
    let world = World::at_work().await;
    let values = filing("Mai 🦊 Lan", "");
    let check = world.commands.filing_check(values.clone()).await.unwrap();
    let undrawable = check.warnings.iter().find(|note| note.code == "undrawable");
    let undrawable = undrawable.expect("the clerk is told before the paper is printed");
    assert_eq!(undrawable.field, "applicant.name");
    assert_eq!(undrawable.params["chars"], "🦊");
    assert_eq!(check.problems, [], "it blocks nothing");
    let received = world.receive(values).await;
    assert!(received.receipt_stored, "the receipt exists");
    assert_eq!(
        received.filing.applicant, "Mai 🦊 Lan",
        "and the data keeps the letter"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_disagrees_with_the_rest_is_only_a_warning() {
    let world = World::at_work().await;
    let mut values = mrs_nie();
    values.applicant.sex = Some(SexChoice::Male);
    values.applicant.birth = "1991".into();
    let check = world.commands.filing_check(values.clone()).await.unwrap();
    let codes: Vec<_> = check
        .warnings
        .iter()
        .filter(|note| note.field.starts_with("applicant."))
        .map(|note| note.code.as_str())
        .collect();
    assert_eq!(
        codes,
        ["id_sex_differs", "id_birth_differs"],
        "{:?}",
        check.warnings
    );
    let received = world.receive(values).await;
    assert_eq!(
        received.filing.code, FIRST,
        "a person decides, not the program"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_with_nonsense_are_refused_by_name() {
    let world = World::at_work().await;
    let commands = &world.commands;
    let unknown = commands
        .call("drop_all", serde_json::json!({}))
        .await
        .unwrap_err();
    assert_eq!(unknown.code, ErrorCode::BadRequest);
    let args = serde_json::json!({"values": "<script>", "keep_person": 3});
    let malformed = commands.call("filing_receive", args).await.unwrap_err();
    assert_eq!(malformed.code, ErrorCode::BadRequest);
    let nobody = commands.filing_get("no-id".into()).await.unwrap_err();
    assert_eq!(nobody.code, ErrorCode::FilingUnknown);
    let nobody = commands
        .filing_get(uuid::Uuid::nil().to_string())
        .await
        .unwrap_err();
    assert_eq!(nobody.code, ErrorCode::FilingUnknown);
    let forged = commands
        .enrol_by_ticket("{\"body\": 1}".into())
        .await
        .unwrap_err();
    assert_eq!(forged.code, ErrorCode::TicketInvalid);
    assert_eq!(world.next_number().await, FIRST, "none of it left a trace");
}
