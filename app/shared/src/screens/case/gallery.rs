//! The photos of a case: swiped through, opened full screen; before and after in one
//! frame once there is an after.

use leptos::{html, prelude::*};

use super::{Entry, case_photos::photos_of};
use crate::{
    components::{
        compare::PhotoCompare,
        icon::{self, Icon},
        photo::Photo,
        viewer::{Shown, ShownPhoto},
    },
    model::{Model, Size},
    text::words,
};

#[component]
pub fn Gallery(entry: Entry, shown: RwSignal<Option<Shown>>) -> impl IntoView {
    let words = words();
    let model = Model::here();
    let photos = Memo::new(move |_| {
        let district = model.district.get();
        entry.with(|entry| photos_of(&entry.case, district.as_deref(), words))
    });
    let pair = Memo::new(move |_| {
        entry.with(|entry| {
            let before = entry.case.report.photos.first()?.hash;
            Some((before, entry.case.after_photos().first()?.hash))
        })
    });
    let comparing = RwSignal::new(true);
    let view = move || match pair.get() {
        Some((before, after)) if comparing.get() => {
            view! { <PhotoCompare before after /> }.into_any()
        }
        _ => view! { <PhotoSlides photos shown /> }.into_any(),
    };
    view! {
        <div class="gallery-frame" data-test="gallery">
            {view}
            <Show when=move || pair.with(Option::is_some)>
                <div class="tabs">
                    <button
                        type="button"
                        aria-pressed=move || comparing.get().to_string()
                        on:click=move |_| comparing.set(true)
                    >
                        {words.compare}
                    </button>
                    <button
                        type="button"
                        data-test="all-photos"
                        aria-pressed=move || (!comparing.get()).to_string()
                        on:click=move |_| comparing.set(false)
                    >
                        {words.photos}
                        " "
                        {move || photos.with(Vec::len)}
                    </button>
                </div>
            </Show>
        </div>
    }
}

/// That a photo was chosen, and whether its file claims another time or place.
#[component]
fn GalleryMark(differ: bool) -> impl IntoView {
    let words = words();
    view! {
        <span class="origin" data-test="from-gallery" data-differ=differ.to_string()>
            <Icon icon=if differ { icon::TRIANGLE_ALERT } else { icon::IMAGES } small=true />
            {words.from_gallery}
        </span>
    }
}

#[component]
fn PhotoSlides(
    #[prop(into)] photos: Signal<Vec<ShownPhoto>>,
    shown: RwSignal<Option<Shown>>,
) -> impl IntoView {
    let words = words();
    let strip = NodeRef::<html::Ol>::new();
    let turn = move |by: f64| {
        if let Some(strip) = strip.get_untracked() {
            let width = f64::from(strip.client_width());
            strip.scroll_by_with_x_and_y(width * by, 0.0);
        }
    };
    let several = move || photos.with(|photos| photos.len() > 1);
    let slides = move || {
        let list = photos.get();
        let all = list.len();
        list.into_iter()
            .enumerate()
            .map(|(index, photo)| {
                let ShownPhoto { hash, kind, is_from_gallery, claims, .. } = photo;
                let name = format!("{kind}, {}", words.photo_number(index + 1, all));
                let differ = claims.is_some_and(|claims| claims.differ);
                view! {
                    <li>
                        <button
                            type="button"
                            class="open"
                            data-test="photo-open"
                            aria-label=format!("{}: {name}", words.view_photo)
                            on:click=move |_| {
                                shown
                                    .set(
                                        Some(Shown {
                                            photos: photos.get_untracked(),
                                            index,
                                        }),
                                    )
                            }
                        >
                            <Photo hash size=Size::Screen alt=name.clone() class="photo" />
                        </button>
                        <span class="tag">
                            {kind} " · " {index + 1} "/" {all}
                            {is_from_gallery.then(|| view! { <GalleryMark differ /> })}
                        </span>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <div class="gallery">
            <ol node_ref=strip>{slides}</ol>
            <Show when=several>
                <button
                    type="button"
                    class="step prev"
                    aria-label=words.previous
                    on:click=move |_| turn(-1.0)
                >
                    <Icon icon=icon::CHEVRON_LEFT />
                </button>
                <button
                    type="button"
                    class="step next"
                    aria-label=words.next
                    on:click=move |_| turn(1.0)
                >
                    <Icon icon=icon::CHEVRON_RIGHT />
                </button>
            </Show>
        </div>
    }
}
