//! Who says so, and how directly: the basis of any statement in a dataset.

use super::SourceId;

/// How directly a source supports a statement.
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
pub enum Evidence {
    /// The source says it in so many words.
    #[default]
    Stated,
    /// It follows from what the source says by arithmetic or by a relation.
    Derived,
    /// A careful reader concludes it; the source neither says nor entails it.
    Inferred,
    /// It is general knowledge, not in any of the sources of the dataset.
    Background,
}

impl Evidence {
    /// All values, in the order in which a reader should see them.
    pub const ALL: [Self; 4] = [Self::Stated, Self::Derived, Self::Inferred, Self::Background];

    /// The short English label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Stated => "Stated in a source",
            Self::Derived => "Derived",
            Self::Inferred => "Inferred",
            Self::Background => "Background knowledge",
        }
    }
}

/// The basis of one statement: its source, how directly it says so, and a remark.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Citation {
    /// The source, if one is named.
    pub source: Option<SourceId>,
    /// How directly the source supports the statement.
    pub evidence: Evidence,
    /// A few words quoted from the source as evidence.
    pub quote: Option<Box<str>>,
    /// What a reader should know about this basis.
    pub note: Option<Box<str>>,
}
