//! What every kind of date reads like.

use super::{claim, date_of, short, short_date_of, span, tightened, when};
use crate::model::when::{Bound, Span};
use crate::model::{
    Citation, Dataset, DatasetParts, DateClaim, Day, Engagement, Evidence, KindId, List, Source,
    SourceId, Status, When,
};

fn parse(edtf: &str) -> When {
    When::parse(edtf).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_kind_of_date_in_words_and_for_labels() {
    let table = [
        ("2024-06-04", "4 June 2024", "4 Jun 2024"),
        ("2022-05", "May 2022", "May 2022"),
        ("1977", "1977", "1977"),
        ("2024-06-05/2024-06-06", "5–6 June 2024", "5–6 Jun 2024"),
        ("2024-06-05/2024-07-06", "5 June – 6 July 2024", "5 Jun–6 Jul 2024"),
        ("2022-12-28/2023-01-03", "28 December 2022 – 3 January 2023", "28 Dec 2022–3 Jan 2023"),
        ("2022-05/2022-06", "May–June 2022", "May–Jun 2022"),
        ("1977/1980", "1977–1980", "1977–1980"),
        ("2022-05/2024-06-06", "May 2022 – 6 June 2024", "May 2022–6 Jun 2024"),
        ("2022?-05-27", "27 May 2022, year uncertain", "27 May 2022?"),
        ("2022?", "2022, uncertain", "2022?"),
        ("2022-05?-27", "27 May 2022, year and month uncertain", "27 May 2022?"),
        ("1977~", "about 1977 (1977)", "~1977"),
        ("1977-05%", "about May 1977 (May 1977), uncertain", "~May 1977?"),
        ("2023-37~", "about early 2023 (January–April 2023)", "~early 2023"),
        ("1977~/1980~", "about 1977–1980 (1977–1980)", "~1977–1980"),
        ("1977~/1980", "from about 1977 (1977) to 1980", "~1977–1980"),
        ("2024-06-06/", "from 6 June 2024, end not known", "6 Jun 2024 – ?"),
        ("/2006", "until 2006, start not known", "? – 2006"),
        ("1977/..", "since 1977, still open", "1977 →"),
        ("../2024-12-10", "until 10 December 2024, start open", "→ 10 Dec 2024"),
        ("../..", "open at both ends", "open at both ends"),
        ("..1977/1980", "from in or before 1977 to 1980", "from ≤ 1977 to 1980"),
        ("[..2024-12-10]", "on or before 10 December 2024", "≤ 10 Dec 2024"),
        ("[..1976]", "in or before 1976", "≤ 1976"),
        ("[1978..]", "in or after 1978", "≥ 1978"),
        (
            "[2024-11-05..2024-12-10]",
            "some time between 5 November and 10 December 2024",
            "within 5 Nov–10 Dec 2024",
        ),
        ("[2022-05-12,2022-05-14]", "12 or 14 May 2022", "12 or 14 May 2022"),
        ("[2022-05-12,2023]", "12 May 2022 or 2023", "12 May 2022 or 2023"),
        ("{2011,2019,2024}", "2011, 2019 and 2024", "2011, 2019 and 2024"),
        ("{1670..1672,1680}", "1670–1672 and 1680", "1670–1672 and 1680"),
        ("2022-21", "spring 2022", "spring 2022"),
        ("2022-24", "winter 2022–23", "winter 2022–23"),
        ("2022-30", "summer 2022 (southern hemisphere)", "summer 2022"),
        ("2024-35", "third quarter of 2024", "Q3 2024"),
        ("2024-40", "first half of 2024", "H1 2024"),
        ("199X", "the 1990s", "1990s"),
        ("18XX", "the 19th century (1800–1899)", "19th century"),
        ("-04XX", "5th century BCE", "5th century BCE"),
        ("1XXX", "some year between 1000 and 1999", "1XXX"),
        ("1950S2", "about 1950 (1900–1999)", "about 1950 (1900–1999)"),
        ("2004-XX", "2004, month not known", "2004"),
        ("2004-06-XX", "June 2004, day not known", "Jun 2004"),
        ("2004-XX-XX", "2004, day not known", "2004"),
        ("156X-12-25", "25 December in one of the years 1560–1569", "25 Dec, 1560–1569"),
        ("-0043-03-15", "15 March 44 BCE", "15 Mar 44 BCE"),
        ("-0499/-0400", "500–401 BCE", "500–401 BCE"),
        ("0000", "1 BCE", "1 BCE"),
        ("0800", "800 CE", "800 CE"),
        ("Y-170002", "170003 BCE", "170003 BCE"),
        ("2024-06-04T10:30:00", "4 June 2024, 10:30", "4 Jun 2024, 10:30"),
        ("2024-06-04T10:30:05Z", "4 June 2024, 10:30:05 UTC", "4 Jun 2024, 10:30:05 UTC"),
        ("2024-06-04T10:30:00+07:00", "4 June 2024, 10:30 (UTC+07:00)", "4 Jun 2024, 10:30"),
    ];
    let mut wrong = Vec::new();
    for (edtf, full, brief) in table {
        let date = parse(edtf);
        if when(&date) != full {
            wrong.push(format!("{edtf}: {} instead of {full}", when(&date)));
        }
        if short(&date) != brief {
            wrong.push(format!("{edtf}: {} instead of {brief}", short(&date)));
        }
        assert!(brief.chars().count() <= 24, "{brief} is long for a label");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn some_time_within_an_interval_is_not_all_through_it() {
    let within = |edtf: &str| when(&parse(edtf).sometime());
    assert_eq!(
        within("2024-11-05?/2024-12-10?"),
        "some time between 5 November and 10 December 2024, uncertain"
    );
    assert_eq!(within("../2024-12-10"), "on or before 10 December 2024");
    assert_eq!(within("2024-06-06/"), "on or after 6 June 2024");
    assert_eq!(within("2024-06-05/2024-06-06"), "some time between 5 and 6 June 2024");
    assert_eq!(within("../2024-12-10?"), "on or before 10 December 2024, uncertain");
}

#[test]
fn bounds_without_an_expression_say_where_they_come_from() {
    let day = |y, m, d| Bound::Day(Day::from_ymd(y, m, d).unwrap());
    let bounds = Span::sometime(day(2024, 6, 5), day(2024, 12, 31));
    assert_eq!(tightened(bounds), "between 5 June and 31 December 2024, from a relation");
    assert_eq!(span(Span::sometime(day(2024, 6, 5), Bound::Unknown)), "on or after 5 June 2024");
    assert_eq!(span(Span::sometime(Bound::Open, day(2024, 6, 5))), "on or before 5 June 2024");
    assert_eq!(span(Span::NOTHING_KNOWN), "date not known");
}

fn engagement(dates: &[(&str, Evidence, bool)], status: Status) -> Engagement {
    let claims = dates.iter().map(|(edtf, evidence, sourced)| DateClaim {
        when: parse(edtf),
        citation: Citation {
            source: sourced.then_some(SourceId(0)),
            evidence: *evidence,
            ..Citation::default()
        },
    });
    Engagement {
        key: "e1".into(),
        title: "Dialogue".into(),
        short: None,
        kind: KindId(0),
        form: None,
        status,
        dates: claims.collect(),
        places: Default::default(),
        participants: List::default(),
        partnerships: List::default(),
        topics: List::default(),
        outcomes: List::default(),
        relations: List::default(),
        citations: List::default(),
        note: None,
        extras: List::default(),
    }
}

#[test]
fn the_date_of_an_engagement_names_doubt_dispute_and_plan() {
    use Evidence::{Background, Derived, Inferred, Stated};
    type Dates<'a> = &'a [(&'a str, Evidence, bool)];
    let table: &[(Dates, Status, &str, &str)] = &[
        (&[("2024-06-04", Stated, true)], Status::Held, "4 June 2024", "4 Jun 2024"),
        (
            &[("2024", Stated, true), ("2024-06-04", Stated, true)],
            Status::Held,
            "4 June 2024",
            "4 Jun 2024",
        ),
        (
            &[("2024-04-27", Stated, true), ("[2024-06-05..2024-12-31]", Derived, true)],
            Status::Held,
            "27 April 2024 or some time between 5 June and 31 December 2024, derived: sources \
             disagree",
            "27 Apr 2024 or within 5 Jun–31 Dec 2024",
        ),
        (
            &[("2022?-05-27", Inferred, true)],
            Status::Held,
            "27 May 2022, year inferred",
            "27 May 2022?",
        ),
        (&[("1977", Derived, true)], Status::Held, "1977, derived", "1977"),
        (&[("1977", Background, true)], Status::Held, "1977, from general knowledge", "1977"),
        (
            &[("2024-06-04", Stated, false)],
            Status::Held,
            "4 June 2024, no source named",
            "4 Jun 2024",
        ),
        (&[("2022-11", Stated, true)], Status::Planned, "planned for November 2022", "Nov 2022"),
        (
            &[("2022-11", Stated, true)],
            Status::Cancelled,
            "cancelled, had been planned for November 2022",
            "Nov 2022",
        ),
        (&[], Status::Held, "date not known", "no date"),
        (&[], Status::Planned, "planned, date not known", "no date"),
    ];
    let dataset = |sources: &[&str]| {
        let sources = sources.iter().map(|key| Source {
            key: (*key).into(),
            title: (*key).into(),
            ..Source::default()
        });
        let parts = DatasetParts { sources: sources.collect(), ..DatasetParts::default() };
        Dataset::new(parts).unwrap()
    };
    let silent = engagement(&[("2024-06-04", Stated, false)], Status::Held);
    // Of a file that names no source at all it would be said of every date.
    assert_eq!(date_of(&dataset(&[]), &silent), "4 June 2024");
    let dataset = dataset(&["cable"]);
    for (dates, status, full, brief) in table {
        let one = engagement(dates, *status);
        assert_eq!(
            (date_of(&dataset, &one).as_str(), short_date_of(&one).as_str()),
            (*full, *brief)
        );
    }
    let inferred = engagement(&[("2022-05", Inferred, true)], Status::Held);
    assert_eq!(claim(&inferred.dates[0]), "May 2022, inferred");
}
