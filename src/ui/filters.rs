//! The filters on the left: what question is asked of dates, and one facet per dimension.

use std::borrow::Cow;

use egui::{
    Align2, Color32, CornerRadius, CursorIcon, RichText, Role, ScrollArea, Sense, Stroke,
    StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::{input, paint, theme, widgets};
use crate::app::{AppState, Command, describe, value_name};
use crate::model::KindId;
use crate::model::words::{self, grouped};
use crate::query::{Dimension, Match};
use crate::scene::timeline::shapes;
use crate::scene::{Color, Tokens};

/// How many values a facet shows before "show all".
const SHORT: usize = 7;

/// Shows the panel.
pub fn show(ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
    ui.add_space(2.0);
    // Which side is shown stands above what scrolls, so that the way back is always in sight.
    let memory = ui.scope_id().with("filters or views");
    let mut views: bool = ui.data(|data| data.get_temp(memory)).unwrap_or_default();
    let sides = [
        (false, "Filters", "What is let through"),
        (true, "Saved views", "Filter, time, lanes and chosen dates under a name"),
    ];
    if let Some(side) = widgets::segmented(ui, "filters or views", &sides, views) {
        views = side;
        ui.data_mut(|data| data.insert_temp(memory, side));
    }
    let id = if views { "saved views" } else { "filters" };
    ScrollArea::vertical().id_salt(id).auto_shrink([false; 2]).show(ui, |ui| {
        if views {
            super::saved_views::show(ui, state, out);
            return;
        }
        let words = describe(&state.document.dataset, &state.filter);
        if !words.is_empty() {
            active(ui, &words, out);
        }
        when(ui, state, out);
        for dimension in Dimension::ALL {
            facet(ui, state, dimension, out);
        }
        ui.add_space(16.0);
    });
}

fn active(ui: &mut Ui, words: &str, out: &mut Vec<Command>) {
    let tokens = theme::tokens(ui.ctx());
    egui::Frame::new()
        .fill(theme::color(tokens.accent_ground))
        .corner_radius(CornerRadius::same(6))
        .inner_margin(egui::Margin::symmetric(10, 8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            widgets::note(ui, &format!("Showing {words}"));
            if widgets::link_sized(ui, "Clear the filter", Tokens::NOTE).clicked() {
                out.push(Command::ClearFilter);
            }
        });
}

fn when(ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
    widgets::heading(ui, "When");
    let options = [
        (Match::Possibly, "possibly in range", "Dates that may lie in the range pass"),
        (Match::Certainly, "certainly", "Only dates that must lie in the range pass"),
    ];
    if let Some(matching) = widgets::segmented(ui, "match", &options, state.filter.matching) {
        out.push(Command::SetMatch(matching));
    }
    ui.add_space(2.0);
    ui.horizontal(|ui| {
        let width = (ui.available_width() - 8.0) / 2.0;
        let fields = [("From date", "from"), ("To date", "to")];
        let mut dates = [state.dates.0.clone(), state.dates.1.clone()];
        let mut changed = false;
        for ((name, hint), text) in fields.into_iter().zip(&mut dates) {
            let response = ui.add_sized(
                vec2(width, 26.0),
                egui::TextEdit::singleline(text)
                    .id_salt(name)
                    .font(theme::font(Tokens::NOTE))
                    .hint_text(hint),
            );
            response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, name));
            changed |= response.changed();
            response.on_hover_text("A year, a month, a day: 2022, 2022-05, 2022-05-12");
        }
        if changed {
            let [from, to] = dates;
            out.push(Command::SetDates(from, to));
        }
    });
    problem(ui, state.dates_problem.as_deref());
    let mut text = state.only_in.clone();
    let response = ui.add_sized(
        vec2(ui.available_width(), 26.0),
        egui::TextEdit::singleline(&mut text)
            .id_salt("only in")
            .font(theme::font(Tokens::NOTE))
            .hint_text("only in: 2019; May–June"),
    );
    response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Only in"));
    if response.changed() {
        out.push(Command::SetDays(text));
    }
    response.on_hover_text(
        "Days, months and years, and what recurs, separated by semicolons: 2019; 2022 · \
         2022-05/2022-09 · May–June · every December · 1 June – 15 August. Ctrl+drag in the \
         overview adds a stretch.",
    );
    problem(ui, state.only_in_problem.as_deref());
    let differ = state.derived.hits.only_possibly;
    if differ > 0 && !state.filter.when.is_empty() {
        widgets::note(ui, &format!("{differ} only possibly in range"));
    }
}

/// What is wrong with a field, beneath it.
fn problem(ui: &mut Ui, problem: Option<&str>) {
    let Some(problem) = problem else { return };
    let color = theme::color(theme::tokens(ui.ctx()).error);
    let text = RichText::new(problem).font(theme::font(Tokens::SMALL)).color(color);
    ui.add(egui::Label::new(text).wrap());
}

fn facet(ui: &mut Ui, state: &AppState, dimension: Dimension, out: &mut Vec<Command>) {
    let counts = state.derived.hits.facets.of(dimension);
    let everything = state.document.all.facets.of(dimension);
    let chosen = state.filter.values(dimension);
    // Values that nothing in the file has are not worth a line, unless they are chosen. The order is
    // that of the whole file, so that nothing jumps while filtering.
    let mut values = Cow::Borrowed(state.document.facet_values(dimension));
    let missing = |value: &&u32| everything.get(**value as usize).is_none_or(|count| *count == 0);
    if chosen.iter().any(|value| missing(&value)) {
        values.to_mut().extend(chosen.iter().filter(missing));
    }
    if values.iter().any(|&value| !state.filter.offers(dimension, value)) {
        values.to_mut().retain(|&value| state.filter.offers(dimension, value));
    }
    if values.is_empty() {
        return;
    }
    let dataset = &state.document.dataset;
    let most = values.iter().map(|&value| counts[value as usize]).max().unwrap_or(1).max(1);

    let memory = ui.scope_id().with(("facet", dimension));
    let mut view: FacetView = ui.data(|data| data.get_temp(memory)).unwrap_or_default();

    ui.add_space(12.0);
    ui.horizontal(|ui| {
        widgets::heading_text(ui, dimension.label());
        if !chosen.is_empty() {
            let clear = widgets::link_sized(ui, "clear", Tokens::SMALL);
            if clear.on_hover_text(format!("Clear {}", dimension.label())).clicked() {
                out.push(Command::ClearFacet(dimension));
            }
        }
    });
    let long = values.len() > SHORT + 2;
    if long && (view.all || !view.search.is_empty()) {
        let name = format!("Search in {}", dimension.label());
        let response = ui.add_sized(
            vec2(ui.available_width(), 24.0),
            egui::TextEdit::singleline(&mut view.search)
                .id_salt(memory.with("search"))
                .font(theme::font(Tokens::NOTE))
                .hint_text(format!("search {} values", values.len())),
        );
        response.widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, &name));
        if input::escaped(ui, &response) {
            view.search.clear();
        }
    }
    if !view.search.is_empty() {
        let wanted = view.search.to_lowercase();
        values.to_mut().retain(|&value| {
            value_name(dataset, dimension, value).to_lowercase().contains(&wanted)
        });
    }
    let listed = values.len();
    let row_height = 23.0;
    let mut row = |ui: &mut Ui, value: u32| {
        let count = counts[value as usize];
        let selected = chosen.is_empty() || chosen.contains(&value);
        let swatch = swatch(state, dimension, value, ui.ctx());
        let slot =
            (dimension == Dimension::Kind).then(|| state.document.dataset.kind(KindId(value)).slot);
        let name = value_name(dataset, dimension, value);
        let response =
            facet_row(ui, name, count, count as f32 / most as f32, (swatch, slot), selected);
        // A document and a kind of evidence may have one name.
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_description(dimension.label());
        });
        if response.clicked() {
            let only = ui.input(|input| input.modifiers.command || input.modifiers.alt);
            out.push(if only {
                Command::OnlyFacet(dimension, value)
            } else {
                Command::ToggleFacet(dimension, value)
            });
        }
        let engagements = words::count(count as usize, "engagement", "engagements");
        response.on_hover_text(format!("{name}: {engagements}. Ctrl+click: only this"));
    };
    if long && view.all && listed > 40 {
        // Long lists scroll in a box of their own, so that the facets below stay in reach.
        ScrollArea::vertical()
            .id_salt(memory.with("rows"))
            .max_height(row_height * 14.0)
            .auto_shrink([false, true])
            .show_rows(ui, row_height, listed, |ui, range| {
                for &value in &values[range] {
                    row(ui, value);
                }
            });
    } else {
        let shown = if long && !view.all && view.search.is_empty() { SHORT } else { listed };
        // What is chosen is always in sight.
        for (at, &value) in values.iter().enumerate() {
            if at < shown || chosen.contains(&value) {
                row(ui, value);
            }
        }
    }
    if listed == 0 {
        widgets::note(ui, "No value of that name.");
    }
    if long {
        let text = if view.all {
            "Show fewer".to_owned()
        } else {
            format!("Show all {}", grouped(listed))
        };
        let response = widgets::link_sized(ui, &text, Tokens::NOTE);
        if response.on_hover_text(dimension.label()).clicked() {
            view.all = !view.all;
            view.search.clear();
        }
    }
    if dimension == Dimension::Evidence && state.document.all.facets.disputed > 0 {
        let count = state.derived.hits.facets.disputed;
        let tokens = theme::tokens(ui.ctx());
        let only = state.filter.disputed_only;
        let share = count as f32 / most as f32;
        let response = facet_row(ui, "Sources disagree", count, share, (tokens.amber, None), only);
        if response.on_hover_text("Only engagements whose sources disagree on the date").clicked() {
            out.push(Command::DisputedOnly(!only));
        }
    }
    ui.data_mut(|data| data.insert_temp(memory, view));
}

/// What a facet remembers while the window is open.
#[derive(Clone, Debug, Default)]
struct FacetView {
    all: bool,
    search: String,
}

fn swatch(state: &AppState, dimension: Dimension, value: u32, ctx: &egui::Context) -> Color {
    let tokens = theme::tokens(ctx);
    match dimension {
        Dimension::Kind => tokens.kind(state.document.dataset.kind(KindId(value)).slot),
        _ => tokens.accent,
    }
}

/// One value of a facet: a box, the name, the count, and a bar under the name.
fn facet_row(
    ui: &mut Ui,
    name: &str,
    count: u32,
    share: f32,
    (swatch, slot): (Color, Option<u8>),
    selected: bool,
) -> egui::Response {
    let tokens = theme::tokens(ui.ctx());
    let width = ui.available_width();
    ui.spacing_mut().item_spacing.y = 0.0;
    let (rect, response) = ui.allocate_exact_size(vec2(width, 23.0), Sense::click());
    response.widget_info(|| {
        WidgetInfo::selected(Role::CheckBox, true, selected, format!("{name}, {count}"))
    });
    widgets::focus_ring(ui, &response);
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let painter = ui.painter();
    if response.hovered() {
        painter.rect_filled(
            rect.expand2(vec2(4.0, 0.0)),
            CornerRadius::same(4),
            theme::color(tokens.accent_ground),
        );
    }
    let square = egui::Rect::from_center_size(
        pos2(rect.left() + 6.0, rect.center().y - 1.0),
        vec2(11.0, 11.0),
    );
    if let Some(slot) = slot {
        // The mark that the timeline draws for this kind.
        let center = crate::scene::Point::new(square.center().x, square.center().y);
        let stroke = crate::scene::Stroke::solid(swatch, 1.3);
        let fill = selected.then_some(swatch);
        let mark = shapes::kind(slot, center, 5.0, fill, Some(stroke));
        paint::items(painter, egui::Vec2::ZERO, &[mark]);
    } else if selected {
        painter.rect_filled(square, CornerRadius::same(3), theme::color(swatch));
    } else {
        painter.rect_stroke(
            square,
            CornerRadius::same(3),
            Stroke::new(1.2, theme::color(swatch.faded(0.7))),
            StrokeKind::Inside,
        );
    }
    let faint = count == 0;
    let ink = if faint { tokens.ink_faint } else { tokens.ink };
    let font = theme::font(Tokens::NOTE);
    let number = painter.text(
        pos2(rect.right(), rect.center().y - 1.0),
        Align2::RIGHT_CENTER,
        grouped(count as usize),
        font.clone(),
        theme::color(tokens.ink_weak),
    );
    let left = rect.left() + 18.0;
    let room = number.left() - 8.0 - left;
    let galley = widgets::elided(ui, name, &font, ink, room);
    let y = rect.center().y - 1.0 - galley.size().y / 2.0;
    ui.painter().galley(pos2(left, y), galley, Color32::PLACEHOLDER);
    let bar = (rect.right() - left) * share;
    if bar > 0.5 {
        ui.painter().hline(
            left..=left + bar,
            rect.bottom() - 2.0,
            Stroke::new(1.5, theme::color(tokens.bar.faded(0.55))),
        );
    }
    response.on_hover_cursor(CursorIcon::PointingHand)
}
