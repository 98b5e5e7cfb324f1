//! Reading JSON: text → [`Node`] → value, by name. `#[derive(Deserialize)]` of this
//! module makes one small function a type, which phone and server share; serde's own
//! makes several of each type, and a phone downloads them all.
//!
//! It reads what serde writes with the same attributes, and is stricter in forms that
//! nobody writes: a struct as an array, a variant by its number or as `{"name": null}`.
//!
//! Never: writes; that stays serde's.

mod bad;
mod node;
mod parse;
mod read;

pub use bad::Bad;
pub use domain_derive::Deserialize;
pub use node::{Node, Object};
pub use parse::parse;
pub use read::Read;
/// For what the derive writes.
#[doc(hidden)]
pub use serde;

pub(crate) use read::read_as_text;

/// Reads one document.
///
/// # Errors
/// When it is not JSON, or not of this type.
pub fn from_str<T: Read>(text: &str) -> Result<T, serde_json::Error> {
    T::read(&parse(text)?).map_err(serde_json::Error::from)
}

/// Reads from what serde reads from: for the `Deserialize` of a type that is [`Read`].
///
/// # Errors
/// When it is not of this type.
pub fn deserialize<'de, T: Read, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let node = <Node<'de> as serde::Deserialize<'de>>::deserialize(deserializer)?;
    T::read(&node).map_err(serde::de::Error::custom)
}
