//! What is not on the map: engagements of which no place is said, and places whose position is not
//! known, as a list that opens from the foot of the map.

use std::sync::Arc;

use egui::{Rect, RichText, ScrollArea, Ui, pos2, vec2};

use super::theme;
use crate::app::{AppState, Command};
use crate::model::{PlaceId, Target, words::grouped};
use crate::scene::Tokens;
use crate::scene::map::{Counted, FOOT};

/// How many places are listed.
const LISTED: usize = 200;

/// The list, and what it was made of.
#[derive(Default)]
pub struct OffMap {
    made_of: Option<Arc<Counted>>,
    places: Vec<(PlaceId, u32)>,
}

impl OffMap {
    /// Shows the button above the foot of the map, where there is anything to list.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        state: &AppState,
        rect: Rect,
        counted: &Arc<Counted>,
        out: &mut Vec<Command>,
    ) {
        let dataset = &state.document.dataset;
        let without = counted.places.without;
        if self.made_of.as_ref().is_none_or(|old| !Arc::ptr_eq(old, counted)) {
            self.made_of = Some(Arc::clone(counted));
            let unknown = counted.places.places.iter();
            self.places = unknown
                .filter(|count| dataset.place(count.place).position.is_none())
                .map(|count| (count.place, count.engagements))
                .collect();
            self.places.sort_by_key(|&(place, count)| (std::cmp::Reverse(count), place));
        }
        let missing: u32 = without + self.places.iter().map(|(_, count)| count).sum::<u32>();
        if missing == 0 {
            return;
        }
        let place = Rect::from_min_size(
            pos2(rect.right() - 168.0, rect.bottom() - 2.0 * FOOT - 26.0),
            vec2(120.0, 26.0),
        );
        let builder = egui::UiBuilder::new()
            .max_rect(place)
            .layout(egui::Layout::right_to_left(egui::Align::Center));
        let mut child = ui.new_child(builder);
        let label = format!("{} not on the map", grouped(missing as usize));
        let text = RichText::new(label).font(theme::font(Tokens::SMALL));
        let button = egui::Button::new(text).min_size(vec2(0.0, 24.0));
        egui::containers::menu::MenuButton::from_button(button).ui(&mut child, |ui| {
            ui.set_max_width(300.0);
            if without > 0 {
                let text = format!("{} engagements of which no place is said", grouped(without as usize));
                ui.label(RichText::new(text).font(theme::font(Tokens::NOTE)));
            }
            if self.places.is_empty() {
                return;
            }
            let text = "Places whose position is not known; a column of latitudes and longitudes in \
                        the file would put them on the map:";
            ui.label(RichText::new(text).font(theme::font(Tokens::NOTE)));
            ScrollArea::vertical().max_height(260.0).show(ui, |ui| {
                for &(id, count) in self.places.iter().take(LISTED) {
                    let name = format!("{} · {}", dataset.place(id).name, grouped(count as usize));
                    let text = RichText::new(name).font(theme::font(Tokens::NOTE));
                    if ui.add(egui::Button::new(text).frame(false).truncate()).clicked() {
                        out.push(Command::Select(Some(Target::Place(id))));
                        ui.close();
                    }
                }
                if self.places.len() > LISTED {
                    let more = grouped(self.places.len() - LISTED);
                    ui.label(format!("and {more} more"));
                }
            });
        });
    }
}
