//! Keys that are used twice, found side by side.

use std::hash::BuildHasher as _;

use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap};

/// How many parts the keys are divided into by their hashes.
const PARTS: u64 = 16;

/// The positions of keys that stand at an earlier position as well, each with the first of those,
/// in the order of the positions.
pub fn repeats<'a>(count: usize, key: impl Fn(usize) -> &'a str + Sync) -> Vec<(usize, usize)> {
    let hashes: Vec<u64> =
        (0..count).into_par_iter().map(|at| FxBuildHasher.hash_one(key(at))).collect();
    let mut found: Vec<(usize, usize)> = (0..PARTS)
        .into_par_iter()
        .flat_map_iter(|part| {
            let room = count / PARTS as usize * 9 / 8;
            let mut first: FxHashMap<u64, usize> =
                FxHashMap::with_capacity_and_hasher(room, FxBuildHasher);
            // Different keys with the same hash; hardly ever any.
            let mut others: Vec<usize> = Vec::new();
            let mut found = Vec::new();
            for (at, hash) in hashes.iter().enumerate() {
                if hash >> 60 != part {
                    continue;
                }
                let earlier = *first.entry(*hash).or_insert(at);
                if earlier == at {
                    continue;
                }
                if key(earlier) == key(at) {
                    found.push((at, earlier));
                } else if let Some(other) = others.iter().find(|other| key(**other) == key(at)) {
                    found.push((at, *other));
                } else {
                    others.push(at);
                }
            }
            found
        })
        .collect();
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn as_a_plain_search_finds_them(keys in prop::collection::vec("[ab]{0,3}", 0..40)) {
            let plain: Vec<(usize, usize)> = (0..keys.len())
                .filter_map(|at| Some((at, (0..at).find(|before| keys[*before] == keys[at])?)))
                .collect();
            prop_assert_eq!(repeats(keys.len(), |at| keys[at].as_str()), plain);
        }
    }
}
