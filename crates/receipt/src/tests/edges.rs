//! Whatever is typed stays on the paper: no mark of any form may lie outside the margins.

use proptest::prelude::*;

use super::samples::{form02, form03, guidance, pad, visa};
use super::{form, papers};
use crate::body::pages;
use crate::fonts::Faces;
use crate::sheet::{Frame, Mark};
use crate::{
    Form01, Form01English, Form01Pad, Form02, Form03, FormError, Guidance, Paper, Submitter, Words,
    guidance_body, pad, slip_body,
};

/// Words as people type and paste them: letters of all kinds, spaces, signs, control characters.
fn typed(most: usize) -> impl Strategy<Value = String> {
    let words = prop_oneof![
        4 => "[A-ZÀ-Ỹa-zà-ỹ0-9 ,.'/@-]{0,60}",
        1 => "\\PC{0,40}",
        1 => any::<String>(),
        1 => "[Ww]{0,120}",
    ];
    prop::collection::vec(words, 1..30)
        .prop_map(move |parts| parts.concat().chars().take(most).collect())
}

/// A form in which everything that a person types is anything at all.
fn anything() -> impl Strategy<Value = Form01> {
    let long = prop::array::uniform4(typed(200));
    let names = prop::array::uniform6(typed(200));
    (names, long, typed(2000), 0..30_usize).prop_map(|(names, more, content, count)| {
        let [applicant, address, email, office, place, clerk] = names;
        let [phone, kind, authority, note] = more;
        let mut papers = papers(count);
        if let Some(paper) = papers.first_mut() {
            paper.name.clone_from(&content);
            paper.kind = kind;
        }
        let submitter = Some(Submitter {
            name: clerk.clone(),
            authority,
            ..Submitter::default()
        });
        Form01 {
            applicant,
            address,
            email,
            office,
            place,
            clerk,
            phone,
            note,
            content,
            papers,
            submitter,
            ..form()
        }
    })
}

/// The left, right and lower edge of a mark, in points.
fn reach(faces: &Faces, mark: &Mark) -> (f32, f32, f32) {
    match mark {
        Mark::Text {
            x,
            y,
            size,
            face,
            text,
            ..
        } => {
            let thousandths: u32 = text.chars().filter_map(|c| faces.width(*face, c)).sum();
            (*x, x + thousandths as f32 * size / 1000.0, *y)
        }
        Mark::Rule { from, to, .. } => (from.0, to.0, from.1.max(to.1)),
        Mark::Frame {
            x,
            y,
            width,
            height,
            ..
        }
        | Mark::Band {
            x,
            y,
            width,
            height,
            ..
        } => (*x, x + width, y + height),
        Mark::Modules { x, y, side, .. } => (*x, x + side, y + side),
    }
}

/// Whether every mark of every page lies inside the margins; else which does not.
fn inside(pages: Result<Vec<Vec<Mark>>, FormError>, frame: Frame) -> Result<(), TestCaseError> {
    let faces = Faces::get().unwrap();
    for (number, page) in pages.unwrap().iter().enumerate() {
        for mark in page {
            let (left, right, low) = reach(faces, mark);
            let inside =
                left >= frame.left - 0.1 && right <= frame.right + 0.1 && low <= frame.height - 8.0;
            prop_assert!(
                inside,
                "page {}: {mark:?} reaches from {left} to {right}, down to {low}",
                number + 1
            );
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_is_typed_runs_off_the_paper(form in anything()) {
        inside(pages(&form, Paper::A5), Frame::A5)?;
    }

    #[test]
    fn nothing_runs_off_a_receipt_in_two_languages(form in anything(), english in typed(300)) {
        let form = Form01 {
            details: vec![(english.clone(), english.clone())],
            english: Some(Form01English {
                office: english.clone(),
                content: english.clone(),
                papers: vec![(english.clone(), english.clone())],
                note: english.clone(),
                authority: english,
                ..visa().english.unwrap()
            }),
            ..form
        };
        inside(pages(&form, Paper::A5), Frame::A5)?;
        inside(pages(&form, Paper::A4), Frame::A4)?;
    }

    #[test]
    fn nothing_runs_off_a_slip(name in typed(200), long in typed(2000), count in 0..60_usize) {
        let form = Form02 {
            applicant: name.clone(),
            items: vec![long.clone(); count],
            contact: name.clone(),
            clerk: name.clone(),
            ..form02()
        };
        inside(slip_body::form02(&form, Paper::A5), Frame::A5)?;
        let form = Form03 {
            applicant: name.clone(),
            id_number: name.clone(),
            email: name.clone(),
            submitter: name,
            reasons: vec![long; count.min(4)],
            ..form03()
        };
        inside(slip_body::form03(&form, Paper::A5), Frame::A5)?;
    }

    #[test]
    fn nothing_runs_off_a_guidance_sheet_or_a_pad(vi in typed(700), en in typed(700)) {
        let words = Words::both(vi.clone(), en);
        let mut sheet = guidance();
        for paper in sheet.cases.iter_mut().flat_map(|case| &mut case.papers) {
            paper.name = words.clone();
        }
        let mut ways = vec![sheet.ways[0].clone(); 2];
        ways[1].fee = words.clone();
        let sheet = Guidance {
            ways,
            title: words.clone(),
            checked: crate::Checked::NotYet(words.clone()),
            steps: vec![words; 3],
            ..sheet
        };
        inside(guidance_body::pages(&sheet, Paper::A5), Frame::A5)?;
        let mut blank = pad();
        blank.letterhead.office = vi.chars().take(200).collect();
        let blank = Form01Pad { sample: true, ..blank };
        inside(pad::pages(&blank, Paper::A5), Frame::A5)?;
    }
}
