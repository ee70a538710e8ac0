//! Blobs cut into chunks, and the countersignature without which no copy may go.

use onedoor_protocol::{
    Hash32,
    blob::{
        AskedBlob, BlobStanding, BlobState, CHUNK, MAX_BLOB, chunk_count, missing_ranges,
        sign_published,
    },
    sign::SecretKey,
};

#[test]
fn a_blob_is_cut_at_every_256_kib() {
    for (size, sizes) in [
        (0, vec![0]),
        (1, vec![1]),
        (CHUNK, vec![CHUNK]),
        (CHUNK + 1, vec![CHUNK, 1]),
        (2 * CHUNK, vec![CHUNK, CHUNK]),
    ] {
        let asked = AskedBlob::of(&vec![7; size]);
        assert!(asked.is_whole(), "{size}");
        assert_eq!(asked.chunks.len() as u64, chunk_count(size as u64));
        let found: Vec<usize> = (0..).map_while(|index| asked.chunk_size(index)).collect();
        assert_eq!(found, sizes, "{size} bytes");
    }
}

#[test]
fn a_query_that_contradicts_itself_is_noticed() {
    let whole = AskedBlob::of(&[7; 10]);
    let huge = MAX_BLOB + 1;
    for (asked, what) in [
        (
            AskedBlob {
                chunks: vec![],
                ..whole.clone()
            },
            "no chunks",
        ),
        (
            AskedBlob {
                size: CHUNK as u64 + 1,
                ..whole.clone()
            },
            "a chunk too few",
        ),
        (
            AskedBlob {
                sha256: Hash32([1; 32]),
                ..whole.clone()
            },
            "one chunk that is not the blob",
        ),
        (
            AskedBlob {
                size: huge,
                chunks: vec![Hash32([0; 32]); 1025],
                ..whole
            },
            "too large",
        ),
    ] {
        assert!(!asked.is_whole(), "{what}");
    }
}

#[test]
fn missing_chunks_are_told_in_ranges() {
    let of = |present: &[u32]| missing_ranges(6, |index| present.contains(&index));
    assert_eq!(of(&[]), [[0, 5]]);
    assert_eq!(of(&[0, 3]), [[1, 2], [4, 5]]);
    assert_eq!(of(&[1, 2, 3, 4]), [[0, 0], [5, 5]]);
    assert!(of(&[0, 1, 2, 3, 4, 5]).is_empty());
}

#[test]
fn a_copy_may_go_only_under_the_centres_signature_over_its_own_size() {
    let centre = SecretKey::from_seed(&[9; 32]);
    let keys = [centre.public()];
    let (sha256, at) = (Hash32([3; 32]), "2026-11-23T00:41:00.000Z");
    let state = BlobState {
        sha256,
        state: BlobStanding::Have,
        size: 10,
        missing: Vec::new(),
        begun: None,
        countersignature: Some(sign_published(&centre, &sha256, 10, at)),
    };
    assert!(state.published_by(&keys, 10, at));
    assert!(!state.published_by(&keys, 11, at), "another size");
    assert!(
        !state.published_by(&keys, 10, "2026-11-23T00:41:00.001Z"),
        "another time"
    );
    let stranger = [SecretKey::from_seed(&[8; 32]).public()];
    assert!(!state.published_by(&stranger, 10, at), "another signer");
    for changed in [
        BlobState {
            sha256: Hash32([4; 32]),
            ..state.clone()
        },
        BlobState {
            state: BlobStanding::Missing,
            ..state.clone()
        },
        BlobState {
            countersignature: None,
            ..state
        },
    ] {
        assert!(!changed.published_by(&keys, 10, at), "{changed:?}");
    }
}
