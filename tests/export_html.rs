//! HTML as a whole: well formed, reachable by keyboard, with nothing in it that acts.

use std::{collections::BTreeSet, sync::Arc};

use demarche::{
    app::{CheckedDocument, Document, SnapshotInput, SnapshotOptions, ViewParts},
    export::{self, FileFormat, carried},
    scene::figure::{
        FigureView,
        sheet::{Body, Row, Section, Sheet, Table},
    },
    scene::{Theme, Tokens},
};

fn built_in(view: FigureView) -> String {
    let document = Arc::new(Document::built_in().expect("the built-in dataset"));
    let input = SnapshotInput {
        document,
        checked: Arc::new(CheckedDocument::default()),
        layout: None,
        findings: Vec::new(),
        parts: ViewParts::default(),
    };
    let options = SnapshotOptions {
        format: FileFormat::Html,
        view,
        visible: false,
        ..SnapshotOptions::default()
    };
    String::from_utf8(input.file(&input.drawn(&options), &options).expect("a page")).expect("UTF-8")
}

fn parse(page: &str) -> roxmltree::Document<'_> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    roxmltree::Document::parse_with_options(page, options).expect(page)
}

#[test]
fn every_view_is_a_page_whose_links_lead_to_marks_that_the_keyboard_reaches() {
    for view in FigureView::ALL {
        let page = built_in(view);
        let document = parse(&page);
        assert_eq!(document.root_element().attribute("lang"), Some("en"));
        let mut ids = BTreeSet::new();
        for id in document.descendants().filter_map(|node| node.attribute("id")) {
            assert!(ids.insert(id), "{id} stands twice");
        }
        let links: Vec<&str> = document
            .descendants()
            .filter(|node| node.has_tag_name("a"))
            .filter_map(|node| node.attribute("href"))
            .collect();
        for link in &links {
            assert!(ids.contains(&link[1..]), "{link} leads nowhere");
        }
        let tables: Vec<_> =
            document.descendants().filter(|node| node.has_tag_name("table")).collect();
        let rows: Vec<_> = tables
            .iter()
            .map(|table| table.descendants().filter(|node| node.has_tag_name("tr")).count())
            .collect();
        assert_eq!(rows.last(), Some(&25), "a heading and 24 engagements");
        let changed = tables.len() > 1;
        assert_eq!(changed, view == FigureView::Compare, "the ties that changed have a table");
        if view == FigureView::Timeline {
            assert_eq!(links.len(), 24);
        }
        let svg = "http://www.w3.org/2000/svg";
        let reached: Vec<_> = document
            .descendants()
            .filter(|node| node.has_tag_name((svg, "g")) && node.attribute("tabindex").is_some())
            .collect();
        assert!(reached.len() > 5, "{view:?}: {}", reached.len());
        for mark in reached {
            let title = mark.children().find(|node| node.has_tag_name((svg, "title")));
            assert!(title.and_then(|title| title.text()).is_some_and(|text| !text.is_empty()));
        }
        assert!(carried(page.as_bytes()).is_some_and(|view| view.contains("demarche-view/1")));
    }
}

#[test]
fn data_is_never_markup() {
    for text in [
        "</title><script>alert(1)</script>",
        "\" onfocus=\"alert(1)\" autofocus x=\"",
        "&lt;b&gt; &#x41; &nbsp; &undefined;",
        "--><!-- ]]> <![CDATA[ </style><style>*{}",
        "\u{0}\u{1}\u{B}\u{1F}\u{7F}\u{9F}\u{FFFE}\u{FFFF}",
        "abc\u{202E}gnp.exe\u{202C}\u{2066}\u{2069}",
        "javascript:alert(1)",
        "",
    ] {
        let section = |body| Section { heading: text.to_owned(), body };
        let sheet = Sheet {
            title: text.to_owned(),
            subtitle: text.to_owned(),
            sections: vec![
                section(Body::Words(vec![text.to_owned()])),
                section(Body::Numbered(vec![text.to_owned()])),
                section(Body::Table(Table {
                    columns: vec![("Date", 0.5), ("Engagement", 0.5)],
                    rows: vec![Row { target: None, cells: vec![text.to_owned(); 2] }],
                    remark: text.to_owned(),
                })),
            ],
            provenance: text.to_owned(),
            tokens: Tokens::of(Theme::Light),
        };
        let page = export::html(&sheet, "{}");
        let document = parse(&page);
        for node in document.descendants().filter(roxmltree::Node::is_element) {
            let name = node.tag_name().name();
            assert!(!["script", "iframe", "object", "img", "a"].contains(&name), "{text}: {name}");
            assert!(!node.attributes().any(|a| a.name().starts_with("on")), "{text}: {node:?}");
        }
        assert!(!page.contains(|c| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')));
        assert_eq!(page.matches("<style>").count(), 1);
    }
}
