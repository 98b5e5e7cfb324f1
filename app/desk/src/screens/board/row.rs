//! One row of the board: photo, type, place, unit, lamp, age.

use std::sync::Arc;

use leptos::{ev, prelude::*};

use super::{Desk, rows::Row};
use app_shared::{
    components::{
        case_text,
        lamp::lamp_view,
        markup::{IntoView, el},
        photo::photo,
    },
    model::{Model, Size},
    route::{Route, Router},
    text::words,
};

pub fn row_view(row: Arc<Row>) -> impl IntoView {
    let words = words();
    let model = Model::here();
    let desk: Desk = expect_context();
    let router = Router::here();
    let id = row.id;
    let route = Route::Case(id);
    let chosen = Memo::new(move |_| desk.selected.get() == Some(id));
    let open = move |event: ev::MouseEvent| {
        if event.button() != 0 || event.ctrl_key() || event.meta_key() || event.shift_key() {
            return;
        }
        event.prevent_default();
        if desk.wide.get_untracked() {
            desk.selected.set(Some(id));
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
        Some(lamp_view(lamp, Some(text)))
    };
    let reported = row.entry.case.reported_at;
    let age = move || words.ago(reported, model.now.get());
    let photo = row.photo.map(|hash| photo(hash, Size::Thumb, "", "photo"));
    el("a")
        .class("board-row")
        .attr("href", route.path())
        .hook("board-row")
        .attr("data-case", id.to_string())
        .attr("data-state", state.code())
        .attr("aria-current", move || chosen.get().then_some("true"))
        .on(ev::click, open)
        .child(photo)
        .child(el("span").class("kind cut").child(row.kind.clone()))
        .child(lamp)
        .child(el("span").class("where-text cut").child(row.place.clone()))
        .child(
            el("span")
                .class("unit-text")
                .child(
                    el("span")
                        .class("cut")
                        .child(row.holder.clone().unwrap_or_else(|| words.no_unit.into())),
                )
                .child(el("span").class("age").child(words.state(state)).child(" · ").child(age)),
        )
}
