//! A sheet that asks for one text: why it is void, what is not fixed, a comment.

use crate::components::markup::{IntoView, button, el, show, views};
use domain::case::Report;
use leptos::{ev, prelude::*};

use super::Acts;
use crate::components::{
    dom,
    message::{Tone, message},
    sheet::sheet,
};

pub fn reason_panel(
    open: RwSignal<bool>,
    title: &'static str,
    hint: &'static str,
    send: &'static str,
    hook: &'static str,
    send_hook: &'static str,
    done: Callback<String>,
) -> impl IntoView {
    sheet(open, title, "sheet", move || inside(hint, send, hook, send_hook, done))
}

fn inside(
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
    views![
        el("div")
            .class("sheet-body")
            .child(
                el("div")
                    .class("field")
                    .child(el("label").attr("for", hook).child(hint))
                    .child(
                        el("textarea")
                            .attr("id", hook)
                            .hook(hook)
                            .attr("rows", "4")
                            .attr("autofocus", true)
                            .attr("maxlength", Report::LONGEST_TEXT.to_string())
                            .attr("aria-invalid", move || lacks.get().to_string())
                            .prop("value", move || work.with(|work| work.typed(hook)))
                            .on(ev::input, move |event| {
                                lacks.set(false);
                                let text = dom::value_of(&event);
                                work.update(|work| work.set_typed(hook, text));
                            })
                    )
                    .child(show(
                        move || lacks.get(),
                        move || el("p")
                            .class("hint")
                            .attr("role", "alert")
                            .child(words.reason_needed)
                    ))
            )
            .child(move || acts.refusal.get().map(|text| message(
                Tone::Bad,
                text,
                "act-refusal",
                ()
            ))),
        el("div").class("sheet-foot").child(
            button("btn btn-main btn-wide btn-tall")
                .hook(send_hook)
                .attr("disabled", move || acts.busy.get())
                .on(ev::click, submit)
                .child(send)
        )
    ]
}
