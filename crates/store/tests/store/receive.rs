//! Receiving a filing: what is there afterwards, and that a write is done as a whole or not at all.

use crate::office::{
    CLERK, MONDAY, Matter, Office, WS, counter, enrolled_line, journal_length, lease, receive,
    today,
};
use onedoor_protocol::{
    chain,
    journal::{Body, FormRendered, Printed, SessionOpened, StaffAdded, StatusChanged, decode},
    sign::SecretKey,
};
use onedoor_store::{
    Hash32, Lines, Op, StoreError,
    tables::{drafts::DraftRow, filings::Which},
};
use uuid::Uuid;

fn session() -> SessionOpened {
    SessionOpened {
        how: "password".into(),
    }
}

fn draft(text: &str) -> DraftRow {
    DraftRow {
        id: Uuid::from_u128(1),
        values: format!("{{\"name\":\"{text}\"}}"),
        kept_at: Some("2026-11-23T07:40:00".into()),
        undo: None,
    }
}

#[test]
fn a_received_filing_is_found_with_its_number_after_a_restart() {
    let office = Office::new();
    let store = office.enrolled();
    let matter = Matter::of("H'Hen Niê");
    let written = receive(&store, &matter).unwrap();
    assert_eq!(written.value, Some(1000), "the slot begins at 1000");
    assert_eq!(written.lines[0].seq, 2, "line 1 was the enrolment");
    drop(store);

    let store = office.open().unwrap();
    let (row, persons, lines) = store
        .read(|reader| {
            Ok((
                reader.filing(matter.filing)?.unwrap(),
                reader.persons("h'hen nie", 10)?.len(),
                reader.lines_of(matter.filing)?,
            ))
        })
        .unwrap();
    assert_eq!(row.code.as_deref(), Some("H15.50.05.13-261123-1000"));
    assert_eq!(row.applicant, "H'Hen Niê", "every letter of a name is kept");
    assert_eq!(row.status, "received");
    assert_eq!((row.seq, row.last_seq), (2, 2));
    assert_eq!(persons, 1, "the applicant is in the register");
    assert_eq!(lines.len(), 1);
    assert!(matches!(lines[0].1.body, Body::FilingReceived(_)));
    assert_eq!(lines[0].0.hash, written.lines[0].hash);
    assert_eq!(journal_length(&store), 2);
}

#[test]
fn the_chain_begins_with_workstation_and_key_as_the_protocol_says() {
    let office = Office::new();
    let store = office.enrolled();
    store
        .read(|reader| {
            let key = reader.signing_key()?.public();
            let genesis = chain::genesis(WS, &key.bytes());
            assert_eq!(reader.hash_at(0)?, Some(genesis));
            let line = &reader.lines(1, 1)?[0];
            assert_eq!(
                line.hash,
                chain::next(&genesis, &line.line),
                "anybody can recompute the first hash from ws, key and line"
            );
            assert_eq!(decode(&line.line).unwrap().stamp.seq, 1);
            assert_eq!(reader.workstation()?.unwrap().enrolment.counter, counter());
            Ok(())
        })
        .unwrap();
}

#[test]
fn before_enrolment_nothing_but_the_enrolment_can_be_written() {
    let office = Office::new();
    let store = office.create();
    let early = store.write(Op::act(today(), |_| Ok((Lines::one(session()), ()))));
    assert!(matches!(early, Err(StoreError::NotEnrolled)));
    let mut foreign = enrolled_line(&store, &office.centre);
    foreign.public_key = SecretKey::from_seed(&[1; 32]).public().hex();
    let foreign = store.write(Op::act(today(), |_| Ok((Lines::one(foreign), ()))));
    assert!(
        matches!(foreign, Err(StoreError::Refused(_))),
        "an enrolment for another key would make a journal that nobody can verify"
    );
    assert!(store.read(|reader| reader.workstation()).unwrap().is_none());
    let line = enrolled_line(&store, &office.centre);
    let again = line.clone();
    store
        .write(Op::act(today(), |_| Ok((Lines::one(line), ()))))
        .unwrap();
    let second = store.write(Op::act(today(), |_| Ok((Lines::one(again), ()))));
    assert!(
        matches!(second, Err(StoreError::Refused(_))),
        "a workstation joins once: a new start is a new incarnation"
    );
    assert_eq!(journal_length(&store), 1);
}

#[test]
fn an_act_that_fails_halfway_leaves_number_journal_and_draft_as_they_were() {
    let office = Office::new();
    let store = office.enrolled();
    let kept = draft("Y Blô");
    let copy = kept.clone();
    store
        .write(Op::local(move |tx| tx.keep_draft(CLERK, "receive", &copy)))
        .unwrap();
    let matter = Matter::of("Y Blô");
    let broken = store.write(Op::<()>::act(today(), move |tx| {
        assert_eq!(tx.next_dossier_number(&lease())?, Some(1000));
        assert_eq!(tx.next_form_number("01")?, 1);
        tx.clear_draft(CLERK, "receive")?;
        Err(StoreError::NotFound("printer"))
    }));
    assert!(matches!(broken, Err(StoreError::NotFound("printer"))));
    store
        .read(|reader| {
            assert_eq!(
                reader.draft(CLERK, "receive")?,
                Some(kept),
                "nothing that was typed is lost"
            );
            assert_eq!(reader.head()?.seq, 1);
            Ok(())
        })
        .unwrap();
    let written = receive(&store, &matter).unwrap();
    assert_eq!(
        written.value,
        Some(1000),
        "the number of the failed act was never seen and is not skipped"
    );
}

#[test]
fn an_act_whose_second_line_is_wrong_keeps_neither_line() {
    let office = Office::new();
    let store = office.enrolled();
    let matter = Matter::of("Nguyễn Thị Ứng");
    let id = matter.filing;
    let wrong = store.write(Op::act(today(), move |tx| {
        let number = tx.next_dossier_number(&lease())?;
        let lines = Lines::one(matter.filing(MONDAY, number)).and(StatusChanged {
            filing: matter.filing,
            status: "flown_away".into(),
            reason: String::new(),
            approved_by: None,
        });
        Ok((lines, ()))
    }));
    assert!(matches!(wrong, Err(StoreError::Refused(_))));
    assert!(store.read(|reader| reader.filing(id)).unwrap().is_none());
    assert_eq!(journal_length(&store), 1);
}

#[test]
fn a_line_longer_than_the_protocol_carries_is_refused_and_nothing_is_kept() {
    let office = Office::new();
    let store = office.enrolled();
    let mut matter = Matter::of("A");
    matter.name = "Ơ".repeat(300_000);
    let long = receive(&store, &matter);
    assert!(
        matches!(long, Err(StoreError::Refused(_))),
        "a line that no batch can carry would stop all lines behind it"
    );
    assert_eq!(journal_length(&store), 1);
    assert_eq!(receive(&store, &Matter::of("B")).unwrap().value, Some(1000));
}

#[test]
fn the_same_filing_twice_is_one_filing() {
    let office = Office::new();
    let store = office.enrolled();
    let matter = Matter::of("Lò Thị Mai");
    receive(&store, &matter).unwrap();
    receive(&store, &matter).unwrap();
    let rows = store
        .read(|reader| reader.filings(&Which::All, "", 10))
        .unwrap();
    assert_eq!(rows.len(), 1, "the first number stands");
    assert_eq!(rows[0].code.as_deref(), Some("H15.50.05.13-261123-1000"));
}

#[test]
fn two_filings_never_share_a_code() {
    let office = Office::new();
    let store = office.enrolled();
    let (first, second) = (Matter::of("A"), Matter::of("B"));
    for (matter, taken) in [(first, false), (second, true)] {
        let id = matter.filing;
        let written = store.write(Op::act(today(), move |_| {
            Ok((Lines::one(matter.filing(MONDAY, Some(1234))), ()))
        }));
        assert_eq!(written.is_err(), taken, "1234 is on one receipt only");
        let stored = store.read(|reader| reader.filing(id)).unwrap();
        assert_eq!(stored.is_none(), taken);
    }
    assert_eq!(journal_length(&store), 2);
}

#[test]
fn a_received_filing_waits_for_its_form_until_the_form_is_named() {
    let office = Office::new();
    let store = office.enrolled();
    let matter = Matter::of("Đinh Văn Ơn");
    let filing = matter.filing;
    receive(&store, &matter).unwrap();
    let lacking =
        |store: &onedoor_store::Store| store.read(|reader| reader.without_form("01", 10)).unwrap();
    assert_eq!(lacking(&store), vec![filing], "a start renders it");
    let pdf = b"%PDF-1.7 form 01";
    let sha256 = store.blobs().put(pdf).unwrap();
    let rendered = store
        .write(Op::act(today(), move |tx| {
            tx.name_blob(&sha256, pdf.len() as u64, "application/pdf")?;
            let lines = Lines::one(FormRendered {
                filing,
                form: "01".into(),
                template: "01-1".into(),
                sha256,
                size: pdf.len() as u64,
            });
            let printed = Printed {
                filing,
                form: "01".into(),
                sha256,
                how: "opened".into(),
            };
            Ok((lines.and(printed), ()))
        }))
        .unwrap();
    assert_eq!(rendered.lines.len(), 2, "both lines in one transaction");
    assert!(lacking(&store).is_empty());
    let form = store.read(|reader| reader.form(filing, "01")).unwrap();
    assert_eq!(form, Some(Hash32::of(&[pdf])));
    let row = store.read(|reader| reader.filing(filing)).unwrap().unwrap();
    assert_eq!(
        row.last_seq, 4,
        "the list knows the last line about a filing"
    );
}

#[test]
fn a_receipt_takes_its_draft_away_in_the_same_moment() {
    let office = Office::new();
    let store = office.enrolled();
    let kept = draft("Lê Văn Tám");
    store
        .write(Op::local(move |tx| tx.keep_draft(CLERK, "receive", &kept)))
        .unwrap();
    let matter = Matter::of("Lê Văn Tám");
    store
        .write(Op::act(today(), move |tx| {
            let number = tx.next_dossier_number(&lease())?;
            tx.clear_draft(CLERK, "receive")?;
            Ok((Lines::one(matter.filing(MONDAY, number)), ()))
        }))
        .unwrap();
    let draft = store.read(|reader| reader.draft(CLERK, "receive")).unwrap();
    assert_eq!(draft, None, "a received filing never comes back as a draft");
}

#[test]
fn staff_settings_and_counts_say_what_was_written_last() {
    let office = Office::new();
    let store = office.enrolled();
    let staff = |name: &str, role: &str| StaffAdded {
        clerk: CLERK,
        name: name.into(),
        role: role.into(),
    };
    let lines = Lines::one(staff("Nie", "clerk")).and(staff("H'Hen Niê", "supervisor"));
    store
        .write(Op::act(today(), move |_| Ok((lines, ()))))
        .unwrap();
    store
        .write(Op::local(|tx| {
            tx.set("zoom", "125")?;
            tx.use_procedure("1.001")?;
            tx.use_procedure("1.002")?;
            tx.use_procedure("1.001")
        }))
        .unwrap();
    for _ in 0..3 {
        receive(&store, &Matter::of("A")).unwrap();
    }
    store
        .read(|reader| {
            let clerk = reader.clerk(CLERK)?.unwrap();
            assert_eq!(
                (clerk.name.as_str(), clerk.role.as_str()),
                ("H'Hen Niê", "supervisor")
            );
            assert_eq!(reader.staff()?.len(), 1);
            assert_eq!(reader.setting("zoom")?.as_deref(), Some("125"));
            assert_eq!(reader.last_procedures(8)?, ["1.001", "1.002"]);
            assert_eq!(reader.count(&Which::Day(MONDAY.into()))?, 3);
            assert_eq!(reader.count(&Which::DueOn(MONDAY.into()))?, 3);
            assert_eq!(
                reader.count(&Which::DueBefore("2026-11-23T16:59".into()))?,
                0
            );
            assert_eq!(reader.count(&Which::LinesFrom(6))?, 1);
            assert_eq!(reader.waiting(4)?.0, 3);
            Ok(())
        })
        .unwrap();
}
