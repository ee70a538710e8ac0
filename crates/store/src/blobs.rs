//! The blob service: scans and PDFs beside the database. Identity is the SHA-256 of the plain bytes; on disk the file
//! is named by an HMAC of it and sealed in 64 KiB chunks (XChaCha20-Poly1305, STREAM), so that neither name nor bytes
//! give anything away. Not here: which filing a blob belongs to (tables), sending it (sync).

use crate::{
    durable,
    error::{Result, StoreError},
    keys::{Keys, random},
    room::Room,
};
use aead_stream::{DecryptorBE32, EncryptorBE32, NewStream, StreamBE32, StreamPrimitive};
use chacha20poly1305::XChaCha20Poly1305;
use hmac::{Hmac, KeyInit, Mac};
use onedoor_protocol::Hash32;
use sha2::Sha256;
use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

/// Plain bytes in one sealed chunk.
pub const CHUNK: usize = 64 * 1024;
const TAG: usize = 16;
const NONCE: usize = 19;
/// What stands before the chunks of a file.
const HEAD: usize = 1 + NONCE;
/// First byte of a file: the version of the layout.
const LAYOUT: u8 = 1;

/// The folder of blobs.
#[derive(Clone)]
pub struct Blobs {
    folder: PathBuf,
    keys: Keys,
    room: Option<Arc<Room>>,
}

impl Blobs {
    /// Opens or makes the folder.
    pub fn open(folder: &Path, keys: &Keys) -> Result<Self> {
        fs::create_dir_all(folder).map_err(StoreError::io(folder))?;
        Ok(Blobs {
            folder: folder.to_path_buf(),
            keys: keys.clone(),
            room: None,
        })
    }

    /// The same, and a refusal of the disk is told.
    pub(crate) fn that_tell(self, room: &Arc<Room>) -> Self {
        Blobs {
            room: Some(Arc::clone(room)),
            ..self
        }
    }

    /// Stores bytes durably and returns their identity. The same bytes again cost a look only.
    pub fn put(&self, plain: &[u8]) -> Result<Hash32> {
        let done = self.store(plain);
        if let Some(room) = &self.room {
            room.note(&done);
        }
        done
    }

    fn store(&self, plain: &[u8]) -> Result<Hash32> {
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
        let plain = open(&self.keys.blob, &sealed).ok_or_else(damaged)?;
        if Hash32::of(&[&plain]) != *identity {
            return Err(damaged());
        }
        Ok(plain)
    }

    /// To read it part by part, however large it is. A part is what was stored or an error; that all of them are what
    /// the identity says is seen by whoever hashes them.
    pub fn parts(&self, identity: &Hash32) -> Result<Parts> {
        let path = self.path(identity)?;
        let mut file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(StoreError::NotFound("blob"));
            }
            Err(error) => return Err(StoreError::io(&path)(error)),
        };
        let length = file.metadata().map_err(StoreError::io(&path))?.len();
        let mut head = [0; HEAD];
        let sealed = length.checked_sub(HEAD as u64).filter(|rest| *rest > 0);
        let sealed = sealed.ok_or_else(damaged)?;
        file.read_exact(&mut head).map_err(StoreError::io(&path))?;
        let [LAYOUT, nonce @ ..] = head else {
            return Err(damaged());
        };
        let chunks = sealed.div_ceil((CHUNK + TAG) as u64);
        Ok(Parts {
            stream: StreamBE32::new((&self.keys.blob).into(), (&nonce).into()),
            size: sealed
                .checked_sub(chunks * TAG as u64)
                .ok_or_else(damaged)?,
            last: u32::try_from(chunks - 1).map_err(|_| damaged())?,
            file,
            path,
        })
    }

    /// Removes what programs were writing when they were killed and nobody touched since `before`; gives how many files.
    pub fn sweep(&self, before: SystemTime) -> Result<u32> {
        let mut swept = 0;
        for entry in fs::read_dir(&self.folder).map_err(StoreError::io(&self.folder))? {
            let folder = entry.map_err(StoreError::io(&self.folder))?.path();
            if folder.is_dir() {
                swept += durable::sweep(&folder, before)?;
            }
        }
        Ok(swept)
    }

    /// Removes files, durably. One that is not here is no fault.
    pub(crate) fn remove(&self, identities: &[Hash32]) -> Result<()> {
        let mut folders = BTreeSet::new();
        for identity in identities {
            let path = self.path(identity)?;
            match fs::remove_file(&path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(StoreError::io(&path)(error));
                }
                _ => folders.extend(path.parent().map(Path::to_path_buf)),
            }
        }
        let mut folders = folders.iter().filter(|folder| folder.exists());
        folders.try_for_each(|folder| durable::sync_folder(folder))
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

/// An open blob.
pub struct Parts {
    file: File,
    path: PathBuf,
    stream: StreamBE32<XChaCha20Poly1305>,
    size: u64,
    /// The number of its last chunk.
    last: u32,
}

impl Parts {
    /// Plain bytes of the whole.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Plain bytes from `from` on, at most so many; fewer at the end.
    pub fn read(&mut self, from: u64, bytes: usize) -> Result<Vec<u8>> {
        let to = from.saturating_add(bytes as u64).min(self.size);
        let mut plain = Vec::with_capacity(bytes.min(usize::try_from(self.size).unwrap_or(bytes)));
        let mut at = from;
        while at < to {
            let chunk = self.chunk(u32::try_from(at / CHUNK as u64).map_err(|_| damaged())?)?;
            let begin = (at % CHUNK as u64) as usize;
            let end = chunk.len().min(begin + (to - at) as usize);
            plain.extend_from_slice(chunk.get(begin..end).ok_or_else(damaged)?);
            at += (end - begin) as u64;
        }
        Ok(plain)
    }

    fn chunk(&mut self, index: u32) -> Result<Vec<u8>> {
        let begin = HEAD as u64 + u64::from(index) * (CHUNK + TAG) as u64;
        let is_last = index == self.last;
        let size = match is_last {
            true => (self.size - u64::from(index) * CHUNK as u64) as usize + TAG,
            false => CHUNK + TAG,
        };
        let mut sealed = vec![0; size];
        let read = self.file.seek(SeekFrom::Start(begin));
        let read = read.and_then(|_| self.file.read_exact(&mut sealed));
        read.map_err(StoreError::io(&self.path))?;
        let opened = self.stream.decrypt(index, is_last, sealed.as_slice());
        opened.map_err(|_| damaged())
    }
}

fn damaged() -> StoreError {
    StoreError::Damaged("a blob".into())
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
    fn a_blob_read_part_by_part_is_the_blob_and_a_changed_part_is_not_handed_out() {
        let (_folder, blobs) = blobs();
        for size in [0, 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 5] {
            let plain: Vec<u8> = (0..size).map(|i| (i * 31 % 251) as u8).collect();
            let mut parts = blobs.parts(&blobs.put(&plain).unwrap()).unwrap();
            assert_eq!(parts.size(), size as u64);
            for step in [CHUNK - 7, CHUNK, 2 * CHUNK + 1] {
                let begins = (0..size).step_by(step);
                let read = begins.flat_map(|at| parts.read(at as u64, step).unwrap());
                assert_eq!(read.collect::<Vec<u8>>(), plain, "{size} bytes by {step}");
            }
            assert_eq!(parts.read(size as u64, 9).unwrap(), b"", "behind the end");
        }
        let identity = blobs.put(&vec![5; 2 * CHUNK + 9]).unwrap();
        let path = blobs.path(&identity).unwrap();
        let whole = fs::read(&path).unwrap();
        let mut flipped = whole.clone();
        flipped[HEAD + CHUNK + TAG + 3] ^= 1;
        let cut = whole[..HEAD + 2 * (CHUNK + TAG)].to_vec();
        for wrong in [flipped, cut] {
            fs::write(&path, &wrong).unwrap();
            let mut parts = blobs.parts(&identity).unwrap();
            assert_eq!(parts.read(0, CHUNK).unwrap(), vec![5; CHUNK]);
            let second = parts.read(CHUNK as u64, 1);
            assert!(matches!(second, Err(StoreError::Damaged(_))), "{second:?}");
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
