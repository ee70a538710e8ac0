//! The people of the demo office: invented, of several peoples, some with a single name, some with only a year of
//! birth, some without a number. Telephone numbers begin with a prefix that nobody has, ID numbers end in a run that no
//! registry has reached, so that none can be a living person's. Not here: what they come for.

use super::chance::Chance;
use crate::dto::{PersonValues, SexChoice};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// How many people have come to this counter.
pub(super) const PERSONS: usize = 900;

/// Names that only a public figure should have.
const NEVER: [&str; 24] = [
    "Hồ Chí Minh",
    "Tô Lâm",
    "Lương Cường",
    "Phạm Minh Chính",
    "Trần Thanh Mẫn",
    "Nguyễn Phú Trọng",
    "Nguyễn Xuân Phúc",
    "Nguyễn Tấn Dũng",
    "Trần Đại Quang",
    "Trương Tấn Sang",
    "Nguyễn Minh Triết",
    "Nguyễn Sinh Hùng",
    "Nguyễn Thị Kim Ngân",
    "Nguyễn Thị Bình",
    "Nguyễn Thị Định",
    "Võ Thị Sáu",
    "Võ Văn Kiệt",
    "Võ Văn Thưởng",
    "Võ Nguyên Giáp",
    "Phạm Văn Đồng",
    "Phan Văn Giang",
    "Nguyễn Hòa Bình",
    "Nguyễn Văn Linh",
    "H’Hen Niê",
];
const PLACES: [&str; 14] = [
    "Buôn Brah",
    "Buôn Yao",
    "Buôn Tu",
    "Buôn Pơr",
    "Buôn Kna",
    "Buôn Phơng",
    "Buôn Sah A",
    "Buôn Sah B",
    "Buôn Knia 1",
    "Buôn Knia 2",
    "Thôn 1",
    "Thôn 2",
    "Thôn 4",
    "Thôn 7",
];
/// First digits of a number: mostly born here.
const ORIGINS: [(&str, u32); 9] = [
    ("066", 80),
    ("067", 3),
    ("064", 3),
    ("040", 3),
    ("038", 3),
    ("034", 2),
    ("004", 3),
    ("020", 2),
    ("011", 1),
];

#[derive(Deserialize)]
struct Names {
    kinh: Kinh,
    e_de: People,
    hmong: People,
    thai: People,
    tay: People,
    khmer: People,
    cham: People,
    gia_rai: People,
}

#[derive(Deserialize)]
struct Kinh {
    trong_so_ho: BTreeMap<String, f64>,
    dem_nam: Vec<String>,
    dem_nu: Vec<String>,
    ten_nam: Vec<String>,
    ten_nu: Vec<String>,
}

#[derive(Deserialize)]
struct People {
    ho: Vec<String>,
    nam: Vec<String>,
    nu: Vec<String>,
}

#[derive(Clone, Copy)]
enum Kin {
    Kinh,
    EDe,
    SingleName,
    Hmong,
    Thai,
    Tay,
    Khmer,
    Cham,
    GiaRai,
}

/// Of the people of this commune, in a thousand.
const KIN: [(Kin, u32); 9] = [
    (Kin::Kinh, 390),
    (Kin::EDe, 420),
    (Kin::SingleName, 15),
    (Kin::Hmong, 35),
    (Kin::Thai, 30),
    (Kin::Tay, 60),
    (Kin::Khmer, 10),
    (Kin::Cham, 10),
    (Kin::GiaRai, 30),
];

/// The people, as a clerk would have typed them once, each with a register id.
pub(super) fn people(chance: &mut Chance) -> serde_json::Result<Vec<PersonValues>> {
    let names: Names = serde_json::from_str(include_str!("../../../../assets/demo/names.json"))?;
    let mut numbers = BTreeSet::new();
    let mut people = Vec::with_capacity(PERSONS);
    while people.len() < PERSONS {
        let sex = if chance.percent(50) {
            SexChoice::Male
        } else {
            SexChoice::Female
        };
        let Some(name) = name(&names, sex, chance) else {
            continue;
        };
        if NEVER.contains(&name.as_str()) {
            continue;
        }
        let year = chance.between(1938, 2007);
        let id_number = match id_number(sex, year, chance) {
            number if number.is_empty() || numbers.insert(number.clone()) => number,
            _ => continue,
        };
        people.push(PersonValues {
            person: Uuid::now_v7().to_string(),
            name,
            birth: birth(year, chance),
            sex: Some(sex),
            id_number,
            address: address(chance),
            phone: phone(year, chance),
            email: String::new(),
            ..PersonValues::default()
        });
    }
    Ok(people)
}

fn name(names: &Names, sex: SexChoice, chance: &mut Chance) -> Option<String> {
    let whole = |people: &People, chance: &mut Chance| {
        let list = match sex {
            SexChoice::Male => &people.nam,
            SexChoice::Female => &people.nu,
        };
        chance.pick(list).cloned()
    };
    match *chance.weighted(&KIN)? {
        Kin::Kinh => kinh(&names.kinh, sex, chance),
        Kin::EDe => {
            let given = e_de_given(&whole(&names.e_de, chance)?, sex)?;
            Some(format!("{given} {}", chance.pick(&names.e_de.ho)?))
        }
        // Some old people have one name, and no clan's, on their papers.
        Kin::SingleName => {
            let given = e_de_given(&whole(&names.e_de, chance)?, sex)?;
            let last = given.rsplit([' ', '’']).next()?;
            Some(last.to_string())
        }
        Kin::Hmong => whole(&names.hmong, chance),
        Kin::Thai => whole(&names.thai, chance),
        Kin::Tay => whole(&names.tay, chance),
        Kin::Khmer => whole(&names.khmer, chance),
        Kin::Cham => whole(&names.cham, chance),
        Kin::GiaRai => whole(&names.gia_rai, chance),
    }
}

/// "Y Thim" of "Y Thim Niê", "H’Len" of "H’Len Niê": the clan's name may be of several words.
fn e_de_given(name: &str, sex: SexChoice) -> Option<String> {
    let words = match sex {
        SexChoice::Male => 2,
        SexChoice::Female => 1,
    };
    let given: Vec<&str> = name.split(' ').take(words).collect();
    (given.len() == words).then(|| given.join(" "))
}

fn kinh(names: &Kinh, sex: SexChoice, chance: &mut Chance) -> Option<String> {
    let weights: Vec<(&String, u32)> = names
        .trong_so_ho
        .iter()
        // Tenths of a percent; the list is from memory, and so are these.
        .map(|(family, percent)| (family, (percent * 10.0) as u32))
        .collect();
    // Two spellings of one family name share a weight: "Hoàng/Huỳnh".
    let families: Vec<&str> = chance.weighted(&weights)?.split('/').collect();
    let family = *chance.pick(&families)?;
    let (middle, given) = match sex {
        SexChoice::Male => (&names.dem_nam, &names.ten_nam),
        SexChoice::Female => (&names.dem_nu, &names.ten_nu),
    };
    Some(format!(
        "{family} {} {}",
        chance.pick(middle)?,
        chance.pick(given)?
    ))
}

/// Old people have only a year, or a month and a year.
fn birth(year: i16, chance: &mut Chance) -> String {
    let (month, day) = (chance.between(1, 12), chance.between(1, 28));
    match chance.below(100) {
        0..45 if year < 1955 => format!("{year}"),
        45..55 if year < 1955 => format!("{month:02}/{year}"),
        0..3 => format!("{year}"),
        _ => format!("{day:02}/{month:02}/{year}"),
    }
}

fn id_number(sex: SexChoice, year: i16, chance: &mut Chance) -> String {
    if year < 1955 && chance.percent(25) {
        return String::new();
    }
    let origin = chance.weighted(&ORIGINS).copied().unwrap_or("066");
    let century = if year < 2000 { 0 } else { 2 }
        + match sex {
            SexChoice::Male => 0,
            SexChoice::Female => 1,
        };
    let run = 900_000 + chance.below(100_000);
    format!("{origin}{century}{:02}{run}", year.rem_euclid(100))
}

fn address(chance: &mut Chance) -> String {
    let place = chance.pick(&PLACES).copied().unwrap_or("Thôn 1");
    format!("{place}, xã Ea Tul, tỉnh Đắk Lắk")
}

fn phone(year: i16, chance: &mut Chance) -> String {
    if chance.percent(if year < 1955 { 70 } else { 15 }) {
        return String::new();
    }
    format!("051{:07}", chance.below(10_000_000))
}

#[cfg(test)]
mod tests {
    use super::*;
    use onedoor_domain::identity::{Birth, PersonalId, Sex};

    #[test]
    fn the_people_of_the_demo_office_are_believable_and_nobody_real() {
        let people = people(&mut Chance::new(7)).unwrap();
        assert_eq!(people.len(), PERSONS);
        let today = "2026-11-23".parse().unwrap();
        for person in &people {
            assert_ne!(person.name, "Nguyễn Văn A", "no sample of a form");
            assert!(!NEVER.contains(&person.name.as_str()));
            let birth = Birth::parse(&person.birth, today).expect(&person.birth);
            if person.id_number.is_empty() {
                continue;
            }
            let number = PersonalId::parse(&person.id_number).expect(&person.id_number);
            let sex = person.sex.map(|sex| match sex {
                SexChoice::Male => Sex::Male,
                SexChoice::Female => Sex::Female,
            });
            assert_eq!(
                number.warnings(sex, &birth),
                [],
                "the number agrees with sex and year of {}",
                person.name
            );
        }
        let some = |what: &str, found: fn(&PersonValues) -> bool| {
            let count = people.iter().filter(|person| found(person)).count();
            assert!(count > 3, "there are people with {what}, not {count}");
        };
        some("one name", |person| !person.name.contains(' '));
        some("only a year of birth", |person| person.birth.len() == 4);
        some("a month of birth", |person| person.birth.len() == 7);
        some("no number", |person| person.id_number.is_empty());
        some("letters of the Ê Đê", |person| person.name.contains('Ƀ'));
    }
}
