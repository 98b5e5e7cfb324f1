//! Which acts fit where the case stands and who looks; the main one first.

use domain::{
    UnitCode,
    access::{Act, Actor},
    case::{Case, CaseState, Command, Outcome},
    duty::Tier,
    summary::CaseSummary,
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
    /// Pass and close as one act; rework stands beside it.
    VerifyAndClose,
    Close,
    Assign,
    Reassign,
    Void,
}

/// Where a case stands, as far as acts depend on it.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'a> {
    state: CaseState,
    /// Which unit has it, and by which tier; `None` in the tray.
    assigned: Option<(&'a UnitCode, Tier)>,
}

impl<'a> From<&'a Case> for Standing<'a> {
    fn from(case: &'a Case) -> Self {
        let assigned = case.assignment.as_ref().map(|it| (&it.unit.code, it.tier));
        Self { state: case.state, assigned }
    }
}

impl<'a> From<&'a CaseSummary> for Standing<'a> {
    fn from(summary: &'a CaseSummary) -> Self {
        let assigned = summary.assignment.as_ref().map(|it| (&it.unit, it.tier));
        Self { state: summary.state, assigned }
    }
}

pub fn offers(standing: Standing<'_>, actor: &Actor) -> Vec<Offer> {
    let own = standing.assigned.is_some_and(|(unit, _)| actor.unit.as_ref() == Some(unit));
    let order: &[Offer] = match standing.state {
        CaseState::Unassigned => &[Offer::Assign, Offer::Void],
        CaseState::Assigned => &[Offer::Claim, Offer::Reassign, Offer::Void],
        CaseState::Claimed => &[Offer::Rectify, Offer::Reassign, Offer::Void],
        CaseState::Rectified => &[Offer::VerifyAndClose, Offer::Verify, Offer::Void],
        CaseState::Verified => &[Offer::Close, Offer::Void],
        CaseState::Closed | CaseState::Void => &[],
    };
    // What law or a document decided is not headquarters' to move.
    let by_order = standing.assigned.is_some_and(|(_, tier)| tier == Tier::Order);
    order
        .iter()
        .copied()
        .filter(|offer| offer.acts().iter().all(|act| actor.role.may(*act)) && offer.fits(own))
        .filter(|offer| *offer != Offer::Reassign || by_order)
        .collect()
}

impl Offer {
    /// What the role must have.
    const fn acts(self) -> &'static [Act] {
        match self {
            Self::Claim => &[Act::Claim],
            Self::Rectify => &[Act::Rectify],
            Self::Verify => &[Act::Verify],
            Self::VerifyAndClose => &[Act::Verify, Act::Close],
            Self::Close => &[Act::Close],
            Self::Assign | Self::Reassign => &[Act::Assign],
            Self::Void => &[Act::Void],
        }
    }

    const fn fits(self, own_unit: bool) -> bool {
        !matches!(self, Self::Claim | Self::Rectify) || own_unit
    }

    /// What does it where nothing has to be written or photographed, each on what the one
    /// before made of the case; else nothing.
    pub fn commands(self) -> Vec<Command> {
        let pass =
            || Command::Verify { outcome: Outcome::Pass, photos: Vec::new(), note: String::new() };
        let close = || Command::Close { note: String::new() };
        match self {
            Self::Claim => vec![Command::Claim],
            Self::Verify => vec![pass()],
            Self::VerifyAndClose => vec![pass(), close()],
            Self::Close => vec![close()],
            Self::Rectify | Self::Assign | Self::Reassign | Self::Void => Vec::new(),
        }
    }

    /// To ask whether something stands in its way. `None` where only its content can tell.
    pub fn probe(self) -> Option<Command> {
        self.commands().into_iter().next()
    }

    pub const fn hook(self) -> &'static str {
        match self {
            Self::Claim => "claim",
            Self::Rectify => "rectify",
            Self::Verify => "verify-pass",
            Self::VerifyAndClose => "verify-close",
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
            Self::Close | Self::VerifyAndClose => icon::CIRCLE_CHECK,
            Self::Assign | Self::Reassign => icon::BUILDING2,
            Self::Void => icon::BAN,
        }
    }

    pub fn word(self, words: Words) -> &'static str {
        match self {
            Self::Claim => words.act_claim,
            Self::Rectify => words.act_rectify,
            Self::Verify => words.verify_pass,
            Self::VerifyAndClose => words.pass_and_close(),
            Self::Close => words.act_close,
            Self::Assign => words.act_assign,
            Self::Reassign => words.act_reassign,
            Self::Void => words.act_void,
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::access::Role;

    use super::*;
    use crate::case_story::{Story, actor, district};

    /// A reported case, put into a state; by law unless an order gave it.
    fn case(state: CaseState, tier: Tier) -> Case {
        let mut case = Story::reported().case();
        case.state = state;
        if let Some(assignment) = &mut case.assignment {
            assignment.tier = tier;
        }
        case
    }

    #[test]
    fn acts_are_offered_by_state_and_role_with_the_main_one_first() {
        use Offer::{Assign, Claim, Close, Reassign, Rectify, Verify, VerifyAndClose, Void};
        let reviewer = actor(Role::Reviewer, Some("hq"));
        let own = actor(Role::Handler, Some("cgj"));
        let other = actor(Role::Handler, Some("jjd"));
        let discipline = actor(Role::Discipline, None);
        for (state, tier, who, offered) in [
            (CaseState::Unassigned, Tier::Law, &reviewer, &[Assign, Void][..]),
            (CaseState::Assigned, Tier::Law, &reviewer, &[Void]),
            (CaseState::Assigned, Tier::Order, &reviewer, &[Reassign, Void]),
            (CaseState::Claimed, Tier::Document, &reviewer, &[Void]),
            (CaseState::Claimed, Tier::Order, &reviewer, &[Reassign, Void]),
            (CaseState::Rectified, Tier::Law, &reviewer, &[VerifyAndClose, Verify, Void]),
            (CaseState::Verified, Tier::Law, &reviewer, &[Close, Void]),
            (CaseState::Closed, Tier::Law, &reviewer, &[]),
            (CaseState::Void, Tier::Law, &reviewer, &[]),
            (CaseState::Assigned, Tier::Law, &own, &[Claim]),
            (CaseState::Claimed, Tier::Law, &own, &[Rectify]),
            (CaseState::Rectified, Tier::Law, &own, &[]),
            (CaseState::Assigned, Tier::Law, &other, &[]),
            (CaseState::Claimed, Tier::Law, &other, &[]),
            (CaseState::Rectified, Tier::Law, &discipline, &[]),
        ] {
            let case = case(state, tier);
            let told = offers((&case).into(), who);
            assert_eq!(told, offered, "{state:?} by {tier:?} for {:?}", who.role);
            let summary = CaseSummary::of(&case, &district());
            let of_list = offers((&summary).into(), who);
            assert_eq!(of_list, offered, "in a list: {state:?} by {tier:?} for {:?}", who.role);
        }
    }

    #[test]
    fn act_has_commands_where_nothing_has_to_be_written() {
        use Offer::{Assign, Claim, Close, Reassign, Rectify, Verify, VerifyAndClose, Void};
        for (offer, count) in [
            (Claim, 1),
            (Verify, 1),
            (VerifyAndClose, 2),
            (Close, 1),
            (Rectify, 0),
            (Assign, 0),
            (Reassign, 0),
            (Void, 0),
        ] {
            assert_eq!(offer.commands().len(), count, "{offer:?}");
        }
    }

    #[test]
    fn pass_and_close_asks_for_both_rights_and_pass_for_one() {
        let has = |role: Role, offer: Offer| offer.acts().iter().all(|act| role.may(*act));
        for (role, pass, pass_and_close) in [
            (Role::Reviewer, true, true),
            (Role::Inspector, true, false),
            (Role::Handler, false, false),
            (Role::UnitLead, false, false),
            (Role::Discipline, false, false),
        ] {
            assert_eq!(has(role, Offer::Verify), pass, "{role:?}");
            assert_eq!(has(role, Offer::VerifyAndClose), pass_and_close, "{role:?}");
        }
    }

    #[test]
    fn photos_on_their_way_hinder_pass_and_close_as_they_hinder_pass() {
        assert_eq!(Offer::VerifyAndClose.probe(), Offer::Verify.probe());
        assert!(Offer::VerifyAndClose.probe().is_some());
    }
}
