//! A photo store in a folder of its own.

use std::{
    convert::Infallible,
    fs,
    path::{Path, PathBuf},
};

use bytes::Bytes;
use domain::PhotoHash;
use futures_util::{Stream, stream};
use tempfile::TempDir;
use xunjie::photos::{PhotoError, PhotoStore, Size, StoredPhoto};

pub struct BlobStore {
    pub folder: TempDir,
    pub photos: PhotoStore,
}

impl BlobStore {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let photos = PhotoStore::open(folder.path()).unwrap();
        Self { folder, photos }
    }

    /// Sends a photo as a phone does, in pieces that end anywhere.
    pub async fn ingest(&self, photo: &[u8]) -> Result<StoredPhoto, PhotoError> {
        self.ingest_as(PhotoHash::of(photo), None, photo).await
    }

    pub async fn ingest_as(
        &self,
        hash: PhotoHash,
        stated: Option<u64>,
        photo: &[u8],
    ) -> Result<StoredPhoto, PhotoError> {
        self.photos.ingest(hash, stated, in_pieces(photo, 1009)).await
    }

    /// A small picture, decoded.
    pub async fn picture(&self, photo: &[u8], size: Size) -> image::RgbImage {
        let picture = self.photos.read(PhotoHash::of(photo), size).await.unwrap().unwrap();
        assert_eq!(picture.media_type, "image/jpeg");
        image::load_from_memory(&picture.bytes).unwrap().into_rgb8()
    }

    /// All files, relative to the folder, sorted.
    pub fn files(&self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        collect(self.folder.path(), &mut files);
        let mut files: Vec<_> = files
            .iter()
            .map(|file| file.strip_prefix(self.folder.path()).unwrap().to_owned())
            .collect();
        files.sort();
        files
    }

    #[track_caller]
    pub fn assert_empty(&self) {
        assert!(self.files().is_empty(), "{:?}", self.files());
    }

    pub fn original(&self, hash: PhotoHash) -> PathBuf {
        let name = hash.to_string();
        self.folder.path().join("photos").join(name.split_at(2).0).join(&name)
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { collect(&path, files) } else { files.push(path) }
    }
}

pub fn in_pieces(
    bytes: &[u8],
    piece: usize,
) -> impl Stream<Item = Result<Bytes, Infallible>> + Unpin + use<> {
    let pieces: Vec<_> = bytes.chunks(piece).map(Bytes::copy_from_slice).map(Ok).collect();
    stream::iter(pieces)
}
