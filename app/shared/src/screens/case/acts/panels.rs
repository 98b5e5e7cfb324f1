//! The sheets of all acts, and the list of the lesser ones.

use domain::case::{Command, Outcome};
use leptos::prelude::*;

use super::{Acts, assign::AssignPanel, offer::Offer, reason::ReasonPanel, rectify::RectifyPanel};
use crate::components::{icon::Icon, sheet::Sheet};

/// The field of a comment.
const COMMENT: &str = "comment-text";

#[component]
pub fn Panels() -> impl IntoView {
    let acts = Acts::here();
    let words = acts.words;
    let rest = move || {
        acts.offers()
            .into_iter()
            .skip(1)
            .map(|offer| {
                view! {
                    <button
                        type="button"
                        class=if offer == Offer::Void {
                            "btn btn-wide btn-bad"
                        } else {
                            "btn btn-wide"
                        }
                        data-test=offer.hook()
                        on:click=move |_| acts.run(offer)
                    >
                        <Icon icon=offer.icon() />
                        {offer.word(words)}
                    </button>
                }
            })
            .collect_view()
    };
    let void = move |reason: String| {
        acts.undoable.act(acts.id, Command::Void { reason }, words.will_void);
        acts.void.set(false);
    };
    let rework = move |note: String| {
        let command = Command::Verify { outcome: Outcome::Rework, photos: Vec::new(), note };
        acts.undoable.act(acts.id, command, words.will_rework);
        acts.rework.set(false);
    };
    let comment = move |text: String| {
        acts.now(Command::Comment { text }, move || {
            let work = acts.model.work_draft(acts.id);
            work.update(|work| work.set_typed(COMMENT, String::new()));
            let _gone = acts.comment.try_set(false);
        });
    };
    view! {
        <Sheet open=acts.more title=words.more_acts hook="more-sheet">
            <div class="sheet-body">{rest}</div>
        </Sheet>
        <RectifyPanel />
        <AssignPanel />
        <ReasonPanel
            open=acts.rework
            title=words.rework_reason
            hint=words.rework_hint
            send=words.rework_send
            hook="rework-reason"
            send_hook="rework-send"
            done=Callback::new(rework)
        />
        <ReasonPanel
            open=acts.void
            title=words.void_title
            hint=words.void_hint
            send=words.void_send
            hook="void-reason"
            send_hook="void-send"
            done=Callback::new(void)
        />
        <ReasonPanel
            open=acts.comment
            title=words.comment_title
            hint=words.void_hint
            send=words.comment_send
            hook=COMMENT
            send_hook="comment-send"
            done=Callback::new(comment)
        />
    }
}
