//! Picking cases on the board, by hand and by keys.

use std::{collections::BTreeSet, sync::Arc};

use domain::{CaseId, access::Act};
use leptos::prelude::*;

use super::{BoardContext, board_item::BoardItem, picks::Picks};
use app_shared::{components::undo::Undoable, model::Model};

/// What is picked. Held by the board's context.
#[derive(Clone, Copy)]
pub struct Picking {
    pub picks: RwSignal<Picks>,
    /// Boxes show though nothing is picked yet.
    is_begun: RwSignal<bool>,
    /// The role has an act that can be done to many cases.
    pub is_allowed: Memo<bool>,
    undoable: Undoable,
}

impl Picking {
    pub fn new() -> Self {
        let model = Model::here();
        let is_allowed = Memo::new(move |_| {
            [Act::Assign, Act::Verify, Act::Close].into_iter().any(|act| model.may(act))
        });
        Self {
            picks: RwSignal::default(),
            is_begun: RwSignal::new(false),
            is_allowed,
            undoable: Undoable::here(),
        }
    }

    pub fn is_on(self) -> bool {
        self.is_begun.get() || self.picks.with(|picks| !picks.is_empty())
    }

    pub fn begin_or_leave(self) {
        if untrack(|| self.is_on()) {
            self.leave();
        } else {
            self.is_begun.set(true);
        }
    }

    pub fn leave(self) {
        self.is_begun.set(false);
        self.picks.set(Picks::default());
    }
}

impl BoardContext {
    /// Shown cases on which no act waits, in their order.
    pub fn pickable(self) -> Vec<CaseId> {
        let waiting: BTreeSet<CaseId> = self.picking.undoable.waiting_cases().into_iter().collect();
        let shown = self.shown.with(|shown| shown.iter().map(|item| item.id()).collect::<Vec<_>>());
        shown.into_iter().filter(|case| !waiting.contains(case)).collect()
    }

    /// In the order of the list.
    pub fn picked(self) -> Vec<Arc<BoardItem>> {
        let is_picked =
            |item: &&Arc<BoardItem>| self.picking.picks.with(|picks| picks.contains(item.id()));
        self.rows.with(|rows| rows.iter().filter(is_picked).cloned().collect())
    }

    pub fn toggle_pick(self, case: CaseId) {
        if self.may_pick(case) {
            self.picking.picks.update(|picks| picks.toggle(case));
        }
    }

    /// From where the last one was picked, or from the case beside the list.
    pub fn pick_up_to(self, case: CaseId) {
        if !self.may_pick(case) {
            return;
        }
        let pickable = untrack(|| self.pickable());
        let beside = self.choice.selected.get_untracked().filter(|it| pickable.contains(it));
        self.picking.picks.update(|picks| {
            if let (true, Some(beside)) = (picks.is_empty(), beside) {
                picks.toggle(beside);
            }
            picks.extend_to(&pickable, case);
        });
    }

    pub fn pick_shown(self) {
        self.picking.picks.set(Picks::all(&untrack(|| self.pickable())));
    }

    fn may_pick(self, case: CaseId) -> bool {
        let is_waiting = untrack(|| self.picking.undoable.is_waiting(case));
        self.picking.is_allowed.get_untracked() && !is_waiting
    }
}

/// What leaves the list, or has an act that waits, is not picked any more.
pub fn keep_picks_listed(board: BoardContext) {
    Effect::new(move |_| {
        let mut listed: BTreeSet<CaseId> =
            board.rows.with(|rows| rows.iter().map(|item| item.id()).collect());
        for case in board.picking.undoable.waiting_cases() {
            listed.remove(&case);
        }
        let mut picks = board.picking.picks.get_untracked();
        picks.keep(|case| listed.contains(&case));
        if board.picking.picks.with_untracked(|before| *before != picks) {
            board.picking.picks.set(picks);
        }
    });
}
