//! The picture itself, inside whatever frames it: from this phone while it is here, else from
//! the server; a skeleton until its bytes are shown, and where it cannot be shown the reason.
//!
//! Never: sizes. The frame and the style sheet say how large it is.

use domain::PhotoHash;
use leptos::prelude::*;

use super::icon::{self, Icon};
use crate::{
    model::{Link, Model, PhotoSource, Size},
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
    Absent(Absence),
}

/// Why a picture cannot be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// The server would have to be asked, and it does not answer.
    Offline,
    /// The server would have to be asked, and wants a sign-in first.
    SignedOut,
    /// The server answers and does not give it.
    NotAtServer,
    /// It was on this phone only, and its bytes are gone.
    Gone,
    /// Its bytes are here; this browser cannot decode them.
    NotShowable,
}

/// What the server can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    Open,
    SignedOut,
    Closed,
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
    let model = Model::here();
    let source = model.photo_src(hash, size);
    let load = RwSignal::new(Load::Pending);
    let address = Memo::new(move |_| source.with(|source| address_of(source, load.get())));
    let reach = Memo::new(move |_| model.status.with(|status| reach_of(&status.link)));
    let cover = Memo::new(move |_| source.with(|source| cover_of(source, load.get(), reach.get())));
    // "Shown when online" is a promise: it is asked for again once the server answers.
    Effect::watch(
        move || reach.get(),
        move |now, before, _| {
            if *now == Reach::Open && before.is_some() && load.get_untracked() == Load::Failed {
                load.set(Load::Pending);
            }
        },
        false,
    );
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
            Cover::Absent(absence) => sentence(words.photo_absent(absence)).into_any(),
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

fn cover_of(source: &PhotoSource, load: Load, reach: Reach) -> Cover {
    match (source, load) {
        (PhotoSource::Missing, _) => Cover::Absent(Absence::Gone),
        (PhotoSource::Loading, _) | (PhotoSource::Ready(_), Load::Pending) => Cover::Skeleton,
        (PhotoSource::Ready(address), Load::Failed) if address.starts_with("blob:") => {
            Cover::Absent(Absence::NotShowable)
        }
        (PhotoSource::Ready(_), Load::Failed) => Cover::Absent(match reach {
            Reach::Open => Absence::NotAtServer,
            Reach::SignedOut => Absence::SignedOut,
            Reach::Closed => Absence::Offline,
        }),
        (PhotoSource::Ready(_), Load::Done) => Cover::None,
    }
}

const fn reach_of(link: &Link) -> Reach {
    match link {
        Link::Connected => Reach::Open,
        Link::NeedsSignIn => Reach::SignedOut,
        Link::Starting | Link::Trying | Link::Unreachable { .. } => Reach::Closed,
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
        ] {
            for reach in [Reach::Open, Reach::SignedOut, Reach::Closed] {
                assert_eq!(cover_of(source, load, reach), cover, "{source:?} {load:?}");
            }
        }
    }

    #[test]
    fn picture_that_cannot_be_shown_says_which_of_five_reasons_it_is() {
        let here = PhotoSource::Ready("blob:1".into());
        let there = PhotoSource::Ready("/api/v1/photos/1".into());
        for (source, reach, absence) in [
            (&PhotoSource::Missing, Reach::Open, Absence::Gone),
            (&PhotoSource::Missing, Reach::Closed, Absence::Gone),
            (&here, Reach::Open, Absence::NotShowable),
            (&here, Reach::Closed, Absence::NotShowable),
            (&there, Reach::Open, Absence::NotAtServer),
            (&there, Reach::SignedOut, Absence::SignedOut),
            (&there, Reach::Closed, Absence::Offline),
        ] {
            let cover = cover_of(source, Load::Failed, reach);
            assert_eq!(cover, Cover::Absent(absence), "{source:?} {reach:?}");
        }
    }

    #[test]
    fn server_can_be_asked_only_while_it_answers_somebody_who_is_signed_in() {
        for (link, reach) in [
            (Link::Connected, Reach::Open),
            (Link::NeedsSignIn, Reach::SignedOut),
            (Link::Starting, Reach::Closed),
            (Link::Trying, Reach::Closed),
        ] {
            assert_eq!(reach_of(&link), reach, "{link:?}");
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
