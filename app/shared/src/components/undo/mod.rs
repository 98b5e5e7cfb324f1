//! Acts that can be taken back: they wait a few seconds with an undo bar before they
//! are sealed, instead of asking "are you sure". Leaving the page seals them at once.

mod bulk;
mod waiting;

use std::{sync::Arc, time::Duration};

use domain::{CaseId, UserName, case::Command};
use leptos::{ev, prelude::*, task::spawn_local};

pub use self::bulk::{BulkAccount, BulkAct, BulkProgress, NotDone, WhyNot};
use self::{
    bulk::BulkRun,
    waiting::{Refusals, WaitingAct, WaitingActs},
};
use super::toasts::Toasts;
use crate::{
    model::{ListedCase, Model},
    text::Words,
};

const GRACE: Duration = Duration::from_secs(6);

/// Acts that wait to be sealed. In context.
#[derive(Clone, Copy)]
pub struct Undoable {
    waiting: RwSignal<WaitingActs>,
    refusals: RwSignal<Refusals>,
    /// Acts on many cases that are being sealed.
    bulk: RwSignal<BulkRun>,
    /// The cases of the act that was taken back last.
    taken_back: RwSignal<Vec<CaseId>>,
    model: Model,
    toasts: Toasts,
}

impl Undoable {
    pub fn provide() -> Self {
        let undoable = Self {
            waiting: RwSignal::default(),
            refusals: RwSignal::default(),
            bulk: RwSignal::default(),
            taken_back: RwSignal::new(Vec::new()),
            model: Model::here(),
            toasts: Toasts::here(),
        };
        let hidden = window_event_listener(ev::pagehide, move |_| undoable.seal_all());
        // Many cases are not saved in the moment that a page has left: the browser asks first.
        let leaving = window_event_listener(ev::beforeunload, move |event| {
            let is_saving = undoable.bulk.with_untracked(BulkRun::is_running);
            if is_saving || undoable.waiting.with_untracked(WaitingActs::has_bulk) {
                event.prevent_default();
            }
        });
        on_cleanup(move || {
            hidden.remove();
            leaving.remove();
        });
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
        let revision = self.model.revision_of(case);
        self.wait(WaitingAct::OnOne { case, revision, commands }, text.into());
    }

    /// The same on many cases: one undo bar takes all of it back. What became of each is told in
    /// [`Self::bulk_account`].
    pub fn act_on_many(self, act: BulkAct, text: String) {
        self.wait(WaitingAct::OnMany(act), text);
    }

    fn wait(self, act: WaitingAct, text: String) {
        let undone = self.words().undone;
        let cases = act.cases();
        let id = self.toasts.undo(text, move |id| {
            // Once it is sealed it cannot be taken back any more.
            if self.waiting.try_update(|waiting| waiting.take(id)).flatten().is_some() {
                self.taken_back.set(cases.clone());
                self.toasts.say(undone);
            }
        });
        self.waiting.update(|waiting| waiting.add(id, self.user(), act));
        set_timeout(move || self.seal(id), GRACE);
    }

    /// Whether an act on this case waits to be sealed.
    pub fn is_waiting(self, case: CaseId) -> bool {
        self.waiting.with(|waiting| waiting.is_waiting(case))
            || self.bulk.with(|bulk| bulk.is_waiting(case))
    }

    /// The cases on which an act waits to be sealed.
    pub fn waiting_cases(self) -> Vec<CaseId> {
        let mut cases = self.waiting.with(WaitingActs::cases);
        self.bulk.with(|bulk| cases.extend(bulk.cases()));
        cases
    }

    /// The cases of the act that was taken back last; tells its followers each time.
    pub fn taken_back(self) -> Signal<Vec<CaseId>> {
        self.taken_back.into()
    }

    /// How far an act on many cases is; `None` while none is being sealed.
    pub fn bulk_progress(self) -> Option<BulkProgress> {
        self.bulk.with(BulkRun::progress)
    }

    /// What became of the last acts on many cases, until [`Self::dismiss_account`].
    pub fn bulk_account(self) -> Option<BulkAccount> {
        let user = self.model.profile.with(|it| it.as_ref().map(|it| it.actor.user.clone()));
        self.bulk.with(|bulk| bulk.account(user.as_ref()).cloned())
    }

    pub fn dismiss_account(self) {
        self.bulk.update(BulkRun::dismiss);
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
        spawn_local(self.sealed(id));
    }

    /// Saves what waits before the person signs out, and comes back when it is saved.
    pub async fn save_waiting(self) {
        for id in self.waiting.with_untracked(WaitingActs::ids) {
            self.sealed(id).await;
        }
    }

    async fn sealed(self, id: usize) {
        let user = self.user();
        let taken = self.waiting.try_update(|waiting| waiting.take_own(id, user.as_ref()));
        self.toasts.take_back(id);
        match taken.flatten() {
            Some(WaitingAct::OnOne { case, revision, commands }) => {
                self.save_one(case, revision, &commands).await;
            }
            Some(WaitingAct::OnMany(act)) => self.save_many(act).await,
            None => {}
        }
    }

    async fn save_one(self, case: CaseId, revision: u32, commands: &[Command]) {
        if let Err(error) = self.model.act_as_seen(case, commands, revision).await {
            let why = self.words().error(&error);
            self.refusals.update(|refusals| refusals.add(case, why));
        }
    }

    /// One case after the other, so that other acts find their turn between them.
    async fn save_many(self, act: BulkAct) {
        let begins = self.bulk.try_update(|bulk| bulk.add(act, self.user()));
        if begins != Some(true) {
            return;
        }
        while let Some((case, commands)) = self.next_of_bulk() {
            let may_ask = self.bulk.with_untracked(BulkRun::may_ask);
            let result = self.model.act_on_listed(&case, &commands, may_ask).await;
            self.bulk.update(|bulk| bulk.answered(result));
        }
    }

    fn next_of_bulk(self) -> Option<(ListedCase, Arc<[Command]>)> {
        let user = self.user();
        self.bulk.try_update(|bulk| bulk.next(user.as_ref())).flatten()
    }

    fn user(self) -> Option<UserName> {
        self.model.profile.with_untracked(|it| it.as_ref().map(|it| it.actor.user.clone()))
    }
}
