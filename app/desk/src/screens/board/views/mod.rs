//! Views that a person keeps under a name: a queue, words and a filter, on each of their devices.
//! The last answer stays, so that they can be chosen while the server does not answer.

mod board_view;
mod edit_views;
mod keep_view;
mod view_chips;

use domain::{
    ViewId,
    summary::{SavedView, SavedViews},
};
use leptos::{prelude::*, task::spawn_local};

use self::board_view::{BoardView, with_view};
pub use self::{edit_views::EditViews, keep_view::KeepView, view_chips::ViewChips};
use super::BoardContext;
use app_shared::{
    components::toasts::Toasts,
    model::{AppError, Link, Model},
    text::{Words, words},
};

/// What the server last said, for who comes back to the board. Never for the next person who signs
/// in on this device.
#[derive(Clone, Copy)]
pub struct LastViews(RwSignal<Option<SavedViews>>);

/// The views of this person. In context.
#[derive(Clone, Copy)]
pub struct Views {
    answer: RwSignal<Option<SavedViews>>,
    /// Why the answer is an old one.
    error: RwSignal<Option<AppError>>,
    /// How often this screen has changed them: an answer to an earlier question is an old one.
    changes: StoredValue<u32>,
    is_editing: RwSignal<bool>,
    board: BoardContext,
    model: Model,
    toasts: Toasts,
    words: Words,
}

impl LastViews {
    /// Puts it into context, above the screens.
    pub fn provide() {
        provide_context(Self(RwSignal::new(None)));
    }
}

impl Views {
    pub fn provide(board: BoardContext) -> Self {
        let LastViews(answer) = expect_context();
        let views = Self {
            answer,
            error: RwSignal::new(None),
            changes: StoredValue::new(0),
            is_editing: RwSignal::new(false),
            board,
            model: Model::here(),
            toasts: Toasts::here(),
            words: words(),
        };
        provide_context(views);
        let model = views.model;
        let is_connected = Memo::new(move |_| model.status.with(|it| it.link == Link::Connected));
        // At once, and what failed again when the server answers again.
        Effect::new(move |before: Option<()>| {
            let is_connected = is_connected.get();
            let has_failed = views.error.with_untracked(Option::is_some);
            if before.is_none() || (is_connected && has_failed) {
                views.ask();
            }
        });
        views
    }

    pub fn here() -> Self {
        expect_context()
    }

    fn ask(self) {
        let changes = self.changes.get_value();
        spawn_local(async move {
            let answer = self.model.views().await;
            // The screen may be gone by now; an answer outlives it.
            match answer {
                Ok(found) if self.changes.try_get_value().is_none_or(|now| now == changes) => {
                    self.answer.set(Some(found));
                    let _gone = self.error.try_set(None);
                }
                Ok(_) => self.ask(),
                Err(why) => {
                    let _gone = self.error.try_set(Some(why));
                }
            }
        });
    }

    /// By their names.
    fn list(self) -> Vec<SavedView> {
        self.answer.with(|answer| answer.as_ref().map(|it| it.views.clone()).unwrap_or_default())
    }

    /// What is chosen on the board now.
    fn shown(self) -> BoardView {
        let choice = self.board.choice;
        let filter = choice.filter.get();
        choice.search.with(|search| BoardView::of_choice(self.board.queue.get(), search, filter))
    }

    fn choose(self, view: BoardView) {
        let choice = self.board.choice;
        choice.queue.set(Some(view.queue));
        choice.search.set(view.search);
        choice.filter.set(view.filter);
    }

    fn new_id(self) -> ViewId {
        self.model.new_view_id()
    }

    /// Makes or changes it.
    async fn keep(self, view: SavedView) -> Result<(), AppError> {
        self.model.keep_view(&view).await?;
        self.toasts.say(self.words.view_kept(view.name.as_str()));
        self.change(move |list| list.views = with_view(std::mem::take(&mut list.views), view));
        Ok(())
    }

    /// At once, with a way back.
    async fn remove(self, view: SavedView) -> Result<(), AppError> {
        self.model.remove_view(view.id).await?;
        let id = view.id;
        self.change(move |list| list.views.retain(|known| known.id != id));
        let text = self.words.view_removed(view.name.as_str());
        self.toasts.undo(text, move |_| {
            let view = view.clone();
            spawn_local(async move {
                if let Err(why) = self.keep(view).await {
                    self.toasts.say(self.words.error(&why));
                }
            });
        });
        Ok(())
    }

    /// One that cannot be read here, and so not be put back either.
    async fn remove_unreadable(self, id: ViewId, name: &str) -> Result<(), AppError> {
        self.model.remove_view(id).await?;
        self.change(move |list| list.unreadable.retain(|known| known.id != id));
        self.toasts.say(self.words.view_removed(name));
        Ok(())
    }

    fn change(self, change: impl FnOnce(&mut SavedViews)) {
        let _gone = self.changes.try_update_value(|changes| *changes = changes.wrapping_add(1));
        self.answer.update(|answer| change(answer.get_or_insert_default()));
    }
}
