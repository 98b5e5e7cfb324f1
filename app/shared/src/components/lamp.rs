//! Lamps: green circle, yellow triangle, red square, grey for ended. The shape and
//! the word say the same as the colour.

use domain::calendar::Lamp;

use super::markup::{IntoView, el};
use crate::text::words;

/// The shape with its word, or with `text` instead of it ("3 h left").
pub fn lamp_view(lamp: Lamp, text: Option<String>) -> impl IntoView {
    let words = words();
    let said = words.lamp(lamp);
    let shown = text.unwrap_or_else(|| said.into());
    // What the shape adds to the sentence, for those who do not see it.
    let spoken = (shown != said).then(|| el("span").class("unseen").child(said).child(": "));
    el("span")
        .class("lamp")
        .attr("data-lamp", code(lamp))
        .child(lamp_shape(lamp))
        .child(spoken)
        .child(el("span").class("word").child(shown))
}

pub fn lamp_shape(lamp: Lamp) -> impl IntoView {
    let shape = match lamp {
        Lamp::OnTime => r#"<circle cx="7" cy="7" r="6"/>"#,
        Lamp::Near => r#"<path d="M7 1 13.5 13H.5z"/>"#,
        Lamp::Over => r#"<path d="M1 1h12v12H1z"/>"#,
        Lamp::Ended => r#"<path d="M1 6h12v2H1z"/>"#,
    };
    el("svg").attr("viewBox", "0 0 14 14").attr("aria-hidden", "true").source(shape)
}

pub const fn code(lamp: Lamp) -> &'static str {
    match lamp {
        Lamp::OnTime => "on_time",
        Lamp::Near => "near",
        Lamp::Over => "over",
        Lamp::Ended => "ended",
    }
}
