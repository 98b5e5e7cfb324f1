//! Where the photos of a draft were taken: which fix says most about it, and the place that
//! comes of it.
//!
//! Never: reads a position; takes one that says where the phone is taken to afterwards.

use domain::{
    District, Timestamp,
    place::{MAX_AGE_MS, Place, Position, distance_m},
};

use super::{Draft, PositionState};

impl Draft {
    /// When its photos were taken, by the device's clock.
    pub fn photographed(&self) -> impl Iterator<Item = Timestamp> {
        self.photos.iter().map(|photo| photo.shot.taken.claimed)
    }

    /// Its place, as the report's will be when it is saved at `now`, by the device's clock.
    pub fn place(&self, district: &District, now: Timestamp) -> Place {
        district.place_of(self.position, self.photographed(), now, &self.chosen)
    }

    /// The position that its place comes from: its own, or the phone's while nothing is
    /// photographed.
    pub fn position_or(&self, here: PositionState) -> Option<Position> {
        if self.photos.is_empty() { here.known() } else { self.position }
    }

    /// Whether a fix says more about where the photos were taken than the position that is
    /// kept: there is none, it is of another time, or its circle is wider and holds the fix.
    /// One that is read long after the last photo says where the phone is taken to.
    pub fn prefers(&self, fix: Position) -> bool {
        let most = i64::try_from(MAX_AGE_MS).unwrap_or(i64::MAX);
        let is_near = |position: Position| {
            self.photographed().any(|taken| taken.since(position.read).saturating_abs() <= most)
        };
        let is_too_late = self.photographed().all(|taken| fix.read.since(taken) > most);
        if is_too_late {
            return false;
        }
        let Some(kept) = self.position else { return true };
        match (is_near(kept), is_near(fix)) {
            (false, true) => true,
            (true, false) => false,
            (false, false) => fix.read > kept.read,
            (true, true) => {
                fix.accuracy_m < kept.accuracy_m
                    && distance_m(fix.at, kept.at) <= f64::from(kept.accuracy_m)
            }
        }
    }

    /// Takes the fix where it says more than what is kept.
    pub fn take_fix(&mut self, fix: Position) {
        if self.prefers(fix) {
            self.position = Some(fix);
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::{
        CaseId,
        place::{GeoPoint, PlaceDoubt},
    };

    use super::*;
    use crate::case_story::{at, district, shot};
    use crate::model::DraftPhoto;

    /// Photographed at these seconds after ten o'clock.
    fn draft(photos: &[i64], position: Option<Position>) -> Draft {
        let photo = |seconds: &i64| {
            let mut shot = shot("before");
            shot.taken.claimed = time(*seconds);
            DraftPhoto { shot }
        };
        Draft {
            photos: photos.iter().map(photo).collect(),
            position,
            ..Draft::empty(CaseId::new(time(0), [1; 10]), time(0))
        }
    }

    fn time(seconds: i64) -> Timestamp {
        at("2026-11-23 10:00").plus_millis(1_000 * seconds)
    }

    /// Read at these seconds after ten o'clock, so far east of East Ankang Road.
    fn fix(seconds: i64, accuracy_m: u32, east_e6: i32) -> Position {
        let mut at = GeoPoint::from_degrees(32.705, 109.101).unwrap();
        at.lon_e6 += east_e6;
        Position { at, accuracy_m, read: time(seconds) }
    }

    #[test]
    fn fix_is_taken_when_it_says_more_about_the_photos_than_what_is_kept() {
        let wide = Some(fix(0, 300, 0));
        let good = Some(fix(0, 8, 0));
        let old = Some(fix(-7_272, 8, 0));
        for (photos, kept, found, is_taken) in [
            (&[0][..], None, fix(0, 8, 0), true),
            // None in time: an old one is said as such.
            (&[0], None, fix(-7_272, 8, 0), true),
            (&[0], None, fix(60, 8, 0), true),
            (&[0], None, fix(120, 8, 0), true),
            // At home, in the evening.
            (&[0], None, fix(121, 8, 0), false),
            (&[0], None, fix(30_000, 8, 0), false),
            (&[0], old, fix(10, 3_000, 0), true),
            (&[0], old, fix(-7_200, 8, 0), true),
            (&[0], old, fix(-9_000, 8, 0), false),
            (&[0], old, fix(30_000, 8, 0), false),
            (&[0], good, fix(-7_272, 3, 0), false),
            (&[0], good, fix(10, 300, 0), false),
            // The receiver has warmed up.
            (&[0], wide, fix(10, 8, 0), true),
            (&[0], wide, fix(10, 8, 3_000), true),
            // 375 m from the middle of 300 m: walked on.
            (&[0], wide, fix(10, 8, 4_000), false),
            (&[0], good, fix(20, 3, 500), false),
            // The first photo was taken there.
            (&[0, 7_200], good, fix(7_200, 8, 5_000), false),
            (&[7_200], good, fix(7_200, 8, 5_000), true),
            (&[0, 7_200], None, fix(7_200, 8, 0), true),
            (&[], None, fix(0, 8, 0), false),
        ] {
            let mut draft = draft(photos, kept);
            draft.take_fix(found);
            let expected = if is_taken { Some(found) } else { kept };
            assert_eq!(draft.position, expected, "{photos:?} {kept:?} {found:?}");
            assert!(!draft.prefers(found), "taken again: {found:?}");
        }
    }

    #[test]
    fn place_of_a_draft_is_that_of_its_photos_however_late_it_is_saved() {
        let district = district();
        for (photos, position, minutes, section, is_stale) in [
            (&[0][..], Some(fix(0, 8, 0)), 1, Some("s1"), false),
            (&[0], Some(fix(0, 8, 0)), 600, Some("s1"), false),
            (&[0], Some(fix(-7_272, 8, 0)), 1, None, true),
            (&[], Some(fix(0, 8, 0)), 1, Some("s1"), false),
            (&[], Some(fix(0, 8, 0)), 3, None, true),
            (&[0], None, 1, None, false),
        ] {
            let place = draft(photos, position).place(&district, time(60 * minutes));
            let found = place.section.as_ref().map(|code| code.as_str().to_owned());
            assert_eq!(found.as_deref(), section, "{photos:?} {position:?} {minutes}");
            let stale = matches!(place.doubt, Some(PlaceDoubt::Stale { .. }));
            assert_eq!(stale, is_stale, "{photos:?} {position:?} {minutes}");
        }
    }
}
