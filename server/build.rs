//! Puts the built app and the demo pack into the program. The app's folder is named by
//! `XUNJIE_SITE`; without it the program has one page that says how to build the app.

use std::{
    env,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-env-changed=XUNJIE_SITE");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let here = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let site = env::var("XUNJIE_SITE").ok().filter(|site| !site.is_empty());
    let site = match site {
        Some(site) => here.join(site),
        None => here.join("site"),
    };
    fs::write(out.join("site.rs"), table("FILES", &site)?)?;
    fs::write(out.join("demo_pack.rs"), table("PACK", &here.join("demo/pack"))?)?;
    Ok(())
}

/// A table of every file under `root`: its path with `/` between, and its bytes.
fn table(name: &str, root: &Path) -> Result<String, Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    collect(root, "", &mut files)?;
    files.sort();
    let mut code =
        format!("/// Path and bytes of each file.\npub static {name}: &[(&str, &[u8])] = &[\n");
    for (path, file) in files {
        println!("cargo:rerun-if-changed={}", file.display());
        writeln!(code, "    ({path:?}, include_bytes!({file:?})),")?;
    }
    code.push_str("];\n");
    Ok(code)
}

fn collect(
    folder: &Path,
    prefix: &str,
    files: &mut Vec<(String, PathBuf)>,
) -> Result<(), Box<dyn std::error::Error>> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().into_string().map_err(|_| "a name that is not UTF-8")?;
        let path = format!("{prefix}{name}");
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{path}/"), files)?;
        } else {
            files.push((path, fs::canonicalize(entry.path())?));
        }
    }
    Ok(())
}
