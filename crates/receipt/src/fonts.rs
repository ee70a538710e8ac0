//! The faces that forms are set in, and how wide each character is. Liberation Serif (the metrics of Times) comes
//! first, Noto Serif stands in for letters that it lacks, and what neither has is drawn as a box. Not in it: shaping.
//! Vietnamese in NFC has one character for every letter, so a character is a glyph.

use std::sync::OnceLock;

use printpdf::{FontId, ParsedFont, PdfFont};
use unicode_normalization::UnicodeNormalization;

use crate::FormError;

/// How a word is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Regular,
    Bold,
    Italic,
}

/// One of the built-in font files, by its place in [`FILES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Face(usize);

/// The name a face has in the PDF (six capitals: they become the subset tag), what to call it in an error, its file.
const FILES: [(&str, &str, &[u8]); 5] = [
    (
        "ONEREG",
        "Liberation Serif",
        include_bytes!("../../../assets/fonts/LiberationSerif-Regular.ttf"),
    ),
    (
        "ONEBLD",
        "Liberation Serif Bold",
        include_bytes!("../../../assets/fonts/LiberationSerif-Bold.ttf"),
    ),
    (
        "ONEITA",
        "Liberation Serif Italic",
        include_bytes!("../../../assets/fonts/LiberationSerif-Italic.ttf"),
    ),
    (
        "ONEALT",
        "Noto Serif",
        include_bytes!("../../../assets/fonts/NotoSerif-Regular.ttf"),
    ),
    (
        "ONEALB",
        "Noto Serif Bold",
        include_bytes!("../../../assets/fonts/NotoSerif-Bold.ttf"),
    ),
];

/// How wide the box for a character without a glyph is, in thousandths of the type size.
pub(crate) const BOX_WIDTH: u32 = 620;

/// The built-in faces, parsed once for the whole program: parsing costs more than drawing a form.
pub(crate) struct Faces(Vec<ParsedFont>);

impl Faces {
    /// The faces, parsed at the first call.
    pub(crate) fn get() -> Result<&'static Self, FormError> {
        static FACES: OnceLock<Result<Faces, &'static str>> = OnceLock::new();
        let parsed = FACES.get_or_init(|| {
            let parse = |&(_, name, bytes): &(_, &'static str, &[u8])| {
                ParsedFont::from_bytes(bytes, 0, &mut Vec::new()).ok_or(name)
            };
            FILES.iter().map(parse).collect::<Result<_, _>>().map(Faces)
        });
        parsed.as_ref().map_err(|name| FormError::Font(name))
    }

    /// The face that draws `c` in `style` and the width of `c` in thousandths of the type size; `None` when no face
    /// has a glyph for it.
    pub(crate) fn glyph(&self, c: char, style: Style) -> Option<(Face, u32)> {
        let (first, second) = match style {
            Style::Regular => (0, 3),
            Style::Bold => (1, 4),
            Style::Italic => (2, 3),
        };
        self.width(Face(first), c)
            .map(|w| (Face(first), w))
            .or_else(|| self.width(Face(second), c).map(|w| (Face(second), w)))
    }

    /// The width as the PDF's own table will have it: cut down to a whole thousandth, so that a line is exactly as
    /// long on paper as it was when it was broken.
    pub(crate) fn width(&self, face: Face, c: char) -> Option<u32> {
        let font = self.0.get(face.0)?;
        let glyph = font.lookup_glyph_index(u32::from(c)).filter(|&g| g != 0)?;
        let units = u32::from(font.font_metrics.units_per_em).max(1);
        Some(u32::from(font.get_horizontal_advance(glyph)) * 1000 / units)
    }

    /// Every face under its fixed name, as the PDF wants them; those that a page does not use are left out on saving.
    pub(crate) fn resources(&self) -> impl Iterator<Item = (FontId, PdfFont)> {
        FILES
            .iter()
            .zip(&self.0)
            .map(|(file, font)| (FontId(file.0.to_owned()), PdfFont::new(font.clone())))
    }
}

impl Face {
    /// The name under which pages refer to the face.
    pub(crate) fn id(self) -> FontId {
        FontId(FILES.get(self.0).map_or("ONEREG", |file| file.0).to_owned())
    }
}

/// Text as it is drawn: NFC, one kind of space, and without the invisible signs that come with pasted text.
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfc() {
        if c.is_whitespace() || c.is_control() {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !invisible(c) {
            out.push(c);
        }
    }
    out.trim().to_owned()
}

/// Signs that steer text and draw nothing: soft hyphen, zero-width and direction marks, variation selectors.
fn invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// The characters of `text`, each once and in their order, that will stand on paper as an empty box because no
/// built-in font has them. For a warning beside the field; nothing is refused.
pub fn undrawable(text: &str) -> Vec<char> {
    let mut missing = Vec::new();
    if let Ok(faces) = Faces::get() {
        for c in clean(text).chars() {
            if faces.glyph(c, Style::Regular).is_none() && !missing.contains(&c) {
                missing.push(c);
            }
        }
    }
    missing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_every_people_at_the_counter_have_a_glyph() {
        for name in [
            "NGUYỄN THỊ ỪNG",
            "H'Hen Niê",
            "Y Ƀŏk",
            "H’Bia Êban",
            "K’Tơr Čil",
            "Nay H’Ñ",
            "Rơ Ô Bhŭk",
            "Đinh Ƀrôih",
        ] {
            assert_eq!(
                undrawable(name),
                Vec::<char>::new(),
                "{name} must be printed letter by letter"
            );
        }
    }

    #[test]
    fn no_two_characters_share_a_glyph() {
        let faces = Faces::get().unwrap();
        for (face, font) in faces.0.iter().enumerate() {
            let mut seen = std::collections::BTreeMap::new();
            for c in (0x20..0x3000).filter(|&c| c != u32::from('\u{a0}')) {
                let glyph = font.lookup_glyph_index(c).filter(|&g| g != 0);
                let twin = glyph.and_then(|g| seen.insert(g, c));
                assert_eq!(
                    twin, None,
                    "face {face}: U+{c:04X} could not be copied out of the PDF as itself"
                );
            }
        }
    }

    #[test]
    fn a_character_without_a_glyph_is_named_once() {
        assert_eq!(
            undrawable("Anh 🙂 và 🙂 彳"),
            vec!['🙂', '彳'],
            "the warning names each character once"
        );
    }

    #[test]
    fn decomposed_and_pasted_text_is_drawn_as_if_it_had_been_typed() {
        assert_eq!(
            clean("Nguye\u{302}\u{303}n\u{a0}Thi\u{323}\u{200b}\n Ừng\u{feff} "),
            "Nguyễn Thị Ừng"
        );
    }
}
