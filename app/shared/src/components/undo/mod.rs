//! Acts that can be taken back: they wait a few seconds with an undo bar before they
//! are sealed, instead of asking "are you sure". Leaving the page seals them at once.

mod waiting;

use std::time::Duration;

use domain::{CaseId, case::Command};
use leptos::{ev, prelude::*, task::spawn_local};

use self::waiting::{Refusals, WaitingActs};
use super::toasts::Toasts;
use crate::{model::Model, text::Words};

const GRACE: Duration = Duration::from_secs(6);

/// Acts that wait to be sealed. In context.
#[derive(Clone, Copy)]
pub struct Undoable {
    waiting: RwSignal<WaitingActs>,
    refusals: RwSignal<Refusals>,
    /// The case whose act was taken back last.
    taken_back: RwSignal<Option<CaseId>>,
    model: Model,
    toasts: Toasts,
}

impl Undoable {
    pub fn provide() -> Self {
        let undoable = Self {
            waiting: RwSignal::default(),
            refusals: RwSignal::default(),
            taken_back: RwSignal::new(None),
            model: Model::here(),
            toasts: Toasts::here(),
        };
        let hidden = window_event_listener(ev::pagehide, move |_| undoable.seal_all());
        on_cleanup(move || hidden.remove());
        provide_context(undoable);
        undoable
    }

    pub fn here() -> Self {
        expect_context()
    }

    /// Does it unless it is taken back within the grace.
    pub fn act(self, case: CaseId, command: Command, text: &'static str) {
        self.act_all(case, vec![command], text);
    }

    /// The same with several commands that are one act to the person: one undo bar, and what
    /// follows a command that is refused is not done.
    pub fn act_all(self, case: CaseId, commands: Vec<Command>, text: &'static str) {
        self.refusals.update(|refusals| refusals.forget(case));
        let undone = self.words().undone;
        let id = self.toasts.undo(text, move |id| {
            // Once it is sealed it cannot be taken back any more.
            if self.waiting.try_update(|waiting| waiting.take(id)).flatten().is_some() {
                self.taken_back.set(Some(case));
                self.toasts.say(undone);
            }
        });
        self.waiting.update(|waiting| waiting.add(id, case, commands));
        set_timeout(move || self.seal(id), GRACE);
    }

    /// Whether an act on this case waits to be sealed.
    pub fn is_waiting(self, case: CaseId) -> bool {
        self.waiting.with(|waiting| waiting.is_waiting(case))
    }

    /// The cases on which an act waits to be sealed.
    pub fn waiting_cases(self) -> Vec<CaseId> {
        self.waiting.with(WaitingActs::cases)
    }

    /// The case whose act was taken back last; tells its followers each time.
    pub fn taken_back(self) -> Signal<Option<CaseId>> {
        self.taken_back.into()
    }

    /// Why an act on this case was refused when it was sealed.
    pub fn refusal(self, case: CaseId) -> Option<String> {
        self.refusals.with(|refusals| refusals.of(case).map(ToOwned::to_owned))
    }

    /// By the preference: a click has no context to ask.
    fn words(self) -> Words {
        Words::of(self.model.preferences.lang.get_untracked())
    }

    fn seal_all(self) {
        for id in self.waiting.with_untracked(WaitingActs::ids) {
            self.seal(id);
        }
    }

    fn seal(self, id: usize) {
        let taken = self.waiting.try_update(|waiting| waiting.take(id)).flatten();
        let Some((case, commands)) = taken else { return };
        self.toasts.take_back(id);
        let words = self.words();
        spawn_local(async move {
            for command in commands {
                if let Err(error) = self.model.act(case, command).await {
                    self.refusals.update(|refusals| refusals.add(case, words.error(&error)));
                    return;
                }
            }
        });
    }
}
