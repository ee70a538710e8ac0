//! The one window: its size, its first colour, and what the web view needs on this system.

use tauri::{AppHandle, Manager, WebviewUrl, WebviewWindowBuilder, window::Color};

const LABEL: &str = "main";

/// What WebKit can only be told by its surroundings. A choice of the user's own goes first.
#[cfg(target_os = "linux")]
const WEB_VIEW: &[(&str, &str)] = &[
    // It shows a blank window with some graphics drivers otherwise.
    ("WEBKIT_DISABLE_DMABUF_RENDERER", "1"),
    // The optimising compilers cost threads and tens of megabytes, for loops that a form does not have (ADR 0015).
    ("JSC_useDFGJIT", "0"),
];

/// Chooses for the web view what suits a form on a small PC.
pub(crate) fn prepare_web_view() {
    #[cfg(target_os = "linux")]
    for (name, value) in WEB_VIEW {
        if std::env::var_os(name).is_none() {
            #[allow(unsafe_code, clippy::disallowed_methods)]
            // SAFETY: called first in `main`, before any other thread exists.
            unsafe {
                std::env::set_var(name, value);
            }
        }
    }
}

/// Opens the window.
pub(crate) fn open(app: &AppHandle) -> tauri::Result<()> {
    let builder = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App("index.html".into()))
        .title("Một Cửa")
        .inner_size(1366.0, 696.0)
        .min_inner_size(640.0, 480.0)
        .background_color(Color(0xF5, 0xF6, 0xF4, 0xFF));
    #[cfg(feature = "bench")]
    let builder = crate::bench::watched(builder);
    let window = builder.build()?;
    enable_input_methods(&window)
}

/// Vietnamese input methods compose inside the field; without pre-edit WebKitGTK shows their work beside it.
fn enable_input_methods(window: &tauri::WebviewWindow) -> tauri::Result<()> {
    #[cfg(target_os = "linux")]
    window.with_webview(|view| {
        use webkit2gtk::{InputMethodContextExt, WebViewExt};
        if let Some(context) = view.inner().input_method_context() {
            context.set_enable_preedit(true);
        }
    })?;
    #[cfg(not(target_os = "linux"))]
    let _ = window;
    Ok(())
}

/// Brings the window to the front: a second start ends here.
pub(crate) fn show(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(LABEL) {
        let shown = window
            .unminimize()
            .and_then(|()| window.show())
            .and_then(|()| window.set_focus());
        if let Err(error) = shown {
            tracing::warn!(%error, "the window could not be brought to the front");
        }
    }
}
