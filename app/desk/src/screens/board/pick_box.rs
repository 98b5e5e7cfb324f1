//! The box of a row by which its case is picked. A button, so that the keys of the board work
//! while it has the focus.

use domain::CaseId;
use leptos::{ev, prelude::*};

use super::BoardContext;
use app_shared::{
    components::icon::{self, Icon},
    text::words,
};

#[component]
pub fn PickBox(case: CaseId, category: String, place: String) -> impl IntoView {
    let words = words();
    let board = BoardContext::here();
    let picking = board.picking;
    let is_picked = Memo::new(move |_| picking.picks.with(|picks| picks.contains(case)));
    let pick = move |event: ev::MouseEvent| {
        if event.shift_key() {
            board.pick_up_to(case);
        } else {
            board.toggle_pick(case);
        }
    };
    view! {
        <Show when=move || picking.is_allowed.get()>
            <button
                type="button"
                class="pick"
                role="checkbox"
                data-test="pick"
                data-case=case.to_string()
                aria-checked=move || is_picked.get().to_string()
                aria-label=words.select_case(&category, &place)
                tabindex=move || if picking.is_on() { "0" } else { "-1" }
                on:click=pick
            >
                <span class="box">
                    <Icon icon=icon::CHECK small=true />
                </span>
            </button>
        </Show>
    }
}
