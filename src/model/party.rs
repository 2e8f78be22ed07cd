//! Who engages: states, organisations, bodies, provinces, persons and groups.

use super::{Citation, PartyId, PlaceId, When};

/// What sort of party it is.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum PartyKind {
    /// A sovereign state.
    State,
    /// An organisation of states or another body with its own membership.
    Organisation,
    /// A ministry, agency, embassy or other part of a state or organisation.
    Body,
    /// A province or other territory of a state.
    Province,
    /// A natural person.
    Person,
    /// Persons or parties spoken of together ("Mekong countries").
    #[default]
    Group,
    /// Nobody says what sort of party it is, as in networks of other programs.
    Unsaid,
}

impl PartyKind {
    /// All values, in the order in which a reader should see them.
    pub const ALL: [Self; 7] = [
        Self::State,
        Self::Organisation,
        Self::Body,
        Self::Province,
        Self::Person,
        Self::Group,
        Self::Unsaid,
    ];

    /// The English label, singular.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::State => "State",
            Self::Organisation => "Organisation",
            Self::Body => "Body",
            Self::Province => "Province",
            Self::Person => "Person",
            Self::Group => "Group",
            Self::Unsaid => "Party",
        }
    }
}

/// A name in a language and script.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// The name as written.
    pub text: Box<str>,
    /// BCP 47 language tag, for example `km` or `lo`.
    pub lang: Box<str>,
}

/// An office that a person holds or held.
#[derive(Clone, Debug, PartialEq)]
pub struct Office {
    /// The office as the source writes it.
    pub title: Box<str>,
    /// The party in which it is held.
    pub of: Option<PartyId>,
    /// When it was held, if known.
    pub term: Option<When>,
    /// Who says so.
    pub citation: Citation,
}

/// A party to engagements and partnerships.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Party {
    /// The identifier used in files, unique among parties.
    pub key: Box<str>,
    /// The name in English.
    pub name: Box<str>,
    /// A shorter name for labels.
    pub short: Option<Box<str>>,
    /// What sort of party it is.
    pub kind: PartyKind,
    /// Names in other languages and scripts.
    pub other_names: Box<[Name]>,
    /// Other spellings under which it is found.
    pub aliases: Box<[Box<str>]>,
    /// ISO 3166 code: alpha-3 for states.
    pub iso: Option<Box<str>>,
    /// The parties that this one is a part of: a person's state, a province's state,
    /// a state's organisations.
    pub part_of: Box<[PartyId]>,
    /// Capital, headquarters or seat.
    pub seat: Option<PlaceId>,
    /// When it was there, for a party that is known to have begun or ended: at the widest.
    pub existed: Option<When>,
    /// Offices held.
    pub offices: Box<[Office]>,
    /// What a reader should know about it.
    pub note: Option<Box<str>>,
    /// Who says so.
    pub citations: Box<[Citation]>,
}

impl Party {
    /// The short name, or the name where there is none.
    #[must_use]
    pub fn label(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.name)
    }
}
