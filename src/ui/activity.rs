//! Engagements over time as stacked bars by kind, following the filter and the window.

use egui::{Color32, RichText, Sense, Ui, Vec2b};
use egui_plot::{Bar, BarChart, GridMark, Plot};

use super::{theme, widgets};
use crate::app::{AppState, Command};
use crate::model::{Day, DayRange, When, month_short, words};
use crate::query::{Histogram, calendar_edges, histogram};
use crate::scene::Tokens;

/// The most bars that are drawn.
const BARS: usize = 80;

/// What the chart was counted from.
#[derive(Clone, Copy, PartialEq)]
struct Key {
    document: usize,
    /// The revision of what passes the filter, with the claims that the reader has chosen.
    filter: u64,
    /// The revision of what is shown of it.
    shown: u64,
    /// From the first bar to the last.
    range: DayRange,
}

/// What the chart was counted from, and the counts.
#[derive(Default)]
pub struct ActivityPane {
    counted: Option<(Key, Histogram)>,
}

impl ActivityPane {
    /// Shows the chart.
    pub fn show(&mut self, ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
        let _ = &out;
        let document = std::sync::Arc::as_ptr(&state.document).addr();
        let range = if state.view.follow_window {
            let window = state.view.window.range();
            let extent = state.document.extent;
            DayRange::new(window.from.max(extent.from), window.to.min(extent.to))
        } else {
            state.derived.hits.extent.unwrap_or(state.document.extent)
        };
        let (filter, shown) = (state.derived.revision, state.derived.shown_revision);
        let key = match &self.counted {
            // While the present is being counted, the bars are those of a moment ago.
            Some((old, _)) if old.document == document && state.derived.is_counting() => *old,
            _ => Key { document, filter, shown, range },
        };
        if self.counted.as_ref().is_none_or(|(old, _)| *old != key) {
            let edges = calendar_edges(key.range, BARS);
            let kinds = state.document.dataset.kinds().len();
            let bars = histogram(
                &state.document.columns,
                &state.derived.hits.chosen,
                &state.derived.shown,
                &edges,
                kinds,
            );
            self.counted = Some((key, bars));
        }
        let Some((_, counts)) = &self.counted else { return };
        if state.derived.shown.is_empty() {
            widgets::empty(
                ui,
                "No engagement in this stretch of time",
                "Show all time with 0, or clear the filter with X.",
            );
            return;
        }
        let tokens = theme::tokens(ui.ctx());
        let charts = charts(state, counts, tokens);
        legend(ui, state, counts, tokens);
        Plot::new(("activity", document))
            .height(ui.available_height() - 4.0)
            .show_grid(Vec2b::new(false, true))
            .show_background(false)
            .allow_scroll(false)
            .allow_drag(false)
            .allow_zoom(false)
            .allow_boxed_zoom(false)
            .allow_double_click_reset(false)
            .show_crosshair(false)
            .set_margin_fraction(egui::vec2(0.01, 0.08))
            .include_y(0.0)
            .grid_color(theme::color(tokens.line))
            .grid_fade(0.0)
            .x_axis_formatter(|mark: GridMark, _range: &std::ops::RangeInclusive<f64>| {
                day_label(mark.value, mark.step_size)
            })
            .x_grid_spacer(|input| calendar_grid(input.bounds))
            .y_axis_label(RichText::new("engagements").font(theme::font(Tokens::SMALL)))
            .show(ui, |plot| {
                for chart in charts {
                    plot.bar_chart(chart);
                }
            });
    }
}

/// What the outlined bars stand for.
const SPREAD: &str = "dates spread over more than a bar, shared out";

/// What the colours stand for, in one line above the chart.
fn legend(ui: &mut Ui, state: &AppState, counts: &Histogram, tokens: &Tokens) {
    let weak = |text: &str| {
        RichText::new(text).font(theme::font(Tokens::SMALL)).color(theme::color(tokens.ink_weak))
    };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        for (kind, row) in state.document.dataset.kinds().iter().enumerate() {
            let used =
                counts.bins.iter().any(|bin| bin.precise.get(kind).is_some_and(|&count| count > 0));
            if used {
                let (place, _) = ui.allocate_exact_size(egui::vec2(11.0, 11.0), Sense::hover());
                ui.painter().rect_filled(place, 2.0, theme::color(tokens.kind(row.slot)));
                ui.label(weak(&row.name));
                ui.add_space(8.0);
            }
        }
        if counts.bins.iter().any(|bin| bin.spread > 0.005) {
            let (place, _) = ui.allocate_exact_size(egui::vec2(11.0, 11.0), Sense::hover());
            let line = egui::Stroke::new(1.0, theme::color(tokens.ink_faint));
            ui.painter().rect_stroke(place, 2.0, line, egui::StrokeKind::Inside);
            ui.label(weak(SPREAD));
        }
    });
}

/// One chart per kind, stacked, and one for the dates that are spread over more than a bar.
fn charts(state: &AppState, counts: &Histogram, tokens: &Tokens) -> Vec<BarChart> {
    let mut heights = vec![0.0; counts.bins.len()];
    let mut charts = Vec::new();
    for (kind, row) in state.document.dataset.kinds().iter().enumerate() {
        let mut bars = Vec::new();
        for (at, bin) in counts.bins.iter().enumerate() {
            let count = bin.precise.get(kind).copied().unwrap_or(0);
            if count > 0 {
                bars.push(bar(counts, at, f64::from(count), heights[at], &row.name));
                heights[at] += f64::from(count);
            }
        }
        if !bars.is_empty() {
            let ink = theme::color(tokens.kind(row.slot));
            let bars = bars.into_iter().map(|bar| bar.fill(ink).stroke(egui::Stroke::NONE));
            charts.push(BarChart::new(row.name.to_string(), bars.collect()));
        }
    }
    let spread: Vec<Bar> = counts
        .bins
        .iter()
        .enumerate()
        .filter(|(_, bin)| bin.spread > 0.005)
        .map(|(at, bin)| {
            let share = "spread over a longer time";
            bar(counts, at, bin.spread, heights[at], share)
                .fill(Color32::TRANSPARENT)
                .stroke(egui::Stroke::new(1.0, theme::color(tokens.ink_faint)))
        })
        .collect();
    if !spread.is_empty() {
        charts.push(BarChart::new(SPREAD, spread));
    }
    charts
}

fn bar(counts: &Histogram, at: usize, height: f64, base: f64, name: &str) -> Bar {
    let (from, to) = (f64::from(counts.edges[at].0), f64::from(counts.edges[at + 1].0));
    let days = DayRange::new(counts.edges[at], counts.edges[at + 1].plus(-1));
    let label = format!("{}: {name}", words::when(&When::throughout(days)));
    Bar::new(f64::midpoint(from, to), height)
        .width((to - from) * 0.86)
        .base_offset(base)
        .name(label)
}

fn day_label(value: f64, step: f64) -> String {
    let (year, month, day) = Day(value.round() as i32).ymd();
    let era = if year > 0 { year.to_string() } else { format!("{} BCE", 1 - year) };
    if step > 360.0 {
        era
    } else if step > 27.0 {
        format!("{} {era}", month_short(month))
    } else {
        format!("{day} {}", month_short(month))
    }
}

/// Grid marks on the first days of months, years or decades.
fn calendar_grid(bounds: (f64, f64)) -> Vec<GridMark> {
    let (from, to) = bounds;
    let range = DayRange::new(Day(from.ceil() as i32), Day(to.floor() as i32));
    let edges = calendar_edges(range, 12);
    edges
        .windows(2)
        .filter(|pair| f64::from(pair[0].0) >= from)
        .map(|pair| GridMark {
            value: f64::from(pair[0].0),
            step_size: f64::from(pair[1].0 - pair[0].0),
        })
        .collect()
}
