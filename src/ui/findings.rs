//! What is wrong or doubtful: what the checker found, and problems met when the file was read.

use egui::{CornerRadius, Margin, RichText, Role, ScrollArea, Stroke, Ui, WidgetInfo};

use super::details::lists;
use super::{theme, widgets};
use crate::app::{AppState, Command};
use crate::formats::{self, Problem};
use crate::model::Target;
use crate::model::check::{Finding, FindingKind, Severity};
use crate::scene::Tokens;

/// How many problems are drawn at a time.
const PAGE: usize = 200;

/// What the list remembers: the finding that is being dismissed, with the reason as typed.
#[derive(Default)]
pub struct FindingsPane {
    dismissing: Option<(String, String)>,
    pages: usize,
}

impl FindingsPane {
    /// Shows the list.
    pub fn show(&mut self, ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
        let findings = &state.checked.findings.findings;
        let problems = &state.document.report.problems;
        if findings.is_empty() && problems.is_empty() {
            widgets::empty(
                ui,
                "Nothing found",
                "Every record of the file was understood, and no two statements contradict each \
                 other.",
            );
            return;
        }
        ScrollArea::vertical().auto_shrink([false; 2]).show(ui, |ui| {
            ui.set_max_width(ui.available_width().min(860.0));
            for finding in state.open_findings() {
                self.finding(ui, state, finding, out);
                ui.add_space(8.0);
            }
            let dismissed: Vec<&Finding> =
                findings.iter().filter(|one| state.dismissal(one).is_some()).collect();
            if !dismissed.is_empty() {
                widgets::heading(ui, &format!("Dismissed ({})", dismissed.len()));
                for finding in dismissed {
                    ui.horizontal_wrapped(|ui| {
                        let reason = state.dismissal(finding).unwrap_or_default();
                        widgets::note(ui, &format!("{} — {reason}", finding.message));
                        if widgets::link_sized(ui, "Take up again", Tokens::NOTE).clicked() {
                            out.push(Command::RestoreFinding(finding.id.clone()));
                        }
                    });
                }
            }
            if !problems.is_empty() {
                let name = state.document.origin.name();
                widgets::heading(ui, &format!("Problems in {name} ({})", problems.len()));
                let shown = PAGE * (self.pages + 1);
                for problem in problems.iter().take(shown) {
                    row(ui, problem);
                }
                if problems.len() > shown {
                    let more = format!("Show more of {}", problems.len());
                    if widgets::link(ui, &more).clicked() {
                        self.pages += 1;
                    }
                }
            }
            ui.add_space(12.0);
        });
    }

    fn finding(&mut self, ui: &mut Ui, state: &AppState, one: &Finding, out: &mut Vec<Command>) {
        let tokens = theme::tokens(ui.ctx());
        let (fill, line) = match one.severity {
            Severity::Contradiction | Severity::Warning => (tokens.amber_ground, tokens.amber_line),
            Severity::Note => (tokens.panel, tokens.line),
        };
        egui::Frame::new()
            .fill(theme::color(fill))
            .stroke(Stroke::new(1.0, theme::color(line)))
            .corner_radius(CornerRadius::same(8))
            .inner_margin(Margin::symmetric(12, 10))
            .show(ui, |ui| {
                ui.set_width(ui.available_width());
                let title = format!("{}: {}", one.severity.label(), one.kind.label());
                ui.label(RichText::new(title).font(theme::strong(Tokens::NOTE)));
                statements(ui, state, one, out);
                ui.horizontal_wrapped(|ui| {
                    for &target in &one.about {
                        let dataset = &state.document.dataset;
                        let label = match target {
                            Target::Engagement(id) => Some(dataset.engagement(id).label()),
                            // A finding about engagements names their parties in its words.
                            Target::Party(id) if one.kind == FindingKind::PartOfItself => {
                                Some(dataset.party(id).label())
                            }
                            _ => None,
                        };
                        if let Some(label) = label {
                            let response = widgets::link_sized(ui, label, Tokens::NOTE);
                            lists::hover(&response, target, state, out);
                            if response.clicked() {
                                out.push(Command::Reveal(target));
                            }
                        }
                    }
                    if self.dismissing.as_ref().is_none_or(|(id, _)| *id != one.id)
                        && widgets::link_sized(ui, "Dismiss…", Tokens::NOTE)
                            .on_hover_text("Put it aside, with a reason")
                            .clicked()
                    {
                        self.dismissing = Some((one.id.clone(), String::new()));
                    }
                });
                self.dismissal(ui, one, out);
            });
    }

    /// The field for the reason, while a finding is being dismissed.
    fn dismissal(&mut self, ui: &mut Ui, one: &Finding, out: &mut Vec<Command>) {
        let Some((_, reason)) = self.dismissing.as_mut().filter(|(id, _)| *id == one.id) else {
            return;
        };
        let mut done = false;
        ui.horizontal(|ui| {
            let field = egui::TextEdit::singleline(reason)
                .hint_text("Why it can be put aside")
                .desired_width(360.0);
            let response = ui.add(field);
            response.widget_info(|| {
                WidgetInfo::labeled(Role::TextInput, true, "Reason for dismissing")
            });
            let ready = !reason.trim().is_empty();
            let clicked =
                ui.add_enabled_ui(ready, |ui| widgets::button(ui, "Dismiss").clicked()).inner;
            if clicked {
                out.push(Command::DismissFinding(one.id.clone(), reason.trim().to_owned()));
                done = true;
            }
            done |= widgets::button(ui, "Keep").clicked();
        });
        if done {
            self.dismissing = None;
        }
    }
}

/// What was found and the statements that it rests on, each with who makes it.
pub fn statements(ui: &mut Ui, state: &AppState, one: &Finding, out: &mut Vec<Command>) {
    widgets::body(ui, &one.message);
    for (at, statement) in one.statements.iter().enumerate() {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            widgets::note(ui, &format!("{}. {}", at + 1, statement.text));
            match statement.source {
                Some(id) => {
                    let response = widgets::link_sized(ui, &statement.by, Tokens::NOTE);
                    if response.clicked() {
                        out.push(Command::Select(Some(Target::Source(id))));
                    }
                }
                None => {
                    widgets::note(ui, &statement.by);
                }
            }
        });
    }
    let _ = state;
}

fn row(ui: &mut Ui, problem: &Problem) {
    let tokens = theme::tokens(ui.ctx());
    let (word, ink) = match problem.severity {
        formats::Severity::Error => ("Error", tokens.error),
        formats::Severity::Warning => ("Warning", tokens.amber),
        formats::Severity::Note => ("Note", tokens.ink_weak),
    };
    ui.horizontal_top(|ui| {
        ui.allocate_ui(egui::vec2(56.0, 20.0), |ui| {
            ui.set_width(56.0);
            ui.label(
                RichText::new(word).font(theme::strong(Tokens::SMALL)).color(theme::color(ink)),
            );
        });
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            widgets::body(ui, &format!("{}: {}", problem.location.told(), problem.message));
            if !problem.done.is_empty() {
                widgets::note(ui, &problem.done);
            }
        });
    });
    ui.add_space(4.0);
}
