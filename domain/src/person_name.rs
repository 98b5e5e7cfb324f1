//! The name of a person as a reader of each language can say it: for English, in Latin
//! letters. Where the pack gives none, Hanyu Pinyin, family name first, given name in one word
//! (GB/T 28039-2011, 5.1).
//!
//! Never: a certain reading. Some characters are read otherwise in names; who minds writes
//! the reading into the pack.

use std::borrow::Cow;

use pinyin::ToPinyin as _;

use crate::Lang;

/// Family names of two characters that are common enough to be met.
const DOUBLE: [&str; 12] = [
    "欧阳", "上官", "司马", "诸葛", "司徒", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "端木",
];

/// Two characters, or one that is read otherwise as a family name than elsewhere.
const FAMILY_READINGS: [(&str, &str); 6] =
    [("单", "Shan"), ("曾", "Zeng"), ("解", "Xie"), ("查", "Zha"), ("区", "Ou"), ("仇", "Qiu")];

/// A name, of a person in the pack or of an account, as it is shown in `lang`. What is no
/// Chinese name of two to four characters stays as it is: a wrong reading is worse than none.
#[must_use]
pub fn person_name(name: &str, lang: Lang) -> Cow<'_, str> {
    match lang {
        Lang::Hans | Lang::Hant => Cow::Borrowed(name),
        Lang::En => latin_name(name).map_or(Cow::Borrowed(name), Cow::Owned),
    }
}

/// `None` when it is not a name of two to four Chinese characters.
pub(crate) fn latin_name(hans: &str) -> Option<String> {
    let letters: Vec<char> = hans.chars().collect();
    if !(2..=4).contains(&letters.len()) {
        return None;
    }
    let family_length =
        if letters.len() > 2 && DOUBLE.iter().any(|it| hans.starts_with(it)) { 2 } else { 1 };
    let (family, given) = letters.split_at_checked(family_length)?;
    let known = FAMILY_READINGS.iter().find(|(name, _)| family.iter().copied().eq(name.chars()));
    let family = known.map_or_else(|| spelled(family), |(_, reading)| Some((*reading).into()))?;
    Some(format!("{family} {}", spelled(given)?))
}

/// In one word with a capital letter.
fn spelled(letters: &[char]) -> Option<String> {
    let whole: String =
        letters.iter().map(|letter| Some(letter.to_pinyin()?.plain())).collect::<Option<_>>()?;
    let mut rest = whole.chars();
    let first = rest.next()?.to_ascii_uppercase();
    Some(std::iter::once(first).chain(rest).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_is_shown_in_latin_letters_in_english_and_as_it_is_otherwise() {
        for (name, english) in [
            ("周晓林", "Zhou Xiaolin"),
            ("欧阳娜娜", "Ouyang Nana"),
            ("Zhou Xiaolin", "Zhou Xiaolin"),
            ("A王", "A王"),
            ("市督导组值班室", "市督导组值班室"),
            ("", ""),
        ] {
            for lang in [Lang::Hans, Lang::Hant] {
                assert_eq!(person_name(name, lang), name, "{lang:?}");
            }
            assert_eq!(person_name(name, Lang::En), english);
        }
    }

    #[test]
    fn a_chinese_name_without_a_reading_gets_its_pinyin() {
        for (hans, expected) in [
            ("周晓林", Some("Zhou Xiaolin")),
            ("王芳", Some("Wang Fang")),
            ("欧阳娜娜", Some("Ouyang Nana")),
            ("欧阳", Some("Ou Yang")),
            ("单田芳", Some("Shan Tianfang")),
            ("曾志伟", Some("Zeng Zhiwei")),
            ("A王", None),
            ("王", None),
            ("城市管理行政执法局", None),
            ("", None),
        ] {
            assert_eq!(latin_name(hans).as_deref(), expected, "{hans}");
        }
    }
}
