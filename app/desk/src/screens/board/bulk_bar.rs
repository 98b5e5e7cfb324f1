//! Above the list while cases are picked: how many, all that are shown, what can be done to them;
//! and the sheet in which an order for all of them is written.

use leptos::prelude::*;

use super::{
    bulk::Bulk,
    bulk_offers::BulkOffer,
    picks::{MAX_PICKED, Picks},
};
use app_shared::{
    components::{
        icon::{self, Icon},
        sheet::Sheet,
    },
    screens::case::acts::{AssignForm, OrderForm},
    text::words,
};

#[component]
pub fn BulkBar() -> impl IntoView {
    let bulk = Bulk::here();
    let picking = bulk.board.picking;
    view! {
        <Show when=move || picking.is_on()>
            <BarOfPicks />
        </Show>
        <AssignPicked />
    }
}

#[component]
fn BarOfPicks() -> impl IntoView {
    let words = words();
    let bulk = Bulk::here();
    let (board, picks) = (bulk.board, bulk.board.picking.picks);
    let count = Memo::new(move |_| picks.with(Picks::len));
    let shown = Memo::new(move |_| board.pickable().len());
    let acts = move || {
        let act = |(offer, count): (BulkOffer, usize)| {
            view! {
                <button
                    type="button"
                    class="btn"
                    data-test=offer.hook()
                    on:click=move |_| bulk.begin(offer)
                >
                    <Icon icon=offer.icon() small=true />
                    {words.act_on_count(offer.word(words), count)}
                </button>
            }
        };
        bulk.offered.get().into_iter().map(act).collect_view()
    };
    let fits_nothing = move || count.get() > 0 && bulk.offered.with(Vec::is_empty);
    view! {
        <section class="bulk stack" aria-label=words.select_cases() data-test="bulk">
            <div class="line">
                <p class="grow strong" role="status" data-test="picked-count">
                    {move || words.selected_count(count.get())}
                </p>
                <button
                    type="button"
                    class="btn btn-icon"
                    data-test="pick-leave"
                    aria-label=words.leave_selection()
                    on:click=move |_| board.picking.leave()
                >
                    <Icon icon=icon::X />
                </button>
            </div>
            <Show when=move || picks.with(Picks::is_full)>
                <p class="s" role="status" data-test="picks-full">
                    {words.selection_full(MAX_PICKED)}
                </p>
            </Show>
            <Show when=fits_nothing>
                <p class="s" role="status" data-test="no-bulk-act">
                    {words.no_bulk_act()}
                </p>
            </Show>
            <div class="chips chips-edge">
                <button
                    type="button"
                    class="btn btn-plain"
                    data-test="pick-shown"
                    disabled=move || shown.get() == 0
                    on:click=move |_| board.pick_shown()
                >
                    {move || words.select_shown(shown.get(), MAX_PICKED)}
                </button>
                {acts}
            </div>
        </section>
    }
}

#[component]
fn AssignPicked() -> impl IntoView {
    let words = words();
    let bulk = Bulk::here();
    let text = Signal::derive(move || {
        let count = bulk.offered.with(|offered| {
            offered.iter().find(|(offer, _)| *offer == BulkOffer::Assign).map_or(0, |(_, it)| *it)
        });
        words.act_on_count(words.assign_send, count)
    });
    // The order is blank each time: the last one's unit and reason are not for these cases.
    view! {
        <Sheet open=bulk.is_assigning title=words.assign_title hook="assign-sheet">
            <AssignForm
                form=OrderForm::blank()
                send_text=text
                send=Callback::new(move |order| bulk.assign(order))
            />
        </Sheet>
    }
}
