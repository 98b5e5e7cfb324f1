//! What waits for verification around this phone, with its log, so that an inspector checks it
//! where there is no network. Own reports come by the feed; these are other people's.

use std::collections::BTreeMap;

use domain::{
    CaseId,
    access::Act,
    case::{Case, CaseState},
    summary::NearbyCases,
};
use leptos::prelude::*;

use super::{inner::Inner, state::PhoneState};

/// Logs that are asked for in one look around.
const MAX_FETCHED: usize = 30;

impl Inner {
    /// Asks for the logs of the nearest cases to verify, and for those that have waited here and
    /// are not around any more: somebody may have verified them.
    pub(super) async fn fetch_to_verify(self) {
        let wanted = self.near.with_untracked(|near| {
            self.state.with_value(|state| state.to_fetch_for_verification(near))
        });
        for case in wanted {
            // Asked for again at the next look around.
            let _answer = self.ask_for(case).await;
        }
    }
}

impl PhoneState {
    fn to_fetch_for_verification(&self, near: &NearbyCases) -> Vec<CaseId> {
        if !self.actor.as_ref().is_some_and(|actor| actor.role.may(Act::Verify)) {
            return Vec::new();
        }
        let waiting = near.cases.iter().map(|near| &near.case);
        let waiting = waiting.filter(|row| row.summary.state == CaseState::Rectified);
        let nearest: BTreeMap<CaseId, u64> =
            waiting.take(MAX_FETCHED).map(|row| (row.summary.id, row.change)).collect();
        let is_older = |id: &CaseId, change: u64| {
            self.logs.get(id).is_none_or(|log| log.seq < change) && !self.keeps(*id)
        };
        let newer = nearest.iter().filter(|(id, change)| is_older(id, **change)).map(|(id, _)| *id);
        let waits_here = |id: &CaseId| {
            let log = self.logs.get(id);
            let case = log.and_then(|log| Case::fold(*id, &log.events));
            case.is_some_and(|case| case.state == CaseState::Rectified) && !self.keeps(*id)
        };
        let gone = self.logs.keys().filter(|id| !nearest.contains_key(id) && waits_here(id));
        newer.chain(gone.copied()).take(MAX_FETCHED).collect()
    }
}

#[cfg(test)]
mod tests {
    use domain::{
        Timestamp,
        access::Role,
        case::Command,
        summary::{CaseRow, CaseSummary, NearbyCase},
        sync::CaseLog,
    };

    use super::*;
    use crate::case_story::{Story, actor, district, shot};

    fn id(byte: u8) -> CaseId {
        CaseId::new(Timestamp::from_millis(1), [byte; 10])
    }

    fn rectified() -> Story {
        let mut story = Story::reported();
        let unit = story.case().assignment.map(|assignment| assignment.unit).unwrap();
        let handler = actor(Role::Handler, Some(unit.code.as_str()));
        story.act(&handler, &Command::Claim).unwrap();
        let fixed = Command::Rectify { photos: vec![shot("after")], note: String::new() };
        story.act(&handler, &fixed).unwrap();
        story
    }

    fn near(cases: &[(u8, u64, CaseState)]) -> NearbyCases {
        let story = Story::reported();
        let summary = CaseSummary::of(&story.case(), &story.district);
        let row = |&(byte, change, state): &(u8, u64, CaseState)| NearbyCase {
            metres: u32::from(byte),
            case: CaseRow {
                number: "1".into(),
                change,
                summary: CaseSummary { id: id(byte), state, ..summary.clone() },
            },
        };
        NearbyCases { cases: cases.iter().map(row).collect() }
    }

    fn phone_of(user: &str, role: Role, known: &[(u8, u64, &Story)]) -> PhoneState {
        let mut state = PhoneState::default();
        let person = actor(role, None);
        state.actor = Some(domain::access::Actor { user: user.into(), ..person });
        state.district = Some(std::sync::Arc::new(district()));
        let log = |&(byte, seq, story): &(u8, u64, &Story)| CaseLog {
            case: id(byte),
            number: "1".into(),
            seq,
            events: story.log.clone(),
        };
        state.take_logs(known.iter().map(log).collect());
        state
    }

    #[test]
    fn logs_of_cases_to_verify_around_are_asked_for_when_they_are_not_here_or_older() {
        let (waiting, assigned) = (rectified(), Story::reported());
        let around = near(&[
            (1, 5, CaseState::Rectified),
            (2, 5, CaseState::Assigned),
            (3, 5, CaseState::Rectified),
            (4, 5, CaseState::Rectified),
        ]);
        // 6 was verified meanwhile, or lies elsewhere; 7 was only looked at.
        let known = [(3, 5, &waiting), (4, 4, &waiting), (6, 4, &waiting), (7, 4, &assigned)];
        for (user, role, expected) in [
            ("another", Role::Inspector, vec![id(1), id(4), id(6)]),
            ("another", Role::Handler, vec![]),
        ] {
            let phone = phone_of(user, role, &known);
            assert_eq!(phone.to_fetch_for_verification(&around), expected, "{role:?}");
        }
        // The feed brings own reports.
        let reporter = actor(Role::Inspector, None).user;
        let own = phone_of(reporter.as_str(), Role::Inspector, &known);
        assert_eq!(own.to_fetch_for_verification(&around), [id(1)]);
    }

    #[test]
    fn one_look_around_asks_for_so_many_at_most() {
        let all: Vec<_> = (1..=60).map(|byte| (byte, 1, CaseState::Rectified)).collect();
        let phone = phone_of("another", Role::Inspector, &[]);
        assert_eq!(phone.to_fetch_for_verification(&near(&all)).len(), MAX_FETCHED);
    }
}
