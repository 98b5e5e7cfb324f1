//! Values as PostgreSQL sends and takes them: text, numbers and bytes. A placeholder has the type
//! that its place gives it, so one that is cast to a type of PostgreSQL alone is cast to text first.

use std::error::Error;

use bytes::BytesMut;
use postgres::{
    Row,
    types::{FromSql, IsNull, ToSql, Type, to_sql_checked},
};

use crate::store::{
    StoreError,
    transaction::{SqlRow, Value},
};

impl ToSql for Value {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Integer(number) if *kind == Type::INT4 => {
                i32::try_from(*number)?.to_sql(kind, out)
            }
            Self::Integer(number) => number.to_sql_checked(kind, out),
            Self::Text(text) => text.to_sql_checked(kind, out),
            Self::Bytes(bytes) => bytes.to_sql_checked(kind, out),
        }
    }

    fn accepts(_kind: &Type) -> bool {
        // What a value is decides, in `to_sql`.
        true
    }

    to_sql_checked!();
}

pub(super) fn read(row: &Row) -> Result<SqlRow, StoreError> {
    let columns = row.columns().iter().enumerate();
    let values = columns.map(|(column, described)| match *described.type_() {
        Type::INT8 => get::<i64>(row, column),
        Type::INT4 => Ok(row.try_get::<_, Option<i32>>(column)?.map(i64::from).into()),
        Type::TEXT | Type::VARCHAR | Type::NAME => get::<String>(row, column),
        Type::BYTEA => get::<Vec<u8>>(row, column),
        _ => Err(StoreError::Column { column }),
    });
    Ok(SqlRow::new(values.collect::<Result<_, _>>()?))
}

fn get<'a, T: FromSql<'a> + Into<Value>>(row: &'a Row, column: usize) -> Result<Value, StoreError> {
    let value: Option<T> = row.try_get(column)?;
    Ok(value.into())
}
