//! What simulated inspectors report: every category of the district at places all over
//! it, with photos that are real pictures and each another.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use domain::{
    DeviceTime, PhotoHash,
    case::{Command, Report, Source},
    evidence::{PhotoFormat, Shot, ShotOrigin},
    pack::DistrictPack,
    place::{PlaceChoice, Position},
};

use crate::{client::now, media};

/// Makes reports from one picture and the district's pack.
pub struct Reports {
    pack: DistrictPack,
    picture: Vec<u8>,
}

impl Reports {
    pub fn new(pack: DistrictPack, picture: PathBuf) -> Result<Self> {
        Ok(Self { pack, picture: std::fs::read(picture)? })
    }

    /// Report number `number` with as many photos, and their bytes. Another `name` makes
    /// other photos.
    pub fn make(
        &self,
        name: &str,
        number: usize,
        photos: usize,
    ) -> Result<(Command, Vec<Vec<u8>>)> {
        self.make_of(name, number, &vec![0; photos])
    }

    /// The same with photos of at least these lengths, in bytes.
    pub fn make_of(
        &self,
        name: &str,
        number: usize,
        lengths: &[usize],
    ) -> Result<(Command, Vec<Vec<u8>>)> {
        let category = &self.pack.categories[number % self.pack.categories.len()];
        let section = &self.pack.sections[number % self.pack.sections.len()];
        let at = *section.lines.first().and_then(|line| line.0.first()).context("a vertex")?;
        let bytes: Vec<_> = lengths
            .iter()
            .enumerate()
            .map(|(photo, length)| {
                let picture = media::lengthened(&self.picture, *length);
                media::another(&picture, &format!("{name} {number} {photo}"))
            })
            .collect();
        let report = Report {
            category: category.code.clone(),
            condition: category.conditions.first().context("a condition")?.code.clone(),
            position: Some(Position { at, accuracy_m: 10, read: now() }),
            chosen: PlaceChoice::default(),
            source: Source::Patrol,
            note: format!("{name} {number}"),
            photos: bytes.iter().map(|bytes| shot(bytes)).collect(),
            pack: self.pack.version.clone(),
            told_permitted: None,
        };
        Ok((Command::Report(Box::new(report)), bytes))
    }
}

fn shot(bytes: &[u8]) -> Shot {
    Shot {
        hash: PhotoHash::of(bytes),
        length: bytes.len() as u64,
        format: PhotoFormat::Jpeg,
        width: 0,
        height: 0,
        taken: DeviceTime { claimed: now(), offset_ms: None },
        origin: ShotOrigin::Camera,
    }
}
