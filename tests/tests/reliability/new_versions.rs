//! New versions of the app never cost what is on the phone.

use std::time::Duration;

use anyhow::Result;
use tests::trials::updates::{self, Plan};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_half_made_report_and_what_waits_outlive_every_update() -> Result<()> {
    let plan = Plan { trials: 9, records: 2, time: Duration::from_secs(200), seed: 20_261_125 };
    println!("{}", updates::run(plan).await?);
    Ok(())
}
