//! `cargo xtask build`: one self-contained binary, and what it costs a phone.

use anyhow::Result;

use crate::paths::Paths;
use crate::{server, site, size};

pub fn build(fast: bool) -> Result<()> {
    let paths = Paths::find()?;
    let mut files = site::build(&paths, fast)?;
    let binary = server::build_release(&paths)?;
    if fast {
        // Its WASM is several times larger: a table would only mislead.
        println!("\n{} (fast: not for a phone)", binary.display());
        return Ok(());
    }
    files.push(size::demo_pack(&paths, &binary)?);
    size::print(&files);
    println!(
        "{}  {:.1} MB, self-contained",
        binary.display(),
        std::fs::metadata(&binary)?.len() as f64 / 1e6
    );
    size::check(&files)
}
