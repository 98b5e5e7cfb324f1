//! Putting things in order with one sorting routine for all kinds of them, and filling
//! maps by inserting. The standard library's `sort` and `collect` are compiled anew for
//! every type, at 2 KB brotli each; a phone downloads them all.
//!
//! Never: where lists are as long as a district's map; there the standard library's own.

use std::{cmp::Ordering, mem};

/// Sorts; equal ones stay as they were.
pub fn sort_by<T>(list: &mut Vec<T>, mut compare: impl FnMut(&T, &T) -> Ordering) {
    if list.len() < 2 {
        return;
    }
    let order = positions(list.len(), &mut |a, b| match (list.get(a), list.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    let mut slots: Vec<Option<T>> = mem::take(list).into_iter().map(Some).collect();
    list.extend(order.into_iter().filter_map(|position| slots.get_mut(position)?.take()));
}

/// Sorts by a key; equal ones stay as they were.
pub fn sort_by_key<T, K: Ord>(list: &mut Vec<T>, key: impl Fn(&T) -> K) {
    sort_by(list, |a, b| key(a).cmp(&key(b)));
}

/// A map or a set of `items`; of equal keys the last counts.
pub fn gathered<T, C: Default + Extend<T>>(items: impl IntoIterator<Item = T>) -> C {
    let mut all = C::default();
    all.extend(items);
    all
}

/// Where 0, 1 … `count` − 1 belong.
fn positions(count: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut positions: Vec<usize> = (0..count).collect();
    positions.sort_by(|a, b| compare(*a, *b));
    positions
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_sorts_as_the_standard_library_does(
            list in prop::collection::vec((0u8..20, any::<u32>()), 0..80),
        ) {
            let (mut ours, mut theirs) = (list.clone(), list.clone());
            sort_by_key(&mut ours, |(key, _)| *key);
            theirs.sort_by_key(|(key, _)| *key);
            prop_assert_eq!(ours, theirs);
            prop_assert_eq!(
                gathered::<_, BTreeMap<_, _>>(list.iter().copied()),
                list.into_iter().collect::<BTreeMap<_, _>>()
            );
        }
    }
}
