//! A row of chips.

use app_shared::components::chips::{Chip, ChipRow};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, attribute, is_focused, settle};

fn chips() -> Vec<Chip<u8>> {
    let chip = |value, code, word, count| Chip { value, code, word, count };
    vec![
        chip(1, "all", "All", Some(12)),
        chip(2, "mine", "Mine", Some(0)),
        chip(3, "old", "Old", None),
    ]
}

async fn row(chips: RwSignal<Vec<Chip<u8>>>, chosen: RwSignal<u8>) -> Page {
    Page::show(move || view! { <ChipRow label="Filter" hook="filter" chips chosen /> }).await
}

#[wasm_bindgen_test]
async fn chips_show_word_and_count_in_their_order_and_no_count_where_there_is_none() {
    let page = row(RwSignal::new(chips()), RwSignal::new(1)).await;
    assert_eq!(page.texts("[data-test=filter]"), ["All12", "Mine0", "Old"]);
    assert_eq!(page.texts(".count"), ["12", "0"]);
    assert_eq!(attribute(&page.labelled("Filter"), "role").as_deref(), Some("group"));
}

#[wasm_bindgen_test]
async fn only_the_chosen_chip_is_said_to_be_pressed() {
    let chosen = RwSignal::new(2);
    let page = row(RwSignal::new(chips()), chosen).await;
    for value in [2_u8, 3, 1] {
        chosen.set(value);
        settle().await;
        let pressed: Vec<_> = page
            .all("[aria-pressed=true]")
            .iter()
            .filter_map(|chip| attribute(chip, "data-value"))
            .collect();
        let code = chips().into_iter().find(|chip| chip.value == value).expect("a chip").code;
        assert_eq!(pressed, [code]);
    }
}

#[wasm_bindgen_test]
async fn clicked_chip_becomes_the_chosen_one() {
    let chosen = RwSignal::new(1);
    let page = row(RwSignal::new(chips()), chosen).await;
    page.click("[data-value=old]").await;
    assert_eq!(chosen.get_untracked(), 3);
    // A second click does not take the choice back.
    page.click("[data-value=old]").await;
    assert_eq!(chosen.get_untracked(), 3);
}

#[wasm_bindgen_test]
async fn chip_keeps_the_focus_when_its_count_changes() {
    let all = RwSignal::new(chips());
    let page = row(all, RwSignal::new(1)).await;
    let chip = page.one("[data-value=mine]");
    chip.focus().expect("a button");
    all.update(|chips| chips[1].count = Some(7));
    settle().await;
    assert_eq!(page.text("[data-value=mine] .count"), "7");
    assert!(is_focused(&chip), "the same button has the focus");
}

#[wasm_bindgen_test]
async fn chip_that_joins_the_row_stands_in_its_place_and_the_others_stay() {
    let all = RwSignal::new(chips());
    let page = row(all, RwSignal::new(1)).await;
    let old = page.one("[data-value=old]");
    all.update(|chips| chips.insert(2, Chip { value: 4, code: "near", word: "Near", count: None }));
    settle().await;
    assert_eq!(page.texts("[data-test=filter]"), ["All12", "Mine0", "Near", "Old"]);
    assert!(old.is_same_node(Some(&page.one("[data-value=old]"))));
}
