//! Which cases are picked for one act: one by one, as a range, or all that are shown.
//!
//! Never: signals.

use std::collections::BTreeSet;

use domain::CaseId;

/// So many at a time: each is asked for and saved by itself.
pub const MAX_PICKED: usize = 200;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picks {
    /// Picked before the range.
    single: BTreeSet<CaseId>,
    /// From the anchor to where the range ends now, both included.
    range: BTreeSet<CaseId>,
    /// Where a range begins: what was picked or dropped last by itself.
    anchor: Option<CaseId>,
    is_full: bool,
}

impl Picks {
    /// The first of them, as many as are taken.
    pub fn all(cases: &[CaseId]) -> Self {
        Self {
            single: cases.iter().take(MAX_PICKED).copied().collect(),
            is_full: cases.len() > MAX_PICKED,
            ..Self::default()
        }
    }

    pub fn contains(&self, case: CaseId) -> bool {
        self.single.contains(&case) || self.range.contains(&case)
    }

    pub fn len(&self) -> usize {
        self.single.union(&self.range).count()
    }

    pub fn is_empty(&self) -> bool {
        self.single.is_empty() && self.range.is_empty()
    }

    /// Something was not picked because there are as many as are taken.
    pub const fn is_full(&self) -> bool {
        self.is_full
    }

    pub fn toggle(&mut self, case: CaseId) {
        self.end_range();
        self.anchor = Some(case);
        self.is_full = false;
        if self.single.remove(&case) {
            return;
        }
        if self.single.len() < MAX_PICKED {
            self.single.insert(case);
        } else {
            self.is_full = true;
        }
    }

    /// Picks from the anchor to `to`, in the order in which cases are shown; a range that was begun
    /// ends there instead. Without an anchor that is shown, `to` begins one.
    pub fn extend_to(&mut self, shown: &[CaseId], to: CaseId) {
        let at = |case: CaseId| shown.iter().position(|it| *it == case);
        let Some(to_at) = at(to) else { return };
        let Some(from) = self.anchor.and_then(at) else {
            self.end_range();
            self.anchor = Some(to);
            self.fill_range(&[to]);
            return;
        };
        let between = shown.iter().take(to_at.max(from).saturating_add(1)).skip(to_at.min(from));
        let mut between: Vec<CaseId> = between.copied().collect();
        if to_at < from {
            between.reverse();
        }
        self.fill_range(&between);
    }

    /// What is not listed any more is not picked any more.
    pub fn keep(&mut self, is_listed: impl Fn(CaseId) -> bool) {
        let before = self.len();
        self.single.retain(|case| is_listed(*case));
        self.range.retain(|case| is_listed(*case));
        self.anchor = self.anchor.filter(|case| is_listed(*case));
        self.is_full &= self.len() == before;
    }

    fn end_range(&mut self) {
        self.single.append(&mut self.range);
    }

    /// `cases` from the anchor on, as far as there is room.
    fn fill_range(&mut self, cases: &[CaseId]) {
        let mut room = MAX_PICKED.saturating_sub(self.single.len());
        self.range.clear();
        self.is_full = false;
        for case in cases {
            if self.single.contains(case) {
                continue;
            }
            if room == 0 {
                self.is_full = true;
                return;
            }
            room = room.saturating_sub(1);
            self.range.insert(*case);
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::Timestamp;

    use super::*;

    fn case(number: u16) -> CaseId {
        let [high, low] = number.to_be_bytes();
        CaseId::new(Timestamp::from_millis(0), [high, low, 0, 0, 0, 0, 0, 0, 0, 0])
    }

    fn cases(numbers: impl IntoIterator<Item = u16>) -> Vec<CaseId> {
        numbers.into_iter().map(case).collect()
    }

    fn picked(picks: &Picks, shown: &[CaseId]) -> Vec<CaseId> {
        shown.iter().copied().filter(|id| picks.contains(*id)).collect()
    }

    #[test]
    fn case_is_picked_and_dropped_by_the_same_act() {
        let mut picks = Picks::default();
        for (toggled, expected) in [(3, &[3][..]), (1, &[1, 3]), (3, &[1]), (1, &[])] {
            picks.toggle(case(toggled));
            assert_eq!(picked(&picks, &cases(1..=5)), cases(expected.iter().copied()));
            assert_eq!(picks.len(), expected.len());
        }
        assert!(picks.is_empty());
    }

    #[test]
    fn range_goes_from_the_anchor_both_ways_and_keeps_what_was_picked_by_itself() {
        let shown = cases(1..=9);
        for (toggled, to, expected) in [
            (&[3][..], &[6][..], &[3, 4, 5, 6][..]),
            (&[3], &[1], &[1, 2, 3]),
            // It shrinks, and turns around.
            (&[3], &[6, 4], &[3, 4]),
            (&[3], &[6, 2], &[2, 3]),
            (&[8, 3], &[5, 4], &[3, 4, 8]),
            // It grows over what was picked by itself, and back.
            (&[5, 3], &[7, 3], &[3, 5]),
            // Nothing was picked: it begins where it is asked for.
            (&[], &[4], &[4]),
            (&[], &[4, 6], &[4, 5, 6]),
            // Not in the list.
            (&[3], &[12], &[3]),
        ] {
            let mut picks = Picks::default();
            toggled.iter().for_each(|it| picks.toggle(case(*it)));
            to.iter().for_each(|it| picks.extend_to(&shown, case(*it)));
            let expected = cases(expected.iter().copied());
            assert_eq!(picked(&picks, &shown), expected, "{toggled:?} {to:?}");
        }
    }

    #[test]
    fn range_follows_the_list_as_it_is_when_it_is_asked_for() {
        let mut picks = Picks::default();
        picks.toggle(case(3));
        // Two arrived between, one moved up.
        let now = cases([1, 2, 3, 20, 21, 5, 4]);
        picks.extend_to(&now, case(5));
        assert_eq!(picked(&picks, &now), cases([3, 20, 21, 5]));
        // The anchor has left: a new range begins.
        let later = cases([1, 2, 20, 21, 5, 4]);
        picks.keep(|id| later.contains(&id));
        picks.extend_to(&later, case(1));
        assert_eq!(picked(&picks, &later), cases([1, 20, 21, 5]));
    }

    #[test]
    fn case_that_leaves_the_list_drops_out_and_does_not_come_back_with_it() {
        let mut picks = Picks::default();
        picks.toggle(case(1));
        picks.extend_to(&cases(1..=4), case(3));
        picks.keep(|id| id != case(2));
        assert_eq!(picked(&picks, &cases(1..=4)), cases([1, 3]));
        picks.keep(|_| true);
        assert_eq!(picks.len(), 2);
        picks.keep(|_| false);
        assert!(picks.is_empty());
    }

    #[test]
    fn no_more_are_picked_than_are_taken_at_a_time_and_that_is_said() {
        let most = u16::try_from(MAX_PICKED).unwrap();
        for (shown, len, is_full) in [(most, most, false), (most + 1, most, true)] {
            let picks = Picks::all(&cases(0..shown));
            assert_eq!((picks.len(), picks.is_full()), (usize::from(len), is_full), "{shown}");
            assert!(picks.contains(case(0)) && !picks.contains(case(most)));
        }
        let shown = cases(0..most + 50);
        let mut ranged = Picks::default();
        ranged.toggle(case(0));
        ranged.extend_to(&shown, case(most + 20));
        assert_eq!((ranged.len(), ranged.is_full()), (MAX_PICKED, true));
        ranged.toggle(case(most + 30));
        assert_eq!((ranged.len(), ranged.is_full()), (MAX_PICKED, true));
        assert!(!ranged.contains(case(most + 30)));
        // There is room again.
        ranged.toggle(case(5));
        ranged.toggle(case(most + 30));
        assert_eq!((ranged.len(), ranged.is_full()), (MAX_PICKED, false));
        assert!(ranged.contains(case(most + 30)));
        // Upwards, the nearest of the anchor are taken.
        let mut upwards = Picks::default();
        upwards.toggle(case(most + 20));
        upwards.extend_to(&shown, case(0));
        assert!(upwards.is_full() && upwards.contains(case(most)) && !upwards.contains(case(20)));
    }
}
