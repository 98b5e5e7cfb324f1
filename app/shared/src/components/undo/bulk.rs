//! One act on many cases: what is still to be saved, how far it is, and in the end what was done
//! and what was not, with the reason.
//!
//! Never: signals, and nothing is saved here.

use std::{collections::VecDeque, sync::Arc};

use domain::{
    CaseId, UserName,
    case::{CaseState, Command},
};

use crate::{
    model::{AppError, ListedCase},
    text::Words,
};

/// The same commands for each case; each has an operation of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkAct {
    pub cases: Vec<ListedCase>,
    pub commands: Vec<Command>,
    /// Chosen with the others, but the act does not fit where they stand.
    pub unfit: Vec<NotDone>,
}

/// A case that was chosen and to which nothing was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotDone {
    pub id: CaseId,
    pub number: String,
    pub why: WhyNot,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyNot {
    /// It is not offered for a case in this state.
    Unfit(CaseState),
    Failed(AppError),
}

/// How many of how many have been dealt with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BulkProgress {
    pub dealt_with: usize,
    pub of: usize,
}

/// What became of the acts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BulkAccount {
    /// Cases whose acts are saved on this device.
    pub done: usize,
    pub not_done: Vec<NotDone>,
}

/// Acts that are being saved, case by case. What is added meanwhile follows in the same run.
#[derive(Default)]
pub struct BulkRun {
    /// Whose acts they are.
    author: Option<UserName>,
    queue: VecDeque<(ListedCase, Arc<[Command]>)>,
    is_running: bool,
    /// A case could not be asked for: the others are not waited for in vain.
    is_out_of_reach: bool,
    dealt_with: usize,
    account: BulkAccount,
}

impl WhyNot {
    pub fn text(&self, words: Words) -> String {
        match self {
            Self::Unfit(state) => words.bulk_unfit(words.state(*state)),
            Self::Failed(error) => words.error(error),
        }
    }
}

impl BulkAccount {
    /// What was not done, by its reason; the most frequent first.
    pub fn by_reason(&self, words: Words) -> Vec<(String, Vec<NotDone>)> {
        let mut reasons: Vec<(String, Vec<NotDone>)> = Vec::new();
        for not_done in &self.not_done {
            let text = not_done.why.text(words);
            match reasons.iter_mut().find(|(known, _)| *known == text) {
                Some((_, cases)) => cases.push(not_done.clone()),
                None => reasons.push((text, vec![not_done.clone()])),
            }
        }
        reasons.sort_by_key(|(_, cases)| std::cmp::Reverse(cases.len()));
        reasons
    }
}

impl BulkRun {
    /// Whether a run begins with it; else it follows in the one that is under way.
    pub fn add(&mut self, act: BulkAct, author: Option<UserName>) -> bool {
        let begins = !self.is_running;
        if begins {
            *self = Self { author, is_running: true, ..Self::default() };
        }
        self.account.not_done.extend(act.unfit);
        let commands: Arc<[Command]> = act.commands.into();
        self.queue.extend(act.cases.into_iter().map(|case| (case, Arc::clone(&commands))));
        begins
    }

    /// The next case; `None` ends the run. `user`: who is signed in now. What another has done is
    /// not saved in their name.
    pub fn next(&mut self, user: Option<&UserName>) -> Option<(ListedCase, Arc<[Command]>)> {
        if user != self.author.as_ref() {
            let left = self.queue.drain(..).map(|(case, _)| NotDone {
                id: case.id,
                number: case.number,
                why: WhyNot::Failed(AppError::NotSignedIn),
            });
            self.account.not_done.extend(left);
        }
        let next = self.queue.front().cloned();
        self.is_running = next.is_some();
        next
    }

    /// What became of the case that [`Self::next`] gave.
    pub fn answered(&mut self, result: Result<(), AppError>) {
        let Some((case, _)) = self.queue.pop_front() else { return };
        self.dealt_with = self.dealt_with.saturating_add(1);
        match result {
            Ok(()) => self.account.done = self.account.done.saturating_add(1),
            Err(error) => {
                self.is_out_of_reach |= error == AppError::CaseNotHere;
                let why = WhyNot::Failed(error);
                let not_done = NotDone { id: case.id, number: case.number, why };
                self.account.not_done.push(not_done);
            }
        }
    }

    pub const fn may_ask(&self) -> bool {
        !self.is_out_of_reach
    }

    pub const fn is_running(&self) -> bool {
        self.is_running
    }

    pub fn is_waiting(&self, case: CaseId) -> bool {
        self.queue.iter().any(|(of, _)| of.id == case)
    }

    pub fn cases(&self) -> impl Iterator<Item = CaseId> {
        self.queue.iter().map(|(case, _)| case.id)
    }

    /// `None` while nothing is being saved.
    pub fn progress(&self) -> Option<BulkProgress> {
        let of = self.dealt_with.saturating_add(self.queue.len());
        self.is_running.then_some(BulkProgress { dealt_with: self.dealt_with, of })
    }

    /// Once all is dealt with, for who did it; until it is dismissed.
    pub fn account(&self, user: Option<&UserName>) -> Option<&BulkAccount> {
        let has_ended = !self.is_running && self.account != BulkAccount::default();
        (has_ended && user == self.author.as_ref()).then_some(&self.account)
    }

    pub fn dismiss(&mut self) {
        if !self.is_running {
            *self = Self::default();
        }
    }
}

#[cfg(test)]
mod tests;
