//! Details of an engagement: when by each account, who, under what, what came of it, who says so.

use egui::{CornerRadius, Margin, RichText, Stroke, Ui};

use super::super::{findings, theme, widgets};
use super::{lists, title};
use crate::app::{AppState, Command};
use crate::formats::gazetteer;
use crate::model::{
    Amount, DateStatus, DayRange, Engagement, EngagementId, Relation, RelationKind, Status, Target,
    words,
};
use crate::scene::Tokens;

/// Shows the details.
pub fn show(ui: &mut Ui, state: &AppState, id: EngagementId, out: &mut Vec<Command>) {
    let dataset = &state.document.dataset;
    let engagement = dataset.engagement(id);
    let tokens = theme::tokens(ui.ctx());
    title(ui, &engagement.title);
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        let kind = dataset.kind(engagement.kind);
        let form = engagement.form.as_deref().unwrap_or_default();
        let dot = Some(tokens.kind(kind.slot));
        let chip = widgets::chip(ui, dot, &kind.name, form);
        if chip.on_hover_text("Show only this kind").clicked() {
            out.push(Command::OnlyFacet(crate::query::Dimension::Kind, engagement.kind.0));
        }
        if engagement.status != Status::Held {
            widgets::chip(ui, None, engagement.status.label(), "");
        }
        for (place, when) in engagement.places.stops() {
            let date = words::stop_date(when);
            if widgets::chip(ui, None, &dataset.place(place).name, &date).clicked() {
                out.push(Command::Select(Some(Target::Place(place))));
            }
        }
    });
    ui.add_space(6.0);
    doubt(ui, state, id, engagement, out);
    when(ui, state, id, engagement);
    who(ui, state, id, engagement, out);
    if !engagement.partnerships.is_empty() {
        widgets::heading(ui, "Partnership");
        for &partnership in &engagement.partnerships {
            let response = widgets::link(ui, &dataset.partnership(partnership).name);
            lists::hover(&response, Target::Partnership(partnership), state, out);
            if response.clicked() {
                out.push(Command::Select(Some(Target::Partnership(partnership))));
            }
        }
    }
    outcomes(ui, state, engagement);
    relations(ui, state, id, engagement, out);
    if !engagement.topics.is_empty() {
        widgets::heading(ui, "Topics");
        ui.horizontal_wrapped(|ui| {
            for &topic in &engagement.topics {
                let chip = widgets::chip(ui, None, &dataset.topic(topic).name, "");
                if chip.on_hover_text("Show only this topic").clicked() {
                    out.push(Command::OnlyFacet(crate::query::Dimension::Topic, topic.0));
                }
            }
        });
    }
    if let Some(text) = &engagement.note {
        widgets::heading(ui, "Note");
        widgets::body(ui, text);
    }
    if !engagement.citations.is_empty() {
        widgets::heading(ui, &format!("Sources ({})", engagement.citations.len()));
        lists::citations(ui, state, &engagement.citations, out);
    }
    if !engagement.extras.is_empty() {
        widgets::heading(ui, "Other columns");
        for (field, value) in &engagement.extras {
            ui.horizontal_wrapped(|ui| {
                widgets::note(ui, dataset.field(*field));
                widgets::body(ui, value);
            });
        }
    }
}

/// The box that says that the sources disagree, with what, and why both cannot be true.
fn doubt(
    ui: &mut Ui,
    state: &AppState,
    id: EngagementId,
    engagement: &Engagement,
    out: &mut Vec<Command>,
) {
    let disputed = engagement.date_status() == DateStatus::Disputed;
    let findings: Vec<_> = state.findings_about(Target::Engagement(id)).collect();
    if !disputed && findings.is_empty() {
        return;
    }
    let tokens = theme::tokens(ui.ctx());
    let memory = ui.scope_id().with(("reasoning", id));
    let mut reasoning: bool = ui.data(|data| data.get_temp(memory)).unwrap_or(false);
    egui::Frame::new()
        .fill(theme::color(tokens.amber_ground))
        .stroke(Stroke::new(1.0, theme::color(tokens.amber_line)))
        .corner_radius(CornerRadius::same(8))
        .inner_margin(Margin::symmetric(10, 8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            let title = if disputed {
                "⚠ The sources disagree on the date".to_owned()
            } else {
                format!("⚠ {}", findings[0].kind.label())
            };
            ui.add(
                egui::Label::new(
                    RichText::new(title)
                        .font(theme::strong(Tokens::NOTE))
                        .color(theme::color(tokens.ink_strong)),
                )
                .wrap(),
            );
            if disputed {
                claims(ui, state, id, engagement, out);
            }
            if !findings.is_empty() {
                let text = if reasoning { "Hide the reasoning" } else { "Show the reasoning" };
                if widgets::link_sized(ui, text, Tokens::NOTE).clicked() {
                    reasoning = !reasoning;
                }
                if reasoning {
                    for finding in &findings {
                        findings::statements(ui, state, finding, out);
                    }
                }
            }
        });
    ui.data_mut(|data| data.insert_temp(memory, reasoning));
}

/// The claims of a disputed date, of which the reader can choose one for the view.
fn claims(
    ui: &mut Ui,
    state: &AppState,
    id: EngagementId,
    engagement: &Engagement,
    out: &mut Vec<Command>,
) {
    let chosen = state.view.chosen.get(&id).copied();
    for (at, claim) in engagement.dates.iter().enumerate() {
        let text = words::claim(claim);
        let words = RichText::new(&text).font(theme::font(Tokens::NOTE)).line_height(Some(18.0));
        let response = widgets::radio(ui, chosen == Some(at), words)
            .on_hover_text("Use this date in the view; the other stays in the data");
        if response.clicked() {
            out.push(Command::ChooseClaim(id, Some(at)));
        }
        let mut basis = vec![lists::credit(state, &claim.citation)];
        basis.extend(claim.citation.note.as_deref().map(str::to_owned));
        basis.retain(|part| !part.is_empty());
        if !basis.is_empty() {
            widgets::note(ui, &basis.join(". "));
        }
    }
    if chosen.is_some() && widgets::link_sized(ui, "Show all claims again", Tokens::NOTE).clicked()
    {
        out.push(Command::ChooseClaim(id, None));
    }
}

fn when(ui: &mut Ui, state: &AppState, id: EngagementId, engagement: &Engagement) {
    widgets::heading(ui, "When");
    widgets::body(ui, &words::date_of(&state.document.dataset, engagement));
    if let Some(tightened) = state.checked.findings.tightened_of(id) {
        widgets::note(ui, &words::tightened(tightened.span));
    }
    for claim in &engagement.dates {
        let mut parts = Vec::new();
        if let Some(said) = claim.when.words() {
            parts.push(format!("“{said}”"));
        }
        parts.push(format!("EDTF {}", claim.when.edtf()));
        let credit = lists::credit(state, &claim.citation);
        if !credit.is_empty() {
            parts.push(credit);
        }
        widgets::note(ui, &parts.join(" · "));
        if let Some(note) = &claim.citation.note
            && engagement.date_status() != DateStatus::Disputed
        {
            widgets::note(ui, note);
        }
    }
}

fn who(
    ui: &mut Ui,
    state: &AppState,
    id: EngagementId,
    engagement: &Engagement,
    out: &mut Vec<Command>,
) {
    if engagement.participants.is_empty() {
        return;
    }
    widgets::heading(ui, "Who");
    let columns = &state.document.columns;
    let row = columns.row_of[id.index()] as usize;
    let hull = columns.hull[row];
    let days = columns.dated[row].then_some(DayRange { from: hull.from, to: hull.to });
    ui.spacing_mut().item_spacing.y = 6.0;
    ui.horizontal_wrapped(|ui| {
        for participant in &engagement.participants {
            let dataset = &state.document.dataset;
            let mut beside: Vec<String> =
                participant.role.iter().map(|role| dataset.role(*role).to_string()).collect();
            let party = dataset.party(participant.party);
            let known = gazetteer::state_of_party(party);
            beside.extend(known.and_then(|known| known.beside(&party.name, days)));
            lists::party(ui, state, participant.party, &beside.join(", "), out);
        }
    });
    ui.spacing_mut().item_spacing.y = 4.0;
}

fn outcomes(ui: &mut Ui, state: &AppState, engagement: &Engagement) {
    if engagement.outcomes.is_empty() {
        return;
    }
    widgets::heading(ui, "What came of it");
    for outcome in &engagement.outcomes {
        widgets::body(ui, &outcome.text);
        let mut parts = Vec::new();
        if let Some(amount) = &outcome.amount {
            parts.push(amount_words(amount));
        }
        if let Some(when) = &outcome.when {
            parts.push(words::when(when));
        }
        let credit = lists::credit(state, &outcome.citation);
        if !credit.is_empty() {
            parts.push(credit);
        }
        if !parts.is_empty() {
            widgets::note(ui, &parts.join(" · "));
        }
    }
}

/// An amount for a person: "USD 12 million", "150 antiquities".
fn amount_words(amount: &Amount) -> String {
    let money = amount.unit.len() == 3 && amount.unit.chars().all(|c| c.is_ascii_uppercase());
    let (value, scale) = match amount.value.abs() {
        v if v >= 1e9 => (amount.value / 1e9, " billion"),
        v if v >= 1e6 => (amount.value / 1e6, " million"),
        _ => (amount.value, ""),
    };
    let number = if value.fract() == 0.0 && value.abs() < 1e15 {
        words::grouped(value.abs() as usize)
    } else {
        format!("{value}")
    };
    if money {
        format!("{} {number}{scale}", amount.unit)
    } else {
        format!("{number}{scale} {}", amount.unit)
    }
}

fn relations(
    ui: &mut Ui,
    state: &AppState,
    id: EngagementId,
    engagement: &Engagement,
    out: &mut Vec<Command>,
) {
    let dataset = &state.document.dataset;
    // What others say of this one belongs here as well, read the other way round.
    let mut from_others = state.document.related_to(id).peekable();
    if engagement.relations.is_empty() && from_others.peek().is_none() {
        return;
    }
    widgets::heading(ui, "Before and after");
    let mut row = |ui: &mut Ui, mark: &str, other: EngagementId, how: String| {
        let tokens = theme::tokens(ui.ctx());
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            ui.label(RichText::new(mark).color(theme::color(tokens.accent)));
            let response = widgets::link(ui, dataset.engagement(other).label());
            lists::hover(&response, Target::Engagement(other), state, out);
            if response.clicked() {
                out.push(Command::Reveal(Target::Engagement(other)));
            }
            widgets::note(ui, &how);
        });
    };
    for relation in &engagement.relations {
        let (mark, how) = relation_words(relation, false);
        row(ui, mark, relation.to, how);
    }
    for (other, relation) in from_others {
        let (mark, how) = relation_words(relation, true);
        row(ui, mark, other, how);
    }
}

/// A mark and words for a relation; `turned` reads it from the other engagement's side.
fn relation_words(relation: &Relation, turned: bool) -> (&'static str, String) {
    let (mark, how) = match (relation.kind, turned) {
        (RelationKind::Before, false) | (RelationKind::After, true) => ("↓", "comes after this"),
        (RelationKind::After, false) | (RelationKind::Before, true) => ("↑", "came before this"),
        (RelationKind::Within, false) | (RelationKind::Contains, true) => {
            ("↔", "this was part of it")
        }
        (RelationKind::Contains, false) | (RelationKind::Within, true) => ("↔", "during this"),
        (RelationKind::SameDay, _) => ("↔", "on the same day"),
        (RelationKind::DayAfter, false) => ("↑", "the day before"),
        (RelationKind::DayAfter, true) => ("↓", "the day after"),
        (RelationKind::MonthBefore, false) => ("↓", "in the month after"),
        (RelationKind::MonthBefore, true) => ("↑", "in the month before"),
        (RelationKind::SameYear, _) => ("↔", "in the same year"),
        (RelationKind::NextAfter, false) => ("↑", "the one before in its series"),
        (RelationKind::NextAfter, true) => ("↓", "the next in its series"),
        (RelationKind::Prepares, false) => ("↓", "prepared by this"),
        (RelationKind::Prepares, true) => ("↑", "prepared this"),
        (RelationKind::Anniversary, turned) => {
            let (mark, side) = if turned { ("↓", "after") } else { ("↑", "before") };
            let years = relation.years.map_or_else(|| "years".to_owned(), words::years);
            return (mark, format!("{years} {side} this, its anniversary"));
        }
    };
    (mark, how.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_for_people() {
        let amount = |value, unit: &str| Amount { value, unit: unit.into() };
        assert_eq!(amount_words(&amount(12e6, "USD")), "USD 12 million");
        assert_eq!(amount_words(&amount(150.0, "antiquities")), "150 antiquities");
        assert_eq!(amount_words(&amount(1.5e9, "EUR")), "EUR 1.5 billion");
    }
}
