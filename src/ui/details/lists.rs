//! Lists that several kinds of details share: engagements, names, citations.

use egui::{RichText, Ui};

use super::super::{theme, widgets};
use crate::app::{AppState, Command, CopyAs};
use crate::model::{Citation, Engagement, Evidence, Name, PartyId, Target, words};
use crate::query::{Body, Dimension, Match};
use crate::scene::{Color, Tokens};

/// How many engagements a list shows before it counts the rest.
const MOST: usize = 60;

/// Links that copy what is selected, one for each form.
pub fn copying(ui: &mut Ui, out: &mut Vec<Command>) {
    ui.add_space(10.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        for how in CopyAs::ALL {
            let link = widgets::link_sized(ui, how.label(), Tokens::NOTE);
            if link.on_hover_text(how.hint()).clicked() {
                out.push(Command::CopySelection(how));
            }
        }
    });
}

/// The same for a party; for a body that the file does not name, the engagements of its members.
pub fn only_party(ui: &mut Ui, state: &AppState, id: PartyId, out: &mut Vec<Command>) {
    let dataset = &state.document.dataset;
    if !dataset.is_added(id) {
        only(ui, Dimension::Party, id.0, out);
    } else if let Some(body) = Body::named(&dataset.party(id).name) {
        let certainly = state.filter.matching == Match::Certainly;
        only(ui, Dimension::Member, body.value(certainly), out);
    }
}

/// A button that lets the engagements of one value pass alone.
pub fn only(ui: &mut Ui, dimension: Dimension, value: u32, out: &mut Vec<Command>) {
    let button = widgets::button(ui, "Show only these");
    if button.on_hover_text("Its engagements alone, in all views; X clears the filter").clicked() {
        out.push(Command::OnlyFacet(dimension, value));
    }
}

/// The lines that a list gives to what came of an engagement.
const TOLD: usize = 3;

/// The engagements of some rows, in order of time: each a link with its date and, as far as it is
/// told, what came of it.
pub fn engagements(ui: &mut Ui, state: &AppState, rows: &[u32], out: &mut Vec<Command>) {
    let tokens = theme::tokens(ui.ctx());
    for &row in rows.iter().take(MOST) {
        let id = state.document.columns.engagement[row as usize];
        let engagement = state.document.dataset.engagement(id);
        ui.horizontal(|ui| {
            let slot = state.document.dataset.kind(engagement.kind).slot;
            let (dot, _) = ui.allocate_exact_size(egui::vec2(8.0, 18.0), egui::Sense::hover());
            ui.painter().circle_filled(dot.center(), 3.5, theme::color(tokens.kind(slot)));
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                let response = widgets::link_sized(ui, engagement.label(), Tokens::NOTE);
                hover(&response, Target::Engagement(id), state, out);
                if response.clicked() {
                    out.push(Command::Reveal(Target::Engagement(id)));
                }
                ui.add(
                    egui::Label::new(
                        RichText::new(words::date_of(&state.document.dataset, engagement))
                            .font(theme::font(Tokens::SMALL))
                            .color(theme::color(tokens.ink_faint)),
                    )
                    .wrap(),
                );
                if let Some(told) = told(engagement) {
                    widgets::lines(ui, told, TOLD);
                }
            });
        });
    }
    if rows.len() > MOST {
        widgets::note(ui, &format!("and {} more; the table lists all of them", rows.len() - MOST));
    }
}

/// What a list tells of an engagement besides who, where and when: the remark of the file, or what
/// came of it.
fn told(engagement: &Engagement) -> Option<&str> {
    engagement.note.as_deref().or_else(|| engagement.outcomes.first().map(|one| &*one.text))
}

/// A party as a chip.
pub fn party(ui: &mut Ui, state: &AppState, id: PartyId, weak: &str, out: &mut Vec<Command>) {
    let party = state.document.dataset.party(id);
    let color = party_color(state, id, theme::tokens(ui.ctx()));
    let response = widgets::chip(ui, Some(color), &party.name, weak);
    hover(&response, Target::Party(id), state, out);
    if response.clicked() {
        out.push(Command::Select(Some(Target::Party(id))));
    }
}

/// The colour of a party, as in the network: that of the state or organisation it belongs to.
pub fn party_color(state: &AppState, id: PartyId, tokens: &Tokens) -> Color {
    tokens.kind(state.document.party_slots[id.index()])
}

/// Points at a target in all views while the pointer is on a link to it.
pub fn hover(response: &egui::Response, target: Target, state: &AppState, out: &mut Vec<Command>) {
    if response.hovered() && state.hover != Some(target) {
        out.push(Command::Hover(Some(target)));
    }
}

/// Names in other languages and scripts. A name that no font has the letters of is mentioned
/// only: a row of boxes helps nobody.
pub fn names(ui: &mut Ui, names: &[Name]) {
    let font = theme::font(Tokens::BODY);
    for name in names {
        if !ui.fonts_mut(|fonts| fonts.has_glyphs(&font, &name.text)) {
            let text = format!("{}, in a script that cannot be shown here", language(&name.lang));
            widgets::note(ui, &text);
            continue;
        }
        ui.horizontal_wrapped(|ui| {
            widgets::body(ui, &name.text);
            widgets::note(ui, language(&name.lang));
        });
    }
}

/// The English name of a language tag, for those that the region's files use.
fn language(tag: &str) -> &str {
    match tag.split('-').next().unwrap_or(tag) {
        "en" => "English",
        "fr" => "French",
        "id" => "Indonesian",
        "ja" => "Japanese",
        "km" => "Khmer",
        "lo" => "Lao",
        "my" => "Burmese",
        "th" => "Thai",
        "vi" => "Vietnamese",
        "zh" => "Chinese",
        _ => tag,
    }
}

/// Source cards, one per citation.
pub fn citations(ui: &mut Ui, state: &AppState, list: &[Citation], out: &mut Vec<Command>) {
    for citation in list {
        let basis = basis(citation);
        match citation.source {
            Some(id) => {
                let source = state.document.dataset.source(id);
                let response = card(ui, source.label(), &basis);
                if response.clicked() {
                    out.push(Command::Select(Some(Target::Source(id))));
                }
            }
            None if !basis.is_empty() => {
                widgets::note(ui, &basis);
            }
            None => {}
        }
    }
}

/// How directly a citation supports what it stands for, with quote and note, as one line.
pub fn basis(citation: &Citation) -> String {
    let mut parts = Vec::new();
    match citation.evidence {
        Evidence::Stated => {}
        evidence => parts.push(evidence.label().to_lowercase()),
    }
    if let Some(quote) = &citation.quote {
        parts.push(format!("“{quote}”"));
    }
    if let Some(note) = &citation.note {
        parts.push(note.to_string());
    }
    parts.join(" · ")
}

/// Where a statement comes from, in a few words: "S3, derived".
pub fn credit(state: &AppState, citation: &Citation) -> String {
    let source = citation.source.map(|id| state.document.dataset.source(id).label());
    match (source, citation.evidence) {
        (Some(source), Evidence::Stated) => source.to_owned(),
        (Some(source), evidence) => format!("{source}, {}", evidence.label().to_lowercase()),
        (None, Evidence::Stated) => String::new(),
        (None, evidence) => evidence.label().to_lowercase(),
    }
}

/// A box with a name and a line under it; clicking it leads somewhere.
fn card(ui: &mut Ui, name: &str, line: &str) -> egui::Response {
    let tokens = theme::tokens(ui.ctx());
    let inner = egui::Frame::new()
        .fill(theme::color(tokens.paper))
        .stroke(egui::Stroke::new(1.0, theme::color(tokens.outline)))
        .corner_radius(egui::CornerRadius::same(6))
        .inner_margin(egui::Margin::symmetric(10, 8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.add(
                egui::Label::new(
                    RichText::new(name)
                        .font(theme::strong(Tokens::NOTE))
                        .line_height(Some(18.0))
                        .color(theme::color(tokens.ink)),
                )
                .wrap(),
            );
            if !line.is_empty() {
                widgets::note(ui, line);
            }
        });
    let id = ui.scope_id().with(("card", name, line));
    let response = ui.interact(inner.response.rect, id, egui::Sense::click());
    let label = format!("Source: {name}");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, &label));
    if response.hovered() {
        ui.painter().rect_stroke(
            response.rect,
            egui::CornerRadius::same(6),
            egui::Stroke::new(1.0, theme::color(tokens.ink_faint)),
            egui::StrokeKind::Inside,
        );
    }
    widgets::focus_ring(ui, &response);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}
