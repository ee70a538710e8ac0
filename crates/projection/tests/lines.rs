//! What a line changes, and which lines can't be applied. Applying is played here on maps: the store and the centre
//! have tests of their own on real databases.

use onedoor_domain::filing::{LookUpOutcome, Status};
use onedoor_projection::{
    Change, FilingState, FormState, LookUpState, SlipState, Unapplied, project,
};
use onedoor_protocol::{
    Hash32,
    enrol::{Counter, Office},
    journal::{
        Body, ClockConfirmed, CodeBound, DueRecord, FeeRecord, FilingReceived, FormRendered, Line,
        LookUpSettled, Looked, NumberVoided, PadRecord, PadsReserved, PaperRecord, PersonRecord,
        PersonsMerged, Printed, ProcedureRef, RecoveryRenewed, SessionOpened, SlipIssued,
        SlipRendered, StaffAdded, StaffReset, Stamp, StatusChanged,
    },
};
use std::collections::BTreeMap;
use uuid::Uuid;

const FILING: Uuid = Uuid::from_u128(0xf1);
const PERSON: Uuid = Uuid::from_u128(0xbe);

fn line(body: impl Into<Body>) -> Line {
    Line {
        stamp: Stamp {
            seq: 2,
            hlc: 1,
            wall: "2026-11-23T07:41:00.000+07:00".into(),
            boot: Uuid::nil(),
            mono: 0,
            day: "2026-11-23".into(),
            clerk: None,
        },
        dossier: None,
        body: body.into(),
    }
}

fn received() -> FilingReceived {
    FilingReceived {
        filing: FILING,
        code: Some("H15.50.05.13-261123-1000".into()),
        provisional: None,
        form_number: 1,
        template: "01-1".into(),
        office: Office {
            id: "eatul".into(),
            name: "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ EA TUL".into(),
            parent: "UBND XÃ EA TUL".into(),
            place: "Ea Tul".into(),
            agency: "H15.50.05.13".into(),
            symbol: "TTPVHCC".into(),
            time_zone: "Asia/Ho_Chi_Minh".into(),
            mission: None,
        },
        counter: Counter {
            number: 1,
            name: "Quầy 1".into(),
        },
        procedure: ProcedureRef {
            code: "2.000635".into(),
            version: 1,
            title: "Cấp bản sao trích lục hộ tịch".into(),
            title_en: None,
            term_text: "Ngay trong ngày".into(),
        },
        applicant: PersonRecord {
            person: PERSON,
            name: "H'Hen Niê".into(),
            birth: "1990-03".into(),
            sex: None,
            id_number: "066190012345".into(),
            address: "Buôn Sah".into(),
            phone: String::new(),
            email: String::new(),
            identity: Default::default(),
        },
        content: String::new(),
        papers: vec![],
        sets: 1,
        copies: 1,
        received: "2026-11-23T07:41:00".into(),
        due: DueRecord {
            at: "2026-11-23T17:00".into(),
            term: "same_day".into(),
            n: 0,
            cutoff: Some("15:00".into()),
            next_working_day: false,
            moved_from: None,
            published: true,
            off: vec![],
            calendar: 0,
        },
        fee: FeeRecord {
            kind: "free".into(),
            amount: None,
            currency: "VND".into(),
            lines: Vec::new(),
            exemption: String::new(),
        },
        give_back: "at_counter".into(),
        clerk_name: "Y Blô".into(),
        sample: false,
        details: Default::default(),
    }
}

fn rendered() -> FormRendered {
    FormRendered {
        filing: FILING,
        form: "01".into(),
        template: "01-1".into(),
        sha256: Hash32([1; 32]),
        size: 5,
    }
}

fn status(status: &str) -> StatusChanged {
    StatusChanged {
        filing: FILING,
        status: status.into(),
        reason: String::new(),
        approved_by: None,
    }
}

const SLIP: Uuid = Uuid::from_u128(0x5110);

fn slip(form: &str) -> SlipIssued {
    let filing = received();
    SlipIssued {
        slip: SLIP,
        form: form.into(),
        form_number: 1,
        template: format!("{form}-1"),
        office: filing.office,
        counter: filing.counter,
        procedure: filing.procedure,
        applicant: filing.applicant,
        content: filing.content,
        items: vec!["Giấy chứng sinh".into()],
        reason: String::new(),
        issued: filing.received,
        clerk_name: filing.clerk_name,
        sample: false,
        on: None,
    }
}

fn pad(code: &str) -> PadRecord {
    PadRecord {
        code: code.into(),
        form_number: 12,
    }
}

fn settled(outcome: &str) -> LookUpSettled {
    LookUpSettled {
        filing: FILING,
        document: "d2".into(),
        outcome: outcome.into(),
        note: "tra lúc 9 giờ".into(),
    }
}

/// An office as somebody who keeps just the newest of everything would know it.
#[derive(Debug, Default, Clone, PartialEq)]
struct Known {
    staff: BTreeMap<Uuid, (String, String)>,
    persons: BTreeMap<Uuid, PersonRecord>,
    filings: BTreeMap<Uuid, FilingState>,
    statuses: BTreeMap<Uuid, Status>,
    dues: BTreeMap<Uuid, String>,
    forms: BTreeMap<(Uuid, String), FormState>,
    slips: BTreeMap<Uuid, SlipState>,
    same: BTreeMap<Uuid, Uuid>,
    pads: BTreeMap<String, Option<String>>,
    official: BTreeMap<Uuid, String>,
    look_ups: BTreeMap<(Uuid, String), LookUpState>,
}

impl Known {
    fn apply(&mut self, line: &Line) {
        for change in project(line).unwrap() {
            match change {
                Change::Staff { clerk, name, role } => {
                    self.staff.insert(clerk, (name, role));
                }
                Change::Person(state) => {
                    self.persons.insert(state.record.person, state.record);
                }
                Change::Filing(state) => {
                    self.statuses.entry(state.id).or_insert(Status::Received);
                    self.filings.entry(state.id).or_insert(*state);
                }
                Change::Corrected(state) => {
                    self.filings.insert(state.id, *state);
                }
                Change::Form(state) | Change::SlipForm(state) => {
                    self.forms.insert((state.filing, state.form.clone()), state);
                }
                Change::Status { filing, status } => {
                    self.statuses.insert(filing, status);
                }
                Change::Due { filing, due } => {
                    self.dues.insert(filing, due);
                }
                Change::Slip(state) => {
                    self.slips.insert(state.id, *state);
                }
                Change::Merged { kept, dropped } => {
                    self.same.remove(&kept);
                    self.same.insert(dropped, kept);
                }
                Change::Pads(pads) => {
                    for pad in pads {
                        self.pads.entry(pad.code).or_insert(None);
                    }
                }
                Change::Voided { code, reason } => {
                    self.pads.insert(code, Some(reason));
                }
                Change::Bound { filing, official } => {
                    self.official.insert(filing, official);
                }
                Change::LookUp(state) => {
                    self.look_ups
                        .insert((state.filing, state.document.clone()), *state);
                }
                // See `office_documents` and `money`.
                Change::OfficeDocument(_) | Change::Money(_) | Change::Till(_) => {}
                Change::Touched { .. } => {}
            }
        }
    }
}

#[test]
fn lines_applied_twice_leave_the_same_state_as_once() {
    let lines = [
        line(StaffAdded {
            clerk: PERSON,
            name: "Y Blô".into(),
            role: "clerk".into(),
        }),
        line(received()),
        line(rendered()),
        line(Printed {
            filing: FILING,
            form: "01".into(),
            sha256: Hash32([1; 32]),
            how: "printer".into(),
        }),
        line(status("result_ready")),
        line(Looked { filing: FILING }),
        line(slip("02")),
        line(SlipRendered {
            slip: SLIP,
            form: "02".into(),
            template: "02-1".into(),
            sha256: Hash32([2; 32]),
            size: 7,
        }),
        line(PersonsMerged {
            kept: PERSON,
            dropped: SLIP,
        }),
        line(PadsReserved {
            pads: vec![pad("H15.50.05.13-261123-0301")],
        }),
        line(NumberVoided {
            code: "H15.50.05.13-261123-0301".into(),
            reason: "the sheet got wet".into(),
        }),
        line(CodeBound {
            filing: FILING,
            official: "G15.15.01-261123-150042".into(),
            system: "province".into(),
        }),
        line(settled("found")),
    ];
    let mut once = Known::default();
    lines.iter().for_each(|line| once.apply(line));
    let mut twice = Known::default();
    for line in &lines {
        twice.apply(line);
        twice.apply(line);
    }
    assert_eq!(
        twice, once,
        "a line that comes again by another way changes nothing"
    );
    let mut again = once.clone();
    again.apply(&lines[1]);
    assert_eq!(
        again.statuses[&FILING],
        Status::ResultReady,
        "an old line that comes late does not turn the filing back"
    );
    assert_eq!(once.filings.len(), 1);
    assert_eq!(once.forms[&(FILING, "01".into())].size, 5);
    assert_eq!(once.forms[&(SLIP, "02".into())].size, 7);
    assert_eq!(once.slips[&SLIP].applicant, received().applicant.name);
    assert_eq!(
        once.pads["H15.50.05.13-261123-0301"].as_deref(),
        Some("the sheet got wet")
    );
    assert_eq!(once.official[&FILING], "G15.15.01-261123-150042");
    let looked_up = &once.look_ups[&(FILING, "d2".into())];
    assert_eq!(looked_up.outcome, LookUpOutcome::Found);
}

#[test]
fn what_no_rule_knows_is_told_and_changes_nothing() {
    let same = PersonsMerged {
        kept: PERSON,
        dropped: PERSON,
    };
    let nowhere = PadsReserved {
        pads: vec![pad("number one")],
    };
    let nothing = CodeBound {
        filing: FILING,
        official: String::new(),
        system: "province".into(),
    };
    let unknown = settled("perhaps");
    for line in [
        line(same),
        line(nowhere),
        line(nothing),
        line(slip("09")),
        line(unknown),
    ] {
        assert_eq!(project(&line), Err(Unapplied::BadValue));
    }
}

#[test]
fn a_received_filing_is_a_person_and_a_filing_as_lists_and_search_need_them() {
    let changes = project(&line(received())).unwrap();
    let [Change::Person(person), Change::Filing(filing)] = changes.as_slice() else {
        panic!("the person first, so that the filing can name it: {changes:?}");
    };
    assert_eq!(person.name_fold, "h'hen nie");
    assert_eq!(person.record, received().applicant);
    assert_eq!(filing.applicant, "H'Hen Niê", "every letter is kept");
    assert_eq!(filing.day, "2026-11-23");
    assert_eq!(filing.due, "2026-11-23T17:00");
    for word in ["hen nie", "trich luc ho tich", "261123-1000"] {
        assert!(
            filing.fold.contains(word),
            "{word} finds it: {}",
            filing.fold
        );
    }
}

#[test]
fn a_paper_that_no_database_gave_waits_once_with_its_reason() {
    let paper = |document: &str, state: &str| PaperRecord {
        document: document.into(),
        name: "Giấy chứng nhận kết hôn".into(),
        state: state.into(),
        copies: 0,
        reason: "mất mạng".into(),
    };
    let mut filing = received();
    filing.papers = vec![
        paper("d1", "original"),
        paper("d2", "not_reachable"),
        paper("d2", "not_reachable"),
        paper("d3", "missing"),
    ];
    let changes = project(&line(filing)).unwrap();
    let Change::Filing(state) = &changes[1] else {
        panic!("a filing: {changes:?}");
    };
    let waiting: Vec<_> = state
        .look_up
        .iter()
        .map(|paper| (paper.document.as_str(), paper.reason.as_str()))
        .collect();
    assert_eq!(waiting, [("d2", "mất mạng")]);
}

#[test]
fn the_same_line_always_gives_the_same_changes() {
    let line = line(received());
    assert_eq!(project(&line), project(&line));
}

#[test]
fn every_kind_of_birth_and_a_provisional_number_are_taken() {
    for birth in ["1990-03-15", "1990-03", "1950", ""] {
        let mut filing = received();
        filing.applicant.birth = birth.into();
        assert!(project(&line(filing)).is_ok(), "{birth:?}");
    }
    let mut filing = received();
    filing.code = None;
    filing.provisional = Some("T-0001-17".into());
    let changes = project(&line(filing)).unwrap();
    let Change::Filing(state) = &changes[1] else {
        panic!("a filing without a legal number is a filing: {changes:?}");
    };
    assert!(
        state.fold.contains("t-0001-17"),
        "and is found by what is on its paper"
    );
}

#[test]
fn values_that_the_rules_do_not_know_are_bad_and_change_nothing() {
    let wrong: [fn(&mut FilingReceived); 9] = [
        |filing| filing.code = None,
        |filing| filing.code = Some("H15".into()),
        |filing| filing.code = Some(String::new()),
        |filing| filing.applicant.birth = "1990-02-30".into(),
        |filing| filing.applicant.birth = "yesterday".into(),
        |filing| filing.applicant.name = String::new(),
        |filing| filing.received = "2026-11-23T25:00:00".into(),
        |filing| filing.due.at = "soon".into(),
        |filing| filing.due.at = String::new(),
    ];
    for (n, spoil) in wrong.into_iter().enumerate() {
        let mut filing = received();
        spoil(&mut filing);
        assert_eq!(project(&line(filing)), Err(Unapplied::BadValue), "case {n}");
    }
    for word in ["", "RECEIVED", "lost"] {
        assert_eq!(
            project(&line(status(word))),
            Err(Unapplied::BadValue),
            "{word:?}"
        );
    }
    assert_eq!(Unapplied::BadValue.code(), "bad_value");
}

#[test]
fn a_type_of_a_newer_program_is_named_and_not_applied() {
    let newer = Body::Unknown {
        t: "fee_paid".into(),
        v: 1,
    };
    assert_eq!(project(&line(newer)), Err(Unapplied::UnknownType));
    assert_eq!(Unapplied::UnknownType.code(), "unknown_type");
}

#[test]
fn lines_about_people_at_work_change_no_filing() {
    let quiet: [Body; 4] = [
        StaffReset {
            clerk: PERSON,
            by: "supervisor".into(),
        }
        .into(),
        RecoveryRenewed { slot: PERSON }.into(),
        SessionOpened {
            how: "password".into(),
        }
        .into(),
        ClockConfirmed {
            at: "2026-11-23T07:31".into(),
            proposed: None,
            doubt: None,
        }
        .into(),
    ];
    for body in quiet {
        assert_eq!(project(&line(body)), Ok(vec![]));
    }
}

#[test]
fn every_status_of_the_rules_can_be_projected() {
    let words = [
        "received",
        "transferred",
        "being_solved",
        "supplement_asked",
        "result_ready",
        "handed_over",
        "refused",
        "stopped",
        "withdrawn",
    ];
    for word in words {
        let changes = project(&line(status(word))).unwrap();
        let [Change::Status { filing, status }] = changes.as_slice() else {
            panic!("one change: {changes:?}");
        };
        assert_eq!((*filing, status.as_str()), (FILING, word));
    }
}
