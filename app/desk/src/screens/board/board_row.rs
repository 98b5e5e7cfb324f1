//! One row of the board: photo, type, place, unit, lamp, age, and the box by which it is picked.

use std::sync::Arc;

use leptos::{ev, prelude::*};

use super::{BoardContext, board_item::BoardItem, pick_box::PickBox};
use app_shared::{
    components::{lamp::DeadlineLamp, photo::Photo},
    model::{Model, Size},
    route::{Route, Router},
    text::words,
};

#[component]
pub fn BoardRow(item: Arc<BoardItem>) -> impl IntoView {
    let words = words();
    let model = Model::here();
    let board = BoardContext::here();
    let router = Router::here();
    let id = item.id();
    let route = Route::Case(id);
    let chosen = Memo::new(move |_| board.choice.selected.get() == Some(id));
    let open = move |event: ev::MouseEvent| {
        let picks_range = event.shift_key() && board.picking.is_allowed.get_untracked();
        let is_special = event.ctrl_key() || event.meta_key() || event.shift_key();
        if event.button() != 0 || (is_special && !picks_range) {
            return;
        }
        event.prevent_default();
        if picks_range {
            board.pick_up_to(id);
        } else if !board.wide.get_untracked() && untrack(|| board.picking.is_on()) {
            // There is no room for both the list and the case.
            board.toggle_pick(id);
        } else if board.wide.get_untracked() {
            board.choice.selected.set(Some(id));
        } else {
            router.go(route);
        }
    };
    let state = item.state();
    let of_lamp = item.clone();
    let lamp = move || {
        let now = model.now.get();
        let lamp = of_lamp.lamp(now)?;
        let text = of_lamp.left(now, words).unwrap_or_default();
        Some(view! { <DeadlineLamp lamp text /> })
    };
    let reported = item.row.summary.reported_at;
    let age = move || words.ago(reported, model.now.get());
    let photo =
        item.photo().map(|hash| view! { <Photo hash size=Size::Thumb alt="" class="photo" /> });
    let (category, place) = (item.category.clone(), item.place.clone());
    // A range of cases is no range of text.
    let keep_text = move |event: ev::MouseEvent| {
        if event.shift_key() {
            event.prevent_default();
        }
    };
    view! {
        <PickBox case=id category place />
        <a
            class="board-row"
            href=router.path(route)
            data-test="board-row"
            data-case=id.to_string()
            data-state=state.code()
            aria-current=move || chosen.get().then_some("true")
            on:mousedown=keep_text
            on:click=open
        >
            {photo}
            <span class="kind cut">{item.category.clone()}</span>
            {lamp}
            <span class="where-text cut">{item.place.clone()}</span>
            <span class="unit-text">
                <span class="cut">
                    {item.holder.clone().unwrap_or_else(|| words.no_unit.into())}
                </span>
                <span class="age">{words.state(state)} " · " {age}</span>
            </span>
        </a>
    }
}
