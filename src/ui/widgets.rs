//! The small widgets that the panels share.

use egui::{
    Align2, Color32, CornerRadius, CursorIcon, FontId, Response, Role, Sense, Stroke, StrokeKind,
    Ui, WidgetInfo, pos2, vec2,
};

use super::theme;
use crate::scene::{Color, Tokens};

/// A heading of a section in a side panel.
pub fn heading(ui: &mut Ui, text: &str) {
    ui.add_space(12.0);
    heading_text(ui, text);
    ui.add_space(2.0);
}

/// The words of a heading alone.
pub fn heading_text(ui: &mut Ui, text: &str) {
    let tokens = theme::tokens(ui.ctx());
    ui.label(
        egui::RichText::new(text)
            .font(theme::strong(Tokens::SMALL))
            .color(theme::color(tokens.ink_weak)),
    );
}

/// Weak text of secondary size, wrapped.
pub fn note(ui: &mut Ui, text: &str) -> Response {
    let tokens = theme::tokens(ui.ctx());
    ui.add(
        egui::Label::new(
            egui::RichText::new(text)
                .font(theme::font(Tokens::NOTE))
                .line_height(Some(18.0))
                .color(theme::color(tokens.ink_weak)),
        )
        .wrap(),
    )
}

/// Body text, wrapped, selectable, with room between lines for any script.
pub fn body(ui: &mut Ui, text: &str) -> Response {
    ui.add(
        egui::Label::new(
            egui::RichText::new(text).font(theme::font(Tokens::BODY)).line_height(Some(20.0)),
        )
        .wrap()
        .selectable(true),
    )
}

/// A row of choices of which one is chosen. Returns the one that was clicked.
pub fn segmented<T: PartialEq + Copy>(
    ui: &mut Ui,
    name: &str,
    options: &[(T, &str, &str)],
    chosen: T,
) -> Option<T> {
    let tokens = theme::tokens(ui.ctx());
    let sizes = segments(ui, options, &chosen);
    let height = 26.0;
    let (rect, _) = ui.allocate_exact_size(vec2(sizes.iter().sum(), height), Sense::hover());
    let painter = ui.painter();
    painter.rect(
        rect,
        CornerRadius::same(6),
        theme::color(tokens.paper),
        Stroke::new(1.0, theme::color(tokens.outline)),
        StrokeKind::Inside,
    );
    let mut clicked = None;
    let mut x = rect.left();
    for (i, ((value, label, hint), width)) in options.iter().zip(&sizes).enumerate() {
        let cell = egui::Rect::from_min_size(pos2(x, rect.top()), vec2(*width, height));
        let id = ui.scope_id().with(("segment", name, i));
        let response = ui.interact(cell, id, Sense::click());
        let selected = *value == chosen;
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, selected, *label));
        let painter = ui.painter();
        let round = CornerRadius {
            nw: if i == 0 { 5 } else { 0 },
            sw: if i == 0 { 5 } else { 0 },
            ne: if i + 1 == options.len() { 5 } else { 0 },
            se: if i + 1 == options.len() { 5 } else { 0 },
        };
        if selected {
            painter.rect_filled(cell.shrink(1.0), round, theme::color(tokens.accent_ground));
        } else if response.hovered() {
            painter.rect_filled(cell.shrink(1.0), round, theme::color(tokens.panel));
        }
        if i > 0 {
            let line = Stroke::new(1.0, theme::color(tokens.outline));
            painter.vline(cell.left(), cell.y_range(), line);
        }
        focus_ring(ui, &response);
        let ink = if selected { tokens.accent } else { tokens.ink };
        ui.painter().text(
            cell.center(),
            Align2::CENTER_CENTER,
            label,
            segment_font(selected),
            theme::color(ink),
        );
        let response = if hint.is_empty() { response } else { response.on_hover_text(*hint) };
        if response.clicked() {
            clicked = Some(*value);
        }
        x += width;
    }
    clicked
}

/// The same where it has `room` points of width; else a button that opens the choices as a list.
pub fn choice<T: PartialEq + Copy>(
    ui: &mut Ui,
    name: &str,
    options: &[(T, &str, &str)],
    chosen: T,
    room: f32,
) -> Option<T> {
    if segments(ui, options, &chosen).iter().sum::<f32>() <= room {
        return segmented(ui, name, options, chosen);
    }
    let now = options.iter().find(|(value, ..)| *value == chosen).map_or("", |(_, label, _)| label);
    let label = egui::RichText::new(format!("{now} ⌄")).font(theme::strong(Tokens::NOTE));
    let button = egui::Button::new(label).min_size(vec2(0.0, 26.0));
    let mut clicked = None;
    egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
        for (value, label, hint) in options {
            let item = ui.add(egui::Button::selectable(*value == chosen, *label));
            let item = if hint.is_empty() { item } else { item.on_hover_text(*hint) };
            if item.clicked() {
                clicked = Some(*value);
                ui.close();
            }
        }
    });
    clicked
}

/// The widths of the parts of a row of choices.
fn segments<T: PartialEq>(ui: &Ui, options: &[(T, &str, &str)], chosen: &T) -> Vec<f32> {
    let width = |(value, label, _): &(T, &str, &str)| {
        let font = segment_font(value == chosen);
        let galley = ui.painter().layout_no_wrap((*label).to_owned(), font, Color32::WHITE);
        (galley.size().x + 24.0).round()
    };
    options.iter().map(width).collect()
}

fn segment_font(selected: bool) -> FontId {
    if selected { theme::strong(Tokens::NOTE) } else { theme::font(Tokens::NOTE) }
}

/// An outlined button of the height of the tool bars.
pub fn button(ui: &mut Ui, label: &str) -> Response {
    ui.add(
        egui::Button::new(egui::RichText::new(label).font(theme::font(Tokens::NOTE)))
            .min_size(vec2(0.0, 26.0)),
    )
}

/// The one filled button of a place.
pub fn primary(ui: &mut Ui, label: &str) -> Response {
    let tokens = theme::tokens(ui.ctx());
    let response = ui.add(
        egui::Button::new(
            egui::RichText::new(label)
                .font(theme::strong(Tokens::NOTE))
                .color(theme::color(tokens.on_accent)),
        )
        .fill(theme::color(tokens.accent))
        .stroke(Stroke::NONE)
        .min_size(vec2(0.0, 28.0)),
    );
    // The fill hides the outline by which other buttons show it.
    focus_ring(ui, &response);
    response
}

/// Words that lead somewhere.
pub fn link(ui: &mut Ui, text: &str) -> Response {
    link_sized(ui, text, Tokens::BODY)
}

/// Words of a given size that lead somewhere.
pub fn link_sized(ui: &mut Ui, text: &str, size: f32) -> Response {
    let tokens = theme::tokens(ui.ctx());
    link_in(ui, text, size, tokens.accent)
}

/// Words of a given size and colour that lead somewhere.
pub fn link_in(ui: &mut Ui, text: &str, size: f32, ink: Color) -> Response {
    let response = ui
        .add(
            egui::Label::new(
                egui::RichText::new(text)
                    .font(theme::font(size))
                    .line_height(Some(size + 7.0))
                    .color(theme::color(ink)),
            )
            .wrap()
            .sense(Sense::click()),
        )
        .on_hover_cursor(CursorIcon::PointingHand);
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, text));
    focus_ring(ui, &response);
    if response.hovered() {
        let y = response.rect.bottom() - 2.0;
        let line = Stroke::new(1.0, theme::color(ink.faded(0.6)));
        ui.painter().hline(response.rect.x_range(), y, line);
    }
    response
}

/// A rounded box with a name in it, with or without a dot; clicking it leads somewhere.
pub fn chip(ui: &mut Ui, dot: Option<Color>, text: &str, weak: &str) -> Response {
    let tokens = theme::tokens(ui.ctx());
    let font = theme::font(Tokens::NOTE);
    let room = (ui.available_width() - 40.0).max(40.0);
    let name = elided(ui, text, &font, tokens.ink, room);
    let rest = (room - name.size().x).max(0.0);
    let extra =
        (!weak.is_empty() && rest > 24.0).then(|| elided(ui, weak, &font, tokens.ink_faint, rest));
    let dot_width = if dot.is_some() { 14.0 } else { 0.0 };
    let extra_width = extra.as_ref().map_or(0.0, |galley| galley.size().x + 6.0);
    let size = vec2((20.0 + dot_width + name.size().x + extra_width).ceil(), 24.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let label = if weak.is_empty() { text.to_owned() } else { format!("{text}, {weak}") };
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &label));
    let outline = if response.hovered() { tokens.ink_faint } else { tokens.outline };
    ui.painter().rect(
        rect,
        CornerRadius::same(12),
        theme::color(tokens.paper),
        Stroke::new(1.0, theme::color(outline)),
        StrokeKind::Inside,
    );
    focus_ring(ui, &response);
    let mut x = rect.left() + 10.0;
    if let Some(dot) = dot {
        ui.painter().circle_filled(pos2(x + 4.0, rect.center().y), 4.0, theme::color(dot));
        x += dot_width;
    }
    let y = rect.center().y - name.size().y / 2.0;
    let width = name.size().x;
    ui.painter().galley(pos2(x, y), name, Color32::PLACEHOLDER);
    if let Some(extra) = extra {
        ui.painter().galley(pos2(x + width + 6.0, y), extra, Color32::PLACEHOLDER);
    }
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// One line of text, cut with "…" where it would be wider than `max`.
pub fn elided(
    ui: &Ui,
    text: &str,
    font: &FontId,
    color: Color,
    max: f32,
) -> std::sync::Arc<egui::Galley> {
    let mut job = egui::text::LayoutJob::simple_singleline(
        text.to_owned(),
        font.clone(),
        theme::color(color),
    );
    job.wrap = egui::text::TextWrapping::truncate_at_width(max);
    ui.painter().layout_job(job)
}

/// Weak text of secondary size in some lines at most, cut with "…" where it would be longer; all of
/// it is read when it is pointed at.
pub fn lines(ui: &mut Ui, text: &str, most: usize) -> Response {
    let color = theme::color(theme::tokens(ui.ctx()).ink_weak);
    let mut job = egui::text::LayoutJob::default();
    let font = theme::font(Tokens::NOTE);
    let format =
        egui::TextFormat { line_height: Some(18.0), ..egui::TextFormat::simple(font, color) };
    job.append(text, 0.0, format);
    job.wrap = egui::text::TextWrapping {
        max_width: ui.available_width(),
        max_rows: most,
        ..egui::text::TextWrapping::default()
    };
    let galley = ui.painter().layout_job(job);
    let cut = galley.elided;
    let response = ui.add(egui::Label::new(galley));
    if cut { response.on_hover_text(text) } else { response }
}

/// A box to be ticked, with its words, which say what it does.
pub fn checkbox(ui: &mut Ui, ticked: &mut bool, words: &str) -> Response {
    signs(ui, |ui| ui.checkbox(ticked, words))
}

/// A choice of which one is chosen, with its words.
pub fn radio(ui: &mut Ui, chosen: bool, words: egui::RichText) -> Response {
    signs(ui, |ui| ui.radio(chosen, words))
}

/// Adds what is known by its outline alone, which must stand out more than that of a button.
fn signs<T>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> T) -> T {
    let tokens = theme::tokens(ui.ctx());
    ui.scope(|ui| {
        ui.visuals_mut().widgets.inactive.bg_stroke.color = theme::color(tokens.ink_faint);
        add(ui)
    })
    .inner
}

/// A line around what has the keyboard's focus, which is brought into sight.
pub fn focus_ring(ui: &Ui, response: &Response) {
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    if response.has_focus() {
        let tokens = theme::tokens(ui.ctx());
        ui.painter().rect_stroke(
            response.rect.expand(1.0),
            CornerRadius::same(7),
            Stroke::new(1.5, theme::color(tokens.accent)),
            StrokeKind::Outside,
        );
    }
}

/// A key as it is printed on the keyboard.
pub fn key_cap(ui: &mut Ui, text: &str) {
    let tokens = theme::tokens(ui.ctx());
    let galley = ui.painter().layout_no_wrap(
        text.to_owned(),
        theme::font(Tokens::SMALL),
        theme::color(tokens.ink_weak),
    );
    let (rect, _) =
        ui.allocate_exact_size(vec2((galley.size().x + 10.0).max(20.0), 18.0), Sense::hover());
    ui.painter().rect(
        rect,
        CornerRadius::same(4),
        theme::color(tokens.panel),
        Stroke::new(1.0, theme::color(tokens.outline)),
        StrokeKind::Inside,
    );
    let at = rect.center() - galley.size() / 2.0;
    ui.painter().galley(at, galley, Color32::PLACEHOLDER);
}

/// Keys as they are printed on the keyboard: "Ctrl+K", ".", "?".
pub fn keys(ctx: &egui::Context, shortcut: &egui::KeyboardShortcut) -> String {
    let text = ctx.format_shortcut(shortcut);
    // egui spells these out, for want of knowing whether a font has them.
    let sign = match shortcut.logical_key {
        egui::Key::Period => ".",
        egui::Key::Comma => ",",
        egui::Key::Plus => "+",
        egui::Key::Minus => "−",
        egui::Key::Equals => "=",
        egui::Key::Questionmark => "?",
        egui::Key::OpenBracket => "[",
        egui::Key::CloseBracket => "]",
        egui::Key::Escape => "Esc",
        egui::Key::ArrowLeft => "←",
        egui::Key::ArrowRight => "→",
        _ => return text,
    };
    let name = shortcut.logical_key.name();
    match text.strip_suffix(name) {
        Some(before) => format!("{before}{sign}"),
        None if shortcut.modifiers.is_none() => sign.to_owned(),
        None => text,
    }
}

/// What a place says while it has nothing to show: what it is, and what to do next.
pub fn empty(ui: &mut Ui, title: &str, next: &str) {
    ui.vertical_centered(|ui| {
        let tokens = theme::tokens(ui.ctx());
        ui.add_space((ui.available_height() * 0.3).clamp(12.0, 120.0));
        ui.label(
            egui::RichText::new(title)
                .font(theme::strong(Tokens::BODY))
                .color(theme::color(tokens.ink_weak)),
        );
        ui.add_space(4.0);
        ui.set_max_width(420.0);
        note(ui, next);
    });
}
