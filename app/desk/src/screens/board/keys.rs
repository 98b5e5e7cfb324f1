//! The board's keyboard: j k move, enter opens, a assigns, v verifies or closes, x
//! returns, / searches, ? shows them all.

use leptos::{ev, prelude::*};

use super::BoardContext;
use app_shared::{
    components::{dom, sheet::Sheet},
    route::{Route, Router},
    screens::case::acts::Asked,
    text::words,
};

pub fn listen(board: BoardContext) {
    let router = Router::here();
    let handle = window_event_listener(ev::keydown, move |event| {
        if dom::is_typing(&event) {
            if event.key() == "Escape" {
                dom::focus("main");
            }
            return;
        }
        match event.key().as_str() {
            "j" | "ArrowDown" => step(board, 1),
            "k" | "ArrowUp" => step(board, -1),
            "Enter" => {
                // A focused link or button is the browser's business.
                let on_page = event_is_on_body(&event);
                match (on_page, board.selected.get_untracked()) {
                    (true, Some(_)) if board.wide.get_untracked() => dom::focus("pane-case"),
                    (true, Some(id)) => router.go(Route::Case(id)),
                    _ => return,
                }
            }
            "a" => ask(board, Asked::Assign),
            "v" => ask(board, Asked::Verify),
            "x" => ask(board, Asked::Rework),
            "/" => dom::focus("board-search"),
            "?" => board.help.set(true),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || handle.remove());
}

fn step(board: BoardContext, by: isize) {
    let next = board.shown.with_untracked(|rows| {
        let chosen = board.selected.get_untracked();
        let at = rows.iter().position(|row| Some(row.id) == chosen);
        let next = at.map_or(0, |at| at.saturating_add_signed(by));
        rows.get(next.min(rows.len().saturating_sub(1))).map(|row| row.id)
    });
    if next.is_some() {
        board.selected.set(next);
    }
}

fn ask(board: BoardContext, asked: Asked) {
    if board.wide.get_untracked() && board.selected.with_untracked(Option::is_some) {
        board.asked.set(Some(asked));
    }
}

fn event_is_on_body(event: &ev::KeyboardEvent) -> bool {
    let target = event.target().map(wasm_bindgen::JsValue::from);
    let body = document().body().map(wasm_bindgen::JsValue::from);
    let main = document().get_element_by_id("main").map(wasm_bindgen::JsValue::from);
    target.is_some() && (target == body || target == main)
}

/// All keys, for who asks.
#[component]
pub fn KeysHelp() -> impl IntoView {
    let words = words();
    let board: BoardContext = expect_context();
    let keys = [
        ("j ↓", words.key_next),
        ("k ↑", words.key_previous),
        ("⏎", words.key_open),
        ("a", words.key_assign),
        ("v", words.key_verify),
        ("x", words.key_return),
        ("/", words.key_search),
        ("?", words.key_help),
    ];
    view! {
        <Sheet open=board.help title=words.shortcuts hook="keys-help">
            <dl class="sheet-body keys">
                {keys
                    .into_iter()
                    .map(|(key, what)| {
                        view! {
                            <dt>
                                <kbd>{key}</kbd>
                            </dt>
                            <dd>{what}</dd>
                        }
                    })
                    .collect_view()}
            </dl>
        </Sheet>
    }
}
