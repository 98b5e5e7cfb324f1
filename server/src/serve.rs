//! Serving a data folder from a listener: handlers, background jobs and an orderly end. The
//! caller brings the listener, so that tests serve on port 0.

use std::{io, sync::Arc, time::Duration};

use tokio::net::TcpListener;

use crate::{
    housekeeping, http,
    listener::{self, Guarded},
    state::App,
};

/// How long open requests may take to end once the server is told to stop.
const SHUTDOWN_GRACE: Duration = Duration::from_secs(10);

/// Serves until `app.stopping` is cancelled, then lets what is open end.
///
/// # Errors
/// When the listener fails.
pub async fn serve(listener: TcpListener, app: Arc<App>) -> io::Result<()> {
    let stopping = app.stopping.clone();
    let router = http::router(Arc::clone(&app));
    let keeping_house = tokio::spawn(housekeeping::run(Arc::clone(&app)));
    let listener = Guarded::new(listener, listener::SILENCE);
    let serving =
        axum::serve(listener, router).with_graceful_shutdown(stopping.clone().cancelled_owned());
    let overdue = async {
        stopping.cancelled().await;
        tokio::time::sleep(SHUTDOWN_GRACE).await;
    };
    let ended = tokio::select! {
        ended = serving => ended,
        () = overdue => {
            tracing::warn!("stopped with requests still open");
            Ok(())
        }
    };
    app.tasks.close();
    // A look at a part that does not answer is no reason to wait.
    keeping_house.abort();
    let quiet = async {
        app.tasks.wait().await;
        app.photos.at_rest().await;
    };
    if tokio::time::timeout(SHUTDOWN_GRACE, quiet).await.is_err() {
        tracing::warn!("stopped with work still under way; nothing of it was acknowledged");
    }
    ended
}
