//! The program killed where it makes something durable, while a scan comes in: what it said stays true, and what it did
//! not get to say can be done again.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use onedoor_protocol::blob::{AskedBlob, BlobQuery, BlobStanding, BlobStates, CHUNK};
use onedoor_protocol::enrol::{EnrolRequest, Enrolment};
use onedoor_protocol::journal::FormRendered;
use onedoor_protocol::request::sign_request;
use onedoor_protocol::sign::{PublicKey, SecretKey, Signed};
use onedoor_testkit::journal::Journal;
use onedoor_testkit::temp::Folder;

use crate::{Serving, add_office, done};

/// Calls that write, and calls that make it durable, and up to which one of each thread the program is killed.
const POINTS: [(&str, usize); 5] = [
    ("fsync", 7),
    ("fdatasync", 5),
    ("pwrite64", 8),
    ("rename", 3),
    ("unlink", 3),
];
/// So many rounds must have ended by a kill, or the sweep proves nothing.
const KILLS: usize = 12;

/// The program under strace, which kills it at a call.
struct Doomed {
    strace: Child,
    address: Option<String>,
}

impl Doomed {
    fn start(data: &Path, call: &str, nth: usize) -> Self {
        let inject = format!("inject={call}:signal=KILL:when={nth}");
        let trace = format!("trace={call}");
        let mut strace = Command::new("strace")
            .args(["-f", "-qq", "-e", &trace, "-e", &inject, "-o", "/dev/null"])
            .args([env!("CARGO_BIN_EXE_onedoor-central"), "serve", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("strace is installed");
        let mut line = String::new();
        let said = BufReader::new(strace.stdout.take().unwrap()).read_line(&mut line);
        let address = line.trim().strip_prefix("listening on http://");
        let address = address.filter(|_| said.is_ok()).map(str::to_string);
        Doomed { strace, address }
    }

    /// Whether the kill came; ends the program if it did not.
    fn was_killed(mut self) -> bool {
        let id = self.strace.id();
        let children = format!("/proc/{id}/task/{id}/children");
        let children = std::fs::read_to_string(children).unwrap_or_default();
        for program in children.split_whitespace() {
            let _ = Command::new("kill").args(["-TERM", program]).status();
        }
        // strace ends itself by the signal that ended the program.
        self.strace.wait().unwrap().signal() == Some(9)
    }
}

/// Sends a request; none when the program died over it.
fn send(address: &str, method: &str, path: &str, header: &str, body: &[u8]) -> Option<Vec<u8>> {
    let mut stream = TcpStream::connect(address).ok()?;
    let length = body.len();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: x\r\n{header}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let split = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    answer
        .starts_with(b"HTTP/1.1 200")
        .then(|| answer.split_off(split + 4))
}

/// One scan on its way from one workstation.
struct Errand<'a> {
    journal: &'a Journal,
    blob: AskedBlob,
    bytes: Vec<u8>,
}

impl Errand<'_> {
    fn ask(&self, address: &str, method: &str, path: &str, body: &[u8]) -> Option<BlobStates> {
        let at = u64::try_from(jiff::Timestamp::now().as_millisecond()).unwrap();
        let signed = sign_request(&self.journal.key, self.journal.ws, method, path, at, body);
        let header = format!("onedoor-request: {}", signed.header());
        let answer = send(address, method, path, &header, body)?;
        serde_json::from_slice(&answer).ok()
    }

    fn query(&self, address: &str) -> Option<BlobStates> {
        let blobs = vec![self.blob.clone()];
        let body = serde_json::to_vec(&BlobQuery { blobs }).unwrap();
        self.ask(address, "POST", "/v1/blobs/query", &body)
    }

    /// Lines, chunks, the whole; none when the program died over it.
    fn run(&self, address: &str) -> Option<BlobStates> {
        let batch = self.journal.batch_from(1);
        send(address, "POST", "/v1/batches", "x-a: b", &batch)?;
        let state = self.query(address)?;
        for [from, to] in state.blobs[0].missing.clone() {
            for index in from..=to {
                let begin = index as usize * CHUNK;
                let end = (begin + CHUNK).min(self.bytes.len());
                let path = format!("/v1/blobs/{}/{index}", self.blob.sha256);
                self.ask(address, "PUT", &path, &self.bytes[begin..end])?;
            }
        }
        let path = format!("/v1/blobs/{}/complete", self.blob.sha256);
        self.ask(address, "POST", &path, b"")
    }

    fn is_published(&self, states: &BlobStates, key: PublicKey) -> bool {
        states.blobs[0].published_by(&[key], self.blob.size, &states.at)
    }
}

#[test]
fn a_scan_survives_a_kill_at_every_durable_call() {
    let folder = Folder::new();
    let data = folder.join("data");
    add_office(&data);
    let words = ["counter", "code", "--office", "eatul", "--counter", "1"];
    let code = done(&words, &data);
    let key = SecretKey::from_seed(&[1; 32]);
    let serving = Serving::start(&data);
    let request = serde_json::to_vec(&EnrolRequest::new(&key, &code, "test")).unwrap();
    let enrolment: Signed = serde_json::from_str(&serving.post("/v1/enrol", &request)).unwrap();
    drop(serving);
    let enrolment: Enrolment = enrolment.peek().unwrap();
    let centre = PublicKey::from_hex(&enrolment.server_keys[0]).unwrap();
    let mut journal = Journal::new(enrolment.ws, key, "eatul");
    let (mut kills, mut round) = (Vec::new(), 0_u8);
    for (call, last) in POINTS {
        for nth in 1..=last {
            round += 1;
            let bytes: Vec<u8> = (0..CHUNK + 99).map(|at| (at % 251) as u8 ^ round).collect();
            let blob = AskedBlob::of(&bytes);
            let number = 1000 + u32::from(round);
            let (filing, _) = journal.receive(&format!("H15.50.05.13-261123-{number}"));
            journal.say(FormRendered {
                filing,
                form: "01".into(),
                template: "01@1".into(),
                sha256: blob.sha256,
                size: blob.size,
            });
            let errand = Errand {
                journal: &journal,
                blob,
                bytes,
            };
            let doomed = Doomed::start(&data, call, nth);
            let said = doomed.address.clone().and_then(|at| errand.run(&at));
            if doomed.was_killed() {
                kills.push((call, nth));
            }
            let serving = Serving::start(&data);
            if said.is_some_and(|states| errand.is_published(&states, centre)) {
                let states = errand.query(&serving.address).expect("it serves again");
                let state = states.blobs[0].state;
                assert_eq!(state, BlobStanding::Have, "{call} {nth}: it had said so");
            }
            let states = errand.run(&serving.address).expect("it serves again");
            let published = errand.is_published(&states, centre);
            assert!(published, "{call} {nth}: {states:?}");
            let name = errand.blob.sha256.hex();
            let file = data.join(format!("scans/blob/{}/{}/{name}", &name[..2], &name[2..4]));
            assert!(
                std::fs::read(&file).unwrap() == errand.bytes,
                "{call} {nth}: byte for byte"
            );
        }
    }
    println!("killed at {kills:?}");
    assert!(
        kills.len() >= KILLS,
        "only {} kills: {kills:?}",
        kills.len()
    );
}
