//! Files that are wrong: each is refused or opened with what is good in it, and a message that says
//! where the fault is and what to do. None makes a reader panic.

use std::fs;
use std::path::Path;

use demarche::formats::{OpenError, OpenOptions, Opened, Progress, Severity, open, read};
use proptest::prelude::*;

fn opened(name: &str, bytes: &[u8]) -> Result<Opened, OpenError> {
    read(name, bytes, &OpenOptions::default(), &Progress::default())
}

/// Reads what must be refused; the message, which is one line that starts with the name.
fn refusal(name: &str, bytes: &[u8]) -> String {
    let message = opened(name, bytes).expect_err("it must be refused").to_string();
    assert!(message.starts_with(name), "{message}");
    assert!(!message.contains('\n'), "{message}");
    assert!(!message.contains("column 0"), "columns count from 1: {message}");
    message
}

/// Line, pointer, message and deed of each problem.
fn problems(opened: &Opened) -> Vec<(u64, &str, &str, &str)> {
    let problem = |problem: &'_ demarche::formats::Problem| -> (u64, String) {
        (problem.location.row.unwrap_or(0), problem.location.pointer.clone().unwrap_or_default())
    };
    let all = opened.report.problems.iter();
    let places: Vec<_> = all.clone().map(problem).collect();
    assert!(places.windows(2).all(|pair| pair[0].0 <= pair[1].0), "not in the order of the file");
    all.map(|problem| {
        (
            problem.location.row.unwrap_or(0),
            problem.location.pointer.as_deref().unwrap_or(""),
            problem.message.as_str(),
            problem.done.as_str(),
        )
    })
    .collect()
}

#[test]
fn what_is_no_dataset_is_refused_with_what_to_do() {
    for (name, bytes, parts) in [
        ("a.json", &b""[..], &["empty", ".csv"][..]),
        ("a.json", b" \n ", &["blank"]),
        ("a.json", b"{}", &["line 1", "\"format\": \"demarche/1\"", "data-format.md"]),
        ("a.json", b"[1, 2]", &["must be an object"]),
        ("a.json", b"{\n\"format\": \"demarche/9\"}", &["line 2", "demarche/9", "demarche/1"]),
        ("a.json", b"{\n\"format\": 7}", &["line 2", "the format is 7"]),
        ("a.json", b"{\"format\": \"demarche/1\",\n \"parties\": [{\"id\"", &["line 2", "cut off"]),
        ("a.json", b"{\"format\": \"demarche/1\",\n", &["line 2: ", "cut off"]),
        (
            "a.json",
            b"{\"format\": \"demarche/1\",\n oops}",
            &["line 2, column 2", "not valid JSON"],
        ),
        ("a.json", b"{\"format\":\n \"\xFF\"}", &["line 2", "UTF-8"]),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", &["PNG picture", ".csv"]),
        ("a.xlsx", b"PK\x03\x04....xl/workbook.xml", &["spreadsheet", "CSV"]),
        ("a.gz", b"\x1f\x8b\x08\0", &["gzip", "damaged or cut off"]),
        ("a.html", b"<!doctype html>", &["HTML", "CSV"]),
    ] {
        let message = refusal(name, bytes);
        for part in parts {
            assert!(message.contains(part), "“{message}” does not say “{part}”");
        }
    }
}

#[test]
fn a_hundred_thousand_brackets_are_refused_or_skipped() {
    for open in ["[", "{\"a\":"] {
        refusal("deep.json", open.repeat(100_000).as_bytes());
        let close = if open == "[" { "]" } else { "}" };
        let deep = format!("{}0{}", open.repeat(100_000), close.repeat(100_000));
        refusal("deep.json", deep.as_bytes());
        for inside in ["\"parties\"", "\"title\"", "\"x\""] {
            let text = format!("{{\"format\": \"demarche/1\", {inside}: [{deep}]}}");
            let opened = opened("deep.json", text.as_bytes()).expect("the rest can be used");
            assert_eq!(opened.report.problems.len(), 1);
        }
    }
}

#[test]
fn json_opens_in_every_unicode_encoding() {
    let text = "{\"format\": \"demarche/1\", \"title\": \"ភ្នំពេញ\"}";
    let mut marked = b"\xEF\xBB\xBF".to_vec();
    marked.extend(text.bytes());
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut big = b"\xFE\xFF".to_vec();
    big.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    for bytes in [text.as_bytes(), &marked, &little, &big] {
        let opened = opened("a.json", bytes).expect("a dataset");
        assert_eq!(opened.dataset.title(), "ភ្នំពេញ", "{:?}", opened.report.notes);
    }
}

#[test]
fn tables_that_are_wrong_are_refused_or_opened_with_every_row_accounted_for() {
    for (name, bytes) in [("a.csv", &b"title,date\n"[..]), ("a.tsv", b"title\tdate\r\n\r\n")] {
        assert!(refusal(name, bytes).contains("no rows"));
    }
    refusal("a.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    let open = opened("a.csv", b"title,date\nOne,2024-01-02\n\"Two,2024-01-03\nThree,2024-01-04\n");
    let open = open.expect("the good rows");
    assert!(open.dataset.engagements().len() < 3);
    assert!(!open.report.problems.is_empty(), "the quote that is never closed must be said");
    let row = open.report.problems[0].location.row;
    assert!(row.is_some_and(|row| row >= 2), "{:?}", open.report.problems);

    let headings: Vec<String> = (0..998).map(|i| format!("c{i}")).collect();
    let values: Vec<String> = (0..998).map(|i| i.to_string()).collect();
    let wide = format!("title,date,{}\nOne,2024-01-02,{}\n", headings.join(","), values.join(","));
    let open = opened("wide.csv", wide.as_bytes()).expect("a wide table");
    assert_eq!(open.dataset.engagements().len(), 1);
    assert_eq!(open.mapping.map(|mapping| mapping.columns.len()), Some(1000));

    let text = "title,date\nសៀមរាប,2024-01-02\n";
    let mut utf16 = b"\xFF\xFE".to_vec();
    utf16.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    let open = opened("a.csv", &utf16).expect("a table in UTF-16");
    assert_eq!(&*open.dataset.engagements()[0].title, "សៀមរាប");
    assert_eq!(open.report.problems, []);
}

#[test]
fn files_that_are_not_there_or_no_files_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let fail = |path: &Path| {
        open(path, &OpenOptions::default(), &Progress::default())
            .expect_err("it cannot be opened")
            .to_string()
    };
    assert!(fail(folder.path()).contains("this is a folder"));
    assert!(fail(&folder.path().join("missing.csv")).contains("no such file"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let secret = folder.path().join("secret.json");
        fs::write(&secret, "{}").expect("a file");
        fs::set_permissions(&secret, fs::Permissions::from_mode(0o000)).expect("permissions");
        // The superuser may read everything.
        if fs::File::open(&secret).is_err() {
            assert!(fail(&secret).contains("no permission"));
        }
    }
}

#[test]
fn reading_stops_when_it_is_cancelled() {
    let progress = Progress::default();
    progress.cancel();
    let text = br#"{"format": "demarche/1", "topics": [{"id": "a", "name": "A"}]}"#;
    let error = read("a.json", text, &OpenOptions::default(), &progress).expect_err("cancelled");
    assert_eq!(error, OpenError::Cancelled { file: "a.json".to_owned() });
}

#[test]
fn good_records_open_beside_bad_ones_and_every_fault_has_its_line() {
    let text = r#"{
  "format": "demarche/1",
  "colour": "red",
  "sources": [{"id": "S1", "title": "One", "published": "May 2022"}],
  "places": [
    {"id": "a", "name": "A", "lat": 91, "lon": 0},
    {"id": "b", "name": "B", "lat": 10}
  ],
  "parties": [
    {"id": "x", "name": "X", "kind": "state"},
    {"id": "x", "name": "Again"},
    {"id": "y", "name": "Y", "kind": "planet"},
    {"name": "Nameless"},
    {"id": "z", "name": "Z", "part_of": ["x", "q"], "seat": "a"}
  ],
  "kinds": [{"id": "meeting", "name": "Meeting"}],
  "engagements": [
    {
      "id": "e1",
      "title": "First",
      "kind": "meeting",
      "dates": [
        {"date": 2024},
        {"date": "2024-02-30"},
        {"date": "2024-02", "source": "S9"}
      ],
      "participants": [{"party": "x"}, {"party": "nobody"}],
      "relations": [{"kind": "after", "to": "e1"}, {"kind": "near", "to": "e2"}]
    },
    {"id": "e2", "title": "Second", "kind": "party", "titel": "Second"},
    7
  ]
}"#;
    let opened = opened("bad.json", text.as_bytes()).expect("the good records");
    let dataset = &opened.dataset;
    assert_eq!((dataset.parties().len(), dataset.engagements().len()), (3, 2));
    assert_eq!((opened.report.rows, opened.report.engagements), (3, 2));
    let first = &dataset.engagements()[0];
    assert_eq!(first.dates.len(), 1);
    assert_eq!(first.dates[0].when.edtf(), "2024-02");
    assert_eq!((first.participants.len(), first.relations.len()), (1, 1));
    let found = problems(&opened);
    let expected = [
        (3, "/colour", "unknown field `colour`", "field left out"),
        (4, "/sources/0/published", "write 2022-05", "read as 2022-05"),
        (6, "/places/0/lat", "91 is not on the globe", "coordinates left out"),
        (7, "/places/1/lat", "lon is missing", "coordinates left out"),
        (11, "/parties/1/id", "“x” is already used", "record left out"),
        (12, "/parties/2/kind", "unknown variant `planet`", "value left out"),
        (13, "/parties/3", "missing field `id`", "record left out"),
        (14, "/parties/4/part_of/1", "“q” in parties", "entry left out"),
        (23, "/engagements/0/dates/0/date", "invalid type: integer", "entry left out"),
        (24, "/engagements/0/dates/1/date", "“2024-02-30”", "date left out"),
        (25, "/engagements/0/dates/2/source", "“S9” in sources", "source left out"),
        (27, "/engagements/0/participants/1/party", "“nobody”", "participant left out"),
        (28, "/engagements/0/relations/1/kind", "unknown variant `near`", "entry left out"),
        (30, "/engagements/1/titel", "unknown field `titel`", "field left out"),
        (30, "/engagements/1/kind", "“party” in kinds", "a kind of that name was added"),
        (31, "/engagements/2", "invalid type: integer `7`", "record left out"),
    ];
    let pointers: Vec<_> = found.iter().map(|found| (found.0, found.1)).collect();
    for (line, pointer, part, done) in expected {
        let there = found.iter().find(|found| found.1 == pointer);
        let Some(there) = there else { panic!("nothing at {pointer}: {pointers:?}") };
        assert_eq!((there.0, there.3), (line, done), "{there:?}");
        assert!(there.2.contains(part), "{there:?}");
    }
    assert_eq!(found.len(), expected.len(), "{pointers:?}");
    assert_eq!(opened.report.count(Severity::Error), expected.len() - 1);
    assert_eq!(dataset.sources()[0].published.as_ref().unwrap().edtf(), "2022-05");
}

#[test]
fn a_field_written_twice_is_pointed_out() {
    let text = br#"{"format": "demarche/1", "topics": [{"id": "a", "name": "A", "name": "B"}]}"#;
    let opened = opened("a.json", text).expect("a dataset");
    assert_eq!(&*opened.dataset.topics()[0].name, "B");
    let found = problems(&opened);
    assert_eq!(found.len(), 1);
    assert!(found[0].2.contains("duplicate field `name`"), "{found:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_bytes_make_a_reader_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
        name in prop_oneof![Just("a.json"), Just("a.csv"), Just("a")],
    ) {
        let _ = opened(name, &bytes);
    }

    /// Bytes that are JSON until one of them is not.
    #[test]
    fn no_damage_to_a_dataset_makes_a_reader_panic(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = br#"{"format":"demarche/1","title":"T","parties":[{"id":"x","name":"X",
            "part_of":["x"],"offices":[{"title":"O","term":"2022/.."}]}],"engagements":[{"id":"e",
            "title":"E","dates":[{"date":"2022?-05","words":"May"},{"date":1}],"extras":{"a":"b"},
            "relations":[{"kind":"after","to":"e","least":1}]}]}"#.to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = opened("a.json", &bytes);
        let cut = cut.index(bytes.len());
        let _ = opened("a.json", &bytes[..cut]);
    }
}

/// Files as they are in the world, one of each sort that is told apart.
fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let table = include_bytes!("../data/examples/visits-and-talks.csv").to_vec();
    let native = include_bytes!("../data/southeast-asia-partnerships.json");
    let lines = b"{\"format\": \"demarche/1\", \"parties\": [{\"id\": \"l\", \"name\": \"Laos\"}]}\n\
        {\"id\": \"a\", \"title\": \"Talks\", \"dates\": [{\"date\": \"2024-06\"}]}\n\
        {\"id\": \"b\", \"title\": \"More\", \"relations\": [{\"kind\": \"after\", \"to\": \"a\"}]}\n";
    let gexf = br#"<?xml version="1.0" encoding="UTF-8"?>
        <gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
        <meta lastmodifieddate="2024-01-01"><creator>x</creator></meta>
        <graph defaultedgetype="undirected" mode="dynamic" timeformat="date">
        <attributes class="node"><attribute id="0" title="kind" type="string"/></attributes>
        <nodes><node id="a" label="A"><attvalues><attvalue for="0" value="state"/></attvalues>
        <viz:color r="1" g="2" b="3"/><viz:position x="1" y="2" z="0"/><viz:size value="3"/>
        <nodes><node id="c" label="C"/></nodes></node><node id="b" label="B" start="2001"/></nodes>
        <edges><edge id="0" source="a" target="b" weight="2.5" type="directed">
        <spells><spell start="2001-01-01" end="2002-01-01"/><spell start="2005"/></spells></edge>
        <edge id="1" source="a" target="c"/></edges></graph></gexf>"#;
    let graphml = br#"<?xml version="1.0"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns">
        <key id="d0" for="edge" attr.name="weight" attr.type="double"><default>1</default></key>
        <key id="d1" for="node" attr.name="label" attr.type="string"/>
        <graph edgedefault="directed"><node id="a"><data key="d1">A</data></node><node id="b"/>
        <edge source="a" target="b"><data key="d0">2</data></edge></graph></graphml>"#;
    let quadruples =
        "North_Korea\tMake statement\tJapan\t2014-01-01\nChina\tConsult\tLaos\t2014-01-02\n";
    let text = String::from_utf8_lossy(&table).into_owned();
    let utf16 = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes));
    vec![
        ("a.csv", table.clone()),
        ("a.tsv", text.replace(',', "\t").into_bytes()),
        ("a.csv", utf16.collect()),
        ("a.json", native[..6_000].to_vec()),
        ("a.json", native.to_vec()),
        ("a.jsonl", lines.to_vec()),
        ("a.gexf", gexf.to_vec()),
        ("a.graphml", graphml.to_vec()),
        ("a.txt", quadruples.repeat(6).into_bytes()),
    ]
}

/// A change as damage and hurried hands make it, at a share of the file.
#[derive(Clone, Debug)]
enum Damage {
    Byte(f64, u8),
    Cut(f64),
    Remove(f64, usize),
    Repeat(f64, usize),
    Insert(f64, &'static str),
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = || 0.0..1.0_f64;
    let odd = prop::sample::select(vec![
        "\"",
        "\0",
        "\n",
        "\r",
        ",",
        ";",
        "\t",
        "<",
        ">",
        "&",
        "</graph>",
        "<node>",
        "{",
        "}",
        "[",
        "]",
        "\u{202E}",
        "\u{FEFF}",
        "9999999999999999999",
        "-1",
        "NaN",
        "1e400",
        "2024-02-30",
        "/..",
        "~?%",
        "-999999999-01-01",
        "(",
        ")",
        "|",
        "\\u0000",
        "null",
        "&#x0;",
        "]]>",
        "<!--",
        "=cmd()",
    ]);
    prop_oneof![
        (at(), any::<u8>()).prop_map(|(at, byte)| Damage::Byte(at, byte)),
        at().prop_map(Damage::Cut),
        (at(), 1..200_usize).prop_map(|(at, count)| Damage::Remove(at, count)),
        (at(), 1..200_usize).prop_map(|(at, count)| Damage::Repeat(at, count)),
        (at(), odd).prop_map(|(at, text)| Damage::Insert(at, text)),
    ]
}

fn damaged(mut bytes: Vec<u8>, all: &[Damage]) -> Vec<u8> {
    for one in all {
        let place = |share: &f64| (share * bytes.len() as f64) as usize;
        match one {
            Damage::Byte(at, byte) => {
                let at = place(at);
                if let Some(there) = bytes.get_mut(at) {
                    *there = *byte;
                }
            }
            Damage::Cut(at) => bytes.truncate(place(at)),
            Damage::Remove(at, count) => {
                let at = place(at);
                bytes.drain(at..(at + count).min(bytes.len()));
            }
            Damage::Repeat(at, count) => {
                let at = place(at);
                let part = bytes[at..(at + count).min(bytes.len())].to_vec();
                bytes.splice(at..at, part);
            }
            Damage::Insert(at, text) => {
                let at = place(at);
                bytes.splice(at..at, text.bytes());
            }
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Whatever opens can be checked, counted and written as well.
    #[test]
    fn no_damage_to_a_file_of_any_sort_makes_a_reader_panic(
        changes in proptest::collection::vec(damage(), 1..6),
    ) {
        for (name, bytes) in samples() {
            let bytes = damaged(bytes, &changes);
            match opened(name, &bytes) {
                Ok(opened) => {
                    let problems = &opened.report.problems;
                    prop_assert!(problems.iter().all(|one| !one.message.is_empty()));
                    let dataset = &opened.dataset;
                    let _ = demarche::model::check::check(dataset);
                    let _ = demarche::query::Columns::new(dataset);
                    prop_assert!(!demarche::formats::table::write(dataset).is_empty());
                    prop_assert!(!demarche::formats::native::write(dataset).is_empty());
                }
                Err(error) => {
                    let message = error.to_string();
                    prop_assert!(message.starts_with(name) && !message.contains('\n'), "{message}");
                }
            }
        }
    }
}
