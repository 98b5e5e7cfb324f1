//! What this person can do to this case now: the one main act at the thumb, the others
//! behind it. Refusals are shown in place, before the act where they are predicted.

mod assign;
mod bar;
mod offer;
mod order;
mod panels;
mod reason;
mod rectify;

use domain::{CaseId, access::Act, case::Command};
use leptos::{prelude::*, task::spawn_local};

pub use self::{
    assign::{AssignForm, OrderForm},
    bar::ActBar,
    offer::{Offer, Standing, offers},
    panels::Panels,
};
use super::Entry;
use crate::{
    components::{toasts::Toasts, undo::Undoable},
    model::{AppError, Model, WorkDraft},
    text::{Words, words},
};

/// The acts on one case. In context.
#[derive(Clone, Copy)]
pub struct Acts {
    id: CaseId,
    entry: Entry,
    model: Model,
    words: Words,
    toasts: Toasts,
    undoable: Undoable,
    busy: RwSignal<bool>,
    refusal: RwSignal<Option<String>>,
    rectify: RwSignal<bool>,
    /// The system's camera was opened from this page.
    photographing: StoredValue<bool>,
    rework: RwSignal<bool>,
    pub void: RwSignal<bool>,
    assign: RwSignal<bool>,
    more: RwSignal<bool>,
    pub comment: RwSignal<bool>,
}

/// A key of the board, to be done on the case that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    Assign,
    /// Passes what is fixed and closes it where the role may, closes what is passed.
    Verify,
    Rework,
}

/// Where the board puts it. In context.
#[derive(Clone, Copy)]
pub struct AskedAct(pub RwSignal<Option<Asked>>);

impl Acts {
    pub fn provide(id: CaseId, entry: Entry) -> Self {
        let shut = || RwSignal::new(false);
        let acts = Self {
            id,
            entry,
            model: Model::here(),
            words: words(),
            toasts: Toasts::here(),
            undoable: Undoable::here(),
            busy: shut(),
            refusal: RwSignal::new(None),
            rectify: shut(),
            photographing: StoredValue::new(false),
            rework: shut(),
            void: shut(),
            assign: shut(),
            more: shut(),
            comment: shut(),
        };
        provide_context(acts);
        if let Some(AskedAct(asked)) = use_context() {
            Effect::new(move |_| {
                if let Some(ask) = asked.get() {
                    asked.set(None);
                    acts.ask(ask);
                }
            });
        }
        acts.come_back_to_the_slot();
        acts
    }

    /// The page was closed under the camera: the sheet with the photos opens again.
    fn come_back_to_the_slot(self) {
        let work = self.model.work_draft(self.id);
        Effect::new(move |_| {
            let was_opened = work.with(|work| work.camera_opened.is_some());
            if was_opened && !self.is_photographing() {
                self.rectify.set(true);
            }
        });
        // Who leaves the case has come back from the camera, with a photo or without.
        on_cleanup(move || {
            let _gone = work.try_update(|work| work.camera_opened = None);
        });
    }

    /// In the click that opens the system's camera.
    fn camera_opens(self, work: RwSignal<WorkDraft>) {
        self.photographing.set_value(true);
        work.update(|work| work.camera_opened = Some(self.model.now.get_untracked()));
    }

    fn is_photographing(self) -> bool {
        self.photographing.get_value()
    }

    /// The acts of the case this runs in: every caller stands below [`Self::provide`].
    pub fn here() -> Self {
        expect_context()
    }

    pub fn may_comment(self) -> bool {
        self.model.may(Act::Comment)
    }

    fn offers(self) -> Vec<Offer> {
        let profile = self.model.profile.get();
        let Some(profile) = profile else { return Vec::new() };
        self.entry.with(|entry| offers((&entry.case).into(), &profile.actor))
    }

    /// What stands at the thumb. Never what ends a case without a fix.
    fn main_offer(self) -> Option<Offer> {
        self.offers().first().copied().filter(|offer| *offer != Offer::Void)
    }

    /// Voiding is all that is left to do.
    pub fn may_only_void(self) -> bool {
        self.offers() == [Offer::Void] && !self.undoable.is_waiting(self.id)
    }

    fn ask(self, asked: Asked) {
        let offered = self.offers();
        let may = |offer| offered.contains(&offer);
        match asked {
            Asked::Assign if may(Offer::Assign) || may(Offer::Reassign) => self.assign.set(true),
            Asked::Verify if may(Offer::VerifyAndClose) => self.run(Offer::VerifyAndClose),
            Asked::Verify if may(Offer::Verify) => self.run(Offer::Verify),
            Asked::Verify if may(Offer::Close) => self.run(Offer::Close),
            Asked::Rework if may(Offer::Verify) => self.rework.set(true),
            _ => self.toasts.say(self.words.not_now),
        }
    }

    fn run(self, offer: Offer) {
        self.more.set(false);
        match offer {
            Offer::Claim => self.now(Command::Claim, || {}),
            Offer::Rectify => self.rectify.set(true),
            Offer::Verify => self.wait(offer, self.words.will_pass),
            Offer::VerifyAndClose => self.wait(offer, self.words.will_pass_and_close()),
            Offer::Close => self.wait(offer, self.words.will_close),
            Offer::Assign | Offer::Reassign => self.assign.set(true),
            Offer::Void => self.void.set(true),
        }
    }

    /// Does it unless it is taken back.
    fn wait(self, offer: Offer, text: &'static str) {
        self.undoable.act_all(self.id, offer.commands(), text);
    }

    /// Says why something was not done.
    pub fn refuse(self, error: &AppError) {
        let _gone = self.refusal.try_set(Some(self.words.error(error)));
    }

    /// Does it at once; `then` runs when it is saved on this phone.
    pub fn now(self, command: Command, then: impl FnOnce() + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.refusal.set(None);
        spawn_local(async move {
            let answer = self.model.act(self.id, command).await;
            let _gone = self.busy.try_set(false);
            match answer {
                Ok(saved) => {
                    self.toasts.saved(self.words.done_on_phone, saved.case);
                    then();
                }
                Err(error) => {
                    self.refuse(&error);
                }
            }
        });
    }
}
