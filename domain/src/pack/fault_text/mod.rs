//! Faults as sentences: what is wrong, and what to do, in each language.
//!
//! Never: the place. File and line stand before the sentence, wherever it is shown.

mod message;
mod remedy;

use super::fault::Thing;
use crate::Lang;

/// The sentence of one language; only that one is put together.
macro_rules! in_lang {
    ($lang:expr, $hans:literal, $hant:literal, $en:literal $(,)?) => {
        match $lang {
            Lang::Hans => format!($hans),
            Lang::Hant => format!($hant),
            Lang::En => format!($en),
        }
    };
}

/// A word of one language.
const fn word(
    lang: Lang,
    hans: &'static str,
    hant: &'static str,
    en: &'static str,
) -> &'static str {
    match lang {
        Lang::Hans => hans,
        Lang::Hant => hant,
        Lang::En => en,
    }
}

use in_lang;

fn thing_name(thing: Thing, lang: Lang) -> &'static str {
    match thing {
        Thing::Zone => word(lang, "区域", "區域", "area"),
        Thing::Section => word(lang, "路段", "路段", "section"),
        Thing::Point => word(lang, "点位", "點位", "point"),
        Thing::Stall => word(lang, "摊点", "攤點", "stall"),
        Thing::Unit => word(lang, "单位", "單位", "unit"),
        Thing::Person => word(lang, "人员", "人員", "person"),
        Thing::Category => word(lang, "小类", "小類", "category"),
        Thing::Class => word(lang, "大类", "大類", "class"),
        Thing::Condition => word(lang, "立案条件", "立案條件", "condition"),
        Thing::Citation => word(lang, "依据", "依據", "citation"),
        Thing::Rule => word(lang, "规则", "規則", "rule"),
        Thing::Warden => word(lang, "五管人员", "五管人員", "warden"),
        Thing::Day => word(lang, "日期", "日期", "day"),
    }
}
