//! Where scans and forms lie: `blob/aa/bb/<sha256>` once published, `stage/<sha256>/<manifest>/<i>` while they come, and
//! `<i>.begun` beside them for the first bytes of a chunk whose line broke.
//! A folder by default, where publishing waits for the disk; stages do not, since the whole hash decides later.
//! Not here: who may send what (HTTP), which blobs are named (the ledger).

use std::collections::{HashMap, HashSet};
use std::io::ErrorKind;
use std::ops::Range;
use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use axum::body::Bytes;
use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{Error, GetOptions, ObjectStore, ObjectStoreExt, PutPayload, WriteMultipart};
use onedoor_protocol::{
    Hash32,
    blob::{AskedBlob, Begun, missing_ranges},
};
use sha2::{Digest, Sha256};

use crate::ledger::{LedgerError, LedgerResult, manifest};

/// Folder of the blobs in the data folder.
const SCANS: &str = "scans";
/// Bytes of a part when a large blob is put together: S3 takes none smaller than 5 MiB.
const PART: usize = 8 * 1024 * 1024;
/// Parts on their way at the same time.
const PARTS: usize = 2;
/// What stands behind the number of a chunk that was begun.
const BEGUN: &str = ".begun";
/// Digits of a manifest in a stage's name.
const MANIFEST_DIGITS: usize = 16;
/// Deletions of a stage's chunks at the same time.
const DELETIONS: usize = 8;

impl From<Error> for LedgerError {
    fn from(error: Error) -> Self {
        LedgerError::storage(error)
    }
}

/// The store of blobs.
#[derive(Debug, Clone)]
pub struct Blobs {
    staging: Arc<dyn ObjectStore>,
    published: Arc<dyn ObjectStore>,
    /// Where they lie in files, to clear away what a killed program left.
    folder: Option<PathBuf>,
}

/// Where an operator wants the scans.
#[derive(Clone)]
pub enum Place {
    /// In the folder `scans` of the data folder.
    Folder,
    /// In a bucket of an S3 store.
    #[cfg(feature = "s3")]
    S3(S3Place),
}

/// A bucket, and who may write it.
#[cfg(feature = "s3")]
#[derive(Clone)]
pub struct S3Place {
    /// Name of the bucket.
    pub bucket: String,
    /// What stands before all names in it; may be empty.
    pub prefix: String,
    /// `https://…`; none = Amazon's own.
    pub endpoint: Option<String>,
    /// The region's name.
    pub region: String,
    /// Id of the access key.
    pub access_key: String,
    /// The access key.
    pub secret_key: String,
}

#[cfg(feature = "s3")]
impl S3Place {
    /// Tries of a request, and how long all of them may take: a workstation waits for the answer.
    const RETRIES: usize = 3;
    const PATIENCE: std::time::Duration = std::time::Duration::from_secs(10);

    fn open(&self) -> LedgerResult<Blobs> {
        // Whoever was first has set the same provider.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let retry = object_store::RetryConfig {
            max_retries: Self::RETRIES,
            retry_timeout: Self::PATIENCE,
            ..Default::default()
        };
        let mut builder = object_store::aws::AmazonS3Builder::new()
            .with_bucket_name(&self.bucket)
            .with_region(&self.region)
            .with_access_key_id(&self.access_key)
            .with_secret_access_key(&self.secret_key)
            .with_retry(retry);
        if let Some(endpoint) = &self.endpoint {
            // Plain HTTP only where the operator wrote it down.
            let plain = endpoint.starts_with("http://");
            builder = builder.with_endpoint(endpoint).with_allow_http(plain);
        }
        let store = object_store::prefix::PrefixStore::new(builder.build()?, self.prefix.as_str());
        Ok(Blobs::durable(Arc::new(store)))
    }
}

/// A stage by its place in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// The blob.
    pub sha256: Hash32,
    manifest: String,
}

impl Stage {
    /// The stage of a blob under a manifest.
    pub fn of(sha256: Hash32, manifest: &Hash32) -> Self {
        let manifest = short(manifest);
        Stage { sha256, manifest }
    }
}

impl From<(Hash32, String)> for Stage {
    fn from((sha256, manifest): (Hash32, String)) -> Self {
        Stage { sha256, manifest }
    }
}

/// What came of putting a blob together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Assembled {
    /// It is published, and durable.
    Published,
    /// These chunks are missing.
    Incomplete(Vec<[u32; 2]>),
    /// All chunks are as promised, and the whole is not the blob.
    Differs,
}

impl Blobs {
    /// Where the operator wants them; `data` is the data folder.
    pub fn open(place: &Place, data: &FilePath) -> LedgerResult<Self> {
        match place {
            Place::Folder => Self::folder(&data.join(SCANS)),
            #[cfg(feature = "s3")]
            Place::S3(s3) => s3.open(),
        }
    }

    /// In a folder, which is made if missing.
    pub fn folder(folder: &FilePath) -> LedgerResult<Self> {
        std::fs::create_dir_all(folder).map_err(LedgerError::storage)?;
        if let Some(above) = folder.parent().filter(|_| cfg!(unix)) {
            // The folder's own entry: below it the store waits for each entry by itself.
            let above = std::fs::File::open(above).map_err(LedgerError::storage)?;
            above.sync_all().map_err(LedgerError::storage)?;
        }
        let local = LocalFileSystem::new_with_prefix(folder)?;
        Ok(Blobs {
            staging: Arc::new(local.clone().with_automatic_cleanup(true)),
            published: Arc::new(local.with_fsync(true)),
            folder: Some(folder.to_path_buf()),
        })
    }

    /// In any store whose puts are durable when they are answered.
    pub fn durable(store: Arc<dyn ObjectStore>) -> Self {
        Blobs {
            staging: store.clone(),
            published: store,
            folder: None,
        }
    }

    /// Keeps a chunk whose hash was checked.
    pub async fn keep_chunk(
        &self,
        asked: &AskedBlob,
        index: u32,
        bytes: Bytes,
    ) -> LedgerResult<()> {
        let place = stage(asked).join(index.to_string());
        self.staging.put(&place, PutPayload::from(bytes)).await?;
        Ok(())
    }

    /// Keeps the first bytes of a chunk, which nothing tells from wrong ones yet.
    pub async fn keep_begun(
        &self,
        asked: &AskedBlob,
        index: u32,
        bytes: Vec<u8>,
    ) -> LedgerResult<()> {
        let place = begun(asked, index);
        self.staging.put(&place, PutPayload::from(bytes)).await?;
        Ok(())
    }

    /// The first `bytes` of a chunk; none when so many are not there.
    pub async fn begun(
        &self,
        asked: &AskedBlob,
        index: u32,
        bytes: u32,
    ) -> LedgerResult<Option<Bytes>> {
        let found = match self.staging.get(&begun(asked, index)).await {
            Ok(found) => found.bytes().await?,
            Err(Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let bytes = bytes as usize;
        Ok((found.len() >= bytes).then(|| found.slice(..bytes)))
    }

    /// Forgets the first bytes of a chunk: they were not its own.
    pub async fn drop_begun(&self, asked: &AskedBlob, index: u32) -> LedgerResult<()> {
        match self.staging.delete(&begun(asked, index)).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// The ranges of chunks that are not in the stage.
    pub async fn missing(&self, asked: &AskedBlob) -> LedgerResult<Vec<[u32; 2]>> {
        Ok(self.lacking(asked).await?.0)
    }

    /// The same, and how much of the first of them is there.
    pub async fn lacking(&self, asked: &AskedBlob) -> LedgerResult<(Vec<[u32; 2]>, Option<Begun>)> {
        let (mut present, mut begun) = (HashSet::new(), HashMap::new());
        let mut listed = self.staging.list(Some(&stage(asked)));
        while let Some(object) = listed.try_next().await? {
            let name = object.location.filename().unwrap_or_default();
            let (index, is_begun) = match name.strip_suffix(BEGUN) {
                Some(index) => (index, true),
                None => (name, false),
            };
            let Ok(index) = index.parse::<u32>() else {
                continue;
            };
            let whole = asked.chunk_size(index).map(|size| size as u64);
            if is_begun && object.size > 0 && whole.is_some_and(|whole| object.size < whole) {
                begun.insert(index, u32::try_from(object.size).unwrap_or_default());
            } else if !is_begun && whole == Some(object.size) {
                present.insert(index);
            }
        }
        let missing = ranges(asked, &present);
        let first = missing.first().map(|[first, _]| *first);
        let begun = first.and_then(|chunk| {
            let bytes = *begun.get(&chunk)?;
            Some(Begun { chunk, bytes })
        });
        Ok((missing, begun))
    }

    /// Whether a published blob of this size is there.
    pub async fn has(&self, sha256: &Hash32, size: u64) -> LedgerResult<bool> {
        match self.published.head(&place(sha256)).await {
            Ok(object) => Ok(object.size == size),
            Err(Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// The bytes of a published blob, some of them or all.
    pub async fn read(
        &self,
        sha256: &Hash32,
        bytes: Range<u64>,
    ) -> LedgerResult<impl Stream<Item = Result<Bytes, Error>> + Send + 'static> {
        let options = GetOptions::new().with_range(Some(bytes));
        let found = self.published.get_opts(&place(sha256), options).await?;
        Ok(found.into_stream())
    }

    /// Publishes a blob whose bytes are at hand and whose hash was checked; durable when it returns.
    pub async fn publish(&self, sha256: &Hash32, parts: Vec<Bytes>) -> LedgerResult<()> {
        let payload: PutPayload = parts.into_iter().collect();
        self.published.put(&place(sha256), payload).await?;
        Ok(())
    }

    /// Puts a blob together out of its stage, hashing the whole; durable when it says so.
    pub async fn assemble(&self, asked: &AskedBlob) -> LedgerResult<Assembled> {
        let missing = self.missing(asked).await?;
        if !missing.is_empty() {
            return Ok(Assembled::Incomplete(missing));
        }
        let upload = self.published.put_multipart(&place(&asked.sha256)).await?;
        let mut upload = WriteMultipart::new_with_chunk_size(upload, PART);
        match self.copy(asked, &mut upload).await {
            Ok(whole) if whole == asked.sha256 => {
                upload.finish().await?;
                Ok(Assembled::Published)
            }
            Ok(_) => {
                upload.abort().await?;
                Ok(Assembled::Differs)
            }
            Err(Fault::Chunk(index)) => {
                upload.abort().await?;
                Ok(Assembled::Incomplete(vec![[index, index]]))
            }
            Err(Fault::Store(error)) => {
                upload.abort().await?;
                Err(error)
            }
        }
    }

    /// Writes all chunks; gives the hash of the whole.
    async fn copy(&self, asked: &AskedBlob, upload: &mut WriteMultipart) -> Result<Hash32, Fault> {
        let mut whole = Sha256::new();
        for (index, hash) in (0..).zip(&asked.chunks) {
            let place = stage(asked).join(index.to_string());
            let chunk = match self.staging.get(&place).await {
                Ok(found) => found.bytes().await.map_err(Fault::store)?,
                Err(Error::NotFound { .. }) => return Err(Fault::Chunk(index)),
                Err(error) => return Err(Fault::store(error)),
            };
            if Hash32::of(&[&chunk]) != *hash {
                // A stage does not wait for the disk, so a power cut may spoil a chunk: it is asked for again.
                self.staging.delete(&place).await.map_err(Fault::store)?;
                return Err(Fault::Chunk(index));
            }
            whole.update(&chunk);
            upload
                .wait_for_capacity(PARTS)
                .await
                .map_err(Fault::store)?;
            upload.put(chunk);
        }
        Ok(Hash32(whole.finalize().into()))
    }

    /// The stages that are there, also those that hold only what a killed program left.
    pub async fn stages(&self) -> LedgerResult<Vec<Stage>> {
        let level = async |prefix: &Path| self.staging.list_with_delimiter(Some(prefix)).await;
        let mut found = Vec::new();
        for blob in level(&Path::from("stage")).await?.common_prefixes {
            let name = blob.filename().and_then(Hash32::from_hex);
            let stages = level(&blob).await?.common_prefixes;
            if let (true, Some(folder)) = (stages.is_empty(), &self.folder) {
                // What is left of a stage whose end was cut short; a folder that holds anything stays.
                let _ = tokio::fs::remove_dir(folder.join(blob.as_ref())).await;
            }
            for stage in name.into_iter().flat_map(|_| &stages) {
                found.extend(
                    name.zip(stage.filename().map(str::to_string))
                        .map(Stage::from),
                );
            }
        }
        Ok(found)
    }

    /// Removes files that were being written when a program was killed and that nobody touched since `before`; gives how
    /// many. In a folder only: other stores show nothing that is half written.
    pub async fn sweep_half_written(&self, before: SystemTime) -> LedgerResult<u64> {
        let Some(folder) = self.folder.clone() else {
            return Ok(0);
        };
        let sweep = move || half_written(&folder.join("blob"), before);
        let swept = tokio::task::spawn_blocking(sweep).await;
        swept
            .map_err(LedgerError::storage)?
            .map_err(LedgerError::storage)
    }

    /// Deletes a stage with all that lies in it.
    pub async fn end_stage(&self, stage: &Stage) -> LedgerResult<()> {
        let prefix = Path::from(format!("stage/{}/{}", stage.sha256, stage.manifest));
        self.delete_below(&prefix).await?;
        let Some(folder) = &self.folder else {
            return Ok(());
        };
        // A file that was being written when the program was killed is no object, and keeps its folder from going.
        let blob = folder.join("stage").join(stage.sha256.hex());
        match tokio::fs::remove_dir_all(blob.join(&stage.manifest)).await {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(LedgerError::storage(error)),
            _ => {
                // Another stage of the same blob may be there: then the folder stays.
                let _ = tokio::fs::remove_dir(blob).await;
                Ok(())
            }
        }
    }

    /// Deletes what was staged of a blob: under one manifest, or under all.
    pub async fn drop_stage(&self, sha256: &Hash32, of: Option<&AskedBlob>) -> LedgerResult<()> {
        let prefix = of.map_or_else(|| Path::from(format!("stage/{sha256}")), stage);
        self.delete_below(&prefix).await
    }

    async fn delete_below(&self, prefix: &Path) -> LedgerResult<()> {
        let objects: Vec<Path> = self
            .staging
            .list(Some(prefix))
            .map_ok(|object| object.location)
            .try_collect()
            .await?;
        stream::iter(objects)
            .map(|object| async move {
                match self.staging.delete(&object).await {
                    Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
                    Err(error) => Err(LedgerError::from(error)),
                }
            })
            .buffer_unordered(DELETIONS)
            .try_collect()
            .await
    }
}

/// Removes old files of the store's own temporary names, `<name>#<n>`, below a folder.
fn half_written(folder: &FilePath, before: SystemTime) -> std::io::Result<u64> {
    let (mut folders, mut swept) = (vec![folder.to_path_buf()], 0);
    while let Some(folder) = folders.pop() {
        let entries = match std::fs::read_dir(&folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            entries => entries?,
        };
        for entry in entries {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
            } else if entry.file_name().to_string_lossy().contains('#')
                && entry.metadata()?.modified()? < before
            {
                std::fs::remove_file(entry.path())?;
                swept += 1;
            }
        }
    }
    Ok(swept)
}

enum Fault {
    Chunk(u32),
    Store(LedgerError),
}

impl Fault {
    fn store(error: impl Into<LedgerError>) -> Self {
        Fault::Store(error.into())
    }
}

/// Missing ranges, when these chunks are there.
fn ranges(asked: &AskedBlob, present: &HashSet<u32>) -> Vec<[u32; 2]> {
    let count = u32::try_from(asked.chunks.len()).unwrap_or(u32::MAX);
    missing_ranges(count, |index| present.contains(&index))
}

fn place(sha256: &Hash32) -> Path {
    let name = sha256.hex();
    Path::from(format!("blob/{}/{}/{name}", &name[..2], &name[2..4]))
}

fn stage(asked: &AskedBlob) -> Path {
    let manifest = short(&manifest(asked));
    Path::from(format!("stage/{}/{manifest}", asked.sha256))
}

fn begun(asked: &AskedBlob, index: u32) -> Path {
    stage(asked).join(format!("{index}{BEGUN}"))
}

/// As it stands in a stage's name.
fn short(manifest: &Hash32) -> String {
    manifest.hex().chars().take(MANIFEST_DIGITS).collect()
}
