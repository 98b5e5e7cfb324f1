//! The line between a phone and the server: what can become of one call.

use std::rc::Rc;

use super::{
    super::{Event, Failure},
    request::{Arrival, PhotoRequest, Request},
    rules::{forge, sign},
    world::{Broken, Happening, MINUTE, SECOND, World},
};
use crate::{
    Sha256Hash,
    evidence::{Epoch, ReceiptSubject, Unsigned},
    sync::{
        BatchAnswer, MissingAnswer, OperationResult, PhotoAnswer, QuarantineReason, Sealed, Verdict,
    },
};

/// A request on its way to the server.
pub struct Leg {
    pub phone: usize,
    pub tab: usize,
    pub term: u32,
    pub request: Rc<Request>,
    pub answer: Answer,
    /// The same request arrives twice at once.
    pub is_twin: bool,
    pub killed_after: Option<usize>,
}

/// Bytes of the largest request that the proxy lets through, when there is one.
const PROXY_TAKES: u64 = 100 * 1024;

#[derive(Clone, Copy)]
pub enum Answer {
    After(i64),
    /// It goes nowhere.
    Lost,
}

impl Leg {
    /// What the tab hears when it comes to nothing.
    pub fn failed(&self, failure: Failure) -> Event {
        failed(&self.request, failure)
    }
}

impl World {
    pub fn arrive(&mut self, leg: Leg) {
        let arrival = Arrival {
            tab: leg.phone * 2 + leg.tab,
            is_twin: leg.is_twin,
            killed_after: leg.killed_after,
        };
        let said = self.server.serve(&leg.request, &arrival, &self.facts, self.now);
        if leg.killed_after.is_some() {
            self.note("the server was killed in a call");
            self.effects_seen = self.effects_seen.min(self.server.disk.effects.len());
        }
        self.say(|| format!("server of {:?}: {said:?}", self.server.epoch));
        let Answer::After(millis) = leg.answer else { return };
        let event = match said {
            Ok(event) => self.perhaps_shortened(event),
            Err(failure) => leg.failed(failure.unwrap_or(Failure::Unreachable)),
        };
        let Leg { phone, tab, term, .. } = leg;
        self.after(millis, Happening::Hear { phone, tab, term, event });
    }

    pub fn send(
        &mut self,
        phone: usize,
        tab: usize,
        term: u32,
        request: Rc<Request>,
    ) -> Result<(), Broken> {
        self.check_call(phone, tab, term, &request)?;
        let there = self.between(10, 2 * SECOND);
        let back = self.between(10, 2 * SECOND);
        let good = Leg {
            phone,
            tab,
            term,
            request: Rc::clone(&request),
            answer: Answer::After(back),
            is_twin: false,
            killed_after: None,
        };
        let kind = if self.is_faulty { self.draw(24) } else { u64::MAX };
        let broken = match kind {
            0 | 1 => {
                self.note("a request was lost");
                Failure::Unreachable
            }
            2 | 3 => {
                self.note("an answer was lost");
                self.after(there, Happening::Arrive(Leg { answer: Answer::Lost, ..good }));
                Failure::Unreachable
            }
            4 => {
                self.cross(&request);
                // Given up by the phone, and it arrives all the same, long after.
                self.note("a request came late");
                let late = self.between(MINUTE, 20 * MINUTE);
                self.after(late, Happening::Arrive(Leg { answer: Answer::Lost, ..good }));
                Failure::Unreachable
            }
            5 | 6 => {
                self.cross(&request);
                self.note("a request was doubled");
                let request = Rc::clone(&good.request);
                let twin = Leg { request, answer: Answer::Lost, is_twin: true, ..good };
                let later = there + if kind == 5 { 1 } else { self.between(1, 10 * MINUTE) };
                self.after(later, Happening::Arrive(twin));
                self.after(there, Happening::Arrive(Leg { is_twin: true, ..good }));
                return Ok(());
            }
            7 => {
                self.note("a portal answered");
                let event = match self.draw(4) {
                    0 => forged(&request),
                    1 => self.misplaced(&request),
                    _ => None,
                };
                if let Some(event) = event {
                    // Believed where it calls photos missing: that costs bytes.
                    self.cross(&request);
                    self.after(back, Happening::Hear { phone, tab, term, event });
                    return Ok(());
                }
                Failure::NotTheServer
            }
            8 => {
                self.note("the server was busy");
                Failure::Busy { retry_after_ms: Some(120_000) }
            }
            9 if self.chance(3) => {
                self.note("a session ended");
                Failure::SignedOut
            }
            10 => {
                let after = self.draw_index(3);
                self.after(there, Happening::Arrive(Leg { killed_after: Some(after), ..good }));
                return Ok(());
            }
            11..=13 if let Request::Photo(photo) = &*request => {
                self.note("a photo was cut");
                let part = photo.part.clone().map(|part| {
                    part.start..part.start + self.draw(part.end.saturating_sub(part.start) + 1)
                });
                let cut = PhotoRequest { part, is_cut: true, ..photo.clone() };
                let request = Rc::new(Request::Photo(cut));
                self.after(there, Happening::Arrive(Leg { request, answer: Answer::Lost, ..good }));
                Failure::Unreachable
            }
            15 if let Request::Batch { sealed, .. } = &*request => {
                self.note("records were damaged on the way");
                let event = self.damaged(sealed);
                self.after(there + back, Happening::Hear { phone, tab, term, event });
                return Ok(());
            }
            14 if matches!(*request, Request::Photo(_)) => {
                self.note("a photo took long");
                let back = self.between(MINUTE, 20 * MINUTE);
                if self.chance(4) {
                    self.after(there + back / 3, Happening::Restore);
                }
                self.after(there + back / 2, Happening::Look(phone));
                self.after(there, Happening::Arrive(Leg { answer: Answer::After(back), ..good }));
                return Ok(());
            }
            16 | 17 if matches!(&*request, Request::Photo(photo) if photo.size() > PROXY_TAKES) => {
                self.note("a proxy took no part of this size");
                Failure::Blocked { status: 413 }
            }
            16 if matches!(*request, Request::Photo(_)) => {
                self.note("a proxy let no photo through");
                Failure::Blocked { status: 403 }
            }
            _ => {
                self.measure(phone, tab, term, &request);
                self.after(there, Happening::Arrive(good));
                return Ok(());
            }
        };
        let event = failed(&request, broken);
        let given_up = there + self.between(SECOND, 60 * SECOND);
        self.after(given_up, Happening::Hear { phone, tab, term, event });
        Ok(())
    }

    fn cross(&mut self, request: &Request) {
        match request {
            Request::Photo(photo) => self.crossed.extend([photo.hash]),
            Request::Missing(asked) => self.crossed.extend(asked),
            _ => {}
        }
    }

    /// A word of the server for something else, out of a cache on the way.
    fn misplaced(&mut self, request: &Request) -> Option<Event> {
        let disk = &self.server.disk;
        Some(match request {
            Request::Batch { sealed, .. } => {
                let other = disk.operations.iter().find(|(id, (digest, _))| {
                    sealed.iter().all(|it| (it.id, it.digest) != (**id, *digest))
                });
                let (_, (_, other)) = other?;
                let result = |id| OperationResult { id, ..other.clone() };
                let results = sealed.iter().map(|it| result(it.id)).collect();
                Event::BatchAnswered(BatchAnswer { results })
            }
            Request::Missing(asked) => {
                let other = disk.photos.iter().find(|(hash, _)| !asked.contains(hash))?;
                Event::MissingAnswered(MissingAnswer {
                    missing: Vec::new(),
                    partial: Vec::new(),
                    held: vec![other.1.receipt.clone()],
                })
            }
            Request::Photo(PhotoRequest { hash, .. }) => {
                let other = disk.photos.iter().find(|(other, _)| *other != hash)?;
                Event::PhotoAnswered { hash: *hash, answer: other.1.clone() }
            }
            _ => return None,
        })
    }

    /// The server keeps what came, which is not what was sent.
    fn damaged(&self, sealed: &[Sealed]) -> Event {
        let results = sealed.iter().map(|sealed| {
            let digest = Sha256Hash::of(b"damaged");
            let subject = ReceiptSubject::Operation { id: sealed.id, digest, photos: Vec::new() };
            let receipt = sign(Unsigned { subject, at: self.now, epoch: self.server.epoch });
            let verdict = QuarantineReason::Digest.into();
            OperationResult { id: sealed.id, receipt, verdict }
        });
        Event::BatchAnswered(BatchAnswer { results: results.collect() })
    }

    /// Signed, and without a word of the photos.
    fn perhaps_shortened(&mut self, mut event: Event) -> Event {
        if let Event::BatchAnswered(answer) = &mut event
            && self.is_faulty
            && self.chance(40)
        {
            self.note("a receipt named no photo");
            for result in &mut answer.results {
                let mut stated = result.receipt.stated.clone();
                if let ReceiptSubject::Operation { photos, .. } = &mut stated.subject {
                    photos.clear();
                }
                result.receipt = sign(stated);
            }
        }
        event
    }

    fn measure(&mut self, phone: usize, tab: usize, term: u32, request: &Request) {
        if let Request::Photo(photo) = request {
            let (bytes, millis) = (photo.of, 1 + self.draw(20_000));
            let event = Event::Measured { bytes, millis };
            self.after(5, Happening::Hear { phone, tab, term, event });
        }
    }
}

fn failed(request: &Request, failure: Failure) -> Event {
    match request {
        Request::Photo(PhotoRequest { hash, .. }) => Event::PhotoFailed { hash: *hash, failure },
        _ => Event::TextFailed(failure),
    }
}

/// A yes by somebody who cannot sign.
fn forged(request: &Request) -> Option<Event> {
    let forge = |subject| {
        forge(Unsigned { subject, at: crate::Timestamp::from_millis(0), epoch: Epoch(1) })
    };
    Some(match request {
        Request::Batch { sealed, .. } => {
            let results = sealed.iter().map(|sealed| {
                let photos = sealed
                    .open()
                    .map(|it| it.command.photos().iter().map(|shot| shot.hash).collect());
                let subject = ReceiptSubject::Operation {
                    id: sealed.id,
                    digest: sealed.digest,
                    photos: photos.unwrap_or_default(),
                };
                OperationResult {
                    id: sealed.id,
                    receipt: forge(subject),
                    verdict: Verdict::Accepted,
                }
            });
            Event::BatchAnswered(BatchAnswer { results: results.collect() })
        }
        Request::Missing(asked) => Event::MissingAnswered(MissingAnswer {
            missing: Vec::new(),
            partial: Vec::new(),
            held: asked
                .iter()
                .map(|hash| forge(ReceiptSubject::Photo { hash: *hash, length: 0 }))
                .collect(),
        }),
        Request::Photo(PhotoRequest { hash, of, .. }) => Event::PhotoAnswered {
            hash: *hash,
            answer: PhotoAnswer {
                receipt: forge(ReceiptSubject::Photo { hash: *hash, length: *of }),
            },
        },
        _ => return None,
    })
}
