//! What people ask of the server themselves: lists of cases, a case, the views that they keep,
//! taking in a rescue bundle, what devices owe, and the server's own jobs.

use domain::{
    CaseId, ViewId,
    place::GeoPoint,
    summary::{CasePage, CaseQuery, NearQuery, NearbyCases, QueueCounts, SavedView, SavedViews},
    sync::{
        CaseLog, Devices, JobCursor, JobRetry, JobRetryAnswer, Jobs, RescueReport, outbox::Failure,
    },
};
use serde::de::DeserializeOwned;
use web_sys::Blob;

use super::{
    http::{self, Reply},
    progress::{finish, open, set},
    session::Refused,
};

/// Sends the file, however long that takes; `moved_to` hears how many bytes have gone out.
pub async fn send_rescue(
    file: &Blob,
    moved_to: impl Fn(u64) + 'static,
) -> Result<RescueReport, Refused> {
    let request = open("POST", "/api/v1/sync/rescue")?;
    set(&request, "content-type", "application/octet-stream")?;
    let reply = finish(&request, file, moved_to).await?;
    value(&reply)
}

/// For headquarters.
pub async fn devices() -> Result<Devices, Failure> {
    http::call("/api/v1/devices", None).await
}

/// A page of the cases that this person sees.
pub async fn cases(query: &CaseQuery) -> Result<CasePage, Failure> {
    http::call(&address("/api/v1/cases", query), None).await
}

/// How many cases each queue has, of those that the query names.
pub async fn case_counts(query: &CaseQuery) -> Result<QueueCounts, Failure> {
    http::call(&address("/api/v1/cases/counts", query), None).await
}

/// Open cases around a spot, the nearest first.
pub async fn cases_near(at: GeoPoint, metres: u32) -> Result<NearbyCases, Failure> {
    let (lat, lon) = (f64::from(at.lat_e6) / 1e6, f64::from(at.lon_e6) / 1e6);
    let query = NearQuery { lat, lon, metres, category: None };
    http::call(&address("/api/v1/cases/near", &query), None).await
}

/// A case with its log; `None`: there is none that this person sees.
pub async fn case(id: CaseId) -> Result<Option<CaseLog>, Failure> {
    let reply = http::send("GET", &format!("/api/v1/cases/{id}"), None).await?;
    match http::problem(&reply) {
        Some(problem) if problem.status == 404 => Ok(None),
        _ => http::read(&reply).map(Some),
    }
}

/// One's own, by name.
pub async fn views() -> Result<SavedViews, Failure> {
    http::call("/api/v1/views", None).await
}

/// Makes or changes a view.
pub async fn keep_view(view: &SavedView) -> Result<(), Refused> {
    let body = serde_json::to_string(view).map_err(|_| Failure::Unreachable)?;
    done(&http::send("PUT", &format!("/api/v1/views/{}", view.id), Some(body)).await?)
}

pub async fn remove_view(id: ViewId) -> Result<(), Refused> {
    done(&http::send("DELETE", &format!("/api/v1/views/{id}"), None).await?)
}

/// For administrators: the first page, or the one that begins at the cursor.
pub async fn jobs(cursor: Option<&JobCursor>) -> Result<Jobs, Refused> {
    let path = match cursor {
        Some(cursor) => address("/api/v1/jobs", &[("cursor", cursor.to_string())]),
        None => "/api/v1/jobs".to_owned(),
    };
    value(&http::send("GET", &path, None).await?)
}

/// For administrators.
pub async fn retry_jobs(retry: &JobRetry) -> Result<JobRetryAnswer, Refused> {
    let body = serde_json::to_string(retry).map_err(|_| Failure::Unreachable)?;
    value(&http::send("POST", "/api/v1/jobs/retry", Some(body)).await?)
}

fn value<T: DeserializeOwned>(reply: &Reply) -> Result<T, Refused> {
    refusal(reply).map_or_else(|| Ok(http::read(reply)?), Err)
}

/// A good answer has nothing in it.
fn done(reply: &Reply) -> Result<(), Refused> {
    match refusal(reply) {
        Some(refusal) => Err(refusal),
        None if (200..300).contains(&reply.status) => Ok(()),
        None => Err(http::failure(reply).into()),
    }
}

/// What the server says to the person, where it is not about the way, the session or its load.
fn refusal(reply: &Reply) -> Option<Refused> {
    let problem = http::problem(reply)?;
    (!matches!(problem.status, 401 | 429 | 500..)).then_some(Refused::Other(problem))
}

fn address(path: &str, query: &impl serde::Serialize) -> String {
    // A query is made of names and values, which can always be written.
    let query = serde_urlencoded::to_string(query).unwrap_or_default();
    format!("{path}?{query}")
}
