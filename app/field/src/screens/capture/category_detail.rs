//! What belongs to the chosen type: what the photo must show and why, and which filing
//! condition applies where there is more than one.

use domain::{Names, catalogue::Condition};
use leptos::prelude::*;

use super::CaptureContext;
use app_shared::components::icon::{self, Icon};

#[component]
pub fn CategoryDetail() -> impl IntoView {
    let capture = CaptureContext::here();
    let chosen = Memo::new(move |_| capture.model.draft.with(|draft| draft.category.clone()));
    move || {
        let code = chosen.get()?;
        let district = capture.model.district.get()?;
        let category = district.category(&code)?;
        let day = capture.model.today(&district);
        let conditions: Vec<_> = category.conditions_on(day).into_iter().cloned().collect();
        Some(view! {
            <EvidenceHint evidence=category.evidence.clone() />
            {(conditions.len() > 1).then(|| view! { <ConditionField conditions /> })}
        })
    }
}

/// Every demanded photo says why it is demanded.
#[component]
fn EvidenceHint(evidence: Names) -> impl IntoView {
    let words = CaptureContext::here().words;
    view! {
        <p class="hint-line s" data-test="evidence-hint">
            <Icon icon=icon::INFO small=true />
            <span>
                <span class="unseen">{words.evidence_hint} ": "</span>
                {evidence.get(words.lang).to_owned()}
            </span>
        </p>
    }
}

#[component]
fn ConditionField(conditions: Vec<Condition>) -> impl IntoView {
    let capture = CaptureContext::here();
    let words = capture.words;
    let chosen =
        Memo::new(move |_| capture.model.draft.with(|draft| capture.model.condition(draft)));
    let radios = conditions
        .into_iter()
        .map(|condition| {
            let code = condition.code.clone();
            let own = condition.code.clone();
            view! {
                <label class="radio">
                    <input
                        type="radio"
                        name="condition"
                        data-test="condition-option"
                        data-code=condition.code.to_string()
                        prop:checked=move || { chosen.with(|chosen| chosen.as_ref() == Some(&own)) }
                        on:change=move |_| {
                            let code = code.clone();
                            capture.model.draft.update(|draft| draft.condition = Some(code));
                        }
                    />
                    <span>
                        {condition.filing.get(words.lang).to_owned()}
                        <span class="sub s quiet">" " {words.limit_of(condition.limit)}</span>
                    </span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="stack">
            <legend>{words.which_condition}</legend>
            <div class="radio-list">{radios}</div>
        </fieldset>
    }
}
