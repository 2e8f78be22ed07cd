//! Copying: the selection as text, as a table and as citations.

use demarche::app::{Command, CopyAs};
use demarche::formats::{OpenOptions, Progress, read};
use egui::accesskit::Role;
use egui::{Event, Key};

use crate::driver::App;

const DIALOGUE: &str = "US–Cambodia Defense Policy Dialogue, the first since 2019";

#[test]
fn an_engagement_is_copied_in_each_form() {
    let mut app = App::launch();
    app.click_starting(Role::Button, DIALOGUE);
    let mut link = |name: &str| {
        app.starting(Role::Link, name).scroll_to_me();
        app.settle();
        app.node(Role::Link, name).click();
        app.copied().unwrap()
    };
    let text = link("Copy as text");
    assert!(text.starts_with(&format!("{DIALOGUE} — 27 April 2024 or ")), "{text}");
    assert!(text.contains("Who: Laura Updegrove (co-chair)"), "{text}");
    assert!(text.contains("\nSource: "), "{text}");
    let cited = link("Copy as citation");
    assert!(cited.starts_with(&format!("“{DIALOGUE}.” 27 April 2024 or ")), "{cited}");
    assert!(cited.contains(", Phnom Penh. Source"), "{cited}");
    let table = link("Copy as CSV");
    let opened =
        read("copied.csv", table.as_bytes(), &OpenOptions::default(), &Progress::default())
            .unwrap();
    let titles: Vec<_> = opened.dataset.engagements().iter().map(|e| &*e.title).collect();
    assert_eq!(titles, [DIALOGUE]);
    assert_eq!(opened.dataset.engagements()[0].dates.len(), 2, "both claims are copied");
}

#[test]
fn the_copy_keys_take_what_is_selected_and_all_that_is_shown_without_a_selection() {
    let mut app = App::launch();
    app.press(Key::Num0);
    app.harness().event(Event::Copy);
    let all = app.copied().unwrap();
    assert_eq!(all.split("\n\n").count(), 24);
    app.assert_says("Copied 24 engagements");

    app.facet("Laos");
    app.harness().event(Event::Copy);
    assert_eq!(app.copied().unwrap().split("\n\n").count(), 5);

    app.press(Key::X);
    app.click_starting(Role::Button, "President Biden hosts");
    app.harness().event(Event::Copy);
    assert!(app.copied().unwrap().starts_with("President Biden hosts ASEAN leaders"));
}

#[test]
fn the_figure_is_copied_as_a_picture_and_as_svg() {
    let mut app = App::launch();
    app.send(Command::CopyFigure(Box::new(None)));
    app.until("the picture", |state| state.notice.is_some());
    app.assert_says("Copied the figure");
    app.assert_says("pixels");
    app.click(Role::Button, "Dismiss");

    app.click(Role::Button, "Export snapshot…");
    app.node(Role::Button, "Copy image");
    app.node(Role::Button, "Copy SVG").click();
    let mut copied = None;
    for _ in 0..600 {
        copied = app.copied();
        if copied.is_some() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert!(copied.unwrap().contains("<svg"));
}

#[test]
fn marked_words_are_copied_rather_than_the_selection_and_nothing_is_said_to_be_nothing() {
    let mut app = App::launch();
    app.send(Command::SetText("no such words".to_owned()));
    app.send(Command::CopySelection(CopyAs::Citation));
    assert_eq!(app.copied(), None);
    app.assert_says("There is nothing to copy");

    app.send(Command::FocusSearch);
    app.settle();
    app.send(Command::DismissNotice);
    app.harness().event(Event::Copy);
    app.settle();
    app.assert_silent("There is nothing to copy");
}
