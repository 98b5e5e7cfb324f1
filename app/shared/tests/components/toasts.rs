//! Short messages, and acts that can be taken back.

use app_shared::components::{
    toasts::{ToastList, Toasts},
    undo::Undoable,
};
use domain::{CaseId, Timestamp, case::Command};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, WORDS, attribute, in_app, settle, start_app};

/// The list with messages of its own.
async fn list() -> (Page, Toasts) {
    let made = RwSignal::new(None);
    let page = Page::show(move || {
        made.set(Some(Toasts::provide()));
        view! { <ToastList /> }
    })
    .await;
    (page, made.get_untracked().expect("provided"))
}

fn case(byte: u8) -> CaseId {
    CaseId::new(Timestamp::from_millis(0), [byte; 10])
}

/// The list of the app, with its acts.
async fn app() -> (Page, Undoable) {
    start_app().await;
    let page = Page::show(|| view! { <ToastList /> }).await;
    (page, in_app(Undoable::here))
}

#[wasm_bindgen_test]
async fn list_of_messages_is_there_before_the_first_so_that_it_is_read_out() {
    let (page, toasts) = list().await;
    let list = page.one(".toasts");
    assert_eq!(attribute(&list, "role").as_deref(), Some("status"));
    assert_eq!(attribute(&list, "aria-live").as_deref(), Some("polite"));
    assert!(!page.has(".toast"));
    toasts.say("Taken in.");
    settle().await;
    assert_eq!(page.texts(".toast"), ["Taken in."]);
}

#[wasm_bindgen_test]
async fn newest_two_messages_show_with_the_newest_last() {
    let (page, toasts) = list().await;
    for text in ["first", "second", "third"] {
        toasts.say(text);
        settle().await;
    }
    assert_eq!(page.texts(".toast"), ["second", "third"]);
}

#[wasm_bindgen_test]
async fn message_of_a_save_names_its_case_and_has_no_undo() {
    let (page, toasts) = list().await;
    toasts.saved("Saved on this phone", case(3));
    settle().await;
    let saved = page.one("[data-test=saved]");
    assert_eq!(attribute(&saved, "data-case"), Some(case(3).to_string()));
    assert!(!page.has("[data-test=undo]"));
}

#[wasm_bindgen_test]
async fn undo_runs_once_with_the_id_of_its_message_which_goes() {
    let (page, toasts) = list().await;
    let undone = RwSignal::new(Vec::new());
    let id = toasts.undo("Photo removed", move |id| undone.update(|all| all.push(id)));
    settle().await;
    assert_eq!(page.text("[data-test=undo]"), WORDS.undo);
    page.click("[data-test=undo]").await;
    assert_eq!(undone.get_untracked(), [id]);
    assert!(!page.has(".toast"));
}

#[wasm_bindgen_test]
async fn message_that_is_taken_back_goes_and_the_other_stays() {
    let (page, toasts) = list().await;
    let first = toasts.undo("first", |_| {});
    toasts.say("second");
    settle().await;
    toasts.take_back(first);
    settle().await;
    assert_eq!(page.texts(".toast"), ["second"]);
}

#[wasm_bindgen_test]
async fn act_waits_under_its_undo_bar_and_is_taken_back_by_it() {
    let (page, acts) = app().await;
    acts.act(case(4), Command::Claim, "Claimed");
    settle().await;
    assert!(untrack(|| acts.is_waiting(case(4))));
    assert!(untrack(|| !acts.is_waiting(case(5))));
    page.click("[data-test=undo]").await;
    assert!(untrack(|| !acts.is_waiting(case(4))));
    assert_eq!(acts.taken_back().get_untracked(), [case(4)]);
    assert!(page.has("[data-test=toast]"), "it is said that it was taken back");
    assert!(!page.has("[data-test=undo]"));
}

#[wasm_bindgen_test]
async fn two_acts_on_two_cases_are_taken_back_each_by_its_own_bar() {
    let (page, acts) = app().await;
    acts.act(case(6), Command::Claim, "first");
    acts.act(case(7), Command::Claim, "second");
    settle().await;
    assert_eq!(untrack(|| acts.waiting_cases()), [case(6), case(7)]);
    let bars = page.all("[data-test=undo]");
    bars[0].click();
    settle().await;
    assert_eq!(untrack(|| acts.waiting_cases()), [case(7)]);
    page.click("[data-test=undo]").await;
    assert_eq!(untrack(|| acts.waiting_cases()), []);
}
