//! What an operator tells offices from the command line, and the centre's next key.

use std::os::unix::fs::PermissionsExt;

use onedoor_protocol::enrol::{EnrolRequest, Enrolment};
use onedoor_protocol::hello::Hello;
use onedoor_protocol::journal::{StaffAdded, encode};
use onedoor_protocol::keys::leading_on;
use onedoor_protocol::sign::{PublicKey, SecretKey, Signed, Tag};
use onedoor_testkit::journal::Journal;
use onedoor_testkit::temp::Folder;
use uuid::Uuid;

use crate::{Serving, add_office, done, run};

#[test]
fn what_is_told_stands_in_the_feed_and_what_no_office_would_take_is_refused() {
    let folder = Folder::new();
    let data = folder.join("data");
    add_office(&data);
    let say = |text| run(&["message", "send", "--from", "Tỉnh", text], &data);
    let said = say("Nghỉ ngày 24.");
    assert_eq!(
        String::from_utf8_lossy(&said.stdout),
        "eatul\t1\n",
        "to all"
    );
    assert!(!say(" ").status.success(), "nothing was said");
    let file = folder.join("calendar.json");
    let publish = ["calendar", "publish", "--from", "2027-01-01"];
    let publish: Vec<&str> = publish.into_iter().chain(file.to_str()).collect();
    std::fs::write(&file, "{").unwrap();
    assert!(!run(&publish, &data).status.success(), "no document");
    std::fs::write(&file, "{\"version\":1}").unwrap();
    assert_eq!(done(&publish, &data), "eatul\t2");
    let publish = ["catalogue", "publish", "--from", "2027-01-01"];
    let publish: Vec<&str> = publish.into_iter().chain(file.to_str()).collect();
    assert!(!run(&publish, &data).status.success(), "no catalogue");
    std::fs::write(&file, b"ODCATN\0\x02").unwrap();
    assert_eq!(done(&publish, &data), "eatul\t3");
    let code = ["counter", "code", "--office", "eatul", "--counter", "1"];
    done(&code, &data);
    let leases = done(&["lease", "list"], &data);
    let ws = leases.split('\t').nth(2).unwrap();
    let renew = run(&["lease", "renew", "--workstation", ws], &data);
    assert!(!renew.status.success(), "nobody works there yet");
    let pruned = done(&["feed", "prune", "--keep-months", "1"], &data);
    assert!(pruned.starts_with("eatul\tkept 3\tdropped 0\t"), "{pruned}");
    let again = done(&["feed", "prune", "--office", "eatul"], &data);
    assert!(again.ends_with("nothing to prune"), "{again}");
    assert_eq!(
        done(&["policy", "set", "--keep-days", "30"], &data),
        "eatul\t4"
    );
    let ages = run(&["policy", "set", "--keep-days", "4000"], &data);
    assert!(!ages.status.success(), "more than ten years");
}

#[test]
fn who_works_at_an_office_is_listed_and_who_has_left_is_told_once() {
    let folder = Folder::new();
    let data = folder.join("data");
    add_office(&data);
    let code = ["counter", "code", "--office", "eatul", "--counter", "1"];
    let code = done(&code, &data);
    let key = SecretKey::from_seed(&[1; 32]);
    let serving = Serving::start(&data);
    let request = serde_json::to_vec(&EnrolRequest::new(&key, &code, "test")).unwrap();
    let enrolment: Signed = serde_json::from_str(&serving.post("/v1/enrol", &request)).unwrap();
    let enrolment: Enrolment = enrolment.peek().unwrap();
    let counter = enrolment.counter.name;
    let mut journal = Journal::new(enrolment.ws, key, "eatul");
    let clerk = Uuid::from_u128(7);
    let added = StaffAdded {
        clerk,
        name: "Y Thịnh Byă".into(),
        role: "clerk".into(),
    };
    let line = encode(&journal.stamp(), &added.into()).unwrap();
    journal.raw(line);
    serving.post("/v1/batches", &journal.batch_from(1));
    let list = || done(&["staff", "list", "--office", "eatul"], &data);
    let shown = format!("{clerk}\tY Thịnh Byă\tclerk\tworks there\t{counter}");
    assert_eq!(list(), shown);
    let of = |clerk: Uuid, words: &[&str]| {
        let clerk = clerk.to_string();
        let whom = ["--office", "eatul", "--clerk", &clerk];
        let words: Vec<&str> = ["staff"]
            .iter()
            .chain(words)
            .chain(&whom)
            .copied()
            .collect();
        run(&words, &data).status.success()
    };
    assert!(of(clerk, &["role", "--role", "supervisor"]));
    assert_eq!(list(), shown.replace("\tclerk", "\tsupervisor"));
    assert!(of(clerk, &["leave"]));
    assert!(list().contains("\tsupervisor\tleft 20"), "{}", list());
    assert!(!of(clerk, &["leave"]), "the office was told already");
    assert!(!of(clerk, &["role", "--role", "king"]), "no such role");
    assert!(!of(Uuid::nil(), &["leave"]), "nobody there");
    // What leaves the feed is still known.
    done(&["feed", "prune", "--before", "2999-01-01"], &data);
    assert!(list().contains("\tsupervisor\tleft 20"), "{}", list());
    assert!(of(clerk, &["role", "--role", "clerk"]), "and comes back");
    assert_eq!(list(), shown);
}

#[test]
fn after_a_change_of_keys_the_service_signs_with_the_next_one_and_says_how_it_came() {
    let folder = Folder::new();
    let data = folder.join("data");
    add_office(&data);
    let hello = || -> (Signed, Hello) {
        let serving = Serving::start(&data);
        let answer = serving.get(&format!("/v1/hello?nonce={}", "07".repeat(16)), "");
        let body = answer.split_once("\r\n\r\n").unwrap().1;
        let signed: Signed = serde_json::from_str(body).unwrap();
        let hello = signed.peek().unwrap();
        (signed, hello)
    };
    let (_, before) = hello();
    assert!(before.keys.is_empty());
    let first = PublicKey::from_hex(&before.server_key).unwrap();
    done(&["keys", "rotate"], &data);
    let printed = done(&["keys", "rotate"], &data);
    let (signed, after) = hello();
    assert_eq!(after.server_key, printed);
    let key = PublicKey::from_hex(&printed).unwrap();
    assert!(signed.open::<Hello>(&key, Tag::Hello, &[7; 16]).is_some());
    let led = leading_on(&[first], &after.keys);
    assert_eq!(led.last().map(|it| it.key.clone()), Some(printed));
    for file in ["server.key", "server.keys.json"] {
        let mode = std::fs::metadata(data.join(file)).unwrap().permissions();
        assert_eq!(mode.mode() & 0o777, 0o600, "{file}");
    }
    let left = std::fs::read_dir(&data).unwrap();
    let left = left.filter(|entry| {
        let name = entry.as_ref().unwrap().file_name();
        name.to_string_lossy().starts_with("server.key")
    });
    assert_eq!(left.count(), 2, "no copy of a key is left");
}
