//! What the engine asks for, done with the browser.

use std::ops::Range;

use domain::{
    PhotoHash, Timestamp,
    evidence::Epoch,
    sync::{
        Batch, BatchAnswer, Hello, HelloAnswer, MissingQuery, PartAnswer,
        outbox::{Effect, Event, Failure},
    },
};
use js_sys::ArrayBuffer;
use serde::Serialize;
use wasm_bindgen_futures::spawn_local;

use super::{Notice, Sync, http, session, upload};
use crate::device::{
    clock,
    hash::sha256,
    store::{self, Touched},
    tabs::News,
};

/// An answer that took longer says little about the clocks.
const LONGEST_ROUND_MS: i64 = 10_000;

impl Sync {
    /// Notes the rows that it is about. A row that could not be written stays as it was,
    /// and what it says is offered to the server again at the next start.
    pub(super) async fn carry_out(&self, effect: Effect, touched: &mut Touched) {
        let _stored = match effect {
            Effect::StoreAnswer { sequence, answer } => {
                let answers = self.answers_from((sequence, *answer));
                touched.operations.extend(answers.iter().map(|(sequence, _)| *sequence));
                store::store_answers(&answers).await
            }
            Effect::StoreTries { sequence, tries } => {
                touched.operations.push(sequence);
                store::store_tries(sequence, &tries).await
            }
            Effect::StoreLacked { sequence } => {
                touched.operations.push(sequence);
                store::store_lacked(sequence).await
            }
            Effect::StorePhotoAnswer { hash, answer } => {
                touched.photos.push(hash);
                store::store_photo_answer(hash, &answer).await
            }
            Effect::StorePhotoTries { hash, tries } => {
                touched.photos.push(hash);
                store::store_photo_tries(hash, &tries).await
            }
            Effect::StorePhotoDamaged { hash, is_damaged } => {
                touched.photos.push(hash);
                store::store_photo_damaged(hash, is_damaged).await
            }
            Effect::StorePhotoLacked { hash } => {
                touched.photos.push(hash);
                store::store_photo_lacked(hash).await
            }
            Effect::FreePhoto { hash, covered } => {
                let photos = self.evicted_from((hash, covered));
                touched.photos.extend(photos.iter().map(|(hash, _)| *hash));
                store::evict_photos(&photos).await
            }
            other => {
                self.carry_out_without_rows(other).await;
                return;
            }
        };
    }

    async fn carry_out_without_rows(&self, effect: Effect) {
        let sync = self.clone();
        let term = self.term.get();
        match effect {
            Effect::StoreEpoch { epoch, changed } => {
                let _kept = store::write_meta(|meta| meta.epoch = Some(epoch)).await;
                if changed {
                    self.life.set(self.life.get().wrapping_add(1));
                    self.pulled_until.set(0);
                    let _forgotten = store::forget_cases().await;
                    self.tell(Notice::CasesForgotten);
                    self.line.tell(News::Cases);
                }
            }
            Effect::SendHello(hello) => spawn_local(async move { sync.hello(&hello, term).await }),
            Effect::SendBatch { sequences, epoch } => spawn_local(async move {
                let answer = sync.batch(&sequences, epoch).await;
                sync.answered(term, answer, Event::BatchAnswered);
            }),
            Effect::AskMissing(photos) => spawn_local(async move {
                let answer = post("/api/v1/photos/missing", &MissingQuery { photos }).await;
                sync.answered(term, answer, Event::MissingAnswered);
            }),
            Effect::AskVerify(query) => spawn_local(async move {
                let answer = post("/api/v1/sync/verify", &query).await;
                sync.answered(term, answer, Event::VerifyAnswered);
            }),
            Effect::SendPhoto { hash, part } => {
                spawn_local(async move { sync.photo(hash, part, term).await });
            }
            Effect::StoreVerified(at) => {
                let _kept = store::write_meta(|meta| meta.verified = Some(at)).await;
            }
            Effect::PullChanges => self.pull(),
            Effect::SessionEnded => {
                let _kept = store::write_meta(|meta| meta.session_ended = true).await;
                self.tell(Notice::SessionEnded);
            }
            Effect::Wait(until) => self.wait(until),
            Effect::StoreAnswer { .. }
            | Effect::StoreTries { .. }
            | Effect::StorePhotoAnswer { .. }
            | Effect::StorePhotoTries { .. }
            | Effect::StorePhotoDamaged { .. }
            | Effect::StoreLacked { .. }
            | Effect::StorePhotoLacked { .. }
            | Effect::FreePhoto { .. } => {}
        }
    }

    fn answered<T>(&self, term: u32, answer: Result<T, Failure>, event: impl FnOnce(T) -> Event) {
        let event = match answer {
            Ok(answer) => event(answer),
            Err(failure) => Event::TextFailed(failure),
        };
        self.feed_in(term, event);
    }

    async fn hello(&self, hello: &Hello, term: u32) {
        let asked = clock::now();
        let answer: Result<HelloAnswer, _> = post("/api/v1/sync/hello", hello).await;
        let heard = clock::now();
        if let Ok(answer) = &answer {
            self.greeted(answer, asked.plus_millis(heard.since(asked) / 2), heard.since(asked))
                .await;
        }
        self.answered(term, answer, |answer| Event::HelloAnswered(Box::new(answer)));
    }

    /// Clock and pack. `middle` of the call is when the server read its clock, as well
    /// as we can tell.
    async fn greeted(&self, answer: &HelloAnswer, middle: Timestamp, round_ms: i64) {
        let is_good = (0..=LONGEST_ROUND_MS).contains(&round_ms);
        let offset = is_good.then(|| answer.now.since(middle));
        let kept = store::write_meta(|meta| {
            meta.offset_ms = offset.or(meta.offset_ms);
            meta.last_answer = Some(middle);
        })
        .await;
        if let Some(offset) = offset {
            self.tell(Notice::Offset(offset));
        }
        if kept.is_ok_and(|meta| meta.pack.as_deref() != Some(&answer.pack)) {
            let sync = self.clone();
            spawn_local(async move { sync.take_pack().await });
        }
    }

    /// The next hello names the version again, should this fail.
    pub async fn take_pack(&self) {
        let Ok((text, pack)) = session::fetch_pack().await else { return };
        if store::put_pack(&pack.version, &text).await.is_ok() {
            self.tell(Notice::Pack(Box::new(pack)));
        }
    }

    async fn batch(&self, sequences: &[u64], epoch: Option<Epoch>) -> Result<BatchAnswer, Failure> {
        let operations = store::sealed_of(sequences).await.map_err(|_| Failure::Unreachable)?;
        let batch = Batch { device: self.device, epoch, operations };
        post("/api/v1/sync/operations", &batch).await
    }

    async fn photo(&self, hash: PhotoHash, part: Option<Range<u64>>, term: u32) {
        let kept = self.photos_in_parts.borrow_mut().remove(&hash);
        let bytes = match kept {
            Some(bytes) => bytes,
            None => match self.verified_bytes(hash).await {
                Ok(bytes) => bytes,
                Err(event) => {
                    self.feed_in(term, event);
                    return;
                }
            },
        };
        let sync = self.clone();
        let told = move |sent, of| sync.tell(Notice::Progress { hash, sent, of });
        let begun = clock::now();
        let answer = upload::send(hash, &bytes, part.clone(), told).await;
        if answer.is_ok() {
            let length = u64::from(bytes.byte_length());
            let sent = part.map_or(length, |part| part.end.saturating_sub(part.start));
            let millis = u64::try_from(clock::now().since(begun)).unwrap_or(u64::MAX);
            self.feed_in(term, Event::Measured { bytes: sent, millis });
        }
        if let Ok(PartAnswer::Held(_)) = answer {
            self.photos_in_parts.borrow_mut().insert(hash, bytes);
        }
        self.feed_in(
            term,
            match answer {
                Ok(PartAnswer::Whole(answer)) => Event::PhotoAnswered { hash, answer },
                Ok(PartAnswer::Held(offset)) => Event::PhotoOffset { hash, offset },
                Err(failure) => Event::PhotoFailed { hash, failure },
            },
        );
    }

    /// The bytes of a photo, or what the engine has to hear in their place.
    async fn verified_bytes(&self, hash: PhotoHash) -> Result<ArrayBuffer, Event> {
        match store::photo_bytes(hash).await {
            Ok(Some(bytes)) if sha256(&bytes).await == hash => Ok(bytes),
            Ok(_) => Err(without_bytes(hash).await),
            // The store itself is away for now.
            Err(_) => Err(Event::PhotoFailed { hash, failure: Failure::Unreachable }),
        }
    }
}

/// Given up by another tab, or lost.
async fn without_bytes(hash: PhotoHash) -> Event {
    match store::photo_row(hash).await {
        Ok(Some(row)) if row.evicted => Event::PhotoRow(Box::new(row)),
        Ok(_) => Event::PhotoDamaged { hash },
        Err(_) => Event::PhotoFailed { hash, failure: Failure::Unreachable },
    }
}

async fn post<T: serde::de::DeserializeOwned>(
    path: &str,
    body: &impl Serialize,
) -> Result<T, Failure> {
    let body = serde_json::to_string(body).map_err(|_| Failure::Unreachable)?;
    http::call(path, Some(body)).await
}
