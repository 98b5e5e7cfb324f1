//! WebP files (RFC 9649), written without loss.

use image::{
    DynamicImage, ExtendedColorType, ImageEncoder as _, RgbImage, codecs::webp::WebPEncoder,
};

#[must_use]
pub fn plain(image: &RgbImage) -> Vec<u8> {
    encoded(image, None, None)
}

#[must_use]
pub fn with_exif(image: &RgbImage, exif: &[u8]) -> Vec<u8> {
    encoded(image, Some(exif), None)
}

#[must_use]
pub fn with_icc(image: &RgbImage, icc: &[u8]) -> Vec<u8> {
    encoded(image, None, Some(icc))
}

#[must_use]
pub fn with_alpha(image: &RgbImage) -> Vec<u8> {
    let image = DynamicImage::from(image.clone()).into_rgba8();
    let mut bytes = Vec::new();
    let encoder = WebPEncoder::new_lossless(&mut bytes);
    let (width, height) = image.dimensions();
    encoder.write_image(&image, width, height, ExtendedColorType::Rgba8).expect("a picture");
    bytes
}

fn encoded(image: &RgbImage, exif: Option<&[u8]>, icc: Option<&[u8]>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = WebPEncoder::new_lossless(&mut bytes);
    if let Some(exif) = exif {
        encoder.set_exif_metadata(exif.to_vec()).expect("WebP has a place for it");
    }
    if let Some(icc) = icc {
        encoder.set_icc_profile(icc.to_vec()).expect("WebP has a place for it");
    }
    let (width, height) = image.dimensions();
    encoder.write_image(image, width, height, ExtendedColorType::Rgb8).expect("a picture");
    bytes
}
