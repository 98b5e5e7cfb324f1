//! The small pictures that the server makes of photos behind its answers: in the end each is in
//! its data folder, and nothing else is.

use std::{
    collections::BTreeSet,
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, ensure};
use domain::PhotoHash;
use serde_json::Value;
use tokio::time::interval;

use crate::server::Server;

/// Folders of small pictures, by their longest side in pixels.
const SIZES: [&str; 2] = ["320", "1280"];

/// A worker that needs longer is broken: a job whose worker died is leased anew after a minute.
const JOBS_TIMEOUT: Duration = Duration::from_secs(240);

/// Waits until no job is left; gives how many small pictures there are, two of each photo.
///
/// # Errors
/// A job was given up, a picture is missing, or a file is there that is none of them.
pub async fn all_made_of(photos: &BTreeSet<PhotoHash>, server: &Server) -> Result<usize> {
    until_no_job_waits(server).await?;
    let expected: BTreeSet<String> = photos.iter().map(|photo| format!("{photo}.jpg")).collect();
    for size in SIZES {
        let found = files_below(&server.data().join("derived").join(size))?;
        let (missing, strange) =
            (expected.difference(&found).count(), found.difference(&expected).count());
        ensure!(missing == 0 && strange == 0, "{size} px: {missing} missing, {strange} strange");
    }
    Ok(photos.len() * SIZES.len())
}

async fn until_no_job_waits(server: &Server) -> Result<()> {
    let start = Instant::now();
    let mut looks = interval(Duration::from_millis(200));
    loop {
        looks.tick().await;
        let health: Value = reqwest::get(server.url("/healthz")).await?.json().await?;
        let count = |name: &str| health["jobs"][name].as_u64().context("healthz names no jobs");
        let (waiting, failed) = (count("waiting")?, count("failed")?);
        ensure!(failed == 0, "{failed} jobs were given up");
        if waiting == 0 {
            return Ok(());
        }
        ensure!(start.elapsed() < JOBS_TIMEOUT, "{waiting} jobs still wait");
    }
}

/// Names of files in the folders of a folder.
fn files_below(folder: &Path) -> Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for below in std::fs::read_dir(folder)? {
        for file in std::fs::read_dir(below?.path())? {
            names.insert(file?.file_name().to_string_lossy().into_owned());
        }
    }
    Ok(names)
}
