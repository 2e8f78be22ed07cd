//! What a keyboard and a screen reader reach: every control in every tab and dialog has a name of its
//! own, takes the focus, and shows that it has it.

use std::collections::BTreeMap;

use demarche::app::{ChangeCommand, ChangeMode, Command, MapTab, Overlay};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::NodeT;

use super::driver::App;

/// What a person can do something with.
const CONTROLS: [Role; 14] = [
    Role::Button,
    Role::CheckBox,
    Role::ColumnHeader,
    Role::ComboBox,
    Role::Link,
    Role::MenuItem,
    Role::RadioButton,
    Role::SearchInput,
    Role::Slider,
    Role::SpinButton,
    Role::Splitter,
    Role::Switch,
    Role::TextInput,
    Role::Canvas,
];

/// Opens each tab, form and dialog in turn, with an engagement whose sources disagree selected.
fn everywhere(mut look: impl FnMut(&str, &mut App)) {
    let mut app = App::launch();
    app.palette("first since");
    for tab in MapTab::ALL {
        app.send(Command::SetTab(tab));
        app.harness().step();
        app.settle();
        if tab == MapTab::Geography {
            app.until("the map", |state| state.ground.is_some());
        }
        if tab == MapTab::Change {
            for mode in ChangeMode::ALL {
                app.send(Command::Change(ChangeCommand::SetMode(mode)));
                app.harness().step();
                app.settle();
                look(&format!("{tab:?}, {mode:?}"), &mut app);
            }
        } else {
            look(&format!("{tab:?}"), &mut app);
        }
    }
    app.send(Command::SetTab(MapTab::Network));
    app.harness().step();
    app.settle();
    look("Network again", &mut app);
    for command in [
        Command::ShowPalette,
        Command::ShowKeys,
        Command::ShowExport,
        Command::ShowMapping,
        Command::ShowAbout,
        Command::OpenField,
    ] {
        app.send(command.clone());
        app.harness().step();
        app.settle();
        if app.state().overlay == Some(Overlay::Export) {
            app.until("the preview", |state| state.preview.is_some());
        }
        look(&format!("{command:?}"), &mut app);
        app.press(Key::Escape);
    }
}

#[test]
fn every_control_has_a_name_of_its_own() {
    let mut faults = Vec::new();
    let mut behind: BTreeMap<String, usize> = BTreeMap::new();
    everywhere(|place, app| {
        let mut names: BTreeMap<String, usize> = BTreeMap::new();
        for node in app.harness().root().children_recursive() {
            let node = node.accesskit_node();
            if !CONTROLS.contains(&node.role()) || node.data().is_read_only() {
                continue;
            }
            match node.label().filter(|name| !name.trim().is_empty()) {
                // Links of one name lead to one thing.
                Some(_) if node.role() == Role::Link => {}
                Some(name) => {
                    let about = node.data().description().unwrap_or_default();
                    *names.entry(format!("{:?} {name:?} {about}", node.role())).or_default() += 1;
                }
                None => faults.push(format!("{place}: {:?} without a name", node.role())),
            }
        }
        // What lies behind a dialog is out of reach, and does not count twice.
        if app.state().overlay.is_none() {
            behind.clone_from(&names);
        } else {
            for (name, count) in &mut names {
                *count -= behind.get(name).copied().unwrap_or_default().min(*count);
            }
        }
        for (name, count) in names.into_iter().filter(|(_, count)| *count > 1) {
            faults.push(format!("{place}: {count} times {name}"));
        }
    });
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn whatever_has_the_focus_shows_it() {
    let mut faults = Vec::new();
    everywhere(|place, app| {
        app.harness().remove_cursor();
        app.harness().ctx.memory_mut(|memory| {
            if let Some(id) = memory.focused() {
                memory.surrender_focus(id);
            }
        });
        app.settle();
        let without = app.harness().output().shapes.clone();
        let mut seen = Vec::new();
        for _ in 0..90 {
            app.harness().key_press_modifiers(Modifiers::NONE, Key::Tab);
            app.harness().step();
            app.harness().step();
            let Some(id) = app.harness().ctx.memory(egui::Memory::focused) else { continue };
            if seen.contains(&id) {
                break;
            }
            seen.push(id);
            if app.harness().output().shapes == without {
                let node = app.harness().root().children_recursive().find_map(|node| {
                    let node = node.accesskit_node();
                    node.is_focused().then(|| format!("{:?} {:?}", node.role(), node.label()))
                });
                faults.push(format!("{place}: {}", node.unwrap_or_default()));
            }
        }
        assert!(!seen.is_empty(), "{place}: Tab goes nowhere");
    });
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
