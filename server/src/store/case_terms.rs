//! The index of terms by which searches find cases: FTS5 in SQLite, a `tsvector` under GIN in
//! PostgreSQL. What the two say differently of it stands here and nowhere else.
//!
//! Never: cuts text into terms, which `domain::summary` does for both; a term that holds
//! anything but letters and digits, so that nothing that somebody types is syntax here.

use domain::{
    CaseId,
    summary::{AnyOf, CaseTerms, Term, TermFilter},
};

use super::{
    StoreError,
    sql_text::SqlText,
    transaction::{Dialect, Transaction, values},
};

/// Every term of every case, for checking: the place of the case and the term.
pub const SELECT_ALL: &str = "SELECT doc, term FROM case_term_instances";

/// Brings the index to the terms of a case, in SQLite with the next [`settle`].
fn replace(
    transaction: &mut dyn Transaction,
    reported_order: i64,
    terms: &CaseTerms,
) -> Result<(), StoreError> {
    let terms: Vec<&str> = terms.iter().map(Term::as_str).collect();
    let sql = match transaction.dialect() {
        Dialect::Sqlite => {
            "INSERT OR REPLACE INTO waiting_case_terms (reported_order, terms) VALUES ($1, $2)"
        }
        Dialect::Postgres => {
            "INSERT INTO case_terms (reported_order, terms)
             VALUES ($1, array_to_tsvector(string_to_array($2, ' ')))
             ON CONFLICT (reported_order) DO UPDATE SET terms = excluded.terms"
        }
    };
    transaction.execute(sql, values![reported_order, terms.join(" ")])?;
    Ok(())
}

/// Brings to the index what was written since the transaction began; to be called before each
/// commit. FTS5 writes a piece of its index at each savepoint, and each task has one: ten times
/// the work of one piece for all of them.
///
/// # Errors
/// Those of the database.
pub(super) fn settle(transaction: &mut dyn Transaction) -> Result<(), StoreError> {
    if transaction.dialect() == Dialect::Sqlite {
        transaction.execute(
            "INSERT OR REPLACE INTO case_terms (rowid, terms)
             SELECT reported_order, terms FROM waiting_case_terms",
            &[],
        )?;
        transaction.execute("DELETE FROM waiting_case_terms", &[])?;
    }
    Ok(())
}

/// Empties the index, before all of it is made anew.
///
/// # Errors
/// Those of the database.
pub fn clear(transaction: &mut dyn Transaction) -> Result<(), StoreError> {
    let sql = match transaction.dialect() {
        Dialect::Sqlite => "INSERT INTO case_terms (case_terms) VALUES ('delete-all')",
        Dialect::Postgres => "DELETE FROM case_terms",
    };
    transaction.execute(sql, &[])?;
    Ok(())
}

/// Writes the terms of a case, whatever the index says of it now.
///
/// # Errors
/// Those of the database, and when there is no such case.
pub fn write(
    transaction: &mut dyn Transaction,
    id: CaseId,
    terms: impl FnOnce(&str) -> CaseTerms,
) -> Result<(), StoreError> {
    let rows = transaction
        .query("SELECT number, reported_order FROM cases WHERE id = $1", values![id.to_string()])?;
    let row = rows.first().ok_or(StoreError::Missing("row of a case"))?;
    let number: String = row.get(0)?;
    replace(transaction, row.get(1)?, &terms(&number))
}

/// The place of a case in the index, which is named `t`.
pub(super) const fn order_column(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => "t.rowid",
        Dialect::Postgres => "t.reported_order",
    }
}

/// The condition that the case has the terms.
pub(super) fn push_match(sql: &mut SqlText, dialect: Dialect, filter: &TermFilter) {
    let (and, or) = match dialect {
        Dialect::Sqlite => (" AND ", " OR "),
        Dialect::Postgres => (" & ", " | "),
    };
    let all = |terms: &Vec<Term>| {
        let quoted: Vec<String> = terms.iter().map(|term| quoted(dialect, term)).collect();
        format!("({})", quoted.join(and))
    };
    let any = |any: &AnyOf| {
        let alternatives: Vec<String> = any.alternatives().iter().map(all).collect();
        format!("({})", alternatives.join(or))
    };
    let expression = filter.conditions().iter().map(any).collect::<Vec<_>>().join(and);
    match dialect {
        Dialect::Sqlite => sql.push("t.case_terms MATCH ").bind(expression),
        // A placeholder that is a tsquery itself would not take text.
        Dialect::Postgres => {
            sql.push("t.terms @@ CAST(CAST(").bind(expression).push(" AS TEXT) AS tsquery)")
        }
    };
}

fn quoted(dialect: Dialect, term: &Term) -> String {
    match dialect {
        Dialect::Sqlite => format!("\"{}\"", term.as_str()),
        Dialect::Postgres => format!("'{}'", term.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use domain::{
        District,
        pack::PackFiles,
        summary::{SearchText, search},
    };

    use super::*;
    use crate::init::demo;

    #[test]
    fn what_is_typed_reaches_a_database_as_quoted_terms_of_letters_and_digits() {
        let files: PackFiles =
            demo::PACK.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect();
        let district = District::new(domain::pack::read(&files).unwrap());
        let found = |typed: &str, dialect| {
            let text = SearchText::parse(typed).unwrap().unwrap();
            let mut sql = SqlText::default();
            push_match(&mut sql, dialect, &search(&text, &district));
            (sql.text, sql.values)
        };
        for (typed, sqlite, postgres) in [
            ("鑫淼焱", r#"(("t淼焱" AND "t鑫淼"))"#, "(('t淼焱' & 't鑫淼'))"),
            (
                "99917\" 'wwqx*",
                r#"(("t99917") OR ("n99917") OR ("r99917")) AND (("twwqx"))"#,
                "(('t99917') | ('n99917') | ('r99917')) & (('twwqx'))",
            ),
        ] {
            for (dialect, text, expected) in [
                (Dialect::Sqlite, "t.case_terms MATCH $1", sqlite),
                (Dialect::Postgres, "t.terms @@ CAST(CAST($1 AS TEXT) AS tsquery)", postgres),
            ] {
                assert_eq!(found(typed, dialect), (text.into(), values![expected].to_vec()));
            }
        }
    }
}
