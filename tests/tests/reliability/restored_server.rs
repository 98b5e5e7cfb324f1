//! A server put back to an older backup gets everything again, once.

use anyhow::Result;
use tests::trials::restores::{self, Plan};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_put_back_to_an_older_backup_is_whole_after_one_sync_of_each() -> Result<()> {
    let plan = Plan { phones: 50, reports: 2, seed: 20_261_123 };
    println!("{}", restores::run(plan).await?);
    Ok(())
}
