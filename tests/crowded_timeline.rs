//! Timelines of very many engagements: every number is exact, nothing overlaps, and panning moves
//! everything alike.

#![allow(clippy::unwrap_used)]

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

use demarche::{
    formats::generate::generate,
    layout::TimeScale,
    model::{Dataset, EngagementId, Target},
    query::{Columns, LaneBy, LaneRows, RowSet, Spread, lanes},
    scene::{
        Item, Rect, Theme, Tokens,
        timeline::{self, Fold, Frame, Memo, TimelineScene, TimelineSpec},
    },
};
use proptest::prelude::*;

/// Lanes of so many engagements are packed as a whole; their numbers count marks by their middle.
const WHOLE: usize = 64;
const WIDTH: f32 = 1000.0;
const HEADER: f32 = 150.0;

fn data() -> &'static (Dataset, Columns) {
    static DATA: OnceLock<(Dataset, Columns)> = OnceLock::new();
    DATA.get_or_init(|| {
        let dataset = generate(9000, 7);
        let columns = Columns::new(&dataset);
        (dataset, columns)
    })
}

/// The lanes of every `step`th engagement.
fn some(step: u32, by: LaneBy) -> Vec<LaneRows> {
    let (dataset, columns) = data();
    let rows: Vec<u32> = (0..columns.len() as u32).filter(|row| row % step == 0).collect();
    lanes(dataset, columns, &RowSet::of(&rows, columns.len()), by)
}

fn draw(lanes: &[LaneRows], by: LaneBy, scale: TimeScale, memo: &mut Memo) -> TimelineScene {
    let (dataset, columns) = data();
    let spec = TimelineSpec {
        dataset,
        columns,
        lanes,
        revision: 1,
        by,
        scale,
        extent: None,
        frame: Frame::Window { width: WIDTH, height: 4000.0, scroll: 0.0 },
        tokens: Tokens::of(Theme::Light),
        header_width: HEADER,
        chosen: &BTreeMap::new(),
        tightened: &[],
        conflicts: &[],
    };
    timeline::build_with(&spec, memo)
}

fn scale(from: f64, days: f64) -> TimeScale {
    let (x0, w) = timeline::plot(WIDTH, HEADER);
    TimeScale::new(from, from + days, x0, w)
}

/// The first day that is known of a row, if any is.
fn first_day(columns: &Columns, row: u32) -> Option<i32> {
    let hull = columns.hull[row as usize];
    let days = [hull.from.0, hull.last_start.0, hull.least_end.0, hull.to.0];
    let known = days.into_iter().filter(|day| *day != i32::MIN && *day != i32::MAX).min();
    known.filter(|_| columns.dated[row as usize])
}

/// Whether a date is one statement with a first day. Of several statements the mark is that of the
/// narrowest, and an open start is drawn where its end is known: both may be out of view.
fn plain(row: u32) -> bool {
    let (dataset, columns) = data();
    let dates = &dataset.engagement(columns.engagement[row as usize]).dates;
    dates.len() == 1 && columns.hull[row as usize].from.0 != i32::MIN
}

/// The first day on which a row may begin, where that is bounded by every statement.
fn first_beginning(row: u32) -> Option<i32> {
    let (dataset, columns) = data();
    let dates = &dataset.engagement(columns.engagement[row as usize]).dates;
    let parts = dates.iter().flat_map(|claim| claim.when.parts());
    let days: Option<Vec<i32>> =
        parts.map(|part| Some(Spread::from(*part).beginning()?.from.0)).collect();
    days?.into_iter().min()
}

/// The engagements that are drawn one by one, each with the number of its lane.
fn singles(drawn: &TimelineScene) -> BTreeSet<(usize, EngagementId)> {
    let mut found = BTreeSet::new();
    drawn.scene.marks(&mut |mark| {
        if let Some(Target::Engagement(id)) = mark.target {
            let y = mark.hits[0].bounds().center().y;
            found.insert((lane_at(drawn, y), id));
        }
    });
    found
}

fn lane_at(drawn: &TimelineScene, y: f32) -> usize {
    drawn.lanes.iter().position(|lane| lane.y <= y && y < lane.y + lane.h).unwrap()
}

/// The labels of marks, as rectangles.
fn labels(items: &[Item], inside: bool, out: &mut Vec<Rect>) {
    for item in items {
        match item {
            Item::Text(run) if inside && run.text != "?" => {
                out.push(Rect::new(run.at.x, run.at.y - 9.0, run.width, 12.0));
            }
            Item::Group { mark, items } => {
                labels(items, matches!(mark.target, Some(Target::Engagement(_))), out);
            }
            Item::Clip { items, .. } => labels(items, inside, out),
            _ => {}
        }
    }
}

fn lanes_by() -> impl Strategy<Value = LaneBy> {
    prop::sample::select(vec![LaneBy::Kind, LaneBy::Partnership, LaneBy::Party])
}

/// From all of time to a day, evenly over the zooms.
fn zooms() -> impl Strategy<Value = f64> {
    (0.7f64..9.8).prop_map(libm::exp)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn marks_and_numbers_add_up_to_a_recount(
        by in lanes_by(), step in 1u32..3, from in 7_000f64..20_000.0, days in zooms()
    ) {
        let (_, columns) = data();
        let lanes = some(step, by);
        let scale = scale(from, days);
        let drawn = draw(&lanes, by, scale, &mut Memo::default());
        let singles = singles(&drawn);
        let mut counted: Vec<Vec<(i32, i32)>> = vec![Vec::new(); lanes.len()];
        for fold in &drawn.folds {
            let lane = lane_at(&drawn, fold.rect.center().y);
            let days = (fold.days.from.0, fold.days.to.0);
            counted[lane].push(days);
            let whole = scale.from() <= f64::from(days.0) && f64::from(days.1) + 1.0 <= scale.to();
            if !whole || lanes[lane].rows.len() <= WHOLE {
                continue;
            }
            let here = |row: &&u32| {
                first_day(columns, **row).is_some_and(|day| days.0 <= day && day <= days.1)
            };
            let single = |row: &u32| singles.contains(&(lane, columns.engagement[*row as usize]));
            let all: Vec<u32> = lanes[lane].rows.iter().filter(here).copied().collect();
            let one_by_one = all.iter().filter(|row| single(row)).count();
            // Those whose mark may be out of view are told nowhere else.
            let unseen = all.iter().filter(|row| !plain(**row) && !single(row)).count();
            let told = fold.count as usize + one_by_one;
            prop_assert!(told <= all.len() && all.len() <= told + unseen, "{:?}", fold);
        }
        // What no number counts has a mark.
        for (at, lane) in lanes.iter().enumerate() {
            let placed = drawn.lanes[at];
            let few = lane.rows.len() <= WHOLE && !counted[at].is_empty();
            if placed.y + placed.h > 4000.0 || few {
                continue;
            }
            for row in &lane.rows {
                let Some(day) = first_day(columns, *row) else { continue };
                if !plain(*row) {
                    continue;
                }
                // The number of a tile that is cut by the edge may stand outside.
                let edge = (130.0 / scale.points_per_day()).max(1.0);
                let day_from = f64::from(day);
                let inside = scale.from() + edge < day_from && day_from + edge < scale.to();
                let in_number = counted[at].iter().any(|days| days.0 <= day && day <= days.1);
                let id = columns.engagement[*row as usize];
                if inside && !in_number {
                    prop_assert!(singles.contains(&(at, id)), "row {} of lane {}", row, lane.label);
                }
            }
        }
    }

    #[test]
    fn folded_lanes_count_every_beginning_once(
        by in lanes_by(), step in 1u32..3, from in 7_000f64..20_000.0, days in zooms()
    ) {
        let mut lanes = some(step, by);
        lanes.iter_mut().for_each(|lane| lane.folded = true);
        let scale = scale(from, days);
        let drawn = draw(&lanes, by, scale, &mut Memo::default());
        for (at, lane) in lanes.iter().enumerate() {
            let placed = drawn.lanes[at];
            prop_assert_eq!(placed.h, drawn.lanes[0].h);
            if placed.y + placed.h > 4000.0 {
                continue;
            }
            let here = |one: &&Fold| lane_at(&drawn, one.rect.center().y) == at;
            let folds: Vec<&Fold> = drawn.folds.iter().filter(here).collect();
            let begins: Vec<i32> = lane.rows.iter().filter_map(|row| first_beginning(*row)).collect();
            for fold in &folds {
                let (first, last) = (fold.days.from.0, fold.days.to.0);
                let count = begins.iter().filter(|day| (first..=last).contains(*day)).count();
                prop_assert_eq!(fold.count as usize, count, "{:?}", fold);
            }
            for day in begins {
                let inside = scale.from() < f64::from(day) && f64::from(day) + 1.0 < scale.to();
                let told = folds.iter().any(|fold| (fold.days.from.0..=fold.days.to.0).contains(&day));
                prop_assert!(told || !inside, "day {} of lane {}", day, lane.label);
            }
        }
    }

    #[test]
    fn panning_moves_everything_alike_and_labels_never_overlap(
        by in lanes_by(), from in 7_000f64..20_000.0, days in zooms(), pan in -300f32..300.0
    ) {
        let lanes = some(1, by);
        let scale = scale(from, days);
        let mut memo = Memo::default();
        let before = draw(&lanes, by, scale, &mut memo);
        let after = draw(&lanes, by, scale.pan(pan), &mut memo);
        prop_assert_eq!(before.content_height, after.content_height);
        let fresh = draw(&lanes, by, scale.pan(pan), &mut Memo::default());
        prop_assert_eq!(&after.scene, &fresh.scene, "what is remembered changes nothing");
        // Of a disputed date, other accounts may be in view.
        let (_, columns) = data();
        let one = |id: EngagementId| !columns.disputed[columns.row_of[id.index()] as usize];
        let rows = |drawn: &TimelineScene| {
            let mut rows = BTreeMap::new();
            drawn.scene.marks(&mut |mark| {
                if matches!(mark.target, Some(Target::Engagement(id)) if one(id)) {
                    rows.insert(mark.id.clone(), mark.hits[0].bounds().center().y);
                }
            });
            rows
        };
        let now = rows(&after);
        for (id, y) in rows(&before) {
            prop_assert!(now.get(&id).is_none_or(|now| *now == y), "{}", id);
        }
        let mut found = Vec::new();
        labels(&before.scene.items, false, &mut found);
        found.sort_by(|a, b| a.y.total_cmp(&b.y));
        for (at, label) in found.iter().enumerate() {
            for other in found[at + 1..].iter().take_while(|other| other.y < label.y + 12.0) {
                prop_assert!(!label.overlaps(*other), "{:?} and {:?}", label, other);
            }
        }
    }
}
