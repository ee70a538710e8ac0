//! The demo office in builds that know of it: where its centre is, filling it at its first start, or filling it only
//! (`onedoor --seed-demo`), so that a driven window does not wait behind sixty days of filings.

use crate::{config, told};
use onedoor_desk::{Demo, DemoOffice, Desk, Host};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

/// The centre, its one-time code and, for a mission abroad, the word `mission`, from ONEDOOR_DEMO.
pub(crate) fn demo() -> Option<Demo> {
    let value = std::env::var("ONEDOOR_DEMO").ok()?;
    let mut parts = value.split(',');
    let (centre, code) = (parts.next()?, parts.next()?);
    Some(Demo {
        centre: centre.to_string(),
        code: code.to_string(),
        office: match parts.next() {
            Some("mission") => DemoOffice::Mission,
            _ => DemoOffice::Commune,
        },
    })
}

/// Fills a demo office at its first start, saying how far it is.
pub(crate) fn seed(desk: &Desk) -> Result<(), String> {
    if demo().is_none() {
        return Ok(());
    }
    let progress = |done: u32, total: u32| {
        if done.is_multiple_of(200) || done == total {
            eprintln!("demo office: {done} of {total} filings");
        }
    };
    desk.seed_demo(&progress).map(|_| ()).map_err(told)
}

/// Whether the program was started to fill the demo office and nothing else.
pub(crate) fn only_seed() -> bool {
    std::env::args().any(|argument| argument == "--seed-demo")
}

/// Opens nothing: seeding shows no PDF.
struct NoViewer;

impl Host for NoViewer {
    fn open_pdf(&self, _path: &Path) -> std::io::Result<()> {
        Err(std::io::ErrorKind::Unsupported.into())
    }
}

/// Fills the demo office in ONEDOOR_DATA without a window.
pub(crate) fn seed_and_leave(runtime: tokio::runtime::Handle) -> Result<(), String> {
    let folder = std::env::var_os("ONEDOOR_DATA").ok_or("--seed-demo wants ONEDOOR_DATA")?;
    let desk = Desk::new(config(PathBuf::from(folder), Arc::new(NoViewer), runtime));
    seed(&desk.map_err(told)?)
}
