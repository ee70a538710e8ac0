//! Whether the files are PDF/A: a check of ours for what part 2 level B asks of such a file, and PDFBox Preflight,
//! which knows only part 1: the same drawing finished as part 1 must be valid there. Both must find planted faults.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::samples::{all, visa};
use super::{form, needed, papers, pdf, tool};
use crate::finish::{Part, finish};
use crate::render::{about, drawn};
use crate::{Form01, FormRenderer, Paper, Printpdf, RecoveryPaper, Standing, recovery_paper};

/// Every shape that the product prints.
fn shapes() -> Vec<(&'static str, Vec<u8>)> {
    let recovery = RecoveryPaper {
        office: "Văn phòng".into(),
        workstation: "Quầy 1".into(),
        date: jiff::civil::date(2026, 11, 23),
        code: "AAAA-BBBB".into(),
    };
    let mut shapes = all();
    shapes.extend([
        ("A5", pdf(&form())),
        ("A4", Printpdf.form01(&form(), Paper::A4TwoUp).unwrap()),
        (
            "two pages",
            pdf(&Form01 {
                papers: papers(25),
                sample: true,
                ..form()
            }),
        ),
        (
            "preview",
            pdf(&Form01 {
                standing: Standing::Preview,
                ..form()
            }),
        ),
        (
            "a letter from the second font and a box",
            pdf(&Form01 {
                applicant: "Ꜳ a\u{2011}b 🙂".into(),
                ..form()
            }),
        ),
        ("recovery", recovery_paper(&recovery).unwrap()),
    ]);
    shapes
}

/// What keeps a file from being PDF/A-2b, in words; empty for a good one.
fn faults(pdf: &[u8]) -> Vec<&'static str> {
    let document = Document::load_mem(pdf).expect("lopdf reads it");
    let catalog = document.catalog().expect("it has a catalog");
    let mut faults = Vec::new();
    let mut require = |good: bool, fault| {
        if !good {
            faults.push(fault);
        }
    };
    let xmp = stream(&document, catalog, b"Metadata");
    let xmp = String::from_utf8_lossy(&xmp).into_owned();
    require(
        xmp.contains("<pdfaid:part>2<") && xmp.contains("<pdfaid:conformance>B<"),
        "XMP does not say 2B",
    );
    require(xmp.contains("<dc:title>"), "XMP has no title");
    require(
        intent_is_srgb(&document, catalog),
        "no output intent GTS_PDFA1 with a profile",
    );
    require(
        document
            .trailer
            .get(b"ID")
            .and_then(Object::as_array)
            .is_ok_and(|id| id.len() == 2),
        "no ID",
    );
    require(!document.trailer.has(b"Encrypt"), "encrypted");
    require(fonts_embedded(&document), "a font is not embedded");
    require(
        !says(&document, &["JavaScript", "Launch"]),
        "an action that a reader would run",
    );
    require(
        pdf.starts_with(b"%PDF-1.7\n%"),
        "not PDF 1.7 with a binary mark",
    );
    require(
        catalog
            .get(b"Lang")
            .and_then(Object::as_str)
            .is_ok_and(|l| l == b"vi-VN"),
        "no language",
    );
    faults
}

/// The bytes of a stream that `holder` refers to; empty when there is none.
fn stream(document: &Document, holder: &Dictionary, key: &[u8]) -> Vec<u8> {
    let id = holder.get(key).and_then(Object::as_reference);
    let found = id
        .and_then(|id| document.get_object(id))
        .and_then(Object::as_stream);
    found
        .map(|s| s.get_plain_content().unwrap_or_default())
        .unwrap_or_default()
}

fn intent_is_srgb(document: &Document, catalog: &Dictionary) -> bool {
    let intents = catalog.get(b"OutputIntents").and_then(Object::as_array);
    let first = intents
        .ok()
        .and_then(|list| list.first())
        .and_then(|i| i.as_dict().ok());
    first.is_some_and(|intent| {
        let kind = intent
            .get(b"S")
            .and_then(Object::as_name)
            .is_ok_and(|s| s == b"GTS_PDFA1");
        let profile = stream(document, intent, b"DestOutputProfile");
        kind && profile.get(16..20) == Some(b"RGB ") && profile.get(36..40) == Some(b"acsp")
    })
}

/// Every font descriptor carries its font, and there is at least one.
fn fonts_embedded(document: &Document) -> bool {
    let descriptors = descriptors(document);
    let carries = |id: &ObjectId| {
        let descriptor = document.get_object(*id).and_then(Object::as_dict);
        descriptor.is_ok_and(|d| !stream(document, d, b"FontFile2").is_empty())
    };
    !descriptors.is_empty() && descriptors.iter().all(carries)
}

fn descriptors(document: &Document) -> Vec<ObjectId> {
    let is = |o: &Object| o.as_dict().is_ok_and(|d| d.has_type(b"FontDescriptor"));
    document
        .objects
        .iter()
        .filter(|(_, o)| is(o))
        .map(|(id, _)| *id)
        .collect()
}

/// Whether any object's printed form has one of these names.
fn says(document: &Document, names: &[&str]) -> bool {
    document
        .objects
        .values()
        .any(|o| names.iter().any(|n| format!("{o:?}").contains(n)))
}

#[test]
fn every_shape_has_what_pdf_a_2b_asks_for() {
    for (shape, pdf) in shapes() {
        assert_eq!(
            faults(&pdf),
            Vec::<&str>::new(),
            "{shape}: an archive would refuse it"
        );
    }
}

#[test]
fn qpdf_finds_nothing_to_complain_about() {
    for (shape, pdf) in shapes() {
        let (code, said) = tool("qpdf", "qpdf", &["--check", "form.pdf"], &pdf);
        assert_eq!(code, Some(0), "{shape}: {said}");
    }
}

#[test]
fn the_check_finds_a_file_that_was_not_finished() {
    let mut bare = drawn(&form(), Paper::A5, &about(&form())).unwrap();
    let mut bytes = Vec::new();
    bare.save_to(&mut bytes).unwrap();
    let found = faults(&bytes);
    for fault in [
        "XMP does not say 2B",
        "no output intent GTS_PDFA1 with a profile",
        "no language",
    ] {
        assert!(
            found.contains(&fault),
            "the check is blind to “{fault}”: {found:?}"
        );
    }
}

#[test]
fn the_check_finds_a_font_that_is_left_out_and_a_script_that_is_put_in() {
    let mut document = Document::load_mem(&pdf(&form())).unwrap();
    let first = descriptors(&document)[0];
    document
        .get_object_mut(first)
        .unwrap()
        .as_dict_mut()
        .unwrap()
        .remove(b"FontFile2");
    let script =
        dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") };
    document.catalog_mut().unwrap().set("OpenAction", script);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    assert_eq!(
        faults(&bytes),
        [
            "a font is not embedded",
            "an action that a reader would run"
        ]
    );
}

/// What Preflight says of a file.
fn preflight(pdf: &[u8]) -> (Option<i32>, String) {
    const JARS: [(&str, &str); 8] = [
        ("preflight", "libpdfbox2-java"),
        ("pdfbox2", "libpdfbox2-java"),
        ("fontbox2", "libpdfbox2-java"),
        ("xmpbox", "libpdfbox2-java"),
        ("commons-logging", "libcommons-logging-java"),
        ("commons-io", "libcommons-io-java"),
        ("javax.activation", "libactivation-java"),
        ("jaxb-api", "libjaxb-api-java"),
    ];
    let path = |name: &str| format!("/usr/share/java/{name}.jar");
    JARS.iter()
        .for_each(|(name, package)| needed(&path(name), package));
    let classes = JARS.map(|(name, _)| path(name)).join(":");
    let arguments = [
        "-cp",
        &classes,
        "org.apache.pdfbox.preflight.Validator_A1b",
        "form.pdf",
    ];
    tool("java", "default-jre-headless", &arguments, pdf)
}

/// Adds what only part 1 asks for: which glyphs each embedded font has.
fn with_glyph_sets(document: &mut Document) {
    for id in descriptors(document) {
        let descriptor = document
            .get_object(id)
            .and_then(Object::as_dict)
            .unwrap()
            .clone();
        let glyphs = glyph_count(&stream(document, &descriptor, b"FontFile2"));
        let set: Vec<u8> = (0..glyphs.div_ceil(8))
            .map(|byte| bits(glyphs - byte * 8))
            .collect();
        let set = document.add_object(Stream::new(dictionary! {}, set));
        let descriptor = document
            .get_object_mut(id)
            .and_then(Object::as_dict_mut)
            .unwrap();
        descriptor.set("CIDSet", Object::Reference(set));
    }
}

/// The first `left` bits of a byte, at most eight.
fn bits(left: usize) -> u8 {
    (0..left.min(8)).fold(0, |byte, bit| byte | (0x80 >> bit))
}

/// `maxp.numGlyphs` of a TrueType file.
fn glyph_count(font: &[u8]) -> usize {
    let table = font[12..]
        .chunks(16)
        .find(|t| t.starts_with(b"maxp"))
        .expect("a font has maxp");
    let at = u32::from_be_bytes(table[8..12].try_into().unwrap()) as usize;
    usize::from(u16::from_be_bytes(font[at + 4..at + 6].try_into().unwrap()))
}

#[test]
fn preflight_says_valid_of_the_same_drawing_finished_as_part_1() {
    for form in [
        form(),
        Form01 {
            papers: papers(25),
            sample: true,
            applicant: "Ꜳ a\u{2011}b 🙂".into(),
            ..form()
        },
        visa(),
    ] {
        let about = about(&form);
        let mut document = drawn(&form, Paper::A4TwoUp, &about).unwrap();
        with_glyph_sets(&mut document);
        let (code, said) = preflight(&finish(document, &about, Part::One).unwrap());
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains("is a valid PDF/A-1b file"), "{said}");
    }
}

#[test]
fn preflight_finds_the_missing_glyph_sets_and_a_file_that_was_not_finished() {
    let about = about(&form());
    let unlisted = drawn(&form(), Paper::A5, &about).unwrap();
    let (code, said) = preflight(&finish(unlisted, &about, Part::One).unwrap());
    assert_ne!(code, Some(0), "a fault in the fonts must be seen: {said}");
    let mut bare = drawn(&form(), Paper::A5, &about).unwrap();
    let mut bytes = Vec::new();
    bare.save_to(&mut bytes).unwrap();
    let (code, said) = preflight(&bytes);
    assert_ne!(code, Some(0), "an unfinished file must be seen: {said}");
}
