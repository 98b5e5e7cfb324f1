//! HEIC, which is kept as it is, and formats in which no photo is kept: the phone writes
//! them anew where its browser decodes them. The browser of the tests decodes AVIF, GIF
//! and BMP, not TIFF and HEIC.

use image::Rgb;

use super::{SMALL, both, refused, shown, small};
use crate::{
    MadeFile, Outcome, Refused,
    heif::{self, Heif, Item, boxed},
    other,
    picture::{CORNERS, Corners},
};

pub(super) fn files() -> Vec<MadeFile> {
    let mut files = sound_heic();
    files.extend(unsound_heic());
    files.extend(rewritten());
    files.extend(named());
    files
}

fn sound_heic() -> Vec<MadeFile> {
    let plain = heif::PLAIN.to_vec();
    let made = |name: &str, heif: Heif| both(name, heif.bytes(), Outcome::Kept);
    let film = boxed(b"mpvd", b"a film of two seconds");
    let mut general = plain.clone();
    general[8..12].copy_from_slice(b"mif1");
    vec![
        both("heic", plain.clone(), Outcome::Kept),
        both("heic turned and dated", heif::TURNED_AND_DATED.to_vec(), Outcome::Kept),
        both("heic of the general brand", general, Outcome::Kept),
        made("heic of tiles", Heif::grid()),
        made("heic and a film", Heif { behind: film, ..Heif::default() }),
        made("heic and notes", Heif { behind: vec![0; 77], ..Heif::default() }),
    ]
}

fn unsound_heic() -> Vec<MadeFile> {
    let plain = heif::PLAIN;
    let made = |name: &str, heif: Heif| refused(name, heif.bytes(), Refused::Damaged);
    let item = |item| Heif { items: vec![item], ..Heif::default() };
    let cut = |name: &str, length: usize| refused(name, plain[..length].to_vec(), Refused::Damaged);
    let mut huge = plain.to_vec();
    let data = huge.windows(4).position(|kind| kind == b"mdat").expect("its data");
    huge[data - 4..data].fill(0xff);
    let mut huge_64 = Heif::default().bytes();
    huge_64.extend([&[0, 0, 0, 1][..], b"free", &[0xff; 8]].concat());
    let nested = (0..3000).fold(Vec::new(), |inner, _| heif::full_box(b"meta", 0, &inner));
    let file_type = boxed(b"ftyp", b"heic\0\0\0\0mif1heic");
    let circle = Heif {
        items: vec![Item { id: 1, kind: *b"grid", method: 1, from: 0, length: 8 }],
        parts: vec![(1, vec![1])],
        item_data: 8,
        ..Heif::default()
    };
    vec![
        refused("heic of 12 bytes", b"\0\0\0\x1cftypheic".to_vec(), Refused::Damaged),
        cut("heic without its last byte", plain.len() - 1),
        cut("heic cut in half", plain.len() / 2),
        cut("heic cut behind its first box", 28),
        refused("heic of a huge box", huge, Refused::Damaged),
        refused("heic and a box of 64 bits of length", huge_64, Refused::Damaged),
        refused("heic of boxes in boxes", [file_type, nested].concat(), Refused::Damaged),
        made("heic without items", Heif { items: vec![], ..Heif::default() }),
        made("heic whose picture is no item", Heif { picture: 9, ..Heif::default() }),
        made("heic whose picture lies outside", item(Item::coded(1, 60, 41))),
        made("heic whose picture is empty", item(Item::coded(1, 0, 0))),
        made("heic whose picture lies far outside", item(Item::coded(1, 0, u32::MAX))),
        made("heic whose picture is a note", item(Item { kind: *b"mime", ..Item::coded(1, 0, 9) })),
        made("heic of one tile too few", Heif { data: 60, ..Heif::grid() }),
        made("heic of a grid of nothing", Heif { parts: vec![], ..Heif::grid() }),
        made("heic of a grid of itself", circle),
    ]
}

/// Decoded by the browser, sent as JPEG; the server itself takes none of them.
fn rewritten() -> Vec<MadeFile> {
    let file = |name: &str, bytes, format, corners: Corners, size| MadeFile {
        name: name.into(),
        bytes,
        phone: shown(size, corners),
        server: Outcome::Refused(Refused::Unsupported(format)),
    };
    let (red, blue) = (Rgb([200, 30, 30]), Rgb([30, 60, 220]));
    let halves = [red, blue, red, blue];
    let mut general = other::AVIF.to_vec();
    general[8..12].copy_from_slice(b"mif1");
    vec![
        file("avif", other::AVIF.to_vec(), "AVIF", halves, (64, 48)),
        file("avif of the general brand", general, "AVIF", halves, (64, 48)),
        file("gif", other::gif(&small()), "GIF", CORNERS, SMALL),
        file("bmp", other::bmp(&small()), "BMP", CORNERS, SMALL),
    ]
}

/// Not decoded: refused by their names.
fn named() -> Vec<MadeFile> {
    let unsupported =
        |name: &str, bytes, format| refused(name, bytes, Refused::Unsupported(format));
    let file = |name: &str, bytes, format| MadeFile {
        name: name.into(),
        bytes,
        phone: Outcome::Refused(Refused::Damaged),
        server: Outcome::Refused(Refused::Unsupported(format)),
    };
    let (gif, bmp) = (other::gif(&small()), other::bmp(&small()));
    vec![
        unsupported("tiff", other::tiff(&small()), "TIFF"),
        // Of what this browser knows: no question of the format.
        file("jpeg xl that is none", b"\xff\x0a\x7f\x7f and so on".to_vec(), "JPEG XL"),
        file("avif cut in half", other::AVIF[..160].to_vec(), "AVIF"),
        file("gif cut in half", gif[..400].to_vec(), "GIF"),
        file("bmp cut in its header", bmp[..30].to_vec(), "BMP"),
    ]
}
