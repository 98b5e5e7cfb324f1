//! The entry points of the app as the browser wants them: one WASM module and its JavaScript
//! each. cargo, wasm-bindgen, wasm-opt, and nothing after that.
//!
//! wasm-bindgen runs as a library, so `Cargo.lock` pins tool and crate to one version.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::command::{self, step};
use crate::need;
use crate::paths::Paths;
use crate::site::ENTRIES;

pub const TARGET: &str = "wasm32-unknown-unknown";

/// Contents by file name.
pub type Files = BTreeMap<String, Vec<u8>>;

/// `app.js`, `app.wasm` and their snippets for each entry point, in the order of [`ENTRIES`].
pub fn build(paths: &Paths, fast: bool) -> Result<Vec<Files>> {
    let profile = if fast { "app-fast" } else { "app" };
    need::wasm_target()?;
    let mut cargo = command::cargo();
    cargo.current_dir(&paths.root).args(["build", "--target", TARGET, "--profile", profile]);
    for entry in ENTRIES {
        cargo.args(["-p", &format!("app-{entry}")]);
    }
    step(&format!("entry points to WASM (profile {profile})"), || command::run(&mut cargo))?;
    let optimiser = if fast { None } else { Some(need::wasm_opt(paths)?) };
    ENTRIES.iter().map(|entry| entry_point(paths, entry, profile, optimiser.as_deref())).collect()
}

/// The module that assigns generated reports in a browser, for the tests, built as
/// the app is: another profile would be another program.
pub fn build_probe(paths: &Paths) -> Result<()> {
    need::wasm_target()?;
    step("probe to WASM (profile app)", || {
        command::run(
            command::cargo()
                .current_dir(&paths.root)
                .args(["build", "-p", "probe", "--lib", "--target", TARGET])
                .args(["--profile", "app"]),
        )
    })
}

pub fn probe(paths: &Paths) -> PathBuf {
    paths.target.join(TARGET).join("app").join("probe.wasm")
}

fn entry_point(
    paths: &Paths,
    entry: &str,
    profile: &str,
    optimiser: Option<&Path>,
) -> Result<Files> {
    let module = paths.target.join(TARGET).join(profile).join(format!("app-{entry}.wasm"));
    let folder = paths.target.join("bindgen").join(profile).join(entry);
    step(&format!("wasm-bindgen for {entry}"), || bindgen(&module, &folder))?;
    let made = folder.join("app_bg.wasm");
    // wasm-bindgen's own suffix says nothing to anybody else.
    let named = folder.join("app.wasm");
    match optimiser {
        Some(optimiser) => {
            step(&format!("wasm-opt for {entry}"), || optimise(optimiser, &made, &named))?;
            std::fs::remove_file(&made)?;
        }
        None => std::fs::rename(&made, &named)?,
    }
    let mut files = Files::new();
    collect(&folder, "", &mut files)?;
    Ok(files)
}

fn bindgen(module: &Path, folder: &Path) -> Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    Bindgen::new()
        .input_path(module)
        .out_name("app")
        .web(true)?
        .typescript(false)
        // The page names the module: its real name has a digest in it.
        .omit_default_module_path(true)
        .keep_debug(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(folder)
        .context("wasm-bindgen")
}

fn optimise(optimiser: &Path, module: &Path, optimised: &Path) -> Result<()> {
    let mut tool = Command::new(optimiser);
    // What rustc turns on for this target; naming them keeps wasm-opt from guessing where the
    // module says nothing.
    for feature in [
        "bulk-memory",
        "nontrapping-float-to-int",
        "sign-ext",
        "mutable-globals",
        "reference-types",
        "multivalue",
    ] {
        tool.arg(format!("--enable-{feature}"));
    }
    command::run(tool.arg("-Oz").arg(module).arg("-o").arg(optimised))?;
    // An old wasm-opt ended with success and wrote something else.
    if !std::fs::read(optimised)?.starts_with(b"\0asm") {
        bail!("wasm-opt wrote something that is not a module");
    }
    Ok(())
}

fn collect(folder: &Path, prefix: &str, files: &mut Files) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{name}/"), files)?;
        } else {
            files.insert(name, std::fs::read(entry.path())?);
        }
    }
    Ok(())
}
