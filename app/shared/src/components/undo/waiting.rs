//! Which acts wait to be sealed, and which were refused then: the lists behind
//! [`Undoable`](super::Undoable).
//!
//! Never: time or signals.

use domain::{CaseId, UserName, case::Command};

use super::bulk::BulkAct;

/// What is one act to the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WaitingAct {
    /// Commands that follow each other.
    OnOne {
        case: CaseId,
        /// Of the case when the person acted.
        revision: u32,
        commands: Vec<Command>,
    },
    OnMany(BulkAct),
}

/// In the sequence in which they were done.
#[derive(Default)]
pub struct WaitingActs(Vec<Entry>);

struct Entry {
    /// Of its undo bar.
    id: usize,
    /// Who did it: it is never saved in another's name.
    author: Option<UserName>,
    act: WaitingAct,
}

impl WaitingAct {
    pub fn cases(&self) -> Vec<CaseId> {
        match self {
            Self::OnOne { case, .. } => vec![*case],
            Self::OnMany(act) => act.cases.iter().map(|case| case.id).collect(),
        }
    }
}

impl WaitingActs {
    pub fn add(&mut self, id: usize, author: Option<UserName>, act: WaitingAct) {
        self.0.push(Entry { id, author, act });
    }

    /// Takes one out, to drop it; `None` where it was sealed before.
    pub fn take(&mut self, id: usize) -> Option<WaitingAct> {
        let index = self.0.iter().position(|entry| entry.id == id)?;
        Some(self.0.remove(index).act)
    }

    /// Takes one out, to seal it; `None` where it was dropped before, or `user` did not do it.
    pub fn take_own(&mut self, id: usize, user: Option<&UserName>) -> Option<WaitingAct> {
        let index = self.0.iter().position(|entry| entry.id == id)?;
        let entry = self.0.remove(index);
        (entry.author.as_ref() == user).then_some(entry.act)
    }

    pub fn is_waiting(&self, case: CaseId) -> bool {
        self.0.iter().any(|entry| match &entry.act {
            WaitingAct::OnOne { case: of, .. } => *of == case,
            WaitingAct::OnMany(act) => act.cases.iter().any(|of| of.id == case),
        })
    }

    pub fn cases(&self) -> Vec<CaseId> {
        self.0.iter().flat_map(|entry| entry.act.cases()).collect()
    }

    pub fn ids(&self) -> Vec<usize> {
        self.0.iter().map(|entry| entry.id).collect()
    }

    /// Whether an act on many cases waits: it takes a while to save.
    pub fn has_bulk(&self) -> bool {
        self.0.iter().any(|entry| matches!(entry.act, WaitingAct::OnMany(_)))
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
        WaitingAct::OnOne { case: case(byte), revision: 1, commands }
    }

    fn on_many(bytes: &[u8]) -> WaitingAct {
        let listed =
            |byte: &u8| ListedCase { id: case(*byte), number: byte.to_string(), revision: 1 };
        let cases = bytes.iter().map(listed).collect();
        WaitingAct::OnMany(BulkAct { cases, commands: close(), unfit: Vec::new() })
    }

    fn waiting() -> WaitingActs {
        let mut waiting = WaitingActs::default();
        waiting.add(1, None, on_one(1, vec![Command::Claim]));
        waiting.add(2, None, on_one(2, close()));
        waiting.add(3, None, on_one(1, close()));
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
    fn act_is_sealed_in_the_name_of_who_did_it_and_of_nobody_else() {
        let (li, wu): (UserName, UserName) = ("li".into(), "wu".into());
        for (author, user, is_sealed) in
            [(Some(&li), Some(&li), true), (Some(&li), Some(&wu), false), (Some(&li), None, false)]
        {
            let mut waiting = WaitingActs::default();
            waiting.add(7, author.cloned(), on_one(1, close()));
            assert_eq!(waiting.take_own(7, user).is_some(), is_sealed, "{user:?}");
            assert!(!waiting.is_waiting(case(1)));
        }
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
        waiting.add(1, None, on_one(1, both.clone()));
        assert_eq!(waiting.cases(), [case(1)]);
        assert_eq!(waiting.take(1), Some(on_one(1, both)));
        assert_eq!(waiting.cases(), []);
    }

    #[test]
    fn all_cases_of_an_act_on_many_wait_together_and_are_taken_together() {
        let mut waiting = waiting();
        waiting.add(4, None, on_many(&[5, 6, 7]));
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
