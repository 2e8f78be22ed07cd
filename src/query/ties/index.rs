//! The pairs of parties with the rows in which they meet, so that ties are counted pair by pair.

mod several;

use std::ops::Range;

use rayon::prelude::*;

use super::{TIE_PARTIES, Tie, TieWeight, Ties};
use crate::{
    model::PartyId,
    query::{
        Columns, Csr, Dimension, RollUp, RowSet,
        postings::{Postings, Values},
        sides,
    },
};

/// The least common multiple of 1 to 23: with it as the unit, sums of fractions 1/(n−1) are whole
/// numbers that fit into 64 bits, so that weights do not depend on the order of the rows. They are
/// exact for engagements of up to 24 parties, and to nine digits for larger ones.
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

/// Set in what is noted of a meeting that goes from the smaller id to the greater.
const FORTH: u8 = 1 << 7;
/// Set where it goes the other way.
const BACK: u8 = 1 << 6;
/// How many parties take part: [`TIE_PARTIES`] fits.
const PARTIES: u8 = BACK - 1;

/// Meetings that one thread counts at a time.
const SHARE: usize = 32_768;

/// Which pairs of parties meet in which rows, at one level.
///
/// Every pair has the list of its meetings, so that the ties of any selection of rows are a matter
/// of asking which rows of each list are selected: one bit each, close together in memory, and pairs
/// have nothing to do with each other.
#[derive(Clone, Debug)]
pub struct TieIndex {
    roll_up: RollUp,
    /// The parties of the dataset.
    parties: usize,
    /// How many rows there are.
    rows: usize,
    /// The pairs, sorted: the smaller id first.
    pairs: Vec<[u32; 2]>,
    /// Where the meetings of each pair begin, and where the last ones end.
    starts: Vec<u32>,
    /// The row of each meeting, ascending for each pair.
    meetings: Vec<u32>,
    /// How many parties meet there, with [`FORTH`] and [`BACK`].
    about: Vec<u8>,
    /// The parties of each row at this level, each once, and the same turned about; `None` where
    /// they are those of the columns.
    nodes: Option<(Csr, Postings)>,
    /// By party the rows in which two or more count as it; none where nothing is rolled up.
    within: Postings,
    /// The rows of too many parties for ties.
    crowded: Vec<u32>,
    /// Whether any row tells a direction.
    directed: bool,
}

/// The meetings of some parties, each the smaller id of its pairs.
#[derive(Default)]
struct Part {
    pairs: Vec<[u32; 2]>,
    /// How many meetings each pair has.
    counts: Vec<u32>,
    meetings: Vec<u32>,
    about: Vec<u8>,
}

/// One meeting: with whom, in which row, and what is noted of it.
type Meeting = (u32, u32, u8);

impl Part {
    /// Sorts the meetings of some parties by whom they are with.
    fn new(parties: Range<usize>, starts: &[usize], all: &[Meeting]) -> Self {
        let mut part = Self::default();
        // By the other party: how many meetings, then where the next one goes.
        let mut places = vec![0_u32; starts.len()];
        let mut met: Vec<u32> = Vec::new();
        for a in parties {
            let own = &all[starts[a]..starts[a + 1]];
            for (b, ..) in own {
                let count = &mut places[*b as usize];
                if *count == 0 {
                    met.push(*b);
                }
                *count += 1;
            }
            met.sort_unstable();
            let mut next = part.meetings.len() as u32;
            for b in &met {
                let count = std::mem::replace(&mut places[*b as usize], next);
                part.pairs.push([a as u32, *b]);
                part.counts.push(count);
                next += count;
            }
            part.meetings.resize(next as usize, 0);
            part.about.resize(next as usize, 0);
            for (b, row, about) in own {
                let place = &mut places[*b as usize];
                part.meetings[*place as usize] = *row;
                part.about[*place as usize] = *about;
                *place += 1;
            }
            met.drain(..).for_each(|b| places[b as usize] = 0);
        }
        part
    }
}

/// Ranges of positions between which the starts grow by about so much.
fn shares(starts: &[usize], each: usize) -> Vec<Range<usize>> {
    let end = starts.len().saturating_sub(1);
    let mut shares = Vec::new();
    let mut first = 0;
    while first < end {
        let next = starts.partition_point(|start| *start < starts[first] + each);
        let next = next.clamp(first + 1, end);
        shares.push(first..next);
        first = next;
    }
    shares
}

impl TieIndex {
    /// Lists the meetings of all rows. `parties` is the number of parties in the dataset.
    #[must_use]
    pub fn new(columns: &Columns, roll_up: RollUp, parties: usize) -> Self {
        let rows: Vec<u32> = (0..columns.len() as u32).collect();
        let mut index = Self::of_rows(columns, &rows, roll_up, parties);
        if index.roll_up.is_named() {
            index.nodes = None;
        }
        index
    }

    /// The same for some rows, which are then known by their position among them.
    pub(super) fn of_rows(
        columns: &Columns,
        rows: &[u32],
        roll_up: RollUp,
        parties: usize,
    ) -> Self {
        let Rows { nodes, within, bits } = Rows::new(columns, rows, &roll_up);
        let mut starts = vec![0_usize; parties + 1];
        let pairs = |visit: &mut dyn FnMut(u32, Meeting)| {
            let mut first = 0;
            for row in 0..rows.len() {
                let present = nodes.row(row);
                let sides = bits.get(first..first + present.len());
                first += present.len();
                if present.len() > TIE_PARTIES {
                    continue;
                }
                let count = present.len() as u8;
                for (i, x) in present.iter().enumerate() {
                    for (j, y) in present.iter().enumerate().skip(i + 1) {
                        let ((a, i), (b, j)) =
                            if x < y { ((*x, i), (*y, j)) } else { ((*y, j), (*x, i)) };
                        let way = sides.map_or(0, |sides| direction(sides[i], sides[j]));
                        visit(a, (b, row as u32, count | way));
                    }
                }
            }
        };
        pairs(&mut |a, _| starts[a as usize] += 1);
        let mut before = 0;
        for start in &mut starts {
            before += std::mem::replace(start, before);
        }
        // A counting sort of the meetings by the smaller id. While filling, the start of a party is
        // the place of its next meeting; in the end it is the start of the party after it.
        let mut all: Vec<Meeting> = vec![(0, 0, 0); before];
        pairs(&mut |a, meeting| {
            all[starts[a as usize]] = meeting;
            starts[a as usize] += 1;
        });
        starts.rotate_right(1);
        if let Some(first) = starts.first_mut() {
            *first = 0;
        }
        let shares = shares(&starts, before.div_ceil(rayon::current_num_threads() * 4).max(SHARE));
        let parts: Vec<Part> =
            shares.into_par_iter().map(|parties| Part::new(parties, &starts, &all)).collect();
        drop(all);
        let crowded = |row: &u32| nodes.row(*row as usize).len() > TIE_PARTIES;
        let mut index = Self {
            parties,
            rows: rows.len(),
            pairs: Vec::with_capacity(parts.iter().map(|part| part.pairs.len()).sum()),
            starts: vec![0],
            meetings: Vec::with_capacity(before),
            about: Vec::with_capacity(before),
            crowded: (0..rows.len() as u32).filter(crowded).collect(),
            directed: !bits.is_empty(),
            within: match roll_up.is_named() {
                true => Postings::default(),
                false => Postings::new(Values::Many(&within), rows.len(), parties),
            },
            nodes: None,
            roll_up,
        };
        for part in parts {
            index.pairs.extend(part.pairs);
            index.meetings.extend(part.meetings);
            index.about.extend(part.about);
            let mut end = index.starts.last().copied().unwrap_or(0);
            index.starts.extend(part.counts.into_iter().map(|count| {
                end += count;
                end
            }));
        }
        let node_rows = Postings::new(Values::Many(&nodes), rows.len(), parties);
        index.nodes = Some((nodes, node_rows));
        index
    }

    /// Who counts as whom.
    #[must_use]
    pub fn roll_up(&self) -> &RollUp {
        &self.roll_up
    }

    /// Whether any engagement has a direction: somebody visits, sends or gives, and somebody
    /// receives.
    #[must_use]
    pub fn is_directed(&self) -> bool {
        self.directed
    }

    /// The parties of a row at this level, each once.
    #[must_use]
    pub fn nodes<'a>(&'a self, columns: &'a Columns, row: usize) -> &'a [u32] {
        self.nodes.as_ref().map_or(&columns.parties, |(nodes, _)| nodes).row(row)
    }

    /// The ties among the given rows of the columns that the index was made from.
    #[must_use]
    pub fn ties(&self, columns: &Columns, rows: &[u32], weight: TieWeight) -> Ties {
        self.ties_among(columns, &RowSet::of(rows, self.rows), weight)
    }

    /// The same for a set of rows, which is what it works on.
    #[must_use]
    pub fn ties_among(&self, columns: &Columns, rows: &RowSet, weight: TieWeight) -> Ties {
        self.weighed(columns, rows, weight, &columns.weights)
    }

    /// The same with what each row of the index weighs, by its number; nothing for rows that count
    /// alike.
    pub(super) fn weighed(
        &self,
        columns: &Columns,
        rows: &RowSet,
        weight: TieWeight,
        weights: &[f64],
    ) -> Ties {
        let weights = if weight == TieWeight::Stated { weights } else { &[] };
        let tie = |number: usize| self.tie(number, rows, weight, weights);
        let ties =
            (0..self.pairs.len()).into_par_iter().with_min_len(2_048).filter_map(tie).collect();
        let own = self.nodes.as_ref().map(|(_, node_rows)| node_rows);
        let node_rows = own.unwrap_or_else(|| columns.postings(Dimension::Party));
        let within = if self.roll_up.is_named() { 0 } else { self.parties };
        Ties {
            ties,
            engagements: counts(node_rows, rows, self.parties),
            within: counts(&self.within, rows, within),
            crowded: among(&self.crowded, rows),
        }
    }

    /// The tie of a pair; `None` where it does not meet in any of the rows.
    fn tie(&self, number: usize, rows: &RowSet, weight: TieWeight, weights: &[f64]) -> Option<Tie> {
        let all = self.starts[number] as usize..self.starts[number + 1] as usize;
        let mut sums = Sums::default();
        for (row, about) in self.meetings[all.clone()].iter().zip(&self.about[all]) {
            // Multiplied rather than asked: whether a row is selected cannot be foreseen.
            sums.add(share(*about, *row, weights), *about, u32::from(rows.contains(*row)));
        }
        sums.tie(self.pairs[number], weight)
    }
}

/// What the meeting of a pair in a row adds to its tie, in [`UNIT`]s.
#[inline]
fn share(about: u8, row: u32, weights: &[f64]) -> u64 {
    let share = SHARES[usize::from(about & PARTIES)];
    match weights.get(row as usize) {
        Some(weight) => (share as f64 * weight).round() as u64,
        None => share,
    }
}

/// What the meetings of a pair add up to.
#[derive(Clone, Copy, Default)]
struct Sums {
    shares: u64,
    engagements: u32,
    forth: u32,
    back: u32,
}

impl Sums {
    /// Adds a meeting, or nothing where `one` is 0.
    #[inline]
    fn add(&mut self, share: u64, about: u8, one: u32) {
        self.shares = self.shares.saturating_add(share * u64::from(one));
        self.engagements += one;
        self.forth += u32::from(about & FORTH != 0) * one;
        self.back += u32::from(about & BACK != 0) * one;
    }

    /// The tie; `None` where there was no meeting.
    fn tie(self, [a, b]: [u32; 2], weight: TieWeight) -> Option<Tie> {
        (self.engagements > 0).then(|| Tie {
            a: PartyId(a),
            b: PartyId(b),
            weight: match weight {
                TieWeight::Shared | TieWeight::Stated => self.shares as f64 / UNIT as f64,
                TieWeight::Raw => f64::from(self.engagements),
            },
            engagements: self.engagements,
            forth: self.forth,
            back: self.back,
        })
    }
}

/// How many of some rows are in a set.
fn among(list: &[u32], rows: &RowSet) -> u32 {
    list.iter().map(|row| u32::from(rows.contains(*row))).sum()
}

/// How many rows of each of the first so many values are in a set.
fn counts(of: &Postings, rows: &RowSet, values: usize) -> Vec<u32> {
    (0..values).into_par_iter().with_min_len(64).map(|at| among(of.list(at), rows)).collect()
}

/// Which way an engagement goes between two participants, by their sides.
fn direction(a: u8, b: u8) -> u8 {
    match (a, b) {
        (sides::OUT, sides::IN) => FORTH,
        (sides::IN, sides::OUT) => BACK,
        _ => 0,
    }
}

/// The rows at a level.
struct Rows {
    nodes: Csr,
    within: Csr,
    /// The sides of the nodes of all rows, end to end; empty where no role tells any.
    bits: Vec<u8>,
}

impl Rows {
    fn new(columns: &Columns, rows: &[u32], roll_up: &RollUp) -> Self {
        let mut nodes = Csr::with_capacity(rows.len());
        let mut within = Csr::with_capacity(if roll_up.is_named() { 0 } else { rows.len() });
        let mut bits = Vec::new();
        // Of one row: each party's node with its side.
        let mut present: Vec<(u32, u8)> = Vec::new();
        let mut own: Vec<u32> = Vec::new();
        for row in rows {
            let row = *row as usize;
            let parties = columns.parties.row(row);
            let sides = columns.sides.row(row);
            if roll_up.is_named() {
                nodes.push_row(parties.iter().copied());
                bits.extend_from_slice(sides.unwrap_or_default());
                continue;
            }
            present.clear();
            present.extend(parties.iter().enumerate().map(|(at, party)| {
                (roll_up.node(PartyId(*party)).0, sides.map_or(0, |sides| sides[at]))
            }));
            present.sort_unstable();
            own.clear();
            present.dedup_by(|later, kept| {
                let same = later.0 == kept.0;
                if same {
                    kept.1 |= later.1;
                    own.push(kept.0);
                }
                same
            });
            own.dedup();
            nodes.push_row(present.iter().map(|(node, _)| *node));
            within.push_row(own.iter().copied());
            if sides.is_some() {
                bits.extend(present.iter().map(|(_, side)| *side));
            }
        }
        Self { nodes, within, bits }
    }
}
