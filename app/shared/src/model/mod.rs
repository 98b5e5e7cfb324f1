//! What the screens see: signals to read and things a person can do. A screen calls
//! this and nothing below it.
//!
//! Never: views. And never IO of its own; [`device`](crate::device) knows the
//! browser, [`sync`](crate::sync) the server.

mod again;
mod app_error;
mod boot;
mod camera;
mod capture;
mod case_lists;
mod conflict;
mod devices;
mod draft;
mod draft_photos;
mod draft_position;
mod drafts;
mod entry;
mod inner;
mod jobs;
mod listed;
mod look;
mod lookup;
mod near;
mod photo;
mod platform;
mod position;
pub mod preferences;
mod ready;
mod record;
mod rescue;
mod save;
mod session;
mod state;
mod status;
mod to_verify;
mod views;
mod wipe;
mod work_drafts;

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::{CaseId, District, Timestamp, summary::CaseSummary, sync::Profile};
use leptos::prelude::*;

use self::inner::Inner;
use crate::sync::Sync;

pub use self::{
    again::Again,
    app_error::{AppError, Lacking, PhotoError},
    boot::Boot,
    camera::Camera,
    capture::PhotoInput,
    draft::{Draft, DraftPhoto, WorkDraft},
    draft_photos::{PhotoAdded, RemovalUndone, RemovedPhoto},
    drafts::DiscardUndone,
    entry::CaseEntry,
    listed::ListedCase,
    lookup::Lookup,
    near::CaseNearby,
    photo::{PhotoSource, Size},
    platform::{Install, Platform},
    position::PositionState,
    preferences::{Preferences, Theme},
    ready::{Light, Ready},
    record::{OperationState, Pending, PhotoState, Record, RecordPhoto},
    rescue::{Import, Rescue},
    status::{Link, Progress, Storage, SyncStatus},
    wipe::Wipe,
};
pub use crate::device::store::StoreError;

/// All cases this phone knows, by id.
pub type Cases = Arc<BTreeMap<CaseId, Arc<CaseEntry>>>;

#[derive(Clone, Copy)]
pub struct Model {
    pub boot: Signal<Boot>,
    /// Who is signed in; stays while offline and after a 401.
    pub profile: Signal<Option<Arc<Profile>>>,
    /// The session has ended: sending is paused, nothing is deleted. Work goes on.
    pub needs_sign_in_again: Signal<bool>,
    /// From the pack on this phone; works offline.
    pub district: Signal<Option<Arc<District>>>,
    pub preferences: Preferences,
    /// What this phone holds of work has been read: before, lists and counts say nothing.
    pub has_work: Signal<bool>,
    pub cases: Signal<Cases>,
    /// Cases that this phone knows, those around it included: what duplicates and likely types
    /// are told from.
    summaries: Signal<Arc<Vec<Arc<CaseSummary>>>>,
    /// Own reports, newest first.
    pub records: Signal<Arc<Vec<Record>>>,
    pub status: Signal<SyncStatus>,
    /// Cases have changed at the server: what it said of them is to be asked again.
    pub changed: Trigger,
    /// What being ready for offline depends on, as last looked at.
    pub ready: Signal<Ready>,
    /// This phone's store was cleared under us, and nobody has acknowledged it yet.
    pub wipe: Signal<Option<Wipe>>,
    /// The report being captured. Set its fields freely: it is kept as it changes.
    pub draft: RwSignal<Draft>,
    pub position: Signal<PositionState>,
    /// The best estimate of the server's time; moves every 15 s.
    pub now: Signal<Timestamp>,
    inner: Inner,
}

impl Model {
    /// Makes the model, puts it into context and begins to start. Called once, by the
    /// shell.
    pub fn provide() -> Self {
        let inner = Inner::new();
        let model = Self {
            boot: inner.boot.into(),
            profile: inner.profile.into(),
            needs_sign_in_again: inner.session_ended.into(),
            district: inner.district.into(),
            preferences: Preferences::load(),
            has_work: inner.has_work.into(),
            cases: inner.cases.into(),
            summaries: inner.summaries(),
            records: inner.records(),
            status: inner.status.into(),
            changed: inner.changed,
            ready: inner.ready.into(),
            wipe: inner.wipe.into(),
            draft: inner.draft,
            position: inner.position.into(),
            now: inner.now.into(),
            inner,
        };
        provide_context(model);
        model.keep_drafts();
        model.start_again();
        model
    }

    /// The model of the app this runs in.
    pub fn here() -> Self {
        expect_context()
    }

    /// Tries now, whatever the next try's time.
    pub fn sync_now(&self) {
        self.inner.with_sync(Sync::try_now);
    }
}
