//! Which engagements are wanted: one condition per dimension.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Day, DayRange, EngagementId, Evidence, KindId, PartnershipId, PartyId, SourceId, Status,
    TopicId,
};

/// Which of the two questions about an uncertain date is asked.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Match {
    /// It may have been going on in the range.
    #[default]
    Possibly,
    /// It was going on in the range, whatever the unknowns turn out to be.
    Certainly,
}

/// A set of conditions. An empty set in a dimension lets everything pass in it; several values in
/// one dimension are alternatives; dimensions are combined with "and".
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// The days of interest; empty for all time. Several ranges are alternatives.
    pub when: Vec<DayRange>,
    /// Which question is asked of the days.
    pub matching: Match,
    /// Kinds.
    pub kinds: BTreeSet<KindId>,
    /// Partnerships.
    pub partnerships: BTreeSet<PartnershipId>,
    /// Parties, any of which took part.
    pub parties: BTreeSet<PartyId>,
    /// Topics.
    pub topics: BTreeSet<TopicId>,
    /// Sources.
    pub sources: BTreeSet<SourceId>,
    /// Evidence of any statement about the date or the engagement itself.
    pub evidence: BTreeSet<Evidence>,
    /// Whether it took place.
    pub statuses: BTreeSet<Status>,
    /// Only engagements whose sources disagree on the date.
    pub disputed_only: bool,
    /// Words that must all occur in title, note, outcomes or the names of parties, place,
    /// partnerships, kind, topics or sources; case and diacritics do not matter.
    pub text: String,
    /// Which claim of an engagement's date stands for all of them, by its position, where the
    /// reader has chosen one. Not a condition by itself; that sources disagree stays true.
    pub chosen: BTreeMap<EngagementId, usize>,
}

impl Filter {
    /// The filter with its days narrowed to a window.
    #[must_use]
    pub fn within(&self, window: DayRange) -> Self {
        let when: Vec<DayRange> = if self.when.is_empty() {
            vec![window]
        } else {
            self.when
                .iter()
                .filter(|range| range.from <= window.to && range.to >= window.from)
                .map(|range| DayRange::new(range.from.max(window.from), range.to.min(window.to)))
                .collect()
        };
        // A window outside all ranges: no day is in both, and no list of days says that better
        // than one that nothing reaches.
        let nothing = DayRange::new(Day(i32::MAX), Day(i32::MAX));
        let when = if when.is_empty() { vec![nothing] } else { when };
        Self { when, ..self.clone() }
    }

    /// Whether every engagement passes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let Self { matching, ref chosen, .. } = *self;
        *self == Self { matching, chosen: chosen.clone(), ..Self::default() }
    }
}
