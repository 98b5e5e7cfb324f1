//! `cargo xtask build`: one self-contained binary, and what it costs a phone.

use anyhow::Result;

use crate::paths::Paths;
use crate::{server, site, size};

pub fn build(fast: bool) -> Result<()> {
    let paths = Paths::find()?;
    let files = site::build(&paths, fast)?;
    let binary = server::build_release(&paths)?;
    if fast {
        // Its WASM is several times larger: a table would only mislead.
        println!("\n{} (fast: not for a phone)", binary.display());
        return Ok(());
    }
    size::print(&files, &size::demo_pack(&paths, &binary)?);
    println!(
        "{}  {:.1} MB, self-contained",
        binary.display(),
        std::fs::metadata(&binary)?.len() as f64 / 1e6
    );
    Ok(())
}
