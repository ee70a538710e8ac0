//! Form 01 on its pages: the type size that fits, the parts in their order, the foot. Not in it: the parts
//! themselves (`header`, `body`), the words that come in (`form01`), and PDF.

use crate::fonts::{Faces, Style, clean};
use crate::sheet::{Align, BOTTOM, LEFT, MM, Mark, RIGHT, ROOM, Sheet, Stroke};
use crate::text::{one_line, span};
use crate::{FORM01_TEMPLATE, Form01, FormError, Standing, body, header, qr};

/// What stands where number, QR and hash will be, as long as nothing is received.
pub(crate) const NOT_RECEIVED: &str = "CHƯA TIẾP NHẬN";

/// Type sizes from the one we like best to the smallest that is still easy to read; the first that fits on one page
/// is taken.
const SIZES: [f32; 5] = [12.0, 11.5, 11.0, 10.5, 10.0];

/// The size of a form that needs several pages anyway.
const LONG_SIZE: f32 = 11.0;

/// The marks of every A5 page.
pub(crate) fn pages(form: &Form01) -> Result<Vec<Vec<Mark>>, FormError> {
    let faces = Faces::get()?;
    // Made once: finding the best mask of a QR costs more than setting the whole form at one size.
    let code = symbol(form)?;
    for size in SIZES {
        let sheet = composed(form, faces, code.as_deref(), size);
        if sheet.pages.len() == 1 {
            return Ok(footed(form, sheet));
        }
    }
    let sheet = composed(form, faces, code.as_deref(), LONG_SIZE);
    Ok(footed(form, sheet))
}

/// The rows of the QR, once there is something to encode.
fn symbol(form: &Form01) -> Result<Option<Vec<Vec<bool>>>, FormError> {
    match &form.standing {
        Standing::Preview => Ok(None),
        Standing::Received { qr_digits, .. } => qr::modules(qr_digits).map(Some),
    }
}

/// The form at one size, without foot.
fn composed(
    form: &Form01,
    faces: &'static Faces,
    symbol: Option<&[Vec<bool>]>,
    size: f32,
) -> Sheet {
    let continued = vec![
        span(Style::Regular, "Mã hồ sơ: "),
        span(Style::Bold, code(form)),
        span(Style::Italic, " (tiếp theo)"),
    ];
    let mut sheet = Sheet::new(faces, size, continued);
    header::draw(&mut sheet, form, symbol);
    body::draw(&mut sheet, form);
    sheet
}

/// The dossier code as it is printed.
pub(crate) fn code(form: &Form01) -> String {
    match &form.standing {
        Standing::Preview => NOT_RECEIVED.to_owned(),
        Standing::Received { code, .. } => clean(code),
    }
}

/// Adds what every page has at its edges: template, hash and page at the foot, the band of sample data at the head.
fn footed(form: &Form01, mut sheet: Sheet) -> Vec<Vec<Mark>> {
    let hash = match &form.standing {
        Standing::Preview => NOT_RECEIVED.to_owned(),
        Standing::Received { hash8, .. } => clean(hash8),
    };
    let count = sheet.pages.len();
    let mut done = Vec::with_capacity(count);
    for (at, marks) in std::mem::take(&mut sheet.pages).into_iter().enumerate() {
        sheet.pages = vec![marks];
        foot(
            &mut sheet,
            &format!("{FORM01_TEMPLATE} · {hash}"),
            &format!("Trang {}/{count}", at + 1),
        );
        if form.sample {
            sample(&mut sheet);
        }
        done.append(&mut sheet.pages);
    }
    done
}

fn foot(sheet: &mut Sheet, left: &str, right: &str) {
    let size = 7.5;
    let top = BOTTOM + 1.8 * MM;
    let y = top - 0.6 * MM;
    let (from, to) = ((LEFT, y), (RIGHT, y));
    sheet.put(Mark::Rule {
        from,
        to,
        thickness: 0.3,
        stroke: Stroke::Solid,
        grey: 0.5,
    });
    let [left, right] =
        [left, right].map(|t| one_line(sheet.faces, &[span(Style::Regular, t)], size));
    sheet.set(&left, (LEFT, RIGHT), top, size, Align::Left);
    sheet.set(&right, (LEFT, RIGHT), top, size, Align::Right);
}

/// A band that nobody takes for a real receipt, in the head margin where it covers nothing.
fn sample(sheet: &mut Sheet) {
    let (y, height, size) = (4.2 * MM, 4.6 * MM, 9.0);
    sheet.put(Mark::Band {
        x: LEFT,
        y,
        width: ROOM,
        height,
        grey: 0.85,
    });
    let words = one_line(sheet.faces, &[span(Style::Bold, "DỮ LIỆU MẪU")], size);
    sheet.set(&words, (LEFT, RIGHT), y + 0.9, size, Align::Centre);
}
