//! One operation: known, accepted, refused or quarantined. In each case it is stored, and
//! there is a receipt for exactly the bytes that are.

use domain::{
    OperationId, Sha256Hash, Timestamp,
    access::Actor,
    case::{Case, Context, decide},
    evidence::{Receipt, ReceiptSubject, chain_digest},
    sync::{BadOperation, Operation, OperationResult, QuarantineReason, Sealed, Verdict},
};

use super::{
    DecisionContext, record,
    submitter::{Bundle, Sender, Submitter},
};
use crate::store::{StoreError, Transaction, cases, devices, operations, quarantine};

/// Takes one operation into the database, sent by its author.
///
/// # Errors
/// Those of the database; nothing of it is kept then, and it may be sent again.
pub fn receive_operation(
    transaction: &mut dyn Transaction,
    decision_context: &DecisionContext,
    sender: &Sender,
    sealed: &Sealed,
    now: Timestamp,
) -> Result<OperationResult, StoreError> {
    receive(transaction, decision_context, &Submitter::Session(sender), sealed, now)
}

/// Takes one operation into the database, from a rescue bundle that anybody may have sent.
///
/// # Errors
/// Those of the database; nothing of it is kept then, and it may be sent again.
pub fn receive_rescued_operation(
    transaction: &mut dyn Transaction,
    decision_context: &DecisionContext,
    bundle: &Bundle,
    sealed: &Sealed,
    now: Timestamp,
) -> Result<OperationResult, StoreError> {
    receive(transaction, decision_context, &Submitter::Bundle(bundle), sealed, now)
}

fn receive(
    transaction: &mut dyn Transaction,
    decision_context: &DecisionContext,
    submitter: &Submitter<'_>,
    sealed: &Sealed,
    now: Timestamp,
) -> Result<OperationResult, StoreError> {
    let digest = chain_digest(&sealed.body);
    let incoming = Incoming { decision_context, submitter, sealed, digest, now };
    if incoming.digest != sealed.digest {
        return incoming.quarantine(transaction, QuarantineReason::Digest, "");
    }
    if let Some(stored) = operations::find(transaction, sealed.id)? {
        // The same bytes again: the same answer, for the phone did not hear the first one.
        if stored.digest == incoming.digest {
            return Ok(stored.result);
        }
        return incoming.quarantine(transaction, QuarantineReason::Branch, "");
    }
    let operation = match sealed.open() {
        Ok(operation) => operation,
        Err(bad) => return incoming.quarantine(transaction, reason(&bad), &bad.to_string()),
    };
    let actor = match submitter.author(transaction, &operation)? {
        Ok(actor) => actor,
        Err(why) => return incoming.quarantine(transaction, QuarantineReason::NotTheSender, why),
    };
    let Ok(sequence) = i64::try_from(operation.link.sequence) else {
        return incoming.quarantine(
            transaction,
            QuarantineReason::Unreadable,
            "sequence beyond 2^63",
        );
    };
    let verdict = decide_and_append(transaction, decision_context, &actor, &operation, now)?;
    let receipt = incoming.receipt(transaction, &operation)?;
    operations::add(
        transaction,
        &operations::OperationRecord {
            id: operation.id,
            digest: incoming.digest,
            body: &sealed.body,
            device: operation.device,
            sequence,
            author: &operation.author,
            case: operation.case,
            received: receipt.stated.at,
            verdict: &verdict,
            receipt: &receipt,
        },
    )?;
    devices::record_sequence(transaction, operation.device, &operation.author, sequence, now)?;
    Ok(OperationResult { id: operation.id, receipt, verdict })
}

/// Decides, and appends the events to the log of the case.
fn decide_and_append(
    transaction: &mut dyn Transaction,
    decision_context: &DecisionContext,
    actor: &Actor,
    operation: &Operation,
    now: Timestamp,
) -> Result<Verdict, StoreError> {
    let log = cases::log(transaction, operation.case)?;
    let log: Vec<_> = log.into_iter().map(|logged| logged.recorded).collect();
    let case = Case::fold(operation.case, &log);
    let context = Context {
        actor,
        district: &decision_context.district,
        now,
        done: operation.done,
        base: operation.base,
    };
    match decide(case.as_ref(), &operation.command, &context) {
        Ok(events) => {
            record::append_operation(
                transaction,
                decision_context,
                actor,
                operation,
                case,
                events,
                now,
            )?;
            Ok(Verdict::Accepted)
        }
        Err(refusal) => Ok(Verdict::Refused { refusal }),
    }
}

const fn reason(bad: &BadOperation) -> QuarantineReason {
    match bad {
        BadOperation::Digest => QuarantineReason::Digest,
        BadOperation::Unreadable(_) | BadOperation::Id => QuarantineReason::Unreadable,
        BadOperation::Newer(_) => QuarantineReason::NewerFormat,
    }
}

/// An operation as it came.
struct Incoming<'a> {
    decision_context: &'a DecisionContext,
    submitter: &'a Submitter<'a>,
    sealed: &'a Sealed,
    /// Of the bytes that came. A receipt names this one: a phone whose bytes were
    /// damaged on the way sees that the server does not hold what it has.
    digest: Sha256Hash,
    now: Timestamp,
}

impl Incoming<'_> {
    /// Stores it in quarantine, and answers with a receipt for its bytes.
    fn quarantine(
        &self,
        transaction: &mut dyn Transaction,
        reason: QuarantineReason,
        detail: &str,
    ) -> Result<OperationResult, StoreError> {
        let id = self.sealed.id;
        tracing::warn!(operation = %id, user = %self.submitter.user(), ?reason, detail,
            "an operation was quarantined");
        let receipt = match self.sealed.open() {
            Ok(operation) => self.receipt(transaction, &operation),
            Err(_) => self.receipt_naming(transaction, id, Vec::new()),
        }?;
        let receipt = quarantine::add(
            transaction,
            &quarantine::QuarantineRecord {
                id,
                digest: self.digest,
                reason,
                detail,
                body: &self.sealed.body,
                device: self.submitter.device(),
                sender: self.submitter.user(),
                received: receipt.stated.at,
                receipt: &receipt,
            },
        )?;
        Ok(OperationResult { id, receipt, verdict: Verdict::Quarantined { reason } })
    }

    fn receipt(
        &self,
        transaction: &mut dyn Transaction,
        operation: &Operation,
    ) -> Result<Receipt, StoreError> {
        let photos = operation.command.photos().iter().map(|shot| shot.hash).collect();
        self.receipt_naming(transaction, operation.id, photos)
    }

    fn receipt_naming(
        &self,
        transaction: &mut dyn Transaction,
        id: OperationId,
        photos: Vec<Sha256Hash>,
    ) -> Result<Receipt, StoreError> {
        let subject = ReceiptSubject::Operation { id, digest: self.digest, photos };
        self.decision_context.signer.sign(transaction, subject, self.now)
    }
}
