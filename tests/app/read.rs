//! Reading: select, follow links, walk, and go back.

use demarche::app::{Command, MapTab};
use demarche::model::Target;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::NodeT;

use crate::driver::App;

const SUMMIT: &str = "President Biden hosts ASEAN leaders at the White House";

#[test]
fn the_app_starts_on_the_built_in_dataset() {
    let app = App::launch();
    app.assert_says("Démarche");
    app.assert_says("Southeast Asia partnerships · built-in");
    assert_eq!(app.passing(), (24, 24));
    app.node(Role::Canvas, "Timeline, 24 engagements");
    for lane in ["ASEAN–US: 3 engagements", "Cambodia–US: 9 engagements"] {
        app.node(Role::Button, lane);
    }
    app.assert_says("Click a mark on the timeline");
}

#[test]
fn a_mark_of_the_timeline_is_selected_by_pointer_and_by_screen_reader() {
    let mut app = App::launch();
    app.click_starting(Role::Button, SUMMIT);
    assert_eq!(app.selected().as_deref(), Some(SUMMIT));
    app.assert_says("12 May 2022");
    app.assert_says("EDTF 2022-05-1");
    app.assert_says("Engagement ");
    app.press(Key::Escape);
    assert_eq!(app.selected(), None);
    app.starting(Role::Button, SUMMIT).click_accesskit();
    app.settle();
    assert_eq!(app.selected().as_deref(), Some(SUMMIT));
}

#[test]
fn a_dispute_shows_every_account() {
    let mut app = App::launch();
    app.click_starting(Role::Button, "US–Cambodia Defense Policy Dialogue, the first since 2019");
    app.assert_says("⚠ The sources disagree on the date");
    app.starting(Role::RadioButton, "some time between 5 June and 31 December 2024");
    // A reader may take one side; the view says so.
    app.click(Role::RadioButton, "27 April 2024");
    assert_eq!(app.state().view.chosen.len(), 1);
    app.chord(Modifiers::ALT, Key::ArrowLeft);
    assert!(app.state().view.chosen.is_empty());
}

/// Follows a link of the details.
fn follow(app: &mut App, start: &str) {
    app.starting(Role::Link, start).scroll_to_me();
    app.settle();
    app.click_starting(Role::Link, start);
}

#[test]
fn every_name_leads_on_and_the_way_back_is_kept() {
    let mut app = App::launch();
    let mut path = vec![None];
    app.click_starting(Role::Button, SUMMIT);
    path.push(app.state().selection);

    follow(&mut app, "United States");
    assert!(matches!(app.state().selection, Some(Target::Party(_))));
    app.assert_says("Engages with (");
    path.push(app.state().selection);

    follow(&mut app, "ASEAN–United States dialogue relations");
    assert!(matches!(app.state().selection, Some(Target::Partnership(_))));
    app.assert_says("Comprehensive Strategic Partnership");
    path.push(app.state().selection);

    follow(&mut app, "Source: ");
    assert!(matches!(app.state().selection, Some(Target::Source(_))));
    app.assert_says("Reports (");
    path.push(app.state().selection);

    let report = match app.state().selection {
        Some(target) => {
            let row = app.state().rows_of(target)[0] as usize;
            let id = app.state().document.columns.engagement[row];
            app.state().document.dataset.engagement(id).label().to_owned()
        }
        None => unreachable!(),
    };
    follow(&mut app, &report);
    assert!(matches!(app.state().selection, Some(Target::Engagement(_))));
    path.push(app.state().selection);

    for place in path.iter().rev().skip(1) {
        app.chord(Modifiers::ALT, Key::ArrowLeft);
        assert_eq!(app.state().selection, *place);
    }
    app.click(Role::Button, "Forward");
    assert_eq!(app.state().selection, path[1]);
    app.chord(Modifiers::ALT, Key::ArrowRight);
    assert_eq!(app.state().selection, path[2]);
    app.click(Role::Button, "Back");
    assert_eq!(app.state().selection, path[1]);
}

#[test]
fn show_only_these_filters_by_what_is_read() {
    let mut app = App::launch();
    app.palette("hun sen");
    assert!(matches!(app.state().selection, Some(Target::Party(_))));
    app.click(Role::Button, "Show only these");
    app.assert_says("Filter: with Hun Sen");
    assert_eq!(app.passing().0, 4);
}

#[test]
fn the_keys_walk_through_the_engagements_in_the_order_of_time() {
    let mut app = App::launch();
    let mut seen = Vec::new();
    for at in 1..=24 {
        app.press(Key::Period);
        app.assert_says(&format!("Engagement {at} of 24"));
        seen.push(app.selected().unwrap());
    }
    app.press(Key::Period);
    assert_eq!(app.selected().as_ref(), seen.last(), "there is none after the last");
    app.press(Key::Comma);
    assert_eq!(app.selected(), Some(seen[22].clone()));
    let total = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), total, "each is met once");
}

#[test]
fn walking_keeps_to_what_the_filter_lets_through() {
    let mut app = App::launch();
    app.facet("Visit");
    app.press(Key::Period);
    app.assert_says("Engagement 1 of 2");
    app.press(Key::Period);
    app.press(Key::Period);
    app.assert_says("Engagement 2 of 2");
    app.facet("Summit");
    app.facet("Visit");
    app.assert_says("Engagement outside the filter");
}

#[test]
fn what_is_walked_to_is_brought_into_sight() {
    let mut app = App::launch();
    app.press(Key::Period);
    let title = app.selected().unwrap();
    let mark = app.starting(Role::Button, &title);
    let canvas = app.starting(Role::Canvas, "Timeline, ").rect();
    assert!(canvas.intersects(mark.rect()), "{:?} outside {canvas:?}", mark.rect());
}

#[test]
fn the_details_are_copied_as_text() {
    let mut app = App::launch();
    app.click_starting(Role::Button, SUMMIT);
    app.node(Role::Link, "Copy as text").scroll_to_me();
    app.settle();
    app.node(Role::Link, "Copy as text").click();
    let mut copied = None;
    for _ in 0..6 {
        app.harness().run_steps(1);
        for command in &app.harness().output().platform_output.commands {
            if let egui::OutputCommand::CopyText(text) = command {
                copied = Some(text.clone());
            }
        }
    }
    let copied = copied.expect("something was copied");
    assert!(copied.starts_with(&format!("{SUMMIT} — ")), "{copied}");
    assert!(copied.contains("\nSource: "), "{copied}");
}

#[test]
fn the_table_is_sorted_by_its_headings_and_walked_with_the_arrows() {
    let mut app = App::launch();
    app.press(Key::Num4);
    app.click(Role::RadioButton, "All time");
    let titles = |app: &App| -> Vec<String> {
        let document = &app.state().document;
        let rows = app.state().derived.sorted.iter();
        rows.map(|&row| {
            let id = document.columns.engagement[row as usize];
            document.dataset.engagement(id).title.to_string()
        })
        .collect()
    };
    let on_screen = |app: &App| app.names(Role::Row);

    app.click(Role::ColumnHeader, "Sort by Engagement");
    let up = titles(&app);
    assert!(up.windows(2).all(|pair| pair[0].to_lowercase() <= pair[1].to_lowercase()));
    assert_eq!(up.len(), 24);
    let rows = on_screen(&app);
    assert!(rows.len() > 3, "{rows:?}");
    for (row, title) in rows.iter().zip(&up) {
        assert!(row.starts_with(title.as_str()), "{row} where {title} was to be");
    }

    app.click(Role::ColumnHeader, "Sort by Engagement");
    let down = titles(&app);
    assert_eq!(down.iter().rev().collect::<Vec<_>>(), up.iter().collect::<Vec<_>>());
    assert!(on_screen(&app)[0].starts_with(down[0].as_str()));

    app.press(Key::ArrowDown);
    assert_eq!(app.selected().as_ref(), Some(&down[0]));
    for _ in 0..3 {
        app.press(Key::ArrowDown);
    }
    app.press(Key::ArrowUp);
    assert_eq!(app.selected().as_ref(), Some(&down[2]));
    app.press(Key::PageDown);
    assert_eq!(app.selected().as_ref(), Some(&down[22]));
    assert!(on_screen(&app).iter().any(|row| row.starts_with(down[22].as_str())));

    let row = on_screen(&app)[2].clone();
    app.click(Role::Row, &row);
    assert!(row.starts_with(&app.selected().unwrap()));
}

#[test]
fn every_sort_puts_what_is_not_known_last() {
    let mut app = App::launch();
    app.press(Key::Num4);
    app.click(Role::RadioButton, "All time");
    for descending in [false, true] {
        app.click(Role::ColumnHeader, "Sort by Place");
        assert_eq!(app.state().view.sort.descending, descending);
        let document = &app.state().document;
        let known: Vec<bool> = app
            .state()
            .derived
            .sorted
            .iter()
            .map(|&row| {
                let id = document.columns.engagement[row as usize];
                document.dataset.engagement(id).places.first().is_some()
            })
            .collect();
        assert!(known.windows(2).all(|pair| pair[0] >= pair[1]), "{known:?}");
    }
}

#[test]
fn a_party_of_the_network_opens_its_details() {
    let mut app = App::launch();
    let mark = "Samantha Power — 1 engagement";
    app.click(Role::Button, mark);
    assert!(matches!(app.state().selection, Some(Target::Party(_))));
    app.assert_says("Engagements (1)");
    // A tie says what two parties share.
    app.starting(Role::Button, "Cambodia – United States: 12 engagements shared").click_accesskit();
    app.settle();
    app.assert_says("Engagements they share (");
}

#[test]
fn tabs_open_by_key_and_by_name() {
    let mut app = App::launch();
    let keys = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6];
    for (tab, key) in MapTab::ALL.into_iter().zip(keys) {
        app.press(key);
        assert_eq!(app.state().view.tab, tab);
        app.press(Key::Num1);
        app.click_starting(Role::RadioButton, tab.label());
        assert_eq!(app.state().view.tab, tab);
        let chosen = app.starting(Role::RadioButton, tab.label());
        assert_eq!(chosen.accesskit_node().toggled(), Some(egui::accesskit::Toggled::True));
        app.press(Key::Num1);
    }
}

#[test]
fn the_map_is_made_ready_in_the_background() {
    let mut app = App::launch();
    app.press(Key::Num2);
    app.until("the map", |state| state.ground.is_some());
    app.starting(Role::Canvas, "Map, ");
    app.assert_silent("Preparing the map");
    // Engagements at their places lead to them.
    app.click(Role::RadioButton, "All time");
    app.node(Role::Canvas, "Map, 24 engagements");
}

#[test]
fn the_activity_counts_what_is_shown() {
    let mut app = App::launch();
    app.press(Key::Num5);
    app.click(Role::RadioButton, "All time");
    app.assert_says("24 engagements shown");
    app.facet("Visit");
    app.assert_says("2 engagements shown");
}

#[test]
fn the_table_has_the_columns_of_which_the_file_says_anything() {
    let mut app = App::launch();
    app.send(Command::SetTab(MapTab::Table));
    app.settle();
    let headings = |app: &App| app.names(Role::ColumnHeader);
    assert!(headings(&app).contains(&"Sort by Source".to_owned()));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("trips.csv");
    let rows = "who,start_date,country,remarks\nA. Envoy,1955-02-28,Cambodia,Met with the King.\n";
    std::fs::write(&path, rows).unwrap();
    app.open_path(&path);
    app.until("the file", |state| state.document.dataset.engagements().len() == 1);
    let expected = ["Date", "Engagement", "Who", "Note"];
    assert_eq!(headings(&app), expected.map(|name| format!("Sort by {name}")));
    // The details of the state tell it too.
    app.palette("cambodia");
    app.assert_says("Met with the King.");
}
