//! HEIC files made here and by libheif, and what is wrong with each.

use made_photos::heif::{self, Heif, Item, boxed, full_box};
use proptest::{collection::vec, prelude::*, sample::Index};

use super::*;

#[test]
fn whole_picture_is_found_in_plain_derived_and_tiled_files() {
    let film = boxed(b"mpvd", b"a film");
    for (name, bytes) in [
        ("plain", heif::PLAIN.to_vec()),
        ("turned and dated", heif::TURNED_AND_DATED.to_vec()),
        ("made", Heif::default().bytes()),
        ("tiles", Heif::grid().bytes()),
        ("and a film", Heif { behind: film, ..Heif::default() }.bytes()),
        (
            "and notes",
            Heif { behind: b"\0\0\0\x63\0\xff\0\0notes".to_vec(), ..Heif::default() }.bytes(),
        ),
        (
            "and a box to the end",
            Heif { behind: b"\0\0\0\0freeand so on".to_vec(), ..Heif::default() }.bytes(),
        ),
    ] {
        assert_eq!(check(&bytes), Ok(()), "{name}");
    }
}

#[test]
fn fault_names_what_is_missing() {
    use HeicFault as Fault;
    let file_type = || boxed(b"ftyp", b"heic\0\0\0\0mif1heic");
    let item = |item| Heif { items: vec![item], ..Heif::default() }.bytes();
    let meta = |content: &[u8]| [file_type(), full_box(b"meta", 0, content)].concat();
    let circle = Heif {
        items: vec![Item { id: 1, kind: *b"iden", method: 0, from: 0, length: 1 }],
        parts: vec![(1, vec![1])],
        ..Heif::default()
    };
    let deep: Vec<_> = (1..=6).map(|id| Item { kind: *b"iden", ..Item::coded(id, 0, 1) }).collect();
    let chain = (1..6).map(|id| (id, vec![id + 1])).collect();
    let nested = (0..100_000).fold(Vec::new(), |inner: Vec<u8>, _| {
        // Innermost first; only the outermost header is read.
        if inner.len() < 200_000 { full_box(b"meta", 0, &inner) } else { inner }
    });
    for (name, bytes, fault) in [
        ("nothing", vec![], Fault::NoContents),
        ("12 bytes", b"\0\0\0\x1cftypheic".to_vec(), Fault::Cut),
        ("file type alone", file_type(), Fault::NoContents),
        ("no file type first", [boxed(b"free", b""), file_type()].concat(), Fault::NoContents),
        ("empty meta box", [file_type(), boxed(b"meta", b"")].concat(), Fault::NoContents),
        ("meta box of nothing", meta(b""), Fault::NoItems),
        ("meta box of one box", meta(&boxed(b"iinf", b"")), Fault::NoItems),
        ("meta in meta", [file_type(), nested].concat(), Fault::NoItems),
        ("cut by one byte", heif::PLAIN[..heif::PLAIN.len() - 1].to_vec(), Fault::Cut),
        ("cut in half", heif::PLAIN[..heif::PLAIN.len() / 2].to_vec(), Fault::Cut),
        (
            "64 bits of length",
            [Heif::default().bytes(), [&[0, 0, 0, 1][..], b"free", &[0xff; 8]].concat()].concat(),
            Fault::Cut,
        ),
        ("no items", Heif { items: vec![], ..Heif::default() }.bytes(), Fault::NoPicture),
        ("picture is no item", Heif { picture: 7, ..Heif::default() }.bytes(), Fault::NoPicture),
        (
            "picture is a note",
            item(Item { kind: *b"mime", ..Item::coded(1, 0, 9) }),
            Fault::NoPicture,
        ),
        (
            "picture of another coding",
            item(Item { kind: *b"av01", ..Item::coded(1, 0, 9) }),
            Fault::NoPicture,
        ),
        (
            "picture made of others' bytes",
            item(Item { method: 2, ..Item::coded(1, 0, 9) }),
            Fault::NoPicture,
        ),
        ("picture outside", item(Item::coded(1, 60, 41)), Fault::OutsideFile),
        ("picture of no bytes", item(Item::coded(1, 0, 0)), Fault::OutsideFile),
        (
            "picture outside item data",
            item(Item { method: 1, ..Item::coded(1, 0, 1) }),
            Fault::OutsideFile,
        ),
        ("tile outside", Heif { data: 60, ..Heif::grid() }.bytes(), Fault::OutsideFile),
        ("grid of nothing", Heif { parts: vec![], ..Heif::grid() }.bytes(), Fault::NoPicture),
        ("grid of itself", circle.bytes(), Fault::NoPicture),
        (
            "derived too often",
            Heif { items: deep, parts: chain, ..Heif::default() }.bytes(),
            Fault::NoPicture,
        ),
    ] {
        assert_eq!(check(&bytes), Err(fault), "{name}");
    }
}

/// 16,384 items of 65,535 extents whose numbers take no bytes: done at once or never.
#[test]
fn numbers_that_take_no_bytes_are_not_counted_one_by_one() {
    let mut places = vec![0, 0, 0x40, 0];
    for id in 0..0x4000_u16 {
        places.extend([&id.to_be_bytes()[..], &[0, 0, 0, 0, 0xff, 0xff]].concat());
    }
    let kinds = [&1_u16.to_be_bytes()[..], &full_box(b"infe", 2, b"\0\x01\0\0hvc1\0")].concat();
    let meta = [
        full_box(b"pitm", 0, &[0, 1]),
        full_box(b"iinf", 0, &kinds),
        full_box(b"iloc", 1, &places),
    ];
    let file = [boxed(b"ftyp", b"heic\0\0\0\0heic"), full_box(b"meta", 0, &meta.concat())];
    assert_eq!(check(&file.concat()), Err(HeicFault::OutsideFile));
}

#[test]
fn every_cut_of_a_file_is_refused() {
    for whole in [heif::PLAIN, heif::TURNED_AND_DATED, &Heif::grid().bytes()] {
        for length in 0..whole.len() {
            assert!(check(&whole[..length]).is_err(), "{length} of {} bytes", whole.len());
        }
    }
}

proptest! {
    #[test]
    fn altered_files_are_taken_or_refused_without_a_panic(
        which in 0..3_usize,
        changes in vec((any::<Index>(), any::<u8>()), 1..8),
    ) {
        let mut file = [heif::PLAIN.to_vec(), heif::TURNED_AND_DATED.to_vec(), Heif::grid().bytes()]
            [which].clone();
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        let _either = check(&file);
    }
}
