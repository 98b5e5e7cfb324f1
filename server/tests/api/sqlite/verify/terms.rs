//! The index of terms by which searches find cases: what is wrong in it is named, and made anew.

use rusqlite::{Connection, types::Value as Stored};
use xunjie::rebuild;

use super::folder::Folder;

#[tokio::test]
async fn an_index_of_terms_that_is_not_that_of_the_log_is_named_and_made_anew_by_rebuild() {
    let folder = Folder::new().await;
    let sql = folder.sql();
    let intact = terms(&sql);
    let cases: Vec<(String, i64)> = sql
        .prepare("SELECT id, reported_order FROM cases ORDER BY reported_order")
        .unwrap()
        .query_map((), |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let of_case = |order: i64| -> Vec<&str> {
        let own = intact.iter().filter(|(at, _)| *at == order);
        own.map(|(_, term)| term.as_str()).collect()
    };
    let (first, second) = (of_case(cases[0].1).join(" "), of_case(cases[1].1));
    let write = "INSERT OR REPLACE INTO case_terms (rowid, terms) VALUES (?1, ?2)";
    let delete = "DELETE FROM case_terms WHERE rowid = ?1";
    let without_one = second[1..].join(" ");
    let with_one_more = format!("{} tmore", second.join(" "));
    let moved = cases[1].1 + 7;
    for (name, text, values) in [
        ("a term is missing", write, vec![Stored::Integer(cases[1].1), Stored::Text(without_one)]),
        ("a term too many", write, vec![Stored::Integer(cases[1].1), Stored::Text(with_one_more)]),
        ("terms of another case", write, vec![Stored::Integer(cases[1].1), Stored::Text(first)]),
        ("none", delete, vec![Stored::Integer(cases[1].1)]),
        (
            "another place",
            "UPDATE cases SET reported_order = ?1 WHERE id = ?2",
            vec![Stored::Integer(moved), Stored::Text(cases[1].0.clone())],
        ),
        (
            "a place of another time",
            "UPDATE cases SET reported_order = 7 WHERE id = ?1",
            vec![Stored::Text(cases[1].0.clone())],
        ),
    ] {
        assert_eq!(sql.execute(text, rusqlite::params_from_iter(values)).unwrap(), 1, "{name}");
        let faults = folder.faults();
        assert!(faults.iter().all(|fault| fault.contains("xunjie rebuild")), "{name}: {faults:#?}");
        let is_named = |fault: &String| fault.contains(&cases[1].0);
        assert!(faults.iter().any(is_named), "{name}: {faults:#?}");
        rebuild::rebuild(folder.folder.database(), |_| {}).unwrap();
        assert_eq!(folder.faults(), Vec::<String>::new(), "{name}");
    }
    sql.execute(write, (7, "tnobody")).unwrap();
    let faults = folder.faults();
    assert!(faults.len() == 1 && faults[0].contains("xunjie rebuild"), "{faults:?}");
    sql.execute("DELETE FROM case_terms_data WHERE id > 10", ()).unwrap();
    let faults = folder.faults();
    assert!(faults.iter().any(|fault| fault.contains("xunjie rebuild")), "{faults:?}");
    rebuild::rebuild(folder.folder.database(), |_| {}).unwrap();
    assert_eq!(folder.faults(), Vec::<String>::new());
    let words = |terms: &[(i64, String)]| -> Vec<String> {
        let mut words: Vec<String> = terms.iter().map(|(_, term)| term.clone()).collect();
        words.sort();
        words
    };
    assert_eq!(words(&terms(&sql)), words(&intact));
}

/// The whole index: the place of a case, and a term.
fn terms(sql: &Connection) -> Vec<(i64, String)> {
    let mut statement = sql.prepare("SELECT doc, term FROM case_term_instances").unwrap();
    let rows = statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}
