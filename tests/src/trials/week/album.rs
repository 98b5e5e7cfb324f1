//! The photos of a week, each another picture, made as they are wanted.
//!
//! What the phone keeps of a photo is its pixels, so a comment in the file makes no other
//! photo; a camera held another way does, and costs no drawing.

use std::collections::VecDeque;
use std::path::PathBuf;

use anyhow::Result;
use tempfile::TempDir;

use super::Plan;
use crate::media;

/// A camera can be held in so many ways, mirrors included.
const WAYS: u8 = 8;

pub struct Album {
    folder: TempDir,
    large: usize,
    taken: usize,
    /// Drawn, and not yet held in every way.
    middle: Drawn,
    twelve: Drawn,
    on_the_table: VecDeque<PathBuf>,
}

/// One picture, and how often it was used.
#[derive(Default)]
struct Drawn {
    seed: u32,
    used: u8,
    jpeg: Vec<u8>,
}

impl Album {
    pub fn of(plan: Plan) -> Result<Self> {
        Ok(Self {
            folder: tempfile::tempdir()?,
            large: plan.large,
            taken: 0,
            middle: Drawn::default(),
            twelve: Drawn::default(),
            on_the_table: VecDeque::new(),
        })
    }

    /// The next photos as files; those before are gone.
    pub async fn next(&mut self, count: usize) -> Result<Vec<PathBuf>> {
        for old in self.on_the_table.drain(..) {
            std::fs::remove_file(old)?;
        }
        for _ in 0..count {
            self.taken += 1;
            let is_twelve = self.large > 0 && self.taken.is_multiple_of(self.large);
            let (drawn, draw): (_, fn(u32) -> Result<PathBuf>) = match self.large {
                0 => (&mut self.middle, media::tiny),
                _ if is_twelve => (&mut self.twelve, media::street),
                _ => (&mut self.middle, media::middle),
            };
            if drawn.used == WAYS || drawn.jpeg.is_empty() {
                let seed = drawn.seed + 1;
                let path = tokio::task::spawn_blocking(move || draw(1_000 + seed)).await??;
                *drawn = Drawn { seed, used: 0, jpeg: std::fs::read(path)? };
            }
            drawn.used += 1;
            let path = self.folder.path().join(format!("{}.jpg", self.taken));
            std::fs::write(&path, media::with_orientation(&drawn.jpeg, drawn.used)?)?;
            self.on_the_table.push_back(path);
        }
        Ok(self.on_the_table.iter().cloned().collect())
    }
}
