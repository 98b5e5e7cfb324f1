//! What the server must have at the end of a trial, from what phones really did: nothing
//! missing, nothing twice.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, ensure};
use domain::{
    CaseId, OperationId, PhotoHash,
    case::Case,
    sync::{Verdict, outbox::OperationRow},
};

use crate::{
    client::{Client, DEMO_PASSWORD},
    journey::all_logs,
    media,
    phone::Phone,
    server::Server,
};

/// What phones did, by their own stores.
#[derive(Debug, Default)]
pub struct Expected {
    operations: BTreeMap<CaseId, BTreeSet<OperationId>>,
    photos: BTreeMap<CaseId, BTreeSet<PhotoHash>>,
}

impl Expected {
    /// # Errors
    /// When the server did not accept something: what these phones do is all allowed.
    pub fn note(&mut self, phone: &Phone) -> Result<()> {
        self.note_rows(phone.store.operations.values())
    }

    /// # Errors
    /// As [`Expected::note`].
    pub fn note_rows<'a>(
        &mut self,
        rows: impl IntoIterator<Item = &'a OperationRow>,
    ) -> Result<()> {
        for row in rows {
            let verdict = row.answer.as_ref().map(|answer| &answer.result.verdict);
            ensure!(verdict == Some(&Verdict::Accepted), "{}: {verdict:?}", row.sequence);
            self.operations.entry(row.case).or_default().insert(row.sealed.id);
            self.photos.entry(row.case).or_default().extend(&row.photos);
        }
        Ok(())
    }

    pub fn operations(&self) -> usize {
        self.operations.values().map(BTreeSet::len).sum()
    }

    pub fn photos(&self) -> BTreeSet<PhotoHash> {
        self.photos.values().flatten().copied().collect()
    }

    /// Checks that the server has exactly this: each operation took effect once, each photo has
    /// arrived at its case, and the original of each is byte for byte what was taken.
    ///
    /// # Errors
    /// Names the first that is missing, that nobody sent, or that is there twice.
    pub async fn is_exactly_what_is_on(&self, server: &Server) -> Result<()> {
        let client = Client::sign_in(&server.url(""), "reviewer", DEMO_PASSWORD).await?;
        let logs = all_logs(&client).await?;
        let stored: BTreeSet<CaseId> = logs.iter().map(|log| log.case).collect();
        let done: BTreeSet<CaseId> = self.operations.keys().copied().collect();
        let (lost, strange) = (done.difference(&stored).count(), stored.difference(&done).count());
        ensure!(lost == 0 && strange == 0, "{lost} cases lost, {strange} that nobody reported");
        for log in &logs {
            let case = log.case;
            let mut reports = BTreeMap::<OperationId, usize>::new();
            let mut events = BTreeSet::new();
            for recorded in &log.events {
                if let Some(operation) = recorded.operation {
                    *reports.entry(operation).or_default() += 1;
                }
                let event = serde_json::to_string(&recorded.event)?;
                ensure!(events.insert(event.clone()), "{case} has an event twice: {event}");
            }
            let took_effect: BTreeSet<OperationId> = reports.into_keys().collect();
            ensure!(took_effect == self.operations[&case], "{case}: {took_effect:?}");
            let Some(folded) = Case::fold(case, &log.events) else {
                anyhow::bail!("{case} has no report")
            };
            let arrived: BTreeSet<PhotoHash> = folded.arrived.iter().copied().collect();
            ensure!(arrived == self.photos[&case], "{case}: arrived {arrived:?}");
        }
        for photo in self.photos() {
            let bytes = client.photo(photo, "original").await?;
            ensure!(media::sha256(&bytes) == photo.to_string(), "{photo} came as another");
        }
        Ok(())
    }
}
