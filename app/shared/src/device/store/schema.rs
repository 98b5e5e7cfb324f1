//! The object stores and their versions. Each version only adds to the one before.

use web_sys::{IdbDatabase, IdbObjectStore};

pub const NAME: &str = "xunjie";

/// Raised when an object store is added.
pub const VERSION: u32 = 1;

/// An object store. Keys are given with each `put`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// By name: JSON.
    Meta,
    /// By sequence number: JSON of a `OperationRow`.
    Operations,
    /// By hash: JSON of a `PhotoRow`.
    Photos,
    /// By hash: the photo, an `ArrayBuffer`.
    PhotoBytes,
    /// By hash: 320 px JPEG, an `ArrayBuffer`. Stays when the bytes go.
    PhotoThumbs,
    /// By case id: JSON of a `CaseLog`.
    Cases,
    /// By version: JSON of a `DistrictPack`.
    Packs,
    /// By name: JSON of a draft.
    Drafts,
}

impl Table {
    pub const ALL: [Self; 8] = [
        Self::Meta,
        Self::Operations,
        Self::Photos,
        Self::PhotoBytes,
        Self::PhotoThumbs,
        Self::Cases,
        Self::Packs,
        Self::Drafts,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Meta => "meta",
            Self::Operations => "operations",
            Self::Photos => "photos",
            Self::PhotoBytes => "photo_bytes",
            Self::PhotoThumbs => "photo_thumbs",
            Self::Cases => "cases",
            Self::Packs => "packs",
            Self::Drafts => "drafts",
        }
    }
}

/// Brings the database from any earlier version to this one.
pub fn migrate(database: &IdbDatabase) {
    let there = database.object_store_names();
    for table in Table::ALL {
        if !there.contains(table.name()) {
            // A failure aborts the upgrade, and the open says so.
            let _made: Result<IdbObjectStore, _> = database.create_object_store(table.name());
        }
    }
}
