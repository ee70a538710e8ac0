//! Settings of this PC: language, theme, zoom, paper, printer. In a plain file, since the sign-in page needs them
//! before any key is there; nothing of a citizen's is in it.

use crate::{
    desk::{Desk, Event},
    dto::{ErrorCode, Language, PaperChoice, Settings, Theme},
    error::{DeskError, Result},
    readers,
};
use onedoor_store::durable;

impl Default for Settings {
    fn default() -> Self {
        Settings {
            language: Language::Vi,
            theme: Theme::System,
            zoom: 100,
            paper: PaperChoice::A5,
            printer: String::new(),
            sounds: true,
            reader: String::new(),
        }
    }
}

impl Desk {
    fn settings_path(&self) -> std::path::PathBuf {
        self.0.config.folder.join("settings.json")
    }

    /// A file that can't be read means the defaults; it is replaced only when somebody changes a setting.
    pub(crate) fn settings(&self) -> Settings {
        let bytes = std::fs::read(self.settings_path()).ok();
        bytes
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default()
    }

    pub(crate) fn settings_save(&self, settings: Settings) -> Result<Settings> {
        if !(100..=200).contains(&settings.zoom)
            || settings.printer.len() > 500
            || !(settings.reader.is_empty() || readers::is_port(&settings.reader))
        {
            return Err(DeskError::new(ErrorCode::BadRequest));
        }
        durable::write(
            &self.settings_path(),
            &serde_json::to_vec_pretty(&settings)?,
        )?;
        self.follow_reader(&settings.reader);
        self.tell(Event::Changed(vec!["settings"]));
        Ok(settings)
    }
}
