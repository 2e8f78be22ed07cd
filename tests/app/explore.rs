//! Moving through time, lanes, panels, themes, palette and keys; and the window at rest.

use std::time::Duration;

use demarche::app::{MapTab, Overlay, Settings, ThemeChoice, TimeWindow, catalogue};
use demarche::model::Target;
use demarche::query::LaneBy;
use egui::accesskit::Role;
use egui::{Key, Modifiers};

use crate::driver::App;

fn window(app: &App) -> TimeWindow {
    app.state().view.window
}

#[test]
fn keys_zoom_pan_and_fit() {
    let mut app = App::launch();
    let start = window(&app);
    for (closer, farther) in [(Key::W, Key::S), (Key::Plus, Key::Minus)] {
        app.press(closer);
        assert!((window(&app).days() / start.days() - 0.5).abs() < 1e-9);
        app.press(farther);
        assert!((window(&app).days() / start.days() - 1.0).abs() < 1e-9);
    }
    for (earlier, later) in [(Key::A, Key::D), (Key::ArrowLeft, Key::ArrowRight)] {
        app.press(earlier);
        assert!(window(&app).from < start.from);
        assert!((window(&app).days() - start.days()).abs() < 1e-6);
        app.press(later);
        assert!((window(&app).from - start.from).abs() < 1e-6);
    }
    app.press(Key::Num0);
    assert_eq!(window(&app), TimeWindow::around(app.state().document.extent));
    app.press(Key::Period);
    app.press(Key::F);
    assert!(window(&app).days() < start.days(), "the first engagement is shorter than all time");
    app.chord(Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(window(&app), TimeWindow::around(app.state().document.extent));
    app.click(Role::Button, "Fit all");
    assert_eq!(window(&app), TimeWindow::around(app.state().document.extent));
}

#[test]
fn some_of_the_data_stays_in_sight_however_far_one_pans_and_zooms() {
    let mut app = App::launch();
    let extent = app.state().document.extent;
    for key in [Key::A, Key::D] {
        for _ in 0..30 {
            app.press(key);
        }
        let window = window(&app);
        assert!(
            window.to >= f64::from(extent.from.0) && window.from <= f64::from(extent.to.0) + 1.0
        );
    }
    for _ in 0..30 {
        app.press(Key::S);
    }
    assert!(window(&app).days() <= TimeWindow::LONGEST);
    for _ in 0..40 {
        app.press(Key::W);
    }
    assert!(window(&app).days() >= TimeWindow::SHORTEST);
}

#[test]
fn the_pointer_pans_and_zooms_the_timeline() {
    let mut app = App::launch();
    let canvas = app.starting(Role::Canvas, "Timeline, ").rect();
    // The lower edge of the lanes is free of marks.
    let at = egui::pos2(canvas.center().x, canvas.bottom() - 6.0);
    let start = window(&app);
    app.harness().hover_at(at);
    app.harness().drag_at(at);
    app.harness().hover_at(at + egui::vec2(60.0, 0.0));
    app.harness().hover_at(at + egui::vec2(120.0, 0.0));
    app.harness().drop_at(at + egui::vec2(120.0, 0.0));
    app.settle();
    let panned = window(&app);
    assert!(panned.from < start.from, "dragging to the right shows earlier time");
    assert!((panned.days() - start.days()).abs() < 1e-6);
    assert_eq!(app.state().selection, None, "a drag selects nothing");

    app.harness().hover_at(at);
    app.harness().event(egui::Event::Zoom(2.0));
    app.settle();
    let zoomed = window(&app);
    assert!((zoomed.days() / panned.days() - 0.5).abs() < 1e-6);
    assert!(panned.from < zoomed.from && zoomed.to < panned.to);
}

#[test]
fn a_brush_on_the_overview_chooses_a_stretch_of_time() {
    let mut app = App::launch();
    app.press(Key::Num0);
    let start = window(&app);
    app.click(Role::Button, "Fit all");
    app.press(Key::W);
    let strip = app.starting(Role::Slider, "Overview, showing ").rect();
    // A click far from the brush moves it there.
    let brush = window(&app);
    let at = egui::pos2(strip.right() - strip.width() * 0.04, strip.center().y);
    app.harness().hover_at(at);
    app.harness().drag_at(at);
    app.harness().drop_at(at);
    app.settle();
    assert!((window(&app).days() - brush.days()).abs() < 1e-6);
    assert!(window(&app).from > brush.from);
    assert!(window(&app).days() < start.days());
}

#[test]
fn lanes_are_chosen_from_their_menu_and_remembered() {
    let mut app = App::launch();
    for (by, lane) in [(LaneBy::Source, "THX News"), (LaneBy::Party, "Cambodia: ")] {
        app.click_starting(Role::Button, "Lanes: ");
        app.click(Role::Button, by.label());
        assert_eq!(app.state().view.lanes, by);
        assert_eq!(app.state().settings.lanes, by);
        app.assert_says(&format!("Lanes: {}", by.label()));
        app.starting(Role::Button, lane);
    }
    app.chord(Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(app.state().view.lanes, LaneBy::Source);
}

#[test]
fn panels_come_and_go() {
    let mut app = App::launch();
    for (key, sign) in
        [(Key::B, "possibly in range"), (Key::D, "Hide the details"), (Key::J, "All time")]
    {
        app.assert_says(sign);
        app.chord(Modifiers::COMMAND, key);
        app.assert_silent(sign);
        app.chord(Modifiers::COMMAND, key);
        app.assert_says(sign);
    }
    // What is asked for opens the panel that shows it.
    app.click(Role::Button, "Hide the details");
    app.chord(Modifiers::COMMAND, Key::J);
    app.press(Key::Period);
    app.assert_says("Engagement 1 of 24");
    app.press(Key::Num4);
    app.starting(Role::Row, &app.selected().unwrap());
}

#[test]
fn the_theme_changes_at_once() {
    let mut app = App::launch();
    app.palette("dark theme");
    assert_eq!(app.state().settings.theme, ThemeChoice::Dark);
    assert_eq!(app.harness().ctx.theme(), egui::Theme::Dark);
    app.click(Role::Link, "Dark theme");
    assert_eq!(app.state().settings.theme, ThemeChoice::System);
    app.click(Role::Link, "System theme");
    assert_eq!(app.harness().ctx.theme(), egui::Theme::Light);
}

#[test]
fn the_palette_finds_commands_and_things() {
    let mut app = App::launch();
    app.chord(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::P);
    assert_eq!(app.state().overlay, Some(Overlay::Palette));
    app.write("activity");
    app.press(Key::Enter);
    assert_eq!(app.state().overlay, None);
    assert_eq!(app.state().view.tab, MapTab::Activity);

    app.palette("phnom penh");
    assert!(app.state().selection.is_some());

    // The arrows walk the results.
    app.chord(Modifiers::COMMAND, Key::K);
    app.write("lanes by");
    app.press(Key::ArrowDown);
    app.press(Key::ArrowDown);
    app.press(Key::ArrowUp);
    app.press(Key::Enter);
    assert_eq!(app.state().view.lanes, LaneBy::ALL[1]);

    // A result can be clicked; Escape changes nothing.
    app.chord(Modifiers::COMMAND, Key::K);
    app.write("samantha");
    app.click(Role::MenuItem, "Samantha Power");
    assert!(matches!(app.state().selection, Some(Target::Party(_))));
    let selection = app.state().selection;
    app.chord(Modifiers::COMMAND, Key::K);
    app.write("no such thing");
    app.assert_says("Nothing of that name");
    app.press(Key::Enter);
    app.press(Key::Escape);
    assert_eq!(app.state().overlay, None);
    assert_eq!(app.state().selection, selection);
}

#[test]
fn a_question_mark_lists_the_keys() {
    let mut app = App::launch();
    // On most keyboards it is typed with Shift.
    app.chord(Modifiers::SHIFT, Key::Questionmark);
    assert_eq!(app.state().overlay, Some(Overlay::Keys));
    let listed = |entry: &&demarche::app::Entry| entry.group == "Time" && !entry.keys.is_empty();
    for entry in catalogue().iter().filter(listed) {
        app.assert_says(entry.label);
    }
    // No plain key reaches the window behind a dialog.
    let before = window(&app);
    app.press(Key::W);
    assert_eq!(window(&app), before);
    app.click(Role::Button, "Close");
    assert_eq!(app.state().overlay, None);
    app.press(Key::F1);
    app.press(Key::Escape);
    assert_eq!(app.state().overlay, None);
}

#[test]
fn plain_keys_work_while_a_button_has_the_focus() {
    let mut app = App::launch();
    app.node(Role::Button, "Fit all").focus();
    app.settle();
    let before = window(&app).days();
    app.press(Key::W);
    assert!(window(&app).days() < before);
}

#[test]
fn quitting_closes_the_window() {
    let mut app = App::launch();
    app.harness().key_press_modifiers(Modifiers::COMMAND, Key::Q);
    app.harness().step();
    app.harness().step();
    assert!(app.state().quit);
    let output = &app.harness().output().viewport_output[&egui::ViewportId::ROOT];
    assert!(output.commands.contains(&egui::ViewportCommand::Close));
}

#[test]
fn the_smallest_window_still_shows_everything() {
    let mut app = App::launch();
    app.harness().set_size(egui::vec2(760.0, 480.0));
    app.settle();
    for key in [Key::Num1, Key::Num3, Key::Num4, Key::Num5, Key::Num6] {
        app.press(key);
    }
    assert_eq!(app.passing(), (24, 24));
    app.starting(Role::Canvas, "Timeline, ");
}

/// Every input of every part of the window has a name, and every character a glyph: settling checks
/// both.
#[test]
fn every_input_has_a_name() {
    let mut app = App::launch();
    for theme in ["light theme", "dark theme"] {
        app.palette(theme);
        for key in [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6] {
            app.press(key);
        }
        for overlay in [Key::K, Key::L] {
            app.chord(Modifiers::COMMAND, overlay);
            app.press(Key::Escape);
        }
        for command in ["all keys", "about", "columns of this table"] {
            app.palette(command);
            assert!(app.state().overlay.is_some(), "{command}");
            app.press(Key::Escape);
        }
        app.click(Role::Button, "Open…");
        app.press(Key::Escape);
    }
    let document = std::sync::Arc::clone(&app.state().document);
    let parties = (0..document.dataset.parties().len()).map(demarche::model::PartyId::at);
    let places = (0..document.dataset.places().len()).map(demarche::model::PlaceId::at);
    let targets = parties.map(Target::Party).chain(places.map(Target::Place));
    for target in targets {
        app.select(target);
    }
}

#[test]
fn an_idle_window_asks_for_no_frame() {
    let mut app = App::launch();
    for key in [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6] {
        app.press(key);
        if key == Key::Num2 {
            app.until("the map", |state| state.ground.is_some());
        }
        for selected in [false, true] {
            app.press(if selected { Key::Period } else { Key::Escape });
            app.harness().run_steps(3);
            assert_eq!(app.rest(), Duration::MAX, "{key:?}, selected: {selected}");
        }
    }
    // A pointer at rest on a mark shows its tooltip, and then nothing moves any more.
    app.starting(Role::Button, "The US Secretary of Defense visits Cambodia").hover();
    app.settle();
    app.harness().run_steps(6);
    assert_eq!(app.rest(), Duration::MAX);
    assert!(app.state().hover.is_some());
}

#[test]
fn nothing_stays_lit_when_the_pointer_has_gone() {
    let mut app = App::launch();
    app.starting(Role::Button, "The US Secretary of Defense visits Cambodia").hover();
    app.settle();
    assert!(app.state().hover.is_some());
    app.harness().remove_cursor();
    app.settle();
    assert_eq!(app.state().hover, None);
}

/// The settings as the desktop keeps them.
#[derive(Default)]
struct Kept(std::collections::BTreeMap<String, String>);

impl eframe::Storage for Kept {
    fn get_string(&self, key: &str) -> Option<String> {
        self.0.get(key).cloned()
    }

    fn set_string(&mut self, key: &str, value: String) {
        self.0.insert(key.to_owned(), value);
    }

    fn remove_string(&mut self, key: &str) {
        self.0.remove(key);
    }

    fn flush(&mut self) {}
}

#[test]
fn settings_survive_a_restart() {
    let mut app = App::launch();
    app.palette("dark theme");
    app.palette("lanes by kind");
    app.palette("ties: raw");
    app.press(Key::Num4);
    app.chord(Modifiers::COMMAND, Key::B);
    let mut kept = Kept::default();
    eframe::App::save(app.harness().state_mut(), &mut kept);
    let settings = demarche::ui::Window::settings(Some(&kept));
    assert_eq!(settings, app.state().settings);
    assert_ne!(settings, Settings::default());

    let again = App::with(settings);
    assert_eq!(again.state().view.lanes, LaneBy::Kind);
    assert_eq!(again.state().view.tab, MapTab::Table);
    again.assert_silent("possibly in range");

    // What cannot be read, and what an older version did not know, falls back to the defaults.
    for (text, theme) in
        [("nonsense", ThemeChoice::System), (r#"{"theme":"dark"}"#, ThemeChoice::Dark)]
    {
        for value in kept.0.values_mut() {
            *value = text.to_owned();
        }
        let settings = demarche::ui::Window::settings(Some(&kept));
        assert_eq!(settings, Settings { theme, ..Settings::default() });
    }
}

#[test]
fn what_is_typed_before_the_palette_is_there_is_meant_for_it() {
    let mut app = App::launch();
    let tab = app.state().view.tab;
    let key = |key, modifiers| egui::Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers,
    };
    // A frame that took its time holds all of this; each letter is a key of its own as well.
    let events = &mut app.harness().input_mut().events;
    events.push(key(Key::K, Modifiers::COMMAND));
    // A capital letter is a key as well: C folds the lanes.
    events.push(key(Key::C, Modifiers::SHIFT));
    for letter in ["h", "u", "n", "1", "m"] {
        events.push(key(Key::from_name(letter).unwrap(), Modifiers::NONE));
        events.push(egui::Event::Text(letter.to_owned()));
    }
    app.settle();
    assert_eq!(app.state().overlay, Some(Overlay::Palette));
    assert_eq!(app.state().view.tab, tab);
    assert!(!app.state().view.lane_look().all_folded);
    assert_eq!(app.node(Role::SearchInput, "Palette").value().as_deref(), Some("hun1m"));
    app.write("x");
    assert_eq!(app.node(Role::SearchInput, "Palette").value().as_deref(), Some("hun1mx"));
}

#[test]
fn ctrl_z_takes_a_filter_back_and_a_text_field_its_own_words() {
    let mut app = App::launch();
    let before = app.passing();
    app.facet("Meeting");
    assert_ne!(app.passing(), before);
    app.chord(Modifiers::COMMAND, Key::Z);
    assert_eq!(app.passing(), before);
    app.chord(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z);
    assert_ne!(app.passing(), before);
    app.chord(Modifiers::COMMAND, Key::Z);
    app.chord(Modifiers::COMMAND, Key::Y);
    assert_ne!(app.passing(), before);
    app.chord(Modifiers::COMMAND, Key::F);
    let filter = app.state().filter.clone();
    app.chord(Modifiers::COMMAND, Key::Z);
    assert_eq!(app.state().filter, filter, "nothing was written yet");
}

#[test]
fn what_is_typed_right_behind_ctrl_f_is_searched_for() {
    let mut app = App::launch();
    app.harness().key_press_modifiers(Modifiers::COMMAND, Key::F);
    app.harness().event(egui::Event::Text("lao".to_owned()));
    app.settle();
    app.write("s");
    assert_eq!(app.state().filter.text, "laos");
    app.press(Key::Escape);
    app.chord(Modifiers::COMMAND, Key::K);
    app.assert_says("Open a path…");
}
