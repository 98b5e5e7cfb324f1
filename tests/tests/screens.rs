//! Every screen, on a phone and on a desk, light and dark, in three languages: axe
//! finds nothing, and a picture of each lies in the folder of screenshots.

use anyhow::{Result, ensure};
use serde_json::json;
use tests::{
    browser::{Browser, Device},
    busy_day::BusyDay,
    journey::{
        BY_LAW, choose_type, give_credentials, hook, hook_with, inspector_at, open, sign_in,
        take_photos,
    },
    media,
    server::Server,
};

/// Enough for every queue and for a list that scrolls.
const CASES: usize = 60;

/// What a browser asks for, and the app's own name of the language.
const LANGUAGES: [(&str, &str); 3] = [("zh-CN", "zh-Hans"), ("zh-TW", "zh-Hant"), ("en-US", "en")];

#[tokio::test]
async fn every_screen_of_an_inspector_s_phone() -> Result<()> {
    let server = Server::demo().await?;
    let busy = BusyDay::make(&server, CASES).await?;
    for (browser_says, lang) in LANGUAGES {
        let phone = Browser::start(Device::Phone, browser_says).await?;
        phone.stand_at(BY_LAW.spot.latitude, BY_LAW.spot.longitude, 8.0).await?;
        let mut look = Look::at(&phone, format!("phone-{lang}"));
        phone.go(&server.url("/field/")).await?;
        phone.see(&hook("sign-in-submit")).await?;
        look.look("sign-in").await?;
        sign_in(&phone, &server.url("/field/"), "inspector").await?;
        phone.see(&hook_with("sync-state", "state", "done")).await?;
        phone.see(&hook_with("place-strip", "state", "known")).await?;
        look.look("capture").await?;
        take_photos(&phone, &[&media::street(1)?]).await?;
        choose_type(&phone, BY_LAW.category).await?;
        phone.see(&hook("preview")).await?;
        look.look("report").await?;
        for screen in ["records", "tasks", "sync", "settings"] {
            phone.go(&server.url(&format!("/field/{screen}"))).await?;
            phone.see(&hook_with("screen", "screen", screen)).await?;
            phone.see(&hook_with("sync-state", "state", "done")).await?;
            look.look(screen).await?;
        }
        phone.go(&server.url(&format!("/field/case/{}", busy.closed))).await?;
        phone.see(&hook("case")).await?;
        look.look("case").await?;
        look.verdict()?;
    }
    Ok(())
}

#[tokio::test]
async fn every_screen_of_a_handler_s_and_a_reviewer_s_phone() -> Result<()> {
    let server = Server::demo().await?;
    let busy = BusyDay::make(&server, CASES).await?;
    for (browser_says, lang) in LANGUAGES {
        for (user, entry, screens) in [
            ("cgj", "field", vec!["tasks", "sync"]),
            ("reviewer", "desk", vec!["board", "sync"]),
            ("admin", "desk", vec!["jobs"]),
        ] {
            let phone = Browser::start(Device::Phone, browser_says).await?;
            let mut look = Look::at(&phone, format!("phone-{lang}-{user}"));
            sign_in(&phone, &server.url(&format!("/{entry}/")), user).await?;
            for screen in screens {
                phone.go(&server.url(&format!("/{entry}/{screen}"))).await?;
                phone.see(&hook_with("screen", "screen", screen)).await?;
                phone.see(&hook_with("sync-state", "state", "done")).await?;
                look.look(screen).await?;
            }
            for (name, case) in [("case-assigned", busy.assigned), ("case-fixed", busy.fixed)] {
                phone.go(&server.url(&format!("/{entry}/case/{case}"))).await?;
                phone.see(&hook("case")).await?;
                look.look(name).await?;
            }
            if user == "reviewer" {
                let lines: usize = phone.run(LINES, vec![json!(hook("verify-rework"))]).await?;
                ensure!(lines == 1, "{lang}: the label of a button has {lines} lines");
                phone.go(&server.url("/desk/devices")).await?;
                phone.see(&hook("device")).await?;
                look.look("devices").await?;
                act_on_many_and_keep_a_view(&mut look, &server).await?;
            }
            look.verdict()?;
        }
    }
    Ok(())
}

#[tokio::test]
async fn every_screen_of_the_desk() -> Result<()> {
    let server = Server::demo().await?;
    let busy = BusyDay::make(&server, CASES).await?;
    for (browser_says, lang) in LANGUAGES {
        let desk = Browser::start(Device::Desktop, browser_says).await?;
        let mut look = Look::at(&desk, format!("desk-{lang}"));
        desk.go(&server.url("/desk/")).await?;
        desk.see(&hook("sign-in-submit")).await?;
        look.look("sign-in").await?;
        sign_in(&desk, &server.url("/desk/"), "reviewer").await?;
        desk.see(&hook("board-row")).await?;
        desk.see(&hook_with("sync-state", "state", "done")).await?;
        look.look("board").await?;
        desk.click(&hook("queue-to_verify")).await?;
        desk.click(&hook_with("board-row", "case", &busy.fixed.to_string())).await?;
        desk.see(&hook("compare")).await?;
        look.look("board-compare").await?;
        desk.click(&hook("queue-tray")).await?;
        desk.click(&hook_with("board-row", "case", &busy.tray.to_string())).await?;
        desk.see(&hook_with("case", "case", &busy.tray.to_string())).await?;
        look.look("board-tray").await?;
        desk.go(&server.url("/desk/devices")).await?;
        desk.see(&hook("device")).await?;
        look.look("devices").await?;
        act_on_many_and_keep_a_view(&mut look, &server).await?;
        for (entry, screen) in [
            ("field", "capture"),
            ("field", "records"),
            ("field", "tasks"),
            ("desk", "sync"),
            ("desk", "settings"),
        ] {
            desk.go(&server.url(&format!("/{entry}/{screen}"))).await?;
            desk.see(&hook_with("screen", "screen", screen)).await?;
            look.look(screen).await?;
        }
        desk.go(&server.url(&format!("/desk/case/{}", busy.closed))).await?;
        desk.see(&hook("case")).await?;
        look.look("case").await?;
        look.verdict()?;
    }
    Ok(())
}

/// The board while cases are picked, its filter, and the views that a person keeps.
async fn act_on_many_and_keep_a_view(look: &mut Look<'_>, server: &Server) -> Result<()> {
    let page = look.browser;
    page.go(&server.url("/desk/board")).await?;
    page.click(&hook("queue-open")).await?;
    page.see(&hook("board-row")).await?;
    page.click(&hook("pick-begin")).await?;
    page.click(&hook("pick-shown")).await?;
    page.see(&hook("bulk-assign")).await?;
    look.look("board-picked").await?;
    page.click(&hook("bulk-assign")).await?;
    page.see(&hook("assign-send")).await?;
    look.look("board-assign-many").await?;
    page.press("\u{e00c}").await?;
    page.see_gone(&hook("assign-send")).await?;
    page.click(&hook("pick-leave")).await?;
    page.click(&hook("filter-open")).await?;
    page.see(&hook("view-keep")).await?;
    look.look("board-filter").await?;
    page.click(&hook("view-keep")).await?;
    page.see(&hook("view")).await?;
    look.look("board-views").await?;
    page.click(&hook("views-edit")).await?;
    page.see(&hook("edited-view")).await?;
    look.look("board-views-edit").await?;
    page.click(&hook("view-remove")).await?;
    page.see_gone(&hook("view")).await
}

/// The newest ones at first; the others a tap away, and still there for who comes back.
#[tokio::test]
async fn older_records_come_by_a_tap_and_stay() -> Result<()> {
    let server = Server::demo().await?;
    BusyDay::make(&server, CASES).await?;
    let mut phone = inspector_at(&server.url("/field/")).await?;
    let rows = format!("document.querySelectorAll('{}')", hook("record-row"));
    phone.go(&server.url("/field/records")).await?;
    phone.until(&format!("{rows}.length === 50")).await?;
    phone.read_in(&hook("more-records"), "更早的还有 10 条").await?;
    let more = json!(hook("more-records"));
    let show = "document.querySelector(arguments[0]).scrollIntoView({ block: 'center' })";
    phone.run::<()>(show, vec![more]).await?;
    phone.screenshot("records-more").await?;
    phone.click(&hook("more-records")).await?;
    phone.until(&format!("{rows}.length === {CASES}")).await?;
    phone.see_gone(&hook("more-records")).await?;
    // The button had the focus.
    phone.until(&format!("{rows}[50].querySelector('a') === document.activeElement")).await?;

    phone.run::<()>(&format!("[...{rows}].at(-1).querySelector('a').click()"), vec![]).await?;
    phone.see(&hook("case")).await?;
    phone.run::<()>("history.back()", vec![]).await?;
    phone.until(&format!("{rows}.length === {CASES} && scrollY > 0")).await?;

    // Who signs in next begins anew.
    open(&phone, "settings").await?;
    phone.click(&hook("sign-out")).await?;
    give_credentials(&phone, "inspector").await?;
    open(&phone, "records").await?;
    phone.until(&format!("{rows}.length === 50")).await?;
    phone.close().await
}

/// By how much the page is wider than what it is laid out for: `innerWidth` grows with it.
const TOO_WIDE: &str =
    "return document.documentElement.scrollWidth - document.documentElement.clientWidth";

/// How many lines the text of an element has.
const LINES: &str = "
const range = document.createRange();
const nodes = [...document.querySelector(arguments[0]).childNodes];
range.selectNodeContents(nodes.findLast((node) => node.nodeType === Node.TEXT_NODE));
return range.getClientRects().length;
";

/// Takes the pictures and collects what axe says, so that one run names everything.
struct Look<'a> {
    browser: &'a Browser,
    prefix: String,
    found: Vec<String>,
}

impl<'a> Look<'a> {
    fn at(browser: &'a Browser, prefix: String) -> Self {
        Self { browser, prefix, found: Vec::new() }
    }

    async fn look(&mut self, screen: &str) -> Result<()> {
        for scheme in ["light", "dark"] {
            self.browser.colours(scheme).await?;
            self.still().await?;
            let name = format!("{}-{screen}-{scheme}", self.prefix);
            self.browser.screenshot(&name).await?;
            if let Err(error) = self.browser.assert_accessible(&name).await {
                self.found.push(error.to_string());
            }
        }
        let too_wide: i32 = self.browser.run(TOO_WIDE, vec![]).await?;
        if too_wide > 0 {
            self.found.push(format!("{}-{screen} is {too_wide} px too wide", self.prefix));
        }
        self.browser.colours("light").await
    }

    /// Until fonts and pictures are there and nothing moves: half a fade has no colour.
    /// A fade to other colours begins in the next frame.
    async fn still(&self) -> Result<()> {
        self.browser
            .run_async::<()>(
                "await document.fonts.ready;
                 await Promise.all([...document.images].map((image) => image.decode().catch(() => null)));
                 await new Promise((ok) => requestAnimationFrame(() => requestAnimationFrame(ok)));
                 const ends = document.getAnimations()
                   .filter((it) => it.effect?.getComputedTiming().endTime !== Infinity)
                   .map((it) => it.finished.catch(() => null));
                 await Promise.all(ends);",
                vec![],
            )
            .await
    }

    fn verdict(self) -> Result<()> {
        ensure!(self.found.is_empty(), "{}", self.found.join("\n"));
        Ok(())
    }
}
