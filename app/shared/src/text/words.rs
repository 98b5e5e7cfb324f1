//! The words for the domain's own kinds: one word, one meaning.

use std::borrow::Cow;

use domain::{
    access::Role,
    calendar::Clock,
    case::{CaseState, Command, Outcome, Source},
    duty::{LostBecause, Tier, Via},
};

use super::Words;
use crate::route::App;

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

    /// What an entry point is called.
    pub fn app_of(self, app: App) -> &'static str {
        match app {
            App::Field => self.pick("现场巡查", "現場巡查", "Field app"),
            App::Desk => self.pick("指挥台", "指揮台", "Desk"),
        }
    }

    /// The heading over the link to the other entry point.
    pub fn other_app(self) -> &'static str {
        self.pick("另一个入口", "另一個入口", "The other app")
    }

    /// What is done in an entry point, and what stays as it is.
    pub fn app_text(self, app: App) -> &'static str {
        match app {
            App::Field => self.pick(
                "在现场拍照、上报、整改，没有信号也能用。登录不变，本机的内容都在。",
                "在現場拍照、上報、整改，沒有訊號也能用。登入不變，本機的內容都在。",
                "For photographing, reporting and fixing on the spot, also without a signal. You stay signed in, and everything on this phone stays.",
            ),
            App::Desk => self.pick(
                "审核、交办、核查和结案，需要连网。登录不变，本机的内容都在。",
                "審核、交辦、核查和結案，需要連網。登入不變，本機的內容都在。",
                "For reviewing, assigning, verifying and closing; it needs the network. You stay signed in, and everything on this phone stays.",
            ),
        }
    }

    /// A person's or an account's name, which exists in Chinese only perhaps.
    pub fn person_name(self, name: &str) -> Cow<'_, str> {
        domain::person_name(name, self.lang)
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
                let name = self.person_name(names.get(self.lang));
                self.pick(
                    format!("代{name}"),
                    format!("代{name}"),
                    format!("standing in for {name}"),
                )
            }
        }
    }
}
