//! The photo worker: shrinks, checks and hashes a photo away from the screen's thread
//! (`public/photo-worker.js`).

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use domain::{
    PhotoHash, Sha256Hash,
    evidence::{OtherFormat, PhotoFormat, heic},
};
use js_sys::{Array, ArrayBuffer};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

use super::{hash::sha256, js, platform::in_entry, slot::Slot, timer::Timer};

/// A photo ready to be kept.
pub struct Made {
    pub hash: PhotoHash,
    pub bytes: ArrayBuffer,
    pub format: PhotoFormat,
    /// Pixels as it is seen; 0 where this browser cannot decode it.
    pub width: u32,
    pub height: u32,
    pub thumb: Option<ArrayBuffer>,
}

/// Why a photo is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkerError {
    NotAPhoto,
    /// A picture in a format that this browser does not decode.
    Unsupported(OtherFormat),
    Damaged,
    TooLarge {
        bytes: u64,
        most: u64,
    },
    TooManyPixels {
        width: u32,
        height: u32,
    },
    Blank,
    Failed,
}

/// Under the path of the entry point: only there does its service worker answer for it.
const SCRIPT: &str = "photo-worker.js";

/// Bytes that tell the format of a file, with the brands of a HEIF file.
const HEAD: u32 = 256;

/// A 12 MP photo takes under two seconds on a slow phone.
const LONGEST_MS: i64 = 30_000;

thread_local! {
    static WORKER: RefCell<Option<Worker>> = const { RefCell::new(None) };
    static WAITING: RefCell<BTreeMap<u32, Slot<JsValue>>> = RefCell::default();
    static LAST: Cell<u32> = const { Cell::new(0) };
}

/// Hands `bytes` over to the worker; they are its own afterwards.
pub async fn make(bytes: ArrayBuffer) -> Result<Made, WorkerError> {
    let worker = worker().ok_or(WorkerError::Failed)?;
    let head = head_of(&bytes);
    let id = LAST.with(|last| {
        last.set(last.get().wrapping_add(1));
        last.get()
    });
    let slot = Slot::new();
    WAITING.with_borrow_mut(|waiting| waiting.insert(id, slot.clone()));
    let message = js::object(&[("id", id.into()), ("bytes", bytes.clone().into())]);
    let transfer = Array::of1(&bytes);
    worker.post_message_with_transfer(&message, &transfer).map_err(|_| WorkerError::Failed)?;
    let late = slot.clone();
    let timer = Timer::after(LONGEST_MS, move || late.fill(JsValue::UNDEFINED));
    let answer = slot.await;
    drop(timer);
    WAITING.with_borrow_mut(|waiting| waiting.remove(&id));
    if answer.is_undefined() {
        // It hangs or could not be loaded: the next photo gets a new one.
        if let Some(worker) = WORKER.with_borrow_mut(Option::take) {
            worker.terminate();
        }
        return Err(WorkerError::Failed);
    }
    read(&answer, &head).await
}

fn head_of(bytes: &ArrayBuffer) -> Vec<u8> {
    js_sys::Uint8Array::new(bytes).subarray(0, HEAD).to_vec()
}

/// `head` is that of the file that was handed over.
async fn read(answer: &JsValue, head: &[u8]) -> Result<Made, WorkerError> {
    let size = |name| js::count(&js::get(answer, name)).unwrap_or(0);
    let pixels = |name| u32::try_from(size(name)).unwrap_or(u32::MAX);
    match js::text(answer, "error").as_str() {
        "" => {}
        "not_a_photo" => return Err(WorkerError::NotAPhoto),
        "unsupported" => {
            let format = OtherFormat::from_magic(head);
            return Err(format.map_or(WorkerError::NotAPhoto, WorkerError::Unsupported));
        }
        "damaged" => return Err(WorkerError::Damaged),
        "too_large" => {
            return Err(WorkerError::TooLarge { bytes: size("length"), most: size("most") });
        }
        "too_many_pixels" => {
            let (width, height) = (pixels("width"), pixels("height"));
            return Err(WorkerError::TooManyPixels { width, height });
        }
        "blank" => return Err(WorkerError::Blank),
        _ => return Err(WorkerError::Failed),
    }
    let bytes: ArrayBuffer =
        js::get(answer, "bytes").dyn_into().map_err(|_| WorkerError::Failed)?;
    let format = PhotoFormat::from_magic(&head_of(&bytes)).ok_or(WorkerError::NotAPhoto)?;
    if format == PhotoFormat::Heic {
        // Nobody decoded it: its boxes are all that tells that it is whole.
        let bytes = js_sys::Uint8Array::new(&bytes).to_vec();
        heic::check(&bytes).map_err(|_| WorkerError::Damaged)?;
    }
    let hash: Sha256Hash = match js::text(answer, "hash").parse() {
        Ok(hash) => hash,
        Err(_) => sha256(&bytes).await,
    };
    Ok(Made {
        hash,
        format,
        bytes,
        width: pixels("width"),
        height: pixels("height"),
        thumb: js::get(answer, "thumb").dyn_into().ok(),
    })
}

fn worker() -> Option<Worker> {
    if let Some(worker) = WORKER.with_borrow(Clone::clone) {
        return Some(worker);
    }
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options(&in_entry(SCRIPT), &options).ok()?;
    let answered = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| {
        let answer = event.data();
        let id = js::count(&js::get(&answer, "id")).and_then(|id| u32::try_from(id).ok());
        let slot = WAITING.with_borrow(|waiting| waiting.get(&id?).cloned());
        if let Some(slot) = slot {
            slot.fill(answer);
        }
    });
    // The script did not load, or broke: everybody who waits is told.
    let broken = Closure::<dyn Fn()>::new(|| {
        let waiting: Vec<_> = WAITING.with_borrow(|waiting| waiting.values().cloned().collect());
        for slot in waiting {
            slot.fill(JsValue::UNDEFINED);
        }
    });
    worker.set_onmessage(Some(answered.as_ref().unchecked_ref()));
    worker.set_onerror(Some(broken.as_ref().unchecked_ref()));
    answered.forget();
    broken.forget();
    WORKER.with_borrow_mut(|place| *place = Some(worker.clone()));
    Some(worker)
}
