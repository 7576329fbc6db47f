//! Following "this became that" to its end: merged persons, regions with successors.

use std::collections::HashSet;
use std::hash::Hash;

/// The chain comes back to where it has been; the value is one that was met twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cycle<T>(pub T);

/// The last of the chain that starts at `start`; `start` itself when nothing follows it.
///
/// # Errors
/// [`Cycle`] when the chain has no end.
pub fn last_of<T: Eq + Hash + Clone>(start: T, next: impl Fn(&T) -> Option<T>) -> Result<T, Cycle<T>> {
    let mut met = HashSet::new();
    let mut here = start;
    while let Some(there) = next(&here) {
        if !met.insert(here) {
            return Err(Cycle(there));
        }
        here = there;
    }
    Ok(here)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    #[test]
    fn a_chain_ends_at_its_last_link() {
        let links = HashMap::from([(1, 2), (2, 3)]);
        assert_eq!(last_of(1, |n| links.get(n).copied()), Ok(3));
        assert_eq!(last_of(9, |n| links.get(n).copied()), Ok(9));
    }

    proptest! {
        #[test]
        fn following_any_links_ends_and_never_stops_halfway(
            links in proptest::collection::hash_map(0u8..12, 0u8..12, 0..12),
            start in 0u8..12,
        ) {
            match last_of(start, |n| links.get(n).copied()) {
                Ok(last) => prop_assert!(!links.contains_key(&last)),
                Err(Cycle(link)) => {
                    let mut here = link;
                    let back = (0..12).any(|_| {
                        here = links[&here];
                        here == link
                    });
                    prop_assert!(back, "{} is in no cycle", link);
                }
            }
        }
    }
}
