//! The queues: what waits for headquarters, what is late, what is done. Which cases are in
//! one, and in which order.
//!
//! Never: signals; `now` is handed in.

use domain::{
    Timestamp,
    calendar::Lamp,
    case::{Case, CaseState},
    search::{Query, find},
};

use super::{board_item::BoardItem, board_items::BoardItems};
use app_shared::{
    components::case_text,
    text::{Words, same_day},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Queue {
    Tray,
    ToVerify,
    /// Passed by who may not close: an inspector on the spot.
    ToClose,
    Overdue,
    Near,
    Open,
    ClosedToday,
    All,
}

/// Now, and what the clocks of the district show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DistrictClock {
    pub now: Timestamp,
    pub utc_offset_minutes: i16,
}

impl Queue {
    pub const ALL: [Self; 8] = [
        Self::Tray,
        Self::ToVerify,
        Self::ToClose,
        Self::Overdue,
        Self::Near,
        Self::Open,
        Self::ClosedToday,
        Self::All,
    ];

    /// Those in which headquarters has something to do.
    const WORK: [Self; 3] = [Self::Tray, Self::ToVerify, Self::ToClose];

    /// The queue to begin with: the first in which there is something to do. `None` while
    /// nothing is known.
    pub fn first_of(all: &BoardItems, clock: DistrictClock) -> Option<Self> {
        if all.is_empty() {
            return None;
        }
        let has_work = |queue: &Self| all.iter().any(|item| queue.contains(item, clock));
        Some(Self::WORK.into_iter().find(has_work).unwrap_or(Self::Open))
    }

    /// The queue's items that a search finds, in the queue's order: what is due first or
    /// arrived last matters more than how well a word fits.
    pub fn items(self, all: &BoardItems, search: &str, clock: DistrictClock) -> BoardItems {
        let own = all.iter().filter(|item| self.contains(item, clock));
        let found = find(own.map(|item| (item, &item.search_entry)), &Query::new(search));
        let mut found: Vec<_> = found.into_iter().map(|(_, item)| item.clone()).collect();
        if matches!(self, Self::Overdue | Self::Near) {
            found.sort_by_key(|item| case_text::due_ms(&item.entry.case));
        }
        found.into()
    }

    pub fn count(self, all: &BoardItems, clock: DistrictClock) -> usize {
        all.iter().filter(|item| self.contains(item, clock)).count()
    }

    /// Whether the next case is chosen when the chosen one has been dealt with.
    pub const fn moves_on(self) -> bool {
        matches!(self, Self::ToVerify | Self::ToClose)
    }

    pub const fn hook(self) -> &'static str {
        match self {
            Self::Tray => "queue-tray",
            Self::ToVerify => "queue-to_verify",
            Self::ToClose => "queue-to_close",
            Self::Overdue => "queue-overdue",
            Self::Near => "queue-near",
            Self::Open => "queue-open",
            Self::ClosedToday => "queue-closed_today",
            Self::All => "queue-all",
        }
    }

    pub fn word(self, words: Words) -> &'static str {
        match self {
            Self::Tray => words.queue_tray,
            Self::ToVerify => words.queue_to_verify,
            Self::ToClose => words.queue_to_close,
            Self::Overdue => words.queue_overdue,
            Self::Near => words.queue_near,
            Self::Open => words.queue_open,
            Self::ClosedToday => words.queue_closed_today,
            Self::All => words.queue_all,
        }
    }

    fn contains(self, item: &BoardItem, clock: DistrictClock) -> bool {
        match self {
            Self::Tray => item.state() == CaseState::Unassigned,
            Self::ToVerify => item.state() == CaseState::Rectified,
            Self::ToClose => item.state() == CaseState::Verified,
            Self::Overdue => item.lamp(clock.now) == Some(Lamp::Over),
            Self::Near => item.lamp(clock.now) == Some(Lamp::Near),
            Self::Open => item.state().is_open(),
            Self::ClosedToday => is_closed_on_day_of(&item.entry.case, clock),
            Self::All => true,
        }
    }
}

/// A void case has ended too, and nobody fixed anything: it is not closed.
fn is_closed_on_day_of(case: &Case, clock: DistrictClock) -> bool {
    let ended_today =
        case.closed_at.is_some_and(|at| same_day(at, clock.now, clock.utc_offset_minutes));
    case.state == CaseState::Closed && ended_today
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use domain::{CaseId, Lang};

    use super::*;
    use crate::screens::board::test_cases::{HOUR_MS, NOON_MS, TestCase, district};

    const CLOCK: DistrictClock =
        DistrictClock { now: Timestamp::from_millis(NOON_MS), utc_offset_minutes: 480 };

    fn items(cases: Vec<TestCase>) -> BoardItems {
        let district = district();
        let item = |case: TestCase| {
            Arc::new(BoardItem::new(&case.entry(), Some(&district), Words::of(Lang::Hans)))
        };
        Arc::new(cases.into_iter().map(item).collect())
    }

    fn queues_of(case: TestCase) -> Vec<Queue> {
        let all = items(vec![case]);
        Queue::ALL.into_iter().filter(|queue| queue.count(&all, CLOCK) == 1).collect()
    }

    #[test]
    fn case_is_in_the_queues_of_its_state_and_of_its_due_time() {
        use Queue::{All, ClosedToday, Near, Open, Overdue, ToClose, ToVerify, Tray};
        let assigned = TestCase::assigned;
        let hours = |hours: i64| NOON_MS + hours * HOUR_MS;
        for (name, case, expected) in [
            ("in the tray", TestCase::in_tray(), vec![Tray, Open, All]),
            ("assigned, with time left", assigned(), vec![Open, All]),
            ("claimed", assigned().claimed(), vec![Open, All]),
            ("due in an hour of ten", assigned().due(hours(1)), vec![Near, Open, All]),
            ("late by an hour", assigned().due(hours(-1)), vec![Overdue, Open, All]),
            ("fixed", assigned().rectified(), vec![ToVerify, Open, All]),
            (
                "fixed, late",
                assigned().rectified().due(hours(-1)),
                vec![ToVerify, Overdue, Open, All],
            ),
            ("returned", assigned().rectified().returned(), vec![Open, All]),
            ("passed", assigned().rectified().passed(), vec![ToClose, Open, All]),
            ("closed today", assigned().rectified().closed(hours(-2)), vec![ClosedToday, All]),
            ("closed late today", assigned().rectified().closed(hours(11)), vec![ClosedToday, All]),
            ("closed yesterday", assigned().rectified().closed(hours(-13)), vec![All]),
            ("void since today", assigned().voided(hours(-2)), vec![All]),
            ("void from the tray", TestCase::in_tray().voided(hours(-2)), vec![All]),
        ] {
            assert_eq!(queues_of(case), expected, "{name}");
        }
    }

    #[test]
    fn closed_today_follows_the_day_of_the_district_and_not_that_of_utc() {
        // 01:00 in the district is 17:00 UTC of the day before.
        let closed = NOON_MS - 11 * HOUR_MS;
        let all = items(vec![TestCase::assigned().rectified().closed(closed)]);
        assert_eq!(Queue::ClosedToday.count(&all, CLOCK), 1);
        let utc = DistrictClock { utc_offset_minutes: 0, ..CLOCK };
        assert_eq!(Queue::ClosedToday.count(&all, utc), 0);
    }

    #[test]
    fn late_queues_begin_with_what_was_due_first_and_others_keep_the_order_of_arrival() {
        let case = |id: u8, due: i64| TestCase::assigned().id(id).due(NOON_MS + due * HOUR_MS);
        let all = items(vec![case(1, -1), case(2, -5), case(3, -3)]);
        for (queue, expected) in
            [(Queue::Overdue, [2, 3, 1]), (Queue::Open, [1, 2, 3]), (Queue::All, [1, 2, 3])]
        {
            let ids: Vec<CaseId> =
                queue.items(&all, "", CLOCK).iter().map(|item| item.id).collect();
            assert_eq!(ids, expected.map(TestCase::case_id), "{queue:?}");
        }
    }

    #[test]
    fn search_looks_inside_the_chosen_queue_only() {
        let all = items(vec![
            TestCase::assigned().id(1).number("2026-000001"),
            TestCase::assigned().id(2).number("2026-000002").rectified(),
        ]);
        for (queue, search, expected) in [
            (Queue::Open, "2026", 2),
            (Queue::Open, "000002", 1),
            (Queue::ToVerify, "2026", 1),
            (Queue::ToVerify, "000001", 0),
            (Queue::Tray, "2026", 0),
        ] {
            assert_eq!(queue.items(&all, search, CLOCK).len(), expected, "{queue:?} {search}");
        }
    }

    #[test]
    fn board_begins_with_the_first_queue_that_has_something_to_do() {
        let passed = || TestCase::assigned().id(1).rectified().passed();
        let fixed = || TestCase::assigned().id(2).rectified();
        for (cases, expected) in [
            (vec![], None),
            (vec![TestCase::assigned()], Some(Queue::Open)),
            (vec![passed()], Some(Queue::ToClose)),
            (vec![passed(), fixed()], Some(Queue::ToVerify)),
            (vec![passed(), fixed(), TestCase::in_tray()], Some(Queue::Tray)),
        ] {
            assert_eq!(Queue::first_of(&items(cases), CLOCK), expected);
        }
    }
}
