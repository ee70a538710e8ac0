//! The renderer that the product uses: printpdf draws, lopdf finishes; and the trait that it implements. Not in it:
//! any choice of words or place.

use jiff::civil::DateTime;
use printpdf::{PdfDocument, PdfSaveOptions};

use crate::finish::{About, Part, finish};
use crate::sheet::Mark;
use crate::{
    Form01, Form01Pad, Form02, Form03, Form04, Form05, FormError, Guidance, Paper, body, drawing,
    guidance_body, notice_body, pad, slip_body,
};

/// Turns the words of a form into a PDF. The same words and paper give the same bytes, on any machine, at any time.
///
/// Every method gives PDF/A-2b.
///
/// # Errors
/// [`FormError`] when the QR digits can't be drawn or the program's own fonts are damaged; never because of a
/// character that no font has (see [`crate::undrawable`]).
pub trait FormRenderer {
    /// Form 01, in both languages where it has [`Form01::english`].
    ///
    /// # Errors
    /// See [`FormRenderer`].
    fn form01(&self, form: &Form01, paper: Paper) -> Result<Vec<u8>, FormError>;

    /// Form 02: what is still missing.
    ///
    /// # Errors
    /// See [`FormRenderer`].
    fn form02(&self, form: &Form02, paper: Paper) -> Result<Vec<u8>, FormError>;

    /// Form 03: why a filing is not taken.
    ///
    /// # Errors
    /// See [`FormRenderer`].
    fn form03(&self, form: &Form03, paper: Paper) -> Result<Vec<u8>, FormError>;

    /// Form 04: an apology, and a later day.
    ///
    /// # Errors
    /// See [`FormRenderer`].
    fn form04(&self, form: &Form04, paper: Paper) -> Result<Vec<u8>, FormError>;

    /// Form 05: a filing is stopped at its applicant's request.
    ///
    /// # Errors
    /// See [`FormRenderer`].
    fn form05(&self, form: &Form05, paper: Paper) -> Result<Vec<u8>, FormError>;

    /// The guidance sheet of a procedure.
    ///
    /// # Errors
    /// See [`FormRenderer`].
    fn guidance(&self, sheet: &Guidance, paper: Paper) -> Result<Vec<u8>, FormError>;

    /// A pad of blank forms 01 with reserved numbers, one page a number.
    ///
    /// # Errors
    /// See [`FormRenderer`]; and [`FormError::EmptyPad`] for a pad of no sheets.
    fn form01_pad(&self, pad: &Form01Pad, paper: Paper) -> Result<Vec<u8>, FormError>;
}

/// Draws forms with printpdf and finishes them as PDF/A-2b.
#[derive(Debug, Clone, Copy, Default)]
pub struct Printpdf;

impl FormRenderer for Printpdf {
    fn form01(&self, form: &Form01, paper: Paper) -> Result<Vec<u8>, FormError> {
        let about = about(form);
        finish(drawn(form, paper, &about)?, &about, Part::Two)
    }

    fn form02(&self, form: &Form02, paper: Paper) -> Result<Vec<u8>, FormError> {
        let title = format!("{} {}", slip_body::FORM02_NAME, form.standing.number());
        finished(&slip_body::form02(form, paper)?, paper, title, form.issued)
    }

    fn form03(&self, form: &Form03, paper: Paper) -> Result<Vec<u8>, FormError> {
        let title = format!("{} {}", slip_body::FORM03_NAME, form.standing.number());
        finished(&slip_body::form03(form, paper)?, paper, title, form.issued)
    }

    fn form04(&self, form: &Form04, paper: Paper) -> Result<Vec<u8>, FormError> {
        let title = format!("{} {}", notice_body::FORM04_NAME, form.standing.number());
        finished(
            &notice_body::form04(form, paper)?,
            paper,
            title,
            form.issued,
        )
    }

    fn form05(&self, form: &Form05, paper: Paper) -> Result<Vec<u8>, FormError> {
        let title = format!("{} {}", notice_body::FORM05_NAME, form.standing.number());
        finished(
            &notice_body::form05(form, paper)?,
            paper,
            title,
            form.issued,
        )
    }

    fn guidance(&self, sheet: &Guidance, paper: Paper) -> Result<Vec<u8>, FormError> {
        let title = format!(
            "{} {}",
            guidance_body::NAME,
            crate::fonts::clean(&sheet.code)
        );
        let made = sheet.printed.at(0, 0, 0, 0);
        finished(&guidance_body::pages(sheet, paper)?, paper, title, made)
    }

    fn form01_pad(&self, pad: &Form01Pad, paper: Paper) -> Result<Vec<u8>, FormError> {
        let made = pad.printed.at(0, 0, 0, 0);
        finished(&pad::pages(pad, paper)?, paper, pad::NAME.to_owned(), made)
    }
}

/// What the file of a form 01 says about itself.
pub(crate) fn about(form: &Form01) -> About {
    let title = format!(
        "Giấy tiếp nhận hồ sơ và hẹn trả kết quả {}",
        body::code(form)
    );
    About {
        title,
        made: form.received,
    }
}

/// The form as printpdf leaves it: not PDF/A yet, and with a random identifier.
pub(crate) fn drawn(
    form: &Form01,
    paper: Paper,
    about: &About,
) -> Result<lopdf::Document, FormError> {
    Ok(saved(&drawing::document(
        &body::pages(form, paper)?,
        paper,
        &about.title,
    )?))
}

/// Pages as a finished file.
pub(crate) fn finished(
    pages: &[Vec<Mark>],
    paper: Paper,
    title: String,
    made: DateTime,
) -> Result<Vec<u8>, FormError> {
    let about = About { title, made };
    let document = drawing::document(pages, paper, &about.title)?;
    finish(saved(&document), &about, Part::Two)
}

/// printpdf's document with only the glyphs that it uses.
pub(crate) fn saved(document: &PdfDocument) -> lopdf::Document {
    let options = PdfSaveOptions {
        image_optimization: None,
        ..PdfSaveOptions::default()
    };
    document.to_lopdf_document(&options, &mut Vec::new())
}
