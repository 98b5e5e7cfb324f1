//! How a Chinese text is typed in Latin letters: whole pinyin and its initials.

use pinyin::ToPinyin as _;

use super::{fold::is_han, term::Fit};

/// Shorter input is no evidence in the middle of a name: one letter begins a syllable of
/// nearly every one.
const SHORTEST_INSIDE: usize = 2;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PinyinKey {
    /// All syllables without spaces and tones; ü as `v`, as keyboards have it.
    pub(super) whole: String,
    /// Where in `whole` each syllable begins.
    starts: Vec<usize>,
    initials: String,
}

impl PinyinKey {
    /// `None` for a text without Chinese characters. Other letters stand for themselves.
    pub(super) fn of(text: &str) -> Option<Self> {
        if !text.chars().any(is_han) {
            return None;
        }
        let mut key = Self { whole: String::new(), starts: Vec::new(), initials: String::new() };
        for letter in text.chars().filter(|letter| letter.is_alphanumeric()) {
            key.starts.push(key.whole.len());
            match letter.to_pinyin() {
                Some(pinyin) => {
                    let syllable = keyboard_letters(pinyin.plain());
                    key.initials.extend(syllable.chars().next());
                    key.whole.push_str(&syllable);
                }
                None => {
                    key.initials.push(letter);
                    key.whole.push(letter);
                }
            }
        }
        Some(key)
    }

    /// How well Latin letters without spaces fit.
    pub(super) fn fit(&self, letters: &str) -> Option<Fit> {
        let is_long = letters.len() >= SHORTEST_INSIDE;
        if self.whole == letters {
            Some(Fit::Exact)
        } else if self.whole.starts_with(letters) {
            Some(Fit::Prefix)
        } else if is_long && self.rests().any(|rest| rest.starts_with(letters)) {
            Some(Fit::WordPrefix)
        } else if self.initials == letters {
            Some(Fit::Initials)
        } else if self.initials.starts_with(letters) {
            Some(Fit::FirstInitials)
        } else if is_long && self.initials.contains(letters) {
            Some(Fit::Inside)
        } else {
            None
        }
    }

    /// What follows from the beginning of each syllable on.
    pub(super) fn rests(&self) -> impl Iterator<Item = &str> {
        self.starts.iter().filter_map(|start| self.whole.get(*start..))
    }
}

pub(super) fn keyboard_letters(letters: &str) -> String {
    letters.replace('ü', "v")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_name_is_typed_whole_from_any_syllable_and_by_initials() {
        let key = PinyinKey::of("占道经营").unwrap();
        for (letters, expected) in [
            ("zhandaojingying", Some(Fit::Exact)),
            ("zhandao", Some(Fit::Prefix)),
            ("z", Some(Fit::Prefix)),
            ("jingying", Some(Fit::WordPrefix)),
            ("zdjy", Some(Fit::Initials)),
            ("zdj", Some(Fit::FirstInitials)),
            ("jy", Some(Fit::Inside)),
            ("j", None),
            ("andao", None),
            ("zdjyx", None),
        ] {
            assert_eq!(key.fit(letters), expected, "{letters}");
        }
    }

    #[test]
    fn letters_of_another_script_stand_for_themselves_and_u_with_dots_is_v() {
        assert_eq!(PinyinKey::of("KTV".to_lowercase().as_str()), None);
        let key = PinyinKey::of("ktv 绿").unwrap();
        assert_eq!((key.whole.as_str(), key.initials.as_str()), ("ktvlv", "ktvl"));
    }
}
