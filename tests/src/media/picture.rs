//! Draws the picture: ground and sky, shapes, something like lines of text, a
//! colour in each corner, and noise like a sensor's, so that it compresses no
//! better than a photo does.

use image::{Rgb, RgbImage};

/// A corner of the upright picture; each has a colour of its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Corner {
    TopLeft,
    TopRight,
    BottomRight,
    BottomLeft,
}

impl Corner {
    pub const ALL: [Corner; 4] =
        [Corner::TopLeft, Corner::TopRight, Corner::BottomRight, Corner::BottomLeft];

    pub fn colour(self) -> [u8; 3] {
        match self {
            Corner::TopLeft => [220, 30, 30],
            Corner::TopRight => [30, 200, 40],
            Corner::BottomRight => [230, 210, 30],
            Corner::BottomLeft => [30, 60, 220],
        }
    }

    /// The middle of the corner's block.
    fn at(self, width: u32, height: u32) -> (u32, u32) {
        let (near_x, near_y) = (width / 16, height / 16);
        match self {
            Corner::TopLeft => (near_x, near_y),
            Corner::TopRight => (width - near_x, near_y),
            Corner::BottomRight => (width - near_x, height - near_y),
            Corner::BottomLeft => (near_x, height - near_y),
        }
    }
}

/// Which corner's colour is seen at `place`, whatever the size of the image: a
/// photo that was turned the wrong way shows another one.
pub fn corner_of(image: &RgbImage, place: Corner) -> Option<Corner> {
    let (x, y) = place.at(image.width(), image.height());
    let seen = image.get_pixel(x, y).0;
    Corner::ALL.into_iter().find(|corner| {
        corner.colour().iter().zip(seen).all(|(wanted, seen)| wanted.abs_diff(seen) < 48)
    })
}

pub fn draw(width: u32, height: u32, seed: u32) -> RgbImage {
    let mut image = RgbImage::from_fn(width, height, |x, y| ground(x, y, width, height));
    let mut random = Random::new(seed);
    for _ in 0..24 {
        let (w, h) = (random.below(width / 5) + 20, random.below(height / 5) + 20);
        let (x, y) = (random.below(width - w), random.below(height - h));
        let colour = [0; 3].map(|_: u8| random.below(256) as u8);
        match random.below(2) {
            0 => fill(&mut image, x, y, w, h, colour),
            _ => disc(&mut image, x, y, w.min(h), colour),
        }
    }
    text(&mut image, &mut random);
    for corner in Corner::ALL {
        let (x, y) = corner.at(width, height);
        let (w, h) = (width / 8, height / 8);
        fill(&mut image, x - w / 2, y - h / 2, w, h, corner.colour());
    }
    noise(&mut image, &mut random);
    image
}

fn ground(x: u32, y: u32, width: u32, height: u32) -> Rgb<u8> {
    let (across, down) = ((x * 120 / width) as u8, (y * 120 / height) as u8);
    match y < height / 2 {
        true => Rgb([120 + across / 2, 170 - across / 3, 230 - down]),
        false => Rgb([90 + across / 2, 84 + down / 2, 80]),
    }
}

fn fill(image: &mut RgbImage, x: u32, y: u32, w: u32, h: u32, colour: [u8; 3]) {
    for row in y..(y + h).min(image.height()) {
        for column in x..(x + w).min(image.width()) {
            image.put_pixel(column, row, Rgb(colour));
        }
    }
}

fn disc(image: &mut RgbImage, x: u32, y: u32, size: u32, colour: [u8; 3]) {
    let radius = i64::from(size / 2);
    for row in 0..size {
        for column in 0..size {
            let (dx, dy) = (i64::from(column) - radius, i64::from(row) - radius);
            if dx * dx + dy * dy < radius * radius {
                image.put_pixel(x + column, y + row, Rgb(colour));
            }
        }
    }
}

/// Small dark blocks in rows on a light board: the hardest thing for a codec.
fn text(image: &mut RgbImage, random: &mut Random) {
    let (width, height) = (image.width(), image.height());
    let (left, top, unit) = (width / 3, height / 3, height / 200 + 2);
    fill(image, left, top, width / 3, height / 4, [240, 240, 235]);
    let mut y = top + unit;
    while y + 3 * unit < top + height / 4 {
        let mut x = left + unit;
        while x + 3 * unit < left + width / 3 {
            let w = random.below(2 * unit) + 1;
            fill(image, x, y, w, 2 * unit, [30, 30, 40]);
            x += w + unit / 2 + 1;
        }
        y += 3 * unit;
    }
}

fn noise(image: &mut RgbImage, random: &mut Random) {
    for channel in image.iter_mut() {
        let step = (random.next() >> 27) as u8; // 0 to 31
        *channel = channel.saturating_add(step).saturating_sub(16);
    }
}

/// xorshift: the same on every machine, which is all that is asked of it.
struct Random(u32);

impl Random {
    fn new(seed: u32) -> Self {
        Random(seed.wrapping_mul(0x9E37_79B9) | 1)
    }

    fn next(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0
    }

    fn below(&mut self, end: u32) -> u32 {
        self.next() % end.max(1)
    }
}
