//! What the golden batches say: every type of line that the program writes, with all of its fields filled somewhere, and
//! what a newer program may add. A new type gets a line here.

use onedoor_protocol::{
    Hash32,
    batch::BlobRef,
    enrol::{Counter, Enrolment, Lease, Mission},
    journal::{
        BehalfRecord, Body, ClockConfirmed, CodeBound, DueChanged, DueRecord, FeeLineRecord,
        FieldRecord, FilingCorrected, FilingDetails, FilingReceived, FormRendered, HandedOver,
        IdentityRecord, IdentityRenewed, LineReissued, LookUpSettled, Looked, NumberVoided,
        OffRecord, OfficeDocumentSet, PadRecord, PadsReserved, PaperRecord, PersonRecord,
        PersonsMerged, Printed, RecoveryRenewed, SessionOpened, SlipIssued, SlipOn, SlipRendered,
        StaffAdded, StaffReset, StatusChanged, WorkstationEnrolled, encode,
    },
    sign::SecretKey,
};
use uuid::Uuid;

mod money;

use super::Known;
use crate::journal::{Journal, office, received};

/// Appends a batch's lines, and says which of them a reader keeps without applying.
pub(super) type Saying = fn(&mut Journal) -> Vec<(u64, String)>;

const CLERK: Uuid = Uuid::from_u128(0xC1E2);

/// The version in its three parts: ids and numbers of two versions never meet.
fn version() -> [u8; 3] {
    let mut parts = super::VERSION
        .split('.')
        .map(|part| part.parse().unwrap_or(0));
    [(); 3].map(|()| parts.next().unwrap_or(0))
}

/// An id of this version.
pub(super) fn id(last: u16) -> Uuid {
    let [major, minor, patch] = version().map(u128::from);
    let version = major << 16 | minor << 8 | patch;
    Uuid::from_u128(0x0195_0000_0000_7000_8000_0000_0000_0000 | version << 16 | u128::from(last))
}

fn code(number: u32) -> String {
    let [major, minor, patch] = version();
    format!("H15.{major:02}.{minor:02}.{patch:02}-261123-{number:04}")
}

fn provisional() -> String {
    format!("T-{}-12", super::VERSION)
}

fn bytes_of(what: &str) -> Hash32 {
    Hash32::of(&[what.as_bytes()])
}

/// All blobs that the lines name.
pub(super) fn blobs() -> Vec<BlobRef> {
    let blob = |what: &str, size, mime: &str| BlobRef {
        sha256: bytes_of(what),
        size,
        mime: mime.into(),
    };
    vec![
        blob("form 01", 48_000, "application/pdf"),
        blob("form 02", 31_000, "application/pdf"),
        blob("calendar", 5_000, "application/json"),
        blob("a scan", 700_000, "image/jpeg"),
    ]
}

/// What a reader knows in the end.
pub(super) fn known() -> Vec<Known> {
    let known = |last, number: String, status: &str, applicant: &str| Known {
        id: id(last),
        number,
        status: status.into(),
        applicant: applicant.into(),
    };
    vec![
        known(1, code(1000), "handed_over", "H'Hen Niê"),
        known(2, provisional(), "transferred", "Công ty Ƀlŏ"),
        known(3, code(1003), "received", "Y Ƀŏk"),
        known(4, code(1004), "received", "Nguyễn Thị Hoa"),
        known(5, code(1005), "received", "H'Hen Niê"),
    ]
}

/// One line of every type.
pub(super) fn today(journal: &mut Journal) -> Vec<(u64, String)> {
    let mut said: Vec<Body> = Vec::new();
    of_the_machine(journal, &mut said);
    of_filings(journal, &mut said);
    of_paper(&mut said);
    money::of_money(&mut said);
    money::of_a_till(&mut said);
    for body in said {
        journal.say(body);
    }
    Vec::new()
}

fn of_the_machine(journal: &Journal, said: &mut Vec<Body>) {
    let enrolment = Enrolment {
        ws: journal.ws,
        office: office(),
        counter: Counter {
            number: 6,
            name: "Quầy 6".into(),
        },
        lease: Lease {
            slot: [6000, 6999],
            reserve: Some([9500, 9599]),
            valid_from: "2026-11-23".into(),
            valid_to: "2027-05-21".into(),
        },
        server_keys: vec![SecretKey::from_seed(&[9; 32]).public().hex()],
    };
    said.extend([
        Body::from(WorkstationEnrolled {
            enrolment,
            public_key: journal.key.public().hex(),
            centre: "https://motcua.daklak.gov.vn".into(),
        }),
        Body::from(IdentityRenewed {
            former: id(60),
            last: 8,
            head: bytes_of("line 8 of before"),
            confirmed: 6,
            why: "store_restored".into(),
        }),
        Body::from(StaffAdded {
            clerk: CLERK,
            name: "Y Thịnh Byă".into(),
            role: "supervisor".into(),
        }),
        Body::from(StaffReset {
            clerk: CLERK,
            by: "recovery_paper".into(),
        }),
        Body::from(RecoveryRenewed { slot: id(90) }),
        Body::from(SessionOpened {
            how: "password".into(),
        }),
        Body::from(ClockConfirmed {
            at: "2026-11-23T07:31".into(),
            proposed: Some("2026-11-23T07:30".into()),
            doubt: Some("far_ahead".into()),
        }),
        Body::from(OfficeDocumentSet {
            part: "calendar".into(),
            from: "2027-01-01".into(),
            sha256: bytes_of("calendar"),
            size: 5_000,
            title: "2027".into(),
        }),
    ]);
}

fn of_filings(journal: &Journal, said: &mut Vec<Body>) {
    let filing = id(1);
    let sha256 = bytes_of("form 01");
    said.extend([
        Body::from(received(filing, &code(1000))),
        Body::from(FormRendered {
            filing,
            form: "01".into(),
            template: "01@1".into(),
            sha256,
            size: 48_000,
        }),
        Body::from(Printed {
            filing,
            form: "01".into(),
            sha256,
            how: "printer".into(),
        }),
        Body::from(Looked { filing }),
        Body::from(whole_filing()),
        Body::from(CodeBound {
            filing: id(2),
            official: "000.00.12.H15-261123-0042".into(),
            system: "dvc".into(),
        }),
        Body::from(LookUpSettled {
            filing: id(2),
            document: "d2".into(),
            outcome: "found".into(),
            note: "CSDL quốc gia".into(),
        }),
    ]);
    said.extend([
        Body::from(StatusChanged {
            filing: id(2),
            status: "transferred".into(),
            reason: "Danh sách 12".into(),
            approved_by: None,
        }),
        Body::from(HandedOver {
            filing,
            right: "authorised".into(),
            taker: "Y Sim".into(),
            id_number: "066088001234".into(),
            authority: "Giấy ủy quyền 12".into(),
        }),
        Body::from(reissued(journal)),
    ]);
    let later = "2026-11-30T17:00";
    said.extend([
        Body::from(DueChanged {
            filing: id(2),
            due: DueRecord {
                at: later.into(),
                ..received(id(2), &code(1002)).due
            },
            why: "extension".into(),
            approved_by: Some(id(40)),
        }),
        Body::from(apology(later)),
        Body::from(FilingCorrected {
            reason: "Ghi sai tên".into(),
            corrected: FilingReceived {
                due: DueRecord {
                    at: later.into(),
                    ..received(id(2), &code(1002)).due
                },
                ..whole_filing()
            },
        }),
    ]);
}

/// Form 04 that went with it.
fn apology(later: &str) -> SlipIssued {
    let plain = received(id(2), &code(1002));
    SlipIssued {
        slip: id(51),
        form: "04".into(),
        form_number: 1,
        template: "04@1".into(),
        office: plain.office,
        counter: plain.counter,
        procedure: plain.procedure,
        applicant: plain.applicant,
        content: plain.content,
        items: Vec::new(),
        reason: "Phải xác minh".into(),
        issued: "2026-11-23T15:40:00".into(),
        clerk_name: plain.clerk_name,
        sample: true,
        on: Some(SlipOn {
            filing: id(2),
            code: code(1002),
            received: plain.received,
            due: plain.due.at,
            promised: later.into(),
            head: "Lê Anh Tuấn".into(),
        }),
    }
}

/// A line of the PC's former identity that had not come to the centre.
fn reissued(journal: &Journal) -> LineReissued {
    let line = encode(&journal.stamp(), &received(id(5), &code(1005)).into());
    let line = line.unwrap_or_else(|error| panic!("{error}"));
    LineReissued {
        ws: id(60),
        seq: 7,
        hash: bytes_of("line 7 of before"),
        line: String::from_utf8_lossy(&line).into_owned(),
    }
}

fn of_paper(said: &mut Vec<Body>) {
    let plain = received(id(1), &code(1000));
    let slip = id(50);
    said.extend([
        Body::from(PersonsMerged {
            kept: plain.applicant.person,
            dropped: id(70),
        }),
        Body::from(SlipIssued {
            slip,
            form: "02".into(),
            form_number: 3,
            template: "02@1".into(),
            office: plain.office,
            counter: plain.counter,
            procedure: plain.procedure,
            applicant: plain.applicant,
            content: plain.content,
            items: vec!["Giấy chứng sinh".into()],
            reason: "Thiếu bản chính".into(),
            issued: "2026-11-23T07:40:00".into(),
            clerk_name: plain.clerk_name,
            sample: true,
            on: None,
        }),
        Body::from(SlipRendered {
            slip,
            form: "02".into(),
            template: "02@1".into(),
            sha256: bytes_of("form 02"),
            size: 31_000,
        }),
        Body::from(PadsReserved {
            pads: [(1001, 2), (1002, 3)]
                .map(|(number, form_number)| PadRecord {
                    code: code(number),
                    form_number,
                })
                .to_vec(),
        }),
        Body::from(NumberVoided {
            code: code(1001),
            reason: "Rách".into(),
        }),
    ]);
}

/// A filing of an organisation at a mission abroad, by a submitter, with every optional part.
fn whole_filing() -> FilingReceived {
    let mut filing = received(id(2), "");
    (filing.code, filing.provisional) = (None, Some(provisional()));
    filing.office.mission = Some(Mission {
        host: "DE".into(),
        currency: "EUR".into(),
    });
    let submitter = std::mem::replace(&mut filing.applicant, organisation());
    let paper = |document: &str, state: &str, reason: &str| PaperRecord {
        document: document.into(),
        name: "Tờ khai".into(),
        state: state.into(),
        copies: 1,
        reason: reason.into(),
    };
    filing.papers = vec![
        paper("d1", "original", ""),
        paper("d2", "not_reachable", "mất mạng"),
    ];
    filing.due.term = "working_days".into();
    (filing.due.n, filing.due.cutoff) = (3, None);
    (filing.due.next_working_day, filing.due.published) = (true, false);
    filing.due.moved_from = Some("2026-11-22".into());
    filing.due.calendar = 4;
    filing.due.off = vec![OffRecord {
        date: "2026-11-24".into(),
        vi: "Nghỉ bù".into(),
        en: "Day in lieu".into(),
        whose: "both".into(),
    }];
    filing.fee.currency = "EUR".into();
    filing.fee.exemption = "Hộ nghèo".into();
    filing.fee.lines = vec![FeeLineRecord {
        label: "Bản sao".into(),
        count: 2,
        amount: "800".into(),
    }];
    filing.details = FilingDetails {
        behalf: Some(BehalfRecord {
            submitter,
            authority: "Giấy ủy quyền 12".into(),
        }),
        cases: vec!["c1".into()],
        fields: vec![FieldRecord {
            id: "child.name".into(),
            label: "Họ tên con".into(),
            value: "Y Sim".into(),
        }],
        entered: Some("2026-11-23T07:50:00".into()),
        term_by_clerk: true,
        bilingual: true,
    };
    filing
}

fn organisation() -> PersonRecord {
    PersonRecord {
        person: id(80),
        name: "Công ty Ƀlŏ".into(),
        birth: String::new(),
        sex: None,
        id_number: String::new(),
        address: "Buôn Tah".into(),
        phone: "0912345678".into(),
        email: "a@example.vn".into(),
        identity: IdentityRecord {
            organisation: true,
            tax_code: "0100109106-001".into(),
            passport: "C1234567".into(),
            nationality: "VNM".into(),
            commune: "24178".into(),
            former_address: "Buôn Cũ".into(),
        },
    }
}

/// What a newer program may write, each kind of it once, and a line of today behind them.
pub(super) fn future(journal: &mut Journal) -> Vec<(u64, String)> {
    let mut unapplied = Vec::new();
    let mut keep = |seq: u64, why: &str| unapplied.push((seq, why.to_string()));
    let looked = Looked { filing: id(1) };
    let scan = format!("{{\"pages\":[{{\"sha256\":\"{}\"}}]}}", bytes_of("a scan"));
    let unknown = altered(
        journal,
        looked.clone(),
        &[
            ("\"looked\"", "\"scan_pages_taken\""),
            (&format!("{{\"filing\":\"{}\"}}", id(1)), &scan),
        ],
    );
    keep(journal.raw(unknown), "unknown_type");
    let no_object = altered(
        journal,
        looked,
        &[
            ("\"looked\"", "\"words_of_tomorrow\""),
            (&format!("{{\"filing\":\"{}\"}}", id(1)), "[1,null,\"x\"]"),
        ],
    );
    keep(journal.raw(no_object), "unknown_type");
    let newer = altered(
        journal,
        received(id(9), &code(1009)),
        &[
            ("\"v\":1", "\"v\":2"),
            ("\"applicant\":", "\"applicants\":"),
        ],
    );
    keep(journal.raw(newer), "unknown_type");
    let mut words = received(id(3), &code(1003));
    words.applicant.name = "Y Ƀŏk".into();
    words.fee.kind = "by_moonlight".into();
    words.give_back = "by_drone".into();
    let more = altered(
        journal,
        words,
        &[
            ("\"base\":null", "\"base\":null,\"signed_by\":\"card\""),
            ("\"sets\":1", "\"sets\":1,\"mood\":{\"n\":[1]}"),
        ],
    );
    journal.raw(more);
    let status = StatusChanged {
        filing: id(1),
        status: "being_dreamt_of".into(),
        reason: String::new(),
        approved_by: None,
    };
    keep(journal.say(status), "bad_value");
    let mut last = received(id(4), &code(1004));
    last.applicant.name = "Nguyễn Thị Hoa".into();
    journal.say(last);
    unapplied
}

/// A line with parts of its text replaced.
fn altered(journal: &Journal, body: impl Into<Body>, parts: &[(&str, &str)]) -> Vec<u8> {
    let line = encode(&journal.stamp(), &body.into());
    let line = line.unwrap_or_else(|error| panic!("{error}"));
    let mut line = String::from_utf8_lossy(&line).into_owned();
    for (from, to) in parts {
        assert!(line.contains(from), "{from} is no part of {line}");
        line = line.replace(from, to);
    }
    line.into_bytes()
}
