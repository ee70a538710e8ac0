//! The parsers under thousands of changed inputs, the same ones on every machine: no panic, no hang, and what must hold
//! of every answer holds. `tests/fuzz` runs the same looks without end.
//!
//! Not here: what the parsers should answer (see `rules`).

mod looks;
mod mutation;

use mutation::{Mutation, hammer};

const CARDS: [&str; 4] = [
    "048090001234|201234567|Nguyễn Văn An|15031990|Nam|Tổ 5, Hòa Thọ Đông, Cẩm Lệ, Đà Nẵng|25042021",
    "066150000321||H'Hen Niê|00001950|Nữ|Buôn Ea Tul|01072024|cha|mẹ|",
    "DN4010112345678|4e677579e1bb856e20416e|01/02/1990|2|456120|01 - 001|01/01/2026|$",
    "0112345678|5920426c6f6b|1990|1|-|x",
];
const ZONES: [&str; 2] = [
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL8989O2C36UTO7408122F12O4159ZE184226B<<<<<10",
];
const CODES: [&str; 5] = [
    "0100109106",
    "0300588569-001",
    "0100109106001",
    "048090001234",
    " 0100 109 106 – 001",
];
const TYPED: [&str; 5] = [
    "Nguyễn Thị Ừng",
    "H'Hen Niê",
    "15/03/1990",
    "3/1950",
    "NguyeenX Van An",
];

#[test]
fn a_card_s_code_is_read_or_refused_and_its_name_never_changed() {
    let read = hammer(&CARDS, looks::card);
    assert!(
        read > 500,
        "some changes must leave a card readable, else nothing was tested: {read}"
    );
}

#[test]
fn a_zone_is_read_only_when_every_check_digit_agrees() {
    let read = hammer(&ZONES, looks::zone);
    assert!(
        read > 50,
        "some changes must leave a zone readable or suggest one: {read}"
    );
}

#[test]
fn a_tax_code_is_read_as_it_is_printed() {
    let read = hammer(&CODES, looks::tax_code);
    assert!(
        read > 500,
        "some changes must leave a code readable: {read}"
    );
}

#[test]
fn a_stream_of_keys_gives_back_what_was_sent() {
    let mut times = Mutation::new(7);
    let scans = hammer(&CARDS, |input| {
        let mut at = 0;
        let keys: Vec<(char, u64)> = input
            .chars()
            .map(|key| {
                at += times.below(12);
                (key, at)
            })
            .collect();
        looks::keys(&keys)
    });
    assert!(scans > 5_000, "most bursts are scans: {scans}");
}

#[test]
fn names_and_births_survive_anything() {
    let read = hammer(&TYPED, looks::typed);
    assert!(
        read > 500,
        "some changes must leave a birth readable: {read}"
    );
}
