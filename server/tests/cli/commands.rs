//! The commands of the binary, as a person or a script meets them.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use tempfile::TempDir;

fn xunjie(arguments: &[&str]) -> Output {
    xunjie_told(arguments, "")
}

/// Runs the program with this on its standard input.
fn xunjie_told(arguments: &[&str], input: &str) -> Output {
    let mut process = Command::new(env!("CARGO_BIN_EXE_xunjie"))
        .args(arguments)
        .env("LANG", "en_GB.UTF-8")
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that reads nothing may have ended already.
    let _not_read = process.stdin.take().unwrap().write_all(input.as_bytes());
    process.wait_with_output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn demo_pack() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/pack")
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn without_a_district_it_says_how_to_make_one() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let output = xunjie(&["serve", "--data", path(&data)]);
    assert_eq!(output.status.code(), Some(1));
    let told = err(&output);
    assert!(told.contains("xunjie init --data") && told.contains("--demo"), "{told}");
    assert!(!data.exists(), "looking makes nothing");
}

#[test]
fn a_district_is_made_once() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let pack = demo_pack();
    let init = ["init", "--data", path(&data), "--pack", path(&pack)];
    assert!(xunjie(&init).status.success());
    let again = xunjie(&init);
    assert_eq!(again.status.code(), Some(1));
    assert!(err(&again).contains("already"), "{}", err(&again));
    assert_eq!(xunjie(&["init", "--data", path(&data)]).status.code(), Some(2), "of what?");
}

#[test]
fn accounts_are_added_with_a_password_given_or_made() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let pack = demo_pack();
    xunjie(&["init", "--data", path(&data), "--pack", path(&pack)]);
    let add = |name, role, input| {
        xunjie_told(&["user", "add", "--data", path(&data), "--name", name, "--role", role], input)
    };
    let given = add("li", "reviewer", "correct horse\n");
    assert!(given.status.success(), "{}", err(&given));
    assert!(!out(&given).contains("correct horse"), "what was typed is not printed");
    let made = add("wang", "inspector", "");
    assert!(out(&made).contains("password: "), "{}", out(&made));
    for (name, role, input, told) in [
        ("li", "reviewer", "another one\n", "already"),
        ("zhao", "emperor", "long enough\n", "no role"),
        ("zhao", "city", "short\n", "at least 8"),
        (" ", "city", "long enough\n", "name"),
    ] {
        let output = add(name, role, input);
        assert_eq!(output.status.code(), Some(1));
        assert!(err(&output).contains(told), "{}", err(&output));
    }
}

#[test]
fn a_good_pack_is_praised_and_compiled() {
    let pack = demo_pack();
    let checked = xunjie(&["pack", "check", path(&pack)]);
    assert!(checked.status.success(), "{}", err(&checked));
    assert!(out(&checked).contains("no faults"));
    let in_chinese = xunjie(&["pack", "check", path(&pack), "--lang", "zh-Hant"]);
    assert!(out(&in_chinese).contains("沒有問題"));
    let compiled = xunjie(&["pack", "compile", path(&pack)]);
    assert!(domain::pack::DistrictPack::from_json(&out(&compiled)).is_ok());
}

#[test]
fn every_fault_is_named_with_its_line_and_remedy() {
    let folder = TempDir::new().unwrap();
    for entry in fs::read_dir(demo_pack()).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
    }
    let conditions = folder.path().join("conditions.csv");
    let text = fs::read_to_string(&conditions).unwrap();
    fs::write(&conditions, text.replacen(" working days", " days", 1)).unwrap();
    fs::remove_file(folder.path().join("owners.csv")).unwrap();
    let output = xunjie(&["pack", "check", path(folder.path())]);
    assert_eq!(output.status.code(), Some(1));
    let told = err(&output);
    assert!(told.lines().any(|line| line.starts_with("conditions.csv:")), "{told}");
    assert!(told.lines().any(|line| line.starts_with("owners.csv: ")), "{told}");
    assert!(told.matches("    → ").count() >= 2, "{told}");
    assert_eq!(xunjie(&["pack", "check", "/absent"]).status.code(), Some(2));
}

#[test]
fn the_settings_are_printed() {
    let output = xunjie(&["config"]);
    assert!(out(&output).contains("session_days = 30"));
}
