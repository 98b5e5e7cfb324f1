//! What a task may do with the database: a small synchronous trait over the SQL that
//! SQLite and PostgreSQL share.
//!
//! The subset: `$1`-style placeholders, numbered in the order they first appear;
//! `INSERT … ON CONFLICT`, `RETURNING`, window functions; columns of TEXT, BIGINT and
//! BYTEA. Never: row ids, affinity tricks, dates, SQL that holds anything from outside. Where
//! the two cannot share a statement, its file asks for the [`Dialect`].

use super::StoreError;

/// Which database understands a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

/// One open transaction.
pub trait Transaction {
    fn dialect(&self) -> Dialect;

    /// Runs a statement and says how many rows it changed.
    ///
    /// # Errors
    /// When the database refuses it.
    fn execute(&mut self, sql: &str, values: &[Value]) -> Result<usize, StoreError>;

    /// Runs a statement and collects its rows.
    ///
    /// # Errors
    /// When the database refuses it.
    fn query(&mut self, sql: &str, values: &[Value]) -> Result<Vec<SqlRow>, StoreError>;
}

/// What a column or a placeholder holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Null,
    Integer(i64),
    Text(String),
    Bytes(Vec<u8>),
}

/// One row of a result, by the position of its columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SqlRow(Vec<Value>);

impl SqlRow {
    #[must_use]
    pub const fn new(values: Vec<Value>) -> Self {
        Self(values)
    }

    #[must_use]
    pub fn values(&self) -> &[Value] {
        &self.0
    }

    /// # Errors
    /// When the column is absent or is of another type.
    pub fn get<T: FromValue>(&self, column: usize) -> Result<T, StoreError> {
        let value = self.0.get(column).cloned().unwrap_or(Value::Null);
        T::from_value(value).ok_or(StoreError::Column { column })
    }

    /// Parses a text column.
    ///
    /// # Errors
    /// When the column is not such a text.
    pub fn parse<T: std::str::FromStr>(&self, column: usize) -> Result<T, StoreError> {
        self.get::<String>(column)?.parse().map_err(|_| StoreError::Column { column })
    }

    /// Reads a text column as JSON.
    ///
    /// # Errors
    /// When the column is not such a document.
    pub fn json<T: serde::de::DeserializeOwned>(&self, column: usize) -> Result<T, StoreError> {
        Ok(serde_json::from_str(&self.get::<String>(column)?)?)
    }
}

/// Types that a column can be read as.
pub trait FromValue: Sized {
    fn from_value(value: Value) -> Option<Self>;
}

impl FromValue for i64 {
    fn from_value(value: Value) -> Option<Self> {
        if let Value::Integer(number) = value { Some(number) } else { None }
    }
}

impl FromValue for u64 {
    fn from_value(value: Value) -> Option<Self> {
        i64::from_value(value)?.try_into().ok()
    }
}

impl FromValue for u32 {
    fn from_value(value: Value) -> Option<Self> {
        i64::from_value(value)?.try_into().ok()
    }
}

impl FromValue for String {
    fn from_value(value: Value) -> Option<Self> {
        if let Value::Text(text) = value { Some(text) } else { None }
    }
}

impl FromValue for Vec<u8> {
    fn from_value(value: Value) -> Option<Self> {
        if let Value::Bytes(bytes) = value { Some(bytes) } else { None }
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: Value) -> Option<Self> {
        if value == Value::Null { Some(None) } else { T::from_value(value).map(Some) }
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Integer(number.into())
    }
}

impl From<bool> for Value {
    fn from(yes: bool) -> Self {
        Self::Integer(yes.into())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

impl From<domain::Timestamp> for Value {
    fn from(at: domain::Timestamp) -> Self {
        Self::Integer(at.millis())
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// The values of a statement's placeholders, in their order.
macro_rules! values {
    ($($value:expr),* $(,)?) => { &[$($crate::store::Value::from($value)),*] };
}
pub(super) use values;

/// What both databases have to take the same way is checked before either sees it: placeholders,
/// and text, for PostgreSQL stores none with U+0000.
pub(super) fn check_statement(sql: &str, values: &[Value]) -> Result<(), StoreError> {
    if values.iter().any(|value| matches!(value, Value::Text(text) if text.contains('\0'))) {
        return Err(StoreError::NullCharacter);
    }
    check_placeholders(sql, values.len())
}

/// Text that somebody else wrote, as it can be stored.
pub(super) fn without_null_characters(text: &str) -> String {
    text.replace('\0', "\u{2400}")
}

/// Placeholders must first appear as `$1`, `$2`, … in this order, and be as many as there are
/// values: SQLite numbers `$1` by first appearance, PostgreSQL by its digits, and only then
/// both mean the same.
fn check_placeholders(sql: &str, values: usize) -> Result<(), StoreError> {
    let mut highest = 0;
    for rest in sql.split('$').skip(1) {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number: usize = rest
            .get(..digits)
            .and_then(|number| number.parse().ok())
            .ok_or(StoreError::Placeholders)?;
        if number == 0 || number > highest + 1 {
            return Err(StoreError::Placeholders);
        }
        highest = highest.max(number);
    }
    if highest == values { Ok(()) } else { Err(StoreError::Placeholders) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_accepted_only_when_numbered_in_order_and_as_many_as_the_values() {
        for (sql, values, good) in [
            ("SELECT 1", 0, true),
            ("SELECT $1, $2", 2, true),
            ("SELECT $1, $1, $2, $1", 2, true),
            ("SELECT $2, $1", 2, false),
            ("SELECT $1, $3", 3, false),
            ("SELECT $1", 2, false),
            ("SELECT $1, $2", 1, false),
            ("SELECT $", 0, false),
            ("SELECT $0", 0, false),
        ] {
            assert_eq!(check_placeholders(sql, values).is_ok(), good, "{sql}");
        }
    }
}
