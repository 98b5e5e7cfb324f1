//! The crate `app` as the browser wants it: one WASM module and its JavaScript.
//!
//! wasm-bindgen runs as a library, so `Cargo.lock` pins tool and crate to one
//! version. `wasm-opt` saves a few per cent more and is used only where it is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::command::{self, step};
use crate::paths::Paths;
use crate::{likeness, need, plain};

const TARGET: &str = "wasm32-unknown-unknown";

/// Older ones do not know what rustc emits: 108 writes an invalid module and
/// ends with success.
const OLDEST_WASM_OPT: u32 = 116;

/// File names as wasm-bindgen wrote them, relative to one folder.
pub type Files = BTreeMap<String, Vec<u8>>;

pub fn build(paths: &Paths, fast: bool) -> Result<Files> {
    let profile = if fast { "app-fast" } else { "app" };
    need::wasm_target()?;
    step(&format!("app to WASM (profile {profile})"), || {
        command::run(
            command::cargo()
                .current_dir(&paths.root)
                .args(["build", "-p", "app", "--bin", "app", "--target", TARGET])
                .args(["--profile", profile]),
        )
    })?;
    let module = paths.target.join(TARGET).join(profile).join("app.wasm");
    let folder = paths.target.join("bindgen").join(profile);
    step("wasm-bindgen", || bindgen(&module, &folder, fast))?;
    if !fast {
        let module = folder.join("app_bg.wasm");
        optimise(paths, &module)?;
        step("like functions side by side", || {
            let plain = plain::plain(&std::fs::read(&module)?)?;
            Ok(std::fs::write(&module, likeness::ordered(&plain)?)?)
        })?;
    }
    let mut files = Files::new();
    collect(&folder, "", &mut files)?;
    Ok(files)
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

fn bindgen(module: &Path, folder: &Path, fast: bool) -> Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    let mut output = Bindgen::new()
        .input_path(module)
        .out_name("app")
        .web(true)?
        .typescript(false)
        // The page names the module: its real name has a digest in it.
        .omit_default_module_path(true)
        .keep_debug(false)
        .remove_name_section(!fast)
        .remove_producers_section(true)
        .generate_output()
        .context("wasm-bindgen")?;
    let mut short = BTreeMap::new();
    if !fast {
        for (index, import) in output.wasm_mut().imports.iter_mut().enumerate() {
            let long = std::mem::replace(&mut import.name, format!("_{index:x}"));
            short.insert(long, import.name.clone());
        }
    }
    output.emit(folder).context("wasm-bindgen")?;
    let script = folder.join("app.js");
    let text = std::fs::read_to_string(&script)?;
    Ok(std::fs::write(&script, renamed(&text, &short)?)?)
}

/// The script with short names for what it hands to the module. Theirs have sixteen
/// digits of a digest each, which do not compress: 6 KB in module and script.
fn renamed(script: &str, short: &BTreeMap<String, String>) -> Result<String> {
    let mut found = BTreeSet::new();
    let mut text = String::with_capacity(script.len());
    let is_of_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let mut rest = script;
    while let Some(start) = rest.find(is_of_name) {
        let (before, from) = rest.split_at(start);
        let (name, after) =
            from.split_at(from.find(|letter| !is_of_name(letter)).unwrap_or(from.len()));
        text.push_str(before);
        text.push_str(short.get(name).map_or(name, |short| {
            found.insert(name);
            short
        }));
        rest = after;
    }
    text.push_str(rest);
    match short.keys().find(|name| !found.contains(name.as_str())) {
        Some(missing) => bail!("the script does not have what the module imports: {missing}"),
        None => Ok(text),
    }
}

fn optimise(paths: &Paths, module: &Path) -> Result<()> {
    let npm = paths.tools().join("node_modules/.bin/wasm-opt");
    let program = if npm.exists() { npm } else { "wasm-opt".into() };
    let Some(version) = version(&program) else {
        return Ok(());
    };
    if version < OLDEST_WASM_OPT {
        eprintln!("  wasm-opt {version} is older than {OLDEST_WASM_OPT}: not used");
        return Ok(());
    }
    step(&format!("wasm-opt {version}"), || {
        let smaller = module.with_extension("opt");
        let mut tool = Command::new(&program);
        // What rustc turns on for this target; naming them keeps wasm-opt from
        // guessing where the module says nothing.
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
        command::run(tool.arg("-Oz").arg(module).arg("-o").arg(&smaller))?;
        if !std::fs::read(&smaller)?.starts_with(b"\0asm") {
            bail!("wasm-opt wrote something that is not a module");
        }
        Ok(std::fs::rename(smaller, module)?)
    })
}

/// `wasm-opt version 116 (version_116)`, or nothing when there is none.
fn version(program: &Path) -> Option<u32> {
    let out = Command::new(program).arg("--version").output().ok()?;
    let text = String::from_utf8(out.stdout).ok()?;
    text.split_whitespace().find_map(|word| word.parse().ok())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_names_are_renamed_and_none_is_missed() {
        let short = BTreeMap::from([
            ("__wbg_a_1f".to_owned(), "_0".to_owned()),
            ("__wbg_a_1f2".to_owned(), "_1".to_owned()),
        ]);
        let script = "x = { __wbg_a_1f: f(\"é\"), __wbg_a_1f2: my__wbg_a_1f };";
        let text = renamed(script, &short).unwrap();
        assert_eq!(text, "x = { _0: f(\"é\"), _1: my__wbg_a_1f };");
        assert!(renamed("x = { __wbg_a_1f: 1 }", &short).is_err());
    }
}
