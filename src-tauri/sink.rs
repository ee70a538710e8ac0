//! From the desk to the window and the system: hints as events, PDFs in the system's viewer.

use onedoor_desk::{
    Desk, Event, Host,
    keyring::{Keyring, SystemKeyring},
};
use serde_json::json;
use std::{path::Path, sync::Arc};
use tauri::{AppHandle, Emitter};
use tauri_plugin_opener::OpenerExt;
use tokio::sync::broadcast::error::RecvError;

/// Passes the desk's hints on as the window's events.
pub(crate) fn forward(app: &AppHandle, desk: &Desk) {
    let app = app.clone();
    let mut events = desk.events();
    tauri::async_runtime::spawn(async move {
        loop {
            let (name, payload) = match events.recv().await {
                Ok(Event::Changed(tags)) => ("changed", json!({ "tags": tags })),
                Ok(Event::Sync) => ("sync", json!({})),
                Ok(Event::Session) => ("session", json!({})),
                Ok(Event::Scanned(text)) => ("scanned", json!({ "text": text })),
                // Hints were missed: say that everything may have changed.
                Err(RecvError::Lagged(_)) => (
                    "changed",
                    json!({ "tags": ["filings", "draft", "staff", "settings"] }),
                ),
                Err(RecvError::Closed) => return,
            };
            if let Err(error) = app.emit(name, payload) {
                tracing::warn!(%error, "a hint did not reach the window");
            }
        }
    });
}

/// The system around the window.
pub(crate) struct SystemHost(AppHandle);

impl SystemHost {
    pub(crate) fn new(app: &AppHandle) -> Self {
        SystemHost(app.clone())
    }
}

impl Host for SystemHost {
    fn open_pdf(&self, path: &Path) -> std::io::Result<()> {
        // A viewer can't be driven in tests: builds for the demo may lay the PDF into a folder instead.
        #[cfg(feature = "demo")]
        if let Some(folder) = std::env::var_os("ONEDOOR_OPEN_INTO") {
            let name = path.file_name().unwrap_or_default();
            return std::fs::copy(path, Path::new(&folder).join(name)).map(|_| ());
        }
        let path = path.to_string_lossy();
        self.0
            .opener()
            .open_path(path, None::<&str>)
            .map_err(std::io::Error::other)
    }

    /// Builds that are driven leave nothing in the keyring of whoever runs them, and open without one.
    fn keyring(&self) -> Option<Arc<dyn Keyring>> {
        if cfg!(any(feature = "demo", feature = "bench")) {
            return None;
        }
        SystemKeyring::of_this_system().map(|keyring| Arc::new(keyring) as Arc<dyn Keyring>)
    }
}
