//! A sheet that asks for one text: why it is void, what is not fixed, a comment.

use domain::case::Report;
use leptos::prelude::*;

use super::Acts;
use crate::components::{
    dom,
    message::{Message, Tone},
    sheet::Sheet,
};

#[component]
pub fn ReasonPanel(
    open: RwSignal<bool>,
    title: &'static str,
    hint: &'static str,
    send: &'static str,
    /// Names the text area, for its label and for tests.
    hook: &'static str,
    send_hook: &'static str,
    done: Callback<String>,
) -> impl IntoView {
    view! {
        <Sheet open title hook="sheet">
            <ReasonForm hint send hook send_hook done />
        </Sheet>
    }
}

#[component]
fn ReasonForm(
    hint: &'static str,
    send: &'static str,
    hook: &'static str,
    send_hook: &'static str,
    done: Callback<String>,
) -> impl IntoView {
    let acts = Acts::here();
    let words = acts.words;
    let lacks = RwSignal::new(false);
    // On the phone as it is typed: neither closing the sheet nor a page that goes loses
    // it. It ends with the act.
    let work = acts.model.work_draft(acts.id);
    let submit = move |_| {
        let written = work.with_untracked(|work| work.typed(hook)).trim().to_owned();
        if written.is_empty() {
            lacks.set(true);
            dom::focus(hook);
            return;
        }
        done.run(written);
    };
    view! {
        <div class="sheet-body">
            <div class="field">
                <label for=hook>{hint}</label>
                <textarea
                    id=hook
                    data-test=hook
                    rows="4"
                    autofocus=true
                    maxlength=Report::LONGEST_TEXT.to_string()
                    aria-invalid=move || lacks.get().to_string()
                    prop:value=move || work.with(|work| work.typed(hook))
                    on:input=move |event| {
                        lacks.set(false);
                        let text = dom::value_of(&event);
                        work.update(|work| work.set_typed(hook, text));
                    }
                ></textarea>
                <Show when=move || lacks.get()>
                    <p class="hint" role="alert">
                        {words.reason_needed}
                    </p>
                </Show>
            </div>
            {move || {
                acts.refusal
                    .get()
                    .map(|text| view! { <Message tone=Tone::Bad text hook="act-refusal" /> })
            }}
        </div>
        <div class="sheet-foot">
            <button
                type="button"
                class="btn btn-main btn-wide btn-tall"
                data-test=send_hook
                disabled=move || acts.busy.get()
                on:click=submit
            >
                {send}
            </button>
        </div>
    }
}
