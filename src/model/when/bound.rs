//! Bounds of starts and ends, and the two questions that can be asked of them.

use crate::model::{Day, DayRange};

/// A bound on a start or an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bound {
    /// Known to the day.
    Day(Day),
    /// Open by statement (`..`): there is no such bound.
    Open,
    /// Not known (empty in EDTF): there is one, but nobody says when.
    Unknown,
}

impl Bound {
    /// The day, where it is known.
    #[must_use]
    pub const fn day(self) -> Option<Day> {
        match self {
            Self::Day(day) => Some(day),
            Self::Open | Self::Unknown => None,
        }
    }

    /// The day, or the beginning of time where there is none.
    #[must_use]
    pub fn or_min(self) -> Day {
        self.day().unwrap_or(Day(i32::MIN))
    }

    /// The day, or the end of time where there is none.
    #[must_use]
    pub fn or_max(self) -> Day {
        self.day().unwrap_or(Day(i32::MAX))
    }
}

/// Bounds of the first and of the last day of something.
///
/// A point known to the month has its start and its end anywhere in that month. An interval
/// between two months has its start somewhere in the first and its end somewhere in the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    /// The first day cannot be before this.
    pub earliest_start: Bound,
    /// The first day cannot be after this.
    pub latest_start: Bound,
    /// The last day cannot be before this.
    pub earliest_end: Bound,
    /// The last day cannot be after this.
    pub latest_end: Bound,
}

impl Span {
    /// Exactly one day.
    #[must_use]
    pub const fn day(day: Day) -> Self {
        Self {
            earliest_start: Bound::Day(day),
            latest_start: Bound::Day(day),
            earliest_end: Bound::Day(day),
            latest_end: Bound::Day(day),
        }
    }

    /// At some time between two days.
    #[must_use]
    pub const fn sometime(from: Bound, to: Bound) -> Self {
        Self { earliest_start: from, latest_start: to, earliest_end: from, latest_end: to }
    }

    /// The days on which it was certainly going on, if there are any.
    #[must_use]
    pub fn core(self) -> Option<(Bound, Bound)> {
        // An open start has always begun and an open end never comes: both bound a core. An
        // unknown one bounds nothing.
        let from = match self.latest_start {
            Bound::Day(day) => day,
            Bound::Open => Day(i32::MIN),
            Bound::Unknown => return None,
        };
        let to = match self.earliest_end {
            Bound::Day(day) => day,
            Bound::Open => Day(i32::MAX),
            Bound::Unknown => from,
        };
        (from <= to).then_some((
            self.latest_start,
            if self.earliest_end == Bound::Unknown { self.latest_start } else { self.earliest_end },
        ))
    }

    /// The earliest day on which it could have ended, from what is known of its end and its start.
    #[must_use]
    pub fn least_end(self) -> Day {
        match self.earliest_end {
            Bound::Open => Day(i32::MAX),
            end => end.or_min().max(self.earliest_start.or_min()),
        }
    }

    /// The latest day on which it could have started, the end of time when that is not known.
    #[must_use]
    pub fn last_start(self) -> Day {
        match self.latest_start {
            Bound::Open => Day(i32::MIN),
            start => start.or_max(),
        }
    }

    /// Whether it could have been going on on some day of the range.
    #[must_use]
    pub fn possibly_in(self, range: DayRange) -> bool {
        self.earliest_start.or_min() <= range.to && self.latest_end.or_max() >= range.from
    }

    /// Whether it was going on on some day of the range whatever the unknowns turn out to be.
    ///
    /// It overlaps the range when it starts no later than the range's last day and ends no earlier
    /// than its first; that is certain when its latest start and its least end satisfy it.
    #[must_use]
    pub fn certainly_in(self, range: DayRange) -> bool {
        self.last_start() <= range.to && self.least_end() >= range.from
    }

    /// Whether both can describe the same start and the same end.
    #[must_use]
    pub fn can_equal(self, other: Self) -> bool {
        let meet = |a_from: Bound, a_to: Bound, b_from: Bound, b_to: Bound| {
            a_from.or_min().max(b_from.or_min()) <= a_to.or_max().min(b_to.or_max())
        };
        meet(self.earliest_start, self.latest_start, other.earliest_start, other.latest_start)
            && meet(self.earliest_end, self.latest_end, other.earliest_end, other.latest_end)
    }
}
