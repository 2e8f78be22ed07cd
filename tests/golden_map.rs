//! The partnership map of the built-in dataset as pictures: network and geography.
//!
//! `UPDATE_GOLDEN=1` records the pictures anew; `PICTURES=FOLDER` writes them as PNG to look at.

#![allow(clippy::unwrap_used)]

use demarche::{
    export::{SvgOptions, png, svg},
    formats::{OpenOptions, Progress, read},
    layout::{
        basemap::Basemap,
        camera::Camera,
        ground::Ground,
        network::{Options, PartyLayout},
        projection::Shape,
    },
    model::{Dataset, PartyId, Target},
    query::{Columns, TieWeight, Ties, ties},
    scene::{
        Hit, Item, Mark, PathSegment, Point, Rect, Scene, Theme, Tokens,
        map::{self, Counted, Extent, Lines, MapOptions, MapSpec, Names},
        network::{self, NetworkSpec},
    },
};

const SIZE: (f32, f32) = (870.0, 340.0);

struct Case {
    dataset: Dataset,
    whole: Ties,
    layout: PartyLayout,
}

impl Case {
    fn new() -> Self {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/data/southeast-asia-partnerships.json");
        let bytes = std::fs::read(file).unwrap();
        Self::of(read(file, &bytes, &OpenOptions::default(), &Progress::default()).unwrap().dataset)
    }

    fn of(dataset: Dataset) -> Self {
        let whole = ties_of(&dataset, |_| true);
        let options = Options { aspect: f64::from(SIZE.0 / SIZE.1), ..Options::default() };
        let layout = PartyLayout::new(&dataset, &whole, &options, &mut |_| true).unwrap();
        Self { dataset, whole, layout }
    }

    fn network(&self, ties: &Ties, theme: Theme, highlighted: Option<PartyId>) -> Scene {
        network::network(&NetworkSpec {
            dataset: &self.dataset,
            ties,
            layout: &self.layout,
            camera: network::fit(&self.layout, SIZE),
            size: SIZE,
            tokens: Tokens::of(theme),
            highlighted,
            reading: network::Reading::default(),
            changes: None,
            strongest: None,
            note: true,
        })
    }

    fn map(&self, theme: Theme, zoom: f64) -> Scene {
        self.map_with(theme, zoom, &MapOptions::default())
    }

    fn map_with(&self, theme: Theme, zoom: f64, options: &MapOptions) -> Scene {
        let extent = Extent::of(&self.dataset, &self.whole);
        let projection = extent.projection(options.projection, options.center);
        let ground = Ground::new(Basemap::default(), projection);
        let size = [f64::from(SIZE.0), f64::from(SIZE.1)];
        let camera = extent.fit(&projection, SIZE);
        let there = camera.to_pane(projection.project(105.5, 14.5), size);
        let camera = Camera {
            center: if zoom > 1.0 { camera.to_plane(there, size) } else { camera.center },
            zoom: camera.zoom * zoom,
        };
        let columns = Columns::new(&self.dataset);
        let rows: Vec<u32> = (0..columns.len() as u32).collect();
        map::map(&MapSpec {
            dataset: &self.dataset,
            columns: &columns,
            rows: &rows,
            counted: &Counted::of(&self.dataset, &columns, &rows, options),
            ties: &self.whole,
            options,
            ground: &ground,
            camera,
            size: SIZE,
            tokens: Tokens::of(theme),
            highlighted: None,
            opened: None,
            land: true,
        })
    }

    fn party(&self, key: &str) -> PartyId {
        PartyId::at(self.dataset.parties().iter().position(|party| &*party.key == key).unwrap())
    }
}

/// The ties among the engagements whose row passes.
fn ties_of(dataset: &Dataset, pass: impl Fn(u32) -> bool) -> Ties {
    let columns = Columns::new(dataset);
    let rows: Vec<u32> = (0..columns.len() as u32).filter(|row| pass(*row)).collect();
    ties(&columns, &rows, dataset.parties().len(), TieWeight::Shared)
}

#[test]
fn an_engagement_of_several_places_is_at_each_and_counted_once() {
    let text = r#"{"format": "demarche/1", "title": "Tours",
        "places": [
            {"id": "pp", "name": "Phnom Penh", "lat": 11.56, "lon": 104.93},
            {"id": "takhmao", "name": "Ta Khmau", "lat": 11.48, "lon": 104.95},
            {"id": "tokyo", "name": "Tokyo", "lat": 35.68, "lon": 139.65},
            {"id": "nowhere", "name": "Nowhere"}],
        "engagements": [
            {"id": "1", "title": "Both towns", "places": ["pp", "takhmao"]},
            {"id": "2", "title": "All", "places": ["pp", "takhmao", "tokyo", "nowhere", "pp"]},
            {"id": "3", "title": "One", "place": "takhmao"},
            {"id": "4", "title": "None", "place": "nowhere"}]}"#;
    let case = Case::of(
        read("t.json", text.as_bytes(), &OpenOptions::default(), &Progress::default())
            .unwrap()
            .dataset,
    );
    let scene = case.map_with(Theme::Light, 1.0, &MapOptions::default());
    let titles: Vec<&str> =
        groups(&scene.items).into_iter().map(|(mark, _)| &*mark.title).collect();
    // Both towns are one circle: three engagements, although the places have two and three.
    assert!(
        titles.contains(&"Ta Khmau +1 — 3 engagements: Ta Khmau 3, Phnom Penh 2"),
        "{titles:?}"
    );
    assert!(titles.iter().any(|title| title.starts_with("Tokyo — ")), "{titles:?}");
    let said: Vec<&str> = scene
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Text(run) => Some(&*run.text),
            _ => None,
        })
        .collect();
    assert!(
        said.iter().any(|text| {
            text.contains("3 of 4 engagements placed · 2 at several places, shown at each")
        }),
        "{said:?}"
    );
}

fn compare(scene: &Scene, name: &str) {
    if let Some(folder) = std::env::var_os("PICTURES") {
        let file = std::path::Path::new(&folder).join(format!("{name}.png"));
        std::fs::write(file, png(scene, 1.6).unwrap()).unwrap();
    }
    let drawn = svg(scene, &SvgOptions::default());
    let path = format!("{}/tests/golden/{name}.svg", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &drawn).unwrap();
    }
    let recorded = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(drawn == recorded, "{name} changed; look at it, then record it: UPDATE_GOLDEN=1");
}

#[test]
fn the_network_is_drawn_as_recorded() {
    let case = Case::new();
    compare(&case.network(&case.whole, Theme::Light, None), "network");
    compare(&case.network(&case.whole, Theme::Dark, Some(case.party("laos"))), "network-laos");
}

#[test]
fn the_map_is_drawn_as_recorded() {
    let case = Case::new();
    compare(&case.map(Theme::Light, 1.0), "map");
    compare(&case.map(Theme::Dark, 8.0), "map-mekong");
    let globe = MapOptions {
        projection: Shape::Globe,
        center: Some([30.0, 170.0]),
        lines: Lines::Flows,
        ..MapOptions::default()
    };
    compare(&case.map_with(Theme::Light, 1.0, &globe), "map-globe");
    let mercator = MapOptions {
        projection: Shape::Mercator,
        names: Names::Local,
        lines: Lines::None,
        ..MapOptions::default()
    };
    compare(&case.map_with(Theme::Dark, 8.0, &mercator), "map-own-names");
}

#[test]
fn a_map_of_half_the_world_stays_a_small_file() {
    let scene = Case::new().map(Theme::Light, 1.0);
    let bytes = svg(&scene, &SvgOptions::default()).len();
    assert!(bytes < 600_000, "{bytes}");
}

/// Every mark with its items, in order of drawing.
fn groups(items: &[Item]) -> Vec<(&Mark, &[Item])> {
    items
        .iter()
        .flat_map(|item| match item {
            Item::Group { mark, items } => vec![(mark, items.as_slice())],
            Item::Clip { items, .. } => groups(items),
            _ => Vec::new(),
        })
        .collect()
}

/// The boxes of all lines of text: ascent and descent of the letters used.
fn texts(items: &[Item]) -> Vec<(String, Rect)> {
    items
        .iter()
        .flat_map(|item| match item {
            Item::Text(run) => {
                let rect =
                    Rect::new(run.at.x, run.at.y - 0.73 * run.size, run.width, run.size * 0.93);
                vec![(run.text.clone(), rect)]
            }
            Item::Group { items, .. } | Item::Clip { items, .. } => texts(items),
            _ => Vec::new(),
        })
        .collect()
}

#[test]
fn no_two_texts_overlap_and_none_is_cut_off() {
    let case = Case::new();
    let pane = Rect::new(0.0, 0.0, SIZE.0, SIZE.1);
    let scenes = [
        case.network(&case.whole, Theme::Light, None),
        case.map(Theme::Light, 1.0),
        case.map(Theme::Light, 8.0),
    ];
    for scene in scenes {
        let texts = texts(&scene.items);
        assert!(texts.len() > 5, "{}", scene.title);
        for (number, (text, rect)) in texts.iter().enumerate() {
            assert!(
                pane.contains(Point::new(rect.x, rect.y))
                    && pane.contains(Point::new(rect.right(), rect.bottom())),
                "{text} is cut off in {}",
                scene.title
            );
            for (other, beside) in &texts[number + 1..] {
                assert!(!rect.overlaps(*beside), "{text} / {other} in {}", scene.title);
            }
        }
    }
}

#[test]
fn filters_show_and_hide_without_moving_anything() {
    let case = Case::new();
    let few = ties_of(&case.dataset, |row| row % 3 == 0);
    let centers = |scene: &Scene| -> Vec<(Target, Point)> {
        groups(&scene.items)
            .into_iter()
            .filter_map(|(mark, _)| match (mark.target, mark.hits.first()) {
                (Some(target @ Target::Party(_)), Some(Hit::Circle(center, _))) => {
                    Some((target, *center))
                }
                _ => None,
            })
            .collect()
    };
    let all = centers(&case.network(&case.whole, Theme::Light, None));
    let some = centers(&case.network(&few, Theme::Light, None));
    assert!(some.len() > 3 && some.len() < all.len());
    for mark in some {
        assert!(all.contains(&mark), "{mark:?} moved");
    }
}

#[test]
fn marks_are_found_where_they_are_drawn_and_say_what_they_are() {
    let case = Case::new();
    let scene = case.network(&case.whole, Theme::Light, None);
    let cambodia = case.party("cambodia");
    let mut centers = Vec::new();
    let mut ids = std::collections::BTreeSet::new();
    scene.marks(&mut |mark| {
        assert!(ids.insert(mark.id.clone()), "{} twice", mark.id);
        assert!(!mark.title.is_empty());
        if let (Some(Target::Party(party)), Some(Hit::Circle(center, _))) =
            (mark.target, mark.hits.first())
        {
            centers.push((party, *center));
        }
    });
    for (party, center) in centers {
        assert_eq!(scene.hit(center, 0.0).and_then(|mark| mark.target), Some(Target::Party(party)));
        if party == cambodia {
            let engagements = case.whole.engagements[party.index()];
            let title = &scene.hit(center, 0.0).unwrap().title;
            assert_eq!(title, &format!("Cambodia — {engagements} engagements"));
        }
    }
}

#[test]
fn arcs_end_at_the_seats_that_they_join() {
    let case = Case::new();
    let scene = case.map(Theme::Light, 1.0);
    let extent = Extent::of(&case.dataset, &case.whole);
    let projection = extent.projection(Shape::EqualEarth, None);
    let camera = extent.fit(&projection, SIZE);
    let mut arcs = 0;
    for (mark, items) in groups(&scene.items) {
        let Some(Target::Tie(a, b)) = mark.target else { continue };
        arcs += 1;
        let Item::Path { segments, .. } = &items[0] else { panic!("an arc is a path") };
        let ends: Vec<Point> = [segments.first(), segments.last()]
            .into_iter()
            .flatten()
            .map(|segment| match segment {
                PathSegment::Move(at) | PathSegment::Line(at) => *at,
                other => panic!("{other:?}"),
            })
            .collect();
        for party in [a, b] {
            let seat = case.dataset.party(party).seat.unwrap();
            let (lat, lon) = case.dataset.place(seat).position.unwrap();
            let size = [f64::from(SIZE.0), f64::from(SIZE.1)];
            let at = camera.to_pane(projection.project(lon, lat), size);
            let at = Point::new(at[0] as f32, at[1] as f32);
            assert!(ends.iter().any(|end| end.distance(at) < 0.5), "{}", mark.title);
        }
    }
    assert!(arcs > 0);
}
