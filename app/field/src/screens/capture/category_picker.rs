//! The type: three guesses as large chips, and a search by pinyin initials, Chinese or
//! English below them.

use domain::CategoryCode;
use leptos::{ev, prelude::*};

use super::CaptureContext;
use app_shared::components::{
    dom,
    icon::{self, Icon},
};

/// More than these nobody reads; a longer word finds fewer.
const MAX_FOUND: usize = 30;

#[component]
pub fn CategoryPicker() -> impl IntoView {
    let capture = CaptureContext::here();
    let words = capture.words;
    let model = capture.model;
    let chosen = Memo::new(move |_| model.draft.with(|draft| draft.category.clone()));
    // Guessed for these photos at this place; choosing a type does not shuffle them.
    let basis = Memo::new(move |_| {
        model.draft.with(|draft| (draft.id, draft.position, draft.chosen.clone()))
    });
    let guesses = Memo::new(move |_| {
        basis.track();
        model.district.track();
        model.guesses(&model.draft.get_untracked())
    });
    let is_searching = RwSignal::new(false);
    let chips = move || {
        shown_guesses(guesses.get(), chosen.get())
            .into_iter()
            .map(|code| view! { <GuessChip code chosen is_searching /> })
            .collect_view()
    };
    view! {
        <section class="stack" aria-labelledby="what">
            <h2 id="what">{words.what_is_it}</h2>
            <div class="guesses">{chips}</div>
            <CategorySearch open=is_searching />
        </section>
    }
}

#[component]
fn GuessChip(
    code: CategoryCode,
    #[prop(into)] chosen: Signal<Option<CategoryCode>>,
    is_searching: RwSignal<bool>,
) -> impl IntoView {
    let capture = CaptureContext::here();
    let own = code.clone();
    let pressed = move || chosen.with(|chosen| chosen.as_ref() == Some(&own)).to_string();
    let hook = code.to_string();
    let name = name_of(capture, &code);
    view! {
        <button
            type="button"
            class="guess"
            data-test="type-chip"
            data-code=hook
            aria-pressed=pressed
            on:click=move |_| {
                choose(capture, &code);
                is_searching.set(false);
            }
        >
            {name}
        </button>
    }
}

#[component]
fn CategorySearch(open: RwSignal<bool>) -> impl IntoView {
    let capture = CaptureContext::here();
    let words = capture.words;
    let text = RwSignal::new(String::new());
    let marked = RwSignal::new(0_usize);
    let found = Memo::new(move |_| {
        if !open.get() {
            return Vec::new();
        }
        text.with(|text| shown_found(capture.model.search_types(text.trim()), text))
    });
    let take = move |code: &CategoryCode| {
        choose(capture, code);
        text.set(String::new());
        open.set(false);
    };
    let keys = move |event: ev::KeyboardEvent| {
        let count = found.with_untracked(Vec::len);
        match act_of(&event.key(), marked.get_untracked(), count) {
            Some(KeyAct::Mark(index)) => {
                open.set(true);
                marked.set(index);
            }
            Some(KeyAct::Take(index)) => {
                if let Some(code) = found.with_untracked(|found| found.get(index).cloned()) {
                    take(&code);
                }
            }
            Some(KeyAct::Close) => open.set(false),
            None => return,
        }
        event.prevent_default();
    };
    let options = move || {
        let list = found.get();
        if list.is_empty() {
            return view! {
                <p class="quiet" role="status">
                    {words.no_type_found}
                </p>
            }
            .into_any();
        }
        let rows = list
            .into_iter()
            .enumerate()
            .map(|(index, code)| {
                view! { <FoundCategory index code marked take=Callback::new(move |code| take(&code)) /> }
            })
            .collect_view();
        view! {
            <ul class="options" id="kinds" role="listbox" aria-label=words.type_label>
                {rows}
            </ul>
        }
        .into_any()
    };
    view! {
        <div class="search">
            <Icon icon=icon::SEARCH />
            <input
                type="search"
                role="combobox"
                data-test="type-search"
                autocomplete="off"
                aria-label=words.search_types
                aria-controls="kinds"
                aria-expanded=move || open.get().to_string()
                aria-activedescendant=move || open.get().then(|| format!("kind-{}", marked.get()))
                placeholder=words.search_types
                prop:value=text
                on:focus=move |_| open.set(true)
                on:input=move |event| {
                    text.set(dom::value_of(&event));
                    marked.set(0);
                    open.set(true);
                }
                on:keydown=keys
            />
        </div>
        <Show when=move || open.get()>{options}</Show>
    }
}

#[component]
fn FoundCategory(
    index: usize,
    code: CategoryCode,
    marked: RwSignal<usize>,
    take: Callback<CategoryCode>,
) -> impl IntoView {
    let capture = CaptureContext::here();
    let class = capture.model.district.with_untracked(|district| {
        let category = district.as_ref()?.category(&code)?;
        Some(category.class_names.get(capture.words.lang).to_owned())
    });
    let name = name_of(capture, &code);
    let hook = code.to_string();
    view! {
        <li role="presentation">
            <button
                type="button"
                class="option"
                role="option"
                id=format!("kind-{index}")
                tabindex="-1"
                data-test="type-option"
                data-code=hook
                aria-selected=move || (marked.get() == index).to_string()
                on:click=move |_| take.run(code.clone())
            >
                <span>{name}</span>
                <span class="sub">{class}</span>
            </button>
        </li>
    }
}

fn choose(capture: CaptureContext, code: &CategoryCode) {
    capture.model.draft.update(|draft| {
        if draft.category.as_ref() != Some(code) {
            draft.category = Some(code.clone());
            draft.condition = None;
        }
    });
}

fn name_of(capture: CaptureContext, code: &CategoryCode) -> String {
    capture.model.district.with_untracked(|district| {
        district
            .as_ref()
            .and_then(|district| district.category(code))
            .map_or_else(|| code.to_string(), |it| it.names.get(capture.words.lang).into())
    })
}

/// All that are in force while nothing is typed, the best of what is found otherwise.
fn shown_found(mut found: Vec<CategoryCode>, text: &str) -> Vec<CategoryCode> {
    if !text.trim().is_empty() {
        found.truncate(MAX_FOUND);
    }
    found
}

/// What a key does in the list of what is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum KeyAct {
    Mark(usize),
    Take(usize),
    Close,
}

/// `None`: the key belongs to the text.
fn act_of(key: &str, marked: usize, count: usize) -> Option<KeyAct> {
    match key {
        "ArrowDown" => Some(KeyAct::Mark((marked + 1).min(count.saturating_sub(1)))),
        "ArrowUp" => Some(KeyAct::Mark(marked.saturating_sub(1))),
        "Enter" => Some(KeyAct::Take(marked)),
        "Escape" => Some(KeyAct::Close),
        _ => None,
    }
}

/// The chips: what was chosen by searching stands first, in place of the last guess.
fn shown_guesses(guesses: Vec<CategoryCode>, chosen: Option<CategoryCode>) -> Vec<CategoryCode> {
    let mut shown = guesses;
    if let Some(other) = chosen.filter(|code| !shown.contains(code)) {
        shown.truncate(2);
        shown.insert(0, other);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_catalogue_is_listed_until_something_is_typed_and_the_best_then() {
        let all = |count: usize| -> Vec<_> {
            (0..count).map(|number| CategoryCode::new(&number.to_string())).collect()
        };
        for (text, found, shown) in
            [("", 76, 76), ("  ", 76, 76), ("tree", 76, MAX_FOUND), ("tree", 2, 2), ("x", 0, 0)]
        {
            assert_eq!(shown_found(all(found), text), all(shown), "{text:?}");
        }
    }

    #[test]
    fn arrows_stay_in_the_list_and_other_keys_belong_to_the_text() {
        for (key, marked, count, expected) in [
            ("ArrowDown", 0, 3, Some(KeyAct::Mark(1))),
            ("ArrowDown", 2, 3, Some(KeyAct::Mark(2))),
            ("ArrowDown", 0, 0, Some(KeyAct::Mark(0))),
            ("ArrowUp", 1, 3, Some(KeyAct::Mark(0))),
            ("ArrowUp", 0, 3, Some(KeyAct::Mark(0))),
            ("Enter", 2, 3, Some(KeyAct::Take(2))),
            ("Escape", 2, 3, Some(KeyAct::Close)),
            ("a", 2, 3, None),
            ("Tab", 2, 3, None),
        ] {
            assert_eq!(act_of(key, marked, count), expected, "{key} at {marked} of {count}");
        }
    }

    #[test]
    fn chosen_category_is_always_among_the_chips_and_a_guess_keeps_its_place() {
        let codes =
            |codes: &[&str]| codes.iter().map(|it| CategoryCode::new(it)).collect::<Vec<_>>();
        for (guesses, chosen, expected) in [
            (&["a", "b", "c"][..], None, &["a", "b", "c"][..]),
            (&["a", "b", "c"], Some("b"), &["a", "b", "c"]),
            (&["a", "b", "c"], Some("x"), &["x", "a", "b"]),
            (&["a"], Some("x"), &["x", "a"]),
            (&[], Some("x"), &["x"]),
            (&[], None, &[]),
        ] {
            let shown = shown_guesses(codes(guesses), chosen.map(CategoryCode::new));
            assert_eq!(shown, codes(expected), "{guesses:?} {chosen:?}");
        }
    }
}
