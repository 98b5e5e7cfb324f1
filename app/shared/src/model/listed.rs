//! Acts on cases as a list shows them, which this phone may not hold: each is asked for first, so
//! that its rules are applied here before the act is saved.

use domain::{
    CaseId,
    case::{Command, Refusal},
};
use leptos::prelude::*;

use super::{AppError, Lookup, Model};

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
        self.bring(case.id, may_ask).await?;
        let mut base = case.revision;
        for command in commands {
            self.act_as_seen(case.id, command.clone(), base).await?;
            base = self.revision_of(case.id);
        }
        Ok(())
    }

    /// The case as it is now, or as it was when this phone last heard of it.
    async fn bring(&self, id: CaseId, may_ask: bool) -> Result<(), AppError> {
        let is_kept = self.inner.state.with_value(|state| state.keeps(id));
        if is_kept {
            return Ok(());
        }
        let may_answer = self.status.with_untracked(|status| status.link.may_answer());
        let lookup =
            if may_ask && may_answer { self.inner.ask_for(id).await } else { Lookup::Failed };
        let is_here = self.cases.with_untracked(|cases| cases.contains_key(&id));
        match lookup {
            Lookup::Found => Ok(()),
            Lookup::NotListed => Err(Refusal::NoSuchCase.into()),
            Lookup::Asking | Lookup::Failed if is_here => Ok(()),
            Lookup::Asking | Lookup::Failed => Err(AppError::CaseNotHere),
        }
    }
}
