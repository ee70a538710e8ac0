//! A search for words through every byte of folders: in every spelling and encoding in which a program might leave
//! them, and for the signatures of files that would hold them. Shares no code with the program whose traces it seeks.

use std::{collections::BTreeMap, fs, io, path::Path};
use unicode_normalization::UnicodeNormalization;

/// One spelling of one word, in one encoding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needle {
    /// Which word, how spelt, how encoded.
    pub what: String,
    /// What to look for.
    pub bytes: Vec<u8>,
}

/// Something that should not be there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// The file.
    pub file: String,
    /// What was found in it.
    pub what: String,
}

/// Signatures that no file may begin with.
const BEGINNINGS: [(&str, &[u8]); 4] = [
    ("an SQLite database", b"SQLite format 3\0"),
    ("a PDF", b"%PDF"),
    ("a JPEG", &[0xff, 0xd8, 0xff]),
    ("a zstd frame", &[0x28, 0xb5, 0x2f, 0xfd]),
];
/// Signatures that are long enough to be no chance anywhere in a file.
const ANYWHERE: [(&str, &[u8]); 2] = [
    ("an SQLite header inside", b"SQLite format 3"),
    ("a PDF inside", b"%PDF-1."),
];

/// All encodings of a word in all its spellings.
pub fn needles(word: &str) -> Vec<Needle> {
    let composed: String = word.nfc().collect();
    let decomposed: String = word.nfd().collect();
    let folded = unmarked(word);
    let mut spellings = BTreeMap::from([
        ("as typed", composed.clone()),
        ("decomposed", decomposed),
        ("in capitals", composed.to_uppercase()),
        ("in small letters", composed.to_lowercase()),
        ("without marks", folded.clone()),
        ("without marks, in small letters", folded.to_lowercase()),
        ("without marks, in capitals", folded.to_uppercase()),
    ]);
    let mut seen = Vec::new();
    spellings.retain(|_, spelling| {
        let fresh = !seen.contains(spelling);
        seen.push(spelling.clone());
        fresh
    });
    let all = spellings.iter().flat_map(|(name, spelling)| {
        encodings(spelling)
            .into_iter()
            .map(move |(how, bytes)| Needle {
                what: format!("{word} {name}, {how}"),
                bytes,
            })
    });
    all.collect()
}

/// Letters without their marks; đ becomes d.
fn unmarked(word: &str) -> String {
    let plain = word
        .nfd()
        .filter(|letter| !unicode_normalization::char::is_combining_mark(*letter));
    plain
        .map(|letter| match letter {
            'đ' => 'd',
            'Đ' => 'D',
            other => other,
        })
        .collect()
}

fn encodings(text: &str) -> Vec<(String, Vec<u8>)> {
    let bytes = text.as_bytes();
    let wide: Vec<u16> = text.encode_utf16().collect();
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let escaped: String = wide
        .iter()
        .map(|unit| match u8::try_from(*unit) {
            Ok(ascii) if ascii.is_ascii() => char::from(ascii).to_string(),
            _ => format!("\\u{unit:04x}"),
        })
        .collect();
    let percent: String = bytes
        .iter()
        .map(|byte| match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => char::from(*byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect();
    let mut all = vec![
        ("UTF-8".to_string(), bytes.to_vec()),
        (
            "UTF-16LE".into(),
            wide.iter().flat_map(|unit| unit.to_le_bytes()).collect(),
        ),
        (
            "UTF-16BE".into(),
            wide.iter().flat_map(|unit| unit.to_be_bytes()).collect(),
        ),
        ("hex".into(), hex.clone().into_bytes()),
        ("HEX".into(), hex.to_uppercase().into_bytes()),
        ("JSON".into(), escaped.into_bytes()),
        ("percent".into(), percent.into_bytes()),
    ];
    all.extend((0..3).map(|shift| (format!("base64 at {shift}"), base64_inside(bytes, shift))));
    all
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Base64 without padding.
pub fn base64(bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    for group in bytes.chunks(3) {
        let word = group.iter().enumerate().fold(0_u32, |word, (place, byte)| {
            word | u32::from(*byte) << (16 - 8 * place)
        });
        for place in 0..=group.len() {
            text.push(ALPHABET[(word >> (18 - 6 * place) & 63) as usize]);
        }
    }
    text
}

/// What is left of some bytes in the base64 of a longer text, `shift` bytes after the start of a group: without the
/// letters at both ends that hold bits of the neighbours.
fn base64_inside(bytes: &[u8], shift: usize) -> Vec<u8> {
    let shifted = [&vec![0; shift], bytes].concat();
    let first = (8 * shift).div_ceil(6);
    let last = 8 * shifted.len() / 6;
    base64(&shifted)[first..last].to_vec()
}

/// Searches names and bytes of all files under `folder`, and how they begin.
///
/// # Errors
/// As the file system's.
pub fn search(folder: &Path, needles: &[Needle]) -> io::Result<Vec<Found>> {
    let signatures = ANYWHERE.map(|(what, bytes)| Needle {
        what: what.into(),
        bytes: bytes.to_vec(),
    });
    // By their first two bytes, so that every byte of the folder is looked at once.
    let mut starts: BTreeMap<[u8; 2], Vec<&Needle>> = BTreeMap::new();
    for needle in needles.iter().chain(&signatures) {
        let [first, second, ..] = needle.bytes.as_slice() else {
            return Err(io::Error::other(format!("too short: {}", needle.what)));
        };
        starts.entry([*first, *second]).or_default().push(needle);
    }
    let mut found = Vec::new();
    for path in onedoor_testkit::folders::files(folder)? {
        let bytes = fs::read(&path)?;
        let file = path.strip_prefix(folder).unwrap_or(&path);
        let file = file.to_string_lossy().into_owned();
        let mut tell = |what: &str| {
            found.push(Found {
                file: file.clone(),
                what: what.to_string(),
            })
        };
        for text in [bytes.as_slice(), file.as_bytes()] {
            for (at, pair) in text.windows(2).enumerate() {
                let here = starts.get(pair).into_iter().flatten();
                here.filter(|needle| text[at..].starts_with(&needle.bytes))
                    .for_each(|needle| tell(&needle.what));
            }
        }
        for (what, beginning) in BEGINNINGS {
            if bytes.starts_with(beginning) {
                tell(what);
            }
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}
