//! Guessing the type before anybody says it: what was reported near here, what this
//! person reported lately, and what the hour brings.

use crate::{
    CategoryCode, Timestamp,
    place::{GeoPoint, Place, distance_m},
};
use std::collections::BTreeMap;

/// A report that is known on this phone.
#[derive(Clone, Debug)]
pub struct Seen {
    pub category: CategoryCode,
    pub place: Place,
    pub at: Timestamp,
    /// By the person who asks.
    pub is_own: bool,
}

/// What is asked about.
#[derive(Clone, Copy, Debug)]
pub struct Now<'a> {
    pub place: &'a Place,
    pub at: Timestamp,
    /// Minutes east of UTC.
    pub utc_offset_minutes: i16,
}

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Metres in which a report counts half as much as at the very spot.
const NEAR_M: f64 = 150.0;

/// The likeliest types, the best first; `usual` fills what nothing speaks for. At most
/// `most`, each once.
#[must_use]
pub fn guess<'a>(
    seen: impl IntoIterator<Item = &'a Seen>,
    now: Now<'_>,
    usual: &[CategoryCode],
    most: usize,
) -> Vec<CategoryCode> {
    let mut weights = BTreeMap::<&CategoryCode, f64>::new();
    for report in seen {
        *weights.entry(&report.category).or_insert(0.0) += weight(report, now);
    }
    let mut ranked: Vec<(&CategoryCode, f64)> = weights.into_iter().collect();
    // By weight; by code where equal, so that the chips do not dance.
    ranked.sort_by(|(a, x), (b, y)| y.total_cmp(x).then_with(|| a.cmp(b)));
    let mut guesses: Vec<CategoryCode> = Vec::new();
    for code in ranked.into_iter().map(|(code, _)| code).chain(usual) {
        if guesses.len() < most && !guesses.contains(code) {
            guesses.push(code.clone());
        }
    }
    guesses
}

fn weight(report: &Seen, now: Now<'_>) -> f64 {
    let age_days =
        f64::from(i32::try_from(now.at.since(report.at).max(0) / DAY_MS).unwrap_or(i32::MAX));
    // Half after two weeks.
    let recent = halved(age_days / 14.0);
    let mut weight = 0.2;
    if report.is_own {
        weight += 0.5;
    }
    weight += 2.0 * nearness(&report.place, now.place);
    if hour(report.at, now).abs_diff(hour(now.at, now)) <= 2 {
        weight += 0.4;
    }
    weight * recent
}

/// 1 at the spot or at the same point, less on the same section, 0 far away.
fn nearness(there: &Place, here: &Place) -> f64 {
    let by_distance = match (there.known_at(), here.known_at()) {
        (Some(a), Some(b)) => halved(metres(a, b) / NEAR_M),
        _ => 0.0,
    };
    let by_name = if there.point.is_some() && there.point == here.point {
        0.8
    } else if there.section.is_some() && there.section == here.section {
        0.4
    } else {
        0.0
    };
    by_distance.max(by_name)
}

/// One, halved at each whole time and evenly in between: near enough to a power, whose tables
/// are 3 KB on their way to a phone.
fn halved(times: f64) -> f64 {
    let (mut weight, mut left) = (1.0, times);
    while left >= 1.0 && weight > 1e-6 {
        weight /= 2.0;
        left -= 1.0;
    }
    weight * (1.0 - left.min(1.0) / 2.0)
}

fn metres(a: GeoPoint, b: GeoPoint) -> f64 {
    distance_m(a, b)
}

fn hour(at: Timestamp, now: Now<'_>) -> i64 {
    let local = at.plus_millis(i64::from(now.utc_offset_minutes) * 60_000);
    local.millis().rem_euclid(DAY_MS) / 3_600_000
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_000_000);

    fn seen(category: &str, lon_e6: i32, days: i64, is_own: bool) -> Seen {
        let at = Some(GeoPoint { lon_e6, lat_e6: 32_700_000 });
        Seen {
            category: category.into(),
            place: Place { at, ..Place::default() },
            at: NOW.plus_millis(-days * DAY_MS),
            is_own,
        }
    }

    fn check(reports: &[Seen], expected: &[&str]) {
        let place = Place {
            at: Some(GeoPoint { lon_e6: 109_000_000, lat_e6: 32_700_000 }),
            ..Place::default()
        };
        let now = Now { place: &place, at: NOW, utc_offset_minutes: 480 };
        let usual = ["u1".into(), "u2".into(), "u3".into()];
        let guesses = guess(reports, now, &usual, 3);
        let guesses: Vec<&str> = guesses.iter().map(CategoryCode::as_str).collect();
        assert_eq!(guesses, expected);
    }

    #[test]
    fn what_is_halved_never_grows_and_ends() {
        for (times, expected) in [(0.0, 1.0), (0.5, 0.75), (1.0, 0.5), (3.0, 0.125)] {
            assert!((halved(times) - expected).abs() < 1e-9, "{times}");
        }
        let weights: Vec<f64> =
            (0..2_000_u16).map(|tenths| halved(f64::from(tenths) / 10.0)).collect();
        assert!(weights.is_sorted_by(|sooner, later| sooner >= later));
        assert!(halved(f64::MAX) < 1e-6);
    }

    #[test]
    fn near_and_recent_come_before_far_and_old() {
        check(&[], &["u1", "u2", "u3"]);
        let here = 109_000_000;
        let far = 109_200_000;
        check(&[seen("far", far, 0, false), seen("near", here, 0, false)], &["near", "far", "u1"]);
        check(&[seen("old", here, 90, true), seen("new", here, 1, true)], &["new", "old", "u1"]);
        check(
            &[seen("hers", here, 1, false), seen("mine", here, 1, true)],
            &["mine", "hers", "u1"],
        );
        check(&[seen("u3", far, 1, true)], &["u3", "u1", "u2"]);
        let many: Vec<Seen> = (0..5).map(|_| seen("often", here, 1, false)).collect();
        check(&[many, vec![seen("once", here, 1, true)]].concat(), &["often", "once", "u1"]);
    }
}
