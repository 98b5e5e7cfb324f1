//! `rules.toml`: citations and the rules that stand on them.

use super::{
    PackFiles,
    fault::{FaultKind, Thing, Wanted},
    fields::{Fields, Row, chosen, one_of},
    files::RULES,
    findings::Findings,
    map::{AREAS, POINT_KINDS},
    roster::WARDEN_KINDS,
    settings,
    text::text_of,
    toml_text,
    value::Entry,
};
use crate::{
    CategoryCode, CitationCode, RuleCode,
    duty::{Citation, Lead, Rule, Scope, Tier},
};

pub(super) const TIERS: [(&str, Tier); 3] =
    [("law", Tier::Law), ("document", Tier::Document), ("order", Tier::Order)];

pub(super) type Rules = (Vec<Row<Citation>>, Vec<Row<Rule>>);

pub(super) fn read(files: &PackFiles, findings: &Findings) -> Rules {
    let Some(text) = text_of(files, RULES, &[Thing::Citation, Thing::Rule], findings) else {
        return Rules::default();
    };
    let [citations, rules] = toml_text::blocks(&text, ["citation", "rule"], findings);
    if !citations.whole {
        findings.unreadable(Thing::Citation);
    }
    let fields = |(line, entries)| Fields::new(findings, RULES, line, entries);
    (
        citations.tables.into_iter().map(fields).map(citation).collect(),
        rules.tables.into_iter().map(fields).map(rule).collect(),
    )
}

fn citation(mut fields: Fields<'_, '_>) -> Row<Citation> {
    let citation = Citation {
        id: CitationCode::new(&fields.define("id", Thing::Citation)),
        kind: fields.must_choice("kind", &TIERS).unwrap_or(Tier::Order),
        title: fields.names_table("title"),
        article: fields.names_table("article"),
        force: fields.force(),
    };
    fields.finish(citation)
}

fn rule(mut fields: Fields<'_, '_>) -> Row<Rule> {
    let rule = Rule {
        id: RuleCode::new(&fields.define("id", Thing::Rule)),
        tier: fields.must_choice("tier", &TIERS).unwrap_or(Tier::Order),
        citation: fields.must_refer("citation", Thing::Citation),
        scope: scope(&mut fields),
        lead: must_lead(&mut fields),
        co: co_units(&mut fields),
        force: fields.force(),
    };
    fields.finish(rule)
}

fn scope(fields: &mut Fields<'_, '_>) -> Scope {
    let categories: Vec<CategoryCode> = fields.refer_list("categories", Thing::Category);
    let class = fields.refer::<Box<str>>("class", Thing::Class);
    if class.is_some() && !categories.is_empty() {
        fields.fault(fields.line, FaultKind::ClassAndCategories);
    }
    let conditions = fields.list("conditions");
    if let Some(first) = conditions.first() {
        match categories.as_slice() {
            [category] => {
                for entry in &conditions {
                    let known = |code: &str| Some(format!("{category} {code}"));
                    if let Some(code) = fields.parsed("conditions", entry, || Wanted::Code, known) {
                        fields.refer_to(entry.line, "conditions", Thing::Condition, &code);
                    }
                }
            }
            _ => fields.fault(first.line, FaultKind::ConditionsNeedOneCategory),
        }
    }
    let text = |entry: &Entry<'_>| entry.value.as_text().map(Into::into);
    let kind = |text: &str| chosen(&POINT_KINDS, text);
    Scope {
        class,
        categories,
        conditions: conditions.iter().filter_map(text).collect(),
        area: fields.choice("area", &AREAS),
        zones: fields.refer_list("zones", Thing::Zone),
        sections: fields.refer_list("sections", Thing::Section),
        points: fields.refer_list("points", Thing::Point),
        point_kinds: fields.parse_list("point_kinds", || one_of(&POINT_KINDS), kind),
        hours: settings::hours(fields, "hours"),
    }
}

fn must_lead(fields: &mut Fields<'_, '_>) -> Lead {
    let entry = fields.must_take("lead");
    entry.and_then(|entry| lead(fields, "lead", &entry)).unwrap_or(Lead::Owner)
}

fn co_units(fields: &mut Fields<'_, '_>) -> Vec<Lead> {
    let items = fields.list("co");
    items.iter().filter_map(|entry| lead(fields, "co", entry)).collect()
}

fn lead(fields: &Fields<'_, '_>, key: &str, entry: &Entry<'_>) -> Option<Lead> {
    let lead = fields.parsed(
        key,
        entry,
        || Wanted::Lead,
        |text| {
            Some(match text.split_once(':')? {
                ("unit", unit) if !unit.is_empty() => Lead::Unit(unit.into()),
                ("role", "street_office") => Lead::StreetOffice,
                ("role", "owner") => Lead::Owner,
                ("role", "manager") => Lead::Manager,
                ("warden", kind) => Lead::Warden(chosen(&WARDEN_KINDS, kind)?),
                _ => return None,
            })
        },
    )?;
    if let Lead::Unit(unit) = &lead {
        fields.refer_to(entry.line, key, Thing::Unit, unit.as_str());
    }
    Some(lead)
}
