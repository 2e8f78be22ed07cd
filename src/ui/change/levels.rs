//! The strip of partnership levels, under the same axis as the timeline.

use egui::{Id, Role, Sense, Ui, WidgetInfo, vec2};

use super::super::timeline::header_width;
use super::super::{marks, paint, theme, widgets};
use super::part;
use crate::app::{AppState, Command, TimeWindow};
use crate::layout::TimeScale;
use crate::model::PartnershipId;
use crate::scene::change::{self, LevelsScene, LevelsSpec};
use crate::scene::{Point, Theme, Tokens, legend, timeline};

/// What the drawing was made from.
#[derive(PartialEq)]
struct Key {
    document: usize,
    partnerships: Vec<PartnershipId>,
    window: TimeWindow,
    size: (f32, f32),
    scroll: f32,
    theme: Theme,
}

/// What the view keeps between frames.
#[derive(Default)]
pub struct LevelsPane {
    scroll: f32,
    drawn: Option<(Key, LevelsScene)>,
}

impl LevelsPane {
    /// Shows the view.
    pub fn show(&mut self, ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
        let whole = ui.max_rect();
        let dataset = &state.document.dataset;
        let partnerships = change::shown_partnerships(dataset, &state.filter);
        if partnerships.is_empty() {
            let any = dataset.partnerships().iter().any(|one| !one.levels.is_empty());
            let (title, next) = if any {
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
        let theme = theme::theme_of(ui.ctx());
        let tokens = Tokens::of(theme);
        let room = whole.width() - 24.0;
        let used = self.drawn.as_ref().map(|(_, drawn)| &drawn.used);
        let (items, height) = used.map_or_else(Default::default, |used| {
            legend::build(used, Point::default(), room, tokens)
        });
        let (rect, foot) = whole.split_top_bottom_at_y(whole.bottom() - height - 6.0);
        paint::items(ui.painter(), vec2(foot.left() + 12.0, foot.top() + 2.0), &items);

        let response = ui.interact(rect, Id::unique("levels"), Sense::click_and_drag());
        response.widget_info(|| {
            let count = partnerships.len();
            WidgetInfo::labeled(Role::Canvas, true, format!("Levels, {count} partnerships"))
        });
        let window = state.view.window;
        let header = header_width(rect.width());
        let (x0, width) = timeline::plot(rect.width(), header);
        let scale = TimeScale::new(window.from, window.to, x0, width);
        if response.dragged() {
            let by = response.drag_delta();
            self.scroll = (self.scroll - by.y).max(0.0);
            if by.x != 0.0 {
                let days = f64::from(by.x) * window.days() / f64::from(width);
                out.push(Command::MoveWindow(window.pan(-days)));
            }
        }
        if response.contains_pointer() {
            let wheel = ui.input(|input| input.smooth_scroll_delta().y);
            self.scroll = (self.scroll - wheel).max(0.0);
        }
        let size = (rect.width(), rect.height());
        let key = Key {
            document: std::sync::Arc::as_ptr(&state.document).addr(),
            partnerships,
            window,
            size,
            scroll: self.scroll,
            theme,
        };
        if self.drawn.as_ref().is_none_or(|(old, _)| *old != key) {
            let drawn = change::levels(&LevelsSpec {
                dataset,
                partnerships: &key.partnerships,
                scale,
                header_width: header,
                width: size.0,
                window: Some((size.1, self.scroll)),
                tokens,
            });
            // The legend of the first drawing takes its room from the second.
            if self.drawn.is_none() {
                ui.ctx().request_repaint();
            }
            self.drawn = Some((key, drawn));
        }
        let Some((_, drawn)) = &self.drawn else { return };
        let furthest = (drawn.content_height + timeline::AXIS_HEIGHT - size.1).max(0.0);
        if self.scroll > furthest {
            self.scroll = furthest;
            ui.ctx().request_repaint();
        }
        let body = part(ui, rect, "levels");
        paint::scene(&body.painter().with_clip_rect(rect), rect.min, &drawn.scene);
        marks::interact(&body, &response, rect, &drawn.scene, state, out);
    }
}
