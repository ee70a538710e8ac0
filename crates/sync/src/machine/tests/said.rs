//! What the model's centre says.

use crate::machine::{Resting, Waiting};
use onedoor_protocol::{
    Hash32,
    batch::BatchAnswer,
    sign::SignatureBytes,
    snapshot::{Offer, Snapshot},
};
use onedoor_store::tables::blobs::Published;
use uuid::Uuid;

pub(super) const SIZE: u64 = 600_000;

pub(super) fn hash(of: u64) -> Hash32 {
    Hash32::of(&[&of.to_be_bytes()])
}

pub(super) fn offer(cursor: u64) -> Offer {
    Offer {
        snapshot: Snapshot {
            sha256: hash(3_000_000 + cursor),
            size: SIZE,
            cursor,
        },
        server_time: String::new(),
        sig: SignatureBytes([0; 64]),
    }
}

pub(super) fn resting(offer: &Offer) -> Resting {
    Resting {
        sha256: offer.snapshot.sha256,
        size: offer.snapshot.size,
        have: 0,
        whole: false,
        applied: 0,
    }
}

pub(super) fn scan(sha256: Hash32) -> Waiting {
    Waiting {
        sha256,
        size: SIZE,
        urgent: false,
    }
}

pub(super) fn answer(next_seq: u64) -> BatchAnswer {
    BatchAnswer {
        ws: Uuid::nil(),
        next_seq,
        head: hash(next_seq - 1),
        server_time: String::new(),
        quarantined: Vec::new(),
        want: Vec::new(),
        countersignature: SignatureBytes([0; 64]),
    }
}

pub(super) fn receipt(sha256: Hash32) -> Published {
    Published {
        sha256,
        size: SIZE,
        server_time: String::new(),
        countersignature: SignatureBytes([0; 64]),
    }
}
