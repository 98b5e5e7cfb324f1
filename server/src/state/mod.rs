//! The state that every handler and every job shares, and how it is made from a data folder.
//!
//! Never: imports handlers, jobs or the listener; those import this module.

mod open_error;
mod pack_file;
mod part_failures;

use std::{path::Path, sync::Arc};

use domain::{District, Sha256Hash};
use tokio::sync::{Notify, broadcast};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    access::RecentChanges,
    auth::throttle::Throttle,
    config::Config,
    intake::{DecisionContext, Signer},
    photos::{PhotoError, PhotoStore, is_unmade},
    store::{self, Store, packs},
    system::clock,
};

pub use open_error::OpenError;
pub use pack_file::PackFile;
pub use part_failures::{Part, PartFailure, PartFailures};

/// Revocations that a stream may be behind by; one that is further behind asks the database.
const REVOKED_BUFFERED: usize = 64;

/// What every request needs.
pub struct App {
    pub config: Config,
    pub store: Store,
    pub photos: PhotoStore,
    pub decision_context: DecisionContext,
    /// The compiled pack in force, as it is sent.
    pub pack: Arc<PackFile>,
    pub throttle: Throttle,
    pub failures: PartFailures,
    /// What open streams of live events are told.
    pub recent_changes: RecentChanges,
    /// Hashes of the tokens of sessions that were just revoked, for open streams to end.
    pub revoked: broadcast::Sender<Sha256Hash>,
    /// Told when a job was added, so that it need not wait for the next look at the table.
    pub job_added: Notify,
    /// Work that goes on when its client hangs up; shutting down waits for it.
    pub tasks: TaskTracker,
    /// Cancelled when the server is told to stop.
    pub stopping: CancellationToken,
}

impl App {
    /// Opens a data folder that `init` made.
    ///
    /// # Errors
    /// When something in it is missing or unreadable.
    pub async fn open(data: &Path, config: Config) -> Result<Self, OpenError> {
        Self::open_with(data, config, PhotoStore::open).await
    }

    /// Opens a data folder that another process may be serving.
    ///
    /// # Errors
    /// When something in it is missing or unreadable.
    pub async fn open_shared(data: &Path, config: Config) -> Result<Self, OpenError> {
        Self::open_with(data, config, PhotoStore::open_beside).await
    }

    async fn open_with(
        data: &Path,
        config: Config,
        photos: impl FnOnce(&Path) -> Result<PhotoStore, PhotoError>,
    ) -> Result<Self, OpenError> {
        let store = Store::of(&config.database(data)?)?;
        // Before the folder is made: a disk that is not mounted would look like a new, empty
        // folder, and phones would be told that all their photos are missing.
        let known = store.read(store::photos::count).await?;
        if known > 0 && is_unmade(data) {
            return Err(OpenError::NoPhotos { known });
        }
        let photos = photos(data).map_err(OpenError::Photos)?;
        let now = clock::now();
        let (signer, (compiled, pack)) = store
            .read(move |transaction| {
                Ok((Signer::load(transaction)?, packs::in_force(transaction, now)?))
            })
            .await?;
        let decision_context =
            DecisionContext { district: Arc::new(District::new(pack)), signer: Arc::new(signer) };
        Ok(Self {
            config,
            store,
            photos,
            decision_context,
            pack: PackFile::new(compiled),
            throttle: Throttle::default(),
            failures: PartFailures::default(),
            recent_changes: RecentChanges::default(),
            revoked: broadcast::channel(REVOKED_BUFFERED).0,
            job_added: Notify::new(),
            tasks: TaskTracker::new(),
            stopping: CancellationToken::new(),
        })
    }
}
