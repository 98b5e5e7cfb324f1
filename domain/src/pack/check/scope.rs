//! What a rule can match, as sets: so that "both can match" and "all that this one
//! matches, that one matches too" are questions of sets.

use std::collections::{HashMap, HashSet};

use geo::{Coord, MultiLineString, Rect};

use super::{
    super::draft::{Draft, chain},
    ground::{Ground, Patch, are_near, lines_to_area, point_to_area, point_to_lines},
};
use crate::{
    CategoryCode, PointCode, SectionCode, ZoneCode,
    calendar::DayHours,
    catalogue::{Category, InForce},
    duty::{Citation, Rule, Specificity},
    place::{Point, Section, Zone},
};

/// What rules are compared against: the catalogue and the map of a draft.
pub(super) struct World<'d> {
    /// Every category with the numbers of its conditions.
    categories: Vec<(&'d Category, Vec<(&'d str, usize)>)>,
    zones: Vec<&'d Zone>,
    /// For each zone, itself and the areas around it.
    chains: Vec<HashSet<&'d ZoneCode>>,
    citations: HashMap<&'d str, &'d Citation>,
    points: HashMap<&'d PointCode, &'d Point>,
    sections: HashMap<&'d SectionCode, &'d Section>,
    section_m: f64,
    point_m: f64,
    ground: Ground,
}

/// What one rule matches. Of a place only the part that the rule speaks of.
pub(super) struct Reach<'d> {
    pub rule: &'d Rule,
    pub line: u32,
    pub specificity: Specificity,
    /// Days on which the rule and what it stands on are both in force.
    force: InForce,
    /// Conditions of categories, by number.
    what: HashSet<usize>,
    /// Zones that a case can lie in, by number. Every case that rules see has one.
    zones: HashSet<usize>,
    sections: Option<HashSet<&'d SectionCode>>,
    points: Option<HashSet<&'d PointCode>>,
    minutes: Option<Vec<bool>>,
}

impl<'d> World<'d> {
    pub(super) fn new(draft: &'d Draft) -> Self {
        let mut conditions: HashMap<&CategoryCode, Vec<(&str, usize)>> = HashMap::new();
        for (number, row) in draft.conditions.iter().enumerate() {
            let (category, condition) = &row.item;
            let code = condition.as_ref().map_or("", |condition| condition.code.as_str());
            conditions.entry(category).or_default().push((code, number));
        }
        let categories = draft.categories.iter().map(|row| {
            let category = &row.item;
            (category, conditions.get(&category.code).cloned().unwrap_or_default())
        });
        let by_code = draft.zones_by_code();
        let chains = draft
            .zones
            .iter()
            .map(|row| chain(&by_code, row).map(|around| &around.item.code).collect());
        let zones: Vec<&Zone> = draft.zones.iter().map(|row| &row.item).collect();
        let somewhere = zones.first().and_then(|zone| zone.polygons.first()?.0.first()?.first());
        let tolerance = draft.settings.tolerance;
        Self {
            categories: categories.collect(),
            chains: chains.collect(),
            ground: Ground::about(somewhere.copied()),
            zones,
            citations: draft
                .citations
                .iter()
                .map(|row| (row.item.id.as_str(), &row.item))
                .collect(),
            points: draft.points.iter().map(|row| (&row.item.code, &row.item)).collect(),
            sections: draft.sections.iter().map(|row| (&row.item.code, &row.item)).collect(),
            section_m: f64::from(tolerance.section_m),
            point_m: f64::from(tolerance.point_m),
        }
    }

    pub(super) fn citation(&self, rule: &Rule) -> Option<&'d Citation> {
        self.citations.get(rule.citation.as_str()).copied()
    }

    pub(super) fn reach(&self, rule: &'d Rule, line: u32) -> Reach<'d> {
        let scope = &rule.scope;
        let level = |code: &ZoneCode| {
            self.zones.iter().find(|zone| zone.code == *code).map(|zone| zone.level)
        };
        let cited = self.citation(rule).map_or_else(InForce::default, |citation| citation.force);
        Reach {
            rule,
            line,
            specificity: rule.specificity(level),
            force: common_days(rule.force, cited),
            what: self.what(rule),
            zones: (0..)
                .zip(self.zones.iter().zip(&self.chains))
                .filter(|(_, (zone, chain))| {
                    scope.area.is_none_or(|area| area == zone.area)
                        && (scope.zones.is_empty()
                            || scope.zones.iter().any(|wanted| chain.contains(wanted)))
                })
                .map(|(number, _)| number)
                .collect(),
            sections: (!scope.sections.is_empty()).then(|| scope.sections.iter().collect()),
            points: self.scope_points(rule),
            minutes: (!scope.hours.is_empty()).then(|| minutes(&scope.hours)),
        }
    }

    fn what(&self, rule: &Rule) -> HashSet<usize> {
        let scope = &rule.scope;
        let wanted = |category: &Category| {
            if scope.categories.is_empty() {
                scope.class.as_ref().is_none_or(|class| *class == category.class)
            } else {
                scope.categories.contains(&category.code)
            }
        };
        let listed = |code: &str| {
            scope.conditions.is_empty() || scope.conditions.iter().any(|it| it.as_str() == code)
        };
        self.categories
            .iter()
            .filter(|(category, _)| wanted(category))
            .flat_map(|(_, conditions)| conditions)
            .filter(|(code, _)| listed(code))
            .map(|(_, number)| *number)
            .collect()
    }

    /// The points a rule speaks of, by code and by kind.
    fn scope_points(&self, rule: &Rule) -> Option<HashSet<&'d PointCode>> {
        let scope = &rule.scope;
        if scope.points.is_empty() && scope.point_kinds.is_empty() {
            return None;
        }
        let wanted = |point: &Point| {
            (scope.points.is_empty() || scope.points.contains(&point.code))
                && (scope.point_kinds.is_empty() || scope.point_kinds.contains(&point.kind))
        };
        let points = self.points.iter().filter(|(_, point)| wanted(point));
        Some(points.map(|(code, _)| *code).collect())
    }

    /// Whether some case can be matched by both.
    pub(super) fn can_meet(&self, a: &Reach<'d>, b: &Reach<'d>) -> bool {
        let days = common_days(a.force, b.force);
        let some_day = days.from.zip(days.until).is_none_or(|(from, until)| from <= until);
        let some_minute = match (&a.minutes, &b.minutes) {
            (Some(a), Some(b)) => a.iter().zip(b).any(|(a, b)| *a && *b),
            _ => true,
        };
        some_day && some_minute && !a.what.is_disjoint(&b.what) && self.some_place(a, b)
    }

    /// Whether some zone, section and point that both speak of lie together.
    fn some_place(&self, a: &Reach<'d>, b: &Reach<'d>) -> bool {
        let zones: Vec<usize> = a.zones.intersection(&b.zones).copied().collect();
        let sections = common(a.sections.as_ref(), b.sections.as_ref());
        let points = common(a.points.as_ref(), b.points.as_ref());
        let sections = match &sections {
            Some(codes) => codes.iter().filter_map(|code| self.section(code)).map(Some).collect(),
            None => vec![None],
        };
        let points = match &points {
            Some(codes) => codes.iter().filter_map(|code| self.spot(code)).map(Some).collect(),
            None => vec![None],
        };
        let everywhere = zones.len() == self.zones.len();
        let areas: Vec<Option<Patch>> = if everywhere {
            vec![None]
        } else {
            zones.iter().map(|number| self.area(*number)).collect()
        };
        areas.iter().any(|area| {
            sections.iter().any(|section| {
                let with_area = |section: &Street| section.touches(area.as_ref(), self.section_m);
                section.as_ref().is_none_or(with_area)
                    && points.iter().any(|point| {
                        point.as_ref().is_none_or(|point| {
                            point.touches(area.as_ref())
                                && point.is_on(section.as_ref(), self.section_m)
                        })
                    })
            })
        })
    }

    fn area(&self, number: usize) -> Option<Patch> {
        let zone = self.zones.get(number)?;
        Some(Patch::new(self.ground.area(&zone.polygons)))
    }

    fn section(&self, code: &SectionCode) -> Option<Street> {
        let lines = self.ground.lines(&self.sections.get(code)?.lines);
        Some(Street { bounds: geo::BoundingRect::bounding_rect(&lines), lines })
    }

    fn spot(&self, code: &PointCode) -> Option<Spot> {
        let point = self.points.get(code)?;
        let radius_m = point.radius_m.map_or(self.point_m, f64::from);
        Some(Spot { at: self.ground.coord(point.at), radius_m })
    }
}

/// A section in metres.
struct Street {
    lines: MultiLineString,
    bounds: Option<Rect>,
}

impl Street {
    fn touches(&self, area: Option<&Patch>, tolerance_m: f64) -> bool {
        area.is_none_or(|area| {
            are_near(self.bounds, area.bounds, tolerance_m)
                && lines_to_area(&self.lines, &area.area) <= tolerance_m
        })
    }
}

/// A point in metres, with the radius in which a case belongs to it.
struct Spot {
    at: Coord,
    radius_m: f64,
}

impl Spot {
    fn touches(&self, area: Option<&Patch>) -> bool {
        area.is_none_or(|area| {
            are_near(Some(Rect::new(self.at, self.at)), area.bounds, self.radius_m)
                && point_to_area(self.at, &area.area) <= self.radius_m
        })
    }

    fn is_on(&self, section: Option<&Street>, tolerance_m: f64) -> bool {
        section.is_none_or(|street| {
            point_to_lines(self.at, &street.lines) <= self.radius_m + tolerance_m
        })
    }
}

impl Reach<'_> {
    /// Whether every case that `other` matches is matched by this one too.
    pub(super) fn covers(&self, other: &Self) -> bool {
        let days = self.force.from.is_none_or(|from| other.force.from.is_some_and(|o| from <= o))
            && self.force.until.is_none_or(|until| other.force.until.is_some_and(|o| o <= until));
        let minutes = match (&self.minutes, &other.minutes) {
            (None, _) => true,
            (Some(minutes), Some(wanted)) => {
                minutes.iter().zip(wanted).all(|(holds, wanted)| *holds || !*wanted)
            }
            (Some(minutes), None) => minutes.iter().all(|holds| *holds),
        };
        days && minutes
            && !other.what.is_empty()
            && !other.zones.is_empty()
            && other.what.is_subset(&self.what)
            && other.zones.is_subset(&self.zones)
            && holds(self.sections.as_ref(), other.sections.as_ref())
            && holds(self.points.as_ref(), other.points.as_ref())
    }

    pub(super) fn is_ever_in_force(&self) -> bool {
        self.force.from.zip(self.force.until).is_none_or(|(from, until)| from <= until)
    }
}

/// `None` is everything.
fn holds<T: Eq + std::hash::Hash>(all: Option<&HashSet<T>>, part: Option<&HashSet<T>>) -> bool {
    all.is_none_or(|all| part.is_some_and(|part| part.is_subset(all)))
}

fn common<T: Copy + Eq + std::hash::Hash>(
    a: Option<&HashSet<T>>,
    b: Option<&HashSet<T>>,
) -> Option<HashSet<T>> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.intersection(b).copied().collect()),
        (Some(one), None) | (None, Some(one)) => Some(one.clone()),
        (None, None) => None,
    }
}

fn common_days(a: InForce, b: InForce) -> InForce {
    let until = match (a.until, b.until) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (one, other) => one.or(other),
    };
    InForce { from: a.from.max(b.from), until }
}

/// The minutes of a day that hours hold.
fn minutes(hours: &[DayHours]) -> Vec<bool> {
    let holds = |hours: &DayHours, minute: u16| {
        if hours.runs_past_midnight() {
            minute >= hours.start || minute < hours.end
        } else {
            hours.start <= minute && minute < hours.end
        }
    };
    (0..24 * 60).map(|minute| hours.iter().any(|hours| holds(hours, minute))).collect()
}
