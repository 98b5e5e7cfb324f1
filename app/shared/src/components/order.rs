//! Putting a list in order by a number.

/// In ascending order of `key`; equal ones stay as they were.
pub fn ordered<T>(list: impl IntoIterator<Item = T>, key: impl Fn(&T) -> i64) -> Vec<T> {
    let mut list: Vec<T> = list.into_iter().collect();
    domain::order::sort_by_key(&mut list, key);
    list
}
