//! The finisher: makes PDF/A-2b of what printpdf draws, with the same bytes every time. printpdf's own switch for
//! PDF/A writes PDF/X marks and a print profile; this replaces it. Not in it: drawing, and a validator (tests have
//! one).

use jiff::civil::DateTime;
use lopdf::{Dictionary, Document, Object, Stream, StringFormat, dictionary};

use crate::FormError;

/// sRGB as an ICC profile, version 2, 736 bytes, CC0: from saucecontrol's Compact-ICC-Profiles, licence beside it.
const SRGB: &[u8] = include_bytes!("../assets/sRGB-v2-magic.icc");

/// What the file says about itself, and nothing more: no program, no author, no machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct About {
    /// The title, with the dossier code.
    pub(crate) title: String,
    /// The moment the form speaks of; there is no clock here.
    pub(crate) made: DateTime,
}

/// The part of ISO 19005 that the file declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// PDF/A-2b, in PDF 1.7: what the product writes.
    Two,
    /// PDF/A-1b, in PDF 1.4: only for the validator that Debian has, which knows no other part.
    #[cfg(test)]
    One,
}

impl Part {
    fn number(self) -> u8 {
        match self {
            Self::Two => 2,
            #[cfg(test)]
            Self::One => 1,
        }
    }

    fn pdf_version(self) -> &'static str {
        match self {
            Self::Two => "1.7",
            #[cfg(test)]
            Self::One => "1.4",
        }
    }
}

/// Finishes a drawn document and gives its bytes.
///
/// # Errors
/// [`FormError::Finish`] when the document has no catalog or can't be written.
pub(crate) fn finish(
    mut document: Document,
    about: &About,
    part: Part,
) -> Result<Vec<u8>, FormError> {
    document.version = part.pdf_version().to_owned();
    let information = document.add_object(information(about));
    let metadata = document.add_object(metadata(about, part));
    let intent = intent(&mut document);
    let catalog = document.catalog_mut().map_err(fault)?;
    catalog.set("Metadata", Object::Reference(metadata));
    catalog.set("OutputIntents", vec![Object::Dictionary(intent)]);
    catalog.set("Lang", Object::string_literal("vi-VN"));
    catalog.set(
        "ViewerPreferences",
        dictionary! { "DisplayDocTitle" => true },
    );
    if let Ok(Object::Reference(drawn)) = document.trailer.get(b"Info") {
        let drawn = *drawn;
        document.objects.remove(&drawn);
    }
    document.trailer.set("Info", Object::Reference(information));
    document.compress();
    name(&mut document)?;
    written(&mut document)
}

/// Replaces printpdf's random identifier by one made from the document's own bytes.
fn name(document: &mut Document) -> Result<(), FormError> {
    document.trailer.remove(b"ID");
    let print = fingerprint(&written(document)?);
    let id = Object::String(print.to_be_bytes().to_vec(), StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
    Ok(())
}

fn written(document: &mut Document) -> Result<Vec<u8>, FormError> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).map_err(fault)?;
    Ok(bytes)
}

fn fault(error: impl std::fmt::Display) -> FormError {
    FormError::Finish(error.to_string())
}

/// FNV-1a, 128 bits: tells files apart as PDF asks for. It protects nothing; the blob's SHA-256 does.
fn fingerprint(bytes: &[u8]) -> u128 {
    const START: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    bytes.iter().fold(START, |hash, &byte| {
        (hash ^ u128::from(byte)).wrapping_mul(PRIME)
    })
}

fn information(about: &About) -> Dictionary {
    let date = about.made.strftime("D:%Y%m%d%H%M%S").to_string();
    dictionary! {
        "Title" => utf16(&about.title),
        "CreationDate" => Object::string_literal(date.clone()),
        "ModDate" => Object::string_literal(date),
    }
}

/// A PDF text string that may hold any letter: UTF-16 with its mark.
fn utf16(text: &str) -> Object {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    Object::String(
        units.flat_map(u16::to_be_bytes).collect(),
        StringFormat::Hexadecimal,
    )
}

/// What the colours mean: sRGB.
fn intent(document: &mut Document) -> Dictionary {
    let profile = document.add_object(Stream::new(dictionary! { "N" => 3 }, SRGB.to_vec()));
    dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => Object::string_literal("sRGB IEC61966-2.1"),
        "Info" => Object::string_literal("sRGB IEC61966-2.1"),
        "RegistryName" => Object::string_literal("http://www.color.org"),
        "DestOutputProfile" => Object::Reference(profile),
    }
}

/// The XMP packet; it repeats title and dates, because PDF/A wants both to say the same.
fn metadata(about: &About, part: Part) -> Stream {
    let (part, title) = (part.number(), escaped(&about.title));
    let date = about.made.strftime("%Y-%m-%dT%H:%M:%S");
    let packet = format!(
        r#"<?xpacket begin="{bom}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>{part}</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title></rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"><xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate></rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"#,
        bom = '\u{feff}'
    );
    let kind = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    // Readers that know no PDF look for the packet in the bare bytes.
    Stream::new(kind, packet.into_bytes()).with_compression(false)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
