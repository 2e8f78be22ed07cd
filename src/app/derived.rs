//! What follows from document, filter and view, recomputed only when its inputs change.

use std::cmp::Ordering;
use std::sync::Arc;

use super::{Document, TableColumn, TableSort, View};
use crate::model::{Dataset, DayRange, Engagement, EngagementId};
use crate::query::{
    Filter, Hits, LaneBy, LaneOrder, LaneRows, Query, TieLevel, TieWeight, Ties, lanes, order_lanes,
};

/// The inputs of the derived values; equal inputs give equal values.
#[derive(Clone, Debug, PartialEq)]
struct Inputs {
    document: usize,
    filter: Filter,
    lanes: LaneBy,
    order: LaneOrder,
    in_view: Option<DayRange>,
    window: Option<DayRange>,
    sort: TableSort,
    weight: TieWeight,
}

/// Values that all views read.
#[derive(Debug, Default)]
pub struct Derived {
    inputs: Option<Inputs>,
    /// Answers the filter, step by step.
    query: Query,
    /// The same within the timeline's window.
    query_in_window: Query,
    /// What passes the filter.
    pub hits: Hits,
    /// The lanes of the timeline.
    pub lanes: Vec<LaneRows>,
    /// Counts up whenever the lanes change.
    pub lanes_revision: u64,
    /// The rows in the timeline's window, while lanes outside it are left out.
    visible: Option<Vec<u32>>,
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
        let filter = &Filter { chosen: view.chosen.clone(), ..filter.clone() };
        let inputs = Inputs {
            document: Arc::as_ptr(document).addr(),
            filter: filter.clone(),
            lanes: view.lanes,
            order: view.lane_order,
            in_view: view.only_lanes_in_view.then(|| view.window.range()),
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
        let same_lanes = same_hits
            && same(&|old| {
                (old.lanes, old.order, old.in_view) == (inputs.lanes, inputs.order, inputs.in_view)
            });
        let same_shown = same_hits && same(&|old| old.window == inputs.window);
        let same_ties = same_shown && same(&|old| old.weight == inputs.weight);
        let same_order = same_shown && same(&|old| old.sort == inputs.sort);

        let (dataset, columns) = (&document.dataset, &document.columns);
        if !same_hits {
            self.hits.clone_from(self.query.apply(dataset, columns, filter));
            self.revision += 1;
        }
        let window = view.window.range();
        let in_view = view.only_lanes_in_view.then_some(window);
        if !same_shown || (in_view.is_some() && !same_lanes) {
            let mut within = |window| {
                let filter = filter.within(window);
                self.query_in_window.apply(dataset, columns, &filter).rows.clone()
            };
            let visible = in_view.map(&mut within);
            self.shown = match (inputs.window, &visible) {
                (Some(_), Some(visible)) => visible.clone(),
                (Some(window), None) => within(window),
                (None, _) => self.hits.rows.clone(),
            };
            self.visible = visible;
            self.shown_revision += 1;
        }
        if !same_lanes {
            let rows = match (in_view, &self.visible) {
                (Some(_), Some(visible)) => visible,
                _ => &self.hits.rows,
            };
            self.lanes = lanes(dataset, columns, rows, view.lanes);
            order_lanes(&mut self.lanes, view.lane_order);
            self.lanes_revision += 1;
        }
        if !same_ties {
            let index = document.tie_index(TieLevel::Named);
            self.ties = index.ties(columns, &self.shown, weight);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_with_nothing_in_the_window_can_be_left_out() {
        let document = Arc::new(Document::built_in().expect("the built-in dataset"));
        let day = |year| f64::from(crate::model::Day::from_ymd(year, 1, 1).expect("a day").0);
        let mut view = View {
            window: crate::app::TimeWindow::new(day(2019), day(2020)),
            ..View::new(&document)
        };
        let mut derived = Derived::default();
        let mut lanes = |only, view: &mut View| {
            view.only_lanes_in_view = only;
            derived.refresh(&document, &Filter::default(), view, TieWeight::Shared);
            derived.lanes.iter().map(|lane| lane.label.to_string()).collect::<Vec<_>>()
        };
        let all = lanes(false, &mut view);
        let some = lanes(true, &mut view);
        assert!(some.len() < all.len());
        assert!(some.iter().any(|lane| lane == "Defense Policy Dialogue"));
        assert!(!some.iter().any(|lane| lane == "Friends of the Mekong"));
        assert_eq!(lanes(false, &mut view), all);
    }
}
