//! Whole figures of the built-in data: every size, every part, every page.

use std::sync::Arc;

use demarche::{
    app::{CheckedDocument, Document, SnapshotInput, SnapshotOptions, ViewParts},
    export::FileFormat,
    model::check::{Finding, check},
    query::LaneBy,
    scene::{
        Item, Rect, Scene, Theme,
        figure::{FigureView, Page, Part, Preset},
    },
};

fn input(lanes: LaneBy) -> SnapshotInput {
    let document = Arc::new(Document::built_in().expect("the built-in dataset"));
    let checked = CheckedDocument::new(check(&document.dataset), &document.dataset);
    let findings = checked.findings.findings.iter().map(Finding::told).collect();
    let parts = ViewParts { lanes, ..ViewParts::default() };
    SnapshotInput { document, checked: Arc::new(checked), layout: None, findings, parts }
}

fn options(view: FigureView, page: Page) -> SnapshotOptions {
    let format = FileFormat::Pdf;
    SnapshotOptions { format, view, visible: false, page, ..SnapshotOptions::default() }
}

fn drawn(input: &SnapshotInput, view: FigureView, page: Page) -> Vec<Scene> {
    input.drawn(&options(view, page)).scenes().cloned().collect()
}

/// All texts with the rectangles around them and their size; what is clipped away is left out.
fn texts(items: &[Item], window: Rect, out: &mut Vec<(Rect, String, f32)>) {
    for item in items {
        match item {
            Item::Text(run) => {
                let rect = Rect::new(run.at.x, run.at.y - run.size * 0.75, run.width, run.size);
                if rect.overlaps(window) {
                    out.push((rect, run.text.clone(), run.size));
                }
            }
            Item::Group { items, .. } | Item::Part { items, .. } => texts(items, window, out),
            Item::Clip { rect, items } => {
                let (x, y) = (rect.x.max(window.x), rect.y.max(window.y));
                let (right, bottom) =
                    (rect.right().min(window.right()), rect.bottom().min(window.bottom()));
                texts(items, Rect::new(x, y, (right - x).max(0.0), (bottom - y).max(0.0)), out);
            }
            _ => {}
        }
    }
}

fn words(scene: &Scene) -> Vec<(Rect, String, f32)> {
    let mut out = Vec::new();
    texts(&scene.items, Rect::new(0.0, 0.0, scene.width, scene.height), &mut out);
    out
}

fn says(scene: &Scene, text: &str) -> bool {
    words(scene).iter().any(|(_, said, _)| said.contains(text))
}

#[test]
fn every_view_in_every_size_is_legible_and_nothing_leaves_the_page() {
    let input = input(LaneBy::Partnership);
    for preset in Preset::ALL {
        for view in FigureView::ALL {
            let page = Page::default().sized(&preset);
            for scene in drawn(&input, view, page) {
                let what = format!("{view:?} as {}", preset.key);
                // A report without a height is as large as a sheet of paper.
                if view != FigureView::Report || preset.height.is_some() {
                    assert_eq!(scene.width.round(), preset.width, "{what}");
                }
                for (rect, text, size) in words(&scene) {
                    assert!(size >= 6.0, "{what}: {text} is {size} points high");
                    assert!(
                        rect.x >= -0.5 && rect.right() <= scene.width + 0.5,
                        "{what}: {text} leaves the page at {rect:?}"
                    );
                    assert!(rect.y >= 0.0 && rect.bottom() <= scene.height, "{what}: {text}");
                }
            }
        }
    }
}

#[test]
fn each_part_can_be_left_out() {
    let input = input(LaneBy::Partnership);
    let whole = &drawn(&input, FigureView::Timeline, Page::default())[0];
    let signs = [
        (Part::Title, "Southeast Asia partnerships"),
        (Part::Subtitle, "Engagements by partnership"),
        (Part::Legend, "known to the day"),
        (Part::Notes, "Sources disagree on the date"),
        (Part::Sources, "Enhancing the Mekong-US Partnership"),
        (Part::Provenance, "SHA-256"),
    ];
    for (part, sign) in signs {
        assert!(says(whole, sign), "{sign}");
        let page = Page { without: [part].into(), ..Page::default() };
        let scene = &drawn(&input, FigureView::Timeline, page)[0];
        assert!(!says(scene, sign), "{part:?}");
        assert!(scene.height < whole.height, "{part:?} leaves no gap");
    }
    let page = Page { title: Some("Who met whom".to_owned()), ..Page::default() };
    let scene = &drawn(&input, FigureView::Map, page)[0];
    assert!(says(scene, "Who met whom") && !says(scene, "Southeast Asia partnerships"));
}

#[test]
fn a_tall_timeline_goes_on_under_an_axis_of_its_own() {
    let input = input(LaneBy::Party);
    let size = Preset::of("a4-landscape").expect("a size");
    let pages = drawn(&input, FigureView::Timeline, Page::default().sized(&size));
    assert!(pages.len() >= 3);
    let mut lanes = Vec::new();
    for page in &pages {
        assert_eq!((page.width, page.height), (842.0, 595.0));
        assert!(says(page, "2010"), "each page has an axis");
        page.marks(&mut |mark| {
            if mark.id.starts_with("lane-") {
                lanes.push(mark.id.clone());
            }
        });
    }
    let parties = input.document.dataset.parties().len();
    let count = lanes.len();
    lanes.sort_unstable();
    lanes.dedup();
    assert_eq!(lanes.len(), count, "no lane is parted");
    assert!(count > 30 && count <= parties);
    // The page as high as it must be for those who do not print.
    let svg = SnapshotOptions {
        format: FileFormat::Svg,
        ..options(FigureView::Timeline, Page::default().sized(&size))
    };
    assert_eq!(input.drawn(&svg).scenes().count(), 1);
}

#[test]
fn a_report_has_every_view_every_engagement_and_every_finding() {
    let input = input(LaneBy::Partnership);
    let page = Page { theme: Theme::Greyscale, ..Page::default() };
    let pages = drawn(&input, FigureView::Report, page);
    assert!(pages.len() >= 3);
    let all: Vec<String> = pages.iter().flat_map(words).map(|(_, text, _)| text).collect();
    for heading in ["Timeline", "Map", "Network", "Engagements", "Findings", "Notes", "Sources"] {
        assert!(all.iter().any(|text| text == heading), "{heading}");
    }
    assert!(all.iter().any(|text| text.starts_with("Contradiction: ")));
    let joined = all.join(" ");
    for engagement in input.document.dataset.engagements() {
        let first = engagement.title.split(' ').next().expect("a word");
        assert!(joined.contains(first), "{}", engagement.title);
    }
}
