//! The columnar copy of a dataset that all queries run over.

use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::{accounts::Accounts, sides::Sides, words::SearchIndex};
use crate::model::{
    Dataset, DateStatus, Day, DayRange, Engagement, EngagementId, Evidence, Status,
};

/// Variable-length lists of ids, one per row, stored end to end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Csr {
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Csr {
    /// Stores the lists in the order given.
    pub fn from_lists<L: IntoIterator<Item = u32>>(lists: impl IntoIterator<Item = L>) -> Self {
        let mut csr = Self::with_capacity(0);
        lists.into_iter().for_each(|list| csr.push_row(list));
        csr
    }

    /// No lists yet, with room for the starts of some.
    pub(super) fn with_capacity(rows: usize) -> Self {
        let mut starts = Vec::with_capacity(rows + 1);
        starts.push(0);
        Self { starts, items: Vec::new() }
    }

    /// Adds the list of the next row.
    pub(super) fn push_row(&mut self, list: impl IntoIterator<Item = u32>) {
        self.items.extend(list);
        self.starts.push(self.items.len() as u32);
    }

    /// Stores lists in which each value counts once, in the order of first appearance.
    fn distinct<L: IntoIterator<Item = u32>>(lists: impl IntoIterator<Item = L>) -> Self {
        let mut csr = Self { starts: vec![0], items: Vec::new() };
        for list in lists {
            let start = csr.items.len();
            for value in list {
                if !csr.items[start..].contains(&value) {
                    csr.items.push(value);
                }
            }
            csr.starts.push(csr.items.len() as u32);
        }
        csr.items.shrink_to_fit();
        csr
    }

    /// How many lists there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Whether there is no list.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The list of a row.
    #[must_use]
    pub fn row(&self, row: usize) -> &[u32] {
        &self.items[self.starts[row] as usize..self.starts[row + 1] as usize]
    }
}

/// The day bounds of one account of an engagement's date, with `i32::MIN` and `i32::MAX` where
/// there is no bound. See [`Span`](crate::model::when::Span).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    /// The first day cannot be before this.
    pub from: Day,
    /// The first day cannot be after this.
    pub last_start: Day,
    /// The last day cannot be before this.
    pub least_end: Day,
    /// The last day cannot be after this.
    pub to: Day,
}

/// Columns of a dataset, one row per engagement, sorted by earliest start, then latest end, then
/// the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// The engagement of each row.
    pub engagement: Vec<EngagementId>,
    /// The row of each engagement.
    pub row_of: Vec<u32>,
    /// The hull of all accounts of the date, per row; `None` bounds as in [`Spread`].
    pub hull: Vec<Spread>,
    /// Kind of each row.
    pub kind: Vec<u32>,
    /// Status of each row, by position in `Status::ALL`.
    pub status: Vec<u8>,
    /// Whether the date is disputed.
    pub disputed: Vec<bool>,
    /// Whether there is any account of the date.
    pub dated: Vec<bool>,
    /// Which kinds of evidence support it: bit n for `Evidence::ALL[n]`.
    pub evidence: Vec<u8>,
    /// Place of each row, `u32::MAX` for none.
    pub place: Vec<u32>,
    /// How much each row matters where only one of many can be named: a disputed date before
    /// others, then more parties, then the longer known to have gone on.
    pub importance: Vec<u32>,
    /// Participants of each row, each party once.
    pub parties: Csr,
    /// On which side of the engagement they are, where their roles say so.
    pub(super) sides: Sides,
    /// Partnerships of each row.
    pub partnerships: Csr,
    /// Topics of each row.
    pub topics: Csr,
    /// Sources of each row, of its dates and outcomes as well, each once.
    pub sources: Csr,
    /// Dates of more than one part, which the hull does not describe exactly.
    pub(super) accounts: Accounts,
    index: SearchIndex,
    stamp: u64,
}

/// Numbers the copies made while the program runs; only ever compared for equality.
static STAMPS: AtomicU64 = AtomicU64::new(1);

/// The hull of all accounts of an engagement's date.
fn hull_of(engagement: &Engagement) -> Spread {
    engagement
        .dates
        .iter()
        .flat_map(|claim| claim.when.parts())
        .map(|part| Spread::from(*part))
        .reduce(Spread::hull)
        .unwrap_or(Spread::UNKNOWN)
}

/// The values of an engagement that are one per row.
struct Fixed {
    kind: u32,
    place: u32,
    status: u8,
    evidence: u8,
    disputed: bool,
    dated: bool,
}

impl Fixed {
    fn of(engagement: &Engagement) -> Self {
        Self {
            kind: engagement.kind.0,
            place: engagement.place.map_or(u32::MAX, |place| place.0),
            status: status_number(engagement.status),
            evidence: evidence_of(engagement),
            disputed: engagement.date_status() == DateStatus::Disputed,
            dated: !engagement.dates.is_empty(),
        }
    }
}

/// See [`Columns::importance`]: one bit, ten bits of parties, the rest for days.
fn importance(disputed: bool, parties: usize, hull: Spread) -> u32 {
    const DAYS: i64 = (1 << 21) - 1;
    let known = i64::from(hull.least_end.0) - i64::from(hull.last_start.0) + 1;
    (u32::from(disputed) << 31) | ((parties.min(1_023) as u32) << 21) | known.clamp(0, DAYS) as u32
}

fn sources_of(engagement: &Engagement) -> impl Iterator<Item = u32> {
    engagement
        .citations
        .iter()
        .chain(engagement.dates.iter().map(|claim| &claim.citation))
        .chain(engagement.outcomes.iter().map(|outcome| &outcome.citation))
        .filter_map(|citation| citation.source)
        .map(|source| source.0)
}

fn evidence_of(engagement: &Engagement) -> u8 {
    engagement
        .citations
        .iter()
        .chain(engagement.dates.iter().map(|claim| &claim.citation))
        .fold(0, |mask, citation| mask | evidence_bit(citation.evidence))
}

/// The bit of a kind of evidence in [`Columns::evidence`].
#[must_use]
pub(super) fn evidence_bit(evidence: Evidence) -> u8 {
    Evidence::ALL.iter().position(|other| *other == evidence).map_or(0, |at| 1 << at)
}

/// The number of a status in [`Columns::status`].
#[must_use]
pub(super) fn status_number(status: Status) -> u8 {
    Status::ALL.iter().position(|other| *other == status).map_or(0, |at| at as u8)
}

impl Columns {
    /// Copies what queries need from a dataset.
    #[must_use]
    pub fn new(dataset: &Dataset) -> Self {
        let engagements = dataset.engagements();
        let hulls: Vec<Spread> = engagements.par_iter().map(hull_of).collect();
        let mut order: Vec<u32> = (0..hulls.len() as u32).collect();
        order.par_sort_unstable_by_key(|at| {
            let hull = hulls[*at as usize];
            (engagements[*at as usize].dates.is_empty(), hull.from, hull.to, *at)
        });
        let mut row_of = vec![0; order.len()];
        for (row, at) in order.iter().enumerate() {
            row_of[*at as usize] = row as u32;
        }
        let hull = order.iter().map(|at| hulls[*at as usize]).collect();
        drop(hulls);
        // Rows in order of time lie anywhere in memory: one pass over them fills all columns but
        // the lists, two threads fill the lists.
        let rows = || order.iter().map(|at| &engagements[*at as usize]);
        let fixed: Vec<Fixed> =
            order.par_iter().map(|at| Fixed::of(&engagements[*at as usize])).collect();
        let ((parties, partnerships), (topics, (sources, accounts))) = rayon::join(
            || {
                (
                    Csr::distinct(rows().map(|e| e.participants.iter().map(|one| one.party.0))),
                    Csr::distinct(rows().map(|e| e.partnerships.iter().map(|id| id.0))),
                )
            },
            || {
                let topics = Csr::distinct(rows().map(|e| e.topics.iter().map(|id| id.0)));
                let mut accounts = Accounts::with_capacity(order.len());
                rows().for_each(|engagement| accounts.push(engagement));
                (topics, (Csr::distinct(rows().map(sources_of)), accounts))
            },
        );
        let hull: Vec<Spread> = hull;
        let importance = (0..order.len())
            .into_par_iter()
            .map(|row| importance(fixed[row].disputed, parties.row(row).len(), hull[row]))
            .collect();
        let mut columns = Self {
            importance,
            engagement: order.iter().map(|at| EngagementId(*at)).collect(),
            row_of,
            hull,
            kind: fixed.iter().map(|one| one.kind).collect(),
            status: fixed.iter().map(|one| one.status).collect(),
            disputed: fixed.iter().map(|one| one.disputed).collect(),
            dated: fixed.iter().map(|one| one.dated).collect(),
            evidence: fixed.iter().map(|one| one.evidence).collect(),
            place: fixed.iter().map(|one| one.place).collect(),
            sides: Sides::default(),
            parties,
            partnerships,
            topics,
            sources,
            accounts,
            index: SearchIndex::default(),
            stamp: STAMPS.fetch_add(1, Ordering::Relaxed),
        };
        columns.sides = Sides::new(dataset, &columns.engagement, &columns.parties);
        columns.index = SearchIndex::new(dataset, &columns);
        columns
    }

    /// Whether a row may have been going on on some day of one of the ranges, by some account.
    #[must_use]
    pub fn possibly_in(&self, row: usize, ranges: &[DayRange]) -> bool {
        self.dated[row] && self.accounts.possibly_in(row, self.hull[row], ranges)
    }

    /// Whether a row was going on on some day of one of the ranges, by every account.
    #[must_use]
    pub fn certainly_in(&self, row: usize, ranges: &[DayRange]) -> bool {
        self.dated[row] && self.accounts.certainly_in(row, self.hull[row], ranges)
    }

    /// The index that text search runs over.
    #[must_use]
    pub fn search_index(&self) -> &SearchIndex {
        &self.index
    }

    /// A number that tells columns of different datasets apart while the program runs.
    pub(super) fn stamp(&self) -> u64 {
        self.stamp
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.engagement.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.engagement.is_empty()
    }
}
