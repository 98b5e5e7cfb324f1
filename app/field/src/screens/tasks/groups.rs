//! Which cases are whose task, and in which order.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::{
    CaseId,
    access::{Actor, Role},
    case::CaseState,
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
    const fn state(self) -> CaseState {
        match self {
            Self::ToVerify | Self::Waiting => CaseState::Rectified,
            Self::ToClaim => CaseState::Assigned,
            Self::ToFix => CaseState::Claimed,
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

#[cfg(test)]
mod tests {
    use domain::{
        Lang,
        case::{Command, Outcome},
    };

    use super::*;
    use crate::case_story::{Story, actor, shot};

    fn handler() -> Actor {
        actor(Role::Handler, Some("cgj"))
    }

    fn claimed() -> Story {
        let mut story = Story::reported();
        story.act(&handler(), &Command::Claim).unwrap();
        story
    }

    fn fixed() -> Story {
        let mut story = claimed();
        let photos = vec![shot("after")];
        story.act(&handler(), &Command::Rectify { photos, note: String::new() }).unwrap();
        story.photo_arrives("before");
        story.photo_arrives("after");
        story
    }

    fn returned() -> Story {
        let mut story = fixed();
        let note = "still there".into();
        let rework = Command::Verify { outcome: Outcome::Rework, photos: Vec::new(), note };
        story.act(&actor(Role::Inspector, None), &rework).unwrap();
        story
    }

    /// Cases with ids in the order they are given.
    fn cases(stories: &[Story]) -> BTreeMap<CaseId, Arc<CaseEntry>> {
        let entry = |(number, story): (u8, &Story)| {
            let id = CaseId::new(story.now, [number; 10]);
            let entry = CaseEntry {
                id,
                number: None,
                log: story.log.clone(),
                seq: 1,
                confirmed: story.log.len(),
                case: story.case(),
                pending: Vec::new(),
            };
            (id, Arc::new(entry))
        };
        (0..).zip(stories).map(entry).collect()
    }

    fn counts(stories: &[Story], actor: &Actor) -> Vec<(Group, usize)> {
        let groups = groups_of(&cases(stories), actor, false);
        groups.into_iter().map(|(group, cases)| (group, cases.len())).collect()
    }

    #[test]
    fn each_state_of_a_case_is_the_task_of_one_group() {
        for (story, expected) in [
            (Story::reported(), [1, 0, 0]),
            (claimed(), [0, 1, 0]),
            (fixed(), [0, 0, 1]),
            (returned(), [0, 1, 0]),
        ] {
            let expected: Vec<_> =
                [Group::ToClaim, Group::ToFix, Group::Waiting].into_iter().zip(expected).collect();
            assert_eq!(counts(&[story], &handler()), expected);
        }
    }

    #[test]
    fn case_of_another_unit_is_nobody_s_task_here() {
        let other = actor(Role::Handler, Some("so1"));
        assert!(counts(&[Story::reported(), fixed()], &other).iter().all(|(_, count)| *count == 0));
    }

    #[test]
    fn inspector_verifies_what_any_unit_fixed() {
        let inspector = actor(Role::Inspector, None);
        assert_eq!(counts(&[fixed(), claimed()], &inspector), [(Group::ToVerify, 1)]);
    }

    #[test]
    fn case_that_names_somebody_else_is_not_among_one_s_own() {
        let stories = [Story::reported()];
        let mine = groups_of(&cases(&stories), &handler(), true);
        let is_named = stories[0].case().assignment.unwrap().person.is_some();
        assert_eq!(mine.iter().all(|(_, cases)| cases.is_empty()), is_named);
    }

    #[test]
    fn returned_work_stands_first_whatever_is_due_sooner() {
        let groups = groups_of(&cases(&[claimed(), returned()]), &handler(), false);
        let (_, to_fix) = groups.iter().find(|(group, _)| *group == Group::ToFix).unwrap();
        assert!(to_fix[0].case.returned_by().is_some(), "{to_fix:#?}");
        assert_eq!(to_fix.len(), 2);
    }

    #[test]
    fn screen_begins_with_returned_work_else_with_the_first_group_that_has_any() {
        for (stories, expected) in [
            (vec![], None),
            (vec![fixed()], Some(Group::Waiting)),
            (vec![claimed(), fixed()], Some(Group::ToFix)),
            (vec![Story::reported(), claimed()], Some(Group::ToClaim)),
            (vec![Story::reported(), returned()], Some(Group::ToFix)),
        ] {
            let groups = groups_of(&cases(&stories), &handler(), false);
            assert_eq!(first_group(&groups), expected);
        }
    }

    #[test]
    fn groups_have_different_words_and_codes_in_each_language() {
        let all = [Group::ToVerify, Group::ToClaim, Group::ToFix, Group::Waiting];
        for lang in [Lang::Hans, Lang::Hant, Lang::En] {
            let mut words: Vec<_> = all.map(|group| group.word(Words::of(lang))).to_vec();
            words.extend(all.map(Group::code));
            words.sort_unstable();
            words.dedup();
            assert_eq!(words.len(), 8, "{words:?}");
        }
    }
}
