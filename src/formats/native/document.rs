//! The native format as types: what a `demarche/1` document may hold, field by field.
//!
//! The descriptions of the JSON Schema in `docs/` are the comments of this file and of those below it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::{Evidence, PartyKind};

/// The only value of `format` that this program reads and writes.
pub const FORMAT: &str = "demarche/1";

/// Whether a field has its default and need not be written.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Dated diplomatic engagements with the parties, partnerships, places and sources they refer to.
///
/// Every list may be left out. Ids are texts of your choice, unique in their list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Démarche dataset, demarche/1")]
pub struct Document {
    /// The format and its version: `demarche/1`.
    #[schemars(extend("const" = FORMAT))]
    pub format: String,
    /// The name of the dataset.
    #[serde(default, skip_serializing_if = "is_default")]
    pub title: String,
    /// What a reader should know about the dataset.
    #[serde(default, skip_serializing_if = "is_default")]
    pub note: Option<String>,
    /// The documents in which all the rest is reported.
    #[serde(default, skip_serializing_if = "is_default")]
    pub sources: Vec<SourceRecord>,
    /// The places where engagements are held and parties have their seats.
    #[serde(default, skip_serializing_if = "is_default")]
    pub places: Vec<PlaceRecord>,
    /// Who engages: states, organisations, bodies, provinces, persons and groups.
    #[serde(default, skip_serializing_if = "is_default")]
    pub parties: Vec<PartyRecord>,
    /// The ladders on which levels of partnership are ranked.
    #[serde(default, skip_serializing_if = "is_default")]
    pub ladders: Vec<LadderRecord>,
    /// Standing frameworks between parties.
    #[serde(default, skip_serializing_if = "is_default")]
    pub partnerships: Vec<PartnershipRecord>,
    /// The kinds of engagement.
    #[serde(default, skip_serializing_if = "is_default")]
    pub kinds: Vec<KindRecord>,
    /// The topics that engagements are about.
    #[serde(default, skip_serializing_if = "is_default")]
    pub topics: Vec<TopicRecord>,
    /// The roles of participants, where their order matters; roles need not be listed to be used.
    #[serde(default, skip_serializing_if = "is_default")]
    pub roles: Vec<String>,
    /// The names used in `extras`, where their order matters; they need not be listed to be used.
    #[serde(default, skip_serializing_if = "is_default")]
    pub fields: Vec<String>,
    /// The engagements.
    #[serde(default, skip_serializing_if = "is_default")]
    pub engagements: Vec<EngagementRecord>,
}

/// A struct with the four fields of a citation at its end.
///
/// They stand flat in the JSON; `serde(flatten)` cannot be used, because it does not go together
/// with refusing unknown fields.
macro_rules! cited {
    ($(#[$meta:meta])* pub struct $name:ident { $($(#[$field_meta:meta])* pub $field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$field_meta])* pub $field: $type,)*
            /// Id of the source that says so.
            #[serde(default, skip_serializing_if = "is_default")]
            pub source: Option<String>,
            /// How directly the source says so: `stated` in so many words (when left out),
            /// `derived` by arithmetic or a relation, `inferred` by a careful reader, or
            /// `background` knowledge that no source of the dataset has.
            #[serde(default, skip_serializing_if = "is_default")]
            pub evidence: Evidence,
            /// A few words quoted from the source as evidence.
            #[serde(default, skip_serializing_if = "is_default")]
            pub quote: Option<String>,
            /// What a reader should know about this basis.
            #[serde(default, skip_serializing_if = "is_default")]
            pub note: Option<String>,
        }

        impl $name {
            /// The fields of the citation, on their own.
            #[must_use]
            pub fn basis(&self) -> Basis<'_> {
                Basis {
                    source: self.source.as_deref(),
                    evidence: self.evidence,
                    quote: self.quote.as_deref(),
                    note: self.note.as_deref(),
                }
            }
        }
    };
}

// Below the macro, so that they know it.
mod engagement;
mod values;

pub use engagement::{
    AmountRecord, DateRecord, DatedStop, EngagementRecord, OutcomeRecord, ParticipantRecord,
    RelationRecord, StopRecord,
};
pub use values::{DateObject, DateText, Extras, Number};

/// The fields of a citation, wherever they stand.
#[derive(Clone, Copy, Debug)]
pub struct Basis<'a> {
    /// Id of the source.
    pub source: Option<&'a str>,
    /// How directly it says so.
    pub evidence: Evidence,
    /// Words quoted from it.
    pub quote: Option<&'a str>,
    /// A remark.
    pub note: Option<&'a str>,
}

cited! {
    /// Who says so: a source, how directly, words quoted from it, and a remark. All optional.
    pub struct CitationRecord {}
}

/// A document or other place where something is said.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceRecord {
    /// The id, unique among sources.
    pub id: String,
    /// The full title.
    pub title: String,
    /// A short label for lists and notes.
    #[serde(default, skip_serializing_if = "is_default")]
    pub short: Option<String>,
    /// Who published it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub publisher: Option<String>,
    /// When it was published, as far as it can be told.
    #[serde(default, skip_serializing_if = "is_default")]
    pub published: Option<DateText>,
    /// Where it can be found.
    #[serde(default, skip_serializing_if = "is_default")]
    pub url: Option<String>,
    /// What it is about, in a few words.
    #[serde(default, skip_serializing_if = "is_default")]
    pub about: Option<String>,
    /// What a reader should know about it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub note: Option<String>,
    /// Whether it stands for general knowledge rather than for a document.
    #[serde(default, skip_serializing_if = "is_default")]
    pub background: bool,
}

/// A name in another language or script.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NameRecord {
    /// BCP 47 language tag, for example `km` or `lo`.
    pub lang: String,
    /// The name as written.
    pub text: String,
}

/// A named place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceRecord {
    /// The id, unique among places.
    pub id: String,
    /// The name in English.
    pub name: String,
    /// Names in other languages and scripts.
    #[serde(default, skip_serializing_if = "is_default")]
    pub names: Vec<NameRecord>,
    /// Latitude in degrees (WGS 84), south negative, −90 to 90. Given together with `lon`.
    #[serde(default, skip_serializing_if = "is_default")]
    #[schemars(range(min = -90, max = 90))]
    pub lat: Option<Number>,
    /// Longitude in degrees (WGS 84), west negative, −180 to 180. Given together with `lat`.
    #[serde(default, skip_serializing_if = "is_default")]
    #[schemars(range(min = -180, max = 180))]
    pub lon: Option<Number>,
    /// Id of the party, a state, that it lies in.
    #[serde(default, skip_serializing_if = "is_default")]
    pub state: Option<String>,
    /// What a reader should know about it, for example that it stands for a whole country.
    #[serde(default, skip_serializing_if = "is_default")]
    pub note: Option<String>,
    /// Who says so.
    #[serde(default, skip_serializing_if = "is_default")]
    pub sources: Vec<CitationRecord>,
}

/// A party to engagements and partnerships.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartyRecord {
    /// The id, unique among parties.
    pub id: String,
    /// The name in English.
    pub name: String,
    /// A shorter name for labels.
    #[serde(default, skip_serializing_if = "is_default")]
    pub short: Option<String>,
    /// What sort of party it is; `group` when left out.
    #[serde(default)]
    pub kind: PartyKind,
    /// Names in other languages and scripts.
    #[serde(default, skip_serializing_if = "is_default")]
    pub names: Vec<NameRecord>,
    /// Other spellings under which it is found.
    #[serde(default, skip_serializing_if = "is_default")]
    pub aliases: Vec<String>,
    /// ISO 3166 code: alpha-3 for states.
    #[serde(default, skip_serializing_if = "is_default")]
    pub iso: Option<String>,
    /// Ids of the parties that it is a part of: a person's state, a state's organisations.
    #[serde(default, skip_serializing_if = "is_default")]
    pub part_of: Vec<String>,
    /// Id of the place of its capital, headquarters or seat.
    #[serde(default, skip_serializing_if = "is_default")]
    pub seat: Option<String>,
    /// When it was there, at the widest, for a party that is known to have begun or ended.
    #[serde(default, skip_serializing_if = "is_default")]
    pub existed: Option<DateText>,
    /// Offices that a person holds or held.
    #[serde(default, skip_serializing_if = "is_default")]
    pub offices: Vec<OfficeRecord>,
    /// What a reader should know about it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub note: Option<String>,
    /// Who says so.
    #[serde(default, skip_serializing_if = "is_default")]
    pub sources: Vec<CitationRecord>,
}

cited! {
    /// An office that a person holds or held.
    pub struct OfficeRecord {
        /// The office as the source writes it.
        pub title: String,
        /// Id of the party in which it is held.
        #[serde(default, skip_serializing_if = "is_default")]
        pub of: Option<String>,
        /// When it was held.
        #[serde(default, skip_serializing_if = "is_default")]
        pub term: Option<DateText>,
    }
}

/// A ladder of partnership levels. Levels of different ladders are never ranked against each other.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LadderRecord {
    /// The id, unique among ladders.
    pub id: String,
    /// Whose ladder it is.
    pub name: String,
    /// The rungs, lowest first, each once.
    #[serde(default, skip_serializing_if = "is_default")]
    pub rungs: Vec<String>,
    /// What a reader should know about it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub note: Option<String>,
    /// Who says so.
    #[serde(default, skip_serializing_if = "is_default")]
    pub sources: Vec<CitationRecord>,
}

/// A standing framework between parties.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartnershipRecord {
    /// The id, unique among partnerships.
    pub id: String,
    /// The name in English.
    pub name: String,
    /// A shorter name for lanes and labels.
    #[serde(default, skip_serializing_if = "is_default")]
    pub short: Option<String>,
    /// The parties to it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub members: Vec<MemberRecord>,
    /// The levels it has had.
    #[serde(default, skip_serializing_if = "is_default")]
    pub levels: Vec<LevelRecord>,
    /// Who coordinated or chaired it, when.
    #[serde(default, skip_serializing_if = "is_default")]
    pub terms: Vec<TermRecord>,
    /// When it has existed: its beginning, or an interval.
    #[serde(default, skip_serializing_if = "is_default")]
    pub since: Option<DateText>,
    /// Id of the wider partnership that it belongs to.
    #[serde(default, skip_serializing_if = "is_default")]
    pub part_of: Option<String>,
    /// What a reader should know about it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub note: Option<String>,
    /// Who says so.
    #[serde(default, skip_serializing_if = "is_default")]
    pub sources: Vec<CitationRecord>,
}

cited! {
    /// A party's membership in a partnership.
    pub struct MemberRecord {
        /// Id of the party.
        pub party: String,
        /// What it is in the partnership.
        #[serde(default, skip_serializing_if = "is_default")]
        pub role: Option<String>,
        /// When it has been a member.
        #[serde(default, skip_serializing_if = "is_default")]
        pub term: Option<DateText>,
    }
}

cited! {
    /// A level that a partnership has had.
    pub struct LevelRecord {
        /// The level as the source writes it.
        pub label: String,
        /// Id of the ladder that it stands on.
        #[serde(default, skip_serializing_if = "is_default")]
        pub ladder: Option<String>,
        /// The rung of that ladder, written as the ladder writes it.
        #[serde(default, skip_serializing_if = "is_default")]
        pub rung: Option<String>,
        /// When it applied.
        #[serde(default, skip_serializing_if = "is_default")]
        pub term: Option<DateText>,
        /// Whether it was only announced.
        #[serde(default, skip_serializing_if = "is_default")]
        pub planned: bool,
    }
}

cited! {
    /// A period in which a party holds a function in a partnership.
    pub struct TermRecord {
        /// Id of the party.
        pub party: String,
        /// The function, for example `coordinator` or `chair`.
        pub role: String,
        /// When.
        #[serde(default, skip_serializing_if = "is_default")]
        pub term: Option<DateText>,
    }
}

/// A kind of engagement.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KindRecord {
    /// The id, unique among kinds. `meeting`, `visit`, `summit`, `dialogue`, `statement`,
    /// `agreement`, `assistance` and `milestone` look the same in every dataset.
    pub id: String,
    /// The English label.
    pub name: String,
    /// A wider class.
    #[serde(default, skip_serializing_if = "is_default")]
    pub class: Option<String>,
}

/// A topic that engagements are about.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TopicRecord {
    /// The id, unique among topics.
    pub id: String,
    /// The English label.
    pub name: String,
}
