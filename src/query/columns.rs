//! The columnar copy of a dataset that all queries run over.

use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicU64, Ordering},
};

use rayon::prelude::*;

use super::{
    Dimension,
    accounts::Accounts,
    begins::{self, Begin},
    extent::Reach,
    members::{Body, members},
    postings::Postings,
    ranges::Ranges,
    rows::scan,
    sides::Sides,
    tally::Blocks,
    words::{SearchIndex, rows_with_all},
};
use crate::formats::Progress;
use crate::model::{Dataset, DateStatus, Day, Engagement, EngagementId, Evidence, KindId, Status};

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

    /// Adds the lists of rows that follow.
    fn append(&mut self, other: &Self) {
        let before = self.items.len() as u32;
        self.items.extend_from_slice(&other.items);
        self.starts.extend(other.starts[1..].iter().map(|start| before + start));
    }

    /// All lists, one after the other.
    fn joined(parts: &[&Self]) -> Self {
        let mut all = Self::with_capacity(parts.iter().map(|part| part.len()).sum());
        all.items.reserve_exact(parts.iter().map(|part| part.items.len()).sum());
        parts.iter().for_each(|part| all.append(part));
        all
    }

    /// The lists from one row up to another, end to end.
    pub(super) fn rows(&self, from: usize, to: usize) -> &[u32] {
        &self.items[self.starts[from] as usize..self.starts[to] as usize]
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
    /// Participants of each row, each party once.
    pub parties: Csr,
    /// On which side of the engagement they are, where their roles say so.
    pub(super) sides: Sides,
    /// Partnerships of each row.
    pub partnerships: Csr,
    /// Places of each row, each once, in the order in which they are told.
    pub places: Csr,
    /// The bodies of which a party of each row was a member at the time, as bits.
    pub(super) members: Vec<u64>,
    /// Topics of each row.
    pub topics: Csr,
    /// Sources of each row, of its dates and outcomes as well, each once.
    pub sources: Csr,
    /// What the file says that each row weighs, in its field “weight”: 1 where it says nothing,
    /// never more than a million; empty where it says nothing of any.
    pub weights: Vec<f64>,
    /// Dates of more than one part, which the hull does not describe exactly.
    pub(super) accounts: Accounts,
    /// The class of each kind, `u32::MAX` for none.
    pub(super) class_of: Vec<u32>,
    /// How many values each dimension has.
    sizes: [usize; Dimension::ALL.len()],
    /// Rows with a date: undated ones come last.
    dated_rows: usize,
    /// When each row begins.
    pub(super) begins: Vec<Begin>,
    /// The rows with disputed dates, 64 a word.
    disputed_words: Vec<u64>,
    /// The days that each word of 64 rows may reach.
    reach: Vec<Reach>,
    pub(super) postings: [OnceLock<Postings>; Dimension::ALL.len()],
    pub(super) blocks: [OnceLock<Blocks>; Dimension::ALL.len()],
    index: OnceLock<Arc<SearchIndex>>,
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

/// Engagements that one thread copies at a time.
const PIECE: usize = 1 << 14;

/// What is known of an engagement and needs no list.
#[derive(Clone, Copy)]
struct Fixed {
    hull: Spread,
    kind: u32,
    importance: u32,
    status: u8,
    evidence: u8,
    disputed: bool,
    dated: bool,
    /// Where the lists of the engagement start.
    from: u32,
    /// Which of the accounts are its own, from 1; 0 where it has none.
    accounts: u32,
}

impl Fixed {
    fn of(engagement: &Engagement, parties: usize) -> Self {
        let hull = hull_of(engagement);
        let disputed = engagement.date_status() == DateStatus::Disputed;
        Self {
            hull,
            kind: engagement.kind.0,
            importance: importance(disputed, parties, hull),
            status: status_number(engagement.status),
            evidence: evidence_of(engagement),
            disputed,
            dated: !engagement.dates.is_empty(),
            from: 0,
            accounts: 0,
        }
    }

    /// A number that sorts like the order of rows.
    fn key(&self, at: usize) -> u128 {
        let unsigned = |day: Day| u128::from(day.0.wrapping_sub(i32::MIN) as u32);
        (u128::from(!self.dated) << 96)
            | (unsigned(self.hull.from) << 64)
            | (unsigned(self.hull.to) << 32)
            | at as u128
    }
}

/// What is known of some engagements that follow one another in the file.
struct Visited {
    fixed: Vec<Fixed>,
    /// The lists of each engagement end to end: how long each is, then what is in them.
    lists: Vec<u32>,
    /// Only of those of which the hull does not say everything.
    accounts: Accounts,
}

/// How many lists there are of each engagement.
const LISTS: usize = 5;

impl Visited {
    /// Visits engagements, in their order and each once, as their parts are spread over memory.
    fn new(engagements: &[Engagement]) -> Self {
        let mut visited = Self {
            fixed: Vec::with_capacity(engagements.len()),
            lists: Vec::with_capacity(engagements.len() * (LISTS + 6)),
            accounts: Accounts::with_capacity(0),
        };
        for engagement in engagements {
            let from = visited.lists.len();
            visited.lists.extend([0; LISTS]);
            visited.add(from, 0, engagement.participants.iter().map(|one| one.party.0));
            visited.add(from, 1, engagement.partnerships.iter().map(|id| id.0));
            visited.add(from, 2, engagement.places.iter().map(|id| id.0));
            visited.add(from, 3, engagement.topics.iter().map(|id| id.0));
            visited.add(from, 4, sources_of(engagement));
            let accounts = if Accounts::is_needed(engagement) {
                visited.accounts.push(engagement);
                visited.accounts.len() as u32
            } else {
                0
            };
            let parties = visited.lists[from] as usize;
            visited.fixed.push(Fixed {
                from: from as u32,
                accounts,
                ..Fixed::of(engagement, parties)
            });
        }
        visited
    }

    /// Adds one of the lists of the engagement whose lists start at a position, each value once, in
    /// the order of first appearance.
    fn add(&mut self, from: usize, list: usize, values: impl Iterator<Item = u32>) {
        let start = self.lists.len();
        for value in values {
            if !self.lists[start..].contains(&value) {
                self.lists.push(value);
            }
        }
        self.lists[from + list] = (self.lists.len() - start) as u32;
    }
}

/// The columns of some rows that follow one another.
struct Piece {
    fixed: Vec<Fixed>,
    lists: [Csr; LISTS],
    accounts: Accounts,
}

impl Piece {
    /// The rows of the given ones of all engagements.
    fn of(visited: &[Visited], order: &[u32]) -> Self {
        let mut piece = Self {
            fixed: Vec::with_capacity(order.len()),
            lists: std::array::from_fn(|_| Csr::with_capacity(order.len())),
            accounts: Accounts::with_capacity(order.len()),
        };
        for at in order {
            let from = &visited[*at as usize / PIECE];
            let fixed = from.fixed[*at as usize % PIECE];
            let lists = &from.lists[fixed.from as usize..];
            let mut start = LISTS;
            for (list, length) in piece.lists.iter_mut().zip(lists) {
                let end = start + *length as usize;
                list.items.extend_from_slice(&lists[start..end]);
                list.starts.push(list.items.len() as u32);
                start = end;
            }
            match (fixed.accounts as usize).checked_sub(1) {
                None => piece.accounts.push_simple(),
                Some(row) => piece.accounts.push_from(&from.accounts, row),
            }
            piece.fixed.push(fixed);
        }
        piece
    }
}

/// See [`Begin::importance`]: one bit, ten bits of parties, the rest for days.
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

/// See [`Columns::weights`].
fn weights(dataset: &Dataset, rows: &[EngagementId]) -> Vec<f64> {
    let Some(field) = dataset.fields().iter().position(|name| &**name == "weight") else {
        return Vec::new();
    };
    let weight = |row: &EngagementId| {
        let said = dataset.engagement(*row).extras.iter().find(|(id, _)| id.index() == field)?;
        said.1.parse::<f64>().ok().filter(|weight| *weight > 0.0 && weight.is_finite())
    };
    let said: Vec<Option<f64>> = rows.par_iter().map(weight).collect();
    if said.iter().all(Option::is_none) {
        return Vec::new();
    }
    said.into_iter().map(|weight| weight.map_or(1.0, |weight| weight.clamp(1e-6, 1e6))).collect()
}

impl Columns {
    /// Copies what queries need from a dataset, on all threads.
    #[must_use]
    pub fn new(dataset: &Dataset) -> Self {
        let engagements = dataset.engagements();
        let visited: Vec<Visited> = engagements.par_chunks(PIECE).map(Visited::new).collect();
        let mut keys: Vec<u128> = visited
            .par_iter()
            .enumerate()
            .flat_map_iter(|(piece, rows)| {
                let first = piece * PIECE;
                rows.fixed.iter().enumerate().map(move |(at, one)| one.key(first + at))
            })
            .collect();
        if !keys.is_sorted() {
            keys.par_sort_unstable();
        }
        let order: Vec<u32> = keys.par_iter().map(|key| *key as u32).collect();
        drop(keys);
        let pieces: Vec<Piece> =
            order.par_chunks(PIECE).map(|order| Piece::of(&visited, order)).collect();
        drop(visited);
        let mut row_of = vec![0; order.len()];
        for (row, at) in order.iter().enumerate() {
            row_of[*at as usize] = row as u32;
        }
        let mut columns = Self::assembled(&pieces);
        let importance: Vec<u32> =
            pieces.iter().flat_map(|piece| &piece.fixed).map(|one| one.importance).collect();
        drop(pieces);
        columns.engagement = order.into_iter().map(EngagementId).collect();
        columns.row_of = row_of;
        columns.begins = Begin::of_rows(&columns, &importance, &begins::slots(dataset));
        columns.dated_rows = columns.dated.partition_point(|dated| *dated);
        columns.disputed_words = scan(columns.len(), |row| columns.disputed[row]);
        columns.reach = Reach::of_words(&columns.hull);
        columns.class_of = (0..dataset.kinds().len())
            .map(|kind| dataset.class_of(KindId::at(kind)).map_or(u32::MAX, |class| class.0))
            .collect();
        for dimension in Dimension::ALL {
            columns.sizes[dimension as usize] = match dimension {
                Dimension::Member => Body::VALUES,
                Dimension::Place => dataset.places().len(),
                Dimension::Kind => dataset.kinds().len(),
                Dimension::Class => dataset.classes().len(),
                Dimension::Partnership => dataset.partnerships().len(),
                Dimension::Party => dataset.parties().len(),
                Dimension::Topic => dataset.topics().len(),
                Dimension::Evidence => Evidence::ALL.len(),
                Dimension::Source => dataset.sources().len(),
                Dimension::Status => Status::ALL.len(),
            };
        }
        columns.weights = weights(dataset, &columns.engagement);
        columns.members = members(dataset, &columns);
        columns.sides = Sides::new(dataset, &columns.engagement, &columns.parties);
        columns.stamp = STAMPS.fetch_add(1, Ordering::Relaxed);
        columns
    }

    /// The columns of pieces that stand in the order of rows.
    fn assembled(pieces: &[Piece]) -> Self {
        fn column<T: Send>(pieces: &[Piece], of: impl Fn(&Fixed) -> T + Sync) -> Vec<T> {
            let all = pieces.iter().flat_map(|piece| &piece.fixed);
            let mut column = Vec::with_capacity(pieces.iter().map(|piece| piece.fixed.len()).sum());
            column.extend(all.map(of));
            column
        }
        let list = |of: usize| {
            let parts: Vec<&Csr> = pieces.iter().map(|piece| &piece.lists[of]).collect();
            Csr::joined(&parts)
        };
        let mut columns = Self::default();
        rayon::scope(|scope| {
            scope.spawn(|_| columns.parties = list(0));
            scope.spawn(|_| columns.partnerships = list(1));
            scope.spawn(|_| columns.places = list(2));
            scope.spawn(|_| columns.topics = list(3));
            scope.spawn(|_| columns.sources = list(4));
            scope.spawn(|_| columns.hull = column(pieces, |one| one.hull));
            scope.spawn(|_| columns.kind = column(pieces, |one| one.kind));
            scope.spawn(|_| columns.status = column(pieces, |one| one.status));
            scope.spawn(|_| columns.disputed = column(pieces, |one| one.disputed));
            scope.spawn(|_| columns.dated = column(pieces, |one| one.dated));
            scope.spawn(|_| columns.evidence = column(pieces, |one| one.evidence));
            let accounts = pieces.iter().map(|piece| &piece.accounts);
            scope.spawn(|_| columns.accounts = Accounts::joined(accounts));
        });
        columns
    }

    /// How many values a dimension has.
    pub(super) fn vocabulary(&self, dimension: Dimension) -> usize {
        self.sizes[dimension as usize]
    }

    /// How many rows have a date; those without come after them.
    pub(super) fn dated_rows(&self) -> usize {
        self.dated_rows
    }

    /// The rows with disputed dates, 64 a word.
    pub(super) fn disputed_words(&self) -> &[u64] {
        &self.disputed_words
    }

    /// The days that each word of 64 rows may reach.
    pub(super) fn reach(&self) -> &[Reach] {
        &self.reach
    }

    /// Whether the date of a row has parts that the hull does not tell of.
    pub(super) fn several_parts(&self, row: usize) -> bool {
        self.accounts.several(row / 64) >> (row % 64) & 1 == 1
    }

    /// Whether a row may have been going on on some day of one of the ranges, by some account.
    #[must_use]
    pub fn possibly_in(&self, row: usize, ranges: &Ranges) -> bool {
        self.dated[row] && self.accounts.possibly_in(row, self.hull[row], ranges)
    }

    /// Whether a row was going on on some day of one of the ranges, by every account.
    #[must_use]
    pub fn certainly_in(&self, row: usize, ranges: &Ranges) -> bool {
        self.dated[row] && self.accounts.certainly_in(row, self.hull[row], ranges)
    }

    /// Makes the index that text search runs over, unless it is there already. Meant for a thread
    /// of its own: at a million engagements it takes about a second. Answers whether it is ready;
    /// it is not when `progress` was told to stop.
    pub fn prepare_search(&self, dataset: &Dataset, progress: &Progress) -> bool {
        if !self.is_search_ready()
            && let Some(index) = SearchIndex::new(dataset, self, progress)
        {
            // Whoever came first has the same.
            let _ = self.index.set(Arc::new(index));
        }
        self.is_search_ready()
    }

    /// Whether text can be searched without waiting for the index to be made.
    #[must_use]
    pub fn is_search_ready(&self) -> bool {
        self.index.get().is_some()
    }

    /// Whether the rows of all words of a text are at hand, so that a filter by it is answered at
    /// once.
    #[must_use]
    pub fn knows_words(&self, text: &str) -> bool {
        self.index.get().is_some_and(|index| index.knows(text))
    }

    /// Looks for the rows of all words of a text. Meant for a thread of its own: among a million
    /// engagements it takes some milliseconds.
    pub fn look_for_words(&self, dataset: &Dataset, text: &str) {
        let _ = rows_with_all(dataset, self, text);
    }

    /// The index that text search runs over; made now where it was not prepared.
    pub(super) fn search_index(&self, dataset: &Dataset) -> &SearchIndex {
        self.index.get_or_init(|| {
            // Nobody can stop it.
            Arc::new(SearchIndex::new(dataset, self, &Progress::default()).unwrap_or_default())
        })
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
