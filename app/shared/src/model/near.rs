//! Open cases around this phone, so that nobody reports a second time what is reported: asked of
//! the server now and then, and kept for where there is no network.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::{
    CaseId, CategoryCode, District, Timestamp,
    access::Actor,
    case::CaseState,
    place::{GeoPoint, metres_between},
    summary::{CaseSummary, NearQuery, NearbyCases, is_kept_on_phone},
};
use leptos::prelude::*;

use super::{Cases, Link, Model, inner::Inner};
use crate::{
    device::{clock, store},
    sync,
};

/// Asked again when the phone has moved so far.
const MOVED_METRES: u32 = 300;
/// Asked again after so long.
const OLD_MS: i64 = 5 * 60 * 1_000;
/// Asked again so long after a failure.
const AGAIN_MS: i64 = 30 * 1_000;

/// An open case, and how far away it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseNearby {
    pub id: CaseId,
    pub category: CategoryCode,
    pub state: CaseState,
    pub metres: u32,
}

/// Where and when the server was asked.
#[derive(Clone, Copy, Debug)]
struct Asked {
    at: GeoPoint,
    when: Timestamp,
}

impl Model {
    /// Open cases within `metres`, the nearest first.
    pub fn nearby(&self, at: GeoPoint, metres: u32) -> Vec<CaseNearby> {
        let known = self.summaries.get();
        let near = |case: &Arc<CaseSummary>| {
            let away = metres_between(at, case.place.at?);
            (case.state.is_open() && away <= metres).then(|| CaseNearby {
                id: case.id,
                category: case.category.clone(),
                state: case.state,
                metres: away,
            })
        };
        let mut near: Vec<CaseNearby> = known.iter().filter_map(near).collect();
        near.sort_by_key(|case| (case.metres, case.id));
        near
    }

    /// Asks what is around `at` for as long as the caller's owner lives: again when that is
    /// elsewhere or some minutes have passed.
    pub fn follow_nearby(&self, at: impl Fn() -> Option<GeoPoint> + 'static) {
        let (inner, status, now) = (self.inner, self.status, self.now);
        let is_connected = Memo::new(move |_| status.with(|status| status.link == Link::Connected));
        let asked = StoredValue::new(None::<Asked>);
        Effect::new(move |_| {
            now.track();
            let Some(at) = is_connected.get().then(&at).flatten() else { return };
            let when = clock::now();
            if asked.get_value().is_some_and(|asked| asked.is_recent(at, when)) {
                return;
            }
            asked.set_value(Some(Asked { at, when }));
            leptos::task::spawn_local(async move {
                if !inner.ask_what_is_near(at).await {
                    let again = when.plus_millis(AGAIN_MS - OLD_MS);
                    let _unless_nobody_looks = asked.try_set_value(Some(Asked { at, when: again }));
                }
            });
        });
    }
}

/// Cases around, and in their place what this phone itself keeps or has done. A case that was
/// only looked at once may have ended long ago.
fn merged(
    cases: &Cases,
    near: &NearbyCases,
    district: &District,
    actor: &Actor,
) -> Vec<Arc<CaseSummary>> {
    // A position in doubt tells nobody how far away a case is. A summary says less of it than a
    // case does: there, what is not certain counts as in doubt.
    let around = near.cases.iter().map(|near| {
        let mut summary = near.case.summary.clone();
        summary.place.at = summary.place.at.filter(|_| summary.place.is_certain);
        (summary.id, Arc::new(summary))
    });
    let mut known: BTreeMap<CaseId, Arc<CaseSummary>> = around.collect();
    let here = cases.iter().filter_map(|(id, entry)| {
        let mut summary = CaseSummary::of(&entry.case, district);
        summary.place.at = entry.case.routing.place.known_at();
        let is_own_word = !entry.pending.is_empty() || is_kept_on_phone(actor, &summary);
        is_own_word.then(|| (*id, Arc::new(summary)))
    });
    known.extend(here);
    known.into_values().collect()
}

impl Asked {
    fn is_recent(&self, at: GeoPoint, now: Timestamp) -> bool {
        metres_between(self.at, at) < MOVED_METRES && now.since(self.when) < OLD_MS
    }
}

impl Inner {
    /// Every case that this phone knows to be as it says.
    pub(super) fn summaries(self) -> Signal<Arc<Vec<Arc<CaseSummary>>>> {
        Memo::new(move |_| {
            let (district, profile) = (self.district.get(), self.profile.get());
            let (Some(district), Some(profile)) = (district, profile) else {
                return Arc::default();
            };
            let known = self.cases.with(|cases| {
                self.near.with(|near| merged(cases, near, &district, &profile.actor))
            });
            Arc::new(known)
        })
        .into()
    }

    /// What the server said last, before it is asked.
    pub(super) async fn take_near(self) {
        if let Ok(near) = store::read_near().await {
            self.near.set(Arc::new(near));
        }
    }

    /// Whether it answered.
    async fn ask_what_is_near(self, at: GeoPoint) -> bool {
        let asker = self.state.with_value(|state| state.actor.clone());
        let Ok(near) = sync::cases_near(at, NearQuery::MAX_METRES).await else { return false };
        if self.state.with_value(|state| state.actor != asker) {
            return false;
        }
        // Not kept: it is asked for again.
        let _kept = store::put_near(&near).await;
        self.near.set(Arc::new(near));
        self.fetch_to_verify().await;
        true
    }
}

#[cfg(test)]
mod tests {
    use domain::{
        access::Role,
        place::PlaceDoubt,
        summary::{CaseRow, NearbyCase},
    };

    use super::*;
    use crate::{
        case_story::{Story, actor, district},
        model::CaseEntry,
    };

    fn id(byte: u8) -> CaseId {
        CaseId::new(Timestamp::from_millis(1), [byte; 10])
    }

    #[test]
    fn what_this_phone_keeps_of_a_case_counts_more_than_what_was_around_once() {
        let story = Story::reported();
        let summary = CaseSummary::of(&story.case(), &story.district);
        let around = |byte: u8| {
            let summary = CaseSummary { id: id(byte), ..summary.clone() };
            NearbyCase { metres: 5, case: CaseRow { number: "1".into(), change: 1, summary } }
        };
        let near = NearbyCases { cases: vec![around(1), around(2)] };
        let entry = |byte: u8, state: CaseState| {
            let mut case = story.case();
            (case.id, case.state) = (id(byte), state);
            let log = story.log.clone();
            let (seq, confirmed) = (1, log.len());
            let pending = Vec::new();
            Arc::new(CaseEntry { id: id(byte), number: None, log, seq, confirmed, case, pending })
        };
        let cases: Cases = Arc::new(
            [(id(2), entry(2, CaseState::Void)), (id(3), entry(3, CaseState::Assigned))].into(),
        );
        let reporter = actor(Role::Inspector, None);
        let another = Actor { user: "another".into(), ..reporter.clone() };
        for (person, expected) in [
            (&reporter, vec![(id(1), true), (id(2), false), (id(3), true)]),
            // Looked at once: what is around is newer, and what is not around is not known.
            (&another, vec![(id(1), true), (id(2), true)]),
        ] {
            let known = merged(&cases, &near, &district(), person);
            let known: Vec<_> = known.iter().map(|it| (it.id, it.state.is_open())).collect();
            assert_eq!(known, expected, "{person:?}");
        }
    }

    #[test]
    fn case_whose_position_is_in_doubt_is_near_nothing() {
        let mut story = Story::reported();
        let summary = CaseSummary::of(&story.case(), &story.district);
        assert!(summary.place.at.is_some() && summary.place.is_certain);
        let mut doubtful = summary.clone();
        doubtful.place.is_certain = false;
        let around = |summary: CaseSummary, byte: u8| {
            let summary = CaseSummary { id: id(byte), ..summary };
            NearbyCase { metres: 5, case: CaseRow { number: "1".into(), change: 1, summary } }
        };
        let near = NearbyCases { cases: vec![around(summary, 1), around(doubtful, 2)] };
        let mut case = story.case();
        (case.id, case.routing.place.doubt) = (id(3), Some(PlaceDoubt::Stale { age_s: 7_200 }));
        let log = std::mem::take(&mut story.log);
        let (seq, confirmed, pending) = (1, log.len(), Vec::new());
        let entry = CaseEntry { id: id(3), number: None, log, seq, confirmed, case, pending };
        let cases: Cases = Arc::new([(id(3), Arc::new(entry))].into());
        let known = merged(&cases, &near, &district(), &actor(Role::Inspector, None));
        let known: Vec<_> = known.iter().map(|it| (it.id, it.place.at.is_some())).collect();
        assert_eq!(known, [(id(1), true), (id(2), false), (id(3), false)]);
    }

    #[test]
    fn server_is_asked_again_after_a_walk_or_some_minutes() {
        let at = |lat: f64| GeoPoint::from_degrees(lat, 109.1).unwrap();
        let when = Timestamp::from_millis(1_000_000);
        let asked = Asked { at: at(32.7), when };
        for (lat, later_ms, expected) in [
            (32.7, 0, true),
            (32.702, 60_000, true),
            (32.703, 0, false),
            (32.7, OLD_MS - 1, true),
            (32.7, OLD_MS, false),
        ] {
            let is_recent = asked.is_recent(at(lat), when.plus_millis(later_ms));
            assert_eq!(is_recent, expected, "{lat} {later_ms}");
        }
    }
}
