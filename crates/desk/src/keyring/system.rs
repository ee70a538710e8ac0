//! The keyring that this PC's system has: the Secret Service on Linux, the Credential Manager on Windows, none elsewhere.
//! Both may hang (a prompt that nobody sees, a dead bus), so every call runs on a thread of its own with a limit.

use super::{Keyring, KeyringClosed};
use onedoor_store::Share;
use std::{collections::HashMap, sync::mpsc, time::Duration};
use uuid::Uuid;

/// How long a keyring may take that nobody has to unlock.
const ANSWER: Duration = Duration::from_secs(5);
/// How long a person may take to unlock it.
const UNLOCKING: Duration = Duration::from_secs(60);
/// Under which service shares are kept; the user name is the store's id.
const SERVICE: &str = "onedoor";

/// See the module. Made only where the system has a keyring; whether it is open is asked when it is needed.
#[derive(Debug, Clone, Copy)]
pub struct SystemKeyring(());

impl SystemKeyring {
    /// The keyring of this system, untouched; none where this program knows none.
    pub fn of_this_system() -> Option<Self> {
        cfg!(any(target_os = "linux", windows)).then_some(SystemKeyring(()))
    }
}

impl Keyring for SystemKeyring {
    fn is_open(&self) -> bool {
        within(ANSWER, native::is_open).unwrap_or_else(|KeyringClosed(why)| {
            tracing::info!(%why, "no keyring answers");
            false
        })
    }

    fn load(&self, store: Uuid) -> Result<Option<Share>, KeyringClosed> {
        let text = within(UNLOCKING, move || match entry(store)?.get_password() {
            Ok(text) => Ok(Some(text)),
            Err(keyring_core::Error::NoEntry) => Ok(None),
            Err(error) => Err(closed(error)),
        })?;
        // Text that is no share was not kept by this program: as good as none, and the next new slot replaces it.
        Ok(text.and_then(|text| Share::from_hex(&text)))
    }

    fn keep(&self, store: Uuid, share: &Share) -> Result<(), KeyringClosed> {
        let share = share.clone();
        within(ANSWER, move || {
            entry(store)?.set_password(&share.hex()).map_err(closed)
        })
    }
}

fn entry(store: Uuid) -> Result<keyring_core::Entry, KeyringClosed> {
    let modifiers = HashMap::from(native::MODIFIERS);
    native::store()?
        .build(SERVICE, &store.to_string(), Some(&modifiers))
        .map_err(closed)
}

fn closed(error: impl std::fmt::Display) -> KeyringClosed {
    KeyringClosed(error.to_string())
}

/// Runs on a thread that is left behind when it takes too long: the systems' calls can't be cancelled.
fn within<T: Send + 'static>(
    limit: Duration,
    body: impl FnOnce() -> Result<T, KeyringClosed> + Send + 'static,
) -> Result<T, KeyringClosed> {
    let (tell, told) = mpsc::sync_channel(1);
    std::thread::Builder::new()
        .name("keyring".into())
        .spawn(move || {
            // Nobody waits any more after the limit.
            let _ = tell.send(body());
        })
        .map_err(closed)?;
    told.recv_timeout(limit)
        .unwrap_or_else(|_| Err(KeyringClosed("no answer in time".into())))
}

#[cfg(target_os = "linux")]
mod native {
    use super::{KeyringClosed, closed};
    use keyring_core::CredentialStore;
    use std::sync::Arc;
    use zbus::{
        blocking::Connection,
        zvariant::{OwnedObjectPath, OwnedValue},
    };

    /// What the person reads in the system's own keyring program.
    pub(super) const MODIFIERS: [(&str, &str); 1] = [("label", "Onedoor (Một Cửa)")];
    const BUS_NAME: &str = "org.freedesktop.secrets";

    /// Asks the Secret Service directly, since the credential store would show a prompt to find out.
    pub(super) fn is_open() -> Result<bool, KeyringClosed> {
        let bus = Connection::session().map_err(closed)?;
        let (path, interface) = (
            "/org/freedesktop/secrets",
            Some("org.freedesktop.Secret.Service"),
        );
        let answer = bus
            .call_method(Some(BUS_NAME), path, interface, "ReadAlias", &"default")
            .map_err(closed)?;
        let collection: OwnedObjectPath = answer.body().deserialize().map_err(closed)?;
        if collection.as_str() == "/" {
            // Without a default collection, keeping something would ask the person for a new password.
            return Ok(false);
        }
        let interface = Some("org.freedesktop.DBus.Properties");
        let property = ("org.freedesktop.Secret.Collection", "Locked");
        let answer = bus
            .call_method(Some(BUS_NAME), collection, interface, "Get", &property)
            .map_err(closed)?;
        let locked: OwnedValue = answer.body().deserialize().map_err(closed)?;
        Ok(!bool::try_from(locked).map_err(closed)?)
    }

    pub(super) fn store() -> Result<Arc<CredentialStore>, KeyringClosed> {
        let store = zbus_secret_service_keyring_store::Store::new().map_err(closed)?;
        Ok(store)
    }
}

#[cfg(windows)]
mod native {
    use super::{KeyringClosed, closed};
    use keyring_core::CredentialStore;
    use std::sync::Arc;

    /// Stays on this PC: a roaming profile must not carry the share to where the folder may be copied.
    pub(super) const MODIFIERS: [(&str, &str); 1] = [("persistence", "Local")];

    /// The Credential Manager is open as long as its user is signed in to Windows.
    pub(super) fn is_open() -> Result<bool, KeyringClosed> {
        Ok(true)
    }

    pub(super) fn store() -> Result<Arc<CredentialStore>, KeyringClosed> {
        let store = windows_native_keyring_store::Store::new().map_err(closed)?;
        Ok(store)
    }
}

#[cfg(not(any(target_os = "linux", windows)))]
mod native {
    use super::KeyringClosed;
    use keyring_core::CredentialStore;
    use std::sync::Arc;

    pub(super) const MODIFIERS: [(&str, &str); 0] = [];

    pub(super) fn is_open() -> Result<bool, KeyringClosed> {
        Ok(false)
    }

    pub(super) fn store() -> Result<Arc<CredentialStore>, KeyringClosed> {
        Err(KeyringClosed("this system's keyring is not known".into()))
    }
}
