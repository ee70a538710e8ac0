//! Codes, tickets, ranges of numbers, and operators' tokens.

use jiff::{SignedDuration, civil::date};
use onedoor_central::ledger::{Enrolled, Expectation, Role, SecretKind};
use onedoor_protocol::{Hash32, chain, enrol::Mission, hello::Standing, sign::SecretKey};
use uuid::Uuid;

use super::{Bench, secret};

fn key(seed: u8) -> [u8; 32] {
    SecretKey::from_seed(&[seed; 32]).public().bytes()
}

pub async fn a_code_enrols_once_and_the_same_key_again(bench: &Bench) {
    let new = bench.wanted(1, "12345678");
    bench.ledger.await_enrolment(new.clone()).await.unwrap();
    let before = bench.ledger.workstation(new.ws).await.unwrap().unwrap();
    assert_eq!(
        (before.standing, before.key),
        (Standing::Expected, None),
        "until then it is only expected"
    );
    let first = bench
        .ledger
        .enrol(new.secret, key(1), bench.now())
        .await
        .unwrap();
    let Enrolled::Accepted(workstation) = &first else {
        panic!("{first:?}")
    };
    assert_eq!(workstation.ws, new.ws, "it became the expected one");
    assert_eq!(
        workstation.head,
        Some(chain::genesis(new.ws, &key(1))),
        "its chain begins with its key"
    );
    assert_eq!(
        workstation.standing,
        Standing::Active,
        "its lines are welcome"
    );
    let again = bench
        .ledger
        .enrol(new.secret, key(1), bench.now())
        .await
        .unwrap();
    assert_eq!(again, first, "a lost answer can be asked for again");
    let thief = bench
        .ledger
        .enrol(new.secret, key(2), bench.now())
        .await
        .unwrap();
    assert_eq!(thief, Enrolled::CodeUsed, "another machine can't use it");
    let wrong = bench
        .ledger
        .enrol(secret("87654321"), key(2), bench.now())
        .await
        .unwrap();
    assert_eq!(wrong, Enrolled::CodeUnknown, "a code that was never made");
}

pub async fn two_machines_with_one_code_make_one_workstation(bench: &Bench) {
    let new = bench.wanted(1, "12345678");
    bench.ledger.await_enrolment(new.clone()).await.unwrap();
    let mut tasks = Vec::new();
    for seed in 0..8 {
        let (ledger, now, secret) = (bench.ledger.clone(), bench.now(), new.secret);
        tasks.push(tokio::spawn(async move {
            ledger.enrol(secret, key(seed), now).await
        }));
    }
    let mut accepted = Vec::new();
    for task in tasks {
        match task.await.unwrap().unwrap() {
            Enrolled::Accepted(workstation) => accepted.push(workstation.key),
            other => assert_eq!(other, Enrolled::CodeUsed, "the others are told"),
        }
    }
    let row = bench.ledger.workstation(new.ws).await.unwrap().unwrap();
    assert_eq!(
        accepted,
        [row.key],
        "one machine, and it is the one in the row"
    );
}

pub async fn a_code_ends_after_a_day_but_a_lost_answer_can_be_asked_again(bench: &Bench) {
    let (used, unused) = (bench.wanted(1, "11111111"), bench.wanted(2, "22222222"));
    for new in [&used, &unused] {
        bench.ledger.await_enrolment(new.clone()).await.unwrap();
    }
    bench
        .ledger
        .enrol(used.secret, key(1), bench.now())
        .await
        .unwrap();
    bench.clock.advance(SignedDuration::from_hours(25));
    let late = bench
        .ledger
        .enrol(unused.secret, key(2), bench.now())
        .await
        .unwrap();
    assert_eq!(
        late,
        Enrolled::CodeUnknown,
        "a day later the code is worth nothing"
    );
    let again = bench
        .ledger
        .enrol(used.secret, key(1), bench.now())
        .await
        .unwrap();
    assert!(
        matches!(again, Enrolled::Accepted(_)),
        "a machine without network for days still gets its answer"
    );
}

pub async fn numbers_of_a_counter_have_one_holder(bench: &Bench) {
    let first = bench.wanted(1, "11111111");
    let made = bench.ledger.await_enrolment(first.clone()).await.unwrap();
    let Expectation::Made(lease) = &made else {
        panic!("{made:?}")
    };
    assert_eq!(
        (lease.slot, lease.reserve),
        ([1000, 1999], Some([9000, 9099])),
        "the numbers of counter 1"
    );
    assert_eq!(
        (lease.valid_from.as_str(), lease.valid_to.as_str()),
        ("2026-11-23", "2027-05-22"),
        "for 180 days"
    );
    let second = bench.wanted(1, "22222222");
    let replaced = bench.ledger.await_enrolment(second.clone()).await.unwrap();
    assert!(
        matches!(replaced, Expectation::Made(_)),
        "nobody used the first code, so a new one may take its place"
    );
    assert_eq!(
        bench.ledger.workstation(first.ws).await.unwrap(),
        None,
        "and the first is gone"
    );
    bench
        .ledger
        .enrol(second.secret, key(1), bench.now())
        .await
        .unwrap();
    let third = bench
        .ledger
        .await_enrolment(bench.wanted(1, "33333333"))
        .await
        .unwrap();
    assert_eq!(
        third,
        Expectation::SlotTaken(second.ws),
        "two machines must never share numbers"
    );
    let mut ticket = bench.wanted(2, "a ticket");
    (ticket.kind, ticket.expires) = (SecretKind::Ticket, None);
    bench.ledger.await_enrolment(ticket.clone()).await.unwrap();
    let beside = bench
        .ledger
        .await_enrolment(bench.wanted(2, "44444444"))
        .await
        .unwrap();
    assert_eq!(
        beside,
        Expectation::SlotTaken(ticket.ws),
        "a ticket may be in use without a network"
    );
    let same = bench
        .ledger
        .await_enrolment(bench.wanted(3, "a ticket"))
        .await
        .unwrap();
    assert_eq!(
        same,
        Expectation::SecretTaken,
        "one secret opens one workstation"
    );
}

pub async fn numbers_of_a_revoked_workstation_are_free_the_next_day(bench: &Bench) {
    let old = bench.enrolled(1).await;
    bench
        .ledger
        .revoke(old.ws, date(2026, 11, 23))
        .await
        .unwrap();
    let made = bench
        .ledger
        .await_enrolment(bench.wanted(1, "22222222"))
        .await
        .unwrap();
    let Expectation::Made(lease) = made else {
        panic!("{made:?}")
    };
    assert_eq!(
        lease.valid_from, "2026-11-24",
        "today's numbers may stand on papers that the old machine printed"
    );
    let revoked = bench.ledger.workstation(old.ws).await.unwrap().unwrap();
    assert_eq!(
        revoked.standing,
        Standing::Revoked,
        "the old one stays known"
    );
    assert_eq!(
        revoked.lease.map(|lease| lease.valid_to).as_deref(),
        Some("2026-11-23"),
        "its numbers end today"
    );
    let back = bench
        .ledger
        .enrol(secret("code of 1"), old.key.public().bytes(), bench.now())
        .await
        .unwrap();
    assert_eq!(
        back,
        Enrolled::CodeUsed,
        "its old code does not bring it back"
    );
}

pub async fn an_unknown_office_expects_nobody(bench: &Bench) {
    let mut new = bench.wanted(1, "11111111");
    new.office = "nowhere".into();
    assert_eq!(
        bench.ledger.await_enrolment(new).await.unwrap(),
        Expectation::OfficeUnknown,
        "there is no such office"
    );
    let record = bench.ledger.office("eatul").await.unwrap().unwrap();
    assert_eq!(
        record.office.name, "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ EA TUL",
        "a known one keeps its letters"
    );
    assert!(
        !bench.ledger.add_office(record).await.unwrap(),
        "and is not added twice"
    );
}

pub async fn a_mission_abroad_keeps_its_host_and_its_money(bench: &Bench) {
    let mut record = bench.ledger.office("eatul").await.unwrap().unwrap();
    assert_eq!(record.office.mission, None, "an office at home is none");
    record.office.id = "berlin".into();
    record.office.time_zone = "Europe/Berlin".into();
    record.office.mission = Some(Mission {
        host: "DE".into(),
        currency: "EUR".into(),
    });
    assert!(bench.ledger.add_office(record.clone()).await.unwrap());
    let kept = bench.ledger.office("berlin").await.unwrap().unwrap();
    assert_eq!(kept.office, record.office, "as the ticket will say it");
}

pub async fn a_token_is_found_by_its_hash_only(bench: &Bench) {
    let hash = Hash32::of(&[b"token"]);
    assert!(
        bench
            .ledger
            .add_token("checker", Role::Operator, hash, bench.now())
            .await
            .unwrap(),
        "a new name"
    );
    assert!(
        !bench
            .ledger
            .add_token("checker", Role::Operator, Hash32([1; 32]), bench.now())
            .await
            .unwrap(),
        "a name is one token"
    );
    assert_eq!(
        bench
            .ledger
            .token(hash)
            .await
            .unwrap()
            .map(|token| token.name)
            .as_deref(),
        Some("checker"),
        "whoever holds it is known"
    );
    assert_eq!(
        bench.ledger.token(Hash32([0; 32])).await.unwrap(),
        None,
        "nobody else is"
    );
}

pub async fn a_lease_is_renewed_for_a_workstation_that_works_and_never_shortened(bench: &Bench) {
    let journal = bench.enrolled(1).await;
    let day = |text: &str| text.parse().unwrap();
    let renew = |ws, to: &str| bench.ledger.renew_lease(ws, day(to));
    let before = bench.ledger.workstation(journal.ws).await.unwrap().unwrap();
    let before = before.lease.unwrap();
    let renewed = renew(journal.ws, "2028-01-31").await.unwrap().unwrap();
    assert_eq!(renewed.valid_to, "2028-01-31");
    assert_eq!(
        (renewed.slot, renewed.reserve),
        (before.slot, before.reserve)
    );
    let shorter = renew(journal.ws, "2027-01-31").await.unwrap();
    assert_eq!(shorter, Some(renewed.clone()), "a promise is kept");
    let known = bench.ledger.workstation(journal.ws).await.unwrap().unwrap();
    assert_eq!(known.lease, Some(renewed));
    assert_eq!(renew(Uuid::from_u128(5), "2028-01-31").await.unwrap(), None);
    let today = day("2026-11-23");
    assert!(bench.ledger.revoke(journal.ws, today).await.unwrap());
    let ended = renew(journal.ws, "2028-01-31").await.unwrap();
    assert_eq!(ended, None, "its numbers are free");
}
