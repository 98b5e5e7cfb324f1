//! Open cases close by, as a slim card before saving: perhaps it is reported already.

use leptos::prelude::*;

use super::CaptureContext;
use app_shared::{
    components::{
        case_text,
        icon::{self, Icon},
    },
    route::{Route, Router, follow},
};

/// Metres.
const RADIUS: u32 = 40;
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
        let near = capture.model.nearby(at.get()?, RADIUS);
        let district = capture.model.district.get();
        let rows: Vec<_> = near
            .into_iter()
            .filter_map(|(id, metres)| {
                let entry = capture.model.cases.with(|cases| cases.get(&id).cloned())?;
                let kind = case_text::kind_of(&entry.case.report, district.as_deref(), words);
                Some((Route::Case(id), kind, entry.case.state, metres))
            })
            .take(MOST)
            .collect();
        (!rows.is_empty()).then_some(rows)
    };
    move || {
        found().map(|rows| {
            let rows = rows
                .into_iter()
                .map(|(route, kind, state, metres)| {
                    view! {
                        <li>
                            <a class="slim" href=router.path(route) on:click=follow(router, route)>
                                <span class="grow">
                                    <span class="strong">{kind}</span>
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
