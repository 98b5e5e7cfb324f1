//! What must be true of every call when it goes out: who may send, in which order, and
//! that nothing goes twice that the server is known to have.

use super::{
    super::{Event, Failure},
    request::{PhotoRequest, Request},
    world::{Broken, World},
};
use crate::UserName;

/// Bytes of a photo above which a cut must leave something behind (as in the engine).
const LARGE: u64 = 1024 * 1024;

/// What one tab has been told, and what it waits for.
#[derive(Default)]
pub struct Told {
    /// Who is signed in.
    pub user: Option<UserName>,
    /// It heard a 401, and nobody has signed in since.
    pub is_ended: bool,
    /// Text calls that are on their way, and whether one has records.
    pub calls: u32,
    pub has_batch: bool,
}

impl Told {
    pub fn hear(&mut self, event: &Event) {
        match event {
            Event::SignedIn { user, .. } => {
                self.user = Some(user.clone());
                self.is_ended = false;
            }
            Event::SessionEnded
            | Event::TextFailed(Failure::SignedOut)
            | Event::PhotoFailed { failure: Failure::SignedOut, .. } => self.is_ended = true,
            _ => {}
        }
        let is_text = matches!(
            event,
            Event::HelloAnswered(_)
                | Event::BatchAnswered(_)
                | Event::MissingAnswered(_)
                | Event::VerifyAnswered(_)
                | Event::TextFailed(_)
        );
        if is_text {
            self.calls = self.calls.saturating_sub(1);
            self.has_batch = false;
        }
    }
}

impl World {
    pub fn check_call(
        &mut self,
        phone: usize,
        tab: usize,
        term: u32,
        request: &Request,
    ) -> Result<(), Broken> {
        let Some(running) = &mut self.phones[phone].tabs[tab] else { return Ok(()) };
        let told = &mut running.told;
        if told.is_ended {
            return Err(format!("phone {phone} sends although its session has ended"));
        }
        match request {
            Request::Photo(photo) => {
                if told.has_batch {
                    return Err(format!("phone {phone} begins a photo before its records"));
                }
                return self.check_photo_call((phone, tab, term), photo);
            }
            Request::Batch { sealed, .. } => {
                let other = sealed.iter().find(|sealed| {
                    let fact = self.facts.get(&(sealed.id, sealed.digest));
                    fact.is_some_and(|fact| Some(&fact.author) != told.user.as_ref())
                });
                if let Some(sealed) = other {
                    return Err(format!("{} goes out in another's name", sealed.id));
                }
                told.has_batch = true;
            }
            Request::Hello(_) | Request::Missing(_) | Request::Verify(_) => {}
        }
        told.calls += 1;
        if told.calls > 1 {
            return Err(format!("phone {phone} makes two calls at once"));
        }
        Ok(())
    }

    /// Unless something crossed it: another tab or phone, a request that came late, a
    /// server that was put back.
    fn check_photo_call(
        &mut self,
        sender: (usize, usize, u32),
        request: &PhotoRequest,
    ) -> Result<(), Broken> {
        let hash = request.hash;
        // What is larger is refused by a proxy that nobody has told anything.
        if request.part.as_ref().is_some_and(|part| part.end.saturating_sub(part.start) > LARGE) {
            return Err(format!("a part of photo {hash} is large"));
        }
        if *self.senders.entry(hash).or_insert(sender) != sender {
            self.crossed.insert(hash);
        }
        let disk = &self.server.disk;
        if self.crossed.contains(&hash) {
            return Ok(());
        }
        if disk.photos.contains_key(&hash) {
            return Err(format!("photo {hash} goes to a server that has it"));
        }
        let has = disk.parts.get(&hash).copied().unwrap_or(0);
        match &request.part {
            None if request.of > LARGE => {
                Err(format!("photo {hash} is large and goes in one call"))
            }
            Some(part) if part.start < has => {
                Err(format!("{} bytes of photo {hash} go a second time", has - part.start))
            }
            _ => Ok(()),
        }
    }

    /// Whatever was on its way may still arrive, or what the server has is another.
    pub fn cross_all(&mut self) {
        self.crossed.extend(self.lengths.keys());
    }
}
