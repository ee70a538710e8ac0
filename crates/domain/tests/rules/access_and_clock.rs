//! Who may do what, and which clock is believed.

use jiff::civil::DateTime;
use onedoor_domain::access::{Permission, Role, may};
use onedoor_domain::clock::{ClockDoubt, ClockProposal, doubt, propose};

use crate::fixture::at;

#[test]
fn each_role_may_do_its_own_work_and_no_more() {
    use Permission::*;
    let all = [
        Receive,
        FindFilings,
        PrintReceipt,
        SeeSync,
        SendNow,
        ManageStaff,
        ManageOffice,
        OpenPaper,
    ];
    let allowed = |role| {
        all.into_iter()
            .filter(|p| may(role, *p))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        allowed(Role::Clerk),
        [
            Receive,
            FindFilings,
            PrintReceipt,
            SeeSync,
            SendNow,
            OpenPaper
        ]
    );
    assert_eq!(allowed(Role::Supervisor), all);
    assert_eq!(
        allowed(Role::Admin),
        [SeeSync, SendNow, ManageStaff, ManageOffice],
        "who looks after machines has no business with citizens' papers"
    );
}

#[test]
fn roles_keep_their_words() {
    for role in [Role::Clerk, Role::Supervisor, Role::Admin] {
        assert_eq!(Role::parse(role.as_str()), Some(role));
    }
    assert_eq!(Role::parse("root"), None);
}

#[test]
fn the_wall_clock_is_offered_only_where_it_can_be_right() {
    let friday = Some(at("2026-11-20 16:40"));
    let table: [(&str, Option<DateTime>, Option<ClockDoubt>, &str); 7] = [
        (
            "2026-11-23 07:31",
            friday,
            None,
            "the first working day after a weekend is no news",
        ),
        ("2026-11-20 16:40", friday, None, "the same minute"),
        ("2026-12-21 16:40", friday, None, "a month of closure"),
        (
            "2026-12-21 16:41",
            friday,
            Some(ClockDoubt::FarAhead),
            "more than 31 days",
        ),
        (
            "2026-11-20 16:39",
            friday,
            Some(ClockDoubt::BehindLastEvent),
            "set back",
        ),
        (
            "1970-01-01 00:00",
            friday,
            Some(ClockDoubt::BehindLastEvent),
            "an empty battery",
        ),
        ("2026-11-23 07:31", None, None, "nothing has happened yet"),
    ];
    for (wall, last, expected, why) in table {
        assert_eq!(doubt(at(wall), last), expected, "{why}");
        let offered = if expected.is_none() {
            ClockProposal::Wall(at(wall))
        } else {
            ClockProposal::Empty
        };
        assert_eq!(propose(at(wall), last), offered, "{why}");
    }
}
