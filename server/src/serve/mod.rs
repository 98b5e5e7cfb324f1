//! Serving a data folder from a listener: handlers, background jobs and an orderly end. The
//! caller brings the listener, so that tests serve on port 0.

mod listener;

use std::{io, sync::Arc, time::Duration};

use tokio::net::TcpListener;

use self::listener::{GuardedListener, MAX_SILENCE};
use crate::{
    http,
    jobs::{housekeeping, worker},
    state::App,
};

/// How long open requests may take to end once the server is told to stop, and again what
/// they left to be done. Twice this stays below the 90 s after which systemd kills.
const SHUTDOWN_GRACE: Duration = Duration::from_secs(10);

/// Serves until `app.stopping` is cancelled, then waits for open requests to end.
///
/// # Errors
/// When the listener fails.
pub async fn serve(listener: TcpListener, app: Arc<App>) -> io::Result<()> {
    let stopping = app.stopping.clone();
    let router = http::router(Arc::clone(&app));
    app.tasks.spawn(worker::run(Arc::clone(&app)));
    let housekeeping = tokio::spawn(housekeeping::run(Arc::clone(&app)));
    let listener = GuardedListener::new(listener, MAX_SILENCE);
    let serving =
        axum::serve(listener, router).with_graceful_shutdown(stopping.clone().cancelled_owned());
    let overdue = async {
        stopping.cancelled().await;
        tokio::time::sleep(SHUTDOWN_GRACE).await;
    };
    let served = tokio::select! {
        served = serving => served,
        () = overdue => {
            tracing::warn!("stopped with requests still open");
            Ok(())
        }
    };
    app.tasks.close();
    // A check of a part that does not answer is no reason to wait.
    housekeeping.abort();
    let background_work = async {
        app.tasks.wait().await;
        app.photos.at_rest().await;
    };
    if tokio::time::timeout(SHUTDOWN_GRACE, background_work).await.is_err() {
        tracing::warn!("stopped with work still under way; nothing of it was acknowledged");
    }
    served
}
