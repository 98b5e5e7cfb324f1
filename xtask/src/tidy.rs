//! What neither the compiler nor clippy looks at: long files, files without a
//! word on what they are for, tests that are left out or wait by sleeping.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

const CRATES: [&str; 5] = ["domain", "app", "server", "tests", "xtask"];
const MAX_LINES: usize = 400;
const TEXTS: [&str; 3] = ["rs", "js", "css"];

/// A wait that is what a test double does, not how a test synchronises, says
/// so on its line.
const WAITS_ALLOWED: [&str; 2] = ["// the wait is the fault", "// the wait is the phone's"];

// Written in two parts, or this file would find itself.
const IGNORED: [&str; 2] = [concat!("#[", "ignore"), concat!("```", "ignore")];
const STUBS: [&str; 2] = [concat!("todo", "!("), concat!("unimplemented", "!(")];
const SLEEPS: [&str; 3] =
    [concat!("thread::", "sleep"), concat!("time::", "sleep"), concat!(" sleep", "(")];

/// Reports every fault at once.
pub fn check(root: &Path) -> Result<()> {
    let mut files = Vec::new();
    for folder in CRATES.iter().chain(&["public"]) {
        find(&root.join(folder), &mut files)?;
    }
    files.sort();
    let mut faults = Vec::new();
    for path in files {
        let text = std::fs::read_to_string(&path)?;
        let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned();
        faults.extend(faults_in(&name, &text));
    }
    if !faults.is_empty() {
        bail!("{} to tidy:\n  {}", faults.len(), faults.join("\n  "));
    }
    Ok(())
}

fn find(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            find(&path, files)?;
        } else if path.extension().is_some_and(|kind| TEXTS.iter().any(|text| kind == *text)) {
            files.push(path);
        }
    }
    Ok(())
}

fn faults_in(name: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let lines = text.lines().count();
    if lines > MAX_LINES {
        faults.push(format!("{name}: {lines} lines, {MAX_LINES} at most: it holds two ideas"));
    }
    if !name.ends_with(".rs") {
        return faults;
    }
    if !text.starts_with("//!") {
        faults.push(format!("{name}:1: starts without //! saying what it is for"));
    }
    let is_test = name.starts_with("tests/") || name.contains("/tests/");
    let mut in_tests = is_test;
    for (number, line) in text.lines().enumerate() {
        in_tests |= line.contains("#[cfg(test)]");
        let mut fault = |words: &[&str], what: &str| {
            if words.iter().any(|word| line.contains(word)) {
                faults.push(format!("{name}:{}: {what}", number + 1));
            }
        };
        fault(&IGNORED, "a test that is left out");
        fault(&STUBS, "a stub");
        if in_tests && !WAITS_ALLOWED.iter().any(|why| line.contains(why)) {
            fault(&SLEEPS, "a test that sleeps: wait for what it needs");
        }
    }
    faults
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn finds_each_fault_and_no_other() {
        let doc = "//! A file.\n";
        for (name, text, expected) in [
            ("app/src/a.rs", "fn main() {}\n".to_owned(), 1),
            ("app/src/a.rs", doc.to_owned(), 0),
            ("app/src/a.rs", format!("{doc}{}", "\n".repeat(MAX_LINES)), 1),
            ("app/src/a.rs", format!("{doc}{}] fn x() {{}}", IGNORED[0]), 1),
            ("app/src/a.rs", format!("{doc}fn x() {{ {}) }}", STUBS[0]), 1),
            ("app/src/a.rs", format!("{doc}{}(a);", SLEEPS[0]), 0),
            ("tests/src/a.rs", format!("{doc}{}(a);", SLEEPS[0]), 1),
            ("tests/src/a.rs", format!("{doc}{}(a); {}", SLEEPS[1], WAITS_ALLOWED[1]), 0),
            ("app/src/a.rs", format!("{doc}#[cfg(test)]\nmod t {{ {}(a); }}", SLEEPS[0]), 1),
            ("public/a.js", "\n".repeat(MAX_LINES + 1), 1),
        ] {
            assert_eq!(faults_in(name, &text).len(), expected, "{name}: {text}");
        }
    }
}
