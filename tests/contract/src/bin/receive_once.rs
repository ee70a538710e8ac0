//! The program that the crash sweep kills: opens a desk on an enrolled store, signs in, receives one filing and prints
//! it into a spool folder. Says on standard output what it has done so far. Not a tool for anybody else.
//!
//! `receive_once DATA SPOOL commands|writer [--print-before-commit CODE]`
//!
//! strace counts system calls thread by thread and kills whoever comes to a number first. So one of the two threads that
//! write, the one that runs commands or the store's writer, is put so far ahead that its numbers are its own.

use anyhow::{Result, anyhow};
use jiff::SignedDuration;
use onedoor_contract::counter::{self, Spool};
use onedoor_desk::{Commands, dto::ErrorView};
use onedoor_receipt::{Form01, FormRenderer, Paper, Printpdf, Standing};
use onedoor_testkit::clock::FakeClock;
use std::{fs, os::unix::fs::FileExt, path::PathBuf, sync::Arc};

/// More calls than the writer makes in its whole life here.
const AHEAD: usize = 400;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [data, spool, ahead, planted @ ..] = arguments.as_slice() else {
        return Err(anyhow!("which folders?"));
    };
    let planted = match planted {
        [option, code] if option == "--print-before-commit" => Some(code.clone()),
        _ => None,
    };
    // One thread for all commands, so that their calls can be counted.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .max_blocking_threads(1)
        .enable_all()
        .build()?;
    runtime.block_on(receive(data.into(), spool.into(), ahead, planted))?;
    // Waits for work behind the screen, so that the store is closed in good order.
    drop(runtime);
    println!("closed");
    Ok(())
}

async fn receive(
    data: PathBuf,
    spool: PathBuf,
    ahead: &str,
    planted: Option<String>,
) -> Result<()> {
    let clock = FakeClock::monday();
    clock.reboot(SignedDuration::from_mins(10));
    let desk = counter::desk(&data, &clock, Arc::new(Spool(spool.clone())));
    let commands = Commands(desk);
    counter::sign_in(&commands).await.map_err(refused)?;
    if ahead == "writer" {
        for letter in 'a'..='z' {
            let half_typed = counter::filing(&letter.to_string());
            commands.draft_save(half_typed).await.map_err(refused)?;
        }
    }
    let calls = if ahead == "commands" { AHEAD } else { 0 };
    tokio::task::spawn_blocking(move || idle_calls(calls)).await?;
    let values = counter::filing("Nguyễn Thị Ứng");
    commands.draft_save(values.clone()).await.map_err(refused)?;
    println!("draft");
    if let Some(code) = planted {
        print_before_commit(&Spool(spool), code)?;
    }
    let received = commands.filing_receive(values, false).await;
    let received = received.map_err(refused)?.filing;
    println!("received {}", received.code);
    commands.receipt_open(received.id).await.map_err(refused)?;
    println!("printed {}", received.code);
    Ok(())
}

/// Calls that change nothing, and at their end the marker from which the sweep counts.
fn idle_calls(calls: usize) {
    if let Ok(nothing) = fs::OpenOptions::new().write(true).open("/dev/null") {
        for _ in 0..calls {
            // None of these has an effect, and their errors mean nothing.
            let _ = nothing.write_at(b"-", 0);
            let _ = nothing.sync_all();
            let _ = fs::rename("/nonexistent/from", "/nonexistent/to");
            let _ = fs::remove_file("/nonexistent/from");
        }
    }
    let _ = fs::remove_file("/nonexistent/marker");
}

fn refused(error: ErrorView) -> anyhow::Error {
    anyhow!("{:?} {:?}", error.code, error.params)
}

/// THE PLANTED FAULT: a receipt with the number that the filing would get, on paper before anything is stored. The
/// sweep has to find it; the workstation has no such path.
fn print_before_commit(spool: &Spool, code: String) -> Result<()> {
    let received = "2026-11-23T07:30:00".parse()?;
    let form = Form01 {
        parent_agency: "UBND XÃ EA TUL".into(),
        office: "Trung tâm Phục vụ hành chính công xã Ea Tul".into(),
        symbol: "TTPVHCC".into(),
        place: "Ea Tul".into(),
        standing: Standing::Received {
            code,
            number: "1".into(),
            qr_digits: "0123456789".into(),
            hash8: "00000000".into(),
        },
        applicant: "Nguyễn Thị Ứng".into(),
        id_number: String::new(),
        address: String::new(),
        phone: String::new(),
        email: String::new(),
        submitter: None,
        content: "Giấy xác nhận tình trạng hôn nhân".into(),
        papers: Vec::new(),
        sets: 1,
        term_text: "03 ngày làm việc".into(),
        received,
        due: Some(received),
        give_back: String::new(),
        fee: String::new(),
        book: None,
        clerk: counter::CLERK.into(),
        note: String::new(),
        sample: false,
        ..Form01::default()
    };
    let pdf = Printpdf.form01(&form, Paper::A5)?;
    spool.put("early.pdf", &pdf)?;
    println!("printed early");
    Ok(())
}
