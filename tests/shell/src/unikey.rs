//! A Vietnamese input method as clerks have it: ibus with the Unikey engine, and a keyboard that types real X events.
//! Not here: letters that arrive whole (WebDriver types those itself).

use anyhow::{Context, Result, ensure};
use std::{
    process::{Child, Command, Stdio},
    time::Duration,
};
use tempfile::TempDir;

const LOOK_AGAIN: Duration = Duration::from_millis(100);
/// Far longer than the daemon takes; only a test that hangs meets it.
const TRIES: u32 = 300;

/// A running ibus with its own folders; ends when dropped.
pub struct Unikey {
    daemon: Child,
    home: TempDir,
}

impl Unikey {
    /// Starts the daemon on the display of this process and switches to Telex typing.
    pub async fn start() -> Result<Self> {
        let home = tempfile::tempdir()?;
        let daemon = Command::new("ibus-daemon")
            .args([
                "--replace",
                "--single",
                "--panel=disable",
                "--emoji-extension=disable",
            ])
            .envs(Self::surroundings(&home))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("ibus-daemon (package ibus)")?;
        let unikey = Unikey { daemon, home };
        for _ in 0..TRIES {
            // The switch complains where the X server knows no keyboard maps; nothing but the engine itself tells whether
            // it is ready.
            let _ = unikey.ibus(&["engine", "Unikey"]);
            if unikey
                .ibus(&["engine"])
                .is_ok_and(|name| name.trim() == "Unikey")
            {
                return Ok(unikey);
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
        anyhow::bail!("the engine Unikey (package ibus-unikey) never came")
    }

    fn surroundings(home: &TempDir) -> Vec<(&'static str, String)> {
        let home = home.path().to_string_lossy().into_owned();
        vec![
            ("HOME", home.clone()),
            ("XDG_CONFIG_HOME", home),
            ("GSETTINGS_BACKEND", "memory".into()),
        ]
    }

    fn ibus(&self, arguments: &[&str]) -> Result<String> {
        let answer = Command::new("ibus")
            .args(arguments)
            .envs(Self::surroundings(&self.home))
            .stderr(Stdio::null())
            .output()?;
        ensure!(answer.status.success(), "ibus {arguments:?} failed");
        Ok(String::from_utf8(answer.stdout)?)
    }

    /// What a window needs to be typed into through this input method.
    pub fn environment(&self) -> Result<Vec<(&'static str, String)>> {
        Ok(vec![
            ("GTK_IM_MODULE", "ibus".into()),
            ("IBUS_ADDRESS", self.ibus(&["address"])?.trim().to_string()),
        ])
    }

    /// Gives the workstation's window the keyboard; there is no window manager here to do it.
    pub fn focus(&self) -> Result<()> {
        xdotool(&[
            "search",
            "--sync",
            "--onlyvisible",
            "--name",
            "^Một Cửa$",
            "windowfocus",
            "--sync",
        ])
    }

    /// Presses the keys of a text, one after the other.
    pub fn keys(&self, text: &str) -> Result<()> {
        xdotool(&["type", "--delay", "25", text])
    }
}

fn xdotool(arguments: &[&str]) -> Result<()> {
    let status = Command::new("xdotool")
        .args(arguments)
        .stdout(Stdio::null())
        .status()
        .context("xdotool")?;
    ensure!(status.success(), "xdotool {arguments:?} failed");
    Ok(())
}

impl Drop for Unikey {
    fn drop(&mut self) {
        // Its engines end with it; what is left when it is gone already is nothing to end.
        let _ = self.ibus(&["exit"]);
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}
