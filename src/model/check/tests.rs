//! The checker against the meaning of the statements, tried out by brute force.

use proptest::prelude::*;

use super::constraints::{Constraints, end, start};
use super::network::{Edge, ITSELF, shortest};
use super::{Checked, Severity, StatementId, check, check_component, components, is_consistent};
use crate::model::when::Bound;
use crate::model::{
    Citation, Dataset, DatasetParts, DateClaim, Day, Engagement, EngagementId, Evidence, Kind,
    KindId, List, Relation, RelationKind, Status, When,
};

/// An engagement that says nothing but this.
pub(super) fn engagement(key: &str, dates: &[&str], relations: Vec<Relation>) -> Engagement {
    let claim =
        |edtf: &&str| DateClaim { when: When::parse(edtf).unwrap(), citation: Citation::default() };
    Engagement {
        key: key.into(),
        title: key.into(),
        short: None,
        kind: KindId(0),
        form: None,
        status: Status::Held,
        dates: dates.iter().map(claim).collect(),
        places: Default::default(),
        participants: List::default(),
        partnerships: List::default(),
        topics: List::default(),
        outcomes: List::default(),
        relations: relations.into(),
        citations: List::default(),
        note: None,
        extras: List::default(),
    }
}

fn relation(kind: RelationKind, to: u32) -> Relation {
    Relation {
        kind,
        to: EngagementId(to),
        least: None,
        most: None,
        years: None,
        citation: Citation::default(),
    }
}

pub(super) fn dataset(engagements: Vec<Engagement>) -> Dataset {
    Dataset::new(DatasetParts {
        title: "test".into(),
        kinds: vec![Kind { key: "meeting".into(), name: "Meeting".into(), class: None, slot: 0 }],
        engagements,
        ..DatasetParts::default()
    })
    .unwrap()
}

fn all(dataset: &Dataset) -> Vec<EngagementId> {
    dataset.engagement_ids().collect()
}

/// One day of start and one of end.
type Stay = (i32, i32);

/// Whether a relation holds between two stays.
fn holds(relation: &Relation, this: Stay, other: Stay, lasting: bool) -> bool {
    let gap = |first: Stay, second: Stay, default: i32| {
        let gap = second.0 - first.1;
        gap >= relation.least.unwrap_or(default) && relation.most.is_none_or(|most| gap <= most)
    };
    let within = |inner: Stay, outer: Stay| inner.0 >= outer.0 && inner.1 <= outer.1;
    match relation.kind {
        RelationKind::Before => gap(this, other, 1),
        RelationKind::Prepares => gap(this, other, 0),
        RelationKind::After | RelationKind::NextAfter => gap(other, this, 1),
        RelationKind::Within => within(this, other),
        RelationKind::Contains => within(other, this),
        RelationKind::SameDay if lasting => this.0 <= other.1 && other.0 <= this.1,
        RelationKind::SameDay => this == other,
        RelationKind::DayAfter => this.0 == other.1 + 1,
        RelationKind::MonthBefore | RelationKind::SameYear | RelationKind::Anniversary => true,
    }
}

/// Every way in which all statements can hold, engagements without a date within −8 to 13.
fn worlds(dataset: &Dataset) -> Vec<Vec<Stay>> {
    let options = |engagement: &Engagement| -> Vec<Stay> {
        let mut out = Vec::new();
        for from in -8..=13 {
            for to in from..=13 {
                let fits = engagement.dates.iter().all(|claim| {
                    let span = claim.when.span();
                    span.earliest_start.or_min().0 <= from
                        && from <= span.latest_start.or_max().0
                        && span.earliest_end.or_min().0 <= to
                        && to <= span.latest_end.or_max().0
                });
                if fits {
                    out.push((from, to));
                }
            }
        }
        out
    };
    let lasts = |id: EngagementId| {
        dataset.engagement(id).dates.iter().any(|claim| {
            let span = claim.when.span();
            matches!((span.latest_start, span.earliest_end), (Bound::Day(a), Bound::Day(b)) if a < b)
        })
    };
    let mut worlds: Vec<Vec<Stay>> = vec![Vec::new()];
    for id in dataset.engagement_ids() {
        let stays = options(dataset.engagement(id));
        worlds = worlds
            .iter()
            .flat_map(|world| stays.iter().map(|stay| [world.as_slice(), &[*stay]].concat()))
            .filter(|world| {
                // Whatever can be judged so far must hold.
                dataset.engagement_ids().take(world.len()).all(|a| {
                    dataset.engagement(a).relations.iter().all(|relation| {
                        let Some(other) = world.get(relation.to.index()) else {
                            return true;
                        };
                        let lasting = lasts(a) || lasts(relation.to);
                        holds(relation, world[a.index()], *other, lasting)
                    })
                })
            })
            .collect();
    }
    worlds
}

fn any_relation() -> impl Strategy<Value = Relation> + Clone {
    let kind = prop_oneof![
        Just(RelationKind::Before),
        Just(RelationKind::After),
        Just(RelationKind::Within),
        Just(RelationKind::Contains),
        Just(RelationKind::SameDay),
        Just(RelationKind::DayAfter),
        Just(RelationKind::NextAfter),
        Just(RelationKind::Prepares),
    ];
    let gap = proptest::option::of(0..4_i32);
    (kind, 0..3_u32, gap.clone(), gap).prop_map(|(kind, to, least, more)| Relation {
        kind,
        to: EngagementId(to),
        least,
        most: more.map(|more| least.unwrap_or(1) + more),
        years: None,
        citation: Citation::default(),
    })
}

/// Three engagements, the last of which may have no date.
fn any_dataset() -> BoxedStrategy<Dataset> {
    let date = (1..7_i32, 0..4_i32, any::<bool>()).prop_map(|(from, days, sometime)| {
        let (from, to) = (Day(from).iso(), Day(from + days).iso());
        if sometime { format!("[{from}..{to}]") } else { format!("{from}/{to}") }
    });
    let relations = proptest::collection::vec(any_relation(), 0..3);
    let one = (date.clone(), relations.clone());
    (one.clone(), one, (proptest::option::of(date), relations))
        .prop_map(|((d0, r0), (d1, r1), (d2, r2))| {
            let mut engagements = Vec::new();
            for (position, (date, relations)) in
                [(Some(d0), r0), (Some(d1), r1), (d2, r2)].into_iter().enumerate()
            {
                let dates: Vec<&str> = date.as_deref().into_iter().collect();
                engagements.push(engagement(&format!("e{position}"), &dates, relations));
            }
            dataset(engagements)
        })
        .boxed()
}

/// The dataset with only these statements.
fn only(dataset_: &Dataset, statements: &[StatementId]) -> Dataset {
    let engagements = dataset_.engagement_ids().map(|id| {
        let mut one = dataset_.engagement(id).clone();
        let keep = |statement: StatementId| statements.contains(&statement);
        one.dates = (0..one.dates.len())
            .filter(|i| keep(StatementId::Claim(id, *i as u32)))
            .map(|i| one.dates[i].clone())
            .collect();
        one.relations = (0..one.relations.len())
            .filter(|i| keep(StatementId::Relation(id, *i as u32)))
            .map(|i| one.relations[i].clone())
            .collect();
        one
    });
    dataset(engagements.collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn it_agrees_with_brute_force_and_bounds_are_exact(data in any_dataset()) {
        let worlds = worlds(&data);
        let members = all(&data);
        prop_assert_eq!(is_consistent(&data, &members), !worlds.is_empty());
        let checked = check_component(&data, &members);
        prop_assert_eq!(checked.conflicts.is_empty(), !worlds.is_empty());
        if worlds.is_empty() {
            return Ok(());
        }
        for id in members {
            let tightened = checked.tightened.iter().find(|one| one.engagement == id);
            let told = data.engagement(id).dates.first().map(|claim| claim.when.span());
            let Some(span) = tightened.map(|one| one.span).or(told) else {
                continue;
            };
            let stays = || worlds.iter().map(|world| world[id.index()]);
            // The bounds are those of all worlds in which the statements hold; where there is
            // none the worlds reach to the edge of what was tried.
            let exact = |bound: Bound, value: Option<i32>, edge: i32| match bound {
                Bound::Day(day) => Some(day.0) == value,
                _ => value == Some(edge),
            };
            prop_assert!(exact(span.earliest_start, stays().map(|stay| stay.0).min(), -8));
            prop_assert!(exact(span.latest_end, stays().map(|stay| stay.1).max(), 13));
            if let Bound::Day(day) = span.latest_start {
                prop_assert_eq!(Some(day.0), stays().map(|stay| stay.0).max());
            }
            if let Bound::Day(day) = span.earliest_end {
                prop_assert_eq!(Some(day.0), stays().map(|stay| stay.1).min());
            }
        }
    }

    #[test]
    fn an_explanation_is_minimal(data in any_dataset()) {
        for conflict in check_component(&data, &all(&data)).conflicts {
            let set = &conflict.statements;
            let whole = only(&data, set);
            prop_assert!(!is_consistent(&whole, &all(&whole)));
            for left_out in set {
                let fewer: Vec<StatementId> =
                    set.iter().copied().filter(|one| one != left_out).collect();
                let rest = only(&data, &fewer);
                prop_assert!(is_consistent(&rest, &all(&rest)), "{set:?} without {left_out:?}");
            }
        }
    }

    #[test]
    fn tightening_never_widens_and_is_done_at_once(data in any_dataset()) {
        let members = all(&data);
        let network = Constraints::new(&data, &members);
        let Ok(upper) = shortest(network.nodes(), &network.edges, true) else {
            return Ok(());
        };
        let lower = shortest(network.nodes(), &network.edges, false).ok().unwrap();
        let mut edges = network.edges.clone();
        for local in 0..members.len() {
            let span = network.base[local];
            for node in [start(local), end(local)] {
                if let Some(most) = upper.bound(node as usize) {
                    let told = span.and_then(|span| span.latest_end.day());
                    prop_assert!(told.is_none_or(|told| most <= i64::from(told.0)));
                    edges.push(Edge { from: 0, to: node, most, by: ITSELF, with: ITSELF });
                }
                if let Some(least) = lower.bound(node as usize) {
                    edges.push(Edge { from: node, to: 0, most: least, by: ITSELF, with: ITSELF });
                }
            }
        }
        let again = shortest(network.nodes(), &edges, true).ok().unwrap();
        prop_assert_eq!(again.distance, upper.distance);
    }
}

fn conflicts(engagements: Vec<Engagement>) -> (Dataset, Checked) {
    let data = dataset(engagements);
    let members = all(&data);
    let checked = check_component(&data, &members);
    (data, checked)
}

#[test]
fn a_date_before_what_it_is_said_to_follow_is_one_contradiction_of_three_statements() {
    let mut dialogue = engagement(
        "dialogue",
        &["2024-04-27"],
        vec![relation(RelationKind::After, 0), relation(RelationKind::SameYear, 0)],
    );
    let mut derived = dialogue.dates[0].clone();
    derived.when = When::parse("[2024-06-05..2024-12-31]").unwrap();
    derived.citation.evidence = Evidence::Derived;
    dialogue.dates = [&*dialogue.dates, &[derived]].concat().into();
    let data = dataset(vec![
        engagement("visit", &["2024-06-04"], Vec::new()),
        dialogue,
        engagement("meeting", &[], vec![relation(RelationKind::Within, 1)]),
    ]);
    let found = check(&data);
    assert_eq!(found.findings.len(), 1, "{:#?}", found.findings);
    let finding = &found.findings[0];
    assert_eq!(finding.severity, Severity::Contradiction);
    assert_eq!(
        finding.message,
        "“dialogue” is dated 27 April 2024, but it is said that it came after “visit”, dated 4 \
         June 2024"
    );
    assert_eq!(
        finding.statements.iter().map(|s| s.text.as_str()).collect::<Vec<_>>(),
        [
            "“dialogue” is dated 27 April 2024",
            "“dialogue” came after “visit”",
            "“visit” is dated 4 June 2024"
        ]
    );
    // Nothing is concluded from a date that is contradicted.
    assert!(found.tightened.is_empty(), "{:?}", found.tightened);
}

#[test]
fn relations_give_bounds_to_what_has_no_date() {
    let span = |kind, other: &str| {
        let (_, checked) = conflicts(vec![
            engagement("a", &[other], Vec::new()),
            engagement("b", &[], vec![relation(kind, 0)]),
        ]);
        let one = checked.tightened.first().expect("bounds");
        crate::model::words::tightened(one.span)
    };
    use RelationKind::{After, Before, DayAfter, MonthBefore, SameDay, SameYear, Within};
    let table = [
        (After, "2024-06-04", "on or after 5 June 2024, from a relation"),
        (Before, "2024-06-04", "on or before 3 June 2024, from a relation"),
        (Within, "2024-06-05/2024-06-06", "between 5 and 6 June 2024, from a relation"),
        (SameDay, "2024-06-04", "4 June 2024, from a relation"),
        (DayAfter, "2024-12-31", "on or after 1 January 2025, from a relation"),
        (MonthBefore, "2024-01-15", "between 1 and 31 December 2023, from a relation"),
        (SameYear, "2024-06-04", "between 1 January and 31 December 2024, from a relation"),
    ];
    for (kind, other, text) in table {
        assert_eq!(span(kind, other), text, "{kind:?}");
    }
}

#[test]
fn a_longer_chain_is_explained_by_all_of_its_links_and_nothing_else() {
    let chain = |key: &str, to| engagement(key, &[], vec![relation(RelationKind::After, to)]);
    let (_, checked) = conflicts(vec![
        engagement("a", &["2024-06-04"], Vec::new()),
        chain("b", 0),
        chain("c", 1),
        engagement("d", &["2024-06-06"], vec![relation(RelationKind::After, 2)]),
        engagement("e", &["2024-06-20"], vec![relation(RelationKind::After, 3)]),
    ]);
    assert_eq!(checked.conflicts.len(), 1);
    assert_eq!(checked.conflicts[0].statements.len(), 5, "two dates and three relations");
}

#[test]
fn a_disputed_date_is_weighed_claim_by_claim() {
    let data = dataset(vec![
        engagement("visit", &["2024-06-04"], Vec::new()),
        engagement(
            "dialogue",
            &["2024-04-27", "2024-07-01"],
            vec![relation(RelationKind::After, 0)],
        ),
    ]);
    let found = check(&data);
    let kinds: Vec<_> = found.findings.iter().map(|f| (f.severity, f.kind)).collect();
    use super::FindingKind::{Dispute, RuledOut};
    assert_eq!(kinds, [(Severity::Warning, RuledOut), (Severity::Warning, Dispute)]);
}

#[test]
fn a_doubtful_date_that_does_not_fit_is_a_warning() {
    let data = dataset(vec![
        engagement("visit", &["2024-06-04"], Vec::new()),
        engagement("dialogue", &["2024-04~"], vec![relation(RelationKind::After, 0)]),
    ]);
    let found = check(&data);
    assert_eq!(found.findings.len(), 1);
    assert_eq!(found.findings[0].severity, Severity::Warning);
}

#[test]
fn engagements_fall_into_components_and_only_touched_ones_are_checked_again() {
    let link =
        |key: &str, to| engagement(key, &["2024"], vec![relation(RelationKind::SameYear, to)]);
    let data = dataset(vec![
        engagement("a", &["2024"], Vec::new()),
        engagement("b", &["2024-05-01"], Vec::new()),
        link("c", 0),
        engagement("alone", &["2024"], Vec::new()),
        engagement("d", &["2023-05-01"], vec![relation(RelationKind::After, 1)]),
    ]);
    let ids = |list: &[u32]| list.iter().map(|id| EngagementId(*id)).collect::<Vec<_>>();
    assert_eq!(components(&data), [ids(&[0, 2]), ids(&[1, 4])]);

    let mut checker = super::Checker::default();
    let first = checker.check(&data, None, &|| false).expect("not cancelled");
    assert_eq!(first.count(Severity::Contradiction), 1);
    // The date of d is put right: the component that holds it is checked again.
    let mut engagements = data.engagements().to_vec();
    engagements[4].dates.make_mut()[0].when = When::parse("2024-05-02").unwrap();
    let edited = dataset(engagements);
    let second = checker.check(&edited, Some(&ids(&[4])), &|| false).expect("not cancelled");
    assert_eq!(second, check(&edited));
    assert!(checker.check(&edited, None, &|| true).is_none(), "it can be stopped");
}

#[test]
fn extreme_gaps_do_not_overflow() {
    let far = Relation { least: Some(i32::MAX), ..relation(RelationKind::After, 0) };
    let near = Relation { most: Some(i32::MIN), ..relation(RelationKind::After, 1) };
    let data = dataset(vec![
        engagement("a", &["Y-262000"], Vec::new()),
        engagement("b", &[], vec![far]),
        engagement("c", &["Y262000"], vec![near]),
        engagement("d", &[], vec![relation(RelationKind::After, 3)]),
    ]);
    assert!(check(&data).count(Severity::Contradiction) >= 1);
}

#[test]
fn the_other_rules_find_what_is_wrong_and_leave_what_is_not() {
    use super::FindingKind::{
        AfterPublication, Duplicate, OutsideOffice, OutsidePartnership, TwoPlaces,
    };
    use crate::model::{
        Office, Participant, Partnership, PartnershipId, Party, PartyId, PartyKind, Place, PlaceId,
        Places, Source, SourceId, Stop,
    };
    let source = |published: &str| Source {
        key: "s".into(),
        title: "Report".into(),
        short: None,
        publisher: None,
        published: Some(When::parse(published).unwrap()),
        url: None,
        about: None,
        note: None,
        background: false,
    };
    let place = |key: &str, lat, lon| Place {
        key: key.into(),
        name: key.into(),
        position: Some((lat, lon)),
        ..Place::default()
    };
    let minister = Party {
        key: "minister".into(),
        name: "The Minister".into(),
        kind: PartyKind::Person,
        offices: Box::new([Office {
            title: "Minister".into(),
            of: None,
            term: Some(When::parse("2020/2024-12-31").unwrap()),
            citation: Citation::default(),
        }]),
        ..Party::default()
    };
    let at = |key: &str, title: &str, date: &str, place: u32| {
        let mut one = engagement(key, &[date], Vec::new());
        one.title = title.into();
        one.dates.make_mut()[0].citation.source = Some(SourceId(0));
        one.places = Places::at(PlaceId(place));
        one.participants = [Participant { party: PartyId(0), role: None }].into();
        one.partnerships = [PartnershipId(0)].into();
        one
    };
    let kinds = |engagements: Vec<Engagement>| -> Vec<super::FindingKind> {
        let data = Dataset::new(DatasetParts {
            title: "test".into(),
            sources: vec![source("2025-06")],
            places: vec![
                place("Phnom Penh", 11.56, 104.93),
                place("Washington", 38.9, -77.04),
                place("Kandal", 11.48, 104.95),
            ],
            parties: vec![minister.clone()],
            partnerships: vec![Partnership {
                key: "p".into(),
                name: "Partnership".into(),
                since: Some(When::parse("2021").unwrap()),
                ..Partnership::default()
            }],
            kinds: vec![Kind { key: "m".into(), name: "M".into(), class: None, slot: 0 }],
            engagements,
            ..DatasetParts::default()
        })
        .unwrap();
        check(&data).findings.iter().map(|finding| finding.kind).collect()
    };
    let a = || at("a", "Talks on trade and transport", "2024-06-04", 0);
    assert_eq!(kinds(vec![a()]), []);
    assert_eq!(kinds(vec![a(), at("b", "Dinner", "2024-06-04", 1)]), [TwoPlaces]);
    assert_eq!(kinds(vec![a(), at("b", "Dinner", "2024-06-04", 2)]), [], "near by");
    let tour = |second: Stop| {
        let mut tour = at("b", "Dinner", "2024-06-04", 1);
        tour.places = [Stop::from(PlaceId(1)), second].into_iter().collect();
        tour
    };
    assert_eq!(kinds(vec![a(), tour(PlaceId(2).into())]), [], "one of its places is near by");
    assert_eq!(kinds(vec![tour(PlaceId(0).into())]), [], "a tour by itself is none");
    let later = Stop { place: PlaceId(2), when: When::parse("2024-06-05").ok() };
    assert_eq!(kinds(vec![a(), tour(later)]), [TwoPlaces], "it was there on another day");
    assert_eq!(kinds(vec![a(), at("b", "Dinner", "2024-06", 1)]), [], "not on one certain day");
    assert_eq!(
        kinds(vec![a(), at("b", "Trade and transport talks", "2024-06-04", 0)]),
        [Duplicate]
    );
    assert_eq!(kinds(vec![at("a", "Talks", "2025-02-01", 0)]), [OutsideOffice]);
    assert_eq!(kinds(vec![at("a", "Talks", "2020-02-01", 0)]), [OutsidePartnership]);
    let mut late = at("a", "Talks", "2025-07-01", 0);
    late.participants = List::default();
    assert_eq!(kinds(vec![late.clone()]), [AfterPublication]);
    late.status = Status::Planned;
    assert_eq!(kinds(vec![late]), [], "what is planned lies ahead");
}

#[test]
fn an_anniversary_has_to_add_up() {
    let found = |dinner: &[&str], beginning: &[&str], years: i32| -> Vec<String> {
        let after = Relation { years: Some(years), ..relation(RelationKind::Anniversary, 1) };
        let data = dataset(vec![
            engagement("dinner", dinner, vec![after]),
            engagement("beginning", beginning, Vec::new()),
        ]);
        let wanted = |finding: &&super::Finding| finding.kind == super::FindingKind::Anniversary;
        let findings = check(&data).findings;
        for finding in findings.iter().filter(wanted) {
            assert_eq!(finding.severity, Severity::Warning);
            assert_eq!(finding.about.len(), 2);
            let texts: Vec<&str> = finding.statements.iter().map(|s| &*s.text).collect();
            assert!(texts[0].starts_with("“dinner” is said to be "), "{texts:?}");
            assert_eq!(texts.len(), 1 + dinner.len() + beginning.len());
        }
        findings.iter().filter(wanted).map(|finding| finding.message.clone()).collect()
    };
    let none: [String; 0] = [];
    assert_eq!(found(&["2022-05-12"], &["1977"], 45), none);
    assert_eq!(
        found(&["2022-05-12"], &["1976"], 45),
        ["“dinner” (2022) is said to be 45 years after “beginning” (1976): that is 46"]
    );
    assert_eq!(
        found(&["1976"], &["1977-12-31"], 1),
        ["“dinner” (1976) is said to be 1 year after “beginning” (1977): that is −1"]
    );
    assert_eq!(found(&["2022-05-12"], &["197X"], 45), none, "one year of a decade fits");
    assert_eq!(
        found(&["2022-05-12"], &["196X"], 45),
        [
            "“dinner” (2022) is said to be 45 years after “beginning” (1960 to 1969): that is 53 to 62"
        ]
    );
    assert_eq!(found(&["2022-05-12"], &["[1976,1977]"], 45), none, "one of two fits");
    assert_eq!(
        found(&["2022-05-12"], &["[1976,1978]"], 45),
        [
            "“dinner” (2022) is said to be 45 years after “beginning” (1976 or 1978): that is 44 or 46"
        ]
    );
    assert_eq!(found(&["2022-05-12"], &["1976", "1977"], 45), none, "one account fits");
    assert_eq!(found(&["2022"], &["197X", "1976"], 45).len(), 1, "the accounts agree on 1976");
    assert_eq!(found(&["2022-05-12"], &["1976~"], 45), none, "room for doubt");
    assert_eq!(found(&["2022-05-12"], &["1976?"], 45), none, "room for doubt");
    assert_eq!(found(&["2022-05-12"], &["1977/.."], 45), none, "since 1977");
    assert_eq!(found(&["2022-05-12"], &["1976/.."], 45).len(), 1, "it has no other beginning");
    assert_eq!(found(&["2022-05-12"], &["1976/1977"], 45), none, "its end");
    assert_eq!(found(&["2022-05-12"], &["[..1977]"], 45), none);
    assert_eq!(
        found(&["2022-05-12"], &["[..1976]"], 45),
        [
            "“dinner” (2022) is said to be 45 years after “beginning” (1976 or earlier): that is 46 or \
             more"
        ]
    );
    assert_eq!(found(&["2022-05-12"], &[], 45), none, "no date");
    assert_eq!(found(&["0036"], &["-0009"], 45), none, "years before the common era");
}

#[test]
fn an_anniversary_ties_nothing_in_time() {
    let after = Relation { years: Some(45), ..relation(RelationKind::Anniversary, 1) };
    let data = dataset(vec![
        engagement("dinner", &["2022"], vec![after]),
        engagement("beginning", &["1976"], Vec::new()),
    ]);
    assert_eq!(components(&data), Vec::<Vec<EngagementId>>::new());
}
