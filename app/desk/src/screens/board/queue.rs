//! The queues on the board: their words, their order, and with which one the day begins.

use domain::summary::{CaseQuery, Queue, QueueCount, QueueCounts, SearchText, SearchTooLong, Sort};

use app_shared::text::Words;

/// Those in which headquarters has something to do.
const WORK: [Queue; 3] = [Queue::Tray, Queue::ToVerify, Queue::ToClose];

/// The queue to begin with: the first in which there is something to do. `None` when there is no
/// case at all.
pub fn first_of(counts: &QueueCounts) -> Option<Queue> {
    let has_cases = |queue: &Queue| count_of(counts, *queue) > 0;
    has_cases(&Queue::All).then(|| WORK.into_iter().find(has_cases).unwrap_or(Queue::Open))
}

pub fn count_of(counts: &QueueCounts, queue: Queue) -> u32 {
    counts.queues.iter().find(|count| count.queue == queue).map_or(0, |count| count.cases)
}

/// "17"; "100000+" where nobody counted further.
pub fn count_text(cases: u32) -> String {
    if cases >= QueueCount::MAX { format!("{}+", QueueCount::MAX) } else { cases.to_string() }
}

/// What is late begins with what was due first, everything else with what came last.
pub const fn sort(queue: Queue) -> Sort {
    match queue {
        Queue::Overdue | Queue::Near => Sort::Due,
        Queue::Tray
        | Queue::ToVerify
        | Queue::ToClose
        | Queue::Open
        | Queue::ClosedToday
        | Queue::All => Sort::Reported,
    }
}

/// What asks for all of its cases.
pub fn whole(queue: Queue) -> CaseQuery {
    CaseQuery { queue: Some(queue), sort: sort(queue), ..CaseQuery::default() }
}

/// What is searched for: as many words of `typed` as can be. `None`: nothing.
pub fn words_of(typed: &str) -> Option<String> {
    let short: String = typed.chars().take(SearchText::MAX_CHARS).collect();
    match SearchText::parse(&short) {
        Ok(words) => words.map(|_| short),
        Err(SearchTooLong) => {
            let (fewer, _) =
                short.trim_end().rsplit_once(|letter: char| !letter.is_alphanumeric())?;
            words_of(fewer)
        }
    }
}

/// Whether the next case is chosen when the chosen one has been dealt with.
pub const fn moves_on(queue: Queue) -> bool {
    matches!(queue, Queue::ToVerify | Queue::ToClose)
}

pub const fn hook(queue: Queue) -> &'static str {
    match queue {
        Queue::Tray => "queue-tray",
        Queue::ToVerify => "queue-to_verify",
        Queue::ToClose => "queue-to_close",
        Queue::Overdue => "queue-overdue",
        Queue::Near => "queue-near",
        Queue::Open => "queue-open",
        Queue::ClosedToday => "queue-closed_today",
        Queue::All => "queue-all",
    }
}

pub fn word(queue: Queue, words: Words) -> &'static str {
    match queue {
        Queue::Tray => words.queue_tray,
        Queue::ToVerify => words.queue_to_verify,
        Queue::ToClose => words.queue_to_close,
        Queue::Overdue => words.queue_overdue,
        Queue::Near => words.queue_near,
        Queue::Open => words.queue_open,
        Queue::ClosedToday => words.queue_closed_today,
        Queue::All => words.queue_all,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(cases: &[(Queue, u32)]) -> QueueCounts {
        let count = |queue| {
            let found = cases.iter().find(|(of, _)| *of == queue);
            QueueCount { queue, cases: found.map_or(0, |(_, cases)| *cases) }
        };
        QueueCounts { queues: Queue::ALL.map(count).to_vec() }
    }

    #[test]
    fn board_begins_with_the_first_queue_that_has_something_to_do() {
        use Queue::{All, ClosedToday, Open, Overdue, ToClose, ToVerify, Tray};
        for (cases, expected) in [
            (&[][..], None),
            (&[(All, 3), (ClosedToday, 3)], Some(Open)),
            (&[(All, 1), (Open, 1), (Overdue, 1)], Some(Open)),
            (&[(All, 2), (Open, 2), (ToClose, 1)], Some(ToClose)),
            (&[(All, 2), (ToClose, 1), (ToVerify, 1)], Some(ToVerify)),
            (&[(All, 3), (ToVerify, 1), (Tray, 1)], Some(Tray)),
        ] {
            assert_eq!(first_of(&counts(cases)), expected, "{cases:?}");
        }
        assert_eq!(first_of(&QueueCounts::default()), None);
    }

    #[test]
    fn count_says_that_nobody_counted_further() {
        for (cases, expected) in
            [(0, "0"), (17, "17"), (1_999, "1999"), (2_000, "2000+"), (u32::MAX, "2000+")]
        {
            assert_eq!(count_text(cases), expected);
        }
    }

    #[test]
    fn search_is_as_many_words_as_the_server_takes() {
        for (typed, expected) in [
            ("", None),
            (" …", None),
            ("占道 摊主", Some("占道 摊主")),
            ("a b c d e f g h i j", Some("a b c d e f g h")),
            ("a-b-c-d-e-f-g-h-i", Some("a-b-c-d-e-f-g-h")),
        ] {
            assert_eq!(words_of(typed).as_deref(), expected, "{typed}");
        }
        let long = words_of(&"占".repeat(500)).unwrap();
        assert_eq!(long.chars().count(), 100);
    }
}
