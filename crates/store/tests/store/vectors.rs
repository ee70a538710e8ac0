//! The vectors of `docs/protocol-vectors.json` that are about keys and blobs, recomputed by the store.

use crate::office::{CLERK, Office};
use onedoor_store::{
    Hash32, KeyFile, MasterKey, RecoveryCode, Share,
    blobs::{CHUNK, file_name},
};
use serde_json::Value;
use std::fs;

fn vectors(kind: &str) -> Vec<Value> {
    let file: Value =
        serde_json::from_str(include_str!("../../../../docs/protocol-vectors.json")).unwrap();
    let all = file["vectors"].as_array().unwrap().clone();
    let found: Vec<Value> = all
        .into_iter()
        .filter(|vector| vector["kind"] == kind)
        .collect();
    assert!(!found.is_empty(), "no vector of kind {kind}");
    found
}

fn bytes(vector: &Value, name: &str) -> Vec<u8> {
    hex::decode(vector[name].as_str().unwrap()).unwrap()
}

fn array<const N: usize>(vector: &Value, name: &str) -> [u8; N] {
    bytes(vector, name).try_into().unwrap()
}

#[test]
fn working_keys_follow_from_the_master_key() {
    for vector in vectors("keys") {
        let keys = MasterKey::from_bytes(array(&vector, "master"))
            .derive()
            .unwrap();
        for label in ["db", "blob", "name", "canary"] {
            assert_eq!(
                keys.hex(label).as_deref(),
                vector["expect"][label].as_str(),
                "{label}"
            );
        }
        assert_eq!(keys.hex("slot"), None);
    }
}

#[test]
fn slots_open_to_the_master_key() {
    let office = Office::new();
    for vector in vectors("slot") {
        fs::write(office.paths.keys(), vector["keys"].to_string()).unwrap();
        let file = KeyFile::load(&office.paths.keys()).unwrap().unwrap();
        let secret = vector["secret"].as_str().unwrap();
        let share = vector["share"].as_str().and_then(Share::from_hex);
        let opened = match file.slots[0].id {
            CLERK => file.open_clerk(CLERK, secret, share.as_ref()),
            _ => file.open_paper(&RecoveryCode::parse(secret).unwrap()),
        };
        let expected = MasterKey::from_bytes(array(&vector["expect"], "master"));
        assert_eq!(
            opened.unwrap().derive().unwrap().hex("db"),
            expected.derive().unwrap().hex("db"),
            "{}",
            vector["name"]
        );
    }
}

#[test]
fn blobs_lie_where_the_vector_says() {
    for vector in vectors("blob_name") {
        let name = file_name(
            &array(&vector, "name_key"),
            &Hash32(array(&vector, "identity")),
        );
        let name = name.unwrap();
        let path = format!("blobs/{}/{name}", &name[..2]);
        assert_eq!(Some(path.as_str()), vector["expect"]["file"].as_str());
    }
}

#[test]
fn sealed_blobs_open_to_their_plain_bytes() {
    let master = MasterKey::from_bytes(array(&vectors("keys")[0], "master"));
    let keys = master.derive().unwrap();
    let name_key: [u8; 32] = hex::decode(keys.hex("name").unwrap())
        .unwrap()
        .try_into()
        .unwrap();
    let office = Office::new();
    let blobs = onedoor_store::blobs::Blobs::open(&office.paths.blobs(), &keys).unwrap();
    for vector in vectors("blob") {
        let plain = match vector["pattern"].as_u64() {
            Some(length) => (0..length).map(|i| (i * 31 % 251) as u8).collect(),
            None => bytes(&vector, "plain"),
        };
        let sealed = seal(&array(&vector, "key"), &array(&vector, "nonce"), &plain);
        let expect = &vector["expect"];
        assert_eq!(
            Some(Hash32::of(&[&sealed]).hex().as_str()),
            expect["sealed_sha256"].as_str()
        );
        let identity = Hash32::of(&[&plain]);
        assert_eq!(Some(identity.hex().as_str()), expect["identity"].as_str());

        let name = file_name(&name_key, &identity).unwrap();
        let folder = office.paths.blobs().join(&name[..2]);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(name), sealed).unwrap();
        assert_eq!(blobs.get(&identity).unwrap(), plain, "{}", vector["name"]);
    }
}

/// The layout with a known nonce; the store's own nonces are random.
fn seal(key: &[u8; 32], nonce: &[u8; 19], plain: &[u8]) -> Vec<u8> {
    use chacha20poly1305::{XChaCha20Poly1305, aead::KeyInit};
    let cipher = XChaCha20Poly1305::new(key.into());
    let mut stream = aead_stream::EncryptorBE32::from_aead(cipher, nonce.into());
    let mut chunks: Vec<&[u8]> = plain.chunks(CHUNK).collect();
    let last = chunks.pop().unwrap_or_default();
    let mut sealed = [&[1], nonce.as_slice()].concat();
    for chunk in chunks {
        sealed.extend(stream.encrypt_next(chunk).unwrap());
    }
    sealed.extend(stream.encrypt_last(last).unwrap());
    sealed
}
