//! What the meetings of each pair of parties come to among some rows, corrected row by row.

use std::sync::Arc;

use rayon::prelude::*;

use super::{TIE_PARTIES, Tie, TieIndex, TieWeight};
use crate::{
    model::PartyId,
    query::{Columns, RowSet, rows::for_each_bit},
};

/// The least common multiple of 1 to 23: with it as the unit, sums of fractions 1/(n−1) are whole
/// numbers that fit into 64 bits, so that weights do not depend on the order of the rows, and what
/// is taken away again leaves nothing behind. They are exact for engagements of up to 24 parties,
/// and to nine digits for larger ones.
const UNIT: u64 = 5_354_228_880;

/// What an engagement of so many parties adds to each of its ties.
const SHARES: [u64; TIE_PARTIES + 1] = {
    let mut shares = [0; TIE_PARTIES + 1];
    let mut parties = 2;
    while parties <= TIE_PARTIES {
        let others = parties as u64 - 1;
        shares[parties] = (UNIT + others / 2) / others;
        parties += 1;
    }
    shares
};

/// What is noted of a meeting that goes from the smaller id to the greater.
pub(super) const FORTH: u8 = 1;
/// Of one that goes the other way.
pub(super) const BACK: u8 = 2;

/// What an engagement of so many parties adds to each of its ties, by what it weighs.
pub(super) fn share_of(parties: usize, weight: Option<&f64>) -> u64 {
    let share = SHARES.get(parties).copied().unwrap_or(0);
    weight.map_or(share, |weight| (share as f64 * weight).round() as u64)
}

/// The pairs of parties that meet in any row, sorted, the smaller id first; a pair is known by its
/// number among them.
#[derive(Debug)]
pub(super) struct Pairs {
    pub ends: Vec<[u32; 2]>,
    /// For each party where the numbers of the pairs begin of which it is the greater id.
    starts: Vec<u32>,
    /// These numbers.
    numbers: Vec<u32>,
}

impl Pairs {
    /// `parties` is how many parties there are.
    pub fn new(ends: Vec<[u32; 2]>, parties: usize) -> Self {
        let mut starts = vec![0; parties + 1];
        ends.iter().for_each(|[_, b]| starts[*b as usize] += 1);
        let mut before = 0;
        for start in &mut starts {
            before += std::mem::replace(start, before);
        }
        let mut numbers = vec![0; ends.len()];
        for (number, [_, b]) in ends.iter().enumerate() {
            numbers[starts[*b as usize] as usize] = number as u32;
            starts[*b as usize] += 1;
        }
        starts.rotate_right(1);
        if let Some(first) = starts.first_mut() {
            *first = 0;
        }
        Self { ends, starts, numbers }
    }

    /// The number of a pair, the smaller id first.
    pub fn number(&self, pair: [u32; 2]) -> Option<usize> {
        self.ends.binary_search(&pair).ok()
    }

    /// The numbers of the pairs of a party, in their order.
    pub fn of(&self, party: u32) -> impl Iterator<Item = usize> {
        let at = party as usize;
        let greater = self.starts.get(at).zip(self.starts.get(at + 1));
        let greater = greater.and_then(|(from, to)| self.numbers.get(*from as usize..*to as usize));
        let from = self.ends.partition_point(|[a, _]| *a < party);
        let to = self.ends.partition_point(|[a, _]| *a <= party);
        greater.unwrap_or_default().iter().map(|number| *number as usize).chain(from..to)
    }
}

/// What the meetings of a pair come to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Met {
    /// The shares of its engagements, in [`UNIT`].
    pub shares: u64,
    /// How many engagements there are.
    pub engagements: u32,
}

/// What the meetings of all pairs come to among some rows.
#[derive(Clone, Debug)]
pub(super) struct Totals {
    pub pairs: Arc<Pairs>,
    pub met: Vec<Met>,
    /// How many meetings of each pair go forth and back; empty where no role tells any.
    pub ways: Vec<[u32; 2]>,
    /// How many pairs meet at all.
    pub len: usize,
    /// Engagements by party.
    pub engagements: Vec<u32>,
    /// In how many of them two or more count as the party; empty where nothing is rolled up.
    pub within: Vec<u32>,
    /// How many of the rows have too many parties for ties.
    pub crowded: u32,
    /// The rows.
    pub rows: RowSet,
    /// Whether shares follow what the file says that each engagement weighs.
    pub stated: bool,
}

/// How totals of some rows become those of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// By the rows that come and go.
    Corrected,
    /// From nothing.
    Counted,
    /// From those of all rows.
    Reduced,
}

impl Totals {
    /// Whether these are totals of the pairs of an index, weighed in the same way.
    pub fn belong_to(&self, index: &TieIndex, stated: bool) -> bool {
        Arc::ptr_eq(&self.pairs, &index.whole.pairs) && self.stated == stated
    }

    /// Totals of nothing yet.
    pub fn nothing(index: &TieIndex, stated: bool) -> Self {
        let whole = &index.whole;
        Self {
            pairs: Arc::clone(&whole.pairs),
            met: vec![Met::default(); whole.met.len()],
            ways: vec![[0; 2]; whole.ways.len()],
            len: 0,
            engagements: vec![0; whole.engagements.len()],
            within: vec![0; whole.within.len()],
            crowded: 0,
            rows: RowSet::of(&[], index.rows()),
            stated,
        }
    }

    /// The tie of a pair by its number; `None` where it does not meet.
    pub fn tie(&self, number: usize, weight: TieWeight) -> Option<Tie> {
        let met = self.met.get(number).filter(|met| met.engagements > 0)?;
        let [a, b] = self.pairs.ends[number];
        let [forth, back] = self.ways.get(number).copied().unwrap_or_default();
        Some(Tie {
            a: PartyId(a),
            b: PartyId(b),
            weight: match weight {
                TieWeight::Shared | TieWeight::Stated => met.shares as f64 / UNIT as f64,
                TieWeight::Raw => f64::from(met.engagements),
            },
            engagements: met.engagements,
            forth,
            back,
        })
    }

    /// A number in the order of the weights of ties: equal for equal ones.
    pub fn rank(&self, number: usize, weight: TieWeight) -> u64 {
        let met = &self.met[number];
        match weight {
            TieWeight::Shared | TieWeight::Stated => met.shares,
            TieWeight::Raw => u64::from(met.engagements),
        }
    }

    /// The shortest way from these totals to those of other rows, and about how many numbers it
    /// touches.
    fn way(&self, index: &TieIndex, rows: &RowSet) -> (Way, usize) {
        let differ = self.rows.words().iter().zip(rows.words());
        let differ: usize = differ.map(|(old, new)| (old ^ new).count_ones() as usize).sum();
        let each = index.meetings() / index.rows().max(1) + 1;
        let slots = self.met.len();
        let counted = (Way::Counted, rows.len() * each + slots / 4);
        if self.stated {
            // Sums that have reached the greatest number cannot be taken apart again.
            return counted;
        }
        let reduced = (Way::Reduced, (index.rows() - rows.len()) * each + slots / 3);
        let ways = [(Way::Corrected, differ * each), counted, reduced];
        ways.into_iter().min_by_key(|(_, cost)| *cost).unwrap_or(counted)
    }

    /// About how many numbers [`Totals::become_those_of`] would touch.
    pub fn distance(&self, index: &TieIndex, rows: &RowSet) -> usize {
        self.way(index, rows).1
    }

    /// Makes these the totals of other rows.
    pub fn become_those_of(&mut self, index: &TieIndex, columns: &Columns, rows: &RowSet) {
        match self.way(index, rows).0 {
            Way::Corrected => {}
            Way::Counted => self.clear(index),
            Way::Reduced => self.copy(&index.whole),
        }
        let (mut coming, mut going) = (Vec::new(), Vec::new());
        for (at, (old, new)) in self.rows.words().iter().zip(rows.words()).enumerate() {
            for_each_bit(new & !old, at * 64, |row| coming.push(row as u32));
            for_each_bit(old & !new, at * 64, |row| going.push(row as u32));
        }
        self.rows = rows.clone();
        let weights: &[f64] = if self.stated { &columns.weights } else { &[] };
        self.count_parties(index, columns, (&coming, &going));
        let whole = self.met.len();
        let mut parts: Vec<Part<'_>> = Vec::new();
        let (mut met, mut ways) = (&mut self.met[..], &mut self.ways[..]);
        let each = whole.div_ceil(rayon::current_num_threads()).max(1);
        while !met.is_empty() {
            let first = whole - met.len();
            let (own_met, met_rest) = met.split_at_mut(each.min(met.len()));
            let (own_ways, ways_rest) = ways.split_at_mut(each.min(ways.len()));
            (met, ways) = (met_rest, ways_rest);
            parts.push(Part { first, met: own_met, ways: own_ways, whole });
        }
        let share = |row: u32| {
            share_of(index.nodes(columns, row as usize).len(), weights.get(row as usize))
        };
        let change: isize = parts
            .into_par_iter()
            .map(|mut part| {
                let more: usize =
                    coming.iter().map(|row| part.come(index, *row as usize, share(*row))).sum();
                let fewer: usize =
                    going.iter().map(|row| part.go(index, *row as usize, share(*row))).sum();
                more as isize - fewer as isize
            })
            .sum();
        self.len = self.len.saturating_add_signed(change);
    }

    fn count_parties(
        &mut self,
        index: &TieIndex,
        columns: &Columns,
        (coming, going): (&[u32], &[u32]),
    ) {
        let one = |count: &mut u32, more: bool| {
            *count = if more { *count + 1 } else { *count - 1 };
        };
        for (rows, more) in [(coming, true), (going, false)] {
            for row in rows {
                let nodes = index.nodes(columns, *row as usize);
                nodes.iter().for_each(|party| one(&mut self.engagements[*party as usize], more));
                if nodes.len() > TIE_PARTIES {
                    one(&mut self.crowded, more);
                }
                let within = index.within(*row as usize);
                within.iter().for_each(|party| one(&mut self.within[*party as usize], more));
            }
        }
    }

    fn clear(&mut self, index: &TieIndex) {
        self.met.fill(Met::default());
        self.ways.fill([0; 2]);
        self.engagements.fill(0);
        self.within.fill(0);
        (self.len, self.crowded) = (0, 0);
        self.rows = RowSet::of(&[], index.rows());
    }

    fn copy(&mut self, other: &Self) {
        self.met.copy_from_slice(&other.met);
        self.ways.copy_from_slice(&other.ways);
        self.engagements.copy_from_slice(&other.engagements);
        self.within.copy_from_slice(&other.within);
        (self.len, self.crowded) = (other.len, other.crowded);
        self.rows = other.rows.clone();
    }
}

/// The pairs of which one thread keeps count.
struct Part<'a> {
    first: usize,
    met: &'a mut [Met],
    ways: &'a mut [[u32; 2]],
    /// How many pairs there are in all.
    whole: usize,
}

impl Part<'_> {
    /// Calls `visit` with what there is of each pair that meets in a row, and which way.
    #[inline]
    fn visit(
        &mut self,
        index: &TieIndex,
        row: usize,
        mut visit: impl FnMut(&mut Met, Option<&mut [u32; 2]>, u8),
    ) {
        let (mut numbers, mut ways) = index.row(row);
        if self.met.len() < self.whole {
            let from = numbers.partition_point(|number| (*number as usize) < self.first);
            let end = self.first + self.met.len();
            let to = numbers.partition_point(|number| (*number as usize) < end);
            numbers = &numbers[from..to];
            ways = ways.get(from..to).unwrap_or_default();
        }
        for (at, number) in numbers.iter().enumerate() {
            let place = *number as usize - self.first;
            let way = ways.get(at).copied().unwrap_or(0);
            let both = if way == 0 { None } else { self.ways.get_mut(place) };
            visit(&mut self.met[place], both, way);
        }
    }

    /// Adds a row. Returns how many pairs have not met before.
    fn come(&mut self, index: &TieIndex, row: usize, share: u64) -> usize {
        let mut new = 0;
        self.visit(index, row, |met, ways, way| {
            new += usize::from(met.engagements == 0);
            met.engagements += 1;
            met.shares = met.shares.saturating_add(share);
            if let Some([forth, back]) = ways {
                *forth += u32::from(way == FORTH);
                *back += u32::from(way == BACK);
            }
        });
        new
    }

    /// Takes a row away. Returns how many pairs do not meet any more.
    fn go(&mut self, index: &TieIndex, row: usize, share: u64) -> usize {
        let mut lost = 0;
        self.visit(index, row, |met, ways, way| {
            met.engagements -= 1;
            met.shares -= share;
            lost += usize::from(met.engagements == 0);
            if let Some([forth, back]) = ways {
                *forth -= u32::from(way == FORTH);
                *back -= u32::from(way == BACK);
            }
        });
        lost
    }
}
