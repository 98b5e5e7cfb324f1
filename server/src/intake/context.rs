//! What a decision depends on besides the database.

use std::sync::Arc;

use domain::District;

use super::Signer;

/// What a decision depends on besides the database.
#[derive(Clone, Debug)]
pub struct DecisionContext {
    pub district: Arc<District>,
    pub signer: Arc<Signer>,
}
