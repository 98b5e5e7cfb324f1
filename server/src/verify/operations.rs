//! Operations: the bytes against their digest, the columns against the bytes, receipts,
//! and the chain of each device.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Sha256Hash, Timestamp,
    evidence::ReceiptSubject,
    sync::{Operation, Sealed, Verdict},
};

use super::{
    check::{Accepted, Check},
    fault::{REPORT, RESTORE},
    receipts::Receipts,
};
use crate::store::{DirectConnection, SqlRow, StoreError, audit};

/// The remedy for a link that does not fit.
const CHAIN: &str = "ask who used the device; if the operation itself has no fault, it was written by another program";

pub(super) fn check(
    file: &DirectConnection,
    receipts: &Receipts,
    check: &mut Check<'_>,
    accepted: &mut Accepted,
) -> Result<(), StoreError> {
    let quarantined = check_quarantine(file, receipts, check)?;
    let mut chain =
        Chain { quarantined, device: String::new(), last: None, highest: BTreeMap::new() };
    file.for_each(audit::OPERATIONS, |row| {
        check.counts.operations += 1;
        let id = audit::field(&row, 0);
        match read(&row) {
            Ok((operation, verdict)) => {
                if verdict == Verdict::Accepted {
                    accepted.insert(operation.id, operation.case);
                }
                let digest = row.parse(1).unwrap_or(Sha256Hash::from_bytes([0; 32]));
                let photos = operation.command.photos().iter().map(|shot| shot.hash).collect();
                let subject = ReceiptSubject::Operation { id: operation.id, digest, photos };
                let received = row.get(7).ok().map(Timestamp::from_millis);
                if let Some(what) = receipts.fault(&audit::field(&row, 9), &subject, received) {
                    check.fault(format!("operation {id}: {what}"), RESTORE);
                }
                if let Some(what) = chain.next(&operation, digest) {
                    let device = operation.device;
                    let number = operation.link.sequence;
                    check.fault(
                        format!("device {device}, number {number} (operation {id}): {what}"),
                        CHAIN,
                    );
                }
            }
            Err(what) => check.fault(format!("operation {id}: {what}"), RESTORE),
        }
    })?;
    file.for_each(audit::DEVICES, |row| {
        let (device, highest) = (audit::field(&row, 0), audit::field(&row, 1));
        let expected = chain.highest.get(&device).copied().unwrap_or(0).to_string();
        if highest != expected {
            check.fault(
                format!("device {device}: the highest number stored is {expected}, not {highest}"),
                REPORT,
            );
        }
    })
}

/// Reads an operation, and compares its columns with its bytes.
fn read(row: &SqlRow) -> Result<(Operation, Verdict), String> {
    let unreadable = |error: StoreError| format!("its row cannot be read: {error}");
    let body = String::from_utf8(row.get(2).map_err(unreadable)?)
        .map_err(|_| "its bytes do not have their digest".to_owned())?;
    let sealed = Sealed {
        id: row.parse(0).map_err(unreadable)?,
        digest: row.parse(1).map_err(unreadable)?,
        body,
    };
    let operation = sealed.open().map_err(|bad| format!("its bytes are not right: {bad}"))?;
    let columns = [
        (3, operation.device.to_string(), "device"),
        (4, operation.link.sequence.to_string(), "number"),
        (5, operation.author.to_string(), "author"),
        (6, operation.case.to_string(), "case"),
    ];
    for (column, sealed, what) in columns {
        let stored = audit::field(row, column);
        if sealed != stored {
            return Err(format!("its {what} is {sealed} by its bytes, and stored as {stored}"));
        }
    }
    Ok((operation, row.json(8).map_err(|_| "what became of it is not readable".to_owned())?))
}

/// Digests in quarantine, by device and sequence number.
type Positions = BTreeMap<(String, u64), BTreeSet<Sha256Hash>>;

/// Checks what is in quarantine, and gives the positions in chains that it fills.
fn check_quarantine(
    file: &DirectConnection,
    receipts: &Receipts,
    check: &mut Check<'_>,
) -> Result<Positions, StoreError> {
    let mut positions = Positions::new();
    file.for_each(audit::QUARANTINE, |row| {
        let id = audit::field(&row, 0);
        let (body, digest): (Vec<u8>, Option<Sha256Hash>) =
            (row.get(2).unwrap_or_default(), row.parse(1).ok());
        let (Some(digest), Ok(named)) = (digest, row.parse(0)) else {
            check.fault(format!("operation {id} in quarantine: its row cannot be read"), RESTORE);
            return;
        };
        if Sha256Hash::of(&body) != digest {
            check.fault(
                format!("operation {id} in quarantine: its bytes do not have their digest"),
                RESTORE,
            );
        }
        let text = String::from_utf8(body).unwrap_or_default();
        let opened = Sealed { id: named, digest, body: text }.open();
        let photos = opened.map_or_else(
            |_| Vec::new(),
            |operation| operation.command.photos().iter().map(|shot| shot.hash).collect(),
        );
        let subject = ReceiptSubject::Operation { id: named, digest, photos };
        let received = row.get(3).ok().map(Timestamp::from_millis);
        if let Some(what) = receipts.fault(&audit::field(&row, 4), &subject, received) {
            check.fault(format!("operation {id} in quarantine: {what}"), RESTORE);
        }
        if let (Ok(device), Ok(sequence)) = (row.get::<String>(5), row.get::<u64>(6)) {
            positions.entry((device, sequence)).or_default().insert(digest);
        }
    })?;
    Ok(positions)
}

/// The chains of all devices, one device after the other.
struct Chain {
    quarantined: Positions,
    device: String,
    last: Option<(u64, Sha256Hash)>,
    highest: BTreeMap<String, u64>,
}

impl Chain {
    /// What is wrong with the link of the operation that comes next.
    fn next(&mut self, operation: &Operation, digest: Sha256Hash) -> Option<&'static str> {
        let device = operation.device.to_string();
        if device != self.device {
            self.device.clone_from(&device);
            self.last = None;
        }
        let sequence = operation.link.sequence;
        let last = self.last.replace((sequence, digest));
        let highest = self.highest.entry(device.clone()).or_default();
        *highest = sequence.max(*highest);
        if last.is_some_and(|(last, _)| last == sequence) {
            return Some("the device has another operation of this number");
        }
        let Some(previous) = operation.link.previous else {
            return (sequence > 1).then_some("it does not say what came before it");
        };
        if sequence <= 1 {
            return Some("it is the first, and says that something came before it");
        }
        let before = sequence - 1;
        let stored = last.filter(|(last, _)| *last == before).map(|(_, digest)| digest);
        let quarantined = self.quarantined.get(&(device, before));
        // Where nothing is known of the one before, there is a gap, and a gap is no fault: the
        // operation may be on its way.
        let is_known = stored.is_some() || quarantined.is_some();
        let fits = stored == Some(previous)
            || quarantined.is_some_and(|digests| digests.contains(&previous));
        (is_known && !fits).then_some("its link is not the digest of the operation before it")
    }
}
