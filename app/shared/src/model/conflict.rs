//! Acts that the server holds and did not carry out: what the person saw when they
//! acted, beside the case as it is now; and ending the matter.

use domain::{
    CaseId, OperationId,
    case::{Case, Command},
};
use leptos::prelude::*;

use super::{AppError, CaseEntry, Model, Pending, inner::Inner, state::StoredOperation};
use crate::device::store::{self, Touched};

impl CaseEntry {
    /// The case as it stood at the revision that the author of `pending` saw.
    pub fn as_seen_by(&self, pending: &Pending) -> Option<Case> {
        let confirmed = self.log.get(..self.confirmed)?;
        (1..=confirmed.len())
            .map_while(|length| Case::fold(self.id, confirmed.get(..length)?))
            .take_while(|case| case.revision <= pending.base)
            .last()
    }

    /// Own acts that were not carried out and that nobody has settled yet.
    pub fn unsettled(&self) -> impl Iterator<Item = &Pending> {
        self.pending
            .iter()
            .filter(|pending| !pending.acknowledged && pending.state.is_not_carried_out())
    }
}

impl Model {
    /// The person has read it and decided: it no longer asks for attention. The
    /// operation and its receipt stay.
    ///
    /// # Errors
    /// The store's.
    pub async fn acknowledge(&self, operation: OperationId) -> Result<(), AppError> {
        let is_it = |row: &StoredOperation| row.operation.id == operation;
        self.acknowledge_row(self.inner.own_row(is_it)).await
    }

    /// The same for a report: that it was not taken, or which photo of it cannot be sent.
    ///
    /// # Errors
    /// The store's.
    pub async fn acknowledge_report(&self, case: CaseId) -> Result<(), AppError> {
        self.acknowledge_row(self.inner.report_row(case)).await
    }

    async fn acknowledge_row(&self, sequence: Option<u64>) -> Result<(), AppError> {
        if let Some(sequence) = sequence {
            store::acknowledge(sequence).await?;
            self.inner.reload(&Touched { operations: vec![sequence], photos: vec![] }).await;
        }
        Ok(())
    }
}

impl Inner {
    /// The number of this person's report of a case, when it was made here.
    pub fn report_row(&self, case: CaseId) -> Option<u64> {
        self.own_row(|row| {
            row.kept.case == case && matches!(row.operation.command, Command::Report(_))
        })
    }

    fn own_row(&self, is_it: impl Fn(&StoredOperation) -> bool) -> Option<u64> {
        self.state.with_value(|state| {
            state.own_rows().find(|row| is_it(row)).map(|row| row.kept.sequence)
        })
    }
}
