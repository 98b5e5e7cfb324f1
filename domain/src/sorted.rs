//! Maps and sets as sorted lists. A tree of the standard library is compiled anew for each
//! type, at 2 KB brotli, and a phone downloads them all; a list that is searched by halves is
//! a tenth of that, and as quick for the thousands that a phone holds.
//!
//! Never: for what grows to a city's size one by one in no order; each such insertion moves
//! what comes after it.

mod map;
mod set;

pub use map::Map;
pub use set::Set;

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;

    #[derive(Clone, Debug)]
    enum Act {
        Insert(u8, u16),
        OrInsert(u8, u16),
        Remove(u8),
        Retain(u16),
        Extend(Vec<(u8, u16)>),
    }

    fn act() -> impl Strategy<Value = Act> {
        prop_oneof![
            (0u8..30, any::<u16>()).prop_map(|(key, value)| Act::Insert(key, value)),
            (0u8..30, any::<u16>()).prop_map(|(key, value)| Act::OrInsert(key, value)),
            (0u8..30).prop_map(Act::Remove),
            (1u16..5).prop_map(Act::Retain),
            prop::collection::vec((0u8..30, any::<u16>()), 0..20).prop_map(Act::Extend),
        ]
    }

    proptest! {
        #[test]
        fn they_are_what_the_trees_of_the_standard_library_are(
            acts in prop::collection::vec(act(), 0..60),
            asked in 0u8..30,
        ) {
            let (mut ours, mut theirs) = (Map::new(), BTreeMap::new());
            let (mut set, mut tree) = (Set::new(), BTreeSet::new());
            for act in acts {
                match act {
                    Act::Insert(key, value) => {
                        prop_assert_eq!(ours.insert(key, value), theirs.insert(key, value));
                        prop_assert_eq!(set.insert(key), tree.insert(key));
                    }
                    Act::OrInsert(key, value) => {
                        let (our, their) = (ours.or_insert(key, value), theirs.entry(key).or_insert(value));
                        *our /= 2;
                        *their /= 2;
                        prop_assert_eq!(our, their);
                    }
                    Act::Remove(key) => {
                        prop_assert_eq!(ours.remove(&key), theirs.remove(&key));
                        prop_assert_eq!(set.remove(&key), tree.remove(&key));
                    }
                    Act::Retain(part) => {
                        ours.retain(|_, value| *value % part == 0);
                        theirs.retain(|_, value| *value % part == 0);
                    }
                    Act::Extend(items) => {
                        ours.extend(items.iter().copied());
                        theirs.extend(items.iter().copied());
                        set.extend(items.iter().map(|(key, _)| *key));
                        tree.extend(items.iter().map(|(key, _)| *key));
                    }
                }
            }
            prop_assert_eq!(ours.get(&asked), theirs.get(&asked));
            prop_assert_eq!(ours.get_mut(&asked), theirs.get_mut(&asked));
            prop_assert_eq!(ours.contains_key(&asked), theirs.contains_key(&asked));
            prop_assert_eq!(set.contains(&asked), tree.contains(&asked));
            prop_assert!(set.from(&asked).iter().eq(tree.range(asked..)));
            prop_assert_eq!(ours.len(), theirs.len());
            prop_assert_eq!(set.len(), tree.len());
            prop_assert!(ours.from(&asked).eq(theirs.range(asked..)));
            prop_assert!(ours.keys().rev().eq(theirs.keys().rev()));
            prop_assert!(ours.values_mut().eq(theirs.values_mut()));
            prop_assert!(set.into_iter().eq(tree));
            prop_assert!(ours.into_iter().eq(theirs));
        }
    }
}
