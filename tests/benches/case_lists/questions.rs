//! What is asked of the lists, each with the role that asks it.

use anyhow::{Context as _, Result};
use domain::{
    pack::DistrictPack,
    summary::{CasePage, CaseQuery, Queue},
};
use reqwest::Method;
use tests::client::Client;

use crate::generated::RARE_NOTE;

/// Pages that are turned before the deep page is asked for.
const DEEP: usize = 20;

pub struct Question {
    pub name: String,
    /// Whose account asks.
    pub user: &'static str,
    /// Below `/api/v1/`.
    pub path: String,
}

/// All of them, with cursors and codes of this server's own cases.
pub async fn all(reviewer: &Client, pack: &DistrictPack) -> Result<Vec<Question>> {
    let mut questions = Vec::new();
    let mut ask = |name: &str, user, path: String| {
        questions.push(Question { name: name.into(), user, path });
    };
    for queue in Queue::ALL {
        let query = CaseQuery { queue: Some(queue), ..CaseQuery::default() };
        let name = serde_json::to_value(queue)?.as_str().context("a name")?.to_owned();
        ask(&format!("queue {name}, page 1"), "reviewer", list(&query)?);
        let cursor = turn_pages(reviewer, &query).await?;
        let deep = CaseQuery { cursor, ..query };
        ask(&format!("queue {name}, page {DEEP} or the last"), "reviewer", list(&deep)?);
    }
    let page: CasePage = get(reviewer, "cases?queue=open&limit=1").await?;
    let case = page.cases.first().context("an open case")?;
    let (place, at) = (&case.summary.place, case.summary.place.at.context("a position")?);
    let (lat, lon) = (f64::from(at.lat_e6) / 1e6, f64::from(at.lon_e6) / 1e6);
    let unit = pack.units.first().context("a unit")?.code.clone();
    let category = case.summary.category.clone();
    let reported = case.summary.reported_at.millis();
    let (week, month) = (reported - 7 * 86_400_000, reported - 30 * 86_400_000);
    for (name, filter) in [
        ("unit", Some(format!("unit={unit}"))),
        ("state", Some("state=claimed".into())),
        ("category", Some(format!("category={category}"))),
        ("zone", place.zones.values().next().map(|zone| format!("zone={zone}"))),
        ("section", place.section.as_ref().map(|code| format!("section={code}"))),
        ("patch", place.patch_leaders.first().map(|code| format!("patch={code}"))),
        ("source", Some("source=patrol".into())),
        ("reporter", Some("reporter=inspector".into())),
        ("period", Some(format!("from={month}&until={week}"))),
        ("due", Some(format!("due_from={month}&due_until={week}&sort=due"))),
        (
            "box",
            Some(format!("bbox={},{},{},{}", lon - 0.005, lat - 0.005, lon + 0.005, lat + 0.005)),
        ),
        ("unit and state", Some(format!("unit={unit}&state=claimed"))),
        ("category and period", Some(format!("category={category}&from={month}"))),
    ] {
        if let Some(filter) = filter {
            ask(&format!("filter {name}"), "reviewer", format!("cases?{filter}"));
        }
    }
    // What people type: as it is, and in the address.
    for (name, user, typed) in [
        ("a rare word", "reviewer", RARE_NOTE),
        ("a rare word, by a unit", "cgj", RARE_NOTE),
        ("a common word", "reviewer", "摊主"),
        ("a common word, by an inspector", "inspector", "摊主"),
        ("a common word, by a unit", "cgj", "摊主"),
        ("a common word, by a patch leader", "leader", "摊主"),
        ("an English word", "reviewer", "gate"),
        ("the beginning of a number", "reviewer", case.number.get(..9).context("a number")?),
        ("a year", "reviewer", case.number.get(..4).context("a number")?),
        ("a category by pinyin", "reviewer", "zdjy"),
        ("three words", "reviewer", "摊主 zdjy 恒口"),
        ("words that never meet", "reviewer", "摊主 井盖"),
    ] {
        let q = serde_urlencoded::to_string([("q", typed)])?;
        ask(&format!("search {name}"), user, format!("cases?{q}"));
    }
    for (name, typed) in [("a rare word", RARE_NOTE), ("a common word", "摊主")] {
        let q = serde_urlencoded::to_string([("q", typed)])?;
        ask(&format!("counts of {name}"), "reviewer", format!("cases/counts?{q}"));
        let query = format!("cases?{q}&queue=overdue&sort=due");
        ask(&format!("search {name}, overdue, due first"), "reviewer", query);
    }
    ask("counts", "reviewer", "cases/counts".into());
    ask("counts of an inspector", "inspector", "cases/counts".into());
    ask("counts of a unit", "cgj", "cases/counts".into());
    ask("open cases of an inspector", "inspector", "cases?queue=open".into());
    ask("cases of a unit", "cgj", "cases".into());
    ask("one case", "reviewer", format!("cases/{}", case.summary.id));
    ask("near a spot", "inspector", format!("cases/near?lat={lat}&lon={lon}&metres=100"));
    for zoom in [9, 13, 16] {
        let (x, y) = square(lat, lon, zoom);
        ask(
            &format!("square of the map, zoom {zoom}"),
            "reviewer",
            format!("cases/tiles/{zoom}/{x}/{y}"),
        );
    }
    Ok(questions)
}

/// The square around a position (web Mercator).
fn square(lat: f64, lon: f64, zoom: u8) -> (u32, u32) {
    let across = f64::from(1_u32 << zoom);
    let x = (lon + 180.0) / 360.0 * across;
    let y = (1.0 - lat.to_radians().tan().asinh() / std::f64::consts::PI) / 2.0 * across;
    (x as u32, y as u32)
}

fn list(query: &CaseQuery) -> Result<String> {
    Ok(format!("cases?{}", serde_urlencoded::to_string(query)?))
}

/// The cursor of the deep page, or of the last one.
async fn turn_pages(client: &Client, query: &CaseQuery) -> Result<Option<domain::summary::Cursor>> {
    let mut query = query.clone();
    for _ in 1..DEEP {
        let page: CasePage = get(client, &list(&query)?).await?;
        if page.next.is_none() {
            break;
        }
        query.cursor = page.next;
    }
    Ok(query.cursor)
}

async fn get<T: serde::de::DeserializeOwned>(client: &Client, path: &str) -> Result<T> {
    Ok(client.ask(Method::GET, path).send().await?.error_for_status()?.json().await?)
}
