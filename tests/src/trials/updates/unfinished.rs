//! What lies on the phone unsaved and unsent, as it is stored and as it is shown; and
//! which version of the app shows it.

use std::collections::BTreeMap;
use std::time::Instant;

use anyhow::{Result, ensure};
use domain::{PhotoHash, sync::Sealed};
use serde_json::{Value, json};

use crate::{
    browser::{Browser, WAIT_TIMEOUT},
    journey::{BY_LAW, choose_type, hook, hook_with, take_photos},
    media,
    phone_store::PhoneStore,
};

/// What the page itself says about the files that the worker keeps for it.
const IS_WHOLE: &str = r"
const registration = await navigator.serviceWorker.ready;
const channel = new MessageChannel();
const answer = new Promise((ok) => { channel.port1.onmessage = ({ data }) => ok(data.whole); });
registration.active.postMessage({ type: 'check' }, [channel.port2]);
return answer;
";

const VERSION: &str = r"
const text = new XMLSerializer().serializeToString(document);
return Math.max(1, ...[...text.matchAll(/<!-- version (\d+) -->/g)].map((found) => Number(found[1])));
";

/// The report that is half made, and the records that wait.
pub struct UnfinishedWork {
    draft: Value,
    note: String,
    /// The note before the last words, when they may have been lost.
    words: usize,
    outbox: Vec<Sealed>,
    bytes: BTreeMap<PhotoHash, (PhotoHash, u64)>,
}

/// Photos of the half-made report.
const PHOTOS: usize = 2;

impl UnfinishedWork {
    /// Two photos, a type and a note on the sheet that is not saved.
    pub async fn lay(phone: &Browser) -> Result<Self> {
        let photos = [media::tiny(601)?, media::tiny(602)?];
        take_photos(phone, &photos.each_ref().map(|photo| photo.as_path())).await?;
        choose_type(phone, BY_LAW.category).await?;
        phone.click(&hook("extras")).await?;
        let note = "墙边有三袋".to_owned();
        phone.fill(&hook("note"), &note).await?;
        let draft = until_kept(phone, &note).await?;
        let store = PhoneStore::read(phone).await?;
        store.assert_whole()?;
        let outbox = store.operations.into_iter().map(|row| row.sealed).collect();
        Ok(Self { draft, note, words: 0, outbox, bytes: store.bytes })
    }

    /// Another word, and no wait for it to be kept.
    pub async fn type_more(&mut self, phone: &Browser) -> Result<()> {
        self.words += 1;
        let word = format!(" {}", self.words);
        phone.see(&hook("note")).await?.send_keys(&word).await?;
        self.note.push_str(&word);
        self.draft["note"] = json!(self.note);
        Ok(())
    }

    /// After a kill a quarter of a second of typing may be gone, and no more.
    pub async fn may_lack_the_last(&mut self, phone: &Browser) -> Result<()> {
        phone.see(&hook("report-sheet")).await?;
        let shown = note(phone).await?;
        let before = self.note.rsplit_once(' ').map_or("", |(before, _)| before);
        ensure!(shown == self.note || shown == before, "the note is {shown:?}");
        self.note = shown;
        self.draft["note"] = json!(self.note);
        Ok(())
    }

    /// Stored byte for byte, and shown.
    pub async fn is_as_it_was(&self, phone: &Browser) -> Result<()> {
        let draft = until_kept(phone, &self.note).await?;
        ensure!(draft == self.draft, "the draft is {draft}, it was {}", self.draft);
        let store = PhoneStore::read(phone).await?;
        store.assert_whole()?;
        ensure!(store.bytes == self.bytes, "photos are {:?}, were {:?}", store.bytes, self.bytes);
        ensure!(store.operations.iter().all(|row| row.answer.is_none()), "one was answered");
        let outbox: Vec<_> = store.operations.into_iter().map(|row| row.sealed).collect();
        ensure!(outbox == self.outbox, "the records are {outbox:?}, were {:?}", self.outbox);
        self.is_shown(phone).await
    }

    async fn is_shown(&self, phone: &Browser) -> Result<()> {
        let shown = json!(format!("{} img", hook("photo-thumb")));
        let drawn = "(it) => it.complete && it.naturalWidth > 0";
        phone
            .until(&format!(
                "[...document.querySelectorAll({shown})].filter({drawn}).length === {PHOTOS}"
            ))
            .await?;
        let chosen = hook_with("type-chip", "code", BY_LAW.category);
        phone.see(&format!("{chosen}[aria-pressed=true]")).await?;
        let shown = note(phone).await?;
        ensure!(shown == self.note, "the note shows {shown:?}, it was {:?}", self.note);
        for wrong in [hook("wiped"), "#boot-failed:not([hidden])".into()] {
            let seen: bool = phone
                .run("return !!document.querySelector(arguments[0])", vec![json!(wrong)])
                .await?;
            ensure!(!seen, "{wrong} is shown");
        }
        Ok(())
    }
}

/// The version of the app that the page was made by; 1 for the first.
pub async fn version(phone: &Browser) -> Result<u32> {
    phone.run(VERSION, vec![]).await
}

/// Whether the version that answers this page has all of its files, by digest.
pub async fn is_whole(phone: &Browser) -> Result<bool> {
    phone.run_async(IS_WHOLE, vec![]).await
}

async fn note(phone: &Browser) -> Result<String> {
    phone.run("return document.querySelector(arguments[0]).value", vec![json!(hook("note"))]).await
}

async fn drafts(phone: &Browser) -> Result<Vec<Value>> {
    let drafts = PhoneStore::drafts(phone).await?;
    drafts.iter().map(|draft| Ok(serde_json::from_str(draft)?)).collect()
}

/// The one draft, once its note is kept.
async fn until_kept(phone: &Browser, note: &str) -> Result<Value> {
    let end = Instant::now() + WAIT_TIMEOUT;
    loop {
        let drafts = drafts(phone).await?;
        if let [draft] = drafts.as_slice()
            && draft["note"] == note
        {
            return Ok(draft.clone());
        }
        anyhow::ensure!(Instant::now() < end, "no draft with the note {note:?}: {drafts:?}");
    }
}
