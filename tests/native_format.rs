//! The native format: its schema and its documentation are current, and writing loses nothing.

use std::fs;
use std::path::{Path, PathBuf};

use demarche::formats::{OpenOptions, Opened, Progress, native, read};
use demarche::model::{
    Amount, Citation, Dataset, DatasetParts, DateClaim, Engagement, EngagementId, Evidence,
    FieldId, Kind, KindId, Ladder, LadderId, Level, Member, Name, Office, Outcome, Participant,
    Partnership, PartnershipId, Party, PartyId, PartyKind, Place, PlaceId, Relation, RelationKind,
    RoleId, Source, SourceId, Status, Stop, Term, Text, Topic, TopicId, When,
};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::Index;

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}

fn opened(text: &str) -> Opened {
    read("a.json", text.as_bytes(), &OpenOptions::default(), &Progress::default())
        .expect("a dataset that can be opened")
}

/// The JSON documents in the documentation.
fn examples() -> Vec<String> {
    let text = fs::read_to_string(docs().join("data-format.md")).expect("the documentation");
    let blocks = text.split("```json\n").skip(1).map(|rest| rest.split("```").next().unwrap_or(""));
    blocks.filter(|block| block.contains("\"format\"")).map(str::to_owned).collect()
}

#[test]
fn the_schema_is_current() {
    let path = docs().join("demarche-1.schema.json");
    let schema = native::schema();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &schema).expect("docs can be written");
    }
    let there = fs::read_to_string(&path).unwrap_or_default();
    assert!(there == schema, "run UPDATE_DOCS=1 cargo test --test native_format");
}

#[test]
fn the_worked_examples_open_without_problems_and_follow_the_schema() {
    let schema = serde_json::from_str(&native::schema()).expect("the schema is JSON");
    let schema = jsonschema::validator_for(&schema).expect("the schema is one");
    let examples = examples();
    assert!(!examples.is_empty(), "the documentation has no worked example");
    for example in examples {
        let opened = opened(&example);
        assert_eq!(opened.report.problems, [], "in the documentation");
        assert!(!opened.dataset.engagements().is_empty());
        let json = serde_json::from_str(&example).expect("JSON");
        let errors: Vec<String> = schema.iter_errors(&json).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
}

#[test]
fn the_built_in_dataset_follows_the_schema_and_survives_writing() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/southeast-asia-partnerships.json");
    let text = fs::read_to_string(path).expect("the built-in dataset");
    let schema = serde_json::from_str(&native::schema()).expect("the schema is JSON");
    let schema = jsonschema::validator_for(&schema).expect("the schema is one");
    let json = serde_json::from_str(&text).expect("JSON");
    let errors: Vec<String> = schema.iter_errors(&json).map(|e| e.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let opened = self::opened(&text);
    assert_eq!(opened.report.problems, []);
    let written = native::write(&opened.dataset);
    let again = self::opened(&written).dataset;
    assert!(again == opened.dataset);
    assert_eq!(native::write(&again), written);
}

#[test]
fn the_schema_refuses_what_the_reader_complains_of() {
    let schema = serde_json::from_str(&native::schema()).expect("the schema is JSON");
    let schema = jsonschema::validator_for(&schema).expect("the schema is one");
    for wrong in [
        r#"{"format": "demarche/2"}"#,
        r#"{"title": "No format"}"#,
        r#"{"format": "demarche/1", "colour": "red"}"#,
        r#"{"format": "demarche/1", "parties": [{"id": "x"}]}"#,
        r#"{"format": "demarche/1", "parties": [{"id": "x", "name": "X", "kind": "planet"}]}"#,
        r#"{"format": "demarche/1", "places": [{"id": "x", "name": "X", "lat": 91, "lon": 1}]}"#,
        r#"{"format": "demarche/1", "engagements": [{"id": "x", "title": "X", "relations": [
            {"kind": "anniversary", "to": "x", "years": 0}]}]}"#,
    ] {
        let json = serde_json::from_str(wrong).expect("JSON");
        assert!(!schema.is_valid(&json), "{wrong}");
        let read = read("a.json", wrong.as_bytes(), &OpenOptions::default(), &Progress::default());
        assert!(read.map_or(true, |opened| !opened.report.problems.is_empty()), "{wrong}");
    }
}

#[test]
fn a_date_keeps_what_was_said_of_it() {
    let text = r#"{"format": "demarche/1",
        "sources": [{"id": "s", "title": "S", "published": {"date": "2022-05", "words": "in May"}}],
        "engagements": [{"id": "e", "title": "E", "dates": [
            {"date": "2024-06-05/2024-06-09", "sometime": true, "words": "that week",
             "source": "s", "evidence": "inferred", "quote": "week", "note": "unclear"}]}]}"#;
    let dataset = opened(text).dataset;
    let claim = &dataset.engagements()[0].dates[0];
    assert_eq!(
        claim.when,
        When::parse("2024-06-05/2024-06-09").unwrap().sometime().with_words("that week")
    );
    assert_eq!(claim.citation.evidence, Evidence::Inferred);
    assert_eq!(claim.citation.source, Some(SourceId(0)));
    assert_eq!(dataset.kinds()[0].name.as_ref(), "Other");
    assert_eq!(opened(&native::write(&dataset)).dataset, dataset);
}

/// Numbers of rows in each table, to draw ids from.
#[derive(Clone, Copy, Debug)]
struct Sizes {
    sources: usize,
    places: usize,
    parties: usize,
    ladders: usize,
    partnerships: usize,
    engagements: usize,
}

fn text() -> impl Strategy<Value = Box<str>> {
    prop_oneof![
        "[a-z]{1,6}",
        Just("ភ្នំពេញ “…” \\ \" \u{7f}".to_owned()),
        Just("two\nlines\t".to_owned()),
        Just(String::new()),
        "\\PC{0,8}",
    ]
    .prop_map(Into::into)
}

fn when() -> impl Strategy<Value = When> {
    let edtf = prop::sample::select(vec![
        "2024-06-04",
        "2024-06",
        "2022?",
        "2022?-05-27",
        "2024-06-05/2024-06-06",
        "../2024-12-10",
        "2024-06-06/",
        "198X",
        "[2022-05-12,2022-05-14]",
        "{2011,2019}",
        "2024~",
        "2024-21",
    ]);
    (edtf, any::<bool>(), of(text())).prop_map(|(edtf, sometime, words)| {
        let when = When::parse(edtf).expect("EDTF");
        let when = if sometime { when.sometime() } else { when };
        match words {
            Some(words) => when.with_words(&words),
            None => when,
        }
    })
}

fn pick(index: &Index, size: usize) -> Option<usize> {
    (size > 0).then(|| index.index(size))
}

fn citation(sizes: Sizes) -> impl Strategy<Value = Citation> {
    (of(any::<Index>()), prop::sample::select(&Evidence::ALL[..]), of(text()), of(text())).prop_map(
        move |(source, evidence, quote, note)| Citation {
            source: source.and_then(|at| pick(&at, sizes.sources)).map(SourceId::at),
            evidence,
            quote,
            note,
        },
    )
}

fn some<T: std::fmt::Debug>(one: impl Strategy<Value = T>) -> impl Strategy<Value = Box<[T]>> {
    prop::collection::vec(one, 0..3).prop_map(Into::into)
}

fn names() -> impl Strategy<Value = Box<[Name]>> {
    some((text(), text()).prop_map(|(text, lang)| Name { text, lang }))
}

fn rows<T: std::fmt::Debug>(
    size: usize,
    one: impl Strategy<Value = T>,
) -> impl Strategy<Value = Vec<T>> {
    prop::collection::vec(one, size)
}

fn source() -> impl Strategy<Value = Source> {
    let texts = (text(), of(text()), of(text()), of(text()), of(text()), of(text()));
    (texts, of(when()), any::<bool>()).prop_map(
        |((title, short, publisher, url, about, note), published, background)| Source {
            key: Box::default(),
            title,
            short,
            publisher,
            published,
            url,
            about,
            note,
            background,
        },
    )
}

fn place(sizes: Sizes) -> impl Strategy<Value = Place> {
    let position = (-90.0..=90.0_f64, -180.0..=180.0_f64);
    (text(), names(), of(position), of(any::<Index>()), of(text()), some(citation(sizes))).prop_map(
        move |(name, other_names, position, state, note, citations)| Place {
            key: Box::default(),
            name,
            other_names,
            position,
            state: state.and_then(|at| pick(&at, sizes.parties)).map(PartyId::at),
            note,
            citations,
        },
    )
}

fn party(sizes: Sizes) -> impl Strategy<Value = Party> {
    let office = (text(), of(any::<Index>()), of(when()), citation(sizes)).prop_map(
        move |(title, of, term, citation)| Office {
            title,
            of: of.and_then(|at| pick(&at, sizes.parties)).map(PartyId::at),
            term,
            citation,
        },
    );
    let texts = (text(), of(text()), of(text()), of(text()), some(text()));
    let kind = prop::sample::select(&PartyKind::ALL[..]);
    let existed = of(when());
    let rest = (of(any::<Index>()), some(office), some(citation(sizes)), existed);
    (texts, kind, names(), rest).prop_map(
        move |(texts, kind, other_names, (seat, offices, citations, existed))| {
            let (name, short, iso, note, aliases) = texts;
            Party {
                key: Box::default(),
                name,
                short,
                kind,
                other_names,
                aliases,
                iso,
                part_of: Box::default(),
                seat: seat.and_then(|at| pick(&at, sizes.places)).map(PlaceId::at),
                existed,
                offices,
                note,
                citations,
            }
        },
    )
}

fn partnership(sizes: Sizes) -> impl Strategy<Value = Partnership> {
    let party = move |at: &Index| PartyId::at(at.index(sizes.parties));
    let member = (any::<Index>(), of(text()), of(when()), citation(sizes)).prop_map(
        move |(at, role, term, citation)| Member { party: party(&at), role, term, citation },
    );
    let term = (any::<Index>(), text(), of(when()), citation(sizes)).prop_map(
        move |(at, role, term, citation)| Term { party: party(&at), role, term, citation },
    );
    let rung = of((any::<Index>(), of(0..3_u16)));
    let level = (text(), rung, of(when()), any::<bool>(), citation(sizes)).prop_map(
        move |(label, rung, term, planned, citation)| {
            let rung = rung.and_then(|(at, rank)| Some((pick(&at, sizes.ladders)?, rank)));
            Level {
                label,
                ladder: rung.map(|(ladder, _)| LadderId::at(ladder)),
                rank: rung.and_then(|(_, rank)| rank),
                term,
                planned,
                citation,
            }
        },
    );
    let lists = (some(member), some(level), some(term), some(citation(sizes)));
    (text(), of(text()), of(when()), of(text()), lists).prop_map(
        |(name, short, since, note, (members, levels, terms, citations))| Partnership {
            key: Box::default(),
            name,
            short,
            members,
            levels,
            terms,
            since,
            part_of: None,
            note,
            citations,
        },
    )
}

fn engagement(sizes: Sizes) -> impl Strategy<Value = Engagement> {
    const RELATIONS: [RelationKind; 11] = [
        RelationKind::Before,
        RelationKind::After,
        RelationKind::Within,
        RelationKind::Contains,
        RelationKind::SameDay,
        RelationKind::DayAfter,
        RelationKind::MonthBefore,
        RelationKind::SameYear,
        RelationKind::NextAfter,
        RelationKind::Prepares,
        RelationKind::Anniversary,
    ];
    let claim = (when(), citation(sizes)).prop_map(|(when, citation)| DateClaim { when, citation });
    let participant = (any::<Index>(), of(0..3_u32)).prop_map(move |(at, role)| Participant {
        party: PartyId::at(at.index(sizes.parties)),
        role: role.map(RoleId),
    });
    let value = prop_oneof![any::<f64>().prop_filter("finite", |v| v.is_finite()), Just(12e6)];
    let amount = (value, text()).prop_map(|(value, unit)| Amount { value, unit });
    let outcome = (text(), of(amount), of(when()), citation(sizes))
        .prop_map(|(text, amount, when, citation)| Outcome { text, amount, when, citation });
    let gap = || of(any::<i32>());
    let kind = (prop::sample::select(&RELATIONS[..]), 1..=9999_i32);
    let relation = (kind, any::<Index>(), gap(), gap(), citation(sizes)).prop_map(
        move |((kind, years), to, least, most, citation)| Relation {
            kind,
            to: EngagementId::at(to.index(sizes.engagements)),
            least,
            most,
            years: (kind == RelationKind::Anniversary).then_some(years),
            citation,
        },
    );
    let texts = (text(), of(text()), of(text()), of(text()));
    let stops = prop::collection::vec((any::<Index>(), of(when())), 0..4);
    let refs = (any::<Index>(), stops, of(any::<Index>()), of(any::<Index>()));
    let extra = (0..3_u32, text()).prop_map(|(field, text)| (FieldId(field), text));
    let lists = (some(claim), some(participant), some(outcome), some(relation), some(extra));
    let status = prop::sample::select(&Status::ALL[..]);
    (texts, refs, lists, status, some(citation(sizes))).prop_map(
        move |(
            (title, short, form, note),
            (kind, stops, partnership, topic),
            lists,
            status,
            citations,
        )| {
            let (dates, participants, outcomes, relations, extras) = lists;
            let partnership = partnership.and_then(|at| pick(&at, sizes.partnerships));
            Engagement {
                key: Text::default(),
                title: title.into(),
                short: short.map(Into::into),
                kind: KindId::at(kind.index(3)),
                form: form.map(Into::into),
                status,
                dates: dates.into(),
                places: stops
                    .into_iter()
                    .filter_map(|(at, when)| Some((pick(&at, sizes.places)?, when)))
                    .map(|(at, when)| Stop { place: PlaceId::at(at), when })
                    .collect(),
                participants: participants.into(),
                partnerships: partnership.map(PartnershipId::at).into_iter().collect(),
                topics: topic.map(|at| TopicId::at(at.index(3))).into_iter().collect(),
                outcomes: outcomes.into(),
                relations: relations.into(),
                citations: citations.into(),
                note: note.map(Into::into),
                extras: extras.into_iter().map(|(field, value)| (field, value.into())).collect(),
            }
        },
    )
}

/// Datasets in which every table refers to every other.
fn dataset() -> impl Strategy<Value = Dataset> {
    (0..3_usize, 0..3_usize, 1..4_usize, 0..2_usize, 0..3_usize, 0..5_usize)
        .prop_map(|(sources, places, parties, ladders, partnerships, engagements)| Sizes {
            sources,
            places,
            parties,
            ladders,
            partnerships,
            engagements,
        })
        .prop_flat_map(|sizes| {
            let tables = (
                rows(sizes.sources, source()),
                rows(sizes.places, place(sizes)),
                rows(sizes.parties, party(sizes)),
                rows(sizes.ladders, some(citation(sizes))),
                rows(sizes.partnerships, partnership(sizes)),
                rows(sizes.engagements, engagement(sizes)),
            );
            (text(), of(text()), tables)
        })
        .prop_map(|(title, note, tables)| {
            let (sources, places, parties, ladders, partnerships, engagements) = tables;
            let mut parts = DatasetParts {
                title,
                note: note.clone(),
                sources,
                places,
                parties,
                ladders: ladders
                    .into_iter()
                    .map(|citations| Ladder {
                        key: Box::default(),
                        name: "L".into(),
                        rungs: ["partner".into(), "strategic".into(), "full".into()].into(),
                        note: note.clone(),
                        citations,
                    })
                    .collect(),
                partnerships,
                kinds: ["meeting", "visit", "other"]
                    .iter()
                    .enumerate()
                    .map(|(at, key)| Kind {
                        key: (*key).into(),
                        name: (*key).into(),
                        class: note.clone(),
                        slot: Kind::slot_for(key, at),
                    })
                    .collect(),
                topics: ["a", "b", "c"]
                    .iter()
                    .map(|key| Topic { key: (*key).into(), name: "T".into() })
                    .collect(),
                roles: ["chair".into(), "Host".into(), "host".into()].into(),
                fields: ["Länge".into(), "".into(), "x/y~".into()].into(),
                engagements,
            };
            parts
                .sources
                .iter_mut()
                .enumerate()
                .for_each(|(i, row)| row.key = format!("S{i}").into());
            parts
                .places
                .iter_mut()
                .enumerate()
                .for_each(|(i, row)| row.key = format!("p {i}").into());
            parts
                .parties
                .iter_mut()
                .enumerate()
                .for_each(|(i, row)| row.key = format!("{i}").into());
            parts
                .ladders
                .iter_mut()
                .enumerate()
                .for_each(|(i, row)| row.key = format!("ល{i}").into());
            let keys = parts.partnerships.iter_mut().enumerate();
            keys.for_each(|(i, row)| row.key = format!("/{i}").into());
            let keys = parts.engagements.iter_mut().enumerate();
            keys.for_each(|(i, row)| row.key = format!("e{i}\"").into());
            Dataset::new(parts).expect("a valid dataset")
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn writing_and_reading_gives_the_same_dataset_and_the_same_bytes(dataset in dataset()) {
        let text = native::write(&dataset);
        let again = opened(&text);
        prop_assert_eq!(&again.report.problems, &[]);
        prop_assert!(again.dataset == dataset, "{}", text);
        prop_assert_eq!(native::write(&again.dataset), text);
    }

    #[test]
    fn json_lines_lose_nothing_either(dataset in dataset()) {
        let lines = |dataset: &Dataset| {
            let mut out = Vec::new();
            native::write_lines(dataset, &mut out).expect("memory takes all");
            String::from_utf8(out).expect("text")
        };
        let text = lines(&dataset);
        prop_assert_eq!(text.lines().count(), 1 + dataset.engagements().len());
        let again = opened(&text);
        prop_assert_eq!(&again.report.problems, &[]);
        prop_assert!(again.dataset == dataset, "{}", text);
        prop_assert_eq!(lines(&again.dataset), text);
    }
}

/// The pointers to everything inside a value.
fn pointers(value: &serde_json::Value, at: &str, out: &mut Vec<String>) {
    let mut inside = |key: String, value: &serde_json::Value| {
        let here = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
        pointers(value, &here, out);
        out.push(here);
    };
    match value {
        serde_json::Value::Object(fields) => {
            fields.iter().for_each(|(key, value)| inside(key.clone(), value));
        }
        serde_json::Value::Array(entries) => {
            entries.iter().enumerate().for_each(|(at, value)| inside(at.to_string(), value));
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Whatever single values are replaced, the rest opens, and every problem leads to a place that
    /// exists and to the line on which it is written.
    #[test]
    fn wrong_values_cost_only_themselves_and_are_found_where_they_stand(
        dataset in dataset(),
        changes in prop::collection::vec((any::<Index>(), 0..7_usize), 1..4),
    ) {
        let mut json: serde_json::Value =
            serde_json::from_str(&native::write(&dataset)).expect("JSON");
        for (at, with) in changes {
            let mut all = Vec::new();
            pointers(&json, "", &mut all);
            all.retain(|pointer| pointer != "/format");
            if all.is_empty() {
                break;
            }
            let wrong = serde_json::from_str(["null", "7", "\"x\"", "[]", "{\"x\":1}", "true", "[[]]"][with]);
            *json.pointer_mut(&all[at.index(all.len())]).expect("a pointer into it") = wrong.expect("JSON");
        }
        let text = serde_json::to_string_pretty(&json).expect("JSON");
        let lines: Vec<&str> = text.lines().collect();
        let opened = opened(&text);
        for problem in &opened.report.problems {
            let pointer = problem.location.pointer.as_deref().expect("a pointer");
            prop_assert!(json.pointer(pointer).is_some(), "{problem:?}\n{text}");
            let row = usize::try_from(problem.location.row.expect("a line")).expect("a line");
            let last = pointer.rsplit('/').next().unwrap_or_default();
            if last.parse::<usize>().is_err() && !last.contains('~') {
                let key = serde_json::to_string(last).expect("JSON");
                prop_assert!(lines[row - 1].trim_start().starts_with(&key), "{problem:?}\n{text}");
            }
        }
        // What was understood is a dataset like any other.
        let again = native::write(&opened.dataset);
        prop_assert_eq!(native::write(&self::opened(&again).dataset), again);
    }
}

#[test]
fn the_documentation_names_every_field() {
    let page = fs::read_to_string(docs().join("data-format.md")).expect("the documentation");
    let schema: serde_json::Value = serde_json::from_str(&native::schema()).expect("JSON");
    let mut tables: Vec<&serde_json::Value> = vec![&schema];
    tables.extend(schema["$defs"].as_object().expect("definitions").values());
    for table in tables {
        for field in table["properties"].as_object().into_iter().flat_map(|fields| fields.keys()) {
            assert!(page.contains(&format!("`{field}`")), "docs/data-format.md lacks `{field}`");
        }
    }
}

#[test]
fn one_place_and_several_are_read_and_what_leads_nowhere_is_told() {
    let text = r#"{"format": "demarche/1", "title": "t",
        "places": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}],
        "engagements": [
            {"id": "one", "title": "One", "place": "a"},
            {"id": "tour", "title": "Tour",
             "places": ["a", {"place": "b", "date": "2009-07-22"}, "zz"]},
            {"id": "both", "title": "Both", "place": "b", "places": ["a"]}]}"#;
    let opened = opened(text);
    let places = |at: usize| -> Vec<String> {
        let stops = opened.dataset.engagements()[at].places.stops();
        let place = |id: PlaceId| &opened.dataset.place(id).key;
        stops.map(|(id, when)| format!("{} {}", place(id), when.map_or("", When::edtf))).collect()
    };
    assert_eq!(places(0), ["a "]);
    assert_eq!(places(1), ["a ", "b 2009-07-22"]);
    assert_eq!(places(2), ["b ", "a "]);
    let pointers: Vec<_> =
        opened.report.problems.iter().filter_map(|p| p.location.pointer.as_deref()).collect();
    assert_eq!(pointers, ["/engagements/1/places/2", "/engagements/2/place"]);
}

#[test]
fn an_anniversary_needs_its_years_and_no_other_relation_has_them() {
    let file = |relation: &str| {
        let text = format!(
            r#"{{"format": "demarche/1", "engagements": [
                {{"id": "a", "title": "A", "relations": [{relation}]}}, {{"id": "b", "title": "B"}}]}}"#
        );
        let opened = opened(&text);
        let problems: Vec<String> = opened
            .report
            .problems
            .iter()
            .map(|one| one.location.pointer.clone().unwrap_or_default().to_string())
            .collect();
        let engagement = &opened.dataset.engagements()[0];
        (problems, engagement.relations.iter().map(|one| one.years).collect::<Vec<_>>())
    };
    let here = "/engagements/0/relations/0";
    let years = format!("{here}/years");
    let kind = |kind: &str, rest: &str| file(&format!(r#"{{"kind": "{kind}", "to": "b"{rest}}}"#));
    assert_eq!(kind("anniversary", r#", "years": 45"#), (vec![], vec![Some(45)]));
    assert_eq!(kind("anniversary", ""), (vec![here.to_owned()], vec![]));
    for wrong in ["0", "10000", "-1"] {
        let rest = format!(r#", "years": {wrong}"#);
        assert_eq!(kind("anniversary", &rest), (vec![years.clone()], vec![]), "{wrong}");
    }
    assert_eq!(kind("after", r#", "years": 45"#), (vec![years], vec![None]));
}
