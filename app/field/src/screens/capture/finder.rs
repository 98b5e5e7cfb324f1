//! The camera's picture, filling the screen; or, without a camera, the way to the
//! system's camera and the gallery, drawn as large.

use std::rc::Rc;

use leptos::{ev, html, prelude::*, task::spawn_local};

use super::{Bench, controls::system_camera};
use app_shared::{
    components::{
        icon::Icon,
        markup::{IntoView, el},
    },
    model::{Camera, CameraTrouble, Trouble},
};

/// The open camera, for the shutter. In context.
#[derive(Clone, Copy)]
pub struct Lens {
    pub state: RwSignal<LensState>,
    pub camera: StoredValue<Option<Rc<Camera>>, LocalStorage>,
    /// Counts shots, for the flash.
    pub shots: RwSignal<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LensState {
    Starting,
    On,
    Off(CameraTrouble),
}

impl Lens {
    pub fn provide() -> Self {
        let lens = Self {
            state: RwSignal::new(LensState::Starting),
            camera: StoredValue::new_local(None),
            shots: RwSignal::new(0),
        };
        provide_context(lens);
        lens
    }

    pub fn here() -> Self {
        use_context().unwrap_or_else(Self::provide)
    }
}

pub fn finder() -> impl IntoView {
    let bench = Bench::here();
    let words = bench.words;
    let lens = Lens::here();
    let video = NodeRef::<html::Video>::new();
    let open = move || {
        let Some(video) = video.get_untracked() else { return };
        lens.state.set(LensState::Starting);
        spawn_local(async move {
            let state = match bench.model.open_camera(&video).await {
                Ok(camera) => {
                    // Gone already: dropped here, and the camera goes off.
                    let _gone = lens.camera.try_update_value(|held| *held = Some(Rc::new(camera)));
                    LensState::On
                }
                Err(Trouble::Camera(trouble)) => LensState::Off(trouble),
                Err(_) => LensState::Off(CameraTrouble::Failed),
            };
            let _gone = lens.state.try_set(state);
        });
    };
    let mut is_first = true;
    Effect::new(move |_| {
        if std::mem::take(&mut is_first) && video.get().is_some() {
            open();
        }
    });
    // Phones stop a camera in the background; it starts again with the page.
    let shown = window_event_listener(ev::visibilitychange, move |_| {
        let visible = document().visibility_state() == web_sys::VisibilityState::Visible;
        if visible && matches!(lens.state.try_get_untracked(), Some(LensState::Off(_))) {
            open();
        }
    });
    on_cleanup(move || {
        shown.remove();
        lens.camera.try_update_value(|held| *held = None);
    });
    let code = move || match lens.state.get() {
        LensState::Starting => "starting",
        LensState::On => "on",
        LensState::Off(_) => "off",
    };
    let off = move || match lens.state.get() {
        LensState::Off(trouble) => Some(no_camera(trouble).into_view()),
        LensState::Starting => Some(
            el("p")
                .class("no-camera")
                .attr("role", "status")
                .child(words.camera_starting)
                .into_view(),
        ),
        LensState::On => None,
    };
    el("div")
        .class("finder")
        .hook("camera")
        .attr("data-state", code)
        .child(
            el("video")
                .node_ref(video)
                .attr("playsinline", true)
                .attr("muted", true)
                .attr("autoplay", true)
                .attr("aria-hidden", "true")
                .attr("tabindex", "-1")
                .attr("hidden", move || lens.state.get() != LensState::On),
        )
        .child(off)
        .child(move || {
            (lens.shots.get() > 0).then(|| el("span").class("flash").attr("data-on", "true"))
        })
}

fn no_camera(trouble: CameraTrouble) -> impl IntoView {
    let words = Bench::here().words;
    let title =
        if trouble == CameraTrouble::NotAllowed { words.camera_denied } else { words.no_camera };
    el("div")
        .class("no-camera")
        .child(Icon::CameraOff)
        .child(el("h2").child(title))
        .child(el("p").child(words.trouble(&Trouble::Camera(trouble))))
        .child(system_camera("btn btn-main btn-tall", "camera-input-large"))
}
