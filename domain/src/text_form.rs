//! Types whose form on the wire is a text that they parse themselves.

/// `Deserialize` by `FromStr`, for a type that serialises itself as text. `$why` says what a
/// text that does not parse is not.
macro_rules! deserialize_from_str {
    ($name:ty, $why:literal) => {
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                text.parse().map_err(|_| serde::de::Error::custom($why))
            }
        }

        $crate::text_form::schema_as!($name, String);
    };
}
pub(crate) use deserialize_from_str;

/// The schema of a type that looks like another one on the wire.
macro_rules! schema_as {
    ($name:ty, $wire:ty) => {
        #[cfg(feature = "openapi")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                <$wire as utoipa::PartialSchema>::schema()
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $name {}
    };
}
pub(crate) use schema_as;
