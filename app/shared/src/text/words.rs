//! The words for the domain's own kinds: one word, one meaning.

use domain::{
    access::Role,
    calendar::Clock,
    case::{CaseState, Command, Outcome, Source},
    duty::{LostBecause, Tier, Via},
};

use super::Words;

impl Words {
    pub fn state(self, state: CaseState) -> &'static str {
        match state {
            CaseState::Unassigned => self.state_unassigned,
            CaseState::Assigned => self.state_assigned,
            CaseState::Claimed => self.state_claimed,
            CaseState::Rectified => self.state_rectified,
            CaseState::Verified => self.state_verified,
            CaseState::Closed => self.state_closed,
            CaseState::Void => self.state_void,
        }
    }

    /// What a person did, as the timeline and the outbox name it.
    pub const fn command(self, command: &Command) -> &'static str {
        match command {
            Command::Report(_) => self.texts.event_reported,
            Command::Assign(_) => self.texts.event_assigned,
            Command::Claim => self.texts.event_claimed,
            Command::Rectify { .. } => self.texts.event_rectified,
            Command::Verify { outcome: Outcome::Pass, .. } => self.texts.event_pass,
            Command::Verify { outcome: Outcome::Rework, .. } => self.texts.event_rework,
            Command::Close { .. } => self.texts.event_closed,
            Command::Void { .. } => self.texts.event_void,
            Command::Comment { .. } => self.texts.event_comment,
        }
    }

    pub fn tier(self, tier: Tier) -> &'static str {
        match tier {
            Tier::Law => self.tier_law,
            Tier::Document => self.tier_document,
            Tier::Order => self.tier_order,
        }
    }

    pub fn lost(self, because: LostBecause) -> &'static str {
        match because {
            LostBecause::HigherTier => self.lost_higher,
            LostBecause::MoreSpecific => self.lost_specific,
            LostBecause::Unresolved => self.lost_unresolved,
        }
    }

    pub fn source_of(self, source: Source) -> &'static str {
        match source {
            Source::Patrol => self.source_patrol,
            Source::Unannounced => self.source_unannounced,
            Source::Public => self.source_public,
            Source::HandedDown => self.source_handed_down,
        }
    }

    pub fn clock(self, clock: Clock) -> &'static str {
        match clock {
            Clock::UrgentHours => self.clock_urgent_hours,
            Clock::WorkingHours => self.clock_working_hours,
            Clock::WorkingDays => self.clock_working_days,
            Clock::CalendarDays => self.clock_calendar_days,
        }
    }

    pub fn role_of(self, role: Role) -> &'static str {
        match role {
            Role::Inspector => self.role_inspector,
            Role::Reviewer => self.role_reviewer,
            Role::Handler => self.role_handler,
            Role::UnitLead => self.role_unit_lead,
            Role::PatchLeader => self.role_patch_leader,
            Role::Discipline => self.role_discipline,
            Role::Administrator => self.role_administrator,
            Role::City => self.role_city,
        }
    }

    /// How it came to this person.
    pub fn via(self, via: &Via) -> String {
        match via {
            Via::Warden => self.via_warden.into(),
            Via::OnDuty => self.via_on_duty.into(),
            Via::Lead => self.via_lead.into(),
            Via::PatchLeader => self.patch_leader.into(),
            Via::Order => self.via_order.into(),
            Via::DeputyOf(names) => {
                let name = names.get(self.lang);
                self.pick(
                    format!("代{name}"),
                    format!("代{name}"),
                    format!("standing in for {name}"),
                )
            }
        }
    }
}
