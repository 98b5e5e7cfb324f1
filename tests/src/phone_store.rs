//! What a phone really holds: its IndexedDB, read in the page, not what a screen says.
//!
//! Photos are hashed where they lie. Nothing here writes.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};
use domain::{
    CaseId, PhotoHash,
    case::{Command, Report},
    sync::{
        Operation,
        outbox::{OperationRow, PhotoRow},
    },
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::browser::Browser;

/// What the scripts below begin with.
const OPEN: &str = r"
const wait = (request) => new Promise((ok, no) => {
  request.onsuccess = () => ok(request.result);
  request.onerror = () => no(request.error);
});
const hex = (buffer) => Array.from(new Uint8Array(buffer), (b) => b.toString(16).padStart(2, '0')).join('');
const database = await wait(indexedDB.open('xunjie'));
";

const READ: &str = r"
try {
  const tables = ['operations', 'photos', 'photo_bytes', 'photo_thumbs'];
  const transaction = database.transaction(tables);
  const all = (table) => wait(transaction.objectStore(table).getAll());
  const keys = (table) => wait(transaction.objectStore(table).getAllKeys());
  const [operations, photos, names, thumbs, bytes] = await Promise.all([
    all('operations'), all('photos'), keys('photo_bytes'), keys('photo_thumbs'), all('photo_bytes'),
  ]);
  const hashed = {};
  for (const [index, name] of names.entries()) {
    hashed[name] = [hex(await crypto.subtle.digest('SHA-256', bytes[index])), bytes[index].byteLength];
  }
  return { operations, photos, thumbs, bytes: hashed };
} finally {
  database.close();
}
";

const READ_ROWS: &str = r"
try {
  const tables = ['operations', 'photos', 'photo_bytes', 'photo_thumbs'];
  const transaction = database.transaction(tables);
  const all = (table) => wait(transaction.objectStore(table).getAll());
  const keys = (table) => wait(transaction.objectStore(table).getAllKeys());
  const [operations, photos, names, thumbs] = await Promise.all([
    all('operations'), all('photos'), keys('photo_bytes'), keys('photo_thumbs'),
  ]);
  return [names, { operations, photos, thumbs, bytes: {} }];
} finally {
  database.close();
}
";

const READ_DRAFTS: &str = r"
try {
  return await wait(database.transaction('drafts').objectStore('drafts').getAll());
} finally {
  database.close();
}
";

const READ_BYTES: &str = r"
try {
  const hashed = {};
  for (const name of args[0]) {
    const bytes = await wait(database.transaction('photo_bytes').objectStore('photo_bytes').get(name));
    if (bytes) hashed[name] = [hex(await crypto.subtle.digest('SHA-256', bytes)), bytes.byteLength];
  }
  return hashed;
} finally {
  database.close();
}
";

/// Photos that one script hashes, within the driver's patience.
const AT_ONCE: usize = 50;

#[derive(Debug, Deserialize)]
struct Raw {
    operations: Vec<String>,
    photos: Vec<String>,
    thumbs: Vec<PhotoHash>,
    bytes: BTreeMap<PhotoHash, (PhotoHash, u64)>,
}

#[derive(Debug)]
pub struct PhoneStore {
    pub operations: Vec<OperationRow>,
    pub photos: Vec<PhotoRow>,
    pub thumbs: Vec<PhotoHash>,
    /// Under the name of each: the hash and the length of the bytes that lie there.
    pub bytes: BTreeMap<PhotoHash, (PhotoHash, u64)>,
}

impl PhoneStore {
    pub async fn read(browser: &Browser) -> Result<Self> {
        Self::of(run(browser, READ, vec![]).await?)
    }

    /// The same for a store that is larger than a page's memory: one photo at a time.
    /// Only while the app gives up no bytes, for it is not all of one moment.
    pub async fn read_slowly(browser: &Browser) -> Result<Self> {
        let (names, mut raw): (Vec<PhotoHash>, Raw) = run(browser, READ_ROWS, vec![]).await?;
        for names in names.chunks(AT_ONCE) {
            let hashed: BTreeMap<PhotoHash, (PhotoHash, u64)> =
                run(browser, READ_BYTES, vec![json!(names)]).await?;
            raw.bytes.extend(hashed);
        }
        Self::of(raw)
    }

    /// What is not saved yet, as it is kept.
    pub async fn drafts(browser: &Browser) -> Result<Vec<String>> {
        run(browser, READ_DRAFTS, vec![]).await
    }

    fn of(raw: Raw) -> Result<Self> {
        Ok(Self {
            operations: rows(&raw.operations).context("operations")?,
            photos: rows(&raw.photos).context("photos")?,
            thumbs: raw.thumbs,
            bytes: raw.bytes,
        })
    }

    /// The operations as the person's acts.
    pub fn opened(&self) -> Result<Vec<Operation>> {
        let open = |row: &OperationRow| row.sealed.open().map_err(|why| anyhow::anyhow!("{why}"));
        self.operations.iter().map(open).collect()
    }

    /// The reports, each under the case that it opened.
    pub fn reports(&self) -> Result<BTreeMap<CaseId, Report>> {
        let report = |operation: Operation| match operation.command {
            Command::Report(report) => Some((operation.case, *report)),
            _ => None,
        };
        Ok(self.opened()?.into_iter().filter_map(report).collect())
    }

    /// The report that opened `case`.
    pub fn report_of(&self, case: CaseId) -> Result<Report> {
        self.reports()?.remove(&case).with_context(|| format!("no report of {case}"))
    }

    /// Every photo that a record names lies here, with just the bytes it was named by.
    pub fn assert_whole(&self) -> Result<()> {
        for operation in self.opened()? {
            for shot in operation.command.photos() {
                let (hash, length) =
                    self.bytes.get(&shot.hash).with_context(|| format!("no {}", shot.hash))?;
                ensure!(*hash == shot.hash, "{} holds the bytes of {hash}", shot.hash);
                ensure!(*length == shot.length, "{} has {length} bytes", shot.hash);
            }
        }
        Ok(())
    }

    /// What must hold at any moment, also right after a kill: numbers without a gap, and
    /// of every photo that a record names just its bytes, or the receipts for them.
    pub fn assert_sound(&self) -> Result<()> {
        self.assert_put_back()?;
        self.assert_nothing_freed_early()
    }

    /// What holds when the browser threw the database away as well: the second copy has no
    /// bytes of a photo that the server has, and may be a receipt behind with the record.
    pub fn assert_put_back(&self) -> Result<()> {
        let mut numbers: Vec<_> = self.operations.iter().map(|row| row.sequence).collect();
        numbers.sort_unstable();
        ensure!(numbers.iter().copied().eq(1..=numbers.len() as u64), "a gap: {numbers:?}");
        for operation in self.opened()? {
            for shot in operation.command.photos() {
                let row = self.photos.iter().find(|photo| photo.hash == shot.hash);
                let row = row.with_context(|| format!("no row of {}", shot.hash))?;
                match self.bytes.get(&shot.hash) {
                    Some(held) => ensure!(*held == (shot.hash, shot.length), "{held:?}: {shot:?}"),
                    None => {
                        let is_received = row.answer.is_some() && !row.damaged;
                        ensure!(row.evicted && is_received, "the bytes are gone: {row:?}");
                    }
                }
            }
        }
        Ok(())
    }

    /// Bytes are given up after the receipts of the photo and of every record that
    /// names it, and not before.
    pub fn assert_nothing_freed_early(&self) -> Result<()> {
        for photo in &self.photos {
            let is_here = self.bytes.contains_key(&photo.hash);
            let mut named = self.operations.iter().filter(|row| row.photos.contains(&photo.hash));
            let has_receipts = photo.answer.is_some() && named.all(|row| row.answer.is_some());
            ensure!(is_here || has_receipts, "{} was evicted without its receipts", photo.hash);
            ensure!(is_here != photo.evicted, "{}: evicted is {}", photo.hash, photo.evicted);
        }
        Ok(())
    }

    /// Every record and every photo of one has its receipt; a draft may have photos of
    /// its own. The bytes may still be here: they wait for a backup of the server.
    pub fn is_settled(&self) -> bool {
        let mut named = self.operations.iter().flat_map(|row| &row.photos);
        self.operations.iter().all(OperationRow::is_answered)
            && named.all(|hash| {
                self.photos.iter().any(|photo| photo.hash == *hash && photo.is_answered())
            })
    }

    /// Nothing of what is settled was given up: no backup of the server has it yet.
    pub fn holds_everything(&self) -> bool {
        self.photos.iter().all(|photo| !photo.evicted && self.bytes.contains_key(&photo.hash))
    }
}

async fn run<T: DeserializeOwned>(
    browser: &Browser,
    script: &str,
    arguments: Vec<Value>,
) -> Result<T> {
    browser.run_async(&format!("{OPEN}{script}"), arguments).await
}

fn rows<T: DeserializeOwned>(texts: &[String]) -> serde_json::Result<Vec<T>> {
    texts.iter().map(|text| serde_json::from_str(text)).collect()
}
