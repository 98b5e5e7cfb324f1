//! Every screen, on a phone and on a desk, light and dark, in three languages: axe
//! finds nothing, and a picture of each lies in the folder of screenshots.

use anyhow::{Context as _, Result, ensure};
use domain::{
    CaseId, District, PhotoHash, Timestamp,
    case::{Command, Outcome, Report, Source},
    duty::{Facts, assign},
    evidence::{PhotoFormat, Shot, ShotOrigin},
    place::{PlaceChoice, Position},
    sync::Verdict,
};
use serde_json::json;
use tests::{
    browser::{Browser, Device},
    client::{Client, DEMO_PASSWORD, new_case, now},
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
    let busy = BusyDay::make(&server).await?;
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
    let busy = BusyDay::make(&server).await?;
    for (browser_says, lang) in LANGUAGES {
        for (user, entry, screens) in
            [("cgj", "field", vec!["tasks", "sync"]), ("reviewer", "desk", vec!["board", "sync"])]
        {
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
            }
            look.verdict()?;
        }
    }
    Ok(())
}

#[tokio::test]
async fn every_screen_of_the_desk() -> Result<()> {
    let server = Server::demo().await?;
    let busy = BusyDay::make(&server).await?;
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

/// The newest ones at first; the others a tap away, and still there for who comes back.
#[tokio::test]
async fn older_records_come_by_a_tap_and_stay() -> Result<()> {
    let server = Server::demo().await?;
    BusyDay::make(&server).await?;
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

/// A district at work: cases in every state, made as other programs make them.
struct BusyDay {
    assigned: CaseId,
    fixed: CaseId,
    closed: CaseId,
    tray: CaseId,
}

impl BusyDay {
    async fn make(server: &Server) -> Result<Self> {
        let base = server.url("");
        let mut inspector = Client::sign_in(&base, "inspector", DEMO_PASSWORD).await?;
        let mut reviewer = Client::sign_in(&base, "reviewer", DEMO_PASSWORD).await?;
        let mut handler = Client::sign_in(&base, "cgj", DEMO_PASSWORD).await?;
        let district = District::new(inspector.pack().await?);
        let photos = (1..=4)
            .map(|seed| Ok(std::fs::read(media::small(seed)?)?))
            .collect::<Result<Vec<_>>>()?;
        for photo in &photos {
            inspector.put_photo(photo.clone()).await?;
            handler.put_photo(photo.clone()).await?;
        }
        let (mut ours, mut tray) = (Vec::new(), None);
        let mut sealed = Vec::new();
        for number in 0..CASES {
            let (case, report) = (new_case(), report(&district, number, &photos)?);
            match unit_of(&district, &report).as_deref() {
                Some("cgj") => ours.push(case),
                None => tray = Some(case),
                Some(_) => {}
            }
            sealed.push(inspector.seal(case, 0, Command::Report(Box::new(report)))?);
        }
        for result in inspector.send(sealed).await?.results {
            ensure!(result.verdict == Verdict::Accepted, "{result:?}");
        }
        ensure!(ours.len() >= 4, "only {} cases for the unit", ours.len());
        let after = shot(&photos[3]);
        let fix = |note: &str| Command::Rectify { photos: vec![after.clone()], note: note.into() };
        let pass = Command::Verify { outcome: Outcome::Pass, photos: vec![], note: String::new() };
        for case in [ours[0], ours[1], ours[2]] {
            act(&mut handler, case, 1, Command::Claim).await?;
        }
        for case in [ours[1], ours[2]] {
            act(&mut handler, case, 2, fix("已清理")).await?;
        }
        act(&mut reviewer, ours[2], 3, pass).await?;
        act(&mut reviewer, ours[2], 4, Command::Close { note: String::new() }).await?;
        let tray = tray.context("nothing for the tray")?;
        Ok(Self { assigned: ours[3], fixed: ours[1], closed: ours[2], tray })
    }
}

async fn act(client: &mut Client, case: CaseId, base: u32, command: Command) -> Result<()> {
    let sealed = client.seal(case, base, command)?;
    let answer = client.send(vec![sealed]).await?;
    ensure!(answer.results[0].verdict == Verdict::Accepted, "{:?}", answer.results[0].verdict);
    Ok(())
}

fn report(district: &District, number: usize, photos: &[Vec<u8>]) -> Result<Report> {
    let pack = district.pack();
    // Every third is a stall, so that one unit has a day's work of its own.
    let category = match number % 3 {
        0 => pack.categories.iter().find(|category| category.code.as_str() == "0402"),
        _ => pack.categories.get(number * 7 % pack.categories.len()),
    };
    let category = category.context("no category")?;
    let point = &pack.points[number % pack.points.len()];
    Ok(Report {
        category: category.code.clone(),
        condition: category.conditions[0].code.clone(),
        position: Some(Position { at: point.at, accuracy_m: 6, read: now() }),
        chosen: PlaceChoice::default(),
        source: Source::ALL[number % Source::ALL.len()],
        note: if number.is_multiple_of(4) {
            "早上开始的，来往行人多".into()
        } else {
            String::new()
        },
        photos: vec![shot(&photos[number % 3])],
        pack: pack.version.clone(),
        told_permitted: None,
    })
}

fn unit_of(district: &District, report: &Report) -> Option<String> {
    let now: Timestamp = now();
    let place = report.place(district, now);
    let (category, condition) = (report.category.clone(), report.condition.clone());
    let facts = Facts { category, condition, place, captured: now, now };
    match assign(district, &facts).destination {
        domain::duty::Destination::Unit(assignment) => Some(assignment.unit.code.to_string()),
        _ => None,
    }
}

fn shot(photo: &[u8]) -> Shot {
    Shot {
        hash: PhotoHash::of(photo),
        length: photo.len() as u64,
        format: PhotoFormat::Jpeg,
        width: 1600,
        height: 1200,
        taken: domain::DeviceTime { claimed: now(), offset_ms: Some(0) },
        origin: ShotOrigin::Camera,
    }
}
