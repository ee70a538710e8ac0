//! The whole table of a filing's life, status by act by role, written here a second time.

use onedoor_domain::{
    access::Role,
    filing::{
        Status,
        life::{Act, Past, Refused, acts, step},
    },
};
use proptest::prelude::*;

/// A row a status, a column an act, in the order of `Act::ALL`: where it leads, `!` with a reason, `*` by the head only.
const TABLE: &str = "
status            transfer     take_up      ask_supplement    supplement  arrive        hand_over    refuse     stop      withdraw    extend             take_back                 correct
draft             -            -            -                 -           -             -            -          -         -           -                  -                         -
received          transferred  being_solved supplement_asked! -           result_ready  -            refused!*  -         withdrawn!  received!*         -                         received!
transferred       -            being_solved supplement_asked! -           result_ready  -            refused!*  stopped!  -           transferred!*      -                         transferred!
being_solved      -            -            supplement_asked! -           result_ready  -            refused!*  stopped!  -           being_solved!*     -                         being_solved!
supplement_asked  -            -            -                 received    -             -            refused!*  stopped!  -           -                  -                         supplement_asked!
result_ready      -            -            -                 -           -             handed_over  -          -         -           -                  being_solved!*            result_ready!
handed_over       -            -            -                 -           -             -            -          -         -           -                  result_ready!*            -
refused           -            -            -                 -           -             -            -          -         -           -                  received!*                -
stopped           -            -            -                 -           -             -            -          -         -           -                  received!*                -
withdrawn         -            -            -                 -           -             -            -          -         -           -                  received!*                -
";

const NEVER: Past = Past {
    supplement_asked: false,
    extended: false,
};

#[test]
fn every_cell_of_the_table_holds_for_every_role() {
    let mut rows = TABLE.trim().lines();
    let heads: Vec<&str> = rows.next().unwrap().split_whitespace().skip(1).collect();
    let words: Vec<&str> = Act::ALL.iter().map(|act| act.as_str()).collect();
    assert_eq!(heads, words, "the table has every act");
    let mut statuses = Vec::new();
    for row in rows {
        let cells: Vec<&str> = row.split_whitespace().collect();
        let status = Status::parse(cells[0]).unwrap();
        statuses.push(status);
        for (act, cell) in Act::ALL.iter().zip(&cells[1..]) {
            let wanted = Status::parse(cell.trim_end_matches(['!', '*']));
            let by_head = cell.ends_with('*');
            let reason = cell.contains('!');
            for role in [Role::Clerk, Role::Supervisor, Role::Admin] {
                let found = step(status, *act, role, NEVER).map(|step| (step.next, step.reason));
                let place = format!("{} {} {}", status.as_str(), act.as_str(), role.as_str());
                let expected = match (wanted, role) {
                    (None, _) => Err(Refused::Status),
                    (Some(_), Role::Admin) => Err(Refused::Nobody),
                    (Some(_), Role::Clerk) if by_head => Err(Refused::Supervisor),
                    (Some(next), _) => Ok((next, reason)),
                };
                assert_eq!(found, expected, "{place}");
            }
        }
    }
    assert_eq!(statuses, Status::ALL, "the table has every status");
}

#[test]
fn the_applicant_is_asked_for_more_once_and_a_day_is_moved_once() {
    let asked = Past {
        supplement_asked: true,
        ..NEVER
    };
    let extended = Past {
        extended: true,
        ..NEVER
    };
    let being = Status::BeingSolved;
    let refused = |act, past| step(being, act, Role::Supervisor, past).err();
    assert_eq!(refused(Act::AskSupplement, asked), Some(Refused::Once));
    assert_eq!(
        refused(Act::Extend, asked),
        None,
        "one has nothing to do with the other"
    );
    assert_eq!(refused(Act::Extend, extended), Some(Refused::Once));
    assert_eq!(refused(Act::AskSupplement, extended), None);
    let open: Vec<Act> = acts(being, Role::Clerk, asked)
        .iter()
        .map(|(act, _)| *act)
        .collect();
    assert_eq!(
        open,
        [Act::Arrive, Act::Stop, Act::Correct],
        "what can't be done is not offered"
    );
}

proptest! {
    /// However a filing is driven through its life, its result is handed over only from the shelf, and what ended goes
    /// on only when the head takes the end back.
    #[test]
    fn no_way_through_the_table_hands_over_what_never_arrived(
        tried in prop::collection::vec((0..Act::ALL.len(), any::<bool>()), 1..40)
    ) {
        let mut status = Status::Received;
        let mut past = NEVER;
        let mut asked = 0;
        for (act, head) in tried {
            let act = Act::ALL[act];
            let role = if head { Role::Supervisor } else { Role::Clerk };
            let Ok(step) = step(status, act, role, past) else { continue };
            if step.next == Status::HandedOver {
                prop_assert_eq!(status, Status::ResultReady);
            }
            if status.is_ended() || status == Status::Refused {
                prop_assert!(act == Act::TakeBack && head);
            }
            if act == Act::AskSupplement {
                asked += 1;
                past.supplement_asked = true;
            }
            past.extended |= act == Act::Extend;
            status = step.next;
        }
        prop_assert!(asked <= 1);
    }
}
