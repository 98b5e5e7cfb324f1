//! The sheet: the browser's own modal dialog.

use app_shared::components::sheet::Sheet;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlDialogElement;

use crate::page::{Page, WORDS, attribute, is_focused, settle, until};

async fn sheet(open: RwSignal<bool>) -> Page {
    Page::show(move || {
        view! {
            <button id="opener" on:click=move |_| open.set(true)>
                "Assign"
            </button>
            <Sheet open title="Give it to" hook="assign">
                <input id="reason" />
            </Sheet>
        }
    })
    .await
}

fn dialog(page: &Page) -> HtmlDialogElement {
    page.one("[data-test=assign]").unchecked_into()
}

#[wasm_bindgen_test]
async fn closed_sheet_holds_nothing() {
    let page = sheet(RwSignal::new(false)).await;
    assert!(!dialog(&page).open());
    assert!(!page.has("#reason"));
}

#[wasm_bindgen_test]
async fn opened_sheet_is_modal_has_its_title_and_takes_the_focus() {
    let page = sheet(RwSignal::new(false)).await;
    page.one("#opener").focus().expect("a button");
    page.click("#opener").await;
    let dialog = dialog(&page);
    assert!(dialog.open());
    assert!(dialog.matches(":modal").expect("a selector"));
    assert_eq!(attribute(&dialog, "aria-label").as_deref(), Some("Give it to"));
    assert_eq!(page.text("h2"), "Give it to");
    assert!(
        dialog.contains(
            web_sys::window()
                .and_then(|it| it.document())
                .and_then(|it| it.active_element())
                .as_deref()
        )
    );
}

#[wasm_bindgen_test]
async fn close_button_closes_the_sheet_and_gives_the_focus_back() {
    let open = RwSignal::new(false);
    let page = sheet(open).await;
    page.one("#opener").focus().expect("a button");
    page.click("#opener").await;
    page.labelled(WORDS.close_panel).click();
    settle().await;
    assert!(!open.get_untracked());
    assert!(!dialog(&page).open());
    assert!(is_focused(&page.one("#opener")));
}

#[wasm_bindgen_test]
async fn sheet_that_the_browser_closed_is_known_to_be_closed() {
    // Escape and the back gesture close the dialog without asking the app.
    let open = RwSignal::new(true);
    let page = sheet(open).await;
    dialog(&page).close();
    until("the app knows it", || !open.get_untracked()).await;
    until("its content is dropped", || !page.has("#reason")).await;
}

#[wasm_bindgen_test]
async fn click_beside_the_sheet_closes_it_and_one_inside_does_not() {
    let open = RwSignal::new(true);
    let page = sheet(open).await;
    page.click("#reason").await;
    assert!(open.get_untracked());
    dialog(&page).click();
    settle().await;
    assert!(!open.get_untracked());
}

#[wasm_bindgen_test]
async fn sheet_that_was_opened_again_stays_when_the_browser_tells_of_its_closing() {
    let open = RwSignal::new(true);
    let page = sheet(open).await;
    let late = web_sys::Event::new("close").expect("an event");
    page.one("dialog").dispatch_event(&late).expect("heard");
    settle().await;
    assert!(open.get_untracked() && page.has("#reason"));
}

#[wasm_bindgen_test]
async fn content_of_a_sheet_is_made_anew_each_time() {
    let open = RwSignal::new(true);
    let page = sheet(open).await;
    page.one("#reason").unchecked_into::<web_sys::HtmlInputElement>().set_value("typed");
    open.set(false);
    settle().await;
    open.set(true);
    settle().await;
    assert_eq!(page.one("#reason").unchecked_into::<web_sys::HtmlInputElement>().value(), "");
}
