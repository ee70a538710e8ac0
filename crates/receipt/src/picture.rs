//! A page of a PDF as a picture, for the preview beside the form: drawn by hayro, so that the window needs no PDF
//! engine. Not in it: thumbnails of scans (crate `scan`) and anything kept between two pictures.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

use crate::FormError;

/// Page `page` (counted from 0) of `pdf` as a PNG on white; `scale` is pixels a point (1.0 = 72 dpi, 0.1 to 8).
///
/// # Errors
/// [`FormError::Scale`], [`FormError::Unreadable`], [`FormError::NoPage`] or [`FormError::Picture`].
pub fn picture(pdf: &[u8], page: usize, scale: f32) -> Result<Vec<u8>, FormError> {
    if !(0.1..=8.0).contains(&scale) {
        return Err(FormError::Scale(scale));
    }
    let pdf = Pdf::new(pdf.to_vec()).map_err(|_| FormError::Unreadable)?;
    let page = pdf.pages().get(page).ok_or(FormError::NoPage(page))?;
    let size = PixmapSettings {
        x_scale: scale,
        y_scale: scale,
        bg_color: WHITE,
    };
    let cache = RenderCache::new();
    let pixels = render(
        page,
        &cache,
        &InterpreterSettings::default(),
        &RenderSettings::default(),
        &size,
    );
    pixels
        .into_png()
        .map_err(|e| FormError::Picture(e.to_string()))
}
