//! One message in place: what happened, what is safe, what to do.

use leptos::prelude::*;

use super::icon::{self, Icon};

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
    hook: &'static str,
    /// Buttons with the way out.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let (class, icon) = match tone {
        Tone::Plain => ("note", icon::INFO),
        Tone::Warn => ("note note-warn", icon::TRIANGLE_ALERT),
        Tone::Bad => ("note note-bad", icon::TRIANGLE_ALERT),
    };
    let role = if tone == Tone::Bad { "alert" } else { "status" };
    view! {
        <div class=class role=role data-test=hook>
            <Icon icon/>
            <div class="body">
                <p>{text}</p>
                {children.map(|children| view! { <div class="acts">{children()}</div> })}
            </div>
        </div>
    }
}
