//! What a person is writing on a case: kept as it changes, restored when asked for again, for
//! that person only.

use domain::{CaseId, UserName};
use leptos::prelude::*;

use super::{Model, WorkDraft, inner::Inner};
use crate::device::store;

impl Model {
    /// The draft for work on `case`: kept as it changes, restored when asked for again.
    pub fn work_draft(&self, case: CaseId) -> RwSignal<WorkDraft> {
        let inner = self.inner;
        let draft = inner.open_work(case).unwrap_or_else(|| {
            let fresh = ArcRwSignal::new(WorkDraft::new(case));
            inner.open_drafts.update_value(|open_drafts| {
                open_drafts.work.insert(case, fresh.clone());
            });
            if let Some(name) = inner.work_name(case) {
                inner.restore_work(name, fresh.clone());
            }
            fresh
        });
        draft.into()
    }
}

impl Inner {
    /// `None` where nobody has asked for it yet.
    pub fn open_work(self, case: CaseId) -> Option<ArcRwSignal<WorkDraft>> {
        self.open_drafts.with_value(|open_drafts| open_drafts.work.get(&case).cloned())
    }

    /// The name of this person's draft in the store; `None` before the sign-in.
    pub(super) fn work_name(self, case: CaseId) -> Option<String> {
        self.profile.with_untracked(|it| Some(work_name(case, &it.as_ref()?.actor.user)))
    }

    /// Somebody else signed in, in another tab perhaps: what was open is kept for its author.
    pub(super) fn close_work_of_others(self, user: &UserName) {
        let is_same = self
            .profile
            .with_untracked(|it| it.as_ref().is_some_and(|before| before.actor.user == *user));
        if !is_same {
            self.open_drafts.update_value(|open_drafts| open_drafts.work.clear());
        }
    }

    fn restore_work(self, name: String, draft: ArcRwSignal<WorkDraft>) {
        let keep = draft.clone();
        let stored_as = name.clone();
        leptos::task::spawn_local(async move {
            let kept = store::all_drafts().await.unwrap_or_default();
            let kept = kept.into_iter().find(|(found, _)| *found == stored_as);
            if let Some(kept) = kept.and_then(|(_, kept)| serde_json::from_str(&kept).ok())
                && draft.with_untracked(WorkDraft::is_empty)
            {
                draft.set(kept);
            }
        });
        let watch = move || {
            Effect::watch(
                move || keep.get(),
                move |draft: &WorkDraft, _, _| {
                    let (name, draft) = (name.clone(), draft.clone());
                    leptos::task::spawn_local(async move {
                        // It is still on the screen, and kept with the next change.
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

fn work_name(case: CaseId, user: &UserName) -> String {
    format!("work-{case}-{user}")
}

#[cfg(test)]
mod tests {
    use domain::Timestamp;

    use super::*;

    #[test]
    fn work_of_two_people_on_one_case_is_kept_apart() {
        let case = CaseId::new(Timestamp::from_millis(1), [1; 10]);
        assert_ne!(work_name(case, &"li".into()), work_name(case, &"wang".into()));
    }
}
