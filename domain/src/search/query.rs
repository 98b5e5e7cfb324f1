//! What somebody typed, made ready to be compared once.

use super::{
    fold::{fold, is_han},
    pinyin_key::{PinyinKey, keyboard_letters},
};

/// The whole input, and its words where it has several.
#[derive(Clone, Debug)]
pub struct Query {
    pub(super) whole: Needle,
    /// Empty for a single word.
    pub(super) words: Vec<Needle>,
}

/// A text that is looked for.
#[derive(Clone, Debug)]
pub(super) struct Needle {
    /// Folded.
    pub(super) text: String,
    /// Latin letters without spaces, when it is nothing else: it may be pinyin.
    pub(super) letters: Option<String>,
    /// How it sounds, when it is Chinese: input methods offer the wrong character first, and
    /// both scripts sound alike.
    pub(super) sound: Option<String>,
}

impl Query {
    #[must_use]
    pub fn new(text: &str) -> Self {
        let text = fold(text);
        let words: Vec<Needle> = text.split(' ').map(|word| Needle::new(word.into())).collect();
        let words = if words.len() > 1 { words } else { Vec::new() };
        Self { whole: Needle::new(text), words }
    }

    /// Whether there is nothing to look for: everything is found.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.whole.text.is_empty()
    }
}

impl Needle {
    fn new(text: String) -> Self {
        let is_latin = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, ' ' | 'ü');
        let letters = text.chars().all(is_latin).then(|| keyboard_letters(&text.replace(' ', "")));
        let is_chinese = text.chars().count() > 1 && text.chars().all(is_han);
        let sound = is_chinese.then(|| PinyinKey::of(&text).map(|key| key.whole)).flatten();
        Self { text, letters, sound }
    }
}
