//! The exporters as a whole: valid, safe and stable SVG, and PNG that shows the same picture.

use std::sync::Arc;

use demarche::{
    export::{self, ExportError, SvgOptions, SvgText},
    scene::{
        Color, Item, Mark, PathSegment, Point, Rect, Scene, Stroke, Theme, Tokens,
        text::{self, Align, Style},
    },
};

fn label(words: &str, x: f32, y: f32, size: f32, strong: bool) -> Item {
    let style = Style { size, strong, color: Tokens::of(Theme::Light).ink };
    Item::Text(text::line(words, Point::new(x, y), Align::Left, style))
}

/// Every kind of item, in each way that it can be painted.
fn primitives() -> Scene {
    let tokens = Tokens::of(Theme::Light);
    let at = Point::new;
    let hill: Arc<[PathSegment]> = Arc::new([
        PathSegment::Move(at(20.0, 150.0)),
        PathSegment::Cubic(at(40.0, 90.0), at(80.0, 90.0), at(100.0, 150.0)),
        PathSegment::Line(at(60.0, 140.0)),
        PathSegment::Close,
        PathSegment::Move(at(50.0, 120.0)),
        PathSegment::Line(at(70.0, 120.0)),
        PathSegment::Line(at(60.0, 132.0)),
        PathSegment::Close,
    ]);
    let swash: Arc<[PathSegment]> = Arc::new([
        PathSegment::Move(at(120.0, 150.0)),
        PathSegment::Cubic(at(150.0, 80.0), at(180.0, 190.0), at(210.0, 110.0)),
    ]);
    Scene {
        width: 320.0,
        height: 200.0,
        background: tokens.paper,
        title: "Primitives".to_owned(),
        items: vec![
            Item::Rect {
                rect: Rect::new(10.0, 10.0, 80.0, 40.0),
                radius: 6.0,
                fill: Some(tokens.amber_ground),
                stroke: Some(Stroke::solid(tokens.amber_line, 1.5)),
            },
            Item::Rect {
                rect: Rect::new(100.5, 10.5, 60.0, 40.0),
                radius: 0.0,
                fill: None,
                stroke: Some(Stroke::dashed(tokens.accent, 1.0, 4.0, 3.0)),
            },
            Item::Circle {
                center: at(200.0, 30.0),
                radius: 18.0,
                fill: Some(tokens.kinds[2].faded(0.5)),
                stroke: Some(Stroke::solid(tokens.kinds[2], 2.0)),
            },
            Item::Group {
                mark: Mark {
                    target: None,
                    id: "engagement:E1".to_owned(),
                    title: "A hill & its hollow".to_owned(),
                    hits: vec![],
                },
                items: vec![Item::Path {
                    segments: hill,
                    fill: Some(tokens.kinds[3]),
                    stroke: None,
                }],
            },
            Item::Path {
                segments: swash,
                fill: None,
                stroke: Some(Stroke::dashed(tokens.amber, 2.0, 6.0, 3.0)),
            },
            Item::Clip {
                rect: Rect::new(230.0, 10.0, 60.0, 60.0),
                items: vec![
                    Item::Circle {
                        center: at(290.0, 40.0),
                        radius: 40.0,
                        fill: Some(tokens.kinds[0]),
                        stroke: None,
                    },
                    Item::Clip {
                        rect: Rect::new(240.0, 50.0, 90.0, 90.0),
                        items: vec![Item::Rect {
                            rect: Rect::new(200.0, 20.0, 100.0, 100.0),
                            radius: 0.0,
                            fill: Some(tokens.kinds[1]),
                            stroke: None,
                        }],
                    },
                ],
            },
            label("Engagement, Việt Nam", 10.0, 75.0, 13.0, false),
            label("Partnership", 175.0, 75.0, 17.0, true),
            label("កម្ពុជា ລາວ ไทย မြန်မာ", 120.0, 180.0, 17.0, false),
        ],
    }
}

fn titled(title: &str) -> Scene {
    Scene {
        width: 100.0,
        height: 50.0,
        background: Color::hex(0x00FF_FFFF),
        title: title.to_owned(),
        items: vec![Item::Group {
            mark: Mark {
                target: None,
                id: title.to_owned(),
                title: title.to_owned(),
                hits: vec![],
            },
            items: vec![label(title, 10.0, 20.0, 11.0, false)],
        }],
    }
}

fn svg(scene: &Scene) -> String {
    export::svg(scene, &SvgOptions::default())
}

/// Width, height and RGBA pixels of a PNG.
fn decode(file: &[u8]) -> (u32, u32, Vec<u8>) {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(file));
    decoder.set_transformations(png::Transformations::ALPHA);
    let mut reader = decoder.read_info().expect("a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    let info = reader.next_frame(&mut pixels).expect("pixels");
    (info.width, info.height, pixels)
}

#[test]
fn the_svg_of_the_primitives_is_as_recorded() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/primitives.svg");
    let drawn = svg(&primitives());
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, &drawn).unwrap();
    }
    let recorded = std::fs::read_to_string(path).unwrap();
    assert!(drawn == recorded, "the picture changed; look at it, then record it: UPDATE_GOLDEN=1");
}

#[test]
fn svg_is_valid_and_every_reference_leads_somewhere() {
    let drawn = svg(&primitives());
    let document = roxmltree::Document::parse(&drawn).unwrap();
    let mut ids = std::collections::BTreeSet::new();
    for node in document.descendants() {
        if let Some(id) = node.attribute("id") {
            assert!(ids.insert(id.to_owned()), "{id} stands twice");
        }
    }
    let mut references = 0;
    for node in document.descendants() {
        let href = node.attribute(("http://www.w3.org/1999/xlink", "href"));
        let clip = node.attribute("clip-path").map(|url| &url[4..url.len() - 1]);
        for reference in href.into_iter().chain(clip) {
            references += 1;
            assert!(ids.contains(&reference[1..]), "{reference} leads nowhere");
        }
    }
    assert!(references > 40);
    assert!(ids.contains("engagement-E1"));
    assert!(drawn.contains("<title>A hill &amp; its hollow</title>"));
}

#[test]
fn a_glyph_is_stored_once() {
    let mut scene = titled("a");
    scene.items = vec![label("aaaa", 0.0, 20.0, 11.0, false), label("aa", 0.0, 40.0, 17.0, false)];
    let drawn = svg(&scene);
    assert_eq!(drawn.matches("<path id=").count(), 1);
    assert_eq!(drawn.matches("<use ").count(), 6);
}

#[test]
fn numbers_have_no_exponent_and_few_decimals() {
    let mut scene = titled("numbers");
    scene.items = vec![Item::Circle {
        center: Point::new(1.0e-9, 12.345_678),
        radius: 1.0e7,
        fill: Some(Color::hex(0x0012_3456).faded(1.0 / 3.0)),
        stroke: Some(Stroke::solid(Color::hex(0), f32::NAN)),
    }];
    let drawn = svg(&scene);
    assert!(
        drawn.contains(r##"<circle cx="0" cy="12.35" r="10000000" fill="#123456""##),
        "{drawn}"
    );
    assert!(!drawn.contains("NaN"));
}

#[test]
fn data_is_never_markup() {
    for title in [
        "</title><script>alert(1)</script>",
        "\" onload=\"alert(1)",
        "&lt;b&gt; &#x41; &nbsp; &undefined;",
        "]]><!-- --><?xml version=\"1.1\"?><![CDATA[",
        "\u{0}\u{1}\u{B}\u{1F}\u{7F}\u{9F}\u{FFFE}\u{FFFF}",
        "abc\u{202E}gnp.exe\u{202C}\u{2066}\u{2069}",
        "';--\\\n\r\t",
        "",
    ] {
        let drawn = svg(&titled(title));
        let document = roxmltree::Document::parse(&drawn).expect(title);
        let allowed = ["svg", "title", "defs", "rect", "g", "use", "path"];
        for node in document.descendants().filter(roxmltree::Node::is_element) {
            assert!(allowed.contains(&node.tag_name().name()), "{title}: {node:?}");
            assert!(!node.attributes().any(|a| a.name().starts_with("on")), "{title}: {node:?}");
        }
        assert!(
            !drawn.contains(|c| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'))
        );
    }
    let drawn = svg(&titled("<b> & \"c\""));
    let document = roxmltree::Document::parse(&drawn).unwrap();
    let title = document.descendants().find(|node| node.has_tag_name("title")).unwrap();
    assert_eq!(title.text(), Some("<b> & \"c\""));
}

#[test]
fn equal_ids_are_told_apart_and_a_prefix_keeps_pictures_apart() {
    let mut scene = titled("x");
    scene.items = [scene.items.clone(), scene.items.clone()].concat();
    let options = SvgOptions { id_prefix: "fig1".to_owned(), ..SvgOptions::default() };
    let drawn = export::svg(&scene, &options);
    assert!(drawn.contains(r#"<g id="fig1x">"#) && drawn.contains(r#"<g id="fig1x-2">"#));
    assert!(drawn.contains(r##"xlink:href="#fig1_0""##));
}

#[test]
fn text_can_stay_text() {
    let options = SvgOptions { text: SvgText::Editable, ..SvgOptions::default() };
    let drawn = export::svg(&primitives(), &options);
    let document = roxmltree::Document::parse(&drawn).unwrap();
    assert!(document.descendants().any(|node| node.text() == Some("Engagement, Việt Nam")));
    assert!(!drawn.contains("<use"));
}

/// A word with a halo on a dark ground.
fn haloed() -> Scene {
    let [dark, paper] = [Color::hex(0x20_30_40), Color::hex(0xff_ff_ff)];
    let style = Style { size: 40.0, strong: true, color: Color::hex(0x99_00_00) };
    let run = text::line("Laos", Point::new(20.0, 60.0), Align::Left, style);
    let whole = Rect::new(0.0, 0.0, 160.0, 90.0);
    let ground = Item::Rect { rect: whole, radius: 0.0, fill: Some(dark), stroke: None };
    Scene { items: vec![ground, Item::Text(run.haloed(paper))], ..titled("Halo") }
}

#[test]
fn a_halo_lies_below_the_letters_in_every_form() {
    let scene = haloed();
    let outlines = svg(&scene);
    let group = &outlines[outlines.find("aria-label=\"Laos\"").expect("the word")..];
    // A stroked copy first, so that programs without an order of painting show it as well.
    let stroked = group.find("stroke=\"#fff\"").expect("a halo");
    assert!(group[stroked..].starts_with("stroke=\"#fff\" stroke-width="));
    assert_eq!(group.split("</g>").next().map(|copy| copy.matches("<use").count()), Some(4));
    assert_eq!(group.matches("<use").count(), 8);
    let text = SvgOptions { text: SvgText::Editable, ..SvgOptions::default() };
    let editable = export::svg(&scene, &text);
    assert_eq!(editable.matches(">Laos</text>").count(), 2);
    assert!(editable.find("aria-hidden") < editable.find("#900"), "{editable}");
    // From left to right at half the height of the L: ground, halo, stem, in tenths of a point.
    let (width, _, pixels) = decode(&export::png(&scene, 10.0).expect("a picture"));
    let at = |x: usize| pixels[(450 * width as usize + x) * 4..][..3].to_vec();
    let stem = (150..400).find(|&x| at(x) == [0x99, 0, 0]).expect("the stem");
    assert_eq!([at(stem - 3), at(stem - 13)], [[0xff, 0xff, 0xff], [0xff, 0xff, 0xff]]);
    assert_eq!(at(stem - 20), [0x20, 0x30, 0x40]);
}

#[test]
fn the_same_scene_gives_the_same_bytes() {
    assert_eq!(svg(&primitives()), svg(&primitives()));
    let png = || export::png(&primitives(), 1.5).unwrap();
    assert_eq!(png(), png());
}

#[test]
fn png_has_the_size_and_the_density_that_were_asked_for() {
    for (scale, width, height, density) in
        [(1.0, 320, 200, 2835), (2.0, 640, 400, 5669), (1.1, 352, 220, 3118)]
    {
        let file = export::png(&primitives(), scale).unwrap();
        let reader = png::Decoder::new(std::io::Cursor::new(&file)).read_info().unwrap();
        let info = reader.info();
        assert_eq!((info.width, info.height), (width, height));
        assert_eq!(info.pixel_dims.unwrap().xppu, density);
        assert_eq!(info.utf8_text[0].get_text().unwrap(), "Primitives");
    }
}

#[test]
fn png_shows_fills_clips_and_text_where_they_belong() {
    let tokens = Tokens::of(Theme::Light);
    let (width, _, pixels) = decode(&export::png(&primitives(), 1.0).unwrap());
    let at = |x: u32, y: u32| {
        let start = ((y * width + x) * 4) as usize;
        Color { r: pixels[start], g: pixels[start + 1], b: pixels[start + 2], a: pixels[start + 3] }
    };
    assert_eq!(at(50, 30), tokens.amber_ground);
    assert_eq!(at(130, 30), tokens.paper, "an outline has no inside");
    assert_eq!(at(10, 10), tokens.paper, "the corner is round");
    assert_eq!(at(40, 140), tokens.kinds[3]);
    assert_eq!(at(60, 123), tokens.paper, "even-odd leaves the hollow open");
    assert_eq!(at(280, 40), tokens.kinds[0]);
    assert_eq!(at(295, 40), tokens.paper, "the clip ends");
    assert_eq!(at(285, 60), tokens.kinds[1]);
    assert_eq!(at(235, 60), tokens.paper, "the inner clip starts");
    assert_eq!(at(285, 75), tokens.paper, "the inner clip does not widen the outer one");
    let ink = |x0: u32, x1: u32| {
        (x0..x1)
            .flat_map(|x| (60..80).map(move |y| (x, y)))
            .filter(|&(x, y)| at(x, y).r < 120)
            .count()
    };
    assert!(ink(10, 140) > 150, "text has ink");
    let end = 10 + text::width("Engagement, Việt Nam", 13.0, false).ceil() as u32;
    assert_eq!(ink(end + 1, 174), 0, "between the words is none");
}

#[test]
fn transparent_ground_stays_transparent() {
    let mut scene = primitives();
    scene.background = Color::TRANSPARENT;
    let (_, _, pixels) = decode(&export::png(&scene, 1.0).unwrap());
    assert_eq!(&pixels[..4], [0, 0, 0, 0]);
    assert!(!svg(&scene).contains(r#"<rect width="320""#));
}

#[test]
fn what_is_too_large_is_refused_in_words() {
    let error = export::png(&primitives(), 100.0).unwrap_err();
    assert!(matches!(error, ExportError::TooLarge { width: 32_000, .. }));
    assert!(error.to_string().contains("choose a smaller size or scale"), "{error}");
    for scale in [0.0, -1.0, f32::NAN, f32::INFINITY] {
        assert!(matches!(export::png(&primitives(), scale), Err(ExportError::Scale(_))));
    }
    let mut endless = primitives();
    endless.width = f32::INFINITY;
    assert!(matches!(export::png(&endless, 1.0), Err(ExportError::TooLarge { .. })));
}

#[test]
fn svg_and_png_show_the_same_picture() {
    let scale = 2.0;
    let (width, height, ours) = decode(&export::png(&primitives(), scale).unwrap());
    let tree = resvg::usvg::Tree::from_str(&svg(&primitives()), &resvg::usvg::Options::default());
    let mut pixmap = resvg::tiny_skia::Pixmap::new(width, height).unwrap();
    let transform = resvg::tiny_skia::Transform::from_scale(scale, scale);
    resvg::render(&tree.unwrap(), transform, &mut pixmap.as_mut());
    let theirs = pixmap.data();
    // Rounding to hundredths of a point may move an edge by one of the four lines into which a
    // pixel is divided; nothing may be missing or elsewhere.
    let apart = |at: usize| (0..3).map(|c| ours[at + c].abs_diff(theirs[at + c])).max().unwrap();
    let differing = (0..ours.len()).step_by(4).filter(|&at| apart(at) > 64).count();
    assert!(differing < 10, "{differing} pixels differ");
}
