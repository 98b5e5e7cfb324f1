//! What waits for verification around this phone, with its log, so that an inspector checks it
//! where there is no network. Own reports come by the feed; these are other people's.

use domain::{
    CaseId,
    access::Act,
    case::{Case, CaseState},
    summary::NearbyCases,
};
use leptos::prelude::*;

use super::{Lookup, Model, inner::Inner, state::PhoneState};
use crate::device::store;

impl Model {
    /// Asks again for other people's cases that wait here for verification.
    pub async fn refresh_to_verify(&self) {
        self.inner.refresh_to_verify().await;
    }
}

/// Logs that are asked for in one look around.
const MAX_FETCHED: usize = 30;

/// What a look around changes of the cases that wait for verification.
#[derive(Debug, Default, PartialEq, Eq)]
struct LookAround {
    /// The nearest whose logs are not here, or older.
    fetched: Vec<CaseId>,
    /// Those that wait here and not around any more: somebody has verified them, or they are far.
    let_go: Vec<CaseId>,
}

impl Inner {
    /// After the server has said what is around.
    pub(super) async fn fetch_to_verify(self) {
        let LookAround { fetched, let_go } =
            self.near.with_untracked(|near| self.state.with_value(|state| state.look_around(near)));
        if !let_go.is_empty() && store::delete_cases(&let_go).await.is_ok() {
            self.state.update_value(|state| state.logs.retain(|id, _| !let_go.contains(id)));
            self.refresh_cases(let_go);
        }
        self.ask_for_each(fetched).await;
    }

    /// Asks again for what waits here and the server tells nothing of: before a person goes
    /// through it.
    pub(super) async fn refresh_to_verify(self) {
        let waiting = self.state.with_value(|state| state.waiting_of_others().collect::<Vec<_>>());
        self.ask_for_each(waiting.into_iter().take(MAX_FETCHED).collect()).await;
    }

    /// Until one is not answered: then the others would not be, either.
    async fn ask_for_each(self, cases: Vec<CaseId>) {
        for case in cases {
            if self.ask_for(case).await == Lookup::Failed {
                return;
            }
        }
    }
}

impl PhoneState {
    fn look_around(&self, near: &NearbyCases) -> LookAround {
        if !self.actor.as_ref().is_some_and(|actor| actor.role.may(Act::Verify)) {
            return LookAround::default();
        }
        let waiting = near.cases.iter().map(|near| &near.case);
        let waiting = waiting.filter(|row| row.summary.state == CaseState::Rectified);
        // The nearest first.
        let around: Vec<(CaseId, u64)> = waiting.map(|row| (row.summary.id, row.change)).collect();
        let is_older = |id: CaseId, change: u64| {
            self.logs.get(&id).is_none_or(|log| log.seq < change) && !self.keeps(id)
        };
        let nearest = around.iter().take(MAX_FETCHED);
        let fetched = nearest.filter(|(id, change)| is_older(*id, *change)).map(|(id, _)| *id);
        let is_around = |id: &CaseId| around.iter().any(|(around, _)| around == id);
        let let_go = self.waiting_of_others().filter(|id| !is_around(id));
        let let_go = let_go.filter(|id| !self.owes_an_answer(*id));
        LookAround { fetched: fetched.collect(), let_go: let_go.collect() }
    }

    /// Cases here that wait for verification and that the feed does not keep up to date.
    fn waiting_of_others(&self) -> impl Iterator<Item = CaseId> {
        self.logs.iter().filter_map(|(id, log)| {
            let case = Case::fold(*id, &log.events)?;
            (case.state == CaseState::Rectified && !self.keeps(*id)).then_some(*id)
        })
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
    fn look_around_fetches_what_waits_there_and_lets_go_of_what_waits_no_more() {
        let (waiting, assigned) = (rectified(), Story::reported());
        let around = near(&[
            (1, 5, CaseState::Rectified),
            (2, 5, CaseState::Assigned),
            (3, 5, CaseState::Rectified),
            (4, 5, CaseState::Rectified),
        ]);
        // 6 was verified meanwhile, or lies elsewhere; 7 was only looked at.
        let known = [(3, 5, &waiting), (4, 4, &waiting), (6, 4, &waiting), (7, 4, &assigned)];
        for (user, role, fetched, let_go) in [
            ("another", Role::Inspector, vec![id(1), id(4)], vec![id(6)]),
            ("another", Role::Handler, vec![], vec![]),
            // The feed brings own reports.
            (actor(Role::Inspector, None).user.as_str(), Role::Inspector, vec![id(1)], vec![]),
        ] {
            let phone = phone_of(user, role, &known);
            let expected = LookAround { fetched, let_go };
            assert_eq!(phone.look_around(&around), expected, "{user} {role:?}");
        }
    }

    #[test]
    fn one_look_around_asks_for_so_many_at_most() {
        let all: Vec<_> = (1..=60).map(|byte| (byte, 1, CaseState::Rectified)).collect();
        let phone = phone_of("another", Role::Inspector, &[]);
        assert_eq!(phone.look_around(&near(&all)).fetched.len(), MAX_FETCHED);
    }
}
