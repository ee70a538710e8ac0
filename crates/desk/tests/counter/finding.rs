//! Finding filings and opening one.

use crate::world::{COPY, World, filing, journal, mrs_nie};
use onedoor_desk::dto::*;
use onedoor_protocol::journal::Body;

#[tokio::test(flavor = "multi_thread")]
async fn a_filing_is_found_by_words_code_and_telephone() {
    let world = World::at_work().await;
    let received = world.receive(mrs_nie()).await;
    world.receive(filing("Y Thim Mlô", "066090912345")).await;
    let queries = [
        ("nie h len", "words without marks, in any order"),
        ("Niê", "words with marks"),
        ("H15.50.05.13-261123-2000", "the code as printed"),
        ("H155005132611232000", "the code without separators"),
        ("0905123456", "a telephone number"),
        ("066190912345", "an ID number"),
        ("0661 9091 2345", "an ID number with blanks"),
    ];
    for (query, what) in queries {
        let rows = world
            .commands
            .filing_list(FilingFilter::All, query.into(), 50)
            .await
            .unwrap();
        let found = rows.iter().any(|row| row.id == received.filing.id);
        assert!(found, "by {what}: {query}");
    }
    let none = world
        .commands
        .filing_list(FilingFilter::All, "không ai cả".into(), 50);
    assert!(none.await.unwrap().is_empty(), "and nothing else");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_search_finds_filings_people_and_procedures() {
    let world = World::at_work().await;
    world.receive(mrs_nie()).await;
    let hits = world.commands.find("len".into()).await.unwrap();
    let kinds: Vec<_> = hits.iter().map(|hit| hit.kind).collect();
    assert!(
        kinds.contains(&FindKind::Filing) && kinds.contains(&FindKind::Person),
        "{kinds:?}"
    );
    let hits = world.commands.find("trich luc".into()).await.unwrap();
    let copy = hits.iter().find(|hit| hit.kind == FindKind::Procedure);
    assert_eq!(copy.expect("a procedure").id, COPY);
    let hits = world.commands.find("   ".into()).await.unwrap();
    assert!(hits.is_empty(), "blanks find nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn opening_a_record_leaves_one_line_and_reading_a_list_none() {
    let world = World::at_work().await;
    let received = world.receive(mrs_nie()).await;
    let lines = || async { world.commands.sync_state().await.unwrap().lines_here };
    let before = lines().await;
    world
        .commands
        .filing_list(FilingFilter::Today, String::new(), 50)
        .await
        .unwrap();
    world.commands.find("niê".into()).await.unwrap();
    world.commands.person_find("niê".into()).await.unwrap();
    assert_eq!(
        lines().await,
        before,
        "rows of a list are no look into a record"
    );
    world
        .commands
        .filing_get(received.filing.id.clone())
        .await
        .unwrap();
    assert_eq!(lines().await, before + 1, "a look is");
    let id: uuid::Uuid = received.filing.id.parse().unwrap();
    let (_folder, store) = world.closed().await;
    let last = journal(&store).pop().unwrap();
    assert!(
        matches!(&last, Body::Looked(looked) if looked.filing == id),
        "and says at which: {last:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_known_person_fills_the_next_filing() {
    let world = World::at_work().await;
    world.receive(mrs_nie()).await;
    for query in ["0661909", "0905 123", "len nie", "H’Len"] {
        let found = world.commands.person_find(query.into()).await.unwrap();
        let person = found.first().unwrap_or_else(|| panic!("nobody by {query}"));
        assert_eq!(person.name, "H’Len Niê");
        assert_eq!(
            person.birth, "15/03/1990",
            "as it is typed, not as it is stored"
        );
        assert_eq!(person.address, "Buôn Yao, xã Ea Tul, tỉnh Đắk Lắk");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_procedure_is_found_without_accents_and_by_its_nickname() {
    let world = World::at_work().await;
    for query in ["khai sinh", "dang ky khai sinh", "ks", "1.001193"] {
        let hits = world
            .commands
            .procedure_find(query.into(), false)
            .await
            .unwrap()
            .hits;
        let found = hits.iter().take(3).any(|hit| hit.code == "1.001193");
        assert!(found, "among the first three by {query}");
    }
    world.receive(mrs_nie()).await;
    let hits = world
        .commands
        .procedure_find(String::new(), false)
        .await
        .unwrap()
        .hits;
    assert!(
        hits[0].last_used,
        "an empty query begins with what was used last"
    );
}
