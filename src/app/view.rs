//! What part of the data is looked at, and how: everything that "back" can bring back.

pub mod change;

use std::collections::BTreeMap;

use change::ChangeView;

use super::{Document, PartyColumn, TableRows};
use crate::layout::camera::Camera;
use crate::model::{Day, DayRange, EngagementId, words::TableColumn};
use crate::query::{LaneBy, LaneLook, LaneOrder};
use crate::scene::map::MapOptions;
use crate::scene::network::NetworkOptions;

/// The stretch of time that the timeline shows, in days since 1970-01-01 with fractions.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct TimeWindow {
    /// Left edge.
    pub from: f64,
    /// Right edge, greater than `from`.
    pub to: f64,
}

impl TimeWindow {
    /// The shortest stretch that can be shown, in days.
    pub const SHORTEST: f64 = 2.0;
    /// The longest stretch that can be shown, in days: some 20,000 years.
    pub const LONGEST: f64 = 7.4e6;

    /// The stretch between two days, widened to the shortest that can be shown.
    #[must_use]
    pub fn new(from: f64, to: f64) -> Self {
        let (from, to) = if from <= to { (from, to) } else { (to, from) };
        let length = (to - from).clamp(Self::SHORTEST, Self::LONGEST);
        let middle = f64::midpoint(from, to);
        Self { from: middle - length / 2.0, to: middle + length / 2.0 }
    }

    /// A range of days with some room at both ends.
    #[must_use]
    pub fn around(range: DayRange) -> Self {
        let (from, to) = (f64::from(range.from.0), f64::from(range.to.0) + 1.0);
        let room = ((to - from) * 0.03).max(2.0);
        Self::new(from - room, to + room)
    }

    /// How many days it spans.
    #[must_use]
    pub fn days(self) -> f64 {
        self.to - self.from
    }

    /// The same length, `days` later (earlier, when negative).
    #[must_use]
    pub fn pan(self, days: f64) -> Self {
        Self { from: self.from + days, to: self.to + days }
    }

    /// `factor` times as much time on the same width (less than 1 zooms in), with the given day
    /// staying where it is.
    #[must_use]
    pub fn zoom(self, day: f64, factor: f64) -> Self {
        let length = (self.days() * factor).clamp(Self::SHORTEST, Self::LONGEST);
        let share = ((day - self.from) / self.days()).clamp(0.0, 1.0);
        Self { from: day - share * length, to: day + (1.0 - share) * length }
    }

    /// The whole days that it touches.
    #[must_use]
    pub fn range(self) -> DayRange {
        DayRange::new(Day(self.from.floor() as i32), Day((self.to - 1e-6).floor() as i32))
    }
}

/// What the lower pane shows.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
pub enum MapTab {
    /// Parties and ties.
    #[default]
    Network,
    /// The map.
    Geography,
    /// What changed between stretches of time.
    Change,
    /// Engagements as rows.
    Table,
    /// Engagements over time as a chart.
    Activity,
    /// What is wrong or doubtful: contradictions, and problems met when the file was read.
    Findings,
}

impl MapTab {
    /// All tabs, from left to right.
    pub const ALL: [Self; 6] =
        [Self::Network, Self::Geography, Self::Change, Self::Table, Self::Activity, Self::Findings];

    /// The English label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Network => "Network",
            Self::Geography => "Geography",
            Self::Change => "Change",
            Self::Table => "Table",
            Self::Activity => "Activity",
            Self::Findings => "Findings",
        }
    }
}

/// How the table is sorted.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
pub struct TableSort {
    /// By which column.
    pub column: TableColumn,
    /// Largest or last first.
    pub descending: bool,
}

/// What is looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The stretch of time on the timeline.
    pub window: TimeWindow,
    /// What the lanes stand for.
    pub lanes: LaneBy,
    /// In which order the lanes stand.
    pub lane_order: LaneOrder,
    /// What was done to the lanes, by what they stand for.
    pub lane_looks: [LaneLook; LaneBy::ALL.len()],
    /// Whether lanes with nothing in the window are left out.
    pub only_lanes_in_view: bool,
    /// What the lower pane shows.
    pub tab: MapTab,
    /// Whether the lower pane shows only what lies in the timeline's window.
    pub follow_window: bool,
    /// What the Change tab shows.
    pub change: ChangeView,
    /// How the table is sorted.
    pub sort: TableSort,
    /// What part of the network is seen; all of it when `None`.
    pub network: Option<Camera>,
    /// What the map shows, and how.
    pub map: MapOptions,
    /// How the network is read.
    pub network_options: NetworkOptions,
    /// What the table lists.
    pub table_rows: TableRows,
    /// By which column the table of parties is sorted, and whether the largest comes first.
    pub party_sort: (PartyColumn, bool),
    /// The date claims that the reader has chosen where sources disagree, by position among the
    /// engagement's dates.
    pub chosen: BTreeMap<EngagementId, usize>,
}

impl View {
    /// The view of a whole document.
    #[must_use]
    pub fn new(document: &Document) -> Self {
        Self {
            window: TimeWindow::around(document.extent),
            lanes: LaneBy::default(),
            lane_order: LaneOrder::default(),
            lane_looks: Default::default(),
            only_lanes_in_view: false,
            tab: MapTab::default(),
            follow_window: true,
            change: ChangeView::default(),
            sort: TableSort::default(),
            network: None,
            map: MapOptions::default(),
            network_options: document.network_options(),
            table_rows: TableRows::default(),
            party_sort: (PartyColumn::default(), true),
            chosen: BTreeMap::new(),
        }
    }

    /// What was done to the present lanes.
    #[must_use]
    pub const fn lane_look(&self) -> &LaneLook {
        &self.lane_looks[self.lanes as usize]
    }

    /// The same, to be changed.
    pub const fn lane_look_mut(&mut self) -> &mut LaneLook {
        &mut self.lane_looks[self.lanes as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zooming_keeps_the_day_under_the_pointer_in_place() {
        let window = TimeWindow::new(0.0, 100.0);
        let zoomed = window.zoom(25.0, 0.5);
        assert_eq!((zoomed.from, zoomed.to), (12.5, 62.5));
        assert_eq!((25.0 - zoomed.from) / zoomed.days(), 0.25);
    }

    #[test]
    fn zooming_stops_at_both_ends() {
        let window = TimeWindow::new(0.0, 100.0);
        assert_eq!(window.zoom(50.0, 1e-9).days(), TimeWindow::SHORTEST);
        assert_eq!(window.zoom(50.0, 1e12).days(), TimeWindow::LONGEST);
    }

    #[test]
    fn a_window_touches_the_days_it_shows() {
        let range = TimeWindow::new(10.0, 20.0).range();
        assert_eq!((range.from, range.to), (Day(10), Day(19)));
    }
}
