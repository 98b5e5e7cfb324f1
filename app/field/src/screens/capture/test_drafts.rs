//! Drafts for the tests of this screen.

use app_shared::model::{Draft, DraftPhoto};
use domain::{CaseId, Timestamp};

use crate::case_story::shot;

pub fn draft(photos: &[&str]) -> Draft {
    let begun = Timestamp::from_millis(1);
    let photos = photos.iter().map(|content| DraftPhoto { shot: shot(content) }).collect();
    Draft { photos, ..Draft::empty(CaseId::new(begun, [1; 10]), begun) }
}
