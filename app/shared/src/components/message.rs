//! One message in place: what happened, what is safe, what to do.

use super::{
    icon::Icon,
    markup::{IntoView, View, el},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Plain,
    Warn,
    Bad,
}

/// `acts` are buttons with the way out, or `()`.
pub fn message(
    tone: Tone,
    text: impl Into<String>,
    hook: &'static str,
    acts: impl IntoView,
) -> impl IntoView {
    message_of(tone, text.into(), hook, acts.into_view())
}

fn message_of(tone: Tone, text: String, hook: &'static str, acts: View) -> View {
    let (class, icon) = match tone {
        Tone::Plain => ("note", Icon::Info),
        Tone::Warn => ("note note-warn", Icon::TriangleAlert),
        Tone::Bad => ("note note-bad", Icon::TriangleAlert),
    };
    el("div")
        .class(class)
        .attr("role", if tone == Tone::Bad { "alert" } else { "status" })
        .hook(hook)
        .child(icon)
        .child(
            el("div")
                .class("body")
                .child(el("p").child(text))
                .child((!acts.is_nothing()).then(|| el("div").class("acts").child(acts))),
        )
        .into_view()
}
