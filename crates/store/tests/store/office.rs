//! An office to test with: a store in a temporary folder, enrolled by a centre of our own, and filings for it.
//! Not here: any assertion about the store.

use onedoor_protocol::{
    batch::{BatchAnswer, ack_payload},
    enrol::{Counter, Enrolment, Lease, Office as OfficeName},
    journal::{
        DueRecord, FeeRecord, FilingReceived, PersonRecord, ProcedureRef, WorkstationEnrolled,
    },
    sign::{SecretKey, Tag},
};
use onedoor_store::{
    Context, Hash32, Keys, Lines, MasterKey, Op, Result, Store, StorePaths, Written, lock,
};
use std::sync::Arc;
use tempfile::TempDir;
use uuid::Uuid;

/// The Monday on which most tests happen.
pub const MONDAY: &str = "2026-11-23";
/// Its morning in milliseconds since 1970.
const MORNING: u64 = 1_795_394_460_000;

pub const STORE: Uuid = Uuid::from_u128(0x5704e);
pub const WS: Uuid = Uuid::from_u128(0x0195_0000_0000_7000_8000_0000_0000_0001);
pub const CLERK: Uuid = Uuid::from_u128(0xc1e4);

/// A store's folder, its keys, and the centre it belongs to.
pub struct Office {
    pub folder: TempDir,
    pub paths: StorePaths,
    pub keys: Keys,
    pub centre: SecretKey,
}

impl Office {
    /// A folder with keys and no store yet.
    pub fn new() -> Self {
        Self::with_master(7)
    }

    /// The same with another master key.
    pub fn with_master(byte: u8) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("data")).unwrap();
        Office {
            // The canary lies beside the folder.
            paths: StorePaths::new(&folder.path().join("data")),
            folder,
            keys: MasterKey::from_bytes([byte; 32]).derive().unwrap(),
            centre: SecretKey::from_seed(&[9; 32]),
        }
    }

    pub fn create(&self) -> Store {
        let lock = Arc::new(lock(&self.paths).unwrap());
        Store::create(&self.paths, lock, &self.keys, STORE).unwrap()
    }

    pub fn open(&self) -> Result<Store> {
        self.open_as(&self.keys, STORE)
    }

    pub fn open_as(&self, keys: &Keys, store: Uuid) -> Result<Store> {
        Store::open(&self.paths, Arc::new(lock(&self.paths)?), keys, store)
    }

    /// A new store that has joined its office: line 1 is written.
    pub fn enrolled(&self) -> Store {
        let store = self.create();
        enrol(&store, &self.centre);
        store
    }

    /// The hash of every file in the folder but the lock, by name.
    pub fn files(&self) -> Vec<(String, Hash32)> {
        let mut files = Vec::new();
        let mut folders = vec![self.folder.path().to_path_buf()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if !path.ends_with("store.lock") {
                    let bytes = std::fs::read(&path).unwrap();
                    files.push((path.to_string_lossy().into_owned(), Hash32::of(&[&bytes])));
                }
            }
        }
        files.sort();
        files
    }

    /// Whoever has the keys and a database tool: how tests tamper with a closed store.
    pub fn tamper(&self) -> rusqlite::Connection {
        let connection = rusqlite::Connection::open(self.paths.database()).unwrap();
        let key = self.keys.hex("db").unwrap();
        connection
            .execute_batch(&format!("pragma key = \"x'{key}'\""))
            .unwrap();
        connection
    }

    /// The centre's signed answer that it has `next_seq - 1` lines ending in `head`.
    pub fn answer(&self, next_seq: u64, head: Hash32) -> BatchAnswer {
        answer_by(&self.centre, WS, next_seq, head)
    }
}

pub fn answer_by(key: &SecretKey, ws: Uuid, next_seq: u64, head: Hash32) -> BatchAnswer {
    let server_time = "2026-11-23T00:31:00Z".to_string();
    let payload = ack_payload(ws, next_seq, &head, &server_time);
    BatchAnswer {
        ws,
        next_seq,
        head,
        server_time,
        quarantined: vec![],
        want: vec![],
        countersignature: key.sign(Tag::Ack, &[&payload]),
    }
}

pub fn lease() -> Lease {
    Lease {
        slot: [1000, 1999],
        reserve: Some([9000, 9099]),
        valid_from: "2026-11-01".into(),
        valid_to: "2027-04-30".into(),
    }
}

pub fn office_name() -> OfficeName {
    OfficeName {
        id: "eatul".into(),
        name: "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ EA TUL".into(),
        parent: "UBND XÃ EA TUL".into(),
        place: "Ea Tul".into(),
        agency: "H15.50.05.13".into(),
        symbol: "TTPVHCC".into(),
        time_zone: "Asia/Ho_Chi_Minh".into(),
        mission: None,
    }
}

pub fn counter() -> Counter {
    Counter {
        number: 1,
        name: "Quầy 1".into(),
    }
}

pub fn on(day: &str) -> Context {
    Context {
        wall: format!("{day}T07:41:00.000+07:00"),
        wall_ms: MORNING,
        boot: Uuid::from_u128(0xb007),
        mono: 60_000,
        day: day.into(),
        clerk: Some(CLERK),
    }
}

pub fn today() -> Context {
    on(MONDAY)
}

pub fn enrolled_line(store: &Store, centre: &SecretKey) -> WorkstationEnrolled {
    let public_key = store
        .read(|reader| reader.signing_key())
        .unwrap()
        .public()
        .hex();
    WorkstationEnrolled {
        enrolment: Enrolment {
            ws: WS,
            office: office_name(),
            counter: counter(),
            lease: lease(),
            server_keys: vec![centre.public().hex()],
        },
        public_key,
        centre: "https://centre.example".into(),
    }
}

pub fn enrol(store: &Store, centre: &SecretKey) {
    let line = enrolled_line(store, centre);
    store
        .write(Op::act(today(), move |_| Ok((Lines::one(line), ()))))
        .unwrap();
}

/// One citizen and what is asked for; the rest of a filing is always the same here.
#[derive(Clone)]
pub struct Matter {
    pub filing: Uuid,
    pub person: Uuid,
    pub name: String,
    pub id_number: String,
    pub phone: String,
    pub title: String,
}

impl Matter {
    pub fn of(name: &str) -> Self {
        Matter {
            filing: Uuid::now_v7(),
            person: Uuid::now_v7(),
            name: name.into(),
            id_number: "066190012345".into(),
            phone: "0912345678".into(),
            title: "Cấp bản sao trích lục hộ tịch".into(),
        }
    }

    pub fn filing(&self, day: &str, number: Option<u32>) -> FilingReceived {
        let short = format!("{}{}{}", &day[2..4], &day[5..7], &day[8..10]);
        FilingReceived {
            filing: self.filing,
            code: number.map(|number| format!("H15.50.05.13-{short}-{number:04}")),
            provisional: number
                .is_none()
                .then(|| format!("T-0001-{}", self.filing.simple())),
            form_number: 1,
            template: "01-1".into(),
            office: office_name(),
            counter: counter(),
            procedure: ProcedureRef {
                code: "2.000635".into(),
                version: 1,
                title: self.title.clone(),
                title_en: None,
                term_text: "Ngay trong ngày".into(),
            },
            applicant: PersonRecord {
                person: self.person,
                name: self.name.clone(),
                birth: "1990-03-15".into(),
                sex: Some("female".into()),
                id_number: self.id_number.clone(),
                address: "Buôn Sah, xã Ea Tul".into(),
                phone: self.phone.clone(),
                email: String::new(),
                identity: Default::default(),
            },
            content: "Trích lục khai sinh".into(),
            papers: vec![],
            sets: 1,
            copies: 1,
            received: format!("{day}T07:41:00"),
            due: DueRecord {
                at: format!("{day}T17:00"),
                term: "same_day".into(),
                n: 0,
                cutoff: None,
                next_working_day: false,
                moved_from: None,
                published: true,
                off: vec![],
                calendar: 0,
            },
            fee: FeeRecord {
                kind: "per_copy".into(),
                amount: Some("8000".into()),
                currency: "VND".into(),
                lines: Vec::new(),
                exemption: String::new(),
            },
            give_back: "at_counter".into(),
            clerk_name: "H'Hen Niê".into(),
            sample: false,
            details: Default::default(),
        }
    }
}

/// Receives a filing with the next number of `lease`; gives that number.
pub fn receive_with(
    store: &Store,
    matter: &Matter,
    lease: onedoor_protocol::enrol::Lease,
    context: Context,
) -> Result<Written<Option<u32>>> {
    let (matter, day) = (matter.clone(), context.day.clone());
    store.write(Op::act(context, move |tx| {
        let number = tx.next_dossier_number(&lease)?;
        Ok((Lines::one(matter.filing(&day, number)), number))
    }))
}

/// Receives a filing today.
pub fn receive(store: &Store, matter: &Matter) -> Result<Written<Option<u32>>> {
    receive_with(store, matter, lease(), today())
}

/// How many lines the journal has; fails the test when the chain does not hold.
pub fn journal_length(store: &Store) -> u64 {
    store
        .read(|reader| {
            reader.verify_chain(1)?;
            Ok(reader.head()?.seq)
        })
        .unwrap()
}
