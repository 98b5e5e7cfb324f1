//! Photos of a day over a line that breaks all the time.

use std::time::Duration;

use anyhow::Result;
use tests::trials::chaos::{self, Plan};

/// Thirty times faster than the field, with as many bytes between two cuts. A few
/// photos weigh more than many: the long form asks for 1.4.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_that_breaks_again_and_again_brings_everything_for_few_more_bytes() -> Result<()> {
    let plan = Plan {
        phones: 6,
        reports: 3,
        speedup: 30.0,
        time: Duration::from_secs(400),
        most_bytes: 1.8,
        seed: 20_261_123,
    };
    println!("{}", chaos::run(plan).await?);
    Ok(())
}
