//! The strip of partnership levels, under the same axis as the timeline.

use std::sync::Arc;

use egui::{Id, Mesh, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use super::super::picture::{Drawing, Picture, Shift};
use super::super::timeline::header_width;
use super::super::{marks, paint, theme, widgets};
use super::{levels_table, part, row, weak};
use crate::app::{AppState, ChangeCommand, Command, Document, TimeWindow};
use crate::layout::TimeScale;
use crate::model::{DayRange, PartnershipId, words};
use crate::query::levels_within;
use crate::scene::change::{self, LevelsSpec};
use crate::scene::figure::Legend;
use crate::scene::timeline::Used;
use crate::scene::{Point, Theme, Tokens, legend, timeline};

/// What the drawing is made from.
#[derive(Clone, PartialEq)]
struct Key {
    document: usize,
    /// That of what passes the filter.
    filtered: u64,
    window: TimeWindow,
    size: (f32, f32),
    scroll: f32,
    theme: Theme,
}

/// All that the drawing needs, so that it can be made elsewhere.
struct Sheet {
    key: Key,
    document: Arc<Document>,
    partnerships: Arc<Vec<PartnershipId>>,
}

/// What is found out while levels are drawn.
struct Around {
    /// Height of the rows, in points: what can be scrolled.
    content: f32,
    used: Used,
}

impl Sheet {
    fn draw(&self) -> Drawing<Around> {
        let (key, (width, height)) = (&self.key, self.key.size);
        let header_width = header_width(width);
        let (x0, plot) = timeline::plot(width, header_width);
        let drawn = change::levels(&LevelsSpec {
            dataset: &self.document.dataset,
            partnerships: &self.partnerships,
            scale: TimeScale::new(key.window.from, key.window.to, x0, plot),
            header_width,
            width,
            window: Some((height, key.scroll)),
            tokens: Tokens::of(key.theme),
        });
        let more = Around { content: drawn.content_height, used: drawn.used };
        Drawing { scene: drawn.scene, under: Mesh::default(), more }
    }
}

/// Of which document and filter the partnerships are.
type ShownKey = (usize, u64);
/// For which drawing, width and colours a legend was made.
type LegendKey = (Used, f32, Theme);

/// Levels, each by its number among those of its partnership.
type Found = Arc<Vec<(PartnershipId, usize)>>;
/// Of which partnerships levels are listed, and in which window.
type WithinKey = (Arc<Vec<PartnershipId>>, DayRange);

/// What the view keeps between frames.
#[derive(Default)]
pub struct LevelsPane {
    scroll: f32,
    /// The partnerships that pass the filter, with the number of their levels.
    shown: Option<(ShownKey, Arc<Vec<PartnershipId>>, usize)>,
    picture: Picture<Key, Around>,
    legend: Option<(LegendKey, Legend)>,
    /// The levels in the window, for the table.
    within: Option<(WithinKey, Found)>,
}

/// Up to so many levels are drawn within the frame; more, in the background.
const AT_ONCE: usize = 60;
/// Height of the row of controls.
const ROW: f32 = 32.0;

impl LevelsPane {
    /// Whether the next drawing is being made.
    pub const fn is_drawing(&self) -> bool {
        self.picture.is_making()
    }

    /// Shows the view.
    pub fn show(&mut self, ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
        let whole = ui.max_rect();
        let (partnerships, levels) = self.shown(state);
        if partnerships.is_empty() {
            let any = state.document.dataset.partnerships();
            let (title, next) = if any.iter().any(|one| !one.levels.is_empty()) {
                ("No partnership with a level passes the filter", "Clear the filter with X.")
            } else {
                (
                    "No partnership in this file has a level",
                    "Levels, their ladders and terms can be given in JSON files of this program; \
                     the built-in dataset has some.",
                )
            };
            widgets::empty(ui, title, next);
            return;
        }
        if state.view.change.listed {
            let (bar, rest) = whole.split_top_bottom_at_y(whole.top() + ROW);
            let mut controls = row(ui, bar.shrink2(vec2(12.0, 0.0)), "levels");
            form(&mut controls, state, out);
            let within = self.within(state, &partnerships);
            let (shown, all) =
                (words::grouped(within.len()), words::count(levels, "level", "levels"));
            weak(&mut controls, &format!("{shown} of {all} in the window"));
            let mut list = part(ui, rest.shrink2(vec2(12.0, 0.0)), "list of levels");
            levels_table::show(&mut list, state, &within, out);
            return;
        }
        let foot = self.legend(ui, whole.width() - 24.0);
        let (rect, foot) = whole.split_top_bottom_at_y(whole.bottom() - foot - 6.0);
        if let Some((_, (items, _))) = &self.legend {
            paint::items(ui.painter(), vec2(foot.left() + 12.0, foot.top() + 2.0), items);
        }
        let response = ui.interact(rect, Id::unique("levels"), Sense::click_and_drag());
        response.widget_info(|| {
            let count = partnerships.len();
            WidgetInfo::labeled(Role::Canvas, true, format!("Levels, {count} partnerships"))
        });
        let size = (rect.width(), rect.height());
        if response.dragged() {
            let by = response.drag_delta();
            self.scroll = (self.scroll - by.y).max(0.0);
            if by.x != 0.0 {
                let (_, width) = timeline::plot(size.0, header_width(size.0));
                let window = state.view.window;
                let days = f64::from(by.x) * window.days() / f64::from(width);
                out.push(Command::MoveWindow(window.pan(-days)));
            }
        }
        if response.contains_pointer() {
            let wheel = ui.input(|input| input.smooth_scroll_delta().y);
            self.scroll = (self.scroll - wheel).max(0.0);
        }
        if let Some((_, _, around)) = self.picture.shown() {
            let furthest = (around.content + timeline::AXIS_HEIGHT - size.1).max(0.0);
            self.scroll = self.scroll.min(furthest);
        }
        let key = Key {
            document: Arc::as_ptr(&state.document).addr(),
            filtered: state.derived.revision,
            window: state.view.window,
            size,
            scroll: self.scroll,
            theme: theme::theme_of(ui.ctx()),
        };
        if self.picture.shown().is_some_and(|(old, ..)| old.document != key.document) {
            self.picture.forget();
        }
        let first = self.picture.shown().is_none();
        self.picture.want(ui.ctx(), &key, levels > AT_ONCE, || {
            let document = Arc::clone(&state.document);
            let sheet = Sheet { key: key.clone(), document, partnerships };
            move || sheet.draw()
        });
        // The legend of the first drawing takes its room from the second.
        if first && self.picture.shown().is_some() {
            ui.ctx().request_repaint();
        }
        let body = part(ui, rect, "levels");
        self.picture.paint(&body.painter().with_clip_rect(rect), rect.min, Shift::NONE);
        let Some((_, scene, _)) = self.picture.shown() else { return };
        marks::interact(&body, &response, rect, scene, state, out);
        // Beside the axis, above the names.
        let corner = Rect::from_min_size(rect.min + vec2(10.0, 0.0), vec2(120.0, ROW - 4.0));
        form(&mut row(ui, corner, "levels"), state, out);
    }

    /// The levels in the window, in order of time.
    fn within(&mut self, state: &AppState, partnerships: &Arc<Vec<PartnershipId>>) -> Found {
        let key = (Arc::clone(partnerships), state.view.window.range());
        let known = self
            .within
            .take()
            .filter(|((of, window), _)| Arc::ptr_eq(of, partnerships) && *window == key.1);
        let (_, within) = self.within.insert(known.unwrap_or_else(|| {
            let found = levels_within(&state.document.dataset, partnerships, key.1);
            (key, Arc::new(found))
        }));
        Arc::clone(within)
    }

    /// The partnerships that pass the filter, and how many levels they have.
    fn shown(&mut self, state: &AppState) -> (Arc<Vec<PartnershipId>>, usize) {
        let key = (Arc::as_ptr(&state.document).addr(), state.derived.revision);
        let known = self.shown.take().filter(|(old, ..)| *old == key);
        let (_, shown, levels) = self.shown.insert(known.unwrap_or_else(|| {
            let dataset = &state.document.dataset;
            let shown = change::shown_partnerships(dataset, &state.filter);
            let levels = shown.iter().map(|id| dataset.partnership(*id).levels.len()).sum();
            (key, Arc::new(shown), levels)
        }));
        (Arc::clone(shown), *levels)
    }

    /// Makes the legend of what is drawn. Returns its height.
    fn legend(&mut self, ui: &Ui, width: f32) -> f32 {
        let Some((_, _, around)) = self.picture.shown() else { return 0.0 };
        let key = (around.used.clone(), width, theme::theme_of(ui.ctx()));
        if self.legend.as_ref().is_none_or(|(old, _)| *old != key) {
            let made = legend::build(&key.0, Point::default(), width, Tokens::of(key.2));
            self.legend = Some((key, made));
        }
        self.legend.as_ref().map_or(0.0, |(_, (_, height))| *height)
    }
}

/// The choice between the strip and the list.
fn form(ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
    let options = [
        (false, "Strip", "Levels on the axis of time"),
        (true, "List", "Each level with its dates and its source"),
    ];
    if let Some(listed) = widgets::segmented(ui, "levels as", &options, state.view.change.listed) {
        out.push(Command::Change(ChangeCommand::ListLevels(listed)));
    }
}
