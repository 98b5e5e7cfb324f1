//! The items of a meta box (ISO/IEC 14496-12, 8.11): which is the picture, how each is
//! coded, where its bytes lie, which others it is put together from.
//!
//! Never: holds more than what is written in the box, whatever number it announces.

use std::collections::BTreeMap;

use super::boxes::{self, Numbers};

/// A picture of 200 megapixels has under a thousand tiles.
const MAX_ITEMS: usize = 16_384;

#[derive(Debug, Default)]
pub(super) struct Items<'a> {
    kinds: BTreeMap<u32, [u8; 4]>,
    places: BTreeMap<u32, Place<'a>>,
    parts: BTreeMap<u32, Vec<u32>>,
}

/// Where the bytes of an item lie.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    pub(super) is_in_item_data: bool,
    base: u64,
    sizes: Sizes,
    /// The extents as they are written.
    extents: Numbers<'a>,
    count: u16,
}

/// Bytes that numbers of the location box take.
#[derive(Clone, Copy, Debug)]
struct Sizes {
    offset: u8,
    length: u8,
    base: u8,
    index: u8,
}

impl<'a> Items<'a> {
    /// `None` when a box is missing or breaks off.
    pub(super) fn read(meta: &'a [u8]) -> Option<(u32, Self)> {
        let mut items = Self::default();
        items.read_kinds(boxes::first(meta, b"iinf")?)?;
        items.read_places(boxes::first(meta, b"iloc")?)?;
        if let Some(references) = boxes::first(meta, b"iref") {
            items.read_parts(references)?;
        }
        let (version, mut numbers) = Numbers::of_full_box(boxes::first(meta, b"pitm")?)?;
        Some((numbers.id(version > 0)?, items))
    }

    pub(super) fn kind(&self, item: u32) -> Option<&[u8; 4]> {
        self.kinds.get(&item)
    }

    pub(super) fn place(&self, item: u32) -> Option<Place<'a>> {
        self.places.get(&item).copied()
    }

    /// The items that a derived one is put together from.
    pub(super) fn parts(&self, item: u32) -> &[u32] {
        self.parts.get(&item).map_or(&[], Vec::as_slice)
    }

    fn read_kinds(&mut self, content: &[u8]) -> Option<()> {
        let (version, mut numbers) = Numbers::of_full_box(content)?;
        let _count = numbers.id(version > 0)?;
        for entry in boxes::all(numbers.0).filter(|entry| &entry.kind == b"infe").take(MAX_ITEMS) {
            let (version, mut numbers) = Numbers::of_full_box(entry.content)?;
            if !(2..=3).contains(&version) {
                continue;
            }
            let id = numbers.id(version == 3)?;
            let _protection = numbers.u16()?;
            self.kinds.entry(id).or_insert(numbers.bytes()?);
        }
        Some(())
    }

    fn read_places(&mut self, content: &'a [u8]) -> Option<()> {
        let (version, mut numbers) = Numbers::of_full_box(content)?;
        let [a, b] = numbers.bytes()?;
        let index = if version == 0 { 0 } else { b & 0x0f };
        let sizes = Sizes { offset: a >> 4, length: a & 0x0f, base: b >> 4, index };
        let is_wide = version == 2;
        let count = numbers.id(is_wide)?;
        for _ in 0..usize::try_from(count).ok()?.min(MAX_ITEMS) {
            let id = numbers.id(is_wide)?;
            let method = if version == 0 { 0 } else { numbers.u16()? & 0x0f };
            let file = numbers.u16()?;
            let base = numbers.sized(sizes.base)?;
            let count = numbers.u16()?;
            let extents = numbers;
            numbers.skip(usize::from(count) * sizes.of_extent()?)?;
            // Bytes in another file, or made of other items': not in this one.
            if method <= 1 && file == 0 {
                let is_in_item_data = method == 1;
                let place = Place { is_in_item_data, base, sizes, extents, count };
                self.places.entry(id).or_insert(place);
            }
        }
        Some(())
    }

    fn read_parts(&mut self, content: &[u8]) -> Option<()> {
        let (version, numbers) = Numbers::of_full_box(content)?;
        for entry in boxes::all(numbers.0).filter(|entry| &entry.kind == b"dimg").take(MAX_ITEMS) {
            let mut numbers = Numbers(entry.content);
            let from = numbers.id(version > 0)?;
            let count = numbers.u16()?;
            let mut parts = Vec::new();
            for _ in 0..count {
                parts.push(numbers.id(version > 0)?);
            }
            self.parts.entry(from).or_insert(parts);
        }
        Some(())
    }
}

impl Sizes {
    /// Bytes of an extent; `None` where one of its numbers is of a size that none has.
    fn of_extent(self) -> Option<usize> {
        let sizes = [self.index, self.offset, self.length];
        let are_sizes = sizes.iter().all(|size| matches!(size, 0 | 4 | 8));
        are_sizes.then(|| sizes.into_iter().map(usize::from).sum())
    }

    /// Offset and length.
    fn extent(self, numbers: &mut Numbers<'_>) -> Option<(u64, u64)> {
        let _index = numbers.sized(self.index)?;
        Some((numbers.sized(self.offset)?, numbers.sized(self.length)?))
    }
}

impl Place<'_> {
    /// Whether there is an extent, and every one lies within `length` bytes.
    pub(super) fn is_within(self, length: usize) -> bool {
        let Ok(available) = u64::try_from(length) else { return false };
        let mut numbers = self.extents;
        self.count > 0
            && (0..self.count).all(|_| {
                let Some((offset, length)) = self.sizes.extent(&mut numbers) else { return false };
                let end = self.base.checked_add(offset).and_then(|from| from.checked_add(length));
                length > 0 && end.is_some_and(|end| end <= available)
            })
    }
}
