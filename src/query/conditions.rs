//! The conditions of a filter, one bit each, and which rows fail which.

use super::{
    Columns, Dimension, Filter, Match,
    columns::{evidence_bit, status_number},
    haystack::Bits,
    words::TextMatch,
};

/// The bits of a row's mask: set where the row fails the condition.
pub(super) mod bit {
    use super::Dimension;

    /// The bit of a dimension that has a facet.
    pub const fn of(dimension: Dimension) -> u16 {
        1 << dimension as u16
    }
    /// Only engagements with disputed dates.
    pub const DISPUTED: u16 = 1 << 7;
    /// The words.
    pub const TEXT: u16 = 1 << 8;
    /// Possibly in one of the ranges of days.
    pub const POSSIBLY: u16 = 1 << 9;
    /// Certainly in one of the ranges of days.
    pub const CERTAINLY: u16 = 1 << 10;
    /// Both questions about time.
    pub const TIME: u16 = POSSIBLY | CERTAINLY;

    /// The bits that decide under a way of matching time.
    pub const fn active(matching: super::Match) -> u16 {
        match matching {
            super::Match::Possibly => !CERTAINLY,
            super::Match::Certainly => !POSSIBLY,
        }
    }
}

/// The ids of a condition as a set of bits; `None` lets everything pass.
fn wanted(ids: impl ExactSizeIterator<Item = u32> + Clone) -> Option<Bits> {
    let len = ids.clone().max()? as usize + 1;
    let mut bits = Bits::new(len);
    ids.for_each(|id| bits.insert(id as usize));
    Some(bits)
}

/// A filter prepared for testing rows.
pub(super) struct Conditions<'a> {
    columns: &'a Columns,
    filter: &'a Filter,
    kinds: Option<Bits>,
    partnerships: Option<Bits>,
    parties: Option<Bits>,
    topics: Option<Bits>,
    sources: Option<Bits>,
    evidence: u8,
    statuses: u8,
    text: Option<TextMatch<'a>>,
}

impl<'a> Conditions<'a> {
    pub(super) fn new(columns: &'a Columns, filter: &'a Filter) -> Self {
        Self {
            columns,
            filter,
            kinds: wanted(filter.kinds.iter().map(|id| id.0)),
            partnerships: wanted(filter.partnerships.iter().map(|id| id.0)),
            parties: wanted(filter.parties.iter().map(|id| id.0)),
            topics: wanted(filter.topics.iter().map(|id| id.0)),
            sources: wanted(filter.sources.iter().map(|id| id.0)),
            evidence: filter.evidence.iter().fold(0, |mask, one| mask | evidence_bit(*one)),
            statuses: filter.statuses.iter().fold(0, |mask, one| mask | 1 << status_number(*one)),
            text: (!filter.text.trim().is_empty()).then(|| TextMatch::new(columns, &filter.text)),
        }
    }

    /// The conditions that a row fails.
    pub(super) fn failed(&self, row: usize) -> u16 {
        let columns = self.columns;
        let mut mask = 0;
        let mut fail = |bit: u16, failed: bool| mask |= if failed { bit } else { 0 };
        let misses =
            |set: &Option<Bits>, list: &[u32]| set.as_ref().is_some_and(|s| !s.meets(list));
        fail(bit::of(Dimension::Kind), misses(&self.kinds, &columns.kind[row..=row]));
        fail(
            bit::of(Dimension::Partnership),
            misses(&self.partnerships, columns.partnerships.row(row)),
        );
        fail(bit::of(Dimension::Party), misses(&self.parties, columns.parties.row(row)));
        fail(bit::of(Dimension::Topic), misses(&self.topics, columns.topics.row(row)));
        fail(bit::of(Dimension::Source), misses(&self.sources, columns.sources.row(row)));
        fail(
            bit::of(Dimension::Evidence),
            self.evidence != 0 && columns.evidence[row] & self.evidence == 0,
        );
        fail(
            bit::of(Dimension::Status),
            self.statuses != 0 && 1 << columns.status[row] & self.statuses == 0,
        );
        fail(bit::DISPUTED, self.filter.disputed_only && !columns.disputed[row]);
        fail(bit::TEXT, self.text.as_ref().is_some_and(|text| !text.matches(row)));
        if !self.filter.when.is_empty() {
            fail(bit::POSSIBLY, !columns.possibly_in(row, &self.filter.when));
            fail(bit::CERTAINLY, !columns.certainly_in(row, &self.filter.when));
        }
        mask
    }
}
