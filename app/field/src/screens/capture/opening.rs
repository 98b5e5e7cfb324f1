//! With what the screen begins, by what the kept draft holds.
//!
//! Never: views or signals.

use app_shared::{model::Draft, text::Words};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// Nothing is kept: the camera.
    Fresh,
    /// The page was closed under the system's camera, and its photo is lost: the camera, with
    /// the other photos in the stack.
    CameraLost,
    /// A report made again from one that was not taken.
    Again,
    Restored,
}

impl Opening {
    pub fn of(draft: &Draft) -> Self {
        if draft.camera_opened.is_some() {
            Self::CameraLost
        } else if draft.again.is_some() {
            Self::Again
        } else if draft.is_empty() {
            Self::Fresh
        } else {
            Self::Restored
        }
    }

    /// Whether the report's sheet is up at first.
    pub const fn raises_sheet(self) -> bool {
        matches!(self, Self::Again | Self::Restored)
    }

    /// What went wrong, in place.
    pub fn error(self, words: Words) -> Option<&'static str> {
        (self == Self::CameraLost).then_some(words.camera_lost)
    }

    /// What is said in passing.
    pub fn toast(self, words: Words) -> Option<&'static str> {
        match self {
            Self::Again => Some(words.draft_again_text()),
            Self::Restored => Some(words.draft_restored),
            Self::Fresh | Self::CameraLost => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::{Lang, Timestamp};

    use super::{super::test_drafts::draft, *};

    #[test]
    fn screen_begins_with_what_is_kept() {
        let at_camera = Some(Timestamp::from_millis(1));
        let again = Some(draft(&[]).id);
        for (name, draft, opening, raises_sheet) in [
            ("nothing", draft(&[]), Opening::Fresh, false),
            ("photos", draft(&["a"]), Opening::Restored, true),
            ("a note only", Draft { note: "n".into(), ..draft(&[]) }, Opening::Restored, true),
            ("made again", Draft { again, ..draft(&["a"]) }, Opening::Again, true),
            ("made again, no photo is good", Draft { again, ..draft(&[]) }, Opening::Again, true),
            (
                "closed under the camera",
                Draft { camera_opened: at_camera, ..draft(&["a"]) },
                Opening::CameraLost,
                false,
            ),
        ] {
            assert_eq!(Opening::of(&draft), opening, "{name}");
            assert_eq!(opening.raises_sheet(), raises_sheet, "{name}");
        }
    }

    #[test]
    fn only_a_lost_photo_is_an_error_and_only_a_kept_draft_is_said_in_passing() {
        for lang in Lang::ALL {
            let words = Words::of(lang);
            for (opening, is_error, is_toast) in [
                (Opening::Fresh, false, false),
                (Opening::CameraLost, true, false),
                (Opening::Again, false, true),
                (Opening::Restored, false, true),
            ] {
                assert_eq!(opening.error(words).is_some(), is_error, "{opening:?}");
                assert_eq!(opening.toast(words).is_some(), is_toast, "{opening:?}");
            }
        }
    }
}
