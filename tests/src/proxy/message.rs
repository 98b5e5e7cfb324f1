//! Where an HTTP/1.1 message begins and ends, and nothing else about it.

use std::io::{Error, ErrorKind, Result};

use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt};

/// Heads and chunks beyond these sizes are nobody's.
const MAX_HEAD: usize = 64 * 1024;
const MAX_CHUNK: usize = 64 * 1024 * 1024;
const PIECE: usize = 16 * 1024;

/// The first line and the headers, as they came.
pub struct Head {
    pub raw: Vec<u8>,
    text: String,
}

/// What is left of a body.
pub enum Body {
    Bytes(u64),
    Chunks,
    UntilClose,
    Done,
}

impl Head {
    /// Nothing when the other side closed between two messages.
    pub async fn read(from: &mut (impl AsyncBufRead + Unpin)) -> Result<Option<Head>> {
        let mut raw = Vec::new();
        loop {
            let before = raw.len();
            let count = from.read_until(b'\n', &mut raw).await?;
            if count == 0 && raw.is_empty() {
                return Ok(None);
            }
            if count == 0 || raw.len() > MAX_HEAD {
                return Err(Error::new(ErrorKind::InvalidData, "no end of the head"));
            }
            if matches!(&raw[before..], b"\r\n" | b"\n") {
                let text = String::from_utf8_lossy(&raw).into_owned();
                return Ok(Some(Head { raw, text }));
            }
        }
    }

    /// A word of the first line: method, path, version; or version, status.
    pub fn word(&self, number: usize) -> &str {
        self.text.lines().next().and_then(|line| line.split(' ').nth(number)).unwrap_or("")
    }

    pub fn request_body(&self) -> Body {
        self.framed().unwrap_or(Body::Done)
    }

    pub fn answer_body(&self, method: &str) -> Body {
        let status = self.word(1);
        if method == "HEAD" || status.starts_with('1') || matches!(status, "204" | "304") {
            return Body::Done;
        }
        self.framed().unwrap_or(Body::UntilClose)
    }

    fn framed(&self) -> Option<Body> {
        if self.header("transfer-encoding").is_some_and(|coding| coding.contains("chunked")) {
            return Some(Body::Chunks);
        }
        self.header("content-length")?.parse().ok().map(Body::Bytes)
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.text.lines().skip(1).find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.trim().eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }
}

impl Body {
    /// The next piece as it came on the wire, as soon as it is there.
    pub async fn next(
        &mut self,
        from: &mut (impl AsyncBufRead + Unpin),
    ) -> Result<Option<Vec<u8>>> {
        match self {
            Body::Done => Ok(None),
            Body::Bytes(0) => Ok(None),
            Body::Bytes(left) => {
                let most = usize::try_from(*left).unwrap_or(PIECE).min(PIECE);
                let piece = some(from, most).await?.ok_or(ErrorKind::UnexpectedEof)?;
                *left -= piece.len() as u64;
                Ok(Some(piece))
            }
            Body::UntilClose => some(from, PIECE).await,
            Body::Chunks => {
                let mut piece = Vec::new();
                let size = chunk(from, &mut piece).await?;
                if size == 0 {
                    *self = Body::Done;
                }
                Ok(Some(piece))
            }
        }
    }

    /// Only the end of the connection ends such a body.
    pub fn ends_with_connection(&self) -> bool {
        matches!(self, Body::UntilClose)
    }

    pub async fn whole(mut self, from: &mut (impl AsyncBufRead + Unpin)) -> Result<Vec<u8>> {
        let mut all = Vec::new();
        while let Some(piece) = self.next(from).await? {
            all.extend_from_slice(&piece);
        }
        Ok(all)
    }
}

async fn some(from: &mut (impl AsyncBufRead + Unpin), most: usize) -> Result<Option<Vec<u8>>> {
    let mut piece = vec![0; most];
    let count = from.read(&mut piece).await?;
    piece.truncate(count);
    Ok((count > 0).then_some(piece))
}

/// One chunk with its framing; the last one with the trailers behind it.
async fn chunk(from: &mut (impl AsyncBufRead + Unpin), piece: &mut Vec<u8>) -> Result<usize> {
    if from.read_until(b'\n', piece).await? == 0 {
        return Err(ErrorKind::UnexpectedEof.into());
    }
    let line = String::from_utf8_lossy(piece);
    let digits = line.split(';').next().unwrap_or("").trim();
    let size = usize::from_str_radix(digits, 16)
        .ok()
        .filter(|size| *size <= MAX_CHUNK)
        .ok_or_else(|| Error::new(ErrorKind::InvalidData, "not a chunk"))?;
    if size > 0 {
        let start = piece.len();
        piece.resize(start + size + 2, 0);
        from.read_exact(&mut piece[start..]).await?;
        return Ok(size);
    }
    loop {
        let before = piece.len();
        let count = from.read_until(b'\n', piece).await?;
        if count == 0 || matches!(&piece[before..], b"\r\n" | b"\n") {
            return Ok(0);
        }
    }
}
