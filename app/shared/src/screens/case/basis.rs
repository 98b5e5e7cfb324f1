//! Why this unit: the sentence, the tier and the citation, what is filed and what
//! closes it, and, folded, the rules that lost.

use domain::duty::{self, Assignment, Destination, Lost};
use leptos::prelude::*;

use super::Entry;
use crate::{
    components::icon::{self, Icon},
    model::Model,
    text::words,
};

#[component]
pub fn BasisBlock(entry: Entry) -> impl IntoView {
    let words = words();
    let body = move || {
        entry.with(|entry| match (&entry.case.assignment, &entry.case.routing.destination) {
            (Some(assignment), _) => {
                let lost = assignment.lost.clone();
                view! {
                    <Assigned assignment=assignment.clone() />
                    <LostRules lost />
                }
                .into_any()
            }
            (None, Destination::Headquarters { sentence, lost, .. }) => {
                let sentence = sentence.get(words.lang).to_owned();
                let lost = lost.clone();
                view! {
                    <p class="basis" data-test="case-basis">
                        {sentence}
                    </p>
                    <LostRules lost />
                }
                .into_any()
            }
            (None, Destination::Unit(_)) => ().into_any(),
        })
    };
    view! {
        <section class="block stack" aria-labelledby="basis">
            <h2 id="basis" class="line">
                <Icon icon=icon::SCALE />
                {words.basis}
            </h2>
            {body}
            <Filed entry />
        </section>
    }
}

#[component]
fn Assigned(assignment: Assignment) -> impl IntoView {
    let words = words();
    let cited = match &assignment.basis {
        duty::Basis::Rule { title, article, .. } => {
            format!("{} {}", title.get(words.lang), article.get(words.lang))
        }
        duty::Basis::Order { reason } => format!("{}: {reason}", words.headquarters_order),
    };
    view! {
        <div class="basis">
            <p data-test="case-basis">{assignment.sentence.get(words.lang).to_owned()}</p>
            <p class="line-wrap">
                <span class="badge badge-accent" data-test="case-tier">
                    {words.tier(assignment.tier)}
                </span>
                <span class="s" data-test="case-citation">
                    {cited}
                </span>
            </p>
        </div>
    }
}

/// The condition it was filed under and what closes it.
#[component]
fn Filed(entry: Entry) -> impl IntoView {
    let words = words();
    let model = Model::here();
    move || {
        let district = model.district.get()?;
        entry.with(|entry| {
            let report = &entry.case.report;
            let condition = district.category(&report.category)?.condition(&report.condition)?;
            Some(view! {
                <dl class="facts-list">
                    <dt>{words.condition}</dt>
                    <dd>{condition.filing.get(words.lang).to_owned()}</dd>
                    <dt>{words.closing}</dt>
                    <dd>{condition.closing.get(words.lang).to_owned()}</dd>
                    <dt>{words.source}</dt>
                    <dd>{words.source_of(report.source)}</dd>
                </dl>
            })
        })
    }
}

#[component]
fn LostRules(lost: Vec<Lost>) -> impl IntoView {
    let words = words();
    let model = Model::here();
    if lost.is_empty() {
        return ().into_any();
    }
    let count = lost.len();
    let district = model.district.get_untracked();
    let rows = lost
        .into_iter()
        .map(|lost| {
            // The citation says more than the rule's id, where the pack still has it.
            let cited = district.as_ref().and_then(|district| {
                let rule = district.pack().rules.iter().find(|rule| rule.id == lost.rule)?;
                let citation = district.citation(&rule.citation)?;
                let (title, article) = (&citation.title, &citation.article);
                Some(format!("{} {}", title.get(words.lang), article.get(words.lang)))
            });
            view! {
                <li class="lost">
                    <span class="badge">{words.tier(lost.tier)}</span>
                    <span>{cited.unwrap_or_else(|| lost.rule.to_string())}</span>
                    <span class="s quiet">{words.lost(lost.because)}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <details data-test="case-lost">
            <summary>
                <span class="turn">
                    <Icon icon=icon::CHEVRON_RIGHT small=true />
                </span>
                {words.losing_rules}
                <span class="count">{count}</span>
            </summary>
            <ul class="stack">{rows}</ul>
        </details>
    }
    .into_any()
}
