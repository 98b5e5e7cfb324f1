//! Open cases around this phone, so that nobody reports a second time what is reported: asked of
//! the server now and then, and kept for where there is no network.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::{
    CaseId, CategoryCode, District, Timestamp,
    case::CaseState,
    place::{GeoPoint, metres_between},
    summary::{CaseSummary, NearQuery, NearbyCases},
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
        let known = self.summaries();
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
                    let _unless_nobody_looks = asked.try_set_value(None);
                }
            });
        });
    }

    /// Every case that this phone knows something of.
    pub(super) fn summaries(&self) -> Vec<Arc<CaseSummary>> {
        let district = self.district.get();
        self.cases
            .with(|cases| self.inner.near.with(|near| merged(cases, near, district.as_deref())))
    }
}

/// Cases with their logs, and those around that this phone has no log of.
fn merged(cases: &Cases, near: &NearbyCases, district: Option<&District>) -> Vec<Arc<CaseSummary>> {
    let around = near.cases.iter().map(|near| (near.case.summary.id, &near.case.summary));
    let mut known: BTreeMap<CaseId, Arc<CaseSummary>> =
        around.map(|(id, summary)| (id, Arc::new(summary.clone()))).collect();
    if let Some(district) = district {
        let here = cases.iter().map(|(id, entry)| (*id, CaseSummary::of(&entry.case, district)));
        known.extend(here.map(|(id, summary)| (id, Arc::new(summary))));
    }
    known.into_values().collect()
}

impl Asked {
    fn is_recent(&self, at: GeoPoint, now: Timestamp) -> bool {
        metres_between(self.at, at) < MOVED_METRES && now.since(self.when) < OLD_MS
    }
}

impl Inner {
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
        true
    }
}

#[cfg(test)]
mod tests {
    use domain::summary::{CaseRow, NearbyCase};

    use super::*;
    use crate::{
        case_story::{Story, district},
        model::CaseEntry,
    };

    fn id(byte: u8) -> CaseId {
        CaseId::new(Timestamp::from_millis(1), [byte; 10])
    }

    #[test]
    fn what_this_phone_knows_of_a_case_counts_more_than_what_was_around_once() {
        let story = Story::reported();
        let summary = CaseSummary::of(&story.case(), &story.district);
        let around = |byte: u8| {
            let summary = CaseSummary { id: id(byte), ..summary.clone() };
            NearbyCase { metres: 5, case: CaseRow { number: "1".into(), change: 1, summary } }
        };
        let near = NearbyCases { cases: vec![around(1), around(2)] };
        let mut here = story.case();
        (here.id, here.state) = (id(2), CaseState::Void);
        let entry = CaseEntry {
            id: id(2),
            number: None,
            log: story.log.clone(),
            seq: 1,
            confirmed: story.log.len(),
            case: here,
            pending: Vec::new(),
        };
        let cases: Cases = Arc::new([(id(2), Arc::new(entry))].into());
        let known = merged(&cases, &near, Some(&district()));
        let known: Vec<_> = known.iter().map(|case| (case.id, case.state.is_open())).collect();
        assert_eq!(known, [(id(1), true), (id(2), false)]);
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
