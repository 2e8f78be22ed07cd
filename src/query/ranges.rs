//! Ranges of days prepared for asking many dates whether they meet one of them.

use crate::model::{Day, DayRange};

/// Ranges of days in order of their ends.
#[derive(Clone, Debug, Default)]
pub struct Ranges {
    /// The last day of each, ascending.
    to: Vec<Day>,
    /// The earliest first day among each and those after it.
    from: Vec<Day>,
}

impl Ranges {
    /// Prepares ranges, in any order; they may overlap.
    #[must_use]
    pub fn new(ranges: &[DayRange]) -> Self {
        let mut sorted = ranges.to_vec();
        // An open date would meet a range that ends before it begins.
        sorted.retain(|range| range.from <= range.to);
        sorted.sort_unstable_by_key(|range| (range.to, range.from));
        let mut earliest = Day(i32::MAX);
        let mut from: Vec<Day> = sorted
            .iter()
            .rev()
            .map(|range| {
                earliest = earliest.min(range.from);
                earliest
            })
            .collect();
        from.reverse();
        Self { to: sorted.iter().map(|range| range.to).collect(), from }
    }

    /// Whether some range ends no sooner than `from` and begins no later than `to`.
    pub(super) fn meet(&self, from: Day, to: Day) -> bool {
        self.meet_near(from, to, &mut 0)
    }

    /// The same. `near` is the position found last, where the next is looked for first: dates that
    /// follow one another in time are found at once.
    #[inline]
    pub(super) fn meet_near(&self, from: Day, to: Day, near: &mut usize) -> bool {
        // The first range that ends no sooner.
        if self.to.len() > 1 {
            let at = *near;
            let here = (at == 0 || self.to[at - 1] < from)
                && self.to.get(at).is_none_or(|last| *last >= from);
            if !here {
                *near = self.to.partition_point(|last| *last < from);
            }
        } else {
            *near = usize::from(self.to.first().is_some_and(|last| *last < from));
        }
        self.from.get(*near).is_some_and(|first| *first <= to)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_range_is_found(
            ranges in prop::collection::vec((-50_i32..50, 0_i32..30), 0..8),
            dates in prop::collection::vec((-80_i32..80, -20_i32..40), 1..20),
        ) {
            let ranges: Vec<DayRange> = ranges
                .into_iter()
                .map(|(from, days)| DayRange::new(Day(from), Day(from + days)))
                .collect();
            let prepared = Ranges::new(&ranges);
            let mut near = 0;
            for (from, days) in dates {
                let (from, to) = (Day(from), Day(from + days));
                let expected = ranges.iter().any(|range| range.to >= from && range.from <= to);
                prop_assert_eq!(prepared.meet_near(from, to, &mut near), expected);
                prop_assert_eq!(prepared.meet(from, to), expected);
            }
        }
    }
}
