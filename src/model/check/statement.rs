//! The statements that a finding rests on, and their words.

use crate::model::{
    Citation, Dataset, Engagement, EngagementId, Evidence, Relation, RelationKind, SourceId, words,
};

/// Which statement of a dataset it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatementId {
    /// A date claim, by its position in the engagement.
    Claim(EngagementId, u32),
    /// That one of the date claims of the engagement is right, where they disagree.
    AnyClaim(EngagementId),
    /// A relation, by its position in the engagement that makes it.
    Relation(EngagementId, u32),
}

/// A statement in words, with who makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Which statement it is.
    pub id: StatementId,
    /// What it says: “Defense Policy Dialogue is dated 27 April 2024”.
    pub text: String,
    /// The source, if one is named.
    pub source: Option<SourceId>,
    /// Who says so, in words: the source's label, and how directly it says so if not outright.
    pub by: String,
}

impl StatementId {
    /// The engagement whose statement it is.
    #[must_use]
    pub const fn engagement(self) -> EngagementId {
        match self {
            Self::Claim(id, _) | Self::AnyClaim(id) | Self::Relation(id, _) => id,
        }
    }

    /// The statement in words.
    ///
    /// # Panics
    /// When it belongs to another dataset.
    #[must_use]
    pub fn write(self, dataset: &Dataset) -> Statement {
        let engagement = dataset.engagement(self.engagement());
        let label = engagement.label();
        let (text, citation) = match self {
            Self::Claim(_, index) => {
                let claim = &engagement.dates[index as usize];
                (format!("“{label}” is dated {}", words::when(&claim.when)), Some(&claim.citation))
            }
            Self::AnyClaim(_) => {
                let dates: Vec<String> =
                    engagement.dates.iter().map(|claim| words::when(&claim.when)).collect();
                (format!("“{label}” is dated {}", dates.join(" or ")), None)
            }
            Self::Relation(_, index) => {
                let relation = &engagement.relations[index as usize];
                (relation_text(dataset, engagement, relation), Some(&relation.citation))
            }
        };
        Statement {
            id: self,
            text,
            source: citation.and_then(|citation| citation.source),
            by: citation.map_or_else(|| "several sources".to_owned(), |c| by(dataset, c)),
        }
    }

    /// A text that stays the same when other engagements come and go.
    pub(super) fn stable(self, dataset: &Dataset) -> String {
        let engagement = dataset.engagement(self.engagement());
        match self {
            Self::Claim(_, index) => {
                format!("{}={}", engagement.key, engagement.dates[index as usize].when.edtf())
            }
            Self::AnyClaim(_) => format!("{}=?", engagement.key),
            Self::Relation(_, index) => {
                let relation = &engagement.relations[index as usize];
                let to = &dataset.engagement(relation.to).key;
                format!("{} {} {to}", engagement.key, kind_name(relation.kind))
            }
        }
    }
}

/// Who says so, in words.
pub(super) fn by(dataset: &Dataset, citation: &Citation) -> String {
    let source =
        citation.source.map_or("no source named", |id| dataset.source(id).label()).to_owned();
    match citation.evidence {
        Evidence::Stated => source,
        Evidence::Derived => format!("{source}, derived"),
        Evidence::Inferred => format!("{source}, inferred"),
        Evidence::Background => format!("{source}, general knowledge"),
    }
}

const fn kind_name(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::Before => "before",
        RelationKind::After => "after",
        RelationKind::Within => "within",
        RelationKind::Contains => "contains",
        RelationKind::SameDay => "same-day",
        RelationKind::DayAfter => "day-after",
        RelationKind::MonthBefore => "month-before",
        RelationKind::SameYear => "same-year",
        RelationKind::NextAfter => "next-after",
        RelationKind::Prepares => "prepares",
        RelationKind::Anniversary => "anniversary",
    }
}

/// What a relation says, between its subject and its object.
pub(super) const fn relation_words(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::Before => "came before",
        RelationKind::After => "came after",
        RelationKind::Within => "took place during",
        RelationKind::Contains => "went on around",
        RelationKind::SameDay => "was on the same day as",
        RelationKind::DayAfter => "was on the day after",
        RelationKind::MonthBefore => "was in the month before",
        RelationKind::SameYear => "was in the same year as",
        RelationKind::NextAfter => "was the next of its series after",
        RelationKind::Prepares => "prepared",
        RelationKind::Anniversary => "commemorated",
    }
}

fn relation_text(dataset: &Dataset, engagement: &Engagement, relation: &Relation) -> String {
    if let (RelationKind::Anniversary, Some(years)) = (relation.kind, relation.years) {
        let years = words::years(years);
        let other = dataset.engagement(relation.to).label();
        return format!("“{}” is said to be {years} after “{other}”", engagement.label());
    }
    let gap = match (relation.least, relation.most) {
        (None, None) => String::new(),
        (Some(least), None) => format!(", by at least {}", days(least)),
        (None, Some(most)) => format!(", by at most {}", days(most)),
        (Some(least), Some(most)) if least == most => format!(", by {}", days(least)),
        (Some(least), Some(most)) => format!(", by {least} to {}", days(most)),
    };
    format!(
        "“{}” {} “{}”{gap}",
        engagement.label(),
        relation_words(relation.kind),
        dataset.engagement(relation.to).label()
    )
}

fn days(count: i32) -> String {
    if count == 1 { "1 day".to_owned() } else { format!("{count} days") }
}
