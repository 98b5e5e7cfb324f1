//! Colours as they are meant: pixels of an embedded colour profile (ICC.1) become sRGB,
//! which is what a picture without a profile is taken for.
//!
//! Never: fails a photo. A profile that is broken, of a kind that browsers do not heed, or
//! of another number of channels than the picture is ignored, with a line in the log.

use std::panic::{AssertUnwindSafe, catch_unwind};

use image::{DynamicImage, RgbImage};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// Profiles of cameras have some kilobytes, those of printing presses up to two megabytes.
const LARGEST_PROFILE: usize = 4 * 1024 * 1024;

/// A small picture in sRGB. Alpha, if there is any, is lost: it lies on white by now.
pub(super) fn to_srgb(image: DynamicImage, profile: Option<&[u8]>) -> DynamicImage {
    let Some(profile) = profile else { return image };
    let is_grey = !image.color().has_color();
    let read = |profile: &[u8]| -> Option<RgbImage> {
        let profile = read(profile)?;
        let (width, height) = (image.width(), image.height());
        let samples = match profile.color_space {
            DataColorSpace::Gray if is_grey => {
                transformed(&profile, Layout::Gray, &image.to_luma8().into_raw(), 1)?
            }
            DataColorSpace::Rgb => {
                transformed(&profile, Layout::Rgb, &image.to_rgb8().into_raw(), 3)?
            }
            _ => return None,
        };
        RgbImage::from_raw(width, height, samples)
    };
    match guarded(|| read(profile)) {
        Some(converted) => converted.into(),
        None => image,
    }
}

/// Pixels of four inks, 255 for all of it, as sRGB; `None` when there is no way to know how
/// the profile means them.
pub(super) fn rgb_from_cmyk(samples: &[u8], profile: &[u8]) -> Option<Vec<u8>> {
    guarded(|| {
        let profile = read(profile)?;
        // Inks come in the layout that has four channels.
        (profile.color_space == DataColorSpace::Cmyk)
            .then(|| transformed(&profile, Layout::Rgba, samples, 4))?
    })
}

fn read(profile: &[u8]) -> Option<ColorProfile> {
    if profile.len() > LARGEST_PROFILE {
        return None;
    }
    ColorProfile::new_from_slice(profile).ok()
}

fn transformed(
    profile: &ColorProfile,
    layout: Layout,
    samples: &[u8],
    channels: usize,
) -> Option<Vec<u8>> {
    let srgb = ColorProfile::new_srgb();
    let options = TransformOptions::default();
    let transform = profile.create_transform_8bit(layout, &srgb, Layout::Rgb, options).ok()?;
    let mut rgb = vec![0; samples.len() / channels * 3];
    transform.transform(samples, &mut rgb).ok()?;
    Some(rgb)
}

/// A reader of profiles that panics has read a broken one.
fn guarded<T>(convert: impl FnOnce() -> Option<T>) -> Option<T> {
    let converted = catch_unwind(AssertUnwindSafe(convert)).ok().flatten();
    if converted.is_none() {
        tracing::info!("a colour profile was ignored");
    }
    converted
}
