//! A photo full screen: pinch, wheel, double tap and buttons zoom; drag and arrow keys
//! pan; Escape closes.

use domain::PhotoHash;
use leptos::{ev, html, prelude::*};

use super::{
    icon::{self, Icon},
    zoom::Zoom,
};
use crate::{
    model::{Model, PhotoSource, Size},
    text::words,
};

/// What is shown: the photos of one case, and which of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// With what each is: before, after, check.
    pub photos: Vec<(PhotoHash, &'static str)>,
    pub index: usize,
}

#[component]
pub fn PhotoViewer(shown: RwSignal<Option<Shown>>) -> impl IntoView {
    let words = words();
    let dialog = NodeRef::<html::Dialog>::new();
    let stage = NodeRef::<html::Div>::new();
    let zoom = Zoom::new(stage);
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        if shown.with(Option::is_some) {
            let _already_open = dialog.show_modal();
        } else {
            dialog.close();
        }
    });
    let current = Memo::new(move |_| {
        shown.with(|shown| {
            let shown = shown.as_ref()?;
            shown.photos.get(shown.index).copied()
        })
    });
    let count =
        move || shown.with(|shown| shown.as_ref().map_or((0, 0), |it| (it.index, it.photos.len())));
    let step = move |by: isize| {
        zoom.reset();
        shown.update(|shown| {
            if let Some(shown) = shown {
                let next = shown.index.saturating_add_signed(by);
                shown.index = next.min(shown.photos.len().saturating_sub(1));
            }
        });
    };
    let keys = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "ArrowRight" if !zoom.is_in() => step(1),
        "ArrowLeft" if !zoom.is_in() => step(-1),
        key => zoom.key(key),
    };
    let title = move || {
        let (index, all) = count();
        let kind = current.get().map_or("", |(_, kind)| kind);
        format!("{kind} · {}", words.photo_number(index + 1, all))
    };
    view! {
        <dialog
            class="viewer"
            data-test="viewer"
            aria-label=words.view_photo
            node_ref=dialog
            on:close=move |_| {
                zoom.reset();
                shown.set(None);
            }
            on:keydown=keys
        >
            <div
                class="stage"
                node_ref=stage
                on:pointerdown=move |event| zoom.down(&event)
                on:pointermove=move |event| zoom.drag(&event)
                on:pointerup=move |event| zoom.up(&event)
                on:pointercancel=move |event| zoom.up(&event)
                on:wheel=move |event| zoom.wheel(&event)
                on:dblclick=move |_| zoom.toggle()
            >
                {move || current.get().map(|(hash, kind)| view! { <Large hash kind /> })}
            </div>
            <div class="bar at-top">
                <span class="tag" aria-live="polite">
                    {title}
                </span>
                <button
                    type="button"
                    class="btn btn-icon"
                    data-test="viewer-close"
                    aria-label=words.close_panel
                    on:click=move |_| shown.set(None)
                >
                    <Icon icon=icon::X />
                </button>
            </div>
            <div class="bar at-foot">
                <button
                    type="button"
                    class="btn btn-icon"
                    aria-label=words.previous
                    on:click=move |_| step(-1)
                >
                    <Icon icon=icon::CHEVRON_LEFT />
                </button>
                <button
                    type="button"
                    class="btn btn-icon"
                    aria-label=words.zoom_out
                    on:click=move |_| zoom.by(1.0 / 1.5)
                >
                    <Icon icon=icon::MINUS />
                </button>
                <button
                    type="button"
                    class="btn btn-icon"
                    aria-label=words.zoom_in
                    on:click=move |_| zoom.by(1.5)
                >
                    <Icon icon=icon::PLUS />
                </button>
                <button
                    type="button"
                    class="btn btn-icon"
                    aria-label=words.next
                    on:click=move |_| step(1)
                >
                    <Icon icon=icon::CHEVRON_RIGHT />
                </button>
            </div>
        </dialog>
    }
}

#[component]
fn Large(hash: PhotoHash, kind: &'static str) -> impl IntoView {
    let words = words();
    let source = Model::here().photo_src(hash, Size::Screen);
    move || match source.get() {
        PhotoSource::Ready(address) => {
            view! { <img src=address alt=kind draggable="false" /> }.into_any()
        }
        PhotoSource::Loading => view! { <span>{words.loading}</span> }.into_any(),
        PhotoSource::Missing => view! { <span>{words.photo_not_here}</span> }.into_any(),
    }
}
