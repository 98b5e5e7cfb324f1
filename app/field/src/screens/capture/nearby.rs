//! Open cases close by, as a slim card before saving: perhaps it is reported already.

use leptos::prelude::*;

use super::CaptureContext;
use app_shared::{
    components::{
        case_text,
        icon::{self, Icon},
    },
    model::CaseNearby,
    route::{Route, Router, follow},
};

const RADIUS_M: u32 = 40;
/// More would push the rest of the sheet away.
const MOST: usize = 2;

#[component]
pub fn Nearby() -> impl IntoView {
    let router = Router::here();
    let capture = CaptureContext::here();
    let words = capture.words;
    let at = Memo::new(move |_| {
        capture.model.draft.with(|draft| capture.model.place_here(draft))?.known_at()
    });
    let found = move || {
        let near = capture.model.nearby(at.get()?, RADIUS_M);
        let district = capture.model.district.get();
        (!near.is_empty()).then_some((near, district))
    };
    move || {
        found().map(|(cases, district)| {
            let rows = cases
                .into_iter()
                .take(MOST)
                .map(|CaseNearby { id, category, state, metres }| {
                    let route = Route::Case(id);
                    let category = case_text::category_name(&category, district.as_deref(), words);
                    view! {
                        <li>
                            <a class="slim" href=router.path(route) on:click=follow(router, route)>
                                <span class="grow">
                                    <span class="strong">{category}</span>
                                    <span class="s quiet">
                                        " · " {words.state(state)} " · " {words.distance(metres)}
                                    </span>
                                </span>
                                <Icon icon=icon::CHEVRON_RIGHT small=true />
                            </a>
                        </li>
                    }
                })
                .collect_view();
            view! {
                <section class="card nearby" data-test="nearby" aria-label=words.nearby_cases>
                    <p class="s strong">{words.nearby_cases}</p>
                    <p class="s quiet">{words.nearby_hint}</p>
                    <ul>{rows}</ul>
                </section>
            }
        })
    }
}
