//! Moving through time and from engagement to engagement.

use super::{AppState, TimeWindow};
use crate::model::{Day, DayRange, EngagementId, PartyId, Target, words};
use crate::query::LaneBy;

impl AppState {
    /// The lanes to open a document with: those that the user likes, or others where the document
    /// says nothing about them.
    pub(super) fn opening_lanes(&self) -> LaneBy {
        let dataset = &self.document.dataset;
        let says = |by: LaneBy| match by {
            LaneBy::Partnership => !dataset.partnerships().is_empty(),
            LaneBy::Party => !dataset.parties().is_empty(),
            LaneBy::Kind => dataset.kinds().len() > 1,
            LaneBy::Topic => !dataset.topics().is_empty(),
            LaneBy::Source => !dataset.sources().is_empty(),
        };
        let liked = self.settings.lanes;
        if says(liked) {
            return liked;
        }
        LaneBy::ALL.into_iter().find(|&by| says(by)).unwrap_or(liked)
    }

    /// The window to open a document with: where most engagements are, when a few stragglers would
    /// otherwise squeeze the rest into a corner; all time otherwise.
    pub(super) fn opening_window(&self) -> TimeWindow {
        /// Share of the engagements that the opening window must hold.
        const MOST: f64 = 0.8;
        /// It is chosen only when it is shorter than this share of all time.
        const MUCH_SHORTER: f64 = 0.4;
        let all = TimeWindow::around(self.document.extent);
        let columns = &self.document.columns;
        // Rows are in the order of their starts, so the best stretch of `wanted` rows is found by
        // sliding over them.
        let known = |bound: Day| bound.0 != i32::MIN && bound.0 != i32::MAX;
        let spans: Vec<(i32, i32)> = columns
            .hull
            .iter()
            .filter(|hull| known(hull.from) && known(hull.to))
            .map(|hull| (hull.from.0, hull.to.0))
            .collect();
        let wanted = (spans.len() as f64 * MOST).ceil() as usize;
        if wanted < 2 {
            return all;
        }
        let best = spans
            .windows(wanted)
            .map(|run| DayRange::new(Day(run[0].0), Day(run[wanted - 1].0)))
            .min_by_key(|range| range.days());
        let Some(best) = best else { return all };
        // Whatever starts in the stretch is shown to its end.
        let to = spans
            .iter()
            .filter(|span| best.from.0 <= span.0 && span.0 <= best.to.0)
            .map(|span| span.1)
            .max()
            .unwrap_or(best.to.0);
        let window = TimeWindow::around(DayRange::new(best.from, Day(to.min(best.to.0 + 730))));
        if window.days() < all.days() * MUCH_SHORTER { window } else { all }
    }

    /// The days that a target reaches, as far as they are known.
    #[must_use]
    pub fn reach(&self, target: Target) -> Option<DayRange> {
        let columns = &self.document.columns;
        let rows: Box<dyn Iterator<Item = usize> + '_> = match target {
            Target::Engagement(id) => {
                Box::new(std::iter::once(columns.row_of[id.index()] as usize))
            }
            _ => Box::new(self.rows_of(target).into_iter().map(|row| row as usize)),
        };
        let mut reach: Option<DayRange> = None;
        for row in rows {
            let hull = columns.hull[row];
            let days = [hull.from, hull.last_start, hull.least_end, hull.to];
            for day in days.into_iter().filter(|day| day.0 != i32::MIN && day.0 != i32::MAX) {
                reach = Some(reach.map_or(DayRange::new(day, day), |reach| {
                    DayRange::new(reach.from.min(day), reach.to.max(day))
                }));
            }
        }
        reach
    }

    /// The rows of the engagements that have to do with a target, in order of time.
    #[must_use]
    pub fn rows_of(&self, target: Target) -> Vec<u32> {
        let columns = &self.document.columns;
        let all = 0..columns.len() as u32;
        let has = |list: &[u32], id: u32| list.contains(&id);
        match target {
            Target::Engagement(id) => vec![columns.row_of[id.index()]],
            Target::Party(id) => {
                let parties = self.present(id);
                all.filter(|&row| has(parties(row as usize), id.0)).collect()
            }
            Target::Partnership(id) => {
                all.filter(|&row| has(columns.partnerships.row(row as usize), id.0)).collect()
            }
            Target::Source(id) => {
                all.filter(|&row| has(columns.sources.row(row as usize), id.0)).collect()
            }
            Target::Place(id) => {
                all.filter(|&row| has(columns.places.row(row as usize), id.0)).collect()
            }
            Target::Tie(a, b) => {
                let parties = self.present(a);
                all.filter(|&row| {
                    let parties = parties(row as usize);
                    has(parties, a.0) && has(parties, b.0)
                })
                .collect()
            }
        }
    }

    /// Who is present in a row, for a question about a party: those whom the network shows where
    /// it shows this one, so that details and map count alike; otherwise the parties as named.
    fn present<'a>(&'a self, party: PartyId) -> impl Fn(usize) -> &'a [u32] {
        let (columns, level) = (&self.document.columns, self.network_options().level);
        let index = self
            .document
            .has_tie_index(level)
            .then(|| self.document.tie_index(level))
            .filter(|index| index.roll_up().node(party) == party);
        move |row| index.map_or_else(|| columns.parties.row(row), |index| index.nodes(columns, row))
    }

    /// "3 in the window, 7 in all": how many of some rows, in ascending order, the lower pane shows.
    #[must_use]
    pub fn shown_of(&self, rows: &[u32]) -> String {
        let shown = &self.derived.shown;
        let among = rows.iter().filter(|row| shown.binary_search(row).is_ok()).count();
        let all = words::grouped(rows.len());
        if among == rows.len() {
            return all;
        }
        let place = if self.view.follow_window { "in the window" } else { "pass the filter" };
        format!("{} {place}, {all} in all", words::grouped(among))
    }

    /// The position of the selected engagement among those that pass, from 0, and their number.
    #[must_use]
    pub fn position(&self) -> (Option<usize>, usize) {
        let rows = &self.derived.hits.rows;
        let at = match self.selection {
            Some(Target::Engagement(id)) => {
                rows.binary_search(&self.document.columns.row_of[id.index()]).ok()
            }
            _ => None,
        };
        (at, rows.len())
    }

    /// The engagement before or after the selected one among those that pass.
    pub(super) fn neighbour(&self, forward: bool) -> Option<EngagementId> {
        let rows = &self.derived.hits.rows;
        let present = match self.selection {
            Some(Target::Engagement(id)) => Some(self.document.columns.row_of[id.index()]),
            _ => None,
        };
        let next = match (present, forward) {
            (None, true) => rows.first(),
            (None, false) => rows.last(),
            (Some(row), true) => rows.get(rows.partition_point(|&other| other <= row)),
            (Some(row), false) => rows
                .partition_point(|&other| other < row)
                .checked_sub(1)
                .and_then(|at| rows.get(at)),
        };
        next.map(|&row| self.document.columns.engagement[row as usize])
    }

    /// Moves the timeline so that the target is in it, without changing the scale unless it is
    /// longer than the window.
    pub(super) fn bring_into_view(&mut self, target: Target) {
        let Some(reach) = self.reach(target) else { return };
        let (from, to) = (f64::from(reach.from.0), f64::from(reach.to.0) + 1.0);
        let window = self.view.window;
        if window.from <= from && to <= window.to {
            return;
        }
        self.view.window = if to - from > window.days() {
            TimeWindow::around(reach)
        } else {
            let middle = f64::midpoint(from, to);
            window.pan(middle - f64::midpoint(window.from, window.to))
        };
    }
}
