//! The renderer that the product uses: printpdf draws, lopdf finishes. Not in it: any choice of words or place.

use printpdf::{PdfDocument, PdfSaveOptions};

use crate::finish::{About, Part, finish};
use crate::{Form01, FormError, FormRenderer, Paper, drawing, layout};

/// Draws forms with printpdf and finishes them as PDF/A-2b.
#[derive(Debug, Clone, Copy, Default)]
pub struct Printpdf;

impl FormRenderer for Printpdf {
    fn form01(&self, form: &Form01, paper: Paper) -> Result<Vec<u8>, FormError> {
        let about = about(form);
        finish(drawn(form, paper, &about)?, &about, Part::Two)
    }
}

/// What the file of a form 01 says about itself.
pub(crate) fn about(form: &Form01) -> About {
    let title = format!(
        "Giấy tiếp nhận hồ sơ và hẹn trả kết quả {}",
        layout::code(form)
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
        &layout::pages(form)?,
        paper,
        &about.title,
    )?))
}

/// printpdf's document with only the glyphs that it uses.
pub(crate) fn saved(document: &PdfDocument) -> lopdf::Document {
    let options = PdfSaveOptions {
        image_optimization: None,
        ..PdfSaveOptions::default()
    };
    document.to_lopdf_document(&options, &mut Vec::new())
}
