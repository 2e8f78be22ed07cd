//! What EDTF and words become, by table and by property.

use proptest::prelude::*;

use super::{Bound, Precision, Shape, Span, When};
use crate::model::{Day, DayRange};

fn parse(edtf: &str) -> When {
    When::parse(edtf).unwrap_or_else(|error| panic!("{error}"))
}

fn day(bound: Bound) -> String {
    match bound {
        Bound::Day(day) => day.iso(),
        Bound::Open => "open".to_owned(),
        Bound::Unknown => "unknown".to_owned(),
    }
}

fn bounds(when: &When) -> [String; 4] {
    let span = when.span();
    [span.earliest_start, span.latest_start, span.earliest_end, span.latest_end].map(day)
}

#[test]
fn the_four_bounds_of_each_shape() {
    let table: &[(&str, Shape, [&str; 4])] = &[
        ("2024-06-04", Shape::Point, ["2024-06-04"; 4]),
        ("2022-05", Shape::Point, ["2022-05-01", "2022-05-31", "2022-05-01", "2022-05-31"]),
        (
            "2024-06-05/2024-06-06",
            Shape::Interval,
            ["2024-06-05", "2024-06-05", "2024-06-06", "2024-06-06"],
        ),
        ("2022/2024", Shape::Interval, ["2022-01-01", "2022-12-31", "2024-01-01", "2024-12-31"]),
        // A start is never after an end, so the month that holds both is cut at either side.
        (
            "2024-06/2024-06-10",
            Shape::Interval,
            ["2024-06-01", "2024-06-10", "2024-06-10", "2024-06-10"],
        ),
        (
            "2024-06-10/2024",
            Shape::Interval,
            ["2024-06-10", "2024-06-10", "2024-06-10", "2024-12-31"],
        ),
        ("2024-06-06/", Shape::Interval, ["2024-06-06", "2024-06-06", "unknown", "unknown"]),
        ("/2006", Shape::Interval, ["unknown", "unknown", "2006-01-01", "2006-12-31"]),
        ("2004/..", Shape::Interval, ["2004-01-01", "2004-12-31", "open", "open"]),
        ("../2004", Shape::Interval, ["open", "open", "2004-01-01", "2004-12-31"]),
        ("../..", Shape::Interval, ["open"; 4]),
        ("..2004/2006", Shape::Interval, ["open", "2004-12-31", "2006-01-01", "2006-12-31"]),
        ("2004/2006..", Shape::Interval, ["2004-01-01", "2004-12-31", "2006-01-01", "open"]),
        ("[2022..2024]", Shape::Sometime, ["2022-01-01", "2024-12-31", "2022-01-01", "2024-12-31"]),
        ("[..2024]", Shape::Sometime, ["open", "2024-12-31", "unknown", "2024-12-31"]),
        ("[2024..]", Shape::Sometime, ["2024-01-01", "unknown", "2024-01-01", "open"]),
        (
            "[2024-05-12,2024-05-14]",
            Shape::OneOf,
            ["2024-05-12", "2024-05-14", "2024-05-12", "2024-05-14"],
        ),
        ("{2011,2019}", Shape::AllOf, ["2011-01-01", "2019-12-31", "2011-01-01", "2019-12-31"]),
        ("2022-24", Shape::Point, ["2022-12-01", "2023-02-28", "2022-12-01", "2023-02-28"]),
        ("2022-21", Shape::Point, ["2022-03-01", "2022-05-31", "2022-03-01", "2022-05-31"]),
        ("1950S2", Shape::Point, ["1900-01-01", "1999-12-31", "1900-01-01", "1999-12-31"]),
        ("0000", Shape::Point, ["0000-01-01", "0000-12-31", "0000-01-01", "0000-12-31"]),
        ("-01XX", Shape::Point, ["-0199-01-01", "-0100-12-31", "-0199-01-01", "-0100-12-31"]),
        ("-000X-02-29", Shape::Point, ["-0008-02-29", "-0004-02-29", "-0008-02-29", "-0004-02-29"]),
        (
            "Y-170002",
            Shape::Point,
            ["-170002-01-01", "-170002-12-31", "-170002-01-01", "-170002-12-31"],
        ),
    ];
    for (edtf, shape, expected) in table {
        let when = parse(edtf);
        assert_eq!(when.shape(), *shape, "{edtf}");
        assert_eq!(bounds(&when), expected.map(str::to_owned), "{edtf}");
        assert_eq!(when.edtf(), *edtf);
    }
}

#[test]
fn qualifiers_precision_and_time_are_kept() {
    let when = parse("2022?-05-27");
    assert!(when.is_uncertain() && !when.is_approximate());
    assert_eq!(when.precision(), Precision::Day);
    assert_eq!(when.span(), parse("2022-05-27").span(), "a qualifier moves no bound");
    let table = [
        ("2024-06-04T10:30:00+07:00", Precision::Time),
        ("2024-06-XX", Precision::Month),
        ("2024-33", Precision::Season),
        ("2024-XX-XX", Precision::Year),
        ("199X", Precision::Years),
        ("2022/2024-05-01", Precision::Year),
    ];
    for (edtf, precision) in table {
        assert_eq!(parse(edtf).precision(), precision, "{edtf}");
    }
    assert_eq!(parse("2024-06-04T10:30:00+07:00").time(), Some("10:30:00+07:00"));
    let before_christ = parse("-1985-04-12T23:20:30Z");
    assert_eq!(
        (before_christ.edtf(), before_christ.time()),
        ("-1985-04-12T23:20:30Z", Some("23:20:30Z"))
    );
}

#[test]
fn what_is_no_date_is_refused_with_the_reason() {
    let table = [
        ("", "empty"),
        ("2003-02-29", "out of range"),
        ("-0000", "-0000"),
        ("2024/2023", "ends before it starts"),
        ("2024-13", "month must be"),
        ("Y17E7", "beyond what can be drawn"),
        ("Y17E200", "beyond what can be drawn"),
        ("2016-05-02T01:01:60", "second of 60"),
        ("/", "at least one side"),
        ("[1999}", "closing ]"),
        ("27 May 2022", "blanks"),
        ("{2001..2003-05}", "both be"),
    ];
    for (edtf, reason) in table {
        let error = When::parse(edtf).expect_err(edtf);
        assert!(error.reason.contains(reason), "{edtf}: {error}");
    }
    assert!(When::parse("2016-12-31T23:59:60Z").is_ok(), "that second was inserted");
}

#[test]
fn the_old_draft_is_read_with_a_note() {
    let table = [
        ("199u", "199X"),
        ("unknown/2006", "/2006"),
        ("2004/open", "2004/.."),
        ("1984?~", "1984%"),
        ("1984?/2004?~", "1984?/2004%"),
        ("-199u", "-199X"),
        ("y-170002", "Y-170002"),
        ("196x", "196X"),
    ];
    for (old, new) in table {
        let (when, note) = When::parse_noting(old).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(when.edtf(), new);
        assert!(note.is_some_and(|note| note.contains(old) && note.contains(new)));
    }
    assert_eq!(When::parse_noting("199X").map(|(_, note)| note), Ok(None));
}

#[test]
fn words_become_edtf() {
    let table = [
        ("May 2022", "2022-05"),
        ("27 May 2022", "2022-05-27"),
        ("27th of May, 2022", "2022-05-27"),
        ("May 27, 2022", "2022-05-27"),
        ("Fri, 27-May-2022", "2022-05-27"),
        ("Friday 27 May 2022", "2022-05-27"),
        ("2022 May 27", "2022-05-27"),
        ("on 27 Sept. 2022", "2022-09-27"),
        ("2024/6/4", "2024-06-04"),
        ("2024.06.04", "2024-06-04"),
        ("20240604", "2024-06-04"),
        ("4 June 2024, 10:30", "2024-06-04T10:30:00"),
        ("4 June 2024 at 2:05 pm UTC", "2024-06-04T14:05:00Z"),
        ("2024-06-04 10:30:05", "2024-06-04T10:30:05"),
        ("early 2023", "2023-37~"),
        ("mid-2023", "2023-38~"),
        ("late 2023", "2023-39~"),
        ("early May 2022", "[2022-05-01..2022-05-10]"),
        ("mid-May 2022", "[2022-05-11..2022-05-20]"),
        ("end of February 2024", "[2024-02-21..2024-02-29]"),
        ("early 1990s", "[1990..1993]"),
        ("late 19th century", "[1867..1899]"),
        ("spring 2022", "2022-21"),
        ("the autumn of 2022", "2022-23"),
        ("winter 2022–23", "2022-24"),
        ("Q3 2024", "2024-35"),
        ("2024 Q3", "2024-35"),
        ("2024Q3", "2024-35"),
        ("third quarter of 2024", "2024-35"),
        ("first half of 2024", "2024-40"),
        ("H2 2024", "2024-41"),
        ("first half of May 2022", "[2022-05-01..2022-05-15]"),
        ("c. 1977", "1977~"),
        ("ca 1977", "1977~"),
        ("circa May 1977", "1977-05~"),
        ("about 1977?", "1977%"),
        ("2022?", "2022?"),
        ("May 2022?", "2022-05?"),
        ("27 May 2022 (?)", "2022-05-27?"),
        ("possibly 27 May 2022", "2022-05-27?"),
        ("27 May 2022, year uncertain", "2022?-05-27"),
        ("before 10 December 2024", "[..2024-12-09]"),
        ("before May 2022", "[..2022-04]"),
        ("before 1977", "[..1976]"),
        ("after 6 June 2024", "[2024-06-07..]"),
        ("after 1977", "[1978..]"),
        ("by 10 December 2024", "[..2024-12-10]"),
        ("no later than May 2022", "[..2022-05]"),
        ("1977 or earlier", "[..1977]"),
        ("since 1977", "1977/.."),
        ("from June 2024", "2024-06/.."),
        ("1977–present", "1977/.."),
        ("until 10 December 2024", "../2024-12-10"),
        ("between 5 November and 10 December 2024", "[2024-11-05..2024-12-10]"),
        ("between 2022 and May 2023", "[2022-01-01..2023-05-31]"),
        ("between May and July 2022", "[2022-05..2022-07]"),
        ("from 5 to 6 June 2024", "2024-06-05/2024-06-06"),
        ("5–6 June 2024", "2024-06-05/2024-06-06"),
        ("June 5-6, 2024", "2024-06-05/2024-06-06"),
        ("5 June – 6 July 2024", "2024-06-05/2024-07-06"),
        ("28 December 2022 – 3 January 2023", "2022-12-28/2023-01-03"),
        ("May–June 2022", "2022-05/2022-06"),
        ("1914–18", "1914/1918"),
        ("1977 - 1980", "1977/1980"),
        ("5 or 6 June 2024", "[2024-06-05,2024-06-06]"),
        ("2011, 2019 and 2024", "{2011,2019,2024}"),
        ("June 5 and 7, 2024", "{2024-06-05,2024-06-07}"),
        ("1990s", "199X"),
        ("the 1800s", "18XX"),
        ("19th century", "18XX"),
        ("nineteenth century", "18XX"),
        ("5th century BC", "-04XX"),
        ("44 BC", "-0043"),
        ("15 March 44 BC", "-0043-03-15"),
        ("AD 800", "0800"),
    ];
    let mut wrong = Vec::new();
    for (words, edtf) in table {
        match When::from_words(words) {
            Ok(when) if when.edtf() == edtf => {
                assert_eq!(when.words(), (words != edtf).then_some(words));
            }
            Ok(when) => wrong.push(format!("{words}: {} instead of {edtf}", when.edtf())),
            Err(error) => wrong.push(error.to_string()),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn words_that_do_not_say_a_date_are_refused() {
    let table = [
        ("04/05/2022", "order of day and month"),
        ("4.5.2022", "order of day and month"),
        ("04-05-2022", "order of day and month"),
        ("27 May", "no year"),
        ("27 May 22", "four digits"),
        ("soon", "no year"),
        ("31 June 2022", "out of range"),
        ("meeting of 2022", "meeting"),
        ("99999999999999999999", "not part of a date"),
        ("2022 and something", "something"),
    ];
    for (words, reason) in table {
        match When::from_words(words) {
            Ok(when) => panic!("{words} became {}", when.edtf()),
            Err(error) => assert!(error.reason.contains(reason), "{words}: {error}"),
        }
    }
}

#[test]
fn open_and_unknown_sides_answer_both_questions() {
    let year =
        |y| DayRange::new(Day::from_ymd(y, 1, 1).unwrap(), Day::from_ymd(y, 12, 31).unwrap());
    // (date, year, possibly, certainly)
    let table = [
        ("2004/..", 2020, true, true),
        ("2004/", 2020, true, false),
        ("2004/", 2004, true, true),
        ("../2004", 1990, true, true),
        ("/2004", 1990, true, false),
        ("/2004", 2004, true, true),
        ("[..2004]", 1990, true, false),
        ("[2004..]", 2020, true, false),
        ("[2004..]", 2003, false, false),
        ("[2019,2024]", 2024, true, false),
        ("{2019,2024}", 2024, true, true),
        ("{2019,2024}", 2021, false, false),
        ("2022?", 2022, true, true),
    ];
    for (edtf, y, possibly, certainly) in table {
        let when = parse(edtf);
        assert_eq!(
            (when.possibly_in(year(y)), when.certainly_in(year(y))),
            (possibly, certainly),
            "{edtf} in {y}"
        );
    }
    assert_eq!(parse("2024-06/").span().core(), None, "it may have ended before the 30th");
    let first = Bound::Day(Day::from_ymd(2024, 6, 6).unwrap());
    assert_eq!(parse("2024-06-06/").span().core(), Some((first, first)));
    assert_eq!(parse("2024-06-06/..").span().core(), Some((first, Bound::Open)));
}

fn ordered(span: Span) -> bool {
    let least = |a: Bound, b: Bound| match (a, b) {
        (Bound::Day(a), Bound::Day(b)) => a <= b,
        _ => true,
    };
    least(span.earliest_start, span.latest_start)
        && least(span.earliest_end, span.latest_end)
        && least(span.earliest_start, span.earliest_end)
        && least(span.latest_start, span.latest_end)
}

/// Any date of level 0 to 2, valid or nearly so.
fn date() -> BoxedStrategy<String> {
    let year = prop_oneof![
        8 => (-9999..=9999_i32).prop_map(|y| if y < 0 { format!("-{:04}", -y) } else { format!("{y:04}") }),
        2 => "-?[0-9X]{4}",
        1 => "-?[1-9][0-9]{3}S[1-4]",
        1 => "Y-?[1-2][0-9]{4,5}",
    ];
    let month =
        prop_oneof![6 => "0[1-9]", 2 => "1[0-2]", 1 => "2[1-9]|3[0-9]|4[01]", 1 => "[0-9X]{2}"];
    let mark = prop_oneof![6 => Just(""), 1 => Just("?"), 1 => Just("~"), 1 => Just("%")];
    let day = prop_oneof![6 => "0[1-9]|1[0-9]|2[0-8]", 1 => "[0-9X]{2}"];
    (
        year,
        proptest::option::of((mark.clone(), month, proptest::option::of((mark.clone(), day)))),
        mark,
    )
        .prop_map(|(year, rest, mark)| match rest {
            None => format!("{year}{mark}"),
            Some((m1, month, None)) => format!("{year}-{m1}{month}{mark}"),
            Some((m1, month, Some((m2, day)))) => format!("{year}-{m1}{month}-{m2}{day}{mark}"),
        })
        .boxed()
}

fn expression() -> BoxedStrategy<String> {
    let side = prop_oneof![4 => date(), 1 => Just(String::new()), 1 => Just("..".to_owned())];
    let element = prop_oneof![
        4 => date(),
        1 => date().prop_map(|d| format!("..{d}")),
        1 => date().prop_map(|d| format!("{d}..")),
        1 => (date(), date()).prop_map(|(a, b)| format!("{a}..{b}")),
    ];
    prop_oneof![
        date(),
        (side.clone(), side).prop_map(|(a, b)| format!("{a}/{b}")),
        (proptest::collection::vec(element, 1..4), any::<bool>()).prop_map(|(e, all)| {
            if all { format!("{{{}}}", e.join(",")) } else { format!("[{}]", e.join(",")) }
        }),
    ]
    .boxed()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn canonical_text_reads_back_as_the_same_date(text in expression()) {
        if let Ok(when) = When::parse(&text) {
            prop_assert_eq!(When::parse(when.edtf()), Ok(when.clone()), "{}", text);
        }
    }

    #[test]
    fn bounds_are_ordered(text in expression()) {
        if let Ok(when) = When::parse(&text) {
            prop_assert!(ordered(when.span()), "{text}: {:?}", when.span());
            for part in when.parts() {
                prop_assert!(ordered(*part), "{text}: {part:?}");
            }
            let sometime = when.sometime();
            prop_assert!(ordered(sometime.span()));
        }
    }

    #[test]
    fn what_is_certain_is_possible(text in expression(), from in -4_000_000..4_000_000_i32, days in 0..90_000) {
        if let Ok(when) = When::parse(&text) {
            let range = DayRange::new(Day(from), Day(from + days));
            prop_assert!(!when.certainly_in(range) || when.possibly_in(range), "{text} in {range:?}");
        }
    }

    #[test]
    fn no_text_makes_the_readers_panic(text in "\\PC{0,40}", words in "([0-9]{1,4}|early|mid|Q|May|to|-|/|,|or|between|and|before|[?~]|1990s|th|century|BC| ){0,10}") {
        let _ = When::parse(&text);
        let _ = When::from_words(&text);
        let _ = When::from_words(&words);
    }

    #[test]
    fn any_day_reads_back_from_its_own_text(day in -4_300_000..2_900_000_i32) {
        let when = When::on(Day(day));
        prop_assert_eq!(When::parse(when.edtf()), Ok(when.clone()));
        let range = When::throughout(DayRange::new(Day(day), Day(day + 40)));
        prop_assert_eq!(When::parse(range.edtf()), Ok(range.clone()));
    }
}
