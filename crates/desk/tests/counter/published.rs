//! What the centre publishes for the office, after it came to this PC. Not here: how it comes (tests/contract).

use crate::{
    catalogue::FLAT,
    world::{SIGNATURE, WS, World, filing, mrs_nie},
};
use jiff::{SignedDuration, civil::date};
use onedoor_catalogue::{
    national::{Source, pack},
    portal::SourceRow,
};
use onedoor_desk::dto::*;
use onedoor_protocol::{
    facts::{CATALOGUE, DocumentFact},
    feed::{self, FeedLine, PageMark},
    sign::SecretKey,
};
use onedoor_store::{Hash32, Op, Store};
use serde::Serialize;

/// A page that only the centre's catalogue has.
const NEW: &str = "9.000001";
const AT: u64 = 1_795_410_000_000 << 16;

/// A PC that was switched off while the centre said all this: facts, and the blobs that they name.
pub struct Said {
    lines: Vec<FeedLine>,
    blobs: Vec<Vec<u8>>,
}

impl Said {
    pub fn nothing() -> Self {
        Said {
            lines: Vec::new(),
            blobs: Vec::new(),
        }
    }

    pub fn fact(mut self, kind: &str, body: &impl Serialize) -> Self {
        self.lines.push(FeedLine {
            feed_seq: self.lines.len() as u64 + 1,
            kind: kind.into(),
            body: serde_json::value::to_raw_value(body).unwrap(),
        });
        self
    }

    fn catalogue(mut self, title: &str, from: &str, bytes: &[u8]) -> Self {
        let fact = DocumentFact {
            hlc: AT + self.lines.len() as u64,
            wall: "2026-11-23T07:00:00.000+07:00".into(),
            from: from.into(),
            sha256: Hash32::of(&[bytes]),
            size: bytes.len() as u64,
            title: title.into(),
        };
        self.blobs.push(bytes.to_vec());
        self.fact(CATALOGUE, &fact)
    }

    /// Reads it as a page of the centre's, which lies behind `after`.
    pub fn to(&self, store: &Store, after: u64) {
        for blob in &self.blobs {
            store.blobs().put(blob).unwrap();
        }
        let mut page = Vec::new();
        for line in &self.lines {
            let line = FeedLine {
                feed_seq: after + line.feed_seq,
                ..line.clone()
            };
            serde_json::to_writer(&mut page, &line).unwrap();
            page.push(b'\n');
        }
        let mark = PageMark {
            ws: WS,
            after,
            next: after + self.lines.len() as u64,
            more: false,
            server_time: "2026-11-23T01:00:00.000Z",
        };
        let page = feed::close(&SecretKey::from_seed(&[7; 32]), &mark, page).unwrap();
        let read = Op::mirror(move |tx| tx.read_feed(after, &page));
        store.write(read).unwrap();
    }
}

/// Signed in again, after all this came.
pub async fn after(world: World, said: Said) -> World {
    let clock = world.clock.clone();
    let (folder, store) = world.closed().await;
    said.to(&store, 0);
    drop(store);
    let world = World::over(folder, clock);
    let head = world.head().await;
    world.sign_in(&head).await;
    world.confirm_clock().await;
    world
}

fn packed(codes: &[&str]) -> Vec<u8> {
    let rows: Vec<SourceRow> = codes
        .iter()
        .map(|code| SourceRow {
            code: (*code).into(),
            title: format!("Thủ tục mới {code}"),
            ..SourceRow::default()
        })
        .collect();
    let source = Source {
        crawled_on: date(2026, 11, 20),
        changes: Vec::new(),
    };
    pack(&rows, &source).unwrap()
}

async fn known(world: &World, code: &str) -> bool {
    match world.commands.procedure_get(code.into()).await {
        Ok(_) => true,
        Err(error) => {
            assert_eq!(error.code, ErrorCode::ProcedureUnknown);
            false
        }
    }
}

/// The catalogues as the office's page lists them: name, in force, damaged, for a newer program.
async fn listed(world: &World) -> Vec<(String, bool, bool, bool)> {
    let documents = world.commands.office_documents().await.unwrap();
    let catalogues = documents
        .into_iter()
        .filter(|it| it.part == OfficePart::Catalogue);
    let shown = catalogues.map(|it| (it.title, it.in_force, it.damaged, it.newer));
    shown.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_published_catalogue_holds_from_its_day_on_and_filings_of_before_stay_as_they_were() {
    let world = World::at_work().await;
    let values = DraftValues {
        procedure: FLAT.into(),
        papers: Vec::new(),
        term: TermValues {
            kind: Some(TermKind::Days),
            n: "5".into(),
        },
        ..filing("Y Blô", "")
    };
    let before = world.receive(values).await.filing.id;
    let seen = world.commands.filing_get(before.clone()).await.unwrap();
    let said = Said::nothing().catalogue("2026-11", "2026-11-24", &packed(&[NEW]));
    let world = after(world, said).await;
    assert!(
        known(&world, FLAT).await,
        "today what came with the program"
    );
    assert!(!known(&world, NEW).await);
    let title = || "2026-11".to_string();
    let shipped = |held| (String::new(), held, false, false);
    assert_eq!(
        listed(&world).await,
        [(title(), false, false, false), shipped(true)],
        "it is announced"
    );

    world.clock.advance(SignedDuration::from_hours(24));
    assert!(known(&world, NEW).await, "from its day on");
    assert!(!known(&world, FLAT).await, "a page that is gone is gone");
    assert!(known(&world, SIGNATURE).await, "what was worked out stays");
    assert_eq!(
        listed(&world).await,
        [(title(), true, false, false), shipped(false)]
    );
    let now = world.commands.filing_get(before.clone()).await.unwrap();
    assert_eq!((now.row, now.papers), (seen.row, seen.papers));
    assert_eq!(now.fee, seen.fee);
    world.commands.rekey_get(before).await.unwrap();
    world.receive(mrs_nie()).await;
    assert!(
        world
            .commands
            .sync_state()
            .await
            .unwrap()
            .attention
            .is_empty(),
        "nothing to look at"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_catalogue_that_cannot_be_used_never_takes_the_place_of_one_that_can() {
    let good = packed(&[NEW]);
    let mut newer = good.clone();
    newer[7] = 99;
    let cut = &packed(&["9.000002", "9.000003"])[..];
    let said = Said::nothing()
        .catalogue("tốt", "2026-11-23", &good)
        .catalogue("cụt", "2026-11-23", &cut[..cut.len() - 3])
        .catalogue("lạ", "2026-11-23", b"%PDF-1.7")
        .catalogue("mới", "2026-11-23", &newer);
    let world = after(World::at_work().await, said).await;
    assert!(known(&world, NEW).await);
    assert_eq!(
        listed(&world).await,
        [
            ("mới".into(), false, false, true),
            ("lạ".into(), false, true, false),
            ("cụt".into(), false, true, false),
            ("tốt".into(), true, false, false),
            (String::new(), false, false, false),
        ]
    );
    let attention = world.commands.sync_state().await.unwrap().attention;
    let named: Vec<_> = attention
        .iter()
        .map(|it| (&*it.code, &*it.params["part"], &*it.params["title"]))
        .collect();
    assert_eq!(
        named,
        [
            ("document_damaged", "catalogue", "cụt"),
            ("document_damaged", "catalogue", "lạ"),
            ("document_newer", "catalogue", "mới"),
        ]
    );
    let first = listed(&world).await;
    let world = world.restarted().await;
    let head = world.head().await;
    world.sign_in(&head).await;
    world.confirm_clock().await;
    assert_eq!(listed(&world).await, first, "the same after a restart");
    assert!(known(&world, NEW).await);
    // An office sets none itself, and brings none back.
    let set =
        world
            .commands
            .office_document_set(OfficePart::Catalogue, "{}".into(), "2026-11-23".into());
    assert_eq!(set.await.unwrap_err().code, ErrorCode::BadRequest);
    let id = String::new();
    let again =
        world
            .commands
            .office_document_again(OfficePart::Catalogue, id, "2026-11-23".into());
    assert_eq!(again.await.unwrap_err().code, ErrorCode::BadRequest);
}
