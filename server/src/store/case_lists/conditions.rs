//! What must hold of a case for it to be in a list: what its asker sees and what the query names.

use domain::{
    Timestamp,
    case::CaseState,
    summary::{CaseQuery, Moment, Queue},
};

use super::{Asker, Branch, DrivingTable};
use crate::store::{
    StoreError,
    sql_text::SqlText,
    summary_columns::{name_of, zone_column},
};

/// `WHERE` with all that must hold; `false` when it cannot.
pub(super) fn push_conditions(
    sql: &mut SqlText,
    table: &DrivingTable,
    asker: Asker<'_>,
    branch: Branch,
    query: &CaseQuery,
) -> Result<bool, StoreError> {
    match table {
        DrivingTable::Cases => sql.push(" WHERE 1 = 1"),
        DrivingTable::Unit(code) | DrivingTable::PatchLeader(code) => {
            sql.push(" WHERE k.code = ").bind(code.as_str())
        }
        DrivingTable::CasesOfUnit(code) => {
            sql.push(" WHERE EXISTS (SELECT 1 FROM case_units k WHERE k.case_id = c.id");
            sql.push(" AND k.code = ").bind(code.as_str()).push(")")
        }
        DrivingTable::CasesOfPatchLeader(code) => {
            sql.push(" WHERE EXISTS (SELECT 1 FROM case_patch_leaders k WHERE k.case_id = c.id");
            sql.push(" AND k.code = ").bind(code.as_str()).push(")")
        }
    };
    // The states of most queues are those of open cases: saying so twice would keep the database
    // from counting them in an index.
    let is_open_queue = query.queue.is_some_and(Queue::is_of_open_cases);
    match branch {
        Branch::Open if is_open_queue => {}
        Branch::EndedOwn if is_open_queue => return Ok(false),
        Branch::Open if query.queue == Some(Queue::ClosedToday) => return Ok(false),
        Branch::Whole => {}
        Branch::Open => {
            sql.push(table.is_open());
        }
        Branch::EndedOwn => {
            sql.push(" AND c.is_open = 0 AND c.reporter = ").bind(asker.actor.user.as_str());
        }
    }
    if let Some(queue) = query.queue {
        push_queue(sql, table, queue, asker.moment);
    }
    if let Some(zone) = &query.zone {
        let Some(zone) = asker.district.zone(zone) else { return Ok(false) };
        sql.push(" AND c.").push(zone_column(zone.level)).push(" = ").bind(zone.code.as_str());
    }
    if let Some(user) = &query.reporter {
        if !asker.actor.role.sees_reporter() {
            return Ok(false);
        }
        sql.push(" AND c.reporter = ").bind(user.as_str());
    }
    push_place(sql, table, query);
    push_holder(sql, query)?;
    push_period(sql, query);
    Ok(true)
}

fn push_queue(sql: &mut SqlText, table: &DrivingTable, queue: Queue, moment: Moment) {
    let state = |sql: &mut SqlText, state: CaseState| {
        if state.is_open() && !matches!(table, DrivingTable::Cases) {
            // Of all that a unit ever had, few are open.
            sql.push(table.is_open());
        }
        sql.push(" AND c.state = ").bind(state.code());
    };
    match queue {
        Queue::Tray => state(sql, CaseState::Unassigned),
        Queue::ToVerify => state(sql, CaseState::Rectified),
        Queue::ToClose => state(sql, CaseState::Verified),
        Queue::Overdue => {
            sql.push(table.is_open()).push(" AND c.due_order < ").bind(moment.now);
        }
        Queue::Near => {
            sql.push(table.is_open()).push(" AND c.due_order >= ").bind(moment.now);
            sql.push(" AND c.near_after < ").bind(moment.now);
        }
        Queue::Open => {
            sql.push(table.is_open());
        }
        Queue::ClosedToday => {
            state(sql, CaseState::Closed);
            sql.push(" AND c.is_open = 0 AND c.ended_at >= ").bind(moment.today);
            sql.push(" AND c.ended_at < ").bind(moment.tomorrow);
        }
        Queue::All => {}
    }
}

fn push_place(sql: &mut SqlText, table: &DrivingTable, query: &CaseQuery) {
    if let Some(leader) = &query.patch
        && !matches!(
            table,
            DrivingTable::PatchLeader(code) | DrivingTable::CasesOfPatchLeader(code)
                if code == leader.as_str()
        )
    {
        sql.push(" AND EXISTS (SELECT 1 FROM case_patch_leaders p WHERE p.case_id = c.id");
        sql.push(" AND p.code = ").bind(leader.as_str()).push(")");
    }
    if let Some(section) = &query.section {
        sql.push(" AND c.section = ").bind(section.as_str());
    }
    if let Some(point) = &query.point {
        sql.push(" AND c.point = ").bind(point.as_str());
    }
    if let Some(bbox) = query.bbox {
        let (low, high) = (bbox.south_west, bbox.north_east);
        sql.push(" AND c.lon_e6 >= ").bind(i64::from(low.lon_e6));
        sql.push(" AND c.lon_e6 <= ").bind(i64::from(high.lon_e6));
        sql.push(" AND c.lat_e6 >= ").bind(i64::from(low.lat_e6));
        sql.push(" AND c.lat_e6 <= ").bind(i64::from(high.lat_e6));
    }
}

fn push_holder(sql: &mut SqlText, query: &CaseQuery) -> Result<(), StoreError> {
    if let Some(state) = query.state {
        sql.push(" AND c.state = ").bind(state.code());
    }
    if let Some(unit) = &query.unit {
        sql.push(" AND c.unit = ").bind(unit.as_str());
    }
    if let Some(person) = &query.person {
        sql.push(" AND c.person = ").bind(person.as_str());
    }
    if let Some(category) = &query.category {
        sql.push(" AND c.category = ").bind(category.as_str());
    }
    if let Some(source) = &query.source {
        sql.push(" AND c.source = ").bind(name_of(source)?);
    }
    Ok(())
}

fn push_period(sql: &mut SqlText, query: &CaseQuery) {
    if let Some(from) = query.from {
        sql.push(" AND c.reported_at >= ").bind(from);
    }
    if let Some(until) = query.until {
        sql.push(" AND c.reported_at < ").bind(until);
    }
    // What has no due time stands at the end of time.
    if query.due_from.is_some() || query.due_until.is_some() {
        let end_of_time = Timestamp::from_millis(i64::MAX);
        sql.push(" AND c.due_order < ").bind(query.due_until.unwrap_or(end_of_time));
    }
    if let Some(from) = query.due_from {
        sql.push(" AND c.due_order >= ").bind(from);
    }
}
