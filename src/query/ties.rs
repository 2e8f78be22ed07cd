//! Who engages with whom: ties between parties from the engagements they share.

use rayon::prelude::*;

use super::Columns;
use crate::model::PartyId;

/// How a shared engagement counts towards a tie.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum TieWeight {
    /// 1/(n−1) for an engagement of n parties, so that each party's ties add up to its
    /// engagements (Newman 2001, "Scientific collaboration networks II").
    #[default]
    Shared,
    /// 1 for each shared engagement.
    Raw,
}

/// The tie of two parties.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tie {
    /// One party, the smaller id.
    pub a: PartyId,
    /// The other party.
    pub b: PartyId,
    /// The weight, by [`TieWeight`].
    pub weight: f64,
    /// How many engagements they share.
    pub engagements: u32,
}

/// An engagement of more parties than this makes no ties: that all states sat in one room says next
/// to nothing about any two of them, and its pairs would outnumber everything else. It still counts
/// among the engagements of each party, and [`Ties::crowded`] says how many were left out.
pub const TIE_PARTIES: usize = 50;

/// Ties and the number of engagements of each party.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ties {
    /// The ties, sorted by party ids.
    pub ties: Vec<Tie>,
    /// Engagements per party id among the rows.
    pub engagements: Vec<u32>,
    /// How many of the rows make no ties because they have more than [`TIE_PARTIES`] parties.
    pub crowded: u32,
}

/// The least common multiple of 1 to 49: with it as the unit, the sum of any fractions 1/(n−1) is a
/// whole number, so that weights are exact and do not depend on the order of the rows.
const UNIT: u128 = 3_099_044_504_245_996_706_400;

/// What an engagement of so many parties adds to each of its ties.
const SHARES: [u128; TIE_PARTIES + 1] = {
    let mut shares = [0; TIE_PARTIES + 1];
    let mut parties = 2;
    while parties <= TIE_PARTIES {
        shares[parties] = UNIT / (parties as u128 - 1);
        parties += 1;
    }
    shares
};

/// One engagement of a party with another.
#[derive(Clone, Copy, Default)]
struct Meeting {
    /// The other party.
    with: u32,
    /// How many parties the engagement has, at most [`TIE_PARTIES`].
    parties: u8,
}

/// The meetings of each party with parties of greater id, end to end: a counting sort by the first
/// of the two, after which each party is added up by itself.
struct Meetings {
    starts: Vec<usize>,
    all: Vec<Meeting>,
}

impl Meetings {
    fn of(columns: &Columns, rows: &[u32], parties: usize) -> Self {
        let mut starts = vec![0_usize; parties + 1];
        let pairs = |visit: &mut dyn FnMut(u32, Meeting)| {
            for row in rows {
                let present = columns.parties.row(*row as usize);
                if present.len() > TIE_PARTIES {
                    continue;
                }
                for (at, a) in present.iter().enumerate() {
                    for b in &present[at + 1..] {
                        let parties = present.len() as u8;
                        visit(*a.min(b), Meeting { with: *a.max(b), parties });
                    }
                }
            }
        };
        pairs(&mut |party, _| starts[party as usize] += 1);
        let mut before = 0;
        for start in &mut starts {
            before += std::mem::replace(start, before);
        }
        let mut all = vec![Meeting::default(); before];
        // While filling, the start of a party is the place of its next meeting; in the end it is
        // the start of the party after it.
        pairs(&mut |party, meeting| {
            all[starts[party as usize]] = meeting;
            starts[party as usize] += 1;
        });
        starts.rotate_right(1);
        starts[0] = 0;
        Self { starts, all }
    }

    fn party(&self, at: usize) -> &[Meeting] {
        &self.all[self.starts[at]..self.starts[at + 1]]
    }
}

/// Adds up the ties of one party after another.
struct Adder {
    /// By the other party: share and number of engagements.
    sums: Vec<(u128, u32)>,
    /// The other parties met.
    met: Vec<u32>,
    ties: Vec<Tie>,
}

impl Adder {
    fn new(parties: usize) -> Self {
        Self { sums: vec![(0, 0); parties], met: Vec::new(), ties: Vec::new() }
    }

    fn add(mut self, party: usize, meetings: &[Meeting], weight: TieWeight) -> Self {
        for meeting in meetings {
            let sum = &mut self.sums[meeting.with as usize];
            if sum.1 == 0 {
                self.met.push(meeting.with);
            }
            sum.0 += SHARES[usize::from(meeting.parties)];
            sum.1 += 1;
        }
        self.met.sort_unstable();
        for with in self.met.drain(..) {
            let (shares, engagements) = std::mem::take(&mut self.sums[with as usize]);
            let weight = match weight {
                TieWeight::Shared => shares as f64 / UNIT as f64,
                TieWeight::Raw => f64::from(engagements),
            };
            self.ties.push(Tie { a: PartyId::at(party), b: PartyId(with), weight, engagements });
        }
        self
    }
}

/// The ties among the given rows. `parties` is the number of parties in the dataset.
#[must_use]
pub fn ties(columns: &Columns, rows: &[u32], parties: usize, weight: TieWeight) -> Ties {
    let mut engagements = vec![0; parties];
    let mut crowded = 0;
    for row in rows {
        let present = columns.parties.row(*row as usize);
        present.iter().for_each(|party| engagements[*party as usize] += 1);
        crowded += u32::from(present.len() > TIE_PARTIES);
    }
    let meetings = Meetings::of(columns, rows, parties);
    let parts: Vec<Adder> = (0..parties)
        .into_par_iter()
        .with_min_len(LEAST_PARTIES)
        .fold(
            || Adder::new(parties),
            |adder, party| adder.add(party, meetings.party(party), weight),
        )
        .collect();
    let mut ties = Vec::with_capacity(parts.iter().map(|part| part.ties.len()).sum());
    parts.iter().for_each(|part| ties.extend_from_slice(&part.ties));
    Ties { ties, engagements, crowded }
}

/// Parties that one thread takes at a time.
const LEAST_PARTIES: usize = 1_024;
