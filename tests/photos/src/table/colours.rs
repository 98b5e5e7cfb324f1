//! Kinds of pixels, and colour profiles: what is red is shown red.

use image::{DynamicImage, Luma, Pixel as _, Rgb, Rgba, RgbaImage};
use jpeg_encoder::ColorType;

use super::{SMALL, both, good, shown, small};
use crate::{
    MadeFile, Outcome, Refused, icc,
    jpeg::{self, Jpeg},
    picture::{CORNERS, Corners, RED, corners},
    png, webp,
};

pub(super) fn files() -> Vec<MadeFile> {
    let mut files = kinds_of_pixels();
    files.extend(profiles());
    files.extend(transparent());
    files.extend(blank());
    files
}

const fn grey(value: u8) -> Rgb<u8> {
    Rgb([value; 3])
}

fn kinds_of_pixels() -> Vec<MadeFile> {
    let coloured = |colour| Jpeg { colour, ..Jpeg::default() }.of(&small());
    let image = DynamicImage::from(small());
    let greys = CORNERS.map(|colour| {
        let Luma([value]) = colour.to_luma();
        grey(value)
    });
    vec![
        good("cmyk jpeg", coloured(ColorType::Cmyk)),
        good("ycck jpeg", coloured(ColorType::CmykAsYcck)),
        both("grey jpeg", coloured(ColorType::Luma), shown(SMALL, greys)),
        good("png of 8 bits", png::plain(image.clone())),
        good("png of 16 bits", png::plain(image.to_rgb16())),
        good("png with alpha", png::plain(image.to_rgba8())),
        good("png of 16 bits with alpha", png::plain(image.to_rgba16())),
        both("grey png", png::plain(image.to_luma8()), shown(SMALL, greys)),
        both("grey png of 16 bits", png::plain(image.to_luma16()), shown(SMALL, greys)),
        good("webp", webp::plain(&small())),
        good("webp with alpha", webp::with_alpha(&small())),
    ]
}

fn profiles() -> Vec<MadeFile> {
    let profile = icc::red_and_blue_swapped();
    let swapped = corners(SMALL.0, SMALL.1, CORNERS.map(|Rgb([r, g, b])| Rgb([b, g, r])));
    let jpeg = |icc: &[u8], image| Jpeg { icc: Some(icc), ..Jpeg::default() }.of(image);
    let png = |icc: &[u8], image: &image::RgbImage| {
        png::with_before(&png::plain(image.clone()), b"IDAT", &png::icc_chunk(icc))
    };
    let broken = vec![0xa5; 400];
    let mut cut = profile.clone();
    cut.truncate(200);
    let mut huge = profile.clone();
    // The table announces more entries than there are bytes in the world.
    huge[128..132].fill(0xff);
    // Half of the light is far more than half of the value.
    let light: Corners = [grey(30), grey(90), grey(128), grey(220)];
    let seen: Corners = [grey(98), grey(159), grey(188), grey(239)];
    let stored = corners(SMALL.0, SMALL.1, light);
    let gamma = icc::grey_of_gamma_one();
    let grey_jpeg = Jpeg { colour: ColorType::Luma, icc: Some(&gamma), ..Jpeg::default() };
    vec![
        good("jpeg whose profile swaps red and blue", jpeg(&profile, &swapped)),
        good("png whose profile swaps red and blue", png(&profile, &swapped)),
        good("webp whose profile swaps red and blue", webp::with_icc(&swapped, &profile)),
        good("jpeg with a broken profile", jpeg(&broken, &small())),
        good("jpeg with a profile cut short", jpeg(&cut, &small())),
        good("jpeg with a profile of too many entries", jpeg(&huge, &small())),
        good("png with a broken profile", png(&broken, &small())),
        both("grey jpeg with a profile", grey_jpeg.of(&stored), shown(SMALL, seen)),
        good("jpeg of colours with a profile of grey", jpeg(&gamma, &small())),
    ]
}

/// White behind it.
fn transparent() -> Vec<MadeFile> {
    let (width, height) = SMALL;
    let image = RgbaImage::from_fn(width, height, |x, _| {
        if x * 2 < width { Rgba([RED.0[0], RED.0[1], RED.0[2], 255]) } else { Rgba([0, 0, 0, 128]) }
    });
    let seen = shown(SMALL, [RED, grey(127), RED, grey(127)]);
    vec![both("png half transparent", png::plain(image), seen)]
}

/// A covered lens is told while the inspector still stands there; what came to the server
/// is kept.
fn blank() -> Vec<MadeFile> {
    let black = corners(SMALL.0, SMALL.1, [grey(0); 4]);
    let phone = Outcome::Refused(Refused::Blank);
    let server = shown(SMALL, [grey(0); 4]);
    vec![MadeFile { name: "black jpeg".into(), bytes: jpeg::plain(&black), phone, server }]
}
