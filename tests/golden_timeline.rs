//! Timelines as pictures: every kind of date beside its legend, and lanes of many marks.

use std::collections::BTreeMap;

use demarche::{
    layout::TimeScale,
    model::{
        Citation, Dataset, DatasetParts, DateClaim, Day, Engagement, Kind, KindId, Partnership,
        PartnershipId, Status, When,
        when::{Bound, Span},
    },
    query::{Columns, LaneBy, LaneRows, lanes},
    scene::{
        Point, Scene, Theme, Tokens, legend,
        timeline::{self, Frame, TimelineScene, TimelineSpec},
    },
};

const KINDS: [&str; 8] =
    ["meeting", "visit", "summit", "dialogue", "statement", "agreement", "assistance", "milestone"];

fn engagement(key: String, title: &str, lane: u32, kind: usize, dates: &[When]) -> Engagement {
    Engagement {
        key: key.into(),
        title: title.into(),
        short: None,
        kind: KindId::at(kind),
        form: None,
        status: Status::Held,
        dates: dates
            .iter()
            .map(|when| DateClaim { when: when.clone(), citation: Citation::default() })
            .collect(),
        place: None,
        participants: Box::default(),
        partnerships: [PartnershipId(lane)].into(),
        topics: Box::default(),
        outcomes: Box::default(),
        relations: Box::default(),
        citations: Box::default(),
        note: None,
        extras: Box::default(),
    }
}

fn dataset(lanes: &[&str], engagements: Vec<Engagement>) -> Dataset {
    Dataset::new(DatasetParts {
        title: "Specimens".into(),
        kinds: KINDS
            .iter()
            .enumerate()
            .map(|(at, name)| Kind {
                key: (*name).into(),
                name: (*name).into(),
                class: None,
                slot: Kind::slot_for(name, at),
            })
            .collect(),
        partnerships: lanes
            .iter()
            .map(|name| Partnership {
                key: name.to_lowercase().replace(' ', "-").into(),
                name: (*name).into(),
                ..Partnership::default()
            })
            .collect(),
        engagements,
        ..DatasetParts::default()
    })
    .expect("a valid dataset")
}

/// Every kind of date, a lane for each question that a date can leave open.
fn specimens() -> (Dataset, Vec<Option<Span>>) {
    let rows: [(&str, &[(&str, &str, usize)]); 8] = [
        (
            "Known to the day",
            &[
                ("one day", "2021-02-10", 0),
                ("a month of days", "2021-05-01/2021-06-15", 1),
                ("half a year", "2022-03-01/2022-08-31", 2),
                ("one more day", "2023-04-20", 3),
            ],
        ),
        (
            "Coarse",
            &[
                ("some day in May", "2021-05", 4),
                ("a season", "2022-21", 5),
                ("a year", "2023", 6),
                ("a decade", "202X", 7),
            ],
        ),
        (
            "Extent",
            &[("between two months", "2021-02/2021-09", 0), ("between two years", "2022/2024", 3)],
        ),
        (
            "Open and unknown",
            &[
                ("still going on", "2024-03-01/..", 0),
                ("long since", "../2021-06-30", 1),
                ("end not known", "2022-05-06/", 2),
                ("start not known", "/2023-09-30", 5),
            ],
        ),
        (
            "Qualified",
            &[
                ("approximate day", "2021-03-05~", 0),
                ("uncertain day", "2021-11-20?", 1),
                ("approximate month", "2022-08~", 2),
                ("uncertain month", "2023-03?", 3),
                ("about these days", "2023-10-01~/2024-02-10~", 5),
                ("both", "2024-07-04%", 7),
            ],
        ),
        (
            "Sets",
            &[
                ("one of two days", "[2021-03-10,2021-06-12]", 0),
                ("each of three days", "{2022-02-01,2022-06-10,2022-10-12}", 3),
                ("one of two months", "[2023-05,2023-11]", 2),
            ],
        ),
        (
            "Planned and cancelled",
            &[
                ("planned day", "2021-04-02", 0),
                ("planned month", "2022-02", 2),
                ("planned stretch", "2023-02-01/2023-08-01", 0),
                ("cancelled day", "2024-02-01", 1),
                ("cancelled month", "2024-10", 3),
            ],
        ),
        ("Disputed", &[]),
    ];
    let mut engagements = Vec::new();
    for (lane, (_, dates)) in rows.iter().enumerate() {
        for (title, edtf, kind) in *dates {
            let key = format!("{lane}-{}", title.replace(' ', "-"));
            let when = When::parse(edtf).expect(edtf);
            let mut item = engagement(key, title, lane as u32, *kind, &[when]);
            if title.starts_with("planned") {
                item.status = Status::Planned;
            }
            if title.starts_with("cancelled") {
                item.status = Status::Cancelled;
            }
            engagements.push(item);
        }
    }
    let parse = |edtf: &str| When::parse(edtf).unwrap();
    engagements.push(engagement(
        "disputed".into(),
        "a day or a stretch",
        7,
        3,
        &[parse("2021-04-27"), parse("2021-06-05/2021-12-31").sometime()],
    ));
    engagements.push(engagement(
        "chosen".into(),
        "the reader chose the second",
        7,
        1,
        &[parse("2022-10-01"), parse("2023-03-12")],
    ));
    // Narrowed by other dates: a year to some months, an unknown end to a day.
    let mut tightened = vec![None; engagements.len()];
    let day = |y, m, d| Bound::Day(Day::from_ymd(y, m, d).unwrap());
    for (title, edtf, span) in [
        ("a year, narrowed", "2021", Span::sometime(day(2021, 4, 1), day(2021, 8, 10))),
        (
            "an end, narrowed",
            "2022-04-06/",
            Span {
                earliest_start: day(2022, 4, 6),
                latest_start: day(2022, 4, 6),
                earliest_end: day(2022, 4, 6),
                latest_end: day(2022, 12, 10),
            },
        ),
    ] {
        engagements.push(engagement(title.replace(' ', "-"), title, 8, 0, &[parse(edtf)]));
        tightened.push(Some(span));
    }
    engagements.push(engagement("undated".into(), "no date at all", 8, 0, &[]));
    let mut lanes: Vec<&str> = rows.iter().map(|row| row.0).collect();
    lanes.push("Narrowed by other dates");
    (dataset(&lanes, engagements), tightened)
}

fn table(dataset: &Dataset) -> (Columns, Vec<LaneRows>) {
    let columns = Columns::new(dataset);
    let rows: Vec<u32> = (0..columns.len() as u32).collect();
    let lanes = lanes(dataset, &columns, &rows, LaneBy::Partnership);
    (columns, lanes)
}

const HEADER: f32 = 172.0;

fn day(year: i32, month: u32, date: u32) -> f64 {
    f64::from(Day::from_ymd(year, month, date).unwrap().0)
}

/// A timeline on a page with its legend below.
fn page(
    dataset: &Dataset,
    tightened: &[Option<Span>],
    years: (i32, i32),
    theme: Theme,
) -> (Scene, TimelineScene) {
    let (columns, lanes) = table(dataset);
    let tokens = Tokens::of(theme);
    let width = 1120.0;
    let (x0, w) = timeline::plot(width, HEADER);
    let chosen = dataset
        .engagement_ids()
        .filter(|id| &*dataset.engagement(*id).key == "chosen")
        .map(|id| (id, 1))
        .collect::<BTreeMap<_, _>>();
    let drawn = timeline::build(&TimelineSpec {
        dataset,
        columns: &columns,
        lanes: &lanes,
        by: LaneBy::Partnership,
        scale: TimeScale::new(day(years.0, 1, 1), day(years.1, 1, 1), x0, w),
        extent: None,
        frame: Frame::Page { width },
        tokens,
        header_width: HEADER,
        chosen: &chosen,
        tightened,
    });
    let mut scene = drawn.scene.clone();
    let at = Point::new(12.0, scene.height + 12.0);
    let (items, height) = legend::build(&drawn.used, at, width - 24.0, tokens);
    scene.items.extend(items);
    scene.height += height + 24.0;
    (scene, drawn)
}
