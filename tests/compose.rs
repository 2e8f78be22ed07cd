//! Filter, window, roll-up, comparison, panels and levels compose in any order: whatever was done
//! before, every count equals a naive recount over the model, and no party has moved.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use demarche::{
    app::{
        Against, AppState, ChangeCommand, Command, Document, MapTab, NativeDialogs, NetworkCommand,
        PanelsBy, Settings, TimeWindow,
    },
    formats::{OpenOptions, Progress, generate::generate, native},
    layout::{TimeScale, camera::Camera},
    model::{
        Dataset, Day, DayRange, Engagement, PartyId, Target, When,
        when::{Shape, Span},
    },
    query::{
        ChangedTie, Dimension, Match, RollUp, TIE_PARTIES, TieChange, TieLevel, TieList, TieWeight,
    },
    scene::{
        Hit, Rect, Scene, Theme, Tokens,
        change::{self, LevelsSpec, PanelsSpec},
        network::{self, NetworkForm, NetworkSpec, Reading},
    },
};
use proptest::prelude::*;

const SIZE: (f32, f32) = (900.0, 420.0);

/// Something that a reader does.
#[derive(Clone, Debug)]
enum Step {
    /// A value of a facet on or off.
    Facet(Dimension, u32),
    /// More days for the filter.
    Days(DayRange),
    /// Whether dates must or may lie in them.
    Match(Match),
    /// No filter.
    Clear,
    /// The timeline's window.
    Window(DayRange),
    /// Whether the lower pane follows it.
    Follow(bool),
    /// At what level parties count.
    Level(TieLevel),
    /// How ties are weighed.
    Weight(TieWeight),
    /// As what the network is drawn.
    Form(NetworkForm),
    /// Two stretches compared.
    Compare(Against),
    /// Several side by side.
    Panels(PanelsBy),
    /// The strip of levels.
    Levels,
    /// Nothing of all that.
    Away,
}

impl Step {
    fn commands(&self) -> Vec<Command> {
        let window =
            |days: &DayRange| TimeWindow::new(f64::from(days.from.0), f64::from(days.to.0) + 1.0);
        let change = |command| vec![Command::Change(command)];
        match self {
            Self::Facet(dimension, value) => vec![Command::ToggleFacet(*dimension, *value)],
            Self::Days(days) => vec![Command::AddDays(*days)],
            Self::Match(matching) => vec![Command::SetMatch(*matching)],
            Self::Clear => vec![Command::ClearFilter],
            Self::Window(days) => vec![Command::MoveWindow(window(days))],
            Self::Follow(follow) => vec![Command::FollowWindow(*follow)],
            Self::Level(level) => vec![Command::Network(NetworkCommand::Level(*level))],
            Self::Weight(weight) => vec![Command::SetTieWeight(*weight)],
            Self::Form(form) => vec![
                Command::SetTab(MapTab::Network),
                Command::Network(NetworkCommand::Form(*form)),
            ],
            Self::Compare(against) => change(ChangeCommand::SetAgainst(*against)),
            Self::Panels(by) => change(ChangeCommand::SetPanels(*by)),
            Self::Levels => change(ChangeCommand::SetMode(demarche::app::ChangeMode::Levels)),
            Self::Away => vec![Command::SetTab(MapTab::Table)],
        }
    }
}

fn any_step() -> impl Strategy<Value = Step> {
    let days = || {
        (8_000_i32..20_000, 30_i32..5_000)
            .prop_map(|(from, long)| DayRange::new(Day(from), Day(from + long)))
    };
    let facet = prop_oneof![
        (Just(Dimension::Party), 0_u32..30),
        (Just(Dimension::Kind), 0_u32..4),
        (Just(Dimension::Topic), 0_u32..5),
    ];
    let against = [Against::Before, Against::YearEarlier, Against::Earlier, Against::Rest];
    let weights = [TieWeight::Shared, TieWeight::Raw];
    let by = [PanelsBy::Years, PanelsBy::Quarters, PanelsBy::Months, PanelsBy::Parts];
    prop_oneof![
        3 => facet.prop_map(|(dimension, value)| Step::Facet(dimension, value)),
        1 => days().prop_map(Step::Days),
        1 => prop_oneof![Just(Match::Possibly), Just(Match::Certainly)].prop_map(Step::Match),
        1 => Just(Step::Clear),
        3 => days().prop_map(Step::Window),
        1 => any::<bool>().prop_map(Step::Follow),
        3 => prop::sample::select(TieLevel::ALL.to_vec()).prop_map(Step::Level),
        1 => prop::sample::select(weights.to_vec()).prop_map(Step::Weight),
        2 => prop::sample::select(NetworkForm::ALL.to_vec()).prop_map(Step::Form),
        3 => prop::sample::select(against.to_vec()).prop_map(Step::Compare),
        2 => prop::sample::select(by.to_vec()).prop_map(Step::Panels),
        1 => Just(Step::Levels),
        1 => Just(Step::Away),
    ]
}

/// The app with a file of random engagements open and laid out.
fn opened(size: usize, seed: u64) -> AppState {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data.json");
    std::fs::write(&path, native::write(&generate(size, seed))).unwrap();
    let document = Document::open(&path, &OpenOptions::default(), &Progress::default()).unwrap();
    let waker = Arc::new(|| {});
    let mut state = AppState::new(document, Settings::default(), Arc::new(NativeDialogs), waker);
    while state.layout.positions.is_empty() {
        state.poll();
        std::thread::yield_now();
    }
    state
}

// The naive recount.

fn possibly(when: &When, ranges: &[DayRange]) -> bool {
    ranges.iter().any(|range| when.possibly_in(*range))
}

fn certainly(when: &When, ranges: &[DayRange]) -> bool {
    let in_some = |part: &Span| ranges.iter().any(|range| part.certainly_in(*range));
    match when.shape() {
        Shape::AllOf => when.parts().iter().any(in_some),
        _ => when.parts().iter().all(in_some),
    }
}

/// The values of an engagement in a dimension.
fn values(engagement: &Engagement, dimension: Dimension) -> BTreeSet<u32> {
    match dimension {
        Dimension::Party => engagement.participants.iter().map(|one| one.party.0).collect(),
        Dimension::Kind => BTreeSet::from([engagement.kind.0]),
        Dimension::Topic => engagement.topics.iter().map(|topic| topic.0).collect(),
        _ => BTreeSet::new(),
    }
}

/// Whether an engagement passes the filter, and lies in a window where one is given.
fn passes(state: &AppState, engagement: &Engagement, window: Option<&[DayRange]>) -> bool {
    let filter = &state.filter;
    let facets = [Dimension::Party, Dimension::Kind, Dimension::Topic].into_iter().all(|of| {
        let wanted: BTreeSet<u32> = filter.values(of).into_iter().collect();
        wanted.is_empty() || !wanted.is_disjoint(&values(engagement, of))
    });
    let mut ranges: Option<Vec<DayRange>> = (!filter.when.is_empty()).then(|| filter.when.clone());
    if let Some(window) = window {
        ranges = Some(match ranges {
            None => window.to_vec(),
            Some(wanted) => wanted
                .iter()
                .flat_map(|one| window.iter().map(move |other| (one, other)))
                .map(|(one, other)| (one.from.max(other.from), one.to.min(other.to)))
                .filter(|(from, to)| from <= to)
                .map(|(from, to)| DayRange { from, to })
                .collect(),
        });
    }
    let claims = || engagement.dates.iter().map(|claim| &claim.when);
    facets
        && ranges.is_none_or(|ranges| match filter.matching {
            Match::Possibly => claims().any(|when| possibly(when, &ranges)),
            Match::Certainly => {
                claims().next().is_some() && claims().all(|when| certainly(when, &ranges))
            }
        })
}

/// Pairs with their weight and engagements, and the engagements of each party.
#[derive(Debug, Default, PartialEq)]
struct Counts {
    pairs: BTreeMap<(u32, u32), (f64, u32)>,
    parties: BTreeMap<u32, u32>,
    engagements: BTreeSet<usize>,
}

fn recount(state: &AppState, window: Option<&[DayRange]>) -> Counts {
    let dataset = &state.document.dataset;
    let options = &state.view.network_options;
    let roll_up = RollUp::new(dataset, options.level);
    let mut counts = Counts::default();
    for (at, engagement) in dataset.engagements().iter().enumerate() {
        if !passes(state, engagement, window) {
            continue;
        }
        counts.engagements.insert(at);
        let present: BTreeSet<u32> =
            engagement.participants.iter().map(|one| roll_up.node(one.party).0).collect();
        for party in &present {
            *counts.parties.entry(*party).or_default() += 1;
        }
        if present.len() > TIE_PARTIES {
            continue;
        }
        let share = match options.weight {
            TieWeight::Raw => 1.0,
            _ => 1.0 / (present.len() as f64 - 1.0),
        };
        for a in &present {
            for b in present.range(a + 1..) {
                let pair = counts.pairs.entry((*a, *b)).or_default();
                *pair = (pair.0 + share, pair.1 + 1);
            }
        }
    }
    counts
}

fn assert_ties(ties: &TieList, engagements: &[u32], counts: &Counts) {
    let found: BTreeMap<(u32, u32), u32> =
        ties.iter().map(|tie| ((tie.a.0, tie.b.0), tie.engagements)).collect();
    let expected = counts.pairs.iter().map(|(pair, (_, count))| (*pair, *count)).collect();
    assert_eq!(found, expected);
    for tie in ties.iter() {
        assert!((tie.weight - counts.pairs[&(tie.a.0, tie.b.0)].0).abs() < 1e-7, "{tie:?}");
    }
    let present = engagements.iter().enumerate().filter(|(_, count)| **count > 0);
    let present: BTreeMap<u32, u32> = present.map(|(at, count)| (at as u32, *count)).collect();
    assert_eq!(present, counts.parties);
}

/// Every number on the screen against a recount.
fn assert_counts(state: &AppState) {
    assert!(!state.derived.is_counting() && !state.changes.is_counting());
    let window = state.view.window.range();
    let shown = recount(state, state.view.follow_window.then_some(&[window]));
    assert_ties(&state.derived.ties.ties, &state.derived.ties.engagements, &shown);
    let rows = state.derived.shown.iter();
    let rows: BTreeSet<usize> =
        rows.map(|row| state.document.columns.engagement[*row as usize].index()).collect();
    assert_eq!(rows, shown.engagements);
    if state.view.tab != MapTab::Change {
        return;
    }
    match state.view.change.mode {
        demarche::app::ChangeMode::Compare => assert_compared(state),
        demarche::app::ChangeMode::Panels => {
            let divided = state.changes.divided().unwrap();
            let window = if state.view.follow_window { window } else { state.document.extent };
            let periods = state.view.change.periods(window, state.document.extent).unwrap();
            let shown: Vec<_> =
                divided.panels.panels.iter().map(|panel| panel.period.clone()).collect();
            assert_eq!(shown, periods);
            for panel in &divided.panels.panels {
                let counts = recount(state, Some(&panel.period.days));
                assert_ties(&panel.ties.ties, &panel.ties.engagements, &counts);
                assert_eq!(panel.engagements, counts.engagements.len());
            }
        }
        demarche::app::ChangeMode::Levels => {}
    }
}

fn assert_compared(state: &AppState) {
    let compared = state.changes.compared().unwrap();
    let (window, extent) = (state.view.window.range(), state.document.extent);
    assert_eq!(Ok(&compared.windows), state.view.change.windows(window, extent).as_ref());
    let sides = [0, 1].map(|side| recount(state, Some(&compared.windows.days[side])));
    let comparison = &compared.comparison;
    let pairs: BTreeSet<_> = sides.iter().flat_map(|side| side.pairs.keys().copied()).collect();
    let found: Vec<_> = comparison.ties.iter().map(|tie| (tie.a.0, tie.b.0)).collect();
    assert_eq!(found, pairs.into_iter().collect::<Vec<_>>());
    for tie in &comparison.ties {
        let of =
            |side: usize| sides[side].pairs.get(&(tie.a.0, tie.b.0)).copied().unwrap_or_default();
        assert_eq!(tie.engagements, [of(0).1, of(1).1]);
        assert_eq!(tie.change, naive_change(tie, comparison.per_year.then_some(comparison.years)));
    }
    let counts = TieChange::ALL
        .map(|change| comparison.ties.iter().filter(|tie| tie.change == change).count());
    assert_eq!(compared.counts, counts);
    for (party, counts) in comparison.parties.iter().enumerate() {
        let of = |side: usize| sides[side].parties.get(&(party as u32)).copied();
        assert_eq!(*counts, [of(0).unwrap_or(0), of(1).unwrap_or(0)]);
    }
    assert_eq!(comparison.engagements, [0, 1].map(|side| sides[side].engagements.len()));
    let both = sides[0].engagements.intersection(&sides[1].engagements).count();
    assert_eq!(comparison.both, both);
    let listing = state.changes.listing.as_ref().unwrap();
    assert!(Arc::ptr_eq(&listing.of, compared));
    assert_eq!(listing.list.order.len(), comparison.ties.len());
}

/// What a tie's numbers say, by a twentieth of the stronger.
fn naive_change(tie: &ChangedTie, years: Option<[f64; 2]>) -> TieChange {
    let years = years.unwrap_or([1.0, 1.0]);
    let [a, b] = [tie.weight[0] / years[0], tie.weight[1] / years[1]];
    match tie.engagements {
        [0, _] => TieChange::New,
        [_, 0] => TieChange::Lost,
        _ if (a - b).abs() <= 0.05 * a.max(b) => TieChange::Same,
        _ if b > a => TieChange::Stronger,
        _ => TieChange::Weaker,
    }
}

// Where the parties are.

/// Where each party was first seen, in every kind of drawing: the number of panels and which of them
/// it is, 0 for a drawing that fills the pane.
type Seen = BTreeMap<((usize, usize), PartyId), (f32, f32)>;

fn parties(scene: &Scene) -> Vec<(PartyId, (f32, f32))> {
    let mut parties = Vec::new();
    scene.marks(&mut |mark| {
        if let (Some(Target::Party(party)), [Hit::Circle(at, _)]) = (mark.target, &mark.hits[..]) {
            parties.push((party, (at.x, at.y)));
        }
    });
    parties
}

fn assert_place(seen: &mut Seen, drawing: (usize, usize), party: PartyId, at: (f32, f32)) {
    let first = *seen.entry((drawing, party)).or_insert(at);
    assert_eq!(first, at, "{party:?} has moved in {drawing:?}");
}

/// Draws what the window would draw, and holds the place of every party against where it was seen
/// first.
fn assert_places(state: &AppState, seen: &mut Seen) {
    let document = &state.document;
    let spec = |ties, reading| {
        let mut spec = NetworkSpec {
            dataset: &document.dataset,
            ties,
            layout: &state.layout,
            camera: Camera::default(),
            size: SIZE,
            tokens: Tokens::of(Theme::Light),
            highlighted: None,
            reading,
            changes: None,
            strongest: None,
            note: false,
        };
        spec.camera = network::fit_drawn(&spec);
        spec
    };
    let draw = |seen: &mut Seen, scene: &Scene, expected: usize| {
        let drawn = parties(scene);
        assert_eq!(drawn.len(), expected, "everyone who takes part is drawn");
        drawn.into_iter().for_each(|(party, at)| assert_place(seen, (0, 0), party, at));
    };
    let present = |engagements: &[u32]| engagements.iter().filter(|count| **count > 0).count();
    let ties = &state.derived.ties;
    let shown = spec(ties, Reading { measures: None, ..state.reading() });
    draw(seen, &network::network(&shown), ties.parties());
    let rows = &state.derived.shown;
    draw(seen, &network::bipartite(&shown, &document.columns, rows), ties.parties());
    if let Some(compared) = state.changes.compared() {
        let reading = compared.cast.reading(document);
        let spec =
            NetworkSpec { changes: Some(&compared.comparison), ..spec(&compared.drawn, reading) };
        draw(seen, &network::network(&spec), present(&compared.drawn.engagements));
    }
    if let Some(divided) = state.changes.divided() {
        let drawn = change::panels(&PanelsSpec {
            dataset: &document.dataset,
            panels: &divided.panels,
            layout: &state.layout,
            size: SIZE,
            tokens: Tokens::of(Theme::Light),
            highlighted: None,
            reading: divided.cast.reading(document),
        });
        let count = drawn.places.len();
        let panel_of = |(x, y): (f32, f32)| {
            let at = demarche::scene::Point::new(x, y);
            drawn.places.iter().position(|place| place.contains(at)).unwrap()
        };
        let all = parties(&drawn.scene);
        let expected = divided.panels.panels.iter().map(|one| present(&one.ties.engagements));
        assert_eq!(all.len(), expected.sum::<usize>());
        for (party, at) in all {
            let panel = panel_of(at);
            assert_place(seen, (count, panel + 1), party, at);
            // In all panels alike, from the corner of each.
            let corner = |place: &Rect| (at.0 - place.x, at.1 - place.y);
            let (x, y) = corner(&drawn.places[panel]);
            let (was_x, was_y) = *seen.entry(((count, 0), party)).or_insert((x, y));
            assert!((x - was_x).abs() < 1e-2 && (y - was_y).abs() < 1e-2);
        }
    }
    assert_levels(state, &document.dataset);
}

/// The strip shows every level of every partnership that the filter lets through.
fn assert_levels(state: &AppState, dataset: &Dataset) {
    let shown = change::shown_partnerships(dataset, &state.filter);
    let (width, header_width) = (SIZE.0, 150.0);
    let days = state.view.window.range();
    let drawn = change::levels(&LevelsSpec {
        dataset,
        partnerships: &shown,
        scale: TimeScale::fit(days, 24.0, header_width, width - header_width),
        header_width,
        width,
        window: None,
        tokens: Tokens::of(Theme::Light),
    });
    let mut marks = 0;
    drawn.scene.marks(&mut |mark| marks += usize::from(mark.id.starts_with("level-")));
    let levels: usize = shown.iter().map(|id| dataset.partnership(*id).levels.len()).sum();
    assert_eq!(marks, levels);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn any_order_of_steps_counts_right_and_moves_nobody(
        seed in 0_u64..1_000,
        size in 20_usize..140,
        steps in prop::collection::vec(any_step(), 4..16),
    ) {
        let mut state = opened(size, seed);
        let (places, mut seen) = (state.layout.positions.clone(), Seen::new());
        for step in &steps {
            step.commands().into_iter().for_each(|command| state.apply(command));
            assert_counts(&state);
            assert_places(&state, &mut seen);
            prop_assert_eq!(&state.layout.positions, &places, "{:?}", step);
        }
        // And all of it taken off again is what there was at first.
        let fresh = opened(size, seed);
        state.apply(Command::ClearFilter);
        state.apply(Command::SetTab(fresh.view.tab));
        state.apply(Command::FollowWindow(fresh.view.follow_window));
        state.apply(Command::MoveWindow(fresh.view.window));
        state.apply(Command::Network(NetworkCommand::Level(TieLevel::Named)));
        state.apply(Command::SetTieWeight(fresh.view.network_options.weight));
        state.apply(Command::SetMatch(fresh.filter.matching));
        prop_assert_eq!(&*state.derived.ties, &*fresh.derived.ties);
        assert_places(&state, &mut seen);
    }
}
