//! How long the questions behind one frame take, at ten thousand and at a million engagements.
//!
//! `cargo bench --bench query`

use std::sync::OnceLock;

use demarche::{
    formats::{Progress, generate::generate},
    model::{Dataset, Day, DayRange, PartyId},
    query::{
        Basis, Chosen, Columns, Comparison, Filter, LaneBy, Match, Panels, Pyramid, Query, RollUp,
        RowSet, TieCounter, TieIndex, TieLevel, TieWeight, calendar_edges, equal_parts, evaluate,
        histogram, lanes, search,
    },
};
use divan::{Bencher, black_box};

const SIZES: [usize; 2] = [10_000, 1_000_000];

fn main() {
    divan::main();
}

fn data(size: usize) -> &'static (Dataset, Columns) {
    static SMALL: OnceLock<(Dataset, Columns)> = OnceLock::new();
    static LARGE: OnceLock<(Dataset, Columns)> = OnceLock::new();
    let cell = if size == SIZES[0] { &SMALL } else { &LARGE };
    cell.get_or_init(|| {
        let dataset = generate(size, 1);
        let columns = Columns::new(&dataset);
        columns.prepare_search(&dataset, &Progress::default());
        (dataset, columns)
    })
}

fn rows(size: usize) -> Vec<u32> {
    (0..size as u32).collect()
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn columns(bencher: Bencher<'_, '_>, size: usize) {
    let (dataset, _) = data(size);
    bencher.bench(|| Columns::new(dataset));
}

#[divan::bench(args = SIZES, sample_count = 30)]
fn evaluate_from_scratch(bencher: Bencher<'_, '_>, size: usize) {
    let (dataset, columns) = data(size);
    let filter = Filter { parties: [PartyId(2)].into(), ..Filter::default() };
    bencher.bench(|| evaluate(dataset, columns, black_box(&filter)));
}

/// Two filters in turn, so that every iteration is a change.
fn alternate(bencher: Bencher<'_, '_>, size: usize, filters: &[Filter; 2]) {
    let (dataset, columns) = data(size);
    let mut query = Query::default();
    let mut turn = 0;
    bencher.bench_local(|| {
        turn += 1;
        query.apply(dataset, columns, &filters[turn % 2]).rows.len()
    });
}

#[divan::bench(args = SIZES, sample_count = 50)]
fn change_a_facet(bencher: Bencher<'_, '_>, size: usize) {
    let one = Filter { parties: [PartyId(2)].into(), ..Filter::default() };
    let two = Filter { parties: [PartyId(2), PartyId(9)].into(), ..Filter::default() };
    alternate(bencher, size, &[one, two]);
}

#[divan::bench(args = SIZES, sample_count = 50)]
fn clear_a_facet(bencher: Bencher<'_, '_>, size: usize) {
    let one = Filter { parties: [PartyId(2)].into(), ..Filter::default() };
    alternate(bencher, size, &[one, Filter::default()]);
}

#[divan::bench(args = SIZES, sample_count = 50)]
fn drag_the_brush(bencher: Bencher<'_, '_>, size: usize) {
    let brush = |from: i32| Filter {
        when: vec![DayRange::new(Day(from), Day(from + 1_500))],
        ..Filter::default()
    };
    alternate(bencher, size, &[brush(16_000), brush(16_030)]);
}

/// The index made in the background, after a file has been drawn.
#[divan::bench(args = SIZES, sample_count = 3)]
fn search_index(bencher: Bencher<'_, '_>, size: usize) {
    let (dataset, _) = data(size);
    bencher
        .with_inputs(|| Columns::new(dataset))
        .bench_refs(|columns| columns.prepare_search(dataset, &Progress::default()));
}

/// What a reader types, letter by letter.
const TYPED: [&str; 8] =
    ["c", "ca", "cam", "camb", "cambo", "cambodia", "cambodia t", "cambodia trade"];

/// Every key of a query of fifteen letters and more, ranked; words are remembered from one to the
/// next, so each sample begins with other words.
#[divan::bench(args = TYPED, sample_count = 20)]
fn ranked_search(bencher: Bencher<'_, '_>, text: &str) {
    let (dataset, columns) = data(SIZES[1]);
    bencher
        .with_inputs(|| {
            // More words than are remembered.
            for word in ["q", "w", "x", "y", "zq", "zw", "zx", "zy", "zz", "qq", "qw", "qx"] {
                let _ = search(dataset, columns, word, 1);
            }
        })
        .bench_values(|()| search(dataset, columns, black_box(text), 50));
}

/// The same as a condition of the filter, with all facets.
#[divan::bench(args = SIZES, sample_count = 30)]
fn type_a_letter(bencher: Bencher<'_, '_>, size: usize) {
    let text = |text: &str| Filter { text: text.to_owned(), ..Filter::default() };
    alternate(bencher, size, &[text("hydrop"), text("hydropo")]);
}

#[divan::bench(args = SIZES, sample_count = 30)]
fn type_the_first_letter(bencher: Bencher<'_, '_>, size: usize) {
    let text = |text: &str| Filter { text: text.to_owned(), ..Filter::default() };
    alternate(bencher, size, &[text(""), text("v")]);
}

#[divan::bench(args = SIZES, sample_count = 30)]
fn bars(bencher: Bencher<'_, '_>, size: usize) {
    let (dataset, columns) = data(size);
    let rows = rows(size);
    let edges = calendar_edges(DayRange::new(Day(7_305), Day(20_453)), 300);
    let kinds = dataset.kinds().len();
    bencher.bench(|| histogram(columns, &Chosen::default(), black_box(&rows), &edges, kinds));
}

#[divan::bench(args = SIZES, sample_count = 30)]
fn lanes_by_party(bencher: Bencher<'_, '_>, size: usize) {
    let (dataset, columns) = data(size);
    let some: Vec<u32> = (0..size as u32).filter(|row| row % 10 != 0).collect();
    let rows = RowSet::of(&some, size);
    bencher.bench(|| lanes(dataset, columns, black_box(&rows), LaneBy::Party));
}

/// The busiest lanes that fit a window.
#[divan::bench(args = SIZES, sample_count = 30)]
fn pyramids_of_twelve_lanes(bencher: Bencher<'_, '_>, size: usize) {
    let (dataset, columns) = data(size);
    let mut all = lanes(dataset, columns, &RowSet::all(size), LaneBy::Party);
    all.sort_by_key(|lane| std::cmp::Reverse(lane.rows.len()));
    all.truncate(12);
    bencher.bench(|| -> usize {
        let pyramid = |rows| Pyramid::new(columns, &Chosen::default(), rows, 3);
        all.iter().map(|lane| pyramid(&lane.rows).placed() as usize).sum()
    });
}

/// Twelve lanes over the whole time, in stretches of eight days.
#[divan::bench(args = SIZES, sample_count = 100)]
fn reading_twelve_lanes(bencher: Bencher<'_, '_>, size: usize) {
    let (dataset, columns) = data(size);
    let mut all = lanes(dataset, columns, &RowSet::all(size), LaneBy::Party);
    all.sort_by_key(|lane| std::cmp::Reverse(lane.rows.len()));
    all.truncate(12);
    let pyramids: Vec<Pyramid> =
        all.iter().map(|lane| Pyramid::new(columns, &Chosen::default(), &lane.rows, 0)).collect();
    let days = DayRange::new(Day(7_305), Day(20_453));
    let mut out = Vec::new();
    bencher.bench_local(|| {
        for pyramid in &pyramids {
            pyramid.read(3, days, &mut out);
            black_box(&out);
        }
    });
}

/// Everything a brush changes in the query: hits and facets.
#[divan::bench(args = SIZES, sample_count = 50)]
fn brush_half_away_and_back(bencher: Bencher<'_, '_>, size: usize) {
    let half = Filter { when: vec![DayRange::new(Day(15_000), Day(30_000))], ..Filter::default() };
    alternate(bencher, size, &[half, Filter::default()]);
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn all_ties(bencher: Bencher<'_, '_>, size: usize) {
    let (dataset, columns) = data(size);
    let rows = rows(size);
    let index = TieIndex::new(columns, RollUp::named(), dataset.parties().len());
    bencher.bench(|| index.ties(columns, black_box(&rows), TieWeight::Shared));
}

/// What is compared, or shown side by side, at every level at which parties count.
const LEVELS: [TieLevel; 3] = TieLevel::ALL;

/// Runs on a million engagements at a level, without a filter.
fn with_basis(level: TieLevel, look: impl FnOnce(&Basis<'_>)) {
    static INDEXES: [OnceLock<TieIndex>; 3] = [const { OnceLock::new() }; 3];
    let (dataset, columns) = data(SIZES[1]);
    let index = INDEXES[level.at()].get_or_init(|| {
        TieIndex::new(columns, RollUp::new(dataset, level), dataset.parties().len())
    });
    let rows = RowSet::all(columns.len());
    let basis = Basis {
        columns,
        chosen: &Chosen::default(),
        rows: &rows,
        when: &[],
        matching: Match::Possibly,
        index,
        weight: TieWeight::Shared,
    };
    look(&basis);
}

/// Two stretches of eight years whose ends are dragged month by month: the ties of both, and which are new, lost, stronger and weaker.
#[divan::bench(args = LEVELS, sample_count = 20)]
fn compare_two_windows(bencher: Bencher<'_, '_>, level: TieLevel) {
    with_basis(level, |basis| {
        let days =
            [[DayRange::new(Day(11_000), Day(13_900))], [DayRange::new(Day(13_901), Day(16_800))]];
        let extent = DayRange::new(Day(7_305), Day(20_453));
        let (mut turn, mut counters) = (0, <[TieCounter; 2]>::default());
        bencher.bench_local(|| {
            turn = (turn + 1) % 40;
            let moved = days.map(|[days]| [DayRange::new(days.from, days.to.plus(turn * 30))]);
            Comparison::of(basis, [&moved[0], &moved[1]], extent, &mut counters).counts()
        });
    });
}

/// Twelve stretches of time side by side.
#[divan::bench(args = LEVELS, sample_count = 10)]
fn twelve_panels(bencher: Bencher<'_, '_>, level: TieLevel) {
    with_basis(level, |basis| {
        let periods = equal_parts(DayRange::new(Day(7_305), Day(20_453)), 12);
        bencher.bench_local(|| Panels::new(basis, &periods));
    });
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn tie_index(bencher: Bencher<'_, '_>, size: usize) {
    let (dataset, columns) = data(size);
    let parties = dataset.parties().len();
    bencher.bench(|| TieIndex::new(columns, RollUp::new(dataset, TieLevel::State), parties));
}
