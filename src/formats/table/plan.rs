//! What is known of a table before its rows are read: which column is what, and how to read it.

use super::{ColumnRole as Role, DayOrder, Mapping, build::kind_of};
use crate::model::PartyKind;

/// The columns of a table by what they hold.
pub(super) struct Plan<'a> {
    mapping: &'a Mapping,
    /// The columns of each role, in their order, by the number of the role.
    by_role: Vec<Vec<usize>>,
    /// The columns of single dates and of what is said about them, in their order.
    of_dates: Vec<usize>,
    /// The order of day and month, by column.
    orders: Vec<DayOrder>,
    /// What sort of parties a column's heading announces, by column.
    sorts: Vec<PartyKind>,
    /// Whether some column says who reports a date, rather than the engagement.
    pub dates_have_sources: bool,
    /// The kind of engagements for which no column says it.
    pub kind: &'a str,
}

impl<'a> Plan<'a> {
    pub fn new(mapping: &'a Mapping, orders: Vec<DayOrder>) -> Self {
        let mut by_role = vec![Vec::new(); Role::Ignore as usize + 1];
        for (at, column) in mapping.columns.iter().enumerate() {
            by_role[column.role as usize].push(at);
        }
        let of_dates = |role: Role| {
            matches!(
                role,
                Role::Date
                    | Role::DateWords
                    | Role::DateSource
                    | Role::DateEvidence
                    | Role::DateNote
            )
        };
        let columns = mapping.columns.iter().enumerate();
        Self {
            mapping,
            of_dates: columns.filter(|(_, c)| of_dates(c.role)).map(|(at, _)| at).collect(),
            dates_have_sources: !by_role[Role::DateSource as usize].is_empty(),
            by_role,
            orders,
            sorts: mapping.columns.iter().map(|column| kind_of(&column.heading)).collect(),
            kind: if mapping.kind.trim().is_empty() { "Engagement" } else { &mapping.kind },
        }
    }

    /// How many columns have headings.
    pub fn width(&self) -> usize {
        self.mapping.columns.len()
    }

    /// The columns of a role.
    pub fn columns(&self, role: Role) -> &[usize] {
        self.by_role.get(role as usize).map_or(&[], Vec::as_slice)
    }

    /// The first column of a role.
    pub fn column(&self, role: Role) -> Option<usize> {
        self.columns(role).first().copied()
    }

    /// The columns of single dates and of what is said about them, in their order.
    pub fn of_dates(&self) -> &[usize] {
        &self.of_dates
    }

    /// What a column holds; one without a heading is kept.
    pub fn role(&self, at: usize) -> Role {
        self.mapping.columns.get(at).map_or(Role::Extra, |column| column.role)
    }

    /// Whether commas separate the values of a column's cells.
    pub fn commas(&self, at: usize) -> bool {
        self.mapping.columns.get(at).is_some_and(|column| column.commas)
    }

    /// Whether the day or the month comes first in the dates of a column.
    pub fn order(&self, at: usize) -> DayOrder {
        self.orders.get(at).copied().unwrap_or(DayOrder::DayFirst)
    }

    /// What sort of parties a column holds.
    pub fn sort(&self, at: usize) -> PartyKind {
        self.sorts.get(at).copied().unwrap_or_default()
    }

    /// The heading of a column, or its number.
    pub fn heading(&self, at: usize) -> String {
        self.mapping
            .columns
            .get(at)
            .map_or_else(|| format!("column {}", at + 1), |column| column.heading.clone())
    }
}
