//! The columnar copy of a dataset that all queries run over.

use crate::model::{Dataset, Day, EngagementId};

/// Variable-length lists of ids, one per row, stored end to end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Csr {
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Csr {
    /// Stores the lists in the order given.
    pub fn from_lists<L: IntoIterator<Item = u32>>(lists: impl IntoIterator<Item = L>) -> Self {
        let mut csr = Self { starts: vec![0], items: Vec::new() };
        for list in lists {
            csr.items.extend(list);
            csr.starts.push(csr.items.len() as u32);
        }
        csr
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
    /// Participants of each row, each party once.
    pub parties: Csr,
    /// Partnerships of each row.
    pub partnerships: Csr,
    /// Topics of each row.
    pub topics: Csr,
    /// Sources of each row, of its dates and outcomes as well, each once.
    pub sources: Csr,
}

impl Columns {
    /// Copies what queries need from a dataset.
    #[must_use]
    pub fn new(dataset: &Dataset) -> Self {
        let _ = dataset;
        todo!()
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
