//! Which pairs of parties meet in which rows, so that the ties of any rows are counted quickly.

use std::sync::Arc;

use rayon::prelude::*;

use super::{
    TIE_PARTIES, TieList, TieWeight, Ties,
    meetings::Meetings,
    totals::{Pairs, Totals},
};
use crate::query::{Columns, Csr, RollUp, RowSet};

/// Which pairs of parties meet in which rows, at one level.
///
/// Every row has the list of its pairs, and what all rows together come to is known. The ties of
/// any rows are then counted from these rows alone, from those that are not among them, or from the
/// ties of rows that are nearly the same: [`TieCounter`](super::TieCounter).
#[derive(Clone, Debug)]
pub struct TieIndex {
    roll_up: RollUp,
    /// Where the pairs of each row begin, and where the last ones end.
    starts: Vec<u32>,
    /// The numbers of the pairs of each row, ascending.
    numbers: Vec<u32>,
    /// Which way each meeting goes; empty where no role tells any.
    ways: Vec<u8>,
    /// The parties of each row at this level, each once; `None` where they are those of the
    /// columns.
    nodes: Option<Csr>,
    /// The parties as which two or more of each row count; no lists where nothing is rolled up.
    within: Csr,
    /// What all rows come to.
    pub(super) whole: Arc<Totals>,
}

impl TieIndex {
    /// Lists the meetings of all rows. `parties` is the number of parties in the dataset.
    #[must_use]
    pub fn new(columns: &Columns, roll_up: RollUp, parties: usize) -> Self {
        let rows: Vec<u32> = (0..columns.len() as u32).collect();
        let meetings = Meetings::of(columns, &rows, &roll_up, parties);
        let whole = whole(&meetings, &roll_up, &[], parties);
        let mut starts = vec![0_u32; rows.len() + 1];
        meetings.rows.iter().for_each(|row| starts[*row as usize] += 1);
        let mut before = 0;
        for start in &mut starts {
            before += std::mem::replace(start, before);
        }
        let mut numbers = vec![0; meetings.rows.len()];
        let mut ways = vec![0; meetings.ways.len()];
        for number in 0..meetings.pairs.len() {
            for at in meetings.starts[number] as usize..meetings.starts[number + 1] as usize {
                let next = &mut starts[meetings.rows[at] as usize];
                numbers[*next as usize] = number as u32;
                if let Some(way) = meetings.ways.get(at) {
                    ways[*next as usize] = *way;
                }
                *next += 1;
            }
        }
        starts.rotate_right(1);
        if let Some(first) = starts.first_mut() {
            *first = 0;
        }
        let Meetings { pairs, nodes, within, .. } = meetings;
        let whole = Totals { pairs: Arc::new(Pairs::new(pairs, parties)), ..whole };
        Self {
            starts,
            numbers,
            ways,
            nodes: (!roll_up.is_named()).then_some(nodes),
            within,
            whole: Arc::new(whole),
            roll_up,
        }
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
        !self.ways.is_empty()
    }

    /// The parties of a row at this level, each once.
    #[must_use]
    pub fn nodes<'a>(&'a self, columns: &'a Columns, row: usize) -> &'a [u32] {
        self.nodes.as_ref().unwrap_or(&columns.parties).row(row)
    }

    /// The parties as which two or more of a row count.
    pub(super) fn within(&self, row: usize) -> &[u32] {
        if self.within.is_empty() { &[] } else { self.within.row(row) }
    }

    /// How many rows there are.
    pub(super) fn rows(&self) -> usize {
        self.starts.len() - 1
    }

    /// How many meetings there are in all rows.
    pub(super) fn meetings(&self) -> usize {
        self.numbers.len()
    }

    /// The numbers of the pairs of a row, ascending, and which way each meeting goes, if any role
    /// tells.
    #[inline]
    pub(super) fn row(&self, row: usize) -> (&[u32], &[u8]) {
        let all = self.starts[row] as usize..self.starts[row + 1] as usize;
        (&self.numbers[all.clone()], self.ways.get(all).unwrap_or_default())
    }

    /// The ties among the given rows of the columns that the index was made from.
    #[must_use]
    pub fn ties(&self, columns: &Columns, rows: &[u32], weight: TieWeight) -> Ties {
        self.ties_among(columns, &RowSet::of(rows, self.rows()), weight)
    }

    /// The same for a set of rows, which is what it works on.
    #[must_use]
    pub fn ties_among(&self, columns: &Columns, rows: &RowSet, weight: TieWeight) -> Ties {
        super::TieCounter::default().count(self, columns, rows, weight)
    }

    /// The ties among each of several sets of rows: what [`TieIndex::ties_among`] says of each. They
    /// may overlap.
    #[must_use]
    pub fn ties_of_each(&self, columns: &Columns, sets: &[RowSet], weight: TieWeight) -> Vec<Ties> {
        let stated = weight == TieWeight::Stated && !columns.weights.is_empty();
        let each = sets.len().div_ceil(rayon::current_num_threads()).max(1);
        sets.par_iter()
            .with_min_len(each)
            // One set is counted after the other in the same place, and its ties are written down.
            .map_init(
                || Totals::nothing(self, stated),
                |totals, rows| {
                    totals.become_those_of(self, columns, rows);
                    TieList::listed(totals, weight)
                },
            )
            .collect()
    }
}

/// What all meetings come to, without the pairs.
fn whole(meetings: &Meetings, roll_up: &RollUp, weights: &[f64], parties: usize) -> Totals {
    let count = meetings.pairs.len();
    let (met, ways): (Vec<_>, Vec<_>) = (0..count)
        .into_par_iter()
        .with_min_len(4_096)
        .map(|number| meetings.met(number, weights))
        .unzip();
    let rows = meetings.nodes.len();
    let mut engagements = vec![0; parties];
    meetings.nodes.rows(0, rows).iter().for_each(|party| engagements[*party as usize] += 1);
    let mut within = vec![0; if roll_up.is_named() { 0 } else { parties }];
    if !meetings.within.is_empty() {
        let all = meetings.within.rows(0, meetings.within.len());
        all.iter().for_each(|party| within[*party as usize] += 1);
    }
    let crowded = (0..rows).filter(|row| meetings.nodes.row(*row).len() > TIE_PARTIES).count();
    Totals {
        pairs: Arc::new(Pairs::new(Vec::new(), 0)),
        met,
        ways: if meetings.ways.is_empty() { Vec::new() } else { ways },
        len: count,
        engagements,
        within,
        crowded: crowded as u32,
        rows: RowSet::all(rows),
        stated: !weights.is_empty(),
    }
}

/// The ties among the given rows, each party by itself. `parties` is the number of parties in the
/// dataset.
///
/// Where rows change over and over, a [`TieIndex`] gives the same answers faster, and at every
/// level.
#[must_use]
pub fn ties(columns: &Columns, rows: &[u32], parties: usize, weight: TieWeight) -> Ties {
    let named = RollUp::named();
    let meetings = Meetings::of(columns, rows, &named, parties);
    let weights: Vec<f64> = if weight == TieWeight::Stated {
        rows.iter().filter_map(|row| columns.weights.get(*row as usize)).copied().collect()
    } else {
        Vec::new()
    };
    let whole = whole(&meetings, &named, &weights, parties);
    let pairs = Arc::new(Pairs::new(meetings.pairs, parties));
    TieList::counted(Arc::new(Totals { pairs, ..whole }), weight)
}
