//! For `bench start` only (feature `bench`, never shipped): runs the bench's script before the page and passes on what it
//! says through the window's title. Not here: what is measured (`tests/bench`).

use std::io::Write;
use tauri::{Manager, Runtime, WebviewWindowBuilder};

/// The window as it is, or watched when the bench has started it.
pub(crate) fn watched<'a, R: Runtime, M: Manager<R>>(
    window: WebviewWindowBuilder<'a, R, M>,
) -> WebviewWindowBuilder<'a, R, M> {
    let Ok(script) = std::env::var("ONEDOOR_BENCH_SCRIPT") else {
        return window;
    };
    window
        .initialization_script(script)
        .on_document_title_changed(|_window, title| {
            if let Some(said) = title.strip_prefix("bench:") {
                let mut out = std::io::stdout();
                // A bench that has gone needs no answer.
                let _ = writeln!(out, "{said}").and_then(|()| out.flush());
            }
        })
}
