//! One act on all picked cases: what is offered for them, and how it begins. Each case has an
//! operation of its own; one undo bar takes all of them back.

use std::sync::Arc;

use domain::{
    access::Actor,
    case::{Command, OrderTo},
};
use leptos::prelude::*;

use super::{BoardContext, board_item::BoardItem, bulk_offers::BulkOffer};
use app_shared::{
    components::{dom, toasts::Toasts, undo::Undoable},
    model::Model,
    screens::case::acts::Asked,
    text::{Words, words},
};

/// The acts on the picked cases. In context.
#[derive(Clone, Copy)]
pub struct Bulk {
    pub board: BoardContext,
    pub undoable: Undoable,
    /// The sheet in which the order is written.
    pub is_assigning: RwSignal<bool>,
    /// With how many cases each fits.
    pub offered: Memo<Vec<(BulkOffer, usize)>>,
    model: Model,
    toasts: Toasts,
    words: Words,
}

impl Bulk {
    pub fn provide(board: BoardContext) -> Self {
        let model = Model::here();
        let offered = Memo::new(move |_| {
            let items = board.picked();
            let actor = model.profile.get().map(|profile| profile.actor.clone());
            actor.map(|actor| BulkOffer::of(refs(&items), &actor)).unwrap_or_default()
        });
        let bulk = Self {
            board,
            undoable: Undoable::here(),
            is_assigning: RwSignal::new(false),
            offered,
            model,
            toasts: Toasts::here(),
            words: words(),
        };
        provide_context(bulk);
        bulk
    }

    pub fn here() -> Self {
        expect_context()
    }

    /// A key of the board while cases are picked.
    pub fn ask(self, asked: Asked) {
        match self.offered.with_untracked(|offered| BulkOffer::asked(offered, asked)) {
            Some(offer) => self.begin(offer),
            None => self.toasts.say(self.words.not_now),
        }
    }

    /// Does it, or opens what has to be written first.
    pub fn begin(self, offer: BulkOffer) {
        match offer {
            BulkOffer::Assign => self.is_assigning.set(true),
            BulkOffer::PassAndClose | BulkOffer::Pass | BulkOffer::Close => {
                self.act(offer, offer.commands());
            }
        }
    }

    pub fn assign(self, order: OrderTo) {
        self.is_assigning.set(false);
        self.act(BulkOffer::Assign, vec![Command::Assign(order)]);
    }

    fn act(self, offer: BulkOffer, commands: Vec<Command>) {
        let items = untrack(|| self.board.picked());
        let Some(actor) = self.actor() else { return };
        let act = offer.act(refs(&items), &actor, commands);
        // They have moved on since the act was offered.
        if act.cases.is_empty() {
            self.toasts.say(self.words.not_now);
            return;
        }
        let text = self.words.bulk_waits(offer.word(self.words), act.cases.len());
        self.undoable.act_on_many(act, text);
        self.board.picking.leave();
        dom::focus("main");
    }

    fn actor(self) -> Option<Actor> {
        self.model.profile.with_untracked(|it| it.as_ref().map(|it| it.actor.clone()))
    }
}

fn refs(items: &[Arc<BoardItem>]) -> impl Iterator<Item = &BoardItem> + Clone {
    items.iter().map(AsRef::as_ref)
}
