//! The 320 px thumbnail of a 12 MP photo as the server makes it, beside the plain way
//! of the `image` crate: decode whole, resize, encode.

use std::{io::Cursor, time::Duration};

use anyhow::Result;
use image::{ImageReader, imageops::FilterType};

use crate::table::{Table, rate};

pub fn measure(table: &mut Table) -> Result<()> {
    let photo = std::fs::read(tests::media::street(1)?)?;
    let ours = rate(Duration::from_secs(3), || {
        server::photos::derive::thumbnail(&photo, 320).expect("a good photo");
    });
    let plain = rate(Duration::from_secs(3), || {
        let decoded = ImageReader::new(Cursor::new(&photo))
            .with_guessed_format()
            .expect("in memory")
            .decode()
            .expect("a good photo");
        let small = decoded.resize(320, 320, FilterType::Lanczos3).to_rgb8();
        let mut jpeg = Vec::new();
        jpeg_encoder::Encoder::new(&mut jpeg, 80)
            .encode(
                &small,
                small.width() as u16,
                small.height() as u16,
                jpeg_encoder::ColorType::Rgb,
            )
            .expect("in memory");
    });
    table.compare("12 MP photo: thumbnail", ours, plain, "`image` alone");
    Ok(())
}
