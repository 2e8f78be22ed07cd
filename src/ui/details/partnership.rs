//! Details of a partnership: its members, its levels on their ladder, who coordinated it when.

use egui::Ui;

use super::super::widgets;
use super::{lists, title};
use crate::app::{AppState, Command};
use crate::model::{PartnershipId, Target, words};
use crate::query::Dimension;

/// Shows the details.
pub fn show(ui: &mut Ui, state: &AppState, id: PartnershipId, out: &mut Vec<Command>) {
    let dataset = &state.document.dataset;
    let partnership = dataset.partnership(id);
    title(ui, &partnership.name);
    if let Some(since) = &partnership.since {
        widgets::note(ui, &format!("Since {}", words::when(since)));
    }
    if let Some(text) = &partnership.note {
        ui.add_space(4.0);
        widgets::body(ui, text);
    }
    if !partnership.members.is_empty() {
        widgets::heading(ui, &format!("Parties ({})", partnership.members.len()));
        ui.spacing_mut().item_spacing.y = 6.0;
        ui.horizontal_wrapped(|ui| {
            for member in &partnership.members {
                let role = member.role.as_deref().unwrap_or_default();
                lists::party(ui, state, member.party, role, out);
            }
        });
        ui.spacing_mut().item_spacing.y = 4.0;
    }
    if !partnership.levels.is_empty() {
        widgets::heading(ui, "Level");
        for level in &partnership.levels {
            let planned = if level.planned { " (announced)" } else { "" };
            widgets::body(ui, &format!("{}{planned}", level.label));
            let mut parts = Vec::new();
            if let Some(term) = &level.term {
                parts.push(words::when(term));
            }
            if let Some(ladder) = level.ladder {
                let ladder = dataset.ladder(ladder);
                match level.rank {
                    Some(rank) => parts.push(format!(
                        "rung {} of {} on the ladder of {}",
                        rank + 1,
                        ladder.rungs.len(),
                        ladder.name
                    )),
                    None => parts.push(format!("ladder of {}", ladder.name)),
                }
            }
            let credit = lists::credit(state, &level.citation);
            if !credit.is_empty() {
                parts.push(credit);
            }
            widgets::note(ui, &parts.join(" · "));
        }
    }
    if !partnership.terms.is_empty() {
        widgets::heading(ui, "Who coordinates");
        for term in &partnership.terms {
            let when = term.term.as_ref().map_or_else(String::new, words::when);
            let weak = if when.is_empty() {
                term.role.to_string()
            } else {
                format!("{}, {when}", term.role)
            };
            lists::party(ui, state, term.party, &weak, out);
        }
    }
    if let Some(wider) = partnership.part_of {
        widgets::heading(ui, "Part of");
        if widgets::link(ui, &dataset.partnership(wider).name).clicked() {
            out.push(Command::Select(Some(Target::Partnership(wider))));
        }
    }
    let rows = state.rows_of(Target::Partnership(id));
    widgets::heading(ui, &format!("Engagements ({})", state.shown_of(&rows)));
    if !rows.is_empty() {
        lists::only(ui, Dimension::Partnership, id.0, out);
        ui.add_space(4.0);
    }
    lists::engagements(ui, state, &rows, out);
    if !partnership.citations.is_empty() {
        widgets::heading(ui, "Sources");
        lists::citations(ui, state, &partnership.citations, out);
    }
}
