//! Positions that tell no place: hours old, within kilometres, none on the globe. The strip
//! says so, nobody is named by them, and the case is marked.

use anyhow::{Result, ensure};
use domain::{
    CaseId,
    case::Case,
    duty::{Destination, Why},
    place::PlaceDoubt,
};
use serde_json::{Value, json};
use tests::{
    browser::Browser,
    client::{Client, DEMO_PASSWORD},
    journey::{
        BY_LAW, all_cases, choose_type, hook, hook_with, save, sign_in, take_photos, until_store,
        words_of,
    },
    media,
    phone_store::PhoneStore,
    server::Server,
};

/// A receiver that gives what the test says, when it says so, with the age it says; and a
/// clock that can be moved on. `code`: an error instead of a fix.
const RECEIVER: &str = "
(() => {
  const watches = new Map();
  const now = Date.now.bind(Date);
  let last = 0, fix = FIX, later = 0;
  Date.now = () => now() + later;
  const give = ([found, failed]) => {
    if (fix.code) return failed({ code: fix.code });
    const coords = { latitude: fix.latitude, longitude: fix.longitude, accuracy: fix.accuracy };
    if (fix.is_nan) coords.latitude = NaN;
    found({ coords, timestamp: 'timestamp' in fix ? fix.timestamp : Date.now() - fix.age });
  };
  const receiver = {
    watchPosition: (found, failed) => {
      watches.set(++last, [found, failed]);
      queueMicrotask(() => give([found, failed]));
      return last;
    },
    clearWatch: (id) => watches.delete(id),
  };
  for (const [name, value] of Object.entries(receiver)) {
    Object.defineProperty(navigator.geolocation, name, { value });
  }
  window.receives = (next) => { fix = next; for (const watch of watches.values()) give(watch); };
  window.moveClockOn = (millis) => { later = millis; };
})();
";

fn fix(age_ms: u64) -> Value {
    let spot = BY_LAW.spot;
    json!({
        "latitude": spot.latitude, "longitude": spot.longitude, "accuracy": 8, "age": age_ms,
    })
}

/// An inspector's phone with that receiver, signed in.
async fn phone_that_receives(server: &Server, first: &Value) -> Result<Browser> {
    let phone = Browser::phone().await?;
    let source = RECEIVER.replace("FIX", &first.to_string());
    let script = json!({ "source": source });
    phone.devtools("Page.addScriptToEvaluateOnNewDocument", script).await?;
    sign_in(&phone, &server.url("/field/"), "inspector").await?;
    Ok(phone)
}

async fn receives(phone: &Browser, fix: &Value) -> Result<()> {
    phone.run("window.receives(arguments[0])", vec![fix.clone()]).await
}

async fn see_strip(phone: &Browser, state: &str) -> Result<()> {
    phone.see(&hook_with("place-strip", "state", state)).await.map(drop)
}

/// A photo and a type, up to the line that says where it goes.
async fn photograph(phone: &Browser, to: &str, picture: u32) -> Result<()> {
    take_photos(phone, &[&media::small(picture)?]).await?;
    choose_type(phone, BY_LAW.category).await?;
    phone.see(&hook_with("preview", "to", to)).await.map(drop)
}

/// The case as the server has it, when the phone has sent everything.
async fn at_the_server(phone: &Browser, server: &Server, case: CaseId) -> Result<Case> {
    until_store(phone, "settled", PhoneStore::is_settled).await?;
    let client = Client::sign_in(&server.url(""), "reviewer", DEMO_PASSWORD).await?;
    Ok(all_cases(&client).await?.remove(&case).expect("the case was sent"))
}

fn went_to_headquarters(case: &Case, because: Why) -> Result<()> {
    let Destination::Headquarters { why, .. } = &case.routing.destination else {
        anyhow::bail!("{:?}", case.routing)
    };
    ensure!(*why == because && case.assignment.is_none(), "{:?}", case.routing);
    let place = &case.routing.place;
    ensure!(place.section.is_none() && place.point.is_none() && place.at.is_some(), "{place:?}");
    Ok(())
}

#[tokio::test]
async fn fix_that_is_hours_old_by_its_own_time_is_said_and_names_nobody() -> Result<()> {
    let server = Server::demo().await?;
    let mut phone = phone_that_receives(&server, &fix(10_800_000)).await?;
    see_strip(&phone, "stale").await?;
    phone.read_in(&hook("place-strip"), "3 小时前").await?;
    photograph(&phone, "headquarters", 1).await?;
    phone.see(&hook("choose-place-first")).await?;
    phone.screenshot("position-stale").await?;
    let case = save(&phone).await?;

    let known = at_the_server(&phone, &server, case).await?;
    went_to_headquarters(&known, Why::PositionStale)?;
    let position = known.report.position.expect("the coordinates are kept");
    let age_ms = known.captured.claimed.since(position.read);
    ensure!(age_ms >= 10_800_000, "sealed as read {age_ms} ms before");
    let Some(PlaceDoubt::Stale { age_s }) = known.routing.place.doubt else {
        anyhow::bail!("not marked: {:?}", known.routing.place)
    };
    ensure!((10_800..10_900).contains(&age_s), "{age_s} s");

    phone.go(&server.url(&format!("/field/case/{case}"))).await?;
    phone.read_in(&hook("case-place-doubt"), "3 小时").await?;
    phone.read_in(&hook("case-place"), "地点不确定").await?;
    phone.screenshot("position-stale-case").await?;
    phone.close().await
}

#[tokio::test]
async fn fix_grows_old_while_the_phone_finds_none_and_a_fresh_one_after_the_shutter_counts()
-> Result<()> {
    let server = Server::demo().await?;
    let mut phone = phone_that_receives(&server, &fix(0)).await?;
    see_strip(&phone, "known").await?;
    receives(&phone, &json!({ "code": 2 })).await?;
    see_strip(&phone, "known").await?;
    phone.run::<()>("window.moveClockOn(7272000)", vec![]).await?;
    see_strip(&phone, "stale").await?;
    phone.read_in(&hook("place-strip"), "2 小时前").await?;
    photograph(&phone, "headquarters", 2).await?;
    let case = save(&phone).await?;
    let known = at_the_server(&phone, &server, case).await?;
    went_to_headquarters(&known, Why::PositionStale)?;

    photograph(&phone, "headquarters", 3).await?;
    see_strip(&phone, "stale").await?;
    receives(&phone, &fix(1_000)).await?;
    see_strip(&phone, "known").await?;
    phone.see(&hook_with("preview", "to", "unit")).await?;
    let case = save(&phone).await?;
    let known = at_the_server(&phone, &server, case).await?;
    ensure!(known.assignment.is_some() && known.routing.place.is_certain(), "{known:?}");
    phone.close().await
}

#[tokio::test]
async fn circle_of_kilometres_names_no_section_until_somebody_chooses_one() -> Result<()> {
    let server = Server::demo().await?;
    let mut phone = Browser::phone().await?;
    let spot = BY_LAW.spot;
    phone.stand_at(spot.latitude, spot.longitude, 3_000.0).await?;
    sign_in(&phone, &server.url("/field/"), "inspector").await?;
    see_strip(&phone, "coarse").await?;
    phone.read_in(&hook("place-strip"), "误差约 3 公里").await?;
    photograph(&phone, "headquarters", 4).await?;
    phone.screenshot("position-coarse").await?;
    let candidate = format!("{} {}", hook("preview"), hook("place-candidate"));
    phone.see(&candidate).await?;
    let case = save(&phone).await?;
    let known = at_the_server(&phone, &server, case).await?;
    went_to_headquarters(&known, Why::PositionCoarse)?;
    ensure!(known.routing.place.doubt == Some(PlaceDoubt::Coarse { accuracy_m: 3_000 }));

    // Asked before saving, and then somebody is named by the choice.
    photograph(&phone, "headquarters", 5).await?;
    phone.click(&candidate).await?;
    phone.see(&hook_with("preview", "to", "unit")).await?;
    phone.click(&hook("discard")).await?;
    photograph(&phone, "headquarters", 5).await?;
    phone.click(&hook("choose-place-first")).await?;
    phone.click(&hook("section-option")).await?;
    phone.see(&hook_with("preview", "to", "unit")).await?;
    see_strip(&phone, "known").await?;
    let case = save(&phone).await?;
    let chosen = at_the_server(&phone, &server, case).await?;
    let place = &chosen.routing.place;
    ensure!(place.section == chosen.report.chosen.section && place.is_certain(), "{place:?}");
    ensure!(chosen.assignment.is_some(), "{:?}", chosen.routing);

    phone.go(&server.url(&format!("/field/case/{}", known.id))).await?;
    phone.read_in(&hook("case-place-doubt"), "误差约 3 公里").await?;
    phone.close().await
}

#[tokio::test]
async fn fix_without_accuracy_counts_as_coarse_and_one_off_the_globe_ends_the_finding() -> Result<()>
{
    let server = Server::demo().await?;
    let spot = BY_LAW.spot;
    let no_accuracy = json!({
        "latitude": spot.latitude, "longitude": spot.longitude, "accuracy": null, "timestamp": 0,
    });
    let mut phone = phone_that_receives(&server, &no_accuracy).await?;
    see_strip(&phone, "coarse").await?;
    phone.read_in(&hook("place-strip"), "误差未知").await?;
    phone.close().await?;

    let off_the_globe = json!({ "is_nan": true, "longitude": 109, "accuracy": 8, "age": 0 });
    let mut phone = phone_that_receives(&server, &off_the_globe).await?;
    see_strip(&phone, "seeking").await?;
    // After twenty seconds of such fixes.
    see_strip(&phone, "none").await?;
    phone.read_in(&hook("place-strip"), "位置无效").await?;
    phone.screenshot("position-none").await?;
    receives(&phone, &fix(0)).await?;
    see_strip(&phone, "known").await?;
    ensure!(!words_of(&phone, &hook("place-strip")).await?.contains("无效"));
    phone.close().await
}
