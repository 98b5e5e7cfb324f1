//! The set: things in order, each once.

use std::{borrow::Borrow, slice};

use crate::order;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Set<T>(Vec<T>);

impl<T> Set<T> {
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    #[must_use]
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> slice::Iter<'_, T> {
        self.0.iter()
    }
}

impl<T: Ord> Set<T> {
    /// Where it is, or where it belongs.
    fn place<Q: Ord + ?Sized>(&self, thing: &Q) -> Result<usize, usize>
    where
        T: Borrow<Q>,
    {
        self.0.binary_search_by(|known| known.borrow().cmp(thing))
    }

    pub fn contains<Q: Ord + ?Sized>(&self, thing: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.place(thing).is_ok()
    }

    /// Those from this one on.
    pub fn from<Q: Ord + ?Sized>(&self, thing: &Q) -> &[T]
    where
        T: Borrow<Q>,
    {
        let (Ok(start) | Err(start)) = self.place(thing);
        self.0.get(start..).unwrap_or_default()
    }

    /// Whether it was not there.
    pub fn insert(&mut self, thing: T) -> bool {
        let place = self.place(&thing);
        if let Err(place) = place {
            self.0.insert(place, thing);
        }
        place.is_err()
    }

    /// Whether it was there.
    pub fn remove<Q: Ord + ?Sized>(&mut self, thing: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        let place = self.place(thing);
        if let Ok(place) = place {
            self.0.remove(place);
        }
        place.is_ok()
    }
}

impl<T> Default for Set<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Ord> Extend<T> for Set<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, things: I) {
        self.0.extend(things);
        if !self.0.is_sorted_by(|a, b| a < b) {
            order::sort_by(&mut self.0, T::cmp);
            self.0.dedup();
        }
    }
}

impl<'s, T> IntoIterator for &'s Set<T> {
    type Item = &'s T;
    type IntoIter = slice::Iter<'s, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<T> IntoIterator for Set<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
