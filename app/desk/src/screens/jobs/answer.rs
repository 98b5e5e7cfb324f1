//! What the server last said about its jobs. It outlives the screen, so that it can be read while
//! there is no network; never for the next person who signs in on this device.

use domain::{
    Timestamp,
    sync::{FailedJob, JobCount, JobCursor, Jobs},
};
use leptos::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobsAnswer {
    /// When it was so, by the best estimate of the server's time.
    pub at: Timestamp,
    pub counts: Vec<JobCount>,
    pub failed: Vec<FailedJob>,
    /// Where those after `failed` begin; `None` when these are all.
    pub next: Option<JobCursor>,
}

/// In context.
#[derive(Clone, Copy)]
pub struct LastAnswer(pub RwSignal<Option<JobsAnswer>>);

impl LastAnswer {
    /// Puts it into context, above the screens.
    pub fn provide() {
        provide_context(Self(RwSignal::new(None)));
    }

    /// The answer that [`Self::provide`] put there.
    pub fn here() -> Self {
        expect_context()
    }
}

impl JobsAnswer {
    pub fn of(jobs: Jobs, at: Timestamp) -> Self {
        Self { at, counts: jobs.counts, failed: jobs.failed, next: jobs.next }
    }

    /// With the page after it. Where it was asked anew meanwhile, that page follows no more.
    #[must_use]
    pub fn continued(mut self, asked_from: &JobCursor, page: Jobs) -> Self {
        if self.next.as_ref() != Some(asked_from) {
            return self;
        }
        self.failed.extend(page.failed);
        self.next = page.next;
        self.counts = page.counts;
        self
    }

    /// Nothing waits and nothing was given up.
    pub fn is_quiet(&self) -> bool {
        self.failed.is_empty() && self.counts.iter().all(|it| it.waiting == 0 && it.failed == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_795_924_800_000);

    fn failed(subject: &str) -> FailedJob {
        FailedJob {
            kind: "derivatives".into(),
            subject: subject.into(),
            tries: 8,
            failed_at: None,
            last_error: "the photo cannot be decoded".into(),
        }
    }

    fn cursor(subject: &str) -> JobCursor {
        JobCursor { kind: "derivatives".into(), subject: subject.into() }
    }

    fn page(subjects: &[&str], next: Option<&str>) -> Jobs {
        let failed = subjects.iter().map(|subject| failed(subject)).collect();
        Jobs { counts: Vec::new(), failed, next: next.map(cursor) }
    }

    #[test]
    fn next_page_follows_the_one_it_was_asked_after_and_no_other() {
        let first = JobsAnswer::of(page(&["a", "b"], Some("b")), NOW);
        let both = first.clone().continued(&cursor("b"), page(&["c"], None));
        assert_eq!(both, JobsAnswer::of(page(&["a", "b", "c"], None), NOW));
        let anew = JobsAnswer::of(page(&["a"], Some("a")), NOW);
        assert_eq!(anew.clone().continued(&cursor("b"), page(&["c"], None)), anew);
        let again = both.clone().continued(&cursor("b"), page(&["c"], None));
        assert_eq!(again, both, "pressed twice");
    }

    #[test]
    fn server_is_quiet_when_nothing_waits_and_nothing_failed() {
        let count = |waiting, failed| JobCount { kind: "derivatives".into(), waiting, failed };
        for (counts, subjects, expected) in [
            (vec![], &[][..], true),
            (vec![count(0, 0)], &[], true),
            (vec![count(1, 0)], &[], false),
            (vec![count(0, 1)], &["a"], false),
        ] {
            let jobs = Jobs { counts, ..page(subjects, None) };
            assert_eq!(JobsAnswer::of(jobs.clone(), NOW).is_quiet(), expected, "{jobs:?}");
        }
    }
}
