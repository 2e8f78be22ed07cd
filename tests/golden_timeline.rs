//! Timelines as pictures: every kind of date beside its legend, and lanes of many marks.

#![allow(clippy::unwrap_used, clippy::type_complexity)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use demarche::{
    export::{SvgOptions, png, svg},
    formats::{OpenOptions, Progress, read},
    layout::TimeScale,
    model::{
        Citation, Dataset, DatasetParts, DateClaim, Day, DayRange, Engagement, Kind, KindId, List,
        Partnership, PartnershipId, Status, Target, When,
        check::check,
        when::{Bound, Span},
    },
    query::{Columns, Filter, LaneBy, LaneRows, RowSet, evaluate, lanes},
    scene::{
        Item, Point, Rect, Scene, Theme, Tokens, legend,
        timeline::{self, Convention, Frame, Memo, TimelineScene, TimelineSpec},
    },
};
use proptest::prelude::*;

const KINDS: [&str; 8] =
    ["meeting", "visit", "summit", "dialogue", "statement", "agreement", "assistance", "milestone"];

fn engagement(key: String, title: &str, lane: u32, kind: usize, dates: &[When]) -> Engagement {
    Engagement {
        key: key.into(),
        title: title.into(),
        short: None,
        kind: KindId::at(kind),
        form: None,
        status: Status::Held,
        dates: dates
            .iter()
            .map(|when| DateClaim { when: when.clone(), citation: Citation::default() })
            .collect(),
        places: Default::default(),
        participants: List::default(),
        partnerships: [PartnershipId(lane)].into(),
        topics: List::default(),
        outcomes: List::default(),
        relations: List::default(),
        citations: List::default(),
        note: None,
        extras: List::default(),
    }
}

fn dataset(lanes: &[&str], engagements: Vec<Engagement>) -> Dataset {
    Dataset::new(DatasetParts {
        title: "Specimens".into(),
        kinds: KINDS
            .iter()
            .enumerate()
            .map(|(at, name)| Kind {
                key: (*name).into(),
                name: (*name).into(),
                class: None,
                slot: Kind::slot_for(name, at),
            })
            .collect(),
        partnerships: lanes
            .iter()
            .map(|name| Partnership {
                key: name.to_lowercase().replace(' ', "-").into(),
                name: (*name).into(),
                ..Partnership::default()
            })
            .collect(),
        engagements,
        ..DatasetParts::default()
    })
    .expect("a valid dataset")
}

/// Every kind of date, a lane for each question that a date can leave open.
fn specimens() -> (Dataset, Vec<Option<Span>>) {
    let rows: [(&str, &[(&str, &str, usize)]); 8] = [
        (
            "Known to the day",
            &[
                ("one day", "2021-02-10", 0),
                ("a month of days", "2021-05-01/2021-06-15", 1),
                ("half a year", "2022-03-01/2022-08-31", 2),
                ("one more day", "2023-04-20", 3),
            ],
        ),
        (
            "Coarse",
            &[
                ("some day in May", "2021-05", 4),
                ("a season", "2022-21", 5),
                ("a year", "2023", 6),
                ("a decade", "202X", 7),
            ],
        ),
        (
            "Extent",
            &[("between two months", "2021-02/2021-09", 0), ("between two years", "2022/2024", 3)],
        ),
        (
            "Open and unknown",
            &[
                ("still going on", "2024-03-01/..", 0),
                ("long since", "../2021-06-30", 1),
                ("end not known", "2022-05-06/", 2),
                ("start not known", "/2023-09-30", 5),
            ],
        ),
        (
            "Qualified",
            &[
                ("approximate day", "2021-03-05~", 0),
                ("uncertain day", "2021-11-20?", 1),
                ("approximate month", "2022-08~", 2),
                ("uncertain month", "2023-03?", 3),
                ("about these days", "2023-10-01~/2024-02-10~", 5),
                ("both", "2024-07-04%", 7),
            ],
        ),
        (
            "Sets",
            &[
                ("one of two days", "[2021-03-10,2021-06-12]", 0),
                ("each of three days", "{2022-02-01,2022-06-10,2022-10-12}", 3),
                ("one of two months", "[2023-05,2023-11]", 2),
            ],
        ),
        (
            "Planned and cancelled",
            &[
                ("planned day", "2021-04-02", 0),
                ("planned month", "2022-02", 2),
                ("planned stretch", "2023-02-01/2023-08-01", 0),
                ("cancelled day", "2024-02-01", 1),
                ("cancelled month", "2024-10", 3),
            ],
        ),
        ("Disputed", &[]),
    ];
    let mut engagements = Vec::new();
    for (lane, (_, dates)) in rows.iter().enumerate() {
        for (title, edtf, kind) in *dates {
            let key = format!("{lane}-{}", title.replace(' ', "-"));
            let when = When::parse(edtf).expect(edtf);
            let mut item = engagement(key, title, lane as u32, *kind, &[when]);
            if title.starts_with("planned") {
                item.status = Status::Planned;
            }
            if title.starts_with("cancelled") {
                item.status = Status::Cancelled;
            }
            engagements.push(item);
        }
    }
    let parse = |edtf: &str| When::parse(edtf).unwrap();
    engagements.push(engagement(
        "disputed".into(),
        "a day or a stretch",
        7,
        3,
        &[parse("2021-04-27"), parse("2021-06-05/2021-12-31").sometime()],
    ));
    engagements.push(engagement(
        "chosen".into(),
        "the reader chose the second",
        7,
        1,
        &[parse("2022-10-01"), parse("2023-03-12")],
    ));
    engagements.push(engagement("dialogue".into(), "said to follow", 7, 3, &[parse("2024-03-04")]));
    engagements.push(engagement("visit".into(), "this visit", 8, 1, &[parse("2024-06-10")]));
    // Narrowed by other dates: a year to some months, an unknown end to a day.
    let mut tightened = vec![None; engagements.len()];
    let day = |y, m, d| Bound::Day(Day::from_ymd(y, m, d).unwrap());
    for (title, edtf, span) in [
        ("a year, narrowed", "2021", Span::sometime(day(2021, 4, 1), day(2021, 8, 10))),
        (
            "an end, narrowed",
            "2022-04-06/",
            Span {
                earliest_start: day(2022, 4, 6),
                latest_start: day(2022, 4, 6),
                earliest_end: day(2022, 4, 6),
                latest_end: day(2022, 12, 10),
            },
        ),
    ] {
        engagements.push(engagement(title.replace(' ', "-"), title, 8, 0, &[parse(edtf)]));
        tightened.push(Some(span));
    }
    engagements.push(engagement("undated".into(), "no date at all", 8, 0, &[]));
    let mut lanes: Vec<&str> = rows.iter().map(|row| row.0).collect();
    lanes.push("Narrowed by other dates");
    (dataset(&lanes, engagements), tightened)
}

fn table(dataset: &Dataset) -> (Columns, Vec<LaneRows>) {
    let columns = Columns::new(dataset);
    let lanes = lanes(dataset, &columns, &RowSet::all(columns.len()), LaneBy::Partnership);
    (columns, lanes)
}

const HEADER: f32 = 172.0;

fn day(year: i32, month: u32, date: u32) -> f64 {
    f64::from(Day::from_ymd(year, month, date).unwrap().0)
}

/// A timeline on a page with its legend below.
fn page(
    dataset: &Dataset,
    tightened: &[Option<Span>],
    years: (i32, i32),
    theme: Theme,
) -> (Scene, TimelineScene) {
    let (columns, lanes) = table(dataset);
    let tokens = Tokens::of(theme);
    let width = 1120.0;
    let (x0, w) = timeline::plot(width, HEADER);
    let chosen = dataset
        .engagement_ids()
        .filter(|id| &*dataset.engagement(*id).key == "chosen")
        .map(|id| (id, 1))
        .collect::<BTreeMap<_, _>>();
    let of = |key: &str| dataset.engagement_ids().find(|id| &*dataset.engagement(*id).key == key);
    let conflicts: Vec<_> = of("dialogue").zip(of("visit")).into_iter().collect();
    let drawn = timeline::build(&TimelineSpec {
        dataset,
        columns: &columns,
        lanes: &lanes,
        revision: 0,
        by: LaneBy::Partnership,
        scale: TimeScale::new(day(years.0, 1, 1), day(years.1, 1, 1), x0, w),
        extent: None,
        frame: Frame::Page { width },
        tokens,
        header_width: HEADER,
        chosen: &chosen,
        tightened,
        conflicts: &conflicts,
    });
    let mut scene = drawn.scene.clone();
    let at = Point::new(12.0, scene.height + 12.0);
    let (items, height) = legend::build(&drawn.used, at, width - 24.0, tokens);
    scene.items.extend(items);
    scene.height += height + 24.0;
    (scene, drawn)
}

/// Compares a scene with the picture kept for it. `UPDATE_GOLDEN=1` writes the pictures instead;
/// look at them before they are committed.
fn golden(name: &str, scene: &Scene) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let path = folder.join(format!("{name}.svg"));
    let drawn = svg(scene, &SvgOptions::default());
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &drawn).expect("a writable folder of pictures");
        let pixels = png(scene, 1.5).expect("a picture of reasonable size");
        let beside = std::env::temp_dir().join(format!("{name}.png"));
        fs::write(beside, pixels).expect("a writable folder for temporary files");
        return;
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == drawn,
        "{name} is drawn differently from {}; run with UPDATE_GOLDEN=1 and look at the change",
        path.display()
    );
}

#[test]
fn every_kind_of_date_stands_beside_its_legend() {
    let (dataset, tightened) = specimens();
    for (theme, name) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
        let (scene, _) = page(&dataset, &tightened, (2021, 2025), theme);
        golden(&format!("timeline_dates_{name}"), &scene);
    }
}

#[test]
fn the_legend_lists_what_is_used_and_nothing_else() {
    let one = engagement("a".into(), "a", 0, 3, &[When::parse("2022-05").unwrap()]);
    let dataset = dataset(&["Lane"], vec![one]);
    let (_, drawn) = page(&dataset, &[], (2021, 2025), Theme::Light);
    let conventions: Vec<_> = drawn.used.conventions.iter().copied().collect();
    assert_eq!(conventions, [Convention::Bracket]);
    let kinds: Vec<_> = drawn.used.kinds.values().map(|(name, _)| &**name).collect();
    assert_eq!(kinds, ["dialogue"]);
    // Scrolled out of the view, it needs no explanation either.
    let (_, drawn) = page(&dataset, &[], (2010, 2015), Theme::Light);
    assert_eq!(drawn.used, timeline::Used::default());
}

/// The window on the built-in dataset, with what the checker says of it.
#[test]
fn the_opening_view_of_the_built_in_dataset() {
    let bytes = include_bytes!("../data/southeast-asia-partnerships.json");
    let opened = read("built-in.json", bytes, &OpenOptions::default(), &Progress::default());
    let dataset = opened.expect("the built-in dataset").dataset;
    let found = check(&dataset);
    let mut tightened = vec![None; dataset.engagements().len()];
    for one in &found.tightened {
        tightened[one.engagement.index()] = Some(one.span);
    }
    let conflicts = found.conflicts(&dataset);
    assert_eq!(conflicts.len(), 1);
    let columns = Columns::new(&dataset);
    let all = evaluate(&dataset, &columns, &Filter::default());
    let lanes = lanes(&dataset, &columns, &all.rows, LaneBy::Partnership);
    let width = 1020.0;
    let (x0, w) = timeline::plot(width, HEADER);
    let mut spec = TimelineSpec {
        dataset: &dataset,
        columns: &columns,
        lanes: &lanes,
        revision: 0,
        by: LaneBy::Partnership,
        scale: TimeScale::new(day(2022, 3, 1), day(2025, 2, 1), x0, w),
        extent: all.extent,
        frame: Frame::Window { width, height: 480.0, scroll: 0.0 },
        tokens: Tokens::of(Theme::Light),
        header_width: HEADER,
        chosen: &BTreeMap::new(),
        tightened: &tightened,
        conflicts: &conflicts,
    };
    let drawn = timeline::build(&spec);
    golden("timeline_built_in", &drawn.scene);
    assert!(drawn.used.conventions.contains(&Convention::Conflict));

    // Every mark in view has its name, wherever a stretch begins and ends.
    for (from, to) in [(2021, 2026), (2022, 2023), (2024, 2025)] {
        spec.scale = TimeScale::new(day(from, 1, 1), day(to, 1, 1), x0, w);
        let drawn = timeline::build(&spec);
        let named = labels(&drawn.scene).len();
        let mut marks = 0;
        drawn.scene.marks(&mut |mark| {
            let engagement = matches!(mark.target, Some(Target::Engagement(_)));
            marks += usize::from(engagement && mark.hits[0].bounds().overlaps(drawn.plot));
        });
        assert!(named >= marks, "{from}–{to}: {named} names for {marks} marks");
    }
}

/// Many engagements in few lanes, by a fixed rule: bursts, stretches and spread dates.
fn crowd(count: u32) -> Dataset {
    let engagements = (0..count)
        .map(|at| {
            // Steps of a linear congruential generator (Knuth's MMIX constants) stand for chance.
            let chance = u64::from(at)
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407)
                .rotate_left(29)
                .wrapping_mul(6_364_136_223_846_793_005)
                >> 33;
            let start = Day((chance % 9000) as i32 + 8000);
            let when = match chance % 7 {
                0 => When::throughout(DayRange::new(start, start.plus(40))),
                1 => When::parse(&start.iso()[..7]).unwrap(),
                2 => When::parse(&start.iso()[..4]).unwrap(),
                _ => When::on(start),
            };
            let title = format!("Engagement number {at}");
            engagement(format!("e{at}"), &title, at % 3, chance as usize / 7 % 8, &[when])
        })
        .collect();
    dataset(&["First", "Second", "Third"], engagements)
}

/// Draws a window on a crowd.
fn window(dataset: &Dataset, scale: TimeScale, scroll: f32) -> TimelineScene {
    window_with(dataset, scale, scroll, &mut Memo::default())
}

fn window_with(dataset: &Dataset, scale: TimeScale, scroll: f32, memo: &mut Memo) -> TimelineScene {
    let (columns, lanes) = table(dataset);
    let spec = TimelineSpec {
        dataset,
        columns: &columns,
        lanes: &lanes,
        revision: 0,
        by: LaneBy::Partnership,
        scale,
        extent: Some(DayRange::new(Day(8000), Day(17_366))),
        frame: Frame::Window { width: 1000.0, height: 500.0, scroll },
        tokens: Tokens::of(Theme::Light),
        header_width: HEADER,
        chosen: &BTreeMap::new(),
        tightened: &[],
        conflicts: &[],
    };
    timeline::build_with(&spec, memo)
}

#[test]
fn what_is_remembered_changes_nothing() {
    let dataset = crowd(200);
    let (x0, w) = timeline::plot(1000.0, HEADER);
    let scale = TimeScale::new(9000.0, 12_000.0, x0, w);
    let mut memo = Memo::default();
    for scale in [scale, scale.pan(-250.0), scale.zoom_at(400.0, 3.0), scale] {
        let again = window_with(&dataset, scale, 30.0, &mut memo);
        assert_eq!(again.scene, window(&dataset, scale, 30.0).scene);
    }
}

#[test]
fn lanes_of_many_marks_are_drawn_as_counts() {
    let dataset = crowd(3000);
    let (x0, w) = timeline::plot(1000.0, HEADER);
    let drawn = window(&dataset, TimeScale::new(8000.0, 17_000.0, x0, w), 0.0);
    assert!(drawn.used.conventions.contains(&Convention::Density));
    assert!(drawn.lanes.iter().all(|lane| lane.folded == 1000));
    golden("timeline_counts", &drawn.scene);
    // Each number leads to days that are a part of what is shown.
    assert!(drawn.folds.len() > 20);
    for fold in &drawn.folds {
        assert!(fold.rect.overlaps(drawn.plot) && fold.title.ends_with("click to zoom"));
        assert!((300..2000).contains(&(fold.days.to.0 - fold.days.from.0)), "{fold:?}");
    }
}

/// The labels of marks, as rectangles.
fn labels(scene: &Scene) -> Vec<Rect> {
    fn walk(items: &[Item], inside: bool, out: &mut Vec<Rect>) {
        for item in items {
            match item {
                Item::Text(run) if inside && run.text != "?" => {
                    out.push(Rect::new(run.at.x, run.at.y - 9.0, run.width, 12.0));
                }
                Item::Group { mark, items } => {
                    walk(items, matches!(mark.target, Some(Target::Engagement(_))), out);
                }
                Item::Clip { items, .. } => walk(items, inside, out),
                _ => {}
            }
        }
    }
    let mut out = Vec::new();
    walk(&scene.items, false, &mut out);
    out
}

/// The middle line of each mark, by id.
fn rows(scene: &Scene) -> BTreeMap<String, f32> {
    let mut rows = BTreeMap::new();
    scene.marks(&mut |mark| {
        if matches!(mark.target, Some(Target::Engagement(_))) {
            rows.insert(mark.id.clone(), mark.hits[0].bounds().center().y);
        }
    });
    rows
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn labels_never_overlap_and_panning_moves_nothing_up_or_down(
        count in 1u32..240, from in 7000f64..17_000.0, days in 30f64..9000.0, pan in -300f32..300.0
    ) {
        let dataset = crowd(count);
        let (x0, w) = timeline::plot(1000.0, HEADER);
        let scale = TimeScale::new(from, from + days, x0, w);
        let before = window(&dataset, scale, 0.0);
        for drawn in [&before, &window(&dataset, scale, 120.0)] {
            let labels = labels(&drawn.scene);
            for (at, label) in labels.iter().enumerate() {
                for other in &labels[at + 1..] {
                    prop_assert!(!label.overlaps(*other), "{label:?} and {other:?}");
                }
            }
        }
        // Unless the view then shows everything, which has edges of its own.
        let after = window(&dataset, scale.pan(pan), 0.0);
        let all = |scale: TimeScale| scale.from() <= 8000.0 && scale.to() >= 17_000.0;
        if !all(scale) && !all(scale.pan(pan)) {
            prop_assert_eq!(before.content_height, after.content_height);
            let after = rows(&after.scene);
            for (id, y) in rows(&before.scene) {
                prop_assert!(after.get(&id).is_none_or(|now| *now == y), "{id}");
            }
        }
    }
}

#[test]
fn every_mark_says_what_it_is_and_has_an_id_of_its_own() {
    let (dataset, tightened) = specimens();
    let (_, drawn) = page(&dataset, &tightened, (2021, 2025), Theme::Light);
    let mut ids = BTreeSet::new();
    let mut dated = 0;
    drawn.scene.marks(&mut |mark| {
        assert!(ids.insert(mark.id.clone()), "{} is used twice", mark.id);
        assert!(!mark.title.is_empty() && !mark.hits.is_empty(), "{}", mark.id);
        dated += usize::from(matches!(mark.target, Some(Target::Engagement(_))));
    });
    assert_eq!(dated, dataset.engagements().len() - 1, "all but the undated one are drawn");
    assert_eq!(drawn.lanes.iter().map(|lane| lane.undated).sum::<u32>(), 1);
}
