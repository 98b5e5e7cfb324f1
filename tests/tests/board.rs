//! The board of headquarters asks the server: page after page, filtered, always up to date; and a
//! phone looks at what it does not keep.

use anyhow::{Context as _, Result};
use serde_json::json;
use tests::{
    browser::Browser,
    busy_day::BusyDay,
    client::{Client, DEMO_PASSWORD},
    journey::{BY_LAW, hook, hook_with, inspector_at, report, sign_in, take_photos, until_store},
    media,
    phone_store::PhoneStore,
    server::Server,
};

/// More than two pages.
const CASES: usize = 230;

/// Rows that are in the page, by what they say of their unit.
const HOLDERS: &str = "return [...document.querySelectorAll('[data-test=board-row] .unit-text')]\
    .map((row) => row.innerText)";

#[tokio::test]
async fn board_has_every_case_of_a_long_list_and_only_those_of_its_filter() -> Result<()> {
    let server = Server::demo().await?;
    let busy = BusyDay::make(&server, CASES).await?;
    let mut desk = Browser::desk().await?;
    sign_in(&desk, &server.url("/desk/"), "reviewer").await?;
    desk.see(&hook("board-row")).await?;
    desk.read_in(&hook("queue-all"), &CASES.to_string()).await?;
    desk.click(&hook("queue-all")).await?;
    let first = busy.cases.first().context("no case")?;
    until_scrolled_to(&desk, &first.to_string()).await?;
    desk.screenshot("board-scrolled").await?;

    // Printed is every case, not only those that were scrolled to.
    desk.reload().await?;
    desk.see(&hook("board-row")).await?;
    desk.click(&hook("queue-all")).await?;
    desk.run::<()>("window.print = () => { window.hasPrinted = true; }", vec![]).await?;
    desk.click(&hook("print")).await?;
    desk.until("window.hasPrinted").await?;
    let lines = json!(format!("{} tbody tr", hook("printed-list")));
    desk.until(&format!("document.querySelectorAll({lines}).length === {CASES}")).await?;
    desk.run::<()>("window.dispatchEvent(new Event('afterprint'))", vec![]).await?;

    // One unit's cases, and back.
    desk.click(&hook("filter-open")).await?;
    desk.see(&hook("filter-unit")).await?;
    desk.screenshot("board-filter").await?;
    desk.assert_accessible("the filter of the board").await?;
    let choose = "const field = document.querySelector(arguments[0]); field.value = 'cgj';
        field.dispatchEvent(new Event('change', { bubbles: true }))";
    desk.run::<()>(choose, vec![json!(hook("filter-unit"))]).await?;
    desk.click(&hook("filter-done")).await?;
    desk.read_in(&hook("filter-part"), "城市管理").await?;
    desk.until(&format!(
        "((rows) => rows.length > 4 && rows.every((row) => row.includes('城市管理')))((() => {{ {HOLDERS} }})())"
    ))
    .await?;
    let count = json!(hook("queue-all"));
    desk.until(&format!("!document.querySelector({count}).innerText.includes('{CASES}')")).await?;
    desk.screenshot("board-filtered").await?;
    desk.click(&hook("filter-part")).await?;
    desk.see_gone(&hook("filter-part")).await?;
    desk.read_in(&hook("queue-all"), &CASES.to_string()).await?;

    // By what was written, by pinyin and by the number: whatever page it is on.
    let rows = format!("document.querySelectorAll({}).length", json!(hook("board-row")));
    for (words, least) in [("行人", 10), ("zdjy", 10), ("zzzzz", 0)] {
        desk.fill(&hook("board-search"), words).await?;
        let (least, most) = if least > 0 { (least, CASES) } else { (0, 0) };
        desk.until(&format!("{rows} >= {least} && {rows} <= {most}")).await?;
        desk.screenshot(&format!("board-search-{words}")).await?;
    }
    let number: String = {
        let client = Client::sign_in(&server.url(""), "reviewer", DEMO_PASSWORD).await?;
        client.case(*first).await?.number
    };
    desk.fill(&hook("board-search"), &number).await?;
    desk.see(&hook_with("board-row", "case", &first.to_string())).await?;
    desk.until(&format!("{rows} === 1")).await?;
    desk.close().await
}

/// All are fixed, but somebody has sent one back since the list was read: nineteen are closed, and
/// that one is named. One undo takes all of it back.
#[tokio::test]
async fn reviewer_closes_twenty_cases_at_once() -> Result<()> {
    let server = Server::demo().await?;
    let busy = BusyDay::make(&server, 90).await?;
    // With the one that was fixed already.
    let fixed = [vec![busy.fixed], busy.fix(&server, 19).await?].concat();
    let mut desk = Browser::desk().await?;
    sign_in(&desk, &server.url("/desk/"), "reviewer").await?;
    desk.click(&hook("queue-to_verify")).await?;
    let rows = format!("document.querySelectorAll({}).length", json!(hook("board-row")));
    desk.read_in(&hook("queue-to_verify"), "20").await?;
    desk.until(&format!("{rows} > 10")).await?;

    // A range with the keys, and all of it.
    desk.press("p").await?;
    desk.read_in(&hook("picked-count"), "1").await?;
    desk.press("JJ").await?;
    desk.read_in(&hook("picked-count"), "3").await?;
    desk.press("\u{e00c}").await?;
    desk.see_gone(&hook("bulk")).await?;
    desk.click(&hook("pick-begin")).await?;
    desk.click(&hook("pick-shown")).await?;
    desk.read_in(&hook("picked-count"), "20").await?;
    desk.screenshot("board-picked").await?;
    desk.assert_accessible("the board with picked cases").await?;

    desk.click(&hook("bulk-verify-close")).await?;
    desk.click(&hook("undo")).await?;
    desk.read_in(&hook("picked-count"), "20").await?;

    desk.click(&hook("bulk-verify-close")).await?;
    let returned = *fixed.last().context("none is fixed")?;
    busy.send_back(&server, returned).await?;
    desk.see(&hook("bulk-account")).await?;
    desk.read_in(&hook("bulk-account"), "19").await?;
    let number = {
        let client = Client::sign_in(&server.url(""), "reviewer", DEMO_PASSWORD).await?;
        client.case(returned).await?.number
    };
    desk.read_in(&hook("not-done"), &number).await?;
    desk.screenshot("board-bulk-account").await?;
    desk.read_in(&hook("queue-to_verify"), "0").await?;
    // The one of the busy day, and these.
    desk.read_in(&hook("queue-closed_today"), "20").await?;
    desk.close().await
}

/// Nothing turns one of them away because the other is being saved at that moment.
#[tokio::test]
async fn acts_that_could_still_be_taken_back_are_all_saved_when_the_page_is_left() -> Result<()> {
    let server = Server::demo().await?;
    let busy = BusyDay::make(&server, 60).await?;
    let fixed = [vec![busy.fixed], busy.fix(&server, 2).await?].concat();
    let mut desk = Browser::desk().await?;
    sign_in(&desk, &server.url("/desk/"), "reviewer").await?;
    desk.click(&hook("queue-to_verify")).await?;
    for case in &fixed {
        desk.click(&hook_with("board-row", "case", &case.to_string())).await?;
        desk.see(&hook_with("case", "case", &case.to_string())).await?;
        desk.click(&hook("verify-close")).await?;
    }
    // What the browser tells a page that is left; this one stays, to be looked at.
    desk.run::<()>("dispatchEvent(new PageTransitionEvent('pagehide'))", vec![]).await?;
    // The one of the busy day, and these.
    desk.read_in(&hook("queue-closed_today"), "4").await?;
    desk.close().await
}

/// An act is on the case as it was seen: not on what became of it until the grace was over.
#[tokio::test]
async fn order_that_could_still_be_taken_back_does_not_replace_one_that_was_not_seen() -> Result<()>
{
    let server = Server::demo().await?;
    let busy = BusyDay::make(&server, 60).await?;
    let mut desk = Browser::desk().await?;
    sign_in(&desk, &server.url("/desk/"), "reviewer").await?;
    desk.click(&hook("queue-tray")).await?;
    desk.click(&hook_with("board-row", "case", &busy.tray.to_string())).await?;
    desk.see(&hook_with("case", "case", &busy.tray.to_string())).await?;
    desk.click(&hook("assign")).await?;
    desk.see(&hook("assign-unit")).await?;
    desk.run::<()>(
        "const field = document.querySelector('[data-test=assign-unit]');
         field.value = 'jtj';
         field.dispatchEvent(new Event('change', { bubbles: true }));",
        vec![],
    )
    .await?;
    desk.fill(&hook("assign-reason"), "进村道路归交通部门养护").await?;
    desk.click(&hook("assign-send")).await?;
    desk.see(&hook("undo")).await?;

    busy.assign_tray(&server, "hws").await?;
    desk.see(&hook_with("case-unit", "code", "hws")).await?;
    desk.run::<()>("dispatchEvent(new PageTransitionEvent('pagehide'))", vec![]).await?;
    desk.see(&hook("act-refusal")).await?;
    desk.see(&hook_with("case-unit", "code", "hws")).await?;
    desk.close().await
}

/// The list grows as it is scrolled, until the row is in the page.
async fn until_scrolled_to(desk: &Browser, case: &str) -> Result<()> {
    let row = json!(hook_with("board-row", "case", case));
    desk.until(&format!(
        "(() => {{ const scroller = document.querySelector('.scroller');
           scroller.scrollTop = scroller.scrollHeight;
           return !!document.querySelector({row}); }})()"
    ))
    .await
    .map(drop)
}

/// Another's report is not kept on an inspector's phone: it is asked for when somebody looks, it is
/// named as a possible duplicate, and what was seen once is there without a network.
#[tokio::test]
async fn phone_shows_another_s_case_that_is_near_also_when_the_network_is_gone() -> Result<()> {
    let mut server = Server::demo().await?;
    let mut other = inspector_at(&server.url("/field/")).await?;
    let case = report(&other, BY_LAW, &[&media::small(1)?]).await?;
    until_store(&other, "settled", PhoneStore::is_settled).await?;
    other.close().await?;

    let mut phone = Browser::phone().await?;
    phone.stand_at(BY_LAW.spot.latitude, BY_LAW.spot.longitude, 8.0).await?;
    sign_in(&phone, &server.url("/field/"), "inspector2").await?;
    phone.until_offline_ready().await?;
    take_photos(&phone, &[&media::small(2)?]).await?;
    phone.see(&hook("nearby")).await?;
    phone.screenshot("capture-nearby").await?;
    let link = json!(format!("{} a", hook("nearby")));
    phone.run::<()>(&format!("document.querySelector({link}).click()"), vec![]).await?;
    let shown = hook_with("case", "case", &case.to_string());
    phone.see(&shown).await?;

    server.stop().await?;
    for address in [format!("/field/case/{case}"), "/field/capture".into()] {
        phone.go(&server.url(&address)).await?;
        let expected = if address.contains("case") { shown.clone() } else { hook("nearby") };
        phone.see(&expected).await?;
    }
    phone.close().await
}
