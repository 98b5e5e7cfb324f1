//! Headquarters' order: to which unit, to whom, within which limit on which clock, and
//! why. The reason stands in the case for everybody.

use domain::{
    PersonCode, UnitCode,
    calendar::{Clock, Limit},
    case::{Command, OrderTo, Report},
};
use leptos::{ev, prelude::*};

use super::Acts;
use crate::components::{
    dom,
    markup::{IntoView, View, button, el, views},
    message::{Tone, message},
    sheet::sheet,
};

const CLOCKS: [(Clock, &str); 4] = [
    (Clock::WorkingHours, "working_hours"),
    (Clock::WorkingDays, "working_days"),
    (Clock::UrgentHours, "urgent_hours"),
    (Clock::CalendarDays, "calendar_days"),
];

/// What is being chosen. Outlives the sheet.
#[derive(Clone, Copy)]
struct Form {
    unit: RwSignal<String>,
    person: RwSignal<String>,
    amount: RwSignal<String>,
    clock: RwSignal<String>,
    reason: RwSignal<String>,
    error: RwSignal<Option<String>>,
}

pub fn assign_panel() -> impl IntoView {
    let acts = Acts::here();
    let blank = || RwSignal::new(String::new());
    let form = Form {
        unit: blank(),
        person: blank(),
        amount: blank(),
        clock: RwSignal::new("working_hours".into()),
        reason: blank(),
        error: RwSignal::new(None),
    };
    sheet(acts.assign, acts.words.assign_title, "assign-sheet", move || inside(form))
}

fn inside(form: Form) -> impl IntoView {
    let acts = Acts::here();
    let words = acts.words;
    let error = move || form.error.get().or_else(|| acts.refusal.get());
    let send = move |_| match order(form, acts) {
        Ok(order) => {
            form.error.set(None);
            acts.now(Command::Assign(order), move || {
                let _gone = acts.assign.try_set(false);
            });
        }
        Err(why) => form.error.set(Some(why.into())),
    };
    views![
        el("div")
            .class("sheet-body")
            .child(unit_field(form))
            .child(person_field(form))
            .child(limit_field(form))
            .child(
                el("div")
                    .class("field")
                    .child(el("label").attr("for", "assign-reason").child(words.assign_reason))
                    .child(
                        el("textarea")
                            .attr("id", "assign-reason")
                            .hook("assign-reason")
                            .attr("rows", "3")
                            .attr("maxlength", Report::LONGEST_TEXT.to_string())
                            .attr("aria-describedby", "assign-why")
                            .prop("value", form.reason)
                            .on(ev::input, move |event| form.reason.set(dom::value_of(&event)))
                    )
                    .child(
                        el("p")
                            .class("hint")
                            .attr("id", "assign-why")
                            .child(words.assign_reason_hint)
                    )
            )
            .child(
                el("div")
                    .attr("aria-live", "assertive")
                    .child(move || error().map(|text| message(Tone::Bad, text, "act-refusal", ())))
            ),
        el("div").class("sheet-foot").child(
            button("btn btn-main btn-wide btn-tall")
                .hook("assign-send")
                .attr("disabled", move || acts.busy.get())
                .on(ev::click, send)
                .child(words.assign_send)
        )
    ]
}

fn unit_field(form: Form) -> impl IntoView {
    let acts = Acts::here();
    let words = acts.words;
    let options = acts.model.district.with_untracked(|district| {
        let district = district.as_ref()?;
        let pack = district.pack();
        let all = pack.units.iter().filter(|unit| unit.code != pack.headquarters);
        Some(
            all.map(|unit| {
                let name = unit.names.get(words.lang).to_owned();
                el("option").attr("value", unit.code.to_string()).child(name)
            })
            .collect::<View>(),
        )
    });
    el("div").class("field").child(el("label").attr("for", "assign-unit").child(words.unit)).child(
        el("select")
            .attr("id", "assign-unit")
            .hook("assign-unit")
            .prop("value", form.unit)
            .on(ev::change, move |event| {
                form.unit.set(dom::value_of(&event));
                form.person.set(String::new());
            })
            .child(el("option").attr("value", "").child(words.choose_unit))
            .child(options),
    )
}

fn person_field(form: Form) -> impl IntoView {
    let acts = Acts::here();
    let words = acts.words;
    let options = move || {
        let unit = UnitCode::new(&form.unit.get());
        acts.model.district.with_untracked(|district| {
            let people = &district.as_ref()?.pack().people;
            let own = people.iter().filter(|person| person.unit.as_ref() == Some(&unit));
            Some(
                own.map(|person| {
                    let name = person.names.get(words.lang).to_owned();
                    el("option").attr("value", person.code.to_string()).child(name)
                })
                .collect::<View>(),
            )
        })
    };
    el("div")
        .class("field")
        .child(el("label").attr("for", "assign-person").child(words.person))
        .child(
            el("select")
                .attr("id", "assign-person")
                .hook("assign-person")
                .prop("value", form.person)
                .on(ev::change, move |event| form.person.set(dom::value_of(&event)))
                .child(el("option").attr("value", "").child(words.choose_person))
                .child(options),
        )
}

fn limit_field(form: Form) -> impl IntoView {
    let words = Acts::here().words;
    let clocks = CLOCKS
        .into_iter()
        .map(|(clock, code)| el("option").attr("value", code).child(words.clock(clock)))
        .collect::<View>();
    el("div")
        .class("field-row")
        .child(
            el("div")
                .class("field")
                .child(el("label").attr("for", "assign-amount").child(words.limit_amount))
                .child(
                    el("input")
                        .attr("id", "assign-amount")
                        .hook("assign-amount")
                        .attr("inputmode", "numeric")
                        .attr("placeholder", words.limit_default)
                        .prop("value", form.amount)
                        .on(ev::input, move |event| form.amount.set(dom::value_of(&event))),
                ),
        )
        .child(
            el("div")
                .class("field")
                .child(el("label").attr("for", "assign-clock").child(words.limit_clock))
                .child(
                    el("select")
                        .attr("id", "assign-clock")
                        .hook("assign-clock")
                        .prop("value", form.clock)
                        .on(ev::change, move |event| form.clock.set(dom::value_of(&event)))
                        .child(clocks),
                ),
        )
}

/// The order as written, or what it lacks.
fn order(form: Form, acts: Acts) -> Result<OrderTo, &'static str> {
    let words = acts.words;
    let unit = form.unit.get_untracked();
    if unit.is_empty() {
        return Err(words.unit_needed);
    }
    let reason = form.reason.get_untracked().trim().to_owned();
    if reason.is_empty() {
        return Err(words.reason_needed);
    }
    let amount = form.amount.get_untracked();
    let limit = match amount.trim() {
        "" => None,
        written => {
            let code = form.clock.get_untracked();
            let clock = CLOCKS.iter().find(|(_, own)| *own == code).map(|(clock, _)| *clock);
            let amount = written.parse::<u32>().map_err(|_| words.limit_bad)?;
            let clock = clock.ok_or(words.limit_bad)?;
            Some(Limit::new(amount, clock).map_err(|_| words.limit_bad)?)
        }
    };
    let person = form.person.get_untracked();
    Ok(OrderTo {
        unit: UnitCode::new(&unit),
        person: (!person.is_empty()).then(|| PersonCode::new(&person)),
        co_units: Vec::new(),
        limit,
        reason,
    })
}
