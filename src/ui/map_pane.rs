//! The lower pane: its tabs, and what it is told to show.

use egui::{RichText, Ui, vec2};

use super::activity::ActivityPane;
use super::change::{self, ChangePane};
use super::findings::FindingsPane;
use super::geography::GeographyPane;
use super::network::NetworkPane;
use super::parties::PartiesTable;
use super::timeline::span_label;
use super::{arrange, map_tools, panel_toggles, table, theme, widgets};
use crate::app::{AppState, ChangeMode, Command, MapTab, NetworkCommand, TableRows};
use crate::model::words;
use crate::scene::Tokens;

/// Height of the tool bar in points.
const BAR: f32 = 40.0;
/// Width kept at its right end for the sign that gives the pane all the height.
const CORNER: f32 = 40.0;
/// What stands beside the tabs takes at least: the choice of time, and the tools as one button.
const BESIDE: f32 = 290.0;

/// What stands at the right end of the bar takes where it has all its room, in points.
const fn tools_width(tab: MapTab) -> f32 {
    match tab {
        MapTab::Geography => 270.0,
        MapTab::Table => 210.0,
        MapTab::Network | MapTab::Activity => 90.0,
        MapTab::Change | MapTab::Findings => 0.0,
    }
}

/// The lower pane.
#[derive(Default)]
pub struct MapPane {
    network: NetworkPane,
    parties: PartiesTable,
    geography: GeographyPane,
    change: ChangePane,
    activity: ActivityPane,
    findings: FindingsPane,
}

impl MapPane {
    /// Whether what the open tab shows is being drawn anew.
    #[must_use]
    pub fn is_drawing(&self, state: &AppState) -> bool {
        match state.view.tab {
            MapTab::Network => self.network.is_drawing(),
            MapTab::Geography => self.geography.is_drawing(),
            MapTab::Change => state.changes.is_counting() || self.change.is_drawing(),
            MapTab::Table | MapTab::Activity | MapTab::Findings => false,
        }
    }

    /// Shows the pane.
    pub fn show(&mut self, ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
        let whole = ui.max_rect();
        let (bar, rest) = whole.split_top_bottom_at_y(whole.top() + BAR);
        let (bar, corner) =
            bar.shrink2(vec2(12.0, 4.0)).split_left_right_at_x(bar.right() - CORNER);
        let row = |rect| {
            let layout = egui::Layout::left_to_right(egui::Align::Center);
            egui::UiBuilder::new().max_rect(rect).layout(layout)
        };
        tools(&mut ui.new_child(row(bar)), state, out);
        panel_toggles::fill(&mut ui.new_child(row(corner)), state, out);
        let inset = match state.view.tab {
            MapTab::Network | MapTab::Geography | MapTab::Change => 0.0,
            _ => 12.0,
        };
        let mut body =
            ui.new_child(egui::UiBuilder::new().max_rect(rest.shrink2(vec2(inset, 0.0))));
        body.set_clip_rect(rest.intersect(ui.clip_rect()));
        if state.view.tab != MapTab::Findings && !state.derived.has_counted() {
            widgets::empty(&mut body, "Counting", "This takes a moment, once per file.");
            return;
        }
        match state.view.tab {
            MapTab::Network => self.network.show(&mut body, state, out),
            MapTab::Geography => self.geography.show(&mut body, state, out),
            MapTab::Change => self.change.show(&mut body, state, out),
            MapTab::Table if state.view.table_rows == TableRows::Parties => {
                self.parties.show(&mut body, state, out);
            }
            MapTab::Table => table::show(&mut body, state, out),
            MapTab::Activity => self.activity.show(&mut body, state, out),
            MapTab::Findings => self.findings.show(&mut body, state, out),
        }
    }
}

fn tools(ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
    let count = state.finding_count();
    let findings = format!("Findings {}", words::grouped(count));
    let options = MapTab::ALL.map(|tab| {
        let label = if tab == MapTab::Findings && count > 0 { &*findings } else { tab.label() };
        (tab, label, "")
    });
    let room = ui.available_width() - BESIDE;
    if let Some(tab) = widgets::choice(ui, "pane", &options, state.view.tab, room) {
        out.push(Command::SetTab(tab));
    }
    if state.view.tab == MapTab::Findings {
        return;
    }
    if state.view.tab == MapTab::Change {
        change::modes(ui, state, out);
        if state.view.change.mode != ChangeMode::Panels {
            return;
        }
    }
    let window = format!("Window: {}", span_label(state.view.window));
    let options = [
        (true, window.as_str(), "Only what lies in the timeline's window"),
        (false, "All time", "Everything that passes the filter"),
    ];
    let follow = state.view.follow_window;
    let room = ui.available_width() - tools_width(state.view.tab);
    if let Some(follow) = widgets::choice(ui, "time of the pane", &options, follow, room) {
        out.push(Command::FollowWindow(follow));
    }
    let tokens = theme::tokens(ui.ctx());
    let weak = |text: &str| {
        RichText::new(text).font(theme::font(Tokens::SMALL)).color(theme::color(tokens.ink_weak))
    };
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| match state.view.tab {
        MapTab::Network => {
            arrange::button(ui, state, out);
        }
        MapTab::Geography => {
            let roomy = ui.available_width() >= tools_width(MapTab::Geography);
            map_tools::show(ui, roomy, state, out);
        }
        MapTab::Table => {
            let options = [
                (TableRows::Engagements, "Engagements", "One row per engagement"),
                (TableRows::Parties, "Parties", "One row per party, with what is measured of it"),
            ];
            let rows = state.view.table_rows;
            let room = ui.available_width() - 8.0;
            if let Some(rows) = widgets::choice(ui, "rows of the table", &options, rows, room) {
                out.push(Command::Network(NetworkCommand::TableRows(rows)));
            }
            let shown = match rows {
                TableRows::Engagements => {
                    words::count(state.derived.shown.len(), "engagement shown", "engagements shown")
                }
                TableRows::Parties if state.measured.is_measuring() => "measuring…".to_owned(),
                TableRows::Parties => {
                    words::count(state.derived.ties.parties(), "party shown", "parties shown")
                }
            };
            ui.add(egui::Label::new(weak(&shown)).truncate());
        }
        MapTab::Activity => {
            let shown = crate::model::words::grouped(state.derived.shown.len());
            ui.add(egui::Label::new(weak(&format!("{shown} engagements shown"))).truncate());
        }
        MapTab::Change | MapTab::Findings => {}
    });
}
