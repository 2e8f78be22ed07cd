//! Who meets whom in which rows, listed pair by pair.

use std::ops::Range;

use rayon::prelude::*;

use super::{
    TIE_PARTIES,
    totals::{BACK, FORTH, Met, share_of},
};
use crate::{
    model::PartyId,
    query::{Columns, Csr, RollUp, sides},
};

/// Meetings that one thread sorts at a time.
const SHARE: usize = 32_768;

/// All meetings of some rows, at one level.
#[derive(Default)]
pub(super) struct Meetings {
    /// The pairs, sorted: the smaller id first.
    pub pairs: Vec<[u32; 2]>,
    /// Where the meetings of each pair begin, and where the last ones end.
    pub starts: Vec<u32>,
    /// The row of each meeting by its place among the rows, ascending for each pair.
    pub rows: Vec<u32>,
    /// Which way each goes: [`FORTH`], [`BACK`] or neither. Empty where no role tells any.
    pub ways: Vec<u8>,
    /// The parties of each row at this level, each once.
    pub nodes: Csr,
    /// The parties as which two or more of each row count; no lists where nothing is rolled up.
    pub within: Csr,
}

impl Meetings {
    /// Lists the meetings of some rows, which are then known by their place among them. `parties`
    /// is the number of parties in the dataset.
    pub fn of(columns: &Columns, rows: &[u32], roll_up: &RollUp, parties: usize) -> Self {
        let Rows { nodes, within, bits } = Rows::new(columns, rows, roll_up);
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
                for (i, x) in present.iter().enumerate() {
                    for (j, y) in present.iter().enumerate().skip(i + 1) {
                        let ((a, i), (b, j)) =
                            if x < y { ((*x, i), (*y, j)) } else { ((*y, j), (*x, i)) };
                        let way = sides.map_or(0, |sides| direction(sides[i], sides[j]));
                        visit(a, (b, row as u32, way));
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
        let mut meetings = Self {
            pairs: Vec::with_capacity(parts.iter().map(|part| part.pairs.len()).sum()),
            starts: vec![0],
            rows: Vec::with_capacity(before),
            ways: Vec::with_capacity(if bits.is_empty() { 0 } else { before }),
            nodes,
            within,
        };
        for part in parts {
            meetings.pairs.extend(part.pairs);
            meetings.rows.extend(part.rows);
            if !bits.is_empty() {
                meetings.ways.extend(part.ways);
            }
            let mut end = meetings.starts.last().copied().unwrap_or(0);
            meetings.starts.extend(part.counts.into_iter().map(|count| {
                end += count;
                end
            }));
        }
        meetings
    }

    /// What all meetings of a pair come to, and how many go forth and back. `weights` is what each
    /// row weighs; nothing for rows that count alike.
    pub fn met(&self, number: usize, weights: &[f64]) -> (Met, [u32; 2]) {
        let all = self.starts[number] as usize..self.starts[number + 1] as usize;
        let mut met = Met { shares: 0, engagements: all.len() as u32 };
        for row in &self.rows[all.clone()] {
            let row = *row as usize;
            let share = share_of(self.nodes.row(row).len(), weights.get(row));
            met.shares = met.shares.saturating_add(share);
        }
        let ways = self.ways.get(all).unwrap_or_default();
        let count = |way: u8| ways.iter().filter(|it| **it == way).count() as u32;
        (met, [count(FORTH), count(BACK)])
    }
}

/// The meetings of some parties, each the smaller id of its pairs.
#[derive(Default)]
struct Part {
    pairs: Vec<[u32; 2]>,
    /// How many meetings each pair has.
    counts: Vec<u32>,
    rows: Vec<u32>,
    ways: Vec<u8>,
}

/// One meeting: with whom, in which row, and which way it goes.
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
            let mut next = part.rows.len() as u32;
            for b in &met {
                let count = std::mem::replace(&mut places[*b as usize], next);
                part.pairs.push([a as u32, *b]);
                part.counts.push(count);
                next += count;
            }
            part.rows.resize(next as usize, 0);
            part.ways.resize(next as usize, 0);
            for (b, row, way) in own {
                let place = &mut places[*b as usize];
                part.rows[*place as usize] = *row;
                part.ways[*place as usize] = *way;
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
                let node = roll_up.node_in(columns, row, PartyId(*party));
                (node.0, sides.map_or(0, |sides| sides[at]))
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
