//! What a hand-over line makes of a filing.

use onedoor_domain::filing::Status;
use onedoor_projection::{Change, Unapplied, project};
use onedoor_protocol::journal::{HandedOver, Line, Stamp};
use uuid::Uuid;

const FILING: Uuid = Uuid::from_u128(0xf111);

fn taken(right: &str, authority: &str) -> Line {
    let body = HandedOver {
        filing: FILING,
        right: right.into(),
        taker: "Y Bhiông Niê".into(),
        id_number: "066088001234".into(),
        authority: authority.into(),
    };
    Line {
        stamp: Stamp {
            seq: 9,
            hlc: 1 << 16,
            wall: "2026-11-23T07:41:00.000+07:00".into(),
            boot: Uuid::nil(),
            mono: 0,
            day: "2026-11-23".into(),
            clerk: None,
        },
        dossier: Some(FILING),
        body: body.into(),
    }
}

#[test]
fn a_result_that_was_handed_over_ends_the_filing_by_whatever_right() {
    let (filing, status) = (FILING, Status::HandedOver);
    for (right, authority) in [
        ("applicant", ""),
        ("submitter", ""),
        ("authorised", "Giấy ủy quyền 12/2026"),
    ] {
        let ended = vec![Change::Status { filing, status }];
        assert_eq!(project(&taken(right, authority)), Ok(ended));
    }
}

#[test]
fn a_right_that_no_rule_knows_or_that_lacks_its_paper_changes_nothing() {
    for right in ["neighbour", "authorised"] {
        assert_eq!(project(&taken(right, "")), Err(Unapplied::BadValue));
    }
}
