//! Colour profiles (ICC.1:2001-04) whose effect nobody overlooks.

/// sRGB's primaries, adapted to D50.
const RED: [f64; 3] = [0.436_07, 0.222_49, 0.013_92];
const GREEN: [f64; 3] = [0.385_15, 0.716_87, 0.097_08];
const BLUE: [f64; 3] = [0.143_07, 0.060_61, 0.714_10];
const WHITE: [f64; 3] = [0.964_20, 1.0, 0.824_91];

/// Of a picture whose first channel is blue and whose third is red.
#[must_use]
pub fn red_and_blue_swapped() -> Vec<u8> {
    profile(
        b"RGB ",
        &[
            (b"wtpt", xyz(WHITE)),
            (b"rXYZ", xyz(BLUE)),
            (b"gXYZ", xyz(GREEN)),
            (b"bXYZ", xyz(RED)),
            (b"rTRC", gamma(2.2)),
            (b"gTRC", gamma(2.2)),
            (b"bTRC", gamma(2.2)),
        ],
    )
}

/// Of a grey picture whose values are light itself: half the value is far more than half
/// as bright to an eye.
#[must_use]
pub fn grey_of_gamma_one() -> Vec<u8> {
    profile(b"GRAY", &[(b"wtpt", xyz(WHITE)), (b"kTRC", gamma(1.0))])
}

fn profile(space: &[u8; 4], tags: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut all = vec![(b"desc", description()), (b"cprt", text())];
    all.extend(tags.iter().map(|(name, data)| (*name, data.clone())));
    let mut table = length(all.len()).to_vec();
    let mut data = Vec::new();
    for (name, bytes) in &all {
        let at = 128 + 4 + 12 * all.len() + data.len();
        table.extend([&name[..], &length(at), &length(bytes.len())].concat());
        data.extend(bytes);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    let total = 128 + table.len() + data.len();
    let mut header = [0; 128];
    for (at, bytes) in [
        (0, &length(total)[..]),
        (8, &[2, 0x10, 0, 0]),
        (12, b"mntr"),
        (16, space),
        (20, b"XYZ "),
        (24, &[0x07, 0xea, 0, 1, 0, 1]),
        (36, b"acsp"),
        (68, &xyz(WHITE)[8..]),
    ] {
        header[at..at + bytes.len()].copy_from_slice(bytes);
    }
    [header.to_vec(), table, data].concat()
}

fn xyz(values: [f64; 3]) -> Vec<u8> {
    let fixed = values.map(|value| ((value * 65_536.0).round() as i32).to_be_bytes());
    [b"XYZ \0\0\0\0".to_vec(), fixed.concat()].concat()
}

fn gamma(value: f64) -> Vec<u8> {
    let fixed = ((value * 256.0).round() as u16).to_be_bytes();
    [b"curv\0\0\0\0\0\0\0\x01".to_vec(), fixed.to_vec()].concat()
}

fn description() -> Vec<u8> {
    let mut bytes = b"desc\0\0\0\0\0\0\0\x05test\0".to_vec();
    // No Unicode and no Macintosh form of it.
    bytes.resize(bytes.len() + 78, 0);
    bytes
}

fn text() -> Vec<u8> {
    b"text\0\0\0\0none\0".to_vec()
}

fn length(bytes: usize) -> [u8; 4] {
    u32::try_from(bytes).expect("a small profile").to_be_bytes()
}
