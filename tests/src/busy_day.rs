//! A district at work: cases in every state.

use anyhow::{Context as _, Result, ensure};
use domain::{
    CaseId, DeviceTime, District, PhotoHash, Timestamp,
    case::{Command, OrderTo, Outcome, Report, Source},
    duty::{Destination, Facts, assign},
    evidence::{PhotoFormat, Shot, ShotOrigin},
    place::{PlaceChoice, Position},
    sync::Verdict,
};

use crate::{
    client::{Client, DEMO_PASSWORD, new_case, now},
    media,
    server::Server,
};

/// Reports in one call.
const BATCH: usize = 50;

/// Made as other programs make them.
#[derive(Debug)]
pub struct BusyDay {
    pub assigned: CaseId,
    pub fixed: CaseId,
    pub closed: CaseId,
    pub tray: CaseId,
    /// Further cases of the unit `cgj`, of which it has claimed none.
    pub unclaimed: Vec<CaseId>,
    /// Each case, in the order of the reports.
    pub cases: Vec<CaseId>,
}

impl BusyDay {
    pub async fn make(server: &Server, cases: usize) -> Result<Self> {
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
        for number in 0..cases {
            let (case, report) = (new_case(), report(&district, number, &photos)?);
            match unit_of(&district, &report).as_deref() {
                Some("cgj") => ours.push(case),
                None => tray = Some(case),
                Some(_) => {}
            }
            let command = Command::Report(Box::new(report));
            sealed.push((case, inspector.seal(case, 0, command)?));
        }
        let cases = sealed.iter().map(|(case, _)| *case).collect();
        for batch in sealed.chunks(BATCH) {
            let batch = batch.iter().map(|(_, sealed)| sealed.clone()).collect();
            for result in inspector.send(batch).await?.results {
                ensure!(result.verdict == Verdict::Accepted, "{result:?}");
            }
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
        let unclaimed = ours.split_off(4);
        Ok(Self { assigned: ours[3], fixed: ours[1], closed: ours[2], tray, unclaimed, cases })
    }

    /// The unit claims and fixes so many of its cases.
    pub async fn fix(&self, server: &Server, count: usize) -> Result<Vec<CaseId>> {
        ensure!(self.unclaimed.len() >= count, "only {} are unclaimed", self.unclaimed.len());
        let mut handler = Client::sign_in(&server.url(""), "cgj", DEMO_PASSWORD).await?;
        let after = std::fs::read(media::small(4)?)?;
        let fixed: Vec<CaseId> = self.unclaimed.iter().take(count).copied().collect();
        for case in &fixed {
            act(&mut handler, *case, 1, Command::Claim).await?;
            let fix = Command::Rectify { photos: vec![shot(&after)], note: "已清理".into() };
            act(&mut handler, *case, 2, fix).await?;
        }
        Ok(fixed)
    }

    /// Headquarters orders a unit to take what lies in the tray.
    pub async fn assign_tray(&self, server: &Server, unit: &str) -> Result<()> {
        let mut reviewer = Client::sign_in(&server.url(""), "reviewer", DEMO_PASSWORD).await?;
        let order = OrderTo {
            unit: unit.into(),
            person: None,
            co_units: Vec::new(),
            limit: None,
            reason: "归口办理".into(),
        };
        act(&mut reviewer, self.tray, 1, Command::Assign(order)).await
    }

    /// A reviewer sends a fixed case back.
    pub async fn send_back(&self, server: &Server, case: CaseId) -> Result<()> {
        let mut reviewer = Client::sign_in(&server.url(""), "reviewer", DEMO_PASSWORD).await?;
        let rework =
            Command::Verify {
                outcome: Outcome::Rework, photos: vec![], note: "还有杂物".into()
            };
        act(&mut reviewer, case, 3, rework).await
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
        Destination::Unit(assignment) => Some(assignment.unit.code.to_string()),
        Destination::Headquarters { .. } => None,
    }
}

fn shot(photo: &[u8]) -> Shot {
    Shot {
        hash: PhotoHash::of(photo),
        length: photo.len() as u64,
        format: PhotoFormat::Jpeg,
        width: 1600,
        height: 1200,
        taken: DeviceTime { claimed: now(), offset_ms: Some(0) },
        origin: ShotOrigin::Camera,
    }
}
