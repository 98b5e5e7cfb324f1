//! What the phone keeps: a journal of rows, one JSON a line, and a file for each
//! photo; written through to the disk before anybody is told that it is kept.
//!
//! It checks what the app's store checks: no byte is given up before its receipts.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use domain::{
    CaseId, PhotoHash, Timestamp,
    evidence::{Epoch, Link, Shot},
    sync::{
        Sealed,
        outbox::{Answer, OperationRow, PhotoReceipt, PhotoRow, ROW_FORMAT, Tries},
    },
};
use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Entry {
    Kept { operation: Box<OperationRow>, photos: Vec<PhotoRow> },
    Answer { sequence: u64, answer: Answer },
    Tries { sequence: u64, tries: Tries },
    PhotoAnswer { hash: PhotoHash, answer: PhotoReceipt },
    PhotoTries { hash: PhotoHash, tries: Tries },
    Damaged { hash: PhotoHash, is_damaged: bool },
    Lacked { sequence: u64 },
    PhotoLacked { hash: PhotoHash },
    Verified { at: Timestamp },
    Evicted { hash: PhotoHash },
    Epoch { epoch: Epoch },
}

pub struct Store {
    folder: PathBuf,
    journal: File,
    pub operations: BTreeMap<u64, OperationRow>,
    pub photos: BTreeMap<PhotoHash, PhotoRow>,
    pub epoch: Option<Epoch>,
    pub verified: Option<Timestamp>,
}

impl Store {
    pub fn open(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        let path = folder.join("rows");
        let journal = OpenOptions::new().create(true).append(true).open(&path)?;
        let mut store = Self {
            folder: folder.to_owned(),
            journal,
            operations: BTreeMap::new(),
            photos: BTreeMap::new(),
            epoch: None,
            verified: None,
        };
        for line in std::fs::read_to_string(&path)?.lines() {
            let entry = serde_json::from_str(line).with_context(|| line.to_owned())?;
            store.take(entry)?;
        }
        Ok(store)
    }

    /// From nothing but what is on disk.
    pub fn reopen(&mut self) -> Result<()> {
        *self = Self::open(&self.folder)?;
        Ok(())
    }

    /// Photos first, then the row that names them.
    pub(super) fn save(
        &mut self,
        kept: &OperationRow,
        shots: &[Shot],
        bytes: &[Vec<u8>],
        now: Timestamp,
    ) -> Result<Vec<PhotoRow>> {
        let mut photos = Vec::new();
        for (shot, bytes) in shots.iter().zip(bytes) {
            ensure!(PhotoHash::of(bytes) == shot.hash, "not the photo of the manifest");
            let mut file = File::create(self.file(shot.hash))?;
            file.write_all(bytes)?;
            file.sync_all()?;
            photos.push(PhotoRow {
                format: ROW_FORMAT,
                hash: shot.hash,
                length: shot.length,
                kind: shot.format,
                kept_at: now,
                answer: None,
                tries: Tries::default(),
                evicted: false,
                damaged: false,
                lacked: false,
            });
        }
        self.write(Entry::Kept { operation: Box::new(kept.clone()), photos: photos.clone() })?;
        Ok(photos)
    }

    pub(super) fn write(&mut self, entry: Entry) -> Result<()> {
        let mut line = serde_json::to_vec(&entry)?;
        line.push(b'\n');
        self.journal.write_all(&line)?;
        // A lost count of tries costs one try.
        if !matches!(entry, Entry::Tries { .. } | Entry::PhotoTries { .. }) {
            self.journal.sync_data()?;
        }
        self.take(entry)
    }

    /// Deletes the bytes of a photo.
    ///
    /// # Errors
    /// When a receipt is not stored, or not older than what a backup covers: the engine
    /// asked for what it must not.
    pub(super) fn evict(&mut self, hash: PhotoHash, covered: Timestamp) -> Result<()> {
        let photo = self.photos.get(&hash).context("evicts what it never had")?;
        let named_by = self.operations.values().filter(|row| row.photos.contains(&hash));
        ensure!(photo.may_be_evicted(named_by, covered), "{hash} is evicted without its receipts");
        self.write(Entry::Evicted { hash })?;
        Ok(std::fs::remove_file(self.file(hash))?)
    }

    pub(super) fn bytes(&self, hash: PhotoHash) -> Result<Vec<u8>> {
        Ok(std::fs::read(self.file(hash))?)
    }

    pub(super) fn sealed(&self, sequence: u64) -> Sealed {
        self.operations[&sequence].sealed.clone()
    }

    /// The place of the next operation in this device's chain.
    pub(super) fn link(&self) -> Link {
        let Some((sequence, last)) = self.operations.last_key_value() else { return Link::FIRST };
        // Of the link before, `next` wants the number alone.
        Link { sequence: *sequence, previous: None }.next(last.sealed.digest)
    }

    /// Every record and photo has its receipt, of the server's present epoch.
    pub fn is_settled(&self) -> bool {
        let is_now = |answered_in: Epoch| self.epoch.is_none_or(|epoch| epoch == answered_in);
        self.operations
            .values()
            .all(|row| !row.lacked && row.answer.as_ref().is_some_and(|it| is_now(it.answered_in)))
            && self.photos.values().all(|photo| {
                !photo.lacked && photo.answer.as_ref().is_some_and(|it| is_now(it.answered_in))
            })
    }

    pub fn cases(&self) -> impl Iterator<Item = CaseId> {
        self.operations.values().map(|row| row.case)
    }

    fn file(&self, hash: PhotoHash) -> PathBuf {
        self.folder.join(hash.to_string())
    }

    fn take(&mut self, entry: Entry) -> Result<()> {
        let unknown = "a row that was never written";
        match entry {
            Entry::Kept { operation, photos } => {
                for photo in photos {
                    self.photos.entry(photo.hash).or_insert(photo);
                }
                self.operations.insert(operation.sequence, *operation);
            }
            Entry::Answer { sequence, answer } => {
                let row = self.operations.get_mut(&sequence).context(unknown)?;
                (row.answer, row.tries, row.lacked) = (Some(answer), Tries::default(), false);
            }
            Entry::Tries { sequence, tries } => {
                self.operations.get_mut(&sequence).context(unknown)?.tries = tries;
            }
            Entry::PhotoAnswer { hash, answer } => {
                let photo = self.photos.get_mut(&hash).context(unknown)?;
                (photo.answer, photo.tries) = (Some(answer), Tries::default());
                photo.lacked = false;
            }
            Entry::PhotoTries { hash, tries } => {
                self.photos.get_mut(&hash).context(unknown)?.tries = tries;
            }
            Entry::Damaged { hash, is_damaged } => {
                self.photos.get_mut(&hash).context(unknown)?.damaged = is_damaged;
            }
            Entry::Lacked { sequence } => {
                self.operations.get_mut(&sequence).context(unknown)?.lacked = true;
            }
            Entry::PhotoLacked { hash } => {
                self.photos.get_mut(&hash).context(unknown)?.lacked = true;
            }
            Entry::Verified { at } => self.verified = Some(at),
            Entry::Evicted { hash } => self.photos.get_mut(&hash).context(unknown)?.evicted = true,
            Entry::Epoch { epoch } => self.epoch = Some(epoch),
        }
        Ok(())
    }
}
