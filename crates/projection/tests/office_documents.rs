//! What a line about the office's own calendar, tariff or list of communes changes.

use onedoor_projection::{Change, OFFICE_PARTS, OfficeDocumentState, Unapplied, project};
use onedoor_protocol::{
    Hash32,
    journal::{Line, OfficeDocumentSet, Stamp},
};
use uuid::Uuid;

fn set(part: &str, from: &str) -> Line {
    Line {
        stamp: Stamp {
            seq: 2,
            hlc: 1,
            wall: "2026-11-23T07:41:00.000+07:00".into(),
            boot: Uuid::nil(),
            mono: 0,
            day: "2026-11-23".into(),
            clerk: None,
        },
        dossier: None,
        body: OfficeDocumentSet {
            part: part.into(),
            from: from.into(),
            sha256: Hash32([7; 32]),
            size: 12,
            title: "2".into(),
        }
        .into(),
    }
}

#[test]
fn a_document_of_every_part_is_set_from_its_day_on() {
    for part in OFFICE_PARTS {
        let state = OfficeDocumentState {
            part: part.into(),
            from: "2027-01-01".into(),
            sha256: Hash32([7; 32]),
            size: 12,
            title: "2".into(),
        };
        let changes = project(&set(part, "2027-01-01"));
        assert_eq!(changes, Ok(vec![Change::OfficeDocument(state)]));
    }
}

#[test]
fn a_part_or_a_day_that_is_none_is_bad_and_sets_nothing() {
    for (part, from) in [
        ("weather", "2027-01-01"),
        ("calendar", "2027-02-30"),
        ("calendar", "soon"),
        ("tariff", "2027-01-01T00:00"),
    ] {
        let refused = project(&set(part, from));
        assert_eq!(refused, Err(Unapplied::BadValue), "{part} {from}");
    }
}
