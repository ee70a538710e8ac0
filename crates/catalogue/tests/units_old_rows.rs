//! Every row of the published list of old communes, asked as a card states it. Not here: addresses as people write them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use onedoor_catalogue::Units;
use onedoor_catalogue::units::{Ask, Modern};

/// Old province, district, commune → its new codes, and the hint.
type Rows = BTreeMap<(String, String, String), (BTreeSet<String>, Option<String>)>;

fn source() -> serde_json::Value {
    let packed = include_bytes!("../../../assets/catalogue/units-source.json.zst");
    let json = zstd::bulk::decompress(packed, 16 << 20).unwrap();
    serde_json::from_slice(&json).unwrap()
}

fn rows() -> (usize, Rows) {
    let source = source();
    let list = source["old_to_new"].as_array().unwrap();
    let mut rows = Rows::new();
    for row in list {
        let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
        let key = (
            text("old_province"),
            text("old_district"),
            text("old_commune"),
        );
        let entry = rows.entry(key).or_default();
        entry.0.insert(text("new_code"));
        if row["hint"] == true {
            entry.1 = Some(text("new_code"));
        }
    }
    (list.len(), rows)
}

fn codes(answer: &Modern<'_>) -> BTreeSet<String> {
    match answer {
        Modern::One { commune, .. } => BTreeSet::from([commune.code.to_owned()]),
        Modern::Split { communes, .. } => communes.iter().map(|one| one.code.to_owned()).collect(),
        Modern::Unknown => BTreeSet::new(),
    }
}

#[test]
fn every_old_commune_with_district_and_province_becomes_exactly_its_published_communes() {
    let units = Units::shipped().unwrap();
    let today = units.as_of(date(2026, 11, 23)).unwrap();
    let (count, rows) = rows();
    assert_eq!(
        (count, rows.len()),
        (10_602, 10_040),
        "the source as it was published"
    );
    let mut wrong = Vec::new();
    for ((province, district, commune), (expected, hint)) in &rows {
        let parts = [commune, district, province]
            .into_iter()
            .filter(|part| !part.is_empty());
        let unit = parts.cloned().collect::<Vec<_>>().join(", ");
        let answer = today.modern(&format!("Tổ 5, {unit}"));
        let hinted = match &answer {
            Modern::One { hamlet, .. } if hamlet == "Tổ 5" && expected.len() == 1 => true,
            Modern::Split {
                hamlet,
                communes,
                hint: place,
                why: Ask::Divided,
            } => {
                let likely = place
                    .and_then(|place| communes.get(place))
                    .map(|one| one.code);
                hamlet == "Tổ 5" && expected.len() > 1 && likely == hint.as_deref()
            }
            _ => false,
        };
        if !hinted || codes(&answer) != *expected {
            wrong.push(format!("{unit}: {answer:?}, published {expected:?}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn without_the_words_of_kinds_the_published_communes_are_found_or_asked_for() {
    let units = Units::shipped().unwrap();
    let today = units.as_of(date(2026, 11, 23)).unwrap();
    let bare = |name: &str| {
        [
            "Thị trấn ",
            "Thị xã ",
            "Thành phố ",
            "Phường ",
            "Huyện ",
            "Quận ",
            "Tỉnh ",
            "Xã ",
        ]
        .iter()
        .find_map(|kind| name.strip_prefix(kind))
        .unwrap_or(name)
        .to_owned()
    };
    let (_, rows) = rows();
    let (mut asked, mut lost) = (0, Vec::new());
    for ((province, district, commune), (expected, _)) in &rows {
        let [commune, district] = [commune, district].map(|name| match bare(name) {
            // Cards write "Phường 5" and "Quận 3" in full too.
            number if number.starts_with(|c: char| c.is_ascii_digit()) => name.clone(),
            plain => plain,
        });
        if commune.is_empty() {
            continue;
        }
        let unit = format!("{commune}, {district}, {}", bare(province));
        let answer = today.modern(&unit);
        let found = codes(&answer);
        if !found.is_superset(expected)
            || (found != *expected && matches!(answer, Modern::One { .. }))
        {
            lost.push(format!("{unit}: {answer:?}, published {expected:?}"));
        }
        asked += usize::from(found.len() > expected.len());
    }
    assert!(lost.is_empty(), "{} lost:\n{}", lost.len(), lost.join("\n"));
    assert!(
        asked < 60,
        "{asked} namesakes need a question: only town and commune of one name may"
    );
}

#[test]
fn the_shipped_list_is_packed_from_the_source_kept_beside_it() {
    let json = source().to_string();
    let packed = Units::import(&json).unwrap().pack().unwrap();
    let shipped = include_bytes!("../../../assets/catalogue/units.tsv.zst");
    assert!(
        packed == shipped,
        "run `cargo run -p onedoor-catalogue --bin onedoor-catalogue-units`"
    );
}
