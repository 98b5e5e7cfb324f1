//! What a phone sends to the server, and how it comes in.

use std::ops::Range;

use crate::{
    PhotoHash,
    evidence::Epoch,
    sync::{Hello, Holdings, Sealed},
};

pub enum Request {
    Hello(Hello),
    Batch { sealed: Vec<Sealed>, epoch: Option<Epoch> },
    Missing(Vec<PhotoHash>),
    Verify(Holdings),
    Photo(PhotoRequest),
}

/// The bytes of a photo: a part of them, or all in one call.
#[derive(Clone)]
pub struct PhotoRequest {
    pub hash: PhotoHash,
    pub part: Option<Range<u64>>,
    /// Bytes of the whole.
    pub of: u64,
    pub is_intact: bool,
    /// The line breaks where its bytes end.
    pub is_cut: bool,
}

impl PhotoRequest {
    /// Bytes of its body.
    pub fn size(&self) -> u64 {
        self.part.as_ref().map_or(self.of, |part| part.end.saturating_sub(part.start))
    }
}

/// How a request came in.
pub struct Arrival {
    pub tab: usize,
    /// The other one of it comes at the same time.
    pub is_twin: bool,
    /// The server is killed after so many commits.
    pub killed_after: Option<usize>,
}
