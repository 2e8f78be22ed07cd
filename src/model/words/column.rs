//! Engagements as rows of a table: which columns there are, and what stands in their cells.

use rayon::prelude::*;

use super::{date_of, places};
use crate::model::{Dataset, Engagement};

/// A column of a table of engagements.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
pub enum TableColumn {
    /// The date, in words.
    #[default]
    Date,
    /// The title.
    Engagement,
    /// The kind.
    Kind,
    /// The place.
    Place,
    /// The participants.
    Who,
    /// The partnerships.
    Partnership,
    /// The sources.
    Source,
    /// What the file remarks.
    Note,
}

impl TableColumn {
    /// All columns, from left to right.
    pub const ALL: [Self; 8] = [
        Self::Date,
        Self::Engagement,
        Self::Kind,
        Self::Who,
        Self::Place,
        Self::Partnership,
        Self::Note,
        Self::Source,
    ];

    /// The English heading.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Date => "Date",
            Self::Engagement => "Engagement",
            Self::Kind => "Kind",
            Self::Place => "Place",
            Self::Who => "Who",
            Self::Partnership => "Partnership",
            Self::Source => "Source",
            Self::Note => "Note",
        }
    }

    /// How wide it is beside the others.
    #[must_use]
    pub const fn share(self) -> f32 {
        match self {
            Self::Date => 0.16,
            Self::Engagement => 0.24,
            Self::Kind => 0.1,
            Self::Who => 0.21,
            Self::Place => 0.095,
            Self::Partnership => 0.115,
            Self::Source => 0.08,
            Self::Note => 0.3,
        }
    }

    /// The columns of which a dataset says anything, from left to right; date and title are always
    /// among them, the kind where there is more than one. Looks at every engagement if it must.
    #[must_use]
    pub fn of(dataset: &Dataset) -> Vec<Self> {
        let any = |has: fn(&Engagement) -> bool| dataset.engagements().par_iter().any(has);
        let says = |column: &Self| match column {
            Self::Date | Self::Engagement => true,
            Self::Kind => dataset.kinds().len() > 1,
            Self::Who => any(|one| !one.participants.is_empty()),
            Self::Place => any(|one| !one.places.is_empty()),
            Self::Partnership => any(|one| !one.partnerships.is_empty()),
            Self::Source => any(|one| one.citations.iter().any(|by| by.source.is_some())),
            Self::Note => any(|one| one.note.is_some()),
        };
        Self::ALL.into_iter().filter(says).collect()
    }

    /// What its cell says of an engagement; may be empty.
    #[must_use]
    pub fn cell(self, dataset: &Dataset, engagement: &Engagement) -> String {
        let joined = |names: Vec<&str>| names.join("; ");
        match self {
            Self::Date => date_of(dataset, engagement),
            Self::Engagement => engagement.title.to_string(),
            Self::Kind => dataset.kind(engagement.kind).name.to_string(),
            Self::Place => places(dataset, engagement),
            Self::Who => {
                let names = engagement.participants.iter();
                joined(names.map(|one| dataset.party(one.party).label()).collect())
            }
            Self::Partnership => {
                let names = engagement.partnerships.iter();
                joined(names.map(|&id| dataset.partnership(id).label()).collect())
            }
            Self::Source => {
                let sources = engagement.citations.iter().filter_map(|citation| citation.source);
                joined(sources.map(|id| dataset.source(id).label()).collect())
            }
            Self::Note => engagement.note.as_deref().unwrap_or_default().to_owned(),
        }
    }
}
