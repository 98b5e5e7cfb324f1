//! A photo full screen: pinch, wheel, double tap and buttons zoom; drag and arrow keys
//! pan; Escape closes.

use domain::PhotoHash;
use leptos::{ev, html, prelude::*};

use super::{
    icon::{self, Icon, IconData},
    photo_image::PhotoImage,
    zoom::Zoom,
};
use crate::{
    model::Size,
    text::{Words, words},
};

/// What is shown: the photos of one case, and which of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    pub photos: Vec<ShownPhoto>,
    pub index: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownPhoto {
    pub hash: PhotoHash,
    /// What it is: before, after, check.
    pub kind: &'static str,
    /// When and where it was taken, or when it was chosen, in words.
    pub caption: Option<String>,
    pub is_from_gallery: bool,
    pub claims: Option<ShownClaims>,
}

/// What the file of a photo claims, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownClaims {
    pub text: String,
    /// It is not what the phone measured.
    pub differ: bool,
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
    let current = Memo::new(move |_| shown.with(|shown| shown.as_ref()?.current().cloned()));
    let title = move || shown.with(|shown| shown.as_ref().map(|shown| shown.title(words)));
    let caption = move || current.with(|photo| photo.as_ref()?.caption.clone());
    let claims = move || current.with(|photo| photo.as_ref()?.claims.clone());
    let step = move |by: isize| {
        zoom.reset();
        shown.update(|shown| {
            if let Some(shown) = shown {
                shown.step(by);
            }
        });
    };
    let key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "ArrowRight" if !zoom.is_in() => step(1),
        "ArrowLeft" if !zoom.is_in() => step(-1),
        key => zoom.key(key),
    };
    // The browser says "closed" later, when the view may have gone.
    let close = move || {
        let _view_gone = shown.try_set(None);
    };
    view! {
        <dialog
            class="viewer"
            data-test="viewer"
            aria-label=words.view_photo
            node_ref=dialog
            on:close=move |_| {
                zoom.reset();
                close();
            }
            on:keydown=key
        >
            <div
                class="stage"
                node_ref=stage
                on:pointerdown=move |event| zoom.pointer_down(&event)
                on:pointermove=move |event| zoom.pointer_move(&event)
                on:pointerup=move |event| zoom.pointer_up(&event)
                on:pointercancel=move |event| zoom.pointer_up(&event)
                on:wheel=move |event| zoom.wheel(&event)
                on:dblclick=move |_| zoom.toggle()
            >
                {move || {
                    current
                        .get()
                        .map(|ShownPhoto { hash, kind, .. }| {
                            view! { <PhotoImage hash size=Size::Screen alt=kind fixed=true/> }
                        })
                }}
            </div>
            <div class="bar at-top">
                <span class="tag" aria-live="polite">
                    {title}
                    {move || caption().map(|caption| view! { <span class="caption">{caption}</span> })}
                    {move || claims().map(|claims| view! { <Claims claims/> })}
                </span>
                <button
                    type="button"
                    class="btn btn-icon"
                    data-test="viewer-close"
                    aria-label=words.close_panel
                    on:click=move |_| close()
                >
                    <Icon icon=icon::X/>
                </button>
            </div>
            <div class="bar at-foot">
                <BarButton label=words.previous icon=icon::CHEVRON_LEFT on_press=move |()| step(-1)/>
                <BarButton label=words.zoom_out icon=icon::MINUS on_press=move |()| zoom.step_out()/>
                <BarButton label=words.zoom_in icon=icon::PLUS on_press=move |()| zoom.step_in()/>
                <BarButton label=words.next icon=icon::CHEVRON_RIGHT on_press=move |()| step(1)/>
            </div>
        </dialog>
    }
}

/// Emphasised where they are not what the phone measured.
#[component]
fn Claims(claims: ShownClaims) -> impl IntoView {
    let ShownClaims { text, differ } = claims;
    if differ {
        view! {
            <strong class="claims" data-test="claims" data-differ="true">
                <Icon icon=icon::TRIANGLE_ALERT small=true/>
                <span>{text}</span>
            </strong>
        }
        .into_any()
    } else {
        view! {
            <span class="claims" data-test="claims" data-differ="false">{text}</span>
        }
        .into_any()
    }
}

#[component]
fn BarButton(
    label: &'static str,
    icon: IconData,
    #[prop(into)] on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="btn btn-icon"
            aria-label=label
            on:click=move |_| on_press.run(())
        >
            <Icon icon/>
        </button>
    }
}

impl Shown {
    fn current(&self) -> Option<&ShownPhoto> {
        self.photos.get(self.index)
    }

    /// Stops at either end.
    fn step(&mut self, by: isize) {
        let last = self.photos.len().saturating_sub(1);
        self.index = self.index.saturating_add_signed(by).min(last);
    }

    fn title(&self, words: Words) -> String {
        let kind = self.current().map_or("", |photo| photo.kind);
        format!("{kind} · {}", words.photo_number(self.index + 1, self.photos.len()))
    }
}

#[cfg(test)]
mod tests {
    use domain::Lang;

    use super::*;

    fn shown(count: u8, index: usize) -> Shown {
        let photo = |byte| ShownPhoto {
            hash: PhotoHash::from_bytes([byte; 32]),
            kind: if byte == 0 { "before" } else { "after" },
            caption: None,
            is_from_gallery: false,
            claims: None,
        };
        Shown { photos: (0..count).map(photo).collect(), index }
    }

    #[test]
    fn step_stops_at_the_first_and_the_last_photo() {
        for (count, index, by, after) in
            [(3, 0, 1, 1), (3, 2, 1, 2), (3, 0, -1, 0), (3, 2, -1, 1), (1, 0, 1, 0), (0, 0, 1, 0)]
        {
            let mut shown = shown(count, index);
            shown.step(by);
            assert_eq!(shown.index, after, "{count} photos, {index} by {by}");
        }
    }

    #[test]
    fn title_says_kind_and_number_of_the_photo_shown_in_each_language() {
        for (lang, title) in [
            (Lang::Hans, "after · 第 2 张，共 3 张"),
            (Lang::Hant, "after · 第 2 張，共 3 張"),
            (Lang::En, "after · Photo 2 of 3"),
        ] {
            assert_eq!(shown(3, 1).title(Words::of(lang)), title);
        }
    }
}
