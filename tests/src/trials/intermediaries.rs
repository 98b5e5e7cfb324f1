//! Photos through a real nginx that nobody has told anything, and through a strict one: each
//! arrives once, for hardly more bytes than it has.

use std::time::Instant;

use anyhow::{Context as _, Result, ensure};

use super::{Figures, expected::Expected};
use crate::{
    client::{Client, DEMO_PASSWORD},
    media,
    meter::Meter,
    nginx::{Manners, Nginx},
    phone::{Pace, Phone, Reports},
    server::Server,
};

#[derive(Clone, Debug)]
pub struct Plan {
    /// For each record the bytes of its photos, at least.
    pub records: Vec<Vec<usize>>,
}

/// Bytes sent for each hundred of the photos.
const MAX_PERCENT: u64 = 110;

pub async fn run(plan: Plan) -> Result<Figures> {
    let mut figures = Figures::of("Photos through nginx");
    figures.add("records", plan.records.len());
    let needed = plan.records.iter().flatten().sum::<usize>() as u64;
    figures.add("bytes of their photos", needed);
    for manners in [Manners::Default, Manners::Strict] {
        let start = Instant::now();
        let sent = through(&plan, manners).await.with_context(|| format!("{manners:?}"))?;
        ensure!(sent <= needed * MAX_PERCENT / 100, "{manners:?}: {sent} bytes for {needed}");
        figures.add(
            format!("{manners:?}: bytes sent, against those of the photos"),
            format!(
                "{:.3}, in {:.0} s",
                sent as f64 / needed as f64,
                start.elapsed().as_secs_f64()
            ),
        );
    }
    Ok(figures)
}

/// The bytes that went over the line when everything has arrived, once.
async fn through(plan: &Plan, manners: Manners) -> Result<u64> {
    let server = Server::demo().await?;
    let nginx = Nginx::before(server.address(), manners).await?;
    let line = Meter::before(nginx.address()).await?;
    let client = Client::sign_in(&server.url(""), "inspector", DEMO_PASSWORD).await?;
    let reports = Reports::new(client.pack().await?, media::tiny(3)?)?;
    let folder = tempfile::tempdir()?;
    let mut phone =
        Phone::sign_in(&line.url(""), "inspector", folder.path(), Pace::HASTY, 1).await?;
    for (number, lengths) in plan.records.iter().enumerate() {
        let (command, photos) = reports.make_of("nginx", number, lengths)?;
        phone.report(command, &photos)?;
    }
    phone.until_settled().await?;
    let mut done = Expected::default();
    done.note(&phone)?;
    done.is_exactly_what_is_on(&server).await?;
    Ok(line.carried().iter().map(|it| it.sent).sum())
}
