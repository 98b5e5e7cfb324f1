//! A job that was given up: what it is about, how often it was tried, and why it failed.

use domain::sync::{FailedJob, JobRetry};
use leptos::prelude::*;

use app_shared::{
    components::{
        case_text,
        icon::{self, Icon},
    },
    model::Model,
    text::words,
};

#[component]
pub fn JobBlock(
    job: FailedJob,
    retry: Callback<JobRetry>,
    #[prop(into)] is_busy: Signal<bool>,
) -> impl IntoView {
    let words = words();
    let model = Model::here();
    let offset = model.district.with_untracked(|it| case_text::offset_of(it.as_deref()));
    let (tries, failed_at) = (job.tries, job.failed_at);
    let tried = move || {
        let last = failed_at.map(|at| words.when(at, model.now.get(), offset));
        words.job_tries(tries, last.as_deref())
    };
    let one = JobRetry::One { kind: job.kind.clone(), subject: job.subject.clone() };
    view! {
        <li class="block stack" data-test="failed-job" data-subject=job.subject.clone()>
            <p class="strong">{words.job_kind(&job.kind)}</p>
            <p class="s breaks">{job.subject.clone()}</p>
            <p class="hint-line">
                <Icon icon=icon::TRIANGLE_ALERT />
                <span>
                    {tried} ": " <span class="breaks" lang="en">
                        {job.last_error}
                    </span>
                </span>
            </p>
            <div class="acts">
                <button
                    type="button"
                    class="btn"
                    data-test="retry-job"
                    aria-label=words.retry_job_of(&job.subject)
                    disabled=move || is_busy.get()
                    on:click=move |_| retry.run(one.clone())
                >
                    <Icon icon=icon::ROTATE_CCW small=true />
                    {words.retry_job()}
                </button>
            </div>
        </li>
    }
}
