//! The snapshot dialog: what it previews, and what it writes.

use std::path::PathBuf;

use demarche::app::{NoticeKind, Overlay};
use egui::accesskit::Role;
use egui::{Key, Modifiers};

use crate::driver::App;

/// Opens the dialog and waits for its preview.
fn dialog() -> App {
    let mut app = App::launch();
    app.click(Role::Button, "Export snapshot…");
    assert_eq!(app.state().overlay, Some(Overlay::Export));
    app.until("the preview", |state| state.preview.is_some());
    app
}

/// Writes a path over the one that is suggested.
fn save_as(app: &mut App, path: &std::path::Path) {
    app.click(Role::TextInput, "File to write");
    app.chord(Modifiers::COMMAND, Key::A);
    app.harness().event(egui::Event::Text(path.to_str().unwrap().to_owned()));
    app.settle();
    app.node(Role::Button, "Save").click();
}

#[test]
fn a_snapshot_is_previewed_and_written_where_one_says() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = dialog();
    app.assert_says(" points");
    app.node(Role::Image, "Preview of the snapshot");
    // The ending of the name decides.
    for (name, start) in [("view.svg", &b"<svg"[..]), ("view.png", &b"\x89PNG"[..])] {
        let path = folder.path().join(name);
        if app.state().overlay.is_none() {
            app.chord(Modifiers::COMMAND, Key::E);
        }
        save_as(&mut app, &path);
        app.until("the file", |state| state.notice.is_some());
        let notice = app.state().notice.clone().unwrap();
        assert_eq!(notice.kind, NoticeKind::Done, "{notice:?}");
        let bytes = std::fs::read(&path).unwrap();
        assert!(bytes.windows(start.len()).take(200).any(|part| part == start), "{name}");
        app.click(Role::Button, "Dismiss");
    }
}

#[test]
fn a_snapshot_that_cannot_be_written_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = dialog();
    save_as(&mut app, &folder.path().join("no such folder").join("view.svg"));
    app.until("an answer", |state| state.notice.is_some());
    let notice = app.state().notice.clone().unwrap();
    assert_eq!(notice.kind, NoticeKind::Problem, "{notice:?}");
    app.assert_says(&notice.title);
}

#[test]
fn the_desktop_is_asked_where_with_a_name_suggested() {
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join("chosen.svg");
    let mut app = dialog();
    *app.dialogs.save.lock().unwrap() = Some(path.clone());
    app.node(Role::Button, "Choose where…").click();
    app.until("the file", |state| state.notice.is_some());
    assert!(path.is_file());
    let offered = app.dialogs.offered.lock().unwrap().clone();
    assert!(offered.len() == 1 && offered[0].ends_with(".svg"), "{offered:?}");
}
