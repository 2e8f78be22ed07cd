//! Exact time matching for engagements whose date is more than one stretch of days.

use super::{Spread, ranges::Ranges, rows::scan};
use crate::model::{
    Day, DayRange, Engagement,
    when::{Shape, Span},
};

impl From<Span> for Spread {
    fn from(span: Span) -> Self {
        Self {
            from: span.earliest_start.or_min(),
            last_start: span.last_start(),
            least_end: span.least_end(),
            to: span.latest_end.or_max(),
        }
    }
}

impl Spread {
    /// Nothing known at all.
    pub const UNKNOWN: Self = Self {
        from: Day(i32::MIN),
        last_start: Day(i32::MAX),
        least_end: Day(i32::MIN),
        to: Day(i32::MAX),
    };

    /// Whether it could have been going on on some day of the range.
    #[must_use]
    pub fn possibly_in(self, range: DayRange) -> bool {
        self.from <= range.to && self.to >= range.from
    }

    /// Whether it was going on on some day of the range whatever the unknowns turn out to be.
    #[must_use]
    pub fn certainly_in(self, range: DayRange) -> bool {
        self.last_start <= range.to && self.least_end >= range.from
    }

    /// The bounds that hold whichever of the two is true.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self {
            from: self.from.min(other.from),
            last_start: self.last_start.max(other.last_start),
            least_end: self.least_end.min(other.least_end),
            to: self.to.max(other.to),
        }
    }

    /// The days on which it may have begun, where the first and the last of them are known.
    #[must_use]
    pub fn beginning(self) -> Option<DayRange> {
        let last = self.last_start.min(self.to);
        (self.from != Day(i32::MIN) && last != Day(i32::MAX))
            .then(|| DayRange { from: self.from, to: last.max(self.from) })
    }
}

/// One account of a date: a run of parts, and how they are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Claim {
    /// The position after its last part.
    end: u32,
    /// Each of the parts holds ("all of"), so that one part in the range is enough.
    every: bool,
}

/// The accounts of the dates of all rows. Most rows have one account of one part, for which the
/// hull says everything; only the others are kept here, part by part.
#[derive(Clone, Debug, Default)]
pub(super) struct Accounts {
    /// Per row the claims before it; rows that the hull describes have none.
    starts: Vec<u32>,
    claims: Vec<Claim>,
    parts: Vec<Spread>,
    /// The rows that have claims here, 64 a word.
    several: Vec<u64>,
}

impl Accounts {
    pub(super) fn with_capacity(rows: usize) -> Self {
        let mut starts = Vec::with_capacity(rows + 1);
        starts.push(0);
        Self { starts, ..Self::default() }
    }

    /// Whether the hull does not say everything of an engagement's dates.
    pub(super) fn is_needed(engagement: &Engagement) -> bool {
        match &*engagement.dates {
            [] => false,
            [claim] => claim.when.parts().len() > 1,
            _ => true,
        }
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Adds the next row.
    pub(super) fn push(&mut self, engagement: &Engagement) {
        for claim in &engagement.dates {
            let parts = claim.when.parts().iter().map(|part| Spread::from(*part));
            self.push_claim(parts, claim.when.shape() == Shape::AllOf);
        }
        self.push_simple();
    }

    /// Ends the next row, which has no claims but those that were added.
    pub(super) fn push_simple(&mut self) {
        self.starts.push(self.claims.len() as u32);
    }

    /// Adds the next row, which is one of others.
    pub(super) fn push_from(&mut self, other: &Self, row: usize) {
        for (parts, every) in other.claims(row) {
            self.push_claim(parts.iter().copied(), every);
        }
        self.starts.push(self.claims.len() as u32);
    }

    fn push_claim(&mut self, parts: impl Iterator<Item = Spread>, every: bool) {
        self.parts.extend(parts);
        self.claims.push(Claim { end: self.parts.len() as u32, every });
    }

    /// All rows, one after the other.
    pub(super) fn joined<'a>(all: impl Iterator<Item = &'a Self>) -> Self {
        let mut joined = Self::with_capacity(0);
        for one in all {
            let (claims, parts) = (joined.claims.len() as u32, joined.parts.len() as u32);
            joined.starts.extend(one.starts[1..].iter().map(|start| claims + start));
            let moved = |claim: &Claim| Claim { end: parts + claim.end, ..*claim };
            joined.claims.extend(one.claims.iter().map(moved));
            joined.parts.extend_from_slice(&one.parts);
        }
        let rows = joined.starts.len() - 1;
        joined.several = scan(rows, |row| !joined.is_simple(row));
        joined
    }

    /// The rows of a word of 64 whose dates the hull does not describe.
    pub(super) fn several(&self, word: usize) -> u64 {
        self.several.get(word).copied().unwrap_or(0)
    }

    fn claims(&self, row: usize) -> impl Iterator<Item = (&[Spread], bool)> {
        let (first, last) = (self.starts[row] as usize, self.starts[row + 1] as usize);
        (first..last).map(|at| {
            let start = if at == 0 { 0 } else { self.claims[at - 1].end as usize };
            let claim = self.claims[at];
            (&self.parts[start..claim.end as usize], claim.every)
        })
    }

    /// Whether the hull says everything about the date of a row.
    pub(super) fn is_simple(&self, row: usize) -> bool {
        self.starts[row] == self.starts[row + 1]
    }

    /// All parts of all accounts of a row; none for a simple one.
    pub(super) fn parts(&self, row: usize) -> &[Spread] {
        let (first, last) = (self.starts[row] as usize, self.starts[row + 1] as usize);
        let end = |claims: usize| match claims {
            0 => 0,
            n => self.claims[n - 1].end as usize,
        };
        &self.parts[end(first)..end(last)]
    }

    /// Whether some account lets it have been going on on some day of some range.
    pub(super) fn possibly_in(&self, row: usize, hull: Spread, ranges: &Ranges) -> bool {
        if self.is_simple(row) {
            return ranges.meet(hull.from, hull.to);
        }
        possibly(self.parts(row), ranges)
    }

    /// Whether by every account it was going on on some day of one of the ranges.
    pub(super) fn certainly_in(&self, row: usize, hull: Spread, ranges: &Ranges) -> bool {
        if self.is_simple(row) {
            return ranges.meet(hull.last_start, hull.least_end);
        }
        self.claims(row).all(|(parts, every)| certainly(parts, every, ranges))
    }
}

/// Whether some part may have been going on on some day of some range.
pub(super) fn possibly(parts: &[Spread], ranges: &Ranges) -> bool {
    parts.iter().any(|part| ranges.meet(part.from, part.to))
}

/// Whether the parts of one account certainly reach the ranges: one of them where every part
/// holds, otherwise each of them, be it in different ranges.
pub(super) fn certainly(parts: &[Spread], every: bool, ranges: &Ranges) -> bool {
    let mut reach = parts.iter().map(|part| ranges.meet(part.last_start, part.least_end));
    if every { reach.any(|one| one) } else { reach.all(|one| one) }
}
