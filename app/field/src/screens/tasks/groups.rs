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

type Grouped = Vec<(Group, Vec<Arc<CaseEntry>>)>;

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
            found.sort_by_key(|entry| case_text::due_ms(&entry.case));
            (group, found)
        })
        .collect()
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
