//! Table `server_key`: how the centre's key changed since this workstation was enrolled. Each key was signed for by one that
//! was believed before.

use crate::error::{Result, StoreError};
use onedoor_protocol::{
    enrol::Enrolment,
    keys::{KeyStatement, leading_on},
    sign::PublicKey,
};
use rusqlite::Connection;

/// The keys that are believed now: those of the enrolment and all that follow, but none before one that has answered.
pub(crate) fn believed(connection: &Connection, enrolment: &Enrolment) -> Result<Vec<PublicKey>> {
    let first = enrolment.server_keys.iter();
    let mut keys: Vec<PublicKey> = first.filter_map(|key| PublicKey::from_hex(key)).collect();
    let mut statement = connection.prepare_cached("select key, sole from server_key order by n")?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, [u8; 32]>(0)?, row.get(1)?)))?;
    for row in rows {
        let (key, sole): ([u8; 32], bool) = row?;
        if sole {
            keys.clear();
        }
        keys.extend(PublicKey::from_bytes(&key));
    }
    Ok(keys)
}

/// Learns the keys that lead on from those that are believed; gives how many were new.
pub(crate) fn learn(
    connection: &Connection,
    believed: &[PublicKey],
    said: &[KeyStatement],
) -> Result<usize> {
    let new = leading_on(believed, said);
    for statement in &new {
        let Some(key) = PublicKey::from_hex(&statement.key) else {
            continue;
        };
        let text = serde_json::to_string(statement)
            .map_err(|error| StoreError::Refused(error.to_string()))?;
        connection
            .prepare_cached(
                "insert into server_key (key, statement) values (?1, ?2) on conflict do nothing",
            )?
            .execute((key.bytes(), text))?;
    }
    Ok(new.len())
}

/// This key has answered: no key before it is believed any more. One of the enrolment has none before it.
pub(crate) fn answered(connection: &Connection, key: &PublicKey) -> Result<()> {
    connection
        .prepare_cached("update server_key set sole = 1 where key = ?1 and sole = 0")?
        .execute([key.bytes()])?;
    Ok(())
}
