//! Rules: each stands on a citation of its own tier, no two can tie, and none is
//! decided away by another every time.

use std::collections::HashMap;

use super::{
    super::{draft::Draft, fault::FaultKind, fields::Row, files::RULES, findings::Findings},
    scope::{Reach, World},
};
use crate::{
    CitationCode,
    duty::{Citation, Lead, Rule},
};

pub(super) fn check(draft: &Draft, findings: &Findings) {
    citations(draft, findings);
    let world = World::new(draft);
    let reaches: Vec<Reach<'_>> = draft
        .rules
        .iter()
        .filter(|row| row.clean)
        .map(|row| world.reach(&row.item, row.line))
        .filter(Reach::is_ever_in_force)
        .collect();
    ties(&world, &reaches, findings);
    shadows(&reaches, findings);
}

fn citations(draft: &Draft, findings: &Findings) {
    let mut known: HashMap<&CitationCode, &Row<Citation>> = HashMap::new();
    for row in &draft.citations {
        known.entry(&row.item.id).or_insert(row);
    }
    for row in draft.rules.iter().filter(|row| row.clean) {
        let rule = &row.item;
        let Some(cited) = known.get(&rule.citation).filter(|cited| cited.clean) else { continue };
        let (citation, kind) = (rule.citation.as_str().into(), cited.item.kind);
        if rule.tier != kind {
            let tier = rule.tier;
            let kind = FaultKind::TierNotCitation { tier, citation, kind };
            findings.fault(RULES, Some(row.line), kind);
        } else if never_together(rule, &cited.item) {
            findings.fault(RULES, Some(row.line), FaultKind::OutlivesCitation { citation });
        }
    }
}

/// Whether the rule is in force only on days on which the citation is not.
fn never_together(rule: &Rule, citation: &Citation) -> bool {
    let before = |until: Option<_>, from: Option<_>| {
        until.zip(from).is_some_and(|(until, from)| until < from)
    };
    before(rule.force.until, citation.force.from) || before(citation.force.until, rule.force.from)
}

/// Two rules of one tier that fit equally well and can both match.
fn ties(world: &World<'_>, reaches: &[Reach<'_>], findings: &Findings) {
    for (index, later) in reaches.iter().enumerate() {
        let rival = reaches.iter().take(index).find(|earlier| {
            earlier.rule.tier == later.rule.tier
                && earlier.specificity == later.specificity
                && world.can_meet(earlier, later)
        });
        if let Some(earlier) = rival {
            let (rule, other) = (name(later), name(earlier));
            let kind = FaultKind::Tie { rule, other, line: earlier.line };
            findings.fault(RULES, Some(later.line), kind);
        }
    }
}

/// A rule that can never win: one that is tried before it matches everything that it
/// does, and leads to a unit wherever it matches.
fn shadows(reaches: &[Reach<'_>], findings: &Findings) {
    for hidden in reaches {
        let before = reaches.iter().find(|before| {
            let earlier = before.rule.tier < hidden.rule.tier;
            let narrower =
                before.rule.tier == hidden.rule.tier && before.specificity > hidden.specificity;
            (earlier || narrower)
                && matches!(before.rule.lead, Lead::Unit(_))
                && before.covers(hidden)
        });
        if let Some(before) = before {
            let (rule, by) = (name(hidden), name(before));
            let kind = FaultKind::Shadowed { rule, by, line: before.line };
            findings.fault(RULES, Some(hidden.line), kind);
        }
    }
}

fn name(reach: &Reach<'_>) -> Box<str> {
    reach.rule.id.as_str().into()
}
