//! The network in each of its forms, as recorded in `tests/golden`.
//!
//! `UPDATE_GOLDEN=1 cargo test --test golden_network` records anew; then look at the drawings.

// In a test, an unwrap is an assertion.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use demarche::{
    app::{CheckedDocument, Document, SnapshotInput, SnapshotOptions, ViewParts},
    export::{FileFormat, SvgOptions, svg},
    formats::{OpenOptions, Progress},
    model::{PartyId, check::check},
    query::{Measure, TieLevel},
    scene::{
        Theme,
        figure::{FigureView, Page, Part},
        network::{ColorBy, NetworkForm, NetworkOptions, SizeBy},
    },
};

fn compare(document: &Arc<Document>, network: NetworkOptions, theme: Theme, name: &str) -> String {
    let checked = CheckedDocument::new(check(&document.dataset), &document.dataset);
    let input = SnapshotInput {
        document: Arc::clone(document),
        checked: Arc::new(checked),
        layout: document.placed().map(Arc::new),
        findings: Vec::new(),
        parts: ViewParts { network, ..ViewParts::default() },
    };
    let page = Page {
        width: 900.0,
        theme,
        without: [Part::Title, Part::Subtitle, Part::Sources, Part::Provenance].into(),
        ..Page::default()
    };
    let options = SnapshotOptions {
        format: FileFormat::Svg,
        view: FigureView::Network,
        visible: false,
        page,
        ..SnapshotOptions::default()
    };
    let drawn = input.drawn(&options);
    let drawn = svg(drawn.scenes().next().unwrap(), &SvgOptions::default());
    let path = format!("{}/tests/golden/{name}.svg", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &drawn).unwrap();
    }
    let recorded = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(drawn == recorded, "{name} changed; look at it, then record it: UPDATE_GOLDEN=1");
    drawn
}

fn built_in() -> Arc<Document> {
    Arc::new(Document::built_in().unwrap())
}

fn party(document: &Document, key: &str) -> PartyId {
    PartyId::at(document.dataset.parties().iter().position(|it| &*it.key == key).unwrap())
}

#[test]
fn the_forms_of_the_network_are_drawn_as_recorded() {
    let document = built_in();
    let suited = document.network_options();
    assert_eq!(suited, NetworkOptions::default(), "parties of states have the colours of these");
    let form = |form| NetworkOptions { form, ..suited };
    compare(&document, form(NetworkForm::Matrix), Theme::Light, "network-matrix");
    let told =
        compare(&document, form(NetworkForm::Engagements), Theme::Dark, "network-engagements");
    for kind in document.dataset.kinds() {
        assert!(told.contains(&kind.name.to_lowercase()), "{} has a key", kind.name);
    }
    let state = NetworkOptions {
        level: TieLevel::State,
        color_by: ColorBy::Community,
        size_by: SizeBy::Measure(Measure::Betweenness),
        part_of: true,
        ..suited
    };
    compare(&document, state, Theme::Light, "network-states");
}

#[test]
fn around_a_party_and_along_a_path_is_drawn_as_recorded() {
    let document = built_in();
    let (laos, indonesia) = (party(&document, "laos"), party(&document, "indonesia"));
    let ego = NetworkOptions { ego: Some((laos, 1)), ..NetworkOptions::default() };
    compare(&document, ego, Theme::Light, "network-ego");
    let path = NetworkOptions { path: Some((indonesia, laos)), ..NetworkOptions::default() };
    compare(&document, path, Theme::Light, "network-path");
}

/// Three groups of friends who know each other by one member each, and two pairs who know nobody.
fn friends(look: bool) -> Arc<Document> {
    let mut text =
        String::from("<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\"><graph><nodes>");
    for at in 0..22 {
        let (x, y) = ((at * 37) % 100, (at * 61) % 70);
        text.push_str(&format!("<node id=\"{at}\" label=\"Friend {at}\">"));
        if look {
            let size = 4 + at % 6 * 3;
            let red = at / 6 * 60;
            text.push_str(&format!(
                "<size value=\"{size}\"/><color r=\"{red}\" g=\"90\" b=\"160\"/>\
                 <position x=\"{x}\" y=\"{y}\"/>"
            ));
        }
        text.push_str("</node>");
    }
    text.push_str("</nodes><edges>");
    let mut edge = |a: usize, b: usize| {
        let weight = (a * b) % 5 + 1;
        text.push_str(&format!("<edge source=\"{a}\" target=\"{b}\" weight=\"{weight}\"/>"));
    };
    for group in 0..3 {
        for a in 0..6 {
            (a + 1..6).for_each(|b| edge(6 * group + a, 6 * group + b));
        }
        edge(6 * group, (6 * group + 6) % 18);
    }
    edge(18, 19);
    edge(20, 21);
    text.push_str("</edges></graph></gexf>");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("friends.gexf");
    std::fs::write(&path, text).unwrap();
    Arc::new(Document::open(&path, &OpenOptions::default(), &Progress::default()).unwrap())
}

#[test]
fn a_network_of_another_program_is_drawn_as_recorded() {
    let document = friends(false);
    let suited = document.network_options();
    assert_eq!(suited.color_by, ColorBy::Community);
    assert_eq!(suited.size_by, SizeBy::Measure(Measure::Strength));
    let told = compare(&document, suited, Theme::Light, "network-foreign");
    assert!(told.contains("Communities, named after their strongest party:"));
    let document = friends(true);
    let suited = document.network_options();
    assert_eq!((suited.color_by, suited.size_by), (ColorBy::Stated, SizeBy::Stated));
    let told = compare(&document, suited, Theme::Light, "network-stated");
    assert!(told.contains("Colours as in the file:") && told.contains("sizes as in the file"));
}
