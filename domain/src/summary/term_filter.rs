//! Which terms a case must have: what a search means, and what a person sees, in one form that
//! is answered by an index and, in tests, by the case itself.

use super::{CaseQuery, CaseTerms, Moment, Queue, Term};
use crate::{
    access::{Actor, Sight},
    case::CaseState,
};

/// Each of these conditions must hold. None: every case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TermFilter(Vec<AnyOf>);

/// One of these must hold. None: no case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnyOf(Vec<Vec<Term>>);

impl AnyOf {
    /// Holds where all terms of one of the alternatives are there. An alternative without
    /// terms would hold everywhere and is left out.
    #[must_use]
    pub fn new(alternatives: Vec<Vec<Term>>) -> Self {
        Self(alternatives.into_iter().filter(|terms| !terms.is_empty()).collect())
    }

    #[must_use]
    pub fn alternatives(&self) -> &[Vec<Term>] {
        &self.0
    }

    fn holds(&self, terms: &CaseTerms) -> bool {
        self.0.iter().any(|all| all.iter().all(|term| terms.has(term)))
    }
}

impl TermFilter {
    #[must_use]
    pub fn conditions(&self) -> &[AnyOf] {
        &self.0
    }

    #[must_use]
    pub fn holds(&self, terms: &CaseTerms) -> bool {
        self.0.iter().all(|any| any.holds(terms))
    }

    pub fn add(&mut self, any: AnyOf) {
        self.0.push(any);
    }

    fn add_term(&mut self, term: Term) {
        self.add(AnyOf(vec![vec![term]]));
    }

    /// That `actor` sees it, by the rule of [`sees`](super::sees). `false`: they see nothing.
    #[must_use]
    pub fn add_sight(&mut self, actor: &Actor) -> bool {
        match actor.role.sight() {
            Sight::Everything => {}
            Sight::OpenAndOwn => {
                let own = Term::reporter(&actor.user);
                self.add(AnyOf(vec![vec![Term::open()], vec![own]]));
            }
            Sight::Unit => match &actor.unit {
                Some(unit) => self.add_term(Term::had_by(unit)),
                None => return false,
            },
            Sight::Patch => match &actor.person {
                Some(person) => self.add_term(Term::patch(person)),
                None => return false,
            },
        }
        true
    }

    /// What the query names and terms say, but for its `q`. `true` when that is all it names
    /// but for the period of its reports; else the case's row has to be asked, too.
    #[must_use]
    pub fn add_query(&mut self, query: &CaseQuery, moment: Moment) -> bool {
        let terms = [
            query.state.map(Term::state),
            query.unit.as_ref().map(Term::assigned_to),
            query.zone.as_ref().map(Term::zone),
            query.section.as_ref().map(Term::section),
            query.point.as_ref().map(Term::point),
            query.category.as_ref().map(Term::category),
            query.person.as_ref().map(Term::person),
            query.patch.as_ref().map(Term::patch),
            query.reporter.as_ref().map(Term::reporter),
        ];
        terms.into_iter().flatten().for_each(|term| self.add_term(term));
        let is_queue_whole = query.queue.is_none_or(|queue| self.add_queue(queue, moment));
        // The unit's term is also that of a case where it stands beside another one.
        is_queue_whole
            && query.unit.is_none()
            && query.source.is_none()
            && query.due_from.is_none()
            && query.due_until.is_none()
            && query.bbox.is_none()
    }

    /// Whether the terms say all that the queue means.
    fn add_queue(&mut self, queue: Queue, moment: Moment) -> bool {
        match queue {
            Queue::Tray => self.add_term(Term::state(CaseState::Unassigned)),
            Queue::ToVerify => self.add_term(Term::state(CaseState::Rectified)),
            Queue::ToClose => self.add_term(Term::state(CaseState::Verified)),
            Queue::Overdue | Queue::Near | Queue::Open => self.add_term(Term::open()),
            Queue::ClosedToday => {
                self.add_term(Term::state(CaseState::Closed));
                self.add_term(Term::ended_on(moment.today));
            }
            Queue::All => {}
        }
        !matches!(queue, Queue::Overdue | Queue::Near)
    }
}
