//! Slips without their paper, papers to look up later, and the codes of other systems.

use crate::office::{MONDAY, Matter, Office, counter, office_name, today};
use onedoor_protocol::journal::{
    CodeBound, FilingReceived, LookUpSettled, OfficeDocumentSet, PaperRecord, SlipIssued,
    SlipRendered, StatusChanged,
};
use onedoor_store::{Hash32, Lines, Op, Store, tables::filings::Which};
use uuid::Uuid;

fn write(store: &Store, lines: Lines) {
    store
        .write(Op::act(today(), move |_| Ok((lines, ()))))
        .unwrap();
}

/// A filing with papers in these states.
fn filing(name: &str, number: u32, states: &[&str]) -> FilingReceived {
    let paper = |(n, state): (usize, &&str)| PaperRecord {
        document: format!("d{n}"),
        name: "Giấy chứng nhận".into(),
        state: (*state).into(),
        copies: 1,
        reason: "mất mạng".into(),
    };
    FilingReceived {
        papers: (1..).zip(states).map(paper).collect(),
        ..Matter::of(name).filing(MONDAY, Some(number))
    }
}

fn slip(number: u32, issued: &str) -> SlipIssued {
    let matter = Matter::of("Y Thul").filing(MONDAY, None);
    SlipIssued {
        slip: Uuid::now_v7(),
        form: "02".into(),
        form_number: number,
        template: "form02-1".into(),
        office: office_name(),
        counter: counter(),
        procedure: matter.procedure,
        applicant: matter.applicant,
        content: "Trích lục khai sinh".into(),
        items: vec!["Tờ khai".into()],
        reason: String::new(),
        issued: issued.into(),
        clerk_name: "H'Hen Niê".into(),
        sample: false,
        on: None,
    }
}

#[test]
fn a_slip_lacks_its_paper_until_a_line_names_it_under_its_own_form() {
    let office = Office::new();
    let store = office.enrolled();
    let (first, second) = (
        slip(1, "2026-11-23T08:00:00"),
        slip(2, "2026-11-23T08:05:00"),
    );
    let ids = [first.slip, second.slip];
    write(&store, Lines::one(first).and(second));
    let rendered = |form: &str| SlipRendered {
        slip: ids[0],
        form: form.into(),
        template: "form02-1".into(),
        sha256: Hash32([1; 32]),
        size: 9,
    };
    // Two copies on A4 are not the slip's own paper.
    write(&store, Lines::one(rendered("02-a4")));
    let missing = |store: &Store| store.read(|reader| reader.slips_without_form(10)).unwrap();
    assert_eq!(missing(&store), ids);
    write(&store, Lines::one(rendered("02")));
    assert_eq!(missing(&store), [ids[1]]);
    let listed = store.read(|reader| reader.slips(10)).unwrap();
    let numbers: Vec<u32> = listed.iter().map(|row| row.form_number).collect();
    assert_eq!(numbers, [2, 1], "newest first");
    assert!(
        store.read(|r| r.without_form("01", 10)).unwrap().is_empty(),
        "a slip is no filing that waits for its receipt"
    );
}

#[test]
fn a_paper_to_look_up_is_listed_until_its_filing_is_done() {
    let office = Office::new();
    let store = office.enrolled();
    write(&store, Lines::one(filing("A", 1, &["original"])));
    let open = filing("B", 2, &["original", "not_reachable", "not_reachable"]);
    let id = open.filing;
    write(&store, Lines::one(open));
    let listed = |store: &Store| {
        let rows = store.read(|reader| reader.filings(&Which::LookUpLater, "", 10));
        let ids = rows.unwrap().into_iter().map(|row| row.id);
        ids.collect::<Vec<_>>()
    };
    assert_eq!(listed(&store), [id]);
    assert_eq!(store.read(|r| r.count(&Which::LookUpLater)).unwrap(), 1);
    write(
        &store,
        Lines::one(StatusChanged {
            filing: id,
            status: "handed_over".into(),
            reason: String::new(),
            approved_by: None,
        }),
    );
    assert!(listed(&store).is_empty(), "nothing is owed any more");
}

/// A settled look-up of the second paper.
fn settled(filing: Uuid, document: &str, outcome: &str) -> LookUpSettled {
    LookUpSettled {
        filing,
        document: document.into(),
        outcome: outcome.into(),
        note: String::new(),
    }
}

#[test]
fn each_paper_waits_for_itself_until_a_line_says_what_came_of_it() {
    let office = Office::new();
    let store = office.enrolled();
    let filing = filing("B", 2, &["original", "not_reachable", "not_reachable"]);
    let id = filing.filing;
    write(&store, Lines::one(filing));
    let waiting = |store: &Store| {
        let rows = store.read(|reader| reader.look_ups(10)).unwrap();
        let papers = rows.into_iter().map(|row| (row.document, row.reason));
        papers.collect::<Vec<_>>()
    };
    let reason = || "mất mạng".to_string();
    assert_eq!(
        waiting(&store),
        [("d2".into(), reason()), ("d3".into(), reason())]
    );
    write(&store, Lines::one(settled(id, "d2", "found")));
    assert_eq!(waiting(&store), [("d3".into(), reason())]);
    assert_eq!(store.read(|reader| reader.look_ups_open()).unwrap(), 1);
    let listed = |store: &Store| store.read(|r| r.count(&Which::LookUpLater)).unwrap();
    assert_eq!(listed(&store), 1, "one paper still waits");
    write(&store, Lines::one(settled(id, "d3", "missing")));
    assert!(waiting(&store).is_empty());
    assert_eq!(listed(&store), 0, "nothing of the filing waits any more");
    let known = store.read(|reader| reader.look_ups_of(id)).unwrap();
    let outcomes: Vec<_> = known.iter().map(|row| row.outcome.as_deref()).collect();
    assert_eq!(outcomes, [Some("found"), Some("missing")]);
    assert_eq!(
        store.read(|reader| reader.lines_of(id)).unwrap().len(),
        3,
        "the lines stand in the filing's own history"
    );
}

#[test]
fn an_outcome_that_no_rule_knows_is_never_written() {
    let office = Office::new();
    let store = office.enrolled();
    let filing = filing("B", 2, &["not_reachable"]);
    let id = filing.filing;
    write(&store, Lines::one(filing));
    let head = store.read(|reader| reader.head()).unwrap().seq;
    let perhaps = settled(id, "d1", "perhaps");
    let written = store.write(Op::act(today(), move |_| Ok((Lines::one(perhaps), ()))));
    assert!(written.is_err());
    assert_eq!(store.read(|reader| reader.head()).unwrap().seq, head);
    assert_eq!(store.read(|reader| reader.look_ups_open()).unwrap(), 1);
}

#[test]
fn stores_of_before_know_their_papers_to_look_up_after_the_migration() {
    let connection = rusqlite::Connection::open_in_memory().unwrap();
    for schema in [
        include_str!("../../migrations/V1__one_filing.sql"),
        include_str!("../../migrations/V2__people_slips_pads.sql"),
    ] {
        connection.execute_batch(schema).unwrap();
    }
    let filings = [
        filing("A", 1, &["original"]),
        filing("B", 2, &["not_reachable", "missing"]),
    ];
    for (seq, filing) in (2_u64..).zip(&filings) {
        // The line's envelope, as far as the migration reads it.
        let line = serde_json::json!({ "t": "filing_received", "body": filing }).to_string();
        connection
            .execute(
                "insert into journal (seq, line, hash, t) values (?1, ?2, zeroblob(32), 'filing_received')",
                (seq.cast_signed(), line.as_bytes()),
            )
            .unwrap();
        connection
            .execute(
                "insert into filing (id, procedure, title, person, applicant, birth, id_number, phone, received, due,
                   day, status, seq, last_seq)
                 values (?1, '', '', x'00', ?2, '', '', '', '', '', '', 'received', ?3, ?3)",
                (
                    filing.filing.into_bytes(),
                    &filing.applicant.name,
                    seq.cast_signed(),
                ),
            )
            .unwrap();
    }
    connection
        .execute_batch(include_str!("../../migrations/V3__look_up_and_rekey.sql"))
        .unwrap();
    let mut statement = connection
        .prepare("select applicant, look_up from filing order by applicant")
        .unwrap();
    let found: Vec<(String, u32)> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(found, [("A".to_string(), 0), ("B".to_string(), 1)]);

    for schema in [
        include_str!("../../migrations/V4__same_person.sql"),
        include_str!("../../migrations/V5__same_matter.sql"),
        include_str!("../../migrations/V6__look_ups.sql"),
    ] {
        connection.execute_batch(schema).unwrap();
    }
    let paper: (Vec<u8>, String, String, Option<String>) = connection
        .query_row(
            "select filing, document, reason, outcome from look_up",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
        )
        .unwrap();
    let filing = filings[1].filing.into_bytes().to_vec();
    assert_eq!(
        paper,
        (filing, "d1".into(), "mất mạng".into(), None),
        "which paper it is, read from the line"
    );
}

#[test]
fn another_systems_code_finds_its_filing_from_its_beginning_on() {
    let office = Office::new();
    let store = office.enrolled();
    let (bound, other) = (filing("A", 1, &[]), filing("B", 2, &[]));
    let (id, own) = (bound.filing, other.code.clone().unwrap());
    let second = other.filing;
    write(&store, Lines::one(bound).and(other));
    let line = CodeBound {
        filing: id,
        official: "H15.50-261123-0975".into(),
        system: "province".into(),
    };
    write(&store, Lines::one(line));
    store
        .read(|reader| {
            assert_eq!(reader.official(id)?.as_deref(), Some("H15.50-261123-0975"));
            assert_eq!(reader.by_official("H15.50-2611")?, [id]);
            assert!(reader.by_official("H16")?.is_empty());
            assert_eq!(reader.holder_of("H15.50-261123-0975")?, Some(id));
            assert_eq!(reader.holder_of(&own)?, Some(second), "its own number");
            assert_eq!(reader.holder_of("H15.50-2611")?, None, "whole codes only");
            Ok(())
        })
        .unwrap();
}

#[test]
fn what_the_office_set_is_kept_in_order_with_its_day_of_effect_and_who_set_it() {
    let office = Office::new();
    let store = office.enrolled();
    let set = |from: &str, title: &str| OfficeDocumentSet {
        part: "calendar".into(),
        from: from.into(),
        sha256: Hash32::of(&[title.as_bytes()]),
        size: 5,
        title: title.into(),
    };
    write(
        &store,
        Lines::one(set("2027-01-01", "2")).and(set("2026-12-01", "3")),
    );
    write(&store, Lines::one(set("2027-01-01", "4")));
    drop(store);
    let store = office.open().unwrap();
    let rows = store.read(|reader| reader.office_documents()).unwrap();
    let kept: Vec<_> = rows
        .iter()
        .map(|row| (row.from.as_str(), row.title.as_str()))
        .collect();
    assert_eq!(
        kept,
        [
            ("2027-01-01", "2"),
            ("2026-12-01", "3"),
            ("2027-01-01", "4")
        ],
        "nothing is overwritten"
    );
    assert_eq!(rows[0].sha256, Hash32::of(&[b"2"]));
    assert_eq!(rows[0].clerk, today().clerk);
    assert!(rows[0].wall.starts_with(MONDAY));
}

#[test]
fn a_tick_is_kept_and_taken_back_without_a_line() {
    let office = Office::new();
    let store = office.enrolled();
    let filing = Uuid::now_v7();
    let head = store.read(|reader| reader.head()).unwrap().seq;
    for _ in 0..2 {
        store
            .write(Op::local(move |tx| tx.tick(filing, "applicant.name")))
            .unwrap();
    }
    let ticks = store.read(|reader| reader.rekey_ticks(filing)).unwrap();
    assert_eq!(ticks.len(), 1);
    store
        .write(Op::local(move |tx| tx.untick(filing, "applicant.name")))
        .unwrap();
    let ticks = store.read(|reader| reader.rekey_ticks(filing)).unwrap();
    assert!(ticks.is_empty());
    assert_eq!(store.read(|reader| reader.head()).unwrap().seq, head);
}
