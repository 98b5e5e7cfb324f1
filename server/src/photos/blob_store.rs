//! Where photos lie, and what is needed on top of the object store so that an answer
//! means "on disk": file, folder entry and the folders above it are synced.
//!
//! ```text
//! photos/ab/<sha256>               the original, exactly as it came
//! derived/320/ab/<sha256>.jpg      can be deleted and made again
//! derived/1280/ab/<sha256>.jpg
//! photos/incoming/                 half-received; emptied when the store opens
//! partial/<sha256>                 come in part, to be gone on with; swept after a week
//! decayed/<sha256>                 no longer what was stored; kept to be looked at
//! ```
//!
//! Never: deletes or overwrites an original that is intact.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use bytes::Bytes;
use domain::PhotoHash;
use object_store::{
    Error, ObjectStore, ObjectStoreExt as _, PutPayload, local::LocalFileSystem, path,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{
    PhotoError, StoredPhoto, derive,
    folders::{self, PROBE, PROBED},
    incoming::Received,
    keep::keep,
    upload_locks::UploadLocks,
};
use crate::system::disk::sync;

/// Photos that are decoded at one time.
const DECODE_PERMITS: u32 = 2;
/// MiB of photos that are being kept at one time. With the limits on one photo, both bound the
/// memory of the whole module.
const KEEP_PERMITS: u32 = 96;

/// The right to hold one photo in memory, until it is dropped.
pub(super) type DecodePermit = OwnedSemaphorePermit;

/// The photos of a data folder. Cheap to clone; all clones are one store.
#[derive(Clone, Debug)]
pub struct PhotoStore(pub(super) Arc<BlobStore>);

#[derive(Debug)]
pub(super) struct BlobStore {
    objects: Arc<dyn ObjectStore>,
    root: PathBuf,
    decode_permits: Arc<Semaphore>,
    keep_permits: Semaphore,
    pub(super) upload_locks: Arc<UploadLocks>,
}

impl PhotoStore {
    /// Opens the photos of the data folder `dir`, which one process owns at a time, and
    /// sweeps what a crash left half-written.
    ///
    /// # Errors
    /// When the folders cannot be made, synced or read.
    pub fn open(dir: &Path) -> Result<Self, PhotoError> {
        fs::create_dir_all(dir)?;
        let root = dir.canonicalize()?;
        folders::prepare(&root)?;
        Self::open_beside(&root)
    }

    /// Opens the photos of a data folder that another process may own: sweeps nothing.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn open_beside(dir: &Path) -> Result<Self, PhotoError> {
        let root = dir.canonicalize()?;
        // Syncs the file before and its folder after it gets its name.
        let objects = LocalFileSystem::new_with_prefix(&root)?.with_fsync(true);
        Ok(Self(Arc::new(BlobStore {
            objects: Arc::new(objects),
            root,
            decode_permits: Arc::new(semaphore(DECODE_PERMITS)),
            keep_permits: semaphore(KEEP_PERMITS),
            upload_locks: Arc::default(),
        })))
    }

    /// Bytes of the original, if the store has it. Its content is not looked at.
    ///
    /// # Errors
    /// When storage fails.
    pub async fn length(&self, hash: PhotoHash) -> Result<Option<u64>, PhotoError> {
        match self.0.objects.head(&original(hash)).await {
            Ok(meta) => Ok(Some(meta.size)),
            Err(Error::NotFound { .. }) => self.0.reachable(hash).await.map(|()| None),
            Err(error) => Err(error.into()),
        }
    }

    /// Those of `photos` that are not on the disk with their length. Their content is not
    /// looked at.
    ///
    /// # Errors
    /// When the disk cannot be asked: then nothing is said to be lacking.
    pub async fn lacking(&self, photos: Vec<Expected>) -> Result<Vec<PhotoHash>, PhotoError> {
        let blobs = Arc::clone(&self.0);
        blocking(move || {
            let mut lacking = Vec::new();
            for Expected { hash, length } in photos {
                let folder = blobs.folder(hash);
                match fs::metadata(folder.join(hash.to_string())) {
                    Ok(file) if file.len() == length => {}
                    Ok(_) => lacking.push(hash),
                    Err(error) if error.kind() == io::ErrorKind::NotFound => {
                        reachable(&folder)?;
                        lacking.push(hash);
                    }
                    Err(error) => return Err(error.into()),
                }
            }
            Ok(lacking)
        })
        .await?
    }

    /// Tries whether a photo could be kept now: where it is received, and where it stays.
    ///
    /// # Errors
    /// Why not.
    pub async fn probe(&self) -> Result<(), PhotoError> {
        // Of its own: several may look at once, and one may hang for long.
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let name = format!("{PROBE}{}", NEXT.fetch_add(1, Ordering::Relaxed));
        let blobs = Arc::clone(&self.0);
        blocking(move || {
            reachable(&blobs.root.join("photos").join("00"))?;
            for folder in PROBED {
                let path = blobs.root.join(folder).join(&name);
                let tried = write_and_read(&path);
                let _nothing_written = fs::remove_file(&path);
                tried?;
            }
            Ok(())
        })
        .await?
    }

    /// Waits until no photo is being stored and no picture is being made. What is sent
    /// meanwhile waits behind this.
    pub async fn at_rest(&self) {
        // Every permit at once: whoever works holds one.
        let _closed = self.0.keep_permits.acquire_many(KEEP_PERMITS).await;
        let _closed = self.0.decode_permits.acquire_many(DECODE_PERMITS).await;
    }
}

/// A photo as the database knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expected {
    pub hash: PhotoHash,
    /// Bytes.
    pub length: u64,
}

impl BlobStore {
    fn folder(&self, hash: PhotoHash) -> PathBuf {
        self.root.join("photos").join(prefix(hash))
    }

    /// Whether the folder of this photo is there, as it is since the store was made. Where
    /// it is not, the disk of the photos is not mounted, and what would be written now
    /// would be hidden when it is.
    async fn reachable(&self, hash: PhotoHash) -> Result<(), PhotoError> {
        let folder = self.folder(hash);
        blocking(move || reachable(&folder)).await?
    }

    pub(super) fn incoming(&self) -> PathBuf {
        // On the disk of the originals, so that a photo gets its name by a rename.
        self.root.join("photos").join("incoming")
    }

    pub(super) fn partial(&self) -> PathBuf {
        self.root.join("partial")
    }

    /// Waits until one more photo may be decoded.
    pub(super) async fn decode_permit(&self) -> Result<DecodePermit, PhotoError> {
        let permit = Arc::clone(&self.decode_permits).acquire_owned().await;
        permit.map_err(|closed| PhotoError::Io(closed.to_string()))
    }

    /// The original, hashed again after it was read; `None` when there is none.
    ///
    /// # Errors
    /// `Decayed` when the bytes on disk are no longer those that were stored.
    pub(super) async fn read_original(&self, hash: PhotoHash) -> Result<Option<Bytes>, PhotoError> {
        let Some(bytes) = self.get(&original(hash)).await? else { return Ok(None) };
        let (found, bytes) = blocking(move || (PhotoHash::of(&bytes), bytes)).await?;
        if found == hash { Ok(Some(bytes)) } else { Err(PhotoError::Decayed) }
    }

    /// Keeps a photo that came whole. When this returns, it survives a loss of power.
    pub(super) async fn keep(
        &self,
        hash: PhotoHash,
        received: Received,
    ) -> Result<StoredPhoto, PhotoError> {
        let mebibytes = u32::try_from(received.length / (1024 * 1024)).unwrap_or(KEEP_PERMITS);
        let permits = mebibytes.saturating_add(1).min(KEEP_PERMITS);
        let permit = self.keep_permits.acquire_many(permits).await;
        let _permit = permit.map_err(|closed| PhotoError::Io(closed.to_string()))?;
        let folder = self.folder(hash);
        blocking(move || {
            reachable(&folder)?;
            keep(&folder, hash, received)
        })
        .await?
    }

    /// Syncs the folder entry of an original that was found there already: whoever wrote
    /// it may have been killed just before.
    pub(super) async fn settle(&self, hash: PhotoHash) -> Result<(), PhotoError> {
        let folder = self.folder(hash);
        Ok(blocking(move || sync(&folder)).await??)
    }

    /// Moves away what lies under a photo's hash and is no longer that photo.
    pub(super) async fn set_aside(&self, hash: PhotoHash) -> Result<(), PhotoError> {
        tracing::error!(photo = %hash, "a stored photo had decayed; moved it aside");
        let folder = self.folder(hash);
        let aside = self.root.join("decayed");
        let name = hash.to_string();
        let moved = blocking(move || {
            fs::create_dir_all(&aside)?;
            fs::rename(folder.join(&name), aside.join(&name))?;
            sync(&aside)?;
            sync(&folder)
        });
        Ok(moved.await??)
    }

    pub(super) async fn read_derived(
        &self,
        hash: PhotoHash,
        longest: u32,
    ) -> Result<Option<Bytes>, PhotoError> {
        self.get(&derived(hash, longest)).await
    }

    pub(super) async fn write_derived(
        &self,
        hash: PhotoHash,
        pictures: &derive::Pictures,
    ) -> Result<(), PhotoError> {
        for (longest, picture) in
            [(derive::THUMB, &pictures.thumb), (derive::SCREEN, &pictures.screen)]
        {
            let bytes = picture.clone().into();
            let payload = PutPayload::from_bytes(bytes);
            self.objects.put(&derived(hash, longest), payload).await?;
        }
        Ok(())
    }

    /// Whether both small pictures are there.
    pub(super) async fn has_derived(&self, hash: PhotoHash) -> Result<bool, PhotoError> {
        for longest in [derive::THUMB, derive::SCREEN] {
            match self.objects.head(&derived(hash, longest)).await {
                Ok(_) => {}
                Err(Error::NotFound { .. }) => return Ok(false),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(true)
    }

    async fn get(&self, path: &path::Path) -> Result<Option<Bytes>, PhotoError> {
        match self.objects.get(path).await {
            Ok(found) => Ok(Some(found.bytes().await?)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

fn semaphore(permits: u32) -> Semaphore {
    Semaphore::new(usize::try_from(permits).unwrap_or(1))
}

/// Runs what occupies a processor or waits for a disk, away from the async threads.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, PhotoError> {
    tokio::task::spawn_blocking(work).await.map_err(|error| PhotoError::Io(error.to_string()))
}

fn write_and_read(path: &Path) -> io::Result<()> {
    const PAGE: [u8; 4096] = [b'x'; 4096];
    let mut file = fs::File::create(path)?;
    io::Write::write_all(&mut file, &PAGE)?;
    file.sync_all()?;
    if fs::read(path)? == PAGE { Ok(()) } else { Err(io::ErrorKind::InvalidData.into()) }
}

fn reachable(folder: &Path) -> Result<(), PhotoError> {
    if fs::metadata(folder).is_ok_and(|found| found.is_dir()) {
        Ok(())
    } else {
        Err(PhotoError::Unreachable)
    }
}

/// Whether no photos were ever kept in the data folder `dir`, or their disk is not there.
#[must_use]
pub fn is_unmade(dir: &Path) -> bool {
    !dir.join("photos").join("00").is_dir()
}

fn prefix(hash: PhotoHash) -> String {
    let [first, ..] = hash.as_bytes();
    format!("{first:02x}")
}

fn original(hash: PhotoHash) -> path::Path {
    path::Path::from(format!("photos/{}/{hash}", prefix(hash)))
}

fn derived(hash: PhotoHash, longest: u32) -> path::Path {
    path::Path::from(format!("derived/{longest}/{}/{hash}.jpg", prefix(hash)))
}
