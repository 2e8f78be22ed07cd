//! Counts of a lane by stretch of time at every zoom, so that drawing it costs pixels, not rows.

use std::sync::OnceLock;

use super::{Chosen, Columns, begins::fits};
use crate::model::{Day, DayRange, Kind};

/// The marks of kinds, which engagements are counted by.
const SLOTS: usize = Kind::SLOTS as usize;

/// The unit of shares in days: they are whole numbers, so that sums are exact in any order.
/// What does not divide stays below a millionth over seven centuries, and sixty million engagements
/// have room in 64 bits.
const UNIT: u64 = 1 << 38;

/// What begins in one stretch of days.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    /// Engagements that certainly begin in the stretch, by the slot of their kind.
    pub precise: [u32; SLOTS],
    /// The expected number of engagements that begin in it among those whose beginning is spread
    /// over several stretches: each day on which one may begin has an equal share of it.
    pub spread: f64,
    /// Engagements whose first possible day lies in the stretch. A whole number for folded marks:
    /// over all stretches it adds up to every engagement that has a place in time, once.
    pub first: u32,
    /// The row of the most important one among those: disputed before agreed, then more parties,
    /// then the longer known, then the earlier row.
    pub top: Option<u32>,
}

impl Tally {
    /// Engagements that certainly begin in the stretch.
    #[must_use]
    pub fn precise_total(&self) -> u32 {
        self.precise.iter().sum()
    }

    /// The slot of kinds with the most engagements that certainly begin here; of equal ones the
    /// first, `None` where there is none.
    #[must_use]
    pub fn top_slot(&self) -> Option<u8> {
        let most = *self.precise.iter().max()?;
        let at = self.precise.iter().position(|count| *count == most)?;
        (most > 0).then_some(at as u8)
    }
}

/// One stretch of a level in which something begins for certain, or for the first time.
#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    /// Counted from 1970-01-01 in stretches of the level.
    at: i32,
    first: u32,
    precise: [u32; SLOTS],
    /// Importance, and the row inverted, so that the greatest is the most important; 0 for none.
    best: u64,
}

impl Cell {
    fn add(&mut self, other: &Self) {
        self.first += other.first;
        for (sum, more) in self.precise.iter_mut().zip(other.precise) {
            *sum += more;
        }
        self.best = self.best.max(other.best);
    }
}

/// The cells of one level, ascending; stretches without any have none.
#[derive(Clone, Debug, Default)]
struct Level {
    cells: Vec<Cell>,
    /// The most that certainly begin in one stretch.
    most: u32,
}

/// Days over which beginnings are spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Loose {
    /// The first level at which all days on which it may begin lie in one stretch: from there on
    /// it is precise.
    fits: u8,
    from: i32,
    to: i32,
    /// The share of each day.
    share: u64,
    /// What is left of the unit, which goes to the first day; 0 for the later parts of a set.
    rest: u64,
    /// How many engagements there are alike.
    count: u32,
}

/// Engagements whose beginning lies in one stretch from a level on, by the slot of their kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Settled {
    level: u8,
    at: i32,
    slots: [u32; SLOTS],
}

/// Notes another one; those of the same stretch follow one another.
fn settle(settled: &mut Vec<Settled>, level: u8, at: i32, slot: u8) {
    let slot = usize::from(slot);
    match settled.last_mut() {
        Some(last) if (last.level, last.at) == (level, at) => last.slots[slot] += 1,
        _ => {
            let mut slots = [0; SLOTS];
            slots[slot] = 1;
            settled.push(Settled { level, at, slots });
        }
    }
}

/// What begins when in a lane, at every zoom.
///
/// Time is cut into stretches of 2^`level` days, counted from 1970-01-01: they stay where they are
/// while the view pans, so that nothing shimmers, and each is exactly two of the level below. An
/// engagement counts once, where it begins, however long it goes on, as in
/// [`histogram`](super::histogram). All counts are exact. Built in one pass over the rows of a lane;
/// read in time that depends on the stretches asked for.
#[derive(Clone, Debug, Default)]
pub struct Pyramid {
    /// The finest level that was counted.
    base: u8,
    /// The levels from the finest one on.
    levels: Vec<Level>,
    /// The greatest `fits` first, so that a level reads the first part of it only.
    loose: Vec<Loose>,
    peaks: Vec<OnceLock<f64>>,
    extent: Option<DayRange>,
    placed: u32,
    unplaced: u32,
}

impl Pyramid {
    /// The coarsest level: stretches of some 2,900 years.
    pub const TOP: u8 = 20;

    /// Counts the rows of a lane, ascending as lanes have them, at all levels from `base` on: the
    /// coarser it is, the sooner it is done.
    #[must_use]
    pub fn new(columns: &Columns, chosen: &Chosen, rows: &[u32], base: u8) -> Self {
        let base = base.min(Self::TOP);
        let mut days: Vec<Cell> = Vec::new();
        let mut in_order = true;
        let (mut loose, mut settled): (Vec<Loose>, Vec<Settled>) = (Vec::new(), Vec::new());
        let mut ranges = Vec::new();
        let mut unplaced = 0;
        let mut extent: Option<DayRange> = None;
        for row in rows {
            let at = *row as usize;
            let begin = columns.begins[at];
            let single = (begin.is_plain() && chosen.parts(at).is_none())
                .then_some(DayRange { from: Day(begin.from), to: Day(begin.last) });
            if single.is_none() {
                columns.beginnings(chosen, at, &mut ranges);
            }
            let ranges = single.as_ref().map_or(&ranges[..], std::slice::from_ref);
            let (Some(first), Some(last)) = (ranges.first(), ranges.last()) else {
                unplaced += 1;
                continue;
            };
            let hull = DayRange { from: first.from, to: last.to };
            extent = Some(extent.map_or(hull, |all| DayRange {
                from: all.from.min(hull.from),
                to: all.to.max(hull.to),
            }));
            let at = hull.from.0 >> base;
            if days.last().is_none_or(|last| last.at != at) {
                in_order &= days.last().is_none_or(|last| last.at < at);
                days.push(Cell { at, ..Cell::default() });
            }
            let Some(cell) = days.last_mut() else { continue };
            cell.first += 1;
            cell.best = cell.best.max((u64::from(begin.importance) << 32) | u64::from(!*row));
            let fits = if single.is_some() { begin.fits } else { fits(hull.from.0, hull.to.0) };
            if fits <= base {
                cell.precise[usize::from(begin.slot)] += 1;
                continue;
            }
            if fits <= Self::TOP {
                settle(&mut settled, fits, hull.from.0 >> fits, begin.slot);
            }
            let total: u64 = ranges.iter().map(|range| range.days() as u64).sum();
            let (share, mut rest) = (UNIT / total, UNIT % total);
            for range in ranges {
                let (from, to) = (range.from.0, range.to.0);
                let one = Loose { fits, from, to, share, rest, count: 1 };
                rest = 0;
                // Rows of the same month or year follow one another.
                match loose.last_mut() {
                    Some(last) if one == (Loose { count: 1, ..*last }) => last.count += 1,
                    _ => loose.push(one),
                }
            }
        }
        // Only chosen claims make rows begin out of order.
        if !in_order {
            days.sort_by_key(|cell| cell.at);
            days = merged(days.into_iter());
        }
        loose.sort_unstable_by(|a, b| b.cmp(a));
        loose.dedup_by(|next, kept| {
            let same = Loose { count: kept.count, ..*next } == *kept;
            kept.count += if same { next.count } else { 0 };
            same
        });
        settled.sort_unstable();
        Self {
            base,
            levels: levels(base, days, &settled),
            loose,
            peaks: vec![OnceLock::new(); usize::from(Self::TOP) + 1],
            extent,
            placed: rows.len() as u32 - unplaced,
            unplaced,
        }
    }

    /// The finest level that can be read.
    #[must_use]
    pub const fn base(&self) -> u8 {
        self.base
    }

    /// The cells of a level.
    fn level(&self, level: u8) -> Option<&Level> {
        self.levels.get(usize::from(level.checked_sub(self.base)?))
    }

    /// Engagements that are counted.
    #[must_use]
    pub fn placed(&self) -> u32 {
        self.placed
    }

    /// Engagements that are not counted because nothing bounds when they began.
    #[must_use]
    pub fn unplaced(&self) -> u32 {
        self.unplaced
    }

    /// From the first to the last day on which anything may begin.
    #[must_use]
    pub fn extent(&self) -> Option<DayRange> {
        self.extent
    }

    /// The finest level whose stretches are at least `width` points wide.
    #[must_use]
    pub fn level_for(points_per_day: f64, width: f64) -> u8 {
        let wide = |level: u8| f64::from(1_u32 << level) * points_per_day >= width;
        (0..Self::TOP).find(|level| wide(*level)).unwrap_or(Self::TOP)
    }

    /// The days of the stretch of a level that holds a day.
    #[must_use]
    pub fn stretch(level: u8, day: Day) -> DayRange {
        let level = level.min(Self::TOP);
        let from = day.0 >> level << level;
        DayRange { from: Day(from), to: Day(from + ((1 << level) - 1)) }
    }

    /// A number that no stretch of the level exceeds, precise and spread together: the scale of
    /// bars, the same wherever the view is panned to.
    #[must_use]
    pub fn peak(&self, level: u8) -> f64 {
        let level = level.min(Self::TOP);
        let peak = || {
            let precise = self.level(level).map_or(0, |level| level.most);
            f64::from(precise) + self.most_spread(level)
        };
        self.peaks.get(usize::from(level)).map_or(0.0, |kept| *kept.get_or_init(peak))
    }

    /// The share of the stretches of a level with anything in them in which the date of some
    /// engagement is disputed, from 0 to 1.
    #[must_use]
    pub fn disputed_share(&self, level: u8) -> f64 {
        let Some(level) = self.level(level.clamp(self.base, Self::TOP)) else { return 0.0 };
        let counted = level.cells.iter().filter(|cell| cell.first > 0);
        // The first bit of what is most important: see `importance`.
        let disputed = counted.clone().filter(|cell| cell.best >> 63 == 1).count();
        disputed as f64 / counted.count().max(1) as f64
    }

    /// The most that is spread over any stretch of a level, taken as if its densest day went on
    /// throughout.
    fn most_spread(&self, level: u8) -> f64 {
        let loose = self.loose_at(level);
        let mut steps: Vec<(i64, i64)> = Vec::with_capacity(loose.len() * 2);
        for one in loose {
            // What is left over goes to the first day; it is less than a millionth of the unit
            // unless the stretch is of thousands of years.
            let share = ((one.share + one.rest.min(1)) * u64::from(one.count)) as i64;
            steps.push((i64::from(one.from), share));
            steps.push((i64::from(one.to) + 1, -share));
        }
        steps.sort_unstable();
        let (mut sum, mut most) = (0, 0);
        for (_, step) in steps {
            sum += step;
            most = most.max(sum);
        }
        most as f64 / UNIT as f64 * f64::from(1_u32 << level)
    }

    /// What is still spread over several stretches at a level.
    fn loose_at(&self, level: u8) -> &[Loose] {
        &self.loose[..self.loose.partition_point(|one| one.fits > level)]
    }

    /// Reads the stretches of a level that meet a range of days into `out`, one after another
    /// without gaps, and answers with the first day of the first one. `out` is emptied before. A
    /// level below the finest one that was counted is read as that.
    pub fn read(&self, level: u8, days: DayRange, out: &mut Vec<Tally>) -> Day {
        let level = level.clamp(self.base, Self::TOP);
        let (first, last) = (days.from.0 >> level, days.to.0 >> level);
        let count = (i64::from(last) - i64::from(first) + 1) as usize;
        out.clear();
        out.resize(count, Tally::default());
        if let Some(level) = self.level(level) {
            let from = level.cells.partition_point(|cell| cell.at < first);
            for cell in level.cells[from..].iter().take_while(|cell| cell.at <= last) {
                let tally = &mut out[(i64::from(cell.at) - i64::from(first)) as usize];
                tally.precise = cell.precise;
                tally.first = cell.first;
                tally.top = (cell.best > 0).then_some(!(cell.best as u32));
            }
        }
        self.spread(level, first, out);
        Day(first << level)
    }

    /// Adds what is spread over several stretches, counted from the stretch `first` on.
    fn spread(&self, level: u8, first: i32, out: &mut [Tally]) {
        let loose = self.loose_at(level);
        if loose.is_empty() {
            return;
        }
        // Per stretch what is its own, and what every stretch from there on has more than the one
        // before; modulo 2⁶⁴, so that less can be more.
        let mut sums = vec![(0_u64, 0_u64); out.len()];
        let start = i64::from(first) << level;
        let end = start + ((out.len() as i64) << level) - 1;
        let whole = 1_u64 << level;
        for one in loose {
            let (from, to) = (i64::from(one.from).max(start), i64::from(one.to).min(end));
            if from > to {
                continue;
            }
            let (share, count) = (one.share, u64::from(one.count));
            let (a, b) = (((from - start) >> level) as usize, ((to - start) >> level) as usize);
            if i64::from(one.from) >= start {
                sums[a].0 = sums[a].0.wrapping_add(one.rest * count);
            }
            let mut add = |at: usize, days: i64| {
                sums[at].0 = sums[at].0.wrapping_add(days as u64 * share * count);
            };
            if a == b {
                add(a, to - from + 1);
                continue;
            }
            add(a, start + (((a as i64) + 1) << level) - from);
            add(b, to - (start + ((b as i64) << level)) + 1);
            // Where no whole stretch lies between, this may be too large, and is taken away at once.
            let each = whole.wrapping_mul(share).wrapping_mul(count);
            sums[a + 1].1 = sums[a + 1].1.wrapping_add(each);
            sums[b].1 = sums[b].1.wrapping_sub(each);
        }
        let mut running = 0_u64;
        for (tally, (own, step)) in out.iter_mut().zip(sums) {
            running = running.wrapping_add(step);
            tally.spread = own.wrapping_add(running) as f64 / UNIT as f64;
        }
    }
}

/// Makes cells of the same stretch, which follow one another, one.
fn merged(cells: impl Iterator<Item = Cell>) -> Vec<Cell> {
    let mut all: Vec<Cell> = Vec::with_capacity(cells.size_hint().0);
    for cell in cells {
        match all.last_mut() {
            Some(last) if last.at == cell.at => last.add(&cell),
            _ => all.push(cell),
        }
    }
    all
}

/// All levels from the cells of the finest one, and what is settled at coarser levels.
fn levels(base: u8, mut finest: Vec<Cell>, settled: &[Settled]) -> Vec<Level> {
    let mut levels: Vec<Level> = Vec::with_capacity(usize::from(Pyramid::TOP - base) + 1);
    for level in base..=Pyramid::TOP {
        let mut cells = match levels.last() {
            None => std::mem::take(&mut finest),
            Some(finer) => {
                merged(finer.cells.iter().map(|cell| Cell { at: cell.at >> 1, ..*cell }))
            }
        };
        let from = settled.partition_point(|one| one.level < level);
        for one in settled[from..].iter().take_while(|one| one.level == level) {
            // Its first possible day was counted below, so that its stretch is there.
            if let Ok(at) = cells.binary_search_by_key(&one.at, |cell| cell.at) {
                for (sum, more) in cells[at].precise.iter_mut().zip(one.slots) {
                    *sum += more;
                }
            }
        }
        cells.shrink_to_fit();
        let most = cells.iter().map(|cell| cell.precise.iter().sum()).max().unwrap_or(0);
        levels.push(Level { cells, most });
    }
    levels
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        formats::generate::generate,
        model::Dataset,
        query::{Filter, LaneBy, evaluate, lanes},
    };

    /// The same numbers, day by day and row by row.
    fn recount(
        dataset: &Dataset,
        columns: &Columns,
        rows: &[u32],
        level: u8,
        days: DayRange,
    ) -> (Vec<Tally>, u32) {
        let (first, last) = (days.from.0 >> level, days.to.0 >> level);
        let mut tallies = vec![Tally::default(); (last - first + 1) as usize];
        let inside = |at: i32| (first..=last).contains(&at).then(|| (at - first) as usize);
        let (mut ranges, mut unplaced) = (Vec::new(), 0);
        let key = |row: u32| (columns.importance(row as usize), std::cmp::Reverse(row));
        for row in rows {
            columns.beginnings(&Chosen::default(), *row as usize, &mut ranges);
            let days: Vec<i32> =
                ranges.iter().flat_map(|range| range.from.0..=range.to.0).collect();
            let (Some(from), Some(to)) = (days.first(), days.last()) else {
                unplaced += 1;
                continue;
            };
            if let Some(at) = inside(from >> level) {
                tallies[at].first += 1;
                let top = tallies[at]
                    .top
                    .map_or(*row, |top| if key(top) > key(*row) { top } else { *row });
                tallies[at].top = Some(top);
            }
            if from >> level == to >> level {
                if let Some(at) = inside(from >> level) {
                    let kind = &dataset.kinds()[columns.kind[*row as usize] as usize];
                    tallies[at].precise[usize::from(kind.slot)] += 1;
                }
                continue;
            }
            for day in &days {
                if let Some(at) = inside(day >> level) {
                    tallies[at].spread += 1.0 / days.len() as f64;
                }
            }
        }
        (tallies, unplaced)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

        #[test]
        fn every_stretch_at_every_zoom_equals_a_recount(
            seed in 0_u64..1_000, size in 0_usize..200, level in 0_u8..=Pyramid::TOP,
            finer in 0_u8..5, from in -1_000_i32..20_000, days in 0_i32..3_000,
        ) {
            let dataset = generate(size, seed);
            let columns = Columns::new(&dataset);
            let rows: Vec<u32> = (0..size as u32).filter(|row| row % 5 != 2).collect();
            let base = level.saturating_sub(finer);
            let pyramid = Pyramid::new(&columns, &Chosen::default(), &rows, base);
            prop_assert_eq!(pyramid.base(), base);
            let range = DayRange::new(Day(from), Day(from + days));
            let mut found = Vec::new();
            let start = pyramid.read(level, range, &mut found);
            prop_assert_eq!(start, Pyramid::stretch(level, range.from).from);
            let (expected, unplaced) = recount(&dataset, &columns, &rows, level, range);
            prop_assert_eq!(pyramid.unplaced(), unplaced);
            prop_assert_eq!(pyramid.placed() + unplaced, rows.len() as u32);
            prop_assert_eq!(found.len(), expected.len());
            for (one, other) in found.iter().zip(expected) {
                prop_assert_eq!(one.precise, other.precise);
                prop_assert_eq!((one.first, one.top), (other.first, other.top));
                prop_assert!((one.spread - other.spread).abs() < 1e-6);
                prop_assert!(f64::from(one.precise_total()) + one.spread <= pyramid.peak(level) + 1e-6);
            }
        }

        #[test]
        fn nothing_is_lost_at_any_zoom_and_two_stretches_are_one_of_the_next(
            seed in 0_u64..1_000, size in 1_usize..200, level in 0_u8..16,
        ) {
            let dataset = generate(size, seed);
            let columns = Columns::new(&dataset);
            let hits = evaluate(&dataset, &columns, &Filter::default());
            for lane in lanes(&dataset, &columns, &hits.rows, LaneBy::Partnership) {
                let pyramid = Pyramid::new(&columns, &hits.chosen, &lane.rows, 0);
                let Some(extent) = pyramid.extent() else { continue };
                let whole = DayRange {
                    from: Pyramid::stretch(level + 1, extent.from).from,
                    to: Pyramid::stretch(level + 1, extent.to).to,
                };
                let (mut fine, mut coarse) = (Vec::new(), Vec::new());
                pyramid.read(level, whole, &mut fine);
                pyramid.read(level + 1, whole, &mut coarse);
                prop_assert_eq!(fine.len(), coarse.len() * 2);
                let total = |one: &Tally| f64::from(one.precise_total()) + one.spread;
                for (two, one) in fine.chunks(2).zip(&coarse) {
                    prop_assert_eq!(two[0].first + two[1].first, one.first);
                    prop_assert!((total(&two[0]) + total(&two[1]) - total(one)).abs() < 1e-6);
                }
                let all: f64 = coarse.iter().map(total).sum();
                prop_assert!((all - f64::from(pyramid.placed())).abs() < 1e-6);
                prop_assert_eq!(coarse.iter().map(|one| one.first).sum::<u32>(), pyramid.placed());
            }
        }
    }

    #[test]
    fn stretches_stay_where_they_are_and_are_as_wide_as_asked() {
        assert_eq!(Pyramid::stretch(0, Day(-1)), DayRange::new(Day(-1), Day(-1)));
        assert_eq!(Pyramid::stretch(3, Day(-1)), DayRange::new(Day(-8), Day(-1)));
        assert_eq!(Pyramid::stretch(3, Day(9)), DayRange::new(Day(8), Day(15)));
        assert_eq!(Pyramid::level_for(4.0, 4.0), 0);
        assert_eq!(Pyramid::level_for(0.5, 4.0), 3);
        assert_eq!(Pyramid::level_for(0.0, 4.0), Pyramid::TOP);
        let _ = Pyramid::stretch(255, Day(i32::MAX));
        let mut out = vec![Tally::default(); 3];
        let ever = DayRange { from: Day(i32::MIN), to: Day(i32::MAX) };
        assert_eq!(Pyramid::default().read(20, ever, &mut out), Day(i32::MIN));
        assert!(out.iter().all(|tally| *tally == Tally::default()));
    }
}
