//! No single fault of the line loses, doubles or wastes.

use std::time::Duration;

use anyhow::Result;
use tests::{
    media,
    proxy::Fault,
    trials::faults::{self, Plan},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_request_in_turn_meets_each_fault_and_the_sync_comes_to_the_same() -> Result<()> {
    let plan = Plan {
        phones: 12,
        faults: Fault::all(),
        picture: media::tiny(2)?,
        time: Duration::from_secs(240),
    };
    println!("{}", faults::run(plan).await?);
    Ok(())
}
