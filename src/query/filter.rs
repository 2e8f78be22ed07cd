//! Which engagements are wanted: one condition per dimension.

use std::collections::{BTreeMap, BTreeSet};

use super::{Body, Dimension, compare::days_within};
use crate::model::{
    ClassId, DayRange, EngagementId, Evidence, KindId, PartnershipId, PartyId, PlaceId, SourceId,
    Status, TopicId,
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
    /// Classes of kinds.
    pub classes: BTreeSet<ClassId>,
    /// Partnerships.
    pub partnerships: BTreeSet<PartnershipId>,
    /// Parties, any of which took part.
    pub parties: BTreeSet<PartyId>,
    /// Bodies of which a party was a member on the days of the engagement: possibly or certainly,
    /// as `matching` asks.
    pub members: BTreeSet<Body>,
    /// Places, at any of which it took place.
    pub places: BTreeSet<PlaceId>,
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
    /// Words that must all occur in title, note, outcomes or the names of parties, places,
    /// partnerships, kind, topics or sources; case and diacritics do not matter.
    pub text: String,
    /// Which claim of an engagement's date stands for all of them, by its position, where the
    /// reader has chosen one. Not a condition by itself; that sources disagree stays true.
    pub chosen: BTreeMap<EngagementId, usize>,
}

impl Filter {
    /// The filter with its days narrowed to a window; a window outside all of them leaves
    /// [`DayRange::NEVER`].
    #[must_use]
    pub fn within(&self, window: DayRange) -> Self {
        let mut when = days_within(&self.when, &[window]);
        if when.is_empty() {
            when.push(DayRange::NEVER);
        }
        Self { when, ..self.clone() }
    }

    /// The values wanted in a dimension, ascending; none where it is left open. Evidence and
    /// status are given by position in their `ALL`.
    #[must_use]
    pub fn values(&self, dimension: Dimension) -> Vec<u32> {
        fn places<T: Ord>(all: &[T], wanted: &BTreeSet<T>) -> Vec<u32> {
            let at = |value: &T| wanted.contains(value);
            (0..all.len()).filter(|n| at(&all[*n])).map(|n| n as u32).collect()
        }
        match dimension {
            Dimension::Kind => self.kinds.iter().map(|id| id.0).collect(),
            Dimension::Class => self.classes.iter().map(|id| id.0).collect(),
            Dimension::Partnership => self.partnerships.iter().map(|id| id.0).collect(),
            Dimension::Party => self.parties.iter().map(|id| id.0).collect(),
            Dimension::Member => {
                let certainly = self.matching == Match::Certainly;
                self.members.iter().map(|body| body.value(certainly)).collect()
            }
            Dimension::Place => self.places.iter().map(|id| id.0).collect(),
            Dimension::Topic => self.topics.iter().map(|id| id.0).collect(),
            Dimension::Source => self.sources.iter().map(|id| id.0).collect(),
            Dimension::Evidence => places(&Evidence::ALL, &self.evidence),
            Dimension::Status => places(&Status::ALL, &self.statuses),
        }
    }

    /// Whether a value of a dimension is one that the present question may choose: of members there
    /// are those that possibly were and those that certainly were.
    #[must_use]
    pub fn offers(&self, dimension: Dimension, value: u32) -> bool {
        let certainly = self.matching == Match::Certainly;
        dimension != Dimension::Member || Body::of_value(value).value(certainly) == value
    }

    /// Wants a value of a dimension, or no longer where it is wanted already.
    pub fn toggle(&mut self, dimension: Dimension, value: u32) {
        fn flip<T: Ord>(set: &mut BTreeSet<T>, value: T) {
            if !set.remove(&value) {
                set.insert(value);
            }
        }
        match dimension {
            Dimension::Kind => flip(&mut self.kinds, KindId(value)),
            Dimension::Class => flip(&mut self.classes, ClassId(value)),
            Dimension::Partnership => flip(&mut self.partnerships, PartnershipId(value)),
            Dimension::Party => flip(&mut self.parties, PartyId(value)),
            Dimension::Member => flip(&mut self.members, Body::of_value(value)),
            Dimension::Place => flip(&mut self.places, PlaceId(value)),
            Dimension::Topic => flip(&mut self.topics, TopicId(value)),
            Dimension::Source => flip(&mut self.sources, SourceId(value)),
            Dimension::Evidence => {
                if let Some(&evidence) = Evidence::ALL.get(value as usize) {
                    flip(&mut self.evidence, evidence);
                }
            }
            Dimension::Status => {
                if let Some(&status) = Status::ALL.get(value as usize) {
                    flip(&mut self.statuses, status);
                }
            }
        }
    }

    /// Leaves a dimension open.
    pub fn clear(&mut self, dimension: Dimension) {
        match dimension {
            Dimension::Kind => self.kinds.clear(),
            Dimension::Class => self.classes.clear(),
            Dimension::Partnership => self.partnerships.clear(),
            Dimension::Party => self.parties.clear(),
            Dimension::Member => self.members.clear(),
            Dimension::Place => self.places.clear(),
            Dimension::Topic => self.topics.clear(),
            Dimension::Source => self.sources.clear(),
            Dimension::Evidence => self.evidence.clear(),
            Dimension::Status => self.statuses.clear(),
        }
    }

    /// Whether every engagement passes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let Self { matching, ref chosen, .. } = *self;
        *self == Self { matching, chosen: chosen.clone(), ..Self::default() }
    }
}
