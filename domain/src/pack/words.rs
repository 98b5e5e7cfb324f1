//! What a search finds a category by: the initials a thumb types first (`lrlj`), the
//! whole pinyin, English words, and what people call it.

use pinyin::ToPinyin as _;

use crate::{Names, lower};

/// Lower case, each once, those of the name first.
pub(super) fn search_words(names: &Names, further: &[String]) -> Vec<String> {
    let mut words = Vec::new();
    let mut add = |word: String| {
        if !word.is_empty() && !words.contains(&word) {
            words.push(word);
        }
    };
    let (initials, whole) = spelled(&lower(&names.hans));
    add(initials);
    add(whole);
    let english = names.en.split(|c: char| !c.is_alphanumeric());
    english.filter(|word| word.len() > 2).for_each(|word| add(lower(word)));
    for word in further {
        add(lower(word));
        add(spelled(&lower(word)).0);
    }
    words
}

/// Initials and whole pinyin; what is not Chinese stands for itself.
fn spelled(name: &str) -> (String, String) {
    let (mut initials, mut whole) = (String::new(), String::new());
    for c in name.chars() {
        match c.to_pinyin() {
            Some(pinyin) => {
                initials.extend(pinyin.plain().chars().next());
                whole.push_str(pinyin.plain());
            }
            None if c.is_alphanumeric() => {
                initials.push(c);
                whole.push(c);
            }
            None => {}
        }
    }
    (initials, whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_category_is_found_by_initials_pinyin_english_and_what_people_call_it() {
        let names = Names::new("暴露垃圾", "", "Exposed rubbish (in the street)");
        let words = search_words(&names, &["垃圾堆".into(), "KTV".into()]);
        let expected =
            ["bllj", "baolulaji", "exposed", "rubbish", "the", "street", "垃圾堆", "ljd", "ktv"];
        assert_eq!(words, expected);
    }
}
