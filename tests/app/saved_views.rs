//! The panel of saved views: save, open, rename, export, delete.

use egui::Key;
use egui::accesskit::Role;

use crate::driver::App;

/// The panel with a view in it that lets Laos through.
fn with_a_view() -> App {
    let mut app = App::launch();
    app.facet("Laos");
    app.click(Role::RadioButton, "Saved views");
    app.assert_says("None yet.");
    app.click(Role::TextInput, "Name of the view");
    app.write("Laos only");
    app.press(Key::Enter);
    app
}

#[test]
fn a_view_is_saved_and_opened_again() {
    let mut app = with_a_view();
    app.node(Role::Link, "Laos only");
    app.press(Key::X);
    assert_eq!(app.passing(), (24, 24));
    app.click(Role::Link, "Laos only");
    assert_eq!(app.passing(), (5, 24));
    app.assert_says("The view of Laos only is back");
}

#[test]
fn a_view_is_renamed_left_alone_and_deleted() {
    let mut app = with_a_view();
    app.click(Role::Link, "Rename");
    app.click(Role::TextInput, "New name of the view");
    app.press(Key::End);
    app.write(", 2021–2024");
    app.press(Key::Enter);
    app.node(Role::Link, "Laos only, 2021–2024");

    app.click(Role::Link, "Rename");
    app.press(Key::Escape);
    app.node(Role::Link, "Laos only, 2021–2024");

    app.click(Role::Link, "Delete");
    app.assert_says("None yet.");
}

#[test]
fn a_view_is_written_to_a_file_that_opens_and_a_folder_that_is_not_there_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("laos.json");
    let mut app = with_a_view();
    *app.dialogs.save.lock().unwrap() = Some(path.clone());
    app.node(Role::Link, "Export…").click();
    app.until("the file", |state| state.notice.is_some());
    app.assert_says("View saved");
    app.click(Role::Button, "Dismiss");

    app.press(Key::X);
    app.open_path(&path);
    app.loaded();
    assert_eq!(app.passing(), (5, 24));
    app.click(Role::Button, "Dismiss");

    *app.dialogs.save.lock().unwrap() = Some(folder.path().join("no such folder/laos.json"));
    app.node(Role::Link, "Export…").click();
    app.until("an answer", |state| state.notice.is_some());
    app.assert_says("was not saved");
}
