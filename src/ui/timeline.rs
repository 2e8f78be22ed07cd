//! The timeline pane: lanes under a calendar axis, and the overview with its brush.

use egui::{
    CursorIcon, Id, PointerButton, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2,
};

use super::{lanes, marks, paint, picture::Shift, play, theme, widgets};
use crate::app::{AppState, Command, MapTab, Pane, TimeWindow};
use crate::layout::TimeScale;
use crate::model::{Day, DayRange, Target, When, month_short, words};
use crate::query::{Histogram, LaneBy, LaneKey, histogram_among};
use crate::scene::overview::{self, OverviewScene, OverviewSpec};
use crate::scene::timeline::{self, Memo, TimelineScene, TimelineSpec, Used};
use crate::scene::{Point, Theme, Tokens, legend};

/// Height of the overview in points.
pub const OVERVIEW: f32 = 64.0;
/// Height of the tool bar in points.
const BAR: f32 = 40.0;

/// What the drawn lanes were drawn from.
#[derive(PartialEq)]
struct LanesKey {
    revision: u64,
    document: usize,
    by: LaneBy,
    window: TimeWindow,
    size: (f32, f32),
    scroll: f32,
    theme: Theme,
    chosen: Vec<(u32, usize)>,
    checked: u64,
}

/// What the overview's bars were counted from.
#[derive(PartialEq)]
struct BarsKey {
    revision: u64,
    document: usize,
    width: f32,
}

/// What the drawn overview was drawn from, besides its bars.
type OverviewKey = (TimeWindow, (f32, f32), Theme, u64);

/// What the pane keeps between frames.
#[derive(Default)]
pub struct TimelinePane {
    scroll: f32,
    drawn: Option<(LanesKey, TimelineScene)>,
    memo: (usize, Memo),
    bars: Option<(BarsKey, Histogram)>,
    overview: Option<(OverviewKey, OverviewScene)>,
    grip: Option<Grip>,
    /// The lane whose menu is open.
    menu: Option<LaneKey>,
}

/// What a drag in the overview holds.
#[derive(Clone, Copy, PartialEq)]
enum Grip {
    /// The left handle.
    From,
    /// The right handle.
    To,
    /// The brush, held this many days after its start.
    Both(f64),
    /// A new brush, begun at this day.
    New(f64),
    /// More days for the filter, begun at this day.
    Add(f64),
}

impl TimelinePane {
    /// Shows the pane.
    pub fn show(&mut self, ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
        let whole = ui.max_rect();
        let (bar, rest) = whole.split_top_bottom_at_y(whole.top() + BAR);
        let fills = state.pane_fills();
        let (lanes, overview) = rest.split_top_bottom_at_y(rest.bottom() - OVERVIEW);
        let overview = if fills { whole } else { overview };
        if !fills {
            self.lanes(ui, lanes, state, out);
        }
        self.overview(ui, overview, state, out);
        let header = overview.left() + header_width(overview.width());
        let controls = Rect::from_min_max(
            pos2(overview.left() + 8.0, overview.bottom() - play::HEIGHT - 2.0),
            pos2(header - 4.0, overview.bottom() - 2.0),
        );
        play::show(ui, controls, state, out);
        if !fills {
            self.tools(ui, bar, state, out);
        }
    }

    fn tools(&mut self, ui: &mut Ui, rect: Rect, state: &AppState, out: &mut Vec<Command>) {
        let builder = egui::UiBuilder::new()
            .max_rect(rect.shrink2(vec2(12.0, 4.0)))
            .layout(egui::Layout::left_to_right(egui::Align::Center));
        let mut bar = ui.new_child(builder);
        let ui = &mut bar;
        lanes::button(ui, state, out);
        if widgets::button(ui, "Fit all").on_hover_text("Show all time (0)").clicked() {
            out.push(Command::FitAll);
        }
        let range = span_label(state.view.window);
        if widgets::button(ui, &range)
            .on_hover_text("The time that is shown. Click: fit the selection, or the filter (F)")
            .clicked()
        {
            out.push(Command::FitSelection);
        }
        fit_to_filter(ui, state, out);
        if let Some((_, drawn)) = &self.drawn {
            // The filters show the kinds with their marks.
            let mut used = drawn.used.clone();
            if state.shows(Pane::Filters) {
                used.kinds.clear();
            }
            legend_line(ui, &used);
        }
    }

    fn lanes(&mut self, ui: &mut Ui, rect: Rect, state: &AppState, out: &mut Vec<Command>) {
        let id = Id::unique("timeline lanes");
        let response = ui.interact(rect, id, Sense::click_and_drag());
        response.widget_info(|| {
            let count = state.derived.hits.rows.len();
            WidgetInfo::labeled(Role::Canvas, true, format!("Timeline, {count} engagements"))
        });
        let theme = theme::theme_of(ui.ctx());
        let size = (rect.width(), rect.height());
        let header = header_width(rect.width());
        let (x0, width) = timeline::plot(rect.width(), header);
        let window = state.view.window;
        let scale = TimeScale::new(window.from, window.to, x0, width);

        self.navigate(ui, &response, rect, &scale, state, out);
        let key = LanesKey {
            revision: state.derived.lanes_revision,
            document: std::sync::Arc::as_ptr(&state.document).addr(),
            by: state.view.lanes,
            window,
            size,
            scroll: self.scroll,
            theme,
            checked: state.checked_revision,
            chosen: state.view.chosen.iter().map(|(id, at)| (id.0, *at)).collect(),
        };
        if self.drawn.as_ref().is_none_or(|(old, _)| *old != key) {
            if self.memo.0 != key.document {
                self.memo = (key.document, Memo::default());
            }
            let spec = TimelineSpec {
                dataset: &state.document.dataset,
                columns: &state.document.columns,
                lanes: &state.derived.lanes,
                // What rows there are, and what the checker says of their dates.
                revision: state.derived.rows_revision << 20 | state.checked_revision,
                by: state.view.lanes,
                scale,
                extent: Some(state.document.extent),
                frame: timeline::Frame::Window {
                    width: size.0,
                    height: size.1,
                    scroll: self.scroll,
                },
                tokens: Tokens::of(theme),
                header_width: header,
                chosen: &state.view.chosen,
                tightened: &state.checked.tightened,
                conflicts: &state.checked.conflicts,
            };
            let drawn = timeline::build_with(&spec, &mut self.memo.1);
            self.drawn = Some((key, drawn));
        }
        let Some((_, drawn)) = &self.drawn else { return };
        let painter = ui.painter().with_clip_rect(rect);
        paint::scene(&painter, rect.min, &drawn.scene);
        if state.derived.lanes.is_empty() {
            let mut child = ui.new_child(egui::UiBuilder::new().max_rect(rect));
            let (title, next) = if state.derived.all_lanes() == 0 {
                (
                    "No engagement passes the filter",
                    "Clear the filter with X, or take out one of its conditions on the left.",
                )
            } else if state.view.lane_look().search.is_empty() {
                ("No lane has anything in this stretch of time", "Show all time with 0.")
            } else {
                ("No lane of this name", "Press Esc in the field above the names for all lanes.")
            };
            widgets::empty(&mut child, title, next);
        }
        let lanes_top = rect.top() + drawn.plot.y;
        let view = (rect.height() - drawn.plot.y).max(1.0);
        scroll_bar(ui, rect, lanes_top, view, drawn.content_height, self.scroll);
        let furthest = (drawn.content_height - view).max(0.0);
        if self.scroll > furthest {
            self.scroll = furthest;
            ui.ctx().request_repaint();
        }
        if state.reveal
            && let Some(by) = out_of_sight(state, drawn, view)
        {
            self.scroll = (self.scroll + by).clamp(0.0, furthest);
            ui.ctx().request_repaint();
        }
        let plot = paint::egui_rect(drawn.plot).translate(rect.min.to_vec2());
        let plot = plot.with_max_x(rect.right());
        let scene = (&drawn.scene, Shift::NONE);
        marks::interact_within(ui, &response, (rect, plot), scene, state, out);
        if response.secondary_clicked()
            && let Some(at) = response.interact_pointer_pos()
        {
            self.menu = lanes::at(drawn, at.y - rect.top());
        }
        let lane = self.menu;
        response.context_menu(|ui| lanes::menu(ui, state, lane, out));
        let field = Rect::from_min_max(
            pos2(rect.left() + 8.0, rect.top() + 2.0),
            pos2(plot.left() - 8.0, plot.top() - 2.0),
        );
        lanes::search(ui, field, state, out);
        // A number stands for marks without room: its stretch of time has room for them.
        let fold = response.hover_pos().and_then(|at| {
            let at = at - rect.min.to_vec2();
            drawn.folds.iter().find(|fold| fold.rect.contains(Point::new(at.x, at.y)))
        });
        if let Some(fold) = fold {
            ui.ctx().set_cursor_icon(CursorIcon::ZoomIn);
            response.clone().on_hover_text_at_pointer(&fold.title);
            if response.clicked() {
                let day = fold.days.from;
                if day == fold.days.to {
                    // No zoom tells the engagements of one day apart: the table lists them.
                    out.push(Command::SetDays(day.iso()));
                    out.push(Command::SetTab(MapTab::Table));
                } else {
                    out.push(Command::ShowWindow(TimeWindow::around(fold.days)));
                }
            }
        }
        if response.double_clicked() {
            out.push(Command::FitSelection);
        }
    }

    /// Drag, wheel and pinch.
    fn navigate(
        &mut self,
        ui: &Ui,
        response: &Response,
        rect: Rect,
        scale: &TimeScale,
        state: &AppState,
        out: &mut Vec<Command>,
    ) {
        let window = state.view.window;
        let per_point = window.days() / f64::from(scale.width());
        if response.dragged_by(PointerButton::Primary) || response.dragged_by(PointerButton::Middle)
        {
            let by = response.drag_delta();
            self.scroll = (self.scroll - by.y).max(0.0);
            if by.x != 0.0 {
                let moved = window.pan(-f64::from(by.x) * per_point);
                out.push(Command::MoveWindow(moved));
            }
            ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
        }
        let Some(pointer) = response.hover_pos() else { return };
        let (wheel, zoom, shift) = ui.input(|input| {
            (input.smooth_scroll_delta(), input.zoom_delta(), input.modifiers.shift)
        });
        if zoom != 1.0 {
            let day = scale.day_at(pointer.x - rect.left());
            out.push(Command::MoveWindow(window.zoom(day, 1.0 / f64::from(zoom))));
        } else if wheel.x != 0.0 || (shift && wheel.y != 0.0) {
            let along = if wheel.x != 0.0 { wheel.x } else { wheel.y };
            out.push(Command::MoveWindow(window.pan(-f64::from(along) * per_point)));
        } else if wheel.y != 0.0 {
            self.scroll = (self.scroll - wheel.y).max(0.0);
            ui.ctx().request_repaint();
        }
    }

    fn overview(&mut self, ui: &mut Ui, rect: Rect, state: &AppState, out: &mut Vec<Command>) {
        let theme = theme::theme_of(ui.ctx());
        let (x0, width) = timeline::plot(rect.width(), header_width(rect.width()));
        let all = TimeWindow::around(state.document.extent);
        let scale = TimeScale::new(all.from, all.to, x0, width);
        let key = BarsKey {
            revision: state.derived.revision,
            document: std::sync::Arc::as_ptr(&state.document).addr(),
            width,
        };
        if self.bars.as_ref().is_none_or(|(old, _)| *old != key) {
            let edges = overview::edges(&scale);
            let kinds = state.document.dataset.kinds().len();
            let rows = &state.derived.hits.rows_any_time;
            let (columns, chosen) = (&state.document.columns, &state.derived.hits.chosen);
            let bars = histogram_among(columns, chosen, rows, &edges, kinds);
            self.bars = Some((key, bars));
            self.overview = None;
        }
        let Some((_, bars)) = &self.bars else { return };
        let size = (rect.width(), rect.height());
        let window = state.view.window;
        let dated = state.document.all.extent.is_some();
        let key = (window, size, theme, state.derived.revision);
        if self.overview.as_ref().is_none_or(|(old, _)| *old != key) {
            let spec = OverviewSpec {
                histogram: bars,
                scale,
                brush: dated.then_some((window.from, window.to)),
                dated,
                size,
                label: "All engagements",
                tokens: Tokens::of(theme),
            };
            self.overview = Some((key, overview::build(&spec)));
        }
        let Some((_, drawn)) = &self.overview else { return };
        paint::scene(&ui.painter().with_clip_rect(rect), rect.min, &drawn.scene);
        let tint = theme::color(Tokens::of(theme).accent.faded(0.14));
        let band = |from: f64, to: f64| {
            let at = |day: f64| (rect.left() + scale.x_of(day)).clamp(rect.left(), rect.right());
            let band = Rect::from_x_y_ranges(at(from)..=at(to), rect.y_range());
            if band.is_positive() {
                ui.painter().with_clip_rect(rect).rect_filled(band, 0.0, tint);
            }
        };
        for range in &state.filter.when {
            band(f64::from(range.from.0), f64::from(range.to.0) + 1.0);
        }
        let handles = drawn.handles.map(|handles| {
            handles.map(|handle| paint::egui_rect(handle).translate(rect.min.to_vec2()).expand(4.0))
        });

        let response = ui.interact(rect, Id::unique("overview brush"), Sense::click_and_drag());
        response.widget_info(|| {
            let label = format!("Overview, showing {}", span_label(window));
            WidgetInfo::labeled(Role::Slider, true, label)
        });
        let day = |at: egui::Pos2| scale.day_at(at.x - rect.left());
        let adds = ui.input(|input| input.modifiers.command);
        let grip_at = |at: egui::Pos2| match handles {
            _ if adds => Grip::Add(day(at)),
            Some([from, _]) if from.contains(at) => Grip::From,
            Some([_, to]) if to.contains(at) => Grip::To,
            _ if window.from <= day(at) && day(at) <= window.to => {
                Grip::Both(day(at) - window.from)
            }
            _ => Grip::New(day(at)),
        };
        if let Some(at) = response.hover_pos() {
            ui.ctx().set_cursor_icon(match self.grip.unwrap_or_else(|| grip_at(at)) {
                Grip::From | Grip::To => CursorIcon::ResizeHorizontal,
                Grip::Both(_) => CursorIcon::Grab,
                Grip::New(_) | Grip::Add(_) => CursorIcon::Crosshair,
            });
        }
        let pressed_at = ui.input(|input| input.pointer.press_origin());
        if response.drag_started() {
            self.grip = pressed_at.map(grip_at);
        }
        if let (Some(grip), Some(at)) = (self.grip, response.interact_pointer_pos()) {
            let day = day(at);
            let brushed = match grip {
                Grip::From => TimeWindow::new(day.min(window.to - TimeWindow::SHORTEST), window.to),
                Grip::To => {
                    TimeWindow::new(window.from, day.max(window.from + TimeWindow::SHORTEST))
                }
                Grip::Both(held) => window.pan(day - held - window.from),
                Grip::New(from) => TimeWindow::new(from, day),
                Grip::Add(from) => {
                    band(from.min(day), from.max(day));
                    if response.drag_stopped() {
                        let whole = |day: f64| Day(day.floor() as i32);
                        out.push(Command::AddDays(DayRange::new(whole(from), whole(day))));
                    }
                    window
                }
            };
            if brushed != window {
                out.push(Command::MoveWindow(brushed));
            }
        }
        if response.drag_stopped() {
            self.grip = None;
        }
        if response.clicked()
            && let Some(at) = response.interact_pointer_pos()
        {
            let middle = f64::midpoint(window.from, window.to);
            out.push(Command::ShowWindow(window.pan(day(at) - middle)));
        }
        if let Some(at) = response.hover_pos()
            && self.grip.is_none()
            && let Some(text) = bin_words(bars, day(at))
        {
            response.on_hover_text_at_pointer(text);
        }
    }
}

/// Offers the time of what passes the filter, where not all of it is in the window.
fn fit_to_filter(ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
    let (hits, window) = (&state.derived.hits, state.view.window.range());
    let Some(extent) = hits.extent.filter(|_| !state.filter.is_empty()) else { return };
    if window.from <= extent.from && extent.to <= window.to {
        return;
    }
    let none = window.to < extent.from || extent.to < window.from;
    let passing = words::count(hits.rows.len(), "engagement", "engagements");
    let (pass, are) = if hits.rows.len() == 1 { ("passes", "It is") } else { ("pass", "They are") };
    let here = if none { "not in view" } else { "not all in view" };
    let hint = format!("{passing} {pass} the filter. {are} {here}: show all their time (Shift+F)");
    if widgets::link(ui, "Fit to the filter").on_hover_text(hint).clicked() {
        out.push(Command::FitFilter);
    }
}

/// The signs in use in one line; what finds no room is behind "more…".
fn legend_line(ui: &mut Ui, used: &Used) {
    /// Width of "more…" with the room around it.
    const MORE: f32 = 56.0;
    /// Width of the whole legend when it is opened.
    const WHOLE: f32 = 420.0;
    let tokens = theme::tokens(ui.ctx());
    let room = ui.available_width() - 8.0;
    let (mut items, mut width, left_out) = legend::line(used, Point::default(), room, tokens);
    if left_out > 0 {
        let room = (room - MORE).max(0.0);
        (items, width, _) = legend::line(used, Point::default(), room, tokens);
    }
    if width > 0.0 {
        let (place, _) = ui.allocate_exact_size(vec2(width + 8.0, 20.0), Sense::hover());
        let painter = ui.painter().with_clip_rect(place);
        paint::items(&painter, vec2(place.left() + 8.0, place.top()), &items);
    }
    if left_out > 0 {
        let text = if items.is_empty() { "Legend ⌄" } else { "more…" };
        let text = egui::RichText::new(text).font(theme::font(Tokens::SMALL));
        let button = egui::Button::new(text).frame_when_inactive(false);
        let (response, _) = egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
            let (items, height) = legend::build(used, Point::default(), WHOLE, tokens);
            let (place, _) = ui.allocate_exact_size(vec2(WHOLE, height), Sense::hover());
            paint::items(ui.painter(), place.min.to_vec2(), &items);
        });
        response.on_hover_text("All signs that the timeline uses");
    }
}

/// How far the lanes must scroll to show the selected engagement; `None` when it is in sight
/// already, or in no lane.
fn out_of_sight(state: &AppState, drawn: &TimelineScene, view: f32) -> Option<f32> {
    /// Room left between what is shown and the edge, in points.
    const ROOM: f32 = 12.0;
    let Some(Target::Engagement(id)) = state.selection else { return None };
    let (top, bottom) = (drawn.plot.y, drawn.plot.y + view);
    let mut places: Vec<(f32, f32)> = Vec::new();
    drawn.scene.marks(&mut |mark| {
        if mark.target == state.selection
            && let Some(hit) = mark.hits.first()
        {
            let bounds = hit.bounds();
            places.push((bounds.y, bounds.y + bounds.h));
        }
    });
    if places.is_empty() {
        // What lies outside the window is not drawn; its lane is placed nevertheless.
        let row = state.document.columns.row_of[id.index()];
        let lanes = state.derived.lanes.iter().zip(&drawn.lanes);
        let lanes = lanes.filter(|(lane, _)| lane.rows.binary_search(&row).is_ok());
        places.extend(lanes.map(|(_, at)| (at.y, at.y + at.h.min(view - 2.0 * ROOM))));
    }
    if places.iter().any(|&(from, to)| top <= from && to <= bottom) {
        return None;
    }
    let &(from, to) = places.first()?;
    Some(if from < top { from - top - ROOM } else { to - bottom + ROOM })
}

/// The width of the lanes' names in a pane of a given width.
pub(super) fn header_width(pane: f32) -> f32 {
    (pane * 0.17).clamp(110.0, 190.0)
}

/// What a bar of the overview counts, in words.
fn bin_words(bars: &Histogram, day: f64) -> Option<String> {
    let day = Day(day.floor() as i32);
    let at = bars.edges.partition_point(|&edge| edge <= day).checked_sub(1)?;
    let bin = bars.bins.get(at)?;
    let precise: u32 = bin.precise.iter().sum();
    if precise == 0 && bin.spread < 0.005 {
        return None;
    }
    let last = bars.edges[at + 1].plus(-1);
    let when = words::when(&When::throughout(DayRange::new(bars.edges[at], last)));
    let dated = words::count(precise as usize, "engagement", "engagements");
    let mut text = format!("{when}: {dated} dated to it");
    if bin.spread >= 0.005 {
        text.push_str(&format!(
            "\nand a share of {:.1} from those whose date is spread over more",
            bin.spread
        ));
    }
    Some(text)
}

/// The stretch of time as a short label: "2021 – 2025", "Mar – Jun 2024", "4 – 9 Jun 2024".
pub fn span_label(window: TimeWindow) -> String {
    let range = window.range();
    let (from, to) = (range.from.ymd(), range.to.ymd());
    let month = |at: (i32, u32, u32)| month_short(at.1);
    let year = |year: i32| if year > 0 { year.to_string() } else { format!("{} BCE", 1 - year) };
    if window.days() > 800.0 {
        if from.0 == to.0 { year(from.0) } else { format!("{} – {}", year(from.0), year(to.0)) }
    } else if window.days() > 62.0 {
        if from.0 == to.0 {
            format!("{} – {} {}", month(from), month(to), year(to.0))
        } else {
            format!("{} {} – {} {}", month(from), year(from.0), month(to), year(to.0))
        }
    } else if (from.0, from.1) == (to.0, to.1) {
        format!("{} – {} {} {}", from.2, to.2, month(to), year(to.0))
    } else {
        format!("{} {} – {} {} {}", from.2, month(from), to.2, month(to), year(to.0))
    }
}

/// A thin bar at the right edge that shows how far the lanes are scrolled.
fn scroll_bar(ui: &Ui, rect: Rect, top: f32, view: f32, content: f32, scroll: f32) {
    if content <= view + 1.0 {
        return;
    }
    let tokens = theme::tokens(ui.ctx());
    let length = (view * view / content).max(24.0);
    let y = top + (view - length) * (scroll / (content - view)).clamp(0.0, 1.0);
    let bar = Rect::from_min_size(pos2(rect.right() - 6.0, y), vec2(4.0, length));
    ui.painter().rect_filled(bar, 2.0, theme::color(tokens.ink_faint.faded(0.5)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(from: (i32, u32, u32), to: (i32, u32, u32)) -> String {
        let day = |at: (i32, u32, u32)| Day::from_ymd(at.0, at.1, at.2).unwrap().0;
        span_label(TimeWindow::new(f64::from(day(from)), f64::from(day(to)) + 1.0))
    }

    #[test]
    fn a_stretch_is_labelled_as_finely_as_it_is_long() {
        assert_eq!(label((2021, 1, 1), (2025, 12, 31)), "2021 – 2025");
        assert_eq!(label((2024, 3, 1), (2024, 6, 30)), "Mar – Jun 2024");
        assert_eq!(label((2023, 12, 1), (2024, 3, 3)), "Dec 2023 – Mar 2024");
        assert_eq!(label((2024, 6, 4), (2024, 6, 9)), "4 – 9 Jun 2024");
        assert_eq!(label((2024, 5, 30), (2024, 6, 9)), "30 May – 9 Jun 2024");
        assert_eq!(label((-99, 1, 1), (14, 1, 1)), "100 BCE – 14");
    }
}
