//! The shell: the window around the desk. The only crate that knows Tauri. Not here: any rule of the counter.

#[cfg(feature = "bench")]
mod bench;
mod commands;
#[cfg(feature = "demo")]
mod demo;
mod sink;
mod window;

use onedoor_desk::{Commands, Desk, DeskConfig, DeskError, Host, clock::SystemClock};
use std::{path::PathBuf, process::ExitCode, sync::Arc};
use tauri::Manager;
use tracing_subscriber::EnvFilter;

/// Starts the workstation and returns when its window is closed.
pub fn main() -> ExitCode {
    // Before any client of HTTP is built: exactly one provider of TLS.
    if rustls::crypto::ring::default_provider()
        .install_default()
        .is_err()
    {
        eprintln!("another TLS provider is installed already");
    }
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,onedoor=info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    window::prepare_web_view();
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Onedoor could not start: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    tauri::async_runtime::set(runtime.handle().clone());
    let handle = runtime.handle().clone();
    #[cfg(feature = "demo")]
    if demo::only_seed() {
        return Ok(demo::seed_and_leave(handle)?);
    }
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, _args, _folder| {
            window::show(app)
        }))
        .plugin(tauri_plugin_opener::init())
        .invoke_handler(commands::handler())
        .setup(move |app| {
            let desk = desk(app.handle(), handle)?;
            sink::forward(app.handle(), &desk);
            app.manage(Commands(desk));
            window::open(app.handle())?;
            Ok(())
        })
        .build(tauri::generate_context!())?;
    app.run(|_app, _event| {});
    drop(runtime);
    Ok(())
}

fn desk(
    app: &tauri::AppHandle,
    runtime: tokio::runtime::Handle,
) -> Result<Desk, Box<dyn std::error::Error>> {
    let folder = match std::env::var_os("ONEDOOR_DATA") {
        Some(folder) => PathBuf::from(folder),
        None => app.path().app_local_data_dir()?,
    };
    let desk = Desk::new(config(
        folder,
        Arc::new(sink::SystemHost::new(app)),
        runtime,
    ))
    .map_err(told)?;
    #[cfg(feature = "demo")]
    demo::seed(&desk)?;
    Ok(desk)
}

fn config(folder: PathBuf, host: Arc<dyn Host>, runtime: tokio::runtime::Handle) -> DeskConfig {
    #[cfg(feature = "demo")]
    let demo = demo::demo();
    #[cfg(not(feature = "demo"))]
    let demo = None;
    DeskConfig {
        folder,
        version: env!("CARGO_PKG_VERSION").to_string(),
        clock: Arc::new(SystemClock::default()),
        host,
        print_server: "ipp://localhost:631/".to_string(),
        runtime,
        demo,
    }
}

/// The reason of a failed start, for the terminal.
fn told(error: DeskError) -> String {
    format!("{:?} {}", error.code, error.detail)
}
