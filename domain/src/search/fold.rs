//! One written form for what is compared: lower case, punctuation as spaces.

use crate::lower;

/// Lower-case words with one space between them. An apostrophe joins (`Xi’an`, `people's`),
/// every other mark separates (`lamp-post`, `（示例）`).
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut is_word_over = false;
    for letter in lower(text).chars() {
        if letter.is_alphanumeric() {
            if is_word_over && !folded.is_empty() {
                folded.push(' ');
            }
            is_word_over = false;
            folded.push(letter);
        } else if !matches!(letter, '\'' | '’' | '‘' | '`' | 'ʼ') {
            is_word_over = true;
        }
    }
    folded
}

/// Whether the letter is a Chinese character (CJK unified ideographs and extensions).
pub(super) const fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_folded_to_words_without_case_width_and_punctuation() {
        for (text, expected) in [
            ("", ""),
            (" 、 ", ""),
            ("People’s  Road", "peoples road"),
            ("2026-000017", "2026 000017"),
            ("恒口街道（示例）", "恒口街道 示例"),
            ("ＫＴＶ", "ktv"),
            ("trash-can", "trash can"),
        ] {
            assert_eq!(fold(text), expected, "{text}");
        }
    }
}
