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

use super::{
    command::{CommandError, runtime},
    folder::Folder,
};
use crate::{
    config::LogFormat,
    init::demo,
    serve,
    state::{App, OpenError},
    store::{
        Database, StoreError,
        meta::{self, Fact},
        users,
    },
};

pub(super) fn serve(folder: &Folder, listen: &str) -> Result<(), CommandError> {
    let (config, database) = folder.open()?;
    let data = &folder.data;
    let is_made = match &database {
        Database::File(path) => path.exists(),
        Database::Server(_) => data.is_dir(),
    };
    if !is_made {
        return Err(no_district(&data.display().to_string(), data).into());
    }
    start_log(config.log);
    let _lock = lock(data)?;
    runtime()?.block_on(async {
        let app = match App::open(data, config).await {
            Err(OpenError::Store(StoreError::Missing(_))) => {
                return Err(no_district(&database.to_string(), data).into());
            }
            opened => opened?,
        };
        run(Arc::new(app), listen).await
    })
}

fn no_district(place: &str, data: &Path) -> String {
    let data = data.display();
    format!(
        "there is no district in {place}\n\
         make one:      xunjie init --data {data} --pack FOLDER\n\
         or a sample:   xunjie init --data {data} --demo"
    )
}

async fn run(app: Arc<App>, listen: &str) -> Result<(), CommandError> {
    let listener = TcpListener::bind(listen)
        .await
        .map_err(|error| format!("cannot listen on {listen}: {error}"))?;
    let address = listener.local_addr()?;
    // A script that started the server may close its end of the pipe after the first line;
    // that is no reason to stop.
    let mut out = std::io::stdout();
    let _nobody_reads = writeln!(out, "listening on http://{address}").and_then(|()| out.flush());
    let _nobody_reads = out.write_all(demo_accounts(&app).await?.as_bytes());
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "serving");

    let stopping = app.stopping.clone();
    tokio::spawn(async move {
        stop_signal().await;
        tracing::info!("stopping");
        stopping.cancel();
    });
    Ok(serve::serve(listener, app).await?)
}

/// One account per role of the demo, as lines; nothing for a real district.
async fn demo_accounts(app: &App) -> Result<String, CommandError> {
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

/// One server a folder: each knows only of the photos that it is receiving itself.
fn lock(data: &Path) -> Result<File, CommandError> {
    let path = data.join("lock");
    let file = File::create(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            Err(format!("{} is being served already", data.display()).into())
        }
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

/// Logs to standard error; `RUST_LOG` chooses what.
fn start_log(format: LogFormat) {
    let mut filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    // In more detail it logs the values of every statement: hashes of passwords, notes.
    if let Ok(directive) = "tokio_postgres=info".parse() {
        filter = filter.add_directive(directive);
    }
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        // Reporting a failed write would itself write to standard error and panic when that
        // is closed.
        .log_internal_errors(false);
    match format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().init(),
    }
}

/// Waits for an interrupt or a request to terminate.
async fn stop_signal() {
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
    // An error means that no signal can be received: then nothing but killing stops it.
    let _received = interrupted.await;
}
