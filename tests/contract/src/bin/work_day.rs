//! The program whose traces the at-rest test looks for: one clerk's day at a counter, ended by `kill -9`. Its log goes to
//! standard error as `RUST_LOG` asks. Not a tool for anybody else.
//!
//! `work_day DATA TICKET_FILE`, the citizen as JSON (a `PersonValues`) on the first line of standard input.

use anyhow::{Result, anyhow};
use onedoor_contract::counter::{self, NoViewer};
use onedoor_desk::{
    Commands, Event,
    dto::{DraftValues, ErrorView, FilingFilter, PaperChoice, PersonValues, Received},
};
use onedoor_testkit::clock::FakeClock;
use std::{io::stdin, path::PathBuf, sync::Arc};
use tokio::sync::broadcast;

fn main() -> Result<()> {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .with_writer(std::io::stderr)
        .init();
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [data, ticket] = arguments.as_slice() else {
        return Err(anyhow!("which folder, which ticket?"));
    };
    let mut citizen = String::new();
    stdin().read_line(&mut citizen)?;
    let citizen: PersonValues = serde_json::from_str(&citizen)?;
    let ticket = std::fs::read_to_string(ticket)?;
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(day(data.clone(), ticket, citizen))?;
    println!("at work");
    // Until somebody kills this program.
    stdin().read_line(&mut String::new())?;
    Ok(())
}

fn refused(error: ErrorView) -> anyhow::Error {
    anyhow!("{:?} {:?}", error.code, error.params)
}

async fn day(data: PathBuf, ticket: String, citizen: PersonValues) -> Result<()> {
    let desk = counter::desk(&data, &FakeClock::monday(), Arc::new(NoViewer));
    let mut events = desk.events();
    // Held until the kill: a desk that was dropped would have closed its store.
    let commands: &'static Commands = Box::leak(Box::new(Commands(desk)));
    let first = commands
        .staff_first(counter::CLERK.into(), counter::PASSWORD.into())
        .await
        .map_err(refused)?;
    println!("recovery {}", first.recovery_code);
    commands.enrol_by_ticket(ticket).await.map_err(refused)?;
    counter::confirm_clock(commands).await.map_err(refused)?;
    let received = serve(commands, citizen.clone()).await?;
    look_around(commands, &received, &citizen).await?;
    send(commands, &mut events).await?;
    let id = received.filing.id;
    commands.receipt_open(id.clone()).await.map_err(refused)?;
    println!("opened {}", count(&data));
    commands.session_lock().await.map_err(refused)?;
    println!("locked {}", count(&data));
    // Guessing at the password, also with what is known of the citizen.
    let clerk = commands.app_state().await.map_err(refused)?.staff;
    let clerk = clerk
        .first()
        .map(|card| card.id.clone())
        .unwrap_or_default();
    let guess = commands.session_sign_in(clerk, citizen.name.clone()).await;
    println!("guess taken: {}", guess.is_ok());
    counter::sign_in(commands).await.map_err(refused)?;
    commands.receipt_open(id).await.map_err(refused)?;
    let half = DraftValues {
        applicant: citizen,
        ..DraftValues::default()
    };
    commands.draft_save(half).await.map_err(refused)?;
    println!("left open {}", count(&data));
    Ok(())
}

/// Types the citizen's name letter by letter, goes wrong once, receives three filings.
async fn serve(commands: &Commands, citizen: PersonValues) -> Result<Received> {
    let whole = DraftValues {
        applicant: citizen,
        content: "Xin cấp giấy xác nhận".into(),
        ..counter::filing("")
    };
    let name = whole.applicant.name.clone();
    for (end, _) in name.char_indices() {
        let mut half = whole.clone();
        half.applicant.name.truncate(end);
        commands.draft_save(half.clone()).await.map_err(refused)?;
        commands.filing_check(half).await.map_err(refused)?;
    }
    let mut wrong = whole.clone();
    wrong.applicant.birth = "31/02/1994".into();
    println!(
        "wrong date taken: {}",
        commands.filing_receive(wrong, false).await.is_ok()
    );
    for paper in [PaperChoice::A5, PaperChoice::A4TwoUp] {
        let preview = commands.receipt_preview(whole.clone(), paper, 1.0);
        preview.await.map_err(refused)?;
    }
    for _ in 0..2 {
        let received = commands.filing_receive(whole.clone(), true).await;
        received.map_err(refused)?;
    }
    commands.filing_receive(whole, false).await.map_err(refused)
}

async fn look_around(
    commands: &Commands,
    received: &Received,
    citizen: &PersonValues,
) -> Result<()> {
    let id = received.filing.id.clone();
    for query in [&citizen.name, &citizen.id_number, &citizen.phone] {
        commands.find(query.clone()).await.map_err(refused)?;
        commands.person_find(query.clone()).await.map_err(refused)?;
        let list = commands.filing_list(FilingFilter::All, query.clone(), 50);
        println!("hits {}", list.await.map_err(refused)?.len());
    }
    commands.filing_get(id.clone()).await.map_err(refused)?;
    commands.filing_get(citizen.name.clone()).await.err();
    commands.receipt_picture(id, 2.0).await.map_err(refused)?;
    Ok(())
}

/// Sends until the centre has everything.
async fn send(commands: &Commands, events: &mut broadcast::Receiver<Event>) -> Result<()> {
    loop {
        let state = commands.sync_now().await.map_err(refused)?;
        if state.filings_here == 0 {
            println!("at the centre {}", state.filings_at_centre);
            return Ok(());
        }
        events.recv().await.ok();
    }
}

/// PDFs that lie in the clear.
fn count(data: &std::path::Path) -> usize {
    std::fs::read_dir(data.join("opened")).map_or(0, Iterator::count)
}
