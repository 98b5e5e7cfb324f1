//! Enums that a later version may have more variants of: what is written with one of those
//! reads as unknown instead of failing the whole document.
//!
//! serde's own `other` wants the tag inside the variant's object, and such tagging buffers and
//! copies every object that is read.

use serde::{Deserialize as _, Deserializer, de::DeserializeOwned, de::Error as _};
use serde_json::Value;

/// An externally tagged enum with a variant for what is not known yet.
pub(crate) trait LaterVariant: DeserializeOwned {
    /// The names of all its variants on the wire, the unknown one included.
    const NAMES: &'static [&'static str];

    fn unknown() -> Self;
}

/// For `#[serde(deserialize_with = …)]` on a field of such a type.
///
/// # Errors
/// When a variant that is known has another content than it should.
pub(crate) fn deserialize<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: LaterVariant,
    D: Deserializer<'de>,
{
    let value = Value::deserialize(deserializer)?;
    let name = match &value {
        Value::String(name) => Some(name.as_str()),
        Value::Object(fields) => fields.keys().next().map(String::as_str),
        _ => None,
    };
    match name {
        Some(name) if !T::NAMES.contains(&name) => Ok(T::unknown()),
        _ => serde_json::from_value(value).map_err(D::Error::custom),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{Event, Refusal};

    /// The names that serde itself knows, from its words about one that it does not.
    fn names_of_serde<T: LaterVariant>() -> Vec<String> {
        let error = serde_json::from_str::<T>("\"no such variant\"").err().unwrap().to_string();
        let (_, expected) = error.split_once("expected").unwrap();
        expected.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    }

    #[test]
    fn the_names_are_all_that_the_enum_has() {
        assert_eq!(names_of_serde::<Event>(), Event::NAMES);
        assert_eq!(names_of_serde::<Refusal>(), Refusal::NAMES);
    }
}
