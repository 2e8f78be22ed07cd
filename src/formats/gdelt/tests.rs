//! An export opened as what it is, from invented rows and from a genuine file.

use std::collections::BTreeMap;

use super::*;

fn row(values: &[(usize, &str)], width: usize) -> String {
    let mut cells = vec![""; width];
    for (at, value) in [(0, "1"), (1, "20180101"), (3, "2018"), (26, "043"), (28, "04")] {
        cells[at] = value;
    }
    cells[29] = "1";
    for (at, value) in values {
        cells[*at] = value;
    }
    cells.join("\t")
}

fn opened(text: &str) -> Opened {
    let version = recognise(text.as_bytes()).expect("an export");
    read("a.export.CSV", text.as_bytes(), version, &Progress::default()).expect("opened")
}

#[test]
fn both_versions_are_told_by_their_shape() {
    for (width, name) in [(61, "2.0"), (58, "1.0"), (57, "1.0")] {
        let version = recognise(row(&[], width).as_bytes()).expect("an export");
        assert!(version.name.contains(name));
    }
    assert_eq!(recognise(row(&[], 60).as_bytes()), None);
    assert_eq!(recognise(row(&[(1, "2018")], 61).as_bytes()), None);
    assert_eq!(recognise(b"Date\tTitle\n2018-01-01\tMeeting\n"), None);
}

#[test]
fn a_row_becomes_an_engagement_of_coded_parties() {
    let text = format!(
        "{}\n{}\n{}\n",
        row(
            &[
                (5, "USAGOV"),
                (6, "WHITE HOUSE"),
                (7, "USA"),
                (15, "KHM"),
                (16, "PHNOM PENH"),
                (17, "KHM"),
                (30, "2.8"),
                (51, "4"),
                (52, "Phnom Penh, Phnum Penh, Cambodia"),
                (56, "11.55"),
                (57, "104.917"),
                (60, "https://www.example.org/a"),
            ],
            61
        ),
        row(&[(1, "20189901"), (5, "CHRCTH"), (6, "VATICAN"), (26, "190"), (29, "4")], 61),
        "1\t2"
    );
    let opened = opened(&text);
    let dataset = &opened.dataset;
    assert_eq!((opened.report.rows, opened.report.engagements), (3, 2));
    assert_eq!(opened.report.problems.len(), 2, "{:?}", opened.report.problems);
    let [first, second] = dataset.engagements() else { panic!("two engagements") };
    assert_eq!(&*first.title, "Host a visit: White House → Phnom Penh");
    assert_eq!(first.dates[0].when.edtf(), "2018-01-01");
    let kind = dataset.kind(first.kind);
    assert_eq!((&*kind.key, kind.class.as_deref()), ("cameo-043", Some("Verbal cooperation")));
    let parties: Vec<_> = first.participants.iter().map(|p| dataset.party(p.party)).collect();
    assert_eq!(&*parties[0].name, "United States: government");
    assert_eq!(parties[0].kind, PartyKind::Body);
    assert_eq!(&*dataset.party(parties[0].part_of[0]).name, "United States");
    assert_eq!((&*parties[1].name, parties[1].iso.as_deref()), ("Cambodia", Some("KHM")));
    let place = dataset.place(first.places.first().expect("a place"));
    assert_eq!(place.position, Some((11.55, 104.917)));
    assert_eq!(place.state, Some(first.participants[1].party));
    let source = dataset.source(first.citations[0].source.expect("a source"));
    assert_eq!(source.label(), "example.org");
    assert_eq!(second.dates.len(), 0);
    assert_eq!(dataset.kind(second.kind).class.as_deref(), Some("Material conflict"));
}

#[test]
fn a_genuine_export_opens_with_every_row_accounted_for() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/data/gdelt/geomesa_20180101000000.export.CSV"
    );
    let Ok(bytes) = std::fs::read(path) else {
        println!("skipped: {path} is not there");
        return;
    };
    let opened = crate::formats::read(
        path,
        &bytes,
        &super::super::OpenOptions::default(),
        &Progress::default(),
    )
    .expect("opened");
    assert_eq!(opened.report.format, "GDELT 2.0 event export");
    assert_eq!((opened.report.rows, opened.report.engagements), (2414, 2414));
    // One place has a longitude without a latitude.
    assert_eq!(opened.report.problems.len(), 1, "{:?}", opened.report.problems);
    assert_eq!(opened.report.problems[0].location.row, Some(192));
    let dataset = &opened.dataset;
    // Recounted from the text itself.
    let text = String::from_utf8(bytes).expect("UTF-8");
    let rows: Vec<Vec<&str>> = text.lines().map(|l| l.split('\t').collect()).collect();
    let mut classes = BTreeMap::<&str, usize>::new();
    for (row, engagement) in rows.iter().zip(dataset.engagements()) {
        assert_eq!(&*engagement.key, row[0]);
        assert_eq!(engagement.dates[0].when.edtf().replace('-', ""), row[1]);
        let actors = [row[5], row[15]].iter().filter(|code| !code.is_empty()).count();
        assert_eq!(engagement.participants.len(), actors, "{}", row[0]);
        assert_eq!(!engagement.places.is_empty(), !row[52].is_empty());
        let source = engagement.citations[0].source.expect("a source");
        assert_eq!(dataset.source(source).url.as_deref(), Some(row[60]));
        let kind = dataset.kind(engagement.kind);
        assert_eq!(&*kind.key, format!("cameo-{}", row[26]));
        assert!(!kind.name.starts_with("Event "), "{}", kind.key);
        let class = ["Verbal cooperation", "Material cooperation", "Verbal conflict"];
        let quad: usize = row[29].parse().expect("a class");
        let class = class.get(quad - 1).unwrap_or(&"Material conflict");
        assert_eq!(kind.class.as_deref(), Some(*class));
        *classes.entry(class).or_default() += 1;
        let (lat, lon) = (row[56].parse::<f64>(), row[57].parse::<f64>());
        if let (Some(place), Ok(lat), Ok(_)) = (engagement.places.first(), lat, lon) {
            assert_eq!(dataset.place(place).position.map(|at| at.0), Some(lat));
        }
    }
    assert_eq!(classes.len(), 4);
}
