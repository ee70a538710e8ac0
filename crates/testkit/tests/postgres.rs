//! The harness itself: a real server, databases apart, and data that survives a crash of the server.
#![cfg(unix)]

use std::process::Command;

use onedoor_testkit::postgres::Server;

fn sql(database: &str, text: &str) -> String {
    let output = Command::new("psql")
        .args(["-d", database, "-qtAXc", text])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).trim().to_string()
}

#[test]
fn databases_are_apart_and_a_commit_survives_a_crash() {
    let server = Server::start();
    let (one, two) = (server.database(), server.database());
    sql(
        &one,
        "create table kept(n int); insert into kept values (7)",
    );
    assert_eq!(
        sql(&two, "select to_regclass('kept') is null"),
        "t",
        "a test must not see another's tables"
    );
    assert_eq!(
        sql(&one, "show fsync"),
        "on",
        "a test of durability needs the real thing"
    );
    assert_eq!(
        sql(&one, "show listen_addresses"),
        "",
        "no port is opened on the machine"
    );
    server.crash_and_restart();
    assert_eq!(
        sql(&one, "select n from kept"),
        "7",
        "what was committed is there after a crash"
    );
}
