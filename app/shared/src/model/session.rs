//! Signing in and out.

use std::sync::Arc;

use leptos::prelude::*;

use super::{AppError, Model};
use crate::{
    device::{clock, store, tabs::News},
    sync::{self, Sync},
};

impl Model {
    /// # Errors
    /// [`AppError::WrongPassword`], [`AppError::Unreachable`] and their like.
    pub async fn sign_in(&self, user: &str, password: &str) -> Result<(), AppError> {
        let inner = self.inner;
        let device = store::device_of(clock::now()).await?;
        let profile = sync::sign_in(user, password, device).await?;
        let before = store::read_meta().await?.profile;
        // Another person sees other cases.
        if before.is_none_or(|before| before.actor != profile.actor) {
            inner.forget_cases().await?;
        }
        let meta = store::write_meta(|meta| {
            meta.profile = Some(profile.clone());
            meta.session_ended = false;
        })
        .await?;
        if inner.district.with_untracked(Option::is_none) {
            match inner.sync.with_value(Clone::clone) {
                Some(sync) => sync.take_pack().await,
                None => self.start_again(),
            }
        }
        inner.take_profile(meta).await;
        inner.with_sync(|sync| sync.announce(News::Session));
        Ok(())
    }

    /// Ends the session. Records on this phone stay and wait for this person; cases
    /// that came from the server go.
    ///
    /// # Errors
    /// The store's. Without a network the session ends on this phone, and at the
    /// server when its time is over.
    pub async fn sign_out(&self) -> Result<(), AppError> {
        let inner = self.inner;
        // Kept for its author; nobody else is shown it.
        inner.keep_draft_now();
        inner.with_sync(Sync::signed_out);
        let _ended = sync::sign_out().await;
        let meta = store::write_meta(|meta| {
            meta.profile = None;
            meta.session_ended = false;
        })
        .await?;
        inner.forget_cases().await?;
        inner.take_profile(meta).await;
        inner.open_drafts.update_value(|open_drafts| {
            open_drafts.lock = None;
            open_drafts.work.clear();
        });
        inner.draft.set(super::Draft::blank());
        inner.with_sync(|sync| sync.announce(News::Session));
        Ok(())
    }
}

impl super::inner::Inner {
    async fn forget_cases(&self) -> Result<(), AppError> {
        store::forget_cases().await?;
        self.state.update_value(|state| state.logs.clear());
        self.near.set(Arc::default());
        self.refresh_all();
        // They have nothing of the person before either.
        self.with_sync(|sync| sync.announce(News::Cases));
        Ok(())
    }
}
