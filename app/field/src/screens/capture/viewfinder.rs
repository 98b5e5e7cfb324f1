//! The camera's picture, filling the screen; or, without a camera, the way to the
//! system's camera and the gallery, drawn as large.

use std::rc::Rc;

use leptos::{ev, html, prelude::*, task::spawn_local};

use super::{CaptureContext, system_camera::SystemCamera};
use app_shared::{
    components::icon::{self, Icon},
    device::camera::CameraError,
    model::{AppError, Camera},
};

/// The open camera, for the shutter. In context.
#[derive(Clone, Copy)]
pub struct CameraContext {
    pub state: RwSignal<CameraState>,
    pub camera: StoredValue<Option<Rc<Camera>>, LocalStorage>,
    /// Counts shots, for the flash.
    pub shots: RwSignal<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CameraState {
    Starting,
    On,
    Off(CameraError),
}

impl CameraState {
    /// The stable name by which tests find it.
    const fn code(self) -> &'static str {
        match self {
            Self::Starting => "starting",
            Self::On => "on",
            Self::Off(_) => "off",
        }
    }
}

/// Whether asking again may help: a camera that is not there or not allowed does not come by it.
const fn may_come_back(error: CameraError) -> bool {
    matches!(error, CameraError::Busy | CameraError::Failed)
}

impl CameraContext {
    pub fn provide() -> Self {
        let context = Self {
            state: RwSignal::new(CameraState::Starting),
            camera: StoredValue::new_local(None),
            shots: RwSignal::new(0),
        };
        provide_context(context);
        context
    }

    pub fn here() -> Self {
        expect_context()
    }
}

#[component]
pub fn Viewfinder() -> impl IntoView {
    let capture = CaptureContext::here();
    let words = capture.words;
    let context = CameraContext::here();
    let video = NodeRef::<html::Video>::new();
    let open = move || {
        let Some(video) = video.get_untracked() else { return };
        context.state.set(CameraState::Starting);
        spawn_local(async move {
            let state = match capture.model.open_camera(&video).await {
                Ok(camera) => {
                    // Gone already: dropped here, and the camera goes off.
                    let _gone = context
                        .camera
                        .try_update_value(|camera_slot| *camera_slot = Some(Rc::new(camera)));
                    CameraState::On
                }
                Err(AppError::Camera(error)) => CameraState::Off(error),
                Err(_) => CameraState::Off(CameraError::Failed),
            };
            let _gone = context.state.try_set(state);
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
        if visible && matches!(context.state.try_get_untracked(), Some(CameraState::Off(_))) {
            open();
        }
    });
    on_cleanup(move || {
        shown.remove();
        context.camera.try_update_value(|camera_slot| *camera_slot = None);
    });
    let code = move || context.state.get().code();
    let off = move || match context.state.get() {
        CameraState::Off(error) => {
            Some(view! { <NoCamera error retry=Callback::new(move |()| open()) /> }.into_any())
        }
        CameraState::Starting => Some(
            view! {
                <p class="no-camera" role="status">
                    {words.camera_starting}
                </p>
            }
            .into_any(),
        ),
        CameraState::On => None,
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
                hidden=move || context.state.get() != CameraState::On
            ></video>
            {off}
            {move || {
                (context.shots.get() > 0)
                    .then(|| view! { <span class="flash" data-on="true"></span> })
            }}
        </div>
    }
}

#[component]
fn NoCamera(error: CameraError, retry: Callback<()>) -> impl IntoView {
    let words = CaptureContext::here().words;
    view! {
        <div class="no-camera">
            <Icon icon=icon::CAMERA_OFF />
            <h2>{words.camera_title(error)}</h2>
            <p>{words.error(&AppError::Camera(error))}</p>
            <SystemCamera class="btn btn-main btn-tall" hook="camera-input-large" />
            {may_come_back(error)
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class="btn"
                            data-test="camera-retry"
                            on:click=move |_| retry.run(())
                        >
                            {words.retry}
                        </button>
                    }
                })}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn camera_that_is_busy_or_failed_may_come_back_and_no_other() {
        for (error, may) in [
            (CameraError::NotAllowed, false),
            (CameraError::None, false),
            (CameraError::Busy, true),
            (CameraError::Failed, true),
        ] {
            assert_eq!(may_come_back(error), may, "{error:?}");
            assert_eq!(CameraState::Off(error).code(), "off");
        }
    }
}
