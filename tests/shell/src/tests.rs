//! The shell test: the built workstation's real window, a real store, a real centre. Each test is a morning of its own.

use crate::{
    centre::Centre,
    scenes::{self, UNG, first_number},
    unikey::Unikey,
    window::{Start, Window},
};
use anyhow::{Result, ensure};
use onedoor_testkit::temp::Scratch;
use std::path::PathBuf;
use thirtyfour::prelude::Key;

/// Folders, a centre, and how the workstation is started on them.
struct Morning {
    folder: Scratch,
    centre: Centre,
}

impl Morning {
    fn new() -> Result<Self> {
        let folder = Scratch::beside_program("shell-mornings")?;
        let centre = Centre::start(&folder.path().join("centre"))?;
        Ok(Morning { folder, centre })
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    async fn window(&self, demo: Option<String>) -> Result<Window> {
        self.window_in(demo, Vec::new()).await
    }

    async fn window_in(
        &self,
        demo: Option<String>,
        environment: Vec<(&'static str, String)>,
    ) -> Result<Window> {
        let opened = self.folder.path().join("opened");
        Window::open(&Start {
            data: &self.data(),
            demo,
            open_into: &opened,
            environment,
        })
        .await
    }

    /// First start with an office of one, by the screen.
    async fn founded(&self) -> Result<Window> {
        self.found_in(self.window(None).await?).await
    }

    async fn found_in(&self, window: Window) -> Result<Window> {
        window.type_into("first-name", "Trần Thị Hoa").await?;
        window.type_into("first-password", PASSWORD).await?;
        window.click("first-create").await?;
        let code = window.text("recovery-code-shown").await?;
        let last = code
            .trim()
            .rsplit('-')
            .next()
            .unwrap_or_default()
            .to_string();
        window.type_into("recovery-typed", &last).await?;
        window.click("recovery-done").await?;
        window
            .type_into("enrol-centre", &self.centre.address())
            .await?;
        window.type_into("enrol-code", &self.centre.code).await?;
        window.click("enrol").await?;
        scenes::ready(&window).await?;
        Ok(window)
    }
}

const PASSWORD: &str = "mua-thu-2026";

async fn sign_in(window: &Window) -> Result<()> {
    window
        .wait_css("[data-testid^='staff-']")
        .await?
        .click()
        .await?;
    window.type_into("password", PASSWORD).await?;
    window.press(Key::Enter).await?;
    scenes::ready(window).await
}

/// start → sign in → receive → PDF → at the centre → quit → start → still there.
pub async fn a_filing_is_at_the_centre_and_still_there_after_a_restart() -> Result<()> {
    let morning = Morning::new()?;
    let window = morning.founded().await?;
    scenes::fill(&window, "tthn", &UNG).await?;
    let code = scenes::receive(&window).await?;
    ensure!(
        code.starts_with("H15.50.05.13-") && code.ends_with("-1000"),
        "the counter's first number, not {code}"
    );
    scenes::place(&window, '6').await?;
    scenes::all_sent(&window).await?;
    let there = morning.centre.filings(&code).await?.to_string();
    ensure!(
        there.contains(&code),
        "the screen said it is at the centre, so it is: {there}"
    );
    window.close().await?;
    let window = morning.window(None).await?;
    sign_in(&window).await?;
    scenes::place(&window, '3').await?;
    window
        .until("filings", "the filing of before", |text| {
            text.contains(&code) && text.contains(UNG.name)
        })
        .await?;
    window.close().await
}

/// Received, asked for more, complete, solved, in the citizen's hand: and the centre knows it so.
pub async fn a_filing_goes_from_receiving_to_hand_over_with_a_supplement_between() -> Result<()> {
    let morning = Morning::new()?;
    let window = morning.founded().await?;
    scenes::fill(&window, "tthn", &UNG).await?;
    let code = scenes::receive(&window).await?;
    scenes::place(&window, '3').await?;
    window.wait_css("[data-testid='filings'] tbody tr").await?;
    window.press(Key::Down).await?;
    window.press(Key::Enter).await?;
    window.click("act-ask_supplement").await?;
    window
        .type_into("field-slip-items", "Tờ khai: ghi đủ nơi cư trú")
        .await?;
    window.chord(Key::Control, Key::Enter).await?;
    window
        .until("filing-slips", "the slip that was given out", |text| {
            text.contains("ghi đủ nơi cư trú")
        })
        .await?;
    // What is open has the cursor: Enter does it.
    window.click("act-supplement").await?;
    window.wait("act-do").await?;
    window.press(Key::Enter).await?;
    window.click("act-arrive").await?;
    window.click("act-hand_over").await?;
    window.wait("act-do").await?;
    window.press(Key::Enter).await?;
    window
        .until("opened-filing", "that it was handed over", |text| {
            text.contains("Đã trả kết quả") && text.contains("Đủ giấy tờ: hẹn trả")
        })
        .await?;
    scenes::place(&window, '6').await?;
    scenes::all_sent(&window).await?;
    let there = morning.centre.filings(&code).await?.to_string();
    ensure!(
        there.contains("handed_over"),
        "the centre knows it so: {there}"
    );
    window.close().await
}

/// The cable is pulled: receiving goes on, the status bar says so, and all goes when it is plugged in again.
pub async fn without_a_network_work_goes_on_and_is_sent_later() -> Result<()> {
    let mut morning = Morning::new()?;
    let window = morning.founded().await?;
    scenes::place(&window, '6').await?;
    scenes::all_sent(&window).await?;
    morning.centre.down()?;
    scenes::place(&window, '1').await?;
    scenes::fill(&window, "tl", &UNG).await?;
    let code = scenes::receive(&window).await?;
    window
        .until("status-here", "one filing on this machine", |text| {
            first_number(text) == Some(1)
        })
        .await?;
    morning.centre.up()?;
    scenes::place(&window, '6').await?;
    scenes::all_sent(&window).await?;
    ensure!(
        morning
            .centre
            .filings(&code)
            .await?
            .to_string()
            .contains(&code),
        "it arrived when the cable was back"
    );
    window.close().await
}

/// Two people at one machine: the draft of the one waits while the other works.
pub async fn a_draft_stays_when_the_clerk_switches_user() -> Result<()> {
    let morning = Morning::new()?;
    let window = morning.founded().await?;
    scenes::fill(&window, "gh", &UNG).await?;
    window.click("switch-user").await?;
    sign_in(&window).await?;
    // The draft is still there, letter by letter.
    window.says(UNG.name).await?;
    window.close().await
}

/// The process is killed in the middle of typing: nothing typed and kept is lost.
pub async fn a_kill_in_the_middle_of_typing_loses_nothing() -> Result<()> {
    let morning = Morning::new()?;
    let window = morning.founded().await?;
    scenes::fill(&window, "gh", &UNG).await?;
    window.kill().await?;
    let window = morning.window(None).await?;
    sign_in(&window).await?;
    // The draft came back after the kill.
    window.says(UNG.address).await?;
    let code = scenes::receive(&window).await?;
    ensure!(code.ends_with("-1000"), "and no number was lost: {code}");
    window.close().await
}

/// What a Vietnamese input method commits arrives as typed, in NFC and in order.
pub async fn vietnamese_letters_arrive_in_the_window_as_typed() -> Result<()> {
    let morning = Morning::new()?;
    let window = morning.founded().await?;
    scenes::choose(&window, "gh").await?;
    for name in ["H'Hen Niê", "Y Ƀŏk Êban", "NGUYỄN THỊ ỪNG"] {
        let field = window.wait("field-applicant.name").await?;
        field.clear().await?;
        field.send_keys(name).await?;
        window.holds("field-applicant.name", name).await?;
    }
    window.close().await
}

pub async fn telex_typed_through_an_input_method_becomes_vietnamese_in_the_window() -> Result<()> {
    let unikey = Unikey::start().await?;
    let morning = Morning::new()?;
    let window = morning.window_in(None, unikey.environment()?).await?;
    let window = morning.found_in(window).await?;
    scenes::choose(&window, "gh").await?;
    unikey.focus()?;
    window.click("field-applicant.name").await?;
    // The draft is kept and the receipt is drawn anew while the word is still being composed.
    for word in ["Nguyeenx ", "Thij ", "Uwngf "] {
        unikey.keys(word)?;
    }
    window
        .holds("field-applicant.name", "Nguyễn Thị Ừng ")
        .await?;
    window.click("field-applicant.address").await?;
    unikey.keys("Buoon Sah A, xax Ea Tul ")?;
    window
        .holds("field-applicant.address", "Buôn Sah A, xã Ea Tul ")
        .await?;
    window.close().await
}
