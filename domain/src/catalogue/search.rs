//! Finding a type by what somebody types with a thumb: pinyin initials, pinyin,
//! Chinese in either script, English.

use jiff::civil::Date;

use super::Category;
use crate::{CategoryCode, lower};

/// How well a word fits, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// The name or a search word is just this.
    Whole,
    /// It begins with this.
    Start,
    /// A later word of an English name begins with this.
    WordStart,
    /// It has this somewhere.
    Inside,
    /// Its class does.
    Class,
}

/// Categories in force on `day` that `text` finds, the best first; equally good ones in
/// the catalogue's order. All of them when `text` is empty. Several words must all fit.
#[must_use]
pub fn search(categories: &[Category], text: &str, day: Date) -> Vec<CategoryCode> {
    let text = lower(text);
    let parts: Vec<&str> = text.split_whitespace().collect();
    let mut found: Vec<(Fit, &CategoryCode)> = categories
        .iter()
        .filter(|category| category.force.on(day))
        .filter_map(|category| Some((fit(category, &parts)?, &category.code)))
        .collect();
    // Stable: the catalogue's order inside one fit.
    found.sort_by_key(|(fit, _)| *fit);
    found.into_iter().map(|(_, code)| code.clone()).collect()
}

/// The worst fit of all parts; `None` when one does not fit at all.
fn fit(category: &Category, parts: &[&str]) -> Option<Fit> {
    parts.iter().try_fold(Fit::Whole, |worst, part| Some(worst.max(fit_of(category, part)?)))
}

fn fit_of(category: &Category, part: &str) -> Option<Fit> {
    let names = &category.names;
    let own = [names.hans.as_str(), names.hant.as_str(), names.en.as_str(), category.code.as_str()]
        .into_iter()
        .chain(category.words.iter().map(String::as_str))
        .filter_map(|word| fit_of_word(&lower(word), part))
        .min();
    let class = &category.class_names;
    own.or_else(|| {
        [&class.hans, &class.hant, &class.en]
            .into_iter()
            .any(|name| lower(name).contains(part))
            .then_some(Fit::Class)
    })
}

fn fit_of_word(word: &str, part: &str) -> Option<Fit> {
    if word == part {
        Some(Fit::Whole)
    } else if word.starts_with(part) {
        Some(Fit::Start)
    } else if word.split([' ', '-', '(', '/']).any(|later| later.starts_with(part)) {
        Some(Fit::WordStart)
    } else if word.contains(part) {
        Some(Fit::Inside)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{
        Names,
        catalogue::{CategoryKind, InForce},
    };

    fn category(code: &str, hans: &str, hant: &str, en: &str, words: &[&str]) -> Category {
        Category {
            code: code.into(),
            kind: CategoryKind::Event,
            class: "E04".into(),
            class_names: Names::new("街面秩序", "街面秩序", "Street order"),
            names: Names::new(hans, hant, en),
            evidence: Names::default(),
            words: words.iter().map(|word| (*word).into()).collect(),
            force: InForce::default(),
            conditions: vec![],
        }
    }

    #[test]
    fn a_few_letters_are_enough() {
        let mut ended = category("0409", "占道旧", "占道舊", "Old blocking", &["zdj"]);
        ended.force.until = Some(date(2025, 12, 31));
        let catalogue = [
            category("0401", "无照经营游商", "無照經營遊商", "Street vending", &["wzjyys", "摆摊"]),
            category(
                "0402",
                "占道经营",
                "占道經營",
                "Stalls blocking the way",
                &["zdjy", "zhandaojingying"],
            ),
            category("0403", "机动车乱停放", "機動車亂停放", "Cars parked in the way", &["jdcltf"]),
            category("0404", "店外经营", "店外經營", "Trading outside the shop", &["dwjy"]),
            ended,
        ];
        for (text, expected) in [
            ("zdjy", &["0402"][..]),
            ("ZDJ", &["0402"]),
            ("zhan", &["0402"]),
            ("占道", &["0402"]),
            ("經營", &["0401", "0402", "0404"]),
            ("摆摊", &["0401"]),
            ("way", &["0402", "0403"]),
            ("park", &["0403"]),
            ("way block", &["0402"]),
            ("jy", &["0401", "0402", "0404"]),
            ("street", &["0401", "0402", "0403", "0404"]),
            ("0404", &["0404"]),
            ("", &["0401", "0402", "0403", "0404"]),
            ("  ", &["0401", "0402", "0403", "0404"]),
            ("kayak", &[]),
        ] {
            let found = search(&catalogue, text, date(2026, 11, 23));
            let found: Vec<&str> = found.iter().map(CategoryCode::as_str).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
