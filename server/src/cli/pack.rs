//! `xunjie pack`

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "faults, and the compiled pack")]

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Subcommand;
use domain::{
    Lang,
    pack::{self, DistrictPack, Faults, PackFiles},
};

use super::command::CommandError;

#[derive(Subcommand)]
pub(super) enum Pack {
    /// Check a pack's folder and name every fault, with file, line and what to do.
    Check {
        folder: PathBuf,
        /// zh-Hans, zh-Hant or en; that of the system when absent.
        #[arg(long)]
        lang: Option<String>,
    },
    /// Write the compiled pack, as phones receive it, to standard output.
    Compile { folder: PathBuf },
}

/// 0 for a good pack, 1 for one with faults, 2 when it could not be read.
pub(super) fn run(pack: Pack) -> ExitCode {
    let done = match pack {
        Pack::Check { folder, lang } => check(&folder, chosen(lang.as_deref())),
        Pack::Compile { folder } => compile(&folder),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("xunjie: {error}");
            ExitCode::from(2)
        }
    }
}

fn check(folder: &Path, lang: Lang) -> Result<bool, CommandError> {
    match pack::read(&files(folder)?) {
        Ok(pack) => {
            println!("{}", summary(&pack, lang));
            Ok(true)
        }
        Err(faults) => {
            print(&faults, lang);
            Ok(false)
        }
    }
}

fn compile(folder: &Path) -> Result<bool, CommandError> {
    match pack::read(&files(folder)?) {
        Ok(pack) => {
            io::stdout().write_all(pack.to_json()?.as_bytes())?;
            Ok(true)
        }
        Err(faults) => {
            print(&faults, chosen(None));
            Ok(false)
        }
    }
}

/// The pack's files of a folder; one that is absent is a fault for the reader to name.
pub(super) fn files(folder: &Path) -> Result<PackFiles, CommandError> {
    if !folder.is_dir() {
        return Err(format!("{} is not a folder", folder.display()).into());
    }
    let mut files = PackFiles::default();
    for name in PackFiles::NAMES {
        match fs::read(folder.join(name)) {
            Ok(bytes) => files.insert(name, bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(format!("{name}: {error}").into()),
        }
    }
    Ok(files)
}

/// Each fault as `file:line: what is wrong` and what to do.
pub(super) fn print(faults: &Faults, lang: Lang) {
    for fault in faults.iter() {
        let line = fault.line.map(|line| format!(":{line}")).unwrap_or_default();
        eprintln!("{}{line}: {}\n    → {}", fault.file, fault.message(lang), fault.remedy(lang));
    }
    let count = faults.iter().count();
    eprintln!(
        "{}",
        match lang {
            Lang::Hans => format!("{count} 处问题"),
            Lang::Hant => format!("{count} 處問題"),
            Lang::En => format!("{count} {}", if count == 1 { "fault" } else { "faults" }),
        }
    );
}

fn summary(pack: &DistrictPack, lang: Lang) -> String {
    let (name, version) = (pack.names.get(lang), &pack.version);
    let (zones, sections, points) = (pack.zones.len(), pack.sections.len(), pack.points.len());
    let (categories, rules) = (pack.categories.len(), pack.rules.len());
    match lang {
        Lang::Hans => format!(
            "{name} {version}：没有问题。片区 {zones}，路段 {sections}，点位 {points}，小类 {categories}，规则 {rules}"
        ),
        Lang::Hant => format!(
            "{name} {version}：沒有問題。片區 {zones}，路段 {sections}，點位 {points}，小類 {categories}，規則 {rules}"
        ),
        Lang::En => format!(
            "{name} {version}: no faults. {zones} zones, {sections} sections, {points} points, {categories} categories, {rules} rules"
        ),
    }
}

fn chosen(wanted: Option<&str>) -> Lang {
    let system = || {
        ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .filter_map(|name| std::env::var(name).ok())
            .find(|tag| !tag.is_empty())
    };
    let tag = wanted.map(str::to_owned).or_else(system).unwrap_or_default();
    let tag = tag.split('.').next().unwrap_or_default();
    Lang::from_tag(tag).unwrap_or(Lang::En)
}
