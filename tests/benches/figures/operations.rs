//! The real server process on loopback: reports a second as they come from phones,
//! one in a request and twenty in a batch, and reports with a photo of 300 KB.

use std::time::Instant;

use anyhow::{Context as _, Result};
use domain::{
    DeviceTime, PhotoHash,
    case::{Command, Report, Source},
    evidence::{PhotoFormat, Shot, ShotOrigin},
    pack::DistrictPack,
    place::{PlaceChoice, Position},
    sync::Verdict,
};
use tests::{
    client::{Client, DEMO_PASSWORD, new_case, now},
    server::Server,
};

use crate::table::Table;

const PHONES: usize = 16;
const REPORTS_EACH: usize = 200;
const PHOTO_REPORTS_EACH: usize = 12;

pub fn measure(table: &mut Table) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let server = Server::demo().await?;
        let single = reports(&server, 1).await?;
        let batched = reports(&server, 20).await?;
        let photos = with_photos(&server).await?;
        table.add(format!("{PHONES} phones: reports, one a request"), single);
        table.compare(
            format!("{PHONES} phones: reports, 20 a batch"),
            batched,
            single,
            "one a request",
        );
        table.compare(
            format!("{PHONES} phones: reports with a photo of 300 KB"),
            photos,
            single,
            "without",
        );
        Ok(())
    })
}

/// So many phones of the demo's inspector.
pub async fn phones(server: &Server, count: usize) -> Result<Vec<(Client, DistrictPack)>> {
    let mut phones = Vec::new();
    for _ in 0..count {
        let phone = Client::sign_in(&server.url(""), "inspector", DEMO_PASSWORD).await?;
        let pack = phone.pack().await?;
        phones.push((phone, pack));
    }
    Ok(phones)
}

async fn reports(server: &Server, a_batch: usize) -> Result<f64> {
    let phones = phones(server, PHONES).await?;
    let start = Instant::now();
    let mut running = tokio::task::JoinSet::new();
    for (mut phone, pack) in phones {
        running.spawn(async move {
            for batch in 0..REPORTS_EACH / a_batch {
                let mut sealed = Vec::new();
                for n in 0..a_batch {
                    let shot = shot(format!("{}-{batch}-{n}", phone.device).as_bytes());
                    let report = report(&pack, batch * a_batch + n, vec![shot])?;
                    sealed.push(phone.seal(new_case(), 0, report)?);
                }
                accepted(&phone, sealed).await?;
            }
            anyhow::Ok(())
        });
    }
    while let Some(done) = running.join_next().await {
        done??;
    }
    Ok((PHONES * (REPORTS_EACH / a_batch) * a_batch) as f64 / start.elapsed().as_secs_f64())
}

async fn with_photos(server: &Server) -> Result<f64> {
    let phones = phones(server, PHONES).await?;
    let base = std::fs::read(tests::media::small(1)?)?;
    let start = Instant::now();
    let mut running = tokio::task::JoinSet::new();
    for (mut phone, pack) in phones {
        let base = base.clone();
        running.spawn(async move {
            for n in 0..PHOTO_REPORTS_EACH {
                let photo = tests::media::another(&base, &format!("{}-{n}", phone.device));
                let report = report(&pack, n, vec![shot(&photo)])?;
                let sealed = phone.seal(new_case(), 0, report)?;
                accepted(&phone, vec![sealed]).await?;
                phone.put_photo(photo).await?;
            }
            anyhow::Ok(())
        });
    }
    while let Some(done) = running.join_next().await {
        done??;
    }
    Ok((PHONES * PHOTO_REPORTS_EACH) as f64 / start.elapsed().as_secs_f64())
}

pub async fn accepted(phone: &Client, sealed: Vec<domain::sync::Sealed>) -> Result<()> {
    let answer = phone.send(sealed).await?;
    let all = answer.results.iter().all(|result| result.verdict == Verdict::Accepted);
    anyhow::ensure!(all, "{:?}", answer.results);
    Ok(())
}

pub fn report(pack: &DistrictPack, n: usize, photos: Vec<Shot>) -> Result<Command> {
    let category = &pack.categories[n % pack.categories.len()];
    let section = &pack.sections[n % pack.sections.len()];
    let at = *section.lines.first().and_then(|line| line.0.first()).context("a vertex")?;
    Ok(Command::Report(Box::new(Report {
        category: category.code.clone(),
        condition: category.conditions.first().context("a condition")?.code.clone(),
        position: Some(Position { at, accuracy_m: 10, read: now() }),
        chosen: PlaceChoice::default(),
        source: Source::Patrol,
        note: "bench".into(),
        photos,
        pack: pack.version.clone(),
        told_permitted: None,
    })))
}

pub fn shot(bytes: &[u8]) -> Shot {
    Shot {
        hash: PhotoHash::of(bytes),
        length: bytes.len() as u64,
        format: PhotoFormat::Jpeg,
        width: 0,
        height: 0,
        taken: DeviceTime { claimed: now(), offset_ms: Some(0) },
        origin: ShotOrigin::Camera,
    }
}
