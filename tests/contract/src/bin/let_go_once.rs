//! The program that the sweep of letting go kills: lets go of what may in the store in DATA. Not a tool for anybody else.
//!
//! `let_go_once DATA [--files-first]`
//!
//! strace counts system calls thread by thread and kills whoever comes to a number first: the database's thread, which also
//! removes the files, is put so far ahead that its numbers are its own.

use anyhow::{Result, bail};
use onedoor_contract::link;
use onedoor_store::Op;
use std::{fs, path::Path};

/// More writes than any other thread makes calls here.
const WRITES: usize = 24;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [data, planted @ ..] = arguments.as_slice() else {
        bail!("which folder?");
    };
    let store = link::open(Path::new(data))?;
    for n in 0..WRITES {
        store.write(Op::local(move |tx| {
            let _ = fs::remove_file("/nonexistent/ahead");
            tx.set("ahead", &n.to_string())
        }))?;
    }
    if !planted.is_empty() {
        let blobs = Path::new(data).join("blobs");
        // THE PLANTED FAULT: the files go before a row says so. The sweep has to find it; the store has no such path.
        store.write(Op::local(move |tx| {
            mark();
            for file in onedoor_testkit::folders::files(&blobs).unwrap_or_default() {
                let _ = fs::remove_file(file);
            }
            tx.set("files", "gone")
        }))?;
    }
    mark();
    let gone = store.let_go(&link::terms(), 300)?;
    println!("{}", gone.files);
    Ok(())
}

/// From here the sweep counts.
fn mark() {
    let _ = fs::remove_file("/nonexistent/marker");
}
