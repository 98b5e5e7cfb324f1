//! Filters of the board that people keep.
//!
//! An id is known among the views of one person alone: what another person saved under the same
//! one is another view, so that nobody learns of it and nobody is refused because of it.

use domain::{
    UserName, ViewId,
    summary::{SavedView, SavedViews, UnreadableView},
};

use super::{
    StoreError,
    transaction::{SqlRow, Transaction, values},
};

const LIST: &str = "SELECT id, name, query FROM saved_views WHERE user_name = $1
                    ORDER BY name, id LIMIT $2";

/// The views of a person, by name. One whose query cannot be read is named as such and breaks
/// nothing: a later version stored it, before the server went back to this one.
///
/// # Errors
/// Those of the database.
pub fn of_user(
    transaction: &mut dyn Transaction,
    user: &UserName,
) -> Result<SavedViews, StoreError> {
    let mut views = SavedViews::default();
    for row in transaction.query(LIST, values![user.as_str(), SavedViews::MAX])? {
        let (id, name): (ViewId, String) = (row.parse(0)?, row.get(1)?);
        match read(&row, id) {
            Ok(view) => views.views.push(view),
            Err(error) => {
                tracing::warn!(view = %id, %error, "a saved view cannot be read");
                views.unreadable.push(UnreadableView { id, name });
            }
        }
    }
    Ok(views)
}

/// Makes or changes a view of a person. `false` when it would be one too many; nothing is kept
/// then.
///
/// # Errors
/// Those of the database.
pub fn put(
    transaction: &mut dyn Transaction,
    user: &UserName,
    view: &SavedView,
) -> Result<bool, StoreError> {
    let id = view.id.to_string();
    let others = transaction.query(
        "SELECT COUNT(*) FROM saved_views WHERE user_name = $1 AND id <> $2",
        values![user.as_str(), id.as_str()],
    )?;
    let others: u32 = others.first().map_or(Ok(0), |row| row.get(0))?;
    if others >= SavedViews::MAX {
        return Ok(false);
    }
    transaction.execute(
        "INSERT INTO saved_views (user_name, id, name, query) VALUES ($1, $2, $3, $4)
         ON CONFLICT (user_name, id) DO UPDATE SET name = excluded.name, query = excluded.query",
        values![user.as_str(), id, view.name.as_str(), serde_json::to_string(&view.query)?],
    )?;
    Ok(true)
}

/// Removes a view of a person; nothing happens when there is none.
///
/// # Errors
/// Those of the database.
pub fn remove(
    transaction: &mut dyn Transaction,
    user: &UserName,
    id: ViewId,
) -> Result<(), StoreError> {
    transaction.execute(
        "DELETE FROM saved_views WHERE user_name = $1 AND id = $2",
        values![user.as_str(), id.to_string()],
    )?;
    Ok(())
}

fn read(row: &SqlRow, id: ViewId) -> Result<SavedView, StoreError> {
    Ok(SavedView { id, name: row.parse(1)?, query: row.json(2)? })
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;
    use crate::store::sqlite;

    #[test]
    fn views_are_listed_by_an_index_that_gives_their_order() {
        let connection = Connection::open_in_memory().unwrap();
        sqlite::schema::migrate(&connection).unwrap();
        let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {LIST}")).unwrap();
        let lines = statement.query_map(["user", "50"], |row| row.get::<_, String>(3)).unwrap();
        let lines: Vec<String> = lines.map(Result::unwrap).collect();
        assert_eq!(
            lines,
            ["SEARCH saved_views USING INDEX saved_views_by_name (user_name=?)"],
            "{LIST}"
        );
    }
}
