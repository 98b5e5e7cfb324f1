//! One text by which a thing is found, and how well it fits.

use super::{
    fold::{fold, is_han},
    pinyin_key::PinyinKey,
    query::Needle,
    spelling,
};

/// How well a text fits, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It is just this, in letters or in pinyin.
    Exact,
    /// It begins with this.
    Prefix,
    /// A later word or syllable begins with this.
    WordPrefix,
    /// Its pinyin initials are this.
    Initials,
    /// They begin with this.
    FirstInitials,
    /// It has this in the middle, or its initials have.
    Inside,
    /// The group it belongs to fits.
    Group,
    /// A Latin word has this in the middle, as *street* has *tree*.
    InsideLatinWord,
    /// What is said about it fits.
    Description,
    /// But for one slip of the fingers, or by sound.
    Spelling,
}

impl Fit {
    /// Whether it stands only where nothing better was found: mostly chance.
    pub(super) fn is_last_resort(self) -> bool {
        self >= Self::InsideLatinWord
    }
}

/// What a text is to the thing. Between equal fits the former is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Its name, number or code.
    Name,
    /// What people call it.
    Word,
    /// The name of the group it belongs to.
    Group,
    /// What is said about it.
    Description,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    pub(super) field: Field,
    text: String,
    pinyin: Option<PinyinKey>,
}

impl Term {
    #[must_use]
    pub fn new(field: Field, text: &str) -> Self {
        let text = fold(text);
        // Sentences are not typed by their pinyin.
        let pinyin = (field != Field::Description).then(|| PinyinKey::of(&text)).flatten();
        Self { field, text, pinyin }
    }

    pub(super) fn fit(&self, needle: &Needle) -> Option<Fit> {
        let by_pinyin = || self.pinyin.as_ref()?.fit(needle.letters.as_ref()?);
        let fit = self.fit_of_text(&needle.text).into_iter().chain(by_pinyin()).min()?;
        match self.field {
            Field::Name | Field::Word => Some(fit),
            Field::Group => (!fit.is_last_resort()).then_some(Fit::Group),
            Field::Description => (!fit.is_last_resort()).then_some(Fit::Description),
        }
    }

    /// [`Fit::Spelling`] where a slip or the sound explains the difference.
    pub(super) fn fit_by_spelling(&self, needle: &Needle) -> Option<Fit> {
        if !matches!(self.field, Field::Name | Field::Word) {
            return None;
        }
        let mut words = std::iter::once(self.text.as_str()).chain(self.text.split(' '));
        let is_near_text = words.any(|word| spelling::is_near(word, &needle.text));
        let is_near_pinyin = || {
            let (Some(pinyin), Some(letters)) = (&self.pinyin, &needle.letters) else {
                return false;
            };
            pinyin.rests().any(|rest| spelling::is_near(rest, letters))
        };
        let sounds_alike = || {
            let (Some(pinyin), Some(sound)) = (&self.pinyin, &needle.sound) else { return false };
            pinyin.rests().any(|rest| rest.starts_with(sound.as_str()))
        };
        (is_near_text || is_near_pinyin() || sounds_alike()).then_some(Fit::Spelling)
    }

    fn fit_of_text(&self, needle: &str) -> Option<Fit> {
        let text = self.text.as_str();
        if text == needle {
            return Some(Fit::Exact);
        }
        if text.starts_with(needle) {
            return Some(Fit::Prefix);
        }
        if text.split(' ').skip(1).any(|word| word.starts_with(needle)) || has_words(text, needle) {
            return Some(Fit::WordPrefix);
        }
        if !text.contains(needle) {
            return None;
        }
        // Chinese has no spaces, and the end of a number is what people read out.
        if needle.chars().all(|letter| is_han(letter) || letter.is_ascii_digit()) {
            Some(Fit::Inside)
        } else {
            (needle.chars().count() >= SHORTEST_INSIDE_LATIN).then_some(Fit::InsideLatinWord)
        }
    }
}

const SHORTEST_INSIDE_LATIN: usize = 3;

/// Whether several words stand in a text, from the beginning of one on.
fn has_words(text: &str, needle: &str) -> bool {
    needle.contains(' ')
        && text.match_indices(needle).any(|(at, _)| {
            text.get(..at).is_some_and(|before| before.is_empty() || before.ends_with(' '))
        })
}
