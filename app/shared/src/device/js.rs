//! Calls of what the browser has and `web-sys` does not offer as stable. A browser
//! that lacks it answers with an error, never with a panic.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};

/// `object[name]`; `undefined` when there is none.
pub fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// `object[name](...arguments)`.
pub fn call(object: &JsValue, name: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    let function: Function = get(object, name).dyn_into()?;
    Reflect::apply(&function, object, &list(arguments))
}

/// `new globalThis[name](...arguments)`.
pub fn construct(name: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    let class: Function = get(&js_sys::global(), name).dyn_into()?;
    Reflect::construct(&class, &list(arguments))
}

/// `{name: value, …}`.
pub fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        // A plain object takes any field.
        let _taken = Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}

/// A field of an error, as text: `name` tells them apart.
pub fn text(object: &JsValue, name: &str) -> String {
    get(object, name).as_string().unwrap_or_default()
}

/// A count in a JavaScript number.
pub fn count(value: &JsValue) -> Option<u64> {
    let number = value.as_f64().filter(|number| number.is_finite() && *number >= 0.0)?;
    #[expect(clippy::as_conversions, reason = "finite, not negative; saturates above 2^64")]
    Some(number.round() as u64)
}

/// Exact below 2^53, which bytes and sequence numbers of a phone stay below.
pub fn number(count: u64) -> JsValue {
    #[expect(clippy::as_conversions, reason = "exact below 2^53")]
    JsValue::from_f64(count as f64)
}

fn list(arguments: &[&JsValue]) -> Array {
    arguments.iter().copied().collect()
}
