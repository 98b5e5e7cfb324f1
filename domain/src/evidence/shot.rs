//! One photo of a record, as fixed at the shutter or when it was chosen.

use serde::{Deserialize, Serialize};

use super::{PhotoFormat, SourceFile};
use crate::{DeviceTime, PhotoHash};

/// A photo of a record. The manifest of a record is fixed at capture; a photo that
/// is missing later is named, never dropped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Shot {
    pub hash: PhotoHash,
    /// Bytes.
    pub length: u64,
    pub format: PhotoFormat,
    /// Pixels of the decoded picture, upright; 0 where the phone could not decode it.
    pub width: u32,
    pub height: u32,
    /// The moment of the shutter; of a chosen file, the moment at which it was chosen.
    pub taken: DeviceTime,
    pub origin: ShotOrigin,
}

/// Where a photo came from. Only the app's own viewfinder proves that it was taken then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ShotOrigin {
    /// The viewfinder of the app.
    Camera,
    /// The phone's own camera, opened from the app, which hands over a file.
    SystemCamera(SourceFile),
    /// A file that was chosen.
    Gallery(SourceFile),
}

impl ShotOrigin {
    /// The file that the photo was made from; none for the viewfinder's.
    #[must_use]
    pub const fn file(&self) -> Option<&SourceFile> {
        match self {
            Self::Camera => None,
            Self::SystemCamera(file) | Self::Gallery(file) => Some(file),
        }
    }

    #[must_use]
    pub const fn is_gallery(&self) -> bool {
        matches!(self, Self::Gallery(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Sha256Hash, evidence::FileClaims};

    #[test]
    fn origin_is_written_by_its_name_and_read_back() {
        let file = SourceFile { hash: Sha256Hash::of(b"file"), claimed: FileClaims::default() };
        let hash = Sha256Hash::of(b"file").to_string();
        for (origin, json) in [
            (ShotOrigin::Camera, "\"camera\"".to_owned()),
            (
                ShotOrigin::SystemCamera(file.clone()),
                format!(r#"{{"system_camera":{{"hash":"{hash}"}}}}"#),
            ),
            (ShotOrigin::Gallery(file), format!(r#"{{"gallery":{{"hash":"{hash}"}}}}"#)),
        ] {
            assert_eq!(serde_json::to_string(&origin).unwrap(), json);
            assert_eq!(serde_json::from_str::<ShotOrigin>(&json).unwrap(), origin);
        }
    }

    #[test]
    fn photo_without_an_origin_is_not_read() {
        let shot = r#"{"hash":"HASH","length":1,"format":"jpeg","width":1,"height":1,
            "taken":{"claimed":1}ORIGIN}"#
            .replace("HASH", &Sha256Hash::of(b"").to_string());
        for (origin, is_read) in [
            ("", false),
            (r#","origin":"camera""#, true),
            (r#","origin":"scanner""#, false),
            (r#","origin":"gallery""#, false),
        ] {
            let read = serde_json::from_str::<Shot>(&shot.replace("ORIGIN", origin));
            assert_eq!(read.is_ok(), is_read, "{origin}: {read:?}");
        }
    }
}
