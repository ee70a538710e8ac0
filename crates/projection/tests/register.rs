//! What the records of one person come to.

use onedoor_projection::register::{Entry, Seen};
use onedoor_protocol::journal::{IdentityRecord, PersonRecord};
use uuid::Uuid;

fn record(name: &str, address: &str, phone: &str, email: &str) -> PersonRecord {
    PersonRecord {
        person: Uuid::from_u128(1),
        name: name.into(),
        birth: "1990".into(),
        sex: None,
        id_number: String::new(),
        address: address.into(),
        phone: phone.into(),
        email: email.into(),
        identity: IdentityRecord::default(),
    }
}

fn entry_of(records: &[(u64, PersonRecord)]) -> Entry {
    let (hlc, first) = records[0].clone();
    let mut entry = Entry::new(first, hlc);
    for (hlc, record) in &records[1..] {
        entry.take(record, *hlc);
    }
    entry
}

#[test]
fn what_was_left_empty_later_stays_known_and_what_was_typed_later_wins() {
    let mut first = record("Nguyễn Thị Ứng", "Buôn Yao", "0905123456", "ung@example.vn");
    first.identity.commune = "24373".into();
    let hasty = record("NGUYỄN THỊ ỨNG", "", "", "");
    let moved = record("Nguyễn Thị Ứng", "Buôn Sah", "", "moi@example.vn");
    let entry = entry_of(&[(1, first), (2, hasty), (3, moved)]);
    assert_eq!(entry.record.phone, "0905123456", "nobody took it back");
    assert_eq!(entry.record.email, "moi@example.vn");
    assert_eq!(entry.record.address, "Buôn Sah");
    assert_eq!(
        entry.record.identity.commune, "",
        "the commune of the old address is not the new one's"
    );
    assert_eq!(entry.record.name, "Nguyễn Thị Ứng");
    assert_eq!((entry.seen, entry.phone_seen), (3, 1));
}

#[test]
fn names_and_numbers_are_the_newest_records_also_where_they_are_empty() {
    let mut first = record("Y Thul", "Buôn Yao", "", "");
    (first.id_number, first.birth) = ("066090912345".into(), "1990-03-15".into());
    let corrected = PersonRecord {
        birth: "1991".into(),
        id_number: String::new(),
        ..record("Y Thul Niê", "", "", "")
    };
    let entry = entry_of(&[(1, first), (2, corrected)]);
    assert_eq!(entry.record.name, "Y Thul Niê");
    assert_eq!(entry.record.birth, "1991");
    assert_eq!(entry.record.id_number, "", "it may have been another's");
    assert_eq!(entry.record.address, "Buôn Yao");
}

#[test]
fn the_order_in_which_lines_arrive_makes_no_difference() {
    let records = [
        (1, record("A", "Buôn Yao", "0905111111", "")),
        (2, record("B", "", "0905222222", "b@example.vn")),
        (3, record("C", "Buôn Sah", "", "")),
        (4, record("D", "", "", "")),
    ];
    let in_order = entry_of(&records);
    let parts = (&*in_order.record.name, &*in_order.record.phone);
    assert_eq!(parts, ("D", "0905222222"));
    for order in permutations(&[0, 1, 2, 3]) {
        let arrived: Vec<_> = order.iter().map(|at| records[*at].clone()).collect();
        assert_eq!(entry_of(&arrived), in_order, "{order:?}");
        let twice = [arrived.clone(), arrived].concat();
        assert_eq!(entry_of(&twice), in_order, "and again {order:?}");
    }
}

fn permutations(of: &[usize]) -> Vec<Vec<usize>> {
    if of.is_empty() {
        return vec![Vec::new()];
    }
    let with = |first: &usize| {
        let rest: Vec<usize> = of.iter().copied().filter(|one| one != first).collect();
        let tails = permutations(&rest).into_iter();
        tails
            .map(move |tail| [vec![*first], tail].concat())
            .collect::<Vec<_>>()
    };
    of.iter().flat_map(with).collect()
}

#[test]
fn a_late_line_says_that_it_is_one() {
    let mut entry = Entry::new(record("A", "", "", ""), 5);
    assert_eq!(
        entry.take(&record("B", "", "0905111111", ""), 4),
        Seen::Before
    );
    assert_eq!(
        (&*entry.record.name, &*entry.record.phone),
        ("A", "0905111111"),
        "what nobody knew is worth knowing, however late"
    );
    assert_eq!(entry.take(&record("C", "", "", ""), 6), Seen::Last);
    assert_eq!(entry.take(&record("C", "", "", ""), 6), Seen::Last, "again");
}
