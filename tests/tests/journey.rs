//! The main job, end to end: photographed with no signal, the phone's page reloaded
//! and its browser killed, and still everything reaches the unit that must fix it,
//! whose after-photo comes in as well, until headquarters closes the case.

use std::path::PathBuf;

use anyhow::{Context as _, Result, ensure};
use domain::{CaseId, case::Case, duty::Tier};
use serde_json::json;
use tests::{
    browser::Browser,
    client::{Client, DEMO_PASSWORD},
    journey::{
        self, BY_DOCUMENT, BY_LAW, FOR_THE_TRAY, Sight, hook, hook_with, inspector_s, open, report,
        see_in_the_end, see_record, sign_in, until_store, words_of,
    },
    media,
    phone_store::PhoneStore,
    server::Server,
};

/// Three reports with photos of every kind that phones make.
fn reports() -> Result<[(Sight, Vec<PathBuf>); 3]> {
    let turned = (1..=8).map(media::oriented).collect::<Result<Vec<_>>>()?;
    Ok([
        (BY_LAW, vec![media::street(1)?]),
        (BY_DOCUMENT, turned),
        (FOR_THE_TRAY, vec![media::progressive()?, media::png()?]),
    ])
}

#[tokio::test]
async fn photographed_with_no_signal_it_reaches_the_unit_that_must_fix_it() -> Result<()> {
    let mut server = Server::demo().await?;
    let mut desk = Browser::desk().await?;
    sign_in(&desk, &server.url("/desk/"), "reviewer").await?;
    desk.see(&hook_with("screen", "screen", "board")).await?;
    desk.click(&hook("queue-open")).await?;
    let mut phone = inspector_s(&server).await?;
    // Drawn before: while the server is away, the desk waits longer from try to try.
    reports()?;
    server.stop().await?;
    let cases = capture_offline(&phone).await?;
    let names: [CaseId; 3] = cases.try_into().map_err(|_| anyhow::anyhow!("three cases"))?;
    still_there_after_a_reload_and_a_kill(&mut phone, &server, &names).await?;

    // Nobody touches the phone from here on: it finds the server by itself.
    server.start().await?;
    let store = until_store(&phone, "settled", |store| {
        store.assert_nothing_freed_early().is_ok() && store.is_settled()
    })
    .await?;
    ensure!(store.operations.len() == 3, "{} operations", store.operations.len());
    ensure!(store.photos.len() == 11, "{} photos", store.photos.len());
    ensure!(store.holds_everything(), "given up before there is a backup");
    for (case, state) in names.iter().zip(["assigned", "assigned", "unassigned"]) {
        see_record(&phone, *case, state).await?;
    }
    phone.click(&hook("receipt-open")).await?;
    phone.see(&hook("receipt")).await?;
    phone.screenshot("journey-receipt").await?;
    frees_bytes_only_when_a_backup_has_them(&phone, &server).await?;
    phone.close().await?;

    board_has_them_without_a_reload(&desk, &server, &names).await?;
    let [law, _, tray] = names;
    assign_by_order(&desk, tray).await?;
    let unit = fixed_while_offline(&mut server, law).await?;
    verify_and_close(&desk, law).await?;

    let client = Client::sign_in(&server.url(""), "reviewer", DEMO_PASSWORD).await?;
    let closed = case_of(&client, law).await?;
    ensure!(closed.state.code() == "closed", "{:?}", closed.state);
    ensure!(closed.after_photos().len() == 1 && closed.pending_photos().is_empty());
    ensure!(closed.assignment.is_some_and(|it| it.unit.code.to_string() == unit));
    desk.close().await
}

async fn capture_offline(phone: &Browser) -> Result<Vec<CaseId>> {
    let mut cases = Vec::new();
    for (sight, photos) in reports()? {
        let files: Vec<_> = photos.iter().map(PathBuf::as_path).collect();
        cases.push(report(phone, sight, &files).await.context(sight.category)?);
    }
    Ok(cases)
}

async fn still_there_after_a_reload_and_a_kill(
    phone: &mut Browser,
    server: &Server,
    cases: &[CaseId],
) -> Result<()> {
    let before = PhoneStore::read(phone).await?;
    before.assert_whole()?;
    for (case, (sight, photos)) in cases.iter().zip(reports()?) {
        let kept = before.report_of(*case)?;
        ensure!(kept.photos.len() == photos.len(), "{} photos of {case}", kept.photos.len());
        let at = kept.position.context("no position")?.at;
        let (lat, lon) = (f64::from(at.lat_e6) / 1e6, f64::from(at.lon_e6) / 1e6);
        let off = (lat - sight.spot.latitude).abs() + (lon - sight.spot.longitude).abs();
        ensure!(off < 1e-5, "{case} was taken at {lat}, {lon}");
    }
    phone.reload().await?;
    open(phone, "records").await?;
    for case in cases {
        see_record(phone, *case, "waiting").await?;
    }
    phone.kill().await?;
    phone.open().await?;
    phone.go(&server.url("/field/records")).await?;
    for case in cases {
        see_record(phone, *case, "waiting").await?;
    }
    phone.screenshot("journey-waiting").await?;
    let after = PhoneStore::read(phone).await?;
    after.assert_whole()?;
    ensure!(after.bytes == before.bytes, "other photos than before the kill");
    ensure!(after.operations.len() == 3);
    Ok(())
}

async fn frees_bytes_only_when_a_backup_has_them(phone: &Browser, server: &Server) -> Result<()> {
    ensure!(PhoneStore::read(phone).await?.holds_everything(), "given up before any backup");
    let disk = tempfile::tempdir()?;
    server.backup(disk.path()).await?;
    phone.click(&hook("sync-state")).await?;
    phone.click(&hook("sync-now")).await?;
    let store = until_store(phone, "without bytes", |store| store.bytes.is_empty()).await?;
    ensure!(store.thumbs.len() == 11, "{} small pictures stay", store.thumbs.len());
    store.assert_nothing_freed_early()
}

async fn board_has_them_without_a_reload(
    desk: &Browser,
    server: &Server,
    names: &[CaseId; 3],
) -> Result<()> {
    let mark =
        "return performance.getEntriesByType('navigation').length + ':' + performance.timeOrigin";
    let page: String = desk.run(mark, vec![]).await?;
    for case in names {
        see_in_the_end(desk, &hook_with("board-row", "case", &case.to_string())).await?;
    }
    ensure!(page == desk.run::<String>(mark, vec![]).await?, "the board was loaded again");
    desk.screenshot("journey-board").await?;

    let client = Client::sign_in(&server.url(""), "reviewer", DEMO_PASSWORD).await?;
    for (case, tier) in names.iter().zip([Some(Tier::Law), Some(Tier::Document), None]) {
        let known = case_of(&client, *case).await?;
        ensure!(known.assignment.as_ref().map(|it| it.tier) == tier, "{case}: {known:#?}");
        if tier.is_some() {
            open_on_board(desk, *case).await?;
            shows_who_why_and_until_when(desk).await?;
        }
    }
    Ok(())
}

async fn open_on_board(desk: &Browser, case: CaseId) -> Result<()> {
    desk.click(&hook_with("board-row", "case", &case.to_string())).await?;
    desk.see(&hook_with("case", "case", &case.to_string())).await.map(drop)
}

async fn shows_who_why_and_until_when(page: &Browser) -> Result<()> {
    for name in ["case-unit", "case-person", "case-due", "case-basis", "case-tier"] {
        let words = words_of(page, &hook(name)).await.with_context(|| name.to_owned())?;
        ensure!(!words.trim().is_empty(), "{name} says nothing");
    }
    Ok(())
}

async fn assign_by_order(desk: &Browser, case: CaseId) -> Result<()> {
    desk.click(&hook("queue-tray")).await?;
    open_on_board(desk, case).await?;
    desk.click(&hook("assign")).await?;
    desk.see(&hook("assign-unit")).await?;
    let choices = || vec![json!(["assign-unit", "assign-person", "assign-clock"])];
    let chosen: Vec<String> = desk
        .run(
            "const choose = (name, pick) => {
               const field = document.querySelector(`[data-test=${name}]`);
               field.value = pick([...field.options].map(({ value }) => value));
               field.dispatchEvent(new Event('change', { bubbles: true }));
               return field.value;
             };
             const [unit, person, clock] = arguments[0];
             return [choose(unit, () => 'jtj'), choose(person, (all) => all.at(-1)), choose(clock, (all) => all.at(-1))];",
            choices(),
        )
        .await?;
    desk.fill(&hook("assign-reason"), "进村道路归交通部门养护").await?;
    // Looked away, and back: the sheet shows what the order holds.
    desk.press("\u{e00c}").await?;
    desk.see_gone(&hook("assign-unit")).await?;
    desk.click(&hook("assign")).await?;
    desk.see(&hook("assign-unit")).await?;
    let values =
        "return arguments[0].map((name) => document.querySelector(`[data-test=${name}]`).value)";
    let shown: Vec<String> = desk.run(values, choices()).await?;
    ensure!(shown == chosen, "{shown:?} is shown, {chosen:?} was chosen");
    desk.click(&hook("assign-send")).await?;
    let assigned = format!("{}[data-state=assigned]", hook_with("case", "case", &case.to_string()));
    desk.see(&assigned).await?;
    ensure!(words_of(desk, &hook("case-unit")).await?.contains("交通"), "the unit of the order");
    shows_who_why_and_until_when(desk).await?;
    desk.click(&hook("queue-open")).await
}

/// The unit claims, loses the server, sends its after-photo all the same. Gives the
/// unit's code.
async fn fixed_while_offline(server: &mut Server, case: CaseId) -> Result<String> {
    let mut phone = Browser::phone().await?;
    sign_in(&phone, &server.url("/field/"), "cgj").await?;
    phone.until_offline_ready().await?;
    phone.go(&server.url(&format!("/field/case/{case}"))).await?;
    let shown = |state: &str| {
        format!("{}[data-state={state}]", hook_with("case", "case", &case.to_string()))
    };
    phone.see(&shown("assigned")).await?;
    shows_who_why_and_until_when(&phone).await?;
    let unit = phone.see(&hook("case-unit")).await?.attr("data-code").await?.context("no unit")?;
    phone.click(&hook("claim")).await?;
    phone.see(&shown("claimed")).await?;
    until_store(&phone, "claimed at the server", PhoneStore::is_settled).await?;

    server.stop().await?;
    phone.click(&hook("rectify")).await?;
    phone.choose_files(&hook("after-input"), &[&media::street(2)?]).await?;
    phone.see(&hook("photo-thumb")).await?;
    phone.fill(&hook("rectify-note"), "已清理，摊主已离开").await?;
    phone.click(&hook("rectify-send")).await?;
    phone.see(&shown("rectified")).await?;
    let store = PhoneStore::read(&phone).await?;
    store.assert_nothing_freed_early()?;
    ensure!(store.bytes.len() == 1, "the after-photo is on this phone");

    server.start().await?;
    let settled = until_store(&phone, "settled", PhoneStore::is_settled).await?;
    ensure!(settled.operations.len() == 2, "a claim and a fix");
    phone.close().await?;
    Ok(unit)
}

async fn verify_and_close(desk: &Browser, case: CaseId) -> Result<()> {
    let shown = |state: &str| {
        format!("{}[data-state={state}]", hook_with("case", "case", &case.to_string()))
    };
    open_on_board(desk, case).await?;
    see_in_the_end(desk, &shown("rectified")).await?;
    // Both pictures are loaded before anybody judges.
    let sides = json!(format!("{} img", hook("compare")));
    desk.until(&format!(
        "((all) => all.length === 2 && all.every((image) => image.complete && image.naturalWidth > 600))\
         ([...document.querySelectorAll({sides})])"
    ))
    .await?;
    // The slider lies over the pictures without a look of its own; the keyboard moves it.
    let slider = json!(hook("compare-slider"));
    let start: String = desk
        .run(
            "const slider = document.querySelector(arguments[0]); slider.focus(); return slider.value",
            vec![slider.clone()],
        )
        .await?;
    desk.press("\u{e014}").await?;
    desk.until(&format!("document.querySelector({slider}).value !== {}", json!(start))).await?;
    desk.screenshot("journey-compare").await?;
    // Passing alone lies behind "pass and close", which is one act.
    desk.click(&hook("more-acts")).await?;
    desk.click(&hook("verify-pass")).await?;
    desk.see(&shown("verified")).await?;
    desk.click(&hook("close")).await?;
    desk.see(&shown("closed")).await.map(drop)
}

async fn case_of(client: &Client, case: CaseId) -> Result<Case> {
    journey::all_cases(client).await?.remove(&case).with_context(|| format!("no case {case}"))
}
