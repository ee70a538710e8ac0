//! The central service as a process of its own, started and stopped like the cable of a network.

use anyhow::{Context, Result, bail};
use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

/// A program that was built beside this one.
pub fn program(name: &str) -> Result<PathBuf> {
    let here = std::env::current_exe()?;
    let folder = here.parent().context("this program lies in a folder")?;
    Ok(folder.join(name))
}

/// A centre with the demo office.
pub struct Centre {
    data: PathBuf,
    port: u16,
    running: Option<Child>,
    /// The one-time code of counter 1.
    pub code: String,
    /// An operator's token for the read API.
    pub token: String,
}

impl Centre {
    /// Makes the office on an empty folder, or takes up what lies there, and starts to serve.
    pub fn start(data: &Path) -> Result<Self> {
        fs::create_dir_all(data)?;
        let mut centre = Centre {
            data: data.to_path_buf(),
            port: 0,
            running: None,
            code: String::new(),
            token: String::new(),
        };
        centre.code = centre.remembered("code", Centre::found)?;
        centre.token = centre.remembered("token", |centre| {
            let printed = centre.tool(&["token", "add", "--name", "checker"])?;
            printed
                .split_whitespace()
                .last()
                .map(str::to_string)
                .context("no token was printed")
        })?;
        centre.up()?;
        Ok(centre)
    }

    fn remembered(&self, name: &str, make: impl FnOnce(&Self) -> Result<String>) -> Result<String> {
        let path = self.data.join(format!("demo-{name}"));
        if let Ok(known) = fs::read_to_string(&path) {
            return Ok(known.trim().to_string());
        }
        let made = make(self)?;
        fs::write(path, &made)?;
        Ok(made)
    }

    fn found(&self) -> Result<String> {
        let mut office = vec![
            "office",
            "add",
            "--id",
            "eatul",
            "--province",
            "Đắk Lắk",
            "--symbol",
            "TTPVHCC",
        ];
        office.extend([
            "--name",
            "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ EA TUL",
            "--parent",
            "UBND XÃ EA TUL",
        ]);
        office.extend(["--place", "Ea Tul", "--agency", "H15.50.05.13"]);
        self.tool(&office)?;
        let printed = self.tool(&[
            "counter",
            "code",
            "--office",
            "eatul",
            "--counter",
            "1",
            "--name",
            "Quầy 1",
        ])?;
        let mut words = printed.split(|letter: char| !letter.is_ascii_digit());
        words
            .find(|word| word.len() == 8)
            .map(str::to_string)
            .context("no code was printed")
    }

    fn tool(&self, arguments: &[&str]) -> Result<String> {
        let output = Command::new(program("onedoor-central")?)
            .args(arguments)
            .arg("--data")
            .arg(&self.data)
            .output()?;
        if !output.status.success() {
            bail!(
                "onedoor-central {}: {}",
                arguments.join(" "),
                String::from_utf8_lossy(&output.stderr)
            );
        }
        Ok(String::from_utf8(output.stdout)?)
    }

    /// Serves; after a stop on the same port.
    pub fn up(&mut self) -> Result<()> {
        if self.running.is_some() {
            return Ok(());
        }
        let mut child = Command::new(program("onedoor-central")?)
            .args([
                "serve",
                "--listen",
                &format!("127.0.0.1:{}", self.port),
                "--data",
            ])
            .arg(&self.data)
            .stdout(Stdio::piped())
            .spawn()?;
        let output = child.stdout.take().context("the centre has no output")?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        self.running = Some(child);
        let port = line
            .trim()
            .rsplit(':')
            .next()
            .and_then(|port| port.parse().ok());
        self.port = port.with_context(|| format!("the centre said: {line}"))?;
        Ok(())
    }

    /// Stops at once: the cable is pulled.
    pub fn down(&mut self) -> Result<()> {
        if let Some(mut child) = self.running.take() {
            child.kill()?;
            child.wait()?;
        }
        Ok(())
    }

    /// Its address.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// What the workstation is told.
    pub fn demo(&self) -> String {
        format!("{},{}", self.address(), self.code)
    }

    /// The filings that the centre has under a code, by its read API.
    pub async fn filings(&self, code: &str) -> Result<serde_json::Value> {
        let url = format!("{}/v1/filings?code={code}", self.address());
        let response = reqwest::Client::new()
            .get(url)
            .bearer_auth(&self.token)
            .send()
            .await?;
        Ok(response.error_for_status()?.json().await?)
    }
}

impl Drop for Centre {
    fn drop(&mut self) {
        if let Err(error) = self.down() {
            eprintln!("the centre could not be stopped: {error}");
        }
    }
}
