//! Several tabs send what there is once.

use anyhow::Result;
use tests::{
    media,
    trials::tabs::{self, Plan},
};

#[tokio::test]
async fn five_tabs_in_a_storm_of_reloads_send_everything_once() -> Result<()> {
    let plan = Plan {
        tabs: 5,
        reports: 2,
        reloads: 6,
        picture: media::small,
        bits: 4_000_000,
        most_wasted: 20.0,
    };
    println!("{}", tabs::run(plan).await?);
    Ok(())
}
