//! The signals' other ends, and what becomes of the driver's notices.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::{
    CaseId, District, Timestamp, pack::DistrictPack, summary::NearbyCases, sync::Profile,
};
use leptos::prelude::*;

use super::{
    Boot, Cases, Draft, PositionState, Progress, Ready, Record, SyncStatus, Wipe, WorkDraft,
    state::PhoneState,
};
use crate::{
    device::{
        clock,
        store::{self, Rows, StoreError, Touched},
        tabs::TabLock,
        timer::Timer,
    },
    sync::{Notice, Sync},
};

#[derive(Clone, Copy)]
pub struct Inner {
    pub boot: RwSignal<Boot>,
    pub profile: RwSignal<Option<Arc<Profile>>>,
    pub session_ended: RwSignal<bool>,
    pub district: RwSignal<Option<Arc<District>>>,
    /// The store's rows are in [`Self::state`]: before, nothing is said of them.
    pub has_work: RwSignal<bool>,
    pub cases: RwSignal<Cases>,
    pub records_changed: Trigger,
    /// Cases have changed at the server.
    pub changed: Trigger,
    /// Open cases around, as the server last said.
    pub near: RwSignal<Arc<NearbyCases>>,
    pub status: RwSignal<SyncStatus>,
    pub ready: RwSignal<Ready>,
    pub wipe: RwSignal<Option<Wipe>>,
    pub draft: RwSignal<Draft>,
    pub position: RwSignal<PositionState>,
    /// A photo was taken: where was that?
    pub photo_taken: Trigger,
    pub now: RwSignal<Timestamp>,
    pub state: StoredValue<PhoneState, LocalStorage>,
    pub sync: StoredValue<Option<Sync>, LocalStorage>,
    pub open_drafts: StoredValue<OpenDrafts, LocalStorage>,
    /// What is made for as long as the app lives belongs to it.
    pub owner: StoredValue<Option<Owner>, LocalStorage>,
}

/// Drafts that are open in this tab.
#[derive(Default)]
pub struct OpenDrafts {
    /// The lock of the report's draft: no other tab has it open.
    pub lock: Option<TabLock>,
    pub timer: Option<Timer>,
    pub is_saving: bool,
    pub work: BTreeMap<CaseId, ArcRwSignal<WorkDraft>>,
    pub tick: Option<Timer>,
}

impl Inner {
    pub fn new() -> Self {
        Self {
            boot: RwSignal::new(Boot::Loading),
            profile: RwSignal::new(None),
            session_ended: RwSignal::new(false),
            district: RwSignal::new(None),
            has_work: RwSignal::new(false),
            cases: RwSignal::new(Cases::default()),
            records_changed: Trigger::new(),
            changed: Trigger::new(),
            near: RwSignal::default(),
            status: RwSignal::new(SyncStatus::default()),
            ready: RwSignal::new(Ready::default()),
            wipe: RwSignal::new(None),
            draft: RwSignal::new(Draft::blank()),
            position: RwSignal::new(PositionState::Off),
            photo_taken: Trigger::new(),
            now: RwSignal::new(clock::now()),
            state: StoredValue::new_local(PhoneState::default()),
            sync: StoredValue::new_local(None),
            open_drafts: StoredValue::new_local(OpenDrafts::default()),
            owner: StoredValue::new_local(Owner::current()),
        }
    }

    /// The best estimate of the server's time.
    pub fn estimate(&self) -> Timestamp {
        let offset = self.state.with_value(|state| state.offset_ms).unwrap_or(0);
        clock::now().plus_millis(offset)
    }

    pub fn with_sync(&self, act: impl FnOnce(&Sync)) {
        // Cloned: what it does may come back here.
        if let Some(sync) = self.sync.with_value(Clone::clone) {
            act(&sync);
        }
    }

    /// What the driver tells.
    pub fn hear(self, notice: Notice) {
        match notice {
            Notice::Rows(touched) => {
                leptos::task::spawn_local(async move { self.reload(&touched).await });
            }
            Notice::RowsElsewhere => leptos::task::spawn_local(async move {
                self.take_rows(store::all_rows().await);
            }),
            Notice::Cases(changes) => {
                let changed: Vec<CaseId> = changes
                    .cases
                    .iter()
                    .map(|log| log.case)
                    .chain(changes.gone.iter().copied())
                    .collect();
                let mut owed = Vec::new();
                self.state.update_value(|state| {
                    for case in changes.gone {
                        if state.owes_an_answer(case) {
                            owed.push(case);
                        } else {
                            state.logs.remove(&case);
                        }
                    }
                    state.logs.extend(changes.cases.into_iter().map(|log| (log.case, log)));
                });
                // The person is still to be told what became of their act.
                for case in owed {
                    leptos::task::spawn_local(async move {
                        let _answered = self.ask_for(case).await;
                    });
                }
                self.refresh_cases(changed);
                self.refresh_records();
            }
            Notice::Receiving(cases) => {
                let before = self
                    .state
                    .try_update_value(|state| std::mem::replace(&mut state.receiving, cases));
                if before != Some(cases) {
                    self.refresh_status();
                }
            }
            Notice::Changed => self.changed.notify(),
            Notice::CasesElsewhere => {
                self.reload_cases();
                leptos::task::spawn_local(async move { self.take_near().await });
            }
            Notice::CasesForgotten => {
                self.state.update_value(|state| state.logs.clear());
                self.near.set(Arc::default());
                self.refresh_all();
            }
            Notice::Pack(pack) => self.take_pack(*pack),
            Notice::OutboxStatus(standing) => {
                let changed = self.state.try_update_value(|it| it.take_standing(standing));
                if let Some(Some(changed)) = changed {
                    self.refresh_own(changed);
                }
            }
            Notice::Progress { hash, sent, of } => {
                let progress = Progress { sent, of };
                self.state.update_value(|state| {
                    state.progress.insert(hash, progress);
                });
                self.refresh_records();
                self.refresh_status();
            }
            Notice::Offset(offset) => {
                self.state.update_value(|state| state.offset_ms = Some(offset));
                self.now.set(self.estimate());
            }
            Notice::SessionEnded => {
                self.session_ended.set(true);
                self.refresh_status();
            }
            Notice::SessionElsewhere => {
                leptos::task::spawn_local(async move { self.take_session().await });
            }
        }
    }

    pub fn take_pack(&self, pack: DistrictPack) {
        self.set_district(pack);
        self.refresh_all();
    }

    /// Without what is shown of it: at the start, everything is made once, in the end.
    pub fn set_district(&self, pack: DistrictPack) {
        let district = Arc::new(District::new(pack));
        self.state.update_value(|state| state.district = Some(Arc::clone(&district)));
        self.district.set(Some(district));
    }

    /// Everything anew.
    pub fn refresh_all(&self) {
        if !self.has_work.get_untracked() {
            return;
        }
        let now = self.estimate();
        let cases = self.state.with_value(|state| state.all_entries(now));
        self.cases.set(cases);
        self.refresh_all_but_cases();
    }

    pub fn refresh_all_but_cases(&self) {
        self.refresh_records();
        self.refresh_status();
    }

    /// What own operations on these cases have become.
    fn refresh_own(&self, changed: BTreeSet<CaseId>) {
        self.refresh_cases(changed);
        self.refresh_records();
        self.refresh_status();
    }

    pub fn refresh_cases(&self, changed: impl IntoIterator<Item = CaseId>) {
        let now = self.estimate();
        let before = self.cases.get_untracked();
        let next = self.state.with_value(|state| state.with_entries(&before, changed, now));
        if let Some(next) = next {
            self.cases.set(next);
        }
    }

    /// They are made when somebody looks at them.
    fn refresh_records(&self) {
        self.records_changed.notify();
    }

    /// Own reports, newest first.
    pub fn records(self) -> Signal<Arc<Vec<Record>>> {
        Memo::new(move |_| {
            self.records_changed.track();
            let cases = self.cases.get();
            Arc::new(self.state.with_value(|state| state.records(&cases)))
        })
        .into()
    }

    pub fn refresh_status(&self) {
        if !self.has_work.get_untracked() {
            return;
        }
        let before = self.status.get_untracked();
        let mut next = self.state.with_value(SyncStatus::of);
        if self.session_ended.get_untracked() {
            next.link = super::Link::NeedsSignIn;
        }
        next.last_answer = next.last_answer.max(before.last_answer);
        self.mark_unsent(next.operations_here.saturating_add(next.of_others));
        if next != before {
            self.status.set(next);
        }
    }

    /// Takes these rows as they are stored now.
    pub async fn reload(self, touched: &Touched) {
        self.take_rows(store::rows_of(touched).await);
    }

    /// Not readable now: what is shown stays until the next notice.
    fn take_rows(self, rows: Result<Rows, StoreError>) {
        let Ok(rows) = rows else { return };
        if let Some(changed) = self.state.try_update_value(|state| state.take_rows(rows)) {
            self.refresh_own(changed);
        }
    }

    pub fn reload_cases(self) {
        leptos::task::spawn_local(async move {
            if let Ok(logs) = store::all_cases().await {
                self.state.update_value(|state| {
                    state.logs = logs.into_iter().map(|log| (log.case, log)).collect();
                });
                self.refresh_all();
            }
        });
    }

    /// Moves `now`, again and again.
    pub fn tick(self) {
        const EVERY_MS: i64 = 15_000;
        let timer = Timer::after(EVERY_MS, move || {
            self.now.set(self.estimate());
            // Not from inside the timer that it replaces.
            leptos::task::spawn_local(async move { self.tick() });
        });
        self.open_drafts.update_value(|open_drafts| open_drafts.tick = Some(timer));
    }
}
