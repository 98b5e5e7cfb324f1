//! What an error of SQLite means for whoever waits.

use rusqlite::ErrorCode;

use crate::system::StorageProblem;

pub(in crate::store) fn storage_problem(error: &rusqlite::Error) -> Option<StorageProblem> {
    match error.sqlite_error_code()? {
        ErrorCode::DiskFull => Some(StorageProblem::Full),
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Some(StorageProblem::Locked),
        ErrorCode::ReadOnly => Some(StorageProblem::ReadOnly),
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Some(StorageProblem::Damaged),
        ErrorCode::CannotOpen | ErrorCode::SystemIoFailure | ErrorCode::PermissionDenied => {
            Some(StorageProblem::Unreachable)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_errors_that_a_person_can_do_something_about_are_storage_problems() {
        for (code, expected) in [
            (rusqlite::ffi::SQLITE_FULL, Some(StorageProblem::Full)),
            (rusqlite::ffi::SQLITE_READONLY, Some(StorageProblem::ReadOnly)),
            (rusqlite::ffi::SQLITE_READONLY_DBMOVED, Some(StorageProblem::ReadOnly)),
            (rusqlite::ffi::SQLITE_BUSY, Some(StorageProblem::Locked)),
            (rusqlite::ffi::SQLITE_LOCKED, Some(StorageProblem::Locked)),
            (rusqlite::ffi::SQLITE_CORRUPT, Some(StorageProblem::Damaged)),
            (rusqlite::ffi::SQLITE_NOTADB, Some(StorageProblem::Damaged)),
            (rusqlite::ffi::SQLITE_CANTOPEN, Some(StorageProblem::Unreachable)),
            (rusqlite::ffi::SQLITE_IOERR_WRITE, Some(StorageProblem::Unreachable)),
            (rusqlite::ffi::SQLITE_CONSTRAINT, None),
            (rusqlite::ffi::SQLITE_ERROR, None),
        ] {
            let error = rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None);
            assert_eq!(storage_problem(&error), expected, "{code}");
        }
    }
}
