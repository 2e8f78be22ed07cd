//! What follows from document, filter and view, recomputed only when its inputs change.

use std::cmp::Ordering;
use std::sync::Arc;

use super::{Document, TableColumn, TableSort, View};
use crate::model::{Dataset, DayRange, Engagement, EngagementId};
use crate::query::{Filter, Hits, LaneBy, LaneRows, TieWeight, Ties, evaluate, lanes, ties};

/// The inputs of the derived values; equal inputs give equal values.
#[derive(Clone, Debug, PartialEq)]
struct Inputs {
    document: usize,
    filter: Filter,
    lanes: LaneBy,
    window: Option<DayRange>,
    sort: TableSort,
    weight: TieWeight,
}

/// Values that all views read.
#[derive(Debug, Default)]
pub struct Derived {
    inputs: Option<Inputs>,
    /// What passes the filter.
    pub hits: Hits,
    /// The lanes of the timeline.
    pub lanes: Vec<LaneRows>,
    /// The rows that the lower pane shows: what passes, and lies in the timeline's window where
    /// the pane follows it.
    pub shown: Vec<u32>,
    /// The same, in the order of the table.
    pub sorted: Vec<u32>,
    /// Ties among them.
    pub ties: Ties,
    /// Counts up whenever the filter's result changes.
    pub revision: u64,
    /// Counts up whenever what the lower pane shows changes.
    pub shown_revision: u64,
}

impl Derived {
    /// Brings everything up to date.
    pub fn refresh(
        &mut self,
        document: &Arc<Document>,
        filter: &Filter,
        view: &View,
        weight: TieWeight,
    ) {
        let inputs = Inputs {
            document: Arc::as_ptr(document).addr(),
            filter: filter.clone(),
            lanes: view.lanes,
            window: view.follow_window.then(|| view.window.range()),
            sort: view.sort,
            weight,
        };
        let old = self.inputs.as_ref();
        if old == Some(&inputs) {
            return;
        }
        let same = |test: &dyn Fn(&Inputs) -> bool| old.is_some_and(test);
        let same_hits = same(&|old| old.document == inputs.document && old.filter == inputs.filter);
        let same_lanes = same_hits && same(&|old| old.lanes == inputs.lanes);
        let same_shown = same_hits && same(&|old| old.window == inputs.window);
        let same_ties = same_shown && same(&|old| old.weight == inputs.weight);
        let same_order = same_shown && same(&|old| old.sort == inputs.sort);

        let (dataset, columns) = (&document.dataset, &document.columns);
        if !same_hits {
            self.hits = evaluate(dataset, columns, filter);
            self.revision += 1;
        }
        if !same_lanes {
            self.lanes = lanes(dataset, columns, &self.hits.rows, view.lanes);
        }
        if !same_shown {
            self.shown = match inputs.window {
                // Nothing is cut off at the ends when all of it is in the window.
                Some(window) => evaluate(dataset, columns, &filter.within(window)).rows,
                None => self.hits.rows.clone(),
            };
            self.shown_revision += 1;
        }
        if !same_ties {
            self.ties = ties(columns, &self.shown, dataset.parties().len(), weight);
        }
        if !same_order {
            self.sorted = sorted(dataset, &columns.engagement, &self.shown, view.sort);
        }
        self.inputs = Some(inputs);
    }
}

/// The rows in the order of the table. Equal rows keep the order of time.
fn sorted(
    dataset: &Dataset,
    engagements: &[EngagementId],
    rows: &[u32],
    sort: TableSort,
) -> Vec<u32> {
    let mut sorted = rows.to_vec();
    if sort.column != TableColumn::Date {
        let mut keyed: Vec<(String, u32)> = rows
            .iter()
            .map(|&row| {
                let engagement = dataset.engagement(engagements[row as usize]);
                (sort_key(dataset, engagement, sort.column), row)
            })
            .collect();
        keyed.sort_by(|a, b| match (a.0.is_empty(), b.0.is_empty()) {
            // What is not known comes last in either order.
            (true, false) => Ordering::Greater,
            (false, true) => Ordering::Less,
            _ if sort.descending => b.0.cmp(&a.0),
            _ => a.0.cmp(&b.0),
        });
        sorted = keyed.into_iter().map(|(_, row)| row).collect();
    } else if sort.descending {
        sorted.reverse();
    }
    sorted
}

fn sort_key(dataset: &Dataset, engagement: &Engagement, column: TableColumn) -> String {
    match column {
        TableColumn::Date => String::new(),
        TableColumn::Engagement => engagement.title.to_lowercase(),
        TableColumn::Kind => dataset.kind(engagement.kind).name.to_lowercase(),
        TableColumn::Place => {
            engagement.place.map_or_else(String::new, |id| dataset.place(id).name.to_lowercase())
        }
        TableColumn::Who => engagement
            .participants
            .first()
            .map_or_else(String::new, |one| dataset.party(one.party).label().to_lowercase()),
        TableColumn::Partnership => engagement
            .partnerships
            .first()
            .map_or_else(String::new, |id| dataset.partnership(*id).label().to_lowercase()),
        TableColumn::Source => engagement
            .citations
            .iter()
            .find_map(|citation| citation.source)
            .map_or_else(String::new, |id| dataset.source(id).label().to_lowercase()),
    }
}
