//! What the engine asks for, done with files and sockets.

use std::ops::Range;

use anyhow::Result;
use domain::{
    PhotoHash,
    evidence::Epoch,
    sync::{
        PartAnswer, Sealed,
        outbox::{Effect, Event, Failure},
    },
};

use super::{Phone, store::Entry};

impl Phone {
    pub(super) fn carry_out(&mut self, effect: Effect) -> Result<()> {
        let (calls, tell) = (self.calls.clone(), self.tell.clone());
        match effect {
            Effect::SendHello(hello) => {
                self.on_the_way.spawn(async move {
                    let answer = calls.hello(&hello).await;
                    let _ended = tell.send(match answer {
                        Ok(answer) => Event::HelloAnswered(Box::new(answer)),
                        Err(failure) => Event::TextFailed(failure),
                    });
                });
            }
            Effect::SendBatch { sequences, epoch } => self.send_batch(&sequences, epoch),
            Effect::AskMissing(asked) => {
                let receipts = self.receipts.clone();
                self.on_the_way.spawn(async move {
                    let answer = calls.missing(asked).await;
                    let _ended = tell.send(match answer {
                        Ok(answer) => {
                            answer.held.iter().for_each(|held| receipts.note(held, |_| None));
                            Event::MissingAnswered(answer)
                        }
                        Err(failure) => Event::TextFailed(failure),
                    });
                });
            }
            Effect::AskVerify(held) => {
                self.on_the_way.spawn(async move {
                    let answer = calls.verify(&held).await;
                    let _ended = tell.send(match answer {
                        Ok(answer) => Event::VerifyAnswered(answer),
                        Err(failure) => Event::TextFailed(failure),
                    });
                });
            }
            Effect::SendPhoto { hash, part } => self.send_photo(hash, part),
            Effect::StoreAnswer { sequence, answer } => {
                self.store.write(Entry::Answer { sequence, answer: *answer })?;
            }
            Effect::StoreTries { sequence, tries } => {
                self.store.write(Entry::Tries { sequence, tries })?;
            }
            Effect::StorePhotoAnswer { hash, answer } => {
                self.store.write(Entry::PhotoAnswer { hash, answer })?;
            }
            Effect::StorePhotoTries { hash, tries } => {
                self.store.write(Entry::PhotoTries { hash, tries })?;
            }
            Effect::StorePhotoDamaged { hash, is_damaged } => {
                self.store.write(Entry::Damaged { hash, is_damaged })?;
            }
            Effect::StoreLacked { sequence } => self.store.write(Entry::Lacked { sequence })?,
            Effect::StorePhotoLacked { hash } => self.store.write(Entry::PhotoLacked { hash })?,
            Effect::StoreVerified(at) => self.store.write(Entry::Verified { at })?,
            Effect::FreePhoto { hash, covered } => self.store.evict(hash, covered)?,
            Effect::StoreEpoch { epoch, .. } => self.store.write(Entry::Epoch { epoch })?,
            // What others did is no part of what this phone may lose or double.
            Effect::PullChanges => {}
            Effect::SessionEnded => anyhow::bail!("the session ended under the phone"),
            Effect::Wait(until) => self.timer = until,
        }
        Ok(())
    }

    fn send_batch(&mut self, sequences: &[u64], epoch: Option<Epoch>) {
        let (calls, tell, receipts) =
            (self.calls.clone(), self.tell.clone(), self.receipts.clone());
        let sealed: Vec<Sealed> = sequences.iter().map(|it| self.store.sealed(*it)).collect();
        self.on_the_way.spawn(async move {
            let answer = calls.operations(sealed.clone(), epoch).await;
            let _ended = tell.send(match answer {
                Ok(answer) => {
                    let of = |id| sealed.iter().find(|sealed| sealed.id == id).cloned();
                    answer.results.iter().for_each(|result| receipts.note(&result.receipt, of));
                    Event::BatchAnswered(answer)
                }
                Err(failure) => Event::TextFailed(failure),
            });
        });
    }

    fn send_photo(&mut self, hash: PhotoHash, part: Option<Range<u64>>) {
        let (calls, tell, receipts) =
            (self.calls.clone(), self.tell.clone(), self.receipts.clone());
        let bytes = self.store.bytes(hash);
        self.on_the_way.spawn(async move {
            let Some(bytes) = bytes.ok().filter(|bytes| PhotoHash::of(bytes) == hash) else {
                let _ended = tell.send(Event::PhotoDamaged { hash });
                return;
            };
            let answer: Result<_, Failure> = calls.photo(hash, &bytes, part).await;
            let _ended = tell.send(match answer {
                Ok(PartAnswer::Held(offset)) => Event::PhotoOffset { hash, offset },
                Ok(PartAnswer::Whole(answer)) => {
                    receipts.note(&answer.receipt, |_| None);
                    Event::PhotoAnswered { hash, answer }
                }
                Err(failure) => Event::PhotoFailed { hash, failure },
            });
        });
    }
}
