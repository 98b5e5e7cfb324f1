//! Type and place, where the case stands, who has it until when.

use domain::{duty::PersonRef, sorted::Set};
use leptos::prelude::*;

use super::Entry;
use crate::{
    components::{
        case_text,
        icon::Icon,
        lamp::lamp_view,
        markup::{IntoView, el, views},
        message::{Tone, message},
    },
    model::Model,
    text::words,
};

pub fn case_head(entry: Entry) -> impl IntoView {
    let words = words();
    let model = Model::here();
    let title = move || {
        let district = model.district.get();
        entry.with(|entry| case_text::kind_of(&entry.case.report, district.as_deref(), words))
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
    let number =
        move || entry.with(|it| it.number.clone().unwrap_or_else(|| words.number_pending.into()));
    let lamp = move || {
        let now = model.now.get();
        entry.with(|entry| {
            let lamp = case_text::lamp_of(entry, now)?;
            entry.case.state.is_open().then(|| {
                let text = case_text::left_of(&entry.case, now, words).unwrap_or_default();
                lamp_view(lamp, Some(text))
            })
        })
    };
    let note = move || {
        entry.with(|entry| {
            let note = entry.case.report.note.clone();
            (!note.is_empty()).then(|| el("blockquote").class("said").child(note))
        })
    };
    let rework = move || {
        let rounds = entry.with(|entry| entry.case.rework_count());
        (rounds > 0).then(|| el("span").class("badge").child(words.rework_round(rounds)))
    };
    views![
        el("header")
            .class("case-head")
            .child(el("p").class("s quiet").hook("case-number").child(number))
            .child(el("h2").hook("case-title").child(title))
            .child(
                el("p")
                    .class("line")
                    .hook("case-place")
                    .child(Icon::MapPin.small())
                    .child(el("span").child(place))
            )
            .child(
                el("p")
                    .class("case-state")
                    .child(
                        el("span")
                            .hook("case-state")
                            .child(move || words.state(entry.with(|entry| entry.case.state)))
                    )
                    .child(lamp)
                    .child(rework)
            )
            .child(note)
            .child(arriving(entry)),
        holder(entry)
    ]
}

/// "2 of 3 photos" while some are on their way.
fn arriving(entry: Entry) -> impl IntoView {
    let words = words();
    move || {
        entry.with(|entry| {
            let all: Set<_> = domain::order::gathered(entry.case.photos().map(|shot| shot.hash));
            let missing = entry.case.pending_photos().len();
            (missing > 0).then(|| {
                let text = words.photos_arrived(all.len().saturating_sub(missing), all.len());
                el("p").class("mark").hook("photos-arriving").child(Icon::ArrowUp).child(text)
            })
        })
    }
}

fn holder(entry: Entry) -> impl IntoView {
    let words = words();
    let model = Model::here();
    let body = move || {
        let district = model.district.get();
        let offset = case_text::offset_of(district.as_deref());
        let Some(assignment) = entry.with(|entry| entry.case.assignment.clone()) else {
            return message(Tone::Warn, words.waits_in_tray, "in-tray", ()).into_view();
        };
        let name = |person: &PersonRef| person.names.get(words.lang).to_owned();
        let phone = |person: &PersonRef| {
            let district = district.as_ref()?;
            let phone = district.person(&person.code)?.phone.to_string();
            (!phone.is_empty()).then(|| {
                views![" · ", el("a").attr("href", format!("tel:{phone}")).child(phone.clone())]
            })
        };
        let person = assignment.person.as_ref().map(|person| {
            views![
                el("dt").child(words.person),
                el("dd")
                    .child(el("span").class("strong").hook("case-person").child(name(person)))
                    .child(el("span").class("s quiet").child(" · ").child(words.via(&person.via)))
                    .child(el("span").class("s").child(phone(person)))
            ]
        });
        let others: Vec<_> =
            assignment.co_units.iter().map(|unit| unit.names.get(words.lang).to_owned()).collect();
        let co_units = (!others.is_empty())
            .then(|| views![el("dt").child(words.co_units), el("dd").child(others.join("、"))]);
        let leader = assignment
            .patch_leader
            .as_ref()
            .map(|leader| views![el("dt").child(words.patch_leader), el("dd").child(name(leader))]);
        let due = assignment.due;
        el("dl")
            .class("facts-list")
            .child(el("dt").child(words.unit))
            .child(
                el("dd")
                    .class("strong")
                    .hook("case-unit")
                    .attr("data-code", assignment.unit.code.to_string())
                    .child(assignment.unit.names.get(words.lang).to_owned()),
            )
            .child(person)
            .child(el("dt").child(words.due))
            .child(
                el("dd")
                    .child(
                        el("span")
                            .class("strong")
                            .hook("case-due")
                            .child(move || words.when(due.at, model.now.get(), offset)),
                    )
                    .child(
                        el("span").class("s quiet").child(" · ").child(words.limit_of(due.limit)),
                    ),
            )
            .child(co_units)
            .child(leader)
            .into_view()
    };
    el("section").class("block holder").attr("aria-label", words.who_has_it).child(body)
}
