//! Acts on cases as a list shows them, which this phone may not hold: each is asked for first, so
//! that its rules are applied here before the act is saved.

use domain::{
    CaseId,
    case::{Command, Refusal},
};
use leptos::prelude::*;

use super::{AppError, Cases, Lookup, Model};

/// A case as the person saw it in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedCase {
    pub id: CaseId,
    /// What people call it.
    pub number: String,
    pub revision: u32,
}

impl Model {
    /// Does the commands to the case, one after the other, and stops at the first that is refused.
    /// Each is saved on this phone and sent when there is a network. `may_ask`: the server is worth
    /// asking for a case that is not here.
    ///
    /// # Errors
    /// [`AppError::Refused`] with what the server would say, also when the case has moved on since
    /// it was listed; [`AppError::CaseNotHere`]; or the store's.
    pub async fn act_on_listed(
        &self,
        case: &ListedCase,
        commands: &[Command],
        may_ask: bool,
    ) -> Result<(), AppError> {
        self.bring(case, may_ask).await?;
        self.act_as_seen(case.id, commands, case.revision).await
    }

    /// The case as it was listed, or as it is now.
    async fn bring(&self, listed: &ListedCase, may_ask: bool) -> Result<(), AppError> {
        let id = listed.id;
        // A list is asked of the server, and may be newer than what the feed has brought.
        let is_here = || {
            let known =
                |it: &Cases| it.get(&id).is_some_and(|it| it.case.revision >= listed.revision);
            self.cases.with_untracked(known)
        };
        if self.inner.state.with_value(|state| state.keeps(id)) && is_here() {
            return Ok(());
        }
        let may_answer = self.status.with_untracked(|status| status.link.may_answer());
        let lookup =
            if may_ask && may_answer { self.inner.ask_for(id).await } else { Lookup::Failed };
        match lookup {
            Lookup::NotListed => Err(Refusal::NoSuchCase.into()),
            _ if is_here() => Ok(()),
            _ => Err(AppError::CaseNotHere),
        }
    }
}
