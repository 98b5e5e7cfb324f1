//! Open cases close by, as a slim card before saving: perhaps it is reported already.

use std::sync::Arc;

use domain::CaseId;
use leptos::prelude::*;

use super::CaptureContext;
use app_shared::{
    components::{
        case_text,
        icon::{self, Icon},
    },
    model::{CaseEntry, Cases},
    route::{Route, Router, follow},
};

const RADIUS_M: u32 = 40;
/// More would push the rest of the sheet away.
const MOST: usize = 2;

/// An open case, and how far away it is.
#[derive(Clone, Debug, PartialEq)]
struct NearbyCase {
    entry: Arc<CaseEntry>,
    metres: u32,
}

/// The nearest of them. `near`: the nearest first.
fn nearby_cases(near: &[(CaseId, u32)], cases: &Cases) -> Vec<NearbyCase> {
    let case = |(id, metres): &(CaseId, u32)| {
        Some(NearbyCase { entry: cases.get(id)?.clone(), metres: *metres })
    };
    near.iter().filter_map(case).take(MOST).collect()
}

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
        let cases = capture.model.cases.with(|cases| nearby_cases(&near, cases));
        (!cases.is_empty()).then_some((cases, district))
    };
    move || {
        found().map(|(cases, district)| {
            let rows = cases
                .into_iter()
                .map(|NearbyCase { entry, metres }| {
                    let route = Route::Case(entry.id);
                    let state = entry.case.state;
                    let category =
                        case_text::category_of(&entry.case.report, district.as_deref(), words);
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

#[cfg(test)]
mod tests {
    use domain::Timestamp;

    use super::*;
    use crate::case_story::Story;

    fn id(byte: u8) -> CaseId {
        CaseId::new(Timestamp::from_millis(1), [byte; 10])
    }

    fn cases(ids: &[u8]) -> Cases {
        let story = Story::reported();
        let entry = |byte: &u8| CaseEntry {
            id: id(*byte),
            number: None,
            log: story.log.clone(),
            confirmed: story.log.len(),
            case: story.case(),
            pending: Vec::new(),
        };
        Arc::new(ids.iter().map(|byte| (id(*byte), Arc::new(entry(byte)))).collect())
    }

    #[test]
    fn two_nearest_known_cases_are_shown_with_their_distance() {
        for (near, known, shown) in [
            (&[][..], &[1][..], &[][..]),
            (&[(1, 5)], &[1], &[(1, 5)]),
            (&[(3, 5), (1, 9), (2, 12)], &[1, 2, 3], &[(3, 5), (1, 9)]),
            (&[(3, 5), (1, 9), (2, 12)], &[1, 2], &[(1, 9), (2, 12)]),
            (&[(3, 5)], &[], &[]),
        ] {
            let near: Vec<_> = near.iter().map(|(byte, metres)| (id(*byte), *metres)).collect();
            let found = nearby_cases(&near, &cases(known));
            let found: Vec<_> = found.iter().map(|it| (it.entry.id, it.metres)).collect();
            let shown: Vec<_> = shown.iter().map(|(byte, metres)| (id(*byte), *metres)).collect();
            assert_eq!(found, shown, "{near:?}");
        }
    }
}
