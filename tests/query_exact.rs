//! Every number drawn is exact: rows, facets, histogram, lanes and ties equal a naive recount over
//! the model, for random data, filters and zoom.

use std::collections::{BTreeMap, BTreeSet};

use demarche::{
    formats::{gazetteer::State, generate::generate},
    model::{
        Citation, ClassId, Dataset, DateStatus, Day, DayRange, Engagement, EngagementId, Evidence,
        KindId, PartnershipId, PartyId, PlaceId, SourceId, Status, TopicId, When,
        when::{Shape, Span},
    },
    query::{
        Body, Chosen, Columns, Dimension, Filter, LaneBy, LaneKey, Match, Query, RollUp,
        TIE_PARTIES, TieIndex, TieLevel, TieWeight, calendar_edges, evaluate, histogram, lanes,
        owner, search, state_of, ties,
    },
};
use proptest::prelude::*;

/// The claims that count: all, or the one chosen.
fn claims<'a>(engagement: &'a Engagement, id: EngagementId, filter: &Filter) -> Vec<&'a When> {
    let chosen = filter.chosen.get(&id).and_then(|at| engagement.dates.get(*at));
    match chosen {
        Some(claim) => vec![&claim.when],
        None => engagement.dates.iter().map(|claim| &claim.when).collect(),
    }
}

fn possibly(claims: &[&When], ranges: &[DayRange]) -> bool {
    ranges.iter().any(|range| claims.iter().any(|when| when.possibly_in(*range)))
}

fn certainly(claims: &[&When], ranges: &[DayRange]) -> bool {
    let in_some = |part: &Span| ranges.iter().any(|range| part.certainly_in(*range));
    !claims.is_empty()
        && claims.iter().all(|when| match when.shape() {
            Shape::AllOf => when.parts().iter().any(in_some),
            _ => when.parts().iter().all(in_some),
        })
}

fn citations(engagement: &Engagement) -> impl Iterator<Item = &Citation> {
    engagement.citations.iter().chain(engagement.dates.iter().map(|claim| &claim.citation))
}

/// All levels, with bodies that grew in the years of the invented data.
fn levels() -> Vec<TieLevel> {
    let bodies = ["ASEAN", "EU", "APEC"].map(|name| Body::named(name).expect("a body"));
    let members = bodies
        .into_iter()
        .flat_map(|body| [false, true].map(|certainly| TieLevel::Members(body, certainly)));
    TieLevel::ALL.into_iter().chain(members).collect()
}

/// The bodies that a party belonged to at the time of an engagement.
fn memberships(dataset: &Dataset, engagement: &Engagement, party: PartyId) -> BTreeSet<usize> {
    let claims: Vec<&When> = engagement.dates.iter().map(|claim| &claim.when).collect();
    let mut found = BTreeSet::new();
    for one in state_of(dataset, party).into_iter().flat_map(State::memberships) {
        let body = Body::named(one.organisation.name).expect("it has members");
        if possibly(&claims, &[one.possible()]) {
            found.insert(body.value(false) as usize);
        }
        let certain = one.certain();
        if certain.from <= certain.to && certainly(&claims, &[certain]) {
            found.insert(body.value(true) as usize);
        }
    }
    found
}

/// The values of an engagement in a dimension.
fn values(dataset: &Dataset, engagement: &Engagement, dimension: Dimension) -> BTreeSet<usize> {
    match dimension {
        Dimension::Kind => BTreeSet::from([engagement.kind.index()]),
        Dimension::Class => {
            let class = dataset.kind(engagement.kind).class.as_ref();
            let at = |name| dataset.classes().iter().position(|class| class == name);
            class.and_then(at).into_iter().collect()
        }
        Dimension::Partnership => engagement.partnerships.iter().map(|id| id.index()).collect(),
        Dimension::Party => engagement.participants.iter().map(|one| one.party.index()).collect(),
        Dimension::Member => {
            let parties = engagement.participants.iter();
            parties.flat_map(|one| memberships(dataset, engagement, one.party)).collect()
        }
        Dimension::Place => engagement.places.iter().map(PlaceId::index).collect(),
        Dimension::Topic => engagement.topics.iter().map(|id| id.index()).collect(),
        Dimension::Evidence => citations(engagement).map(|one| one.evidence as usize).collect(),
        Dimension::Source => citations(engagement)
            .chain(engagement.outcomes.iter().map(|outcome| &outcome.citation))
            .filter_map(|one| one.source)
            .map(SourceId::index)
            .collect(),
        Dimension::Status => BTreeSet::from([engagement.status as usize]),
    }
}

fn wanted(filter: &Filter, dimension: Dimension) -> BTreeSet<usize> {
    match dimension {
        Dimension::Kind => filter.kinds.iter().map(|id| id.index()).collect(),
        Dimension::Class => filter.classes.iter().map(|id| id.index()).collect(),
        Dimension::Partnership => filter.partnerships.iter().map(|id| id.index()).collect(),
        Dimension::Party => filter.parties.iter().map(|id| id.index()).collect(),
        Dimension::Member => {
            filter.values(Dimension::Member).into_iter().map(|value| value as usize).collect()
        }
        Dimension::Place => filter.places.iter().map(|id| id.index()).collect(),
        Dimension::Topic => filter.topics.iter().map(|id| id.index()).collect(),
        Dimension::Source => filter.sources.iter().map(|id| id.index()).collect(),
        Dimension::Evidence => filter.evidence.iter().map(|one| *one as usize).collect(),
        Dimension::Status => filter.statuses.iter().map(|one| *one as usize).collect(),
    }
}

/// All text by which an engagement can be found. The texts of the generator that the tests look
/// for have no diacritics, so that lower case is all the folding there is.
fn words_of(dataset: &Dataset, engagement: &Engagement) -> String {
    let mut text = vec![engagement.title.to_string()];
    text.extend(engagement.short.iter().map(ToString::to_string));
    text.extend(engagement.form.iter().map(ToString::to_string));
    text.extend(engagement.note.iter().map(ToString::to_string));
    text.extend(engagement.outcomes.iter().map(|outcome| outcome.text.to_string()));
    for id in values(dataset, engagement, Dimension::Party) {
        let party = &dataset.parties()[id];
        text.push(party.name.to_string());
        text.extend(party.short.iter().map(ToString::to_string));
        text.extend(party.aliases.iter().map(ToString::to_string));
        text.extend(party.other_names.iter().map(|name| name.text.to_string()));
    }
    text.extend(engagement.places.iter().map(|id| dataset.place(id).name.to_string()));
    for id in values(dataset, engagement, Dimension::Partnership) {
        text.push(dataset.partnerships()[id].name.replace('–', "-"));
        text.push(dataset.partnerships()[id].label().replace('–', "-"));
    }
    text.push(dataset.kind(engagement.kind).name.to_string());
    text.extend(engagement.topics.iter().map(|id| dataset.topic(*id).name.to_string()));
    for id in values(dataset, engagement, Dimension::Source) {
        text.push(dataset.sources()[id].title.to_string());
    }
    text.join("\n").to_lowercase()
}

/// Whether an engagement passes, one condition (by number; 8 disputed, 9 text, 10 time) left out.
fn passes(dataset: &Dataset, id: EngagementId, filter: &Filter, without: usize) -> bool {
    let engagement = dataset.engagement(id);
    let in_dimensions = Dimension::ALL.into_iter().all(|dimension| {
        let wanted = wanted(filter, dimension);
        dimension as usize == without
            || wanted.is_empty()
            || !wanted.is_disjoint(&values(dataset, engagement, dimension))
    });
    let disputed = engagement.date_status() == DateStatus::Disputed;
    let text = || {
        let text = words_of(dataset, engagement);
        filter.text.to_lowercase().split_whitespace().all(|word| text.contains(word))
    };
    let claims = claims(engagement, id, filter);
    let in_time = || match filter.matching {
        Match::Possibly => possibly(&claims, &filter.when),
        Match::Certainly => certainly(&claims, &filter.when),
    };
    in_dimensions
        && (without == DISPUTED || !filter.disputed_only || disputed)
        && (without == TIME || filter.when.is_empty() || in_time())
        && (without == TEXT || text())
}

/// Conditions beside those on dimensions, for leaving them out.
const DISPUTED: usize = Dimension::ALL.len();
const TEXT: usize = DISPUTED + 1;
const TIME: usize = DISPUTED + 2;

fn any_filter() -> impl Strategy<Value = Filter> {
    let ids = |most: u32| {
        prop_oneof![
            3 => Just(BTreeSet::new()),
            1 => prop::collection::btree_set(0..most, 1..4),
        ]
    };
    let range = (7_000_i32..21_000, 0_i32..4_000)
        .prop_map(|(from, days)| DayRange::new(Day(from), Day(from + days)));
    let text = prop_oneof![
        4 => Just(String::new()),
        1 => prop::sample::select(vec![
            "laos", "Trade  CHINA", "press release 1", "ກອງ", "round 2 visit", "កម្ពុជា", "kim",
            "strategic", "rome", "funding", "zzz", " ",
        ]).prop_map(str::to_owned),
    ];
    let sets = (ids(8), ids(3), ids(8), ids(40), ids(24), ids(5), ids(60), ids(16));
    let small = (
        prop_oneof![3 => Just(Vec::new()), 1 => Just(vec![Evidence::Inferred]),
            1 => Just(vec![Evidence::Derived, Evidence::Background])],
        prop_oneof![3 => Just(Vec::new()), 1 => Just(vec![Status::Planned]),
            1 => Just(vec![Status::Held, Status::Cancelled])],
        prop::bool::weighted(0.1),
        any::<bool>(),
    );
    (prop::collection::vec(range, 0..3), sets, small, text, any_choice()).prop_map(
        |(
            when,
            (kinds, classes, partnerships, parties, topics, sources, places, members),
            small,
            text,
            chosen,
        )| {
            Filter {
                when,
                matching: if small.3 { Match::Certainly } else { Match::Possibly },
                kinds: kinds.into_iter().map(KindId).collect(),
                classes: classes.into_iter().map(ClassId).collect(),
                partnerships: partnerships.into_iter().map(PartnershipId).collect(),
                parties: parties.into_iter().map(PartyId).collect(),
                members: members.into_iter().map(Body).collect(),
                places: places.into_iter().map(PlaceId).collect(),
                topics: topics.into_iter().map(TopicId).collect(),
                sources: sources.into_iter().map(SourceId).collect(),
                evidence: small.0.into_iter().collect(),
                statuses: small.1.into_iter().collect(),
                disputed_only: small.2,
                text,
                chosen,
            }
        },
    )
}

/// Claims chosen for some engagements, some of which do not exist.
fn any_choice() -> impl Strategy<Value = BTreeMap<EngagementId, usize>> {
    prop_oneof![
        1 => Just(BTreeMap::new()),
        2 => prop::collection::btree_map((0..200_u32).prop_map(EngagementId), 0..3_usize, 1..120),
    ]
}

/// The engagements behind rows, in the order of the file.
fn engagements(columns: &Columns, rows: &[u32]) -> BTreeSet<EngagementId> {
    rows.iter().map(|row| columns.engagement[*row as usize]).collect()
}

/// The days on which a part of a date may have begun.
fn beginning(span: Span) -> Option<(i32, i32)> {
    let from = span.earliest_start.day()?;
    let last = span.last_start().min(span.latest_end.or_max());
    (last != Day(i32::MAX)).then_some((from.0, last.0.max(from.0)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn rows_and_facets_equal_a_recount(
        seed in 0_u64..1_000, size in 0_usize..160, filter in any_filter(),
    ) {
        let dataset = generate(size, seed);
        let columns = Columns::new(&dataset);
        let hits = evaluate(&dataset, &columns, &filter);
        let expected = |filter: &Filter, without: usize| -> BTreeSet<EngagementId> {
            dataset
                .engagement_ids()
                .filter(|id| passes(&dataset, *id, filter, without))
                .collect()
        };
        prop_assert!(hits.rows.is_sorted_by(|a, b| a < b));
        prop_assert!(hits.rows_any_time.is_sorted_by(|a, b| a < b));
        prop_assert_eq!(engagements(&columns, &hits.rows), expected(&filter, 99));
        prop_assert_eq!(engagements(&columns, &hits.rows_any_time), expected(&filter, TIME));
        let only = expected(&filter, TIME)
            .into_iter()
            .filter(|id| {
                let claims = claims(dataset.engagement(*id), *id, &filter);
                let asked = !filter.when.is_empty();
                asked && possibly(&claims, &filter.when) && !certainly(&claims, &filter.when)
            })
            .count();
        prop_assert_eq!(hits.only_possibly as usize, only);
        for dimension in Dimension::ALL {
            let mut counts = vec![0; hits.facets.of(dimension).len()];
            for id in expected(&filter, dimension as usize) {
                for value in values(&dataset, dataset.engagement(id), dimension) {
                    counts[value] += 1;
                }
            }
            prop_assert_eq!(hits.facets.of(dimension), &counts[..], "{:?}", dimension);
        }
        let disputed = expected(&filter, DISPUTED)
            .into_iter()
            .filter(|id| dataset.engagement(*id).date_status() == DateStatus::Disputed)
            .count();
        prop_assert_eq!(hits.facets.disputed as usize, disputed);
        let days: Vec<Day> = hits
            .rows
            .iter()
            .map(|row| columns.engagement[*row as usize])
            .flat_map(|id| claims(dataset.engagement(id), id, &filter))
            .flat_map(demarche::model::When::parts)
            .flat_map(|part| [part.earliest_start.day(), part.latest_end.day()])
            .flatten()
            .collect();
        if let Some(extent) = hits.extent {
            prop_assert!(days.iter().all(|day| extent.contains(*day)));
        } else {
            prop_assert!(days.is_empty());
        }
    }

    #[test]
    fn step_by_step_gives_what_a_fresh_start_gives(
        seed in 0_u64..1_000, size in 0_usize..200, filters in prop::collection::vec(any_filter(), 2..6),
    ) {
        let dataset = generate(size, seed);
        let columns = Columns::new(&dataset);
        let mut query = Query::default();
        for filter in &filters {
            // In between, each condition of the next filter on its own, as a reader would set them.
            let mut step = Filter { when: filter.when.clone(), ..Filter::default() };
            prop_assert_eq!(query.apply(&dataset, &columns, &step), &evaluate(&dataset, &columns, &step));
            step.matching = Match::Certainly;
            prop_assert_eq!(query.apply(&dataset, &columns, &step), &evaluate(&dataset, &columns, &step));
            step.chosen.clone_from(&filter.chosen);
            prop_assert_eq!(query.apply(&dataset, &columns, &step), &evaluate(&dataset, &columns, &step));
            step.parties.clone_from(&filter.parties);
            prop_assert_eq!(query.apply(&dataset, &columns, &step), &evaluate(&dataset, &columns, &step));
            prop_assert_eq!(query.apply(&dataset, &columns, filter), &evaluate(&dataset, &columns, filter));
        }
    }

    #[test]
    fn histograms_equal_a_recount_day_by_day(
        seed in 0_u64..1_000, size in 0_usize..120,
        from in 6_000_i32..20_000, days in 0_i32..6_000, bins in 1_usize..60,
        choice in any_choice(),
    ) {
        let dataset = generate(size, seed);
        let columns = Columns::new(&dataset);
        let rows: Vec<u32> = (0..size as u32).filter(|row| row % 3 != 0).collect();
        let edges = calendar_edges(DayRange::new(Day(from), Day(from + days)), bins);
        let kinds = dataset.kinds().len();
        let filter = Filter { chosen: choice, ..Filter::default() };
        let chosen = Chosen::new(&dataset, &columns, &filter.chosen);
        let found = histogram(&columns, &chosen, &rows, &edges, kinds);
        let mut precise = vec![vec![0; kinds]; edges.len() - 1];
        let mut spread = vec![0.0; edges.len() - 1];
        let mut unplaced = 0;
        // Bin 0 lies before the first edge, the last one after the last.
        let bin = |day: i32| edges.iter().filter(|edge| edge.0 <= day).count();
        for row in &rows {
            let id = columns.engagement[*row as usize];
            let engagement = dataset.engagement(id);
            let parts: Vec<_> = claims(engagement, id, &filter)
                .iter()
                .flat_map(|when| when.parts())
                .map(|part| beginning(*part))
                .collect();
            if parts.is_empty() || parts.iter().any(Option::is_none) {
                unplaced += 1;
                continue;
            }
            let days: BTreeSet<i32> = parts.into_iter().flatten().flat_map(|(a, b)| a..=b).collect();
            let bins: BTreeSet<usize> = days.iter().map(|day| bin(*day)).collect();
            let inside = |bin: usize| (1..edges.len()).contains(&bin);
            if bins.len() == 1 {
                let only = *bins.first().unwrap();
                if inside(only) {
                    precise[only - 1][engagement.kind.index()] += 1;
                }
            } else {
                for day in &days {
                    if inside(bin(*day)) {
                        spread[bin(*day) - 1] += 1.0 / days.len() as f64;
                    }
                }
            }
        }
        prop_assert_eq!(found.unplaced, unplaced);
        prop_assert_eq!(&found.edges, &edges);
        prop_assert_eq!(found.bins.len(), precise.len());
        for ((bin, precise), spread) in found.bins.iter().zip(precise).zip(spread) {
            prop_assert_eq!(&bin.precise, &precise);
            prop_assert!((bin.spread - spread).abs() < 1e-9, "{} {}", bin.spread, spread);
        }
    }

    #[test]
    fn lanes_equal_a_recount(seed in 0_u64..1_000, size in 0_usize..160, filter in any_filter()) {
        let dataset = generate(size, seed);
        let columns = Columns::new(&dataset);
        let rows = evaluate(&dataset, &columns, &filter).rows;
        for by in LaneBy::ALL {
            let dimension = match by {
                LaneBy::Partnership => Dimension::Partnership,
                LaneBy::Party => Dimension::Party,
                LaneBy::Kind => Dimension::Kind,
                LaneBy::Topic => Dimension::Topic,
                LaneBy::Source => Dimension::Source,
            };
            let mut expected: BTreeMap<LaneKey, Vec<u32>> = BTreeMap::new();
            for row in rows.iter() {
                let engagement = dataset.engagement(columns.engagement[*row as usize]);
                let values = values(&dataset, engagement, dimension);
                if values.is_empty() {
                    expected.entry(LaneKey::None).or_default().push(*row);
                }
                for value in values {
                    expected.entry(LaneKey::Id(value as u32)).or_default().push(*row);
                }
            }
            let found = lanes(&dataset, &columns, &rows, by);
            let found: Vec<_> = found.into_iter().map(|lane| (lane.key, lane.rows)).collect();
            let expected: Vec<_> =
                expected.into_iter().map(|(key, rows)| (key, rows.into())).collect();
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn ties_equal_a_recount(
        seed in 0_u64..1_000,
        size in 0_usize..400,
        level in prop::sample::select(levels()),
        raw in any::<bool>(),
    ) {
        let dataset = generate(size, seed);
        let bodies = Body::missing(&dataset);
        let dataset = dataset.with_bodies(bodies);
        let columns = Columns::new(&dataset);
        let rows: Vec<u32> = (0..size as u32).filter(|row| row % 4 != 1).collect();
        let roll_up = RollUp::new(&dataset, level);
        let parties = roll_up.party_ids(&dataset);
        let node = |engagement: &Engagement, party: PartyId| match level {
            TieLevel::Members(body, certainly) => {
                let of = memberships(&dataset, engagement, party);
                let member = of.contains(&(body.value(certainly) as usize));
                if member { body.party(&dataset).expect("added") } else { owner(&dataset, party) }
            }
            _ => roll_up.node(party),
        };
        let mut pairs: BTreeMap<(PartyId, PartyId), (f64, u32)> = BTreeMap::new();
        let mut engagements = vec![0; parties];
        let mut within = vec![0; if level == TieLevel::Named { 0 } else { parties }];
        let mut crowded = 0;
        for row in &rows {
            let engagement = dataset.engagement(columns.engagement[*row as usize]);
            let mut own: BTreeMap<PartyId, u32> = BTreeMap::new();
            for party in values(&dataset, engagement, Dimension::Party) {
                *own.entry(node(engagement, PartyId::at(party))).or_default() += 1;
            }
            for (node, people) in &own {
                engagements[node.index()] += 1;
                if *people > 1 {
                    within[node.index()] += 1;
                }
            }
            let present: Vec<PartyId> = own.into_keys().collect();
            if present.len() > TIE_PARTIES {
                crowded += 1;
                continue;
            }
            for (at, a) in present.iter().enumerate() {
                for b in &present[at + 1..] {
                    let pair = pairs.entry((*a, *b)).or_default();
                    pair.0 += 1.0 / (present.len() as f64 - 1.0);
                    pair.1 += 1;
                }
            }
        }
        let weight = if raw { TieWeight::Raw } else { TieWeight::Shared };
        let index = TieIndex::new(&columns, roll_up, parties);
        let found = index.ties(&columns, &rows, weight);
        if level == TieLevel::Named {
            prop_assert_eq!(&found, &ties(&columns, &rows, parties, weight));
        }
        prop_assert_eq!(&found.engagements, &engagements);
        prop_assert_eq!(&found.within, &within);
        prop_assert_eq!(found.crowded, crowded);
        prop_assert_eq!(found.ties.len(), pairs.len());
        for (tie, ((a, b), (shared, count))) in found.ties.iter().zip(&pairs) {
            prop_assert_eq!((tie.a, tie.b, tie.engagements), (*a, *b, *count));
            let expected = if raw { f64::from(*count) } else { *shared };
            prop_assert!((tie.weight - expected).abs() < 1e-7);
        }
    }
}

#[test]
fn weights_that_a_file_states_are_shared_out_among_the_pairs_of_a_row() {
    use demarche::formats::{OpenOptions, Progress, read};
    let table = "id,date,participants,weight\n1,2002,Laos; Cambodia,4.5\n2,2001,Laos; Cambodia,\n\
                 3,2000,Laos; Cambodia; Thailand,3\n4,1999,Laos; Thailand,-2\n";
    let read = read("w.csv", table.as_bytes(), &OpenOptions::default(), &Progress::default());
    let dataset = read.unwrap().dataset;
    let columns = Columns::new(&dataset);
    assert_eq!(columns.weights, [1.0, 3.0, 1.0, 4.5]);
    let parties = dataset.parties().len();
    let index = TieIndex::new(&columns, RollUp::named(), parties);
    for rows in [vec![0, 1, 2, 3], vec![1, 3]] {
        let stated = index.ties(&columns, &rows, TieWeight::Stated);
        assert_eq!(stated, ties(&columns, &rows, parties, TieWeight::Stated));
        let weight = |a: u32, b: u32| stated.between(PartyId(a), PartyId(b)).map(|tie| tie.weight);
        let all = rows.len() == 4;
        assert!((weight(0, 1).unwrap() - if all { 7.0 } else { 6.0 }).abs() < 1e-9);
        assert!((weight(0, 2).unwrap() - if all { 2.5 } else { 1.5 }).abs() < 1e-9);
        let shared = index.ties(&columns, &rows, TieWeight::Shared);
        assert!(
            (shared.ties.iter().next().unwrap().weight - if all { 2.5 } else { 1.5 }).abs() < 1e-9
        );
    }
}

/// A small dataset of two states, their ministers and a bishop, with roles.
fn visits() -> Dataset {
    use demarche::formats::{OpenOptions, Progress, read};
    let json = r#"{
      "format": "demarche/1",
      "parties": [
        {"id": "a", "name": "A", "kind": "state"},
        {"id": "b", "name": "B", "kind": "state"},
        {"id": "a1", "name": "A1", "kind": "person", "part_of": ["a"]},
        {"id": "a2", "name": "A2", "kind": "person", "part_of": ["a"]},
        {"id": "b1", "name": "B1", "kind": "person", "part_of": ["b"]},
        {"id": "c", "name": "C", "kind": "person"}
      ],
      "kinds": [{"id": "visit", "name": "Visit"}],
      "engagements": [
        {"id": "1", "title": "1", "kind": "visit", "participants":
          [{"party": "a1", "role": "visitor"}, {"party": "b1", "role": "Host"}]},
        {"id": "2", "title": "2", "kind": "visit", "participants":
          [{"party": "b1", "role": "visitor"}, {"party": "a1", "role": "host"},
           {"party": "a2"}]},
        {"id": "3", "title": "3", "kind": "visit", "participants":
          [{"party": "a1"}, {"party": "a2"}]},
        {"id": "4", "title": "4", "kind": "visit", "participants":
          [{"party": "c"}, {"party": "a"}, {"party": "a1"}, {"party": "b"}]}
      ]}"#;
    read("visits.json", json.as_bytes(), &OpenOptions::default(), &Progress::default())
        .expect("a dataset")
        .dataset
}

#[test]
fn rolled_up_to_states_an_engagement_of_their_ministers_is_one_of_the_states() {
    let dataset = visits();
    let columns = Columns::new(&dataset);
    let rows: Vec<u32> = (0..columns.len() as u32).collect();
    let at = |level| {
        let roll_up = RollUp::new(&dataset, level);
        TieIndex::new(&columns, roll_up, dataset.parties().len()).ties(
            &columns,
            &rows,
            TieWeight::Shared,
        )
    };
    let states = at(TieLevel::State);
    assert_eq!(states.engagements, [4, 3, 0, 0, 0, 1]);
    assert_eq!(states.within, [3, 0, 0, 0, 0, 0]);
    let told = |ties: &demarche::query::Ties| -> Vec<_> {
        let tie = |t: demarche::query::Tie| (t.a.0, t.b.0, t.engagements, t.forth, t.back);
        ties.ties.iter().map(tie).collect()
    };
    assert_eq!(told(&states), [(0, 1, 3, 1, 1), (0, 5, 1, 0, 0), (1, 5, 1, 0, 0)]);
    // The last engagement is of three at this level.
    let tie = states.between(PartyId(1), PartyId(0)).unwrap();
    assert!((tie.weight - 2.5).abs() < 1e-12);

    let named = at(TieLevel::Named);
    assert_eq!(named, ties(&columns, &rows, dataset.parties().len(), TieWeight::Shared));
    let tie = named.between(PartyId(2), PartyId(4)).unwrap();
    assert_eq!((tie.engagements, tie.forth, tie.back), (2, 1, 1));
    assert!(named.within.is_empty());
}

#[test]
fn rows_are_in_order_of_time_and_undated_ones_last() {
    let dataset = generate(2_000, 5);
    let columns = Columns::new(&dataset);
    let key = |row: usize| {
        let hull = columns.hull[row];
        (!columns.dated[row], hull.from, hull.to, columns.engagement[row])
    };
    assert!((1..columns.len()).all(|row| key(row - 1) < key(row)));
    assert!(columns.dated.contains(&false));
    for id in dataset.engagement_ids() {
        assert_eq!(columns.engagement[columns.row_of[id.index()] as usize], id);
    }
}

#[test]
fn a_crowded_engagement_makes_no_ties_but_is_counted() {
    let dataset = generate(4_000, 11);
    let columns = Columns::new(&dataset);
    let crowded: Vec<u32> = (0..columns.len() as u32)
        .filter(|row| columns.parties.row(*row as usize).len() > TIE_PARTIES)
        .collect();
    assert!(!crowded.is_empty());
    let found = ties(&columns, &crowded, dataset.parties().len(), TieWeight::Raw);
    assert_eq!((found.ties.len(), found.crowded as usize), (0, crowded.len()));
    assert!(found.engagements.iter().any(|count| *count > 0));
}

#[test]
fn search_puts_names_before_parts_of_names_and_those_before_mentions() {
    let dataset = generate(300, 2);
    let columns = Columns::new(&dataset);
    let labels = |text: &str, limit: usize| -> Vec<String> {
        search(&dataset, &columns, text, limit)
            .hits
            .into_iter()
            .map(|hit| hit.label.into())
            .collect()
    };
    assert_eq!(labels("laos", 1), ["Laos"]);
    assert_eq!(labels("ລາວ", 1), ["Laos"]);
    assert_eq!(labels("ha noi", 1), ["Hà Nội"]);
    assert_eq!(labels("ASEAN", 1), ["ASEAN"]);
    assert_eq!(labels("trade", 1), ["Trade"]);
    assert!(labels("china", 400).iter().any(|label| label.contains("China and")));
    assert!(labels("", 10).is_empty() && labels("laos", 0).is_empty());
    let hits = search(&dataset, &columns, "cambodia trade", 1_000);
    assert_eq!(hits.total, hits.hits.len());
    let hits = hits.hits;
    assert!(hits.is_sorted_by(|a, b| a.score >= b.score));
    let filter = Filter { text: "cambodia trade".to_owned(), ..Filter::default() };
    let found = hits
        .iter()
        .filter(|hit| matches!(hit.target.target(), Some(demarche::model::Target::Engagement(_))));
    assert_eq!(found.count(), evaluate(&dataset, &columns, &filter).rows.len());
}

#[test]
fn a_chosen_claim_stands_for_the_whole_date() {
    let dataset = generate(4_000, 5);
    let columns = Columns::new(&dataset);
    // Two claims of which the second begins on a day that the first leaves out.
    let (id, day) = dataset
        .engagement_ids()
        .find_map(|id| {
            let dates = &dataset.engagement(id).dates;
            let day = dates.get(1)?.when.span().earliest_start.day()?;
            let range = DayRange::new(day, day);
            (!dates[0].when.possibly_in(range)).then_some((id, range))
        })
        .unwrap();
    let found = |chosen: Option<usize>| {
        let filter = Filter {
            when: vec![day],
            chosen: chosen.map(|at| (id, at)).into_iter().collect(),
            ..Filter::default()
        };
        engagements(&columns, &evaluate(&dataset, &columns, &filter).rows).contains(&id)
    };
    assert_eq!([found(None), found(Some(0)), found(Some(1))], [true, false, true]);
    let choice = Filter { chosen: [(id, 0)].into(), ..Filter::default() };
    assert!(choice.is_empty());
}

#[test]
fn the_best_few_results_are_the_first_of_all_results() {
    let dataset = generate(2_000, 6);
    let columns = Columns::new(&dataset);
    for text in ["laos", "camb trade", "visit", "ກອງ", "round 2", "press release"] {
        let all = search(&dataset, &columns, text, 10_000);
        for limit in [1, 7, 50] {
            let best = search(&dataset, &columns, text, limit);
            assert_eq!(best.hits, all.hits[..limit.min(all.hits.len())], "{text}");
            assert_eq!(best.total, all.hits.len(), "{text}");
        }
    }
}

/// How well the names of an engagement answer a text, the best first; `None` where it does not.
fn rank(dataset: &Dataset, engagement: &Engagement, text: &str) -> Option<u8> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let all = words_of(dataset, engagement);
    if !words.iter().all(|word| all.contains(word)) {
        return None;
    }
    let names: Vec<String> = std::iter::once(&engagement.title)
        .chain(engagement.short.as_ref())
        .map(|name| name.to_lowercase())
        .collect();
    let begins = |name: &String, word: &str| {
        let at = |(at, _): (usize, &str)| !name[..at].ends_with(char::is_alphanumeric);
        name.match_indices(word).any(at)
    };
    let in_names = |test: &dyn Fn(&String, &str) -> bool| {
        words.iter().all(|word| names.iter().any(|name| test(name, word)))
    };
    Some(if names.iter().any(|name| *name == words.join(" ")) {
        0
    } else if names.iter().any(|name| name.starts_with(&words.join(" "))) {
        1
    } else if in_names(&begins) {
        2
    } else if in_names(&|name, word| name.contains(word)) {
        3
    } else {
        4
    })
}

#[test]
fn engagements_are_found_in_the_order_of_how_well_their_names_answer() {
    let dataset = generate(1_500, 8);
    let columns = Columns::new(&dataset);
    for text in [
        "m",
        "visit",
        "visit of",
        "meeting of s",
        "on",
        "laos",
        "lao",
        "summit round",
        "press release",
        "round 2",
        "zzz",
        "agreement",
        "ក",
    ] {
        let mut expected: Vec<_> = dataset
            .engagement_ids()
            .filter_map(|id| {
                let engagement = dataset.engagement(id);
                Some((rank(&dataset, engagement, text)?, engagement.label().len(), id))
            })
            .collect();
        expected.sort_unstable();
        let found = search(&dataset, &columns, text, 10_000);
        assert_eq!(found.total, found.hits.len(), "{text}");
        let found: Vec<EngagementId> = found
            .hits
            .into_iter()
            .filter_map(|hit| match hit.target.target() {
                Some(demarche::model::Target::Engagement(id)) => Some(id),
                _ => None,
            })
            .collect();
        let expected: Vec<EngagementId> = expected.into_iter().map(|(.., id)| id).collect();
        assert!(found == expected, "{text}: {} and {}", found.len(), expected.len());
    }
}

#[test]
fn a_search_can_be_prepared_and_stopped() {
    use demarche::formats::Progress;
    let dataset = generate(500, 3);
    let columns = Columns::new(&dataset);
    let stopped = Progress::default();
    stopped.cancel();
    assert!(!columns.prepare_search(&dataset, &stopped) && !columns.is_search_ready());
    assert!(columns.prepare_search(&dataset, &Progress::default()));
    assert!(columns.is_search_ready() && !search(&dataset, &columns, "laos", 3).hits.is_empty());
}
