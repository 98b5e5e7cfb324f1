//! The life of a case (案件): commands are what people ask for, events are what
//! happened, a [`Case`] is the fold of its events. [`decide`] turns a command into
//! events or a refusal; [`Case::apply`] takes the next event. Phone and server call
//! the same two, so an offline screen shows what the server will say.
//!
//! Events are stored for ever and only added to; a `Case` is never stored.
//!
//! Later parts of the life (disputes, rulings, joint parts, extensions,
//! suspensions, urging, re-checks) are further commands and events. A reader that
//! does not know an event keeps it as [`Event::Unknown`] and shows that it was there.

mod apply;
mod command;
mod decide;
mod event;
mod refusal;
mod refusal_text;
mod sight;
mod state;

pub use command::{Command, OrderTo, Outcome, Report, Source};
pub use decide::{Context, decide};
pub use event::{ActorStamp, Event, Recorded};
pub use refusal::Refusal;
pub use sight::{redact, sees};
pub use state::{Case, CaseState, Rectification, Verification};
