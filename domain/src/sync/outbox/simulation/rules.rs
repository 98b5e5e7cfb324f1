//! The rules that are switched off one at a time, to see that a seed breaks without each:
//! those of the engine ([`Engine`]), and those of the server and of the phone's store, which
//! the model keeps in their stead ([`Rule`]). What a phone carries has no switch.

use std::cell::Cell;

pub(in super::super) use super::super::rule::Rule as Engine;
use crate::{
    Sha256Hash,
    evidence::{Receipt, Unsigned},
};

/// A rule that the model keeps, by the failure that taught it: first those of the phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
pub enum Rule {
    /// A photo that cannot be read is shown as lost and never left out.
    L1Manifest,
    /// A record and its photos are written in one transaction.
    L2OneTransaction,
    /// A record and the next number of the chain are written in one transaction.
    L2Chain,
    /// A row leaves the outbox by a receipt only, whatever the failure.
    L3OnlyByReceipt,
    /// The row stays in the store while it is sent.
    L4RowStays,
    /// A session that ended deletes nothing.
    L14SignedOut,
    /// Bytes are hashed when they are read, and damage is told.
    L16HashOnRead,
    /// A receipt names what was stored and read back.
    L5ReadBack,
    /// A restored server begins another life.
    L7Epoch,
    /// The server says truly what it lacks.
    L7Sweep,
    /// Bytes stay until a backup really has them.
    L7Backup,
    /// No receipt is of before the last backup, though the server's clock was set back.
    L7ClockSetBack,
    /// A batch meant for one life of the server is not taken by another.
    L7Life,
    /// The server answers after its disk has it.
    L18Durable,
    /// The id is the device's, and unique.
    D1OneId,
    /// Two tabs: the server knows an operation whoever sends it.
    D2TwoTabs,
    /// Taken and known in one step, not checked before.
    D3OneStep,
    /// Photos are shared by hash and never moved.
    D4Shared,
    /// The same photo twice in one record is fine.
    D5SameTwice,
    /// Other content under a known id is kept beside it.
    D7Branch,
}

/// A rule and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    Engine(Engine),
    /// In the device store, and in what carries effects out.
    Phone(Rule),
    Server(Rule),
}

impl Switch {
    /// In the order of their names.
    pub fn all() -> Vec<Self> {
        let mut all: Vec<Self> = ENGINE.into_iter().map(Self::Engine).collect();
        all.extend(MODEL.into_iter().map(Self::from));
        all.sort_by_key(|switch| switch.place());
        all
    }

    pub fn name(self) -> String {
        match self {
            Self::Engine(rule) => format!("{rule:?}"),
            Self::Phone(rule) | Self::Server(rule) => format!("{rule:?}"),
        }
    }

    /// The failure in the field that taught it: `L7`.
    pub fn line(self) -> String {
        let name = self.name();
        let digits = name.chars().skip(1).take_while(char::is_ascii_digit);
        name.chars().take(1).chain(digits).collect()
    }

    /// L before D before S before what has none.
    fn place(self) -> (Option<usize>, u32) {
        let line = self.line();
        let rank = ["L", "D", "S", "T"].iter().position(|letter| line.starts_with(letter));
        (rank, line.trim_start_matches(char::is_alphabetic).parse().unwrap_or(0))
    }

    pub const fn stands(self) -> &'static str {
        match self {
            Self::Engine(_) => "engine",
            Self::Phone(_) => "store",
            Self::Server(_) => "server",
        }
    }
}

impl From<Engine> for Switch {
    fn from(rule: Engine) -> Self {
        Self::Engine(rule)
    }
}

impl From<Rule> for Switch {
    fn from(rule: Rule) -> Self {
        if rule <= Rule::L16HashOnRead { Self::Phone(rule) } else { Self::Server(rule) }
    }
}

const ENGINE: [Engine; 29] = [
    Engine::L1LossIsShown,
    Engine::L4NoLastTry,
    Engine::L5NamesEachPhoto,
    Engine::L5NamedBeforeFreed,
    Engine::L6Signed,
    Engine::L6OfThisOperation,
    Engine::L6OfThisPhoto,
    Engine::L7OtherLife,
    Engine::L7LifeItWasSentTo,
    Engine::L7Gaps,
    Engine::L7Daily,
    Engine::L7OfferedAgain,
    Engine::L7LossIsShown,
    Engine::L7Covered,
    Engine::L7DaysOfServer,
    Engine::L7DaysOfPhone,
    Engine::L14Pause,
    Engine::L14OwnOnly,
    Engine::D2OneCall,
    Engine::D2AskedFirst,
    Engine::D4EveryRecord,
    Engine::S1Lanes,
    Engine::S1Alone,
    Engine::S1InOrder,
    Engine::S2CallEnds,
    Engine::S10InParts,
    Engine::S10ServersOffset,
    Engine::S11ClockSetBack,
    Engine::TextFirst,
];

const MODEL: [Rule; 20] = [
    Rule::L1Manifest,
    Rule::L2OneTransaction,
    Rule::L2Chain,
    Rule::L3OnlyByReceipt,
    Rule::L4RowStays,
    Rule::L14SignedOut,
    Rule::L16HashOnRead,
    Rule::L5ReadBack,
    Rule::L7Epoch,
    Rule::L7Sweep,
    Rule::L7Backup,
    Rule::L7ClockSetBack,
    Rule::L7Life,
    Rule::L18Durable,
    Rule::D1OneId,
    Rule::D2TwoTabs,
    Rule::D3OneStep,
    Rule::D4Shared,
    Rule::D5SameTwice,
    Rule::D7Branch,
];

#[test]
#[expect(clippy::as_conversions, reason = "the number of the last one is how many there are")]
fn no_rule_is_left_out_of_the_table() {
    assert_eq!(ENGINE.len(), Engine::TextFirst as usize + 1);
    assert_eq!(MODEL.len(), Rule::D7Branch as usize + 1);
    let different = |index: usize| !ENGINE[..index].contains(&ENGINE[index]);
    assert!((0..ENGINE.len()).all(different));
}

thread_local! {
    static OFF: Cell<Option<Switch>> = const { Cell::new(None) };
}

/// From here on, on this thread.
pub fn switch_off(rule: Option<Switch>) {
    OFF.set(rule);
}

pub fn holds(rule: impl Into<Switch>) -> bool {
    OFF.get() != Some(rule.into())
}

const MARK: &str = "simulated ";

/// A signature that costs less than a real one; those are tested by themselves.
pub fn sign(stated: Unsigned) -> Receipt {
    let signature = word(&stated);
    Receipt { stated, signature }
}

/// What somebody else than the server would sign.
pub fn forge(stated: Unsigned) -> Receipt {
    Receipt { stated, signature: format!("{MARK}by nobody") }
}

/// Whether a receipt of the simulation is the server's; `None` for any other.
pub fn is_signed(receipt: &Receipt) -> Option<bool> {
    receipt.signature.starts_with(MARK).then(|| receipt.signature == word(&receipt.stated))
}

fn word(stated: &Unsigned) -> String {
    format!("{MARK}{}", Sha256Hash::of(stated.signed_text().as_bytes()))
}
