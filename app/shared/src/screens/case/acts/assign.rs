//! Headquarters' order: to which unit, to whom, within which limit on which clock, and
//! why. The reason stands in the case for everybody.

use domain::{
    UnitCode,
    case::{Command, Report},
};
use leptos::prelude::*;

use super::{
    Acts,
    order::{CLOCKS, WrittenOrder, units_to_order},
};
use crate::components::{
    dom,
    message::{Message, Tone},
    sheet::Sheet,
};

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

#[component]
pub fn AssignPanel() -> impl IntoView {
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
    view! {
        <Sheet open=acts.assign title=acts.words.assign_title hook="assign-sheet">
            <AssignForm form />
        </Sheet>
    }
}

#[component]
fn AssignForm(form: Form) -> impl IntoView {
    let acts = Acts::here();
    let words = acts.words;
    let error = move || form.error.get().or_else(|| acts.refusal.get());
    let send = move |_| match written(form).read(words) {
        Ok(order) => {
            form.error.set(None);
            acts.undoable.act(acts.id, Command::Assign(order), words.will_assign);
            acts.assign.set(false);
        }
        Err(why) => form.error.set(Some(why.into())),
    };
    view! {
        <div class="sheet-body">
            <UnitField form />
            <PersonField form />
            <LimitField form />
            <div class="field">
                <label for="assign-reason">{words.assign_reason}</label>
                <textarea
                    id="assign-reason"
                    data-test="assign-reason"
                    rows="3"
                    maxlength=Report::LONGEST_TEXT.to_string()
                    aria-describedby="assign-why"
                    prop:value=form.reason
                    on:input=move |event| form.reason.set(dom::value_of(&event))
                ></textarea>
                <p class="hint" id="assign-why">
                    {words.assign_reason_hint}
                </p>
            </div>
            <div aria-live="assertive">
                {move || {
                    error().map(|text| view! { <Message tone=Tone::Bad text hook="act-refusal" /> })
                }}
            </div>
        </div>
        <div class="sheet-foot">
            <button
                type="button"
                class="btn btn-main btn-wide btn-tall"
                data-test="assign-send"
                disabled=move || acts.busy.get()
                on:click=send
            >
                {words.assign_send}
            </button>
        </div>
    }
}

#[component]
fn UnitField(form: Form) -> impl IntoView {
    let acts = Acts::here();
    let words = acts.words;
    let options = acts.model.district.with_untracked(|district| {
        let district = district.as_ref()?;
        Some(
            units_to_order(district.pack())
                .map(|unit| {
                    let name = unit.names.get(words.lang).to_owned();
                    view! { <option value=unit.code.to_string()>{name}</option> }
                })
                .collect_view(),
        )
    });
    view! {
        <div class="field">
            <label for="assign-unit">{words.unit}</label>
            <select
                id="assign-unit"
                data-test="assign-unit"
                autofocus=true
                prop:value=form.unit
                on:change=move |event| {
                    form.unit.set(dom::value_of(&event));
                    form.person.set(String::new());
                }
            >
                <option value="">{words.choose_unit}</option>
                {options}
            </select>
        </div>
    }
}

#[component]
fn PersonField(form: Form) -> impl IntoView {
    let acts = Acts::here();
    let words = acts.words;
    let options = move || {
        let unit = UnitCode::new(&form.unit.get());
        acts.model.district.with_untracked(|district| {
            let people = &district.as_ref()?.pack().people;
            let own = people.iter().filter(|person| person.unit.as_ref() == Some(&unit));
            Some(
                own.map(|person| {
                    let name = words.person_name(person.names.get(words.lang)).into_owned();
                    view! { <option value=person.code.to_string()>{name}</option> }
                })
                .collect_view(),
            )
        })
    };
    view! {
        <div class="field">
            <label for="assign-person">{words.person}</label>
            <select
                id="assign-person"
                data-test="assign-person"
                prop:value=form.person
                on:change=move |event| form.person.set(dom::value_of(&event))
            >
                <option value="">{words.choose_person}</option>
                {options}
            </select>
        </div>
    }
}

#[component]
fn LimitField(form: Form) -> impl IntoView {
    let words = Acts::here().words;
    let clocks = CLOCKS
        .into_iter()
        .map(|(clock, code)| view! { <option value=code>{words.clock(clock)}</option> })
        .collect_view();
    view! {
        <div class="field-row">
            <div class="field">
                <label for="assign-amount">{words.limit_amount}</label>
                <input
                    id="assign-amount"
                    data-test="assign-amount"
                    inputmode="numeric"
                    placeholder=words.limit_default
                    prop:value=form.amount
                    on:input=move |event| form.amount.set(dom::value_of(&event))
                />
            </div>
            <div class="field">
                <label for="assign-clock">{words.limit_clock}</label>
                <select
                    id="assign-clock"
                    data-test="assign-clock"
                    prop:value=form.clock
                    on:change=move |event| form.clock.set(dom::value_of(&event))
                >
                    {clocks}
                </select>
            </div>
        </div>
    }
}

/// What the fields hold, at the moment of sending.
fn written(form: Form) -> WrittenOrder {
    WrittenOrder {
        unit: form.unit.get_untracked(),
        person: form.person.get_untracked(),
        amount: form.amount.get_untracked(),
        clock: form.clock.get_untracked(),
        reason: form.reason.get_untracked(),
    }
}
