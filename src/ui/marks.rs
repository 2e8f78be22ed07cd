//! Pointing at the marks of a scene: hover, selection, tooltips, names for screen readers.

use egui::{Color32, CursorIcon, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo};

use super::{paint, picture::Shift, theme};
use crate::app::{AppState, Command};
use crate::model::Target;
use crate::scene::{Hit, Point, Scene};

/// How far from a mark the pointer still meets it, in points.
const TOLERANCE: f32 = 3.0;
/// Up to so many marks get a node of their own for screen readers; beyond, the table serves.
const NAMED: usize = 400;

/// Lets the pointer hover and select marks, and outlines the hovered and the selected ones.
/// Returns the mark's target under the pointer.
pub fn interact(
    ui: &Ui,
    response: &Response,
    rect: Rect,
    scene: &Scene,
    state: &AppState,
    out: &mut Vec<Command>,
) -> Option<Target> {
    interact_moved(ui, response, rect, (scene, Shift::NONE), state, out)
}

/// The same for a scene that is shown moved.
pub fn interact_moved(
    ui: &Ui,
    response: &Response,
    rect: Rect,
    (scene, shift): (&Scene, Shift),
    state: &AppState,
    out: &mut Vec<Command>,
) -> Option<Target> {
    interact_within(ui, response, (rect, rect), (scene, shift), state, out)
}

/// The same, with names beside a plot. What does not stand wholly outside `plot` is outlined
/// within it only, so that nothing is drawn over the names beside it.
pub fn interact_within(
    ui: &Ui,
    response: &Response,
    (rect, plot): (Rect, Rect),
    (scene, shift): (&Scene, Shift),
    state: &AppState,
    out: &mut Vec<Command>,
) -> Option<Target> {
    name(ui, response, rect, scene, out);
    outline(ui, (rect, plot), scene, shift, state);
    let under = response.hover_pos().and_then(|at| {
        let at = shift.origin(at - rect.min.to_vec2());
        scene.hit(Point::new(at.x, at.y), TOLERANCE)
    });
    let target = under.and_then(|mark| mark.target);
    if let Some(mark) = under {
        ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
        if !response.dragged() {
            response.clone().on_hover_text_at_pointer(&mark.title);
        }
    }
    if response.contains_pointer() && state.hover != target {
        out.push(Command::Hover(target));
    }
    if response.clicked() {
        out.push(Command::Select(target));
    }
    target
}

/// A line around the marks of what is hovered and of what is selected, over the memoised scene.
fn outline(ui: &Ui, (rect, plot): (Rect, Rect), scene: &Scene, shift: Shift, state: &AppState) {
    if state.hover.is_none() && state.selection.is_none() {
        return;
    }
    let tokens = theme::tokens(ui.ctx());
    let (whole, inner) =
        (ui.painter().with_clip_rect(rect), ui.painter().with_clip_rect(plot.intersect(rect)));
    let to_screen = |at: egui::Pos2| shift.place(at) + rect.min.to_vec2();
    scene.marks(&mut |mark| {
        if mark.target.is_none() {
            return;
        }
        let selected = mark.target == state.selection;
        if !selected && mark.target != state.hover {
            return;
        }
        let ink = if selected { tokens.ink_strong } else { tokens.accent };
        let stroke = Stroke::new(if selected { 1.8 } else { 1.2 }, theme::color(ink));
        for hit in &mark.hits {
            let outside = to_screen(paint::egui_rect(hit.bounds()).max).x <= plot.left() + 0.5;
            let painter = if outside { &whole } else { &inner };
            match hit {
                Hit::Rect(place) => {
                    let place = paint::egui_rect(*place);
                    let place = Rect::from_min_max(to_screen(place.min), to_screen(place.max));
                    let place = place.expand(2.0);
                    let fill = theme::color(tokens.accent.faded(0.12));
                    let thin = Stroke::new(1.0, theme::color(ink.faded(0.55)));
                    painter.rect(place, 4.0, fill, thin, egui::StrokeKind::Outside);
                }
                Hit::Circle(center, radius) => {
                    let center = to_screen(egui::pos2(center.x, center.y));
                    painter.circle(
                        center,
                        radius * shift.scale + 2.5,
                        Color32::TRANSPARENT,
                        stroke,
                    );
                }
                Hit::Line(points, reach) => {
                    let points: Vec<egui::Pos2> = points
                        .iter()
                        .map(|point| to_screen(egui::pos2(point.x, point.y)))
                        .collect();
                    let wide = Stroke::new(reach * 2.0 + 2.0, theme::color(ink.faded(0.25)));
                    painter.line(points, wide);
                }
            }
        }
    });
}

/// Gives each mark a name for screen readers, from which it can be selected as well.
fn name(ui: &Ui, response: &Response, rect: Rect, scene: &Scene, out: &mut Vec<Command>) {
    // Nobody is listening: no node is worth making.
    if !ui.ctx().has_accesskit_node(ui.scope_id()) && !ui.ctx().has_accesskit_node(response.id) {
        return;
    }
    let mut named = 0;
    scene.marks(&mut |mark| {
        let (Some(target), Some(hit)) = (mark.target, mark.hits.first()) else { return };
        named += 1;
        if named > NAMED {
            return;
        }
        let place = paint::egui_rect(hit.bounds()).translate(rect.min.to_vec2()).intersect(rect);
        if !place.is_positive() {
            return;
        }
        let id = ui.scope_id().with(("mark", &mark.id));
        // It senses focus only, so that the pointer still reaches the pane beneath.
        let response = ui.interact(place, id, Sense::focusable_noninteractive());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &mark.title));
        if response.clicked()
            || ui.ctx().input(|input| {
                input.has_accesskit_action_request(id, egui::accesskit::Action::Click)
            })
        {
            out.push(Command::Select(Some(target)));
        }
    });
}
