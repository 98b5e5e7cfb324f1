//! The picture of the made files: four quarters of one colour each, so that any turn and
//! any mirror shows.

use image::{Rgb, RgbImage, imageops};

pub const RED: Rgb<u8> = Rgb([220, 20, 20]);
pub const GREEN: Rgb<u8> = Rgb([20, 200, 20]);
pub const BLUE: Rgb<u8> = Rgb([20, 20, 220]);
pub const YELLOW: Rgb<u8> = Rgb([230, 220, 20]);

/// Top left, top right, bottom left, bottom right.
pub type Corners = [Rgb<u8>; 4];
pub const CORNERS: Corners = [RED, GREEN, BLUE, YELLOW];

/// What codecs, chroma at half the size and colour conversion may change.
const TOLERANCE: u8 = 36;

#[must_use]
pub fn corners(width: u32, height: u32, [a, b, c, d]: Corners) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| match (x * 2 < width, y * 2 < height) {
        (true, true) => a,
        (false, true) => b,
        (true, false) => c,
        (false, false) => d,
    })
}

/// The picture as a camera stores it so that a viewer who heeds `orientation` (EXIF, 1 to
/// 8) sees `upright`.
#[must_use]
pub fn stored(upright: &RgbImage, orientation: u8) -> RgbImage {
    let turned = |image: &RgbImage| imageops::rotate270(image);
    match orientation {
        2 => imageops::flip_horizontal(upright),
        3 => imageops::rotate180(upright),
        4 => imageops::flip_vertical(upright),
        5 => imageops::flip_vertical(&turned(upright)),
        6 => turned(upright),
        7 => imageops::flip_horizontal(&turned(upright)),
        8 => imageops::rotate90(upright),
        _ => upright.clone(),
    }
}

/// Which quarter of a picture shows another colour than it should.
///
/// # Errors
/// In words.
pub fn compare(picture: &RgbImage, expected: Corners) -> Result<(), String> {
    let (w, h) = picture.dimensions();
    let places = [(w / 4, h / 4), (w * 3 / 4, h / 4), (w / 4, h * 3 / 4), (w * 3 / 4, h * 3 / 4)];
    for ((x, y), expected) in places.into_iter().zip(expected) {
        let found = picture.get_pixel(x, y);
        let is_near = found.0.iter().zip(expected.0).all(|(a, b)| a.abs_diff(b) <= TOLERANCE);
        if !is_near {
            return Err(format!(
                "{:?} instead of {:?} at {x},{y} of {w} × {h}",
                found.0, expected.0
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use image::{DynamicImage, metadata::Orientation};

    use super::*;

    #[test]
    fn stored_picture_is_upright_again_when_its_orientation_is_applied() {
        let upright = corners(60, 40, CORNERS);
        for orientation in 1..=8 {
            let mut image = DynamicImage::from(stored(&upright, orientation));
            image.apply_orientation(Orientation::from_exif(orientation).unwrap());
            assert_eq!(image.into_rgb8(), upright, "{orientation}");
        }
    }

    #[test]
    fn picture_that_is_turned_or_mirrored_differs() {
        let upright = corners(60, 40, CORNERS);
        assert_eq!(compare(&upright, CORNERS), Ok(()));
        for orientation in 2..=8 {
            assert!(compare(&stored(&upright, orientation), CORNERS).is_err(), "{orientation}");
        }
    }
}
