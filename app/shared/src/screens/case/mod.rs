//! One case: photo first, then where it stands and who has it until when, then the
//! basis, then the timeline; the one thing this person can do now is at the thumb.

pub mod acts;
mod basis;
mod case_photos;
mod conflict;
mod gallery;
mod head;
mod timeline;

use std::sync::Arc;

use domain::CaseId;
use leptos::prelude::*;

use self::{
    acts::{ActBar, Acts, Panels},
    basis::BasisBlock,
    conflict::Conflicts,
    gallery::Gallery,
    head::CaseHead,
    timeline::Timeline,
};
use crate::{
    components::{
        empty::EmptyState,
        icon,
        skeleton::SkeletonPage,
        viewer::{PhotoViewer, Shown},
    },
    model::{CaseEntry, Link, Lookup, Model},
    text::words,
};

#[component]
pub fn CaseScreen(id: CaseId) -> impl IntoView {
    view! { <CaseView id /> }
}

/// The case by itself, or in the board's right pane.
#[component]
pub fn CaseView(id: CaseId) -> impl IntoView {
    let model = Model::here();
    let words = words();
    let entry = model.case(id);
    let lookup = model.look_up(id);
    let absence = Memo::new(move |_| {
        let lookup = lookup.get();
        model.status.with(|status| absence_of(&status.link, lookup))
    });
    let absent = move || {
        let Some(absence) = absence.get() else {
            return view! { <SkeletonPage /> }.into_any();
        };
        view! {
            <div class="page">
                <EmptyState
                    icon=icon::INBOX
                    title=words.case_not_here
                    text=words.case_absent(absence)
                />
            </div>
        }
        .into_any()
    };
    // What was shown stays while it is asked for anew.
    let known = Memo::new(move |before: Option<&bool>| {
        let is_listed = lookup.get() != Lookup::NotListed;
        entry.with(Option::is_some) || (before == Some(&true) && is_listed)
    });
    move || match known.get().then(|| entry.get_untracked()).flatten() {
        Some(first) => view! { <CaseBody id first /> }.into_any(),
        None => absent().into_any(),
    }
}

/// Why a case is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseAbsence {
    /// The server cannot be asked.
    Offline,
    /// The server can be asked after a sign-in.
    SignedOut,
    /// The server answers, and the case is not among those that it shows this person.
    NotListed,
}

/// `None` while the server is still being asked.
const fn absence_of(link: &Link, lookup: Lookup) -> Option<CaseAbsence> {
    match (link, lookup) {
        (Link::Starting | Link::Trying, _) | (Link::Connected, Lookup::Asking | Lookup::Found) => {
            None
        }
        (Link::Unreachable { .. }, _) | (Link::Connected, Lookup::Failed) => {
            Some(CaseAbsence::Offline)
        }
        (Link::NeedsSignIn, _) => Some(CaseAbsence::SignedOut),
        (Link::Connected, Lookup::NotListed) => Some(CaseAbsence::NotListed),
    }
}

/// Built once for a case: what people write in it survives every change of the case.
#[component]
fn CaseBody(id: CaseId, first: Arc<CaseEntry>) -> impl IntoView {
    let model = Model::here();
    let latest = model.case(id);
    let entry: Entry = Memo::new(move |before: Option<&Arc<CaseEntry>>| {
        latest.get().or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
    });
    let shown = RwSignal::new(None::<Shown>);
    Acts::provide(id, entry);
    view! {
        <article
            class="page with-act-bar case"
            data-test="case"
            data-case=id.to_string()
            data-state=move || entry.with(|entry| entry.case.state.code())
            data-revision=move || entry.with(|entry| entry.case.revision)
        >
            <Gallery entry shown />
            <div class="inner stack-l">
                <Conflicts entry />
                <CaseHead entry />
                <BasisBlock entry />
                <Timeline entry />
            </div>
        </article>
        <ActBar />
        <Panels />
        <PhotoViewer shown />
    }
}

/// The case as it changes, and as it was last when it goes out of sight.
pub type Entry = Memo<Arc<CaseEntry>>;

#[cfg(test)]
mod tests {
    use domain::{Timestamp, sync::outbox::Failure};

    use super::*;

    #[test]
    fn unknown_case_says_offline_signed_out_or_not_listed_by_the_link() {
        let unreachable = Link::Unreachable {
            since: Timestamp::from_millis(0),
            next_try: None,
            why: Failure::Unreachable,
        };
        for (link, lookup, absence) in [
            (Link::Starting, Lookup::Asking, None),
            (Link::Trying, Lookup::Asking, None),
            (unreachable, Lookup::Asking, Some(CaseAbsence::Offline)),
            (Link::NeedsSignIn, Lookup::Asking, Some(CaseAbsence::SignedOut)),
            (Link::Connected, Lookup::Asking, None),
            (Link::Connected, Lookup::NotListed, Some(CaseAbsence::NotListed)),
            (Link::Connected, Lookup::Failed, Some(CaseAbsence::Offline)),
        ] {
            assert_eq!(absence_of(&link, lookup), absence, "{link:?} {lookup:?}");
        }
    }
}
