//! Headquarters' order: to which unit, to whom, within which limit on which clock, and
//! why. The reason stands in the case for everybody.

use domain::{
    UnitCode,
    case::{Command, OrderTo, Report},
};
use leptos::prelude::*;

use super::{
    Acts,
    order::{CLOCKS, WrittenOrder, units_to_order},
};
use crate::{
    components::{
        dom,
        message::{Message, Tone},
        sheet::Sheet,
    },
    model::Model,
    text::words,
};

/// What is being chosen. Outlives the sheet.
#[derive(Clone, Copy)]
pub struct OrderForm {
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
    let words = acts.words;
    let form = OrderForm::blank();
    let send = move |order| {
        acts.undoable.act(acts.id, Command::Assign(order), words.will_assign);
        acts.assign.set(false);
    };
    view! {
        <Sheet open=acts.assign title=words.assign_title hook="assign-sheet">
            <AssignForm
                form
                refusal=acts.refusal
                busy=acts.busy
                send_text=words.assign_send
                send=Callback::new(send)
            />
        </Sheet>
    }
}

/// The fields of an order, and what sends it.
#[component]
pub fn AssignForm(
    form: OrderForm,
    /// Why the order before was not taken.
    #[prop(into, optional)]
    refusal: Signal<Option<String>>,
    #[prop(into, optional)] busy: Signal<bool>,
    #[prop(into)] send_text: Signal<String>,
    send: Callback<OrderTo>,
) -> impl IntoView {
    let words = words();
    let error = move || form.error.get().or_else(|| refusal.get());
    let try_to_send = move |_| match form.written().read(words) {
        Ok(order) => {
            form.error.set(None);
            send.run(order);
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
                disabled=move || busy.get()
                on:click=try_to_send
            >
                {send_text}
            </button>
        </div>
    }
}

#[component]
fn UnitField(form: OrderForm) -> impl IntoView {
    let words = words();
    let options = Model::here().district.with_untracked(|district| {
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
fn PersonField(form: OrderForm) -> impl IntoView {
    let words = words();
    let model = Model::here();
    let options = move || {
        let unit = UnitCode::new(&form.unit.get());
        model.district.with_untracked(|district| {
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
fn LimitField(form: OrderForm) -> impl IntoView {
    let words = words();
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

impl OrderForm {
    pub fn blank() -> Self {
        let blank = || RwSignal::new(String::new());
        Self {
            unit: blank(),
            person: blank(),
            amount: blank(),
            clock: RwSignal::new("working_hours".into()),
            reason: blank(),
            error: RwSignal::new(None),
        }
    }

    /// What the fields hold, at the moment of sending.
    fn written(self) -> WrittenOrder {
        WrittenOrder {
            unit: self.unit.get_untracked(),
            person: self.person.get_untracked(),
            amount: self.amount.get_untracked(),
            clock: self.clock.get_untracked(),
            reason: self.reason.get_untracked(),
        }
    }
}
