//! The three languages, and names that exist in each.

use serde::{Deserialize, Serialize};

/// A language of the interface. The browser's preference decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Lang {
    #[default]
    #[serde(rename = "zh-Hans")]
    Hans,
    #[serde(rename = "zh-Hant")]
    Hant,
    #[serde(rename = "en")]
    En,
}

impl Lang {
    pub const ALL: [Self; 3] = [Self::Hans, Self::Hant, Self::En];

    /// The BCP 47 tag, as it stands in `lang` attributes.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Hans => "zh-Hans",
            Self::Hant => "zh-Hant",
            Self::En => "en",
        }
    }

    /// The best language for one tag of a browser's list (`navigator.languages`,
    /// `Accept-Language`); `None` for a language we do not have.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let tag = tag.trim().to_ascii_lowercase();
        let mut parts = tag.split(['-', '_']);
        match parts.next()? {
            "en" => Some(Self::En),
            "zh" => {
                let traditional = parts.any(|part| matches!(part, "hant" | "tw" | "hk" | "mo"));
                Some(if traditional && !tag.contains("hans") { Self::Hant } else { Self::Hans })
            }
            _ => None,
        }
    }

    /// The first language of an `Accept-Language` header (RFC 9110, 12.5.4) that we
    /// have; weights are taken as the order they stand in, as browsers write them.
    #[must_use]
    pub fn from_accept_language(header: &str) -> Self {
        header
            .split(',')
            .filter_map(|item| Self::from_tag(item.split(';').next().unwrap_or(item)))
            .next()
            .unwrap_or_default()
    }
}

/// A name in three languages. A missing one falls back to simplified Chinese when
/// the pack is read, so that a reader never has to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Names {
    #[serde(rename = "zh-Hans")]
    pub hans: String,
    #[serde(rename = "zh-Hant", default, skip_serializing_if = "String::is_empty")]
    pub hant: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub en: String,
}

impl Names {
    #[must_use]
    pub fn new(hans: &str, hant: &str, en: &str) -> Self {
        Self { hans: hans.into(), hant: hant.into(), en: en.into() }
    }

    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        let wanted = match lang {
            Lang::Hans => &self.hans,
            Lang::Hant => &self.hant,
            Lang::En => &self.en,
        };
        if wanted.is_empty() { &self.hans } else { wanted }
    }
}

/// In lower case, for searching, and letters of a Chinese keyboard as those of another one.
/// Latin letters only: the tables for all others are 4 KB on their way to a phone.
#[must_use]
pub fn lower(text: &str) -> String {
    text.chars().map(lower_letter).collect()
}

fn lower_letter(letter: char) -> char {
    let narrow = match letter {
        '！'..='～' => moved(letter, '！', '!'),
        _ => letter,
    };
    match narrow {
        'À'..='Þ' if narrow != '×' => moved(narrow, 'À', 'à'),
        _ => narrow.to_ascii_lowercase(),
    }
}

/// As far from `to` as the letter is from `from`.
fn moved(letter: char, from: char, to: char) -> char {
    let far = u32::from(letter).wrapping_sub(from.into());
    char::from_u32(u32::from(to).wrapping_add(far)).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_finds_whatever_the_keyboard() {
        for (text, expected) in [
            ("ZDJY", "zdjy"),
            ("ＫＴＶ２（ｚ）～", "ktv2(z)~"),
            ("ÀÖ×ØÞß÷", "àö×øþß÷"),
            ("占道经营 Stall，", "占道经营 stall,"),
        ] {
            assert_eq!(lower(text), expected);
        }
    }

    #[test]
    fn the_browsers_language_decides() {
        for (header, expected) in [
            ("zh-CN,zh;q=0.9", Lang::Hans),
            ("zh-TW", Lang::Hant),
            ("zh-Hant-HK", Lang::Hant),
            ("zh-Hans-HK", Lang::Hans),
            ("de-DE,de;q=0.9,en-GB;q=0.8", Lang::En),
            ("fr", Lang::Hans),
            ("", Lang::Hans),
        ] {
            assert_eq!(Lang::from_accept_language(header), expected, "{header}");
        }
    }
}
