//! The program as an operator and `./x run` use it: its words on standard output, its files, its end.
#![cfg(unix)]

mod command {
    #[cfg(target_os = "linux")]
    pub mod durable;
    pub mod offices;
    #[cfg(target_os = "linux")]
    pub mod sweeping;
    pub mod telling;
}

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use onedoor_protocol::batch::BatchAnswer;
use onedoor_protocol::blob::{AskedBlob, BlobQuery, BlobStates, CHUNK};
use onedoor_protocol::enrol::{EnrolRequest, Enrolment, Ticket};
use onedoor_protocol::hello::Hello;
use onedoor_protocol::journal::FormRendered;
use onedoor_protocol::request::sign_request;
use onedoor_protocol::sign::{SecretKey, Signed};
use onedoor_testkit::journal::Journal;
use onedoor_testkit::temp::Folder;

fn program(words: &[&str], data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onedoor-central"));
    command.args(words).arg("--data").arg(data);
    command
}

fn run(words: &[&str], data: &Path) -> Output {
    program(words, data).output().unwrap()
}

/// Runs an act that must succeed, and gives what it printed.
fn done(words: &[&str], data: &Path) -> String {
    let output = run(words, data);
    assert!(
        output.status.success(),
        "{words:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap().trim().to_string()
}

fn add_office(data: &Path) {
    let words = "office add --id eatul --name TT --parent UBND --agency H15.50.05.13 --province daklak --place";
    let words: Vec<&str> = words.split(' ').chain(["Ea Tul"]).collect();
    done(&words, data);
}

/// A serving program; killed when dropped, if it still runs.
struct Serving {
    child: Child,
    address: String,
}

impl Serving {
    fn start(data: &Path) -> Self {
        let port_file = data.join("port");
        let mut serve = program(&["serve"], data);
        serve
            .arg("--port-file")
            .arg(&port_file)
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = serve.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = line
            .trim()
            .strip_prefix("listening on http://")
            .expect("the line that others wait for");
        let port = std::fs::read_to_string(&port_file).unwrap();
        assert!(
            address.ends_with(&format!(":{port}")),
            "the file names the same port once the line is out"
        );
        Serving {
            child,
            address: address.to_string(),
        }
    }

    fn get(&self, path: &str, authorization: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nhost: x\r\nauthorization: {authorization}\r\nconnection: close\r\n\r\n")
            .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Posts bytes and gives the answer's body, which must be a 200.
    fn post(&self, path: &str, body: &[u8]) -> String {
        self.send("POST", path, "content-type: application/json", body)
    }

    /// Sends a request that a workstation signs at the program's own time.
    fn ask(&self, journal: &Journal, method: &str, path: &str, body: &[u8]) -> BlobStates {
        let hello = self.get(&format!("/v1/hello?nonce={}", "07".repeat(16)), "");
        let hello: Signed = serde_json::from_str(hello.split_once("\r\n\r\n").unwrap().1).unwrap();
        let hello: Hello = hello.peek().unwrap();
        let now: jiff::Timestamp = hello.server_time.parse().unwrap();
        let at = u64::try_from(now.as_millisecond()).unwrap();
        let signed = sign_request(&journal.key, journal.ws, method, path, at, body);
        let header = format!("onedoor-request: {}", signed.header());
        serde_json::from_str(&self.send(method, path, &header, body)).unwrap()
    }

    fn send(&self, method: &str, path: &str, header: &str, body: &[u8]) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let length = body.len();
        write!(stream, "{method} {path} HTTP/1.1\r\nhost: x\r\n{header}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n")
            .unwrap();
        stream.write_all(body).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{path}: {answer}");
        answer.split_once("\r\n\r\n").unwrap().1.to_string()
    }

    fn terminate(&self) {
        let pid = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &pid])
                .status()
                .unwrap()
                .success(),
            "it runs"
        );
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn an_operator_can_act_while_the_service_runs() {
    let folder = Folder::new();
    let data = folder.join("data");
    add_office(&data);
    let serving = Serving::start(&data);
    let code = done(
        &["counter", "code", "--office", "eatul", "--counter", "1"],
        &data,
    );
    assert!(
        code.len() == 8 && code.bytes().all(|byte| byte.is_ascii_digit()),
        "a code to read out: {code}"
    );
    let token = done(&["token", "add", "--name", "checker"], &data);
    let answer = serving.get("/v1/workstations", &format!("Bearer {token}"));
    assert!(
        answer.starts_with("HTTP/1.1 200"),
        "the running service knows the new token: {answer}"
    );
    assert!(
        answer.contains("\"standing\":\"expected\""),
        "and the workstation that the code expects"
    );
    let again = run(&["token", "add", "--name", "checker"], &data);
    assert!(!again.status.success(), "a refusal is a failed program");
    let said = String::from_utf8_lossy(&again.stderr).into_owned();
    assert!(
        said.contains("a token named checker exists already"),
        "with its reason: {said}"
    );
}

#[test]
fn an_operator_enters_a_decision_and_a_message() {
    let folder = Folder::new();
    let data = folder.join("data");
    add_office(&data);
    let words = ["counter", "code", "--office", "eatul", "--counter", "1"];
    let code = done(&words, &data);
    let key = SecretKey::from_seed(&[1; 32]);
    let serving = Serving::start(&data);
    let request = serde_json::to_vec(&EnrolRequest::new(&key, &code, "test")).unwrap();
    let enrolment: Signed = serde_json::from_str(&serving.post("/v1/enrol", &request)).unwrap();
    let enrolment: Enrolment = enrolment.peek().unwrap();
    let mut journal = Journal::new(enrolment.ws, key, "eatul");
    let (filing, _) = journal.receive("H15.50.05.13-261123-1000");
    serving.post("/v1/batches", &journal.batch_from(1));
    let filing = filing.to_string();
    let decide = |status: &'static str| {
        let words = [
            "decide", "--filing", &filing, "--unit", "tuphap", "--status",
        ];
        let words: Vec<&str> = words.into_iter().chain([status]).collect();
        run(&words, &data)
    };
    let decided = decide("result_ready");
    assert_eq!(
        String::from_utf8_lossy(&decided.stdout).trim(),
        "2",
        "its number in the feed: {decided:?}"
    );
    assert!(
        !decide("handed_over").status.success(),
        "no unit hands over"
    );
    let words = [
        "publish", "--office", "eatul", "--kind", "message", "--body",
    ];
    let words: Vec<&str> = words.into_iter().chain(["{\"vi\":\"Nghỉ\"}"]).collect();
    assert_eq!(done(&words, &data), "3");
    let words = [
        "journal",
        "verify",
        "--workstation",
        &enrolment.ws.to_string(),
    ];
    assert_eq!(
        done(&words, &data),
        "1 lines, 1 countersignatures, 0 faults"
    );
    journal.raw("no line of ours");
    serving.post("/v1/batches", &journal.batch_from(2));
    let listed = done(&["quarantine", "list"], &data);
    let id = format!("{}/2", enrolment.ws);
    assert!(
        listed.starts_with(&format!("eatul\t{id}\tunreadable_line")),
        "{listed}"
    );
    let tried = done(&["quarantine", "apply", "--id", &id], &data);
    assert!(
        tried.starts_with(&format!("eatul\t{id}\tstays\tunreadable_line")),
        "{tried}"
    );
    let token = done(&["token", "add", "--name", "tp", "--role", "unit"], &data);
    let read = serving.get("/v1/filings", &format!("Bearer {token}"));
    assert!(
        read.starts_with("HTTP/1.1 401"),
        "a unit's token reads nothing: {read}"
    );
}

#[test]
fn key_folder_and_ticket_are_the_owners_and_nothing_is_overwritten() {
    let folder = Folder::new();
    let data = folder.join("data");
    add_office(&data);
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&data), 0o700, "citizens' data lie in the folder");
    assert_eq!(
        mode(&data.join("server.key")),
        0o600,
        "the key is the owner's"
    );
    let key = std::fs::read(data.join("server.key")).unwrap();
    let out = folder.join("ticket.json");
    let words = [
        "counter",
        "ticket",
        "--office",
        "eatul",
        "--counter",
        "2",
        "--centre",
        "http://c",
        "--out",
    ];
    let words: Vec<&str> = words.into_iter().chain(out.to_str()).collect();
    done(&words, &data);
    assert_eq!(mode(&out), 0o600, "a ticket is a key to a counter");
    let ticket = Ticket::read(&std::fs::read_to_string(&out).unwrap()).expect("a signed ticket");
    assert_eq!(
        ticket.enrolment.counter.name, "Quầy 2",
        "for the counter that was named"
    );
    let words: Vec<&str> = words
        .iter()
        .map(|word| if *word == "2" { "3" } else { *word })
        .collect();
    assert!(
        !run(&words, &data).status.success(),
        "a file that is there is not overwritten"
    );
    let free = run(
        &["counter", "code", "--office", "eatul", "--counter", "3"],
        &data,
    );
    assert!(
        free.status.success(),
        "and a ticket that was not written holds no numbers"
    );
    let nowhere = folder.join("nowhere.json");
    let words = [
        "counter",
        "ticket",
        "--office",
        "nowhere",
        "--counter",
        "2",
        "--centre",
        "http://c",
        "--out",
    ];
    let words: Vec<&str> = words.into_iter().chain(nowhere.to_str()).collect();
    assert!(
        !run(&words, &data).status.success(),
        "there is no such office"
    );
    assert!(!nowhere.exists(), "and no empty file is left behind");
    assert_eq!(
        std::fs::read(data.join("server.key")).unwrap(),
        key,
        "the key stays the same from start to start"
    );
}

#[test]
fn a_request_that_runs_is_finished_when_the_service_is_asked_to_stop() {
    let folder = Folder::new();
    let data = folder.join("data");
    add_office(&data);
    let mut serving = Serving::start(&data);
    let mut stream = TcpStream::connect(&serving.address).unwrap();
    write!(
        stream,
        "POST /v1/batches HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 5\r\n\r\n"
    )
    .unwrap();
    let mut start = [0; 12];
    stream.read_exact(&mut start).unwrap();
    assert_eq!(
        &start, b"HTTP/1.1 100",
        "the service is waiting for the body"
    );
    serving.terminate();
    while TcpStream::connect(&serving.address).is_ok() {
        // The signal has arrived once nobody listens any more.
        std::thread::yield_now();
    }
    stream.write_all(b"hello").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(
        answer.contains("HTTP/1.1 400") && answer.contains("malformed"),
        "it is answered to the end: {answer}"
    );
    assert!(
        serving.child.wait().unwrap().success(),
        "and then the program ends well"
    );
}

#[test]
fn what_was_answered_is_there_after_the_program_was_killed() {
    let folder = Folder::new();
    let data = folder.join("data");
    add_office(&data);
    let code = done(
        &["counter", "code", "--office", "eatul", "--counter", "1"],
        &data,
    );
    let key = SecretKey::from_seed(&[1; 32]);
    let mut serving = Serving::start(&data);
    let request = serde_json::to_vec(&EnrolRequest::new(&key, &code, "test")).unwrap();
    let enrolment: Signed = serde_json::from_str(&serving.post("/v1/enrol", &request)).unwrap();
    let enrolment: Enrolment = enrolment.peek().unwrap();
    let mut journal = Journal::new(enrolment.ws, key, "eatul");
    for number in 1000..1020 {
        journal.receive(&format!("H15.50.05.13-261123-{number}"));
        let answer = serving.post(
            "/v1/batches",
            &journal.batch(journal.next_seq() - 1..=journal.next_seq() - 1),
        );
        let answer: BatchAnswer = serde_json::from_str(&answer).unwrap();
        assert_eq!(answer.head, journal.head(), "each line is acknowledged");
        serving.child.kill().unwrap();
        serving.child.wait().unwrap();
        serving = Serving::start(&data);
        let again: BatchAnswer =
            serde_json::from_str(&serving.post("/v1/batches", &journal.batch_from(1))).unwrap();
        assert_eq!(
            (again.next_seq, again.head),
            (answer.next_seq, answer.head),
            "and the acknowledgement stays true"
        );
    }
    let token = done(&["token", "add", "--name", "checker"], &data);
    let stored = serving.get(
        &format!("/v1/events/{}", journal.ws),
        &format!("Bearer {token}"),
    );
    assert_eq!(
        stored.matches("\"filing_received\"").count(),
        20,
        "each line once, whatever was killed when"
    );
}

#[test]
fn a_scan_goes_on_where_it_was_when_the_program_was_killed_between_chunks() {
    let folder = Folder::new();
    let data = folder.join("data");
    add_office(&data);
    let words = ["counter", "code", "--office", "eatul", "--counter", "1"];
    let code = done(&words, &data);
    let key = SecretKey::from_seed(&[1; 32]);
    let mut serving = Serving::start(&data);
    let request = serde_json::to_vec(&EnrolRequest::new(&key, &code, "test")).unwrap();
    let enrolment: Signed = serde_json::from_str(&serving.post("/v1/enrol", &request)).unwrap();
    let enrolment: Enrolment = enrolment.peek().unwrap();
    let mut journal = Journal::new(enrolment.ws, key, "eatul");
    let scan: Vec<u8> = (0..5 * CHUNK + 9).map(|at| (at % 251) as u8).collect();
    let blob = AskedBlob::of(&scan);
    let (filing, _) = journal.receive("H15.50.05.13-261123-1000");
    journal.say(FormRendered {
        filing,
        form: "01".into(),
        template: "01@1".into(),
        sha256: blob.sha256,
        size: blob.size,
    });
    serving.post("/v1/batches", &journal.batch_from(1));
    let query = serde_json::to_vec(&BlobQuery {
        blobs: vec![blob.clone()],
    });
    let query = query.unwrap();
    let restart = |serving: &mut Serving| {
        serving.child.kill().unwrap();
        serving.child.wait().unwrap();
        *serving = Serving::start(&data);
    };
    for (index, chunk) in (0_u32..).zip(scan.chunks(CHUNK)) {
        let states = serving.ask(&journal, "POST", "/v1/blobs/query", &query);
        assert_eq!(
            states.blobs[0].missing,
            [[index, 5]],
            "nothing is sent twice"
        );
        let path = format!("/v1/blobs/{}/{index}", blob.sha256);
        serving.ask(&journal, "PUT", &path, chunk);
        restart(&mut serving);
    }
    let path = format!("/v1/blobs/{}/complete", blob.sha256);
    for _ in 0..2 {
        let states = serving.ask(&journal, "POST", &path, b"");
        let key = onedoor_protocol::sign::PublicKey::from_hex(&enrolment.server_keys[0]);
        assert!(
            states.blobs[0].published_by(&[key.unwrap()], blob.size, &states.at),
            "published, and still so after the next start"
        );
        restart(&mut serving);
    }
}
