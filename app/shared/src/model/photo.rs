//! Photos for the screen.

use std::{cell::RefCell, rc::Rc};

use domain::PhotoHash;
use js_sys::{Array, ArrayBuffer};
use leptos::prelude::*;
use web_sys::{Blob, BlobPropertyBag, Url};

use super::Model;
use crate::device::store;

/// How large a photo is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Size {
    /// 320 px.
    Thumb,
    /// 1280 px.
    Screen,
}

/// Where an `<img>` finds a photo.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PhotoSource {
    #[default]
    Loading,
    /// For `src`: the bytes on this phone, or the server's address.
    Ready(String),
    /// Neither on this phone nor at the server yet.
    Missing,
}

impl Model {
    /// Where an `<img>` finds the photo: bytes on this phone while they are here, else
    /// the server. The address is given back when the calling view goes.
    pub fn photo_src(&self, hash: PhotoHash, size: Size) -> Signal<PhotoSource> {
        let inner = self.inner;
        let source = RwSignal::new(PhotoSource::Loading);
        let address = Rc::new(RefCell::new(Address::default()));
        let own = StoredValue::new_local(Rc::clone(&address));
        on_cleanup(move || {
            own.try_with_value(|address| address.borrow_mut().give_back());
        });
        leptos::task::spawn_local(async move {
            let found = match local(hash, size).await {
                Some((bytes, media)) => {
                    address.borrow_mut().make(&bytes, media).map(PhotoSource::Ready)
                }
                None => None,
            };
            let is_only_here = inner.state.try_with_value(|state| {
                state.photos.get(&hash).is_some_and(|kept| kept.answer.is_none())
            });
            let otherwise = || match is_only_here {
                Some(true) => PhotoSource::Missing,
                _ => PhotoSource::Ready(format!("/api/v1/photos/{hash}?size={}", size.name())),
            };
            // The view may have gone.
            source.try_set(found.unwrap_or_else(otherwise));
        });
        source.into()
    }
}

impl Size {
    const fn name(self) -> &'static str {
        match self {
            Self::Thumb => "thumb",
            Self::Screen => "screen",
        }
    }
}

/// An object URL, given back once.
#[derive(Default)]
struct Address {
    url: Option<String>,
    is_over: bool,
}

impl Address {
    fn make(&mut self, bytes: &ArrayBuffer, media: &str) -> Option<String> {
        if self.is_over {
            return None;
        }
        let options = BlobPropertyBag::new();
        options.set_type(media);
        let blob =
            Blob::new_with_buffer_source_sequence_and_options(&Array::of1(bytes), &options).ok()?;
        self.url = Url::create_object_url_with_blob(&blob).ok();
        self.url.clone()
    }

    fn give_back(&mut self) {
        self.is_over = true;
        if let Some(url) = self.url.take() {
            let _gone = Url::revoke_object_url(&url);
        }
    }
}

/// Bytes on this phone that serve this size.
async fn local(hash: PhotoHash, size: Size) -> Option<(ArrayBuffer, &'static str)> {
    if size == Size::Thumb
        && let Ok(Some(thumb)) = store::photo_thumb(hash).await
    {
        return Some((thumb, "image/jpeg"));
    }
    let bytes = store::photo_bytes(hash).await.ok()??;
    let start = js_sys::Uint8Array::new(&bytes).subarray(0, 12).to_vec();
    let format = domain::evidence::PhotoFormat::from_magic(&start)?;
    Some((bytes, format.media_type()))
}
