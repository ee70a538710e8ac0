//! Lists of units that a person imports: changes over time, and mistakes told at their place.
//! Not here: the shipped list.

use jiff::civil::date;
use onedoor_catalogue::Units;
use onedoor_catalogue::units::{Modern, Wrong};
use serde_json::{Value, json};

fn list() -> Value {
    json!({
        "effective": "2025-07-01",
        "meta": {"decree": "NQ 1"},
        "provinces": [{"code": "48", "name": "Đà Nẵng", "type": "thành phố"}],
        "communes": [
            {"code": "20260", "name": "Cẩm Lệ", "type": "phường", "province": "48"},
            {"code": "20320", "name": "Hòa Vang", "type": "xã", "province": "48"},
        ],
        "amendments": [],
        "old_to_new": [{
            "old_province": "Thành phố Đà Nẵng", "old_district": "Quận Cẩm Lệ",
            "old_commune": "Phường Hòa Thọ Đông", "new_code": "20260",
        }],
    })
}

fn wrong(list: &Value) -> Vec<(String, Wrong)> {
    let problems = Units::import(&list.to_string()).unwrap_err();
    problems
        .into_iter()
        .map(|problem| (problem.place, problem.wrong))
        .collect()
}

#[test]
fn a_commune_that_was_merged_later_is_followed_to_what_it_is_on_the_day() {
    let mut list = list();
    list["amendments"] = json!([{
        "effective": "2027-01-01",
        "decree": "NQ 2",
        "communes": [
            {"code": "20260", "into": ["20999"]},
            {"code": "20999", "name": "Nam Đà Nẵng", "type": "phường", "province": "48"},
        ],
    }]);
    let units = Units::import(&list.to_string()).unwrap();
    let again = Units::open(&units.pack().unwrap()).unwrap();
    let code = |day| match again
        .as_of(day)
        .unwrap()
        .modern("Hòa Thọ Đông, Cẩm Lệ, Đà Nẵng")
    {
        Modern::One { commune, .. } => commune.code.to_owned(),
        other => panic!("{other:?}"),
    };
    assert_eq!(code(date(2026, 12, 31)), "20260");
    assert_eq!(
        code(date(2027, 1, 1)),
        "20999",
        "the last day of the old commune was the day before"
    );
    let after = again.as_of(date(2027, 1, 1)).unwrap();
    assert_eq!(
        after.commune("20260"),
        None,
        "an ended commune is offered to nobody"
    );
    assert_eq!(after.edition().unwrap().decree, "NQ 2");
}

#[test]
fn mistakes_are_told_at_their_place() {
    let cases = [
        (
            "/provinces/0/code",
            json!("4"),
            "provinces[0] 4",
            Wrong::Code { digits: 2 },
        ),
        (
            "/provinces/0/type",
            json!("bang"),
            "provinces[0] 48",
            Wrong::Kind("bang".to_owned()),
        ),
        (
            "/communes/0/name",
            json!(" "),
            "communes[0] 20260",
            Wrong::Name,
        ),
        (
            "/communes/0/name",
            json!("Cẩm\tLệ"),
            "communes[0] 20260",
            Wrong::Name,
        ),
        (
            "/communes/1/code",
            json!("20260"),
            "communes[1] 20260",
            Wrong::Twice,
        ),
        (
            "/communes/1/province",
            json!("49"),
            "communes[1] 20320",
            Wrong::Unknown("49".to_owned()),
        ),
        (
            "/communes/1/type",
            json!("thị trấn"),
            "communes[1] 20320",
            Wrong::Kind("thị trấn".to_owned()),
        ),
        (
            "/old_to_new/0/new_code",
            json!("99999"),
            "old_to_new[0] 99999",
            Wrong::Unknown("99999".to_owned()),
        ),
    ];
    for (pointer, value, place, expected) in cases {
        let mut list = list();
        *list.pointer_mut(pointer).unwrap() = value;
        let found = wrong(&list);
        assert!(
            found.contains(&(place.to_owned(), expected)),
            "{pointer}: {found:?}"
        );
    }
}

#[test]
fn amendments_out_of_order_or_of_unknown_units_are_refused() {
    let mut list = list();
    list["amendments"] =
        json!([{"effective": "2025-07-01", "communes": [{"code": "11111", "type": "xã"}]}]);
    let found = wrong(&list);
    assert!(
        found.contains(&("amendments[0]".to_owned(), Wrong::Order)),
        "{found:?}"
    );
    let unknown = Wrong::Unknown("11111".to_owned());
    assert!(
        found.contains(&("amendments[0].communes 11111".to_owned(), unknown)),
        "{found:?}"
    );
}

#[test]
fn a_divided_commune_that_is_not_marked_as_divided_is_refused() {
    let mut list = list();
    let mut second = list["old_to_new"][0].clone();
    second["new_code"] = json!("20320");
    list["old_to_new"].as_array_mut().unwrap().push(second);
    assert_eq!(wrong(&list), [("old_to_new[0]".to_owned(), Wrong::Partial)]);
    for row in list["old_to_new"].as_array_mut().unwrap() {
        row["partial"] = json!(true);
        row["hint"] = json!(true);
    }
    assert_eq!(wrong(&list), [("old_to_new[0]".to_owned(), Wrong::Hints)]);
}

#[test]
fn a_file_that_is_no_list_is_refused_with_its_line() {
    let problems = Units::import("{\n  \"effective\": \"2025-13-01\"\n}").unwrap_err();
    assert_eq!(problems.len(), 1);
    assert!(problems[0].place.starts_with("line 2"), "{problems:?}");
    let mut empty = list();
    empty["communes"] = json!([]);
    assert!(
        wrong(&empty)
            .iter()
            .any(|(_, wrong)| *wrong == Wrong::Empty)
    );
    assert!(
        Units::open(b"not packed").is_err(),
        "a damaged packed list is told, not half opened"
    );
}

#[test]
fn a_list_full_of_mistakes_tells_the_first_fifty() {
    let mut list = list();
    let row = list["communes"][0].clone();
    list["communes"] = Value::Array(vec![row; 400]);
    assert_eq!(wrong(&list).len(), 50, "nobody reads four hundred");
}
