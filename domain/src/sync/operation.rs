//! An operation: one thing a person did on a device, sealed into bytes once and
//! never written again.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    CaseId, DeviceId, DeviceTime, OperationId, Sha256Hash, UserName,
    case::Command,
    evidence::{Link, chain_digest},
};

/// Format of [`Operation`]; raised when a field is added.
pub const OPERATION_FORMAT: u32 = 1;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Operation {
    pub format: u32,
    pub id: OperationId,
    pub case: CaseId,
    pub device: DeviceId,
    pub link: Link,
    pub author: UserName,
    pub done: DeviceTime,
    /// Revision of the case that the author saw; 0 for a report.
    pub base: u32,
    pub command: Command,
}

/// An operation as it is stored and sent. `body` is the JSON of an [`Operation`];
/// `digest` is the SHA-256 of just these bytes. Neither side writes it anew, so the
/// digest means the same on both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Sealed {
    pub id: OperationId,
    pub digest: Sha256Hash,
    pub body: String,
}

#[derive(Deserialize)]
struct FormatOnly {
    format: u32,
}

/// Why a sealed operation cannot be read. It is kept all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadOperation {
    /// The bytes are not those that were sealed.
    Digest,
    /// Not an operation that this version can read.
    Unreadable(String),
    /// The id outside is not the id inside.
    Id,
    /// Written by a later format than this reader knows.
    Newer(u32),
}

impl Operation {
    /// # Errors
    /// Never for an operation of this crate's types; the error is passed on rather
    /// than hidden.
    pub fn seal(&self) -> Result<Sealed, serde_json::Error> {
        let body = serde_json::to_string(self)?;
        Ok(Sealed { id: self.id, digest: chain_digest(&body), body })
    }
}

impl Sealed {
    /// # Errors
    /// Says what is wrong with the bytes.
    pub fn open(&self) -> Result<Operation, BadOperation> {
        if chain_digest(&self.body) != self.digest {
            return Err(BadOperation::Digest);
        }
        let unreadable = |error: serde_json::Error| BadOperation::Unreadable(error.to_string());
        // The format first: a newer one need not have today's fields.
        let FormatOnly { format } = serde_json::from_str(&self.body).map_err(unreadable)?;
        if format > OPERATION_FORMAT {
            return Err(BadOperation::Newer(format));
        }
        let operation: Operation = serde_json::from_str(&self.body).map_err(unreadable)?;
        if operation.id != self.id {
            return Err(BadOperation::Id);
        }
        Ok(operation)
    }
}

impl fmt::Display for BadOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Digest => f.write_str("the bytes do not have the stated digest"),
            Self::Unreadable(why) => write!(f, "not readable: {why}"),
            Self::Id => f.write_str("the id outside is not the id inside"),
            Self::Newer(format) => write!(f, "format {format} is newer than {OPERATION_FORMAT}"),
        }
    }
}

impl std::error::Error for BadOperation {}
