//! Lamps: green circle, yellow triangle, red square, grey for ended. The shape and
//! the word say the same as the colour.

use domain::calendar::Lamp;
use leptos::prelude::*;

use crate::text::words;

/// The shape with its word, or with `text` instead of it ("3 h left").
#[component]
pub fn DeadlineLamp(lamp: Lamp, #[prop(optional, into)] text: Option<String>) -> impl IntoView {
    let word = words().lamp(lamp);
    let shown = text.unwrap_or_else(|| word.into());
    // What the shape adds to the sentence, for those who do not see it.
    let spoken =
        (shown != word).then(|| view! { <span class="unseen">{format!("{word}: ")}</span> });
    view! {
        <span class="lamp" data-lamp=code(lamp)>
            <LampShape lamp />
            {spoken}
            <span class="word">{shown}</span>
        </span>
    }
}

#[component]
pub fn LampShape(lamp: Lamp) -> impl IntoView {
    let shape = match lamp {
        Lamp::OnTime => r#"<circle cx="7" cy="7" r="6"/>"#,
        Lamp::Near => r#"<path d="M7 1 13.5 13H.5z"/>"#,
        Lamp::Over => r#"<path d="M1 1h12v12H1z"/>"#,
        Lamp::Ended => r#"<path d="M1 6h12v2H1z"/>"#,
    };
    view! { <svg viewBox="0 0 14 14" aria-hidden="true" inner_html=shape></svg> }
}

pub const fn code(lamp: Lamp) -> &'static str {
    match lamp {
        Lamp::OnTime => "on_time",
        Lamp::Near => "near",
        Lamp::Over => "over",
        Lamp::Ended => "ended",
    }
}
