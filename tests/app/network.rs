//! The network: as what it is drawn, at what level, where its parties stand, and their table.

use demarche::app::{ArrangeCommand, Command, MapTab, NetworkCommand, PartyColumn, TableRows};
use demarche::model::{PartyId, Target};
use demarche::query::{Body, Match, TieLevel};
use demarche::scene::network::{ColorBy, NetworkForm};
use egui::accesskit::Role;

use crate::driver::App;

#[test]
fn the_matrix_and_the_level_are_chosen_and_no_party_moves() {
    let mut app = App::launch();
    app.until("the layout", |state| !state.layout.positions.is_empty());
    let places = app.state().layout.positions.clone();

    app.click_starting(Role::Button, "Level: ");
    app.click_starting(Role::Button, "State: ");
    assert_eq!(app.state().view.network_options.level, TieLevel::State);
    assert!(app.names(Role::Button).iter().any(|name| name.starts_with("Level: state")));
    assert_eq!(app.state().layout.positions, places);

    app.facet("Visit");
    assert_eq!(app.state().layout.positions, places);
    app.send(Command::FollowWindow(false));
    app.settle();
    assert_eq!(app.state().layout.positions, places);

    app.send(Command::Network(NetworkCommand::Form(NetworkForm::Matrix)));
    app.settle();
    assert_eq!(app.state().view.network_options.form, NetworkForm::Matrix);
    let sizes = app.names(Role::Button).iter().any(|name| name.starts_with("Size: "));
    assert!(!sizes, "a matrix has no sizes of parties");
    assert_eq!(app.state().layout.positions, places);
}

#[test]
fn the_table_of_parties_is_sorted_by_a_click_on_a_heading() {
    let mut app = App::launch();
    app.send(Command::SetTab(MapTab::Table));
    app.send(Command::Network(NetworkCommand::TableRows(TableRows::Parties)));
    app.until("the measures", |state| !state.measured.is_measuring());
    let rows = |app: &App| app.names(Role::Row);
    app.click(Role::ColumnHeader, "Sort by Party");
    assert_eq!(app.state().view.party_sort.0, PartyColumn::Name);
    let once = rows(&app);
    app.click(Role::ColumnHeader, "Sort by Party");
    let again = rows(&app);
    assert!(!once.is_empty());
    assert_ne!(once, again);
}

#[test]
fn a_network_without_dates_is_shown_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bare.gexf");
    let text = r#"<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph><nodes>
        <node id="a" label="Laos"/><node id="b" label="Cambodia"/></nodes>
        <edges><edge id="0" source="a" target="b"/></edges></graph></gexf>"#;
    std::fs::write(&path, text).unwrap();
    let mut app = App::launch();
    app.open_path(&path);
    app.loaded();
    app.until("the layout", |state| !state.layout.positions.is_empty());
    app.starting(Role::Canvas, "Network, 2 parties");
    // Nobody belongs to a state: colours are those of communities.
    assert_eq!(app.state().view.network_options.color_by, ColorBy::Community);
    app.starting(Role::Button, "Colour: community");
}

#[test]
fn a_network_without_ties_says_what_its_file_lacks() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("names.gexf");
    let text = r#"<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph><nodes>
        <node id="a" label="Laos"/><node id="b" label="Cambodia"/></nodes></graph></gexf>"#;
    std::fs::write(&path, text).unwrap();
    let mut app = App::launch();
    app.open_path(&path);
    app.loaded();
    app.assert_says("No engagements, no ties");
    app.assert_says("The file names 2 parties and nothing that they did together.");
    app.assert_silent("No party in this stretch of time");
}

#[test]
fn pins_are_set_and_lifted_by_their_names() {
    let mut app = App::launch();
    app.until("the layout", |state| !state.layout.positions.is_empty());
    let party = PartyId::at(0);
    let to = [40.0, -25.0];
    app.send(Command::Arrange(ArrangeCommand::Move(party, to)));
    app.settle();
    assert_eq!(app.state().layout.positions[0], Some(to));
    // What is pinned stays where it is put, however freely the rest goes.
    app.send(Command::Arrange(ArrangeCommand::SetFreedom(1.0)));
    app.click_starting(Role::Button, "Layout");
    app.click(Role::Button, "Lay out again");
    app.until("the layout", |state| state.arranging.is_none());
    assert_eq!(app.state().layout.positions[0], Some(to));
    app.click_starting(Role::Button, "Layout");
    app.click(Role::Button, "Unpin all (1)");
    assert!(app.state().layout.pinned.is_empty());
    app.select(Target::Party(party));
    app.click(Role::Button, "Pin in the network");
    assert!(app.state().layout.pinned.contains(&party));
    app.node(Role::Button, "Unpin in the network");
}

#[test]
fn a_path_is_told_step_by_step_with_the_engagements_that_make_it() {
    let mut app = App::launch();
    app.until("the layout", |state| !state.layout.positions.is_empty());
    app.send(Command::FollowWindow(false));
    let party = |app: &App, key: &str| {
        let dataset = &app.state().document.dataset;
        PartyId::at(dataset.parties().iter().position(|party| &*party.key == key).unwrap())
    };
    let (from, to) = (party(&app, "indonesia"), party(&app, "laos"));
    app.select(Target::Party(from));
    app.palette("Path from the selected party");
    app.settle();
    assert!(app.says("Click the party to which the path from Indonesia leads"));
    app.select(Target::Party(to));
    app.settle();
    let way = app.state().way().unwrap().to_vec();
    assert_eq!((way.first(), way.last()), (Some(&from), Some(&to)));
    assert!(way.len() > 2, "they never met");
    app.assert_says("Path: Indonesia → Laos");
    for step in 1..way.len() {
        app.assert_says(&format!("Step {step}"));
    }
    // Each step names an engagement of both, which is a link to it.
    let (a, b) = (way[0], way[1]);
    let rows = app.state().rows_of(Target::Tie(a.min(b), a.max(b)));
    let columns = &app.state().document.columns;
    let title = app
        .state()
        .document
        .dataset
        .engagement(columns.engagement[rows[0] as usize])
        .label()
        .to_owned();
    app.assert_says(&title);
    // Nothing between them in a time when nothing took place.
    app.click(Role::Button, "Forget the path");
    app.settle();
    assert!(app.state().way().is_none());
    app.assert_silent("Path: Indonesia → Laos");
}

#[test]
fn no_way_is_said_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("two.gexf");
    let text = r#"<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph><nodes>
        <node id="a" label="Laos"/><node id="b" label="Cambodia"/>
        <node id="c" label="Peru"/><node id="d" label="Chile"/></nodes>
        <edges><edge source="a" target="b"/><edge source="c" target="d"/></edges></graph></gexf>"#;
    std::fs::write(&path, text).unwrap();
    let mut app = App::launch();
    app.open_path(&path);
    app.loaded();
    app.until("the layout", |state| !state.layout.positions.is_empty());
    app.select(Target::Party(PartyId::at(0)));
    app.send(Command::Network(NetworkCommand::PathFrom));
    app.select(Target::Party(PartyId::at(3)));
    app.settle();
    app.assert_says("No way leads from one to the other");
}

#[test]
fn states_count_as_a_body_while_they_were_its_members() {
    let mut app = App::launch();
    app.until("the layout", |state| !state.layout.positions.is_empty());
    let places = app.state().layout.positions.clone();
    app.send(Command::FollowWindow(false));
    app.settle();
    app.click_starting(Role::Button, "Level: ");
    app.click_starting(Role::Button, "ASEAN members at the time");
    let body = Body::named("ASEAN").unwrap();
    let asean = body.party(&app.state().document.dataset).unwrap();
    assert_eq!(app.state().view.network_options.level, TieLevel::Members(body, false));
    assert!(app.names(Role::Button).iter().any(|name| name.starts_with("Level: ASEAN members")));
    let dataset = &app.state().document.dataset;
    let cambodia = dataset.parties().iter().position(|one| &*one.key == "cambodia").unwrap();
    let counts = app.state().derived.ties.engagements.clone();
    assert!(counts[cambodia] == 0 && counts[asean.index()] > 15, "{counts:?}");
    assert_eq!(app.state().layout.positions, places);
    // The other question about uncertain dates, with the same filter.
    app.send(Command::SetMatch(Match::Certainly));
    app.settle();
    assert_eq!(app.state().reading().options.level, TieLevel::Members(body, true));
    app.send(Command::SetMatch(Match::Possibly));

    // A body that the file does not name has a mark and details all the same.
    let apec = Body::named("APEC").unwrap();
    app.send(Command::Network(NetworkCommand::Level(TieLevel::Members(apec, false))));
    app.settle();
    let dataset = &app.state().document.dataset;
    let node = apec.party(dataset).unwrap();
    assert!(dataset.is_added(node));
    app.select(Target::Party(node));
    app.assert_says("Asia-Pacific Economic Cooperation");
    let told = app.state().derived.ties.engagements[node.index()];
    app.assert_says(&format!("Engagements ({told})"));
    app.click(Role::Button, "Show only these");
    app.assert_says("APEC members");
    assert_eq!(app.passing().0, told as usize);
}
