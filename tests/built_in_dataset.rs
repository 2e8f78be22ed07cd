//! The built-in dataset: every engagement with its dates, kind and sources, and what all of it
//! must satisfy.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;

use demarche::formats::{OpenOptions, Progress, native, read};
use demarche::model::check::{Severity, check};
use demarche::model::when::Shape;
use demarche::model::{
    Citation, Dataset, DateStatus, Engagement, Evidence, Name, PartyKind, RelationKind, Status,
};
use serde_json::Value;

const FILE: &str = "southeast-asia-partnerships.json";
const BYTES: &[u8] = include_bytes!("../data/southeast-asia-partnerships.json");

fn built_in() -> Dataset {
    let opened = read(FILE, BYTES, &OpenOptions::default(), &Progress::default());
    let opened = opened.expect("the built-in dataset opens");
    assert!(opened.report.problems.is_empty(), "{:#?}", opened.report.problems);
    opened.dataset
}

/// Id, dates (`~` before an interval: at some time within it), kind, sources, partnerships.
#[allow(clippy::type_complexity)]
const ENGAGEMENTS: [(&str, &[&str], &str, &[&str], &[&str]); 24] = [
    ("e01", &["2024-06-05/2024-06-06"], "meeting", &["S1"], &["mekong-us"]),
    ("e02", &["2024-06-05/2024-06-06"], "meeting", &["S1"], &["friends-of-the-mekong"]),
    ("e03", &["~2024-06-06/"], "meeting", &["S1"], &["mekong-us"]),
    ("e04", &["2024-12-10"], "meeting", &["S2"], &["cambodia-us"]),
    ("e05", &["2024-12-11"], "statement", &["S2"], &["cambodia-us"]),
    ("e06", &["~2024-11-05/2024-12-10?"], "statement", &["S2"], &["cambodia-us"]),
    ("e07", &["2024-06-04"], "visit", &["S2", "S3"], &["cambodia-us"]),
    ("e08", &["~../2024-12-10?"], "visit", &["S2"], &["cambodia-us"]),
    (
        "e09",
        &["2024-04-27", "~2024-06-05/2024-12-31"],
        "dialogue",
        &["S2", "S3"],
        &["defense-policy-dialogue"],
    ),
    ("e10", &["2024"], "meeting", &["S3"], &["cambodia-us"]),
    ("e11", &["2024"], "meeting", &["S3"], &["cambodia-us"]),
    ("e12", &["2024"], "meeting", &["S3"], &["cambodia-us"]),
    ("e13", &["2011"], "dialogue", &["S3"], &["defense-policy-dialogue"]),
    ("e14", &["2019"], "dialogue", &["S3"], &["defense-policy-dialogue"]),
    ("e15", &["2022?-05-27"], "meeting", &["S4"], &["border-provinces"]),
    ("e16", &["2022?-05-28"], "statement", &["S4"], &["border-provinces"]),
    ("e17", &["2022?-04"], "meeting", &["S4"], &["cambodia-laos"]),
    ("e18", &["2021?-11"], "agreement", &["S4"], &["cambodia-laos"]),
    ("e19", &["2022?-05-29"], "statement", &["S4"], &[]),
    ("e20", &["~../2022?-05-27"], "assistance", &["S4"], &["cambodia-laos"]),
    ("e21", &["2022-05-12"], "summit", &["S5"], &["asean-us"]),
    ("e22", &["2022-11"], "summit", &["S5"], &["asean-us"]),
    ("e23", &["1977"], "milestone", &["S5"], &["asean-us"]),
    ("e24", &["~../2024-12-10?"], "assistance", &["S2"], &["cambodia-us"]),
];

fn engagement<'a>(dataset: &'a Dataset, key: &str) -> &'a Engagement {
    dataset.engagements().iter().find(|row| &*row.key == key).expect("an engagement of that id")
}

/// A date claim as the table above writes it.
fn date(claim: &demarche::model::DateClaim) -> String {
    let mark = if claim.when.shape() == Shape::Sometime { "~" } else { "" };
    format!("{mark}{}", claim.when.edtf())
}

/// Every citation in the dataset, with where it stands.
fn citations(dataset: &Dataset) -> Vec<(String, &Citation)> {
    let mut all: Vec<(String, &Citation)> = Vec::new();
    for row in dataset.places() {
        all.extend(row.citations.iter().map(|c| (format!("place {}", row.key), c)));
    }
    for row in dataset.parties() {
        let offices = row.offices.iter().map(|office| &office.citation);
        all.extend(row.citations.iter().chain(offices).map(|c| (format!("party {}", row.key), c)));
    }
    for row in dataset.ladders() {
        all.extend(row.citations.iter().map(|c| (format!("ladder {}", row.key), c)));
    }
    for row in dataset.partnerships() {
        let members = row.members.iter().map(|member| &member.citation);
        let levels = row.levels.iter().map(|level| &level.citation);
        let terms = row.terms.iter().map(|term| &term.citation);
        let cited = row.citations.iter().chain(members).chain(levels).chain(terms);
        all.extend(cited.map(|c| (format!("partnership {}", row.key), c)));
    }
    for row in dataset.engagements() {
        let dates = row.dates.iter().map(|claim| &claim.citation);
        let outcomes = row.outcomes.iter().map(|outcome| &outcome.citation);
        let relations = row.relations.iter().map(|relation| &relation.citation);
        let cited = row.citations.iter().chain(dates).chain(outcomes).chain(relations);
        all.extend(cited.map(|c| (format!("engagement {}", row.key), c)));
    }
    all
}

#[test]
fn holds_every_engagement_as_the_documents_tell_it() {
    let dataset = built_in();
    let keys: Vec<&str> = dataset.engagements().iter().map(|row| &*row.key).collect();
    assert_eq!(keys, ENGAGEMENTS.map(|row| row.0));
    for (key, dates, kind, sources, partnerships) in ENGAGEMENTS {
        let row = engagement(&dataset, key);
        assert_eq!(row.dates.iter().map(date).collect::<Vec<_>>(), dates, "{key}");
        assert_eq!(&*dataset.kind(row.kind).key, kind, "{key}");
        let cited: BTreeSet<&str> = row
            .citations
            .iter()
            .filter_map(|citation| citation.source)
            .map(|id| dataset.source(id))
            .filter(|source| !source.background)
            .map(|source| &*source.key)
            .collect();
        assert_eq!(cited.into_iter().collect::<Vec<_>>(), sources, "{key}");
        let under: Vec<&str> =
            row.partnerships.iter().map(|&id| &*dataset.partnership(id).key).collect();
        assert_eq!(under, partnerships, "{key}");
        assert!(row.short.is_some(), "{key} has a short title");
        assert!(!row.participants.is_empty(), "{key} has participants");
    }
}

#[test]
fn has_the_tables_of_the_documents() {
    let dataset = built_in();
    assert_eq!(dataset.document_count(), 5);
    assert_eq!(dataset.partnerships().len(), 9);
    assert_eq!(dataset.topics().len(), 18);
    let used: BTreeSet<_> = dataset.engagements().iter().flat_map(|row| &row.topics).collect();
    assert_eq!(used.len(), 18, "every topic is used");
    let planned: Vec<&str> = dataset
        .engagements()
        .iter()
        .filter(|row| row.status == Status::Planned)
        .map(|row| &*row.key)
        .collect();
    assert_eq!(planned, ["e03", "e22"]);
}

#[test]
fn only_the_dialogue_of_2024_is_disputed() {
    let dataset = built_in();
    let disputed: Vec<&str> = dataset
        .engagements()
        .iter()
        .filter(|row| row.date_status() == DateStatus::Disputed)
        .map(|row| &*row.key)
        .collect();
    assert_eq!(disputed, ["e09"]);
}

#[test]
fn relates_engagements_as_the_documents_do() {
    use RelationKind::{
        After, Anniversary, Before, DayAfter, MonthBefore, NextAfter, Prepares, SameYear, Within,
    };
    let dataset = built_in();
    let mut found = Vec::new();
    for row in dataset.engagements() {
        for relation in &row.relations {
            found.push((&*row.key, relation.kind, &*dataset.engagement(relation.to).key));
        }
    }
    assert_eq!(
        found,
        [
            ("e01", Prepares, "e03"),
            ("e03", After, "e01"),
            ("e05", DayAfter, "e04"),
            ("e06", Before, "e04"),
            ("e08", Before, "e04"),
            ("e09", After, "e07"),
            ("e09", SameYear, "e07"),
            ("e09", NextAfter, "e14"),
            ("e10", Within, "e09"),
            ("e11", Within, "e09"),
            ("e12", Within, "e09"),
            ("e16", DayAfter, "e15"),
            ("e17", MonthBefore, "e15"),
            ("e18", Before, "e15"),
            ("e20", Before, "e15"),
            ("e21", Anniversary, "e23"),
            ("e22", After, "e21"),
            ("e24", Before, "e04"),
        ]
    );
}

#[test]
fn states_the_figures_of_the_documents() {
    let dataset = built_in();
    let amounts: Vec<(&str, f64, &str)> = dataset
        .engagements()
        .iter()
        .flat_map(|row| row.outcomes.iter().map(move |outcome| (row, outcome)))
        .filter_map(|(row, outcome)| {
            outcome.amount.as_ref().map(|amount| (&*row.key, amount.value, &*amount.unit))
        })
        .collect();
    assert_eq!(
        amounts,
        [("e04", 12_000_000.0, "USD"), ("e04", 1_000.0, "students"), ("e24", 150.0, "antiquities"),]
    );
}

#[test]
fn cites_a_source_for_every_statement() {
    let dataset = built_in();
    for (at, citation) in citations(&dataset) {
        let source = citation.source.unwrap_or_else(|| panic!("{at} cites no source"));
        let background = citation.evidence == Evidence::Background;
        assert_eq!(dataset.source(source).background, background, "{at}");
    }
    for row in dataset.parties() {
        assert!(!row.citations.is_empty(), "party {} cites a source", row.key);
    }
}

#[test]
fn places_lie_in_their_states() {
    // Generous boxes: south, north, west, east.
    let boxes = [
        ("cambodia", 10.0, 15.0, 102.0, 108.0),
        ("laos", 13.5, 22.6, 100.0, 107.8),
        ("united-states", 24.0, 50.0, -125.0, -66.0),
        ("japan", 24.0, 46.0, 122.0, 146.0),
        ("thailand", 5.5, 20.5, 97.0, 106.0),
        ("viet-nam", 8.0, 23.5, 102.0, 110.0),
        ("myanmar", 9.5, 28.6, 92.0, 101.5),
        ("indonesia", -11.0, 6.0, 95.0, 141.0),
        ("malaysia", 0.8, 7.5, 99.5, 119.5),
        ("brunei", 4.0, 5.1, 114.0, 115.4),
        ("singapore", 1.1, 1.5, 103.5, 104.1),
        ("philippines", 4.5, 21.2, 116.0, 127.0),
        ("timor-leste", -9.6, -8.0, 124.0, 127.4),
    ];
    let dataset = built_in();
    for place in dataset.places() {
        let (lat, lon) = place.position.unwrap_or_else(|| panic!("{} has no position", place.key));
        let state = &*dataset.party(place.state.expect("a state")).key;
        let &(_, south, north, west, east) =
            boxes.iter().find(|row| row.0 == state).unwrap_or_else(|| panic!("a box for {state}"));
        assert!((south..=north).contains(&lat) && (west..=east).contains(&lon), "{}", place.key);
    }
}

#[test]
fn names_are_in_the_script_of_their_language() {
    let dataset = built_in();
    let names: Vec<&Name> = dataset
        .parties()
        .iter()
        .flat_map(|row| &row.other_names)
        .chain(dataset.places().iter().flat_map(|row| &row.other_names))
        .collect();
    for name in &names {
        let script = match &*name.lang {
            "km" => '\u{1780}'..='\u{17ff}',
            "lo" => '\u{0e80}'..='\u{0eff}',
            "th" => '\u{0e00}'..='\u{0e7f}',
            "my" => '\u{1000}'..='\u{109f}',
            "ja" => '\u{4e00}'..='\u{9fff}',
            "vi" | "id" => 'A'..='\u{1eff}',
            other => panic!("a script for {other}"),
        };
        let fits = name.text.chars().all(|letter| letter == ' ' || script.contains(&letter));
        assert!(fits, "{} ({})", name.text, name.lang);
    }
    for state in ["cambodia", "laos", "united-states"] {
        let party = dataset.parties().iter().find(|row| &*row.key == state).expect("the state");
        for lang in ["km", "lo"] {
            assert!(party.other_names.iter().any(|name| &*name.lang == lang), "{state}: {lang}");
        }
    }
}

#[test]
fn states_take_part_wherever_their_people_act_for_them() {
    let dataset = built_in();
    let count = |key: &str| {
        let takes_part = |row: &&Engagement| {
            row.participants.iter().any(|one| &*dataset.party(one.party).key == key)
        };
        dataset.engagements().iter().filter(takes_part).count()
    };
    let counts = ["cambodia", "united-states", "laos", "asean", "hun-sen", "laura-updegrove"];
    assert_eq!(counts.map(count), [21, 16, 5, 3, 4, 4]);
    for party in dataset.parties() {
        match party.kind {
            PartyKind::State => assert_eq!(party.iso.as_deref().map(str::len), Some(3)),
            PartyKind::Person => {
                assert!(!party.offices.is_empty() && !party.part_of.is_empty(), "{}", party.key);
            }
            _ => {}
        }
    }
}

#[test]
fn the_file_is_as_the_program_writes_it() {
    let file = std::str::from_utf8(BYTES).expect("UTF-8");
    assert!(native::write(&built_in()) == file, "save the dataset with the program to bring it in");
}

/// Letters and digits only, in lower case, word by word.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Every text of a JSON document with its pointer.
fn texts(value: &Value, at: &str, out: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => out.push((at.to_owned(), text.clone())),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                texts(item, &format!("{at}/{index}"), out);
            }
        }
        Value::Object(fields) => {
            for (name, item) in fields {
                texts(item, &format!("{at}/{name}"), out);
            }
        }
        _ => {}
    }
}

#[test]
fn copies_no_sentence_of_the_documents() {
    const RUN: usize = 9;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/documents");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: {} is not there", folder.display());
        return;
    };
    let mut runs = HashSet::new();
    for entry in entries {
        let text = std::fs::read_to_string(entry.expect("an entry").path()).expect("a text");
        runs.extend(words(&text).windows(RUN).map(<[String]>::to_vec));
    }
    assert!(runs.len() > 1_000, "the documents were read");
    let mut all = Vec::new();
    texts(&serde_json::from_slice(BYTES).expect("JSON"), "", &mut all);
    // The titles of documents and of a meeting's theme are names and stand as they are.
    let is_name =
        |at: &str| at.starts_with("/sources/") && at.ends_with("/title") || at.ends_with("/theme");
    for (at, text) in all.iter().filter(|(at, _)| !is_name(at)) {
        let copied = words(text).windows(RUN).any(|run| runs.contains(run));
        assert!(!copied, "{at}: {text}");
    }
}

#[test]
fn the_example_table_opens_with_its_uncertain_dates() {
    let name = "visits-and-talks.csv";
    let bytes = include_bytes!("../data/examples/visits-and-talks.csv");
    let opened = read(name, bytes, &OpenOptions::default(), &Progress::default());
    let opened = opened.expect("the example opens");
    assert!(opened.report.problems.is_empty(), "{:#?}", opened.report.problems);
    let rows = opened.dataset.engagements();
    assert_eq!(rows.len(), 12);
    let dates: Vec<&str> = rows.iter().map(|row| row.dates[0].when.edtf()).collect();
    assert!(
        dates.contains(&"2023-06?") && dates.contains(&"2023~") && dates.contains(&"2024-03/..")
    );
    assert!(rows.iter().all(|row| row.participants.len() >= 2));
}

#[test]
fn the_checker_finds_the_one_contradiction_and_nothing_else() {
    let dataset = built_in();
    let found = check(&dataset).findings;
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].severity, Severity::Contradiction);
    let texts: Vec<&str> = found[0].statements.iter().map(|one| &*one.text).collect();
    assert_eq!(
        texts,
        [
            "“Defense Policy Dialogue” is dated 27 April 2024",
            "“Defense Policy Dialogue” came after “Austin visits Cambodia”",
            "“Austin visits Cambodia” is dated 4 June 2024",
        ]
    );
}
