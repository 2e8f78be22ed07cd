//! The views of change as pictures: two stretches compared, several side by side, and levels.
//!
//! `UPDATE_GOLDEN=1` records the pictures anew; `PICTURES=FOLDER` writes them as PNG to look at.

#![allow(clippy::unwrap_used)]

use demarche::{
    export::{SvgOptions, png, svg},
    formats::{OpenOptions, Progress, read},
    layout::{
        TimeScale,
        network::{Options, PartyLayout},
    },
    model::{Dataset, Day, DayRange},
    query::{
        Basis, Chosen, Columns, Comparison, Filter, Match, Panels, RollUp, RowSet, TieIndex,
        TieWeight, periods,
    },
    scene::{
        Scene, Theme, Tokens,
        change::{self, LevelsSpec, PanelsSpec},
        network::{self, NetworkSpec},
    },
};

const SIZE: (f32, f32) = (720.0, 420.0);
const EXTENT: DayRange = DayRange { from: Day(10_227), to: Day(20_331) };

fn open(path: &str) -> Dataset {
    let file = format!("{}/data/{path}", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(&file).unwrap();
    read(&file, &bytes, &OpenOptions::default(), &Progress::default()).unwrap().dataset
}

/// Runs on the example of visits and talks: all its rows, the pairs, and where parties stand.
fn with_visits(look: impl FnOnce(&Dataset, &Basis<'_>, &PartyLayout)) {
    let dataset = open("examples/visits-and-talks.csv");
    let columns = Columns::new(&dataset);
    let rows = RowSet::all(columns.len());
    let index = TieIndex::new(&columns, RollUp::named(), dataset.parties().len());
    let basis = Basis {
        columns: &columns,
        chosen: &Chosen::default(),
        rows: &rows,
        when: &[],
        matching: Match::Possibly,
        index: &index,
        weight: TieWeight::Shared,
    };
    let options = Options { aspect: f64::from(SIZE.0 / SIZE.1), ..Options::default() };
    let layout = PartyLayout::new(&dataset, &basis.ties(&rows), &options, &mut |_| true).unwrap();
    look(&dataset, &basis, &layout);
}

fn recorded(scene: &Scene, name: &str) {
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
fn two_stretches_are_compared_as_recorded() {
    with_visits(|dataset, basis, layout| {
        let stretches = periods("2021-2022; 2023-2024", EXTENT).unwrap();
        let rows = [basis.rows(&stretches[0].days), basis.rows(&stretches[1].days)];
        let ties = [basis.ties(&rows[0]), basis.ties(&rows[1])];
        let days = [&stretches[0].days[..], &stretches[1].days[..]];
        let compared = Comparison::new([&ties[0], &ties[1]], [&rows[0], &rows[1]], days, EXTENT);
        assert_eq!(compared.counts(), [5, 2, 0, 1, 2], "new, stronger, same, weaker, lost");
        for (theme, name) in [(Theme::Light, "compare"), (Theme::Dark, "compare-dark")] {
            let scene = network::network(&NetworkSpec {
                dataset,
                ties: &compared.drawn(),
                layout,
                camera: network::fit(layout, SIZE),
                size: SIZE,
                tokens: Tokens::of(theme),
                highlighted: None,
                reading: network::Reading::default(),
                changes: Some(&compared),
                strongest: None,
                note: false,
            });
            recorded(&scene, name);
        }
    });
}

#[test]
fn panels_are_drawn_as_recorded() {
    with_visits(|dataset, basis, layout| {
        let stretches = periods("Founding 1998; 2021; 2022-2023; 2024-2025", EXTENT).unwrap();
        let drawn = change::panels(&PanelsSpec {
            dataset,
            panels: &Panels::new(basis, &stretches),
            layout,
            size: SIZE,
            tokens: Tokens::of(Theme::Light),
            highlighted: None,
            reading: network::Reading::default(),
        });
        assert_eq!(drawn.places.len(), 4);
        recorded(&drawn.scene, "panels");
    });
}

#[test]
fn levels_are_drawn_as_recorded() {
    let dataset = open("southeast-asia-partnerships.json");
    let partnerships = change::shown_partnerships(&dataset, &Filter::default());
    let days = DayRange { from: Day(18_993), to: Day(20_088) };
    for (width, header_width, name) in
        [(900.0, 150.0, "levels"), (560.0, 120.0, "levels-close"), (420.0, 110.0, "levels-narrow")]
    {
        let drawn = change::levels(&LevelsSpec {
            dataset: &dataset,
            partnerships: &partnerships,
            scale: TimeScale::fit(days, 24.0, header_width, width - header_width),
            header_width,
            width,
            window: None,
            tokens: Tokens::of(Theme::Light),
        });
        recorded(&drawn.scene, name);
        words_stand_off_marks(&drawn.scene, header_width, width);
    }
}

/// No word of the strip lies on a mark or is cut off by the edge of the strip.
fn words_stand_off_marks(scene: &Scene, left: f32, right: f32) {
    let mut levels = 0;
    scene.marks(&mut |mark| {
        if !mark.id.starts_with("level-") {
            return;
        }
        levels += 1;
        let [shape, words] = &mark.hits[..] else { panic!("{} has a mark and words", mark.id) };
        let (shape, words) = (shape.bounds(), words.bounds());
        let beside = words.right() <= shape.x + 0.5 || words.x >= shape.right() - 0.5;
        let below = words.y >= shape.bottom() - 1.0;
        assert!(beside || below, "{}: {shape:?} {words:?}", mark.id);
        assert!(words.x >= left - 4.5 && words.right() <= right + 4.5, "{}: {words:?}", mark.id);
        assert!(mark.title.contains(" · "), "when, and who says so: {}", mark.title);
    });
    assert_eq!(levels, 4);
}
