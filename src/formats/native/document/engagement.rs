//! Engagements as a `demarche/1` document holds them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Basis, CitationRecord, DateText, Extras, Number, is_default};
use crate::model::{Evidence, RelationKind, Status};

/// One engagement.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EngagementRecord {
    /// The id, unique among engagements.
    pub id: String,
    /// What it was, in your words.
    pub title: String,
    /// A shorter title for labels.
    #[serde(default, skip_serializing_if = "is_default")]
    pub short: Option<String>,
    /// Id of its kind; an engagement without one gets the kind `other`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub kind: Option<String>,
    /// The exact form where it is narrower than the kind, for example "senior officials' meeting".
    #[serde(default, skip_serializing_if = "is_default")]
    pub form: Option<String>,
    /// Whether it took place; `held` when left out.
    #[serde(default, skip_serializing_if = "is_default")]
    pub status: Status,
    /// When it took place, by each account. Accounts that cannot all be true are a dispute and are
    /// all shown.
    #[serde(default, skip_serializing_if = "is_default")]
    pub dates: Vec<DateRecord>,
    /// Id of the place, where there is one.
    #[serde(default, skip_serializing_if = "is_default")]
    pub place: Option<String>,
    /// The places of an engagement that was at several, in their order; instead of `place`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub places: Vec<StopRecord>,
    /// Who took part.
    #[serde(default, skip_serializing_if = "is_default")]
    pub participants: Vec<ParticipantRecord>,
    /// Ids of the partnerships under which it took place.
    #[serde(default, skip_serializing_if = "is_default")]
    pub partnerships: Vec<String>,
    /// Ids of the topics.
    #[serde(default, skip_serializing_if = "is_default")]
    pub topics: Vec<String>,
    /// What came of it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub outcomes: Vec<OutcomeRecord>,
    /// How it stands in time to other engagements.
    #[serde(default, skip_serializing_if = "is_default")]
    pub relations: Vec<RelationRecord>,
    /// Who reports it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub sources: Vec<CitationRecord>,
    /// What a reader should know about it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub note: Option<String>,
    /// Further values by name, for example columns of a table that have no field of their own.
    #[serde(default, skip_serializing_if = "is_default")]
    pub extras: Extras,
}

cited! {
    /// One account of when an engagement took place.
    pub struct DateRecord {
        /// The date in EDTF (ISO 8601-2), for example `2024-06-04`, `2024-06` or
        /// `2024-06-05/2024-06-06`.
        pub date: String,
        /// Whether it took place at some time within an interval rather than throughout it.
        #[serde(default, skip_serializing_if = "is_default")]
        pub sometime: bool,
        /// The date in the author's own words.
        #[serde(default, skip_serializing_if = "is_default")]
        pub words: Option<String>,
    }
}

/// One of several places of an engagement: its id, or an object where its own date is said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "the id of a place, or an object with `place` and `date`")]
pub enum StopRecord {
    /// Id of the place.
    Plain(String),
    /// The place and its own date.
    Dated(DatedStop),
}

/// One of several places of an engagement, with its own date.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DatedStop {
    /// Id of the place.
    pub place: String,
    /// When the engagement was there.
    #[serde(default, skip_serializing_if = "is_default")]
    pub date: Option<DateText>,
}

/// A party that took part.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ParticipantRecord {
    /// Id of the party.
    pub party: String,
    /// As what it took part, for example `host` or `co-chair`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub role: Option<String>,
}

cited! {
    /// Something that came of an engagement.
    pub struct OutcomeRecord {
        /// What it is, in your words.
        pub text: String,
        /// How much, where the source gives a figure.
        #[serde(default, skip_serializing_if = "is_default")]
        pub amount: Option<AmountRecord>,
        /// When it falls due or applies.
        #[serde(default, skip_serializing_if = "is_default")]
        pub date: Option<DateText>,
    }
}

/// A sum of money or a count of things.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AmountRecord {
    /// How many or how much.
    pub value: Number,
    /// ISO 4217 code for money, for example `USD`; otherwise what is counted.
    pub unit: String,
}

cited! {
    /// A statement about how this engagement stands in time to another.
    pub struct RelationRecord {
        /// How this engagement stands to the other.
        pub kind: RelationKind,
        /// Id of the other engagement.
        pub to: String,
        /// The least gap in days, where one is stated.
        #[serde(default, skip_serializing_if = "is_default")]
        pub least: Option<i32>,
        /// The greatest gap in days, where one is stated.
        #[serde(default, skip_serializing_if = "is_default")]
        pub most: Option<i32>,
        /// How many years after the other, for the kind `anniversary`, which needs it; the other
        /// kinds do not have it.
        #[serde(default, skip_serializing_if = "is_default")]
        #[schemars(range(min = 1, max = 9999))]
        pub years: Option<i32>,
    }
}
