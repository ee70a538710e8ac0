//! The schema of every release, as a dump in `tests/schemas/`: a released migration is never edited.

use crate::office::Office;

/// Tables, indexes and virtual tables, as SQLite keeps them.
fn dump(connection: &rusqlite::Connection) -> String {
    let mut statement = connection
        .prepare("select sql from sqlite_schema where sql is not null order by type desc, name")
        .unwrap();
    let rows = statement
        .query_map([], |row| row.get::<_, String>(0))
        .unwrap();
    rows.map(|sql| sql.unwrap() + ";\n").collect()
}

/// The migrations' own table, as refinery makes it.
const HISTORY: &str = "CREATE TABLE refinery_schema_history(
             version int4 PRIMARY KEY,
             name VARCHAR(255),
             applied_on VARCHAR(255),
             checksum VARCHAR(255));";

/// Every release's migration and the schema after it.
const RELEASES: &[(&str, &str)] = &[
    (
        include_str!("../../migrations/V1__one_filing.sql"),
        include_str!("../schemas/v1.sql"),
    ),
    (
        include_str!("../../migrations/V2__people_slips_pads.sql"),
        include_str!("../schemas/v2.sql"),
    ),
    (
        include_str!("../../migrations/V3__look_up_and_rekey.sql"),
        include_str!("../schemas/v3.sql"),
    ),
    (
        include_str!("../../migrations/V4__same_person.sql"),
        include_str!("../schemas/v4.sql"),
    ),
    (
        include_str!("../../migrations/V5__same_matter.sql"),
        include_str!("../schemas/v5.sql"),
    ),
    (
        include_str!("../../migrations/V6__look_ups.sql"),
        include_str!("../schemas/v6.sql"),
    ),
    (
        include_str!("../../migrations/V7__known_since.sql"),
        include_str!("../schemas/v7.sql"),
    ),
    (
        include_str!("../../migrations/V8__blobs_at_the_centre.sql"),
        include_str!("../schemas/v8.sql"),
    ),
    (
        include_str!("../../migrations/V9__office_documents.sql"),
        include_str!("../schemas/v9.sql"),
    ),
    (
        include_str!("../../migrations/V10__feed.sql"),
        include_str!("../schemas/v10.sql"),
    ),
    (
        include_str!("../../migrations/V11__former_identities.sql"),
        include_str!("../schemas/v11.sql"),
    ),
    (
        include_str!("../../migrations/V12__snapshot_and_facts.sql"),
        include_str!("../schemas/v12.sql"),
    ),
    (
        include_str!("../../migrations/V13__staff_by_the_centre.sql"),
        include_str!("../schemas/v13.sql"),
    ),
    (
        include_str!("../../migrations/V14__slips_and_corrections.sql"),
        include_str!("../schemas/v14.sql"),
    ),
    (
        include_str!("../../migrations/V15__let_go.sql"),
        include_str!("../schemas/v15.sql"),
    ),
    (
        include_str!("../../migrations/V16__money.sql"),
        include_str!("../schemas/v16.sql"),
    ),
    (
        include_str!("../../migrations/V17__tills.sql"),
        include_str!("../schemas/v17.sql"),
    ),
];

#[test]
fn the_schema_of_every_release_becomes_the_next_one_by_its_migration() {
    let connection = rusqlite::Connection::open_in_memory().unwrap();
    connection.execute_batch(HISTORY).unwrap();
    for (number, (migration, released)) in (1..).zip(RELEASES) {
        connection.execute_batch(migration).unwrap();
        let found = dump(&connection);
        assert!(
            found == released.replace("\r\n", "\n"),
            "version {number} has stores in offices: add a migration instead. The schema is now:\n{found}"
        );
    }
}

#[test]
fn a_new_store_has_the_newest_schema() {
    let office = Office::new();
    drop(office.create());
    let found = dump(&office.tamper());
    let newest = RELEASES.last().unwrap().1.replace("\r\n", "\n");
    assert_eq!(found, newest);
}

#[test]
fn tables_check_types_and_the_hash_of_a_line_has_32_bytes() {
    let office = Office::new();
    drop(office.create());
    let connection = office.tamper();
    let short = connection.execute(
        "insert into journal (seq, line, hash, t) values (1, x'00', x'00', 't')",
        [],
    );
    assert!(short.is_err());
    let wrong = connection.execute("insert into setting (name, value) values ('a', x'00')", []);
    assert!(wrong.is_err(), "strict tables");
}
