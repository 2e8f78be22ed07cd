//! Details of a party, and of the tie between two.

use egui::Ui;

use super::super::{arrange, theme, widgets};
use super::{lists, title};
use crate::app::{AppState, Command};
use crate::formats::gazetteer::{self, Membership};
use crate::model::{Party, PartyId, PartyKind, Target, words};

/// Shows the details of a party.
pub fn show(ui: &mut Ui, state: &AppState, id: PartyId, out: &mut Vec<Command>) {
    let dataset = &state.document.dataset;
    let party = dataset.party(id);
    let tokens = theme::tokens(ui.ctx());
    title(ui, &party.name);
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        let color = lists::party_color(state, id, tokens);
        widgets::chip(ui, Some(color), party.kind.label(), party.iso.as_deref().unwrap_or(""));
        if let Some(seat) = party.seat
            && widgets::chip(ui, None, &dataset.place(seat).name, "seat").clicked()
        {
            out.push(Command::Select(Some(Target::Place(seat))));
        }
    });
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        lists::only_party(ui, state, id, out);
        if state.layout.positions.get(id.index()).copied().flatten().is_some() {
            arrange::pin(ui, state, id, out);
        }
    });
    if !party.other_names.is_empty() || !party.aliases.is_empty() {
        widgets::heading(ui, "Also called");
        lists::names(ui, &party.other_names);
        if !party.aliases.is_empty() {
            widgets::note(ui, &party.aliases.join(" · "));
        }
    }
    if !party.offices.is_empty() {
        widgets::heading(ui, "Offices");
        for office in &party.offices {
            widgets::body(ui, &office.title);
            let mut parts = Vec::new();
            if let Some(of) = office.of {
                parts.push(dataset.party(of).name.to_string());
            }
            if let Some(term) = &office.term {
                parts.push(words::when(term));
            }
            let credit = lists::credit(state, &office.citation);
            if !credit.is_empty() {
                parts.push(credit);
            }
            if !parts.is_empty() {
                widgets::note(ui, &parts.join(" · "));
            }
        }
    }
    if !party.part_of.is_empty() {
        widgets::heading(ui, "Part of");
        ui.horizontal_wrapped(|ui| {
            for &parent in &party.part_of {
                lists::party(ui, state, parent, "", out);
            }
        });
    }
    let parts: Vec<PartyId> = (0..dataset.parties().len())
        .map(PartyId::at)
        .filter(|&other| dataset.party(other).part_of.contains(&id))
        .collect();
    if !parts.is_empty() {
        widgets::heading(ui, "Includes");
        ui.horizontal_wrapped(|ui| {
            for &part in parts.iter().take(40) {
                lists::party(ui, state, part, "", out);
            }
        });
    }
    let partnerships: Vec<_> = dataset
        .partnerships()
        .iter()
        .enumerate()
        .filter(|(_, row)| row.members.iter().any(|member| member.party == id))
        .collect();
    if !partnerships.is_empty() {
        widgets::heading(ui, "Partnerships");
        for (at, partnership) in partnerships {
            if widgets::link(ui, &partnership.name).clicked() {
                let id = crate::model::PartnershipId::at(at);
                out.push(Command::Select(Some(Target::Partnership(id))));
            }
        }
    }
    ties(ui, state, id, out);
    let rows = state.rows_of(Target::Party(id));
    widgets::heading(ui, &format!("Engagements ({})", state.shown_of(&rows)));
    lists::engagements(ui, state, &rows, out);
    names_of_the_time(ui, party);
    member_of(ui, party);
    if let Some(text) = &party.note {
        widgets::heading(ui, "Note");
        widgets::body(ui, text);
    }
    if !party.citations.is_empty() {
        widgets::heading(ui, "Sources");
        lists::citations(ui, state, &party.citations, out);
    }
}

/// The strongest ties of a party among what is shown.
fn ties(ui: &mut Ui, state: &AppState, id: PartyId, out: &mut Vec<Command>) {
    let mut ties: Vec<_> = state.derived.ties.of(id).collect();
    if ties.is_empty() {
        return;
    }
    ties.sort_by(|a, b| b.engagements.cmp(&a.engagements).then((a.a, a.b).cmp(&(b.a, b.b))));
    widgets::heading(ui, &format!("Engages with ({})", ties.len()));
    ui.spacing_mut().item_spacing.y = 6.0;
    ui.horizontal_wrapped(|ui| {
        for tie in ties.iter().take(12) {
            let other = if tie.a == id { tie.b } else { tie.a };
            let party = state.document.dataset.party(other);
            let color = lists::party_color(state, other, theme::tokens(ui.ctx()));
            let count = tie.engagements.to_string();
            let chip = widgets::chip(ui, Some(color), party.label(), &count);
            lists::hover(&chip, Target::Tie(tie.a, tie.b), state, out);
            if chip.on_hover_text("The engagements they share").clicked() {
                out.push(Command::Select(Some(Target::Tie(tie.a, tie.b))));
            }
        }
    });
    ui.spacing_mut().item_spacing.y = 4.0;
    if ties.len() > 12 {
        widgets::note(ui, &format!("and {} more", ties.len() - 12));
    }
}

/// Shows what two parties share.
pub fn show_tie(ui: &mut Ui, state: &AppState, a: PartyId, b: PartyId, out: &mut Vec<Command>) {
    let dataset = &state.document.dataset;
    title(ui, &format!("{} – {}", dataset.party(a).label(), dataset.party(b).label()));
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        lists::party(ui, state, a, "", out);
        lists::party(ui, state, b, "", out);
    });
    let shared: Vec<_> = dataset
        .partnerships()
        .iter()
        .enumerate()
        .filter(|(_, row)| {
            let has = |id| row.members.iter().any(|member| member.party == id);
            has(a) && has(b)
        })
        .collect();
    if !shared.is_empty() {
        widgets::heading(ui, "Formal partnerships");
        for (at, partnership) in shared {
            if widgets::link(ui, &partnership.name).clicked() {
                let id = crate::model::PartnershipId::at(at);
                out.push(Command::Select(Some(Target::Partnership(id))));
            }
        }
    }
    let rows = state.rows_of(Target::Tie(a, b));
    widgets::heading(ui, &format!("Engagements they share ({})", state.shown_of(&rows)));
    lists::engagements(ui, state, &rows, out);
}

/// What a state was called before, or when a former one was there, with the sources.
fn names_of_the_time(ui: &mut Ui, party: &Party) {
    let Some(state) = gazetteer::state_of_party(party) else { return };
    let mut names = state.timed_names().peekable();
    if names.peek().is_none() {
        return;
    }
    widgets::heading(ui, if state.is_former() { "Its time" } else { "Names over time" });
    for name in names {
        let text = format!("{}, {}", name.name, name.time());
        widgets::body(ui, &text).on_hover_text(name.source);
    }
    if let Some(now) = state.beside(&party.name, None) {
        widgets::note(ui, &format!("“{}” is what the file says; {now}.", party.name));
    }
}

/// The longest list of memberships that is shown.
const MEMBERSHIPS: usize = 60;

/// What a state belongs to, or who belongs to an organisation, with dates and sources.
fn member_of(ui: &mut Ui, party: &Party) {
    let state = party.iso.as_deref().and_then(gazetteer::resolve_state_code);
    let organisation = (party.kind == PartyKind::Organisation)
        .then(|| gazetteer::resolve_organisation(&party.name))
        .flatten();
    let (heading, list): (_, Vec<(&str, &Membership)>) = match (state, organisation) {
        (Some(state), _) => (
            "Member of",
            state
                .memberships()
                .map(|one| {
                    let of = one.organisation;
                    (if of.short.is_empty() { of.name } else { of.short }, one)
                })
                .collect(),
        ),
        (None, Some(of)) => ("Members", of.members().map(|one| (one.state.name, one)).collect()),
        (None, None) => return,
    };
    if list.is_empty() {
        return;
    }
    widgets::heading(ui, heading);
    for (name, membership) in list.into_iter().take(MEMBERSHIPS) {
        let from = words::when(&membership.from);
        let text = match &membership.to {
            Some(to) => format!("{name}, {from} to {}", words::when(to)),
            None => format!("{name}, since {from}"),
        };
        widgets::body(ui, &text).on_hover_text(membership.source);
    }
    widgets::note(ui, "From the gazetteer; point at a line to see who says so.");
}
