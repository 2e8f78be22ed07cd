//! The command palette: commands and everything in the dataset, by name.

use std::sync::Arc;

use egui::{Key, Modifiers, RichText, Role, Sense, Ui, WidgetInfo, vec2};

use super::super::{input, theme, widgets};
use crate::app::{AppState, Command, Task, Waker, catalogue};
use crate::model::words::grouped;
use crate::query::{self, Dimension, SearchHit, SearchHits, search};
use crate::scene::Tokens;

/// How many results are listed.
const MOST: usize = 40;

/// Among up to so many engagements, things are looked for at once; among more, in the background, so
/// that typing never waits.
const AT_ONCE: usize = 50_000;

/// What the palette remembers while it is open.
#[derive(Default)]
pub struct Palette {
    text: String,
    at: usize,
    /// What was found last: the document by its place in memory, the text, the answer.
    searched: Option<(usize, String, SearchHits)>,
    /// What is being looked for, where that takes longer than a frame should.
    searching: Option<(usize, String, Task<SearchHits>)>,
    /// Whether Enter was pressed before the answer was there.
    entered: bool,
}

struct Found {
    label: String,
    detail: String,
    keys: String,
    command: Command,
}

impl Palette {
    /// Shows the palette.
    pub fn show(&mut self, ui: &mut Ui, state: &AppState, fresh: bool, out: &mut Vec<Command>) {
        ui.set_width(620.0);
        if fresh {
            self.text = input::typed_ahead(ui.ctx());
        }
        let response = ui.add_sized(
            vec2(ui.available_width(), 34.0),
            egui::TextEdit::singleline(&mut self.text)
                .hint_text("A command, an engagement, a party, a place or a document")
                .margin(egui::Margin::symmetric(10, 8)),
        );
        response.widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, "Palette"));
        if fresh {
            response.request_focus();
        }
        if response.changed() {
            self.at = 0;
        }
        let found = self.find(ui, state);
        let before = self.at;
        ui.input_mut(|input| {
            if input.consume_key(Modifiers::NONE, Key::ArrowDown) {
                self.at = (self.at + 1).min(found.len().saturating_sub(1));
            }
            if input.consume_key(Modifiers::NONE, Key::ArrowUp) {
                self.at = self.at.saturating_sub(1);
            }
        });
        // Nobody means the first result of the words before.
        let waits = self.waits(state);
        let pressed = self.entered || ui.input(|input| input.key_pressed(Key::Enter));
        self.entered = pressed && waits;
        let enter = pressed && !waits;
        let mut chosen = None;
        ui.add_space(6.0);
        if found.is_empty() {
            widgets::note(ui, "Nothing of that name. Try a part of it, or another spelling.");
        }
        super::scroll(ui, 420.0, 200.0).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            for (at, one) in found.iter().enumerate() {
                let response = result(ui, one, at == self.at);
                if at == self.at && (fresh || self.at != before) {
                    response.scroll_to_me(None);
                }
                if response.clicked() || (enter && at == self.at) {
                    chosen = Some(one.command.clone());
                }
            }
        });
        if let Some(remark) = self.remark(state) {
            widgets::note(ui, &remark);
        }
        if let Some(command) = chosen {
            out.push(Command::CloseOverlay);
            out.push(command);
        }
    }

    /// What the dataset has of a text, looked for once; while that takes its time, what it had of
    /// the text before, and nothing while it cannot be looked for.
    fn things(&mut self, ui: &Ui, state: &AppState, wanted: &str) -> Vec<SearchHit> {
        if !state.is_search_ready() {
            return Vec::new();
        }
        if let Some((.., task)) = &self.searching
            && let Some(answer) = task.poll()
            && let Some((document, text, _)) = self.searching.take()
        {
            self.searched = Some((document, text, answer.unwrap_or_default()));
        }
        let document = Arc::as_ptr(&state.document).addr();
        let known = |(at, text, _): &(usize, String, SearchHits)| *at == document && text == wanted;
        if !self.searched.as_ref().is_some_and(known) && self.searching.is_none() {
            let all = Arc::clone(&state.document);
            let text = wanted.to_owned();
            let look = move || search(&all.dataset, &all.columns, &text, MOST);
            if state.document.columns.len() <= AT_ONCE {
                self.searched = Some((document, wanted.to_owned(), look()));
            } else {
                let ctx = ui.ctx().clone();
                let waker: Waker = Arc::new(move || ctx.request_repaint());
                let task = Task::start("find", &waker, look);
                self.searching = Some((document, wanted.to_owned(), task));
            }
        }
        let found = self.searched.as_ref().filter(|(at, ..)| *at == document);
        found.map_or_else(Vec::new, |(.., found)| found.hits.clone())
    }

    /// Whether what is shown is not yet the answer to what was typed.
    fn waits(&self, state: &AppState) -> bool {
        let wanted = self.text.trim().to_lowercase();
        let known = self.searched.as_ref().is_some_and(|(_, text, _)| *text == wanted);
        !wanted.is_empty() && state.is_search_ready() && !known
    }

    /// How much was found of which only the best is listed, or why there is less.
    fn remark(&self, state: &AppState) -> Option<String> {
        if self.text.trim().is_empty() {
            return None;
        }
        if !state.is_search_ready() {
            return Some(
                "Engagements, parties and documents can be found in a moment: the search is \
                 being prepared."
                    .to_owned(),
            );
        }
        if self.waits(state) {
            return Some("Searching…".to_owned());
        }
        let (.., found) = self.searched.as_ref()?;
        let more = found.total > found.hits.len();
        more.then(|| {
            format!(
                "The best {} of {} in the data",
                grouped(found.hits.len()),
                grouped(found.total)
            )
        })
    }

    fn find(&mut self, ui: &Ui, state: &AppState) -> Vec<Found> {
        let wanted = self.text.trim().to_lowercase();
        let mut found: Vec<Found> = catalogue()
            .into_iter()
            .filter(|entry| {
                wanted.split_whitespace().all(|word| {
                    entry.label.to_lowercase().contains(word)
                        || (word.len() > 3 && entry.hint.to_lowercase().contains(word))
                })
            })
            .filter(|entry| entry.command != Command::ShowPalette)
            .map(|entry| Found {
                label: entry.label.to_owned(),
                detail: entry.hint.to_owned(),
                keys: entry
                    .keys
                    .first()
                    .map_or_else(String::new, |keys| widgets::keys(ui.ctx(), keys)),
                command: entry.command,
            })
            .collect();
        if !wanted.is_empty() {
            // Things of the dataset come before commands whose explanation happens to match.
            let things = self.things(ui, state, &wanted).into_iter().map(|hit| Found {
                label: hit.label.into(),
                detail: hit.detail.into(),
                keys: String::new(),
                command: match hit.target {
                    query::Found::Target(target) => Command::Reveal(target),
                    query::Found::Topic(id) => Command::OnlyFacet(Dimension::Topic, id.0),
                },
            });
            // Commands that are called so come before them, the one of just this name first.
            found.sort_by_key(|one| {
                let label = one.label.to_lowercase();
                (label != wanted, !label.starts_with(&wanted))
            });
            let starts = |one: &Found| one.label.to_lowercase().starts_with(&wanted);
            let split = found.iter().position(|one| !starts(one)).unwrap_or(found.len());
            let rest = found.split_off(split);
            found.extend(things);
            found.extend(rest);
        }
        found.truncate(MOST);
        found
    }
}

fn result(ui: &mut Ui, found: &Found, current: bool) -> egui::Response {
    let tokens = theme::tokens(ui.ctx());
    let width = ui.available_width();
    let (rect, response) = ui.allocate_exact_size(vec2(width, 30.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::MenuItem, true, &found.label));
    if current || response.hovered() {
        ui.painter().rect_filled(
            rect,
            egui::CornerRadius::same(5),
            theme::color(tokens.accent_ground),
        );
    }
    let mut row = ui.new_child(
        egui::UiBuilder::new()
            .max_rect(rect.shrink2(vec2(10.0, 0.0)))
            .layout(egui::Layout::left_to_right(egui::Align::Center)),
    );
    let label = widgets::elided(
        &row,
        &found.label,
        &theme::font(Tokens::BODY),
        tokens.ink_strong,
        width * 0.6,
    );
    row.add(egui::Label::new(label));
    row.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        if !found.keys.is_empty() {
            widgets::key_cap(ui, &found.keys);
        }
        ui.add(
            egui::Label::new(
                RichText::new(&found.detail)
                    .font(theme::font(Tokens::SMALL))
                    .color(theme::color(tokens.ink_faint)),
            )
            .truncate(),
        );
    });
    widgets::focus_ring(ui, &response);
    response
}
