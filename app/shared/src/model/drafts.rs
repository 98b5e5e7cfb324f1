//! Drafts of reports are kept as they change: within a quarter of a second, and at once when
//! the page is left.
//!
//! Never: opens a draft in place of one that has something in it.

use domain::{PhotoHash, UserName};
use leptos::prelude::*;

use super::{Draft, DraftPhoto, Model, draft_photos::keep_for_undo, inner::Inner};
use crate::device::{clock, events, store, tabs, timer::Timer};

const PAUSE_MS: i64 = 250;

/// Begins their names in the store.
const REPORT: &str = "report-";

impl Model {
    /// Call in the click that opens the system's camera: should the browser be closed
    /// under it, the draft comes back with [`Draft::camera_opened`] set.
    pub fn system_camera_opens(&self) {
        self.draft.update(|draft| draft.camera_opened = Some(clock::now()));
        self.inner.keep_draft_now();
    }

    /// Throws the draft away and begins a new one. Returns the old one, for
    /// [`Self::undo_discard`]; `None` while it is being saved.
    pub fn discard_draft(&self) -> Option<Draft> {
        let inner = self.inner;
        if inner.is_saving() {
            return None;
        }
        let old = self.draft.get_untracked();
        let name = report_name(&old);
        let photos: Vec<PhotoHash> = old.photos.iter().map(DraftPhoto::hash).collect();
        leptos::task::spawn_local(async move {
            keep_for_undo(&photos).await;
            // What stays is restored once more, and can be thrown away again.
            let _deleted = store::delete_draft(&name).await;
            inner.open_newest_kept().await;
        });
        inner.begin_draft();
        Some(old)
    }

    /// Brings a discarded draft back. It never takes the place of one that was begun
    /// meanwhile: then it is kept on this phone and opens after that one.
    pub fn undo_discard(&self, old: Draft) -> DiscardUndone {
        if self.draft.with_untracked(|open| old.may_take_place_of(open)) {
            self.inner.open_draft(old);
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
                && inner.draft.with(|draft| draft.prefers(fix))
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

impl Draft {
    /// Whether it may be opened where `open` is open now: nothing is lost by it, and nobody is
    /// shown what another person wrote.
    fn may_take_place_of(&self, open: &Self) -> bool {
        open.may_be_replaced() && open.author == self.author
    }
}

impl Inner {
    /// Opens the newest draft of this person that no other tab has open, or a new one.
    pub async fn restore_draft(self, user: &UserName) {
        let is_own = self.draft.with_untracked(|open| open.author.as_ref() == Some(user));
        let has_lock = self.open_drafts.with_value(|open_drafts| open_drafts.lock.is_some());
        let may_be_replaced = self.draft.with_untracked(Draft::may_be_replaced);
        if is_own && (has_lock || !may_be_replaced) {
            return;
        }
        // Another person's, who will find it again.
        if let Some(draft) = self.draft_to_keep() {
            keep(draft).await;
        }
        self.begin_draft();
        self.open_newest_kept().await;
    }

    /// Kept drafts of reports of the person signed in, the newest first.
    pub(super) async fn own_drafts(self) -> Vec<Draft> {
        let user = self.profile.with_untracked(|it| Some(it.as_ref()?.actor.user.clone()));
        match user {
            Some(user) => own_of(store::all_drafts().await.unwrap_or_default(), &user),
            None => Vec::new(),
        }
    }

    /// Opens the first that no other tab has open, unless something was begun meanwhile:
    /// then that is the draft. `false`: none of them is open.
    pub(super) async fn open_first(self, drafts: Vec<Draft>) -> bool {
        for draft in drafts {
            if let Some(lock) = tabs::try_lock(&lock_name(&draft)).await {
                // Looked at after the wait, during which a photo may have been taken.
                if !self.draft.with_untracked(|open| draft.may_take_place_of(open)) {
                    return false;
                }
                self.open_drafts.update_value(|open_drafts| open_drafts.lock = Some(lock));
                self.draft.set(draft);
                return true;
            }
        }
        false
    }

    /// After `saved` was saved: a new draft, or the newest that is still kept. What was begun
    /// while it was being saved stays.
    pub fn next_draft(self, saved: &Draft) {
        let open = self.draft.get_untracked();
        if open.id != saved.id {
            return;
        }
        self.begin_draft();
        let photos = open.photos_since(saved);
        if !photos.is_empty() {
            self.draft.update(|draft| {
                draft.position = self.position.get_untracked().known();
                draft.photos = photos;
            });
            self.keep_draft_now();
        }
        leptos::task::spawn_local(self.open_newest_kept());
    }

    /// Opens the newest kept draft, unless something was begun meanwhile.
    async fn open_newest_kept(self) {
        let kept = self.own_drafts().await;
        self.open_first(kept).await;
    }

    /// A new draft, and its lock.
    pub fn begin_draft(self) {
        let author =
            self.profile.with_untracked(|profile| Some(profile.as_ref()?.actor.user.clone()));
        self.open_draft(Draft { author, ..Draft::blank() });
    }

    /// Opens a draft that no other tab can know, and asks for its lock.
    fn open_draft(self, draft: Draft) {
        let (id, name) = (draft.id, lock_name(&draft));
        self.draft.set(draft);
        leptos::task::spawn_local(async move {
            let lock = tabs::try_lock(&name).await;
            // Another was opened meanwhile, and has a lock of its own.
            if self.draft.with_untracked(|open| open.id == id) {
                self.open_drafts.update_value(|open_drafts| open_drafts.lock = lock);
            }
        });
    }

    pub(super) fn is_saving(self) -> bool {
        self.open_drafts.with_value(|open_drafts| open_drafts.is_saving)
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
        (draft.author.is_some() && !self.is_saving()).then_some(draft)
    }
}

pub(super) async fn keep(draft: Draft) {
    let name = report_name(&draft);
    // It is still on the screen, and kept with the next change.
    let _kept = if draft.may_be_replaced() {
        store::delete_draft(&name).await
    } else {
        store::put_draft(&name, &draft).await
    };
}

/// Drafts of this person's reports among all that are kept, the newest first.
fn own_of(kept: Vec<(String, String)>, user: &UserName) -> Vec<Draft> {
    let mut own: Vec<Draft> = kept
        .into_iter()
        .filter(|(name, _)| name.starts_with(REPORT))
        .filter_map(|(_, draft)| serde_json::from_str(&draft).ok())
        .filter(|draft: &Draft| draft.author.as_ref() == Some(user))
        .collect();
    own.sort_by_key(|draft| std::cmp::Reverse(draft.begun));
    own
}

pub(super) fn report_name(draft: &Draft) -> String {
    format!("{REPORT}{}", draft.id)
}

fn lock_name(draft: &Draft) -> String {
    format!("xunjie-draft-{}", draft.id)
}

#[cfg(test)]
mod tests {
    use domain::{CaseId, Timestamp};

    use super::*;

    fn draft(byte: u8, author: Option<&str>) -> Draft {
        let begun = Timestamp::from_millis(i64::from(byte));
        let author = author.map(UserName::from);
        Draft { author, ..Draft::empty(CaseId::new(begun, [byte; 10]), begun) }
    }

    fn begun(draft: Draft) -> Draft {
        Draft { note: "n".into(), ..draft }
    }

    #[test]
    fn draft_opens_in_place_of_an_untouched_one_of_the_same_person_only() {
        let at_camera = Some(Timestamp::from_millis(1));
        for (name, open, expected) in [
            ("untouched", draft(1, Some("li")), true),
            ("begun", begun(draft(1, Some("li"))), false),
            ("at the camera", Draft { camera_opened: at_camera, ..draft(1, Some("li")) }, false),
            ("another person's", draft(1, Some("wang")), false),
            ("nobody's, after signing out", draft(1, None), false),
        ] {
            let kept = begun(draft(2, Some("li")));
            assert_eq!(kept.may_take_place_of(&open), expected, "{name}");
        }
    }

    #[test]
    fn person_finds_own_reports_only_and_the_newest_first() {
        let stored = |name: &str, draft: &Draft| {
            (name.to_owned(), serde_json::to_string(draft).expect("it is written"))
        };
        let own = [draft(1, Some("li")), draft(3, Some("li")), draft(2, Some("li"))];
        let kept = vec![
            stored("report-1", &own[0]),
            stored("report-3", &own[1]),
            ("report-torn".into(), "{".into()),
            stored("report-4", &draft(4, Some("wang"))),
            stored("report-5", &draft(5, None)),
            stored("work-1-li", &draft(6, Some("li"))),
            stored("report-2", &own[2]),
        ];
        let [oldest, newest, middle] = own;
        assert_eq!(own_of(kept, &"li".into()), [newest, middle, oldest]);
    }
}
