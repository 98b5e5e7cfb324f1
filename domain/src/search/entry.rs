//! A thing with all texts by which it is found, and the ranking of those that were.

use std::{collections::HashMap, sync::Arc};

use super::{Field, Fit, Query, Term, query::Needle};
use crate::Names;

/// The texts of one thing. Cheap to copy and to join: a case is found by the texts of its
/// category, place, unit and person.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    own: Arc<Vec<Term>>,
    joined: Vec<Arc<Vec<Term>>>,
}

/// How well an entry fits a query; the smaller, the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    pub fit: Fit,
    pub field: Field,
}

impl Entry {
    #[must_use]
    pub fn with(mut self, field: Field, text: &str) -> Self {
        let term = Term::new(field, text);
        if !text.is_empty() && !self.own.contains(&term) {
            Arc::make_mut(&mut self.own).push(term);
        }
        self
    }

    /// A name in every language: people type the one that is on paper.
    #[must_use]
    pub fn with_names(self, field: Field, names: &Names) -> Self {
        self.with(field, &names.hans).with(field, &names.hant).with(field, &names.en)
    }

    /// Found by the texts of `other`, too. They are shared, not copied.
    #[must_use]
    pub fn joined(mut self, other: &Self) -> Self {
        self.joined.push(other.own.clone());
        self.joined.extend(other.joined.iter().cloned());
        self
    }
}

/// Those of `items` that the query finds, with their rank and in the order given. What fits
/// by chance or with a slip is found only where nothing fits better.
pub fn find<'a, T>(
    items: impl Iterator<Item = (T, &'a Entry)> + Clone,
    query: &Query,
) -> Vec<(Rank, T)> {
    let found = |fit: fn(&Term, &Needle) -> Option<Fit>| -> Vec<(Rank, T)> {
        let mut ranking = Ranking { query, fit, known: HashMap::new() };
        items.clone().filter_map(|(item, entry)| Some((ranking.rank(entry)?, item))).collect()
    };
    let mut right = found(Term::fit);
    if right.is_empty() {
        return found(|term, needle| term.fit(needle).or_else(|| term.fit_by_spelling(needle)));
    }
    if right.iter().any(|(rank, _)| !rank.fit.is_last_resort()) {
        right.retain(|(rank, _)| !rank.fit.is_last_resort());
    }
    right
}

/// One query over many entries.
struct Ranking<'q> {
    query: &'q Query,
    fit: fn(&Term, &Needle) -> Option<Fit>,
    /// By the address of joined texts and the number of the needle: thousands of cases share
    /// those of a few categories, places and units.
    known: HashMap<(*const Vec<Term>, usize), Option<Rank>>,
}

impl Ranking<'_> {
    /// `None` when some word does not fit at all. An empty query fits all.
    fn rank(&mut self, entry: &Entry) -> Option<Rank> {
        let query = self.query;
        if query.is_empty() {
            return Some(Rank { fit: Fit::Exact, field: Field::Name });
        }
        let whole = self.best(entry, 0, &query.whole);
        if query.words.is_empty() {
            return whole;
        }
        // Words of a name in any order are never as good as the name itself.
        let mut worst = Some(Rank { fit: Fit::WordPrefix, field: Field::Name });
        for (number, word) in (1..).zip(&query.words) {
            worst = worst.zip(self.best(entry, number, word)).map(|(a, b)| a.max(b));
        }
        whole.into_iter().chain(worst).min()
    }

    fn best(&mut self, entry: &Entry, number: usize, needle: &Needle) -> Option<Rank> {
        let fit = self.fit;
        let best_of = |terms: &[Term]| {
            let ranks = terms
                .iter()
                .filter_map(|term| Some(Rank { fit: fit(term, needle)?, field: term.field }));
            ranks.min()
        };
        let joined = entry.joined.iter().filter_map(|terms| {
            *self.known.entry((Arc::as_ptr(terms), number)).or_insert_with(|| best_of(terms))
        });
        joined.min().into_iter().chain(best_of(&entry.own)).min()
    }
}
