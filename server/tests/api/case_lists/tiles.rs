//! Squares of the map through HTTP, against a plain count of the cases that `domain` says are
//! asked for.

use std::collections::BTreeMap;

use domain::{
    District,
    calendar::Lamp,
    place::{GeoPoint, Tile},
    summary::{CaseQuery, CaseSummary, CaseTile, Moment, Queue, TileCell},
};
use fastrand::Rng;
use xunjie::{
    store::case_lists::{self, Asker},
    system::clock,
};

use super::{ACCOUNTS, SEED, expected, stored_cases, world::World};
use crate::support::{Device, TestApp};

/// Of each role.
const TILES: usize = 40;

/// Where a place lies on a map of so many cells a side, by the formula of OpenStreetMap's wiki
/// ("Slippy map tilenames"): column from the west and row from the north.
#[expect(clippy::as_conversions, reason = "a map has 2²⁴ cells a side at most")]
fn place_on_map(at: GeoPoint, cells: f64) -> (u32, u32) {
    let lat = at.lat().to_radians();
    let column = (at.lon() + 180.0) / 360.0 * cells;
    let row = (1.0 - lat.tan().asinh() / std::f64::consts::PI) / 2.0 * cells;
    (column.floor() as u32, row.floor() as u32)
}

/// The place of a lamp beside others; what is the worst is shown.
fn urgency(lamp: Option<Lamp>) -> u8 {
    match lamp {
        Some(Lamp::Ended) => 0,
        None => 1,
        Some(Lamp::OnTime) => 2,
        Some(Lamp::Near) => 3,
        Some(Lamp::Over) => 4,
    }
}

/// The cells of a square, counted one case after the other.
fn counted(cases: &[CaseSummary], (zoom, x, y): (u8, u32, u32), moment: Moment) -> Vec<TileCell> {
    let cells = f64::from(1_u32 << zoom) * 16.0;
    let mut by_cell: BTreeMap<(u32, u32), Vec<&CaseSummary>> = BTreeMap::new();
    for case in cases {
        let Some(at) = case.place.at else { continue };
        let (column, row) = place_on_map(at, cells);
        if (column / 16, row / 16) == (x, y) {
            by_cell.entry((row % 16, column % 16)).or_default().push(case);
        }
    }
    let cell = |((row, column), cases): ((u32, u32), Vec<&CaseSummary>)| {
        let places: Vec<GeoPoint> = cases.iter().filter_map(|case| case.place.at).collect();
        let count = i64::try_from(cases.len()).unwrap();
        let mean = |of: fn(&GeoPoint) -> i32| {
            let sum: i64 = places.iter().map(|at| i64::from(of(at))).sum();
            i32::try_from(sum.div_euclid(count)).unwrap()
        };
        let lamps = cases.iter().map(|case| case.lamp(moment.now));
        TileCell {
            column: u8::try_from(column).unwrap(),
            row: u8::try_from(row).unwrap(),
            cases: u32::try_from(count).unwrap(),
            at: GeoPoint { lon_e6: mean(|at| at.lon_e6), lat_e6: mean(|at| at.lat_e6) },
            lamp: lamps.max_by_key(|lamp| urgency(*lamp)).flatten(),
            case: (count == 1).then(|| cases[0].id),
        }
    };
    by_cell.into_iter().map(cell).collect()
}

async fn tile(device: &Device, (zoom, x, y): (u8, u32, u32), query: &CaseQuery) -> CaseTile {
    let text = serde_urlencoded::to_string(query).unwrap();
    device.get(&format!("/api/v1/cases/tiles/{zoom}/{x}/{y}?{text}"), 200).await.json()
}

fn square_with(at: GeoPoint, zoom: u8) -> (u8, u32, u32) {
    let (x, y) = place_on_map(at, f64::from(1_u32 << zoom));
    (zoom, x, y)
}

#[tokio::test]
async fn every_role_is_shown_the_cells_of_just_the_cases_that_a_list_would_have() {
    let app = TestApp::start().await;
    let district: std::sync::Arc<District> =
        std::sync::Arc::clone(&app.app.decision_context.district);
    let mut world =
        World { district: &district, random: Rng::with_seed(SEED + 1), now: clock::now() };
    let made = stored_cases(&app, &mut world).await;
    let places: Vec<GeoPoint> = made.iter().filter_map(|(_, it, _)| it.place.at).collect();
    let (mut sizes, mut lamps) = (BTreeMap::new(), BTreeMap::new());
    for user in ACCOUNTS {
        let device = app.device(user).await;
        let actor = device.profile.clone().unwrap().actor;
        for _ in 0..TILES {
            let query = match world.random.u8(..4) {
                0 => CaseQuery::default(),
                1 => CaseQuery { queue: world.random.choice(Queue::ALL), ..CaseQuery::default() },
                2 => {
                    let state = world.random.choice(&made).map(|(case, ..)| case.state);
                    CaseQuery { state, ..CaseQuery::default() }
                }
                _ => world.query(&made),
            };
            let at = places[world.random.usize(..places.len())];
            let square = square_with(at, world.random.u8(0..=20));
            let moment = Moment::of(district.calendar(), clock::now());
            // Where neither a queue nor a state is named, a map asks for what is open.
            let is_open_meant = query.queue.is_none() && query.state.is_none();
            let queue = if is_open_meant { Some(Queue::Open) } else { query.queue };
            let asked = CaseQuery { queue, ..query.clone() };
            let listed = expected(&made, &actor, &district, &asked, moment);
            let right = CaseTile { cells: counted(&listed, square, moment), more: false };
            assert_eq!(tile(&device, square, &query).await, right, "{user}: {square:?} {query:?}");
            *sizes.entry(right.cells.len().min(2)).or_insert(0) += 1;
            for cell in &right.cells {
                *lamps.entry((urgency(cell.lamp), cell.cases.min(2))).or_insert(0) += 1;
            }
        }
    }
    assert!(sizes[&0] > 10 && sizes[&1] > 20 && sizes[&2] > 20, "squares with cases: {sizes:?}");
    for lamp in [Some(Lamp::Ended), None, Some(Lamp::OnTime), Some(Lamp::Over)].map(urgency) {
        assert!(lamps.keys().any(|(shown, _)| *shown == lamp), "{lamp}: {lamps:?}");
    }
    assert!([1, 2].iter().all(|cases| lamps.keys().any(|(_, met)| met == cases)), "{lamps:?}");
}

#[tokio::test]
async fn squares_beside_each_other_have_each_case_once() {
    let app = TestApp::start().await;
    let district = std::sync::Arc::clone(&app.app.decision_context.district);
    let mut world = World { district: &district, random: Rng::with_seed(SEED), now: clock::now() };
    let made = stored_cases(&app, &mut world).await;
    let reviewer = app.device("reviewer").await;
    let query = CaseQuery { queue: Some(Queue::All), ..CaseQuery::default() };
    let placed = made.iter().filter(|(_, summary, _)| summary.place.at.is_some()).count();
    for zoom in [0, 1, 2] {
        let mut cases = 0;
        for x in 0..1 << zoom {
            for y in 0..1 << zoom {
                let cells = tile(&reviewer, (zoom, x, y), &query).await.cells;
                cases += cells.iter().map(|cell| cell.cases).sum::<u32>();
            }
        }
        assert_eq!(usize::try_from(cases).unwrap(), placed, "zoom {zoom}");
    }
}

#[tokio::test]
async fn a_square_with_more_cases_than_are_counted_says_so_and_tells_no_cell() {
    let app = TestApp::start().await;
    let district = std::sync::Arc::clone(&app.app.decision_context.district);
    let mut world = World { district: &district, random: Rng::with_seed(SEED), now: clock::now() };
    let made = stored_cases(&app, &mut world).await;
    let moment = Moment::of(district.calendar(), clock::now());
    for user in ACCOUNTS {
        let actor = app.device(user).await.profile.unwrap().actor;
        let query = CaseQuery { queue: Some(Queue::All), ..CaseQuery::default() };
        let listed = expected(&made, &actor, &district, &query, moment);
        let cells = counted(&listed, (0, 0, 0), moment);
        let all: u32 = cells.iter().map(|cell| cell.cases).sum();
        for (limit, right) in [
            (all, CaseTile { cells: cells.clone(), more: false }),
            (all - 1, CaseTile { cells: Vec::new(), more: true }),
            (1, CaseTile { cells: Vec::new(), more: true }),
        ] {
            let (actor, query) = (actor.clone(), query.clone());
            let district = std::sync::Arc::clone(&district);
            let whole = Tile::new(0, 0, 0).unwrap();
            let told = app.app.store.read(move |transaction| {
                let asker = Asker { actor: &actor, district: &district, moment };
                case_lists::tile(transaction, asker, &query, None, whole, limit)
            });
            assert_eq!(told.await.unwrap(), right, "{user}: {limit} of {all}");
        }
    }
}

#[tokio::test]
async fn what_is_no_square_of_the_map_or_no_filter_is_refused() {
    let app = TestApp::start().await;
    let device = app.device("reviewer").await;
    for path in [
        "0/1/0",
        "0/0/1",
        "21/0/0",
        "3/8/0",
        "3/0/-1",
        "x/0/0",
        "1/0.5/0",
        "256/0/0",
        "4/4294967296/0",
        "0/0/0?colour=red",
        "0/0/0?queue=late",
    ] {
        let answer = device.get(&format!("/api/v1/cases/tiles/{path}"), 400).await;
        assert_eq!(answer.problem(), "malformed", "{path}");
    }
    let words = ["x"; 9].join("+");
    let answer = device.get(&format!("/api/v1/cases/tiles/0/0/0?q={words}"), 422).await;
    assert_eq!(answer.problem(), "search_too_long");
    device.get("/api/v1/cases/tiles/20/1048575/1048575", 200).await;
}
