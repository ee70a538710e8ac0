//! Table `workstation`: who this PC is. The signing key is made on the device and lies only inside this store.

use super::server_keys;
use crate::error::{Result, StoreError};
use onedoor_protocol::{
    Hash32, chain,
    enrol::{Enrolment, Lease},
    journal::WorkstationEnrolled,
    sign::{PublicKey, SecretKey},
};
use rusqlite::{Connection, OptionalExtension};

/// Office, counter, lease and the centre's keys, as enrolled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkstationState {
    /// As the centre gave it.
    pub enrolment: Enrolment,
    /// The centre's address.
    pub centre: String,
    keys: Vec<PublicKey>,
}

impl WorkstationState {
    /// The centre's public keys that are believed now.
    pub fn server_keys(&self) -> Vec<PublicKey> {
        self.keys.clone()
    }
}

pub(crate) fn create(connection: &Connection, seed: &[u8; 32]) -> Result<()> {
    connection.execute("insert into workstation (id, seed) values (1, ?1)", [seed])?;
    Ok(())
}

pub(crate) fn seed(connection: &Connection) -> Result<[u8; 32]> {
    let bytes: Vec<u8> = connection
        .prepare_cached("select seed from workstation where id = 1")?
        .query_row([], |row| row.get(0))?;
    bytes
        .try_into()
        .map_err(|_| StoreError::Damaged("the signing key".into()))
}

/// The enrolment; none before it.
pub fn state(connection: &Connection) -> Result<Option<WorkstationState>> {
    let row: Option<(Option<String>, Option<String>)> = connection
        .prepare_cached("select enrolment, centre from workstation where id = 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((Some(enrolment), Some(centre))) = row else {
        return Ok(None);
    };
    let enrolment: Enrolment = serde_json::from_str(&enrolment)
        .map_err(|_| StoreError::Damaged("the enrolment".into()))?;
    Ok(Some(WorkstationState {
        keys: server_keys::believed(connection, &enrolment)?,
        enrolment,
        centre,
    }))
}

/// Takes another lease into use; everything else of the enrolment stays.
pub(crate) fn set_lease(connection: &Connection, lease: Lease) -> Result<()> {
    let Some(state) = state(connection)? else {
        return Err(StoreError::NotEnrolled);
    };
    let enrolment = Enrolment {
        lease,
        ..state.enrolment
    };
    let enrolment = serde_json::to_string(&enrolment)
        .map_err(|error| StoreError::Refused(error.to_string()))?;
    connection.execute("update workstation set enrolment = ?1", [enrolment])?;
    Ok(())
}

/// The hash before the first line; none before enrolment.
pub(crate) fn genesis(connection: &Connection) -> Result<Option<Hash32>> {
    let Some(state) = state(connection)? else {
        return Ok(None);
    };
    let public = SecretKey::from_seed(&seed(connection)?).public();
    Ok(Some(chain::genesis(state.enrolment.ws, &public.bytes())))
}

/// Takes the enrolment and gives the hash before line 1. The line must name this store's own key.
pub(crate) fn enrol(connection: &Connection, enrolled: &WorkstationEnrolled) -> Result<Hash32> {
    let public = SecretKey::from_seed(&seed(connection)?).public();
    if enrolled.public_key != public.hex() {
        return Err(StoreError::Refused(
            "the enrolment names another key".into(),
        ));
    }
    let enrolment = serde_json::to_string(&enrolled.enrolment)
        .map_err(|error| StoreError::Refused(error.to_string()))?;
    connection.execute(
        "update workstation set ws = ?1, enrolment = ?2, centre = ?3 where id = 1",
        (
            enrolled.enrolment.ws.into_bytes(),
            enrolment,
            &enrolled.centre,
        ),
    )?;
    Ok(chain::genesis(enrolled.enrolment.ws, &public.bytes()))
}
