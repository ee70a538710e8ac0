//! What lines do to the read model, and what happens to those that can't do it.

use onedoor_central::ledger::FilingQuery;
use onedoor_protocol::Hash32;
use onedoor_protocol::journal::{
    Body, DueChanged, DueRecord, FilingReceived, LookUpSettled, encode,
};
use onedoor_testkit::journal::{Journal, received};
use uuid::Uuid;

use super::{Bench, code};

/// A line with one part of its text replaced.
fn altered(journal: &Journal, body: impl Into<Body>, from: &str, to: &str) -> Vec<u8> {
    let line = String::from_utf8(encode(&journal.stamp(), &body.into()).unwrap()).unwrap();
    assert!(line.contains(from), "{from} is no part of {line}");
    line.replace(from, to).into_bytes()
}

fn filing(number: u32) -> FilingReceived {
    received(Uuid::now_v7(), &code(number))
}

fn codes(taken: &onedoor_central::ledger::Taken) -> Vec<(u64, &str)> {
    taken
        .quarantined
        .iter()
        .map(|fault| (fault.seq, fault.code.as_str()))
        .collect()
}

pub async fn lines_that_cannot_be_applied_never_delay_the_next(bench: &Bench) {
    let mut journal = bench.enrolled(1).await;
    journal.raw(altered(
        &journal,
        filing(1000),
        "\"filing_received\"",
        "\"filing_dreamt\"",
    ));
    journal.raw("{\"not\":\"a line\"}");
    journal.raw(altered(&journal, filing(1001), "\"seq\":3,", "\"seq\":30,"));
    journal.raw(altered(
        &journal,
        filing(1002),
        "\"dossier\":\"",
        "\"dossier\":null,\"was\":\"",
    ));
    journal.raw(altered(
        &journal,
        filing(1003),
        "\"day\":\"2026-11-23\"",
        "\"day\":\"2026-02-30\"",
    ));
    journal.raw(altered(
        &journal,
        filing(1004),
        "\"birth\":\"1992\"",
        "\"birth\":\"nie\"",
    ));
    let (good, _) = journal.receive(&code(1005));
    let taken = bench.take(&journal, &journal.batch_from(1)).await;
    let wanted = [
        (1, "unknown_type"),
        (2, "unreadable_line"),
        (3, "wrong_seq"),
        (4, "wrong_dossier"),
        (5, "bad_value"),
        (6, "bad_value"),
    ];
    assert_eq!(codes(&taken), wanted, "each says why");
    assert_eq!(taken.next_seq, 8, "and none held up the batch");
    assert_eq!(
        bench.stored(&journal).await,
        journal.lines,
        "all are stored as they came"
    );
    let all = bench
        .ledger
        .filings(FilingQuery {
            limit: 10,
            ..FilingQuery::default()
        })
        .await
        .unwrap();
    assert_eq!(
        all.iter().map(|it| it.id).collect::<Vec<_>>(),
        [good],
        "only the good one is applied"
    );
    let listed = bench
        .ledger
        .quarantine(Some("eatul".into()), 10)
        .await
        .unwrap();
    assert_eq!(listed.len(), 6, "the operator sees them");
    assert!(
        bench
            .ledger
            .quarantine(Some("other".into()), 10)
            .await
            .unwrap()
            .is_empty(),
        "another office does not"
    );
}

pub async fn texts_that_a_database_refuses_do_not_reach_it(bench: &Bench) {
    let mut journal = bench.enrolled(1).await;
    journal.raw(altered(&journal, filing(1000), "H'Hen Niê", "H\\u0000Hen"));
    journal.raw(altered(
        &journal,
        filing(1001),
        "\"filing_received\"",
        "\"x\\u0000y\"",
    ));
    journal.raw(altered(
        &journal,
        filing(1002),
        "\"mono\":\"3000\"",
        "\"mono\":\"a\\u0000b\"",
    ));
    let hlc = journal.stamp().hlc.to_string();
    journal.raw(altered(&journal, filing(1003), &hlc, &u64::MAX.to_string()));
    let mut long = filing(1004);
    long.provisional = Some("T-".repeat(5000));
    journal.say(long);
    let mut spelled = filing(1005);
    spelled.code = spelled.code.map(|code| code.to_lowercase());
    journal.say(spelled);
    let (form, _) = journal.receive(&code(1006));
    let mut stamp = journal.stamp();
    stamp.day = "+002026-11-23".into();
    journal.raw(encode(&stamp, &filing(1007).into()).unwrap());
    journal.raw(altered(
        &journal,
        rendered(form),
        "\"size\":1",
        &format!("\"size\":{}", u64::MAX),
    ));
    journal.receive(&code(1008));
    let looked_up = |note: &str| LookUpSettled {
        filing: form,
        document: "d2".into(),
        outcome: "found".into(),
        note: note.into(),
    };
    journal.raw(altered(&journal, looked_up("mạng"), "mạng", "m\\u0000ng"));
    journal.say(looked_up("mạng có lại"));
    let taken = bench.take(&journal, &journal.batch_from(1)).await;
    let wanted = [
        (1, "bad_value"),
        (2, "unknown_type"),
        (3, "unreadable_line"),
        (4, "bad_value"),
        (5, "bad_value"),
        (6, "bad_value"),
        (8, "bad_value"),
        (9, "bad_value"),
        (11, "bad_value"),
    ];
    assert_eq!(
        codes(&taken),
        wanted,
        "one such line must never hold up a batch for ever"
    );
    assert_eq!(
        bench.stored(&journal).await,
        journal.lines,
        "and each is stored byte for byte"
    );
}

fn rendered(filing: Uuid) -> onedoor_protocol::journal::FormRendered {
    let sha256 = Hash32([1; 32]);
    onedoor_protocol::journal::FormRendered {
        filing,
        form: "01".into(),
        template: "01@1".into(),
        sha256,
        size: 1,
    }
}

pub async fn a_number_on_two_filings_is_kept_for_a_person_to_decide(bench: &Bench) {
    let (mut one, mut two) = (bench.enrolled(1).await, bench.enrolled(2).await);
    let (first, _) = one.receive(&code(1000));
    let (second, seq) = two.receive(&code(1000));
    two.render(second);
    assert!(
        bench
            .take(&one, &one.batch_from(1))
            .await
            .quarantined
            .is_empty(),
        "the first has the number"
    );
    let taken = bench.take(&two, &two.batch_from(1)).await;
    assert_eq!(
        codes(&taken),
        [(seq, "duplicate_code")],
        "the second is told; its form is no fault of its own"
    );
    let kept = bench.ledger.filing(second).await.unwrap().unwrap();
    assert_eq!(
        (kept.code, kept.disputed_code),
        (None, Some(code(1000))),
        "the paper exists, so the filing does"
    );
    let query = FilingQuery {
        code: Some(code(1000)),
        limit: 10,
        ..FilingQuery::default()
    };
    let found: Vec<_> = bench
        .ledger
        .filings(query)
        .await
        .unwrap()
        .iter()
        .map(|it| it.id)
        .collect();
    assert_eq!(
        found,
        [first, second],
        "whoever searches the number finds both papers"
    );
}

pub async fn a_provisional_number_on_two_filings_is_kept_for_a_person_to_decide(bench: &Bench) {
    let (mut one, mut two) = (bench.enrolled(1).await, bench.enrolled(2).await);
    // Both typed in the same paper of a PC that is lost.
    let number = "T-4010B8B5-412";
    let paper = || {
        let mut typed = filing(1000);
        (typed.code, typed.provisional) = (None, Some(number.to_string()));
        typed
    };
    let (first, second) = (paper(), paper());
    one.say(first.clone());
    two.say(second.clone());
    let taken = bench.take(&one, &one.batch_from(1)).await;
    assert!(
        taken.quarantined.is_empty(),
        "another PC's number is no fault"
    );
    let taken = bench.take(&two, &two.batch_from(1)).await;
    assert_eq!(codes(&taken), [(1, "duplicate_code")], "the second is told");
    let mut kept = Vec::new();
    for it in [first.filing, second.filing] {
        let filing = bench.ledger.filing(it).await.unwrap().unwrap();
        kept.push((filing.provisional, filing.disputed_code));
    }
    let number = Some(number.to_string());
    assert_eq!(kept, [(number.clone(), None), (None, number.clone())]);
    let query = FilingQuery {
        code: number,
        limit: 10,
        ..FilingQuery::default()
    };
    let found = bench.ledger.filings(query).await.unwrap();
    let found: Vec<_> = found.iter().map(|it| it.id).collect();
    assert_eq!(found.len(), 2, "the number finds both: {found:?}");
}

pub async fn the_same_filing_twice_is_kept_once(bench: &Bench) {
    let (mut one, mut two) = (bench.enrolled(1).await, bench.enrolled(2).await);
    let same = filing(1000);
    one.say(same.clone());
    let mut renumbered = same.clone();
    renumbered.code = Some(code(2000));
    two.say(renumbered);
    bench.take(&one, &one.batch_from(1)).await;
    assert_eq!(
        codes(&bench.take(&two, &two.batch_from(1)).await),
        [(1, "duplicate_filing")],
        "an id is one filing"
    );
    let kept = bench.ledger.filing(same.filing).await.unwrap().unwrap();
    assert_eq!(
        (kept.ws, kept.code),
        (one.ws, same.code),
        "the first line stands"
    );
}

pub async fn forms_and_status_of_a_filing_are_known(bench: &Bench) {
    let mut journal = bench.enrolled(1).await;
    let (id, seq) = journal.receive(&code(1000));
    journal.render(id);
    journal.render(id);
    journal.status(id, "transferred");
    bench.take(&journal, &journal.batch_from(1)).await;
    let kept = bench.ledger.filing(id).await.unwrap().unwrap();
    assert_eq!(
        (kept.ws, kept.seq, kept.office.as_str()),
        (journal.ws, seq, "eatul"),
        "where it came from"
    );
    assert_eq!(kept.applicant, "H'Hen Niê", "every letter of the name");
    assert_eq!(kept.day.to_string(), "2026-11-23", "the business day");
    assert_eq!(kept.status, "transferred", "where it stands");
    assert_eq!(kept.forms.len(), 1, "the same form twice is one form");
    assert_eq!(
        kept.forms[0].sha256,
        Hash32::of(&[id.as_bytes()]),
        "by the PDF's hash"
    );
    assert_eq!(
        bench.ledger.filing(Uuid::from_u128(3)).await.unwrap(),
        None,
        "no filing, no answer"
    );
}

pub async fn the_later_clock_decides_a_status(bench: &Bench) {
    let (mut one, mut two) = (bench.enrolled(1).await, bench.enrolled(2).await);
    let (id, _) = one.receive(&code(1000));
    one.status(id, "transferred");
    for number in 2000..2005 {
        two.receive(&code(number));
    }
    two.status(id, "handed_over");
    bench.take(&one, &one.batch(1..=1)).await;
    bench.take(&two, &two.batch_from(1)).await;
    bench.take(&one, &one.batch_from(2)).await;
    let kept = bench.ledger.filing(id).await.unwrap().unwrap();
    assert_eq!(
        kept.status, "handed_over",
        "an earlier act that arrives late does not undo a later one"
    );
    assert_eq!(kept.version, 3, "but it is counted");
}

pub async fn the_later_clock_decides_a_promise(bench: &Bench) {
    let (mut one, mut two) = (bench.enrolled(1).await, bench.enrolled(2).await);
    let (id, _) = one.receive(&code(1000));
    let until = |at: &str, why: &str| DueChanged {
        filing: id,
        due: DueRecord {
            at: at.into(),
            ..filing(1000).due
        },
        why: why.into(),
        approved_by: None,
    };
    one.say(until("2026-11-25T17:00", "supplement"));
    for number in 2000..2005 {
        two.receive(&code(number));
    }
    two.say(until("2026-12-01T17:00", "extension"));
    two.say(until("nobody knows when", "extension"));
    bench.take(&one, &one.batch(1..=1)).await;
    let taken = bench.take(&two, &two.batch_from(1)).await;
    assert_eq!(codes(&taken), [(7, "bad_value")]);
    bench.take(&one, &one.batch_from(2)).await;
    let kept = bench.ledger.filing(id).await.unwrap().unwrap();
    assert_eq!(
        kept.due, "2026-12-01T17:00",
        "an earlier promise that arrives late does not undo a later one"
    );
}

pub async fn a_status_of_an_unknown_filing_waits_in_quarantine(bench: &Bench) {
    let mut journal = bench.enrolled(1).await;
    let stranger = Uuid::now_v7();
    journal.status(stranger, "transferred");
    journal.render(stranger);
    let taken = bench.take(&journal, &journal.batch_from(1)).await;
    assert_eq!(
        codes(&taken),
        [(1, "unknown_filing"), (2, "unknown_filing")],
        "kept, and said"
    );
}

pub async fn filings_are_listed_in_pages_and_by_number_and_day(bench: &Bench) {
    let mut journal = bench.enrolled(1).await;
    let mut ids: Vec<_> = (1000..1025)
        .map(|number| journal.receive(&code(number)).0)
        .collect();
    bench.take(&journal, &journal.batch_from(1)).await;
    let mut found = Vec::new();
    let mut after = None;
    loop {
        let query = FilingQuery {
            office: Some("eatul".into()),
            after,
            limit: 10,
            ..FilingQuery::default()
        };
        let page = bench.ledger.filings(query).await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        found.extend(page.iter().map(|it| it.id));
    }
    ids.sort();
    assert_eq!(found, ids, "three pages hold every filing once, in order");
    let all = FilingQuery {
        limit: 100,
        ..FilingQuery::default()
    };
    let count = async |query: FilingQuery| bench.ledger.filings(query).await.unwrap().len();
    assert_eq!(
        count(FilingQuery {
            code: Some(code(1007)),
            ..all.clone()
        })
        .await,
        1,
        "by number"
    );
    assert_eq!(
        count(FilingQuery {
            day: Some("2026-11-23".parse().unwrap()),
            ..all.clone()
        })
        .await,
        25,
        "by day"
    );
    assert_eq!(
        count(FilingQuery {
            day: Some("2026-11-24".parse().unwrap()),
            ..all.clone()
        })
        .await,
        0,
        "another day"
    );
    assert_eq!(
        count(FilingQuery {
            office: Some("other".into()),
            ..all
        })
        .await,
        0,
        "another office sees none"
    );
}
