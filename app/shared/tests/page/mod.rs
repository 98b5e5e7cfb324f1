//! What every test in the browser needs: a view in the page, elements found by their names,
//! clicks and keys, and waiting for what comes later.
//!
//! Never: a wait for time. A test waits until something holds.
#![allow(dead_code, reason = "each test binary uses its part")]

use std::any::Any;

use app_shared::{
    components::{toasts::Toasts, undo::Undoable},
    device::clock,
    model::{Boot, Model},
    route::{App, Route, Router},
    text::Words,
};
use domain::{
    Lang, PhotoHash,
    evidence::PhotoFormat,
    sync::outbox::{PhotoRow, ROW_FORMAT, Tries},
};
use js_sys::{ArrayBuffer, Date, Promise, Uint8Array};
use leptos::{mount::mount_to, prelude::*};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, CanvasRenderingContext2d, Element, Event, EventInit, HtmlCanvasElement, HtmlElement,
    KeyboardEvent, KeyboardEventInit, MouseEvent, MouseEventInit,
};

/// What the app would show in these tests.
pub const WORDS: Words = Words::of(Lang::En);

/// Far longer than anything takes here: only a test that fails waits so long.
const TIMEOUT_MS: f64 = 10_000.0;

thread_local! {
    /// What belongs to the app and not to a screen; lives as long as the page.
    static APP: Owner = {
        let owner = Owner::new();
        let nowhere = document().create_element("div").expect("an element").unchecked_into();
        // The first view that is mounted starts what runs effects and tasks.
        owner.with(|| mount_to(nowhere, || ())).forget();
        owner
    };
}

/// The contexts of the app, once for the page. The model has started when this returns.
pub async fn start_app() -> Model {
    let model = in_app(|| {
        use_context::<Model>().unwrap_or_else(|| {
            provide_context(WORDS);
            let model = Model::provide();
            Router::provide(App::Field);
            Toasts::provide();
            Undoable::provide();
            model
        })
    });
    until("the model has started", || model.boot.get_untracked() != Boot::Loading).await;
    in_app(Router::here).replace(Route::Home);
    model
}

/// Runs where the contexts of the app are found.
pub fn in_app<T>(run: impl FnOnce() -> T) -> T {
    APP.with(|owner| owner.with(run))
}

/// A view in the page; both go when this is dropped.
pub struct Page {
    place: HtmlElement,
    view: Option<Box<dyn Any>>,
}

impl Page {
    pub async fn show<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) -> Self {
        let place: HtmlElement =
            document().create_element("main").expect("an element").unchecked_into();
        document().body().expect("a body").append_child(&place).expect("room for it");
        let parent = place.clone();
        let handle = in_app(|| {
            mount_to(parent, move || {
                provide_context(WORDS);
                view()
            })
        });
        settle().await;
        Self { place, view: Some(Box::new(handle)) }
    }

    /// What holds the view.
    pub fn place(&self) -> &HtmlElement {
        &self.place
    }

    /// The only element that the selector finds.
    pub fn one(&self, selector: &str) -> HtmlElement {
        let found = self.all(selector);
        assert_eq!(found.len(), 1, "{selector} in {}", self.place.inner_html());
        found.into_iter().next().expect("one")
    }

    pub fn all(&self, selector: &str) -> Vec<HtmlElement> {
        let list = self.place.query_selector_all(selector).expect("a selector");
        (0..list.length()).filter_map(|at| list.get(at)?.dyn_into().ok()).collect()
    }

    /// The first drawing, which is no HTML.
    pub fn drawing(&self) -> Element {
        self.place.query_selector("svg").expect("a selector").expect("a drawing")
    }

    pub fn has(&self, selector: &str) -> bool {
        !self.all(selector).is_empty()
    }

    /// The texts of all elements that the selector finds, in the order of the page.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        self.all(selector).iter().map(text_of).collect()
    }

    pub fn text(&self, selector: &str) -> String {
        text_of(&self.one(selector))
    }

    /// The button, or any other element, that is called so.
    pub fn labelled(&self, label: &str) -> HtmlElement {
        self.one(&format!("[aria-label='{label}']"))
    }

    pub async fn click(&self, selector: &str) {
        self.one(selector).click();
        settle().await;
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        drop(self.view.take());
        self.place.remove();
    }
}

pub fn text_of(element: &HtmlElement) -> String {
    element.text_content().unwrap_or_default().trim().to_owned()
}

pub fn attribute(element: &Element, name: &str) -> Option<String> {
    element.get_attribute(name)
}

pub fn is_focused(element: &HtmlElement) -> bool {
    document().active_element().is_some_and(|active| active.is_same_node(Some(element)))
}

/// A JPEG as a camera would give it, of one colour and black, and the row of it. Each colour
/// makes another file.
pub async fn photo(colour: &str, width: u32, height: u32) -> (ArrayBuffer, PhotoRow) {
    let bytes = picture("image/jpeg", colour, width, height).await;
    let content = Uint8Array::new(&bytes).to_vec();
    let kept = PhotoRow {
        format: ROW_FORMAT,
        hash: PhotoHash::of(&content),
        length: content.len().try_into().expect("a small file"),
        kind: PhotoFormat::Jpeg,
        kept_at: clock::now(),
        answer: None,
        tries: Tries::default(),
        evicted: false,
        damaged: false,
        lacked: false,
    };
    (bytes, kept)
}

/// A picture in a format that the browser writes: its upper half in the colour, the rest black.
pub async fn picture(media: &str, colour: &str, width: u32, height: u32) -> ArrayBuffer {
    let canvas: HtmlCanvasElement =
        document().create_element("canvas").expect("an element").unchecked_into();
    canvas.set_width(width);
    canvas.set_height(height);
    let context: CanvasRenderingContext2d =
        canvas.get_context("2d").expect("no error").expect("a context").unchecked_into();
    context.fill_rect(0.0, 0.0, width.into(), height.into());
    context.set_fill_style_str(colour);
    context.fill_rect(0.0, 0.0, width.into(), f64::from(height) / 2.0);
    let blob = Promise::new(&mut |resolve, _| {
        canvas.to_blob_with_type(&resolve, media).expect("a picture");
    });
    let blob: Blob = JsFuture::from(blob).await.expect("a file").unchecked_into();
    JsFuture::from(blob.array_buffer()).await.expect("its bytes").unchecked_into()
}

/// A key as it is pressed on an element.
pub async fn press(element: &Element, key: &str) {
    let init = KeyboardEventInit::new();
    init.set_bubbles(true);
    init.set_key(key);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init);
    element.dispatch_event(&event.expect("an event")).expect("it is in the page");
    settle().await;
}

/// An event that bubbles, as `input` and `change` do.
pub async fn tell(element: &Element, name: &str) {
    let init = EventInit::new();
    init.set_bubbles(true);
    let event = Event::new_with_event_init_dict(name, &init).expect("an event");
    element.dispatch_event(&event).expect("it is in the page");
    settle().await;
}

/// A click with Control held. Gives whether the browser would have followed the link.
pub fn is_left_to_the_browser(link: &HtmlElement, with_control: bool) -> bool {
    let left = std::rc::Rc::new(std::cell::Cell::new(false));
    let (seen, place) = (left.clone(), link.parent_element().expect("in the page"));
    let heard = wasm_bindgen::closure::Closure::<dyn Fn(Event)>::new(move |event: Event| {
        seen.set(!event.default_prevented());
        // The page of the tests stays.
        event.prevent_default();
    });
    let callback = heard.as_ref().unchecked_ref();
    place.add_event_listener_with_callback("click", callback).expect("a listener");
    let init = MouseEventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    init.set_ctrl_key(with_control);
    let event = MouseEvent::new_with_mouse_event_init_dict("click", &init).expect("an event");
    link.dispatch_event(&event).expect("it is in the page");
    place.remove_event_listener_with_callback("click", callback).expect("it was there");
    left.get()
}

/// Lets everything run that was waiting to.
pub async fn settle() {
    for _ in 0..3 {
        turn().await;
    }
}

/// Waits until something holds.
pub async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let start = Date::now();
    while !holds() {
        assert!(Date::now() - start < TIMEOUT_MS, "not in time: {what}");
        turn().await;
    }
}

/// One turn of the browser's event loop.
async fn turn() {
    let promise = Promise::new(&mut |resolve, _| {
        let _timer = window().set_timeout_with_callback(&resolve);
    });
    let done: Result<JsValue, JsValue> = JsFuture::from(promise).await;
    done.expect("a turn ends");
}
