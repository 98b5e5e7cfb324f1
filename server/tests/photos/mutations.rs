//! Any bytes at all: no panic, and never one photo's bytes under another's hash.

use std::{fs, sync::OnceLock};

use domain::PhotoHash;
use proptest::{collection::vec, prelude::*, sample::Index};
use tokio::runtime::Runtime;
use xunjie::photos::{PhotoError, Size};

use crate::{
    blob_store::BlobStore,
    make::{Jpeg, jpeg, png, street, webp},
};

#[derive(Clone, Debug)]
enum Mutation {
    Set(Index, u8),
    Flip(Index, u8),
    Remove(Index, usize),
    Insert(Index, Vec<u8>),
    Double(Index, usize),
    Cut(Index),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    prop_oneof![
        4 => (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Mutation::Set(at, byte)),
        4 => (any::<Index>(), 0..8_u8).prop_map(|(at, bit)| Mutation::Flip(at, bit)),
        1 => (any::<Index>(), 1..64_usize).prop_map(|(at, count)| Mutation::Remove(at, count)),
        1 => (any::<Index>(), vec(any::<u8>(), 1..32)).prop_map(|(at, new)| Mutation::Insert(at, new)),
        1 => (any::<Index>(), 0xc0..=0xfe_u8).prop_map(|(at, m)| Mutation::Insert(at, vec![0xff, m])),
        1 => (any::<Index>(), 1..200_usize).prop_map(|(at, count)| Mutation::Double(at, count)),
        1 => any::<Index>().prop_map(Mutation::Cut),
    ]
}

impl Mutation {
    fn apply(&self, photo: &mut Vec<u8>) {
        if photo.is_empty() {
            return;
        }
        let length = photo.len();
        let end = |at: usize, count: usize| (at + count).min(length);
        match self {
            Self::Set(at, byte) => photo[at.index(length)] = *byte,
            Self::Flip(at, bit) => photo[at.index(length)] ^= 1 << bit,
            Self::Remove(at, count) => {
                let at = at.index(length);
                photo.drain(at..end(at, *count));
            }
            Self::Insert(at, new) => {
                let at = at.index(length);
                photo.splice(at..at, new.iter().copied());
            }
            Self::Double(at, count) => {
                let at = at.index(length);
                let copy = photo[at..end(at, *count)].to_vec();
                photo.splice(at..at, copy);
            }
            Self::Cut(at) => photo.truncate(at.index(length)),
        }
    }
}

fn photos() -> &'static [Vec<u8>] {
    static PHOTOS: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    PHOTOS.get_or_init(|| {
        let image = street(40, 30);
        vec![
            jpeg(&image),
            Jpeg { progressive: true, orientation: Some(6), ..Jpeg::default() }.of(&image),
            png(image.clone()),
            webp(image),
            made_photos::heif::PLAIN.to_vec(),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn mutated_photos_are_refused_or_kept_as_they_are(
        which in any::<Index>(),
        mutations in vec(mutation(), 1..6),
    ) {
        static SHARED: OnceLock<(Runtime, BlobStore)> = OnceLock::new();
        let (runtime, blobs) = SHARED.get_or_init(|| (Runtime::new().unwrap(), BlobStore::new()));

        let original = which.get(photos());
        let mut photo = original.clone();
        mutations.iter().for_each(|mutation| mutation.apply(&mut photo));
        let hash = PhotoHash::of(&photo);

        runtime.block_on(async {
            if photo != *original {
                let found = blobs.ingest_as(PhotoHash::of(original), None, &photo).await;
                let is_refusal = |error: &PhotoError| matches!(
                    error,
                    PhotoError::WrongHash
                        | PhotoError::NotAPhoto
                        | PhotoError::Unsupported(_)
                        | PhotoError::Empty
                );
                prop_assert!(found.as_ref().is_err_and(is_refusal), "{found:?}");
                prop_assert_eq!(blobs.photos.length(PhotoHash::of(original)).await, Ok(None));
            }
            match blobs.ingest(&photo).await {
                Ok(stored) => {
                    prop_assert_eq!(stored.hash, hash);
                    prop_assert!(fs::read(blobs.original(hash)).unwrap() == photo);
                    for size in [Size::Thumb, Size::Screen] {
                        prop_assert!(blobs.photos.read(hash, size).await.is_ok());
                    }
                    fs::remove_file(blobs.original(hash)).unwrap();
                }
                Err(PhotoError::Io(why)) => prop_assert!(false, "{why}"),
                Err(_) => prop_assert_eq!(blobs.photos.length(hash).await, Ok(None)),
            }
            Ok(())
        })?;
    }
}
