//! Lanes: pinned, folded, looked for by name, and the time of what passes the filter.

use demarche::app::{Command, LaneCommand, TimeWindow};
use demarche::model::{PartnershipId, Target};
use demarche::query::LaneBy;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use crate::driver::App;

fn lanes(app: &App) -> Vec<String> {
    app.state().derived.lanes.iter().map(|lane| lane.label.to_string()).collect()
}

/// The partnership whose lane has a name.
fn partnership(app: &App, label: &str) -> Target {
    let all = app.state().document.dataset.partnerships();
    let at = all.iter().position(|one| one.label() == label).unwrap();
    Target::Partnership(PartnershipId::at(at))
}

#[test]
fn the_lane_of_the_selection_is_pinned_and_folded_by_keys_and_both_is_said() {
    let mut app = App::launch();
    let first = lanes(&app)[0].clone();
    let target = partnership(&app, "Cambodia–Laos");
    app.select(target);
    assert_ne!(first, "Cambodia–Laos");
    app.press(Key::T);
    assert_eq!(lanes(&app)[0], "Cambodia–Laos");
    app.assert_says("Lanes: Partnership · 1 pinned");
    app.palette("Sort lanes by name");
    assert_eq!(lanes(&app)[0], "Cambodia–Laos");
    app.press(Key::C);
    assert!(app.state().derived.lanes[0].folded);
    app.assert_says("Lanes: Partnership · 1 pinned · 1 folded");
    app.chord(Modifiers::SHIFT, Key::C);
    assert!(app.state().derived.lanes.iter().all(|lane| lane.folded));
    app.assert_says("· folded");
    app.chord(Modifiers::SHIFT, Key::C);
    app.press(Key::T);
    app.assert_silent("pinned");
    app.assert_silent("folded");

    // Other lanes have pins of their own, and the way back has all of it.
    app.press(Key::T);
    app.send(Command::SetLanes(LaneBy::Kind));
    app.settle();
    app.assert_silent("pinned");
    app.chord(Modifiers::ALT, Key::ArrowLeft);
    app.assert_says("Lanes: Partnership · 1 pinned");
    app.palette("Unpin all lanes");
    app.assert_silent("pinned");
}

#[test]
fn the_menu_of_a_lane_pins_folds_and_sorts() {
    let mut app = App::launch();
    let open = |app: &mut App, lane: &str| {
        let named = app.harness().query_all_by_label_contains(lane);
        let header = named.min_by(|a, b| a.rect().left().total_cmp(&b.rect().left())).unwrap();
        header.click_secondary();
        app.settle();
    };
    app.send(Command::Toggle(demarche::app::Pane::Filters));
    app.settle();
    open(&mut app, "Border provinces: ");
    app.click(Role::Button, "Pin this lane on top");
    assert_eq!(lanes(&app)[0], "Border provinces");
    open(&mut app, "Border provinces: ");
    app.click(Role::Button, "Fold this lane");
    assert!(app.state().derived.lanes[0].folded);
    open(&mut app, "Border provinces: ");
    app.click(Role::Button, "Unpin this lane");
    assert_ne!(lanes(&app)[0], "Border provinces");
    open(&mut app, "Cambodia–US: ");
    app.click(Role::Button, "Sort: Most engagements first");
    assert_eq!(lanes(&app)[0], "Cambodia–US");
}

#[test]
fn lanes_are_looked_for_by_name_and_escape_shows_all() {
    let mut app = App::launch();
    assert_eq!(
        app.names(Role::SearchInput).iter().filter(|name| *name == "Search lanes").count(),
        0
    );
    let all = lanes(&app).len();
    app.press(Key::L);
    app.write("laos");
    assert_eq!(lanes(&app), ["Cambodia–Laos"]);
    app.write(" xyz");
    assert_eq!(lanes(&app).len(), 0);
    app.assert_says("No lane of this name");
    app.press(Key::Escape);
    assert_eq!(lanes(&app).len(), all);

    // Many lanes have the field at hand, and what is pinned stays.
    app.send(Command::SetLanes(LaneBy::Party));
    app.settle();
    app.send(Command::SortLanes(demarche::query::LaneOrder::Count));
    app.settle();
    let pinned = app.state().derived.lanes[0].key;
    app.send(Command::Lanes(LaneCommand::Pin(pinned)));
    app.settle();
    app.fill(Role::SearchInput, "Search lanes", "treng prov");
    assert_eq!(lanes(&app), ["Cambodia", "Stung Treng Provincial Administration"]);
}

#[test]
fn what_passes_the_filter_out_of_view_is_offered() {
    let mut app = App::launch();
    app.assert_silent("Fit to the filter");
    app.send(Command::ShowWindow(TimeWindow::new(0.0, 400.0)));
    app.settle();
    app.assert_silent("Fit to the filter");
    app.facet("Visit");
    app.click(Role::Link, "Fit to the filter");
    app.assert_silent("Fit to the filter");
    let (window, extent) =
        (app.state().view.window.range(), app.state().derived.hits.extent.unwrap());
    assert!(window.from <= extent.from && extent.to <= window.to);
    app.send(Command::ShowWindow(TimeWindow::new(0.0, 400.0)));
    app.settle();
    app.chord(Modifiers::SHIFT, Key::F);
    assert_eq!(app.state().view.window.range(), window);
}
