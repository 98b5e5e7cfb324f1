//! Photos: the strip of a draft, the viewer, the comparison, and the picture itself.

use app_shared::{
    components::{
        compare::PhotoCompare,
        photo_image::{Absence, PhotoImage},
        photo_marks::PhotoMarks,
        photo_strip::PhotoStrip,
        viewer::{PhotoViewer, Shown, ShownClaims, ShownPhoto},
    },
    device::store,
    model::{DraftPhoto, PhotoState, RecordPhoto, Size},
};
use domain::{
    PhotoHash,
    evidence::{FileClaims, ShotOrigin, SourceFile},
};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlDialogElement, HtmlInputElement};

use crate::{
    case_story::shot,
    page::{Page, WORDS, attribute, photo, press, settle, start_app, tell, text_of, until},
};

fn drafts(contents: &[&str]) -> Vec<DraftPhoto> {
    contents.iter().map(|content| DraftPhoto { shot: shot(content) }).collect()
}

/// The strip of these photos, and the places that were removed from it.
async fn strip(photos: RwSignal<Vec<DraftPhoto>>) -> (Page, RwSignal<Vec<usize>>) {
    start_app().await;
    let removed = RwSignal::new(Vec::new());
    let page = Page::show(move || {
        let remove = move |index| removed.update(|all: &mut Vec<usize>| all.push(index));
        view! { <PhotoStrip photos remove last=|| view! { <button id="more">"More"</button> } /> }
    })
    .await;
    (page, removed)
}

fn labels(page: &Page) -> Vec<String> {
    page.all("[data-test=photo-remove]")
        .iter()
        .filter_map(|button| attribute(button, "aria-label"))
        .collect()
}

fn remove_label(number: usize, all: usize) -> String {
    format!("{}: {}", WORDS.remove_photo, WORDS.photo_number(number, all))
}

#[wasm_bindgen_test]
async fn photos_of_a_strip_are_numbered_in_their_order() {
    let (page, _) = strip(RwSignal::new(drafts(&["a", "b", "c"]))).await;
    assert_eq!(page.all("[data-test=photo-thumb]").len(), 3);
    assert_eq!(labels(&page), [1, 2, 3].map(|number| remove_label(number, 3)));
    assert_eq!(attribute(&page.one(".thumbs"), "aria-label").as_deref(), Some(WORDS.photos));
}

#[wasm_bindgen_test]
async fn remove_button_hands_over_the_place_that_the_photo_has_now() {
    let photos = RwSignal::new(drafts(&["a", "b", "c"]));
    let (page, removed) = strip(photos).await;
    photos.set(drafts(&["b", "c"]));
    settle().await;
    page.all("[data-test=photo-remove]")[1].click();
    settle().await;
    assert_eq!(removed.get_untracked(), [1], "c has become the second");
}

#[wasm_bindgen_test]
async fn same_file_chosen_twice_is_shown_twice_and_each_can_be_removed() {
    let (page, removed) = strip(RwSignal::new(drafts(&["a", "a", "b"]))).await;
    let buttons = page.all("[data-test=photo-remove]");
    assert_eq!(buttons.len(), 3);
    buttons[1].click();
    buttons[0].click();
    settle().await;
    assert_eq!(removed.get_untracked(), [1, 0]);
}

#[wasm_bindgen_test]
async fn photos_that_stay_are_not_made_anew_when_another_goes() {
    let photos = RwSignal::new(drafts(&["a", "b", "c"]));
    let (page, _) = strip(photos).await;
    let last = page.all("[data-test=photo-thumb]")[2].clone();
    photos.set(drafts(&["a", "c"]));
    settle().await;
    assert!(last.is_same_node(Some(&page.all("[data-test=photo-thumb]")[1])));
    assert_eq!(labels(&page), [1, 2].map(|number| remove_label(number, 2)));
}

#[wasm_bindgen_test]
async fn way_to_another_photo_stands_last_while_there_is_room() {
    let most = domain::case::Report::MAX_PHOTOS;
    let contents: Vec<String> = (0..most).map(|number| number.to_string()).collect();
    let contents: Vec<&str> = contents.iter().map(String::as_str).collect();
    let photos = RwSignal::new(drafts(&contents[1..]));
    let (page, _) = strip(photos).await;
    assert!(page.has("li:last-child #more"));
    photos.set(drafts(&contents));
    settle().await;
    assert!(!page.has("#more"), "{most} photos are as many as a report takes");
}

fn shown(count: u8, index: usize) -> Shown {
    let photo = |number: u8| ShownPhoto {
        hash: PhotoHash::of(&[number]),
        kind: if number == 0 { WORDS.before } else { WORDS.after },
        caption: (number == 0).then(|| "10:00 · Renmin Road".into()),
        is_from_gallery: number == 1,
        claims: (number > 0)
            .then(|| ShownClaims { text: format!("claim {number}"), differ: number == 1 }),
    };
    Shown { photos: (0..count).map(photo).collect(), index }
}

async fn viewer(shown: RwSignal<Option<Shown>>) -> Page {
    start_app().await;
    Page::show(move || view! { <PhotoViewer shown /> }).await
}

fn index(shown: RwSignal<Option<Shown>>) -> Option<usize> {
    shown.with_untracked(|shown| shown.as_ref().map(|shown| shown.index))
}

fn dialog(page: &Page) -> HtmlDialogElement {
    page.one("[data-test=viewer]").unchecked_into()
}

#[wasm_bindgen_test]
async fn viewer_opens_over_the_page_with_kind_number_and_caption_of_the_photo() {
    let photos = RwSignal::new(None);
    let page = viewer(photos).await;
    assert!(!dialog(&page).open());
    photos.set(Some(shown(3, 0)));
    settle().await;
    assert!(dialog(&page).matches(":modal").expect("a selector"));
    let title = page.text(".tag");
    assert!(title.starts_with(&format!("{} · {}", WORDS.before, WORDS.photo_number(1, 3))));
    assert_eq!(page.text(".caption"), "10:00 · Renmin Road");
    assert_eq!(attribute(&page.one(".tag"), "aria-live").as_deref(), Some("polite"));
}

#[wasm_bindgen_test]
async fn claims_of_a_file_are_emphasised_where_they_are_not_what_was_measured() {
    let photos = RwSignal::new(Some(shown(3, 0)));
    let page = viewer(photos).await;
    for (claims, differ, tag) in [
        (None, None, None),
        (Some("claim 1"), Some("true"), Some("STRONG")),
        (Some("claim 2"), Some("false"), Some("SPAN")),
    ] {
        let found = page.all(".claims");
        assert_eq!(found.first().map(text_of).as_deref(), claims);
        assert_eq!(found.first().and_then(|it| attribute(it, "data-differ")).as_deref(), differ);
        assert_eq!(found.first().map(|it| it.tag_name()).as_deref(), tag);
        page.labelled(WORDS.next).click();
        settle().await;
    }
}

#[wasm_bindgen_test]
async fn photo_of_the_gallery_has_a_mark_in_the_strip_and_one_of_the_camera_has_none() {
    let mut photos = drafts(&["camera", "gallery"]);
    let claimed = FileClaims::default();
    let file = SourceFile { hash: PhotoHash::of(b"file"), claimed };
    photos[1].shot.origin = ShotOrigin::Gallery(file);
    let (page, _) = strip(RwSignal::new(photos)).await;
    let marks: Vec<_> = page
        .all("[data-test=photo-thumb]")
        .iter()
        .map(|thumb| {
            thumb.query_selector("[data-test=from-gallery]").expect("a selector").is_some()
        })
        .collect();
    assert_eq!(marks, [false, true]);
    assert_eq!(page.text("[data-test=from-gallery]"), WORDS.from_gallery);
}

#[wasm_bindgen_test]
async fn buttons_and_arrow_keys_step_through_the_photos_and_stop_at_the_ends() {
    let photos = RwSignal::new(Some(shown(2, 0)));
    let page = viewer(photos).await;
    for (label, after) in
        [(WORDS.next, 1), (WORDS.next, 1), (WORDS.previous, 0), (WORDS.previous, 0)]
    {
        page.labelled(label).click();
        settle().await;
        assert_eq!(index(photos), Some(after), "{label}");
    }
    for (key, after) in [("ArrowRight", 1), ("ArrowRight", 1), ("ArrowLeft", 0)] {
        press(&dialog(&page), key).await;
        assert_eq!(index(photos), Some(after), "{key}");
        assert_eq!(page.has(".caption"), after == 0, "only the first has one");
    }
}

#[wasm_bindgen_test]
async fn arrow_keys_move_an_enlarged_photo_and_do_not_leave_it() {
    let photos = RwSignal::new(Some(shown(3, 1)));
    let page = viewer(photos).await;
    page.labelled(WORDS.zoom_in).click();
    settle().await;
    press(&dialog(&page), "ArrowRight").await;
    assert_eq!(index(photos), Some(1));
    page.labelled(WORDS.zoom_out).click();
    settle().await;
    press(&dialog(&page), "ArrowRight").await;
    assert_eq!(index(photos), Some(2));
}

#[wasm_bindgen_test]
async fn viewer_is_left_by_its_button_and_by_what_the_browser_closes() {
    let photos = RwSignal::new(Some(shown(1, 0)));
    let page = viewer(photos).await;
    page.click("[data-test=viewer-close]").await;
    assert_eq!(index(photos), None);
    assert!(!dialog(&page).open());
    photos.set(Some(shown(1, 0)));
    settle().await;
    // As Escape does.
    dialog(&page).close();
    until("the app knows it", || index(photos).is_none()).await;
}

#[wasm_bindgen_test]
async fn comparison_moves_its_edge_with_the_slider() {
    start_app().await;
    let (before, after) = (PhotoHash::of(b"before"), PhotoHash::of(b"after"));
    let page = Page::show(move || view! { <PhotoCompare before after /> }).await;
    assert_eq!(page.texts(".tag"), [WORDS.before, WORDS.after]);
    let slider: HtmlInputElement = page.one("[data-test=compare-slider]").unchecked_into();
    assert_eq!(attribute(&slider, "aria-label").as_deref(), Some(WORDS.compare_hint));
    assert_eq!(slider.value(), "50");
    for part in ["20", "100", "0"] {
        slider.set_value(part);
        tell(&slider, "input").await;
        let cut = page.one(".compare").style().get_property_value("--cut");
        assert_eq!(cut.as_deref(), Ok(format!("{part}%").as_str()));
    }
}

#[wasm_bindgen_test]
async fn photo_on_this_phone_is_shown_from_its_bytes_under_a_skeleton_until_then() {
    start_app().await;
    let (bytes, kept) = photo("#356", 64, 48).await;
    let new = store::NewPhoto { kept: &kept, bytes: &bytes, thumb: None };
    store::put_photo(new).await.expect("there is room");
    let hash = kept.hash;
    let page =
        Page::show(move || view! { <PhotoImage hash size=Size::Screen alt="Before" /> }).await;
    until("it is shown", || page.has("img") && !page.has(".skeleton")).await;
    let image = page.one("img");
    assert!(attribute(&image, "src").is_some_and(|src| src.starts_with("blob:")));
    assert_eq!(attribute(&image, "alt").as_deref(), Some("Before"));
}

#[wasm_bindgen_test]
async fn photo_that_the_server_does_not_give_is_a_sentence_and_no_broken_picture() {
    start_app().await;
    let hash = PhotoHash::of(b"at the server");
    let page = Page::show(move || view! { <PhotoImage hash size=Size::Thumb alt="" /> }).await;
    until("it has failed", || page.has(".why")).await;
    // Nobody is signed in here, and no server of ours answers.
    let reasons = [Absence::Offline, Absence::SignedOut, Absence::NotAtServer];
    let text = page.text(".why");
    assert!(reasons.iter().any(|reason| WORDS.photo_absent(*reason) == text), "{text}");
    assert!(!page.has("img"));
}

#[wasm_bindgen_test]
async fn marks_tell_the_state_of_each_photo_in_their_order() {
    let states = [
        PhotoState::OnPhone,
        PhotoState::Arriving { sent: 250_000, of: 1_200_000 },
        PhotoState::Arrived { receipt: None },
        PhotoState::Damaged,
    ];
    let photos: Vec<RecordPhoto> = states.into_iter().map(record_photo).collect();
    let page = Page::show(move || view! { <PhotoMarks photos /> }).await;
    let names: Vec<_> =
        page.all(".mark").iter().filter_map(|mark| attribute(mark, "data-state")).collect();
    assert_eq!(names, ["on_phone", "arriving", "arrived", "attention"]);
    let texts = page.texts(".mark");
    assert!(texts[1].contains("250 KB of 1.2 MB"), "{texts:?}");
    assert!(texts[0].contains(WORDS.photo_on_phone) && texts[0].contains("1 "), "{texts:?}");
}

fn record_photo(state: PhotoState) -> RecordPhoto {
    RecordPhoto { shot: shot("a"), state }
}
