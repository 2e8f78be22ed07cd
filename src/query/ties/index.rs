//! The pairs of parties that meet in each row, numbered once, so that ties are counted by number.

use rayon::prelude::*;

use super::{TIE_PARTIES, Tie, TieWeight, Ties};
use crate::{
    model::PartyId,
    query::{Columns, Csr, RollUp, sides},
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

/// Set in a row's number of a pair where the engagement goes from the smaller id to the greater.
const FORTH: u32 = 1 << 31;
/// Set where it goes the other way.
const BACK: u32 = 1 << 30;
/// The number itself.
const NUMBER: u32 = BACK - 1;

/// Rows below which a second thread is not worth waking.
const LEAST_CHUNK: usize = 32_768;
/// Pairs that one thread takes at a time.
const PAIRS_CHUNK: usize = 65_536;

/// Which pairs of parties meet in which rows, at one level.
///
/// Every pair has a number, and every row the numbers of its pairs, so that the ties of any
/// selection of rows take one pass over it.
#[derive(Clone, Debug)]
pub struct TieIndex {
    roll_up: RollUp,
    /// The parties of the dataset.
    parties: usize,
    /// The pairs, sorted: the smaller id first.
    pairs: Vec<[u32; 2]>,
    /// The numbers of the pairs of each row, with [`FORTH`] and [`BACK`].
    row_pairs: Csr,
    /// The parties of each row at this level, each once; `None` where they are those of the
    /// columns.
    nodes: Option<Csr>,
    /// Those of them of whom two or more are in the row; empty where nothing is rolled up.
    within: Csr,
    /// Whether any row tells a direction.
    directed: bool,
}

/// What the rows add up to for one pair.
#[derive(Clone, Copy, Default)]
struct Sum {
    shares: u64,
    engagements: u32,
}

/// What some of the rows add up to.
struct Part {
    sums: Vec<Sum>,
    /// Forth and back, where there are directions.
    directions: Vec<[u32; 2]>,
    engagements: Vec<u32>,
    within: Vec<u32>,
    crowded: u32,
}

impl Part {
    fn new(index: &TieIndex) -> Self {
        let directions = if index.directed { index.pairs.len() } else { 0 };
        let within = if index.roll_up.is_named() { 0 } else { index.parties };
        Self {
            sums: vec![Sum::default(); index.pairs.len()],
            directions: vec![[0; 2]; directions],
            engagements: vec![0; index.parties],
            within: vec![0; within],
            crowded: 0,
        }
    }

    fn add(&mut self, index: &TieIndex, columns: &Columns, row: usize, weight: Option<f64>) {
        let nodes = index.nodes(columns, row);
        for node in nodes {
            self.engagements[*node as usize] += 1;
        }
        if nodes.len() > TIE_PARTIES {
            self.crowded += 1;
        } else {
            let mut shares = SHARES[nodes.len()];
            if let Some(weight) = weight {
                shares = (shares as f64 * weight).round() as u64;
            }
            for pair in index.row_pairs.row(row) {
                let number = (pair & NUMBER) as usize;
                let sum = &mut self.sums[number];
                sum.shares = sum.shares.saturating_add(shares);
                sum.engagements += 1;
                if pair & (FORTH | BACK) != 0 {
                    self.directions[number][usize::from(pair & BACK != 0)] += 1;
                }
            }
        }
        if !self.within.is_empty() {
            for node in index.within.row(row) {
                self.within[*node as usize] += 1;
            }
        }
    }

    fn merge(mut self, other: &Self) -> Self {
        for (sum, more) in self.sums.iter_mut().zip(&other.sums) {
            sum.shares = sum.shares.saturating_add(more.shares);
            sum.engagements += more.engagements;
        }
        for (sum, more) in self.directions.iter_mut().zip(&other.directions) {
            sum[0] += more[0];
            sum[1] += more[1];
        }
        let add = |sums: &mut [u32], more: &[u32]| {
            sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
        };
        add(&mut self.engagements, &other.engagements);
        add(&mut self.within, &other.within);
        self.crowded += other.crowded;
        self
    }
}

impl TieIndex {
    /// Numbers the pairs of all rows. `parties` is the number of parties in the dataset.
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
        let pairs = |visit: &mut dyn FnMut(u32, u32, u32)| {
            let mut first = 0;
            for row in 0..rows.len() {
                let present = nodes.row(row);
                let sides = bits.get(first..first + present.len());
                first += present.len();
                if present.len() > TIE_PARTIES {
                    continue;
                }
                for (i, x) in present.iter().enumerate() {
                    for (j, y) in present.iter().enumerate().skip(i + 1) {
                        let ((a, i), (b, j)) =
                            if x < y { ((*x, i), (*y, j)) } else { ((*y, j), (*x, i)) };
                        visit(a, b, sides.map_or(0, |sides| direction(sides[i], sides[j])));
                    }
                }
            }
        };
        pairs(&mut |a, _, _| starts[a as usize] += 1);
        let mut before = 0;
        for start in &mut starts {
            before += std::mem::replace(start, before);
        }
        // A counting sort of the meetings by the smaller id: whom with, and which place among the
        // meetings of all rows it has. While filling, the start of a party is the place of its next
        // meeting; in the end it is the start of the party after it.
        let mut meetings = vec![(0_u32, 0_u32); before];
        let mut numbers = Vec::with_capacity(before);
        pairs(&mut |a, b, direction| {
            meetings[starts[a as usize]] = (b, numbers.len() as u32);
            starts[a as usize] += 1;
            numbers.push(direction);
        });
        starts.rotate_right(1);
        if let Some(first) = starts.first_mut() {
            *first = 0;
        }
        let mut list: Vec<[u32; 2]> = Vec::new();
        // By the other party: the number of the pair, where they met.
        let mut known = vec![u32::MAX; parties];
        let mut met: Vec<u32> = Vec::new();
        for a in 0..parties {
            let own = &meetings[starts[a]..starts[a + 1]];
            for (b, _) in own {
                if known[*b as usize] == u32::MAX {
                    known[*b as usize] = 0;
                    met.push(*b);
                }
            }
            met.sort_unstable();
            for b in &met {
                known[*b as usize] = list.len() as u32;
                list.push([a as u32, *b]);
            }
            for (b, place) in own {
                numbers[*place as usize] |= known[*b as usize];
            }
            met.drain(..).for_each(|b| known[b as usize] = u32::MAX);
        }
        let directed = !bits.is_empty();
        let mut at = 0;
        let lists = (0..rows.len()).map(|row| {
            let parties = nodes.row(row).len();
            let first = at;
            if parties <= TIE_PARTIES {
                at += parties * parties.saturating_sub(1) / 2;
            }
            numbers[first..at].iter().copied()
        });
        let row_pairs = Csr::from_lists(lists);
        Self { roll_up, parties, pairs: list, row_pairs, nodes: Some(nodes), within, directed }
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
        self.nodes.as_ref().unwrap_or(&columns.parties).row(row)
    }

    /// The ties among the given rows of the columns that the index was made from.
    #[must_use]
    pub fn ties(&self, columns: &Columns, rows: &[u32], weight: TieWeight) -> Ties {
        self.weighed(columns, rows, weight, &columns.weights)
    }

    /// The same with what each row of the index weighs, by its number; nothing for rows that count
    /// alike.
    pub(super) fn weighed(
        &self,
        columns: &Columns,
        rows: &[u32],
        weight: TieWeight,
        weights: &[f64],
    ) -> Ties {
        let weights = if weight == TieWeight::Stated { weights } else { &[] };
        let threads = rayon::current_num_threads().max(1);
        let chunk = rows.len().div_ceil(threads).max(LEAST_CHUNK);
        let parts: Vec<Part> = rows
            .par_chunks(chunk)
            .map(|rows| {
                let mut part = Part::new(self);
                for row in rows {
                    let row = *row as usize;
                    part.add(self, columns, row, weights.get(row).copied());
                }
                part
            })
            .collect();
        let sum = parts.into_iter().reduce(|sum, part| sum.merge(&part));
        self.told(sum.unwrap_or_else(|| Part::new(self)), weight)
    }

    /// The pairs that have met, as ties.
    fn told(&self, sum: Part, weight: TieWeight) -> Ties {
        let tie = |number: usize| {
            let Sum { shares, engagements } = sum.sums[number];
            let [forth, back] = sum.directions.get(number).copied().unwrap_or_default();
            let [a, b] = self.pairs[number];
            (engagements > 0).then(|| Tie {
                a: PartyId(a),
                b: PartyId(b),
                weight: match weight {
                    TieWeight::Shared | TieWeight::Stated => shares as f64 / UNIT as f64,
                    TieWeight::Raw => f64::from(engagements),
                },
                engagements,
                forth,
                back,
            })
        };
        let ties = (0..self.pairs.len())
            .into_par_iter()
            .with_min_len(PAIRS_CHUNK)
            .filter_map(tie)
            .collect();
        Ties { ties, engagements: sum.engagements, within: sum.within, crowded: sum.crowded }
    }
}

/// Which way an engagement goes between two participants, by their sides.
fn direction(a: u8, b: u8) -> u32 {
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
