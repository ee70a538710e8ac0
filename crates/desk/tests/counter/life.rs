//! From received to handed over, one line an act; what is not open is refused and leaves no line.

use crate::world::{World, filing, journal, mrs_nie};
use onedoor_desk::dto::*;
use onedoor_protocol::journal::Body;

async fn act(
    world: &World,
    filing: &str,
    act: FilingAct,
    (reason, seen): (&str, &str),
) -> Result<FilingView, ErrorView> {
    let (filing, reason, seen) = (filing.into(), reason.into(), seen.into());
    world.commands.filing_act(filing, act, reason, seen).await
}

async fn hand_over(
    world: &World,
    filing: &str,
    right: TakerRight,
    [name, id_number, authority]: [&str; 3],
) -> Result<FilingView, ErrorView> {
    let taker = Taker {
        right,
        name: name.into(),
        id_number: id_number.into(),
        authority: authority.into(),
    };
    let (filing, seen) = (filing.into(), "result_ready".into());
    world.commands.filing_hand_over(filing, taker, seen).await
}

fn open(view: &FilingView) -> Vec<FilingAct> {
    view.acts.iter().map(|open| open.act).collect()
}

async fn arrived(world: &World, values: DraftValues) -> String {
    let id = world.receive(values).await.filing.id;
    act(world, &id, FilingAct::Arrive, ("", "received"))
        .await
        .unwrap();
    id
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filing_goes_from_the_counter_to_the_unit_and_back_into_the_citizens_hand() {
    let world = World::at_work().await;
    let id = world.receive(mrs_nie()).await.filing.id;
    let before = world.commands.filing_get(id.clone()).await.unwrap();
    assert!(open(&before).contains(&FilingAct::Transfer));
    assert!(
        !open(&before).contains(&FilingAct::HandOver),
        "there is no result yet"
    );

    let sent = act(&world, &id, FilingAct::Transfer, ("", "received"))
        .await
        .unwrap();
    assert_eq!(sent.row.status, "transferred");
    let back = act(&world, &id, FilingAct::Arrive, ("", "transferred"))
        .await
        .unwrap();
    assert_eq!(open(&back)[0], FilingAct::HandOver);
    let shelf = world
        .commands
        .filing_list(FilingFilter::ResultReady, String::new(), 9);
    assert_eq!(shelf.await.unwrap().len(), 1);

    let given = hand_over(&world, &id, TakerRight::Applicant, [""; 3])
        .await
        .unwrap();
    assert_eq!(given.row.status, "handed_over");
    let told = given.time_line.last().unwrap();
    assert_eq!(
        (told.code.as_str(), told.params["right"].as_str()),
        ("handed_over", "applicant")
    );
    assert_eq!(told.params["taker"], given.applicant.name);
    let shelf = world
        .commands
        .filing_list(FilingFilter::ResultReady, String::new(), 9);
    assert!(shelf.await.unwrap().is_empty());

    let (_folder, store) = world.closed().await;
    let lines = journal(&store);
    let moved = lines
        .iter()
        .filter(|body| matches!(body, Body::StatusChanged(_) | Body::HandedOver(_)));
    assert_eq!(moved.count(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_clerks_who_hand_over_at_once_make_one_hand_over() {
    let world = World::at_work().await;
    let id = arrived(&world, mrs_nie()).await;
    let (one, other) = tokio::join!(
        hand_over(&world, &id, TakerRight::Applicant, [""; 3]),
        hand_over(&world, &id, TakerRight::Applicant, [""; 3]),
    );
    let refused = [one, other]
        .into_iter()
        .filter_map(Result::err)
        .map(|error| error.code);
    assert_eq!(refused.collect::<Vec<_>>(), [ErrorCode::FilingMoved]);
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_elses_card_takes_nothing_and_an_authorised_person_needs_the_paper() {
    let world = World::at_work().await;
    let id = arrived(&world, filing("Y Bhiông Niê", "066088001234")).await;
    let code = |answer: Result<FilingView, ErrorView>| answer.unwrap_err().code;
    let other = ["", "066188004321", ""];
    assert_eq!(
        code(hand_over(&world, &id, TakerRight::Applicant, other).await),
        ErrorCode::TakerDiffers
    );
    assert_eq!(
        code(hand_over(&world, &id, TakerRight::Submitter, [""; 3]).await),
        ErrorCode::NameRequired,
        "nobody handed it in for the applicant"
    );
    let nobody = ["", "066188004321", "Giấy ủy quyền 12/2026"];
    assert_eq!(
        code(hand_over(&world, &id, TakerRight::Authorised, nobody).await),
        ErrorCode::NameRequired
    );
    let unproved = ["H’Bluăk Kriêng", "066188004321", " "];
    assert_eq!(
        code(hand_over(&world, &id, TakerRight::Authorised, unproved).await),
        ErrorCode::AuthorityRequired
    );
    let proved = ["H’Bluăk Kriêng", "066188004321", "Giấy ủy quyền 12/2026"];
    let given = hand_over(&world, &id, TakerRight::Authorised, proved)
        .await
        .unwrap();
    let told = given.time_line.last().unwrap();
    assert_eq!(told.params["taker"], "H’Bluăk Kriêng");
    assert_eq!(told.params["authority"], "Giấy ủy quyền 12/2026");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_end_needs_its_reason_and_only_the_head_takes_it_back() {
    let world = World::at_work().await;
    let id = world.receive(mrs_nie()).await.filing.id;
    let bare = act(&world, &id, FilingAct::Withdraw, (" ", "received")).await;
    assert_eq!(bare.unwrap_err().code, ErrorCode::ReasonRequired);
    let why = "Gia đình chưa thống nhất";
    let gone = act(&world, &id, FilingAct::Withdraw, (why, "received"))
        .await
        .unwrap();
    assert_eq!(gone.row.status, "withdrawn");
    assert_eq!(gone.time_line.last().unwrap().params["reason"], why);
    assert_eq!(
        open(&gone),
        [FilingAct::TakeBack],
        "the supervisor of a new office is signed in"
    );

    let clerk = world.clerk("Y Thul Niê").await;
    world.sign_in(&clerk).await;
    let seen = world.commands.filing_get(id.clone()).await.unwrap();
    assert!(
        open(&seen).is_empty(),
        "a clerk is not offered what a clerk may not do"
    );
    let refused = act(&world, &id, FilingAct::TakeBack, ("Nhầm", "withdrawn"))
        .await
        .unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotAllowed);
    assert_eq!(refused.params["who"], "supervisor");

    let head = world.head().await;
    world.sign_in(&head).await;
    let again = act(
        &world,
        &id,
        FilingAct::TakeBack,
        ("Nhầm hồ sơ", "withdrawn"),
    )
    .await
    .unwrap();
    assert_eq!(again.row.status, "received");
}
