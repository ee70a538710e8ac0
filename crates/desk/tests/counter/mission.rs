//! A mission abroad: its procedures, days, money and forms. Not here: its page in the window (Playwright).

use crate::world::World;
use jiff::SignedDuration;
use onedoor_desk::dto::*;

/// A visa for several entries within three months: three working days, 50 USD.
const VISA: &str = "LS-12";
const ANNA: &str =
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F3001019ZE184226B<<<<<16";

async fn visa(world: &World) -> DraftValues {
    let read = world.commands.person_read(ANNA.into()).await.unwrap();
    assert_eq!(read.kind, PersonReadKind::Passport, "{:?}", read.notes);
    let applicant = PersonValues {
        address: "Invalidenstraße 1, Berlin".into(),
        ..read.person.unwrap()
    };
    let procedure = world.commands.procedure_get(VISA.into()).await.unwrap();
    let papers = procedure.documents.iter().map(|document| PaperValue {
        document: document.id.clone(),
        state: Some(PaperStateChoice::Original),
        copies: 1,
        reason: String::new(),
    });
    let fields = [
        ("traveller.name", applicant.name.as_str()),
        ("traveller.birth", &applicant.birth),
        ("nationality", "UTO"),
        ("passport_no", "L898902C3"),
        ("passport_expiry", "01/01/2030"),
        ("entry_on", "10/01/2027"),
        ("purpose", "tourism"),
    ];
    DraftValues {
        procedure: VISA.into(),
        papers: papers.collect(),
        cases: vec!["multiple_3m".into()],
        fields: fields
            .into_iter()
            .map(|(id, value)| (id.to_string(), value.to_string()))
            .collect(),
        applicant: applicant.clone(),
        sets: "1".into(),
        copies: "1".into(),
        ..DraftValues::default()
    }
}

/// The words of the stored receipt.
async fn receipt(world: &World, filing: &str) -> String {
    world.commands.receipt_open(filing.into()).await.unwrap();
    world.viewer.words()
}

fn owner(due: &DueView, date: &str) -> Option<WhoseDay> {
    let cell = due.cells.iter().find(|cell| cell.date == date);
    cell.expect("a day of the strip").whose
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visa_filing_goes_from_the_passports_machine_readable_lines_to_a_bilingual_receipt() {
    let world = World::mission("USD").await;
    let state = world.commands.app_state().await.unwrap();
    assert_eq!(
        (state.phase, state.now.as_str()),
        (Phase::SignedIn, "2026-11-23T09:10:00"),
        "Berlin's own time"
    );
    let mission = state.office.unwrap().mission.unwrap();
    assert_eq!(
        (mission.host.as_str(), mission.currency.as_str()),
        ("DE", "USD")
    );
    assert!(!mission.calendar_missing);
    assert_eq!(
        state.settings.paper,
        PaperChoice::A4,
        "two languages need a whole sheet"
    );

    let received = world.receive(visa(&world).await).await;
    assert_eq!(
        received.due.at, "2026-11-27T12:30:00",
        "a Friday ends at half past twelve"
    );
    assert_eq!(
        owner(&received.due, "2026-11-24"),
        Some(WhoseDay::Vietnam),
        "Culture Day is not counted in Berlin either"
    );
    assert_eq!(received.filing.applicant, "ERIKSSON ANNA MARIA");
    let view = world
        .commands
        .filing_get(received.filing.id.clone())
        .await
        .unwrap();
    let fee = view.fee.unwrap().amount.unwrap();
    assert_eq!((fee.currency.as_str(), fee.minor.as_str()), ("USD", "5000"));
    let due = view.due.unwrap();
    assert_eq!(
        (due.calendar, owner(&due, "2026-11-24"), due.at.as_str()),
        (1, Some(WhoseDay::Vietnam), "2026-11-27T12:30:00"),
        "as it was promised"
    );

    let words = receipt(&world, &received.filing.id).await;
    for word in [
        "ERIKSSON ANNA MARIA",
        "L898902C3",
        "Cấp thị thực cho người nước ngoài",
        "Visa for a foreigner",
        "50,00 USD",
        "12 giờ 30 phút, ngày 27 tháng 11 năm 2026",
        "12:30, 27 November 2026",
        "50.00 USD",
        "Berlin",
    ] {
        assert!(words.contains(word), "{word}: {words}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_hosts_days_off_are_not_counted_and_are_told_as_the_hosts() {
    let world = World::mission("USD").await;
    world.clock.advance(SignedDuration::from_hours(30 * 24));
    let check = world
        .commands
        .filing_check(visa(&world).await)
        .await
        .unwrap();
    let due = check.due.unwrap();
    assert_eq!(due.received, "2026-12-23T09:10:00");
    // Thursday 24, Monday 28, Tuesday 29; Friday is Christmas.
    assert_eq!(due.at, "2026-12-29T17:00:00");
    assert_eq!(owner(&due, "2026-12-25"), Some(WhoseDay::Host));
    assert_eq!(
        owner(&due, "2026-12-27"),
        None,
        "the weekly rest is nobody's"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mission_offers_the_consular_procedures_unchecked_and_finds_all_others_behind_them() {
    let world = World::mission("USD").await;
    let first = world
        .commands
        .procedure_find("hộ chiếu".into(), false)
        .await
        .unwrap();
    assert!(
        first.hits.iter().all(|hit| hit.offered && !hit.checked),
        "nothing of it is checked"
    );
    assert!(first.hits.iter().any(|hit| hit.code == "LS-01"));
    assert!(first.more_elsewhere > 0, "the national pages lie behind");
    let all = world
        .commands
        .procedure_find("hộ chiếu".into(), true)
        .await
        .unwrap();
    assert!(all.hits.len() > first.hits.len());
    let visa = world.commands.procedure_get(VISA.into()).await.unwrap();
    assert!(!visa.checked, "the page says so");
}

#[tokio::test(flavor = "multi_thread")]
async fn fees_in_dollars_are_taken_in_the_hosts_money_at_the_rate_of_the_office() {
    let world = World::mission("EUR").await;
    let fee = |check: Check| check.fee.unwrap().amount.unwrap().text;
    let before = world
        .commands
        .filing_check(visa(&world).await)
        .await
        .unwrap();
    assert_eq!(fee(before), "50,00 USD", "no rate is known yet");
    let tariff = r#"{"version": 1, "office": "Berlin", "lines": [], "currency_rates": [
        {"currency": "EUR", "per_usd": "0.923", "from": "2026-11-01", "rounding": "0.50"}]}"#;
    world
        .commands
        .office_document_set(OfficePart::Tariff, tariff.into(), "2026-11-23".into())
        .await
        .unwrap();
    let check = world
        .commands
        .filing_check(visa(&world).await)
        .await
        .unwrap();
    assert_eq!(fee(check), "46,00 EUR", "46.15 to the next half");
    let received = world.receive(visa(&world).await).await;
    assert!(
        receipt(&world, &received.filing.id)
            .await
            .contains("46,00 EUR")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_amount_is_typed_in_the_missions_money_with_its_cents() {
    let world = World::mission("USD").await;
    let typed = |amount: &str| DraftValues {
        procedure: "LS-13".into(),
        fee: FeeValues {
            amount: amount.into(),
            ..FeeValues::default()
        },
        ..DraftValues::default()
    };
    for (amount, said) in [
        ("12,5", "12,50 USD"),
        ("30", "30,00 USD"),
        ("7.25 USD", "7,25 USD"),
    ] {
        let check = world.commands.filing_check(typed(amount)).await.unwrap();
        assert_eq!(check.fee.unwrap().amount.unwrap().text, said, "{amount}");
    }
    for amount in ["12,345", "-3", "x"] {
        let check = world.commands.filing_check(typed(amount)).await.unwrap();
        let wrong = check.problems.iter().any(|note| note.field == "fee.amount");
        assert!(wrong, "{amount} is no amount of dollars");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_whose_calendar_is_not_known_is_said_until_the_mission_brings_one() {
    let world = World::mission_in("FR", "USD").await;
    let missing = async || {
        let state = world.commands.app_state().await.unwrap();
        state.office.unwrap().mission.unwrap().calendar_missing
    };
    assert!(missing().await);
    let due = |check: Check| check.due.unwrap();
    let check = world
        .commands
        .filing_check(visa(&world).await)
        .await
        .unwrap();
    assert!(!due(check).published, "no date is called certain");
    let calendar = r#"{"version": 1, "zone": "Europe/Berlin", "last_published_year": 2026,
        "weekly_rest": ["saturday", "sunday"],
        "hours": {"morning": ["09:00", "12:00"], "afternoon": ["14:00", "17:00"]},
        "years": [{"year": 2026, "published": true, "makeup_days": [],
            "days_off": [{"date": "2026-11-25", "name_vi": "Ngày nghỉ", "name_en": "Day off"}]}]}"#;
    world
        .commands
        .office_document_set(OfficePart::Calendar, calendar.into(), "2026-11-23".into())
        .await
        .unwrap();
    assert!(!missing().await);
    let check = world
        .commands
        .filing_check(visa(&world).await)
        .await
        .unwrap();
    let due = due(check);
    assert!(due.published);
    assert_eq!(owner(&due, "2026-11-25"), Some(WhoseDay::Host));
    assert_eq!(
        owner(&due, "2026-11-24"),
        Some(WhoseDay::Vietnam),
        "and Vietnam's are added"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mission_takes_dollars_and_cents_and_shows_no_vietnamese_code() {
    let world = World::mission("USD").await;
    let id = world.receive(visa(&world).await).await.filing.id;
    let open = world.commands.fee_get(id.clone()).await.unwrap();
    assert_eq!(open.left.unwrap().text, "50,00 USD");
    let take = |way, [amount, given, seen]: [&str; 3]| {
        let [amount, given, seen] = [amount, given, seen].map(String::from);
        world
            .commands
            .fee_take(id.clone(), way, amount, given, seen)
    };
    let change = world
        .commands
        .fee_change(id.clone(), "49,50".into(), "100".into());
    let change = change.await.unwrap();
    assert_eq!(change.change.unwrap().text, "50,50 USD");
    assert!(
        change.notes.is_empty(),
        "no notes of another country are told"
    );
    let part = take(PayWay::Cash, ["49,50", "100", "0"]).await.unwrap();
    assert_eq!(
        (part.standing, part.left.unwrap().text.as_str()),
        (FeeStanding::Part, "0,50 USD")
    );
    let set =
        world
            .commands
            .payment_account_set("970436".into(), "0123456789".into(), "DSQ".into());
    set.await.unwrap();
    assert!(
        !world
            .commands
            .fee_get(id.clone())
            .await
            .unwrap()
            .can_transfer
    );
    let shown = world.commands.fee_transfer(id.clone(), String::new()).await;
    assert_eq!(shown.unwrap_err().code, ErrorCode::NoPaymentAccount);
}
