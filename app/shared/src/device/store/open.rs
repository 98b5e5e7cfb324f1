//! The connection: opened with a timeout, closed for a newer version, opened again
//! when the browser took it away.

use std::cell::RefCell;

use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::{IdbDatabase, IdbFactory, IdbOpenDbRequest, window};

use super::{
    StoreError,
    schema::{NAME, VERSION, migrate},
};
use crate::device::{js, slot::Slot, timer::Timer};

/// The first open after a start has been seen to hang.
const OPEN_MS: i64 = 6_000;

thread_local! {
    static CONNECTION: RefCell<Option<IdbDatabase>> = const { RefCell::new(None) };
}

/// The open database.
pub async fn database() -> Result<IdbDatabase, StoreError> {
    if let Some(database) = CONNECTION.with_borrow(Clone::clone) {
        return Ok(database);
    }
    let database = match open().await {
        // Hangs are cured by asking again.
        Err(StoreError::Lost) => open().await?,
        other => other?,
    };
    watch(&database);
    CONNECTION.with_borrow_mut(|connection| *connection = Some(database.clone()));
    Ok(database)
}

/// The connection is of no use any more: the next transaction opens another.
pub fn forget() {
    if let Some(database) = CONNECTION.with_borrow_mut(Option::take) {
        database.close();
    }
}

async fn open() -> Result<IdbDatabase, StoreError> {
    let factory: IdbFactory =
        window().and_then(|window| window.indexed_db().ok()?).ok_or(StoreError::Unavailable)?;
    let request = factory.open_with_u32(NAME, VERSION).map_err(|_| StoreError::Unavailable)?;
    let opened = Slot::<Result<IdbDatabase, StoreError>>::new();
    let callbacks = callbacks(&request, &opened);
    let late = opened.clone();
    let timer = Timer::after(OPEN_MS, move || late.fill(Err(StoreError::Lost)));
    let result = opened.await;
    drop(timer);
    if result == Err(StoreError::Lost) {
        // Should it open after all, nobody wants it.
        let close = Closure::once_into_js(move |event: JsValue| {
            if let Ok(late) =
                js::get(&js::get(&event, "target"), "result").dyn_into::<IdbDatabase>()
            {
                late.close();
            }
        });
        request.set_onsuccess(Some(close.unchecked_ref()));
    } else {
        request.set_onsuccess(None);
    }
    request.set_onerror(None);
    request.set_onblocked(None);
    request.set_onupgradeneeded(None);
    drop(callbacks);
    result
}

type Callback = Closure<dyn FnMut()>;

fn callbacks(
    request: &IdbOpenDbRequest,
    opened: &Slot<Result<IdbDatabase, StoreError>>,
) -> [Callback; 4] {
    let result = |request: &IdbOpenDbRequest| -> Option<IdbDatabase> {
        request.result().ok()?.dyn_into().ok()
    };
    let upgrade = {
        let request = request.clone();
        Callback::new(move || {
            if let Some(database) = result(&request) {
                migrate(&database);
            }
        })
    };
    let success = {
        let (request, opened) = (request.clone(), opened.clone());
        Callback::new(move || opened.fill(result(&request).ok_or(StoreError::Unavailable)))
    };
    let error = {
        let (request, opened) = (request.clone(), opened.clone());
        Callback::new(move || {
            let name = request.error().ok().flatten().map(|error| error.name());
            let is_full = name.as_deref() == Some("QuotaExceededError");
            opened.fill(Err(if is_full { StoreError::Full } else { StoreError::Unavailable }));
        })
    };
    let blocked = {
        let opened = opened.clone();
        Callback::new(move || opened.fill(Err(StoreError::Blocked)))
    };
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    request.set_onsuccess(Some(success.as_ref().unchecked_ref()));
    request.set_onerror(Some(error.as_ref().unchecked_ref()));
    request.set_onblocked(Some(blocked.as_ref().unchecked_ref()));
    [upgrade, success, error, blocked]
}

/// A newer version of the app in another tab, or a browser short of memory.
fn watch(database: &IdbDatabase) {
    let lost = Closure::<dyn Fn()>::new(forget);
    let callback = lost.as_ref().unchecked_ref();
    database.set_onversionchange(Some(callback));
    database.set_onclose(Some(callback));
    lost.forget();
}
