//! Open cases close by, as a slim card before saving: perhaps it is reported already.

use leptos::{ev, prelude::*};

use super::Bench;
use app_shared::{
    components::{
        case_text,
        icon::Icon,
        markup::{IntoView, View, el},
    },
    route::{Route, Router, follow},
};

/// Metres.
const RADIUS: u32 = 40;
const MOST: usize = 2;

pub fn nearby() -> impl IntoView {
    let bench = Bench::here();
    let words = bench.words;
    let at = Memo::new(move |_| {
        let kept = bench.model.draft.with(|draft| draft.position);
        kept.or_else(|| bench.model.position.get().known()).map(|position| position.at)
    });
    let found = move || {
        let near = bench.model.nearby(at.get()?, RADIUS);
        let district = bench.model.district.get();
        let rows: Vec<_> = near
            .into_iter()
            .filter_map(|(id, metres)| {
                let entry = bench.model.cases.with(|cases| cases.get(&id).cloned())?;
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
                    el("li").child(
                        el("a")
                            .class("slim")
                            .attr("href", route.path())
                            .on(ev::click, follow(Router::here(), route))
                            .child(
                                el("span")
                                    .class("grow")
                                    .child(el("span").class("strong").child(kind))
                                    .child(
                                        el("span")
                                            .class("s quiet")
                                            .child(" · ")
                                            .child(words.state(state))
                                            .child(" · ")
                                            .child(words.distance(metres)),
                                    ),
                            )
                            .child(Icon::ChevronRight.small()),
                    )
                })
                .collect::<View>();
            el("section")
                .class("card nearby")
                .hook("nearby")
                .attr("aria-label", words.nearby_cases)
                .child(el("p").class("s strong").child(words.nearby_cases))
                .child(el("p").class("s quiet").child(words.nearby_hint))
                .child(el("ul").child(rows))
        })
    }
}
