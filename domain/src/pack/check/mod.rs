//! Checks over the whole of a draft. Each looks only at rows that were read without
//! a fault, so that one mistake is not reported in other words a second time.

mod areas;
mod ground;
mod roster;
mod rules;
mod scope;

use super::{draft::Draft, findings::Findings};

pub(super) fn check(draft: &Draft, findings: &Findings) {
    areas::check(draft, findings);
    roster::check(draft, findings);
    rules::check(draft, findings);
}
