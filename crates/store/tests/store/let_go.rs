//! What a workstation may let go, and when: each condition alone keeps the blob; nothing is ever neither here nor known to
//! be at the centre.

use crate::office::{CLERK, Matter, Office, lease, on, receive_with};
use onedoor_protocol::{
    blob::published_payload,
    journal::{FormRendered, OfficeDocumentSet, Printed, StatusChanged},
    sign::{SecretKey, Tag},
};
use onedoor_store::{
    Context, Hash32, Lines, Op, Store,
    tables::{
        blobs::Published,
        drafts::DraftRow,
        let_go::{Amount, Terms},
        mirror::Keeper,
    },
};
use std::path::PathBuf;
use uuid::Uuid;

const DAY: u64 = 86_400_000;
/// The day on which filings are received here.
const MORNING: u64 = 1_795_394_460_000;
const SENT: &str = "2026-11-23T00:41:00.000Z";

/// So many days later.
fn later(days: u64) -> Context {
    Context {
        wall_ms: MORNING + days * DAY,
        ..on("2026-11-23")
    }
}

/// Ninety days after a filing of the first day was handed over on the second.
fn terms() -> Terms {
    Terms {
        today: "2027-03-01".into(),
        over_before: MORNING + 3 * DAY,
        asked_before: "2026-12-01".into(),
    }
}

struct Kept {
    office: Office,
    store: Store,
}

impl Kept {
    fn new() -> Self {
        let office = Office::new();
        let store = office.enrolled();
        Kept { office, store }
    }

    fn say(
        &self,
        context: Context,
        line: impl Into<onedoor_protocol::journal::Body> + Send + 'static,
    ) {
        let act = Op::act(context, move |_| Ok((Lines::one(line), ())));
        self.store.write(act).unwrap();
    }

    /// A filing with this form.
    fn filing(&self, pdf: &[u8]) -> (Uuid, Hash32) {
        let matter = Matter::of("Y Blô");
        receive_with(&self.store, &matter, lease(), later(0)).unwrap();
        (matter.filing, self.form(matter.filing, "01", pdf))
    }

    fn form(&self, filing: Uuid, form: &str, pdf: &[u8]) -> Hash32 {
        let sha256 = self.store.blobs().put(pdf).unwrap();
        let size = pdf.len() as u64;
        let line = FormRendered {
            filing,
            form: form.into(),
            template: "01@1".into(),
            sha256,
            size,
        };
        let act = Op::act(later(0), move |tx| {
            tx.name_blob(&sha256, size, "application/pdf")?;
            Ok((Lines::one(line), ()))
        });
        self.store.write(act).unwrap();
        sha256
    }

    fn status(&self, filing: Uuid, status: &str, days: u64) {
        let line = StatusChanged {
            filing,
            status: status.into(),
            reason: String::new(),
            approved_by: None,
        };
        self.say(later(days), line);
    }

    /// The centre countersigns all lines.
    fn acknowledged(&self) {
        let head = self.store.read(|reader| reader.head()).unwrap();
        let answer = self.office.answer(head.seq + 1, head.hash);
        let op = Op::mirror(move |tx| tx.acknowledge(Keeper::Centre, &answer));
        self.store.write(op).unwrap();
    }

    fn published(&self, sha256: Hash32, size: u64, key: &SecretKey) -> bool {
        let payload = published_payload(&sha256, size, SENT);
        let published = Published {
            sha256,
            size,
            server_time: SENT.into(),
            countersignature: key.sign(Tag::Blob, &[&payload]),
        };
        let op = Op::mirror(move |tx| tx.published(&published));
        self.store.write(op).is_ok()
    }

    /// The centre has the blob of these bytes.
    fn at_centre(&self, pdf: &[u8]) {
        let sha256 = Hash32::of(&[pdf]);
        assert!(self.published(sha256, pdf.len() as u64, &self.office.centre));
    }

    /// A filing whose form may go.
    fn over(&self, pdf: &[u8]) -> (Uuid, Hash32) {
        let (filing, sha256) = self.filing(pdf);
        self.status(filing, "handed_over", 1);
        self.acknowledged();
        self.at_centre(pdf);
        (filing, sha256)
    }

    fn let_go(&self) -> u64 {
        self.store.let_go(&terms(), 300).unwrap().files
    }

    fn gone(&self, sha256: &Hash32) -> Option<String> {
        self.store.read(|reader| reader.let_go(sha256)).unwrap()
    }

    /// The one file there is.
    fn file(&self) -> PathBuf {
        let mut folders = std::fs::read_dir(self.office.paths.blobs()).unwrap();
        let folder = folders.next().unwrap().unwrap().path();
        let mut files = std::fs::read_dir(folder).unwrap();
        files.next().unwrap().unwrap().path()
    }

    fn here(&self, sha256: &Hash32) -> bool {
        self.store.blobs().has(sha256)
    }
}

#[test]
fn a_paper_of_a_filing_long_over_goes_once_and_the_rest_stays_as_it_was() {
    let kept = Kept::new();
    let (_, gone) = kept.over(b"handed over");
    let (_, open) = kept.filing(b"still open");
    kept.acknowledged();
    kept.at_centre(b"still open");
    let may = kept.store.read(|reader| reader.may_let_go(&terms()));
    let one = Amount {
        files: 1,
        bytes: 11,
    };
    assert_eq!(may.unwrap(), one);
    let went = kept.store.let_go(&terms(), 300).unwrap();
    assert_eq!(went, one, "its plain bytes are told");
    assert!(!kept.here(&gone) && kept.here(&open));
    assert_eq!(kept.gone(&gone).as_deref(), Some("2027-03-01"));
    assert_eq!(kept.let_go(), 0, "a second time there is nothing");
    let total = kept.store.read(|reader| reader.let_go_total()).unwrap();
    assert_eq!(total, one);
    let Kept { office, store } = kept;
    drop(store);
    let store = office.open().unwrap();
    store.read(|reader| reader.verify_chain(1)).unwrap();
    assert_eq!(
        store
            .read(|reader| reader.let_go(&gone))
            .unwrap()
            .as_deref(),
        Some("2027-03-01"),
        "it is remembered over a restart"
    );
    assert_eq!(store.read(|reader| reader.unpublished(9)).unwrap(), []);
}

/// One condition that is not met, and nothing else.
type Case = (&'static str, fn(&Kept));

const PDF: &[u8] = b"%PDF a receipt";

/// Handed over, countersigned and at the centre, but for what the caller leaves out.
fn usual(kept: &Kept) -> (Uuid, Hash32) {
    let (filing, sha256) = kept.filing(PDF);
    kept.status(filing, "handed_over", 1);
    (filing, sha256)
}

const KEEPS: &[Case] = &[
    ("the centre has countersigned no line yet", |kept| {
        usual(kept);
        kept.at_centre(PDF);
    }),
    (
        "the line that ended the filing is not countersigned",
        |kept| {
            let (filing, _) = kept.filing(PDF);
            kept.acknowledged();
            kept.at_centre(PDF);
            kept.status(filing, "handed_over", 1);
        },
    ),
    ("the centre has not said that it has the blob", |kept| {
        usual(kept);
        kept.acknowledged();
    }),
    ("somebody else signed that the centre has it", |kept| {
        let (_, sha256) = usual(kept);
        kept.acknowledged();
        let stranger = SecretKey::from_seed(&[66; 32]);
        assert!(!kept.published(sha256, PDF.len() as u64, &stranger));
    }),
    ("the centre signed for another size", |kept| {
        let (_, sha256) = usual(kept);
        kept.acknowledged();
        assert!(kept.published(sha256, 3, &kept.office.centre));
    }),
    ("the filing is not over", |kept| {
        kept.filing(PDF);
        kept.acknowledged();
        kept.at_centre(PDF);
    }),
    ("the result waits at the counter", |kept| {
        let (filing, _) = kept.filing(PDF);
        kept.status(filing, "result_ready", 1);
        kept.acknowledged();
        kept.at_centre(PDF);
    }),
    ("it is over, but not for long enough", |kept| {
        let (filing, _) = kept.filing(PDF);
        kept.status(filing, "handed_over", 3);
        kept.acknowledged();
        kept.at_centre(PDF);
    }),
    ("a line that is not countersigned names it", |kept| {
        let (_, sha256) = usual(kept);
        kept.acknowledged();
        kept.at_centre(PDF);
        let (other, _) = kept.filing(b"another");
        kept.acknowledged();
        kept.say(
            later(2),
            Printed {
                filing: other,
                form: "01".into(),
                sha256,
                how: "printer".into(),
            },
        );
    }),
    ("a draft names it", |kept| {
        let (_, sha256) = usual(kept);
        kept.acknowledged();
        kept.at_centre(PDF);
        let draft = DraftRow {
            id: Uuid::from_u128(1),
            values: "{}".into(),
            kept_at: None,
            undo: Some(format!("{{\"scan\":\"{}\"}}", sha256.hex())),
        };
        let keep = Op::local(move |tx| tx.keep_draft(CLERK, "receive", &draft));
        kept.store.write(keep).unwrap();
    }),
    ("another filing that is open has the same paper", |kept| {
        usual(kept);
        kept.filing(PDF);
        kept.acknowledged();
        kept.at_centre(PDF);
    }),
    ("it is the form of something that is no filing", |kept| {
        kept.form(Uuid::from_u128(0x51), "02", PDF);
        kept.acknowledged();
        kept.at_centre(PDF);
    }),
    ("it is no form: what names it is not known here", |kept| {
        let sha256 = kept.store.blobs().put(PDF).unwrap();
        let (filing, _) = kept.filing(b"another");
        let line = Printed {
            filing,
            form: "scan".into(),
            sha256,
            how: "opened".into(),
        };
        let act = Op::act(later(0), move |tx| {
            tx.name_blob(&sha256, PDF.len() as u64, "image/jpeg")?;
            Ok((Lines::one(line), ()))
        });
        kept.store.write(act).unwrap();
        kept.acknowledged();
        kept.at_centre(PDF);
    }),
    ("it is a rule of the office too", |kept| {
        let (_, sha256) = usual(kept);
        kept.say(
            later(1),
            OfficeDocumentSet {
                part: "tariff".into(),
                from: "2026-11-23".into(),
                sha256,
                size: PDF.len() as u64,
                title: "1".into(),
            },
        );
        kept.acknowledged();
        kept.at_centre(PDF);
    }),
    ("a clerk waits for it", |kept| {
        let (filing, _) = usual(kept);
        kept.acknowledged();
        kept.at_centre(PDF);
        let want = Op::local(move |tx| tx.want_form(filing, "01"));
        assert!(kept.store.write(want).unwrap().value);
    }),
];

#[test]
fn each_condition_alone_keeps_a_paper_here() {
    for (why, make) in KEEPS {
        let kept = Kept::new();
        make(&kept);
        let sha256 = Hash32::of(&[PDF]);
        assert_eq!(kept.let_go(), 0, "{why}");
        assert!(kept.here(&sha256), "{why}");
        assert_eq!(kept.gone(&sha256), None, "{why}");
    }
    let kept = Kept::new();
    usual(&kept);
    kept.acknowledged();
    kept.at_centre(PDF);
    assert_eq!(kept.let_go(), 1, "with all of them met it goes");
}

#[test]
fn all_four_ends_of_a_filing_are_ends() {
    let kept = Kept::new();
    let ends = ["handed_over", "refused", "stopped", "withdrawn"];
    for end in ends {
        let (filing, _) = kept.filing(end.as_bytes());
        kept.status(filing, end, 1);
        kept.at_centre(end.as_bytes());
    }
    kept.acknowledged();
    assert_eq!(kept.let_go(), ends.len() as u64);
}

#[test]
fn a_paper_of_two_filings_goes_with_the_later_one() {
    let kept = Kept::new();
    let (first, sha256) = kept.filing(PDF);
    let (second, _) = kept.filing(PDF);
    kept.status(first, "handed_over", 1);
    kept.acknowledged();
    kept.at_centre(PDF);
    assert_eq!(kept.let_go(), 0);
    kept.status(second, "withdrawn", 2);
    kept.acknowledged();
    assert_eq!(kept.let_go(), 1);
    assert!(!kept.here(&sha256));
}

#[test]
fn a_few_at_a_time_and_over_several_turns_of_the_writer() {
    let kept = Kept::new();
    for n in 0..40_u8 {
        kept.over(&[n; 100]);
    }
    assert_eq!(kept.store.let_go(&terms(), 7).unwrap().files, 7);
    let rest = kept.store.let_go(&terms(), 300).unwrap();
    assert_eq!((rest.files, rest.bytes), (33, 3300));
}

#[test]
fn what_was_begun_is_ended_by_the_next_run_and_what_became_needed_meanwhile_stays() {
    let kept = Kept::new();
    let (_, first) = kept.over(b"the first");
    let (needed, second) = kept.over(b"the second");
    // As a stop leaves it right after the rows.
    kept.office
        .tamper()
        .execute_batch(&format!(
            "insert into let_go (sha256, size, day) values (x'{}', 9, '2027-02-28'), (x'{}', 10, '2027-02-28')",
            first.hex(),
            second.hex()
        ))
        .unwrap();
    assert!(kept.here(&first) && kept.here(&second));
    kept.status(needed, "being_solved", 200);
    let gone = kept.store.end_letting_go(Some(&terms())).unwrap();
    assert_eq!((gone.files, gone.bytes), (1, 9));
    assert!(!kept.here(&first));
    assert_eq!(kept.gone(&first).as_deref(), Some("2027-02-28"));
    assert!(kept.here(&second), "a line about it is on its way");
    assert_eq!(kept.gone(&second), None, "and nothing says that it is gone");
}

#[test]
fn an_office_that_keeps_all_ends_nothing_and_never_forgets_what_is_gone() {
    let kept = Kept::new();
    let (_, gone) = kept.over(b"gone");
    let file = kept.file();
    let (_, here) = kept.over(b"here");
    let rows = [(gone, 4), (here, 4)].map(|(sha256, size)| {
        let hex = sha256.hex();
        format!("insert into let_go (sha256, size, day) values (x'{hex}', {size}, '2027-02-28');")
    });
    kept.office.tamper().execute_batch(&rows.concat()).unwrap();
    // The file of one was gone already when the program was stopped.
    std::fs::remove_file(file).unwrap();
    assert_eq!(kept.store.end_letting_go(None).unwrap().files, 0);
    assert_eq!(kept.gone(&gone).as_deref(), Some("2027-02-28"));
    assert!(kept.here(&here));
    assert_eq!(kept.gone(&here), None);
}

#[test]
fn a_paper_that_comes_back_is_here_again_and_keeps_its_days_anew() {
    let kept = Kept::new();
    let (filing, sha256) = kept.over(PDF);
    assert_eq!(kept.let_go(), 1);
    let back = Op::local(move |tx| tx.ask_back(filing, "2027-03-02"));
    assert_eq!(kept.store.write(back).unwrap().value, 1);
    let wanted = kept.store.read(|reader| reader.wanted(9)).unwrap();
    assert_eq!((wanted[0].sha256, wanted[0].size), (sha256, 14));
    let among = kept.store.blobs().clone();
    let early = Op::mirror(move |tx| tx.arrived(&sha256, &among));
    assert!(
        !kept.store.write(early).unwrap().value,
        "no file, no arrival"
    );
    assert!(kept.gone(&sha256).is_some());
    kept.store.blobs().put(PDF).unwrap();
    let among = kept.store.blobs().clone();
    let here = Op::mirror(move |tx| tx.arrived(&sha256, &among));
    assert!(kept.store.write(here).unwrap().value);
    assert_eq!(kept.gone(&sha256), None);
    assert_eq!(kept.store.read(|reader| reader.wanted(9)).unwrap(), []);
    let ninety_later = |asked: &str| Terms {
        asked_before: asked.into(),
        ..terms()
    };
    let soon = ninety_later("2027-03-02");
    assert_eq!(kept.store.let_go(&soon, 300).unwrap().files, 0);
    assert!(kept.here(&sha256));
    let then = ninety_later("2027-03-03");
    assert_eq!(kept.store.let_go(&then, 300).unwrap().files, 1);
}

#[test]
fn a_line_that_names_a_gone_paper_anew_keeps_the_copy_that_it_brought() {
    let kept = Kept::new();
    let (_, sha256) = kept.over(PDF);
    assert_eq!(kept.let_go(), 1);
    kept.filing(PDF);
    assert!(kept.here(&sha256));
    assert_eq!(kept.let_go(), 0, "the other filing is open");
    assert!(kept.here(&sha256));
    assert_eq!(kept.gone(&sha256), None);
}
