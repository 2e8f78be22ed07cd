//! The shortest way between two parties: step by step, with the engagements that make each.

use egui::Ui;

use super::super::widgets;
use super::{lists, title};
use crate::app::{AppState, Command, NetworkCommand};
use crate::model::{PartyId, Target, words};

/// Shows the way from one party to another.
pub fn show(ui: &mut Ui, state: &AppState, from: PartyId, to: PartyId, out: &mut Vec<Command>) {
    let label = |id: PartyId| state.document.dataset.party(id).label();
    title(ui, &format!("Path: {} → {}", label(from), label(to)));
    ui.add_space(4.0);
    let way = state.way().unwrap_or_default();
    if way.is_empty() {
        widgets::note(
            ui,
            "No way leads from one to the other by the engagements shown. Show all time, or widen \
             the filter.",
        );
    } else {
        let steps = words::count(way.len() - 1, "step", "steps");
        widgets::note(
            ui,
            &format!("{steps}: as few as possible, along the strongest ties among what is shown."),
        );
    }
    for (number, step) in way.windows(2).enumerate() {
        let &[a, b] = step else { continue };
        let (a, b) = (a.min(b), a.max(b));
        let rows: Vec<u32> = state
            .rows_of(Target::Tie(a, b))
            .into_iter()
            .filter(|row| state.derived.shown.binary_search(row).is_ok())
            .collect();
        widgets::heading(ui, &format!("Step {}", number + 1));
        let text = format!("{} – {}", label(step[0]), label(step[1]));
        let link = widgets::link(ui, &text);
        lists::hover(&link, Target::Tie(a, b), state, out);
        if link.on_hover_text("All that the two share").clicked() {
            out.push(Command::Select(Some(Target::Tie(a, b))));
        }
        lists::engagements(ui, state, &rows, out);
    }
    ui.add_space(10.0);
    if widgets::button(ui, "Forget the path").clicked() {
        out.push(Command::Network(NetworkCommand::ClearPath));
    }
}
