//! The picture beside the form: the right size, and the same code on it that is on paper.

use hayro::vello_cpu::Pixmap;

use super::{form, pdf, text};
use crate::sheet::{Frame, MM};
use crate::{Form01, FormError, Standing, picture, qr};

fn pixels(pdf: &[u8], scale: f32) -> Pixmap {
    let png = picture(pdf, 0, scale).unwrap();
    Pixmap::from_png(std::io::Cursor::new(png)).unwrap()
}

fn dark(pixels: &Pixmap, x: f32, y: f32) -> bool {
    let pixel = pixels.sample(x as u16, y as u16);
    pixel.r < 128
}

#[test]
fn the_picture_is_as_large_as_asked() {
    let shown = pixels(&pdf(&form()), 2.0);
    assert_eq!(
        (shown.width(), shown.height()),
        (839, 1190),
        "A5 at two pixels a point"
    );
}

#[test]
fn what_is_asked_wrongly_is_refused_by_name() {
    let form = pdf(&form());
    assert!(matches!(picture(&form, 1, 1.0), Err(FormError::NoPage(1))));
    assert!(matches!(
        picture(&form, 0, f32::NAN),
        Err(FormError::Scale(_))
    ));
    assert!(
        matches!(picture(&form, 0, 100.0), Err(FormError::Scale(_))),
        "no picture of a gigabyte"
    );
    assert!(matches!(
        picture(b"no PDF", 0, 1.0),
        Err(FormError::Unreadable)
    ));
}

/// Where the symbol's upper edge is, found by its dark upper right corner.
fn top_of_symbol(pixels: &Pixmap, x: f32) -> f32 {
    (0..pixels.height())
        .map(f32::from)
        .find(|&y| dark(pixels, x, y) && dark(pixels, x, y + 8.0))
        .unwrap()
}

#[test]
fn every_module_of_the_qr_is_drawn_where_it_belongs_28_mm_wide() {
    let Standing::Received { qr_digits, .. } = super::received() else {
        unreachable!()
    };
    let rows = qr::modules(&qr_digits).unwrap();
    let scale = 4.0;
    let shown = pixels(&pdf(&form()), scale);
    let module = 28.0 * MM * scale / rows.len() as f32;
    let left = (Frame::A5.right - 28.0 * MM) * scale;
    // The upper right corner of the symbol is a finder pattern: seven dark modules.
    let top = top_of_symbol(&shown, Frame::A5.right * scale - module * 6.5);
    for (y, row) in rows.iter().enumerate() {
        for (x, &expected) in row.iter().enumerate() {
            let (px, py) = (
                left + (x as f32 + 0.5) * module,
                top + (y as f32 + 0.5) * module,
            );
            assert_eq!(
                dark(&shown, px, py),
                expected,
                "module {x}, {y}: a reader would stumble"
            );
        }
    }
}

#[test]
fn a_preview_has_no_qr() {
    let preview = pdf(&Form01 {
        standing: Standing::Preview,
        ..form()
    });
    let scale = 2.0;
    let (received, waiting) = (pixels(&pdf(&form()), scale), pixels(&preview, scale));
    let ink = |p: &Pixmap| {
        let across = ((Frame::A5.right - 26.0 * MM) * scale) as u16
            ..((Frame::A5.right - 2.0 * MM) * scale) as u16;
        let down = (92.0 * scale) as u16..(165.0 * scale) as u16;
        across
            .flat_map(|x| down.clone().map(move |y| (x, y)))
            .filter(|&(x, y)| dark(p, x.into(), y.into()))
            .count()
    };
    assert!(
        ink(&waiting) * 5 < ink(&received),
        "nothing on a preview may look like a code to scan"
    );
}

#[test]
fn a_preview_without_a_time_limit_promises_neither_a_term_nor_a_day() {
    let unread = Form01 {
        standing: Standing::Preview,
        term_text: String::new(),
        due: None,
        ..form()
    };
    let words = text(&pdf(&unread));
    assert!(words.contains("09 giờ 15 phút, ngày 23 tháng 11 năm 2026"));
    // The lines to write on are drawn, so the next label follows at once.
    for gap in [
        "theo quy định là: Thời gian nhận hồ sơ:",
        "Thời gian trả kết quả giải quyết hồ sơ: Đăng ký nhận kết quả",
    ] {
        assert!(words.contains(gap), "no invented day: {words}");
    }
}
