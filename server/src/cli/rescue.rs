//! `xunjie rescue`

#![expect(clippy::print_stdout, reason = "what became of it")]

use std::path::Path;

use domain::{UserName, sync::RescueReport};
use tokio::io::BufReader;

use super::{
    command::{CommandError, runtime},
    folder::Folder,
};
use crate::{
    config::Config,
    rescue::{Importer, RescueError},
    state::App,
    system::{clock, random},
};

/// The sender of what goes into quarantine.
const SENDER: &str = "xunjie rescue";

pub(super) fn rescue(file: &Path, folder: &Folder) -> Result<(), CommandError> {
    let (config, _) = folder.open_made()?;
    let report = runtime()?.block_on(import(file, &folder.data, config))?;
    println!("{}", summary(&report));
    if report.whole && report.damaged == 0 {
        return Ok(());
    }
    Err("the bundle is not whole; what it had before the damage is safe now. If the phone still \
         opens, make a new bundle there"
        .into())
}

async fn import(file: &Path, data: &Path, config: Config) -> Result<RescueReport, CommandError> {
    let shown = file.display();
    let input = tokio::fs::File::open(file).await.map_err(|error| format!("{shown}: {error}"))?;
    // `open` would delete what a running server is receiving.
    let app = App::open_shared(data, config).await?;
    let importer = Importer {
        store: &app.store,
        photos: &app.photos,
        decision_context: &app.decision_context,
        user: UserName::new(SENDER),
        device: domain::DeviceId::new(clock::now(), random::bytes()?),
        is_trusted: true,
    };
    let imported = importer.import(BufReader::new(input)).await;
    // Pictures are still being derived; the process must not end before.
    app.photos.at_rest().await;
    imported.map_err(|error| match error {
        RescueError::NotABundle => format!("{shown}: this is no rescue bundle").into(),
        other => other.into(),
    })
}

fn summary(report: &RescueReport) -> String {
    format!(
        "{} records taken and {} known before; {} photos taken and {} known before; {} damaged; {}",
        report.operations_taken,
        report.operations_known,
        report.photos_taken,
        report.photos_known,
        report.damaged,
        if report.whole { "the bundle is whole" } else { "the bundle was cut short" }
    )
}
