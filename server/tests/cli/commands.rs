//! The commands of the binary as a person or a script runs them: exit codes and output.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use tempfile::TempDir;

fn xunjie(arguments: &[&str]) -> Output {
    xunjie_with_input(arguments, "")
}

/// Runs the program with `input` on its standard input.
fn xunjie_with_input(arguments: &[&str], input: &str) -> Output {
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
fn serve_without_a_district_says_how_to_make_one_and_makes_nothing() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let output = xunjie(&["serve", "--data", path(&data)]);
    assert_eq!(output.status.code(), Some(1));
    let printed = err(&output);
    assert!(printed.contains("xunjie init --data") && printed.contains("--demo"), "{printed}");
    assert!(!data.exists(), "serving makes no folder");
}

#[test]
fn init_refuses_a_folder_that_has_a_district() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let pack = demo_pack();
    let init = ["init", "--data", path(&data), "--pack", path(&pack)];
    assert!(xunjie(&init).status.success());
    let again = xunjie(&init);
    assert_eq!(again.status.code(), Some(1));
    assert!(err(&again).contains("already"), "{}", err(&again));
    assert_eq!(
        xunjie(&["init", "--data", path(&data)]).status.code(),
        Some(2),
        "neither --demo nor --pack"
    );
}

#[test]
fn user_add_accepts_a_typed_password_generates_a_missing_one_and_refuses_bad_input() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let pack = demo_pack();
    xunjie(&["init", "--data", path(&data), "--pack", path(&pack)]);
    let add = |name, role, input| {
        xunjie_with_input(
            &["user", "add", "--data", path(&data), "--name", name, "--role", role],
            input,
        )
    };
    let typed = add("li", "reviewer", "correct horse\n");
    assert!(typed.status.success(), "{}", err(&typed));
    assert!(!out(&typed).contains("correct horse"), "what was typed is not printed");
    let generated = add("wang", "inspector", "");
    assert!(out(&generated).contains("password: "), "{}", out(&generated));
    for (name, role, input, expected) in [
        ("li", "reviewer", "another one\n", "already"),
        ("zhao", "emperor", "long enough\n", "no role"),
        ("zhao", "city", "short\n", "at least 8"),
        (" ", "city", "long enough\n", "name"),
    ] {
        let output = add(name, role, input);
        assert_eq!(output.status.code(), Some(1));
        assert!(err(&output).contains(expected), "{}", err(&output));
    }
}

#[test]
fn a_pack_without_faults_is_reported_as_such_and_compiled() {
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
fn pack_check_names_every_fault_with_its_file_line_and_remedy() {
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
    let printed = err(&output);
    assert!(printed.lines().any(|line| line.starts_with("conditions.csv:")), "{printed}");
    assert!(printed.lines().any(|line| line.starts_with("owners.csv: ")), "{printed}");
    assert!(printed.matches("    → ").count() >= 2, "{printed}");
    assert_eq!(xunjie(&["pack", "check", "/absent"]).status.code(), Some(2));
}

#[test]
fn config_prints_the_default_settings() {
    let output = xunjie(&["config"]);
    assert!(out(&output).contains("session_days = 30"));
}
