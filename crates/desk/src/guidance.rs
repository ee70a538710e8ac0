//! The guidance sheet of a procedure ("cần giấy gì?"): shown, opened or printed in one key. It is no act: nothing of it
//! is stored, numbered or journaled. Not here: its words (`forms`), its looks (`receipt`).

use crate::{
    desk::Desk,
    dto::*,
    error::{DeskError, Result},
    forms, procedure_view,
    receipt::{Png, bounded},
    texts::Texts,
};
use onedoor_catalogue::national::Details;
use onedoor_receipt::{FilingWay, FormRenderer, Paper, Printpdf, Words, picture, printer::Media};

impl Desk {
    /// The sheet as a PDF. With cases it lists what is asked for in these and in each; without any, all of them.
    fn guidance_pdf(&self, code: &str, cases: &[String], paper: Paper) -> Result<Vec<u8>> {
        let at = self.at_work()?;
        let day = at.now.date();
        let chosen = self
            .chosen(code, day)?
            .ok_or(DeskError::new(ErrorCode::ProcedureUnknown))?;
        let mut procedure = chosen.procedure.clone();
        if !cases.is_empty() {
            procedure.documents.retain(|document| {
                document
                    .case
                    .as_ref()
                    .is_none_or(|case| cases.contains(case))
            });
        }
        let office = self.workstation()?.enrolment.office;
        let english = (self.settings().language == Language::En).then(Texts::english);
        let mut sheet = forms::guidance(
            &procedure,
            (&office, day, self.demo()),
            &self.0.texts,
            english,
        );
        if let Some(page) = &chosen.page
            && !procedure.checked
            && !page.entry.ways.rows.is_empty()
        {
            sheet.ways = self.page_ways(page, english);
        }
        Ok(Printpdf.guidance(&sheet, paper)?)
    }

    /// The national page's own rows, verbatim: each way of filing has its time and fee.
    fn page_ways(&self, page: &Details, english: Option<&Texts>) -> Vec<FilingWay> {
        let way = |row: WayView| {
            let key = format!("way-{}", row.way);
            FilingWay {
                way: Words {
                    vi: self.0.texts.get(&key),
                    en: english.map_or_else(String::new, |english| english.get(&key)),
                },
                term: Words::vi(row.time_text),
                fee: Words::vi(row.fee_text),
            }
        };
        let mut ways: Vec<FilingWay> = Vec::new();
        for way in procedure_view::ways(page).into_iter().map(way) {
            // Rows that differ only in a remark are one row on the sheet.
            if !ways.contains(&way) {
                ways.push(way);
            }
        }
        ways
    }

    pub(crate) fn guidance_picture(
        &self,
        code: String,
        cases: Vec<String>,
        scale: f32,
    ) -> Result<Png> {
        let pdf = self.guidance_pdf(&code, &cases, Paper::A5)?;
        Ok(picture(&pdf, 0, bounded(scale))?)
    }

    pub(crate) fn guidance_open(&self, code: String, cases: Vec<String>) -> Result<PrintOutcome> {
        let pdf = self.guidance_pdf(&code, &cases, Paper::A5)?;
        self.open_pdf("guidance.pdf", &pdf)
    }

    pub(crate) fn guidance_print(&self, code: String, cases: Vec<String>) -> Result<PrintOutcome> {
        let settings = self.settings();
        if settings.printer.is_empty() {
            return Ok(PrintOutcome::NoPrinter);
        }
        let pdf = self.guidance_pdf(&code, &cases, Paper::A5)?;
        Ok(self.send_pdf(&settings.printer, "onedoor-guidance", Media::A5, pdf))
    }
}
