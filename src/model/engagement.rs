//! One engagement: what happened, when by whose account, who took part, what came of it.

use super::{
    Citation, EngagementId, FieldId, KindId, List, PartnershipId, PartyId, Places, RoleId, Text,
    TopicId, When,
};

/// Whether an engagement took place.
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
pub enum Status {
    /// It took place.
    #[default]
    Held,
    /// It was announced; whether it took place is not known from the sources.
    Planned,
    /// It was called off.
    Cancelled,
}

impl Status {
    /// All values, in the order in which a reader should see them.
    pub const ALL: [Self; 3] = [Self::Held, Self::Planned, Self::Cancelled];

    /// The English label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Held => "Held",
            Self::Planned => "Planned",
            Self::Cancelled => "Cancelled",
        }
    }
}

/// One account of when an engagement took place.
#[derive(Clone, Debug, PartialEq)]
pub struct DateClaim {
    /// The date that is claimed.
    pub when: When,
    /// Who says so.
    pub citation: Citation,
}

/// What the date claims of an engagement say together.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum DateStatus {
    /// All claims can be true of the same date.
    Agreed,
    /// At least two claims cannot both be true.
    Disputed,
    /// No claim names a source.
    Unsourced,
    /// There is no date claim at all.
    Undated,
}

/// A party that took part, and as what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Participant {
    /// The party.
    pub party: PartyId,
    /// As what it took part, if that is said.
    pub role: Option<RoleId>,
}

/// A sum of money or a count of things.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    /// How many or how much.
    pub value: f64,
    /// ISO 4217 code for money, otherwise what is counted.
    pub unit: Box<str>,
}

/// Something that came of an engagement.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// What it is, in our words.
    pub text: Box<str>,
    /// How much, where the source gives a figure.
    pub amount: Option<Amount>,
    /// When it falls due or applies, if that is said.
    pub when: Option<When>,
    /// Who says so.
    pub citation: Citation,
}

/// How one engagement stands to another in time.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum RelationKind {
    /// Ends before the other starts.
    Before,
    /// Starts after the other has ended.
    After,
    /// Takes place while the other does.
    Within,
    /// The other takes place during this one.
    Contains,
    /// On the same day.
    SameDay,
    /// On the day after.
    DayAfter,
    /// In the calendar month before.
    MonthBefore,
    /// In the same calendar year.
    SameYear,
    /// The next of its series after the other.
    NextAfter,
    /// Prepares the other; it comes before it.
    Prepares,
    /// Said to take place a number of years after the other, which it commemorates.
    Anniversary,
}

/// A statement about the order of two engagements.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// How this engagement stands to the other.
    pub kind: RelationKind,
    /// The other engagement.
    pub to: EngagementId,
    /// The least gap in days, where one is stated.
    pub least: Option<i32>,
    /// The greatest gap in days, where one is stated.
    pub most: Option<i32>,
    /// How many years after, 1 to 9999; for [`RelationKind::Anniversary`] alone.
    pub years: Option<i32>,
    /// Who says so.
    pub citation: Citation,
}

/// One engagement.
#[derive(Clone, Debug, PartialEq)]
pub struct Engagement {
    /// The identifier used in files, unique among engagements.
    pub key: Text,
    /// What it was, in our words.
    pub title: Text,
    /// A shorter title for labels.
    pub short: Option<Text>,
    /// Its kind.
    pub kind: KindId,
    /// The exact form where it is narrower than the kind ("senior officials' meeting").
    pub form: Option<Text>,
    /// Whether it took place.
    pub status: Status,
    /// When, by each account; empty when nothing is said.
    pub dates: List<DateClaim>,
    /// Where: one place, or several that it went to in turn.
    pub places: Places,
    /// Who took part.
    pub participants: List<Participant>,
    /// The partnerships under which it took place.
    pub partnerships: List<PartnershipId>,
    /// What it was about.
    pub topics: List<TopicId>,
    /// What came of it.
    pub outcomes: List<Outcome>,
    /// How it stands to other engagements.
    pub relations: List<Relation>,
    /// Who reports it.
    pub citations: List<Citation>,
    /// What a reader should know about it.
    pub note: Option<Text>,
    /// Values of table columns that the model has no place for, so that nothing is lost.
    pub extras: List<(FieldId, Text)>,
}

impl Engagement {
    /// The short title, or the title where there is none.
    #[must_use]
    pub fn label(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.title)
    }

    /// What the date claims say together.
    #[must_use]
    pub fn date_status(&self) -> DateStatus {
        if self.dates.is_empty() {
            return DateStatus::Undated;
        }
        let apart = |a: &DateClaim, b: &DateClaim| !a.when.can_equal(&b.when);
        let disputed = self
            .dates
            .iter()
            .enumerate()
            .any(|(i, a)| self.dates[i + 1..].iter().any(|b| apart(a, b)));
        if disputed {
            DateStatus::Disputed
        } else if self.dates.iter().all(|claim| claim.citation.source.is_none()) {
            DateStatus::Unsourced
        } else {
            DateStatus::Agreed
        }
    }
}
