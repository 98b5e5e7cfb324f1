//! One row of the board: photo, type, place, unit, lamp, age.

use std::sync::Arc;

use leptos::{ev, prelude::*};

use super::{BoardContext, board_items::BoardItem};
use app_shared::{
    components::{case_text, lamp::DeadlineLamp, photo::Photo},
    model::{Model, Size},
    route::{Route, Router},
    text::words,
};

#[component]
pub fn BoardRow(row: Arc<BoardItem>) -> impl IntoView {
    let words = words();
    let model = Model::here();
    let board: BoardContext = expect_context();
    let router = Router::here();
    let id = row.id;
    let route = Route::Case(id);
    let chosen = Memo::new(move |_| board.selected.get() == Some(id));
    let open = move |event: ev::MouseEvent| {
        if event.button() != 0 || event.ctrl_key() || event.meta_key() || event.shift_key() {
            return;
        }
        event.prevent_default();
        if board.wide.get_untracked() {
            board.selected.set(Some(id));
        } else {
            router.go(route);
        }
    };
    let state = row.state();
    let lamp_row = row.clone();
    let lamp = move || {
        let now = model.now.get();
        let lamp = lamp_row.lamp(now)?;
        let text = case_text::left_of(&lamp_row.entry.case, now, words).unwrap_or_default();
        Some(view! { <DeadlineLamp lamp text /> })
    };
    let reported = row.entry.case.reported_at;
    let age = move || words.ago(reported, model.now.get());
    let photo =
        row.photo.map(|hash| view! { <Photo hash size=Size::Thumb alt="" class="photo" /> });
    view! {
        <a
            class="board-row"
            href=router.path(route)
            data-test="board-row"
            data-case=id.to_string()
            data-state=state.code()
            aria-current=move || chosen.get().then_some("true")
            on:click=open
        >
            {photo}
            <span class="kind cut">{row.kind.clone()}</span>
            {lamp}
            <span class="where-text cut">{row.place.clone()}</span>
            <span class="unit-text">
                <span class="cut">
                    {row.holder.clone().unwrap_or_else(|| words.no_unit.into())}
                </span>
                <span class="age">{words.state(state)} " · " {age}</span>
            </span>
        </a>
    }
}
