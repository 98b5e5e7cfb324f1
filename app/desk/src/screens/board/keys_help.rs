//! All keys of the board, for who asks.

use leptos::prelude::*;

use super::{BoardContext, keys::KEYS};
use app_shared::{components::sheet::Sheet, text::words};

#[component]
pub fn KeysHelp() -> impl IntoView {
    let words = words();
    let board: BoardContext = expect_context();
    let lines = move || {
        KEYS.into_iter()
            .map(|(written, _, action)| {
                view! {
                    <dt>
                        <kbd>{written}</kbd>
                    </dt>
                    <dd>{action.word(words)}</dd>
                }
            })
            .collect_view()
    };
    view! {
        <Sheet open=board.help title=words.shortcuts hook="keys-help">
            <dl class="sheet-body keys">{lines()}</dl>
        </Sheet>
    }
}
