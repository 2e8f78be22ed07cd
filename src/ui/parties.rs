//! Parties as rows: what is measured of each, sortable.

use std::sync::Arc;

use egui::{RichText, Role, Sense, Ui, WidgetInfo};

use super::details::lists;
use super::{rows, theme, widgets};
use crate::app::{AppState, Command, NetworkCommand, PartyColumn};
use crate::model::{Dataset, PartyId, Target, words};
use crate::query::{Measure, Measures, owner};
use crate::scene::Tokens;
use crate::scene::network::measure_words;

const ROW: f32 = 26.0;

/// What the order was made from.
#[derive(PartialEq)]
struct Key {
    document: usize,
    shown: u64,
    measured: u64,
    sort: (PartyColumn, bool),
}

/// What the table keeps between frames.
#[derive(Default)]
pub struct PartiesTable {
    sorted: Option<(Key, Vec<PartyId>)>,
}

impl PartiesTable {
    /// Shows the table.
    pub fn show(&mut self, ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
        let key = Key {
            document: Arc::as_ptr(&state.document).addr(),
            shown: state.derived.shown_revision,
            measured: state.measured.revision,
            sort: state.view.party_sort,
        };
        if self.sorted.as_ref().is_none_or(|(old, _)| *old != key) {
            let rows = sorted(state);
            self.sorted = Some((key, rows));
        }
        let Some((_, shown)) = &self.sorted else { return };
        if shown.is_empty() {
            widgets::empty(
                ui,
                "No party passes",
                "Clear the filter (X), show all time (0), or let the table show all time.",
            );
            return;
        }
        let table = rows::builder(
            ui,
            "parties",
            PartyColumn::ALL.into_iter().map(|column| {
                let share = match column {
                    PartyColumn::Name => 0.5,
                    PartyColumn::Owner => 0.3,
                    PartyColumn::Kind => 0.2,
                    _ => 0.0,
                };
                (column.label(), share)
            }),
        );
        table
            .header(28.0, |mut header| {
                for column in PartyColumn::ALL {
                    header.col(|ui| heading(ui, state, column, out));
                }
            })
            .body(|body| {
                body.rows(ROW, shown.len(), |mut row| {
                    let id = shown[row.index()];
                    self::row(&mut row, state, id, out);
                });
            });
    }
}

fn row(
    row: &mut egui_extras::TableRow<'_, '_>,
    state: &AppState,
    id: PartyId,
    out: &mut Vec<Command>,
) {
    let dataset = &state.document.dataset;
    let target = Target::Party(id);
    row.set_selected(state.selection == Some(target));
    row.set_hovered(state.hover == Some(target));
    let mut bounds = egui::Rect::NOTHING;
    for column in PartyColumn::ALL {
        row.col(|ui| {
            bounds |= ui.max_rect();
            let tokens = theme::tokens(ui.ctx());
            let first = column == PartyColumn::Name;
            let ink = if first { tokens.ink } else { tokens.ink_weak };
            if first {
                let (dot, _) = ui.allocate_exact_size(egui::vec2(10.0, 10.0), Sense::hover());
                let color = theme::color(lists::party_color(state, id, tokens));
                ui.painter().circle_filled(dot.center(), 4.0, color);
            }
            let text = RichText::new(cell(state, id, column))
                .font(theme::font(Tokens::NOTE))
                .color(theme::color(ink));
            let numbers = is_number(column);
            rows::side(ui, numbers, |ui| ui.add(egui::Label::new(text).truncate()));
        });
    }
    let response = row.response().with_new_rect(bounds);
    let label = format!(
        "{} · {} engagements",
        dataset.party(id).name,
        cell(state, id, PartyColumn::Engagements)
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Row, true, &label));
    if response.clicked() {
        out.push(Command::Select(Some(target)));
    }
    if response.hovered() && state.hover != Some(target) {
        out.push(Command::Hover(Some(target)));
    }
}

/// Whether a column holds numbers, which stand to the right.
fn is_number(column: PartyColumn) -> bool {
    column.measure().is_some() || column == PartyColumn::Community
}

fn heading(ui: &mut Ui, state: &AppState, column: PartyColumn, out: &mut Vec<Command>) {
    let (by, descending) = state.view.party_sort;
    let sampled = state.measured.measures.as_ref().and_then(|measures| measures.sampled);
    let hint = match (column.measure(), sampled) {
        (Some(Measure::Betweenness), Some(count)) => format!(
            "{}; estimated from the ways of {count} parties drawn by lot",
            Measure::Betweenness.hint()
        ),
        (Some(measure), _) => measure.hint().to_owned(),
        (None, _) => String::new(),
    };
    let sorted = (by == column).then_some(descending);
    if rows::heading(ui, column.label(), &hint, sorted, is_number(column)).clicked() {
        out.push(Command::Network(NetworkCommand::SortParties(column)));
    }
}

/// The parties that take part in what is shown, in the order of the table.
fn sorted(state: &AppState) -> Vec<PartyId> {
    let ties = &state.derived.ties;
    let dataset = &state.document.dataset;
    let mut rows: Vec<PartyId> = (0..ties.engagements.len())
        .filter(|at| ties.engagements[*at] > 0)
        .map(PartyId::at)
        .collect();
    let none = Measures::default();
    let measures = state.measured.measures.as_deref().unwrap_or(&none);
    let (by, descending) = state.view.party_sort;
    match (by, by.measure()) {
        (_, Some(measure)) => rows.sort_by(|a, b| {
            let value = |party: &PartyId| measures.of(measure, ties, *party);
            value(a).total_cmp(&value(b)).then(b.cmp(a))
        }),
        (PartyColumn::Community, _) => rows.sort_by_key(|party| {
            (measures.community.get(party.index()).copied().unwrap_or(u32::MAX), *party)
        }),
        (column, _) => rows
            .sort_by_cached_key(|party| (words_of(dataset, *party, column).to_lowercase(), *party)),
    }
    if descending {
        rows.reverse();
    }
    rows
}

fn words_of(dataset: &Dataset, id: PartyId, column: PartyColumn) -> String {
    let party = dataset.party(id);
    match column {
        PartyColumn::Name => party.name.to_string(),
        PartyColumn::Kind => party.kind.label().to_owned(),
        PartyColumn::Owner => match owner(dataset, id) {
            own if own == id => String::new(),
            other => dataset.party(other).label().to_owned(),
        },
        _ => String::new(),
    }
}

/// What a cell says; nothing for what is still being measured.
fn cell(state: &AppState, id: PartyId, column: PartyColumn) -> String {
    let ties = &state.derived.ties;
    let measures = state.measured.measures.as_deref();
    match column.measure() {
        Some(Measure::Engagements) => {
            words::grouped(ties.engagements.get(id.index()).copied().unwrap_or(0) as usize)
        }
        Some(measure) => measures
            .map_or_else(String::new, |all| measure_words(measure, all.of(measure, ties, id))),
        None if column == PartyColumn::Community => measures
            .and_then(|all| all.community.get(id.index()).copied())
            .filter(|community| *community != u32::MAX)
            .map_or_else(String::new, |community| (community + 1).to_string()),
        None => words_of(&state.document.dataset, id, column),
    }
}
