//! Assigns generated reports. Compiled natively and to WASM, the two must print the
//! same lines: the phone's preview is the server's answer.
//!
//! Never: part of the product; it only calls `domain`.

mod generate;
#[cfg(target_arch = "wasm32")]
mod wasm;

use domain::{District, Sha256Hash, duty::assign, pack::DistrictPack};

pub use generate::reports;

/// One line a report: the digest of its whole routing (unit, person, basis, due
/// time, sentences, rules that lost), as stored. `Err` when the pack does not read.
pub fn routings(pack: &str, seed: u64, count: u32) -> Result<Vec<String>, String> {
    let pack: DistrictPack = serde_json::from_str(pack).map_err(|error| error.to_string())?;
    let district = District::new(pack);
    reports(&district, seed, count)
        .map(|facts| {
            let routing = assign(&district, &facts);
            let text = serde_json::to_string(&routing).map_err(|error| error.to_string())?;
            Ok(Sha256Hash::of(text.as_bytes()).to_string())
        })
        .collect()
}
