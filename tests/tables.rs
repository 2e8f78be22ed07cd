//! Tables as people bring them: what opens with no help, and what is said where it does not.

use std::path::PathBuf;

use demarche::formats::table::{self, ColumnRole as Role};
use demarche::formats::{OpenOptions, Opened, Progress};
use demarche::model::PartyKind;

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
    println!("{:#?}", opened.report.notes);
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
    let place = data.place(first.place.expect("a place"));
    assert_eq!(place.state, Some(first.participants[1].party));
    assert!(first.note.as_deref().is_some_and(|note| note.starts_with("Met with Danish")));
    // Spellings of one state are one party, found under each.
    let count = |kind| data.parties().iter().filter(|party| party.kind == kind).count();
    assert_eq!((count(PartyKind::Person), count(PartyKind::State)), (55, 177));
    let burma = data.parties().iter().find(|party| &*party.key == "burma").expect("Burma");
    assert_eq!(burma.aliases.len(), 1);
}

#[test]
fn the_mixed_dates_of_treaties_are_read_and_counted() {
    let Some(bytes) = shared("treaties/HUGGO_MEM_additional.csv") else { return };
    let opened = open("HUGGO_MEM_additional.csv", &bytes);
    println!("{:#?}\n{:#?}", opened.report.notes, roles(&opened));
    for problem in problems(&opened).iter().take(20) {
        println!("{problem}");
    }
    let begin = opened.report.notes.iter().find(|note| note.starts_with("Dates in “Begin”"));
    let begin = begin.expect("counts of Begin");
    for count in ["5,559 day first", "21 year (", "16 year and month", "11 ISO day"] {
        assert!(begin.contains(count), "{begin}");
    }
    assert_eq!((opened.report.rows, opened.report.engagements), (5608, 5607));
    let data = &opened.dataset;
    let gatt = &data.engagements()[0];
    assert_eq!(&*gatt.title, "GATT471947");
    assert_eq!(gatt.dates[0].when.edtf(), "1947-10-30/1996-01-01");
    assert_eq!(&*data.kind(gatt.kind).key, "agreement");
    let angola = data.party(gatt.participants[0].party);
    assert_eq!((&*angola.name, angola.kind), ("Angola", PartyKind::State));
}

#[test]
fn members_of_trade_agreements_take_part() {
    let Some(bytes) = shared("treaties/GPTAD.csv") else { return };
    let opened = open("GPTAD.csv", &bytes);
    println!("{:#?}\n{:#?}", opened.report.notes, roles(&opened));
    for problem in problems(&opened).iter().take(20) {
        println!("{problem}");
    }
    assert_eq!((opened.report.rows, opened.report.engagements), (352, 352));
    let data = &opened.dataset;
    let aec = &data.engagements()[0];
    assert_eq!((&*aec.title, aec.participants.len()), ("AEC", 51));
    assert_eq!(aec.dates[0].when.edtf(), "1991-06-03");
}
