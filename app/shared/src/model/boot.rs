//! The start: from what is on this phone, without a network.

use std::sync::Arc;

use domain::CaseId;
use leptos::prelude::*;

use super::{AppError, Model, inner::Inner};
use crate::{
    device::{
        clock, health,
        store::{self, Meta, StoreError, StoredWork},
        timer,
    },
    sync::Sync,
};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Boot {
    #[default]
    Loading,
    NeedSignIn,
    Ready,
    /// The phone's store did not open. What it holds is safe; trying again may help.
    AppError(AppError),
}

/// Cases that are worked out without a break: meanwhile the camera opens, and a finger may be on
/// the shutter.
const CASES_AT_ONCE: usize = 16;

impl Model {
    /// Starts; again after [`Boot::AppError`].
    pub fn start_again(&self) {
        let inner = self.inner;
        inner.boot.set(Boot::Loading);
        leptos::task::spawn_local(async move {
            if let Err(error) = inner.start().await {
                inner.boot.set(Boot::AppError(error.into()));
            }
        });
    }
}

impl Inner {
    async fn start(self) -> Result<(), StoreError> {
        let mut meta = store::read_meta().await?;
        let mut put_back = None;
        if meta.device.is_none() || store::is_ahead(meta.chain).await {
            put_back = store::put_back().await?;
            meta = store::read_meta().await?;
        }
        let device = match meta.device {
            Some(device) => device,
            None => store::device_of(clock::now()).await?,
        };
        self.look_for_wipe(&meta, device, put_back);
        self.state.update_value(|state| state.offset_ms = meta.offset_ms);
        self.now.set(self.estimate());
        let mut status = self.status.get_untracked();
        status.last_answer = meta.last_answer;
        self.status.set(status);
        self.take_profile(meta).await;
        // The camera needs nothing of what follows; the district and a week's work take a while.
        timer::next_paint().await;
        if self.sync.with_value(Option::is_none) {
            let told = move |notice| self.hear(notice);
            self.sync.set_value(Some(Sync::begin(device, told)));
            self.tick();
        }
        self.take_work().await?;
        health::ask_to_persist().await;
        self.look_whether_ready();
        self.take_near().await;
        self.forget_looked_at().await;
        // Next time, then.
        let _swept = store::sweep_photos(clock::now()).await;
        let _copied = store::catch_up().await;
        Ok(())
    }

    /// What this phone holds of the district and of work, and what of it is shown.
    async fn take_work(self) -> Result<(), StoreError> {
        let StoredWork { meta, pack, rows, cases } = store::read_work().await?;
        // At once: what notices bring from now on is newer.
        self.state.update_value(|state| {
            state.take_rows(rows);
            state.take_logs(cases);
        });
        match pack {
            Ok(Some(pack)) => self.set_district(pack),
            Ok(None) => {}
            // This version cannot read it: the next hello brings it again.
            Err(_) => drop(store::write_meta(|meta| meta.pack = None).await?),
        }
        // Another tab may have signed in or out before this one listened.
        if meta.profile != self.profile.with_untracked(|it| it.as_deref().cloned()) {
            self.take_session().await;
            self.reload_cases();
        } else {
            self.tell_who_is_signed_in();
        }
        let (actor, cases): (_, Vec<CaseId>) = self
            .state
            .with_value(|state| (state.actor.clone(), state.known_cases().into_iter().collect()));
        for some in cases.chunks(CASES_AT_ONCE) {
            self.refresh_cases(some.iter().copied());
            timer::pause(0).await;
        }
        self.has_work.set(true);
        if self.state.with_value(|state| state.actor == actor) {
            self.refresh_all_but_cases();
        } else {
            // Another tab changed places with somebody: what they see is another thing.
            self.refresh_all();
        }
        Ok(())
    }

    /// To what sends and pulls, which has just begun.
    fn tell_who_is_signed_in(self) {
        let person =
            self.profile.with_untracked(|it| it.as_ref().map(|it| (it.actor.user.clone(), it.key)));
        self.with_sync(|sync| match person {
            Some((user, key)) => sync.signed_in(user, key),
            None => sync.signed_out(),
        });
    }

    /// Another tab signed in or out.
    pub async fn take_session(self) {
        if let Ok(meta) = store::read_meta().await {
            self.take_profile(meta).await;
        }
    }

    /// Who is signed in, as stored.
    pub async fn take_profile(self, meta: Meta) {
        let actor = meta.profile.as_ref().map(|profile| profile.actor.clone());
        let is_another =
            self.state.with_value(|state| state.actor.is_some() && state.actor != actor);
        if is_another {
            self.state.update_value(|state| state.logs.clear());
            self.near.set(Arc::default());
        }
        self.state.update_value(|state| state.actor = actor);
        self.session_ended.set(meta.session_ended && meta.profile.is_some());
        match meta.profile {
            Some(profile) => {
                let (user, key) = (profile.actor.user.clone(), profile.key);
                self.close_work_of_others(&user);
                self.profile.set(Some(Arc::new(profile)));
                self.refresh_all();
                self.restore_draft(&user).await;
                self.boot.set(Boot::Ready);
                self.with_sync(|sync| sync.signed_in(user, key));
            }
            None => {
                self.profile.set(None);
                self.refresh_all();
                self.boot.set(Boot::NeedSignIn);
                self.with_sync(Sync::signed_out);
            }
        }
    }
}
