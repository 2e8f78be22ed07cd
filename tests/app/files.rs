//! Opening files: by dialog, path, drop and recent list; and what cannot be opened.

use std::path::{Path, PathBuf};

use demarche::app::{MapTab, NoticeKind, Origin, Settings};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use tempfile::TempDir;

use crate::driver::App;

/// Twelve engagements as a table.
fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/examples/visits-and-talks.csv")
}

fn file(folder: &TempDir, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

#[track_caller]
fn assert_open(app: &App, path: &Path) {
    assert_eq!(app.state().document.origin, Origin::File(path.to_owned()));
    app.assert_says(path.file_name().unwrap().to_str().unwrap());
    let (passing, all) = app.passing();
    assert!(passing > 0 && passing == all);
}

#[test]
fn a_file_is_opened_by_its_path() {
    let mut app = App::launch();
    app.facet("Visit");
    app.press(Key::Period);
    app.open_path(&example());
    app.loaded();
    assert_open(&app, &example());
    assert_eq!(app.state().overlay, None);
    assert_eq!(app.state().selection, None, "what was selected belongs to the other file");
    assert_eq!(app.state().settings.recent, [example()]);
    app.assert_silent("Filter:");
}

#[test]
fn a_dropped_file_is_opened() {
    let mut app = App::launch();
    app.drop_file(&example());
    assert!(app.state().loading.is_some(), "it is read in the background");
    app.loaded();
    assert_open(&app, &example());
}

#[test]
fn a_file_is_chosen_in_the_dialog_or_not() {
    let mut app = App::launch();
    app.chord(Modifiers::COMMAND, Key::O);
    for _ in 0..20 {
        app.harness().run_steps(1);
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    assert_eq!(app.state().document.origin, Origin::BuiltIn, "cancelled");
    assert!(app.state().loading.is_none() && app.state().notice.is_none());

    *app.dialogs.open.lock().unwrap() = Some(example());
    app.click(Role::Button, "Open…");
    app.click_starting(Role::Button, "Choose a file…");
    app.until("the file", |state| state.document.origin != Origin::BuiltIn);
    assert_open(&app, &example());
}

#[test]
fn recent_files_and_the_built_in_dataset_are_in_the_menu() {
    let mut app = App::with(Settings { recent: vec![example()], ..Settings::default() });
    app.click(Role::Button, "Open…");
    app.click(Role::Button, "visits-and-talks.csv");
    app.loaded();
    assert_open(&app, &example());
    app.click(Role::Button, "Open…");
    app.click_starting(Role::Button, "Built-in dataset");
    app.loaded();
    assert_eq!(app.state().document.origin, Origin::BuiltIn);
    assert_eq!(app.passing(), (24, 24));
}

#[test]
fn the_columns_of_a_table_are_shown_and_can_be_read_again() {
    let mut app = App::launch();
    app.drop_file(&example());
    app.loaded();
    let before = app.passing();
    app.palette("columns of this table");
    app.assert_says("Columns of this table");
    app.click(Role::Button, "Read the file again");
    app.loaded();
    assert_eq!(app.passing(), before);
    app.assert_says("was read again");
    app.click(Role::Button, "Dismiss");
    app.assert_silent("was read again");
}

#[test]
fn a_file_with_bad_rows_opens_and_lists_them() {
    let folder = tempfile::tempdir().unwrap();
    let text = "date,title,party 1,party 2\n\
                2024-03-01,A visit,Laos,Japan\n\
                2024-13-45,A meeting,Laos,Cambodia\n\
                2024-03-02,Another visit,Japan,Cambodia\n";
    let path = file(&folder, "bad rows.csv", text.as_bytes());
    let mut app = App::launch();
    app.drop_file(&path);
    app.loaded();
    let notice = app.state().notice.clone().expect("a notice says so");
    assert_eq!(notice.kind, NoticeKind::Problem);
    app.assert_says("bad rows.csv is open, with ");
    app.click(Role::Button, "Show findings");
    assert_eq!(app.state().view.tab, MapTab::Findings);
    app.assert_says("2024-13-45");
    app.assert_says("row 3");
    app.press(Key::Escape);
    app.assert_silent("is open, with ");
}

#[test]
fn what_cannot_be_read_says_why_and_leaves_what_was_open() {
    let folder = tempfile::tempdir().unwrap();
    let png: &[u8] =
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";
    let cases = [
        ("missing.csv", folder.path().join("missing.csv")),
        ("empty.csv", file(&folder, "empty.csv", b"")),
        ("object.json", file(&folder, "object.json", b"{}")),
        ("cut.json", file(&folder, "cut.json", b"{\"format\": \"demarche/1\", \"enga")),
        ("picture.png", file(&folder, "picture.png", png)),
        ("picture.csv", file(&folder, "picture.csv", png)),
    ];
    let mut app = App::launch();
    app.facet("Visit");
    app.press(Key::Period);
    let (selected, passing) = (app.selected(), app.passing());
    for (name, path) in &cases {
        app.drop_file(path);
        app.loaded();
        let notice = app.state().notice.clone().unwrap_or_else(|| panic!("{name} opened"));
        assert_eq!(notice.kind, NoticeKind::Problem, "{name}: {notice:?}");
        app.assert_says(&format!("{name} was not opened"));
        app.assert_says("What was open is still open.");
        assert_eq!(app.state().document.origin, Origin::BuiltIn);
        assert_eq!((app.selected(), app.passing()), (selected.clone(), passing));
        assert!(app.state().settings.recent.is_empty(), "{name} is not worth remembering");
        app.press(Key::Escape);
        app.assert_silent("was not opened");
        assert_eq!(app.selected(), selected, "the first Escape puts the notice away only");
    }
    // A folder is not a file either.
    app.drop_file(folder.path());
    app.loaded();
    app.assert_says("was not opened");
}

#[test]
fn loading_can_be_stopped() {
    let folder = tempfile::tempdir().unwrap();
    // Far more than can be read while a button is clicked.
    let mut text = String::from("date,title,party 1,party 2\n");
    for n in 0..400_000 {
        text.push_str(&format!("{}-03-{:02},Talks {n},Laos,Japan\n", 1950 + n % 70, 1 + n % 28));
    }
    let path = file(&folder, "long.csv", text.as_bytes());
    let mut app = App::launch();
    app.drop_file(&path);
    app.settle();
    app.assert_says("Opening long.csv");
    app.click(Role::Button, "Cancel");
    app.loaded();
    app.assert_says("Stopped opening long.csv");
    app.assert_says("What was open is still open.");
    assert_eq!(app.passing(), (24, 24));
}

#[test]
fn the_last_of_two_files_wins() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = String::from("date,title,party 1,party 2\n");
    for n in 0..100_000 {
        text.push_str(&format!("{}-03-01,Talks {n},Laos,Japan\n", 1950 + n % 70));
    }
    let path = file(&folder, "slow.csv", text.as_bytes());
    let mut app = App::launch();
    app.drop_file(&path);
    app.drop_file(&example());
    app.loaded();
    assert_open(&app, &example());
    app.harness().run_steps(5);
    assert_open(&app, &example());
    assert!(app.state().notice.is_none());
}
