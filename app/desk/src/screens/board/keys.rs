//! The board's keyboard: j k move, enter opens, a assigns, v passes and closes, x returns, p picks
//! a case and with shift j k pick a range, / searches, ? shows them all. While cases are picked, a
//! and v are for all of them.

use domain::CaseId;
use leptos::{ev, prelude::*};

use super::{BoardContext, bulk::Bulk, selection::step};
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
    /// Picks the chosen case, or drops it.
    Pick,
    PickNext,
    PickPrevious,
    LeavePicking,
    Search,
    Help,
}

/// How keys are written in the help, what browsers call them, what they do. What is done with shift
/// has the name of its key without.
pub const KEYS: [(&str, &[&str], KeyAction); 12] = [
    ("j ↓", &["j", "ArrowDown"], KeyAction::Next),
    ("k ↑", &["k", "ArrowUp"], KeyAction::Previous),
    ("⏎", &["Enter"], KeyAction::Open),
    ("a", &["a"], KeyAction::Ask(Asked::Assign)),
    ("v", &["v"], KeyAction::Ask(Asked::Verify)),
    ("x", &["x"], KeyAction::Ask(Asked::Rework)),
    ("p", &["p"], KeyAction::Pick),
    ("⇧ j ↓", &[], KeyAction::PickNext),
    ("⇧ k ↑", &[], KeyAction::PickPrevious),
    ("Esc", &["Escape"], KeyAction::LeavePicking),
    // The wide forms are those of an input method that is on.
    ("/", &["/", "／"], KeyAction::Search),
    ("?", &["?", "？"], KeyAction::Help),
];

impl KeyAction {
    /// By the browser's name of the key; a letter counts with caps lock, too.
    pub fn of(key: &str, with_shift: bool) -> Option<Self> {
        let is_key = |name: &&str| name.eq_ignore_ascii_case(key);
        let (.., action) = KEYS.iter().find(|(_, names, _)| names.iter().any(is_key))?;
        Some(match (action, with_shift) {
            (Self::Next, true) => Self::PickNext,
            (Self::Previous, true) => Self::PickPrevious,
            (action, _) => *action,
        })
    }

    pub fn word(self, words: Words) -> &'static str {
        match self {
            Self::Next => words.key_next,
            Self::Previous => words.key_previous,
            Self::Open => words.key_open,
            Self::Ask(Asked::Assign) => words.key_assign,
            Self::Ask(Asked::Verify) => words.key_verify,
            Self::Ask(Asked::Rework) => words.key_return,
            Self::Pick => words.key_select(),
            Self::PickNext => words.key_select_next(),
            Self::PickPrevious => words.key_select_previous(),
            Self::LeavePicking => words.leave_selection(),
            Self::Search => words.key_search,
            Self::Help => words.key_help,
        }
    }
}

pub fn listen(board: BoardContext) {
    let router = Router::here();
    let bulk = Bulk::here();
    let handle = window_event_listener(ev::keydown, move |event| {
        if dom::is_typing(&event) {
            if event.key() == "Escape" {
                dom::focus("main");
            }
            return;
        }
        let Some(action) = KeyAction::of(&event.key(), event.shift_key()) else { return };
        // Enter on a focused link or button is the browser's business.
        if action == KeyAction::Open && !event_is_on_page(&event) {
            return;
        }
        if run(action, board, bulk, router) {
            event.prevent_default();
        }
    });
    on_cleanup(move || handle.remove());
}

/// Whether there was something to do.
fn run(action: KeyAction, board: BoardContext, bulk: Bulk, router: Router) -> bool {
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
            if board.picking.picks.with_untracked(|picks| !picks.is_empty()) {
                bulk.ask(asked);
            } else if is_wide && chosen.is_some() {
                board.asked.set(Some(asked));
            }
        }
        KeyAction::Pick => {
            if chosen.is_none() {
                step_by(board, 1);
            }
            if let Some(case) = board.choice.selected.get_untracked() {
                board.toggle_pick(case);
            }
        }
        KeyAction::PickNext => pick_by(board, 1),
        KeyAction::PickPrevious => pick_by(board, -1),
        KeyAction::LeavePicking if untrack(|| board.picking.is_on()) => board.picking.leave(),
        KeyAction::LeavePicking => return false,
        KeyAction::Search => dom::focus("board-search"),
        KeyAction::Help => board.help.set(true),
    }
    true
}

fn step_by(board: BoardContext, by: isize) {
    if let Some(next) = next_by(board, by) {
        board.choice.selected.set(Some(next));
    }
}

fn next_by(board: BoardContext, by: isize) -> Option<CaseId> {
    let shown: Vec<_> =
        board.shown.with_untracked(|shown| shown.iter().map(|item| item.id()).collect());
    step(&shown, board.choice.selected.get_untracked(), by)
}

/// Picks from the chosen case to the next, which is chosen then.
fn pick_by(board: BoardContext, by: isize) {
    if let Some(case) = next_by(board, by) {
        board.pick_up_to(case);
        board.choice.selected.set(Some(case));
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
            ("p", Some(KeyAction::Pick)),
            ("P", Some(KeyAction::Pick)),
            ("Escape", Some(KeyAction::LeavePicking)),
            ("/", Some(KeyAction::Search)),
            ("／", Some(KeyAction::Search)),
            ("?", Some(KeyAction::Help)),
            ("？", Some(KeyAction::Help)),
            ("d", None),
            ("", None),
        ] {
            assert_eq!(KeyAction::of(key, false), expected, "{key}");
        }
    }

    #[test]
    fn shift_makes_steps_to_ranges_and_changes_nothing_else() {
        for (key, expected) in [
            ("J", Some(KeyAction::PickNext)),
            // With caps lock.
            ("j", Some(KeyAction::PickNext)),
            ("ArrowDown", Some(KeyAction::PickNext)),
            ("K", Some(KeyAction::PickPrevious)),
            ("ArrowUp", Some(KeyAction::PickPrevious)),
            ("?", Some(KeyAction::Help)),
            ("P", Some(KeyAction::Pick)),
            ("D", None),
        ] {
            assert_eq!(KeyAction::of(key, true), expected, "{key}");
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
