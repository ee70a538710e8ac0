//! Codes on paper: the receipt's decimal digits, and a transfer's text, as a QR symbol. Not in it: what the digits say (a signed capsule), and
//! reading them back.

use qrcode::types::QrError;
use qrcode::{Color, EcLevel, QrCode};

use crate::FormError;

/// The rows of the symbol, top first, `true` = dark, without the quiet zone.
///
/// Digits only, because a Vietnamese input method rewrites the letters that a keyboard scanner types. Level M (15 %
/// of the symbol may be lost to a fold or a stamp); where that does not fit, level L.
///
/// # Errors
/// [`FormError::Qr`] for an empty text, anything but digits, or more digits than stay readable at 28 mm.
pub(crate) fn modules(digits: &str) -> Result<Vec<Vec<bool>>, FormError> {
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(FormError::Qr("its text must be decimal digits".to_owned()));
    }
    rows(digits)
}

/// The same for any text: what a bank's app reads is no keyboard's input.
///
/// # Errors
/// [`FormError::Qr`] for an empty text, or one that is too long.
pub(crate) fn symbol_of(text: &str) -> Result<Vec<Vec<bool>>, FormError> {
    if text.is_empty() {
        return Err(FormError::Qr("it must say something".to_owned()));
    }
    rows(text)
}

fn rows(text: &str) -> Result<Vec<Vec<bool>>, FormError> {
    let code = symbol(text, EcLevel::M)
        .or_else(|_| symbol(text, EcLevel::L))
        .map_err(|e| FormError::Qr(e.to_string()))?;
    let dark = |c: &Color| *c == Color::Dark;
    Ok(code
        .to_colors()
        .chunks(code.width())
        .map(|row| row.iter().map(dark).collect())
        .collect())
}

/// The smallest symbol for the text. Modules of 0.4 mm are what cheap readers resolve: 28 mm hold 69 of them, which
/// is version 13.
fn symbol(text: &str, level: EcLevel) -> Result<QrCode, QrError> {
    let code = QrCode::with_error_correction_level(text, level)?;
    if code.width() > 69 {
        Err(QrError::DataTooLong)
    } else {
        Ok(code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capsule_of_420_digits_keeps_modules_that_a_cheap_reader_resolves() {
        let rows = modules(&"0123456789".repeat(42)).unwrap();
        let module = 28.0 / rows.len() as f64;
        assert!(module >= 0.5, "a module is {module} mm at 28 mm");
    }

    #[test]
    fn letters_are_refused_because_an_input_method_would_rewrite_them() {
        assert!(matches!(modules("H15"), Err(FormError::Qr(_))));
        assert!(matches!(modules(""), Err(FormError::Qr(_))));
    }

    #[test]
    fn more_digits_than_stay_readable_are_refused_by_name() {
        assert!(
            modules(&"7".repeat(1000)).is_ok(),
            "level L takes what level M can't"
        );
        assert!(matches!(modules(&"7".repeat(1100)), Err(FormError::Qr(_))));
    }
}
