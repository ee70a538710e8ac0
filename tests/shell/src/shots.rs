//! Every picture that README and docs show, from the real window: each place, both languages, light and dark, 100 and
//! 200 %, and high contrast.

use crate::{
    centre::Centre,
    scenes::{self, UNG},
    window::{self, Start, Window},
};
use anyhow::Result;
use onedoor_testkit::temp::Scratch;
use std::path::Path;
use thirtyfour::prelude::Key;

const PLACES: [(char, &str); 4] = [
    ('1', "receive"),
    ('3', "filings"),
    ('6', "sync"),
    ('8', "office"),
];

/// How a window looks.
struct Look {
    language: &'static str,
    theme: &'static str,
    zoom: u16,
}

const LOOKS: [Look; 7] = [
    Look {
        language: "vi",
        theme: "light",
        zoom: 100,
    },
    Look {
        language: "vi",
        theme: "dark",
        zoom: 100,
    },
    Look {
        language: "vi",
        theme: "contrast",
        zoom: 100,
    },
    Look {
        language: "vi",
        theme: "light",
        zoom: 200,
    },
    Look {
        language: "en",
        theme: "light",
        zoom: 100,
    },
    Look {
        language: "en",
        theme: "dark",
        zoom: 100,
    },
    Look {
        language: "en",
        theme: "dark",
        zoom: 200,
    },
];

/// Leaves the pictures in `folder`.
pub async fn shots(folder: &Path) -> Result<()> {
    let home = Scratch::beside_program("shell-shots")?;
    let (data, opened) = (home.path().join("data"), home.path().join("opened"));
    let centre = Centre::start(&home.path().join("centre"))?;
    window::seed(&Start {
        data: &data,
        demo: Some(centre.demo()),
        open_into: &opened,
        environment: Vec::new(),
    })?;
    // Every look is a start of its own, as on a counter's PC.
    for look in &LOOKS {
        set_look(&data, look)?;
        let window = Window::open(&Start {
            data: &data,
            demo: Some(centre.demo()),
            open_into: &opened,
            environment: Vec::new(),
        })
        .await?;
        let name = |place: &str| {
            folder.join(format!(
                "{place}-{}-{}-{}.png",
                look.language, look.theme, look.zoom
            ))
        };
        window.wait_css("[data-testid^='staff-']").await?;
        window.picture(&name("sign-in")).await?;
        scenes::sign_in(&window).await?;
        for (key, place) in PLACES {
            scenes::place(&window, key).await?;
            if key == '1' {
                window.wait("last-filings").await?;
                window.picture(&name("receive-idle")).await?;
                scenes::fill(&window, "tthn", &UNG).await?;
                window.wait_css("[data-testid='receipt-sheet'] img").await?;
            } else {
                window.wait_css("main").await?;
            }
            window.picture(&name(place)).await?;
            if key == '1' {
                // The next look begins with an empty page again.
                window.press(Key::F4).await?;
                window.wait("procedure").await?;
            }
        }
        window.close().await?;
    }
    Ok(())
}

fn set_look(data: &Path, look: &Look) -> Result<()> {
    std::fs::create_dir_all(data)?;
    let settings = serde_json::json!({
        "language": look.language, "theme": look.theme, "zoom": look.zoom,
        "paper": "a5", "printer": "", "sounds": false,
    });
    Ok(std::fs::write(
        data.join("settings.json"),
        settings.to_string(),
    )?)
}
