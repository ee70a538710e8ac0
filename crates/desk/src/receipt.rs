//! The stored receipt: rendered once after the commit, kept as a blob, shown, opened, printed. A start renders what a
//! crash left out, to the same bytes.

use crate::{
    current::current,
    desk::{At, Desk, Event},
    dto::{DraftValues, ErrorCode, PaperChoice, PrintOutcome, PrinterView},
    error::{DeskError, Result},
    form01::{self, PlaceInChain},
};
use onedoor_protocol::journal::{Body, FilingReceived, FormRendered, Printed};
use onedoor_receipt::{
    FormRenderer, Paper, Printpdf, RecoveryPaper, picture,
    printer::{self, Media, PrintError},
    recovery_paper,
};
use onedoor_store::{Hash32, Lines, Op, Store, StoreError};
use std::{
    path::PathBuf,
    sync::PoisonError,
    time::{Duration, SystemTime},
};
use uuid::Uuid;

/// The form's name in the journal.
pub(crate) const FORM: &str = "01";
/// The same form, two copies on A4.
const FORM_A4: &str = "01-a4";
/// The same form in larger type, one copy on A4.
const FORM_A4_ONE: &str = "01-a4-one";

/// Bytes of a PNG.
pub type Png = Vec<u8>;

/// A PDF that the store keeps, and what the journal calls it when it is printed.
pub(crate) struct StoredPaper {
    store: Store,
    /// The filing or the slip.
    about: Uuid,
    form: String,
    sha256: Hash32,
    pub pdf: Vec<u8>,
}

impl StoredPaper {
    pub(crate) fn read(store: Store, about: Uuid, form: &str, sha256: Hash32) -> Result<Self> {
        let pdf = match store.blobs().get(&sha256) {
            Err(StoreError::NotFound(_)) => return Err(gone(&store, &sha256)?),
            read => read?,
        };
        Ok(StoredPaper {
            store,
            about,
            form: form.to_string(),
            sha256,
            pdf,
        })
    }
}

/// Why a paper that a line names is not here.
fn gone(store: &Store, sha256: &Hash32) -> Result<DeskError> {
    let day = store.read(|reader| reader.let_go(sha256))?;
    Ok(match day {
        Some(day) => DeskError::new(ErrorCode::PaperLetGo).with("day", day),
        None => StoreError::NotFound("blob").into(),
    })
}

impl Desk {
    /// Renders and stores form 01 of a received filing; nothing is printed before this is durable.
    pub(crate) fn store_form(
        &self,
        store: &Store,
        filing: Uuid,
        choice: PaperChoice,
    ) -> Result<Hash32> {
        let name = form_name(choice);
        let _one_at_a_time = self
            .0
            .rendering
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let (stored, row, official, lines) = store.read(|reader| {
            Ok((
                reader.form(filing, name)?,
                reader.filing(filing)?,
                reader.official(filing)?,
                reader.lines_of(filing)?,
            ))
        })?;
        // Received under a provisional number, and it has its official one since: the stored form may be the one before.
        let renumbered = official.is_some() && row.as_ref().is_some_and(|row| row.code.is_none());
        let now = current(&lines).ok_or(DeskError::new(ErrorCode::FilingUnknown))?;
        // Only the counter that received a filing, took what it lacked or put it right last signs its receipt; here it is
        // there once it was brought.
        let elsewhere = now.signed.peer.filter(|ws| {
            // What this PC received under an identity that ended, it still signs as that one.
            !matches!(store.read(|reader| reader.key_of(*ws)), Ok(Some(_)))
        });
        if elsewhere.is_some() {
            let counter = row.and_then(|row| row.counter);
            let counter = counter.map(|counter| counter.name).unwrap_or_default();
            return stored
                .filter(|sha256| store.blobs().has(sha256))
                .ok_or(DeskError::new(ErrorCode::PaperElsewhere).with("counter", counter));
        }
        // What was drawn since it was put right is the paper that was given out: it is never drawn a second time.
        let drawn_since = |sha256: &Hash32| {
            now.signed_at == 0
                || lines.iter().any(|(_, line)| match &line.body {
                    Body::FormRendered(form) => {
                        form.sha256 == *sha256 && line.happened() > now.signed_at
                    }
                    _ => false,
                })
        };
        if let Some(stored) = stored.filter(|stored| !renumbered && drawn_since(stored)) {
            return Ok(stored);
        }
        let (pdf, template) = self.render(store, filing, form01::paper(choice))?;
        let same = stored.filter(|stored| *stored == Hash32::of(&[&pdf]));
        // The same words give the same bytes: it is the form that is stored already, or at the centre only.
        if let Some(sha256) = same {
            let is_gone = store.read(|reader| reader.let_go(&sha256))?.is_some();
            return Ok(match is_gone {
                true => sha256,
                false => store.blobs().put(&pdf)?,
            });
        }
        let (sha256, size) = (store.blobs().put(&pdf)?, pdf.len() as u64);
        let line = FormRendered {
            filing,
            form: name.to_string(),
            template: template.to_string(),
            sha256,
            size,
        };
        let context = self.context(&self.now(), None);
        store.write(Op::act(context, move |tx| {
            tx.name_blob(&sha256, size, "application/pdf")?;
            Ok((Lines::one(line), ()))
        }))?;
        Ok(sha256)
    }

    /// The PDF of form 01, and the template by which it is drawn.
    pub(crate) fn render(
        &self,
        store: &Store,
        filing: Uuid,
        paper: Paper,
    ) -> Result<(Vec<u8>, &'static str)> {
        let (lines, key, official) = store.read(|reader| {
            Ok((
                reader.lines_of(filing)?,
                reader.signing_key()?,
                reader.official(filing)?,
            ))
        })?;
        let now = current(&lines).ok_or(DeskError::new(ErrorCode::FilingUnknown))?;
        let stored = now.signed;
        let key = match stored.peer {
            None => key,
            Some(ws) => store
                .read(|reader| reader.key_of(ws))?
                .ok_or(DeskError::new(ErrorCode::PaperElsewhere))?,
        };
        let place = PlaceInChain {
            seq: stored.seq,
            hash: stored.hash,
            key: &key,
        };
        let body = FilingReceived {
            code: now.body.code.clone().or(official),
            ..now.body
        };
        let mut form = form01::form(&self.0.texts, &body, Some(&place))
            .ok_or(DeskError::new(ErrorCode::FormFailed))?;
        if let Some(complete) = now.complete {
            form01::since(&self.0.texts, &mut form, "form01-complete", complete);
        }
        if let Some(corrected) = now.corrected {
            form01::since(&self.0.texts, &mut form, "form01-corrected", corrected);
        }
        Ok((Printpdf.form01(&form, paper)?, form.template()))
    }

    /// Renders whatever a crash left without its form. Runs after every start, off the screen's way.
    pub(crate) fn mend_in_background(&self) {
        let desk = self.clone();
        self.0.config.runtime.spawn_blocking(move || {
            if let Err(error) = desk.mend() {
                tracing::error!(detail = %error.detail, "a missing receipt could not be rendered");
            }
            desk.sweep();
        });
    }

    /// Removes blobs that a kill left half written an hour ago or longer.
    fn sweep(&self) {
        let before = SystemTime::now().checked_sub(Duration::from_secs(3600));
        let Some((before, store)) = before.zip(self.store().ok()) else {
            return;
        };
        match store.blobs().sweep(before) {
            Ok(0) => {}
            Ok(swept) => tracing::info!(swept, "half-written files removed"),
            Err(error) => tracing::error!(%error, "half-written files stay"),
        }
    }

    /// See [`Desk::mend_in_background`]; returns how many were missing.
    pub fn mend(&self) -> Result<usize> {
        let store = self.store()?;
        let mut mended = 0;
        loop {
            let missing = store.read(|reader| reader.without_form(FORM, 50))?;
            if missing.is_empty() {
                return Ok(mended + self.mend_slips(&store)?);
            }
            for filing in missing {
                self.store_form(&store, filing, PaperChoice::A5)?;
                mended += 1;
            }
            self.tell(Event::Changed(vec!["filings"]));
        }
    }

    pub(crate) fn receipt_preview(
        &self,
        values: DraftValues,
        paper: PaperChoice,
        scale: f32,
    ) -> Result<Png> {
        let line = self.preview_line(&values)?;
        let form = form01::form(&self.0.texts, &line, None)
            .ok_or(DeskError::new(ErrorCode::FormFailed))?;
        let pdf = Printpdf.form01(&form, form01::paper(paper))?;
        Ok(picture(&pdf, 0, bounded(scale))?)
    }

    fn stored_receipt(&self, filing: &str, choice: PaperChoice) -> Result<StoredPaper> {
        let filing: Uuid = filing
            .parse()
            .map_err(|_| DeskError::new(ErrorCode::FilingUnknown))?;
        let store = self.at_work()?.store;
        let sha256 = self.store_form(&store, filing, choice)?;
        StoredPaper::read(store, filing, FORM, sha256)
    }

    /// Asks the centre for the receipt of a filing that another counter received, or that left this PC. False when that
    /// counter has not sent it yet.
    pub(crate) fn receipt_bring(&self, filing: String) -> Result<bool> {
        let filing: Uuid = filing
            .parse()
            .map_err(|_| DeskError::new(ErrorCode::FilingUnknown))?;
        let At { store, context, .. } = self.at_work()?;
        let asked = store.write(Op::local(move |tx| {
            Ok(tx.ask_back(filing, &context.day)? > 0 || tx.want_form(filing, FORM)?)
        }))?;
        self.nudge(onedoor_sync::Nudge::Now);
        Ok(asked.value)
    }

    pub(crate) fn receipt_picture(&self, filing: String, scale: f32) -> Result<Png> {
        // Two languages fill a sheet of A4; on A5 the picture would be half of the form.
        let choice = match self.workstation()?.enrolment.office.mission {
            Some(_) => PaperChoice::A4,
            None => PaperChoice::A5,
        };
        let paper = self.stored_receipt(&filing, choice)?;
        Ok(picture(&paper.pdf, 0, bounded(scale))?)
    }

    pub(crate) fn receipt_open(&self, filing: String) -> Result<PrintOutcome> {
        self.open_stored(|choice| self.stored_receipt(&filing, choice))
    }

    /// Opens a receipt that another one stands for now: what was printed stays to be seen.
    pub(crate) fn receipt_open_before(
        &self,
        filing: String,
        sha256: String,
    ) -> Result<PrintOutcome> {
        let filing: Uuid = filing
            .parse()
            .map_err(|_| DeskError::new(ErrorCode::FilingUnknown))?;
        let store = self.at_work()?.store;
        let lines = store.read(|reader| reader.lines_of(filing))?;
        let known = lines.iter().find_map(|(_, line)| match &line.body {
            Body::FormRendered(form) if form.sha256.hex() == sha256 => Some(form.sha256),
            _ => None,
        });
        let known = known.filter(|sha256| store.blobs().has(sha256));
        let sha256 = known.ok_or(DeskError::new(ErrorCode::PaperElsewhere))?;
        self.open_stored(|_| StoredPaper::read(store, filing, FORM, sha256))
    }

    /// Opens a stored PDF in the system's viewer, from a private folder that is emptied at lock and start.
    pub(crate) fn open_stored(
        &self,
        find: impl FnOnce(PaperChoice) -> Result<StoredPaper>,
    ) -> Result<PrintOutcome> {
        let paper = find(self.settings().paper)?;
        let outcome = self.open_pdf(&format!("{}.pdf", paper.sha256.hash8()), &paper.pdf)?;
        if outcome == PrintOutcome::Printed {
            self.journal_print(&paper, "opened")?;
        }
        Ok(outcome)
    }

    pub(crate) fn open_pdf(&self, name: &str, pdf: &[u8]) -> Result<PrintOutcome> {
        let path = private_file(self.opened_folder(), name, pdf)?;
        match self.0.config.host.open_pdf(&path) {
            Ok(()) => Ok(PrintOutcome::Printed),
            Err(error) => {
                tracing::warn!(%error, "no viewer opened the PDF");
                Ok(PrintOutcome::Unreachable)
            }
        }
    }

    /// What was printed is a filing's form or a slip, each under its own id.
    fn journal_print(&self, paper: &StoredPaper, how: &str) -> Result<()> {
        let at = self.at_work()?;
        let line = Printed {
            filing: paper.about,
            form: paper.form.clone(),
            sha256: paper.sha256,
            how: how.to_string(),
        };
        let op = Op::act(at.context, move |_| Ok((Lines::one(line), ())));
        paper.store.write(op)?;
        self.nudge(onedoor_sync::Nudge::Lines);
        self.tell(Event::Changed(vec!["filings"]));
        Ok(())
    }

    pub(crate) fn receipt_print(&self, filing: String) -> Result<PrintOutcome> {
        self.print_stored(|choice| self.stored_receipt(&filing, choice))
    }

    /// Prints a stored PDF on the chosen printer; it is found, or made, only where there is one.
    pub(crate) fn print_stored(
        &self,
        find: impl FnOnce(PaperChoice) -> Result<StoredPaper>,
    ) -> Result<PrintOutcome> {
        let settings = self.settings();
        if settings.printer.is_empty() {
            return Ok(PrintOutcome::NoPrinter);
        }
        let paper = find(settings.paper)?;
        // The job's name goes through the system's print queue: the hash says which paper, and nothing of the citizen.
        let name = format!("onedoor-{}", paper.sha256.hash8());
        let pdf = paper.pdf.clone();
        let outcome = self.send_pdf(&settings.printer, &name, media(settings.paper), pdf);
        if outcome == PrintOutcome::Printed {
            self.journal_print(&paper, "printer")?;
        }
        Ok(outcome)
    }

    /// Sends a PDF to a printer, once.
    pub(crate) fn send_pdf(
        &self,
        printer: &str,
        name: &str,
        media: Media,
        pdf: Vec<u8>,
    ) -> PrintOutcome {
        let sent = printer::print(printer, name, media, 1, pdf);
        match self.0.config.runtime.block_on(sent) {
            Ok(_) => PrintOutcome::Printed,
            Err(error) => {
                tracing::warn!(%error, "printing failed");
                match error {
                    PrintError::Refused { .. } => PrintOutcome::Refused,
                    _ => PrintOutcome::Unreachable,
                }
            }
        }
    }

    /// The system's printers; none where there is no print service.
    pub(crate) fn printer_list(&self) -> Result<Vec<PrinterView>> {
        let server = self.0.config.print_server.clone();
        let found = self.0.config.runtime.block_on(printer::list(&server));
        let found = found.unwrap_or_else(|error| {
            tracing::info!(%error, "no print service");
            Vec::new()
        });
        let view = |printer: printer::PrinterInfo| PrinterView {
            name: if printer.info.is_empty() {
                printer.name
            } else {
                printer.info
            },
            id: printer.uri,
            is_default: printer.default,
            accepting: printer.accepting,
        };
        Ok(found.into_iter().map(view).collect())
    }

    fn recovery_pdf(&self, code: &str) -> Result<Vec<u8>> {
        let workstation = self.workstation().ok();
        let office = workstation
            .as_ref()
            .map(|w| w.enrolment.office.name.clone())
            .unwrap_or_default();
        let short = workstation
            .as_ref()
            .map(|w| crate::session::short(w.enrolment.ws))
            .unwrap_or_default();
        let code = onedoor_store::RecoveryCode::parse(code)
            .ok_or(DeskError::new(ErrorCode::WrongRecoveryCode))?;
        let date = self.now().date();
        Ok(recovery_paper(&RecoveryPaper {
            office,
            workstation: short,
            date,
            code: code.groups(),
        })?)
    }

    pub(crate) fn recovery_picture(&self, recovery_code: String, scale: f32) -> Result<Png> {
        Ok(picture(
            &self.recovery_pdf(&recovery_code)?,
            0,
            bounded(scale),
        )?)
    }

    pub(crate) fn recovery_open(&self, recovery_code: String) -> Result<PrintOutcome> {
        let pdf = self.recovery_pdf(&recovery_code)?;
        self.open_pdf("recovery.pdf", &pdf)
    }
}

fn form_name(choice: PaperChoice) -> &'static str {
    match choice {
        PaperChoice::A5 => FORM,
        PaperChoice::A4TwoUp => FORM_A4,
        PaperChoice::A4 => FORM_A4_ONE,
    }
}

/// The sheet that a choice of paper is printed on.
pub(crate) fn media(choice: PaperChoice) -> Media {
    match choice {
        PaperChoice::A5 => Media::A5,
        PaperChoice::A4TwoUp | PaperChoice::A4 => Media::A4,
    }
}

/// A scale that a picture can be drawn at.
pub(crate) fn bounded(scale: f32) -> f32 {
    if scale.is_finite() {
        scale.clamp(0.25, 4.0)
    } else {
        1.0
    }
}

fn private_file(folder: PathBuf, name: &str, bytes: &[u8]) -> Result<PathBuf> {
    let failed = |error| DeskError::because(ErrorCode::DiskFull, error);
    std::fs::create_dir_all(&folder).map_err(failed)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o700))
            .map_err(failed)?;
    }
    let path = folder.join(name);
    std::fs::write(&path, bytes).map_err(failed)?;
    Ok(path)
}
