//! Rows of cases, lamps, receipts, links and file inputs.

use std::{collections::BTreeSet, sync::Arc};

use app_shared::{
    components::{
        case_row::CaseRow,
        icon::{self, Icon},
        lamp::DeadlineLamp,
        link::RouteLink,
        picker::FilePicker,
        receipt::ReceiptDetails,
        rescue::RescueFile,
    },
    device::store,
    model::{CaseEntry, Model, OperationState, Pending},
    route::{App, Route, Router},
};
use domain::{
    DeviceTime, OperationId, PhotoHash, Sha256Hash, Timestamp,
    calendar::Lamp,
    case::Command,
    evidence::{Epoch, Receipt, ReceiptSubject, Unsigned},
};
use js_sys::Array;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{DataTransfer, File, HtmlInputElement};

use crate::{
    case_story::{Story, at, pack},
    page::{Page, WORDS, attribute, in_app, is_left_to_the_browser, settle, start_app, tell},
};

/// As this phone would hold what the story has told so far.
fn entry(story: &Story) -> CaseEntry {
    let case = story.case();
    CaseEntry {
        id: case.id,
        number: None,
        log: story.log.clone(),
        seq: 1,
        confirmed: story.log.len(),
        case,
        pending: Vec::new(),
    }
}

/// The app with the small district on its phone.
async fn start_with_district() -> Model {
    let text = serde_json::to_string(&pack()).expect("JSON");
    store::put_pack("1", &text).await.expect("there is room");
    let model = start_app().await;
    if model.district.with_untracked(Option::is_none) {
        // Another test has started the app before.
        model.start_again();
    }
    crate::page::until("the district is read", || model.district.with_untracked(Option::is_some))
        .await;
    model
}

async fn row(entry: CaseEntry) -> Page {
    let entry = Arc::new(entry);
    Page::show(move || view! { <CaseRow entry /> }).await
}

#[wasm_bindgen_test]
async fn row_of_a_case_says_what_where_until_when_and_who() {
    start_with_district().await;
    let page = row(entry(&Story::reported())).await;
    assert_eq!(page.text(".kind"), "Street vending");
    assert!(page.text(".sub").contains("Ankang"), "{}", page.text(".sub"));
    assert!(page.has(".facts .lamp"));
    assert!(!page.text(".facts .quiet").is_empty());
    let parts: Vec<_> = page.all(".row > span").iter().map(|part| part.class_name()).collect();
    assert_eq!(parts, ["photo thumb", "title", "sub", "facts"]);
}

#[wasm_bindgen_test]
async fn row_of_a_case_leads_to_it_without_loading_the_page_anew() {
    start_with_district().await;
    let entry = entry(&Story::reported());
    let id = entry.id;
    let page = row(entry).await;
    let link = page.one("[data-test=task-row]");
    assert_eq!(attribute(&link, "href"), Some(format!("/field/case/{id}")));
    assert_eq!(attribute(&link, "data-case"), Some(id.to_string()));
    assert!(!is_left_to_the_browser(&link, false));
    settle().await;
    assert_eq!(in_app(Router::here).at.get_untracked(), Route::Case(id));
}

#[wasm_bindgen_test]
async fn row_says_that_something_of_the_case_waits_on_this_phone() {
    start_with_district().await;
    let story = Story::reported();
    let done = DeviceTime { claimed: story.now, offset_ms: None };
    let pending = Pending {
        id: OperationId::new(story.now, [9; 10]),
        command: Command::Claim,
        done,
        base: 1,
        state: OperationState::Sending,
        acknowledged: false,
        predicted: None,
    };
    let page = row(CaseEntry { pending: vec![pending], ..entry(&story) }).await;
    assert!(page.texts(".sub").contains(&WORDS.pending_event.to_owned()));
    let page = row(entry(&story)).await;
    assert!(!page.texts(".sub").contains(&WORDS.pending_event.to_owned()));
}

#[wasm_bindgen_test]
async fn each_lamp_has_its_own_shape_and_word() {
    let mut shapes = Vec::new();
    for (lamp, code) in [
        (Lamp::OnTime, "on_time"),
        (Lamp::Near, "near"),
        (Lamp::Over, "over"),
        (Lamp::Ended, "ended"),
    ] {
        let page = Page::show(move || view! { <DeadlineLamp lamp /> }).await;
        assert_eq!(attribute(&page.one(".lamp"), "data-lamp").as_deref(), Some(code));
        assert_eq!(page.text(".lamp"), WORDS.lamp(lamp));
        assert!(!page.has(".unseen"), "the word is not read twice");
        shapes.push(page.drawing().inner_html());
    }
    let kinds: BTreeSet<_> = shapes.into_iter().collect();
    assert_eq!(kinds.len(), 4);
}

#[wasm_bindgen_test]
async fn lamp_with_a_sentence_reads_its_word_before_it() {
    let page = Page::show(|| view! { <DeadlineLamp lamp=Lamp::Over text="2 h over" /> }).await;
    assert_eq!(page.text(".word"), "2 h over");
    assert_eq!(page.text(".unseen"), format!("{}:", WORDS.lamp(Lamp::Over)));
}

fn receipt() -> Arc<Receipt> {
    let subject = ReceiptSubject::Operation {
        id: OperationId::new(Timestamp::from_millis(0), [3; 10]),
        digest: Sha256Hash::of(b"operation"),
        photos: vec![PhotoHash::of(b"a"), PhotoHash::of(b"b")],
    };
    let stated = Unsigned { subject, at: at("2026-11-23 10:00"), epoch: Epoch(1) };
    Arc::new(Receipt { stated, signature: "ab".repeat(64) })
}

#[wasm_bindgen_test]
async fn receipt_names_operation_digest_each_photo_and_signature_in_this_order() {
    start_app().await;
    let shown = receipt();
    let page =
        Page::show(move || view! { <ReceiptDetails title="" receipt=shown open=true /> }).await;
    let terms = [
        WORDS.receipt_at,
        WORDS.receipt_of,
        WORDS.receipt_digest,
        WORDS.photos,
        WORDS.receipt_signature,
    ];
    assert_eq!(page.texts("dt"), terms);
    let ReceiptSubject::Operation { id, digest, photos } = &receipt().stated.subject else {
        unreachable!()
    };
    let codes = [
        id.to_string(),
        digest.to_string(),
        photos[0].to_string(),
        photos[1].to_string(),
        receipt().signature.clone(),
    ];
    assert_eq!(page.texts("dd.code"), codes);
}

#[wasm_bindgen_test]
async fn receipt_is_folded_under_its_title_unless_it_is_asked_for_open() {
    start_app().await;
    let page = Page::show(|| view! { <ReceiptDetails title="Record" receipt=receipt() /> }).await;
    assert_eq!(page.text("summary"), "Record");
    assert_eq!(attribute(&page.one("details"), "open"), None);
    let page =
        Page::show(|| view! { <ReceiptDetails title="Record" receipt=receipt() open=true /> })
            .await;
    assert!(!page.has("details"));
    assert!(page.has("[data-test=receipt]"));
}

#[wasm_bindgen_test]
async fn link_to_a_screen_of_this_entry_point_stays_in_the_app() {
    start_app().await;
    let page = Page::show(|| {
        view! {
            <RouteLink to=Route::Settings class="a" hook="to">
                "Go"
            </RouteLink>
        }
    })
    .await;
    let link = page.one("[data-test=to]");
    assert_eq!(attribute(&link, "href").as_deref(), Some("/field/settings"));
    assert!(!is_left_to_the_browser(&link, false));
    settle().await;
    assert_eq!(in_app(Router::here).at.get_untracked(), Route::Settings);
}

#[wasm_bindgen_test]
async fn link_with_control_held_or_to_the_other_entry_point_is_left_to_the_browser() {
    start_app().await;
    for (to, with_control, href) in
        [(Route::Settings, true, "/field/settings"), (Route::Board, false, "/desk/board")]
    {
        let page = Page::show(move || {
            view! {
                <RouteLink to class="a">
                    "Go"
                </RouteLink>
            }
        })
        .await;
        let link = page.one("a");
        assert_eq!(attribute(&link, "href").as_deref(), Some(href));
        assert!(is_left_to_the_browser(&link, with_control), "{to:?}");
        assert_eq!(in_app(Router::here).at.get_untracked(), Route::Home, "{to:?}");
    }
    assert!(in_app(Router::here).is_elsewhere(Route::Board));
    assert_eq!(in_app(Router::here).app, App::Field);
}

async fn picker(camera: bool, picked: RwSignal<Vec<String>>, opened: RwSignal<u32>) -> Page {
    Page::show(move || {
        let pick = move |files: Vec<File>| {
            picked.update(|all| all.extend(files.iter().map(File::name)));
        };
        view! {
            <FilePicker
                hook="files"
                class="btn"
                camera
                on_open=Callback::new(move |()| opened.update(|count| *count += 1))
                on_pick=Callback::new(pick)
            >
                "Gallery"
            </FilePicker>
        }
    })
    .await
}

#[wasm_bindgen_test]
async fn picker_takes_several_pictures_and_the_camera_one() {
    for (camera, capture, multiple) in [(false, None, true), (true, Some("environment"), false)] {
        let page = picker(camera, RwSignal::new(Vec::new()), RwSignal::new(0)).await;
        let input: HtmlInputElement = page.one("[data-test=files]").unchecked_into();
        assert_eq!(attribute(&input, "capture").as_deref(), capture);
        assert_eq!(input.multiple(), multiple);
        assert_eq!(input.accept(), "image/*");
        // The label is the button: a click on its word opens the picker.
        assert!(input.closest("label.btn").expect("a selector").is_some());
        assert_eq!(page.text("label"), "Gallery");
    }
}

#[wasm_bindgen_test]
async fn picked_files_are_handed_over_in_their_order_and_the_same_can_be_picked_again() {
    let (picked, opened) = (RwSignal::new(Vec::new()), RwSignal::new(0));
    let page = picker(false, picked, opened).await;
    let input: HtmlInputElement = page.one("[data-test=files]").unchecked_into();
    for _ in 0..2 {
        let transfer = DataTransfer::new().expect("a list");
        for name in ["b.jpg", "a.jpg"] {
            let file = File::new_with_str_sequence(&Array::of1(&"x".into()), name);
            transfer.items().add_with_file(&file.expect("a file")).expect("room");
        }
        input.set_files(transfer.files().as_ref());
        tell(&input, "change").await;
        assert_eq!(input.value(), "", "nothing stays chosen");
    }
    assert_eq!(picked.get_untracked(), ["b.jpg", "a.jpg", "b.jpg", "a.jpg"]);
    assert_eq!(opened.get_untracked(), 0);
    tell(&input, "click").await;
    assert_eq!(opened.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn rescue_file_can_be_made_by_anybody_and_taken_in_by_who_is_signed_in() {
    start_app().await;
    for can_import in [false, true] {
        let page = Page::show(move || view! { <RescueFile can_import /> }).await;
        assert!(page.has("[data-test=rescue-make]"));
        assert_eq!(page.has("[data-test=rescue-import]"), can_import);
        assert!(page.has("[aria-live=polite]"));
    }
}

#[wasm_bindgen_test]
async fn icon_is_drawn_and_not_read_out() {
    let page = Page::show(|| view! { <Icon icon=icon::CHECK small=true /> }).await;
    let svg = page.drawing();
    assert_eq!(svg.get_attribute("aria-hidden").as_deref(), Some("true"));
    assert_eq!(svg.get_attribute("class").as_deref(), Some("icon icon-s"));
    assert!(svg.child_element_count() > 0);
}
