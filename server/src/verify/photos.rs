//! Photos: the bytes on the disk against the hash that names them, and their receipts.

use std::{fs, path::Path};

use domain::{PhotoHash, Timestamp, evidence::ReceiptSubject};

use super::{
    check::Check,
    fault::{REBUILD, RESTORE},
    receipts::Receipts,
};
use crate::{
    backup,
    store::{DirectConnection, SqlRow, StoreError, audit},
};

pub(super) fn check(
    file: &DirectConnection,
    receipts: &Receipts,
    data: &Path,
    backup: Option<&Path>,
    check: &mut Check<'_>,
) -> Result<(), StoreError> {
    file.for_each(audit::PHOTOS, |row| {
        check.counts.photos += 1;
        let (Ok(hash), Ok(length)) = (row.parse::<PhotoHash>(0), row.get::<u64>(1)) else {
            let what = format!("photo {}: its row cannot be read", audit::field(&row, 0));
            check.fault(what, RESTORE);
            return;
        };
        check_receipt(&row, hash, length, receipts, check);
        check_derivatives(&row, hash, check);
        let path = backup::photo(data, hash);
        if let Some(what) = file_fault(&path, hash, length) {
            let remedy = remedy(backup, hash, length, &path);
            check.fault(format!("photo {hash}: {what}"), remedy);
        }
    })
}

fn check_receipt(
    row: &SqlRow,
    hash: PhotoHash,
    length: u64,
    receipts: &Receipts,
    check: &mut Check<'_>,
) {
    let subject = ReceiptSubject::Photo { hash, length };
    let received = row.get(2).ok().map(Timestamp::from_millis);
    if let Some(what) = receipts.fault(&audit::field(row, 3), &subject, received) {
        check.fault(format!("photo {hash}: {what}"), RESTORE);
    }
}

/// Whether somebody knows what became of its small pictures. Those themselves can be made at
/// any time.
fn check_derivatives(row: &SqlRow, hash: PhotoHash, check: &mut Check<'_>) {
    let (state, job) = (row.get::<Option<String>>(4), row.get::<Option<String>>(5));
    let what = match (state, job) {
        (Ok(None), _) => "its row in derivatives is missing",
        (Ok(Some(state)), Ok(None)) if state == "waiting" => {
            "its small pictures are to be made, and there is no job for it"
        }
        (Ok(_), Ok(_)) => return,
        _ => "its row in derivatives cannot be read",
    };
    check.fault(format!("photo {hash}: {what}"), REBUILD);
}

/// What is wrong with the file of a photo.
pub(super) fn file_fault(path: &Path, hash: PhotoHash, length: u64) -> Option<String> {
    match fs::read(path) {
        Err(error) => Some(format!("its file cannot be read: {error}")),
        Ok(bytes) if PhotoHash::of(&bytes) != hash => {
            Some("the bytes of its file are not those that were stored".into())
        }
        Ok(bytes) if u64::try_from(bytes.len()) != Ok(length) => {
            Some("its length is stored otherwise".into())
        }
        Ok(_) => None,
    }
}

fn remedy(backup: Option<&Path>, hash: PhotoHash, length: u64, path: &Path) -> String {
    let copy = backup.map(|backup| backup::photo(backup, hash));
    match copy.filter(|copy| file_fault(copy, hash, length).is_none()) {
        Some(copy) => format!("the backup has it: cp {} {}", copy.display(), path.display()),
        None => format!(
            "copy it from a backup to {path}, or remove that file: a phone that still has the \
             photo will be asked for it",
            path = path.display()
        ),
    }
}
