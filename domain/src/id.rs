//! Identities. What a device makes is a UUIDv7 (operations, cases, devices); what
//! is content is its SHA-256 (photos, digests); what a district names is a code,
//! kept as the string it was written as.
//!
//! Never: draws random numbers or reads a clock. Both are handed in.

use std::{collections::HashMap, fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::Timestamp;

/// Something by its code. Assignment looks up some thirty codes a report, and the codes of a pack
/// are an administrator's: the standard library's hasher costs more than it protects here.
pub type CodeMap<C, T> = HashMap<C, T, foldhash::fast::RandomState>;

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[cfg_attr(feature = "openapi", schema(value_type = String, format = "uuid"))]
        #[serde(transparent)]
        pub struct $name(uuid::Uuid);

        impl $name {
            /// A UUIDv7 (RFC 9562, 5.7) of `now` and ten random bytes.
            #[must_use]
            pub fn new(now: Timestamp, random: [u8; 10]) -> Self {
                let millis = u64::try_from(now.millis()).unwrap_or(0);
                Self(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = BadId;

            fn from_str(text: &str) -> Result<Self, BadId> {
                uuid::Uuid::try_parse(text).map(Self).map_err(|_| BadId)
            }
        }
    };
}

uuid_id!(
    /// One thing a person did on a device.
    OperationId
);
uuid_id!(
    /// One violation at one place. Made on the device that reported it.
    CaseId
);
uuid_id!(
    /// One installation of the app: a browser profile's store.
    DeviceId
);
uuid_id!(
    /// A filter that a person keeps under a name. Made on the device that saved it.
    ViewId
);

macro_rules! code {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        #[serde(transparent)]
        pub struct $name(Box<str>);

        impl $name {
            #[must_use]
            pub fn new(code: &str) -> Self {
                Self(code.into())
            }

            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(code: &str) -> Self {
                Self::new(code)
            }
        }
    };
}

code!(
    /// A category (小类) of the catalogue.
    CategoryCode
);
code!(
    /// A filing condition (立案条件), unique inside its category.
    ConditionCode
);
code!(
    /// An area of any level; a zone (片区) is one.
    ZoneCode
);
code!(
    /// A street section (路段).
    SectionCode
);
code!(
    /// A point (点位).
    PointCode
);
code!(
    /// A permitted stall area.
    StallCode
);
code!(
    /// A unit (责任单位).
    UnitCode
);
code!(
    /// A person in the roster.
    PersonCode
);
code!(
    /// A rule of assignment.
    RuleCode
);
code!(
    /// A citation: the law, document or order a rule stands on.
    CitationCode
);
code!(
    /// An account that signs in.
    UserName
);

/// A SHA-256, written as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sha256Hash([u8; 32]);

/// Names a photo by its bytes.
pub type PhotoHash = Sha256Hash;

impl Sha256Hash {
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Sha256Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Sha256Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Sha256Hash {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return Err(BadId);
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            for digit in pair {
                let value = match digit {
                    b'0'..=b'9' => digit - b'0',
                    b'a'..=b'f' => digit - b'a' + 10,
                    _ => return Err(BadId),
                };
                *byte = (*byte << 4) | value;
            }
        }
        Ok(Self(bytes))
    }
}

impl Serialize for Sha256Hash {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

crate::text_form::deserialize_from_str!(Sha256Hash, "not a SHA-256 of 64 lower-case digits");

/// The text is not an identity of this kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadId;

impl fmt::Display for BadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a valid id")
    }
}

impl std::error::Error for BadId {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_read_as_they_are_written() {
        let hash = Sha256Hash::of(b"xunjie");
        assert_eq!(hash.to_string().parse(), Ok(hash));
        for bad in ["", "00", &"0".repeat(63), &"G".repeat(64), &"A".repeat(64), &"é".repeat(32)] {
            assert_eq!(bad.parse::<Sha256Hash>(), Err(BadId), "{bad}");
        }
    }

    #[test]
    fn ids_sort_by_the_time_they_were_made() {
        let earlier = OperationId::new(Timestamp::from_millis(1_000), [255; 10]);
        let later = OperationId::new(Timestamp::from_millis(2_000), [0; 10]);
        assert!(earlier < later);
        assert_eq!(earlier.to_string().parse(), Ok(earlier));
    }
}
