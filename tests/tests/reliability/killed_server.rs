//! A killed server honours every receipt it ever gave.

use std::time::Duration;

use anyhow::Result;
use tests::{
    media,
    trials::kills::{self, Plan},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_killed_under_load_honours_every_receipt_and_doubles_nothing() -> Result<()> {
    let plan = Plan {
        phones: 50,
        kills: 10,
        picture: media::tiny(1)?,
        length: 0,
        time: Duration::from_secs(120),
        seed: 20_261_123,
    };
    println!("{}", kills::run(plan).await?);
    Ok(())
}
