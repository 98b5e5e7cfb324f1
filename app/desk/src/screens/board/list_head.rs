//! Above the list: the search, the filter, the way to pick several cases, and on a wide screen the
//! way to paper and to the keys.

use leptos::prelude::*;

use super::{
    BoardContext,
    filter_panel::{FilterChips, FilterSheet},
    printed_list::print,
};
use app_shared::{
    components::{
        dom,
        icon::{self, Icon},
    },
    text::words,
};

#[component]
pub fn ListHead() -> impl IntoView {
    let words = words();
    let board = BoardContext::here();
    let search = board.choice.search;
    let is_filtering = RwSignal::new(false);
    view! {
        <div class="list-head">
            <div class="line">
                <div class="search grow">
                    <Icon icon=icon::SEARCH />
                    <input
                        id="board-search"
                        type="search"
                        data-test="board-search"
                        aria-label=words.search_board
                        placeholder=words.search_board
                        prop:value=search
                        on:input=move |event| search.set(dom::value_of(&event))
                    />
                </div>
                <button
                    type="button"
                    class="btn btn-icon"
                    data-test="filter-open"
                    aria-label=words.filter_title()
                    on:click=move |_| is_filtering.set(true)
                >
                    <Icon icon=icon::LIST_FILTER />
                </button>
                <Show when=move || board.picking.is_allowed.get()>
                    <button
                        type="button"
                        class="btn btn-icon"
                        data-test="pick-begin"
                        aria-label=words.select_cases()
                        aria-pressed=move || board.picking.is_on().to_string()
                        on:click=move |_| board.picking.begin_or_leave()
                    >
                        <Icon icon=icon::LIST_CHECKS />
                    </button>
                </Show>
                <Show when=move || board.wide.get()>
                    <button
                        type="button"
                        class="btn btn-icon"
                        data-test="print"
                        aria-label=words.print
                        on:click=move |_| print(board)
                    >
                        <Icon icon=icon::PRINTER />
                    </button>
                    <button
                        type="button"
                        class="btn btn-icon"
                        data-test="keys-open"
                        aria-label=words.shortcuts
                        on:click=move |_| board.help.set(true)
                    >
                        <Icon icon=icon::KEYBOARD />
                    </button>
                </Show>
            </div>
            <FilterChips />
        </div>
        <FilterSheet open=is_filtering />
    }
}
