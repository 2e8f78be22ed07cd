//! Figures that are dropped on the window bring their view back.

use egui::accesskit::Role;
use egui::{Key, Modifiers};

use crate::driver::App;

#[test]
fn a_figure_that_carries_its_data_is_dropped_on_another_window() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("talks.csv");
    let rows = "date,title,participants\n2024-05-01,Talks,Laos; Cambodia\n2023,Visit,Thailand\n";
    std::fs::write(&table, rows).unwrap();
    let figure = folder.path().join("talks.svg");

    let mut app = App::launch();
    app.open_path(&table);
    app.loaded();
    app.facet("Laos");
    app.chord(Modifiers::COMMAND, Key::E);
    app.click(Role::CheckBox, "Carry the data");
    app.click(Role::TextInput, "File to write");
    app.chord(Modifiers::COMMAND, Key::A);
    app.harness().event(egui::Event::Text(figure.to_str().unwrap().to_owned()));
    app.settle();
    app.node(Role::Button, "Save").click();
    app.until("the figure", |_| figure.is_file());

    std::fs::remove_file(&table).unwrap();
    let mut other = App::launch();
    other.drop_file(&figure);
    other.loaded();
    assert_eq!(other.passing(), (1, 2));
    other.assert_says("talks.csv · from talks.svg");
    other.assert_says("Its data came with the figure.");
}
