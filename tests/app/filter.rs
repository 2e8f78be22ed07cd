//! Filtering: facets, dates, search, and the filter said in words.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use demarche::app::Command;
use demarche::query::{Body, Dimension, Match};

use crate::driver::App;

#[test]
fn a_facet_narrows_everything_and_says_so_until_it_is_cleared() {
    let mut app = App::launch();
    let visits = app.count("Visit");
    let meetings = app.count("Meeting");
    assert!(visits > 0 && meetings > 0);

    app.facet("Visit");
    assert_eq!(app.passing(), (visits, 24));
    app.assert_says("Filter: kind Visit");
    app.assert_says("Showing kind Visit");
    app.node(Role::Canvas, &format!("Timeline, {visits} engagements"));
    // The counts of the same facet still say what choosing another value would add.
    assert_eq!(app.count("Meeting"), meetings);

    app.facet("Meeting");
    assert_eq!(app.passing(), (visits + meetings, 24));
    app.assert_says("Filter: kind Meeting or Visit");

    // A second dimension narrows further.
    app.facet("Cambodia–Laos");
    let (both, _) = app.passing();
    assert!(both < visits + meetings);
    app.assert_says("Filter: kind Meeting or Visit · under Cambodia–Laos");

    // Choosing a value again takes it out.
    app.facet("Cambodia–Laos");
    assert_eq!(app.passing(), (visits + meetings, 24));

    // One dimension is cleared beside its heading, the whole filter by a key.
    app.facet("Held");
    app.starting(Role::Link, "clear").scroll_to_me();
    app.settle();
    app.click_starting(Role::Link, "clear");
    app.assert_says("Filter: status Held");
    app.assert_silent("kind Meeting");
    app.press(Key::X);
    assert_eq!(app.passing(), (24, 24));
    app.assert_silent("Filter:");
}

#[test]
fn the_filter_is_cleared_from_the_panel_and_from_the_status_line() {
    let mut app = App::launch();
    for (name, clear) in [("Statement", "Clear the filter"), ("Dialogue", "Clear")] {
        app.facet(name);
        assert_eq!(app.passing().0, app.count(name));
        app.click(Role::Link, clear);
        assert_eq!(app.passing(), (24, 24));
    }
}

#[test]
fn members_at_the_time_are_a_facet_that_asks_as_the_dates_do() {
    let mut app = App::launch();
    let all = app.count("ASEAN members");
    app.facet("ASEAN members");
    assert_eq!(app.passing(), (all, 24));
    app.assert_says("Filter: at the time with ASEAN members");
    app.facet("ASEAN members");
    let body = Body::named("Lower Mekong Initiative").expect("its members are known");
    app.send(Command::ToggleFacet(Dimension::Member, body.value(false)));
    app.settle();
    let (possibly, _) = app.passing();
    app.assert_says("Filter: at the time with LMI members");
    app.send(Command::SetMatch(Match::Certainly));
    app.settle();
    let (certainly, _) = app.passing();
    assert!(0 < certainly && certainly < possibly, "{certainly} of {possibly}");
    // A view keeps it.
    app.send(Command::SaveView("Members".to_owned()));
    app.send(Command::ClearFilter);
    app.send(Command::OpenView(0));
    app.settle();
    assert_eq!(app.passing(), (certainly, 24));
}

#[test]
fn a_facet_with_the_command_key_lets_only_that_value_pass() {
    let mut app = App::launch();
    app.facet("Visit");
    app.starting(Role::CheckBox, "Summit, ").click_modifiers(Modifiers::COMMAND);
    app.settle();
    app.assert_says("Filter: kind Summit");
    assert_eq!(app.passing().0, app.count("Summit"));
}

#[test]
fn long_facets_open_and_are_searched() {
    let mut app = App::launch();
    assert_eq!(app.harness().query_all_by_label_contains("Samantha Power, ").count(), 0);
    let parties = app.starting(Role::Link, "Show all 36");
    parties.click();
    app.settle();
    app.fill(Role::SearchInput, "Search in Party", "samantha");
    app.facet("Samantha Power");
    app.assert_says("Filter: with Samantha Power");
    assert_eq!(app.passing().0, 1);
}

#[test]
fn only_disputed_dates_can_be_asked_for() {
    let mut app = App::launch();
    let disputed = app.count("Sources disagree");
    assert!(disputed > 0);
    app.facet("Sources disagree");
    assert_eq!(app.passing().0, disputed);
    app.assert_says("Filter: sources disagree on the date");
}

#[test]
fn dates_are_asked_possibly_or_certainly() {
    let mut app = App::launch();
    app.fill(Role::TextInput, "From date", "2024-06");
    app.fill(Role::TextInput, "To date", "2024-06");
    let (possibly, _) = app.passing();
    app.assert_says("Filter: possibly in June 2024");
    app.click(Role::RadioButton, "certainly");
    let (certainly, _) = app.passing();
    app.assert_says("Filter: certainly in June 2024");
    assert!(0 < certainly && certainly < possibly, "{certainly} of {possibly}");
    app.click(Role::RadioButton, "possibly in range");
    app.assert_says(&format!("{} only possibly in range", possibly - certainly));
    app.press(Key::Tab);
    app.click(Role::Link, "Clear the filter");
    assert_eq!(app.passing(), (24, 24));
    assert_eq!(app.node(Role::TextInput, "From date").value().as_deref(), Some(""));
}

#[test]
fn a_date_that_is_none_is_said_and_changes_nothing() {
    let mut app = App::launch();
    app.fill(Role::TextInput, "From date", "2024");
    let before = app.passing();
    app.write("-13");
    let problem = app.state().dates_problem.clone().expect("there is no month 13");
    app.assert_says(&problem);
    assert_eq!(app.passing(), before, "the last good dates still hold");
    assert_eq!(app.node(Role::TextInput, "From date").value().as_deref(), Some("2024-13"));
}

#[test]
fn dates_in_the_wrong_order_are_said_and_stay_as_typed() {
    let mut app = App::launch();
    app.fill(Role::TextInput, "To date", "2021");
    let before = app.passing();
    app.fill(Role::TextInput, "From date", "2022-05");
    app.assert_says("The first date is after the second.");
    assert_eq!(app.passing(), before);
    assert_eq!(app.node(Role::TextInput, "From date").value().as_deref(), Some("2022-05"));
    assert_eq!(app.node(Role::TextInput, "To date").value().as_deref(), Some("2021"));
}

#[test]
fn back_brings_the_date_fields_back_as_well() {
    let mut app = App::launch();
    app.fill(Role::TextInput, "From date", "2024");
    assert!(app.passing().0 < 24);
    app.chord(Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(app.passing(), (24, 24));
    assert_eq!(app.node(Role::TextInput, "From date").value().as_deref(), Some(""));
    app.chord(Modifiers::ALT, Key::ArrowRight);
    assert!(app.passing().0 < 24);
    app.assert_says("possibly in time from 1 January 2024");
    assert_eq!(app.node(Role::TextInput, "From date").value().as_deref(), Some("2024-01-01"));
}

#[test]
fn search_narrows_and_enter_walks_through_what_it_found() {
    const FIELD: &str = "Search engagements, people, places, documents";
    let mut app = App::launch();
    app.chord(Modifiers::COMMAND, Key::F);
    assert!(app.node(Role::SearchInput, FIELD).is_focused());
    app.write("updegrove");
    let (found, _) = app.passing();
    assert!((2..24).contains(&found), "{found}");
    app.assert_says("containing “updegrove”");
    app.press(Key::Enter);
    let first = app.selected().expect("Enter selects the first");
    app.press(Key::Enter);
    let second = app.selected().unwrap();
    assert_ne!(first, second);
    // Escape leaves the field and nothing else; then it clears the selection.
    app.press(Key::Escape);
    assert!(!app.node(Role::SearchInput, FIELD).is_focused());
    assert_eq!(app.selected(), Some(second));
    app.press(Key::Escape);
    assert_eq!(app.selected(), None);
    app.click(Role::Button, "Clear the search");
    assert_eq!(app.passing(), (24, 24));
}

#[test]
fn what_finds_nothing_says_what_to_do() {
    let mut app = App::launch();
    app.chord(Modifiers::COMMAND, Key::F);
    app.write("qqq");
    assert_eq!(app.passing(), (0, 24));
    app.assert_says("No engagement passes the filter");
    app.press(Key::Escape);
    for tab in [Key::Num4, Key::Num5, Key::Num1] {
        app.press(tab);
        app.assert_says("No ");
    }
    app.press(Key::X);
    app.assert_silent("No engagement passes the filter");
}

#[test]
fn keys_write_text_while_a_field_has_them() {
    let mut app = App::launch();
    let window = app.state().view.window;
    app.chord(Modifiers::COMMAND, Key::F);
    for (key, text) in [(Key::W, "w"), (Key::A, "a"), (Key::X, "x"), (Key::Num4, "4")] {
        app.harness().key_down(key);
        app.harness().event(egui::Event::Text(text.to_owned()));
        app.harness().key_up(key);
        app.settle();
    }
    assert_eq!(app.state().filter.text, "wax4");
    assert_eq!(app.state().view.window, window);
    assert_eq!(app.state().view.tab, demarche::app::MapTab::Network);
}
