//! Drafts are kept as they change: within a quarter of a second, and at once when the
//! page is left.

use domain::{CaseId, UserName};
use leptos::prelude::*;

use super::{Draft, Model, WorkDraft, inner::Inner};
use crate::device::{clock, events, store, tabs, timer::Timer};

const PAUSE_MS: i64 = 250;

/// Names in the store.
const REPORT: &str = "report-";
const WORK: &str = "work-";

impl Model {
    /// Call in the click that opens the system's camera: should the browser be closed
    /// under it, the draft comes back with [`Draft::camera_opened`] set.
    pub fn system_camera_opens(&self) {
        self.draft.update(|draft| draft.camera_opened = Some(clock::now()));
        self.inner.keep_draft_now();
    }

    /// The draft for work on `case`: kept as it changes, restored when asked for again.
    pub fn work_draft(&self, case: CaseId) -> RwSignal<WorkDraft> {
        let inner = self.inner;
        let known =
            inner.open_drafts.with_value(|open_drafts| open_drafts.work.get(&case).cloned());
        let draft = known.unwrap_or_else(|| {
            let fresh = ArcRwSignal::new(WorkDraft::new(case));
            inner.open_drafts.update_value(|open_drafts| {
                open_drafts.work.insert(case, fresh.clone());
            });
            inner.restore_work(case, fresh.clone());
            fresh
        });
        draft.into()
    }

    /// Throws the draft away and begins a new one. Returns the old one, for
    /// [`Self::undo_discard`].
    pub fn discard_draft(&self) -> Draft {
        let inner = self.inner;
        let old = self.draft.get_untracked();
        let name = report_name(&old);
        leptos::task::spawn_local(async move {
            // What stays is restored once more, and can be thrown away again.
            let _deleted = store::delete_draft(&name).await;
            inner.next_draft_unless_begun().await;
        });
        inner.begin_draft();
        old
    }

    /// Brings a discarded draft back. It never takes the place of one that was begun
    /// meanwhile: then it is kept on this phone and opens after that one.
    pub fn undo_discard(&self, old: Draft) -> DiscardUndone {
        if self.draft.with_untracked(Draft::is_empty) {
            self.draft.set(old);
            return DiscardUndone::Open;
        }
        leptos::task::spawn_local(keep(old));
        DiscardUndone::AfterThis
    }

    /// Keeps the report's draft, and comes back when it is kept.
    pub async fn keep_drafts_now(&self) {
        if let Some(draft) = self.inner.draft_to_keep() {
            keep(draft).await;
        }
    }

    /// Keeps the report's draft from now on.
    pub(super) fn keep_drafts(&self) {
        let inner = self.inner;
        Effect::watch(
            move || inner.draft.track(),
            move |(), _, _| {
                let timer = Timer::after(PAUSE_MS, move || inner.keep_draft_now());
                inner.open_drafts.update_value(|open_drafts| open_drafts.timer = Some(timer));
            },
            false,
        );
        // A fix that comes after the shutter, while the capture is still open.
        Effect::new(move |_| {
            if let Some(fix) = inner.position.get().known()
                && inner.draft.with(|draft| draft.is_better(fix))
            {
                inner.draft.update(|draft| draft.take_fix(fix));
            }
        });
        events::on_visibility(move |is_visible| {
            if !is_visible {
                inner.keep_draft_now();
            }
        });
        events::on_window("pagehide", move || inner.keep_draft_now());
    }
}

/// What has become of a draft whose discarding was undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiscardUndone {
    /// It is the open draft again.
    Open,
    /// Another one is open; it comes when that is saved or discarded.
    AfterThis,
}

impl Inner {
    /// The newest draft of this person that no other tab has open, or a new one.
    pub async fn restore_draft(self, user: &UserName) {
        let mine = self.draft.with_untracked(|draft| draft.author.as_ref() == Some(user));
        if mine && self.open_drafts.with_value(|open_drafts| open_drafts.lock.is_some()) {
            return;
        }
        let kept = self.drafts_of(user).await;
        if !self.open_first(kept).await {
            self.begin_draft();
        }
    }

    /// Kept drafts of reports of the person signed in, the newest first.
    async fn own_drafts(self) -> Vec<Draft> {
        let user = self.profile.with_untracked(|it| Some(it.as_ref()?.actor.user.clone()));
        match user {
            Some(user) => self.drafts_of(&user).await,
            None => Vec::new(),
        }
    }

    async fn drafts_of(self, user: &UserName) -> Vec<Draft> {
        let mut found: Vec<Draft> = store::all_drafts()
            .await
            .unwrap_or_default()
            .into_iter()
            .filter(|(name, _)| name.starts_with(REPORT))
            .filter_map(|(_, draft)| serde_json::from_str(&draft).ok())
            .filter(|draft: &Draft| draft.author.as_ref() == Some(user))
            .collect();
        found.sort_by_key(|draft| std::cmp::Reverse(draft.begun));
        found
    }

    /// Opens the first that no other tab has open; `false`: there is none.
    async fn open_first(self, drafts: Vec<Draft>) -> bool {
        for draft in drafts {
            if let Some(lock) = tabs::try_lock(&lock_name(&draft)).await {
                self.open_drafts.update_value(|open_drafts| open_drafts.lock = Some(lock));
                self.draft.set(draft);
                return true;
            }
        }
        false
    }

    /// After a draft was saved: a new one, or the newest that is still kept.
    pub fn next_draft(self) {
        self.begin_draft();
        leptos::task::spawn_local(self.next_draft_unless_begun());
    }

    /// Opens the newest kept draft, unless something was photographed meanwhile: then that
    /// is the draft.
    async fn next_draft_unless_begun(self) {
        let kept = self.own_drafts().await;
        if self.draft.with_untracked(Draft::is_empty) {
            self.open_first(kept).await;
        }
    }

    /// A new draft, and its lock.
    pub fn begin_draft(self) {
        let mut draft = Draft::blank();
        draft.author =
            self.profile.with_untracked(|profile| Some(profile.as_ref()?.actor.user.clone()));
        let name = lock_name(&draft);
        self.draft.set(draft);
        leptos::task::spawn_local(async move {
            let lock = tabs::try_lock(&name).await;
            self.open_drafts.update_value(|open_drafts| open_drafts.lock = lock);
        });
    }

    pub fn keep_draft_now(self) {
        // As it is now: what the next line does to it is not this draft's.
        if let Some(draft) = self.draft_to_keep() {
            leptos::task::spawn_local(keep(draft));
        }
    }

    /// Nobody's: before the sign-in. While it is saved, the save has the word.
    fn draft_to_keep(self) -> Option<Draft> {
        let draft = self.draft.get_untracked();
        let is_saving = self.open_drafts.with_value(|open_drafts| open_drafts.is_saving);
        (draft.author.is_some() && !is_saving).then_some(draft)
    }

    fn restore_work(self, case: CaseId, draft: ArcRwSignal<WorkDraft>) {
        let keep = draft.clone();
        leptos::task::spawn_local(async move {
            let name = work_name(case);
            let kept = store::all_drafts().await.unwrap_or_default();
            let kept = kept.into_iter().find(|(found, _)| *found == name);
            if let Some(kept) = kept.and_then(|(_, kept)| serde_json::from_str(&kept).ok())
                && draft.with_untracked(WorkDraft::is_empty)
            {
                draft.set(kept);
            }
        });
        let watch = move || {
            Effect::watch(
                move || keep.get(),
                |draft: &WorkDraft, _, _| {
                    let draft = draft.clone();
                    leptos::task::spawn_local(async move {
                        let name = work_name(draft.case);
                        let _kept = if draft.is_empty() {
                            store::delete_draft(&name).await
                        } else {
                            store::put_draft(&name, &draft).await
                        };
                    });
                },
                false,
            );
        };
        // The effect outlives the screen that asked first.
        match self.owner.with_value(Clone::clone) {
            Some(owner) => owner.with(watch),
            None => watch(),
        }
    }
}

async fn keep(draft: Draft) {
    let name = report_name(&draft);
    // It is still on the screen, and kept with the next change.
    let _kept = if draft.is_empty() && draft.camera_opened.is_none() {
        store::delete_draft(&name).await
    } else {
        store::put_draft(&name, &draft).await
    };
}

pub(super) fn report_name(draft: &Draft) -> String {
    format!("{REPORT}{}", draft.id)
}

pub(super) fn work_name(case: CaseId) -> String {
    format!("{WORK}{case}")
}

fn lock_name(draft: &Draft) -> String {
    format!("xunjie-draft-{}", draft.id)
}
