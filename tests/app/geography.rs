//! The map: projections, lines, what is not on it, and what a click on a place shows.

use demarche::app::{Command, MapCommand, MapTab};
use demarche::layout::projection::Shape;
use demarche::model::Target;
use demarche::scene::map::{Lines, Names};
use egui::accesskit::Role;

use crate::driver::App;

fn on_the_map() -> App {
    let mut app = App::launch();
    app.send(Command::SetTab(MapTab::Geography));
    app.until("the map", |state| state.ground.is_some());
    app
}

#[test]
fn the_globe_turns_when_it_is_dragged_and_comes_back() {
    let mut app = on_the_map();
    app.send(Command::Map(MapCommand::SetProjection(Shape::Globe)));
    app.until("the globe", |state| {
        state.ground.as_ref().is_some_and(|ground| ground.globe.is_some())
    });
    let canvas = app.starting(Role::Canvas, "Map, ").rect();
    // The left edge of the pane is free of marks.
    let at = egui::pos2(canvas.left() + 30.0, canvas.top() + 30.0);
    app.harness().hover_at(at);
    app.harness().drag_at(at);
    app.harness().hover_at(at + egui::vec2(20.0, 5.0));
    app.harness().hover_at(at + egui::vec2(60.0, 10.0));
    app.harness().drop_at(at + egui::vec2(60.0, 10.0));
    app.settle();
    let center = app.state().view.map.center.expect("it was turned");
    assert!(center[0].abs() <= 90.0 && center[1].abs() <= 180.0, "{center:?}");
    app.click(Role::Button, "Show all of it");
    assert_eq!(app.state().view.map.center, None);
}

#[test]
fn lines_and_names_are_chosen_and_kept_with_a_view() {
    let mut app = on_the_map();
    for command in [
        MapCommand::SetLines(Lines::Flows),
        MapCommand::SetHome(Some("USA".to_owned())),
        MapCommand::SetNames(Names::Local),
        MapCommand::FitShown,
    ] {
        app.send(Command::Map(command));
    }
    let kept = app.state().view.map.clone();
    assert!(kept.seen.is_some());
    app.send(Command::SaveView("Flows".to_owned()));
    app.send(Command::Map(MapCommand::SetLines(Lines::None)));
    app.send(Command::Map(MapCommand::ShowAll));
    app.send(Command::OpenView(0));
    assert_eq!(app.state().view.map, kept);
}

#[test]
fn a_selected_place_spreads_its_engagements_out() {
    let mut app = on_the_map();
    let dataset = app.state().document.dataset.clone();
    let columns = &app.state().document.columns;
    let busiest = dataset.places().iter().enumerate().max_by_key(|(at, place)| {
        let here = (0..columns.len())
            .filter(|row| columns.places.row(*row).contains(&(*at as u32)))
            .count();
        (place.position.is_some(), here)
    });
    let (at, _) = busiest.expect("a place");
    let place = demarche::model::PlaceId::at(at);
    let one =
        dataset.engagements().iter().find(|one| one.places.contains(place)).expect("one there");
    let count = |app: &App| {
        app.names(Role::Button).iter().filter(|name| name.contains(&*one.title)).count()
    };
    let before = count(&app);
    app.select(Target::Place(place));
    assert!(count(&app) > before, "{}", one.title);
}

#[test]
fn a_map_that_is_asked_for_from_elsewhere_is_shown() {
    let mut app = App::launch();
    assert_eq!(app.state().view.tab, MapTab::Network);
    app.palette("map: globe");
    assert_eq!(app.state().view.tab, MapTab::Geography);
    assert_eq!(app.state().view.map.projection, Shape::Globe);
    app.palette("flows by state");
    assert_eq!(app.state().view.map.lines, Lines::Flows);
}
