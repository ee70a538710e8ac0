//! The workstation's real window, driven as a person would: by keys, and by what stands on the screen.
//! WebKitWebDriver is asked directly (ADR 0010). One session a driver, one driver a window.

use crate::centre::program;
use anyhow::{Context, Result};
use serde_json::json;
use std::{
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};
use thirtyfour::{
    Capabilities, WebDriver, WebElement,
    action_chain::ActionChain,
    prelude::{By, ElementQueryable, Key},
};

/// How long anything on the screen may take before the test says that it never came.
const PATIENCE: Duration = Duration::from_secs(90);
const LOOK_AGAIN: Duration = Duration::from_millis(25);

/// An invisible dot that changes with every frame.
const KEEP_DRAWING: &str = "const dot = document.createElement('div'); dot.id = 'keep-drawing'; \
    dot.style.cssText = 'position:fixed;right:0;bottom:0;width:1px;height:1px;pointer-events:none'; \
    document.body.append(dot); let odd = false; \
    const draw = () => { odd = !odd; dot.style.background = odd ? 'rgba(0,0,0,.004)' : 'rgba(0,0,0,.008)'; \
    if (dot.isConnected) setTimeout(draw, 30); }; draw();";
/// Takes it away again.
const REST: &str = "document.getElementById('keep-drawing')?.remove();";

/// A running workstation.
pub struct Window {
    service: Child,
    /// The session.
    pub driver: WebDriver,
}

/// How to start one.
pub struct Start<'a> {
    /// Data folder.
    pub data: &'a Path,
    /// `centre,code` for a demo office; none = a real first start.
    pub demo: Option<String>,
    /// Where "open as PDF" puts files.
    pub open_into: &'a Path,
    /// More for its environment: an input method.
    pub environment: Vec<(&'static str, String)>,
}

/// Fills the demo office before its window is driven: a session must not wait behind sixty days of filings.
pub fn seed(start: &Start<'_>) -> Result<()> {
    let demo = start.demo.as_deref().unwrap_or_default();
    let status = Command::new(program("onedoor")?)
        .arg("--seed-demo")
        .env("ONEDOOR_DATA", start.data)
        .env("ONEDOOR_DEMO", demo)
        .status()?;
    anyhow::ensure!(status.success(), "the demo office could not be filled");
    Ok(())
}

impl Window {
    /// Starts the built program under the driver.
    pub async fn open(start: &Start<'_>) -> Result<Self> {
        let port = free_port()?;
        std::fs::create_dir_all(start.open_into)?;
        let mut command = Command::new(driver_program());
        command
            .arg(format!("--port={port}"))
            .env("ONEDOOR_DATA", start.data)
            .env("ONEDOOR_OPEN_INTO", start.open_into)
            .envs(start.environment.iter().cloned());
        // What tauri-driver would say: the web view lets itself be driven.
        command
            .env("TAURI_AUTOMATION", "true")
            .env("TAURI_WEBVIEW_AUTOMATION", "true");
        command.env_remove("ONEDOOR_DEMO").stdout(Stdio::null());
        if let Some(demo) = &start.demo {
            command.env("ONEDOOR_DEMO", demo);
        }
        let service = command
            .spawn()
            .context("WebKitWebDriver (package webkit2gtk-driver)")?;
        listening(port).await?;
        let mut capabilities = Capabilities::new();
        let options = json!({ "binary": program("onedoor")?, "args": [] });
        capabilities.set("webkitgtk:browserOptions", options)?;
        let driver = WebDriver::new(&format!("http://127.0.0.1:{port}"), capabilities).await;
        match driver {
            Ok(driver) => Ok(Window { service, driver }),
            Err(error) => {
                let mut service = service;
                service.kill()?;
                service.wait()?;
                Err(error).context("no session with the window")
            }
        }
    }

    /// The element that the test id names, once it is there.
    pub async fn wait(&self, test_id: &str) -> Result<WebElement> {
        self.wait_css(&format!("[data-testid='{test_id}']")).await
    }

    /// The first element that the selector finds, once it is there.
    pub async fn wait_css(&self, css: &str) -> Result<WebElement> {
        let query = self.driver.query(By::Css(css)).wait(PATIENCE, LOOK_AGAIN);
        query
            .first()
            .await
            .with_context(|| format!("{css} never came to the screen"))
    }

    /// Whether the element is on the screen now.
    pub async fn there(&self, test_id: &str) -> Result<bool> {
        let found = self
            .driver
            .find_all(By::Css(format!("[data-testid='{test_id}']")))
            .await?;
        Ok(!found.is_empty())
    }

    /// The text of an element.
    pub async fn text(&self, test_id: &str) -> Result<String> {
        Ok(self.wait(test_id).await?.text().await?)
    }

    /// Waits until the text of an element fulfils the condition.
    pub async fn until(
        &self,
        test_id: &str,
        what: &str,
        holds: impl Fn(&str) -> bool,
    ) -> Result<String> {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            // The page may be drawn anew between finding and reading: then it is looked at again.
            let text = self.wait(test_id).await?.text().await.unwrap_or_default();
            if holds(&text) {
                return Ok(text);
            }
            if tokio::time::Instant::now() > deadline {
                anyhow::bail!("{test_id} never said {what}; it says {text:?}");
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    /// Clicks, as soon as nothing lies over it.
    pub async fn click(&self, test_id: &str) -> Result<()> {
        self.clicked(test_id).await.map(|_| ())
    }

    /// A list that is just closing, or a page that is just drawn anew, is waited for.
    async fn clicked(&self, test_id: &str) -> Result<WebElement> {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            let element = self.wait(test_id).await?;
            // As a person would: the driver's own way ends at the window's edge and not at that of a part that scrolls.
            let _ = element.scroll_into_view().await;
            match element.click().await {
                Ok(()) => return Ok(element),
                Err(error) if tokio::time::Instant::now() > deadline => {
                    return Err(error).with_context(|| format!("{test_id} can't be clicked"));
                }
                Err(_) => tokio::time::sleep(LOOK_AGAIN).await,
            }
        }
    }

    /// Types into an element, with the keyboard.
    pub async fn type_into(&self, test_id: &str, text: &str) -> Result<()> {
        let element = self.clicked(test_id).await?;
        element
            .send_keys(text)
            .await
            .with_context(|| format!("{test_id} can't be typed into"))
    }

    /// Waits until an input holds exactly this; the page may be drawn anew meanwhile.
    pub async fn holds(&self, test_id: &str, wanted: &str) -> Result<()> {
        self.eventually(wanted, |window| async move {
            Ok(window
                .wait(test_id)
                .await?
                .value()
                .await?
                .unwrap_or_default()
                == wanted)
        })
        .await
    }

    /// Waits until the page says this, in its text or in a field of it.
    pub async fn says(&self, wanted: &str) -> Result<()> {
        const ALL: &str = "return [document.body.innerText, \
            ...[...document.querySelectorAll('input')].map((field) => field.value)].join(' ');";
        self.eventually(wanted, |window| async move {
            let all = window.driver.execute(ALL, Vec::new()).await?;
            Ok(all.convert::<String>()?.contains(wanted))
        })
        .await
    }

    /// Looks again and again; a page that is just being drawn anew is no answer.
    async fn eventually<'w, F, Fut>(&'w self, wanted: &str, look: F) -> Result<()>
    where
        F: Fn(&'w Self) -> Fut,
        Fut: Future<Output = Result<bool>>,
    {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        while tokio::time::Instant::now() < deadline {
            if let Ok(true) = look(self).await {
                return Ok(());
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
        anyhow::bail!("{wanted:?} never stood on the screen")
    }

    fn keys(&self) -> ActionChain {
        self.driver.action_chain()
    }

    /// One key.
    pub async fn press(&self, key: Key) -> Result<()> {
        self.keys()
            .key_down(key.clone())
            .key_up(key)
            .perform()
            .await
            .context("a key")
    }

    /// Two keys at once.
    pub async fn chord(&self, modifier: Key, key: impl Into<char> + Clone) -> Result<()> {
        let key: char = key.into();
        let chain = self
            .keys()
            .key_down(modifier.clone())
            .key_down(key)
            .key_up(key)
            .key_up(modifier);
        chain.perform().await.context("two keys")
    }

    /// What the window shows, as a PNG.
    pub async fn picture(&self, path: &Path) -> Result<()> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        // WebKit takes a picture with the next frame it draws, and a page at rest draws none: a dot keeps it drawing.
        self.driver.execute(KEEP_DRAWING, Vec::new()).await?;
        let png = self.driver.screenshot_as_png().await?;
        self.driver.execute(REST, Vec::new()).await?;
        Ok(std::fs::write(path, png)?)
    }

    /// Closes the window in good order.
    pub async fn close(self) -> Result<()> {
        self.driver.clone().quit().await?;
        Ok(())
    }

    /// Ends the program as a power cut would.
    pub async fn kill(self) -> Result<()> {
        anyhow::ensure!(self.end_program()?, "the window's process was not found");
        Ok(())
    }

    fn end_program(&self) -> std::io::Result<bool> {
        let killed = Command::new("pkill")
            .args(["-KILL", "-P", &self.service.id().to_string()])
            .status()?;
        Ok(killed.success())
    }
}

impl Drop for Window {
    /// A failed test leaves no window behind.
    fn drop(&mut self) {
        let ended = self
            .end_program()
            .and_then(|_| self.service.kill())
            .and_then(|()| self.service.wait());
        if let Err(error) = ended {
            eprintln!("the driver could not be stopped: {error}");
        }
    }
}

fn driver_program() -> &'static str {
    "WebKitWebDriver"
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

async fn listening(port: u16) -> Result<()> {
    let deadline = tokio::time::Instant::now() + Duration::from_secs(20);
    while tokio::net::TcpStream::connect(("127.0.0.1", port))
        .await
        .is_err()
    {
        anyhow::ensure!(
            tokio::time::Instant::now() < deadline,
            "WebKitWebDriver does not listen"
        );
        tokio::time::sleep(LOOK_AGAIN).await;
    }
    Ok(())
}
