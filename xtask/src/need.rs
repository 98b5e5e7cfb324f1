//! What the work needs and a bare machine does not have.
//!
//! Each function looks first, installs what is missing, and where it may not
//! (no root), says in one line what a person should install.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command::{self, answers, step};
use crate::paths::{Paths, binary_name};

/// The accessibility checker that the browser tests run on every screen.
const AXE: &str = "4.14.1";

/// WebAssembly's optimiser.
const BINARYEN: &str = "132.0.0";

pub fn wasm_target() -> Result<()> {
    const TARGET: &str = "wasm32-unknown-unknown";
    // The sysroot is asked, not rustup: a toolchain from a distribution has none.
    let sysroot = command::output(Command::new("rustc").args(["--print", "sysroot"]))?;
    if PathBuf::from(sysroot.trim()).join("lib/rustlib").join(TARGET).join("lib").exists() {
        return Ok(());
    }
    step("rustup target add wasm32-unknown-unknown", || {
        command::run(Command::new("rustup").args(["target", "add", TARGET]))
            .context("install the Rust target wasm32-unknown-unknown")
    })
}

/// `fmt` and `clippy`, which a minimal toolchain leaves out.
pub fn rust_component(command_name: &str, component: &str) -> Result<()> {
    if command::cargo().args([command_name, "--version"]).output().is_ok_and(|o| o.status.success())
    {
        return Ok(());
    }
    step(&format!("rustup component add {component}"), || {
        command::run(Command::new("rustup").args(["component", "add", component]))
            .with_context(|| format!("install the Rust component {component}"))
    })
}

/// Chromium, its driver, and a font that has Chinese: without one the
/// screenshots show boxes.
pub fn browser() -> Result<()> {
    let mut packages = Vec::new();
    if !answers("chromium", &["--version"]) {
        packages.push("chromium");
    }
    if !answers("chromedriver", &["--version"]) {
        packages.push("chromium-driver");
    }
    let fonts = Command::new("fc-list").arg(":lang=zh").output();
    if !fonts.is_ok_and(|fonts| !fonts.stdout.is_empty()) {
        packages.push("fonts-noto-cjk");
    }
    debian(&packages)
}

/// nginx, that the tests put between phone and server.
pub fn nginx() -> Result<()> {
    if answers("nginx", &["-v"]) { Ok(()) } else { debian(&["nginx-light"]) }
}

/// The folder of PostgreSQL's programs, of the latest version where there are several.
pub fn postgres() -> Result<PathBuf> {
    if let Some(found) = postgres_programs() {
        return Ok(found);
    }
    debian(&["postgresql"])?;
    postgres_programs().context("PostgreSQL was installed, and there is no initdb")
}

fn postgres_programs() -> Option<PathBuf> {
    // Debian keeps the programs of a server out of the PATH.
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<(u32, PathBuf)> = versions
        .filter_map(|version| {
            let number = version.file_name().to_str()?.parse().ok()?;
            Some((number, version.path().join("bin")))
        })
        .filter(|(_, folder)| folder.join("initdb").exists())
        .collect();
    folders.sort();
    let latest = folders.pop().map(|(_, folder)| folder);
    let of_path = || command::output(Command::new("pg_config").arg("--bindir")).ok();
    latest.or_else(|| {
        of_path().map(|folder| PathBuf::from(folder.trim())).filter(|it| it.join("initdb").exists())
    })
}

/// The path of `axe.min.js`.
pub fn axe(paths: &Paths) -> Result<PathBuf> {
    npm(paths, "axe-core", AXE, "axe.min.js")
}

/// The path of `wasm-opt`, a program of WASM for node.
pub fn wasm_opt(paths: &Paths) -> Result<PathBuf> {
    npm(paths, "binaryen", BINARYEN, "bin/wasm-opt")
}

/// The path of wasm-bindgen's test runner, of the version that `Cargo.lock` names: it and the
/// crate must be one.
pub fn test_runner(paths: &Paths) -> Result<PathBuf> {
    let mut pkgid = command::cargo();
    let id = command::output(pkgid.current_dir(&paths.root).args(["pkgid", "wasm-bindgen"]))?;
    let version = id.trim().rsplit('@').next().unwrap_or_default();
    let runner = paths.tools().join("bin").join(binary_name("wasm-bindgen-test-runner"));
    let printed = command::output(Command::new(&runner).arg("--version")).unwrap_or_default();
    if printed.split_whitespace().any(|word| word == version) {
        return Ok(runner);
    }
    let install = |locked: &[&str]| {
        command::run(
            command::cargo()
                .args(["install", "wasm-bindgen-cli", "--version", version, "--root"])
                .arg(paths.tools())
                .args(["--bin", "wasm-bindgen-test-runner", "--force", "--quiet"])
                .args(locked)
                // What is built on the way is of no use afterwards.
                .env_remove("CARGO_TARGET_DIR"),
        )
    };
    step(&format!("wasm-bindgen-test-runner {version} from crates.io (some minutes)"), || {
        // A locked version of another crate may have been withdrawn.
        install(&["--locked"]).or_else(|_| install(&[]))
    })?;
    Ok(runner)
}

/// A file of a package from npm at a pinned version, which is installed where it is missing.
fn npm(paths: &Paths, package: &str, version: &str, file: &str) -> Result<PathBuf> {
    let folder = paths.tools().join("node_modules").join(package);
    let file = folder.join(file);
    if version_of(&folder).as_deref() == Some(version) && file.exists() {
        return Ok(file);
    }
    if !answers("npm", &["--version"]) {
        debian(&["npm"])?;
    }
    std::fs::create_dir_all(paths.tools())?;
    step(&format!("{package} {version} from npm"), || {
        command::run(
            Command::new("npm")
                .args(["install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts"])
                .args(["--loglevel=error", "--fetch-retries=5", "--prefix"])
                .arg(paths.tools())
                // Named together: npm takes away what it is not told to keep.
                .arg(format!("axe-core@{AXE}"))
                .arg(format!("binaryen@{BINARYEN}")),
        )
    })?;
    if !file.exists() {
        bail!("{package} came without {}", file.display());
    }
    Ok(file)
}

pub fn has_nextest() -> bool {
    command::cargo().args(["nextest", "--version"]).output().is_ok_and(|out| out.status.success())
}

fn debian(packages: &[&str]) -> Result<()> {
    if packages.is_empty() {
        return Ok(());
    }
    let list = packages.join(" ");
    if !answers("apt-get", &["--version"]) || !is_root() {
        bail!("the tests need: {list} (on Debian: sudo apt-get install {list})");
    }
    step(&format!("apt-get install {list}"), || {
        command::run(apt().args(["-q", "update"]))?;
        command::run(apt().args(["-q", "install", "-y", "--no-install-recommends"]).args(packages))
    })
}

fn apt() -> Command {
    let mut apt = Command::new("apt-get");
    apt.env("DEBIAN_FRONTEND", "noninteractive").args(["-o", "Acquire::Retries=3"]);
    apt
}

pub fn is_root() -> bool {
    command::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

fn version_of(package: &std::path::Path) -> Option<String> {
    let text = std::fs::read_to_string(package.join("package.json")).ok()?;
    let json: serde_json::Value = serde_json::from_str(&text).ok()?;
    Some(json.get("version")?.as_str()?.to_owned())
}
