//! How the database answers the statements: by an index, for each filter, queue and role.

use domain::{
    District, Timestamp,
    access::Role,
    case::{CaseState, Source},
    pack::{DistrictPack, PackFiles},
    summary::search,
};
use rusqlite::Connection;

use super::*;
use crate::{
    init::demo,
    store::{Dialect, sqlite},
};

fn district() -> District {
    let files: PackFiles =
        demo::PACK.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect();
    let pack: DistrictPack = domain::pack::read(&files).unwrap();
    District::new(pack)
}

fn actor(role: Role) -> Actor {
    Actor {
        user: "user".into(),
        name: "user".into(),
        role,
        unit: Some("cgj".into()),
        person: Some("leader".into()),
    }
}

/// Each filter by itself.
fn queries(district: &District) -> Vec<CaseQuery> {
    let at = Timestamp::from_millis(1_800_000_000_000);
    let all = CaseQuery::default;
    let zones = district.pack().zones.iter().map(|zone| zone.code.clone());
    let mut queries: Vec<CaseQuery> = vec![
        all(),
        CaseQuery { state: Some(CaseState::Claimed), ..all() },
        CaseQuery { unit: Some("cgj".into()), ..all() },
        CaseQuery { section: Some("s".into()), ..all() },
        CaseQuery { point: Some("p".into()), ..all() },
        CaseQuery { category: Some("0401".into()), ..all() },
        CaseQuery { person: Some("p".into()), ..all() },
        CaseQuery { patch: Some("p".into()), ..all() },
        CaseQuery { source: Some(Source::Public), ..all() },
        CaseQuery { reporter: Some("inspector".into()), ..all() },
        CaseQuery { from: Some(at), until: Some(at), ..all() },
        CaseQuery { due_from: Some(at), due_until: Some(at), ..all() },
        CaseQuery { bbox: Some("109,32,110,33".parse().unwrap()), ..all() },
    ];
    queries.extend(Queue::ALL.map(|queue| CaseQuery { queue: Some(queue), ..all() }));
    queries.extend(zones.map(|zone| CaseQuery { zone: Some(zone), ..all() }));
    queries
}

fn plan(connection: &Connection, sql: &SqlText) -> Vec<String> {
    let text = format!("EXPLAIN QUERY PLAN {}", sql.text);
    let mut statement = connection.prepare(&text).unwrap();
    let lines = statement.query_map(rusqlite::params_from_iter(&sql.values), |row| row.get(3));
    lines.unwrap().map(Result::unwrap).collect()
}

#[test]
fn no_list_and_no_count_reads_a_table_from_end_to_end() {
    let connection = Connection::open_in_memory().unwrap();
    sqlite::schema::migrate(&connection).unwrap();
    let district = district();
    let moment = Moment::of(district.calendar(), Timestamp::from_millis(1_800_000_000_000));
    for role in Role::ALL {
        let actor = actor(role);
        let asker = Asker { actor: &actor, district: &district, moment };
        for query in queries(&district) {
            let cursor = "1800000000000_01a2287f-a159-73fd-a857-2e62098ec666".parse().ok();
            for branch in Branch::of(&actor).iter().copied() {
                for sort in [Sort::Reported, Sort::Due] {
                    for cursor in [None, cursor] {
                        let query = CaseQuery { sort, cursor, ..query.clone() };
                        let sql = page_sql(asker, branch, &query, 50).unwrap();
                        sql.iter().for_each(|sql| check(&connection, sql));
                    }
                }
                let at = domain::place::GeoPoint::from_degrees(32.5, 109.5).unwrap();
                let bbox = "109,32,110,33".parse().ok();
                let near = CaseQuery { bbox, queue: Some(Queue::Open), ..query.clone() };
                for sql in [count_sql(asker, branch, &query), near_sql(asker, branch, &near, at)] {
                    sql.unwrap().iter().for_each(|sql| check(&connection, sql));
                }
            }
        }
    }
}

#[test]
fn no_search_and_no_count_of_one_reads_a_table_from_end_to_end() {
    let connection = Connection::open_in_memory().unwrap();
    sqlite::schema::migrate(&connection).unwrap();
    let district = district();
    let moment = Moment::of(district.calendar(), Timestamp::from_millis(1_800_000_000_000));
    let cursor = "1800000000000_01a2287f-a159-73fd-a857-2e62098ec666".parse().ok();
    for typed in ["占道", "zdjy 17", "2026-0000", "gate"] {
        let found = search(&SearchText::parse(typed).unwrap().unwrap(), &district);
        for role in Role::ALL {
            let actor = actor(role);
            let asker = Asker { actor: &actor, district: &district, moment };
            let asked = found::Search { asker, dialect: Dialect::Sqlite, found: &found };
            for query in queries(&district) {
                for (sort, cursor) in
                    [(Sort::Reported, None), (Sort::Reported, cursor), (Sort::Due, cursor)]
                {
                    let query = CaseQuery { sort, cursor, ..query.clone() };
                    for sql in [
                        asked.page_sql(&query, 50),
                        asked.moment_sql(&query, moment.now),
                        asked.count_sql(&query),
                    ] {
                        sql.unwrap().iter().for_each(|sql| check_search(&connection, sql));
                    }
                }
            }
        }
    }
}

/// The index of terms answers by the terms (`M`), and a page has its rows in their order.
#[track_caller]
fn check_search(connection: &Connection, sql: &SqlText) {
    let lines = plan(connection, sql);
    let is_sorted = sql.text.contains("ORDER BY c.due_order");
    for line in &lines {
        let is_fitting = line.starts_with("SEARCH ")
            || line.contains("VIRTUAL TABLE INDEX") && line.contains(":M")
            || line.starts_with("CORRELATED SCALAR SUBQUERY")
            || line == "CO-ROUTINE counted"
            || line == "SCAN counted"
            || is_sorted && line.starts_with("USE TEMP B-TREE");
        assert!(is_fitting, "{lines:#?}\n{}", sql.text);
    }
}

#[track_caller]
fn check(connection: &Connection, sql: &SqlText) {
    for line in plan(connection, sql) {
        let is_by_index = line.contains("USING INDEX") || line.contains("USING COVERING INDEX");
        // The rows that a count counts.
        let is_inner = line == "SCAN counted";
        assert!(!line.starts_with("SCAN") || is_by_index || is_inner, "{line}\n{}", sql.text);
    }
}

#[test]
fn no_square_of_the_map_reads_a_table_from_end_to_end_and_open_cases_are_read_from_the_index() {
    let connection = Connection::open_in_memory().unwrap();
    sqlite::schema::migrate(&connection).unwrap();
    let district = district();
    let moment = Moment::of(district.calendar(), Timestamp::from_millis(1_800_000_000_000));
    let found = search(&SearchText::parse("占道").unwrap().unwrap(), &district);
    for (zoom, x, y) in [(0, 0, 0), (14, 13_154, 6_616)] {
        let edges = domain::place::Tile::new(zoom, x, y).unwrap().edges();
        for role in Role::ALL {
            let actor = actor(role);
            let asker = Asker { actor: &actor, district: &district, moment };
            let asked = found::Search { asker, dialect: Dialect::Sqlite, found: &found };
            for query in queries(&district) {
                for query in [query.clone(), query.on_map()] {
                    for branch in Branch::of(&actor).iter().copied() {
                        let sql = tiles::tile_sql(asker, branch, &query, &edges, 100).unwrap();
                        sql.iter().for_each(|sql| check_tile(&connection, sql));
                    }
                    let sql = tiles::found_sql(asked, &query, &edges, 100).unwrap();
                    sql.iter().for_each(|sql| check_tile(&connection, sql));
                }
            }
        }
        let actor = actor(Role::Reviewer);
        let asker = Asker { actor: &actor, district: &district, moment };
        let query = CaseQuery::default().on_map();
        let sql = tiles::tile_sql(asker, Branch::Whole, &query, &edges, 100).unwrap().unwrap();
        let lines = plan(&connection, &sql);
        let index = "SEARCH c USING COVERING INDEX open_cases_on_map";
        assert!(lines.iter().any(|line| line.starts_with(index)), "{lines:#?}");
    }
}

/// Cases by an index; cells, of which there are 256, in any way.
#[track_caller]
fn check_tile(connection: &Connection, sql: &SqlText) {
    for line in plan(connection, sql) {
        let is_fitting = line.starts_with("SEARCH ")
            || line.contains("USING INDEX")
            || line.contains("USING COVERING INDEX")
            || line.contains("VIRTUAL TABLE INDEX") && line.contains(":M")
            || line.starts_with("CORRELATED SCALAR SUBQUERY")
            || ["CO-ROUTINE placed", "SCAN placed", "USE TEMP B-TREE FOR GROUP BY"]
                .contains(&line.as_str());
        assert!(is_fitting, "{line}\n{}", sql.text);
    }
}
