//! What an attribute or a property can be: text, a flag, or not there; fixed or followed.

use std::borrow::Cow;

use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::Element;

use crate::ask::Ask;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Set {
    Absent,
    Flag,
    Text(Cow<'static, str>),
}

pub enum Value {
    Still(Set),
    Live(Box<dyn Ask<Set>>),
}

/// Which side of an element a value is put on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Attribute,
    Property,
    /// Its content as source text; ours alone, never a person's.
    Content,
}

impl Set {
    pub fn put(&self, element: &Element, side: Side, name: &str) {
        // The browser refuses names that are none; ours are.
        let _set = match (side, self) {
            (Side::Attribute, Self::Absent) => element.remove_attribute(name),
            (Side::Attribute, Self::Flag) => element.set_attribute(name, ""),
            (Side::Attribute, Self::Text(text)) => element.set_attribute(name, text),
            (Side::Property, _) => {
                let value = match self {
                    Self::Absent => JsValue::FALSE,
                    Self::Flag => JsValue::TRUE,
                    Self::Text(text) => JsValue::from_str(text),
                };
                js_sys::Reflect::set(element, &JsValue::from_str(name), &value).map(drop)
            }
            (Side::Content, Self::Text(text)) => {
                element.set_inner_html(text);
                Ok(())
            }
            (Side::Content, _) => Ok(()),
        };
    }
}

/// A flag is there or not, as HTML has it; `aria-pressed` wants "true" and "false".
pub trait IntoValue {
    fn into_value(self) -> Value;
}

impl IntoValue for &'static str {
    fn into_value(self) -> Value {
        Value::Still(Set::Text(Cow::Borrowed(self)))
    }
}

impl IntoValue for String {
    fn into_value(self) -> Value {
        Value::Still(Set::Text(Cow::Owned(self)))
    }
}

impl IntoValue for u32 {
    fn into_value(self) -> Value {
        self.to_string().into_value()
    }
}

impl IntoValue for bool {
    fn into_value(self) -> Value {
        Value::Still(if self { Set::Flag } else { Set::Absent })
    }
}

impl<V: IntoValue> IntoValue for Option<V> {
    fn into_value(self) -> Value {
        self.map_or(Value::Still(Set::Absent), IntoValue::into_value)
    }
}

impl<F, V> IntoValue for F
where
    F: FnMut() -> V + 'static,
    V: IntoValue,
{
    fn into_value(mut self) -> Value {
        Value::Live(Box::new(move || match self().into_value() {
            Value::Still(set) => set,
            Value::Live(mut followed) => followed.ask(),
        }))
    }
}

impl IntoValue for RwSignal<String> {
    fn into_value(self) -> Value {
        (move || self.get()).into_value()
    }
}

impl IntoValue for RwSignal<bool> {
    fn into_value(self) -> Value {
        (move || self.get()).into_value()
    }
}
