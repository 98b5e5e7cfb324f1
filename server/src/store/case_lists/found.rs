//! Lists and counts of what a search finds. The index of terms drives them, latest reports
//! first: what is searched, who sees it and most of what else is asked for are terms, so that a
//! page is read without looking at cases that are not on it. What a page shows is asked of the
//! rows as well.
//!
//! Never: a case that `domain::summary::sees` hides; the same test holds these statements
//! against it as those of other lists.

use domain::{
    Timestamp,
    access::Sight,
    summary::{
        CasePage, CaseQuery, CaseRow, Cursor, Queue, QueueCount, QueueCounts, SearchText, Sort,
        TermFilter, search,
    },
};

use super::{Asker, Branch, DrivingTable, SELECT_ROWS, page_of, push_conditions, rows};
use crate::store::{
    StoreError, case_terms, reported_order,
    sql_text::SqlText,
    transaction::{Dialect, Transaction},
};

/// A search as one person asks it, of one database.
#[derive(Clone, Copy)]
pub(super) struct Search<'a> {
    pub(super) asker: Asker<'a>,
    pub(super) dialect: Dialect,
    /// What is typed means these terms.
    pub(super) found: &'a TermFilter,
}

pub(super) fn page(
    transaction: &mut dyn Transaction,
    asker: Asker<'_>,
    query: &CaseQuery,
    text: &SearchText,
    limit: u32,
) -> Result<CasePage, StoreError> {
    let found = search(text, asker.district);
    let asked = Search { asker, dialect: transaction.dialect(), found: &found };
    let Some(sql) = asked.page_sql(query, limit)? else { return Ok(CasePage::default()) };
    let mut cases = rows(transaction, asker, &sql)?;
    if let Some(at) = cut_moment(&cases, query.sort, limit)
        && let Some(sql) = asked.moment_sql(query, at)?
    {
        cases.retain(|row| row.summary.reported_at != at);
        cases.extend(rows(transaction, asker, &sql)?);
    }
    Ok(page_of(cases, query.sort, limit))
}

pub(super) fn counts(
    transaction: &mut dyn Transaction,
    asker: Asker<'_>,
    query: &CaseQuery,
    text: &SearchText,
) -> Result<QueueCounts, StoreError> {
    let found = search(text, asker.district);
    let asked = Search { asker, dialect: transaction.dialect(), found: &found };
    let mut queues = Vec::new();
    for queue in Queue::ALL {
        let query = CaseQuery { queue: Some(queue), ..query.clone() };
        let cases = match asked.count_sql(&query)? {
            Some(sql) => {
                let rows = transaction.query(&sql.text, &sql.values)?;
                rows.first().map_or(Ok(0), |row| row.get(0))?
            }
            None => 0,
        };
        queues.push(QueueCount { queue, cases });
    }
    Ok(QueueCounts { queues })
}

/// The moment of the last case of a page, when the next page has cases of it, too: which of them
/// come first is not told by their places.
fn cut_moment(cases: &[CaseRow], sort: Sort, limit: u32) -> Option<Timestamp> {
    let limit = usize::try_from(limit).ok()?;
    let (last, next) = (cases.get(limit.checked_sub(1)?)?, cases.get(limit)?);
    let at = last.summary.reported_at;
    (sort == Sort::Reported && next.summary.reported_at == at).then_some(at)
}

impl Search<'_> {
    /// One row more than the page has. `None`: this person sees no such case.
    pub(super) fn page_sql(
        self,
        query: &CaseQuery,
        limit: u32,
    ) -> Result<Option<SqlText>, StoreError> {
        let Some(mut sql) = self.select(SELECT_ROWS.into(), query)? else { return Ok(None) };
        match query.sort {
            Sort::Reported => {
                self.push_before(&mut sql, query.cursor);
                sql.push(" ORDER BY ").push(case_terms::order_column(self.dialect)).push(" DESC");
            }
            Sort::Due => {
                if let Some(cursor) = query.cursor {
                    sql.push(" AND (c.due_order, c.id) > (").bind(cursor.key).push(", ");
                    sql.bind(cursor.id.to_string()).push(")");
                }
                sql.push(" ORDER BY c.due_order, c.id");
            }
        }
        sql.push(" LIMIT ").bind(limit.saturating_add(1));
        Ok(Some(sql))
    }

    /// All cases of the page and after it that were reported at this very moment.
    pub(super) fn moment_sql(
        self,
        query: &CaseQuery,
        at: Timestamp,
    ) -> Result<Option<SqlText>, StoreError> {
        let Some(mut sql) = self.select(SELECT_ROWS.into(), query)? else { return Ok(None) };
        self.push_before(&mut sql, query.cursor);
        self.push_order(&mut sql, " >= ", reported_order::first(at));
        self.push_order(&mut sql, " <= ", reported_order::last(at));
        Ok(Some(sql))
    }

    /// `None`: this person sees no such case.
    pub(super) fn count_sql(self, query: &CaseQuery) -> Result<Option<SqlText>, StoreError> {
        const COUNT: &str = "SELECT COUNT(*) FROM (SELECT 1 FROM ";
        let Some((filter, is_told_by_terms)) = self.filter(query) else { return Ok(None) };
        let mut sql = if is_told_by_terms {
            let mut sql = SqlText::default();
            sql.push(COUNT).push("case_terms t WHERE ");
            case_terms::push_match(&mut sql, self.dialect, &filter);
            self.push_period(&mut sql, query);
            sql
        } else {
            let Some(sql) = self.select(COUNT.into(), query)? else { return Ok(None) };
            sql
        };
        sql.push(" LIMIT ").bind(QueueCount::MAX).push(") counted");
        Ok(Some(sql))
    }

    /// A statement of these columns up to its last condition. The index comes first: `CROSS JOIN`
    /// is how SQLite is told so, and to PostgreSQL the same as any other.
    pub(super) fn select(
        self,
        mut sql: SqlText,
        query: &CaseQuery,
    ) -> Result<Option<SqlText>, StoreError> {
        let Some((filter, _)) = self.filter(query) else { return Ok(None) };
        sql.push("case_terms t CROSS JOIN cases c");
        if !push_conditions(&mut sql, &DrivingTable::Cases, self.asker, Branch::Whole, query)? {
            return Ok(None);
        }
        self.push_sight(&mut sql);
        sql.push(" AND c.reported_order = ").push(case_terms::order_column(self.dialect));
        sql.push(" AND ");
        case_terms::push_match(&mut sql, self.dialect, &filter);
        self.push_period(&mut sql, query);
        Ok(Some(sql))
    }

    /// All terms that are asked for, and whether they say all of it but the period. `None`: this
    /// person sees no such case.
    fn filter(self, query: &CaseQuery) -> Option<(TermFilter, bool)> {
        let mut filter = self.found.clone();
        let actor = self.asker.actor;
        if !filter.add_sight(actor) || (query.reporter.is_some() && !actor.role.sees_reporter()) {
            return None;
        }
        let is_told_by_terms = filter.add_query(query, self.asker.moment);
        Some((filter, is_told_by_terms))
    }

    /// Who sees it, asked of the rows that the index found.
    fn push_sight(self, sql: &mut SqlText) {
        let actor = self.asker.actor;
        match actor.role.sight() {
            Sight::Everything => {}
            Sight::OpenAndOwn => {
                sql.push(" AND (c.is_open = 1 OR c.reporter = ").bind(actor.user.as_str());
                sql.push(")");
            }
            Sight::Unit => {
                sql.push(" AND EXISTS (SELECT 1 FROM case_units k WHERE k.case_id = c.id");
                sql.push(" AND k.code = ").bind(actor.unit.as_ref().map(|unit| unit.as_str()));
                sql.push(")");
            }
            Sight::Patch => {
                sql.push(" AND EXISTS (SELECT 1 FROM case_patch_leaders k WHERE k.case_id = c.id");
                sql.push(" AND k.code = ").bind(actor.person.as_ref().map(|code| code.as_str()));
                sql.push(")");
            }
        }
    }

    /// The period of reports as a range of places, which the index reads alone.
    fn push_period(self, sql: &mut SqlText, query: &CaseQuery) {
        if let Some(from) = query.from {
            self.push_order(sql, " >= ", reported_order::first(from));
        }
        if let Some(until) = query.until {
            self.push_order(sql, " < ", reported_order::first(until));
        }
    }

    fn push_before(self, sql: &mut SqlText, cursor: Option<Cursor>) {
        let Some(cursor) = cursor else { return };
        self.push_order(sql, " <= ", reported_order::last(cursor.key));
        sql.push(" AND (c.reported_at, c.id) < (").bind(cursor.key).push(", ");
        sql.bind(cursor.id.to_string()).push(")");
    }

    fn push_order(self, sql: &mut SqlText, comparison: &'static str, order: i64) {
        sql.push(" AND ").push(case_terms::order_column(self.dialect)).push(comparison).bind(order);
    }
}
