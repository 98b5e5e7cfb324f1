//! The picture itself, inside whatever frames it: from this phone while it is here, else from
//! the server; a skeleton until its bytes are shown, and a sentence where it cannot be shown.
//!
//! Never: sizes. The frame and the style sheet say how large it is.

use domain::PhotoHash;
use leptos::prelude::*;

use super::icon::{self, Icon};
use crate::{
    model::{Model, PhotoSource, Size},
    text::words,
};

/// What the browser has made of the picture's address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Load {
    Pending,
    Done,
    Failed,
}

/// What stands in the frame beside or instead of the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cover {
    None,
    Skeleton,
    /// It is at the server, which does not answer.
    Offline,
    /// It is nowhere that this phone can ask.
    Missing,
}

#[component]
pub fn PhotoImage(
    hash: PhotoHash,
    size: Size,
    /// Empty where the text beside it says the same.
    #[prop(into)]
    alt: Signal<String>,
    #[prop(optional)] class: &'static str,
    /// A picture that is panned or covered by a slider is not dragged out of the page.
    #[prop(optional)]
    fixed: bool,
) -> impl IntoView {
    let words = words();
    let source = Model::here().photo_src(hash, size);
    let load = RwSignal::new(Load::Pending);
    let address = Memo::new(move |_| source.with(|source| address_of(source, load.get())));
    let cover = Memo::new(move |_| source.with(|source| cover_of(source, load.get())));
    // The browser may still have an event under way when the view has gone.
    let set = move |to: Load| {
        let _view_gone = load.try_set(to);
    };
    let image = move |address: String| {
        view! {
            <img
                class=(!class.is_empty()).then_some(class)
                src=address
                alt=move || alt.get()
                decoding="async"
                draggable=fixed.then_some("false")
                on:load=move |_| set(Load::Done)
                on:error=move |_| set(Load::Failed)
            />
        }
    };
    let sentence = move |why: &'static str| {
        view! {
            <span class=format!("none {class}")>
                <Icon icon=icon::IMAGE/>
                <span class="why">{why}</span>
            </span>
        }
    };
    view! {
        {move || address.get().map(&image)}
        {move || match cover.get() {
            Cover::None => ().into_any(),
            Cover::Skeleton => view! { <span class=format!("none skeleton {class}")></span> }.into_any(),
            Cover::Offline => sentence(words.photo_offline).into_any(),
            Cover::Missing => sentence(words.photo_not_here).into_any(),
        }}
    }
}

/// The address to load; none for a picture that could not be loaded, since the browser would
/// draw its own sign of a broken picture.
fn address_of(source: &PhotoSource, load: Load) -> Option<String> {
    match source {
        PhotoSource::Ready(address) if load != Load::Failed => Some(address.clone()),
        _ => None,
    }
}

const fn cover_of(source: &PhotoSource, load: Load) -> Cover {
    match (source, load) {
        (PhotoSource::Missing, _) => Cover::Missing,
        (PhotoSource::Loading, _) | (PhotoSource::Ready(_), Load::Pending) => Cover::Skeleton,
        (PhotoSource::Ready(_), Load::Failed) => Cover::Offline,
        (PhotoSource::Ready(_), Load::Done) => Cover::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skeleton_covers_the_frame_until_the_bytes_are_shown() {
        let ready = PhotoSource::Ready("blob:1".into());
        for (source, load, cover) in [
            (&PhotoSource::Loading, Load::Pending, Cover::Skeleton),
            (&ready, Load::Pending, Cover::Skeleton),
            (&ready, Load::Done, Cover::None),
            (&ready, Load::Failed, Cover::Offline),
            (&PhotoSource::Missing, Load::Pending, Cover::Missing),
        ] {
            assert_eq!(cover_of(source, load), cover, "{source:?} {load:?}");
        }
    }

    #[test]
    fn picture_has_an_address_unless_it_failed_or_is_missing() {
        let ready = PhotoSource::Ready("blob:1".into());
        for (source, load, address) in [
            (&ready, Load::Pending, Some("blob:1")),
            (&ready, Load::Done, Some("blob:1")),
            (&ready, Load::Failed, None),
            (&PhotoSource::Loading, Load::Pending, None),
            (&PhotoSource::Missing, Load::Pending, None),
        ] {
            assert_eq!(address_of(source, load).as_deref(), address, "{source:?} {load:?}");
        }
    }
}
