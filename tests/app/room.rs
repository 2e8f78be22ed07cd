//! Windows of all sizes: what is shown has room, and what has none can be brought back.

use demarche::app::{MapTab, Pane};
use egui::accesskit::Role;
use egui::{Key, Rect};
use egui_kittest::kittest::Queryable;

use super::driver::App;

/// Where something with this role stands whose name begins so.
fn place(app: &App, role: Role, start: &str) -> Rect {
    app.starting(role, start).rect()
}

#[test]
fn a_comparison_can_be_read_in_a_small_window() {
    let mut app = App::sized(1280.0, 720.0);
    app.press(Key::Num3);
    let canvas = place(&app, Role::Canvas, "Change, ");
    assert!(canvas.height() > 150.0 && canvas.width() > 300.0, "{canvas:?}");
    for button in ["Closer", "Farther", "Show all of it"] {
        let button = app.node(Role::Button, button).rect();
        assert!(canvas.contains_rect(button), "{button:?} outside of {canvas:?}");
    }
    // The last column ends where the pane does, with the details to its right.
    let details = app.node(Role::Button, "Hide the details").rect();
    let last = place(&app, Role::ColumnHeader, "Sort by Change");
    assert!(canvas.right() < last.left() && last.right() < details.left(), "{last:?}");
}

#[test]
fn where_network_and_table_have_no_room_together_one_is_chosen() {
    let mut app = App::sized(800.0, 600.0);
    app.press(Key::Num3);
    assert!(place(&app, Role::Canvas, "Change, ").height() > 90.0);
    app.assert_silent("Save CSV…");
    app.click(Role::RadioButton, "Table");
    assert!(app.says("Save CSV…"));
    let names = app.names(Role::Canvas);
    assert!(names.iter().all(|name| !name.starts_with("Change")), "{names:?}");
}

#[test]
fn the_pane_takes_all_the_height_and_gives_it_back() {
    let mut app = App::sized(1280.0, 720.0);
    let before = place(&app, Role::Canvas, "Network").height();
    app.press(Key::M);
    let filled = place(&app, Role::Canvas, "Network").height();
    assert!(filled > before + 150.0, "{before} {filled}");
    let canvases = app.names(Role::Canvas);
    assert!(canvases.iter().all(|name| !name.starts_with("Timeline")), "{canvases:?}");
    assert!(place(&app, Role::Slider, "Overview").height() > 40.0);
    app.click(Role::Button, "All the height");
    assert_eq!(place(&app, Role::Canvas, "Network").height(), before);
    place(&app, Role::Canvas, "Timeline");
}

#[test]
fn the_divider_moves_by_pointer_and_by_keys_and_a_double_click_fills() {
    let mut app = App::sized(1280.0, 720.0);
    let height = |app: &App| place(app, Role::Canvas, "Network").height();
    let (before, at) = (height(&app), place(&app, Role::Splitter, "Divider").center());
    app.harness().drag_at(at);
    app.harness().step();
    app.harness().hover_at(at - egui::vec2(0.0, 60.0));
    app.harness().step();
    app.harness().drop_at(at - egui::vec2(0.0, 60.0));
    app.settle();
    assert!((height(&app) - before - 60.0).abs() < 2.0, "{} {before}", height(&app));
    let dragged = height(&app);
    app.starting(Role::Splitter, "Divider").focus();
    app.press(Key::ArrowDown);
    assert!(height(&app) < dragged);
    app.palette("Divide the height as at first");
    assert_eq!(height(&app), before);
    let at = place(&app, Role::Splitter, "Divider").center();
    app.double_click(at);
    assert!(app.state().pane_fills());
}

#[test]
fn a_narrow_window_has_one_side_panel_and_signs_for_both() {
    let mut app = App::sized(900.0, 700.0);
    assert!(app.says("Saved views") && !app.says("How it was read"));
    app.press(Key::Period);
    assert!(app.selected().is_some() && !app.says("Saved views"));
    app.click(Role::Button, "Filters");
    assert!(app.says("Saved views") && !app.state().shows(Pane::Details));
    // What stands in the top bar does not lie on the search.
    let search = app.starting(Role::SearchInput, "Search").rect();
    assert!(!search.intersects(app.node(Role::Button, "Filters").rect()));
}

#[test]
fn every_tab_keeps_within_a_small_window() {
    let mut app = App::sized(760.0, 480.0);
    for tab in MapTab::ALL {
        app.send(demarche::app::Command::SetTab(tab));
        app.harness().step();
        app.settle();
        let window = Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(760.0, 480.0));
        for role in [Role::Button, Role::RadioButton] {
            for node in app.harness().query_all_by_role(role) {
                let rect = node.rect();
                let seen = rect.intersect(window);
                // Lists scroll; what stands in a bar must not reach beyond the right edge.
                assert!(
                    seen.is_negative() || rect.right() <= 761.0,
                    "{tab:?}: {node:?} at {rect:?}"
                );
            }
        }
    }
}

#[test]
fn no_two_tools_of_the_pane_lie_on_one_another() {
    for (width, height) in [(1280.0, 720.0), (1000.0, 640.0)] {
        let mut app = App::sized(width, height);
        // A window with a long name, and a selection, so that all panels are there.
        app.press(Key::Period);
        for tab in MapTab::ALL {
            app.send(demarche::app::Command::SetTab(tab));
            app.harness().step();
            app.settle();
            let bar = place(&app, Role::Button, "All the height").y_range();
            let harness = app.harness();
            let tools: Vec<(String, Rect)> = [Role::Button, Role::RadioButton]
                .into_iter()
                .flat_map(|role| harness.query_all_by_role(role))
                .map(|node| (format!("{node:?}"), node.rect().shrink(1.0)))
                .filter(|(_, rect)| bar.contains(rect.center().y))
                .collect();
            assert!(tools.len() > 1, "{tab:?}");
            for (at, (name, rect)) in tools.iter().enumerate() {
                for (other, there) in &tools[at + 1..] {
                    assert!(!rect.intersects(*there), "{width}, {tab:?}: {name} and {other}");
                }
            }
        }
    }
}

#[test]
fn dialogs_have_room_in_small_windows() {
    for (width, height) in [(1280.0, 720.0), (960.0, 520.0)] {
        let mut app = App::sized(width, height);
        app.chord(egui::Modifiers::COMMAND, Key::E);
        let save = app.node(Role::Button, "Save").rect();
        let close = app.node(Role::Button, "Close").rect();
        assert!(close.top() >= 0.0 && save.bottom() <= height, "{close:?} {save:?}");
    }
}

#[test]
fn every_command_is_the_first_in_the_palette_under_its_own_name() {
    let mut app = App::launch();
    app.chord(egui::Modifiers::COMMAND, Key::K);
    for entry in demarche::app::catalogue() {
        if entry.command == demarche::app::Command::ShowPalette {
            continue;
        }
        app.harness().event(egui::Event::Text(entry.label.to_owned()));
        app.settle();
        let first = app.names(Role::MenuItem).into_iter().next();
        assert_eq!(first.as_deref(), Some(entry.label));
        app.harness().key_press_modifiers(egui::Modifiers::COMMAND, Key::A);
        app.settle();
    }
}

#[test]
fn days_are_added_to_the_filter_with_ctrl_and_drag_in_the_overview() {
    let mut app = App::launch();
    let strip = place(&app, Role::Slider, "Overview");
    let window = app.state().view.window;
    let mut drag = |from: f32, to: f32| {
        let at =
            |share: f32| egui::pos2(strip.left() + share * strip.width(), strip.center().y - 8.0);
        let event = |pressed: bool, pos: egui::Pos2| egui::Event::PointerButton {
            pos,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: egui::Modifiers::COMMAND,
        };
        let held = egui::Event::ModifiersChanged;
        app.harness().input_mut().events.push(held(egui::Modifiers::COMMAND));
        app.harness().hover_at(at(from));
        app.harness().step();
        for next in [event(true, at(from)), egui::Event::PointerMoved(at(to)), event(false, at(to))]
        {
            app.harness().input_mut().events.push(next);
            app.harness().step();
        }
        app.harness().input_mut().events.push(held(egui::Modifiers::NONE));
        app.harness().step();
        app.settle();
    };
    drag(0.3, 0.4);
    drag(0.6, 0.7);
    let days = &app.state().filter.when;
    assert_eq!(days.len(), 2, "{days:?}");
    assert!(days[0].to < days[1].from);
    assert_eq!(app.state().view.window, window, "the brush stays");
    app.press(Key::X);
    assert!(app.state().filter.when.is_empty());
}
