//! What a drawing makes use of, so that its legend lists that and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Kind, KindId};

/// A way of drawing that a reader may have to look up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Convention {
    /// Known to the day.
    Day,
    /// The days on which it certainly was going on.
    Core,
    /// The days on which it possibly was going on.
    Extension,
    /// Known to a month, season or year only.
    Bracket,
    /// One of several days.
    OneOf,
    /// Several days, all of them.
    AllOf,
    /// Narrowed by a statement about another engagement.
    Tightened,
    /// Marked approximate.
    Approximate,
    /// Marked uncertain.
    Uncertain,
    /// Without a bound on one side, by statement.
    Open,
    /// With a bound that nobody says.
    Unknown,
    /// Sources disagree.
    Disputed,
    /// Engagements whose statements cannot all be true are tied.
    Conflict,
    /// Announced; not known to have been held.
    Planned,
    /// Called off.
    Cancelled,
    /// Marks for which there was no room, counted.
    Folded,
    /// Counts in columns instead of marks.
    Density,
}

impl Convention {
    /// What it means, in a few words.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Day => "known to the day",
            Self::Core => "certain days",
            Self::Extension => "possible days",
            Self::Bracket => "some day in this month, season or year",
            Self::OneOf => "one of these",
            Self::AllOf => "each of these",
            Self::Tightened => "narrowed by other dates",
            Self::Approximate => "approximate",
            Self::Uncertain => "uncertain",
            Self::Open => "open: no bound",
            Self::Unknown => "bound not known",
            Self::Disputed => "sources disagree",
            Self::Conflict => "cannot both be true",
            Self::Planned => "planned",
            Self::Cancelled => "cancelled",
            Self::Folded => "more, folded: zoom in",
            Self::Density => "counts; pale: dates spread over the column",
        }
    }
}

/// The kinds and conventions that a drawing uses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Used {
    /// Kinds by id, with their names and slots.
    pub kinds: BTreeMap<KindId, (Box<str>, u8)>,
    /// Conventions.
    pub conventions: BTreeSet<Convention>,
}

impl Used {
    /// Notes the use of a kind.
    pub fn kind(&mut self, id: KindId, kind: &Kind) {
        self.kinds.entry(id).or_insert_with(|| (kind.name.clone(), kind.slot));
    }

    /// Notes the use of a convention.
    pub fn note(&mut self, convention: Convention) {
        self.conventions.insert(convention);
    }

    /// Takes over what another drawing uses.
    pub fn extend(&mut self, other: &Self) {
        for (id, kind) in &other.kinds {
            self.kinds.entry(*id).or_insert_with(|| kind.clone());
        }
        self.conventions.extend(&other.conventions);
    }
}
