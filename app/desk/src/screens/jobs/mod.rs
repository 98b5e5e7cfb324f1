//! For administrators: what the server has still to do on its own, what of it failed and why, and
//! the way to have it tried again.

mod answer;
mod job_block;

use domain::sync::{JobCount, JobRetry};
use leptos::{prelude::*, task::spawn_local};

pub use self::answer::LastAnswer;
use self::{answer::JobsAnswer, job_block::JobBlock};
use app_shared::{
    components::{
        case_text,
        empty::EmptyState,
        icon,
        message::{Message, Tone},
        skeleton::SkeletonRows,
        toasts::Toasts,
    },
    model::{AppError, Link, Model},
    text::words,
};

/// What the parts of the screen share. In context.
#[derive(Clone, Copy)]
struct JobsContext {
    answer: RwSignal<Option<JobsAnswer>>,
    /// Why the last question was not answered.
    error: RwSignal<Option<AppError>>,
    is_busy: RwSignal<bool>,
    has_gone_on: StoredValue<bool>,
    /// Counts questions for the first page: the answer to an older one is not shown.
    asked: StoredValue<u32>,
    model: Model,
}

/// What stands in the place of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    Skeleton,
    /// There is no answer; the reason is said above.
    Nothing,
    Quiet,
    List,
}

impl Shown {
    fn of(answer: Option<&JobsAnswer>, is_asking: bool) -> Self {
        match answer {
            None if is_asking => Self::Skeleton,
            None => Self::Nothing,
            Some(answer) if answer.is_quiet() => Self::Quiet,
            Some(_) => Self::List,
        }
    }
}

impl JobsContext {
    fn provide() -> Self {
        let LastAnswer(answer) = LastAnswer::here();
        let jobs = Self {
            answer,
            error: RwSignal::new(None),
            is_busy: RwSignal::new(false),
            has_gone_on: StoredValue::new(false),
            asked: StoredValue::new(0),
            model: Model::here(),
        };
        provide_context(jobs);
        jobs
    }

    fn here() -> Self {
        expect_context()
    }

    fn ask(self) {
        let _gone = self.has_gone_on.try_set_value(false);
        let Some(number) = self.asked.try_update_value(|asked| {
            *asked = asked.wrapping_add(1);
            *asked
        }) else {
            return;
        };
        spawn_local(async move {
            let answer = self.model.jobs(None).await;
            if self.asked.try_get_value().is_some_and(|latest| latest != number) {
                return;
            }
            match answer {
                // The screen may be gone by now; an answer outlives it.
                Ok(found) => {
                    self.answer.set(Some(JobsAnswer::of(found, self.model.now.get_untracked())));
                    let _gone = self.error.try_set(None);
                }
                Err(why) => {
                    let _gone = self.error.try_set(Some(why));
                }
            }
        });
    }

    fn ask_for_more(self) {
        let next = self.answer.with_untracked(|answer| answer.as_ref()?.next.clone());
        let Some(next) = next else { return };
        self.has_gone_on.set_value(true);
        spawn_local(async move {
            match self.model.jobs(Some(&next)).await {
                Ok(page) => self.answer.update(|answer| {
                    *answer = answer.take().map(|answer| answer.continued(&next, page));
                }),
                Err(why) => {
                    let _gone = self.error.try_set(Some(why));
                }
            }
        });
    }

    fn retry(self, retry: JobRetry, then: impl FnOnce(u32) + 'static) {
        self.is_busy.set(true);
        spawn_local(async move {
            let answer = self.model.retry_jobs(&retry).await;
            let _gone = self.is_busy.try_set(false);
            match answer {
                Ok(jobs) => {
                    then(jobs);
                    self.ask();
                }
                Err(why) => {
                    let _gone = self.error.try_set(Some(why));
                }
            }
        });
    }
}

#[component]
pub fn JobsScreen() -> impl IntoView {
    let words = words();
    let jobs = JobsContext::provide();
    let model = jobs.model;
    let is_connected = Memo::new(move |_| model.status.with(|it| it.link == Link::Connected));
    let minute = Memo::new(move |_| model.now.get().millis() / 60_000);
    // At once, and each minute while the server answers. Pages that somebody has gone on to stay.
    Effect::new(move |before: Option<()>| {
        minute.track();
        let has_gone_on = jobs.has_gone_on.get_value();
        if before.is_none() || (is_connected.get() && !has_gone_on) {
            jobs.ask();
        }
    });
    let shown = Memo::new(move |_| {
        let is_asking = jobs.error.with(Option::is_none);
        jobs.answer.with(|answer| Shown::of(answer.as_ref(), is_asking))
    });
    view! {
        <div class="page stack-l" data-test="jobs">
            <p>{words.jobs_text()}</p>
            {move || jobs.error.get().map(|error| view! { <NotAnswered error /> })}
            {move || match shown.get() {
                Shown::Nothing => ().into_any(),
                Shown::Skeleton => view! { <SkeletonRows count=4 /> }.into_any(),
                Shown::Quiet => {
                    view! {
                        <EmptyState
                            icon=icon::CIRCLE_CHECK
                            title=words.no_jobs()
                            text=words.no_jobs_text()
                        />
                    }
                    .into_any()
                }
                Shown::List => view! { <JobList /> }.into_any(),
            }}
        </div>
    }
}

/// Why the question was not answered, above what an earlier answer said.
#[component]
fn NotAnswered(error: AppError) -> impl IntoView {
    let words = words();
    let jobs = JobsContext::here();
    let why = words.error(&error);
    let text = move || {
        let model = jobs.model;
        let offset = model.district.with(|it| case_text::offset_of(it.as_deref()));
        jobs.answer.with(|answer| match answer {
            Some(answer) => {
                words.answer_is_old(&why, &words.when(answer.at, model.now.get(), offset))
            }
            None => why.clone(),
        })
    };
    move || {
        view! {
            <Message tone=Tone::Bad text=text() hook="jobs-error">
                <button type="button" class="btn" on:click=move |_| jobs.ask()>
                    {words.retry}
                </button>
            </Message>
        }
    }
}

/// Rows stay the same rows when it is asked anew, so that they keep the focus.
#[component]
fn JobList() -> impl IntoView {
    let words = words();
    let jobs = JobsContext::here();
    let toasts = Toasts::here();
    let failed = move || {
        jobs.answer.with(|answer| answer.as_ref().map(|it| it.failed.clone()).unwrap_or_default())
    };
    let has_failed = Memo::new(move |_| !failed().is_empty());
    let has_more = Memo::new(move |_| {
        jobs.answer.with(|answer| answer.as_ref().is_some_and(|it| it.next.is_some()))
    });
    let retry = Callback::new(move |retry| {
        jobs.retry(retry, move |jobs| toasts.say(words.jobs_retried(jobs)));
    });
    view! {
        <Counts />
        <section class="stack">
            <h2>{words.failed_jobs()}</h2>
            <Show
                when=move || has_failed.get()
                fallback=move || view! { <p>{words.no_failed_jobs()}</p> }
            >
                <button
                    type="button"
                    class="btn btn-wide"
                    data-test="retry-all-jobs"
                    disabled=move || jobs.is_busy.get()
                    on:click=move |_| retry.run(JobRetry::All)
                >
                    {words.retry_all_jobs()}
                </button>
            </Show>
            <ul class="stack">
                <For
                    each=failed
                    key=|job| (job.kind.clone(), job.subject.clone(), job.tries)
                    let:job
                >
                    <JobBlock job retry is_busy=jobs.is_busy />
                </For>
            </ul>
            <Show when=move || has_more.get()>
                <button
                    type="button"
                    class="btn btn-wide"
                    data-test="more-jobs"
                    on:click=move |_| jobs.ask_for_more()
                >
                    {words.more_jobs()}
                </button>
            </Show>
        </section>
    }
}

#[component]
fn Counts() -> impl IntoView {
    let words = words();
    let jobs = JobsContext::here();
    let counts = Memo::new(move |_| {
        jobs.answer.with(|answer| answer.as_ref().map(|it| it.counts.clone()).unwrap_or_default())
    });
    let lines = move || {
        let line = |count: JobCount| {
            view! {
                <dt>{words.job_kind(&count.kind)}</dt>
                <dd data-test="job-count">{words.job_count(&count)}</dd>
            }
        };
        counts.get().into_iter().map(line).collect_view()
    };
    view! { <dl class="facts-list">{lines}</dl> }
}

#[cfg(test)]
mod tests {
    use domain::{
        Timestamp,
        sync::{FailedJob, Jobs},
    };

    use super::*;

    #[test]
    fn screen_shows_a_skeleton_until_it_is_known_what_waits_and_keeps_what_was_said_last() {
        let quiet = JobsAnswer::of(Jobs::default(), Timestamp::from_millis(0));
        let failed = FailedJob {
            kind: "derivatives".into(),
            subject: "a".into(),
            tries: 8,
            failed_at: None,
            last_error: "no space".into(),
        };
        let busy = JobsAnswer { failed: vec![failed], ..quiet.clone() };
        for (answer, is_asking, expected) in [
            (None, true, Shown::Skeleton),
            (None, false, Shown::Nothing),
            (Some(&quiet), true, Shown::Quiet),
            (Some(&quiet), false, Shown::Quiet),
            (Some(&busy), true, Shown::List),
            (Some(&busy), false, Shown::List),
        ] {
            assert_eq!(Shown::of(answer, is_asking), expected, "{answer:?} {is_asking}");
        }
    }
}
