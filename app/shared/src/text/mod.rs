//! The interface in three languages. Keys are checked at compile time: [`Texts`] has
//! one field a text, and each language is one constant of it.
//!
//! Never: text of the district pack or of refusals; those carry their own languages.

mod absent;
mod board;
mod bulk;
mod conflict;
mod devices;
mod en;
mod errors;
mod hans;
mod hant;
mod jobs;
mod keys;
mod measure;
mod photos;
mod place;
mod ready;
mod records;
mod rescue;
mod sentences;
mod views;
mod when;
mod words;

use std::ops::Deref;

use domain::Lang;
use leptos::prelude::use_context;

pub use board::PrintedColumns;
pub use keys::Texts;
pub use when::same_day;

/// The texts of one language, and sentences made from them. Dereferences to
/// [`Texts`], so a text is `words.save`.
#[derive(Clone, Copy)]
pub struct Words {
    pub lang: Lang,
    texts: &'static Texts,
}

/// The words of the language in use. The shell renders itself anew when it changes,
/// so a component may keep them.
pub fn words() -> Words {
    use_context().unwrap_or_else(|| Words::of(Lang::default()))
}

impl Words {
    pub const fn of(lang: Lang) -> Self {
        let texts = match lang {
            Lang::Hans => &hans::HANS,
            Lang::Hant => &hant::HANT,
            Lang::En => &en::EN,
        };
        Self { lang, texts }
    }

    /// Chooses among the three languages; for sentences built in place.
    fn pick<T>(self, hans: T, hant: T, en: T) -> T {
        match self.lang {
            Lang::Hans => hans,
            Lang::Hant => hant,
            Lang::En => en,
        }
    }
}

impl Deref for Words {
    type Target = Texts;

    fn deref(&self) -> &Texts {
        self.texts
    }
}

#[cfg(test)]
mod tests;
