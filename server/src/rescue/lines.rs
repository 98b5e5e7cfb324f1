//! The lines of a bundle, and the bytes between them.
//!
//! Never: holds more of a line than an operation can have.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use domain::sync::RescueLine;
use tokio::io::{AsyncBufRead, AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, ReadBuf, Take};

/// Bytes of a line: an operation fills a batch at most, and JSON may double it.
const LONGEST: u64 = 4 * 1024 * 1024;

pub(super) struct Lines<R>(R);

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    Text(String),
    /// Not text, too long, or without its end.
    Damaged,
}

impl Line {
    pub(super) fn read(&self) -> Option<RescueLine> {
        match self {
            Self::Text(text) => serde_json::from_str(text).ok(),
            Self::Damaged => None,
        }
    }
}

impl<R: AsyncBufRead + Unpin> Lines<R> {
    pub(super) const fn new(input: R) -> Self {
        Self(input)
    }

    /// The next line; `None` at the end, also where a line breaks off or the way does.
    pub(super) async fn next(&mut self) -> Option<Line> {
        let mut line = Vec::new();
        let read = (&mut self.0).take(LONGEST).read_until(b'\n', &mut line).await;
        if read.unwrap_or(0) == 0 {
            return None;
        }
        if line.pop() != Some(b'\n') {
            let is_cut = u64::try_from(line.len()).is_ok_and(|length| length + 1 < LONGEST);
            return (!is_cut).then_some(Line::Damaged);
        }
        Some(String::from_utf8(line).map_or(Line::Damaged, Line::Text))
    }

    /// The next `length` bytes.
    pub(super) fn bytes(&mut self, length: u64) -> Bytes<'_, R> {
        Bytes((&mut self.0).take(length))
    }

    /// Reads the line feed after bytes; `false` when nothing follows any more.
    pub(super) async fn end_of_bytes(&mut self) -> bool {
        let mut feed = [0];
        if self.0.read_exact(&mut feed).await.is_err() {
            return false;
        }
        // Where it is none, the length was damaged: the next line feed ends what is astray.
        feed == *b"\n" || self.next().await.is_some()
    }
}

/// Bytes inside a bundle.
pub(super) struct Bytes<'a, R>(Take<&'a mut R>);

impl<R: AsyncBufRead + Unpin> Bytes<'_, R> {
    /// Reads away what nobody wants.
    pub(super) async fn skip(&mut self) {
        // Cut off is cut off, whatever the cause.
        let _read = tokio::io::copy(&mut self.0, &mut tokio::io::sink()).await;
    }

    /// Whether fewer came than were announced.
    pub(super) fn is_cut(&self) -> bool {
        self.0.limit() > 0
    }
}

impl<R: AsyncBufRead + Unpin> AsyncRead for Bytes<'_, R> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.0).poll_read(context, buffer)
    }
}
