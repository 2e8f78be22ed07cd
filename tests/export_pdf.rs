//! PDF as a whole: its pages, its text as others read it, and its safety and stability.

use std::process::Command;

use demarche::{
    export::{self, ExportError, PdfOptions},
    scene::{
        Color, Item, Mark, PathSegment, Point, Rect, Role, Scene, Stroke, Theme, Tokens,
        text::{self, Align, Style},
    },
};

fn label(words: &str, x: f32, y: f32, strong: bool) -> Item {
    let style = Style { size: 13.0, strong, color: Tokens::of(Theme::Light).ink };
    Item::Text(text::line(words, Point::new(x, y), Align::Left, style))
}

fn page(items: Vec<Item>) -> Scene {
    let background = Tokens::of(Theme::Light).paper;
    Scene { width: 500.0, height: 300.0, background, title: "A page".to_owned(), items }
}

fn titled(title: &str) -> Scene {
    let mark =
        Mark { target: None, id: title.to_owned(), title: title.to_owned(), hits: Vec::new() };
    let items = vec![label(title, 10.0, 20.0, false)];
    Scene { title: title.to_owned(), ..page(vec![Item::Group { mark, items }]) }
}

fn pdf(scene: &Scene) -> Vec<u8> {
    export::pdf(&[scene], &PdfOptions::default()).expect("a PDF")
}

/// What a program of the poppler tools prints about a PDF; `None` where it is not installed.
fn poppler(program: &str, options: &[&str], file: &[u8]) -> Option<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("figure.pdf");
    std::fs::write(&path, file).expect("written");
    let mut command = Command::new(program);
    command.args(options).arg(&path);
    if program == "pdftotext" {
        command.arg("-");
    }
    let Ok(output) = command.output() else {
        println!("{program} is not installed: skipped");
        return None;
    };
    let complaints = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && complaints.is_empty(), "{complaints}");
    Some(String::from_utf8(output.stdout).expect("UTF-8"))
}

#[test]
fn a_page_has_the_size_of_the_figure_in_points() {
    let file = pdf(&page(vec![label("Talks", 10.0, 20.0, false)]));
    assert!(file.starts_with(b"%PDF-1.7"));
    let Some(said) = poppler("pdfinfo", &[], &file) else { return };
    assert!(said.contains("Page size:       500 x 300 pts"), "{said}");
    for line in ["Title:           A page", "Tagged:          yes", "Pages:           1"] {
        assert!(said.contains(line), "{line}: {said}");
    }
    assert!(!said.contains("Date"), "no clock: {said}");
}

#[test]
fn text_is_read_back_exactly() {
    let lines = [
        "Engagement, Việt Nam: first office, AVATAR",
        "ព្រះរាជាណាចក្រកម្ពុជា",
        "ក្រសួងការបរទេស និងសហប្រតិបត្តិការអន្តរជាតិ",
        "ສາທາລະນະລັດ ປະຊາທິປະໄຕ ປະຊາຊົນລາວ",
        "ກະຊວງການຕ່າງປະເທດ ຄຳເພັງ ນ້ຳ",
        "ประเทศไทย น้ำ ที่ปรึกษา",
        "မြန်မာနိုင်ငံ",
        "Cambodia (កម្ពុជា) and Laos (ລາວ)",
        "1995–2024 · 22 of 24 “engagements”",
    ];
    for strong in [false, true] {
        let items = lines.iter().enumerate();
        let items = items.map(|(at, line)| label(line, 10.0, 30.0 + at as f32 * 28.0, strong));
        let Some(said) = poppler("pdftotext", &["-layout"], &pdf(&page(items.collect()))) else {
            return;
        };
        let read: Vec<&str> = said.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let read: Vec<&str> = read.into_iter().filter(|line| *line != "\u{c}").collect();
        assert_eq!(read, lines);
    }
}

#[test]
fn a_halo_adds_no_text() {
    let style = Style { size: 13.0, strong: false, color: Tokens::of(Theme::Light).ink };
    let run = text::line("Phankham Viphavanh", Point::new(10.0, 20.0), Align::Left, style);
    let file = pdf(&page(vec![Item::Text(run.haloed(Tokens::of(Theme::Light).paper))]));
    let Some(said) = poppler("pdftotext", &[], &file) else { return };
    assert_eq!(said.trim(), "Phankham Viphavanh");
}

#[test]
fn the_same_scene_gives_the_same_bytes() {
    let scene = page(vec![
        label("ក្រសួង and Việt Nam", 10.0, 20.0, false),
        label("ລາວ", 10.0, 50.0, true),
        Item::Circle {
            center: Point::new(50.0, 90.0),
            radius: 9.0,
            fill: Some(Color::hex(0x0012_3456).faded(0.5)),
            stroke: Some(Stroke::dashed(Color::hex(0), 1.0, 3.0, 2.0)),
        },
    ]);
    assert!(pdf(&scene) == pdf(&scene));
}

#[test]
fn hostile_titles_do_no_harm() {
    for title in [
        ") Tj ET endstream endobj << /JS (app.alert(1)) >>",
        "\\)\\( (((( %%EOF <</OpenAction",
        "abc\u{202E}gnp.exe\u{202C}\u{2066}\u{2069}",
        "\u{0}\u{1}\u{B}\u{1F}\u{7F}\u{9F}\u{FFFE}\u{FFFF}\u{FEFF}",
        "漢字 🎉 without a font",
        "שלום Laos مرحبا",
        "line\nbreak\ttab\r",
        "\u{200B}",
        "",
    ] {
        let file = pdf(&titled(title));
        let Some(said) = poppler("pdftotext", &[], &file) else { return };
        assert!(
            !said.contains(|c| matches!(c, '\u{202D}'..='\u{202E}' | '\0'..='\u{8}')),
            "{title:?}: {said:?}"
        );
        let about = poppler("pdfinfo", &[], &file).expect("as above");
        assert!(about.contains("JavaScript:      no"), "{about}");
    }
    let Some(said) = poppler("pdftotext", &[], &pdf(&titled(") Tj ET endstream"))) else { return };
    assert_eq!(said.trim(), ") Tj ET endstream");
}

#[test]
fn scenes_that_cannot_be_are_refused_or_drawn_without_what_is_no_number() {
    let mut odd = page(vec![
        Item::Path {
            segments: std::sync::Arc::new([
                PathSegment::Line(Point::new(1.0, 1.0)),
                PathSegment::Move(Point::new(f32::NAN, 1.0)),
                PathSegment::Line(Point::new(f32::INFINITY, 1.0)),
            ]),
            fill: Some(Color::hex(0)),
            stroke: Some(Stroke::solid(Color::hex(0), f32::NAN)),
        },
        Item::Clip { rect: Rect::new(0.0, 0.0, 0.0, 0.0), items: vec![] },
        Item::Rect { rect: Rect::default(), radius: 5.0, fill: Some(Color::hex(0)), stroke: None },
    ]);
    if let Item::Text(mut run) = label("nowhere", f32::NAN, 10.0, false) {
        run.size = 11.0;
        odd.items.push(Item::Text(run));
    }
    assert!(poppler("pdfinfo", &[], &pdf(&odd)).is_none_or(|said| said.contains("500 x 300")));
    for (width, height) in [(0.0, 10.0), (f32::NAN, 10.0), (10.0, 20_000.0), (f32::INFINITY, 1.0)] {
        let scene = Scene { width, height, ..page(vec![]) };
        let error = export::pdf(&[&scene], &PdfOptions::default()).unwrap_err();
        assert!(matches!(error, ExportError::Page { .. }), "{error}");
    }
}

#[test]
fn the_view_is_attached_as_it_is() {
    let view = r#"{"format":"demarche-view/1","title":"កម្ពុជា )"}"#;
    let scene = page(vec![label("Talks", 10.0, 20.0, false)]);
    let file = export::pdf(&[&scene], &PdfOptions { view: view.to_owned() }).unwrap();
    assert!(file.windows(view.len()).any(|part| part == view.as_bytes()));
    let Some(said) = poppler("pdfdetach", &["-list"], &file) else { return };
    assert!(said.contains("1 embedded files") && said.contains("demarche-view.json"), "{said}");
}

#[test]
fn headings_tables_and_bookmarks_are_told_to_readers_who_cannot_see() {
    let part = |role, items| Item::Part { role, items };
    let cell = |role, words: &str, x: f32| part(role, vec![label(words, x, 80.0, false)]);
    let scene = page(vec![
        part(Role::Heading(1), vec![label("Who met whom", 10.0, 20.0, true)]),
        part(
            Role::Paragraph,
            vec![label("A line", 10.0, 40.0, false), label("and one more", 10.0, 56.0, false)],
        ),
        part(
            Role::Table,
            vec![
                part(
                    Role::Row,
                    vec![cell(Role::HeadCell, "Date", 10.0), cell(Role::HeadCell, "Who", 90.0)],
                ),
                part(
                    Role::Row,
                    vec![cell(Role::Cell, "2024", 10.0), cell(Role::Cell, "Laos", 90.0)],
                ),
            ],
        ),
        part(Role::Furniture, vec![label("1 / 2", 10.0, 290.0, false)]),
    ]);
    let file = export::pdf(&[&scene, &scene], &PdfOptions::default()).expect("a PDF");
    let find = |part: &[u8]| file.windows(part.len()).any(|bytes| bytes == part);
    assert!(find(b"/Outlines"), "there are bookmarks");
    let Some(said) = poppler("pdfinfo", &["-struct-text"], &file) else { return };
    for line in ["H1 \"Who met whom\"", "Table", "TR", "TH", "TD", "\"A line", "\"Laos\""] {
        assert!(said.contains(line), "{line}: {said}");
    }
    assert!(!said.contains("1 / 2"), "page numbers are no part of what is said: {said}");
}
