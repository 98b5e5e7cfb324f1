//! One message in place: what happened, what is safe, what to do.

use leptos::prelude::*;

use super::icon::{self, Icon};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Plain,
    Warn,
    Bad,
}

/// `children` are buttons with the way out.
#[component]
pub fn Message(
    tone: Tone,
    #[prop(into)] text: String,
    /// The stable name by which tests find it.
    hook: &'static str,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let (class, icon) = match tone {
        Tone::Plain => ("note", icon::INFO),
        Tone::Warn => ("note note-warn", icon::TRIANGLE_ALERT),
        Tone::Bad => ("note note-bad", icon::TRIANGLE_ALERT),
    };
    view! {
        <div class=class role=if tone == Tone::Bad { "alert" } else { "status" } data-test=hook>
            <Icon icon />
            <div class="body">
                <p>{text}</p>
                {children.map(|children| view! { <div class="acts">{children()}</div> })}
            </div>
        </div>
    }
}
