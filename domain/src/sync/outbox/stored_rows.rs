//! The rows the phone keeps, as the device store writes them. This is a stored
//! format: fields are only ever added, with a default (`docs/FORMATS.md`).

use serde::{Deserialize, Serialize};

use super::{Failure, cover::are_all_safe};
use crate::{
    CaseId, PhotoHash, Timestamp, UserName,
    evidence::{Epoch, PhotoFormat, Receipt},
    sync::{Operation, OperationResult, Sealed},
};

/// Format of the rows below; raised when a field is added.
pub const ROW_FORMAT: u32 = 1;

/// One operation of this device. What the person did is in `sealed` and never
/// written again; the rest is what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OperationRow {
    pub format: u32,
    pub sealed: Sealed,
    pub case: CaseId,
    pub sequence: u64,
    pub author: UserName,
    /// The manifest, in the order of the command.
    pub photos: Vec<PhotoHash>,
    /// What the server said, receipt verified. `None`: it has not answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    #[serde(default, skip_serializing_if = "Tries::is_none")]
    pub tries: Tries,
    /// The server answered before and was found to lack it since (it came back from a
    /// backup): it waits as if it had never been answered. Since format 2.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lacked: bool,
    /// Refused or quarantined, and the person has read it and decided.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub acknowledged: bool,
}

/// The server's answer for an operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Answer {
    pub result: OperationResult,
    /// The server's life that said so; in another life it is offered again.
    pub answered_in: Epoch,
}

/// One photo of this device. Its bytes lie in a row of their own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PhotoRow {
    pub format: u32,
    pub hash: PhotoHash,
    pub length: u64,
    pub kind: PhotoFormat,
    pub kept_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<PhotoReceipt>,
    #[serde(default, skip_serializing_if = "Tries::is_none")]
    pub tries: Tries,
    /// The bytes were given up after receipts for the photo and for every operation
    /// that names it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub evicted: bool,
    /// The bytes on this phone are gone or no longer have this hash; or they were given
    /// up and the server has lost them since.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub damaged: bool,
    /// The server gave a receipt before and was found to lack it since. Since format 2.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lacked: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PhotoReceipt {
    pub receipt: Receipt,
    pub answered_in: Epoch,
    /// When it came, by this phone's clock. Since format 2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heard: Option<Timestamp>,
}

/// Tries of one row that failed because of the row, not of the way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tries {
    pub count: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Failure>,
}

impl Tries {
    #[must_use]
    pub const fn is_none(&self) -> bool {
        self.count == 0
    }
}

impl OperationRow {
    /// A new row for what was just done.
    ///
    /// # Errors
    /// As [`Operation::seal`].
    pub fn new(operation: &Operation) -> Result<Self, serde_json::Error> {
        Ok(Self {
            format: ROW_FORMAT,
            sealed: operation.seal()?,
            case: operation.case,
            sequence: operation.link.sequence,
            author: operation.author.clone(),
            photos: operation.command.photos().iter().map(|shot| shot.hash).collect(),
            answer: None,
            tries: Tries::default(),
            lacked: false,
            acknowledged: false,
        })
    }

    /// The server has answered and is not known to have lost it.
    #[must_use]
    pub const fn is_answered(&self) -> bool {
        self.answer.is_some() && !self.lacked
    }
}

impl PhotoRow {
    /// The server has given a receipt and is not known to have lost it.
    #[must_use]
    pub const fn is_answered(&self) -> bool {
        self.answer.is_some() && !self.lacked
    }

    /// Whether the stored rows themselves say that the bytes may go: receipts for the
    /// photo and from every operation that names it, all given before `covered`.
    /// `named_by` are the operations that name it.
    #[must_use]
    pub fn may_be_evicted<'a>(
        &self,
        named_by: impl IntoIterator<Item = &'a OperationRow>,
        covered: Timestamp,
    ) -> bool {
        let receipts = named_by.into_iter().map(|row| {
            let answer = row.answer.as_ref().filter(|_| row.is_answered())?;
            Some(&answer.result.receipt)
        });
        !self.lacked
            && self.answer.as_ref().is_some_and(|answer| answer.receipt.stated.at < covered)
            && are_all_safe(receipts, &self.hash, covered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As they were written by each format, byte by byte.
    const OPERATIONS: [&str; 1] = [
        r#"{"format":1,"sealed":{"id":"01a0c450-6c00-7101-8101-010101010101","digest":"2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae","body":"foo"},"case":"01a0c450-6c00-7101-8101-010101010101","sequence":3,"author":"lin","photos":["fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9"],"tries":{"count":2,"last":"unreachable"},"lacked":true}"#,
    ];
    const PHOTOS: [&str; 1] = [
        r#"{"format":1,"hash":"fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9","length":7,"kind":"jpeg","kept_at":1790000000000,"answer":{"receipt":{"stated":{"subject":{"photo":{"hash":"fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9","length":7}},"at":1790000000001,"epoch":1},"signature":"00"},"answered_in":1,"heard":1790000000002},"evicted":true,"lacked":true}"#,
    ];

    #[test]
    fn rows_of_every_format_are_read_and_written_as_they_were() {
        for (format, text) in (1..).zip(OPERATIONS) {
            let row: OperationRow = serde_json::from_str(text).unwrap();
            assert_eq!((row.format, row.sequence, row.tries.count), (format, 3, 2));
            assert!(row.lacked);
            assert_eq!(serde_json::to_string(&row).unwrap(), text);
        }
        for (format, text) in (1..).zip(PHOTOS) {
            let row: PhotoRow = serde_json::from_str(text).unwrap();
            assert_eq!((row.format, row.length), (format, 7));
            assert!(row.evicted && row.lacked);
            assert!(row.answer.as_ref().unwrap().heard.is_some());
            assert_eq!(serde_json::to_string(&row).unwrap(), text);
        }
    }

    #[test]
    fn a_newer_format_is_read_for_what_is_known_of_it() {
        let text = PHOTOS[0].replacen("\"format\":1", "\"format\":9,\"mood\":\"good\"", 1);
        let row: PhotoRow = serde_json::from_str(&text).unwrap();
        assert!(row.evicted && row.lacked);
    }
}
