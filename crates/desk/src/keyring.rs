//! The operating system's keyring as the desk needs it: it holds the second share of clerks' slots. Where there is none,
//! or it is locked, slots are made without a share and the Office page says so; nothing falls back to a plain file.
//! Not here: the slots (`onedoor_store::keys`), the systems' own keyrings (`system`).

mod system;

use crate::{desk::Desk, dto::MachineBound, error::Result};
use onedoor_store::{Bound, KeyFile, Share, keys::Slot};
use std::sync::Arc;
use uuid::Uuid;

pub use system::SystemKeyring;

/// Why a keyring gave or took nothing: for the log, without secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyringClosed(pub String);

/// A keyring of the signed-in user of this PC. Every call blocks, within the limits that it names.
pub trait Keyring: Send + Sync {
    /// Whether it would take a share now without asking anybody. Answers within seconds.
    fn is_open(&self) -> bool;

    /// The share kept for a store; `Ok(None)` = nothing was kept. A locked keyring may ask the person to unlock it and
    /// waits up to a minute for that.
    fn load(&self, store: Uuid) -> Result<Option<Share>, KeyringClosed>;

    /// Keeps the share of a store, in place of an older one.
    fn keep(&self, store: Uuid, share: &Share) -> Result<(), KeyringClosed>;
}

impl Desk {
    /// None in a demo: sample data must open wherever it is copied.
    fn keyring(&self) -> Option<Arc<dyn Keyring>> {
        if self.demo() {
            return None;
        }
        self.0.config.host.keyring()
    }

    /// The share that a slot needs. None where it needs none, so that the keyring is not asked in vain, and where the
    /// keyring does not give it, which opening the slot then says.
    pub(crate) fn share_of(&self, store: Uuid, slot: &Slot) -> Option<Share> {
        if !slot.is_bound() {
            return None;
        }
        match self.keyring()?.load(store) {
            Ok(share) => share,
            Err(KeyringClosed(why)) => {
                tracing::warn!(%why, "the keyring did not open");
                None
            }
        }
    }

    /// The share for a slot that is being made: the store's own, or its first. None without an open keyring.
    pub(crate) fn share_for_new_slot(&self, store: Uuid) -> Option<Share> {
        let keyring = self.keyring()?;
        if !keyring.is_open() {
            tracing::info!("no open keyring: the slot is not bound to this PC");
            return None;
        }
        match kept_or_new(keyring.as_ref(), store) {
            Ok(share) => Some(share),
            Err(KeyringClosed(why)) => {
                tracing::warn!(%why, "the keyring kept nothing: the slot is not bound to this PC");
                None
            }
        }
    }
}

fn kept_or_new(keyring: &dyn Keyring, store: Uuid) -> Result<Share, KeyringClosed> {
    if let Some(share) = keyring.load(store)? {
        return Ok(share);
    }
    let share = Share::generate().map_err(|error| KeyringClosed(error.to_string()))?;
    keyring.keep(store, &share)?;
    // A share that can't be read back would lock the clerk out at the next start.
    match keyring.load(store)? {
        Some(kept) if kept == share => Ok(share),
        _ => Err(KeyringClosed("it does not give back what it took".into())),
    }
}

/// What the Office page says about the slots.
pub(crate) fn machine_bound(keys: &KeyFile) -> MachineBound {
    match keys.bound() {
        Bound::All => MachineBound::All,
        Bound::Some => MachineBound::Some,
        Bound::None => MachineBound::None,
    }
}
