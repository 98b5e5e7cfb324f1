//! The board's keyboard: j k move, enter opens, a assigns, v passes and closes, x returns,
//! / searches, ? shows them all.

use leptos::{ev, prelude::*};

use super::{BoardContext, selection::step};
use app_shared::{
    components::dom,
    route::{Route, Router},
    screens::case::acts::Asked,
    text::Words,
};

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyAction {
    Next,
    Previous,
    Open,
    Ask(Asked),
    Search,
    Help,
}

/// How keys are written in the help, what browsers call them, what they do.
pub const KEYS: [(&str, &[&str], KeyAction); 8] = [
    ("j ↓", &["j", "ArrowDown"], KeyAction::Next),
    ("k ↑", &["k", "ArrowUp"], KeyAction::Previous),
    ("⏎", &["Enter"], KeyAction::Open),
    ("a", &["a"], KeyAction::Ask(Asked::Assign)),
    ("v", &["v"], KeyAction::Ask(Asked::Verify)),
    ("x", &["x"], KeyAction::Ask(Asked::Rework)),
    // The wide forms are those of an input method that is on.
    ("/", &["/", "／"], KeyAction::Search),
    ("?", &["?", "？"], KeyAction::Help),
];

impl KeyAction {
    /// By the browser's name of the key; a letter counts with caps lock, too.
    pub fn of(key: &str) -> Option<Self> {
        let is_key = |name: &&str| name.eq_ignore_ascii_case(key);
        KEYS.iter().find(|(_, names, _)| names.iter().any(is_key)).map(|(.., action)| *action)
    }

    pub fn word(self, words: Words) -> &'static str {
        match self {
            Self::Next => words.key_next,
            Self::Previous => words.key_previous,
            Self::Open => words.key_open,
            Self::Ask(Asked::Assign) => words.key_assign,
            Self::Ask(Asked::Verify) => words.key_verify,
            Self::Ask(Asked::Rework) => words.key_return,
            Self::Search => words.key_search,
            Self::Help => words.key_help,
        }
    }
}

pub fn listen(board: BoardContext) {
    let router = Router::here();
    let handle = window_event_listener(ev::keydown, move |event| {
        if dom::is_typing(&event) {
            if event.key() == "Escape" {
                dom::focus("main");
            }
            return;
        }
        let Some(action) = KeyAction::of(&event.key()) else { return };
        // Enter on a focused link or button is the browser's business.
        if action == KeyAction::Open && !event_is_on_page(&event) {
            return;
        }
        if run(action, board, router) {
            event.prevent_default();
        }
    });
    on_cleanup(move || handle.remove());
}

/// Whether there was something to do.
fn run(action: KeyAction, board: BoardContext, router: Router) -> bool {
    let chosen = board.choice.selected.get_untracked();
    let is_wide = board.wide.get_untracked();
    match action {
        KeyAction::Next => step_by(board, 1),
        KeyAction::Previous => step_by(board, -1),
        KeyAction::Open => match chosen {
            Some(_) if is_wide => dom::focus("pane-case"),
            Some(id) => router.go(Route::Case(id)),
            None => return false,
        },
        KeyAction::Ask(asked) => {
            if is_wide && chosen.is_some() {
                board.asked.set(Some(asked));
            }
        }
        KeyAction::Search => dom::focus("board-search"),
        KeyAction::Help => board.help.set(true),
    }
    true
}

fn step_by(board: BoardContext, by: isize) {
    let shown: Vec<_> =
        board.shown.with_untracked(|shown| shown.iter().map(|item| item.id()).collect());
    let selected = board.choice.selected;
    if let Some(next) = step(&shown, selected.get_untracked(), by) {
        selected.set(Some(next));
    }
}

fn event_is_on_page(event: &ev::KeyboardEvent) -> bool {
    let target = event.target().map(wasm_bindgen::JsValue::from);
    let body = document().body().map(wasm_bindgen::JsValue::from);
    let main = document().get_element_by_id("main").map(wasm_bindgen::JsValue::from);
    target.is_some() && (target == body || target == main)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::Lang;

    use super::*;

    #[test]
    fn keys_do_what_the_help_says() {
        for (key, expected) in [
            ("j", Some(KeyAction::Next)),
            ("J", Some(KeyAction::Next)),
            ("ArrowDown", Some(KeyAction::Next)),
            ("k", Some(KeyAction::Previous)),
            ("ArrowUp", Some(KeyAction::Previous)),
            ("Enter", Some(KeyAction::Open)),
            ("a", Some(KeyAction::Ask(Asked::Assign))),
            ("v", Some(KeyAction::Ask(Asked::Verify))),
            ("x", Some(KeyAction::Ask(Asked::Rework))),
            ("/", Some(KeyAction::Search)),
            ("／", Some(KeyAction::Search)),
            ("?", Some(KeyAction::Help)),
            ("？", Some(KeyAction::Help)),
            ("d", None),
            ("Escape", None),
            ("", None),
        ] {
            assert_eq!(KeyAction::of(key), expected, "{key}");
        }
    }

    #[test]
    fn each_key_of_the_help_has_a_word_of_its_own_in_every_language() {
        for lang in Lang::ALL {
            let words: BTreeSet<&str> =
                KEYS.iter().map(|(.., action)| action.word(Words::of(lang))).collect();
            assert_eq!(words.len(), KEYS.len(), "{lang:?}");
            assert!(!words.contains(""), "{lang:?}");
        }
    }

    #[test]
    fn no_key_does_two_things() {
        let names: Vec<&str> =
            KEYS.iter().flat_map(|(_, names, _)| names.iter().copied()).collect();
        let each_once: BTreeSet<&str> = names.iter().copied().collect();
        assert_eq!(each_once.len(), names.len());
    }
}
