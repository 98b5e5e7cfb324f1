//! What the engine decides by, each rule by the failure in the field that taught it
//! (L: losing; D: doubling; S: stuck). `holds(rule)` stands where the decision is made.
//!
//! A phone carries no switch: there `holds` is the constant `true`, and the compiler leaves
//! nothing of it. Under test the simulation switches one rule off at a time, and a seed
//! must break ([`super::simulation`]).

/// A decision of the engine. Those of the server and of the store are the simulation's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// A photo that cannot be read is stored as lost, for people to see.
    L1LossIsShown,
    /// There is no last try.
    L4NoLastTry,
    /// The receipt of a record names each photo of its manifest.
    L5NamesEachPhoto,
    /// Bytes stay while a record that names them is without a receipt that names them.
    L5NamedBeforeFreed,
    /// A receipt is the server's by its signature, whatever the status of the answer.
    L6Signed,
    /// An answer about another operation, or another content, is none about this one.
    L6OfThisOperation,
    L6OfThisPhoto,
    /// What another life of the server said has to be said again.
    L7OtherLife,
    /// A photo's receipt counts in the life that it was sent to, not in the one that has
    /// begun since.
    L7LifeItWasSentTo,
    /// What a hello calls missing is offered again.
    L7Gaps,
    /// Once a day the server is asked whether it still has everything.
    L7Daily,
    /// What it lacks then is offered again.
    L7OfferedAgain,
    /// What was given up and is lacked has to be shown as lost.
    L7LossIsShown,
    /// Bytes stay until a backup covers their receipts …
    L7Covered,
    /// … or fourteen days have passed by the server's clock, and by this phone's.
    L7DaysOfServer,
    L7DaysOfPhone,
    /// A session that ended stops everything.
    L14Pause,
    /// Only the operations of the person signed in are sent.
    L14OwnOnly,
    /// One text call at a time.
    D2OneCall,
    /// The server is asked which photos it has before one is sent again.
    D2AskedFirst,
    /// A photo that two records share is needed by both.
    D4EveryRecord,
    /// A record that waits holds up its own case only.
    S1Lanes,
    /// What was in a call that broke is sent alone from then on.
    S1Alone,
    /// Inside one case nothing overtakes.
    S1InOrder,
    /// A failure ends the call that it is about.
    S2CallEnds,
    /// A large photo is sent so that a cut leaves something behind.
    S10InParts,
    /// … and goes on from where the server stands.
    S10ServersOffset,
    /// A wait reckoned on a clock that was set back since is over.
    S11ClockSetBack,
    /// No photo begins while a record is on its way or waits to be sent.
    TextFirst,
}

#[cfg(test)]
pub(super) use super::simulation::rules::holds;

#[cfg(not(test))]
pub(super) const fn holds(_: Rule) -> bool {
    true
}
