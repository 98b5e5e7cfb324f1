//! What an error of PostgreSQL means for whoever waits, and what is said of it.
//!
//! Never: the detail of an error, which may hold what was to be stored.

use std::{error::Error as _, fmt, io};

use postgres::error::{DbError, Severity, SqlState};

use crate::system::StorageProblem;

pub(in crate::store) fn storage_problem(error: &postgres::Error) -> Option<StorageProblem> {
    match error.code() {
        Some(code) => problem_of(code),
        None => is_of_connection(error).then_some(StorageProblem::Unreachable),
    }
}

fn problem_of(code: &SqlState) -> Option<StorageProblem> {
    Some(match *code {
        SqlState::DISK_FULL => StorageProblem::Full,
        SqlState::READ_ONLY_SQL_TRANSACTION => StorageProblem::ReadOnly,
        SqlState::LOCK_NOT_AVAILABLE
        | SqlState::T_R_SERIALIZATION_FAILURE
        | SqlState::T_R_DEADLOCK_DETECTED => StorageProblem::Locked,
        SqlState::DATA_CORRUPTED | SqlState::INDEX_CORRUPTED => StorageProblem::Damaged,
        // A standby that does not let anybody in yet, a database that is closed for a while.
        SqlState::OBJECT_NOT_IN_PREREQUISITE_STATE
        | SqlState::INVALID_CATALOG_NAME
        | SqlState::INSUFFICIENT_PRIVILEGE
        | SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT => StorageProblem::Unreachable,
        // By class: connection, authorization, resources, the operator, the system beneath.
        _ => match code.code().get(..2) {
            Some("08" | "28" | "53" | "57" | "58") => StorageProblem::Unreachable,
            _ => return None,
        },
    })
}

/// Whether nothing more can be done on the connection that gave this error.
pub(super) fn is_lost(error: &postgres::Error) -> bool {
    match error.as_db_error() {
        Some(error) => {
            matches!(error.parsed_severity(), Some(Severity::Fatal | Severity::Panic))
        }
        None => is_of_connection(error),
    }
}

fn is_of_connection(error: &postgres::Error) -> bool {
    let is_io = |source: &(dyn std::error::Error + 'static)| source.is::<io::Error>();
    error.is_closed() || error.source().is_some_and(is_io)
}

/// An error as a person reads it.
pub(in crate::store) fn write(error: &postgres::Error, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match (error.as_db_error(), error.source()) {
        (Some(error), _) => write_of_server(error, f),
        (None, Some(source)) => write!(f, "{error}: {source}"),
        (None, None) => write!(f, "{error}"),
    }
}

fn write_of_server(error: &DbError, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "{} ({})", error.message(), error.code().code())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_errors_that_a_person_can_do_something_about_are_storage_problems() {
        for (code, expected) in [
            ("53100", Some(StorageProblem::Full)),
            ("53200", Some(StorageProblem::Unreachable)),
            ("53300", Some(StorageProblem::Unreachable)),
            ("57P01", Some(StorageProblem::Unreachable)),
            ("57P03", Some(StorageProblem::Unreachable)),
            ("57014", Some(StorageProblem::Unreachable)),
            ("58030", Some(StorageProblem::Unreachable)),
            ("28P01", Some(StorageProblem::Unreachable)),
            ("3D000", Some(StorageProblem::Unreachable)),
            ("25006", Some(StorageProblem::ReadOnly)),
            ("55P03", Some(StorageProblem::Locked)),
            ("40001", Some(StorageProblem::Locked)),
            ("40P01", Some(StorageProblem::Locked)),
            ("XX001", Some(StorageProblem::Damaged)),
            ("23505", None),
            ("42601", None),
            ("22021", None),
        ] {
            assert_eq!(problem_of(&SqlState::from_code(code)), expected, "{code}");
        }
    }
}
