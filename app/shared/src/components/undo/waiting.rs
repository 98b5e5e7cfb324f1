//! Which acts wait to be sealed, and which were refused then: the lists behind
//! [`Undoable`](super::Undoable).
//!
//! Never: time or signals.

use domain::{CaseId, case::Command};

/// In the sequence in which they were done, each under the id of its undo bar.
#[derive(Default)]
pub struct WaitingActs(Vec<(usize, CaseId, Vec<Command>)>);

impl WaitingActs {
    /// `commands`: what is one act to the person, each on what the one before made of the case.
    pub fn add(&mut self, id: usize, case: CaseId, commands: Vec<Command>) {
        self.0.push((id, case, commands));
    }

    /// Takes one out, to seal it or to drop it; `None` where the other came first.
    pub fn take(&mut self, id: usize) -> Option<(CaseId, Vec<Command>)> {
        let index = self.0.iter().position(|(own, ..)| *own == id)?;
        let (_, case, commands) = self.0.remove(index);
        Some((case, commands))
    }

    pub fn is_waiting(&self, case: CaseId) -> bool {
        self.0.iter().any(|(_, of, _)| *of == case)
    }

    pub fn cases(&self) -> Vec<CaseId> {
        self.0.iter().map(|(_, case, _)| *case).collect()
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

#[cfg(test)]
mod tests {
    use domain::Timestamp;

    use super::*;

    fn case(byte: u8) -> CaseId {
        CaseId::new(Timestamp::from_millis(0), [byte; 10])
    }

    fn close() -> Vec<Command> {
        vec![Command::Close { note: String::new() }]
    }

    fn waiting() -> WaitingActs {
        let mut waiting = WaitingActs::default();
        waiting.add(1, case(1), vec![Command::Claim]);
        waiting.add(2, case(2), close());
        waiting.add(3, case(1), close());
        waiting
    }

    #[test]
    fn act_is_taken_once_whether_to_seal_or_to_undo() {
        let mut waiting = waiting();
        assert_eq!(waiting.take(2), Some((case(2), close())));
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
        waiting.add(1, case(1), both.clone());
        assert_eq!(waiting.cases(), [case(1)]);
        assert_eq!(waiting.take(1), Some((case(1), both)));
        assert_eq!(waiting.cases(), []);
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
