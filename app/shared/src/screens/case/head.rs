//! Type and place, where the case stands, who has it until when.

use domain::duty::PersonRef;
use leptos::prelude::*;
use std::collections::BTreeSet;

use super::Entry;
use crate::{
    components::{
        case_text,
        icon::{self, Icon},
        lamp::DeadlineLamp,
        message::{Message, Tone},
    },
    model::Model,
    text::words,
};

#[component]
pub fn CaseHead(entry: Entry) -> impl IntoView {
    let words = words();
    let model = Model::here();
    let title = move || {
        let district = model.district.get();
        entry.with(|entry| case_text::category_of(&entry.case.report, district.as_deref(), words))
    };
    let place = move || {
        let district = model.district.get();
        entry.with(|entry| {
            let place = &entry.case.routing.place;
            let near = case_text::place_of(place, district.as_deref(), words);
            let zone = case_text::zone_of(place, district.as_deref(), words);
            if near == zone { near } else { format!("{near} · {zone}") }
        })
    };
    let doubt = move || {
        let district = model.district.get();
        entry.with(|entry| {
            let text = case_text::doubt_of(&entry.case.routing.place, district.as_deref(), words)?;
            Some(view! {
                <p class="s" data-test="case-place-doubt">
                    {text}
                </p>
            })
        })
    };
    let number =
        move || entry.with(|it| it.number.clone().unwrap_or_else(|| words.number_pending.into()));
    let lamp = move || {
        let now = model.now.get();
        entry.with(|entry| {
            let lamp = entry.case.lamp(now)?;
            entry.case.state.is_open().then(|| {
                let text = case_text::left_of(&entry.case, now, words).unwrap_or_default();
                view! { <DeadlineLamp lamp text /> }
            })
        })
    };
    let note = move || {
        entry.with(|entry| {
            let note = entry.case.report.note.clone();
            (!note.is_empty()).then(|| view! { <blockquote class="said">{note}</blockquote> })
        })
    };
    let returned = move || {
        entry.with(|entry| {
            let note = entry.case.returned_by()?.note.clone();
            Some(view! { <Message tone=Tone::Warn text=words.returned(&note) hook="returned" /> })
        })
    };
    let rework = move || {
        let rounds = entry.with(|entry| entry.case.rework_count());
        (rounds > 0).then(|| view! { <span class="badge">{words.rework_round(rounds)}</span> })
    };
    view! {
        <header class="case-head">
            <p class="s quiet" data-test="case-number">
                {number}
            </p>
            <h2 data-test="case-title">{title}</h2>
            <p class="line" data-test="case-place">
                <Icon icon=icon::MAP_PIN small=true />
                <span>{place}</span>
            </p>
            {doubt}
            <p class="case-state">
                <span data-test="case-state">
                    {move || words.state(entry.with(|entry| entry.case.state))}
                </span>
                {lamp}
                {rework}
            </p>
            {returned}
            {note}
            <Arriving entry />
            <Undecodable entry />
        </header>
        <Holder entry />
    }
}

/// "2 of 3 photos" while some are on their way.
#[component]
fn Arriving(entry: Entry) -> impl IntoView {
    let words = words();
    move || {
        entry.with(|entry| {
            let all: BTreeSet<_> = entry.case.photos().map(|shot| shot.hash).collect();
            let missing = entry.case.pending_photos().len();
            (missing > 0).then(|| {
                let text = words.photos_arrived(all.len().saturating_sub(missing), all.len());
                view! {
                    <p class="mark" data-test="photos-arriving">
                        <Icon icon=icon::ARROW_UP />
                        {text}
                    </p>
                }
            })
        })
    }
}

/// Photos that nobody can see.
#[component]
fn Undecodable(entry: Entry) -> impl IntoView {
    let words = words();
    let count = Memo::new(move |_| entry.with(|entry| entry.case.undecodable.len()));
    view! {
        <Show when=move || { count.get() > 0 }>
            <p class="mark" data-test="photos-undecodable">
                <Icon icon=icon::TRIANGLE_ALERT />
                {move || words.photos_undecodable(count.get())}
            </p>
        </Show>
    }
}

#[component]
fn Holder(entry: Entry) -> impl IntoView {
    let words = words();
    let model = Model::here();
    let body = move || {
        let district = model.district.get();
        let offset = case_text::offset_of(district.as_deref());
        let Some(assignment) = entry.with(|entry| entry.case.assignment.clone()) else {
            return view! { <Message tone=Tone::Warn text=words.waits_in_tray hook="in-tray" /> }
                .into_any();
        };
        let name =
            |person: &PersonRef| words.person_name(person.names.get(words.lang)).into_owned();
        let phone = |person: &PersonRef| {
            let district = district.as_ref()?;
            let phone = district.person(&person.code)?.phone.to_string();
            (!phone.is_empty()).then(|| {
                view! {
                    " · "
                    <a href=format!("tel:{phone}")>{phone.clone()}</a>
                }
            })
        };
        let person = assignment.person.as_ref().map(|person| {
            view! {
                <dt>{words.person}</dt>
                <dd>
                    <span class="strong" data-test="case-person">
                        {name(person)}
                    </span>
                    <span class="s quiet">" · " {words.via(&person.via)}</span>
                    <span class="s">{phone(person)}</span>
                </dd>
            }
        });
        let others: Vec<_> =
            assignment.co_units.iter().map(|unit| unit.names.get(words.lang).to_owned()).collect();
        let co_units = (!others.is_empty()).then(|| {
            view! {
                <dt>{words.co_units}</dt>
                <dd>{others.join("、")}</dd>
            }
        });
        let leader = assignment.patch_leader.as_ref().map(|leader| {
            view! {
                <dt>{words.patch_leader}</dt>
                <dd>{name(leader)}</dd>
            }
        });
        let due = assignment.due;
        view! {
            <dl class="facts-list">
                <dt>{words.unit}</dt>
                <dd class="strong" data-test="case-unit" data-code=assignment.unit.code.to_string()>
                    {assignment.unit.names.get(words.lang).to_owned()}
                </dd>
                {person}
                <dt>{words.due}</dt>
                <dd>
                    <span class="strong" data-test="case-due">
                        {move || words.when(due.at, model.now.get(), offset)}
                    </span>
                    <span class="s quiet">" · " {words.limit_of(due.limit)}</span>
                </dd>
                {co_units}
                {leader}
            </dl>
        }
        .into_any()
    };
    view! {
        <section class="block holder" aria-label=words.who_has_it>
            {body}
        </section>
    }
}
