//! An act that can be taken back: it waits a few seconds with an undo bar before it
//! is sealed, instead of asking "are you sure". Leaving the page seals it at once.

use std::time::Duration;

use domain::{CaseId, case::Command};
use leptos::{ev, prelude::*, task::spawn_local};

use super::toasts::Toasts;
use crate::{model::Model, text::Words};

const GRACE: Duration = Duration::from_secs(6);

/// Acts that wait to be sealed. In context.
#[derive(Clone, Copy)]
pub struct Undoable {
    waiting: RwSignal<Vec<(usize, CaseId, Command)>>,
    /// Why an act of a case was refused when it was sealed.
    refused: RwSignal<Vec<(CaseId, String)>>,
    model: Model,
    toasts: Toasts,
}

impl Undoable {
    pub fn provide() -> Self {
        let undoable = Self {
            waiting: RwSignal::new(Vec::new()),
            refused: RwSignal::new(Vec::new()),
            model: Model::here(),
            toasts: Toasts::here(),
        };
        let hidden = window_event_listener(ev::pagehide, move |_| undoable.seal_all());
        on_cleanup(move || hidden.remove());
        provide_context(undoable);
        undoable
    }

    pub fn here() -> Self {
        use_context().unwrap_or_else(Self::provide)
    }

    /// Does it unless it is taken back within the grace.
    pub fn act(self, case: CaseId, command: Command, text: &'static str) {
        self.refused.update(|list| list.retain(|(of, _)| *of != case));
        let undone = self.words().undone;
        let shown = self.toasts.undo(text, move |id| {
            self.waiting.update(|list| list.retain(|(own, ..)| *own != id));
            self.toasts.say(undone);
        });
        self.waiting.update(|list| list.push((shown, case, command)));
        set_timeout(move || self.seal(shown), GRACE);
    }

    /// Whether an act on this case waits to be sealed.
    pub fn is_waiting(self, case: CaseId) -> bool {
        self.waiting.with(|list| list.iter().any(|(_, of, _)| *of == case))
    }

    pub fn refusal(self, case: CaseId) -> Option<String> {
        self.refused
            .with(|list| list.iter().find(|(of, _)| *of == case).map(|(_, why)| why.clone()))
    }

    /// By the preference: a click has no context to ask.
    fn words(self) -> Words {
        Words::of(self.model.preferences.lang.get_untracked())
    }

    fn seal_all(self) {
        for (id, ..) in self.waiting.get_untracked() {
            self.seal(id);
        }
    }

    fn seal(self, id: usize) {
        let found = self.waiting.try_update(|list| {
            let index = list.iter().position(|(own, ..)| *own == id)?;
            Some(list.remove(index))
        });
        let Some(Some((_, case, command))) = found else { return };
        self.toasts.take_back(id);
        let words = self.words();
        spawn_local(async move {
            if let Err(trouble) = self.model.act(case, command).await {
                self.refused.update(|list| list.push((case, words.trouble(&trouble))));
            }
        });
    }
}
