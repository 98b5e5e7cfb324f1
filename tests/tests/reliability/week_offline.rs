//! A week without a network loses nothing. Its times are printed, not judged: they are
//! those of whatever else this machine does.

use std::time::Duration;

use anyhow::Result;
use tests::trials::week::{self, Plan};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn records_and_photos_of_many_offline_days_arrive_once_and_whole() -> Result<()> {
    let plan = Plan {
        records: 12,
        photos: 2,
        starts: 2,
        large: 0,
        slower: 2.0,
        time: Duration::from_secs(200),
        seed: 20_261_124,
    };
    println!("{}", week::run(plan).await?);
    Ok(())
}
