//! A text in pieces that an index of whole pieces finds it by: people type the two characters
//! of a Chinese word, or how an English one begins.
//!
//! Never: positions. A text with all pieces of a word is found by it, and that they do not
//! follow each other in just this text is rare.

use std::collections::BTreeSet;

use super::fold::{fold, is_han};

/// Letters of a word from which on it is found by how it begins; a shorter word has to be
/// typed whole.
const SHORTEST_BEGINNING: usize = 3;
/// Letters that count of a long word.
const LONGEST_BEGINNING: usize = 16;

/// Every piece by which a text is found: each Chinese character and each two that follow each
/// other, and each beginning of every other word.
#[must_use]
pub fn index_grams(text: &str) -> BTreeSet<String> {
    let mut grams = BTreeSet::new();
    for run in runs(&fold(text)) {
        if run.first().copied().is_some_and(is_han) {
            grams.extend(run.iter().map(char::to_string));
            grams.extend(run.windows(2).map(String::from_iter));
        } else {
            let lengths = SHORTEST_BEGINNING.min(run.len())..=run.len().min(LONGEST_BEGINNING);
            grams.extend(lengths.filter_map(|length| run.get(..length)).map(String::from_iter));
        }
    }
    grams
}

/// The pieces that a text must have, all of them, to be found by `typed`; none for what has no
/// letter in it.
#[must_use]
pub fn query_grams(typed: &str) -> BTreeSet<String> {
    let mut grams = BTreeSet::new();
    for run in runs(&fold(typed)) {
        match run.as_slice() {
            [first, _, ..] if is_han(*first) => {
                grams.extend(run.windows(2).map(String::from_iter));
            }
            _ => {
                grams.insert(run.iter().take(LONGEST_BEGINNING).collect());
            }
        }
    }
    grams
}

/// Letters that follow each other, Chinese ones and others apart: `17号` are two.
fn runs(folded: &str) -> Vec<Vec<char>> {
    let mut runs: Vec<Vec<char>> = Vec::new();
    let mut before = ' ';
    for letter in folded.chars() {
        if letter != ' ' {
            match runs.last_mut() {
                Some(run) if before != ' ' && is_han(before) == is_han(letter) => run.push(letter),
                _ => runs.push(vec![letter]),
            }
        }
        before = letter;
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_into_characters_pairs_and_beginnings_of_words() {
        for (text, indexed, typed) in [
            ("", "", ""),
            ("…！", "", ""),
            ("摊", "摊", "摊"),
            ("占道经营", "占 占道 经 经营 营 道 道经", "占道 经营 道经"),
            ("占道，经营", "占 占道 经 经营 营 道", "占道 经营"),
            ("17号", "17 号", "17 号"),
            ("人民路170号", "170 人 人民 号 民 民路 路", "170 人民 号 民路"),
            ("To the Gate", "gat gate the to", "gate the to"),
            ("People’s", "peo peop peopl people peoples", "peoples"),
            ("ＫＴＶ", "ktv", "ktv"),
        ] {
            let joined = |grams: BTreeSet<String>| grams.into_iter().collect::<Vec<_>>().join(" ");
            assert_eq!(joined(index_grams(text)), indexed, "{text}");
            assert_eq!(joined(query_grams(text)), typed, "{text}");
        }
    }

    #[test]
    fn what_is_typed_of_a_text_finds_it_however_long_its_words_are() {
        let long = "a".repeat(40);
        for (text, typed, expected) in [
            ("摊主不在场", "不在", true),
            ("摊主不在场", "在", true),
            ("摊主不在场", "摊主不在场", true),
            ("摊主不在场", "主摊", false),
            ("next to the school gate", "sch", true),
            ("next to the school gate", "sc", false),
            ("next to the school gate", "hool", false),
            (long.as_str(), long.as_str(), true),
            (long.as_str(), "aaaaaaaaaaaaaaaaaaaaaab", true),
        ] {
            let found = query_grams(typed).is_subset(&index_grams(text));
            assert_eq!(found, expected, "{text} {typed}");
        }
    }
}
