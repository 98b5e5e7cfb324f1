//! The district pack (辖区数据包): the map, catalogue, rules, roster and calendar of
//! a district as versioned data. `docs/PACK.md` is the format of the folder.
//!
//! Never: reads files. It is handed their names and bytes, and reports every fault
//! at once.

mod catalogue;
mod check;
mod compiled;
mod draft;
mod fault;
mod fault_text;
mod fields;
mod files;
mod findings;
mod geojson;
mod map;
mod model;
mod roster;
mod rules;
mod settings;
mod shape;
mod table;
mod text;
mod toml_text;
mod value;

pub use compiled::BadPack;
pub use fault::{Fault, FaultKind, Faults, ShapeFault, Thing, Wanted};
pub use files::PackFiles;
pub use model::{DistrictPack, PACK_FORMAT};

/// Reads the files of a folder. Reading goes on after a fault, so that a pack with
/// twenty mistakes names all twenty; what only follows from another fault is left
/// out.
///
/// # Errors
/// Every fault, when there is one.
pub fn read(files: &PackFiles) -> Result<DistrictPack, Faults> {
    let findings = findings::Findings::default();
    let draft = draft::Draft::read(files, &findings);
    check::check(&draft, &findings);
    match Faults::new(findings.into_faults()) {
        Some(faults) => Err(faults),
        None => Ok(draft.finish()),
    }
}
