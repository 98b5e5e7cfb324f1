//! Brotli and gzip beside every file that gains by it.
//!
//! Results are kept by the content's digest: brotli at its highest quality
//! takes seconds, and most files do not change between two builds.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Result;
use flate2::{Compression, write::GzEncoder};

use crate::paths::Paths;
use crate::site::digest;

/// Already compressed: nothing to gain.
const DENSE: [&str; 5] = ["png", "jpg", "webp", "woff2", "br"];

pub struct Compressor {
    cache: PathBuf,
    quality: i32,
}

/// The two forms a browser may ask for.
pub struct Packed {
    pub brotli: Vec<u8>,
    pub gzip: Vec<u8>,
}

impl Compressor {
    pub fn new(paths: &Paths, fast: bool) -> Result<Self> {
        let cache = paths.target.join("compressed");
        std::fs::create_dir_all(&cache)?;
        Ok(Compressor { cache, quality: if fast { 4 } else { 11 } })
    }

    /// Nothing for a file that compression would not make smaller.
    pub fn pack(&self, name: &str, bytes: &[u8]) -> Result<Option<Packed>> {
        let dense = Path::new(name)
            .extension()
            .is_some_and(|extension| DENSE.iter().any(|known| extension == *known));
        if dense {
            return Ok(None);
        }
        let packed = Packed { brotli: self.brotli(bytes)?, gzip: self.gzip(bytes)? };
        Ok((packed.brotli.len() < bytes.len()).then_some(packed))
    }

    pub fn brotli(&self, bytes: &[u8]) -> Result<Vec<u8>> {
        self.cached(bytes, &format!("{}.br", self.quality), || {
            let params = brotli::enc::BrotliEncoderParams {
                quality: self.quality,
                size_hint: bytes.len(),
                ..Default::default()
            };
            let mut packed = brotli::CompressorWriter::with_params(Vec::new(), 4096, &params);
            packed.write_all(bytes)?;
            Ok(packed.into_inner())
        })
    }

    fn gzip(&self, bytes: &[u8]) -> Result<Vec<u8>> {
        self.cached(bytes, "gz", || {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
            encoder.write_all(bytes)?;
            Ok(encoder.finish()?)
        })
    }

    fn cached(
        &self,
        bytes: &[u8],
        ending: &str,
        make: impl FnOnce() -> Result<Vec<u8>>,
    ) -> Result<Vec<u8>> {
        let path = self.cache.join(format!("{}.{ending}", digest(bytes)));
        if let Ok(known) = std::fs::read(&path) {
            return Ok(known);
        }
        let made = make()?;
        // Renamed into place: a build that is stopped leaves no half a file.
        let part = path.with_extension(format!("{}.part", std::process::id()));
        std::fs::write(&part, &made)?;
        std::fs::rename(part, path)?;
        Ok(made)
    }
}
