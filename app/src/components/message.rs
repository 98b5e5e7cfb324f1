//! One message in place: what happened, what is safe, what to do.

use leptos::prelude::*;

use super::icon::{Icon, Svg};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Plain,
    Warn,
    Bad,
}

#[component]
pub fn Message(
    tone: Tone,
    #[prop(into)] text: String,
    #[prop(default = "message")] hook: &'static str,
    /// Buttons with the way out.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let (class, icon) = match tone {
        Tone::Plain => ("note", Icon::Info),
        Tone::Warn => ("note note-warn", Icon::TriangleAlert),
        Tone::Bad => ("note note-bad", Icon::TriangleAlert),
    };
    view! {
        <div class=class role=if tone == Tone::Bad { "alert" } else { "status" } data-test=hook>
            <Svg icon />
            <div class="body">
                <p>{text}</p>
                {children.map(|children| view! { <div class="acts">{children()}</div> })}
            </div>
        </div>
    }
}
