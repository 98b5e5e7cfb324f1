//! The desk needs the network: while the server does not answer, this says so, and from when
//! what is shown is.

use leptos::prelude::*;

use app_shared::{
    components::{
        case_text,
        message::{Message, Tone},
    },
    model::{Link, Model, SyncStatus},
    text::words,
};

#[component]
pub fn OfflineNote() -> impl IntoView {
    let words = words();
    let model = Model::here();
    let is_offline = Memo::new(move |_| model.status.with(is_offline));
    let text = move || {
        let offset = model.district.with(|it| case_text::offset_of(it.as_deref()));
        let last_answer = model.status.with(|status| status.last_answer);
        let as_of = last_answer.map(|at| words.when(at, model.now.get(), offset));
        words.desk_offline(as_of.as_deref())
    };
    view! {
        <Show when=move || is_offline.get()>
            <div class="over">
                {move || view! { <Message tone=Tone::Warn text=text() hook="desk-offline" /> }}
            </div>
        </Show>
    }
}

/// Not while the first answer is still awaited, and not when only the session has ended:
/// that has its own message.
fn is_offline(status: &SyncStatus) -> bool {
    matches!(status.link, Link::Unreachable { .. })
}

#[cfg(test)]
mod tests {
    use domain::{Timestamp, sync::outbox::Failure};

    use super::*;

    #[test]
    fn desk_is_offline_only_after_a_call_has_failed() {
        let since = Timestamp::from_millis(0);
        for (link, expected) in [
            (Link::Starting, false),
            (Link::Trying, false),
            (Link::Connected, false),
            (Link::NeedsSignIn, false),
            (Link::Unreachable { since, next_try: None, why: Failure::Unreachable }, true),
            (Link::Unreachable { since, next_try: None, why: Failure::NotTheServer }, true),
            (
                Link::Unreachable {
                    since,
                    next_try: None,
                    why: Failure::Busy { retry_after_ms: None },
                },
                true,
            ),
        ] {
            let status = SyncStatus { link, ..SyncStatus::default() };
            assert_eq!(is_offline(&status), expected, "{status:?}");
        }
    }
}
