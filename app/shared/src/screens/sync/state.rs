//! How sync stands, in one word with a dot: the header's link to the truth.

use leptos::prelude::*;

use crate::{
    model::{Link, Model, SyncStatus},
    route::{Route, Router, follow},
    text::{Words, words},
};

/// What the rows and the connection add up to; the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyncSummary {
    Paused,
    Attention(u32),
    Sending(u32),
    Offline(u32),
    Waiting(u32),
    Done,
    Starting,
}

impl SyncSummary {
    pub fn of(status: &SyncStatus, needs_sign_in: bool) -> Self {
        let wrong = status.refused + status.quarantined + status.photos_in_need;
        let here = status.operations_here.max(u32::from(status.photos_here > 0));
        match &status.link {
            _ if needs_sign_in => Self::Paused,
            Link::NeedsSignIn => Self::Paused,
            _ if wrong > 0 => Self::Attention(wrong),
            _ if status.operations_sending > 0 || status.photo_sending.is_some() => {
                Self::Sending(here.max(1))
            }
            Link::Unreachable { .. } => Self::Offline(here),
            Link::Starting if here == 0 => Self::Starting,
            _ if here > 0 => Self::Waiting(here),
            _ => Self::Done,
        }
    }

    pub const fn code(self) -> &'static str {
        match self {
            Self::Paused => "paused",
            Self::Attention(_) => "attention",
            Self::Sending(_) => "sending",
            Self::Offline(_) => "offline",
            Self::Waiting(_) => "waiting",
            Self::Done => "done",
            Self::Starting => "starting",
        }
    }

    pub fn word(self, words: Words) -> String {
        match self {
            Self::Paused => words.sync_paused.into(),
            Self::Attention(count) => words.attention_count(count),
            Self::Sending(count) => words.sending_count(count),
            Self::Offline(0) => words.sync_offline.into(),
            Self::Offline(count) => words.offline_count(count),
            Self::Waiting(count) => words.waiting_count(count),
            Self::Done => words.sync_done.into(),
            Self::Starting => words.loading.into(),
        }
    }

    /// What it means and what to do, under the word. `photos_in_need`: how many of what is to
    /// be looked at are photos.
    pub fn sentence(self, words: Words, photos_in_need: u32) -> &'static str {
        match self {
            Self::Paused => words.sign_in_needed,
            Self::Attention(all) if photos_in_need == all => words.photos_in_need(),
            Self::Attention(_) => words.sync_attention_text,
            Self::Offline(_) => words.sync_offline_text,
            Self::Waiting(_) | Self::Sending(_) => words.sync_waiting_text,
            Self::Done => words.sync_done_text,
            Self::Starting => words.loading,
        }
    }

    const fn shape(self) -> &'static str {
        match self {
            Self::Done => r#"<circle cx="7" cy="7" r="6"/>"#,
            Self::Offline(_) | Self::Starting => {
                r#"<path fill-rule="evenodd" d="M7 1a6 6 0 1 0 0 12A6 6 0 0 0 7 1zm0 2.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7z"/>"#
            }
            Self::Waiting(_) | Self::Sending(_) => r#"<path d="M7 1 13.5 13H.5z"/>"#,
            Self::Paused | Self::Attention(_) => r#"<path d="M1 1h12v12H1z"/>"#,
        }
    }

    const fn lamp(self) -> &'static str {
        match self {
            Self::Done => "on_time",
            Self::Offline(_) | Self::Starting => "ended",
            Self::Waiting(_) | Self::Sending(_) => "near",
            Self::Paused | Self::Attention(_) => "over",
        }
    }
}

/// The summary of this phone, as it changes.
pub fn summary() -> Memo<SyncSummary> {
    let model = Model::here();
    Memo::new(move |_| {
        let needs = model.needs_sign_in_again.get();
        model.status.with(|status| SyncSummary::of(status, needs))
    })
}

#[component]
pub fn SyncState() -> impl IntoView {
    let words = words();
    let router = Router::here();
    let summary = summary();
    view! {
        <a
            class="sync-state"
            href=router.path(Route::Sync)
            data-test="sync-state"
            data-state=move || summary.get().code()
            on:click=follow(router, Route::Sync)
        >
            <Dot summary />
            <span class="unseen">{words.sync} ": "</span>
            <span class="word" aria-live="polite">
                {move || summary.get().word(words)}
            </span>
        </a>
    }
}

#[component]
pub fn Dot(#[prop(into)] summary: Signal<SyncSummary>) -> impl IntoView {
    view! {
        <span class="lamp" data-lamp=move || summary.get().lamp()>
            <svg
                viewBox="0 0 14 14"
                aria-hidden="true"
                inner_html=move || summary.get().shape()
            ></svg>
        </span>
    }
}

#[cfg(test)]
mod tests;
