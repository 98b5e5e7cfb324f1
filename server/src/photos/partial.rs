//! Photos that have come in part: a file each, kept over restarts, so that a phone on a
//! bad line goes on where it was cut off.
//!
//! ```text
//! partial/<sha256>     8 bytes: the length of the whole, big-endian; then what came
//! ```
//!
//! Never: says that bytes are there before they are synced; trusted, for the hash of the
//! whole decides.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use domain::PhotoHash;
use tokio::{
    fs::File,
    io::{AsyncReadExt as _, AsyncSeekExt as _, AsyncWriteExt as _},
};
use tokio_util::io::ReaderStream;

use crate::system::disk::sync;

/// Bytes of the head.
const HEAD: u64 = 8;
/// Bytes that are read at one time.
const PIECE: usize = 64 * 1024;
/// After this long without a byte, what came is thrown away.
pub const KEPT: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// The part of one photo. Its owner holds the photo's upload lock.
#[derive(Debug)]
pub(super) struct Partial {
    file: File,
    path: PathBuf,
    /// Bytes of the whole photo.
    pub(super) total: u64,
    /// Bytes that are there.
    pub(super) held: u64,
}

impl Partial {
    /// Opens what has come of a photo, and syncs it, so that what it says is true after a
    /// loss of power too. `None` when there is nothing.
    pub(super) async fn open(folder: &Path, hash: PhotoHash) -> io::Result<Option<Self>> {
        let path = folder.join(hash.to_string());
        let mut file = match File::options().read(true).append(true).open(&path).await {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                // An error when it is the folder that is not there.
                return tokio::fs::metadata(folder).await.map(|_| None);
            }
            Err(error) => return Err(error),
        };
        let length = file.metadata().await?.len();
        // A crash may have left a head without a byte behind it, or half a head.
        let Some(held) = length.checked_sub(HEAD).filter(|held| *held > 0) else {
            return Ok(None);
        };
        let mut head = [0; 8];
        file.read_exact(&mut head).await?;
        file.sync_data().await?;
        Ok(Some(Self { file, path, total: u64::from_be_bytes(head), held }))
    }

    /// Begins anew with nothing of `total` bytes.
    pub(super) async fn begin(folder: &Path, hash: PhotoHash, total: u64) -> io::Result<Self> {
        let path = folder.join(hash.to_string());
        let mut options = File::options();
        let mut file = options.write(true).create(true).truncate(true).open(&path).await?;
        file.write_all(&total.to_be_bytes()).await?;
        file.sync_data().await?;
        let folder = folder.to_owned();
        tokio::task::spawn_blocking(move || sync(&folder)).await??;
        Ok(Self { file, path, total, held: 0 })
    }

    /// Appends; after an error `held` still says what is certain.
    pub(super) async fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes).await?;
        // An error of the write itself appears here.
        self.file.flush().await?;
        self.held = self.held.saturating_add(u64::try_from(bytes.len()).unwrap_or(0));
        Ok(())
    }

    /// What was appended is on disk after this; what a failed write left half is cut off.
    pub(super) async fn settle(&mut self) -> io::Result<()> {
        let certain = HEAD.saturating_add(self.held);
        if self.file.metadata().await?.len() > certain {
            self.file.set_len(certain).await?;
        }
        self.file.sync_data().await
    }

    /// Everything that came, in pieces.
    pub(super) async fn bytes(&self) -> io::Result<ReaderStream<File>> {
        let mut file = File::open(&self.path).await?;
        file.seek(io::SeekFrom::Start(HEAD)).await?;
        Ok(ReaderStream::with_capacity(file, PIECE))
    }

    /// Throws it away.
    pub(super) fn discard(self) {
        if let Err(error) = fs::remove_file(&self.path) {
            tracing::warn!(path = %self.path.display(), %error, "left a part of a photo");
        }
    }
}

/// Throws away what nobody went on with since `now` less [`KEPT`].
pub(super) fn sweep(folder: &Path, now: SystemTime) -> io::Result<usize> {
    let mut swept = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        // Gone meanwhile: somebody else made a whole of it.
        let Ok(written) = entry.metadata().and_then(|file| file.modified()) else { continue };
        if now.duration_since(written).is_ok_and(|age| age > KEPT) {
            fs::remove_file(entry.path())?;
            swept += 1;
        }
    }
    Ok(swept)
}
