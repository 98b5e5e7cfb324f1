//! Which acts fit where the case stands and who looks; the main one first.

use domain::{
    access::{Act, Actor},
    case::{Case, Command, Outcome, State},
    duty::Tier,
};

use crate::{
    components::icon::{self, IconData},
    text::Words,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    Claim,
    Rectify,
    /// Pass or rework.
    Verify,
    Close,
    Assign,
    Reassign,
    Void,
}

pub fn offers(case: &Case, actor: &Actor) -> Vec<Offer> {
    let own = case
        .assignment
        .as_ref()
        .is_some_and(|assignment| actor.unit.as_ref() == Some(&assignment.unit.code));
    let order: &[Offer] = match case.state {
        State::Unassigned => &[Offer::Assign, Offer::Void],
        State::Assigned => &[Offer::Claim, Offer::Reassign, Offer::Void],
        State::Claimed => &[Offer::Rectify, Offer::Reassign, Offer::Void],
        State::Rectified => &[Offer::Verify, Offer::Void],
        State::Verified => &[Offer::Close, Offer::Void],
        State::Closed | State::Void => &[],
    };
    // What law or a document decided is not headquarters' to move.
    let by_order =
        case.assignment.as_ref().is_some_and(|assignment| assignment.tier == Tier::Order);
    order
        .iter()
        .copied()
        .filter(|offer| actor.role.may(offer.act()) && offer.fits(own))
        .filter(|offer| *offer != Offer::Reassign || by_order)
        .collect()
}

impl Offer {
    const fn act(self) -> Act {
        match self {
            Self::Claim => Act::Claim,
            Self::Rectify => Act::Rectify,
            Self::Verify => Act::Verify,
            Self::Close => Act::Close,
            Self::Assign | Self::Reassign => Act::Assign,
            Self::Void => Act::Void,
        }
    }

    const fn fits(self, own_unit: bool) -> bool {
        !matches!(self, Self::Claim | Self::Rectify) || own_unit
    }

    /// The act with nothing in it, to ask whether something stands in its way. `None`
    /// where only its content can tell.
    pub fn probe(self) -> Option<Command> {
        match self {
            Self::Verify => Some(Command::Verify {
                outcome: Outcome::Pass,
                photos: Vec::new(),
                note: String::new(),
            }),
            Self::Close => Some(Command::Close { note: String::new() }),
            Self::Claim => Some(Command::Claim),
            _ => None,
        }
    }

    pub const fn hook(self) -> &'static str {
        match self {
            Self::Claim => "claim",
            Self::Rectify => "rectify",
            Self::Verify => "verify-pass",
            Self::Close => "close",
            Self::Assign | Self::Reassign => "assign",
            Self::Void => "void",
        }
    }

    pub const fn icon(self) -> IconData {
        match self {
            Self::Claim => icon::HAND,
            Self::Rectify => icon::CAMERA,
            Self::Verify => icon::CHECK,
            Self::Close => icon::CIRCLE_CHECK,
            Self::Assign | Self::Reassign => icon::BUILDING2,
            Self::Void => icon::BAN,
        }
    }

    pub fn word(self, words: Words) -> &'static str {
        match self {
            Self::Claim => words.act_claim,
            Self::Rectify => words.act_rectify,
            Self::Verify => words.verify_pass,
            Self::Close => words.act_close,
            Self::Assign => words.act_assign,
            Self::Reassign => words.act_reassign,
            Self::Void => words.act_void,
        }
    }
}
