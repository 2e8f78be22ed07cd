//! The conditions of a filter, one bit each, and which rows fail which.

use super::{
    Chosen, Columns, Dimension, Filter, Match,
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

/// The conditions in which two filters differ.
pub(super) fn changed(a: &Filter, b: &Filter) -> u16 {
    let mut bits = 0;
    let mut differ = |bit: u16, differs: bool| bits |= if differs { bit } else { 0 };
    differ(bit::of(Dimension::Kind), a.kinds != b.kinds);
    differ(bit::of(Dimension::Partnership), a.partnerships != b.partnerships);
    differ(bit::of(Dimension::Party), a.parties != b.parties);
    differ(bit::of(Dimension::Topic), a.topics != b.topics);
    differ(bit::of(Dimension::Source), a.sources != b.sources);
    differ(bit::of(Dimension::Evidence), a.evidence != b.evidence);
    differ(bit::of(Dimension::Status), a.statuses != b.statuses);
    differ(bit::DISPUTED, a.disputed_only != b.disputed_only);
    differ(bit::TEXT, a.text != b.text);
    differ(bit::TIME, a.when != b.when || a.chosen != b.chosen);
    bits
}

/// Some conditions of a filter, prepared for testing rows.
pub(super) struct Conditions<'a> {
    columns: &'a Columns,
    filter: &'a Filter,
    chosen: &'a Chosen,
    /// Those of the wanted conditions that some row could fail.
    bits: u16,
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
    /// Prepares the conditions named by `bits`.
    pub(super) fn new(
        columns: &'a Columns,
        filter: &'a Filter,
        chosen: &'a Chosen,
        bits: u16,
    ) -> Self {
        let mut possible = 0;
        let mut can_fail = |bit: u16, can: bool| {
            let can = can && bits & bit != 0;
            possible |= if can { bit } else { 0 };
            can
        };
        let text = can_fail(bit::TEXT, !filter.text.trim().is_empty());
        can_fail(bit::of(Dimension::Kind), !filter.kinds.is_empty());
        can_fail(bit::of(Dimension::Partnership), !filter.partnerships.is_empty());
        can_fail(bit::of(Dimension::Party), !filter.parties.is_empty());
        can_fail(bit::of(Dimension::Topic), !filter.topics.is_empty());
        can_fail(bit::of(Dimension::Source), !filter.sources.is_empty());
        can_fail(bit::of(Dimension::Evidence), !filter.evidence.is_empty());
        can_fail(bit::of(Dimension::Status), !filter.statuses.is_empty());
        can_fail(bit::DISPUTED, filter.disputed_only);
        can_fail(bit::TIME, !filter.when.is_empty());
        Self {
            columns,
            filter,
            chosen,
            bits: possible,
            kinds: wanted(filter.kinds.iter().map(|id| id.0)),
            partnerships: wanted(filter.partnerships.iter().map(|id| id.0)),
            parties: wanted(filter.parties.iter().map(|id| id.0)),
            topics: wanted(filter.topics.iter().map(|id| id.0)),
            sources: wanted(filter.sources.iter().map(|id| id.0)),
            evidence: filter.evidence.iter().fold(0, |mask, one| mask | evidence_bit(*one)),
            statuses: filter.statuses.iter().fold(0, |mask, one| mask | 1 << status_number(*one)),
            text: text.then(|| TextMatch::new(columns, &filter.text)),
        }
    }

    /// Which of the prepared conditions a row fails.
    pub(super) fn failed(&self, row: usize) -> u16 {
        if self.bits == 0 {
            return 0;
        }
        let columns = self.columns;
        let mut mask = 0;
        let mut test = |bit: u16, fails: &dyn Fn() -> bool| {
            if self.bits & bit != 0 && fails() {
                mask |= bit;
            }
        };
        let misses =
            |set: &Option<Bits>, list: &[u32]| set.as_ref().is_some_and(|set| !set.meets(list));
        test(bit::of(Dimension::Kind), &|| misses(&self.kinds, &columns.kind[row..=row]));
        test(bit::of(Dimension::Partnership), &|| {
            misses(&self.partnerships, columns.partnerships.row(row))
        });
        test(bit::of(Dimension::Party), &|| misses(&self.parties, columns.parties.row(row)));
        test(bit::of(Dimension::Topic), &|| misses(&self.topics, columns.topics.row(row)));
        test(bit::of(Dimension::Source), &|| misses(&self.sources, columns.sources.row(row)));
        test(bit::of(Dimension::Evidence), &|| columns.evidence[row] & self.evidence == 0);
        test(bit::of(Dimension::Status), &|| 1 << columns.status[row] & self.statuses == 0);
        test(bit::DISPUTED, &|| !columns.disputed[row]);
        test(bit::TEXT, &|| self.text.as_ref().is_some_and(|text| !text.matches(row)));
        test(bit::POSSIBLY, &|| !self.chosen.possibly_in(columns, row, &self.filter.when));
        test(bit::CERTAINLY, &|| !self.chosen.certainly_in(columns, row, &self.filter.when));
        mask
    }
}
