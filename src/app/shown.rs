//! What the lower pane shows: which engagements, their ties, their order in the table.

use std::sync::Arc;

use super::{Document, TableColumn, TableSort};
use crate::model::DayRange;
use crate::query::{
    Chosen, Columns, Filter, Hits, LaneBy, LaneKey, RowSet, TieCounter, TieLevel, TieWeight, Ties,
    rows_within,
};
use crate::scene::network::Core;

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
    /// By how many ties the parties are chosen that a network of thousands shows; `None` where
    /// nothing shows one, or all are shown.
    pub core: Option<u32>,
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
    /// The parties that a network shows, where there are too many to show all.
    pub core: Option<Arc<Core>>,
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

/// What passes the filter, as far as the lower pane cuts its rows out of it.
#[derive(Clone, Debug)]
pub(super) struct Passing {
    /// The rows that pass.
    rows: RowSet,
    /// Those that pass everything but the filter's days.
    any_time: RowSet,
    /// The claims that the reader has chosen.
    chosen: Chosen,
}

impl Passing {
    /// What a filter has let through.
    pub fn of(hits: &Hits) -> Self {
        let (rows, any_time) = (hits.rows.clone(), hits.rows_any_time.clone());
        Self { rows, any_time, chosen: hits.chosen.clone() }
    }

    /// The rows in a window, if there is one.
    fn within(&self, document: &Document, filter: &Filter, window: Option<DayRange>) -> RowSet {
        let Some(window) = window else { return self.rows.clone() };
        let columns = &document.columns;
        let (rows, days) = (&self.any_time, [window]);
        rows_within(columns, &self.chosen, rows, &filter.when, &days, filter.matching)
    }
}

/// Answers one question after the other, and computes only what has changed.
#[derive(Debug, Default)]
pub(super) struct Counter {
    asked: Option<Asked>,
    /// The rows of the answer.
    rows: RowSet,
    shown: Shown,
    ties: TieCounter,
}

impl Counter {
    /// Answers a question about what passes its filter.
    pub fn answer(&mut self, document: &Document, asked: &Asked, passing: &Passing) -> Shown {
        let same = |test: &dyn Fn(&Asked) -> bool| self.asked.as_ref().is_some_and(test);
        let same_base = same(&|old| (old.document, &old.filter) == (asked.document, &asked.filter));
        let mut same_rows = same_base && same(&|old| old.window == asked.window);
        let same_lanes = same_base && same(&|old| old.lanes == asked.lanes);
        let columns = &document.columns;
        if !same_lanes {
            self.shown.lanes = asked.lanes.map_or_else(Vec::new, |(by, window)| {
                let rows = passing.within(document, &asked.filter, Some(window));
                lanes_of(columns, &rows, by)
            });
        }
        if !same_rows {
            let rows = passing.within(document, &asked.filter, asked.window);
            // A window that everything lies in shows the same as the next one.
            same_rows = same(&|old| old.document == asked.document) && rows == self.rows;
            if !same_rows {
                self.shown.rows = Arc::new(rows.listed());
                self.rows = rows;
            }
        }
        let same_ties = same_rows && same(&|old| asked.ties.is_none() || old.ties == asked.ties);
        let same_order = same_rows && same(&|old| asked.sort.is_none() || old.sort == asked.sort);
        let rows = &self.shown.rows;
        if !same_ties && let Some((weight, level)) = asked.ties {
            let index = document.tie_index(level);
            self.shown.ties = Arc::new(self.ties.count(index, columns, &self.rows, weight));
        }
        let same_core = same_base && same(&|old| (old.core, old.ties) == (asked.core, asked.ties));
        if !same_core && let Some(((weight, level), top)) = asked.ties.zip(asked.core) {
            let index = document.tie_index(level);
            let whole = self.ties.count(index, columns, &passing.rows, weight);
            let core = Core::of(&whole, top);
            if core.as_ref() != self.shown.core.as_deref() {
                self.shown.core = core.map(Arc::new);
            }
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

/// The lanes in which some of the rows stand, ascending.
fn lanes_of(columns: &Columns, rows: &RowSet, by: LaneBy) -> Vec<LaneKey> {
    let mut none = false;
    let mut ids: Vec<bool> = Vec::new();
    for row in rows.ascending() {
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
    let there = (0..ids.len()).filter(|id| ids[*id]).map(|id| LaneKey::Id(id as u32));
    there.chain(none.then_some(LaneKey::None)).collect()
}
