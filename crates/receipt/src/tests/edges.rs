//! Whatever is typed stays on the paper: no mark of any form may lie outside the margins.

use proptest::prelude::*;

use super::{form, papers};
use crate::body::pages;
use crate::fonts::Faces;
use crate::sheet::{Frame, Mark};
use crate::{Form01, Paper, Submitter};

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

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_is_typed_runs_off_the_paper(form in anything()) {
        let faces = Faces::get().unwrap();
        for (number, page) in pages(&form, Paper::A5).unwrap().iter().enumerate() {
            for mark in page {
                let (left, right, low) = reach(faces, mark);
                let inside = left >= Frame::A5.left - 0.1 && right <= Frame::A5.right + 0.1 && low <= Frame::A5.height - 8.0;
                prop_assert!(inside, "page {}: {:?} reaches from {left} to {right}, down to {low}", number + 1, mark);
            }
        }
    }
}
