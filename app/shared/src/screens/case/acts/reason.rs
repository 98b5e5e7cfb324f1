//! A sheet that asks for one text: why it is void, what is not fixed, a comment.

use domain::case::Report;
use leptos::{ev, prelude::*};

use super::Acts;
use crate::components::{
    dom,
    markup::{IntoView, View, button, el, show, views},
    message::{Tone, message},
    sheet::sheet,
};

#[derive(Clone, Copy)]
pub struct ReasonPanel {
    pub open: RwSignal<bool>,
    pub title: &'static str,
    pub hint: &'static str,
    pub send: &'static str,
    /// Names the text area, for its label and for tests.
    pub hook: &'static str,
    pub send_hook: &'static str,
    pub done: Callback<String>,
}

impl IntoView for ReasonPanel {
    fn into_view(self) -> View {
        sheet(self.open, self.title, "sheet", move || inside(self)).into_view()
    }
}

fn inside(panel: ReasonPanel) -> impl IntoView {
    let ReasonPanel { hint, send, hook, send_hook, done, .. } = panel;
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
