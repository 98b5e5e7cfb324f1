//! The sentence that says why, in each language. It is stored with the case, so
//! everybody reads the same words for ever.

use super::{Basis, Facts, PersonRef, Tier, Via, Why, resolve::Answerable};
use crate::{District, Lang, Names, person_name};

pub(super) fn assigned(
    district: &District,
    facts: &Facts,
    tier: Tier,
    basis: &Basis,
    answerable: &Answerable,
) -> Names {
    in_each(|lang| {
        let what = district
            .category(&facts.category)
            .map_or(facts.category.as_str(), |category| category.names.get(lang));
        let place = place_name(district, facts, lang);
        let source = source(basis, tier, lang);
        let unit = answerable.unit.names.get(lang);
        let person = answerable.person.as_ref().map_or_else(String::new, |who| person(who, lang));
        match lang {
            Lang::Hans => format!("{source}，{place}的“{what}”由{unit}负责整改{person}。"),
            Lang::Hant => format!("{source}，{place}的「{what}」由{unit}負責整改{person}。"),
            Lang::En => format!("{source}: “{what}” at {place} is for {unit} to fix{person}."),
        }
    })
}

pub(super) fn nothing_assigned(why: Why) -> Names {
    let (hans, hant, en) = match why {
        Why::NoBasisFound => (
            "法律、文件和指挥部规定中均未找到依据，已转指挥部交办。",
            "法律、文件和指揮部規定中均未找到依據，已轉指揮部交辦。",
            "No basis found in law, documents or standing orders; headquarters will assign it.",
        ),
        Why::OutsideDistrict => (
            "位置不在本辖区范围内，已转指挥部核实。",
            "位置不在本轄區範圍內，已轉指揮部核實。",
            "The position lies outside this district; headquarters will look into it.",
        ),
        Why::PlaceUnknown => (
            "没有位置信息，也未选择路段，已转指挥部核实。",
            "沒有位置資訊，也未選擇路段，已轉指揮部核實。",
            "There is no position and no section was chosen; headquarters will look into it.",
        ),
        Why::PositionStale => (
            "定位不是上报当时的，也未选择路段，已转指挥部核实。",
            "定位不是上報當時的，也未選擇路段，已轉指揮部核實。",
            "The position is not of the time of the report and no section was chosen; headquarters \
             will look into it.",
        ),
        Why::PositionCoarse => (
            "定位误差太大，也未选择路段，已转指挥部核实。",
            "定位誤差太大，也未選擇路段，已轉指揮部核實。",
            "The position is too inexact and no section was chosen; headquarters will look into it.",
        ),
        Why::PlaceAmbiguous => (
            "定位分不清是哪一处，也未选择，已转指挥部核实。",
            "定位分不清是哪一處，也未選擇，已轉指揮部核實。",
            "The position cannot tell which of several places it is and none was chosen; \
             headquarters will look into it.",
        ),
    };
    Names::new(hans, hant, en)
}

fn source(basis: &Basis, tier: Tier, lang: Lang) -> String {
    match basis {
        Basis::Rule { title, article, .. } => {
            let (title, article) = (title.get(lang), article.get(lang));
            let word = match (tier, lang) {
                (Tier::Law, Lang::Hans) => "依法律",
                (Tier::Law, Lang::Hant) => "依法律",
                (Tier::Law, Lang::En) => "By law",
                (Tier::Document, Lang::Hans | Lang::Hant) => "依文件",
                (Tier::Document, Lang::En) => "By document",
                (Tier::Order, Lang::Hans) => "依指挥部规定",
                (Tier::Order, Lang::Hant) => "依指揮部規定",
                (Tier::Order, Lang::En) => "By standing order",
            };
            match lang {
                Lang::En => format!("{word} ({title}, {article})"),
                Lang::Hans | Lang::Hant => format!("{word}{title}{article}"),
            }
        }
        Basis::Order { reason } => match lang {
            Lang::Hans => format!("指挥部交办（{reason}）"),
            Lang::Hant => format!("指揮部交辦（{reason}）"),
            Lang::En => format!("By headquarters' order ({reason})"),
        },
    }
}

fn person(who: &PersonRef, lang: Lang) -> String {
    let readable = |names: &Names| person_name(names.get(lang), lang).into_owned();
    let name = readable(&who.names);
    match (&who.via, lang) {
        (Via::Warden, Lang::Hans) => format!("，责任人{name}（路段五管人员）"),
        (Via::Warden, Lang::Hant) => format!("，責任人{name}（路段五管人員）"),
        (Via::Warden, Lang::En) => format!("; {name} answers for it as warden of the section"),
        (Via::DeputyOf(absent), Lang::Hans) => format!("，责任人{name}（代{}）", readable(absent)),
        (Via::DeputyOf(absent), Lang::Hant) => format!("，責任人{name}（代{}）", readable(absent)),
        (Via::DeputyOf(absent), Lang::En) => {
            format!("; {name} answers for it, standing in for {}", readable(absent))
        }
        (Via::OnDuty, Lang::Hans) => format!("，责任人{name}（单位值班）"),
        (Via::OnDuty, Lang::Hant) => format!("，責任人{name}（單位值班）"),
        (Via::OnDuty, Lang::En) => format!("; {name} answers for it, on duty"),
        (_, Lang::Hans) => format!("，责任人{name}"),
        (_, Lang::Hant) => format!("，責任人{name}"),
        (_, Lang::En) => format!("; {name} answers for it"),
    }
}

/// The narrowest name of the place: point, section or zone.
fn place_name<'a>(district: &'a District, facts: &Facts, lang: Lang) -> &'a str {
    let place = &facts.place;
    let point = place.point.as_ref().and_then(|code| district.point(code)).map(|it| &it.names);
    let section =
        || place.section.as_ref().and_then(|code| district.section(code)).map(|it| &it.names);
    let zone = || place.zone.as_ref().and_then(|code| district.zone(code)).map(|it| &it.names);
    let names = point.or_else(section).or_else(zone);
    names.unwrap_or(&district.pack().names).get(lang)
}

fn in_each(sentence: impl Fn(Lang) -> String) -> Names {
    Names { hans: sentence(Lang::Hans), hant: sentence(Lang::Hant), en: sentence(Lang::En) }
}
