//! What the list is narrowed to: chips that take a part away, and the sheet to choose in and to
//! keep what is chosen.

use domain::{CategoryCode, UnitCode, ZoneCode, case::Source, pack::DistrictPack};
use leptos::prelude::*;

use super::{
    BoardContext,
    filter::{BoardFilter, Period},
    views::KeepView,
};
use app_shared::{
    components::{
        dom,
        icon::{self, Icon},
        sheet::Sheet,
    },
    model::Model,
    text::{Words, words},
};

/// An option of a select: its value and its word.
type Choice = (String, String);

#[component]
pub fn FilterChips() -> impl IntoView {
    let words = words();
    let model = Model::here();
    let filter = BoardContext::here().choice.filter;
    let chips = move || {
        let parts = model.district.with(|district| filter.get().parts(district.as_deref(), words));
        let chips = parts
            .into_iter()
            .map(|(part, text)| {
                view! {
                    <button
                        type="button"
                        class="chip"
                        data-test="filter-part"
                        aria-label=words.take_filter_away(&text)
                        on:click=move |_| filter.update(|it| *it = std::mem::take(it).without(part))
                    >
                        <span>{text.clone()}</span>
                        <Icon icon=icon::X small=true />
                    </button>
                }
            })
            .collect_view();
        view! { <div class="chips">{chips}</div> }
    };
    move || filter.with(|filter| *filter != BoardFilter::default()).then(chips)
}

#[component]
pub fn FilterSheet(open: RwSignal<bool>) -> impl IntoView {
    let words = words();
    view! {
        <Sheet open title=words.filter_title() hook="filter-sheet">
            <FilterForm open />
        </Sheet>
    }
}

#[component]
fn FilterForm(open: RwSignal<bool>) -> impl IntoView {
    let words = words();
    let district = Model::here().district.get_untracked();
    let filter = BoardContext::here().choice.filter;
    let of_pack = |choices: fn(&DistrictPack, Words) -> Vec<Choice>| {
        district.as_ref().map(|district| choices(district.pack(), words)).unwrap_or_default()
    };
    view! {
        <div class="sheet-body">
            <ChoiceField
                name="filter-unit"
                label=words.unit
                choices=of_pack(units)
                chosen=move || filter.with(|it| it.unit.as_ref().map(ToString::to_string))
                choose=move |code| filter.update(|it| it.unit = code.as_deref().map(UnitCode::new))
            />
            <ChoiceField
                name="filter-zone"
                label=words.filter_zone()
                choices=of_pack(zones)
                chosen=move || filter.with(|it| it.zone.as_ref().map(ToString::to_string))
                choose=move |code| filter.update(|it| it.zone = code.as_deref().map(ZoneCode::new))
            />
            <ChoiceField
                name="filter-category"
                label=words.type_label
                choices=of_pack(categories)
                chosen=move || filter.with(|it| it.category.as_ref().map(ToString::to_string))
                choose=move |code| {
                    filter.update(|it| it.category = code.as_deref().map(CategoryCode::new));
                }
            />
            <ChoiceField
                name="filter-source"
                label=words.source
                choices=sources(words)
                chosen=move || filter.with(|it| it.source.map(|it| words.source_of(it).to_owned()))
                choose=move |word| {
                    let is_chosen = |source: &Source| word.as_deref() == Some(words.source_of(*source));
                    filter.update(|it| it.source = Source::ALL.into_iter().find(is_chosen));
                }
            />
            <ChoiceField
                name="filter-period"
                label=words.filter_period()
                choices=periods(words)
                chosen=move || filter.with(|it| it.period.map(|it| it.code().to_owned()))
                choose=move |code| {
                    let is_chosen = |period: &Period| code.as_deref() == Some(period.code());
                    filter.update(|it| it.period = Period::ALL.into_iter().find(is_chosen));
                }
            />
            <KeepView done=Callback::new(move |()| open.set(false)) />
        </div>
        <div class="sheet-foot">
            <button
                type="button"
                class="btn"
                data-test="filter-clear"
                on:click=move |_| filter.set(BoardFilter::default())
            >
                {words.filter_clear()}
            </button>
            <button
                type="button"
                class="btn btn-main grow"
                data-test="filter-done"
                on:click=move |_| open.set(false)
            >
                {words.filter_done()}
            </button>
        </div>
    }
}

/// A select whose first option is "all".
#[component]
fn ChoiceField(
    name: &'static str,
    label: &'static str,
    choices: Vec<Choice>,
    chosen: impl Fn() -> Option<String> + Copy + Send + Sync + 'static,
    choose: impl Fn(Option<String>) + 'static,
) -> impl IntoView {
    let words = words();
    let options = choices
        .into_iter()
        .map(|(value, word)| {
            let own = value.clone();
            let is_chosen = move || chosen().as_deref() == Some(own.as_str());
            view! { <option value=value selected=is_chosen>{word}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <select
                id=name
                data-test=name
                on:change=move |event| {
                    choose(Some(dom::value_of(&event)).filter(|value| !value.is_empty()));
                }
            >
                <option value="" selected=move || chosen().is_none()>
                    {words.filter_all()}
                </option>
                {options}
            </select>
        </div>
    }
}

fn units(pack: &DistrictPack, words: Words) -> Vec<Choice> {
    let units = pack.units.iter().filter(|unit| unit.fixes_things());
    units.map(|unit| (unit.code.to_string(), unit.names.get(words.lang).to_owned())).collect()
}

fn zones(pack: &DistrictPack, words: Words) -> Vec<Choice> {
    let zones = pack.zones.iter();
    zones.map(|zone| (zone.code.to_string(), zone.names.get(words.lang).to_owned())).collect()
}

fn categories(pack: &DistrictPack, words: Words) -> Vec<Choice> {
    let name = |names: &domain::Names| names.get(words.lang).to_owned();
    let all = pack.categories.iter();
    all.map(|category| (category.code.to_string(), name(&category.names))).collect()
}

fn sources(words: Words) -> Vec<Choice> {
    let word = |source| words.source_of(source).to_owned();
    Source::ALL.into_iter().map(|source| (word(source), word(source))).collect()
}

fn periods(words: Words) -> Vec<Choice> {
    let choice = |period: Period| (period.code().to_owned(), period.word(words).to_owned());
    Period::ALL.into_iter().map(choice).collect()
}
