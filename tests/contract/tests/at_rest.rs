//! What a thief finds on a stolen PC: after a day's work and a kill, no byte of a citizen in data folder, temporary
//! folder or log. The search is first shown to find what is really there.

use onedoor_contract::{
    centre::Centre,
    counter::{self, CLERK, NoViewer, PASSWORD},
    search::{self, Found, Needle, needles},
};
use onedoor_desk::dto::{PersonValues, SexChoice};
use onedoor_testkit::{clock::FakeClock, temp::Folder};
use std::{
    collections::BTreeSet,
    fs,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
};

fn citizen() -> PersonValues {
    PersonValues {
        person: String::new(),
        name: "Qwỳnh Xtơng Zrăm".into(),
        birth: "05/03/1994".into(),
        sex: Some(SexChoice::Female),
        id_number: "066194073519".into(),
        address: "Thôn Khuổi Xlỏm 97, xã Ea Tul".into(),
        phone: "0971348265".into(),
        email: "qwynh.xtong@zrammail.vn".into(),
        ..PersonValues::default()
    }
}

/// Everything about her that must not lie open, in every encoding.
fn rare() -> Vec<Needle> {
    let person = citizen();
    let words = [
        person.name.as_str(),
        "Qwỳnh",
        "Xtơng",
        &person.id_number,
        &person.address,
        "Khuổi Xlỏm",
        &person.phone,
        &person.email,
    ];
    words.into_iter().flat_map(needles).collect()
}

fn told(found: &[Found]) -> String {
    let lines: Vec<_> = found
        .iter()
        .map(|found| format!("{}: {}", found.file, found.what))
        .collect();
    lines.join("\n")
}

#[test]
fn the_search_finds_each_encoding_in_a_plain_file() {
    for needle in rare() {
        let folder = Folder::new();
        let planted = [b"junk \x00\xff ".as_slice(), &needle.bytes, b" more"].concat();
        fs::create_dir(folder.join("deep")).unwrap();
        fs::write(folder.join("deep/plain"), planted).unwrap();
        let found = search::search(folder.path(), &rare()).unwrap();
        assert!(
            found.iter().any(|found| found.what == needle.what),
            "planted, but not found: {}",
            needle.what
        );
    }
}

#[test]
fn the_search_finds_words_inside_longer_base64_and_signatures_and_names_of_files() {
    let person = citizen();
    for before in ["", "x", "xy", "xyz"] {
        let folder = Folder::new();
        let text = format!("{before}{}, {}", person.name, person.address);
        fs::write(folder.join("plain"), search::base64(text.as_bytes())).unwrap();
        let found = search::search(folder.path(), &needles(&person.name)).unwrap();
        assert!(!found.is_empty(), "shifted by {} bytes", before.len());
    }
    let files: [(&str, &[u8], &str); 5] = [
        ("a", b"SQLite format 3\0rest", "an SQLite database"),
        ("b", b"%PDF-1.7 rest", "a PDF"),
        ("c", &[0xff, 0xd8, 0xff, 0xe0], "a JPEG"),
        ("d", &[0x28, 0xb5, 0x2f, 0xfd, 0], "a zstd frame"),
        ("0971348265.txt", b"", "0971348265 as typed, UTF-8"),
    ];
    for (name, bytes, what) in files {
        let folder = Folder::new();
        fs::write(folder.join(name), bytes).unwrap();
        let found = search::search(folder.path(), &rare()).unwrap();
        let seen: BTreeSet<&str> = found.iter().map(|found| found.what.as_str()).collect();
        assert!(seen.contains(what), "{what} among {seen:?}");
    }
}

/// A day's work in another program, killed in the middle. Returns what it said.
fn work_and_be_killed(root: &Path, ticket: &str) -> Vec<String> {
    let (data, temp) = (root.join("data"), root.join("temp"));
    fs::create_dir(&temp).unwrap();
    fs::create_dir(root.join("log")).unwrap();
    let ticket_file = root.join("ticket.json");
    fs::write(&ticket_file, ticket).unwrap();
    let log = fs::File::create(root.join("log/onedoor.log")).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_work_day"))
        .arg(&data)
        .arg(&ticket_file)
        .env("RUST_LOG", "debug")
        .env("TMPDIR", &temp)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(log)
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let person = serde_json::to_string(&citizen()).unwrap();
    writeln!(input, "{person}").unwrap();
    let mut said = Vec::new();
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        said.push(line.unwrap());
        if said.last().is_some_and(|line| line == "at work") {
            break;
        }
    }
    child.kill().unwrap();
    child.wait().unwrap();
    fs::remove_file(ticket_file).unwrap();
    said
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_citizen_lies_open_after_a_day_and_a_kill() {
    let folder = Folder::new();
    let clock = FakeClock::monday();
    let centre = Centre::open(&clock).await;
    let address = centre.serve().await;
    let ticket = centre.ticket(&format!("http://{address}")).await;
    let root = folder.path().to_path_buf();
    let play = move || work_and_be_killed(&root, &ticket);
    let said = tokio::task::spawn_blocking(play).await.unwrap();
    let log = fs::read_to_string(folder.join("log/onedoor.log")).unwrap();
    for wanted in [
        "wrong date taken: false",
        "hits 3",
        "at the centre 3",
        "opened 1",
        "locked 0",
        "guess taken: false",
        "left open 1",
        "at work",
    ] {
        assert!(
            said.iter().any(|line| line == wanted),
            "the day was worked to its end: {wanted} in {said:?}\n{log}"
        );
    }
    assert!(log.contains("DEBUG"), "the log speaks at debug level");

    let mut words = rare();
    // Neither does what opens the store lie beside it.
    words.extend(needles(PASSWORD));
    let recovery = said.iter().find_map(|line| line.strip_prefix("recovery "));
    words.extend(needles(recovery.unwrap()));
    let open = |found: &Found| found.file.starts_with("data/opened/");
    let found = search::search(folder.path(), &words).unwrap();
    let (opened, rest): (Vec<_>, Vec<_>) = found.into_iter().partition(open);
    assert!(rest.is_empty(), "in the clear:\n{}", told(&rest));
    assert!(
        opened.iter().any(|found| found.what == "a PDF"),
        "the paper that was on the screen at the kill is the one exception: {opened:?}"
    );

    clock.reboot(jiff::SignedDuration::from_mins(5));
    let desk = counter::desk(&folder.join("data"), &clock, Arc::new(NoViewer));
    let found = search::search(folder.path(), &words).unwrap();
    assert!(
        found.is_empty(),
        "a start clears it before anybody signs in:\n{}",
        told(&found)
    );
    let state = onedoor_desk::Commands(desk).app_state().await.unwrap();
    assert_eq!(
        state.staff[0].name, CLERK,
        "only the clerks' names are there to be picked"
    );
}
