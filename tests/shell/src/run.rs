//! `./x run` without a display: one filing in the real window, its pictures, the receipt, and a report that a checker
//! computes which shares no code with the workstation.

use crate::{
    centre::Centre,
    scenes::{self, UNG},
    window::{self, Start, Window},
};
use anyhow::{Context, Result, ensure};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

struct Steps {
    timings: serde_json::Map<String, serde_json::Value>,
    since: Instant,
}

impl Steps {
    fn done(&mut self, name: &str) {
        let ms = u64::try_from(self.since.elapsed().as_millis()).unwrap_or(u64::MAX);
        println!("  {name}: {ms} ms");
        self.timings.insert(name.to_string(), ms.into());
        self.since = Instant::now();
    }
}

/// Runs the scene and leaves `receipt.pdf`, pictures and `report.json` in `folder`.
pub async fn run(folder: &Path) -> Result<()> {
    let data = folder.join("data");
    set_yesterday_aside(folder)?;
    let centre = Centre::start(&folder.join("centre"))?;
    let opened = folder.join("opened");
    let mut steps = Steps {
        timings: serde_json::Map::new(),
        since: Instant::now(),
    };
    let start = Start {
        data: &data,
        demo: Some(centre.demo()),
        open_into: &opened,
        environment: Vec::new(),
    };
    window::seed(&start)?;
    steps.since = Instant::now();
    let window = Window::open(&start).await?;
    window.wait_css("[data-testid^='staff-']").await?;
    steps.done("start");
    window.picture(&folder.join("1-sign-in.png")).await?;
    steps.since = Instant::now();
    scenes::sign_in(&window).await?;
    steps.done("sign_in");
    scenes::fill(&window, "tthn", &UNG).await?;
    steps.done("fill");
    window.wait_css("[data-testid='receipt-sheet'] img").await?;
    window.picture(&folder.join("2-receive-filled.png")).await?;
    steps.since = Instant::now();
    let code = scenes::receive(&window).await?;
    steps.done("receive");
    window
        .picture(&folder.join("3-after-receiving.png"))
        .await?;
    let pdf = open_receipt(&window, &opened).await?;
    fs::copy(&pdf, folder.join("receipt.pdf"))?;
    steps.since = Instant::now();
    scenes::place(&window, '6').await?;
    scenes::all_sent(&window).await?;
    steps.done("at_centre");
    window.picture(&folder.join("4-sync.png")).await?;
    window.close().await?;
    fs::write(
        folder.join("timings.json"),
        serde_json::to_vec_pretty(&steps.timings)?,
    )?;
    println!("  received {code}");
    check(folder, &data, &centre)
}

/// A demo is made for one day. One of another day, or half of one, goes aside with its centre, which knows its numbers.
fn set_yesterday_aside(folder: &Path) -> Result<()> {
    let today = Command::new("date")
        .arg("+%F")
        .env("TZ", "Asia/Ho_Chi_Minh")
        .output()?;
    let today = String::from_utf8(today.stdout)?.trim().to_string();
    let made = fs::read_to_string(folder.join("data/demo.json")).unwrap_or_default();
    if made.contains(&today) {
        return Ok(());
    }
    for name in ["data", "centre"] {
        let from = folder.join(name);
        let aside = (0..)
            .map(|n| folder.join(format!("{name}-before-{today}-{n}")))
            .find(|path| !path.exists());
        if let (true, Some(aside)) = (from.exists(), aside) {
            fs::rename(&from, aside)?;
        }
    }
    Ok(())
}

/// "Open as PDF" from the row of the received filing.
async fn open_receipt(window: &Window, opened: &Path) -> Result<PathBuf> {
    let before = files(opened)?;
    window.click("received-open").await?;
    let deadline = Instant::now() + std::time::Duration::from_secs(30);
    loop {
        if let Some(new) = files(opened)?
            .into_iter()
            .find(|path| !before.contains(path))
        {
            return Ok(new);
        }
        ensure!(Instant::now() < deadline, "the PDF was not opened");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    Ok(fs::read_dir(folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect())
}

fn check(folder: &Path, data: &Path, centre: &Centre) -> Result<()> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../check/check_run.py");
    let status = Command::new("/usr/bin/python3")
        .arg(script)
        .args([
            "--password",
            "mot-cua-demo",
            "--centre",
            &centre.address(),
            "--token",
            &centre.token,
        ])
        .arg("--data")
        .arg(data)
        .arg("--pdf")
        .arg(folder.join("receipt.pdf"))
        .arg("--timings")
        .arg(folder.join("timings.json"))
        .arg("--out")
        .arg(folder.join("report.json"))
        .status()
        .context("the checker (python3)")?;
    ensure!(
        status.success(),
        "the checker found a fault: see report.json"
    );
    println!("{}", fs::read_to_string(folder.join("report.json"))?);
    Ok(())
}
