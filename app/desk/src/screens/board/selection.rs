//! Which case is chosen next: by a step of the keys, and when the chosen one has been dealt
//! with.

use domain::{CaseId, case::Command, summary::CaseQuery};
use leptos::prelude::*;

use super::{BoardContext, picks::Picks, queue};
use app_shared::{
    components::undo::Undoable,
    model::{Model, Pending},
};

/// The case `by` rows further; the first when none is chosen, and never beyond an end.
pub fn step(shown: &[CaseId], chosen: Option<CaseId>, by: isize) -> Option<CaseId> {
    let at = shown.iter().position(|id| Some(*id) == chosen);
    let next = at.map_or(0, |at| at.saturating_add_signed(by));
    shown.get(next.min(shown.len().saturating_sub(1))).copied()
}

/// In a queue that [moves on](queue::moves_on), chooses the next case as soon as the person
/// has passed, closed or returned the chosen one; and the case again when that is undone, or all
/// that were picked.
pub fn move_on_after_acts(board: BoardContext) {
    let model = Model::here();
    let undoable = Undoable::here();
    let selected = board.choice.selected;
    Effect::new(move |before: Option<QueueState>| {
        let now = QueueState {
            question: board.question.get(),
            rows: board.rows.with(|rows| rows.iter().map(|item| item.id()).collect()),
            waiting: undoable.waiting_cases(),
        };
        let is_own_act = |id: CaseId| {
            model.cases.with_untracked(|cases| {
                let entry = cases.get(&id);
                entry.is_some_and(|entry| entry.pending.iter().any(moves_case))
            })
        };
        if let (Some(before), Some(chosen)) = (before, selected.get_untracked())
            && let Some(next) = now.moved_on_from(&before, chosen, is_own_act)
        {
            selected.set(Some(next));
        }
        now
    });
    let taken_back = undoable.taken_back();
    let choose_again = move |cases: &Vec<CaseId>, _: Option<&Vec<CaseId>>, _: Option<()>| {
        let rows = board.rows;
        let is_here =
            |id: &CaseId| rows.with_untracked(|rows| rows.iter().any(|it| it.id() == *id));
        match cases.as_slice() {
            [case] if is_here(case) => selected.set(Some(*case)),
            [_] | [] => {}
            many => {
                let here: Vec<CaseId> = many.iter().copied().filter(is_here).collect();
                board.picking.picks.set(Picks::all(&here));
            }
        }
    };
    Effect::watch(move || taken_back.get(), choose_again, false);
}

/// An act that is on this device only, and not a comment.
fn moves_case(own: &Pending) -> bool {
    !own.state.is_answered() && !matches!(own.command, Command::Comment { .. })
}

/// What the choice of the next case depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct QueueState {
    question: CaseQuery,
    /// Cases of the queue, in its order.
    rows: Vec<CaseId>,
    /// Cases with an act that can still be taken back.
    waiting: Vec<CaseId>,
}

impl QueueState {
    /// The case to choose instead of `chosen`, when this person has dealt with it since
    /// `before`. What somebody else did leaves the case before their eyes.
    fn moved_on_from(
        &self,
        before: &Self,
        chosen: CaseId,
        is_own_act: impl Fn(CaseId) -> bool,
    ) -> Option<CaseId> {
        let is_moved_on = self.question.queue.is_some_and(queue::moves_on);
        if !is_moved_on || self.question != before.question || !before.rows.contains(&chosen) {
            return None;
        }
        let waits = self.waiting.contains(&chosen) && !before.waiting.contains(&chosen);
        let has_left = !self.rows.contains(&chosen) && is_own_act(chosen);
        if !waits && !has_left {
            return None;
        }
        let at = before.rows.iter().position(|id| *id == chosen)?;
        let remains = |id: &&CaseId| self.rows.contains(id) && !self.waiting.contains(id);
        let after = before.rows.iter().skip(at.saturating_add(1)).find(remains);
        let earlier = || before.rows.iter().take(at).rev().find(remains);
        after.or_else(earlier).copied()
    }
}

#[cfg(test)]
mod tests {
    use domain::summary::Queue;

    use super::*;
    use crate::screens::board::test_cases::TestCase;

    fn ids(numbers: &[u8]) -> Vec<CaseId> {
        numbers.iter().copied().map(TestCase::case_id).collect()
    }

    fn state(queue: Queue, rows: &[u8], waiting: &[u8]) -> QueueState {
        QueueState { question: queue::whole(queue), rows: ids(rows), waiting: ids(waiting) }
    }

    #[test]
    fn keys_step_through_the_list_and_stay_inside_it() {
        let shown = ids(&[1, 2, 3]);
        for (chosen, by, expected) in [
            (None, 1, Some(1)),
            (None, -1, Some(1)),
            (Some(1), 1, Some(2)),
            (Some(2), -1, Some(1)),
            (Some(3), 1, Some(3)),
            (Some(1), -1, Some(1)),
            // Not in this list any more.
            (Some(9), 1, Some(1)),
        ] {
            let next = step(&shown, chosen.map(TestCase::case_id), by);
            assert_eq!(next, expected.map(TestCase::case_id), "{chosen:?} {by}");
        }
        assert_eq!(step(&[], None, 1), None);
    }

    #[test]
    fn next_case_is_chosen_as_soon_as_the_chosen_one_is_passed() {
        for (rows, waiting_before, chosen, expected) in [
            (&[1, 2, 3][..], &[][..], 1, Some(2)),
            (&[1, 2, 3], &[], 2, Some(3)),
            // The last of the list: the one above it.
            (&[1, 2, 3], &[], 3, Some(2)),
            // The neighbour has been passed already.
            (&[1, 2, 3], &[2], 1, Some(3)),
            (&[1, 2, 3], &[2], 3, Some(1)),
            // Nothing is left to do: the case stays.
            (&[1, 2], &[1], 2, None),
            (&[1], &[], 1, None),
        ] {
            let before = state(Queue::ToVerify, rows, waiting_before);
            let waiting: Vec<u8> = waiting_before.iter().copied().chain([chosen]).collect();
            let now = state(Queue::ToVerify, rows, &waiting);
            let next = now.moved_on_from(&before, TestCase::case_id(chosen), |_| false);
            assert_eq!(next, expected.map(TestCase::case_id), "{rows:?} {chosen}");
        }
    }

    #[test]
    fn next_case_is_chosen_when_the_chosen_one_leaves_the_queue_by_an_own_act_only() {
        let before = state(Queue::ToVerify, &[1, 2, 3], &[]);
        let now = state(Queue::ToVerify, &[1, 3], &[]);
        let chosen = TestCase::case_id(2);
        assert_eq!(now.moved_on_from(&before, chosen, |_| true), Some(TestCase::case_id(3)));
        assert_eq!(now.moved_on_from(&before, chosen, |_| false), None);
    }

    #[test]
    fn choice_stays_in_queues_that_are_looked_at_and_after_another_choice_of_queue() {
        let chosen = TestCase::case_id(2);
        for queue in Queue::ALL.into_iter().filter(|queue| !queue::moves_on(*queue)) {
            let before = state(queue, &[1, 2, 3], &[]);
            let now = state(queue, &[1, 3], &[2]);
            assert_eq!(now.moved_on_from(&before, chosen, |_| true), None, "{queue:?}");
        }
        let before = state(Queue::ToVerify, &[1, 2, 3], &[]);
        let other_queue = state(Queue::ToClose, &[1, 3], &[]);
        assert_eq!(other_queue.moved_on_from(&before, chosen, |_| true), None);
        let searched = QueueState {
            question: CaseQuery { q: Some("1".into()), ..queue::whole(Queue::ToVerify) },
            ..state(Queue::ToVerify, &[1], &[])
        };
        assert_eq!(searched.moved_on_from(&before, chosen, |_| true), None);
    }
}
