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

#[test]
fn a_new_store_has_the_schema_of_version_1() {
    let office = Office::new();
    drop(office.create());
    let found = dump(&office.tamper());
    let released = include_str!("../schemas/v1.sql").replace("\r\n", "\n");
    assert!(
        found == released,
        "version 1 has stores in offices: add a migration instead. The schema is now:\n{found}"
    );
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
