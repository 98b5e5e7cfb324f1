//! Short messages above the thumb that go by themselves: "saved on this phone",
//! "one photo removed · undo". Read out by screen readers.

use std::{sync::Arc, time::Duration};

use domain::CaseId;
use leptos::prelude::*;

use super::icon::{self, Icon, IconData};
use crate::text::words;

/// All that show now. In context.
#[derive(Clone, Copy)]
pub struct Toasts {
    list: RwSignal<Vec<Toast>>,
    last_id: StoredValue<usize>,
}

#[derive(Clone)]
pub struct Toast {
    id: usize,
    hook: &'static str,
    icon: IconData,
    text: String,
    case: Option<CaseId>,
    undo: Option<Undo>,
}

/// Not a `Callback`: that would end with whatever asked for it, a key press perhaps.
type Undo = Arc<dyn Fn(usize) + Send + Sync>;

const SHOWN: Duration = Duration::from_secs(4);
const UNDO_SHOWN: Duration = Duration::from_secs(6);
/// As many as can be read.
const MOST: usize = 2;

impl Toasts {
    pub fn provide() -> Self {
        let toasts = Self { list: RwSignal::new(Vec::new()), last_id: StoredValue::new(0) };
        provide_context(toasts);
        toasts
    }

    pub fn here() -> Self {
        expect_context()
    }

    pub fn say(self, text: impl Into<String>) {
        self.show(Toast::new("toast", icon::INFO, text), SHOWN);
    }

    /// "Saved on this phone".
    pub fn saved(self, text: impl Into<String>, case: CaseId) {
        let toast = Toast::new("saved", icon::CIRCLE_CHECK, text);
        self.show(Toast { case: Some(case), ..toast }, SHOWN);
    }

    /// With an undo button, which is handed the id that this returns too.
    pub fn undo(
        self,
        text: impl Into<String>,
        undo: impl Fn(usize) + Send + Sync + 'static,
    ) -> usize {
        let toast = Toast::new("toast", icon::UNDO2, text);
        self.show(Toast { undo: Some(Arc::new(undo)), ..toast }, UNDO_SHOWN)
    }

    pub fn take_back(self, id: usize) {
        self.list.update(|list| list.retain(|toast| toast.id != id));
    }

    fn show(self, toast: Toast, shown: Duration) -> usize {
        let id = self.last_id.get_value().wrapping_add(1);
        self.last_id.set_value(id);
        self.list.update(|list| push_newest(list, Toast { id, ..toast }));
        set_timeout(move || self.take_back(id), shown);
        id
    }
}

#[component]
pub fn ToastList() -> impl IntoView {
    let toasts = Toasts::here();
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=move || toasts.list.get() key=|toast| toast.id let:toast>
                <ToastItem toast/>
            </For>
        </div>
    }
}

#[component]
fn ToastItem(toast: Toast) -> impl IntoView {
    let words = words();
    let toasts = Toasts::here();
    let id = toast.id;
    let undo = toast.undo.map(|undo| {
        let run = move |_| {
            toasts.take_back(id);
            undo(id);
        };
        view! {
            <button type="button" class="btn" data-test="undo" on:click=run>
                {words.undo}
            </button>
        }
    });
    view! {
        <div class="toast" data-test=toast.hook data-case=toast.case.map(|case| case.to_string())>
            <Icon icon=toast.icon/>
            <span class="grow">{toast.text}</span>
            {undo}
        </div>
    }
}

impl Toast {
    fn new(hook: &'static str, icon: IconData, text: impl Into<String>) -> Self {
        Self { id: 0, hook, icon, text: text.into(), case: None, undo: None }
    }
}

/// The newest says what matters now: the oldest makes room for it.
fn push_newest(list: &mut Vec<Toast>, toast: Toast) {
    if list.len() >= MOST {
        list.remove(0);
    }
    list.push(toast);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list_after(texts: &[&str]) -> Vec<String> {
        let mut list = Vec::new();
        for text in texts {
            push_newest(&mut list, Toast::new("toast", icon::INFO, *text));
        }
        list.into_iter().map(|toast| toast.text).collect()
    }

    #[test]
    fn newest_toasts_show_and_the_oldest_makes_room() {
        for (texts, shown) in [
            (&[][..], &[][..]),
            (&["a"], &["a"]),
            (&["a", "b"], &["a", "b"]),
            (&["a", "b", "c"], &["b", "c"]),
            (&["a", "b", "c", "d"], &["c", "d"]),
        ] {
            assert_eq!(list_after(texts), shown);
        }
    }

    #[test]
    fn undo_shows_at_least_as_long_as_a_plain_message() {
        assert!(UNDO_SHOWN >= SHOWN);
    }
}
