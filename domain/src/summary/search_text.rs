//! What somebody typed to search cases for, in words.

use super::terms::SHORTEST_NUMBER;
use crate::{lower, search::fold};

/// Words of which each has to be found in a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchText(Vec<SearchWord>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchWord {
    /// Folded; a case's number has its parts in it, with a space between them.
    pub text: String,
    /// Digits that may be a case's number from its year on, or how it begins.
    pub number: Option<String>,
    /// Digits that may be a case's number within its year, without zeros before them.
    pub running: Option<String>,
}

/// More than [`SearchText::MAX_CHARS`] or [`SearchText::MAX_WORDS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SearchTooLong;

impl SearchText {
    pub const MAX_CHARS: usize = 100;
    pub const MAX_WORDS: usize = 8;

    /// `None` for what has no letter and no digit in it: it asks for nothing.
    ///
    /// # Errors
    /// When it is too long.
    pub fn parse(typed: &str) -> Result<Option<Self>, SearchTooLong> {
        if typed.chars().count() > Self::MAX_CHARS {
            return Err(SearchTooLong);
        }
        let narrow = lower(typed);
        let words: Vec<SearchWord> = narrow.split_whitespace().flat_map(words_of).collect();
        if words.len() > Self::MAX_WORDS {
            return Err(SearchTooLong);
        }
        Ok((!words.is_empty()).then_some(Self(words)))
    }

    #[must_use]
    pub fn words(&self) -> &[SearchWord] {
        &self.0
    }
}

/// The words of what stands between two spaces: one where it may be a number, else those that
/// its marks separate.
fn words_of(piece: &str) -> Vec<SearchWord> {
    let text = fold(piece);
    // `2026-000017,` as it stands in a sentence.
    let piece = piece.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '-');
    let digits: String = piece.chars().filter(char::is_ascii_digit).collect();
    let year = piece.split_once('-').map(|(year, _)| year);
    let is_number = piece.chars().all(|letter| letter.is_ascii_digit() || letter == '-')
        && piece.matches('-').count() <= 1
        && year.is_none_or(|year| year.len() == SHORTEST_NUMBER);
    if is_number && !digits.is_empty() {
        let running = digits.trim_start_matches('0');
        let is_running = year.is_none() && !running.is_empty();
        return vec![SearchWord {
            text,
            running: is_running.then(|| running.into()),
            number: (digits.len() >= SHORTEST_NUMBER).then_some(digits),
        }];
    }
    let word = |text: &str| SearchWord { text: text.into(), number: None, running: None };
    text.split(' ').filter(|text| !text.is_empty()).map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_words_and_numbers_whatever_marks_and_widths_it_has() {
        for (typed, expected) in [
            ("", ""),
            (" \t…*\"", ""),
            ("占道", "占道"),
            ("占道,摊主  Lamp-Post", "占道 | 摊主 | lamp | post"),
            ("people's road", "peoples | road"),
            ("2026-000017", "2026 000017 n2026000017"),
            ("２０２６－００", "2026 00 n202600"),
            ("“2026-000017”,", "2026 000017 n2026000017"),
            ("2026-", "2026 n2026"),
            ("2026", "2026 n2026 r2026"),
            ("000017", "000017 n000017 r17"),
            ("17", "17 r17"),
            ("000", "000"),
            ("17-4", "17 | 4"),
            ("2026-1-2", "2026 | 1 | 2"),
            ("a* OR \"b\" NEAR(c)", "a | or | b | near | c"),
        ] {
            let shown = |word: &SearchWord| {
                let number = word.number.iter().map(|digits| format!(" n{digits}"));
                let running = word.running.iter().map(|digits| format!(" r{digits}"));
                format!("{}{}", word.text, number.chain(running).collect::<String>())
            };
            let parsed = SearchText::parse(typed).unwrap();
            let words = parsed.iter().flat_map(SearchText::words).map(shown).collect::<Vec<_>>();
            assert_eq!(words.join(" | "), expected, "{typed}");
            assert_eq!(parsed.is_none(), expected.is_empty(), "{typed}");
        }
    }

    #[test]
    fn text_is_refused_from_one_character_or_one_word_too_many() {
        for (typed, is_good) in [
            ("占".repeat(100), true),
            ("占".repeat(101), false),
            ("a b c d e f g h".into(), true),
            ("a b c d e f g h i".into(), false),
            ("a-b-c-d-e-f-g-h-i".into(), false),
        ] {
            assert_eq!(SearchText::parse(&typed).is_ok(), is_good, "{typed}");
        }
    }
}
