//! A thing with all texts by which it is found, and the ranking of those that were.

use std::sync::Arc;

use super::{Field, Fit, Query, Term, query::Needle};
use crate::Names;

/// The texts of one thing. Cheap to copy and to join: a case is found by the texts of its
/// category, place, unit and person.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    terms: Vec<Arc<Term>>,
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
        let is_known = self.terms.iter().any(|known| **known == term);
        if !text.is_empty() && !is_known {
            self.terms.push(Arc::new(term));
        }
        self
    }

    /// A name in every language: people type the one that is on paper.
    #[must_use]
    pub fn with_names(self, field: Field, names: &Names) -> Self {
        self.with(field, &names.hans).with(field, &names.hant).with(field, &names.en)
    }

    #[must_use]
    pub fn joined(mut self, other: &Self) -> Self {
        self.terms.extend(other.terms.iter().cloned());
        self
    }

    /// How well it fits; `None` when some word does not fit at all. An empty query fits all.
    fn rank(&self, query: &Query, fit: fn(&Term, &Needle) -> Option<Fit>) -> Option<Rank> {
        if query.is_empty() {
            return Some(Rank { fit: Fit::Exact, field: Field::Name });
        }
        let best = |needle: &Needle| {
            let ranks = self
                .terms
                .iter()
                .filter_map(|term| Some(Rank { fit: fit(term, needle)?, field: term.field }));
            ranks.min()
        };
        let whole = best(&query.whole);
        let by_words = || {
            // Words of a name in any order are never as good as the name itself.
            let least = Rank { fit: Fit::WordPrefix, field: Field::Name };
            query.words.iter().try_fold(least, |worst, word| Some(worst.max(best(word)?)))
        };
        let by_words = if query.words.is_empty() { None } else { by_words() };
        whole.into_iter().chain(by_words).min()
    }
}

/// Those of `items` that the query finds, with their rank and in the order given. What fits
/// by chance or with a slip is found only where nothing fits better.
pub fn find<'a, T>(
    items: impl Iterator<Item = (T, &'a Entry)> + Clone,
    query: &Query,
) -> Vec<(Rank, T)> {
    let found = |fit: fn(&Term, &Needle) -> Option<Fit>| -> Vec<(Rank, T)> {
        let ranked = items.clone();
        ranked.filter_map(|(item, entry)| Some((entry.rank(query, fit)?, item))).collect()
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
