//! Which cases are whose task, and in which order.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::{
    CaseId,
    access::{Actor, Role},
    case::State,
};

use app_shared::{components::case_text, model::CaseEntry, text::Words};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    ToVerify,
    ToClaim,
    ToFix,
    /// Fixed, says the unit; somebody else looks now.
    Waiting,
}

pub type Grouped = Vec<(Group, Vec<Arc<CaseEntry>>)>;

/// `mine`: only what names this person.
pub fn groups_of(cases: &BTreeMap<CaseId, Arc<CaseEntry>>, actor: &Actor, mine: bool) -> Grouped {
    let groups: &[Group] = if actor.role == Role::Inspector {
        &[Group::ToVerify]
    } else {
        &[Group::ToClaim, Group::ToFix, Group::Waiting]
    };
    groups
        .iter()
        .map(|&group| {
            let mut found: Vec<_> = cases
                .values()
                .filter(|entry| entry.case.state == group.state())
                .filter(|entry| group == Group::ToVerify || is_of(entry, actor, mine))
                .cloned()
                .collect();
            // What came back was thought to be done: it stands first.
            found.sort_by_key(|entry| {
                (entry.case.returned_by().is_none(), case_text::due_ms(&entry.case))
            });
            (group, found)
        })
        .collect()
}

/// The group to begin with: the one that holds returned work, else the first that holds any.
pub fn first_group(groups: &Grouped) -> Option<Group> {
    let holds_returned =
        |cases: &[Arc<CaseEntry>]| cases.iter().any(|it| it.case.returned_by().is_some());
    let returned = groups.iter().find(|(_, cases)| holds_returned(cases));
    let any = groups.iter().find(|(_, cases)| !cases.is_empty());
    returned.or(any).map(|(group, _)| *group)
}

fn is_of(entry: &CaseEntry, actor: &Actor, mine: bool) -> bool {
    entry.case.assignment.as_ref().is_some_and(|assignment| {
        let unit = actor.unit.as_ref() == Some(&assignment.unit.code);
        let named = assignment.person.as_ref().map(|person| &person.code);
        unit && (!mine || named.is_none() || named == actor.person.as_ref())
    })
}

impl Group {
    const fn state(self) -> State {
        match self {
            Self::ToVerify | Self::Waiting => State::Rectified,
            Self::ToClaim => State::Assigned,
            Self::ToFix => State::Claimed,
        }
    }

    pub const fn code(self) -> &'static str {
        match self {
            Self::ToVerify => "to_verify",
            Self::ToClaim => "to_claim",
            Self::ToFix => "to_fix",
            Self::Waiting => "waiting",
        }
    }

    pub fn word(self, words: Words) -> &'static str {
        match self {
            Self::ToVerify => words.tasks_to_verify,
            Self::ToClaim => words.tasks_to_claim,
            Self::ToFix => words.tasks_to_fix,
            Self::Waiting => words.tasks_waiting,
        }
    }
}
