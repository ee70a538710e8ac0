//! Same words, same bytes: what was printed can be drawn again after a power cut, and its hash still fits.

use sha2::{Digest, Sha256};

use super::samples::all;
use super::{form, papers, pdf};
use crate::{Form01, FormRenderer, Paper, Printpdf, Standing};

/// The SHA-256 of [`form`] on A5 under `form01-2025.1`. Whoever changes it changes what old receipts look like when
/// they are drawn again: that needs a new template version, not a new number here. (Until the first release the
/// number may move with the layout.)
const GOLDEN: &str = "8b934b7535b7ee78cc6c62a6077cd0fdbee99da83da5da72fbeb15b970c6b3b6";

fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

#[test]
fn the_bytes_of_the_template_version_are_what_they_were() {
    assert_eq!(sha256(&pdf(&form())), GOLDEN);
}

/// The SHA-256 of each other paper under its template; the same holds for them.
const OTHERS: [(&str, &str); 13] = [
    (
        "form 02",
        "55e430f8814dd91cebd8936cf2a3fd50fe3a93ba2103d6563a2294c3407ec105",
    ),
    (
        "form 02 twice",
        "f7e4dd8c89823e486055a4a6b70a521a7056fbd67a79c1a6364c61c3f8e4ac1f",
    ),
    (
        "form 03",
        "638d8c5fe7a182a418b5eaee0e1c662f9f7625876fe2824d46d0cba9477553e6",
    ),
    (
        "form 03 twice",
        "49340efe2f6fe2756cf742c7efdd5d6353473cd882c5fc5d88efa68648a031f7",
    ),
    (
        "form 04",
        "6bede3b2a3dfb81d65d057273b13242c55f077d4e3f2f9a04f881007fcd4defc",
    ),
    (
        "form 04 twice",
        "7fa7c6d06ff7c227ea08cb0c0bfd32757f057d7d68c0e1ff5982418a9fc334c5",
    ),
    (
        "form 05",
        "6eda2153719eefbff8e0540530f64a148cdb3dd147534f0960a3151d77d19cc8",
    ),
    (
        "form 05 on A4",
        "fcab650403f32a6c487b7e4f64477fa9a858b527a968b8a612dcb4748725c278",
    ),
    (
        "guidance",
        "9b02b68c5deae493b0505dd2be5ac2c00a9e0491026a83e1fbad05788fb30dfb",
    ),
    (
        "guidance A4",
        "59373dd3e2e6c70925d22eed98a204047176873396c9959f8c56a8154597c95c",
    ),
    (
        "form 01 in two languages",
        "bbc708a44b405f1c0cc4bba620c154b861f06e59bca9d85647f20bf8dbe62f96",
    ),
    (
        "form 01 in two languages, A4",
        "3171130b590f26a7b7740fa7ccc833de05f034f82a5b5d8f9782b5985cf3ab68",
    ),
    (
        "pad",
        "926f46431e90f8d1a0be159941627c4ec2022e440f194b322fd1a70e50d60502",
    ),
];

#[test]
fn the_bytes_of_the_other_papers_are_what_they_were() {
    let drawn = all();
    let found: Vec<(&str, String)> = drawn.iter().map(|(n, pdf)| (*n, sha256(pdf))).collect();
    let expected: Vec<(&str, String)> = OTHERS.map(|(n, hash)| (n, hash.to_owned())).to_vec();
    assert_eq!(found, expected);
    assert_eq!(drawn, all(), "drawn again, they must be the same files");
}

#[test]
fn the_bytes_do_not_depend_on_what_was_drawn_before_or_on_the_thread() {
    let first = pdf(&form());
    pdf(&Form01 {
        papers: papers(25),
        applicant: "Ꜳ 🙂".into(),
        ..form()
    });
    Printpdf.form01(&form(), Paper::A4TwoUp).unwrap();
    let threads: Vec<_> = (0..4)
        .map(|_| std::thread::spawn(|| pdf(&form())))
        .collect();
    for thread in threads {
        assert_eq!(
            thread.join().unwrap(),
            first,
            "a repeated print must be the same file"
        );
    }
}

#[test]
fn different_receipts_are_different_files_with_different_identifiers() {
    let id = |pdf: &[u8]| {
        let document = lopdf::Document::load_mem(pdf).unwrap();
        format!("{:?}", document.trailer.get(b"ID").unwrap())
    };
    let preview = pdf(&Form01 {
        standing: Standing::Preview,
        ..form()
    });
    assert_ne!(id(&pdf(&form())), id(&preview));
}

#[test]
fn no_receipt_is_larger_than_60_000_bytes() {
    for form in [
        form(),
        Form01 {
            papers: papers(25),
            sample: true,
            ..form()
        },
    ] {
        for paper in [Paper::A5, Paper::A4TwoUp] {
            let size = Printpdf.form01(&form, paper).unwrap().len();
            assert!(
                size <= 60_000,
                "{size} bytes: 150 of them go over a village line every day"
            );
        }
    }
}

#[test]
fn the_file_tells_nothing_about_the_machine_or_the_program() {
    let document = lopdf::Document::load_mem(&pdf(&form())).unwrap();
    let information = document
        .trailer
        .get(b"Info")
        .and_then(lopdf::Object::as_reference)
        .unwrap();
    let information = document
        .get_object(information)
        .and_then(lopdf::Object::as_dict)
        .unwrap();
    let keys: Vec<_> = information
        .iter()
        .map(|(k, _)| String::from_utf8_lossy(k).into_owned())
        .collect();
    assert_eq!(keys, ["Title", "CreationDate", "ModDate"]);
    let date = information
        .get(b"CreationDate")
        .and_then(lopdf::Object::as_str)
        .unwrap();
    assert_eq!(
        date, b"D:20261123091500",
        "the moment of receiving, not of drawing"
    );
}
