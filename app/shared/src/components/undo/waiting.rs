//! Which acts wait to be sealed, and which were refused then: the lists behind
//! [`Undoable`](super::Undoable).
//!
//! Never: time or signals.

use domain::{CaseId, case::Command};

/// In the sequence in which they were done, each under the id of its undo bar.
#[derive(Default)]
pub struct WaitingActs(Vec<(usize, CaseId, Command)>);

impl WaitingActs {
    pub fn add(&mut self, id: usize, case: CaseId, command: Command) {
        self.0.push((id, case, command));
    }

    /// Takes one out, to seal it or to drop it; `None` where the other came first.
    pub fn take(&mut self, id: usize) -> Option<(CaseId, Command)> {
        let index = self.0.iter().position(|(own, ..)| *own == id)?;
        let (_, case, command) = self.0.remove(index);
        Some((case, command))
    }

    pub fn is_waiting(&self, case: CaseId) -> bool {
        self.0.iter().any(|(_, of, _)| *of == case)
    }

    pub fn ids(&self) -> Vec<usize> {
        self.0.iter().map(|(id, ..)| *id).collect()
    }
}

/// Why acts were refused, by case; the first reason stands until the next act.
#[derive(Default)]
pub struct Refusals(Vec<(CaseId, String)>);

impl Refusals {
    pub fn add(&mut self, case: CaseId, why: String) {
        self.0.push((case, why));
    }

    pub fn of(&self, case: CaseId) -> Option<&str> {
        self.0.iter().find(|(of, _)| *of == case).map(|(_, why)| why.as_str())
    }

    /// Another act on the case begins.
    pub fn forget(&mut self, case: CaseId) {
        self.0.retain(|(of, _)| *of != case);
    }
}
