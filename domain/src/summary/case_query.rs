//! What is asked for in a list of cases.

use serde::{Deserialize, Serialize};

use super::{CaseSummary, CaseTerms, Cursor, Moment, Queue, TermFilter};
use crate::{
    CategoryCode, PersonCode, PointCode, SectionCode, Timestamp, UnitCode, UserName, ZoneCode,
    case::{CaseState, Source},
    place::Bounds,
};

/// All that is named must hold. A name that is not known is an error: a filter with a slip in
/// it would otherwise show everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default, deny_unknown_fields)]
pub struct CaseQuery {
    /// Words that are all found: each in what was written in the case, as its number or the
    /// beginning of that, or as name, everyday word or pinyin of category, place, unit or
    /// person. At most 100 characters and 8 words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue: Option<Queue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<CaseState>,
    /// The unit that is to fix it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitCode>,
    /// An area of any level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<ZoneCode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<SectionCode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub point: Option<PointCode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<CategoryCode>,
    /// Who is to fix it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonCode>,
    /// The leader in whose patch it lies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patch: Option<PersonCode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// Who reported it. Nobody, for a role that is not shown reporters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reporter: Option<UserName>,
    /// Reported at this moment or later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Timestamp>,
    /// Reported before this moment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// Due at this moment or later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_from: Option<Timestamp>,
    /// Due before this moment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_until: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bbox: Option<Bounds>,
    pub sort: Sort,
    /// `next` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
    /// Rows of a page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// The latest report first.
    #[default]
    Reported,
    /// What is due first; what has no due time, last.
    Due,
}

impl CaseQuery {
    /// What is asked for, on no page of it.
    #[must_use]
    pub fn without_page(self) -> Self {
        Self { cursor: None, limit: None, ..self }
    }

    /// Whether the case is one of those that are asked for, on whatever page. `found`: what `q`
    /// means in the district, which is [`search`](super::search())'s to say; it is told from the
    /// case's terms, for what was written in it is not in its summary.
    #[must_use]
    pub fn matches(
        &self,
        summary: &CaseSummary,
        terms: &CaseTerms,
        found: Option<&TermFilter>,
        moment: Moment,
    ) -> bool {
        found.is_none_or(|found| found.holds(terms)) && self.matches_but_for_q(summary, moment)
    }

    /// The same of all that is named but `q`.
    #[must_use]
    pub fn matches_but_for_q(&self, summary: &CaseSummary, moment: Moment) -> bool {
        let assignment = summary.assignment.as_ref();
        let place = &summary.place;
        let due = assignment.map(|one| one.lamp.due);
        self.queue.is_none_or(|queue| queue.contains(summary, moment))
            && self.state.is_none_or(|state| summary.state == state)
            && self.unit.as_ref().is_none_or(|unit| assignment.is_some_and(|it| it.unit == *unit))
            && self.zone.as_ref().is_none_or(|zone| place.zones.values().any(|it| it == zone))
            && self.section.as_ref().is_none_or(|section| place.section.as_ref() == Some(section))
            && self.point.as_ref().is_none_or(|point| place.point.as_ref() == Some(point))
            && self.category.as_ref().is_none_or(|category| summary.category == *category)
            && self.person.as_ref().is_none_or(|person| {
                assignment.is_some_and(|it| it.person.as_ref() == Some(person))
            })
            && self.patch.as_ref().is_none_or(|leader| place.patch_leaders.contains(leader))
            && self.source.is_none_or(|source| summary.source == source)
            && self.reporter.as_ref().is_none_or(|user| summary.reporter.as_ref() == Some(user))
            && self.from.is_none_or(|from| from <= summary.reported_at)
            && self.until.is_none_or(|until| summary.reported_at < until)
            && self.due_from.is_none_or(|from| due.is_some_and(|due| from <= due))
            && self.due_until.is_none_or(|until| due.is_some_and(|due| due < until))
            && self.bbox.is_none_or(|bbox| place.at.is_some_and(|at| bbox.contains(at)))
    }
}
