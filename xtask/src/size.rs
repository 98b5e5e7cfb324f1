//! What a first start downloads: every file of an entry point and the district.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::command;
use crate::compress::Compressor;
use crate::paths::Paths;
use crate::site::{ENTRIES, Shipped};

/// Brotli, the demo district included. Above it the build warns; it does not fail, for what
/// counts is the time to a usable shutter, which `cargo xtask bench` measures.
const WARN_ABOVE: usize = 700 * 1024;

/// What the field app's parts weighed when the warning was last looked at, in KB brotli.
/// A warning names those that have grown since.
const KNOWN: [(&str, usize); 5] =
    [("wasm", 540), ("js", 25), ("css", 12), ("html", 3), ("district", 25)];

/// Asks the server for the demo district as a phone receives it.
pub fn demo_pack(paths: &Paths, server: &Path) -> Result<Shipped> {
    let json = command::output_bytes(
        Command::new(server).args(["pack", "compile"]).arg(paths.demo_pack()),
    )?;
    if json.is_empty() {
        bail!("xunjie pack compile {} gave nothing", paths.demo_pack().display());
    }
    let brotli = Compressor::new(paths, false)?.brotli(&json)?;
    Ok(Shipped { name: "demo.district".into(), raw: json.len(), brotli: brotli.len() })
}

/// A table of each entry point's files with its sum; a warning where the field app's is large.
pub fn print(files: &[Shipped], district: &Shipped) {
    for entry in ENTRIES {
        let prefix = format!("{entry}/");
        let own: Vec<&Shipped> =
            files.iter().filter(|it| it.name.starts_with(&prefix)).chain([district]).collect();
        table(entry, &own);
        if entry == ENTRIES[0] && total(&own) > WARN_ABOVE {
            println!("{}", warning(&own));
        }
    }
}

fn table(entry: &str, files: &[&Shipped]) {
    let wide = files.iter().map(|file| file.name.len()).max().unwrap_or(0).max(30);
    println!("\n{:<wide$} {:>11} {:>11}", format!("first start of {entry}"), "raw", "brotli");
    for file in files {
        println!("{:<wide$} {:>11} {:>11}", file.name, bytes(file.raw), bytes(file.brotli));
    }
    let raw = files.iter().map(|file| file.raw).sum();
    println!("{:<wide$} {:>11} {:>11}\n", "all of it", bytes(raw), bytes(total(files)));
}

/// What has grown, largest first.
fn warning(files: &[&Shipped]) -> String {
    let mut grown: Vec<(usize, usize, &str)> = KNOWN
        .iter()
        .filter_map(|(kind, known)| {
            let of_kind = files.iter().filter(|it| it.name.rsplit('.').next() == Some(*kind));
            let now = of_kind.map(|file| file.brotli).sum::<usize>();
            let more = now.checked_sub(known * 1024).filter(|more| *more > 0)?;
            Some((more, now, *kind))
        })
        .collect();
    grown.sort_unstable();
    let grown: Vec<String> = grown
        .into_iter()
        .rev()
        .map(|(more, now, kind)| format!("{kind} by {} to {}", bytes(more), bytes(now)))
        .collect();
    format!(
        "warning: a first start of the field app downloads {}, more than {}; grown: {}",
        bytes(total(files)),
        bytes(WARN_ABOVE),
        if grown.is_empty() { "many small things".into() } else { grown.join(", ") },
    )
}

fn total(files: &[&Shipped]) -> usize {
    files.iter().map(|file| file.brotli).sum()
}

/// Kilobytes with one decimal, 1 KB = 1024 bytes.
fn bytes(count: usize) -> String {
    let tenths = (count * 10).div_ceil(1024);
    format!("{}.{} KB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_warning_names_what_grew() {
        let file = |name: &str, kilobytes: usize| Shipped {
            name: name.into(),
            raw: kilobytes * 2048,
            brotli: kilobytes * 1024,
        };
        let module = file("field/app-0123456789abcdef.wasm", 800);
        let script = file("field/app.js", 26);
        let text = warning(&[&module, &script]);
        assert!(text.contains("downloads 826.0 KB"), "{text}");
        let (wasm, js) = (text.find("wasm by").unwrap(), text.find("js by 1.0 KB").unwrap());
        assert!(wasm < js, "the largest first: {text}");
        assert!(!text.contains("css"), "{text}");
    }
}
