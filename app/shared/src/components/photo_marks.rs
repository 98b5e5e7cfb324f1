//! The exact mark of each photo of a record: on this phone, arriving, arrived.

use leptos::prelude::*;

use super::icon::{self, Icon, IconData};
use crate::{
    model::{PhotoState, RecordPhoto},
    text::{Words, words},
};

#[component]
pub fn PhotoMarks(photos: Vec<RecordPhoto>) -> impl IntoView {
    let words = words();
    let mark = |(index, photo): (usize, RecordPhoto)| {
        let Mark { state, icon, text } = mark_of(&photo.state, words);
        view! {
            <li class="mark" data-test="photo-mark" data-state=state>
                <Icon icon/>
                <span>
                    <span class="unseen">{words.photos}</span>
                    {format!("{} ", index + 1)}
                    {text}
                </span>
            </li>
        }
    };
    view! { <ul class="marks">{photos.into_iter().enumerate().map(mark).collect_view()}</ul> }
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Mark {
    /// Stable name for styles and tests.
    state: &'static str,
    icon: IconData,
    text: String,
}

fn mark_of(state: &PhotoState, words: Words) -> Mark {
    let (state, icon, text) = match state {
        PhotoState::OnPhone => ("on_phone", icon::SMARTPHONE, words.photo_on_phone.into()),
        PhotoState::Arriving { sent, of } => {
            ("arriving", icon::ARROW_UP, words.progress(*sent, *of))
        }
        PhotoState::Arrived { .. } => ("arrived", icon::CIRCLE_CHECK, words.photo_arrived.into()),
        PhotoState::Rejected { .. } => {
            ("attention", icon::TRIANGLE_ALERT, words.photo_attention.into())
        }
        PhotoState::Blocked => ("attention", icon::TRIANGLE_ALERT, words.photo_blocked().into()),
        PhotoState::Damaged => ("attention", icon::TRIANGLE_ALERT, words.photo_damaged().into()),
        PhotoState::Undecodable => {
            ("attention", icon::TRIANGLE_ALERT, words.photo_undecodable().into())
        }
    };
    Mark { state, icon, text }
}

#[cfg(test)]
mod tests {
    use domain::Lang;

    use super::*;

    const LANGS: [Lang; 3] = [Lang::Hans, Lang::Hant, Lang::En];

    #[test]
    fn each_state_of_a_photo_has_its_own_name() {
        for (state, name) in [
            (PhotoState::OnPhone, "on_phone"),
            (PhotoState::Arriving { sent: 1, of: 2 }, "arriving"),
            (PhotoState::Arrived { receipt: None }, "arrived"),
            (PhotoState::Rejected { code: "photo_too_large".into() }, "attention"),
            (PhotoState::Blocked, "attention"),
            (PhotoState::Damaged, "attention"),
            (PhotoState::Undecodable, "attention"),
        ] {
            assert_eq!(mark_of(&state, Words::of(Lang::En)).state, name, "{state:?}");
        }
    }

    #[test]
    fn damaged_photo_says_other_words_than_a_refused_one_in_each_language() {
        for lang in LANGS {
            let words = Words::of(lang);
            let refused = mark_of(&PhotoState::Rejected { code: "photo_blank".into() }, words);
            assert_ne!(refused.text, mark_of(&PhotoState::Damaged, words).text, "{lang:?}");
        }
    }

    #[test]
    fn arriving_photo_says_how_much_of_it_was_sent() {
        for (lang, text) in [
            (Lang::Hans, "250 KB / 1.2 MB"),
            (Lang::Hant, "250 KB / 1.2 MB"),
            (Lang::En, "250 KB of 1.2 MB"),
        ] {
            let state = PhotoState::Arriving { sent: 250_000, of: 1_200_000 };
            assert_eq!(mark_of(&state, Words::of(lang)).text, text);
        }
    }
}
