//! Other people's networks: a real nginx stands between phone and server, as nobody has told it
//! anything, and as a strict administrator has.

use std::time::Instant;

use anyhow::Result;
use tests::{
    browser::Browser,
    client::{Client, DEMO_PASSWORD},
    journey::{
        BY_LAW, hook, hook_with, inspector_at, report, see_in_the_end, see_record, sign_in,
        until_store,
    },
    media,
    nginx::{Manners, Nginx},
    phone::{Pace, Phone, Reports},
    phone_store::PhoneStore,
    proxy::{Fault, Proxy},
    server::Server,
    trials::intermediaries::{self, Plan},
};

/// Bytes of the photos of one record: in one request, above nginx's limit, and far above it.
const LENGTHS: [usize; 3] = [300_000, 1_800_000, 9_000_000];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn photos_of_any_size_arrive_once_through_nginx() -> Result<()> {
    let plan = Plan { records: vec![LENGTHS.to_vec(); 2] };
    println!("{}", intermediaries::run(plan).await?);
    Ok(())
}

/// The proxy holds live events back, hides which page asks, and names another host.
#[tokio::test]
async fn board_behind_a_strict_proxy_signs_in_and_shows_a_new_case() -> Result<()> {
    let mut server = Server::demo().await?;
    let nginx = Nginx::before(server.address(), Manners::Strict).await?;
    server.stop().await?;
    let settings = format!("public_address = \"{}\"\n", nginx.url(""));
    std::fs::write(server.data().join("xunjie.toml"), settings)?;
    server.start().await?;

    let mut desk = Browser::desk().await?;
    sign_in(&desk, &nginx.url("/desk/"), "reviewer").await?;
    desk.see(&hook_with("screen", "screen", "board")).await?;
    desk.click(&hook("queue-open")).await?;
    let case = report_past_the_proxy(&server).await?;
    let reported = Instant::now();
    // `see` gives up after less than half a minute; an event that nginx holds back takes longer.
    desk.see(&hook_with("board-row", "case", &case)).await?;
    println!("on the board {:.1} s after its receipt", reported.elapsed().as_secs_f64());

    let mut phone = inspector_at(&nginx.url("/field/")).await?;
    report(&phone, BY_LAW, &[&media::street(1)?]).await?;
    until_store(&phone, "settled", PhoneStore::is_settled).await?;
    desk.close().await?;
    phone.close().await
}

/// A firewall that lets everything through but photos.
#[tokio::test]
async fn photo_that_a_firewall_forbids_is_named_with_a_way_out_and_arrives_by_another_network()
-> Result<()> {
    let server = Server::demo().await?;
    let line = Proxy::before(server.address()).await?;
    line.policy(|request| match request.path.contains("/parts?") {
        true => Fault::Gateway(403),
        false => Fault::Pass,
    });
    let mut phone = inspector_at(&line.url("/field/")).await?;
    let case = report(&phone, BY_LAW, &[&media::small(1)?]).await?;
    phone.go(&line.url("/field/records")).await?;
    see_in_the_end(&phone, &hook("record-blocked")).await?;
    see_record(&phone, case, "assigned").await?;
    phone.screenshot("record-blocked").await?;
    phone.click(&hook("record-rescue")).await?;
    phone.see(&hook_with("screen", "screen", "sync")).await?;
    phone.screenshot("sync-blocked").await?;
    in_english_in_the_dark_and_enlarged(&phone, &line).await?;

    line.policy(|_| Fault::Pass);
    phone.click(&hook("sync-now")).await?;
    until_store(&phone, "settled", PhoneStore::is_settled).await?;
    phone.close().await
}

/// The two screens again, for whoever looks at the pictures.
async fn in_english_in_the_dark_and_enlarged(phone: &Browser, line: &Proxy) -> Result<()> {
    phone.run::<()>("localStorage.setItem('lang', '\"en\"')", vec![]).await?;
    phone.colours("dark").await?;
    for (screen, shown) in [("records", "record-blocked"), ("sync", "sync-photos")] {
        phone.go(&line.url(&format!("/field/{screen}"))).await?;
        phone.see(&hook_with("screen", "screen", screen)).await?;
        see_in_the_end(phone, &hook(shown)).await?;
        phone.assert_accessible(&format!("{screen}, a photo is blocked")).await?;
        phone.screenshot(&format!("{screen}-blocked-dark")).await?;
        phone.run::<()>("document.documentElement.style.fontSize = '200%'", vec![]).await?;
        phone.screenshot(&format!("{screen}-blocked-enlarged")).await?;
    }
    phone.colours("light").await
}

async fn report_past_the_proxy(server: &Server) -> Result<String> {
    let client = Client::sign_in(&server.url(""), "inspector", DEMO_PASSWORD).await?;
    let reports = Reports::new(client.pack().await?, media::tiny(3)?)?;
    let folder = tempfile::tempdir()?;
    let mut phone =
        Phone::sign_in(&server.url(""), "inspector", folder.path(), Pace::HASTY, 2).await?;
    let (command, photos) = reports.make("past the proxy", 0, 1)?;
    let case = phone.report(command, &photos)?;
    phone.until_settled().await?;
    Ok(case.to_string())
}
