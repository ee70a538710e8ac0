//! The shell: the window around the desk. The only crate that knows Tauri. Not here: any rule of the counter.

#[cfg(feature = "bench")]
mod bench;
mod commands;
mod sink;
mod window;

use onedoor_desk::{Commands, Demo, Desk, DeskConfig, DeskError, clock::SystemClock};
use std::{path::PathBuf, process::ExitCode, sync::Arc};
use tauri::Manager;
use tracing_subscriber::EnvFilter;

/// Starts the workstation and returns when its window is closed.
pub fn main() -> ExitCode {
    // Before any client of HTTP is built: exactly one provider of TLS.
    if rustls::crypto::ring::default_provider().install_default().is_err() {
        eprintln!("another TLS provider is installed already");
    }
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,onedoor=info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    window::prepare_graphics();
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Onedoor could not start: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    tauri::async_runtime::set(runtime.handle().clone());
    let handle = runtime.handle().clone();
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, _args, _folder| window::show(app)))
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

fn desk(app: &tauri::AppHandle, runtime: tokio::runtime::Handle) -> Result<Desk, Box<dyn std::error::Error>> {
    let folder = match std::env::var_os("ONEDOOR_DATA") {
        Some(folder) => PathBuf::from(folder),
        None => app.path().app_local_data_dir()?,
    };
    let config = DeskConfig {
        folder,
        version: env!("CARGO_PKG_VERSION").to_string(),
        clock: Arc::new(SystemClock::default()),
        host: Arc::new(sink::SystemHost::new(app)),
        print_server: "ipp://localhost:631/".to_string(),
        runtime,
        demo: demo(),
    };
    let desk = Desk::new(config).map_err(told)?;
    seed(&desk)?;
    Ok(desk)
}

/// The reason of a failed start, for the terminal.
fn told(error: DeskError) -> String {
    format!("{:?} {}", error.code, error.detail)
}

#[cfg(feature = "demo")]
fn demo() -> Option<Demo> {
    let value = std::env::var("ONEDOOR_DEMO").ok()?;
    let (centre, code) = value.split_once(',')?;
    Some(Demo { centre: centre.to_string(), code: code.to_string() })
}

#[cfg(not(feature = "demo"))]
fn demo() -> Option<Demo> {
    None
}

/// Fills a demo office at its first start, saying how far it is.
#[cfg(feature = "demo")]
fn seed(desk: &Desk) -> Result<(), String> {
    if demo().is_none() {
        return Ok(());
    }
    let progress = |done: u32, total: u32| {
        if done % 200 == 0 || done == total {
            eprintln!("demo office: {done} of {total} filings");
        }
    };
    desk.seed_demo(&progress).map(|_| ()).map_err(told)
}

#[cfg(not(feature = "demo"))]
fn seed(_desk: &Desk) -> Result<(), String> {
    Ok(())
}
