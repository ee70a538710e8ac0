//! Batches that are forged, cut, flipped, bombed or another's: always a clear refusal, never stored, never a failure.

use axum::http::StatusCode;
use onedoor_protocol::batch::{self, RefusalCode};
use onedoor_protocol::sign::SecretKey;
use onedoor_protocol::{Hash32, limits};
use onedoor_testkit::journal::Journal;
use onedoor_testkit::seed::Seed;

use super::desk::{Centre, filled};

/// Refused as malformed, and nothing of it stored.
async fn malformed(centre: &Centre, journal: &Journal, bytes: Vec<u8>, what: &str) {
    let (status, refusal) = centre.refuse(bytes).await;
    assert_eq!(
        (status, refusal.code),
        (StatusCode::BAD_REQUEST, RefusalCode::Malformed),
        "{what}"
    );
    assert!(
        centre.stored(journal).await.is_empty(),
        "{what}: nothing may be stored of it"
    );
}

#[tokio::test]
async fn bytes_that_are_no_batch_are_malformed() {
    let centre = Centre::open().await;
    let journal = filled(centre.workstation(1).await, 2);
    let zstd = |plain: &[u8]| zstd::bulk::compress(plain, 3).unwrap();
    for (bytes, what) in [
        (Vec::new(), "nothing"),
        (b"hello".to_vec(), "no zstd"),
        (zstd(b""), "an empty frame"),
        (zstd(b"\n\n\n"), "empty lines"),
        (zstd(b"{}\n{}\n{}\n"), "no header"),
        (zstd(&[0xff; 1000]), "no text"),
    ] {
        malformed(&centre, &journal, bytes, what).await;
    }
}

#[tokio::test]
async fn a_batch_cut_anywhere_is_malformed() {
    let centre = Centre::open().await;
    let journal = filled(centre.workstation(1).await, 20);
    let whole = journal.batch_from(1);
    for end in (0..whole.len()).step_by(64) {
        malformed(
            &centre,
            &journal,
            whole[..end].to_vec(),
            &format!("cut at {end}"),
        )
        .await;
    }
    centre.take(whole).await;
}

/// Malformed; or, where the change hit the workstation's id, a workstation that does not exist.
async fn refused_changed(centre: &Centre, bytes: Vec<u8>, what: &str) -> StatusCode {
    let answer = centre.send(bytes).await;
    let said = (answer.status, answer.code());
    let malformed = (StatusCode::BAD_REQUEST, "malformed".to_string());
    let unknown = (StatusCode::UNAUTHORIZED, "unknown_workstation".to_string());
    assert!(said == malformed || said == unknown, "{what}: {said:?}");
    answer.status
}

#[tokio::test]
async fn a_batch_with_any_bit_flipped_is_refused_and_never_stored() {
    let centre = Centre::open().await;
    let journal = filled(centre.workstation(1).await, 5);
    let whole = journal.batch_from(1);
    let original = batch::open(&whole).unwrap();
    let mut seed = Seed::new(20_261_123);
    let (mut malformed, mut same) = (0, 0);
    while malformed < 200 {
        let mut bytes = whole.clone();
        let bit = seed.below(bytes.len() as u64 * 8);
        let at = usize::try_from(bit / 8).unwrap();
        bytes[at] ^= 1 << (bit % 8);
        if batch::open(&bytes).is_ok_and(|changed| changed == original) {
            // An upper-case hex digit of the signature, an unused bit of the frame: the same batch in other clothes.
            same += 1;
            continue;
        }
        let status = refused_changed(&centre, bytes, &format!("bit {bit}")).await;
        malformed += u32::from(status == StatusCode::BAD_REQUEST);
    }
    assert!(same < 20, "nearly every bit matters, but {same} did not");
    assert!(
        centre.stored(&journal).await.is_empty(),
        "nothing of any of them was stored"
    );
    centre.take(whole).await;
}

#[tokio::test]
async fn plain_text_with_any_character_changed_is_refused_by_chain_or_signature() {
    let centre = Centre::open().await;
    let journal = filled(centre.workstation(1).await, 3);
    let plain = zstd::bulk::decompress(&journal.batch_from(1), limits::MAX_EXPANDED).unwrap();
    let mut seed = Seed::new(7);
    for _ in 0..200 {
        let mut bytes = plain.clone();
        let at = usize::try_from(seed.below(bytes.len() as u64)).unwrap();
        bytes[at] ^= 1;
        let bytes = zstd::bulk::compress(&bytes, 3).unwrap();
        refused_changed(&centre, bytes, &format!("byte {at}")).await;
    }
    assert!(
        centre.stored(&journal).await.is_empty(),
        "nothing of any of them was stored"
    );
}

#[tokio::test]
async fn bombs_and_giants_stop_at_the_limits() {
    let centre = Centre::open().await;
    let journal = filled(centre.workstation(1).await, 1);
    let bomb = zstd::bulk::compress(&vec![b' '; 64 * 1024 * 1024], 3).unwrap();
    assert!(bomb.len() < 64 * 1024, "64 MiB in a few KiB");
    let (status, refusal) = centre.refuse(bomb).await;
    assert_eq!(
        (status, refusal.code),
        (StatusCode::PAYLOAD_TOO_LARGE, RefusalCode::TooLarge),
        "a bomb"
    );
    let (status, refusal) = centre.refuse(vec![0; limits::MAX_COMPRESSED + 1]).await;
    assert_eq!(
        (status, refusal.code),
        (StatusCode::PAYLOAD_TOO_LARGE, RefusalCode::TooLarge),
        "a body over 1 MiB"
    );
    assert!(
        centre.stored(&journal).await.is_empty(),
        "nothing was stored"
    );
    assert_eq!(
        centre.take(journal.batch_from(1)).await.next_seq,
        2,
        "and the next batch is served"
    );
}

#[tokio::test]
async fn a_batch_signed_by_another_key_is_malformed() {
    let centre = Centre::open().await;
    let journal = filled(centre.workstation(1).await, 2);
    let mut forged = journal.clone();
    forged.key = SecretKey::from_seed(&[66; 32]);
    malformed(
        &centre,
        &journal,
        forged.batch_from(1),
        "signed by a stranger",
    )
    .await;
}

#[tokio::test]
async fn another_workstations_batch_and_another_offices_name_are_refused() {
    let centre = Centre::open().await;
    let (one, two) = (centre.workstation(1).await, centre.workstation(2).await);
    let one = filled(one, 2);
    let mut posing = one.clone();
    posing.ws = two.ws;
    malformed(
        &centre,
        &two,
        posing.batch_from(1),
        "lines and key of one, name of two",
    )
    .await;
    let mut elsewhere = one.clone();
    elsewhere.office = "krongbuk".into();
    malformed(
        &centre,
        &one,
        elsewhere.batch_from(1),
        "right key, wrong office",
    )
    .await;
}

#[tokio::test]
async fn a_lying_header_is_refused() {
    let centre = Centre::open().await;
    let journal = filled(centre.workstation(1).await, 3);
    let plain = zstd::bulk::decompress(&journal.batch_from(1), limits::MAX_EXPANDED).unwrap();
    let plain = String::from_utf8(plain).unwrap();
    for (from, to) in [
        ("\"n\":3", "\"n\":2"),
        ("\"first\":1", "\"first\":0"),
        ("{\"v\":1", "{\"v\":2"),
    ] {
        assert!(plain.contains(from), "{from} stands in the header");
        let bytes = zstd::bulk::compress(plain.replacen(from, to, 1).as_bytes(), 3).unwrap();
        malformed(&centre, &journal, bytes, to).await;
    }
    let mut header = journal.header(&(1..=3));
    header.first = 2;
    let moved = batch::seal(&journal.key, header, &journal.lines).unwrap();
    let (status, refusal) = centre.refuse(moved).await;
    assert_eq!(
        (status, refusal.code),
        (StatusCode::CONFLICT, RefusalCode::Gap),
        "well signed, but line 1 is missing"
    );
    assert_eq!(
        (refusal.next_seq, refusal.head),
        (Some(1), Some(journal.hash(0))),
        "and it says from where"
    );
}

#[tokio::test]
async fn a_replayed_batch_is_answered_with_the_same_state() {
    let centre = Centre::open().await;
    let journal = filled(centre.workstation(1).await, 4);
    let batch = journal.batch(1..=2);
    let first = centre.take(batch.clone()).await;
    let again = centre.take(batch.clone()).await;
    assert_eq!(
        (again.next_seq, again.head),
        (first.next_seq, first.head),
        "nothing new, the same state"
    );
    centre.take(journal.batch_from(3)).await;
    let old = centre.take(batch).await;
    assert_eq!(
        (old.next_seq, old.head),
        (5, journal.head()),
        "an old batch is answered with today's state"
    );
    assert_eq!(
        centre.stored(&journal).await,
        journal.lines,
        "each line once"
    );
}

#[tokio::test]
async fn a_fork_is_refused_with_the_line_and_the_centres_hash() {
    let centre = Centre::open().await;
    let empty = centre.workstation(1).await;
    let journal = filled(empty.clone(), 3);
    centre.take(journal.batch_from(1)).await;
    let (status, refusal) = centre.refuse(filled(empty, 4).batch_from(1)).await;
    assert_eq!(
        (status, refusal.code),
        (StatusCode::CONFLICT, RefusalCode::Fork),
        "same numbers, other lines"
    );
    assert_eq!(
        (refusal.at, refusal.head),
        (Some(1), Some(journal.hash(1))),
        "where, and what the centre has"
    );
}

#[tokio::test]
async fn a_revoked_key_is_refused_and_its_batch_kept_as_it_came() {
    let centre = Centre::open().await;
    let journal = filled(centre.workstation(1).await, 2);
    centre.central.revoke(journal.ws).await.unwrap();
    for _ in 0..3 {
        let (status, refusal) = centre.refuse(journal.batch_from(1)).await;
        assert_eq!(
            (status, refusal.code),
            (StatusCode::UNAUTHORIZED, RefusalCode::Revoked),
            "it is told"
        );
    }
    assert_eq!(
        centre.central.ledger().kept_batches().await.unwrap(),
        1,
        "papers may exist: the batch is kept once"
    );
    let mut forged = journal.clone();
    forged.key = SecretKey::from_seed(&[66; 32]);
    let (status, _) = centre.refuse(forged.batch_from(1)).await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "but a forged one is not");
    assert_eq!(
        centre.central.ledger().kept_batches().await.unwrap(),
        1,
        "so nobody can fill the disk in its name"
    );
    assert!(
        centre.stored(&journal).await.is_empty(),
        "no line of it was taken"
    );
    let unknown = Journal::new(uuid::Uuid::from_u128(1), journal.key.clone(), "eatul");
    let (status, refusal) = centre.refuse(filled(unknown, 1).batch_from(1)).await;
    assert_eq!(
        (status, refusal.code),
        (StatusCode::UNAUTHORIZED, RefusalCode::UnknownWorkstation),
        "unknown"
    );
}

#[tokio::test]
async fn the_hash_of_an_answer_is_the_workstations_own() {
    let centre = Centre::open().await;
    let journal = filled(centre.workstation(1).await, 3);
    let answer = centre.take(journal.batch_from(1)).await;
    assert_eq!(
        answer.head,
        journal.hash(3),
        "an acknowledgement counts only if the hashes are equal"
    );
    assert_ne!(answer.head, Hash32([0; 32]), "and it is a real hash");
}
