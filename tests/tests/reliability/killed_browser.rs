//! What had shown "saved" outlives the browser.

use std::time::Duration;

use anyhow::Result;
use tests::trials::browser_kills::{self, Plan};

#[tokio::test]
async fn what_was_shown_as_saved_is_there_after_every_kill_and_arrives_once() -> Result<()> {
    let plan = Plan { kills: 8, time: Duration::from_secs(150), seed: 20_261_123 };
    println!("{}", browser_kills::run(plan).await?);
    Ok(())
}
