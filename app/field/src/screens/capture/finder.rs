//! The camera's picture, filling the screen; or, without a camera, the way to the
//! system's camera and the gallery, drawn as large.

use std::rc::Rc;

use leptos::{ev, html, prelude::*, task::spawn_local};

use super::{Bench, controls::SystemCamera};
use app_shared::{
    components::{
        icon::{self, Icon},
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

#[component]
pub fn Finder() -> impl IntoView {
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
        LensState::Off(trouble) => Some(view! { <NoCamera trouble /> }.into_any()),
        LensState::Starting => Some(
            view! {
                <p class="no-camera" role="status">
                    {words.camera_starting}
                </p>
            }.into_any(),
        ),
        LensState::On => None,
    };
    view! {
        <div class="finder" data-test="camera" data-state=code>
            <video
                node_ref=video
                playsinline=true
                muted=true
                autoplay=true
                aria-hidden="true"
                tabindex="-1"
                hidden=move || lens.state.get() != LensState::On
            ></video>
            {off}
            {move || {
                (lens.shots.get() > 0).then(|| view! { <span class="flash" data-on="true"></span> })
            }}
        </div>
    }
}

#[component]
fn NoCamera(trouble: CameraTrouble) -> impl IntoView {
    let words = Bench::here().words;
    let title =
        if trouble == CameraTrouble::NotAllowed { words.camera_denied } else { words.no_camera };
    view! {
        <div class="no-camera">
            <Icon icon=icon::CAMERA_OFF />
            <h2>{title}</h2>
            <p>{words.trouble(&Trouble::Camera(trouble))}</p>
            <SystemCamera class="btn btn-main btn-tall" hook="camera-input-large" />
        </div>
    }
}
