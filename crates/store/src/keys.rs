//! One random master key a workstation, and `keys.json` with a slot for each clerk, for the recovery paper and for the
//! administrator, as LUKS has them. From the master key come the working keys by HKDF-SHA256.
//! Not here: who may make a slot (desk), the operating system's keyring (desk) and the share it holds (`share`).

use crate::{
    durable,
    error::{Result, StoreError},
    share::{Share, ShareId},
};
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::{
    XChaCha20Poly1305,
    aead::{Aead, KeyInit, Payload},
};
use hkdf::Hkdf;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::path::Path;
use uuid::Uuid;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// 32 random bytes; everything else follows from them.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct MasterKey([u8; 32]);

/// The working keys.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Keys {
    pub(crate) db: [u8; 32],
    pub(crate) blob: [u8; 32],
    pub(crate) name: [u8; 32],
    pub(crate) canary: [u8; 32],
}

/// Random bytes of the operating system.
pub fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|error| StoreError::Refused(format!("no random bytes: {error}")))?;
    Ok(bytes)
}

impl MasterKey {
    /// A new one.
    pub fn generate() -> Result<Self> {
        Ok(MasterKey(random()?))
    }

    /// From known bytes: test vectors only.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        MasterKey(bytes)
    }

    /// HKDF-SHA256 without salt, labels `onedoor-1 db`, `… blob`, `… name`, `… canary`.
    pub fn derive(&self) -> Result<Keys> {
        let hkdf = Hkdf::<Sha256>::new(None, &self.0);
        let expand = |label: &str| -> Result<[u8; 32]> {
            let mut key = [0; 32];
            hkdf.expand(format!("onedoor-1 {label}").as_bytes(), &mut key)
                .map_err(|error| StoreError::Refused(error.to_string()))?;
            Ok(key)
        };
        Ok(Keys {
            db: expand("db")?,
            blob: expand("blob")?,
            name: expand("name")?,
            canary: expand("canary")?,
        })
    }
}

impl Keys {
    /// The key under a label, hex: for test vectors.
    pub fn hex(&self, label: &str) -> Option<String> {
        let key = match label {
            "db" => &self.db,
            "blob" => &self.blob,
            "name" => &self.name,
            "canary" => &self.canary,
            _ => return None,
        };
        Some(hex::encode(key))
    }
}

/// Whose slot it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SlotKind {
    /// A clerk's password.
    Clerk,
    /// The recovery paper.
    Paper,
    /// The administrator's password.
    Admin,
}

/// How hard a password is to guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// KiB of memory.
    pub memory: u32,
    /// Passes.
    pub passes: u32,
}

impl Cost {
    /// 64 MiB, 3 passes: about a quarter of a second on an old office PC.
    pub const PASSWORD: Cost = Cost {
        memory: 64 * 1024,
        passes: 3,
    };
    /// The recovery code has 160 random bits: it needs no stretching, only a uniform form.
    pub const RECOVERY: Cost = Cost {
        memory: 8 * 1024,
        passes: 1,
    };
    /// More than this is no slot of ours: a changed file must not eat the machine's memory.
    const MOST: Cost = Cost {
        memory: 1024 * 1024,
        passes: 64,
    };
}

/// One way to the master key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// The clerk's id, or the slot's own.
    pub id: Uuid,
    /// Whose.
    pub kind: SlotKind,
    /// Shown on the sign-in page; empty for the paper.
    pub name: String,
    /// `clerk`, `supervisor`, `admin`: shown only, the store's staff table decides.
    pub role: String,
    cost: Cost,
    salt: String,
    nonce: String,
    wrapped: String,
    /// The share in the operating system's keyring that is needed beside the password; none = the password is enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    share: Option<ShareId>,
}

/// What opens a slot: a typed secret, and the keyring's share where there is one.
#[derive(Clone, Copy)]
struct Secrets<'a> {
    typed: &'a str,
    share: Option<&'a Share>,
}

/// How far the clerks' slots are bound to this PC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// Every clerk's slot needs the keyring's share: a copied folder opens with the recovery paper only.
    All,
    /// Some do.
    Some,
    /// A password is enough for each.
    None,
}

/// Layout of `keys.json`.
const VERSION: u32 = 1;

#[derive(Deserialize)]
struct Versioned {
    v: u32,
}

/// `keys.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyFile {
    v: u32,
    /// The store these keys are for; the database carries the same.
    pub store: Uuid,
    /// All slots.
    pub slots: Vec<Slot>,
}

fn key_encryption_key(
    secrets: Secrets<'_>,
    salt: &[u8],
    cost: Cost,
) -> Result<Zeroizing<[u8; 32]>> {
    let refused = |error: String| StoreError::Refused(error);
    if cost.memory > Cost::MOST.memory || cost.passes > Cost::MOST.passes {
        return Err(StoreError::Damaged("keys.json".into()));
    }
    let params = Params::new(cost.memory, cost.passes, 1, Some(32))
        .map_err(|_| StoreError::Damaged("keys.json".into()))?;
    let mut stretched = Zeroizing::new([0_u8; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(secrets.typed.as_bytes(), salt, stretched.as_mut())
        .map_err(|error| refused(error.to_string()))?;
    let share = secrets.share.map(|share| share.bytes().as_slice());
    let hkdf = Hkdf::<Sha256>::new(share, stretched.as_ref());
    let mut key = Zeroizing::new([0_u8; 32]);
    hkdf.expand(b"onedoor-1 slot", key.as_mut())
        .map_err(|error| refused(error.to_string()))?;
    Ok(key)
}

fn unhex(text: &str) -> Result<Vec<u8>> {
    hex::decode(text).map_err(|_| StoreError::Damaged("keys.json".into()))
}

impl Slot {
    /// Whether the keyring's share is needed beside the password.
    pub fn is_bound(&self) -> bool {
        self.share.is_some()
    }

    fn seal(
        store: Uuid,
        (id, kind, name, role): (Uuid, SlotKind, &str, &str),
        secrets: Secrets<'_>,
        cost: Cost,
        master: &MasterKey,
    ) -> Result<Slot> {
        let salt: [u8; 16] = random()?;
        let nonce: [u8; 24] = random()?;
        let key = key_encryption_key(secrets, &salt, cost)?;
        let cipher = XChaCha20Poly1305::new((&*key).into());
        let bound = Self::bound(store, id);
        let wrapped = cipher
            .encrypt(
                (&nonce).into(),
                Payload {
                    msg: &master.0,
                    aad: &bound,
                },
            )
            .map_err(|_| StoreError::Refused("sealing failed".into()))?;
        let (salt, nonce, wrapped) = (hex::encode(salt), hex::encode(nonce), hex::encode(wrapped));
        Ok(Slot {
            id,
            kind,
            name: name.into(),
            role: role.into(),
            cost,
            salt,
            nonce,
            wrapped,
            share: secrets.share.map(Share::id).transpose()?,
        })
    }

    fn open(&self, store: Uuid, secrets: Secrets<'_>) -> Result<MasterKey> {
        let held = secrets.share.map(Share::id).transpose()?;
        // Only the share that the slot was made with goes in: an unbound slot takes none, whatever the keyring holds.
        let share = match &self.share {
            None => None,
            Some(needed) if held.as_ref() == Some(needed) => secrets.share,
            Some(_) => return Err(StoreError::ShareMissing),
        };
        let secrets = Secrets { share, ..secrets };
        let key = key_encryption_key(secrets, &unhex(&self.salt)?, self.cost)?;
        let nonce: [u8; 24] = unhex(&self.nonce)?
            .try_into()
            .map_err(|_| StoreError::Damaged("keys.json".into()))?;
        let bound = Self::bound(store, self.id);
        let plain = XChaCha20Poly1305::new((&*key).into())
            .decrypt(
                (&nonce).into(),
                Payload {
                    msg: &unhex(&self.wrapped)?,
                    aad: &bound,
                },
            )
            .map_err(|_| StoreError::WrongSecret)?;
        let plain = Zeroizing::new(plain);
        let bytes = <[u8; 32]>::try_from(plain.as_slice()).map_err(|_| StoreError::WrongSecret)?;
        Ok(MasterKey(bytes))
    }

    fn bound(store: Uuid, id: Uuid) -> Vec<u8> {
        [
            b"onedoor-slot-1".as_slice(),
            store.as_bytes(),
            id.as_bytes(),
        ]
        .concat()
    }
}

impl KeyFile {
    /// An empty file for a new store.
    pub fn new(store: Uuid) -> Self {
        KeyFile {
            v: VERSION,
            store,
            slots: Vec::new(),
        }
    }

    /// Reads `keys.json`; none when it does not exist.
    pub fn load(path: &Path) -> Result<Option<Self>> {
        match std::fs::read(path) {
            Ok(bytes) => Self::read(&bytes).map(Some),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StoreError::io(path)(error)),
        }
    }

    fn read(bytes: &[u8]) -> Result<Self> {
        let damaged = |_| StoreError::Damaged("keys.json".into());
        // The version first: a newer layout may have other fields.
        let Versioned { v } = serde_json::from_slice(bytes).map_err(damaged)?;
        if v != VERSION {
            return Err(StoreError::NewerSchema {
                found: v,
                known: VERSION,
            });
        }
        serde_json::from_slice(bytes).map_err(damaged)
    }

    /// Writes it durably.
    pub fn save(&self, path: &Path) -> Result<()> {
        let bytes = serde_json::to_vec_pretty(self)
            .map_err(|error| StoreError::Refused(error.to_string()))?;
        durable::write(path, &bytes)
    }

    /// Makes or replaces a clerk's slot: with a share it opens by password and share, else by the password alone.
    pub fn set_clerk(
        &mut self,
        (id, name, role): (Uuid, &str, &str),
        password: &str,
        share: Option<&Share>,
        master: &MasterKey,
    ) -> Result<()> {
        let secrets = Secrets {
            typed: password,
            share,
        };
        let kind = if role == "admin" {
            SlotKind::Admin
        } else {
            SlotKind::Clerk
        };
        let slot = Slot::seal(
            self.store,
            (id, kind, name, role),
            secrets,
            Cost::PASSWORD,
            master,
        )?;
        self.put(slot);
        Ok(())
    }

    /// Makes the recovery paper's slot and gives its id; an older paper stops working with the next save.
    /// Never bound to a keyring: the paper is for the day on which the PC is gone.
    pub fn set_paper(&mut self, code: &RecoveryCode, master: &MasterKey) -> Result<Uuid> {
        self.slots.retain(|slot| slot.kind != SlotKind::Paper);
        let id = Uuid::from_bytes(random()?);
        let slot = Slot::seal(
            self.store,
            (id, SlotKind::Paper, "", ""),
            code.secrets(),
            Cost::RECOVERY,
            master,
        )?;
        self.put(slot);
        Ok(id)
    }

    fn put(&mut self, slot: Slot) {
        match self.slots.iter_mut().find(|old| old.id == slot.id) {
            Some(old) => *old = slot,
            None => self.slots.push(slot),
        }
    }

    /// How far the clerks' slots are bound to this PC.
    pub fn bound(&self) -> Bound {
        let clerks = self
            .slots
            .iter()
            .filter(|slot| slot.kind != SlotKind::Paper);
        let (all, bound) = clerks.fold((0, 0), |(all, bound), slot| {
            (all + 1, bound + usize::from(slot.is_bound()))
        });
        match bound {
            0 => Bound::None,
            bound if bound == all => Bound::All,
            _ => Bound::Some,
        }
    }

    /// The master key by a clerk's password, and the keyring's share where the slot needs it.
    /// [`StoreError::ShareMissing`] says that no password will do without the share.
    pub fn open_clerk(
        &self,
        clerk: Uuid,
        password: &str,
        share: Option<&Share>,
    ) -> Result<MasterKey> {
        let slot = self
            .slots
            .iter()
            .find(|slot| slot.id == clerk && slot.kind != SlotKind::Paper);
        let secrets = Secrets {
            typed: password,
            share,
        };
        slot.ok_or(StoreError::NotFound("clerk"))?
            .open(self.store, secrets)
    }

    /// The master key by the recovery paper.
    pub fn open_paper(&self, code: &RecoveryCode) -> Result<MasterKey> {
        let slot = self.slots.iter().find(|slot| slot.kind == SlotKind::Paper);
        slot.ok_or(StoreError::NotFound("recovery paper"))?
            .open(self.store, code.secrets())
    }
}

/// The code on the recovery paper: 160 random bits as 8 groups of 4 letters and digits that can't be mistaken.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct RecoveryCode(String);

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl RecoveryCode {
    /// A new one.
    pub fn generate() -> Result<Self> {
        let bytes: [u8; 32] = random()?;
        let letters = bytes
            .iter()
            .map(|byte| char::from(ALPHABET[usize::from(byte % 32)]))
            .collect();
        Ok(RecoveryCode(letters))
    }

    fn secrets(&self) -> Secrets<'_> {
        Secrets {
            typed: &self.0,
            share: None,
        }
    }

    /// As typed: case, blanks and hyphens do not matter, O is 0, I and L are 1.
    pub fn parse(text: &str) -> Option<Self> {
        let mut code = String::new();
        for letter in text
            .chars()
            .filter(|letter| !letter.is_whitespace() && *letter != '-')
        {
            let letter = match letter.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            if !letter.is_ascii() || !ALPHABET.contains(&(letter as u8)) {
                return None;
            }
            code.push(letter);
        }
        (code.len() == 32).then_some(RecoveryCode(code))
    }

    /// "ABCD-EFGH-…", eight groups.
    pub fn groups(&self) -> String {
        let letters: Vec<char> = self.0.chars().collect();
        letters
            .chunks(4)
            .map(|group| group.iter().collect::<String>())
            .collect::<Vec<_>>()
            .join("-")
    }
}
