//! One photo in its frame.

use domain::PhotoHash;
use leptos::prelude::*;

use super::photo_image::PhotoImage;
use crate::model::Size;

#[component]
pub fn Photo(
    hash: PhotoHash,
    size: Size,
    /// Empty where the text beside it says the same.
    #[prop(into)]
    alt: Signal<String>,
    class: &'static str,
) -> impl IntoView {
    view! {
        <span class=class>
            <PhotoImage hash size alt/>
        </span>
    }
}
