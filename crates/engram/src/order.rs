//! Putting things in order, by one sort for all kinds of things: the standard library's is compiled anew for each of
//! them, which is several kilobytes each of what a page loads.

use alloc::vec::Vec;
use core::cmp::Ordering;

/// The numbers from 0 to below `count` in the order of what they stand for; of those alike the lower comes first.
#[must_use]
pub fn order(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_unstable_by(|&a, &b| compare(a, b).then(a.cmp(&b)));
    order
}

/// As [`order`], by a key.
#[must_use]
pub fn order_by_key<K: Ord>(count: usize, key: impl Fn(usize) -> K) -> Vec<usize> {
    order(count, &|a, b| key(a).cmp(&key(b)))
}

/// Sorts; those alike stay as they are among each other.
pub fn sort_by<T: Clone>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let order = order(items.len(), &|a, b| compare(&items[a], &items[b]));
    let sorted: Vec<T> = order.into_iter().map(|k| items[k].clone()).collect();
    items.clone_from_slice(&sorted);
}

/// As [`sort_by`], from the least to the greatest.
pub fn sort<T: Clone + Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn sorts_as_the_standard_library_does(keys in proptest::collection::vec(0u8..20, 0..60)) {
            let numbered: Vec<(u8, usize)> = keys.iter().copied().zip(0..).collect();
            let (mut ours, mut theirs) = (numbered.clone(), numbered);
            sort_by(&mut ours, |a, b| a.0.cmp(&b.0));
            theirs.sort_by_key(|item| item.0);
            prop_assert_eq!(&ours, &theirs);
            let order = order_by_key(keys.len(), |k| keys[k]);
            prop_assert!(order.iter().eq(theirs.iter().map(|(_, k)| k)));
            let (mut ours, mut theirs) = (keys.clone(), keys);
            sort(&mut ours);
            theirs.sort_unstable();
            prop_assert_eq!(ours, theirs);
        }
    }
}
