//! The centre's key: made once in the data folder, it signs hello, enrolments and countersignatures, and guards the
//! nonces of read requests. Another one may take its place, which the one before signs for. Not here: who is told.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use onedoor_protocol::{
    Hash32, batch,
    keys::KeyStatement,
    sign::{PublicKey, SecretKey, SignatureBytes, Tag},
};
use sha2::Sha256;
use uuid::Uuid;

/// Name of the key's file in the data folder: 32 raw bytes, readable by the owner only.
pub const KEY_FILE: &str = "server.key";
/// Name of the file beside it that says how the key changed.
const STATEMENTS_FILE: &str = "server.keys.json";
/// How long a nonce for reads is good, in seconds.
const NONCE_SECONDS: i64 = 600;
const MAC_BYTES: usize = 16;

/// Holder of the centre's signing key.
#[derive(Debug)]
pub struct Notary {
    key: SecretKey,
    nonce_key: [u8; 64],
    statements: Vec<KeyStatement>,
}

impl Notary {
    /// From 32 bytes of a good random source.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        let mut nonce_key = [0; 64];
        nonce_key[..32].copy_from_slice(&Hash32::of(&[b"onedoor-read-nonce-1", seed]).0);
        Notary {
            key: SecretKey::from_seed(seed),
            nonce_key,
            statements: Vec::new(),
        }
    }

    /// Reads the key of a data folder, or makes it (mode 600 where the system knows modes).
    pub fn open(data: &Path) -> io::Result<Self> {
        let path = data.join(KEY_FILE);
        if !path.exists() {
            make_key(data, &path)?;
        }
        let bytes = fs::read(&path)?;
        let seed = <[u8; 32]>::try_from(bytes.as_slice()).map_err(|_| {
            io::Error::new(io::ErrorKind::InvalidData, "server.key is not 32 bytes")
        })?;
        Ok(Notary {
            statements: read_statements(data)?,
            ..Self::from_seed(&seed)
        })
    }

    /// Puts a new key in the place of a data folder's key, which signs for it and then is gone. A program that runs goes on
    /// with the old one until its next start.
    pub fn rotate(data: &Path, at: &str) -> io::Result<KeyStatement> {
        let before = Notary::open(data)?;
        let seed = random::<32>()?;
        let next = SecretKey::from_seed(&seed).public();
        let statement = KeyStatement::sign(&before.key, &next, at);
        let mut statements = before.statements;
        statements.push(statement.clone());
        // First the word, then the key: a key that nobody signed for would be believed by nobody.
        let text = serde_json::to_vec_pretty(&statements)?;
        replace(data, STATEMENTS_FILE, &text)?;
        replace(data, KEY_FILE, &seed)?;
        Ok(statement)
    }

    /// How the key changed, the first change first.
    pub fn statements(&self) -> &[KeyStatement] {
        &self.statements
    }

    /// This key, and all that were before it.
    pub fn keys(&self) -> Vec<PublicKey> {
        let before = self.statements.iter();
        let before = before.filter_map(|statement| PublicKey::from_hex(&statement.by));
        before.chain([self.public()]).collect()
    }

    /// The signing key.
    pub fn key(&self) -> &SecretKey {
        &self.key
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        self.key.public()
    }

    /// Signs a workstation's state at a moment.
    pub fn countersign(
        &self,
        ws: Uuid,
        next_seq: u64,
        head: &Hash32,
        at: Timestamp,
    ) -> SignatureBytes {
        let payload = batch::ack_payload(ws, next_seq, head, &wire_time(at));
        self.key.sign(Tag::Ack, &[&payload])
    }

    /// A nonce for read requests: the second it was made, and proof that this centre made it. Nothing is kept.
    pub fn nonce(&self, now: Timestamp) -> String {
        let second = now.as_second().to_be_bytes();
        format!("{}{}", hex::encode(second), hex::encode(self.mac(&second)))
    }

    /// Whether `nonce` is one of ours and not older than ten minutes.
    pub fn knows_nonce(&self, nonce: &str, now: Timestamp) -> bool {
        let mut bytes = [0; 8 + MAC_BYTES];
        if hex::decode_to_slice(nonce, &mut bytes).is_err() {
            return false;
        }
        let (second, mac) = bytes.split_at(8);
        let Ok(second) = <[u8; 8]>::try_from(second) else {
            return false;
        };
        let age = now.as_second().saturating_sub(i64::from_be_bytes(second));
        // Comparing the hashes of both sides tells an attacker nothing about how far a guess was right.
        let genuine = Hash32::of(&[&self.mac(&second)]) == Hash32::of(&[mac]);
        genuine && (0..=NONCE_SECONDS).contains(&age)
    }

    fn mac(&self, message: &[u8]) -> [u8; MAC_BYTES] {
        let mut short = [0; MAC_BYTES];
        let mut mac = Hmac::<Sha256>::new(&self.nonce_key.into());
        mac.update(message);
        short.copy_from_slice(&mac.finalize().into_bytes()[..MAC_BYTES]);
        short
    }
}

/// A moment as the protocol writes it: RFC 3339 in UTC, to the millisecond.
pub fn wire_time(at: Timestamp) -> String {
    format!("{at:.3}")
}

/// Random bytes from the system.
pub fn random<const N: usize>() -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(bytes)
}

fn read_statements(data: &Path) -> io::Result<Vec<KeyStatement>> {
    match fs::read(data.join(STATEMENTS_FILE)) {
        Ok(bytes) => Ok(serde_json::from_slice(&bytes)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// Written aside, durable, and renamed over what was there.
fn replace(data: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let aside = aside(data, name, bytes)?;
    fs::rename(aside, data.join(name))?;
    sync_folder(data)
}

/// A durable file for the owner's eyes only, beside the one that it shall become.
fn aside(data: &Path, name: &str, bytes: &[u8]) -> io::Result<std::path::PathBuf> {
    let aside = data.join(format!("{name}.{}", Uuid::new_v4().simple()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&aside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    Ok(aside)
}

/// Written aside and linked into place, so that two starting programs agree on one key and none reads half of it.
fn make_key(data: &Path, path: &Path) -> io::Result<()> {
    let aside = aside(data, KEY_FILE, &random::<32>()?)?;
    let linked = fs::hard_link(&aside, path);
    fs::remove_file(&aside)?;
    match linked {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => sync_folder(data),
    }
}

fn sync_folder(data: &Path) -> io::Result<()> {
    if cfg!(unix) {
        fs::File::open(data)?.sync_all()
    } else {
        Ok(())
    }
}
