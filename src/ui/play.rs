//! The controls of the moving window: step back, play, step forward, and by what steps.

use egui::{Rect, Response, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::{theme, widgets};
use crate::app::{AppState, Command, PlayCommand, PlaySpeed};
use crate::query::CalendarStep;
use crate::scene::Tokens;

/// Height of the controls in points.
pub const HEIGHT: f32 = 22.0;
/// Width of a button.
const BUTTON: f32 = 24.0;

/// What a button shows.
#[derive(Clone, Copy)]
enum Icon {
    Back,
    Play,
    Pause,
    Forward,
}

/// Shows the controls in a place of at least three buttons' width.
pub fn show(ui: &mut Ui, place: Rect, state: &AppState, out: &mut Vec<Command>) {
    let step = state.settings.step;
    let playing = state.play.direction().is_some();
    let builder = egui::UiBuilder::new()
        .id_salt("play")
        .max_rect(place)
        .layout(egui::Layout::left_to_right(egui::Align::Center));
    let mut child = ui.new_child(builder);
    let ui = &mut child;
    ui.spacing_mut().item_spacing.x = 0.0;
    let name = step.label();
    let back = format!("A {name} back");
    if button(ui, Icon::Back, &back, &format!("{back} ([)")).clicked() {
        out.push(Command::Play(PlayCommand::Step(-1)));
    }
    let (icon, label) = if playing { (Icon::Pause, "Stop") } else { (Icon::Play, "Play") };
    let hint = if playing {
        "Stop here (P)".to_owned()
    } else {
        format!("Move the window on, a {name} at a time (P)")
    };
    if button(ui, icon, label, &hint).clicked() {
        let backwards = state.play.direction() == Some(-1);
        let command = if backwards { PlayCommand::ToggleBackwards } else { PlayCommand::Toggle };
        out.push(Command::Play(command));
    }
    let forward = format!("A {name} forward");
    if button(ui, Icon::Forward, &forward, &format!("{forward} (])")).clicked() {
        out.push(Command::Play(PlayCommand::Step(1)));
    }
    if ui.available_width() >= 56.0 {
        ui.add_space(4.0);
        menu(ui, state, out);
    }
}

/// By what steps, how fast, and how long the window is.
fn menu(ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
    let settings = &state.settings;
    let label = egui::RichText::new(format!("{} ⌄", settings.step.label()))
        .font(theme::font(Tokens::SMALL));
    let button =
        egui::Button::new(label).frame_when_inactive(false).min_size(vec2(0.0, HEIGHT - 2.0));
    let (response, _) = egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
        ui.set_min_width(230.0);
        let mut send = |ui: &mut Ui, chosen: bool, label: &str, command: PlayCommand| {
            if ui.add(egui::Button::selectable(chosen, label)).clicked() {
                out.push(Command::Play(command));
                ui.close();
            }
        };
        for step in CalendarStep::ALL {
            let label = format!("By {}", step.label());
            send(ui, step == settings.step, &label, PlayCommand::SetStep(step));
        }
        ui.separator();
        for step in CalendarStep::ALL {
            let label = format!("Show one {}", step.label());
            send(ui, false, &label, PlayCommand::ShowOne(step));
        }
        ui.separator();
        for speed in PlaySpeed::ALL {
            let label = format!("Play {}", speed.label());
            send(ui, speed == settings.speed, &label, PlayCommand::SetSpeed(speed));
        }
        let backwards = state.play.direction() == Some(-1);
        send(ui, backwards, "Play backwards", PlayCommand::ToggleBackwards);
        ui.separator();
        let reduced = settings.reduced_motion;
        send(ui, reduced, "Jump, without motion", PlayCommand::ReduceMotion(!reduced));
    });
    response.widget_info(|| {
        let name = format!("Steps by {}", settings.step.label());
        WidgetInfo::labeled(Role::Button, true, name)
    });
    response.on_hover_text("By what steps the window moves, and how fast");
}

/// A small button with a drawn sign.
fn button(ui: &mut Ui, icon: Icon, name: &str, hint: &str) -> Response {
    let tokens = theme::tokens(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(BUTTON, HEIGHT), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    if response.hovered() {
        ui.painter().rect_filled(rect, 5.0, theme::color(tokens.accent_ground));
    }
    widgets::focus_ring(ui, &response);
    let ink = theme::color(if response.hovered() { tokens.accent } else { tokens.ink_weak });
    let center = rect.center();
    let at = |x: f32, y: f32| pos2(center.x + x, center.y + y);
    let triangle = |tip: f32, back: f32| {
        let points = vec![at(back, -5.0), at(tip, 0.0), at(back, 5.0)];
        Shape::convex_polygon(points, ink, Stroke::NONE)
    };
    let bar = |x: f32| {
        let rect = Rect::from_center_size(at(x, 0.0), vec2(2.5, 10.0));
        Shape::rect_filled(rect, 0.0, ink)
    };
    let shapes = match icon {
        Icon::Back => vec![triangle(-3.0, 5.0), bar(-5.0)],
        Icon::Play => vec![triangle(6.0, -4.0)],
        Icon::Pause => vec![bar(-3.0), bar(3.0)],
        Icon::Forward => vec![triangle(3.0, -5.0), bar(5.0)],
    };
    ui.painter().extend(shapes);
    response.on_hover_text(hint)
}
