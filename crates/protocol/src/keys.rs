//! How the centre's key changes: the key that is believed signs for the one that follows it, so that a workstation which
//! was away for any number of changes finds its way. Not here: what a stolen key means (no statement heals that: new
//! workstations must be enrolled).

use crate::sign::{PublicKey, SecretKey, SignatureBytes, Tag};
use serde::{Deserialize, Serialize};

/// The word of one key for the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyStatement {
    /// The next key, hex.
    pub key: String,
    /// The key that signed this, hex.
    pub by: String,
    /// RFC 3339, UTC.
    pub at: String,
    /// Over [`statement_payload`].
    pub sig: SignatureBytes,
}

/// The payload of a statement's signature.
pub fn statement_payload(by: &PublicKey, key: &PublicKey, at: &str) -> Vec<u8> {
    let mut payload = by.bytes().to_vec();
    payload.extend_from_slice(&key.bytes());
    payload.extend_from_slice(at.as_bytes());
    payload
}

impl KeyStatement {
    /// `by` says that `key` follows it.
    pub fn sign(by: &SecretKey, key: &PublicKey, at: &str) -> Self {
        let sig = by.sign(Tag::Key, &[&statement_payload(&by.public(), key, at)]);
        KeyStatement {
            key: key.hex(),
            by: by.public().hex(),
            at: at.to_string(),
            sig,
        }
    }

    /// The next key, if one of the keys that are believed signed for it.
    pub fn next(&self, believed: &[PublicKey]) -> Option<PublicKey> {
        let (by, key) = (
            PublicKey::from_hex(&self.by)?,
            PublicKey::from_hex(&self.key)?,
        );
        let payload = statement_payload(&by, &key, &self.at);
        let signed = by.verifies(Tag::Key, &[&payload], &self.sig);
        (signed && believed.contains(&by)).then_some(key)
    }
}

/// The statements that lead on from the believed keys to keys that are not believed yet, in the order in which they do.
pub fn leading_on(believed: &[PublicKey], said: &[KeyStatement]) -> Vec<KeyStatement> {
    let (mut believed, mut found) = (believed.to_vec(), Vec::new());
    while let Some((key, statement)) = said.iter().find_map(|statement| {
        let key = statement.next(&believed)?;
        (!believed.contains(&key)).then_some((key, statement))
    }) {
        believed.push(key);
        found.push(statement.clone());
    }
    found
}
