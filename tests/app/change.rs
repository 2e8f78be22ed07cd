//! Change over time: filter, window, roll-up, comparison, panels and levels in one order and another.

use demarche::app::{
    Against, ChangeCommand, ChangeMode, Command, MapTab, NetworkCommand, PanelsBy, TimeWindow,
};
use demarche::model::Day;
use demarche::query::{Dimension, TieLevel};
use egui::accesskit::Role;

use crate::driver::App;

fn window() -> TimeWindow {
    let day = |year| f64::from(Day::from_ymd(year, 1, 1).unwrap().0);
    TimeWindow::new(day(2023), day(2025))
}

/// What is compared: ties by party ids with their numbers, and how many of each change.
fn compared(app: &App) -> (Vec<String>, [usize; 5]) {
    let compared = app.state().changes.compared().unwrap();
    let ties = compared.comparison.ties.iter().map(|tie| format!("{tie:?}"));
    (ties.collect(), compared.counts)
}

#[test]
fn filter_window_roll_up_and_comparison_give_the_same_in_any_order_and_nobody_moves() {
    let steps = || {
        [
            Command::ToggleFacet(Dimension::Kind, 0),
            Command::ShowWindow(window()),
            Command::Network(NetworkCommand::Level(TieLevel::State)),
            Command::Change(ChangeCommand::SetAgainst(Against::Earlier)),
        ]
    };
    let mut seen = None;
    for turn in 0..4 {
        let mut app = App::launch();
        app.until("the layout", |state| !state.layout.positions.is_empty());
        let places = app.state().layout.positions.clone();
        let mut order: Vec<Command> = steps().into();
        order.rotate_left(turn);
        for command in order {
            app.send(command);
            app.settle();
            assert_eq!(app.state().layout.positions, places);
        }
        app.send(Command::Change(ChangeCommand::SetMode(ChangeMode::Compare)));
        app.settle();
        let found = compared(&app);
        let count = found.0.len();
        assert!(count > 0);
        app.starting(Role::Canvas, &format!("Change, {count} ties"));
        app.assert_says(&format!("{count} ties"));
        assert_eq!(*seen.get_or_insert(found.clone()), found, "begun with step {turn}");

        // The others and back, and the filter taken off.
        app.send(Command::Change(ChangeCommand::SetPanels(PanelsBy::Years)));
        app.settle();
        app.starting(Role::Canvas, "2 stretches of time");
        app.send(Command::Change(ChangeCommand::SetMode(ChangeMode::Levels)));
        app.settle();
        app.starting(Role::Canvas, "Levels, ");
        app.send(Command::SetTab(MapTab::Network));
        app.send(Command::Change(ChangeCommand::SetMode(ChangeMode::Compare)));
        app.settle();
        assert_eq!(compared(&app), found);
        app.send(Command::ClearFilter);
        app.settle();
        assert!(compared(&app).0.len() >= count);
        assert_eq!(app.state().layout.positions, places);
    }
}

#[test]
fn the_levels_of_the_window_are_listed_with_their_sources() {
    let mut app = App::launch();
    app.send(Command::FitAll);
    app.send(Command::Change(ChangeCommand::SetMode(ChangeMode::Levels)));
    app.settle();
    app.click(Role::RadioButton, "List");
    app.settle();
    app.assert_says("4 of 4 levels in the window");
    let rows = app.names(Role::Row);
    assert_eq!(rows.len(), 4);
    assert!(
        rows.iter().any(|row| {
            row.contains("comprehensive strategic partnership (announced)")
                && row.contains("ASEAN to Upgrade US Strategic Partnership")
        }),
        "{rows:?}"
    );
    // The table follows the window.
    app.send(Command::ShowWindow(TimeWindow::new(19_900.0, 20_050.0)));
    app.settle();
    assert!(app.names(Role::Row).len() < 4);
    app.click(Role::RadioButton, "Strip");
    app.settle();
    app.starting(Role::Canvas, "Levels, 2 partnerships");
}
