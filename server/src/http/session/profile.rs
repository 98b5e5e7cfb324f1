//! The profile of a session, as signing in and asking for it answer.

use domain::sync::Profile;

use crate::{state::App, store::sessions::Session};

pub(super) fn profile(app: &App, session: &Session) -> Profile {
    Profile {
        actor: session.actor.clone(),
        key: app.decision_context.signer.public(),
        until: session.until,
    }
}
