//! Which column of a table is what: guessed from headings and values, shown, and changed.

use serde::{Deserialize, Serialize};

/// What a column of a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnRole {
    /// The identifier of the engagement.
    Id,
    /// What it was.
    Title,
    /// A shorter title for labels.
    Short,
    /// Its kind (meeting, visit, …).
    Kind,
    /// The exact form where it is narrower than the kind.
    Form,
    /// Held, planned or cancelled.
    Status,
    /// When: one account of the date. Several such columns are several accounts.
    Date,
    /// The author's own words for the date in the column before.
    DateWords,
    /// The source of the date in the column before.
    DateSource,
    /// How directly that source supports it: stated, derived, inferred or background.
    DateEvidence,
    /// A remark on that date.
    DateNote,
    /// The first day; makes an interval with [`Self::End`].
    Start,
    /// The last day, included.
    End,
    /// The year of the start, in a column of its own.
    StartYear,
    /// The month of the start, in a column of its own.
    StartMonth,
    /// The day of the month of the start, in a column of its own.
    StartDay,
    /// The year of the end, in a column of its own.
    EndYear,
    /// The month of the end, in a column of its own.
    EndMonth,
    /// The day of the month of the end, in a column of its own.
    EndDay,
    /// Where.
    Place,
    /// Latitude of the place in degrees.
    Latitude,
    /// Longitude of the place in degrees.
    Longitude,
    /// The state that the place lies in; it does not take part by that alone.
    PlaceState,
    /// When the engagement was at each of several places.
    PlaceDate,
    /// A state that took part; the place lies in it unless another column says otherwise.
    State,
    /// The identifier of that state.
    StateKey,
    /// A person who took part.
    Person,
    /// The identifier of that person.
    PersonKey,
    /// Parties that took part, with roles as `Name (role)`.
    Participants,
    /// The role of the person, or of the participants where no person is named.
    ParticipantRole,
    /// Partnerships under which it took place.
    Partnerships,
    /// What it was about.
    Topics,
    /// What came of it.
    Outcomes,
    /// Who reports it.
    Sources,
    /// Where the report can be found.
    Url,
    /// What a reader should know about it.
    Note,
    /// Kept beside the engagement under its own heading.
    Extra,
    /// Left out.
    Ignore,
}

impl ColumnRole {
    /// All roles, in the order in which a reader should see them.
    pub const ALL: [Self; 38] = [
        Self::Id,
        Self::Title,
        Self::Short,
        Self::Kind,
        Self::Form,
        Self::Status,
        Self::Date,
        Self::DateWords,
        Self::DateSource,
        Self::DateEvidence,
        Self::DateNote,
        Self::Start,
        Self::End,
        Self::StartYear,
        Self::StartMonth,
        Self::StartDay,
        Self::EndYear,
        Self::EndMonth,
        Self::EndDay,
        Self::Place,
        Self::Latitude,
        Self::Longitude,
        Self::PlaceState,
        Self::PlaceDate,
        Self::State,
        Self::StateKey,
        Self::Person,
        Self::PersonKey,
        Self::Participants,
        Self::ParticipantRole,
        Self::Partnerships,
        Self::Topics,
        Self::Outcomes,
        Self::Sources,
        Self::Url,
        Self::Note,
        Self::Extra,
        Self::Ignore,
    ];

    /// The English label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Id => "Identifier",
            Self::Title => "Title",
            Self::Short => "Short title",
            Self::Kind => "Kind",
            Self::Form => "Form",
            Self::Status => "Status",
            Self::Date => "Date",
            Self::DateWords => "Date in words",
            Self::DateSource => "Source of the date",
            Self::DateEvidence => "Evidence for the date",
            Self::DateNote => "Note on the date",
            Self::Start => "First day",
            Self::End => "Last day",
            Self::StartYear => "Year",
            Self::StartMonth => "Month",
            Self::StartDay => "Day of the month",
            Self::EndYear => "End: year",
            Self::EndMonth => "End: month",
            Self::EndDay => "End: day of the month",
            Self::Place => "Place",
            Self::Latitude => "Latitude",
            Self::Longitude => "Longitude",
            Self::PlaceState => "State of the place",
            Self::PlaceDate => "Date at the place",
            Self::State => "State",
            Self::StateKey => "Identifier of the state",
            Self::Person => "Person",
            Self::PersonKey => "Identifier of the person",
            Self::Participants => "Participants",
            Self::ParticipantRole => "Role",
            Self::Partnerships => "Partnerships",
            Self::Topics => "Topics",
            Self::Outcomes => "Outcomes",
            Self::Sources => "Sources",
            Self::Url => "Web address",
            Self::Note => "Note",
            Self::Extra => "Keep as it is",
            Self::Ignore => "Leave out",
        }
    }

    /// Whether a table can have several columns of this role.
    #[must_use]
    pub const fn can_repeat(self) -> bool {
        matches!(
            self,
            Self::Date
                | Self::DateWords
                | Self::DateSource
                | Self::DateEvidence
                | Self::DateNote
                | Self::State
                | Self::Person
                | Self::Participants
                | Self::Partnerships
                | Self::Topics
                | Self::Outcomes
                | Self::Sources
                | Self::Url
                | Self::Note
                | Self::Extra
                | Self::Ignore
        )
    }
}

/// One column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Column {
    /// Its heading as written; `column 3` where it has none.
    pub heading: String,
    /// What it holds.
    pub role: ColumnRole,
    /// Whether its cells hold lists that are separated by commas as well as by `;` and `|`.
    #[serde(default)]
    pub commas: bool,
}

/// How the columns of a table are understood.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Mapping {
    /// The columns, in the order of the file.
    pub columns: Vec<Column>,
    /// The kind of those engagements for which no column gives one.
    pub kind: String,
}

impl Mapping {
    /// The first column with a role.
    #[must_use]
    pub fn find(&self, role: ColumnRole) -> Option<usize> {
        self.columns.iter().position(|column| column.role == role)
    }

    /// Whether a column has this role.
    #[must_use]
    pub fn has(&self, role: ColumnRole) -> bool {
        self.find(role).is_some()
    }
}

/// Whether a date such as 03/04/2024 starts with the day or with the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DayOrder {
    /// 3 April.
    DayFirst,
    /// March 4.
    MonthFirst,
}

impl DayOrder {
    /// The English label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::DayFirst => "day first",
            Self::MonthFirst => "month first",
        }
    }
}
