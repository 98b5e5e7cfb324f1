//! The truth about sync, from stored rows and the connection as it stands; never
//! from "the last run went well".

use domain::{
    Timestamp,
    sync::{
        Verdict,
        outbox::{Failure, LinkState},
    },
};
use std::collections::BTreeSet;

use super::state::PhoneState;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SyncStatus {
    pub link: Link,
    /// Own operations on this phone without a receipt.
    pub operations_here: u32,
    /// Photos of them, and their bytes, that have no receipt.
    pub photos_here: u32,
    pub bytes_here: u64,
    /// Photos that are at the server, verified, and whose bytes stay here until a backup
    /// of the server has them or fourteen days have passed.
    pub held_photos: u32,
    pub held_bytes: u64,
    /// What the server had before this moment, by its clock, lies in a backup. `None`:
    /// it has not said so since the app began.
    pub backed_up: Option<Timestamp>,
    /// When the server was last asked whether it still has everything.
    pub verified: Option<Timestamp>,
    /// Being sent at this moment; all photos together.
    pub operations_sending: u32,
    pub photo_sending: Option<Progress>,
    /// Answered with a no, or held for a human: to be looked at.
    pub refused: u32,
    pub quarantined: u32,
    /// Photos that the server does not take or that are damaged here.
    pub photos_in_need: u32,
    /// Operations of other people who used this phone; they wait for their sign-in.
    pub of_others: u32,
    /// Cases that have come in a pull of which further pages follow.
    pub receiving: Option<u32>,
    /// When the server last answered, by this phone's clock.
    pub last_answer: Option<Timestamp>,
}

/// How it stands between this phone and the server.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Link {
    #[default]
    Starting,
    /// It answers; `operations_here` and `photos_here` are on their way.
    Connected,
    Trying,
    /// Since when, when the next try is due, and why the last one failed.
    Unreachable {
        since: Timestamp,
        next_try: Option<Timestamp>,
        why: Failure,
    },
    /// Paused until the person signs in again; nothing is deleted.
    NeedsSignIn,
}

impl Link {
    /// Whether a call is worth making: the server answers, or it is not known that it does not.
    pub const fn may_answer(&self) -> bool {
        matches!(self, Self::Starting | Self::Trying | Self::Connected)
    }
}

/// Bytes of bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    pub sent: u64,
    pub of: u64,
}

/// What the browser promises about this phone's store.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Storage {
    /// `Some(false)`: the browser may clear it under pressure. `None`: it does not say.
    pub persisted: Option<bool>,
    pub used: Option<u64>,
    pub quota: Option<u64>,
}

impl Progress {
    const fn plus(self, other: Self) -> Self {
        Self { sent: self.sent.saturating_add(other.sent), of: self.of.saturating_add(other.of) }
    }
}

impl SyncStatus {
    /// Counted from stored rows, and the connection as the engine sees it.
    pub(super) fn of(state: &PhoneState) -> Self {
        let receiving = state.receiving;
        let mut status = Self { link: link(state), receiving, ..Self::default() };
        let (mut photos, mut asking) = (BTreeSet::new(), BTreeSet::new());
        for row in state.own_rows() {
            let answer = row.kept.answer.as_ref().filter(|_| !row.kept.lacked);
            match answer.map(|answer| &answer.result.verdict) {
                None => status.operations_here += 1,
                Some(Verdict::Accepted) => {}
                Some(_) if row.kept.acknowledged => {}
                Some(Verdict::Refused { .. }) => status.refused += 1,
                Some(Verdict::Quarantined { .. }) => status.quarantined += 1,
            }
            photos.extend(row.kept.photos.iter().copied());
            if !row.kept.acknowledged {
                asking.extend(row.kept.photos.iter().copied());
            }
        }
        for hash in photos {
            let asks = u32::from(asking.contains(&hash));
            let Some(kept) = state.photos.get(&hash) else {
                status.photos_in_need += asks;
                continue;
            };
            if kept.is_answered() && !kept.damaged {
                continue;
            }
            let is_stuck =
                matches!(kept.tries.last, Some(Failure::Rejected { .. } | Failure::Blocked { .. }));
            if is_stuck || kept.damaged {
                status.photos_in_need += asks;
            }
            // It cannot be sent, and nobody waits for it any more.
            let is_given_up = kept.damaged && asks == 0;
            if !kept.evicted && !is_given_up {
                status.photos_here += 1;
                status.bytes_here += kept.length;
            }
        }
        let unanswered = state.rows.iter().filter(|row| !row.kept.is_answered()).count();
        status.of_others = count(unanswered).saturating_sub(status.operations_here);
        if let Some(standing) = &state.standing {
            status.operations_sending = count(standing.sending.len());
            status.last_answer = standing.last_answer;
            status.photo_sending = standing
                .sending_photos
                .iter()
                .map(|hash| {
                    let of = state.photos.get(hash).map_or(0, |kept| kept.length);
                    state.progress.get(hash).copied().unwrap_or(Progress { sent: 0, of })
                })
                .reduce(Progress::plus);
            status.held_photos = standing.held_photos;
            status.held_bytes = standing.held_bytes;
            status.backed_up = standing.backed_up;
            status.verified = standing.verified;
        }
        status
    }

    /// Everything this person did here is at the server.
    pub const fn is_all_there(&self) -> bool {
        self.operations_here == 0 && self.photos_here == 0
    }
}

fn link(state: &PhoneState) -> Link {
    let Some(standing) = &state.standing else { return Link::Starting };
    if standing.is_paused {
        return Link::NeedsSignIn;
    }
    match &standing.link {
        LinkState::Unknown => Link::Trying,
        LinkState::Open => Link::Connected,
        LinkState::Closed { since, next_try, why, .. } => {
            Link::Unreachable { since: *since, next_try: Some(*next_try), why: why.clone() }
        }
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
