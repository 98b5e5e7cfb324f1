//! `xunjie serve`

use std::{
    fmt::Write as _,
    fs::{File, TryLockError},
    io::{IsTerminal as _, Write as _},
    path::Path,
    sync::Arc,
};

use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

use super::command::{Trouble, runtime};
use crate::{
    config::{Config, LogFormat},
    demo, serve, setup,
    state::App,
    store::{
        meta::{self, Fact},
        users,
    },
};

pub(super) fn serve(data: &Path, listen: &str) -> Result<(), Trouble> {
    if !data.join(setup::DATABASE).exists() {
        let shown = data.display();
        return Err(format!(
            "there is no district in {shown}\n\
             make one:      xunjie init --data {shown} --pack FOLDER\n\
             or a sample:   xunjie init --data {shown} --demo"
        )
        .into());
    }
    let config = Config::read(data)?;
    start_log(config.log);
    let _lock = lock(data)?;
    runtime()?.block_on(run(data, config, listen))
}

async fn run(data: &Path, config: Config, listen: &str) -> Result<(), Trouble> {
    let app = Arc::new(App::open(data, config).await?);
    let listener = TcpListener::bind(listen)
        .await
        .map_err(|error| format!("cannot listen on {listen}: {error}"))?;
    let address = listener.local_addr()?;
    // Who started us may have closed its end after the first line: no reason to stop.
    let mut out = std::io::stdout();
    let _nobody_reads = writeln!(out, "listening on http://{address}").and_then(|()| out.flush());
    let _nobody_reads = out.write_all(demo_accounts(&app).await?.as_bytes());
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "serving");

    let stopping = app.stopping.clone();
    tokio::spawn(async move {
        told_to_stop().await;
        tracing::info!("stopping");
        stopping.cancel();
    });
    Ok(serve::serve(listener, app).await?)
}

/// One account per role of the demo, as lines; nothing for a real district.
async fn demo_accounts(app: &App) -> Result<String, Trouble> {
    let accounts = app
        .store
        .read(|transaction| {
            let is_demo = meta::get(transaction, Fact::Demo)?.is_some();
            Ok(if is_demo { users::one_per_role(transaction)? } else { Vec::new() })
        })
        .await?;
    if accounts.is_empty() {
        return Ok(String::new());
    }
    let mut lines = format!("sample district; every account has the password {}\n", demo::PASSWORD);
    for actor in accounts {
        let role = users::role_code(actor.role)?;
        let unit = actor.unit.map(|unit| format!(" ({unit})")).unwrap_or_default();
        writeln!(lines, "  {role:<14} {:<12} {}{unit}", actor.user.as_str(), actor.name)?;
    }
    Ok(lines)
}

/// One server a folder: each announces only its own changes.
fn lock(data: &Path) -> Result<File, Trouble> {
    let file = File::create(data.join("lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            Err(format!("{} is being served already", data.display()).into())
        }
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

/// To standard error; what is logged is chosen by `RUST_LOG`.
fn start_log(format: LogFormat) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        // It would panic when standard error is closed.
        .log_internal_errors(false);
    match format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().init(),
    }
}

/// Waits for an interrupt, or for the system to ask.
async fn told_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    let _ended = interrupted.await;
}
