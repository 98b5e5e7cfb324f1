//! The server is put back to an older backup while phones have gone on: every phone
//! offers again what the backup lacks, and one sync of each brings everything back.

use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context as _, Result, ensure};
use tokio::task::JoinSet;

use super::{Figures, expected::Expected};
use crate::{
    client::{Client, DEMO_PASSWORD},
    media,
    phone::{Pace, Phone, Reports},
    proxy::{self, Proxy},
    server::Server,
};

#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub phones: usize,
    /// Reports of each phone: as many before the backup as after it.
    pub reports: usize,
    pub seed: u64,
}

const PHOTOS: usize = 2;

pub async fn run(plan: Plan) -> Result<Figures> {
    println!("restores: seed {}", plan.seed);
    let mut server = Server::demo().await?;
    let line = Proxy::before(server.address()).await?;
    let client = Client::sign_in(&server.url(""), "inspector", DEMO_PASSWORD).await?;
    let reports = Arc::new(Reports::new(client.pack().await?, media::tiny(3)?)?);
    let (folder, disk) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let mut phones = Vec::new();
    for number in 0..plan.phones {
        let folder = folder.path().join(number.to_string());
        let seed = plan.seed.wrapping_add(number as u64);
        phones.push(Phone::sign_in(&line.url(""), "inspector", &folder, Pace::HASTY, seed).await?);
    }

    let phones = all(phones, &reports, plan.reports, "before").await?;
    server.backup(disk.path()).await?;
    let phones = all(phones, &reports, plan.reports, "after").await?;
    let evicted = |phone: &Phone| phone.store.photos.values().filter(|photo| photo.evicted).count();
    let evicted: usize = phones.iter().map(evicted).sum();
    let mut done = Expected::default();
    for phone in &phones {
        done.note(phone)?;
    }
    server.kill().await?;
    server.come_back_from(disk.path()).await?;

    let start = Instant::now();
    let (requests, paid) = (line.requests().len(), line.paid());
    let mut running = JoinSet::new();
    for mut phone in phones {
        running.spawn(async move {
            // The page is opened the next morning.
            phone.restart()?;
            phone.look()?;
            phone.until_idle().await?;
            ensure!(phone.store.is_settled(), "one sync was not enough");
            anyhow::Ok(phone)
        });
    }
    while let Some(phone) = running.join_next().await {
        let phone = phone??;
        let damaged = phone.store.photos.values().filter(|photo| photo.damaged).count();
        ensure!(damaged == 0, "{damaged} photos are nowhere any more");
    }
    let took = start.elapsed();
    let paid = line.paid() - paid;
    let requests = line.requests()[requests..].to_vec();
    done.is_exactly_what_is_on(&server).await.context("after the restore")?;

    let calls = |end: &str| requests.iter().filter(|(it, _)| it.path.ends_with(end)).count();
    let hellos = calls("/sync/hello");
    ensure!(hellos == plan.phones, "{hellos} hellos: more than one sync each");
    let is_photo = |it: &proxy::Request| it.path.contains("/parts?offset=0&") && it.length > 0;
    let sent_again = requests.iter().filter(|(it, _)| is_photo(it)).count();
    let mut figures = Figures::of(format!("Restored to an older backup, seed {}", plan.seed));
    figures.add("phones", plan.phones);
    figures.add("reports, half of them not in the backup", done.operations());
    figures.add("photos, half of them not in the backup", done.photos().len());
    figures.add("photos whose bytes phones had given up by then", evicted);
    figures.add("syncs of each phone until all is there again", hellos / plan.phones);
    figures.add("photos sent again", sent_again);
    figures.add("calls with records", calls("/sync/operations"));
    figures.add("bytes, both ways", paid);
    figures.add("time", format!("{:.1} s", took.as_secs_f64()));
    Ok(figures)
}

/// Each phone reports and sends.
async fn all(
    phones: Vec<Phone>,
    reports: &Arc<Reports>,
    count: usize,
    name: &'static str,
) -> Result<Vec<Phone>> {
    let mut running = JoinSet::new();
    for mut phone in phones {
        let reports = Arc::clone(reports);
        running.spawn(async move {
            // On a new connection: the phone is told what a backup has by now.
            phone.restart()?;
            for number in 0..count {
                let name = format!("{name} {}", phone.calls.device);
                let (command, photos) = reports.make(&name, number, PHOTOS)?;
                phone.report(command, &photos)?;
            }
            phone.until_settled().await?;
            anyhow::Ok(phone)
        });
    }
    let mut phones = Vec::new();
    while let Some(phone) = running.join_next().await {
        phones.push(phone??);
    }
    Ok(phones)
}
