//! What a clerk does, as scenes that the test, `./x run` and the pictures share.

use crate::window::Window;
use anyhow::{Context, Result};
use thirtyfour::prelude::{By, Key};

/// A citizen at the counter.
pub struct Citizen {
    /// Name.
    pub name: &'static str,
    /// Birth as typed.
    pub birth: &'static str,
    /// ID number.
    pub id_number: &'static str,
    /// Address.
    pub address: &'static str,
    /// Telephone.
    pub phone: &'static str,
}

/// The one whose letters break careless programs.
pub const UNG: Citizen = Citizen {
    name: "Nguyễn Thị Ừng",
    birth: "15/03/1990",
    id_number: "066190001234",
    address: "Buôn Sah A, xã Ea Tul, tỉnh Đắk Lắk",
    phone: "0905123456",
};

/// Picks the first name of the demo office and answers the clock's question.
pub async fn sign_in(window: &Window) -> Result<()> {
    sign_in_as(window, 0).await
}

/// Picks the nth name.
pub async fn sign_in_as(window: &Window, nth: usize) -> Result<()> {
    window.wait_css("[data-testid^='staff-']").await?;
    let names = window
        .driver
        .find_all(By::Css("[data-testid^='staff-']"))
        .await?;
    names
        .get(nth)
        .context("so many names are not there")?
        .click()
        .await?;
    ready(window).await
}

/// Confirms the clock where it is asked, and waits for the place where work begins: empty, or with the draft of before.
pub async fn ready(window: &Window) -> Result<()> {
    const AT_WORK: &str = "[data-testid='procedure'], [data-testid='procedure-chosen']";
    window
        .wait_css(&format!("[data-testid='clock-confirm'], {AT_WORK}"))
        .await?;
    if window.there("clock-confirm").await? {
        window.press(Key::Enter).await?;
    }
    window.wait_css(AT_WORK).await?;
    Ok(())
}

/// Picks a procedure by what is typed.
pub async fn choose(window: &Window, procedure: &str) -> Result<()> {
    if window.there("procedure-chosen").await? {
        // A draft of before is set aside, as a clerk would for the next citizen.
        window.press(Key::F4).await?;
    }
    window.type_into("procedure", procedure).await?;
    window.wait_css("[role='option']").await?;
    window.press(Key::Enter).await?;
    window.wait("procedure-chosen").await?;
    Ok(())
}

/// Fills the receive page by keyboard, without receiving.
pub async fn fill(window: &Window, procedure: &str, citizen: &Citizen) -> Result<()> {
    choose(window, procedure).await?;
    window
        .type_into("field-applicant.name", citizen.name)
        .await?;
    if window.driver.find(By::Css("[role='option']")).await.is_ok() {
        // Somebody of this name is known already; the list of known persons lies over the next field.
        window.press(Key::Escape).await?;
    }
    window
        .type_into("field-applicant.birth", citizen.birth)
        .await?;
    window
        .type_into("field-applicant.id_number", citizen.id_number)
        .await?;
    window
        .type_into("field-applicant.address", citizen.address)
        .await?;
    window
        .type_into("field-applicant.phone", citizen.phone)
        .await?;
    window.wait("due-date").await?;
    window.wait("draft-kept").await?;
    Ok(())
}

/// Ctrl+Enter; gives the code on the screen.
pub async fn receive(window: &Window) -> Result<String> {
    window.chord(Key::Control, Key::Enter).await?;
    let code = window
        .until("received-code", "a code", |text| text.contains('-'))
        .await?;
    Ok(code.trim().to_string())
}

/// Goes to a place of the rail by its key.
pub async fn place(window: &Window, number: char) -> Result<()> {
    window.chord(Key::Alt, number).await
}

/// Waits until nothing waits on this machine any more.
pub async fn all_sent(window: &Window) -> Result<()> {
    window.click("sync-now").await?;
    window
        .until("sync-here", "that nothing waits", |text| {
            first_number(text) == Some(0)
        })
        .await?;
    Ok(())
}

/// The first number in a text, with the dots of thousands left out.
pub fn first_number(text: &str) -> Option<u64> {
    let start = text.find(|letter: char| letter.is_ascii_digit())?;
    let digits = text[start..]
        .chars()
        .take_while(|letter| letter.is_ascii_digit() || *letter == '.');
    digits
        .filter(char::is_ascii_digit)
        .collect::<String>()
        .parse()
        .ok()
}
