//! The blob service: scans and PDFs beside the database. Identity is the SHA-256 of the plain bytes; on disk the file
//! is named by an HMAC of it and sealed in 64 KiB chunks (XChaCha20-Poly1305, STREAM), so that neither name nor bytes
//! give anything away. Not here: which filing a blob belongs to (tables), sending it (sync).

use crate::{
    durable,
    error::{Result, StoreError},
    keys::{Keys, random},
};
use aead_stream::{DecryptorBE32, EncryptorBE32};
use chacha20poly1305::XChaCha20Poly1305;
use hmac::{Hmac, KeyInit, Mac};
use onedoor_protocol::Hash32;
use sha2::Sha256;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Plain bytes in one sealed chunk.
pub const CHUNK: usize = 64 * 1024;
const TAG: usize = 16;
const NONCE: usize = 19;
/// First byte of a file: the version of the layout.
const LAYOUT: u8 = 1;

/// The folder of blobs.
#[derive(Clone)]
pub struct Blobs {
    folder: PathBuf,
    keys: Keys,
}

impl Blobs {
    /// Opens or makes the folder.
    pub fn open(folder: &Path, keys: &Keys) -> Result<Self> {
        fs::create_dir_all(folder).map_err(StoreError::io(folder))?;
        Ok(Blobs {
            folder: folder.to_path_buf(),
            keys: keys.clone(),
        })
    }

    /// Stores bytes durably and returns their identity. The same bytes again cost a look only.
    pub fn put(&self, plain: &[u8]) -> Result<Hash32> {
        let identity = Hash32::of(&[plain]);
        let path = self.path(&identity)?;
        match self.get(&identity) {
            Ok(_) => return Ok(identity),
            Err(StoreError::Damaged(_)) => keep_aside(&path)?,
            Err(_) => {}
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(StoreError::io(folder))?;
            durable::sync_folder(&self.folder)?;
        }
        match durable::write(&path, &seal(&self.keys.blob, plain)?) {
            // Somebody else stored the same bytes in this moment: Windows then refuses the second rename.
            Err(_) if self.get(&identity).is_ok() => Ok(identity),
            written => written.map(|()| identity),
        }
    }

    /// The plain bytes; [`StoreError::Damaged`] when they are not what their identity says.
    pub fn get(&self, identity: &Hash32) -> Result<Vec<u8>> {
        let path = self.path(identity)?;
        let sealed = match fs::read(&path) {
            Ok(sealed) => sealed,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(StoreError::NotFound("blob"));
            }
            Err(error) => return Err(StoreError::io(&path)(error)),
        };
        let plain =
            open(&self.keys.blob, &sealed).ok_or_else(|| StoreError::Damaged("a blob".into()))?;
        if Hash32::of(&[&plain]) != *identity {
            return Err(StoreError::Damaged("a blob".into()));
        }
        Ok(plain)
    }

    /// Whether its file is here; what is in it shows when it is read.
    pub fn has(&self, identity: &Hash32) -> bool {
        self.path(identity).is_ok_and(|path| path.exists())
    }

    fn path(&self, identity: &Hash32) -> Result<PathBuf> {
        let name = file_name(&self.keys.name, identity)?;
        Ok(self.folder.join(&name[..2]).join(name))
    }
}

/// A damaged file is never overwritten: it goes beside, for whoever wants to look.
fn keep_aside(path: &Path) -> Result<()> {
    let aside = (0..)
        .map(|n| path.with_extension(format!("{n}.damaged")))
        .find(|aside| !aside.exists());
    match aside {
        Some(aside) => fs::rename(path, aside).map_err(StoreError::io(path)),
        None => Ok(()),
    }
}

/// HMAC-SHA256 of the identity under the name key, hex: the file's name.
pub fn file_name(key: &[u8; 32], identity: &Hash32) -> Result<String> {
    let mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key);
    let mut mac = mac.map_err(|error| StoreError::Refused(error.to_string()))?;
    mac.update(&identity.0);
    Ok(hex::encode(mac.finalize().into_bytes()))
}

/// `1 ‖ nonce (19) ‖ chunks of 64 KiB + 16`.
fn seal(key: &[u8; 32], plain: &[u8]) -> Result<Vec<u8>> {
    let nonce: [u8; NONCE] = random()?;
    let failed = |_| StoreError::Refused("sealing failed".into());
    let mut sealed = Vec::with_capacity(plain.len() + NONCE + 1 + (plain.len() / CHUNK + 1) * TAG);
    sealed.push(LAYOUT);
    sealed.extend_from_slice(&nonce);
    let mut encryptor = EncryptorBE32::<XChaCha20Poly1305>::new(key.into(), (&nonce).into());
    let (body, last) = split_last(plain, CHUNK);
    for chunk in body.chunks(CHUNK) {
        sealed.extend_from_slice(&encryptor.encrypt_next(chunk).map_err(failed)?);
    }
    sealed.extend_from_slice(&encryptor.encrypt_last(last).map_err(failed)?);
    Ok(sealed)
}

fn open(key: &[u8; 32], sealed: &[u8]) -> Option<Vec<u8>> {
    let (layout, sealed) = sealed.split_first()?;
    let (nonce, sealed) = sealed.split_at_checked(NONCE)?;
    let nonce: [u8; NONCE] = nonce.try_into().ok()?;
    if *layout != LAYOUT {
        return None;
    }
    let mut decryptor = DecryptorBE32::<XChaCha20Poly1305>::new(key.into(), (&nonce).into());
    let (body, last) = split_last(sealed, CHUNK + TAG);
    let mut plain = Vec::with_capacity(sealed.len());
    for chunk in body.chunks(CHUNK + TAG) {
        plain.extend_from_slice(&decryptor.decrypt_next(chunk).ok()?);
    }
    plain.extend_from_slice(&decryptor.decrypt_last(last).ok()?);
    Some(plain)
}

/// All whole chunks but the last, and the last (never empty unless there is nothing at all).
fn split_last(bytes: &[u8], chunk: usize) -> (&[u8], &[u8]) {
    let last = if bytes.is_empty() {
        0
    } else {
        (bytes.len() - 1) / chunk * chunk
    };
    bytes.split_at(last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::MasterKey;

    fn blobs() -> (tempfile::TempDir, Blobs) {
        let folder = tempfile::tempdir().unwrap();
        let keys = MasterKey::from_bytes([7; 32]).derive().unwrap();
        let blobs = Blobs::open(&folder.path().join("blobs"), &keys).unwrap();
        (folder, blobs)
    }

    #[test]
    fn every_size_around_a_chunk_comes_back_as_it_was() {
        let (_folder, blobs) = blobs();
        for size in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 5] {
            let plain: Vec<u8> = (0..size).map(|i| (i * 31 % 251) as u8).collect();
            let identity = blobs.put(&plain).unwrap();
            assert_eq!(
                blobs.get(&identity).unwrap(),
                plain,
                "a blob of {size} bytes"
            );
        }
    }

    #[test]
    fn a_cut_or_changed_file_is_called_damaged_and_kept() {
        let (_folder, blobs) = blobs();
        let identity = blobs.put(&vec![5; 2 * CHUNK + 9]).unwrap();
        let path = blobs.path(&identity).unwrap();
        let whole = fs::read(&path).unwrap();
        for wrong in [
            whole[..whole.len() - 1].to_vec(),
            whole[..CHUNK + TAG + NONCE + 1].to_vec(),
            {
                let mut flipped = whole.clone();
                flipped[CHUNK] ^= 1;
                flipped
            },
        ] {
            fs::write(&path, &wrong).unwrap();
            assert!(
                matches!(blobs.get(&identity), Err(StoreError::Damaged(_))),
                "a damaged blob is never handed out"
            );
            assert_eq!(fs::read(&path).unwrap(), wrong, "and never removed");
        }
    }

    #[test]
    fn neither_name_nor_bytes_on_disk_give_the_content_away() {
        let (folder, blobs) = blobs();
        let identity = blobs.put(b"%PDF-1.7 Nguyen Thi Ung").unwrap();
        let path = blobs.path(&identity).unwrap();
        assert!(
            !path.to_string_lossy().contains(&identity.hex()),
            "the file is not named by its plain hash"
        );
        let bytes = fs::read(&path).unwrap();
        assert!(
            !bytes.windows(4).any(|window| window == b"%PDF"),
            "the content is sealed"
        );
        assert!(folder.path().join("blobs").exists());
    }
}
