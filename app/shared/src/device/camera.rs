//! The in-page camera: the one at the back, shown in a `<video>`, stills at its full
//! resolution.

use js_sys::Promise;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlVideoElement, MediaStream,
    MediaStreamTrack, window,
};

use super::{js, slot::Slot, timer::Timer};

/// An open camera; it goes off when this is dropped.
pub struct Camera {
    video: HtmlVideoElement,
    stream: MediaStream,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CameraError {
    /// The person or the browser's settings said no.
    NotAllowed,
    None,
    /// Another app holds it.
    Busy,
    /// Anything else; the system camera and the gallery still work.
    Failed,
}

/// Asked of the camera; it gives what it has. Photos are shrunk to 2048 px anyway.
const IDEAL_WIDTH: f64 = 2560.0;
const IDEAL_HEIGHT: f64 = 1920.0;

/// A still that takes longer comes from the video instead.
const STILL_MS: i64 = 2_500;

impl Camera {
    pub async fn open(video: &HtmlVideoElement) -> Result<Self, CameraError> {
        let ideal = |size: f64| js::object(&[("ideal", size.into())]);
        let constraints = js::object(&[
            ("audio", false.into()),
            (
                "video",
                js::object(&[
                    ("facingMode", js::object(&[("ideal", "environment".into())])),
                    ("width", ideal(IDEAL_WIDTH)),
                    ("height", ideal(IDEAL_HEIGHT)),
                ]),
            ),
        ]);
        let navigator = window().ok_or(CameraError::None)?.navigator();
        // Absent outside secure contexts.
        let devices = js::get(&navigator, "mediaDevices");
        if devices.is_undefined() {
            return Err(CameraError::None);
        }
        let asked = js::call(&devices, "getUserMedia", &[&constraints]).map_err(why)?;
        let stream: MediaStream = JsFuture::from(Promise::resolve(&asked))
            .await
            .map_err(why)?
            .dyn_into()
            .map_err(|_| CameraError::Failed)?;
        let camera = Self { video: video.clone(), stream };
        video.set_src_object(Some(&camera.stream));
        if let Ok(playing) = video.play() {
            JsFuture::from(playing).await.map_err(|_| CameraError::Failed)?;
        }
        Ok(camera)
    }

    /// A still: the camera's own where the browser can ask for it, else the video's
    /// present picture.
    pub async fn shoot(&self) -> Result<Blob, CameraError> {
        let track = self.track().ok_or(CameraError::Failed)?;
        match still(&track).await {
            Some(blob) => Ok(blob),
            None => self.grab().await.ok_or(CameraError::Failed),
        }
    }

    fn track(&self) -> Option<MediaStreamTrack> {
        self.stream.get_video_tracks().get(0).dyn_into().ok()
    }

    async fn grab(&self) -> Option<Blob> {
        let (width, height) = (self.video.video_width(), self.video.video_height());
        if width == 0 || height == 0 {
            return None;
        }
        let canvas: HtmlCanvasElement =
            window()?.document()?.create_element("canvas").ok()?.dyn_into().ok()?;
        canvas.set_width(width);
        canvas.set_height(height);
        let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        context.draw_image_with_html_video_element(&self.video, 0.0, 0.0).ok()?;
        let done = Slot::new();
        let filled = {
            let done = done.clone();
            Closure::once_into_js(move |blob: JsValue| done.fill(blob.dyn_into().ok()))
        };
        let arguments = [&filled, &"image/jpeg".into(), &0.95.into()];
        js::call(&canvas, "toBlob", &arguments).ok()?;
        done.await
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        for track in self.stream.get_tracks().iter() {
            if let Ok(track) = track.dyn_into::<MediaStreamTrack>() {
                track.stop();
            }
        }
        self.video.set_src_object(None);
    }
}

/// `ImageCapture.takePhoto()`; some phones never answer.
async fn still(track: &MediaStreamTrack) -> Option<Blob> {
    let capture = js::construct("ImageCapture", &[track]).ok()?;
    let taken = js::call(&capture, "takePhoto", &[]).ok()?;
    let done = Slot::new();
    let late = done.clone();
    let _timer = Timer::after(STILL_MS, move || late.fill(None));
    let filled = done.clone();
    wasm_bindgen_futures::spawn_local(async move {
        let blob = JsFuture::from(Promise::resolve(&taken)).await;
        filled.fill(blob.ok().and_then(|blob| blob.dyn_into().ok()));
    });
    done.await
}

fn why(error: JsValue) -> CameraError {
    match js::text(&error, "name").as_str() {
        "NotAllowedError" | "SecurityError" => CameraError::NotAllowed,
        "NotFoundError" | "OverconstrainedError" => CameraError::None,
        "NotReadableError" | "AbortError" => CameraError::Busy,
        _ => CameraError::Failed,
    }
}
