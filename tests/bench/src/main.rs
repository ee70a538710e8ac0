//! `onedoor-bench NAME FOLDER [--report-only]`: measures the release build, writes `FOLDER/NAME.json` and fails when a
//! limit is broken. Not here: building what is measured and printing the table (`xtask`).

mod keys;
mod measure;
mod office;
mod pdf;
mod receive;
mod search;
mod start;
mod sync;
mod window;

use anyhow::{Result, bail};
use std::{path::Path, process::ExitCode};

fn main() -> ExitCode {
    // The only provider of TLS; a second installation would change nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match bench(&arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn bench(arguments: &[String]) -> Result<ExitCode> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if let ["sync-client-process", url, data] = words.as_slice() {
        sync::client_process(url, Path::new(data))?;
        return Ok(ExitCode::SUCCESS);
    }
    let (name, folder, limits) = match words.as_slice() {
        [name, folder] => (*name, Path::new(folder), measure::Limits::Hold),
        [name, folder, "--report-only"] => (*name, Path::new(folder), measure::Limits::Report),
        _ => bail!(
            "usage: onedoor-bench keys|pdf|receive|search|start|sync|sync-PART FOLDER [--report-only]"
        ),
    };
    std::fs::create_dir_all(folder)?;
    let rows = match name {
        "keys" => keys::rows(folder)?,
        "pdf" => pdf::rows()?,
        "receive" => receive::rows(folder)?,
        "search" => search::rows(folder)?,
        "start" => start::rows(folder)?,
        "sync" => sync::rows(folder, None)?,
        other => match other.strip_prefix("sync-") {
            Some(part) => sync::rows(folder, Some(part))?,
            None => bail!("no bench is called {other}"),
        },
    };
    measure::write(&folder.join(format!("{name}.json")), &rows)?;
    let broken: Vec<_> = rows.iter().filter_map(measure::Row::broken).collect();
    for sentence in &broken {
        eprintln!("{sentence}");
    }
    Ok(match (broken.is_empty(), limits) {
        (true, _) | (false, measure::Limits::Report) => ExitCode::SUCCESS,
        (false, measure::Limits::Hold) => ExitCode::FAILURE,
    })
}
