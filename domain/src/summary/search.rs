//! What a search means in a district: each word is in what was written, is the number, or names
//! what the case is about.
//!
//! Never: finds by who reported.

use super::{AnyOf, SearchText, Term, TermFilter, search_text::SearchWord};
use crate::{
    District,
    search::{PlaceKey, Target, query_grams},
};

/// Things that one word may name; of more, the best count.
const MAX_NAMED: usize = 32;

/// The terms that a case must have to be found by `text`.
#[must_use]
pub fn search(text: &SearchText, district: &District) -> TermFilter {
    let words: Vec<&str> = text.words().iter().map(|word| word.text.as_str()).collect();
    let named = district.search().named(&words, MAX_NAMED);
    let mut filter = TermFilter::default();
    for (word, named) in text.words().iter().zip(named) {
        let own = [written(word), number(word)].into_iter().flatten();
        let named = named.into_iter().map(|target| vec![term_of(target)]);
        filter.add(AnyOf::new(own.chain(named).collect()));
    }
    filter
}

fn written(word: &SearchWord) -> Vec<Vec<Term>> {
    let grams = query_grams(&word.text);
    vec![grams.iter().map(|gram| Term::written(gram)).collect()]
}

fn number(word: &SearchWord) -> Vec<Vec<Term>> {
    let whole = word.number.as_deref().map(Term::number);
    let running = word.running.as_deref().map(Term::running_number);
    whole.into_iter().chain(running).map(|term| vec![term]).collect()
}

fn term_of(target: &Target) -> Term {
    match target {
        Target::Category(code) => Term::category(code),
        Target::Place(PlaceKey::Zone(code)) => Term::zone(code),
        Target::Place(PlaceKey::Section(code)) => Term::section(code),
        Target::Place(PlaceKey::Point(code)) => Term::point(code),
        Target::Unit(code) => Term::assigned_to(code),
        Target::Person(code) => Term::person(code),
    }
}
