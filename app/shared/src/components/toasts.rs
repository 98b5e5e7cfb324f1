//! Short messages above the thumb that go by themselves: "saved on this phone",
//! "one photo removed · undo". Read out by screen readers.

use std::{sync::Arc, time::Duration};

use domain::CaseId;
use leptos::prelude::*;

use super::icon::{self, Icon, IconData};
use crate::text::words;

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

/// All that show now. In context.
#[derive(Clone, Copy)]
pub struct Toasts {
    list: RwSignal<Vec<Toast>>,
    last: StoredValue<usize>,
}

const SHORT: Duration = Duration::from_secs(4);
const UNDO: Duration = Duration::from_secs(6);

impl Toasts {
    pub fn provide() -> Self {
        let toasts = Self { list: RwSignal::new(Vec::new()), last: StoredValue::new(0) };
        provide_context(toasts);
        toasts
    }

    pub fn here() -> Self {
        use_context().unwrap_or_else(Self::provide)
    }

    pub fn say(self, text: impl Into<String>) {
        self.add("toast", icon::INFO, text.into(), None, None, SHORT);
    }

    /// "Saved on this phone".
    pub fn saved(self, text: impl Into<String>, case: CaseId) {
        self.add("saved", icon::CIRCLE_CHECK, text.into(), Some(case), None, SHORT);
    }

    /// With an undo button, which is handed the id that this returns too.
    pub fn undo(
        self,
        text: impl Into<String>,
        undo: impl Fn(usize) + Send + Sync + 'static,
    ) -> usize {
        self.add("toast", icon::UNDO2, text.into(), None, Some(Arc::new(undo)), UNDO)
    }

    pub fn take_back(self, id: usize) {
        self.list.update(|list| list.retain(|toast| toast.id != id));
    }

    fn add(
        self,
        hook: &'static str,
        icon: IconData,
        text: String,
        case: Option<CaseId>,
        undo: Option<Undo>,
        shown: Duration,
    ) -> usize {
        let id = self.last.get_value().wrapping_add(1);
        self.last.set_value(id);
        self.list.update(|list| {
            // The newest says what matters now; two are as many as can be read.
            if list.len() > 1 {
                list.remove(0);
            }
            list.push(Toast { id, hook, icon, text, case, undo });
        });
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
                <ToastLine toast />
            </For>
        </div>
    }
}

#[component]
fn ToastLine(toast: Toast) -> impl IntoView {
    let toasts = Toasts::here();
    let id = toast.id;
    let undo = toast.undo.map(|undo| {
        let run = move |_| {
            toasts.take_back(id);
            undo(id);
        };
        view! {
            <button type="button" class="btn" data-test="undo" on:click=run>
                {words().undo}
            </button>
        }
    });
    view! {
        <div class="toast" data-test=toast.hook data-case=toast.case.map(|case| case.to_string())>
            <Icon icon=toast.icon />
            <span class="grow">{toast.text}</span>
            {undo}
        </div>
    }
}
