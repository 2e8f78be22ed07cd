//! The design tokens as egui's fonts, styles and colours.

use std::sync::Arc;

use egui::{
    Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, Shadow, Stroke,
    Style, TextStyle, Visuals, vec2,
};

use crate::app::ThemeChoice;
use crate::scene::{Color, Theme, Tokens, fonts};

/// The family of semi-bold text.
pub fn strong_family() -> FontFamily {
    FontFamily::Name("strong".into())
}

/// Regular text of a size in points.
pub fn font(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

/// Semi-bold text of a size in points.
pub fn strong(size: f32) -> FontId {
    FontId::new(size, strong_family())
}

/// A token's colour for egui.
pub fn color(color: Color) -> Color32 {
    Color32::from_rgba_unmultiplied(color.r, color.g, color.b, color.a)
}

/// Which table of tokens egui's present theme stands for.
pub fn theme_of(ctx: &egui::Context) -> Theme {
    match ctx.theme() {
        egui::Theme::Dark => Theme::Dark,
        egui::Theme::Light => Theme::Light,
    }
}

/// The tokens of egui's present theme.
pub fn tokens(ctx: &egui::Context) -> &'static Tokens {
    Tokens::of(theme_of(ctx))
}

/// Installs fonts and both styles. Called once.
pub fn install(ctx: &egui::Context) {
    let mut definitions = FontDefinitions::empty();
    for font in &fonts::ALL {
        definitions
            .font_data
            .insert(font.name.to_owned(), Arc::new(FontData::from_static(font.data)));
    }
    let names = |strong: bool| -> Vec<String> {
        // The other weight stands behind, for a character that only it has.
        let of = |weight: bool| fonts::ALL.iter().filter(move |font| font.strong == weight);
        of(strong).chain(of(!strong)).map(|font| font.name.to_owned()).collect()
    };
    definitions.families.insert(FontFamily::Proportional, names(false));
    definitions.families.insert(FontFamily::Monospace, names(false));
    definitions.families.insert(strong_family(), names(true));
    ctx.set_fonts(definitions);
    // Where the desktop does not say which theme it uses.
    ctx.options_mut(|options| options.fallback_theme = egui::Theme::Light);
    for (theme, ours) in [(egui::Theme::Light, Theme::Light), (egui::Theme::Dark, Theme::Dark)] {
        let mut style = Style { visuals: visuals(ours), ..Style::default() };
        spacing(&mut style);
        ctx.set_style_of(theme, style);
    }
}

/// Makes egui use the chosen theme.
pub fn choose(ctx: &egui::Context, choice: ThemeChoice) {
    ctx.set_theme(match choice {
        ThemeChoice::System => egui::ThemePreference::System,
        ThemeChoice::Light => egui::ThemePreference::Light,
        ThemeChoice::Dark => egui::ThemePreference::Dark,
    });
}

fn spacing(style: &mut Style) {
    style.text_styles = [
        (TextStyle::Small, font(Tokens::SMALL)),
        (TextStyle::Body, font(Tokens::BODY)),
        (TextStyle::Button, font(Tokens::BODY)),
        (TextStyle::Monospace, font(Tokens::NOTE)),
        (TextStyle::Heading, strong(Tokens::TITLE)),
    ]
    .into();
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(8.0, 4.0);
    spacing.button_padding = vec2(10.0, 5.0);
    spacing.interact_size = vec2(28.0, 28.0);
    spacing.menu_margin = Margin::same(6);
    spacing.window_margin = Margin::same(16);
    spacing.scroll = egui::style::ScrollStyle::thin();
    spacing.tooltip_width = 420.0;
    style.interaction.tooltip_delay = 0.25;
    style.interaction.selectable_labels = false;
    style.animation_time = 0.12;
}

fn visuals(theme: Theme) -> Visuals {
    let tokens = Tokens::of(theme);
    let c = color;
    let mut visuals = match theme {
        Theme::Light | Theme::Greyscale => Visuals::light(),
        Theme::Dark => Visuals::dark(),
    };
    visuals.panel_fill = c(tokens.ground);
    visuals.window_fill = c(tokens.paper);
    visuals.window_stroke = Stroke::new(1.0, c(tokens.outline));
    visuals.window_corner_radius = CornerRadius::same(10);
    visuals.menu_corner_radius = CornerRadius::same(8);
    let shade = if theme == Theme::Light { 28 } else { 110 };
    let shadow =
        Shadow { offset: [0, 8], blur: 24, spread: 0, color: Color32::from_black_alpha(shade) };
    visuals.window_shadow = shadow;
    visuals.popup_shadow = shadow;
    visuals.extreme_bg_color = c(tokens.paper);
    visuals.text_edit_bg_color = Some(c(tokens.paper));
    visuals.faint_bg_color = c(tokens.panel);
    visuals.code_bg_color = c(tokens.panel);
    visuals.hyperlink_color = c(tokens.accent);
    visuals.warn_fg_color = c(tokens.amber);
    visuals.error_fg_color = c(tokens.error);
    visuals.weak_text_color = Some(c(tokens.ink_weak));
    visuals.selection.bg_fill = c(tokens.accent.over(tokens.paper, 0.25));
    visuals.selection.stroke = Stroke::new(1.0, c(tokens.accent));
    visuals.striped = false;
    visuals.slider_trailing_fill = true;
    visuals.interact_cursor = None;
    let radius = CornerRadius::same(Tokens::RADIUS as u8);
    let widgets = &mut visuals.widgets;
    for state in [
        &mut widgets.noninteractive,
        &mut widgets.inactive,
        &mut widgets.hovered,
        &mut widgets.active,
        &mut widgets.open,
    ] {
        state.corner_radius = radius;
        state.expansion = 0.0;
        state.fg_stroke = Stroke::new(1.0, c(tokens.ink));
        state.bg_stroke = Stroke::new(1.0, c(tokens.outline));
        state.bg_fill = c(tokens.paper);
        state.weak_bg_fill = c(tokens.paper);
    }
    widgets.noninteractive.bg_stroke = Stroke::new(1.0, c(tokens.line));
    widgets.inactive.bg_fill = c(tokens.paper);
    widgets.hovered.bg_stroke = Stroke::new(1.0, c(tokens.ink_faint));
    widgets.hovered.weak_bg_fill = c(tokens.panel);
    widgets.hovered.bg_fill = c(tokens.accent_ground);
    widgets.active.weak_bg_fill = c(tokens.accent_ground);
    widgets.active.bg_fill = c(tokens.accent);
    widgets.active.bg_stroke = Stroke::new(1.0, c(tokens.accent));
    widgets.open.weak_bg_fill = c(tokens.panel);
    visuals
}
