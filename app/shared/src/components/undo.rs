//! Acts that can be taken back: they wait a few seconds with an undo bar before they
//! are sealed, instead of asking "are you sure". Leaving the page seals them at once.

use std::time::Duration;

use domain::{CaseId, case::Command};
use leptos::{ev, prelude::*, task::spawn_local};

use super::toasts::Toasts;
use crate::{model::Model, text::Words};

const GRACE: Duration = Duration::from_secs(6);

/// Acts that wait to be sealed. In context.
#[derive(Clone, Copy)]
pub struct Undoable {
    waiting: RwSignal<Vec<Waiting>>,
    /// The case whose act was taken back last.
    taken_back: RwSignal<Option<CaseId>>,
    /// Why an act of a case was refused when it was sealed.
    refused: RwSignal<Vec<(CaseId, String)>>,
    model: Model,
    toasts: Toasts,
}

/// What one tap asked for on one case.
#[derive(Clone)]
struct Waiting {
    /// Of its undo bar.
    toast: usize,
    case: CaseId,
    /// In this order, each on what the one before made of the case.
    commands: Vec<Command>,
}

impl Undoable {
    pub fn provide() -> Self {
        let undoable = Self {
            waiting: RwSignal::new(Vec::new()),
            taken_back: RwSignal::new(None),
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
        self.act_all(case, vec![command], text);
    }

    /// The same with several commands that are one act to the person: one undo bar, and what
    /// follows a command that is refused is not done.
    pub fn act_all(self, case: CaseId, commands: Vec<Command>, text: &'static str) {
        self.refused.update(|list| list.retain(|(of, _)| *of != case));
        let undone = self.words().undone;
        let toast = self.toasts.undo(text, move |id| {
            self.waiting.update(|list| list.retain(|waiting| waiting.toast != id));
            self.taken_back.set(Some(case));
            self.toasts.say(undone);
        });
        self.waiting.update(|list| list.push(Waiting { toast, case, commands }));
        set_timeout(move || self.seal(toast), GRACE);
    }

    /// Whether an act on this case waits to be sealed.
    pub fn is_waiting(self, case: CaseId) -> bool {
        self.waiting.with(|list| list.iter().any(|waiting| waiting.case == case))
    }

    /// The cases on which an act waits to be sealed.
    pub fn waiting_cases(self) -> Vec<CaseId> {
        self.waiting.with(|list| list.iter().map(|waiting| waiting.case).collect())
    }

    /// The case whose act was taken back last; tells its followers each time.
    pub fn taken_back(self) -> Signal<Option<CaseId>> {
        self.taken_back.into()
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
        for waiting in self.waiting.get_untracked() {
            self.seal(waiting.toast);
        }
    }

    fn seal(self, toast: usize) {
        let found = self.waiting.try_update(|list| {
            let index = list.iter().position(|waiting| waiting.toast == toast)?;
            Some(list.remove(index))
        });
        let Some(Some(Waiting { case, commands, .. })) = found else { return };
        self.toasts.take_back(toast);
        let words = self.words();
        spawn_local(async move {
            for command in commands {
                if let Err(trouble) = self.model.act(case, command).await {
                    self.refused.update(|list| list.push((case, words.trouble(&trouble))));
                    return;
                }
            }
        });
    }
}
