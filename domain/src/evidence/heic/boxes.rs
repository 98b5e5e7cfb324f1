//! The boxes of an ISO base media file (ISO/IEC 14496-12, 4.2), read from a slice that is
//! there.
//!
//! Never: allocates; follows a box into itself.

/// A box: its type, and what is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct IsoBox<'a> {
    pub(super) kind: [u8; 4],
    pub(super) content: &'a [u8],
}

/// What stands where a box may begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next<'a> {
    /// A box, and what follows it.
    Box(IsoBox<'a>, &'a [u8]),
    /// A box that goes on behind the end.
    Cut,
    /// Nothing, or something that is no box.
    End,
}

pub(super) fn next(bytes: &[u8]) -> Next<'_> {
    let Some((header, rest)) = bytes.split_first_chunk::<8>() else { return Next::End };
    let [l0, l1, l2, l3, kind @ ..] = *header;
    if !kind.iter().all(|byte| (0x20..0x7f).contains(byte)) {
        return Next::End;
    }
    let (content, after) = match u32::from_be_bytes([l0, l1, l2, l3]) {
        // To the end of what it is in.
        0 => (Some(rest), &[][..]),
        1 => match rest.split_first_chunk::<8>() {
            Some((length, rest)) => split(rest, u64::from_be_bytes(*length), 16),
            None => (None, &[][..]),
        },
        length => split(rest, length.into(), 8),
    };
    match content {
        Some(content) => Next::Box(IsoBox { kind, content }, after),
        None => Next::Cut,
    }
}

/// Content of a box whose length is `length` with its header of `header` bytes.
fn split(rest: &[u8], length: u64, header: u64) -> (Option<&[u8]>, &[u8]) {
    let length = length.checked_sub(header).and_then(|length| usize::try_from(length).ok());
    match length.and_then(|length| rest.split_at_checked(length)) {
        Some((content, after)) => (Some(content), after),
        None => (None, &[]),
    }
}

/// The boxes in `content`, up to the first that is cut or none.
pub(super) fn all(content: &[u8]) -> impl Iterator<Item = IsoBox<'_>> {
    let mut rest = content;
    std::iter::from_fn(move || match next(rest) {
        Next::Box(found, after) => {
            rest = after;
            Some(found)
        }
        Next::Cut | Next::End => None,
    })
}

/// The first box of this type in `content`.
pub(super) fn first<'a>(content: &'a [u8], kind: &[u8; 4]) -> Option<&'a [u8]> {
    all(content).find(|found| &found.kind == kind).map(|found| found.content)
}

/// Reads numbers off the front of a slice.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbers<'a>(pub(super) &'a [u8]);

impl<'a> Numbers<'a> {
    /// A full box: its version, and what follows version and flags.
    pub(super) fn of_full_box(content: &'a [u8]) -> Option<(u8, Self)> {
        let ([version, ..], rest) = content.split_first_chunk::<4>()?;
        Some((*version, Self(rest)))
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        self.bytes().map(u16::from_be_bytes)
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        self.bytes().map(u32::from_be_bytes)
    }

    /// Of 16 bits, or of 32 when it is `wide`.
    pub(super) fn id(&mut self, wide: bool) -> Option<u32> {
        if wide { self.u32() } else { self.u16().map(u32::from) }
    }

    /// Of `size` bytes: 0, 4 or 8. No bytes are 0.
    pub(super) fn sized(&mut self, size: u8) -> Option<u64> {
        match size {
            0 => Some(0),
            4 => self.u32().map(u64::from),
            8 => self.bytes().map(u64::from_be_bytes),
            _ => None,
        }
    }

    pub(super) fn skip(&mut self, count: usize) -> Option<()> {
        self.0 = self.0.get(count..)?;
        Some(())
    }

    pub(super) fn bytes<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (bytes, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*bytes)
    }
}
