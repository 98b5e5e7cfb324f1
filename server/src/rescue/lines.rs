//! The lines of a bundle, and the bytes between them.
//!
//! Never: holds more of a line than an operation can have.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use domain::sync::RescueLine;
use tokio::io::{AsyncBufRead, AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, ReadBuf, Take};

/// Bytes of a line. An operation fills at most a batch (2 MiB), and escaping may double it.
const MAX_LINE_BYTES: u64 = 4 * 1024 * 1024;

pub(super) struct Lines<R>(R);

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    Text(String),
    /// Not text, too long, or without its end.
    Damaged,
}

impl Line {
    pub(super) fn parse(&self) -> Option<RescueLine> {
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

    /// The next line; `None` at the end, also where a line is cut off or reading fails.
    pub(super) async fn next(&mut self) -> Option<Line> {
        let mut line = Vec::new();
        let read = (&mut self.0).take(MAX_LINE_BYTES).read_until(b'\n', &mut line).await;
        if read.unwrap_or(0) == 0 {
            return None;
        }
        if line.pop() != Some(b'\n') {
            let is_cut = u64::try_from(line.len()).is_ok_and(|length| length + 1 < MAX_LINE_BYTES);
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
        // Another byte means that the length was damaged: lines begin again after the next
        // line feed.
        feed == *b"\n" || self.next().await.is_some()
    }
}

/// Bytes inside a bundle.
pub(super) struct Bytes<'a, R>(Take<&'a mut R>);

impl<R: AsyncBufRead + Unpin> Bytes<'_, R> {
    /// Reads and drops what is left.
    pub(super) async fn skip(&mut self) {
        // `is_cut` tells afterwards whether all of it was there, whatever the cause.
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
