//! A file of our own making, handed to the person: put together piece by piece, so that
//! the browser may move what is done out of memory, then saved as a download.

use js_sys::{Array, ArrayBuffer};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Blob, HtmlElement, Url, window};

use super::js;

#[derive(Default)]
pub struct Pieces {
    done: Array,
    bytes: u64,
}

impl Pieces {
    pub fn text(&mut self, text: &str) {
        self.add(&text.into(), u64::try_from(text.len()).unwrap_or(0));
    }

    pub fn bytes(&mut self, bytes: &ArrayBuffer) {
        self.add(bytes, u64::from(bytes.byte_length()));
    }

    /// Bytes so far.
    pub const fn length_bytes(&self) -> u64 {
        self.bytes
    }

    /// Hands the file over as `name`. `false`: this browser does not save files.
    pub fn save(&self, name: &str) -> bool {
        self.offer(name).is_some()
    }

    fn offer(&self, name: &str) -> Option<()> {
        let whole = Blob::new_with_blob_sequence(&self.done).ok()?;
        let address = Url::create_object_url_with_blob(&whole).ok()?;
        let link = window()?.document()?.create_element("a").ok()?;
        link.set_attribute("href", &address).ok()?;
        link.set_attribute("download", name).ok()?;
        // The address lasts as long as the page: a browser may ask where to save it first.
        link.dyn_ref::<HtmlElement>()?.click();
        Some(())
    }

    /// A blob of its own for each piece: its bytes belong to the browser from then on.
    fn add(&mut self, piece: &JsValue, length: u64) {
        let parts = Array::of1(piece);
        let piece = js::construct("Blob", &[&parts]).unwrap_or_else(|_| piece.clone());
        self.done.push(&piece);
        self.bytes = self.bytes.saturating_add(length);
    }
}
