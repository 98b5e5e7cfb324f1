//! How much memory a page holds, as the kernel counts it (Linux).

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::process::profile_argument;

/// Looks at a browser from outside, whether it runs or not.
#[derive(Clone, Debug)]
pub struct Memory {
    profile: PathBuf,
}

impl Memory {
    pub(super) fn of(profile: &Path) -> Self {
        Self { profile: profile.to_owned() }
    }

    /// Bytes that the largest page's process has for itself: anonymous memory, in RAM or
    /// swapped out, which is what Chromium calls a process's private footprint. Its
    /// workers are in it; what lies in shared memory or in the browser's own process is
    /// not. 0 while no page is open.
    #[must_use]
    pub fn page(&self) -> u64 {
        let argument = profile_argument(&self.profile).into_bytes();
        let processes = processes();
        let mut ours: BTreeSet<u32> = processes
            .iter()
            .filter(|(_, it)| it.words.contains(&argument))
            .map(|(pid, _)| *pid)
            .collect();
        loop {
            let before = ours.len();
            let children = processes.iter().filter(|(_, it)| ours.contains(&it.parent));
            ours.extend(children.map(|(pid, _)| *pid).collect::<Vec<_>>());
            if ours.len() == before {
                break;
            }
        }
        let pages = ours.iter().filter(|pid| {
            processes.get(pid).is_some_and(|it| it.words.iter().any(|word| word == RENDERER))
        });
        pages.map(|pid| private(*pid)).max().unwrap_or(0)
    }
}

const RENDERER: &[u8] = b"--type=renderer";

struct Process {
    parent: u32,
    words: Vec<Vec<u8>>,
}

/// Processes come and go while we look: those that cannot be read are left out.
fn processes() -> BTreeMap<u32, Process> {
    let Ok(entries) = std::fs::read_dir("/proc") else { return BTreeMap::new() };
    let numbers = entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    numbers.filter_map(|pid| Some((pid, process(pid)?))).collect()
}

fn process(pid: u32) -> Option<Process> {
    let line = std::fs::read(format!("/proc/{pid}/cmdline")).ok()?;
    // A page's process writes all its words as one.
    let words = line.split(|byte| matches!(byte, 0 | b' ')).map(<[u8]>::to_vec).collect();
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let parent = stat.rsplit(')').next()?.split_whitespace().nth(1)?.parse().ok()?;
    Some(Process { parent, words })
}

fn private(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let kilobytes = |name: &str| -> u64 {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
    };
    1024 * (kilobytes("RssAnon:") + kilobytes("VmSwap:"))
}
