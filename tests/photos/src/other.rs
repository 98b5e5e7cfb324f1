//! Formats in which no photo is kept: GIF, BMP and TIFF, uncompressed. AVIF is in `files`.

use image::RgbImage;

pub const AVIF: &[u8] = include_bytes!("../files/plain.avif");

/// Each pixel the nearest of 216 colours.
#[must_use]
pub fn gif(image: &RgbImage) -> Vec<u8> {
    let side = |pixels: u32| u16::try_from(pixels).expect("no more than GIF has").to_le_bytes();
    let (width, height) = (side(image.width()), side(image.height()));
    let mut bytes = [&b"GIF89a"[..], &width, &height, &[0xf7, 0, 0]].concat();
    for colour in 0..=255_u8 {
        let level = |of: u8| (of % 6) * 51;
        bytes.extend([level(colour / 36), level(colour / 6), level(colour)]);
    }
    bytes.extend([&[0x2c, 0, 0, 0, 0][..], &width, &height, &[0, 8]].concat());
    let pixels = image.pixels().map(|pixel| {
        let [r, g, b] = pixel.0.map(|value| (u16::from(value) + 25) / 51);
        r * 36 + g * 6 + b
    });
    let mut codes = Codes::default();
    for (index, pixel) in pixels.enumerate() {
        // The table is emptied before its codes grow to ten bits.
        if index % 250 == 0 {
            codes.push(256);
        }
        codes.push(pixel);
    }
    codes.push(257);
    for block in codes.bytes().chunks(255) {
        bytes.push(u8::try_from(block.len()).expect("at most 255"));
        bytes.extend(block);
    }
    bytes.extend([0, 0x3b]);
    bytes
}

/// Codes of nine bits, the lowest bit first.
#[derive(Default)]
struct Codes(Vec<bool>);

impl Codes {
    fn push(&mut self, code: u16) {
        self.0.extend((0..9).map(|bit| code >> bit & 1 == 1));
    }

    fn bytes(&self) -> Vec<u8> {
        let byte =
            |bits: &[bool]| bits.iter().rev().fold(0, |byte, bit| byte << 1 | u8::from(*bit));
        self.0.chunks(8).map(byte).collect()
    }
}

#[must_use]
pub fn bmp(image: &RgbImage) -> Vec<u8> {
    let (width, height) = image.dimensions();
    let mut rows = Vec::new();
    for row in image.rows().rev() {
        row.for_each(|pixel| rows.extend(pixel.0.into_iter().rev()));
        rows.resize(rows.len().next_multiple_of(4), 0);
    }
    let long = |value: usize| u32::try_from(value).expect("a small picture").to_le_bytes();
    [
        &b"BM"[..],
        &long(54 + rows.len()),
        &long(0),
        &long(54),
        &long(40),
        &width.to_le_bytes(),
        &height.to_le_bytes(),
        &[1, 0, 24, 0],
        &[0; 24],
        &rows,
    ]
    .concat()
}

#[must_use]
pub fn tiff(image: &RgbImage) -> Vec<u8> {
    let long = |value: usize| u32::try_from(value).expect("a small picture").to_le_bytes();
    let pixels = image.as_raw();
    let entries = [
        (0x0100, 4, 1, image.width()),
        (0x0101, 4, 1, image.height()),
        (0x0103, 3, 1, 1),
        (0x0106, 3, 1, 2),
        (0x0111, 4, 1, 8),
        (0x0115, 3, 1, 3),
        (0x0116, 4, 1, image.height()),
        (0x0117, 4, 1, u32::from_le_bytes(long(pixels.len()))),
    ];
    let mut bytes = [&b"II\x2a\0"[..], &long(8 + pixels.len()), pixels].concat();
    bytes.extend([8, 0]);
    for (tag, kind, count, value) in entries {
        bytes.extend(u16::to_le_bytes(tag));
        bytes.extend(u16::to_le_bytes(kind));
        bytes.extend(u32::to_le_bytes(count));
        bytes.extend(value.to_le_bytes());
    }
    bytes.extend([0; 4]);
    bytes
}
