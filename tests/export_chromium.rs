//! SVG in a browser: drawn there as it is drawn here. Skipped where Chromium is not installed.

use std::{fs, process::Command, sync::Arc};

use demarche::{
    app::{CheckedDocument, Document, SnapshotInput, SnapshotOptions, ViewParts},
    export::{self, SvgOptions},
    scene::figure::FigureView,
};

/// A picture that Chromium makes of a file; `None` where there is no Chromium.
fn browser(svg: &str, width: u32, height: u32) -> Option<Vec<u8>> {
    let folder = tempfile::tempdir().expect("a folder");
    // Within a page, so that nothing of the browser stands around it.
    let page = format!(
        "<!DOCTYPE html><meta charset=\"utf-8\"><style>*{{margin:0}}svg{{display:block}}</style>{svg}"
    );
    fs::write(folder.path().join("figure.html"), page).expect("written");
    let picture = folder.path().join("figure.png");
    for program in ["chromium", "chromium-browser", "google-chrome"] {
        let run = Command::new(program)
            .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"])
            .arg("--force-color-profile=srgb")
            .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
            // The window is higher than the picture by what Chromium keeps for itself.
            .arg(format!("--window-size={width},{}", height + 200))
            .arg(format!("--screenshot={}", picture.display()))
            .arg(format!("file://{}", folder.path().join("figure.html").display()))
            .output();
        if run.is_ok() {
            return fs::read(&picture).ok();
        }
    }
    println!("Chromium is not installed: skipped");
    None
}

/// Width and red, green and blue of each pixel.
fn decode(file: &[u8]) -> (usize, Vec<[u8; 3]>) {
    let reader = png::Decoder::new(std::io::Cursor::new(file)).read_info();
    let mut reader = reader.expect("a PNG");
    let mut bytes = vec![0; reader.output_buffer_size().expect("a size")];
    let info = reader.next_frame(&mut bytes).expect("pixels");
    let samples = info.color_type.samples();
    let pixels = bytes.chunks_exact(samples).map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    (info.width as usize, pixels)
}

#[test]
fn a_browser_draws_the_figures_as_they_are_drawn_here() {
    let document = Arc::new(Document::built_in().expect("the built-in dataset"));
    let input = SnapshotInput {
        document,
        checked: Arc::new(CheckedDocument::default()),
        layout: None,
        findings: Vec::new(),
        parts: ViewParts::default(),
    };
    for view in [FigureView::Timeline, FigureView::Network, FigureView::Map] {
        let options = SnapshotOptions { view, visible: false, ..SnapshotOptions::default() };
        let drawn = input.drawn(&options);
        let scene = drawn.scenes().next().expect("a page");
        let svg = export::svg(scene, &SvgOptions::default());
        let size = (scene.width.ceil() as u32, scene.height.ceil() as u32);
        let Some(theirs) = browser(&svg, size.0, size.1) else { return };
        let ours = export::png(scene, 1.0).expect("a PNG");
        let ((width, ours), (their_width, theirs)) = (decode(&ours), decode(&theirs));
        assert_eq!(width, their_width);
        // Edges are smoothed differently; nothing may be missing, elsewhere or another colour.
        let apart = |a: &[u8; 3], b: &[u8; 3]| (0..3).any(|c| a[c].abs_diff(b[c]) > 96);
        let differing = ours.iter().zip(&theirs).filter(|(a, b)| apart(a, b)).count();
        let share = differing as f64 / ours.len() as f64;
        assert!(share < 0.002, "{view:?}: {differing} pixels, {share}");
    }
}
