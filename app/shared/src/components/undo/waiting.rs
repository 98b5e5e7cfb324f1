//! Which acts wait to be sealed, and which were refused then: the lists behind
//! [`Undoable`](super::Undoable).
//!
//! Never: time or signals.

use domain::{CaseId, case::Command};

use super::bulk::BulkAct;

/// What is one act to the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WaitingAct {
    /// The commands follow each other, each on what the one before made of the case.
    OnOne {
        case: CaseId,
        commands: Vec<Command>,
    },
    OnMany(BulkAct),
}

/// In the sequence in which they were done, each under the id of its undo bar.
#[derive(Default)]
pub struct WaitingActs(Vec<(usize, WaitingAct)>);

impl WaitingAct {
    pub fn cases(&self) -> Vec<CaseId> {
        match self {
            Self::OnOne { case, .. } => vec![*case],
            Self::OnMany(act) => act.cases.iter().map(|case| case.id).collect(),
        }
    }
}

impl WaitingActs {
    pub fn add(&mut self, id: usize, act: WaitingAct) {
        self.0.push((id, act));
    }

    /// Takes one out, to seal it or to drop it; `None` where the other came first.
    pub fn take(&mut self, id: usize) -> Option<WaitingAct> {
        let index = self.0.iter().position(|(own, _)| *own == id)?;
        Some(self.0.remove(index).1)
    }

    pub fn is_waiting(&self, case: CaseId) -> bool {
        self.0.iter().any(|(_, act)| match act {
            WaitingAct::OnOne { case: of, .. } => *of == case,
            WaitingAct::OnMany(act) => act.cases.iter().any(|of| of.id == case),
        })
    }

    pub fn cases(&self) -> Vec<CaseId> {
        self.0.iter().flat_map(|(_, act)| act.cases()).collect()
    }

    pub fn ids(&self) -> Vec<usize> {
        self.0.iter().map(|(id, _)| *id).collect()
    }

    /// Whether an act on many cases waits: it takes a while to save.
    pub fn has_bulk(&self) -> bool {
        self.0.iter().any(|(_, act)| matches!(act, WaitingAct::OnMany(_)))
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

#[cfg(test)]
mod tests {
    use domain::Timestamp;

    use super::*;
    use crate::model::ListedCase;

    fn case(byte: u8) -> CaseId {
        CaseId::new(Timestamp::from_millis(0), [byte; 10])
    }

    fn close() -> Vec<Command> {
        vec![Command::Close { note: String::new() }]
    }

    fn on_one(byte: u8, commands: Vec<Command>) -> WaitingAct {
        WaitingAct::OnOne { case: case(byte), commands }
    }

    fn on_many(bytes: &[u8]) -> WaitingAct {
        let listed =
            |byte: &u8| ListedCase { id: case(*byte), number: byte.to_string(), revision: 1 };
        let cases = bytes.iter().map(listed).collect();
        WaitingAct::OnMany(BulkAct { cases, commands: close(), unfit: Vec::new() })
    }

    fn waiting() -> WaitingActs {
        let mut waiting = WaitingActs::default();
        waiting.add(1, on_one(1, vec![Command::Claim]));
        waiting.add(2, on_one(2, close()));
        waiting.add(3, on_one(1, close()));
        waiting
    }

    #[test]
    fn act_is_taken_once_whether_to_seal_or_to_undo() {
        let mut waiting = waiting();
        assert_eq!(waiting.take(2), Some(on_one(2, close())));
        assert_eq!(waiting.take(2), None);
        assert_eq!(waiting.take(9), None);
    }

    #[test]
    fn case_waits_until_its_last_act_was_taken() {
        let mut waiting = waiting();
        for (id, waits) in [(1, true), (3, false)] {
            waiting.take(id);
            assert_eq!(waiting.is_waiting(case(1)), waits, "after {id}");
        }
        assert!(waiting.is_waiting(case(2)));
    }

    #[test]
    fn commands_of_one_act_are_taken_together_and_in_their_order() {
        let mut waiting = WaitingActs::default();
        let both = [vec![Command::Claim], close()].concat();
        waiting.add(1, on_one(1, both.clone()));
        assert_eq!(waiting.cases(), [case(1)]);
        assert_eq!(waiting.take(1), Some(on_one(1, both)));
        assert_eq!(waiting.cases(), []);
    }

    #[test]
    fn all_cases_of_an_act_on_many_wait_together_and_are_taken_together() {
        let mut waiting = waiting();
        waiting.add(4, on_many(&[5, 6, 7]));
        assert_eq!(waiting.cases(), [1, 2, 1, 5, 6, 7].map(case));
        assert!(waiting.is_waiting(case(6)) && waiting.has_bulk());
        assert_eq!(waiting.take(4), Some(on_many(&[5, 6, 7])));
        assert!(!waiting.is_waiting(case(6)) && !waiting.has_bulk());
    }

    #[test]
    fn acts_are_sealed_in_the_sequence_in_which_they_were_done() {
        let mut waiting = waiting();
        assert_eq!(waiting.ids(), [1, 2, 3]);
        waiting.take(2);
        assert_eq!(waiting.ids(), [1, 3]);
    }

    #[test]
    fn refusal_stands_at_its_case_until_the_next_act_on_it() {
        let mut refusals = Refusals::default();
        refusals.add(case(1), "not yours".into());
        refusals.add(case(2), "closed".into());
        assert_eq!(refusals.of(case(1)), Some("not yours"));
        refusals.forget(case(1));
        assert_eq!(refusals.of(case(1)), None);
        assert_eq!(refusals.of(case(2)), Some("closed"));
    }
}
