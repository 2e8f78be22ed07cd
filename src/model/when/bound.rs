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

    /// Bounds of which nothing is known.
    pub const NOTHING_KNOWN: Self = Self {
        earliest_start: Bound::Unknown,
        latest_start: Bound::Unknown,
        earliest_end: Bound::Unknown,
        latest_end: Bound::Unknown,
    };

    /// At some time between two days.
    ///
    /// Where a side is open there is no bound at all: that something took place at any time after
    /// a day does not say that it has no end.
    #[must_use]
    pub const fn sometime(from: Bound, to: Bound) -> Self {
        const fn inner(bound: Bound) -> Bound {
            match bound {
                Bound::Day(day) => Bound::Day(day),
                Bound::Open | Bound::Unknown => Bound::Unknown,
            }
        }
        Self {
            earliest_start: from,
            latest_start: inner(to),
            earliest_end: inner(from),
            latest_end: to,
        }
    }

    /// The same bounds with what follows from a start never being after its end.
    #[must_use]
    pub fn ordered(mut self) -> Self {
        if let (Bound::Day(start), Bound::Day(end)) = (self.latest_start, self.latest_end) {
            self.latest_start = Bound::Day(start.min(end));
        }
        if let (Bound::Day(start), Bound::Day(end)) = (self.earliest_start, self.earliest_end) {
            self.earliest_end = Bound::Day(end.max(start));
        }
        self
    }

    /// The narrowest bounds that hold whichever of the two is true.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        let wider = |a: Bound, b: Bound, least: bool| match (a, b) {
            (Bound::Day(a), Bound::Day(b)) => Bound::Day(if least { a.min(b) } else { a.max(b) }),
            (Bound::Open, Bound::Open) => Bound::Open,
            // An open outer bound is the widest there is; an inner one bounds only if both do.
            (Bound::Unknown, _) | (_, Bound::Unknown) => Bound::Unknown,
            (Bound::Open, _) | (_, Bound::Open) => Bound::Open,
        };
        let inner = |a: Bound, b: Bound, least: bool| match (a, b) {
            (Bound::Open, day @ Bound::Day(_)) | (day @ Bound::Day(_), Bound::Open) => day,
            _ => wider(a, b, least),
        };
        Self {
            earliest_start: wider(self.earliest_start, other.earliest_start, true),
            latest_start: inner(self.latest_start, other.latest_start, false),
            earliest_end: inner(self.earliest_end, other.earliest_end, true),
            latest_end: wider(self.latest_end, other.latest_end, false),
        }
    }

    /// The days on which it was certainly going on, if there are any.
    ///
    /// They reach from the last possible start to the first possible end. An open start has always
    /// begun and an open end never comes, so those sides are [`Bound::Open`]; an unknown side
    /// falls back on the other: what has an unknown end went on at least on the day of its start.
    #[must_use]
    pub fn core(self) -> Option<(Bound, Bound)> {
        let (from, to) = (self.last_start(), self.least_end());
        let bound = |day: Day| match day {
            Day(i32::MIN | i32::MAX) => Bound::Open,
            day => Bound::Day(day),
        };
        (from <= to && from.0 != i32::MAX && to.0 != i32::MIN).then(|| (bound(from), bound(to)))
    }

    /// The earliest day on which it could have ended, from what is known of its end and its start.
    #[must_use]
    pub fn least_end(self) -> Day {
        match self.earliest_end {
            Bound::Open => Day(i32::MAX),
            end => end.or_min().max(self.earliest_start.or_min()),
        }
    }

    /// The latest day on which it could have started, from what is known of its start and its
    /// end; the end of time when neither is known.
    #[must_use]
    pub fn last_start(self) -> Day {
        match self.latest_start {
            Bound::Open => Day(i32::MIN),
            start => start.or_max().min(self.latest_end.or_max()),
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
