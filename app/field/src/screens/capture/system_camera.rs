//! The way to the system's own camera, where the one in the page does not do.

use app_shared::{
    components::{
        icon::{self, Icon},
        picker::FilePicker,
    },
    model::PhotoInput,
};
use leptos::prelude::*;
use web_sys::{Blob, File};

use super::CaptureContext;

#[component]
pub fn SystemCamera(class: &'static str, hook: &'static str) -> impl IntoView {
    let capture = CaptureContext::here();
    let taken = move |files: Vec<File>| {
        capture.add(files.into_iter().map(Blob::from).collect(), PhotoInput::SystemCamera);
    };
    let opens = Callback::new(move |()| capture.model.system_camera_opens());
    view! {
        <FilePicker hook class camera=true on_open=opens on_pick=Callback::new(taken)>
            <Icon icon=icon::SMARTPHONE />
            {capture.words.system_camera}
        </FilePicker>
    }
}
