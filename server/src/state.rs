//! The state that every handler and every job shares, and how it is made from a data folder.
//!
//! Never: handlers, jobs or the listener; those import this module.

use std::{fmt, path::Path, sync::Arc};

use domain::{District, Sha256Hash, pack::DistrictPack};
use tokio::sync::broadcast;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    clock,
    config::Config,
    http::throttle::Throttle,
    intake::DecisionContext,
    pack_file::PackFile,
    photos::{PhotoError, PhotoStore, is_unmade},
    setup,
    signer::Signer,
    store::{self, Store, StoreError, packs},
    watch::Watch,
};

/// What every request needs.
pub struct App {
    pub config: Config,
    pub store: Store,
    pub photos: PhotoStore,
    pub decision_context: DecisionContext,
    /// The compiled pack in force, as it is sent.
    pub pack: Arc<PackFile>,
    pub throttle: Throttle,
    pub watch: Watch,
    /// Tokens' hashes of sessions that were just revoked.
    pub revoked: broadcast::Sender<Sha256Hash>,
    /// Work that goes on when its client hangs up.
    pub tasks: TaskTracker,
    /// Cancelled when the server is told to stop.
    pub stopping: CancellationToken,
}

/// Why a data folder cannot be served.
#[derive(Debug)]
pub enum OpenError {
    Store(StoreError),
    Photos(PhotoError),
    /// The database names so many photos, and there is no folder of photos.
    NoPhotos {
        known: u64,
    },
    Pack(String),
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
    pub async fn open_beside(data: &Path, config: Config) -> Result<Self, OpenError> {
        Self::open_with(data, config, PhotoStore::open_beside).await
    }

    async fn open_with(
        data: &Path,
        config: Config,
        photos: impl FnOnce(&Path) -> Result<PhotoStore, PhotoError>,
    ) -> Result<Self, OpenError> {
        let store = Store::open(&data.join(setup::DATABASE))?;
        let known = store.read(store::photos::count).await?;
        if known > 0 && is_unmade(data) {
            return Err(OpenError::NoPhotos { known });
        }
        let photos = photos(data).map_err(OpenError::Photos)?;
        let now = clock::now();
        let (signer, pack) = store
            .read(move |transaction| {
                Ok((Signer::load(transaction)?, packs::in_force(transaction, now)?))
            })
            .await?;
        let district =
            DistrictPack::from_json(&pack).map_err(|error| OpenError::Pack(error.to_string()))?;
        let decision_context = DecisionContext {
            district: Arc::new(District::new(district)),
            signer: Arc::new(signer),
        };
        Ok(Self {
            config,
            store,
            photos,
            decision_context,
            pack: PackFile::new(pack),
            throttle: Throttle::default(),
            watch: Watch::default(),
            revoked: broadcast::channel(64).0,
            tasks: TaskTracker::new(),
            stopping: CancellationToken::new(),
        })
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => write!(f, "{error}"),
            Self::Photos(trouble) => write!(f, "photo folder: {trouble}"),
            Self::NoPhotos { known } => write!(
                f,
                "the database names {known} photos and the folder “photos” is empty: is its disk \
                 mounted? To go on without them, make the folder “photos/00”"
            ),
            Self::Pack(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for OpenError {}

impl From<StoreError> for OpenError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}
