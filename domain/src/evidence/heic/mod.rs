//! Whether an HEIC file (ISO/IEC 23008-12) holds a whole picture, as far as its boxes tell.
//! It is kept without being decoded, on a phone that cannot and on the server, so this is
//! all that tells a photo from a file that broke off.
//!
//! Never: decodes; allocates by a length that the file claims; follows references without
//! a limit.

mod boxes;
mod items;

use std::collections::BTreeSet;

use self::{
    boxes::{Next, Numbers},
    items::Items,
};

/// Why there is no whole picture in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeicFault {
    /// A box goes on behind the end of the file: it broke off.
    Cut,
    /// No file type first, or no box that says what is in the file.
    NoContents,
    /// The box of items is not there or breaks off.
    NoItems,
    /// What should be the picture is no coded picture.
    NoPicture,
    /// Bytes of the picture would lie outside the file.
    OutsideFile,
}

/// Derived pictures of derived pictures: a rotation of a grid of tiles are two.
const DEEPEST: u8 = 4;

/// Looks at boxes and at the places of the picture's bytes.
///
/// # Errors
/// Why there is no whole picture.
pub fn check(bytes: &[u8]) -> Result<(), HeicFault> {
    let meta = contents(bytes)?;
    let (_, numbers) = Numbers::of_full_box(meta).ok_or(HeicFault::NoContents)?;
    let meta = numbers.0;
    let (picture, items) = Items::read(meta).ok_or(HeicFault::NoItems)?;
    let data = boxes::first(meta, b"idat").unwrap_or_default();
    let file = File { length: bytes.len(), item_data: data.len(), items };
    let mut seen = BTreeSet::new();
    file.check(picture, DEEPEST, &mut seen)?;
    // Derived pictures may be made of each other alone.
    let is_coded = |item: &u32| file.items.kind(*item).is_some_and(is_coded);
    if seen.iter().any(is_coded) { Ok(()) } else { Err(HeicFault::NoPicture) }
}

/// Whether items of this type hold a picture of their own, in a coding that HEIC may have.
const fn is_coded(kind: &[u8; 4]) -> bool {
    matches!(kind, b"hvc1" | b"hev1" | b"lhv1" | b"avc1" | b"jpeg")
}

/// The meta box, when every box ends inside the file. What follows the last one and is no
/// box is left alone: phones append what they like.
fn contents(bytes: &[u8]) -> Result<&[u8], HeicFault> {
    let mut rest = match boxes::next(bytes) {
        Next::Box(first, rest) if &first.kind == b"ftyp" => rest,
        Next::Cut => return Err(HeicFault::Cut),
        Next::Box(..) | Next::End => return Err(HeicFault::NoContents),
    };
    let mut meta = None;
    loop {
        rest = match boxes::next(rest) {
            Next::Box(found, after) => {
                if &found.kind == b"meta" {
                    meta = meta.or(Some(found.content));
                }
                after
            }
            Next::Cut => return Err(HeicFault::Cut),
            Next::End => return meta.ok_or(HeicFault::NoContents),
        };
    }
}

struct File<'a> {
    /// Bytes of all of it.
    length: usize,
    /// Bytes of the box that holds small items.
    item_data: usize,
    items: Items<'a>,
}

impl File<'_> {
    /// An item that is a picture, with all that it is put together from; each is looked at
    /// once.
    fn check(&self, item: u32, deepest: u8, seen: &mut BTreeSet<u32>) -> Result<(), HeicFault> {
        if !seen.insert(item) {
            return Ok(());
        }
        let kind = self.items.kind(item).ok_or(HeicFault::NoPicture)?;
        match kind {
            kind if is_coded(kind) => self.check_place(item),
            b"grid" | b"iovl" | b"iden" => {
                // A turned picture has no bytes of its own; the others say how to lay the parts.
                if kind != b"iden" {
                    self.check_place(item)?;
                }
                let parts = self.items.parts(item);
                let deeper = deepest.checked_sub(1).ok_or(HeicFault::NoPicture)?;
                if parts.is_empty() {
                    return Err(HeicFault::NoPicture);
                }
                parts.iter().try_for_each(|part| self.check(*part, deeper, seen))
            }
            _ => Err(HeicFault::NoPicture),
        }
    }

    fn check_place(&self, item: u32) -> Result<(), HeicFault> {
        let place = self.items.place(item).ok_or(HeicFault::NoPicture)?;
        let available = if place.is_in_item_data { self.item_data } else { self.length };
        if place.is_within(available) { Ok(()) } else { Err(HeicFault::OutsideFile) }
    }
}

#[cfg(test)]
mod tests;
