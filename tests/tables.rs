//! Tables as people bring them: what opens with no help, and what is said where it does not.

use std::path::PathBuf;

use demarche::formats::builder::tidy;
use demarche::formats::table::{self, ColumnRole as Role, DayOrder};
use demarche::formats::{DatasetBuilder, OpenError, OpenOptions, Opened, Progress, Severity};
use demarche::model::{
    Citation, Dataset, DateClaim, Engagement, Evidence, List, Outcome, Participant, PartyId,
    PartyKind, Status, When,
};
use proptest::prelude::*;

fn open(name: &str, bytes: &[u8]) -> Opened {
    table::read(name, bytes, &OpenOptions::default(), &Progress::default()).expect("a table")
}

/// A file of the collection beside the project, or `None` with a message where it is not there.
fn shared(path: &str) -> Option<Vec<u8>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(path);
    let bytes = std::fs::read(&path).ok();
    if bytes.is_none() {
        println!("skipped: {} is not there", path.display());
    }
    bytes
}

fn roles(opened: &Opened) -> Vec<Role> {
    let mapping = opened.mapping.as_ref().expect("a table has a mapping");
    mapping.columns.iter().map(|column| column.role).collect()
}

fn problems(opened: &Opened) -> Vec<String> {
    let show = |p: &demarche::formats::Problem| {
        format!(
            "{:?} row {:?} column {:?}: {} ({})",
            p.severity, p.location.row, p.location.column, p.message, p.done
        )
    };
    opened.report.problems.iter().map(show).collect()
}

#[test]
fn travels_of_presidents_and_secretaries_open_with_no_help() {
    let Some(bytes) = shared("us-travels/us_travels_president_secstate.csv") else { return };
    let opened = open("us_travels_president_secstate.csv", &bytes);
    assert_eq!(
        roles(&opened),
        [
            Role::Id,
            Role::ParticipantRole,
            Role::PersonKey,
            Role::Person,
            Role::Start,
            Role::End,
            Role::StateKey,
            Role::State,
            Role::Place,
            Role::Note
        ]
    );
    assert_eq!(problems(&opened), Vec::<String>::new());
    assert_eq!((opened.report.rows, opened.report.engagements), (4271, 4271));
    let data = &opened.dataset;
    assert_eq!(data.engagements().len(), 4271);
    let first = &data.engagements()[0];
    assert_eq!(&*first.key, "1914");
    assert_eq!(&*first.title, "William Henry Seward in Denmark (St. Thomas …)");
    assert_eq!(first.dates[0].when.edtf(), "1866-01-09/1866-01-12");
    assert_eq!(&*data.kind(first.kind).key, "visit");
    let seward = data.party(first.participants[0].party);
    assert_eq!((&*seward.key, seward.kind), ("seward-william-henry", PartyKind::Person));
    let role = first.participants[0].role.expect("a role");
    assert_eq!(&**data.role(role), "secretary");
    let denmark = data.party(first.participants[1].party);
    assert_eq!((&*denmark.key, &*denmark.name), ("denmark", "Denmark"));
    let place = data.place(first.places.first().expect("a place"));
    assert_eq!(place.state, Some(first.participants[1].party));
    assert!(first.note.as_deref().is_some_and(|note| note.starts_with("Met with Danish")));
    // Spellings of one state are one party, found under each.
    let count = |kind| data.parties().iter().filter(|party| party.kind == kind).count();
    assert_eq!((count(PartyKind::Person), count(PartyKind::State)), (55, 177));
    let burma = data.parties().iter().find(|party| &*party.key == "burma").expect("Burma");
    assert!(burma.aliases.iter().any(|alias| &**alias == "Burma (Myanmar)"));
}

#[test]
fn the_mixed_dates_of_treaties_are_read_and_counted() {
    let Some(bytes) = shared("treaties/HUGGO_MEM_additional.csv") else { return };
    let opened = open("HUGGO_MEM_additional.csv", &bytes);
    let begin = opened.report.notes.iter().find(|note| note.starts_with("Dates in “Begin”"));
    let begin = begin.expect("counts of Begin");
    for count in ["5,559 day first", "21 year (", "16 year and month", "11 ISO day"] {
        assert!(begin.contains(count), "{begin}");
    }
    assert_eq!((opened.report.rows, opened.report.engagements), (5608, 745));
    let data = &opened.dataset;
    let gatt = &data.engagements()[0];
    assert_eq!(&*gatt.title, "GATT471947");
    assert_eq!(gatt.dates[0].when.edtf(), "1947-10-30/1996-01-01");
    assert_eq!(&*data.kind(gatt.kind).key, "agreement");
    assert!(gatt.participants.len() > 100, "{}", gatt.participants.len());
    let angola = data.party(gatt.participants[0].party);
    assert_eq!((&*angola.name, angola.kind), ("Angola", PartyKind::State));
}

#[test]
fn members_of_trade_agreements_take_part() {
    let Some(bytes) = shared("treaties/GPTAD.csv") else { return };
    let opened = open("GPTAD.csv", &bytes);
    assert_eq!((opened.report.rows, opened.report.engagements), (352, 352));
    let data = &opened.dataset;
    let aec = &data.engagements()[0];
    assert_eq!((&*aec.title, aec.participants.len()), ("AEC", 51));
    assert_eq!(aec.dates[0].when.edtf(), "1991-06-03");
}

/// Opens a table whose text is given, with options.
fn with(text: &str, options: &OpenOptions) -> Result<Opened, OpenError> {
    table::read("test.csv", text.as_bytes(), options, &Progress::default())
}

fn dates(opened: &Opened) -> Vec<String> {
    let claims = |e: &Engagement| {
        let all: Vec<&str> = e.dates.iter().map(|claim| claim.when.edtf()).collect();
        all.join(" or ")
    };
    opened.dataset.engagements().iter().map(claims).collect()
}

#[test]
fn a_table_is_the_same_in_every_encoding_and_with_every_delimiter() {
    let text =
        "Date,Title,Participants\r\n2024-06-04,\"Visit, with\r\nbreak – é\",\"A (host); B\"\r\n";
    let expected = open("t.csv", text.as_bytes()).dataset;
    let wide = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let mut little = vec![0xFF, 0xFE];
    little.extend(wide(u16::to_le_bytes));
    let ansi = text.replace('–', "\u{96}").chars().map(|c| c as u32 as u8).collect::<Vec<u8>>();
    for bytes in [little, wide(u16::to_le_bytes), wide(u16::to_be_bytes), ansi] {
        assert!(open("t.csv", &bytes).dataset == expected);
    }
    for (delimiter, name) in [("\t", "tabs"), (";", "semicolons"), ("|", "vertical bars")] {
        let text = format!(
            "Date{delimiter}Title{delimiter}Participants\n2024-06-04{delimiter}\"Visit, with\r\n\
             break – é\"{delimiter}\"A (host); B\"\n"
        );
        let opened = open("t.csv", text.as_bytes());
        assert!(opened.dataset == expected, "{delimiter:?}");
        assert!(opened.report.notes.iter().any(|note| note.contains(name)));
    }
    let told = open("t.csv", b"sep=;\nDate;Title\n2024-06-04;a,b,c\n");
    assert_eq!(&*told.dataset.engagements()[0].title, "a,b,c");
}

#[test]
fn bad_rows_are_named_and_the_others_open() {
    let text = "id,date,title,place,note\n\
                1,2024-06-04,A,P,x\n\
                2,2024-06-05,B\n\
                3,2024-06-31,C,P,x\n\
                4,2024-06-07,D,P,x,more\n\
                5,2024-06-08,\"E,P,x\n\
                6,2024-06-09,\"F\",P,x\n\
                ,,,,\n\
                7,2024-06-10,G,P,x\n";
    let opened = open("t.csv", text.as_bytes());
    let rows: Vec<Option<u64>> = opened.report.problems.iter().map(|p| p.location.row).collect();
    assert_eq!(rows, [Some(3), Some(4), Some(5), Some(6), Some(8)], "{:#?}", problems(&opened));
    assert_eq!(opened.report.problems[1].location.column.as_deref(), Some("date"));
    assert_eq!(opened.report.problems[3].location.column.as_deref(), Some("title"));
    assert_eq!((opened.report.rows, opened.report.engagements), (8, 6));
    assert_eq!(opened.report.count(Severity::Error), 2);
    let third = &opened.dataset.engagements()[2];
    assert!(third.dates.is_empty());
    assert_eq!(&*third.extras[0].1, "2024-06-31");
    assert_eq!(&*opened.dataset.engagements()[3].extras[0].1, "more");
}

#[test]
fn what_holds_no_engagements_says_so() {
    let message = |text: &str| match with(text, &OpenOptions::default()) {
        Err(error) => error.to_string(),
        Ok(opened) => format!("opened: {:?}", opened.report),
    };
    assert!(message("").contains("is empty"));
    assert!(message("id,date,title\n").contains("no rows"));
    assert!(
        message("id,date\n1,\"2024\n").contains("row 2: a quote"),
        "{}",
        message("id,date\n1,\"2024\n")
    );
    assert!(message("hello\nworld\n").contains("does not look like a table"));
}

#[test]
fn the_example_of_the_documentation_opens_as_it_says() {
    let page = include_str!("../docs/data-format.md");
    let example = page.split("```csv\n").nth(1).and_then(|rest| rest.split("```").next());
    let opened = open("example.csv", example.expect("an example").as_bytes());
    assert_eq!(problems(&opened), Vec::<String>::new());
    assert_eq!(dates(&opened), ["2024-06-04", "2022-05-27"]);
    let first = &opened.dataset.engagements()[0];
    assert_eq!((first.participants.len(), first.topics.len()), (2, 2));
    assert!(first.participants[0].role.is_some() && first.participants[1].role.is_none());
}

#[test]
fn a_thousand_columns_are_kept() {
    let head: Vec<String> = (0..1000).map(|at| format!("c{at}")).collect();
    let row: Vec<String> = (0..1000).map(|at| format!("v{at}")).collect();
    let text = format!("date,{}\n2024,{}\n", head.join(","), row.join(","));
    let opened = open("t.csv", text.as_bytes());
    assert_eq!(opened.dataset.engagements()[0].extras.len(), 1000);
}

#[test]
fn the_order_of_day_and_month_is_decided_for_the_column_and_can_be_changed() {
    let table = |values: &str| format!("title,date\na,{}\n", values.replace(' ', "\nb,"));
    let plain = OpenOptions::default();
    let decided = with(&table("03/04/2024 25/04/2024"), &plain).expect("a table");
    assert_eq!(dates(&decided), ["2024-04-03", "2024-04-25"]);
    assert!(decided.report.problems.is_empty());
    let decided = with(&table("03/04/2024 04/25/2024"), &plain).expect("a table");
    assert_eq!(dates(&decided), ["2024-03-04", "2024-04-25"]);
    let open = with(&table("03/04/2024 05/06/2024"), &plain).expect("a table");
    assert_eq!(dates(&open), ["2024-04-03", "2024-06-05"]);
    assert_eq!(open.report.count(Severity::Warning), 1, "{:#?}", problems(&open));
    let changed = OpenOptions { day_order: Some(DayOrder::MonthFirst), ..plain };
    let changed = with(&table("03/04/2024 05/06/2024"), &changed).expect("a table");
    assert_eq!(dates(&changed), ["2024-03-04", "2024-05-06"]);
    assert!(changed.report.problems.is_empty());
}

#[test]
fn dates_in_words_and_in_parts_are_read() {
    let words = "title,date\na,May 2022\nb,27 May 2022\nc,2024-06-05/2024-06-06\nd,c. 1977\n";
    let opened = open("t.csv", words.as_bytes());
    assert_eq!(dates(&opened)[..3], ["2022-05", "2022-05-27", "2024-06-05/2024-06-06"]);
    assert_eq!(opened.dataset.engagements()[0].dates[0].when.words(), Some("May 2022"));
    assert!(opened.dataset.engagements()[3].dates[0].when.is_approximate());
    let parts = "statename,styear,stmonth,stday,endyear,endmonth,endday\n\
                 Laos,1955,7,-9,1957,1,2\nChina,1960,-9,-9,-9,-9,-9\n";
    let opened = open("cow.csv", parts.as_bytes());
    assert_eq!(dates(&opened), ["1955-07/1957-01-02", "1960"], "{:?}", roles(&opened));
}

#[test]
fn an_end_before_its_start_keeps_the_start_and_says_so() {
    let text = "title,start,end\na,2024-06-05,2024-06-04\nb,2024-06-05,2024-06-07\n";
    let opened = open("t.csv", text.as_bytes());
    assert_eq!(dates(&opened), ["2024-06-05", "2024-06-05/2024-06-07"]);
    assert_eq!(opened.report.problems[0].location.row, Some(2));
    assert_eq!(opened.report.problems[0].location.column.as_deref(), Some("end"));
}

#[test]
fn an_engagement_of_several_places_is_at_each_of_them() {
    let text = "title,date,place,latitude,longitude,place state\n\
        tour,2024,\"Bangkok; \"\"Hue; Da Nang\"\"; Bangkok\",\"13.75; ; 13.75\",\
        \"100.5; ; 100.5\",\"Thailand; Viet Nam; Thailand\"\n\
        one state,2024,Hue|Vinh,16.46;18.7,107.6;105.7,Viet Nam\n\
        too few,2024,Hue; Vinh,16.46,107.6;105.7,Viet Nam\n";
    let opened = open("t.csv", text.as_bytes());
    let data = &opened.dataset;
    let told = |at: usize| -> Vec<(&str, Option<f64>, &str)> {
        let places = data.engagements()[at].places.iter().map(|id| data.place(id));
        let state = |id: PartyId| &*data.party(id).name;
        places
            .map(|p| (&*p.name, p.position.map(|at| at.0), p.state.map(state).unwrap_or_default()))
            .collect()
    };
    let bangkok = ("Bangkok", Some(13.75), "Thailand");
    assert_eq!(told(0), [bangkok, ("Hue; Da Nang", None, "Viet Nam"), bangkok]);
    assert_eq!(told(1), [("Hue", Some(16.46), "Viet Nam"), ("Vinh", Some(18.7), "Viet Nam")]);
    assert_eq!(told(2).len(), 2);
    let problems = problems(&opened);
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].contains("2 places and 1 number of degrees"), "{problems:?}");
    assert_eq!(opened.report.problems[0].location.row, Some(4));
}

#[test]
fn a_mapping_that_is_given_is_the_one_used() {
    let text = "a,b,c\n2024-06-04,Laos,Vientiane\n";
    let mut mapping = open("t.csv", text.as_bytes()).mapping.expect("a mapping");
    assert_eq!(mapping.columns[0].role, Role::Date);
    mapping.columns[1].role = Role::Participants;
    mapping.columns[2].role = Role::Place;
    mapping.kind = "Visit".to_owned();
    let options = OpenOptions { mapping: Some(mapping.clone()), ..OpenOptions::default() };
    let opened = with(text, &options).expect("a table");
    assert_eq!(opened.mapping.as_ref(), Some(&mapping));
    assert_eq!(opened.preview, [["2024-06-04", "Laos", "Vientiane"]]);
    let only = &opened.dataset.engagements()[0];
    assert_eq!(&*only.title, "Laos in Vientiane");
    assert_eq!(&*opened.dataset.kind(only.kind).name, "Visit");
}

#[test]
fn reading_a_table_stops_when_it_is_cancelled() {
    let mut text = "date,title\n".to_owned();
    text.push_str(&"2024,a\n".repeat(5000));
    let progress = Progress::default();
    progress.cancel();
    let options = OpenOptions::default();
    let result = table::read("t.csv", text.as_bytes(), &options, &progress);
    assert!(matches!(result, Err(OpenError::Cancelled { .. })));
}

/// What a table can hold of a dataset, in words.
fn content(data: &Dataset) -> Vec<String> {
    let source = |c: &Citation| c.source.map(|id| data.source(id).title.clone());
    let describe = |e: &Engagement| {
        let dates: Vec<_> = e
            .dates
            .iter()
            .map(|d| {
                let (c, w) = (&d.citation, &d.when);
                (
                    w.edtf().to_owned(),
                    w.words().map(str::to_owned),
                    w.shape(),
                    source(c),
                    c.evidence,
                    c.note.clone(),
                )
            })
            .collect();
        let place: Vec<_> = e
            .places
            .iter()
            .map(|id| data.place(id))
            .map(|p| (&p.name, p.position, p.state.map(|id| &data.party(id).name)))
            .collect();
        let participants: Vec<_> = e
            .participants
            .iter()
            .map(|p| (&data.party(p.party).name, p.role.map(|role| data.role(role))))
            .collect();
        let partnerships: Vec<_> =
            e.partnerships.iter().map(|id| &data.partnership(*id).name).collect();
        let topics: Vec<_> = e.topics.iter().map(|id| &data.topic(*id).name).collect();
        let outcomes: Vec<_> = e.outcomes.iter().map(|o| &o.text).collect();
        let sources: Vec<_> = e.citations.iter().map(source).collect();
        let extras: Vec<_> = e.extras.iter().map(|(id, value)| (data.field(*id), value)).collect();
        format!(
            "{:?} {:?} {:?} {:?} {:?} {:?} {dates:?} {place:?} {participants:?} {partnerships:?} \
             {topics:?} {outcomes:?} {sources:?} {:?} {extras:?}",
            e.key,
            e.title,
            e.short,
            data.kind(e.kind).name,
            e.form,
            e.status,
            e.note
        )
    };
    data.engagements().iter().map(describe).collect()
}

/// A text with everything that a table might stumble over, never blank.
fn text() -> impl Strategy<Value = String> {
    "[a-zA-Z\"';|,()=+@ \n\téភ-]{0,8}[a-z)\"]".prop_map(|text| tidy(&text))
}

fn date() -> impl Strategy<Value = When> {
    let edtf = prop_oneof![
        Just("2024-06-04"),
        Just("2024-06"),
        Just("1977~"),
        Just("2022-05?"),
        Just("199X"),
        Just("2024-06-05/2024-06-06"),
        Just("2024-06-05/.."),
        Just("2024-06-05/"),
        Just("../2001"),
        Just("[2022..2024]"),
        Just("[2022-05-12,2022-05-14]"),
        Just("{2011,2019}"),
        Just("2024-06-04T10:30:00+07:00"),
        Just("-0044-03-15"),
        Just("2024-21"),
        Just("9999"),
    ];
    (edtf, prop::option::of(text()), any::<bool>()).prop_map(|(edtf, words, sometime)| {
        let mut when = When::parse(edtf).expect("EDTF");
        if sometime {
            when = when.sometime();
        }
        match words {
            Some(words) => when.with_words(&words),
            None => when,
        }
    })
}

#[derive(Clone, Debug)]
struct Row {
    title: String,
    optional: [Option<String>; 3],
    dates: Vec<(When, Option<String>, usize, Option<String>)>,
    places: Vec<u8>,
    participants: Vec<(String, Option<String>)>,
    lists: [Vec<String>; 4],
    status: usize,
    extra: Vec<(usize, String)>,
}

fn row() -> impl Strategy<Value = Row> {
    let list = || prop::collection::vec(text(), 0..3);
    let claim = (date(), prop::option::of(text()), 0..4_usize, prop::option::of(text()));
    (
        (text(), prop::array::uniform3(prop::option::of(text()))),
        prop::collection::vec(claim, 0..3),
        prop::collection::vec(0..4_u8, 0..4),
        prop::collection::vec((text(), prop::option::of(text())), 0..4),
        prop::array::uniform4(list()),
        0..3_usize,
        prop::collection::vec((0..4_usize, text()), 0..2),
    )
        .prop_map(|((title, optional), dates, places, participants, lists, status, extra)| {
            Row { title, optional, dates, places, participants, lists, status, extra }
        })
}

fn dataset(rows: &[Row]) -> Dataset {
    let mut build = DatasetBuilder::new("generated");
    let cite = |source| Citation { source: Some(source), ..Citation::default() };
    for row in rows {
        let dates = row
            .dates
            .iter()
            .map(|(when, source, evidence, note)| DateClaim {
                when: when.clone(),
                citation: Citation {
                    source: source.as_ref().map(|title| build.source(title)),
                    evidence: Evidence::ALL[*evidence],
                    quote: None,
                    note: note.as_deref().map(Into::into),
                },
            })
            .collect();
        let mut place = |number: &u8| {
            let names = ["place, 0", "place; 1", "place) (2", "\"place\" (3)"];
            let id = build.place(names[usize::from(*number)]);
            // Each place always has the same position and state.
            let state = (*number > 1).then(|| build.party("Laos", PartyKind::State));
            let place = &mut build.parts_mut().places[id.index()];
            place.position = (number % 2 == 1).then_some((-17.5, 102.25));
            place.state = state;
            id
        };
        let places = row.places.iter().map(&mut place).collect();
        let mut participants: Vec<Participant> = Vec::new();
        for (name, role) in &row.participants {
            let party = build.party(name, PartyKind::Group);
            let role = role.as_ref().map(|role| build.role(role));
            if participants.iter().all(|p| p.party != party) {
                participants.push(Participant { party, role });
            }
        }
        let mut partnerships: Vec<_> = row.lists[0].iter().map(|n| build.partnership(n)).collect();
        let mut topics: Vec<_> = row.lists[1].iter().map(|n| build.topic(n)).collect();
        let mut sources: Vec<_> = row.lists[3].iter().map(|n| build.source(n)).collect();
        partnerships.sort();
        partnerships.dedup();
        topics.sort();
        topics.dedup();
        sources.sort();
        sources.dedup();
        let mut outcomes = row.lists[2].clone();
        outcomes.sort();
        outcomes.dedup();
        let fields = ["country", "Signature", "2024-06-04", "anything else"];
        let extras =
            row.extra.iter().map(|(at, v)| (build.field(fields[*at]), v.as_str().into())).collect();
        let [short, form, note] = row.optional.clone().map(|text| text.map(Into::into));
        let kind = build.kind(&row.title);
        build.engagement(Engagement {
            key: "".into(),
            title: row.title.as_str().into(),
            short,
            kind,
            form,
            status: Status::ALL[row.status],
            dates,
            places,
            participants: participants.into(),
            partnerships: partnerships.into(),
            topics: topics.into(),
            outcomes: outcomes
                .iter()
                .map(|text| Outcome {
                    text: text.as_str().into(),
                    amount: None,
                    when: None,
                    citation: Citation::default(),
                })
                .collect(),
            relations: List::default(),
            citations: sources.into_iter().map(cite).collect(),
            note,
            extras,
        });
    }
    Dataset::new(build.into_parts()).expect("a valid dataset")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_opens_as_what_it_was(rows in prop::collection::vec(row(), 1..6)) {
        let data = dataset(&rows);
        let mut tabs = Vec::new();
        table::write_to(&data, '\t', &mut tabs).expect("memory takes all");
        let tabs = String::from_utf8(tabs).expect("text");
        for text in [table::write(&data), tabs] {
            let opened = open("generated.csv", text.as_bytes());
            prop_assert_eq!(content(&opened.dataset), content(&data), "{}", text);
            prop_assert_eq!(problems(&opened), Vec::<String>::new());
        }
        let once = table::write(&data);
        let twice = table::write(&open("generated.csv", once.as_bytes()).dataset);
        prop_assert_eq!(once, twice);
    }

    #[test]
    fn no_bytes_make_the_table_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = table::read("t.csv", &bytes, &OpenOptions::default(), &Progress::default());
    }

    #[test]
    fn no_text_like_a_table_makes_it_panic(text in "[a-c0-9,;\"\n/.|é=-]{0,200}") {
        let headed = format!("id,date,title,start,end,place,participants,latitude\n{text}");
        let _ = with(&headed, &OpenOptions::default());
        let _ = with(&text, &OpenOptions::default());
    }
}

#[test]
fn each_of_several_places_may_have_a_date_of_its_own_and_keeps_it() {
    let table = "id,title,kind,date,place,place date,participants\n\
                 a,Tour,Visit,2009-07-21/2009-07-24,Hanoi; Phuket; Bangkok,\
                 2009-07-21; ; 2009-07-23/2009-07-24,Envoy\n\
                 b,Call,Visit,2010-01,Vientiane,2010-01-05,Envoy\n\
                 c,Stop,Visit,2011-01,Vientiane; Hanoi,2011-01-05,Envoy\n";
    let read = |bytes: &[u8]| {
        table::read("tour.csv", bytes, &OpenOptions::default(), &Progress::default()).unwrap()
    };
    let opened = read(table.as_bytes());
    let told = |data: &Dataset| -> Vec<Vec<String>> {
        let dates = |one: &Engagement| {
            one.places.stops().map(|(_, at)| at.map_or("", When::edtf).to_owned()).collect()
        };
        data.engagements().iter().map(dates).collect()
    };
    let dates = told(&opened.dataset);
    assert_eq!(dates[0], ["2009-07-21", "", "2009-07-23/2009-07-24"]);
    assert_eq!(dates[1], ["2010-01-05"]);
    // One date for two places is nobody's: it is said, and kept as a column.
    assert_eq!(dates[2], ["", ""]);
    let problem = &opened.report.problems[0];
    assert!(problem.message.contains("2 places and 1 date"), "{problem:?}");
    let again = read(table::write(&opened.dataset).as_bytes());
    assert_eq!(told(&again.dataset), dates);
}
