//! Messages in place, empty states and skeletons.

use app_shared::components::{
    empty::EmptyState,
    icon,
    message::{Message, Tone},
    skeleton::SkeletonRows,
};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, WORDS, attribute};

#[wasm_bindgen_test]
async fn bad_message_interrupts_and_the_others_are_read_when_there_is_time() {
    for (tone, role, class) in [
        (Tone::Plain, "status", "note"),
        (Tone::Warn, "status", "note note-warn"),
        (Tone::Bad, "alert", "note note-bad"),
    ] {
        let page = Page::show(move || view! { <Message tone text="Full." hook="full" /> }).await;
        let message = page.one("[data-test=full]");
        assert_eq!(attribute(&message, "role").as_deref(), Some(role), "{tone:?}");
        assert_eq!(message.class_name(), class, "{tone:?}");
        assert_eq!(page.text("p"), "Full.");
    }
}

#[wasm_bindgen_test]
async fn message_shows_its_way_out_and_no_empty_place_for_one() {
    let plain =
        Page::show(|| view! { <Message tone=Tone::Plain text="Kept." hook="kept" /> }).await;
    assert!(!plain.has(".acts"));
    let pressed = RwSignal::new(0);
    let page = Page::show(move || {
        view! {
            <Message tone=Tone::Bad text="Not kept." hook="kept">
                <button on:click=move |_| pressed.update(|count| *count += 1)>"Try again"</button>
            </Message>
        }
    })
    .await;
    assert_eq!(page.text(".acts button"), "Try again");
    page.click("button").await;
    assert_eq!(pressed.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn icon_of_a_message_is_not_read_out() {
    let page = Page::show(|| view! { <Message tone=Tone::Warn text="Old." hook="old" /> }).await;
    let drawings = page.place().query_selector_all("svg:not([aria-hidden=true])").expect("a list");
    assert_eq!(drawings.length(), 0);
}

#[wasm_bindgen_test]
async fn empty_state_says_what_would_be_here_and_what_to_do() {
    let page = Page::show(|| {
        view! {
            <EmptyState icon=icon::INBOX title="Nothing to fix" text="New cases come here.">
                <button>"Look again"</button>
            </EmptyState>
        }
    })
    .await;
    assert_eq!(
        page.texts("h2, p, button"),
        ["Nothing to fix", "New cases come here.", "Look again"]
    );
    assert_eq!(attribute(&page.one(".drawing"), "aria-hidden").as_deref(), Some("true"));
}

#[wasm_bindgen_test]
async fn skeleton_has_as_many_rows_as_asked_and_says_that_it_is_busy() {
    let page = Page::show(|| view! { <SkeletonRows count=4 /> }).await;
    assert_eq!(page.all(".skeleton-row").len(), 4);
    assert_eq!(attribute(&page.one("[role=status]"), "aria-busy").as_deref(), Some("true"));
    assert_eq!(page.text(".unseen"), WORDS.loading);
}
