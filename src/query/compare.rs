//! What changed between two stretches of time: ties new, lost, stronger, weaker and the same.

use rayon::prelude::*;

use super::{Basis, Chosen, Columns, Match, Ranges, RowSet, Tie, TieCounter, Ties};
use crate::model::{DayRange, PartyId};

/// How a tie differs between two stretches of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TieChange {
    /// Only in the second.
    New,
    /// In both, stronger in the second.
    Stronger,
    /// In both, as strong.
    Same,
    /// In both, weaker in the second.
    Weaker,
    /// Only in the first.
    Lost,
}

impl TieChange {
    /// All values, from most gained to most lost.
    pub const ALL: [Self; 5] = [Self::New, Self::Stronger, Self::Same, Self::Weaker, Self::Lost];

    /// The English label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Stronger => "stronger",
            Self::Same => "same",
            Self::Weaker => "weaker",
            Self::Lost => "lost",
        }
    }
}

/// A tie in two stretches of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChangedTie {
    /// One party, the smaller id.
    pub a: PartyId,
    /// The other party.
    pub b: PartyId,
    /// The weight in the first and in the second; 0 where there is no tie.
    pub weight: [f64; 2],
    /// Shared engagements in the first and in the second.
    pub engagements: [u32; 2],
    /// What that means.
    pub change: TieChange,
}

/// Two stretches of time side by side.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// The ties of either, sorted by party ids.
    pub ties: Vec<ChangedTie>,
    /// Engagements of each party by its id, in the first and in the second.
    pub parties: Vec<[u32; 2]>,
    /// Engagements in the first and in the second.
    pub engagements: [usize; 2],
    /// Engagements that count in both, because they may lie in either or go on from one to the
    /// other.
    pub both: usize,
    /// How long each is, in years of 365.2425 days.
    pub years: [f64; 2],
    /// Whether strengths are compared per year, because the stretches are not equally long.
    pub per_year: bool,
}

/// Strengths that differ by no more than this share of the greater are the same.
pub const SAME: f64 = 0.05;
/// Lengths that differ by no more than this share of the greater count as equal: leap days do not
/// matter, nor does the margin of a window beyond the first or last engagement.
const EQUALLY_LONG: f64 = 0.05;

impl Comparison {
    /// Compares two stretches of time: the ties, rows and days of each. Days beyond `extent`, that
    /// of all engagements, make neither longer.
    #[must_use]
    pub fn new(
        ties: [&Ties; 2],
        rows: [&RowSet; 2],
        days: [&[DayRange]; 2],
        extent: DayRange,
    ) -> Self {
        let years = days.map(|days| years(days, extent));
        let longest = years[0].max(years[1]);
        let per_year = (years[0] - years[1]).abs() > EQUALLY_LONG * longest
            && years.iter().all(|years| *years > 0.0);
        let parties = ties[0].engagements.len().max(ties[1].engagements.len());
        let count = |side: usize, party: usize| {
            ties[side].engagements.get(party).copied().unwrap_or_default()
        };
        let mut comparison = Self {
            ties: Vec::new(),
            parties: (0..parties).map(|party| [count(0, party), count(1, party)]).collect(),
            engagements: rows.map(RowSet::len),
            both: in_both(rows[0], rows[1]),
            years,
            per_year,
        };
        let [first, second] = ties.map(|ties| &ties.ties);
        comparison.ties = match first.beside(second, |sides| comparison.tie(sides)) {
            Some(ties) => ties,
            None => comparison.joined(first.iter(), second.iter()),
        };
        comparison
    }

    /// Compares two stretches of time, cut out of what passes a filter; the counters know what was
    /// compared before, so that only what has come and gone is counted.
    #[must_use]
    pub fn of(
        basis: &Basis<'_>,
        days: [&[DayRange]; 2],
        extent: DayRange,
        counters: &mut [TieCounter; 2],
    ) -> Self {
        let rows = days.map(|days| basis.rows(days));
        let mut count = |side: usize| {
            counters[side].count(basis.index, basis.columns, &rows[side], basis.weight)
        };
        let ties = [count(0), count(1)];
        Self::new([&ties[0], &ties[1]], [&rows[0], &rows[1]], days, extent)
    }

    /// Joins two sorted lists of ties.
    fn joined(
        &self,
        first: impl Iterator<Item = Tie>,
        second: impl Iterator<Item = Tie>,
    ) -> Vec<ChangedTie> {
        let key = |tie: &Tie| (tie.a, tie.b);
        let (mut first, mut second) = (first.peekable(), second.peekable());
        let mut ties = Vec::new();
        loop {
            let least = match (first.peek().map(key), second.peek().map(key)) {
                (None, None) => return ties,
                (Some(one), None) | (None, Some(one)) => one,
                (Some(one), Some(other)) => one.min(other),
            };
            ties.push(self.tie([
                first.next_if(|tie| key(tie) == least),
                second.next_if(|tie| key(tie) == least),
            ]));
        }
    }

    /// A tie that is in one or both, with what its numbers mean.
    fn tie(&self, sides: [Option<Tie>; 2]) -> ChangedTie {
        let nobody = (PartyId(0), PartyId(0));
        let (a, b) = sides[0].or(sides[1]).map_or(nobody, |tie| (tie.a, tie.b));
        let weight = sides.map(|tie| tie.map_or(0.0, |tie| tie.weight));
        let engagements = sides.map(|tie| tie.map_or(0, |tie| tie.engagements));
        let change = match engagements {
            [0, _] => TieChange::New,
            [_, 0] => TieChange::Lost,
            _ => self.change(weight),
        };
        ChangedTie { a, b, weight, engagements, change }
    }

    /// What the weights of a tie that is in both say.
    fn change(&self, weight: [f64; 2]) -> TieChange {
        let [a, b] = self.strength(weight);
        if (a - b).abs() <= SAME * a.max(b) {
            TieChange::Same
        } else if b > a {
            TieChange::Stronger
        } else {
            TieChange::Weaker
        }
    }

    /// What is compared: the weights, or weights per year where one stretch is longer.
    #[must_use]
    pub fn strength(&self, weight: [f64; 2]) -> [f64; 2] {
        if self.per_year { [weight[0] / self.years[0], weight[1] / self.years[1]] } else { weight }
    }

    /// How many ties there are of each [`TieChange`], in the order of [`TieChange::ALL`].
    #[must_use]
    pub fn counts(&self) -> [usize; 5] {
        let count = |mut counts: [usize; 5], tie: &ChangedTie| {
            counts[tie.change as usize] += 1;
            counts
        };
        let add = |a: [usize; 5], b: [usize; 5]| std::array::from_fn(|at| a[at] + b[at]);
        self.ties.par_iter().with_min_len(65_536).fold(|| [0; 5], count).reduce(|| [0; 5], add)
    }

    /// The ties of one party.
    pub fn ties_of(&self, party: PartyId) -> impl Iterator<Item = &ChangedTie> {
        self.ties.iter().filter(move |tie| tie.a == party || tie.b == party)
    }

    /// Whether nothing lies in either stretch.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.engagements == [0, 0]
    }

    /// Both at once, for a drawing: each tie with the greater of its strengths, and the greater
    /// number of engagements of each party. Strengths per year are those of the shorter stretch,
    /// so that they are as large as weights are elsewhere.
    #[must_use]
    pub fn drawn(&self) -> Ties {
        self.drawn_among(&|_| true)
    }

    /// The same with the ties of some parties alone.
    #[must_use]
    pub fn drawn_among(&self, keep: &(dyn Fn(PartyId) -> bool + Sync)) -> Ties {
        let shorter = if self.per_year { self.years[0].min(self.years[1]) } else { 1.0 };
        let kept = self.ties.par_iter().with_min_len(65_536);
        let kept = kept.filter(|tie| keep(tie.a) && keep(tie.b));
        let ties: Vec<Tie> = kept
            .map(|tie| {
                let [a, b] = self.strength(tie.weight);
                let engagements = tie.engagements[0].max(tie.engagements[1]);
                Tie {
                    a: tie.a,
                    b: tie.b,
                    weight: a.max(b) * shorter,
                    engagements,
                    forth: 0,
                    back: 0,
                }
            })
            .collect();
        let engagements = self.parties.iter().map(|[a, b]| *a.max(b)).collect();
        Ties { ties: ties.into(), engagements, ..Ties::default() }
    }
}

/// How many years a set of days has within an extent.
fn years(days: &[DayRange], extent: DayRange) -> f64 {
    let days: i64 = common_days(days, &[extent]).iter().map(|range| range.days()).sum();
    days as f64 / 365.2425
}

/// How many rows two sets share.
fn in_both(a: &RowSet, b: &RowSet) -> usize {
    a.words().iter().zip(b.words()).map(|(a, b)| (a & b).count_ones() as usize).sum()
}

/// The days that two sets share; both in order of time.
#[must_use]
pub fn common_days(a: &[DayRange], b: &[DayRange]) -> Vec<DayRange> {
    let mut common = Vec::new();
    for one in a {
        for other in b.iter().filter(|other| other.from <= one.to && other.to >= one.from) {
            common.push(DayRange { from: one.from.max(other.from), to: one.to.min(other.to) });
        }
    }
    common
}

/// The days of an extent that are not in a set.
#[must_use]
pub fn other_days(days: &[DayRange], extent: DayRange) -> Vec<DayRange> {
    let mut others = Vec::new();
    let mut from = extent.from;
    for range in days.iter().filter(|range| range.to >= extent.from && range.from <= extent.to) {
        if range.from > from {
            others.push(DayRange { from, to: range.from.plus(-1) });
        }
        if range.to >= extent.to {
            return others;
        }
        from = from.max(range.to.plus(1));
    }
    others.push(DayRange { from, to: extent.to });
    others
}

/// Those of the rows that fall on the days that a filter asks for and on those of a window;
/// `wanted` is empty where the filter asks for no days.
///
/// `rows` are those that pass everything but the filter's days,
/// [`Hits::rows_any_time`](super::Hits::rows_any_time), so that a window costs one look at each. The
/// answer is that of the filter [narrowed](super::Filter::within) to the window.
#[must_use]
pub fn rows_within(
    columns: &Columns,
    chosen: &Chosen,
    rows: &RowSet,
    wanted: &[DayRange],
    window: &[DayRange],
    matching: Match,
) -> RowSet {
    let ranges = Ranges::new(&days_within(wanted, window));
    let certainly = matching == Match::Certainly;
    let words = columns.in_time(certainly, &ranges, chosen, |at| rows.word(at));
    RowSet::from_words(words, columns.len())
}

/// The days of a window that a filter asks for; `wanted` is empty where it asks for none.
pub(super) fn days_within(wanted: &[DayRange], window: &[DayRange]) -> Vec<DayRange> {
    if wanted.is_empty() { window.to_vec() } else { common_days(wanted, window) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::{
        formats::generate::generate,
        model::Day,
        query::{Filter, RollUp, TieIndex, TieWeight, evaluate, ties},
    };

    fn range(from: i32, to: i32) -> DayRange {
        DayRange { from: Day(from), to: Day(to) }
    }

    fn tie(b: u32, engagements: u32) -> Tie {
        Tie {
            a: PartyId(0),
            b: PartyId(b),
            weight: f64::from(engagements),
            engagements,
            forth: 0,
            back: 0,
        }
    }

    fn of(ties: &[Tie]) -> Ties {
        Ties { ties: ties.to_vec().into(), engagements: vec![1; 6], ..Ties::default() }
    }

    fn none() -> [&'static RowSet; 2] {
        static NONE: std::sync::LazyLock<RowSet> = std::sync::LazyLock::new(RowSet::default);
        [&NONE, &NONE]
    }

    #[test]
    fn ties_are_new_stronger_the_same_weaker_or_lost() {
        let first = of(&[tie(2, 1), tie(3, 4), tie(4, 9), tie(5, 2)]);
        let second = of(&[tie(1, 2), tie(2, 3), tie(3, 4), tie(4, 5)]);
        let days = [[range(0, 364)], [range(365, 730)]];
        let compared =
            Comparison::new([&first, &second], none(), [&days[0], &days[1]], range(0, 900));
        assert!(!compared.per_year, "a leap day does not make a year longer");
        let changes: Vec<TieChange> = compared.ties.iter().map(|tie| tie.change).collect();
        assert_eq!(changes, TieChange::ALL);
        assert_eq!(compared.counts(), [1; 5]);
        assert_eq!(compared.ties_of(PartyId(3)).count(), 1);
        let weights: Vec<f64> = compared.drawn().ties.iter().map(|tie| tie.weight).collect();
        assert_eq!(weights, [2.0, 3.0, 4.0, 9.0, 2.0]);
    }

    #[test]
    fn stretches_of_unequal_length_are_compared_per_year() {
        let days = [[range(0, 3652)], [range(3653, 4017)]];
        let compared = Comparison::new(
            [&of(&[tie(1, 10), tie(2, 10)]), &of(&[tie(1, 1), tie(2, 2)])],
            none(),
            [&days[0], &days[1]],
            range(0, 5000),
        );
        assert!(compared.per_year);
        let changes: Vec<TieChange> = compared.ties.iter().map(|tie| tie.change).collect();
        assert_eq!(changes, [TieChange::Same, TieChange::Stronger]);
        // An open end is no longer than the engagements.
        let open = [range(i32::MIN, 3652)];
        let again =
            Comparison::new([&of(&[]), &of(&[])], none(), [&open, &days[1]], range(0, 5000));
        assert_eq!(again.years, compared.years);
    }

    #[test]
    fn the_rest_is_what_is_left() {
        let rest = |days: &[DayRange]| other_days(days, range(0, 100));
        assert_eq!(rest(&[range(10, 20)]), [range(0, 9), range(21, 100)]);
        assert_eq!(rest(&[range(-5, 20), range(90, 200)]), [range(21, 89)]);
        assert_eq!(rest(&[range(i32::MIN, i32::MAX)]), []);
        assert_eq!(rest(&[range(0, 10), range(50, 100)]), [range(11, 49)]);
        assert_eq!(rest(&[range(300, 310)]), [range(0, 100)]);
    }

    proptest! {
        /// Counted again, engagement by engagement, for any two windows and any filter of days.
        #[test]
        fn a_comparison_equals_a_naive_recount(
            seed in 0_u64..4,
            starts in [9_000_i32..20_000, 9_000..20_000],
            lengths in [0_i32..4_000, 0..4_000],
            limited in any::<bool>(),
            certainly in any::<bool>(),
        ) {
            let dataset = generate(400, seed);
            let columns = Columns::new(&dataset);
            let matching = if certainly { Match::Certainly } else { Match::Possibly };
            let when = if limited { vec![range(11_000, 16_000)] } else { Vec::new() };
            let filter = Filter { when, matching, ..Filter::default() };
            let hits = evaluate(&dataset, &columns, &filter);
            let windows = [0, 1].map(|at| range(starts[at], starts[at] + lengths[at]));
            let rows = windows.map(|window| {
                let any_time = &hits.rows_any_time;
                rows_within(&columns, &hits.chosen, any_time, &filter.when, &[window], matching)
            });
            for (window, rows) in windows.iter().zip(&rows) {
                let expected = evaluate(&dataset, &columns, &filter.within(*window)).rows;
                prop_assert_eq!(rows, &expected);
            }
            let parties = dataset.parties().len();
            let tied = [0, 1].map(|at| ties(&columns, &rows[at], parties, TieWeight::Raw));
            let extent = hits.extent.unwrap_or(windows[0]);
            let compared = Comparison::new(
                [&tied[0], &tied[1]],
                [&rows[0], &rows[1]],
                [&[windows[0]], &[windows[1]]],
                extent,
            );
            let index = TieIndex::new(&columns, RollUp::named(), parties);
            let basis = Basis {
                columns: &columns,
                chosen: &hits.chosen,
                rows: &hits.rows_any_time,
                when: &filter.when,
                matching,
                index: &index,
                weight: TieWeight::Raw,
            };
            // The second time from what is known of other windows.
            let mut counters = <[TieCounter; 2]>::default();
            let other = range(starts[1] - 700, starts[1]);
            let _ = Comparison::of(&basis, [&[windows[1]], &[other]], extent, &mut counters);
            let days = [&[windows[0]][..], &[windows[1]]];
            let again = Comparison::of(&basis, days, extent, &mut counters);
            prop_assert_eq!(&again, &compared);
            let mut pairs: BTreeMap<(u32, u32), [u32; 2]> = BTreeMap::new();
            let mut both = 0;
            for row in 0..columns.len() as u32 {
                let inside = [0, 1].map(|at| rows[at].contains(row));
                both += usize::from(inside == [true, true]);
                let present = columns.parties.row(row as usize);
                if present.len() > crate::query::TIE_PARTIES {
                    continue;
                }
                for a in present {
                    for b in present.iter().filter(|b| *b > a) {
                        for side in [0, 1] {
                            if inside[side] {
                                pairs.entry((*a, *b)).or_default()[side] += 1;
                            }
                        }
                    }
                }
            }
            prop_assert_eq!(compared.both, both);
            let found: BTreeMap<(u32, u32), [u32; 2]> =
                compared.ties.iter().map(|tie| ((tie.a.0, tie.b.0), tie.engagements)).collect();
            prop_assert_eq!(found, pairs);
            prop_assert_eq!(compared.counts().iter().sum::<usize>(), compared.ties.len());
        }
    }
}
