//! Tables that name states and places without coordinates, filled in from the gazetteer.

use std::path::PathBuf;

use demarche::{
    formats::{OpenOptions, Opened, Progress, table},
    layout::{basemap::Basemap, ground::Ground, projection::Shape},
    model::{Dataset, Engagement, Evidence, PartyKind},
    query::{Columns, TieWeight, ties},
    scene::{
        Theme, Tokens,
        map::{self, Counted, Extent, MapOptions, MapSpec},
    },
};

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

/// How many places and how many arcs between seats the map of a dataset shows.
fn drawn(data: &Dataset) -> (usize, usize) {
    let columns = Columns::new(data);
    let rows: Vec<u32> = (0..columns.len() as u32).collect();
    let ties = ties(&columns, &rows, data.parties().len(), TieWeight::Shared);
    let extent = Extent::of(data, &ties);
    let projection = extent.projection(Shape::EqualEarth, None);
    let ground = Ground::new(Basemap::default(), projection);
    let options = MapOptions { most: usize::MAX, ..MapOptions::default() };
    let size = (870.0, 340.0);
    let scene = map::map(&MapSpec {
        dataset: data,
        columns: &columns,
        rows: &rows,
        counted: &Counted::of(data, &columns, &rows, &options),
        ties: &ties,
        options: &options,
        ground: &ground,
        camera: extent.fit(&projection, size),
        size,
        tokens: Tokens::of(Theme::Light),
        highlighted: None,
        opened: None,
        land: false,
    });
    let svg = demarche::export::svg(&scene, &demarche::export::SvgOptions::default());
    if let Some(folder) = std::env::var_os("PICTURES") {
        let file = PathBuf::from(folder).join(format!("{}.png", data.title()));
        std::fs::write(file, demarche::export::png(&scene, 1.6).expect("a picture"))
            .expect("a file");
    }
    (svg.matches("id=\"place-").count(), svg.matches("id=\"arc-").count())
}

/// The share of the parties of a kind that have a seat with coordinates and an ISO code.
fn share_with_seats(data: &Dataset, kind: PartyKind) -> f64 {
    let all = || data.parties().iter().filter(|party| party.kind == kind);
    let known = all().filter(|party| {
        party.iso.is_some() && party.seat.is_some_and(|id| data.place(id).position.is_some())
    });
    known.count() as f64 / all().count() as f64
}

#[test]
fn a_century_of_travels_can_be_drawn_on_a_map() {
    let Some(bytes) = shared("us-travels/us_travels_president_secstate.csv") else { return };
    let opened = open("us_travels_president_secstate.csv", &bytes);
    let data = &opened.dataset;
    assert!(share_with_seats(data, PartyKind::State) >= 0.95, "{:#?}", opened.report.notes);
    let placed = |e: &&Engagement| e.places.iter().any(|id| data.place(id).position.is_some());
    let placed = data.engagements().iter().filter(placed).count();
    // 54 rows name no place.
    assert!(placed * 100 >= (4271 - 54) * 98, "{placed}: {:#?}", opened.report.notes);
    let find = |name: &str| data.places().iter().find(|place| &*place.name == name);
    let vienna = find("Vienna").expect("Vienna");
    let (lat, lon) = vienna.position.expect("coordinates");
    assert!((lat - 48.2).abs() < 0.1 && (lon - 16.4).abs() < 0.1 && vienna.note.is_none());
    // It is the seat of Austria as well, not a second place beside it.
    let austria = data.parties().iter().find(|party| &*party.key == "austria").expect("Austria");
    assert_eq!(austria.seat.map(|id| &data.place(id).key), Some(&vienna.key));
    // What was filled in says so.
    let cited = vienna.citations[0].source.map(|id| data.source(id)).expect("a source");
    assert!(cited.background && vienna.citations[0].evidence == Evidence::Background);
    assert_eq!(data.document_count(), 0);
    let coarse = find("Baumholder").or_else(|| find("Terceira Island")).expect("a place");
    assert!(coarse.position.is_some());
    // A state that changed its name has the places of both.
    assert!(find("Kiev").is_some_and(|place| place.position.is_some()));
    // A row that lists several places was at each of them.
    let several: Vec<&Engagement> =
        data.engagements().iter().filter(|one| one.places.len() > 1).collect();
    assert!(several.len() > 380, "{}", several.len());
    let hay = several.iter().find(|one| &*one.key == "911").expect("London, Liverpool");
    let names: Vec<&str> = hay.places.iter().map(|id| &*data.place(id).name).collect();
    assert_eq!(names, ["London", "Liverpool"]);
    assert!(data.places().iter().all(|place| &*place.name != "London, Liverpool"));
    let (places, _) = drawn(data);
    assert!(places > 30, "{places}");
    // The same bytes give the same dataset.
    let again = open("us_travels_president_secstate.csv", &bytes);
    assert!(again.dataset == opened.dataset && again.report == opened.report);
}

#[test]
fn the_parties_of_treaties_have_seats() {
    let Some(bytes) = shared("treaties/HUGGO_MEM_additional.csv") else { return };
    let opened = open("HUGGO_MEM_additional.csv", &bytes);
    let data = &opened.dataset;
    assert!(share_with_seats(data, PartyKind::State) >= 0.95, "{:#?}", opened.report.notes);
    let community = data.parties().iter().find(|party| &*party.name == "European Community");
    assert!(community.is_some_and(|party| party.kind == PartyKind::Organisation));
}

#[test]
fn what_the_gazetteer_fills_in_is_told_apart_and_counted() {
    let text = "title,date,place,participants,country,person\n\
                a,2024-06-04,Siem Reap,ASEAN; Viet Nam; Some group,Cambodia,Jordan Chad\n\
                b,2024-06-05,Nowhere,Greenland,Cambodia,Georgia\n\
                c,2024-06-06,Vienna,,Ruritania,\n";
    let opened = open("t.csv", text.as_bytes());
    let data = &opened.dataset;
    let party = |name: &str| data.parties().iter().find(|p| &*p.name == name).expect("a party");
    let kinds =
        ["ASEAN", "Viet Nam", "Some group", "Cambodia", "Greenland", "Georgia", "Ruritania"]
            .map(|name| party(name).kind);
    assert_eq!(
        kinds,
        [
            PartyKind::Organisation,
            PartyKind::State,
            PartyKind::Group,
            PartyKind::State,
            PartyKind::Province,
            PartyKind::Person,
            PartyKind::State
        ]
    );
    assert_eq!(party("Viet Nam").iso.as_deref(), Some("VNM"));
    assert!(party("Viet Nam").aliases.iter().any(|alias| &**alias == "SRV"));
    assert!(party("Georgia").seat.is_none() && party("Ruritania").iso.is_none());
    let place = |name: &str| data.places().iter().find(|p| &*p.name == name).expect("a place");
    assert!(place("Siem Reap").note.is_none());
    assert_eq!(
        place("Nowhere").note.as_deref(),
        Some("Drawn at Phnom Penh, the seat of Cambodia: the exact spot is not known.")
    );
    assert_eq!(place("Vienna").position, None);
    let notes = opened.report.notes.join("\n");
    for part in [
        "1 of 2 states recognised; 3 other participants found",
        "2 of 3 places given coordinates, 1 of them",
        "Not in the gazetteer: “Vienna”, “Ruritania”.",
    ] {
        assert!(notes.contains(part), "{notes}");
    }
}

#[test]
fn a_table_with_coordinates_keeps_its_own() {
    let text = "title,date,place,latitude,longitude,country\n\
                a,2024,Siem Reap,,,Cambodia\nb,2024,Phnom Penh,11.6,104.9,Cambodia\n";
    let opened = open("t.csv", text.as_bytes());
    let data = &opened.dataset;
    assert_eq!(data.places()[0].position, None);
    assert_eq!(data.places()[1].position, Some((11.6, 104.9)));
    assert_eq!(data.parties()[0].seat.map(|id| &*data.place(id).key), Some("phnom-penh"));
    assert_eq!(data.places().len(), 2);
}

#[test]
fn members_of_trade_agreements_are_joined_by_arcs_between_their_seats() {
    let Some(bytes) = shared("treaties/GPTAD.csv") else { return };
    let opened = open("GPTAD.csv", &bytes);
    let (places, arcs) = drawn(&opened.dataset);
    println!("{}", opened.report.notes.join("\n"));
    assert!(places > 30 && arcs > 500, "{places} places, {arcs} arcs");
}

#[test]
fn names_of_another_time_lead_to_their_states_and_it_is_said_which() {
    let rows = "who,start_date,country\nA,1955-02-20,Burma\nB,1990-02-06,Czechoslovakia\n\
                C,1995-02-06,Czechoslovakia\nD,1975,Zaire\nE,1975,France\n";
    let opened = open("visits.csv", rows.as_bytes());
    let told = opened.report.notes.join("\n");
    assert!(
        told.contains(
            "Names of another time: “Burma” (now Myanmar), “Zaire” (now Democratic Republic of \
             the Congo)."
        ) && told.contains(
            "States of another time: “Czechoslovakia” (28 October 1918 to 31 December 1992)."
        ),
        "{told}"
    );
    let data = &opened.dataset;
    let party = |name: &str| data.parties().iter().find(|one| &*one.name == name).expect(name);
    // The file's own word stands.
    assert_eq!(party("Burma").iso.as_deref(), Some("MMR"));
    assert!(party("Burma").existed.is_none() && party("France").existed.is_none());
    let time = party("Czechoslovakia").existed.as_ref().map(demarche::model::When::edtf);
    assert_eq!(time, Some("1918-10-28/1992-12-31"));
    let findings = demarche::model::check::check(data).findings;
    let told: Vec<&str> = findings.iter().map(|one| one.message.as_str()).collect();
    assert!(told.len() == 1 && told[0].contains("“C in Czechoslovakia”"), "{told:?}");
}
