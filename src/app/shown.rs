//! What the lower pane shows: which engagements, their ties, their order in the table.

use std::sync::Arc;

use super::{Document, TableColumn, TableSort};
use crate::model::DayRange;
use crate::query::{Filter, LaneBy, LaneKey, Query, TieLevel, TieWeight, Ties};

/// What is asked for; equal questions have equal answers.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Asked {
    /// The document, by its place in memory.
    pub document: usize,
    /// What is let through.
    pub filter: Filter,
    /// The window that the pane follows, if it follows it.
    pub window: Option<DayRange>,
    /// How ties are weighted and at what level parties count; `None` where nothing shows them.
    pub ties: Option<(TieWeight, TieLevel)>,
    /// How the table is sorted; `None` where nothing shows it.
    pub sort: Option<TableSort>,
    /// Which lanes are wanted that have something in a window.
    pub lanes: Option<(LaneBy, DayRange)>,
}

/// The answer.
#[derive(Clone, Debug, Default)]
pub(super) struct Shown {
    /// The rows, ascending.
    pub rows: Arc<Vec<u32>>,
    /// Their ties.
    pub ties: Arc<Ties>,
    /// The rows in the order of the table.
    pub sorted: Arc<Vec<u32>>,
    /// The lanes with something in the window, ascending.
    pub lanes: Vec<LaneKey>,
}

impl Shown {
    /// Nothing counted yet.
    pub fn nothing(document: &Document) -> Self {
        let parties = document.dataset.parties().len();
        let ties = Ties { engagements: vec![0; parties], ..Ties::default() };
        Self { ties: Arc::new(ties), ..Self::default() }
    }
}

/// Answers one question after the other, and computes only what has changed.
#[derive(Debug, Default)]
pub(super) struct Counter {
    query: Query,
    asked: Option<Asked>,
    shown: Shown,
}

impl Counter {
    /// Answers a question.
    pub fn answer(&mut self, document: &Document, asked: &Asked) -> Shown {
        let same = |test: &dyn Fn(&Asked) -> bool| self.asked.as_ref().is_some_and(test);
        let same_base = same(&|old| (old.document, &old.filter) == (asked.document, &asked.filter));
        let same_rows = same_base && same(&|old| old.window == asked.window);
        let same_ties = same_rows && same(&|old| asked.ties.is_none() || old.ties == asked.ties);
        let same_order = same_rows && same(&|old| asked.sort.is_none() || old.sort == asked.sort);
        let same_lanes = same_base && same(&|old| old.lanes == asked.lanes);
        let columns = &document.columns;
        let mut within = |window: Option<DayRange>| {
            let narrowed = window.map(|window| asked.filter.within(window));
            let filter = narrowed.as_ref().unwrap_or(&asked.filter);
            self.query.apply(&document.dataset, columns, filter).rows.to_vec()
        };
        if !same_lanes {
            self.shown.lanes = asked.lanes.map_or_else(Vec::new, |(by, window)| {
                let rows = within(Some(window));
                let mut none = false;
                let mut ids: Vec<bool> = Vec::new();
                for row in rows {
                    let values = columns.values(by, row as usize);
                    none |= values.is_empty();
                    for id in values {
                        let id = *id as usize;
                        if id >= ids.len() {
                            ids.resize(id + 1, false);
                        }
                        ids[id] = true;
                    }
                }
                let there = (0..ids.len()).filter(|id| ids[*id]);
                let there = there.map(|id| LaneKey::Id(id as u32));
                there.chain(none.then_some(LaneKey::None)).collect()
            });
        }
        if !same_rows {
            self.shown.rows = Arc::new(within(asked.window));
        }
        let rows = &self.shown.rows;
        if !same_ties && let Some((weight, level)) = asked.ties {
            let index = document.tie_index(level);
            self.shown.ties = Arc::new(index.ties(columns, rows, weight));
        }
        if !same_order && let Some(sort) = asked.sort {
            self.shown.sorted = match (sort.column, sort.descending) {
                (TableColumn::Date, false) => Arc::clone(rows),
                (TableColumn::Date, true) => Arc::new(rows.iter().rev().copied().collect()),
                (column, descending) => Arc::new(document.table_order(column).of(rows, descending)),
            };
        }
        // What was not asked for may belong to other rows by now.
        let kept = |same: bool| same.then_some(()).and(self.asked.as_ref());
        let ties = asked.ties.or_else(|| kept(same_rows).and_then(|old| old.ties));
        let sort = asked.sort.or_else(|| kept(same_rows).and_then(|old| old.sort));
        self.asked = Some(Asked { ties, sort, ..asked.clone() });
        self.shown.clone()
    }
}
