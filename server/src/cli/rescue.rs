//! `xunjie rescue`

#![expect(clippy::print_stdout, reason = "what became of it")]

use std::path::Path;

use domain::{UserName, sync::RescueReport};
use tokio::io::BufReader;

use super::command::{Trouble, runtime};
use crate::{
    clock,
    config::Config,
    rescue::{Rescue, RescueError},
    setup,
    state::App,
};

/// Named as who brought what had to be put aside.
const NAME: &str = "xunjie rescue";

pub(super) fn rescue(file: &Path, data: &Path) -> Result<(), Trouble> {
    if !data.join(setup::DATABASE).exists() {
        return Err(format!("there is no district in {}", data.display()).into());
    }
    let report = runtime()?.block_on(take(file, data))?;
    println!("{}", sentence(&report));
    if report.whole && report.damaged == 0 {
        return Ok(());
    }
    Err("the bundle is not whole; what it had before the damage is safe now. If the phone still \
         opens, make a new bundle there"
        .into())
}

async fn take(file: &Path, data: &Path) -> Result<RescueReport, Trouble> {
    let shown = file.display();
    let input = tokio::fs::File::open(file).await.map_err(|error| format!("{shown}: {error}"))?;
    // A server may be running: nothing of what it is receiving is swept.
    let app = App::open_beside(data, Config::read(data)?).await?;
    let rescue = Rescue {
        store: &app.store,
        photos: &app.photos,
        decision_context: &app.decision_context,
        user: UserName::new(NAME),
        device: domain::DeviceId::new(clock::now(), clock::random()?),
        is_trusted: true,
    };
    let taken = rescue.take(BufReader::new(input)).await;
    app.photos.at_rest().await;
    taken.map_err(|error| match error {
        RescueError::NotABundle => format!("{shown}: this is no rescue bundle").into(),
        other => other.into(),
    })
}

fn sentence(report: &RescueReport) -> String {
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
