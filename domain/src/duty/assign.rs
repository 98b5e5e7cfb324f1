//! Assignment: one pure function from a report, a district and a time. Running it
//! again years later with the same pack gives the same answer.

use super::{
    Assignment, Basis, Destination, Due, Facts, Lost, LostBecause, PersonRef, Routing, Rule, Tier,
    Via, Why,
    context::AssignmentContext,
    reason,
    resolve::{self, Answerable},
    scope,
};
use crate::{
    District,
    case::{OrderTo, Refusal},
    catalogue::Condition,
    place::{Place, PlaceDoubt},
};

/// Where the report goes by the rules of the district.
#[must_use]
pub fn assign(district: &District, facts: &Facts) -> Routing {
    Routing {
        pack: district.pack().version.clone(),
        place: facts.place.clone(),
        permitted: facts
            .place
            .known_at()
            .and_then(|at| district.permitted_stall(at, &facts.category, facts.captured)),
        destination: destination(AssignmentContext::new(district, facts)),
    }
}

fn destination(context: AssignmentContext<'_>) -> Destination {
    match place_unknown(&context.facts.place) {
        None => by_rules(context),
        Some(why @ Why::PlaceAmbiguous) => agreed(context)
            .map_or_else(|| to_headquarters(why, Vec::new()), |it| Destination::Unit(Box::new(it))),
        Some(why) => to_headquarters(why, Vec::new()),
    }
}

fn to_headquarters(why: Why, lost: Vec<Lost>) -> Destination {
    Destination::Headquarters { why, sentence: reason::nothing_assigned(why), lost }
}

/// Where an ambiguous place goes whichever of its candidates it is: the same unit and person
/// on the same basis. Its sentence and the patch leader come from what is certain of the
/// place. `None` where one candidate differs.
fn agreed(context: AssignmentContext<'_>) -> Option<Assignment> {
    let facts = context.facts;
    let certain = Facts { place: facts.place.certain_part(), ..facts.clone() };
    let mut answers = facts.place.alternatives()?.into_iter().map(|place| {
        match destination(context.with_facts(&Facts { place, ..facts.clone() })) {
            Destination::Unit(it) => Some(stated_for(context.with_facts(&certain), *it)),
            Destination::Headquarters { .. } => None,
        }
    });
    let first = answers.next()??;
    answers.all(|other| other.as_ref() == Some(&first)).then_some(first)
}

/// The same, stated for other facts. Which rules lost differs from one candidate to the other,
/// and is left out.
fn stated_for(context: AssignmentContext<'_>, assignment: Assignment) -> Assignment {
    let AssignmentContext { district, facts, .. } = context;
    let Assignment { unit, person, .. } = &assignment;
    let answerable = Answerable { unit: unit.clone(), person: person.clone() };
    let sentence =
        reason::assigned(district, facts, assignment.tier, &assignment.basis, &answerable);
    let patch_leader = resolve::patch_leader(context);
    Assignment { patch_leader, sentence, lost: Vec::new(), ..assignment }
}

fn by_rules(context: AssignmentContext<'_>) -> Destination {
    let AssignmentContext { district, facts, .. } = context;
    let Some(condition) = condition(district, facts) else {
        return to_headquarters(Why::NoBasisFound, Vec::new());
    };
    let mut winner: Option<(&Rule, Answerable)> = None;
    let mut lost = Vec::new();
    for rule in district.duty().rules(district.pack(), &facts.category) {
        if !scope::covers(rule, context) {
            continue;
        }
        let because = match &winner {
            Some((won, _)) if won.tier < rule.tier => LostBecause::HigherTier,
            Some(_) => LostBecause::MoreSpecific,
            None => match resolve::lead(context, &rule.lead) {
                Some(answerable) => {
                    winner = Some((rule, answerable));
                    continue;
                }
                None => LostBecause::Unresolved,
            },
        };
        lost.push(Lost { rule: rule.id.clone(), tier: rule.tier, because });
    }
    let decided =
        winner.and_then(|(rule, answerable)| by_rule(context, condition, rule, answerable));
    match decided {
        Some(assignment) => Destination::Unit(Box::new(Assignment { lost, ..assignment })),
        None => to_headquarters(Why::NoBasisFound, lost),
    }
}

/// Why the place as it stands makes nobody answerable. An uncertain one does not, even where
/// a rule seems not to ask for it: a narrower rule may hold at the true place.
fn place_unknown(place: &Place) -> Option<Why> {
    match place.doubt {
        Some(PlaceDoubt::Stale { .. }) => Some(Why::PositionStale),
        Some(PlaceDoubt::Coarse { .. }) => Some(Why::PositionCoarse),
        None if place.is_ambiguous() => Some(Why::PlaceAmbiguous),
        None if place.is_outside() => Some(Why::OutsideDistrict),
        None if place.zone.is_none() => Some(Why::PlaceUnknown),
        None => None,
    }
}

fn by_rule(
    context: AssignmentContext<'_>,
    condition: &Condition,
    rule: &Rule,
    answerable: Answerable,
) -> Option<Assignment> {
    let AssignmentContext { district, facts, .. } = context;
    let citation = district.citation(&rule.citation)?;
    let co_units = rule
        .co
        .iter()
        .filter_map(|co| resolve::lead(context, co))
        .map(|co| co.unit)
        .filter(|unit| unit.code != answerable.unit.code)
        .collect();
    let basis = Basis::Rule {
        rule: rule.id.clone(),
        citation: citation.id.clone(),
        title: citation.title.clone(),
        article: citation.article.clone(),
    };
    let sentence = reason::assigned(district, facts, rule.tier, &basis, &answerable);
    Some(Assignment {
        unit: answerable.unit,
        person: answerable.person,
        co_units,
        patch_leader: resolve::patch_leader(context),
        tier: rule.tier,
        basis,
        due: Due {
            at: district.calendar().due(facts.now, condition.limit),
            limit: condition.limit,
        },
        sentence,
        lost: Vec::new(),
    })
}

/// Where headquarters sends it. Whom the order does not name, only what is certain of the
/// place does.
///
/// # Errors
/// When the order names a unit or a person that the pack does not have.
pub fn assign_by_order(
    district: &District,
    facts: &Facts,
    order: &OrderTo,
) -> Result<Assignment, Refusal> {
    let facts = &Facts { place: facts.place.certain_part(), ..facts.clone() };
    let context = AssignmentContext::new(district, facts);
    let unit = |code: &crate::UnitCode| {
        resolve::unit_ref(district, code)
            .ok_or_else(|| Refusal::UnknownUnit { unit: code.as_str().into() })
    };
    let lead = unit(&order.unit)?;
    let person = match &order.person {
        None => resolve::person_of_unit(context, &order.unit),
        Some(code) => {
            let named = district
                .person(code)
                .filter(|person| person.unit.as_ref() == Some(&order.unit))
                .ok_or_else(|| Refusal::UnknownPerson { person: code.as_str().into() })?;
            Some(PersonRef { code: code.clone(), names: named.names.clone(), via: Via::Order })
        }
    };
    let limit = match order.limit {
        Some(limit) => limit,
        None => condition(district, facts).map(|condition| condition.limit).ok_or_else(|| {
            Refusal::UnknownCondition {
                category: facts.category.as_str().into(),
                condition: facts.condition.as_str().into(),
            }
        })?,
    };
    let answerable = Answerable { unit: lead, person };
    let basis = Basis::Order { reason: order.reason.trim().to_owned() };
    let sentence = reason::assigned(district, facts, Tier::Order, &basis, &answerable);
    Ok(Assignment {
        unit: answerable.unit,
        person: answerable.person,
        co_units: order.co_units.iter().map(unit).collect::<Result<_, _>>()?,
        patch_leader: resolve::patch_leader(context),
        tier: Tier::Order,
        basis,
        due: Due { at: district.calendar().due(facts.now, limit), limit },
        sentence,
        lost: Vec::new(),
    })
}

fn condition<'a>(district: &'a District, facts: &Facts) -> Option<&'a Condition> {
    district.category(&facts.category)?.condition(&facts.condition)
}
