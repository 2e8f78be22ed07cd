//! Holds the reading of EDTF to what other libraries agree on, with every difference explained.

use std::{fs, path::Path};

use demarche::model::{
    Day,
    when::{Bound, When},
};

/// The forms of the draft of 2012 that we read, with a note, where others refuse.
const OLD_DRAFT: &str = "a form of the draft of 2012: read, and brought into the standard's form";
/// Years that no calendar here can hold.
const BEYOND: &str = "beyond the years that can be drawn: refused with that reason";

/// Why we differ on a text, if we are right to.
fn reason(text: &str) -> Option<&'static str> {
    match text {
        "-1999-uu-uu"
        | "-199u"
        | "156u-12-25"
        | "18xx"
        | "196x"
        | "1984-06-02?/unknown"
        | "1984?/2004?~"
        | "1984?~"
        | "198x"
        | "1999-01-uu"
        | "1999-02-uu"
        | "1999-uu"
        | "1999-uu-01"
        | "1999-uu-uu"
        | "199u"
        | "199u-01"
        | "199u-01-01"
        | "199u-01-uu"
        | "199u-uu-01"
        | "199u-uu-uu"
        | "19uu"
        | "19uu-01-01"
        | "19uu-01-uu"
        | "19uu-uu-01"
        | "19uu-uu-uu"
        | "19xx"
        | "2003-23?~"
        | "2004-01-01/open"
        | "2004-01-01/unknown"
        | "2004-06-01/unknown"
        | "2004-06-01?~"
        | "2004-06-uu"
        | "2004-06-uu/2004-07-03"
        | "2004-06?~"
        | "2004-06?~-01"
        | "2004-09?~"
        | "2004?~"
        | "2004?~-06"
        | "2004?~-06-01"
        | "2008-08-23/open"
        | "2008/unknown"
        | "open/2008-08-23"
        | "unknown/2004-01-01"
        | "unknown/2006"
        | "unknown/2008"
        | "uuuu" => Some(OLD_DRAFT),
        "Y-1234567890" | "Y-157900E3" | "Y-157900E3S3" | "Y-170000002" | "Y-17000002"
        | "Y-171010000S2" | "Y-17101E3S3" | "Y-17E7" | "Y-17E7S3" | "Y10E7" | "Y1234567890"
        | "Y157900E3" | "Y157900E3S3" | "Y170000002" | "Y171010000S3" | "Y17101000S3"
        | "Y17101E4S3" | "Y17E200" | "Y17E7" | "Y17E7S3" | "Y17E8" | "Y-3388E2S3" | "Y3388E2S3" => {
            Some(BEYOND)
        }
        // Where only part of the digits is significant, the others can be any.
        "1234S2" => Some("two significant digits leave 1200 to 1299, not the year as written"),
        "1953S2" => Some("two significant digits leave 1900 to 1999, not the year as written"),
        "1953S3" => Some("three significant digits leave 1950 to 1959, not the year as written"),
        "2018-05-X0/2018-05-11" => Some("a day X0 is the 10th at the earliest, never the 1st"),
        "1930-X0-10/1930-10-30" => Some("a month X0 is October, never January"),
        "Y20E2" | "Y20E2S3" | "Y-20E2S3" => {
            Some("Y is for years beyond 9999 (ISO 8601-2, 4.7.2): 2000 is written 2000")
        }
        "Y12345S7" => Some("seven of five digits cannot be significant"),
        _ => None,
    }
}

/// What is wrong in how a row is read, if anything is.
fn difference(row: &[&str]) -> Option<String> {
    let [text, valid, earliest, latest, ..] = row else {
        return Some("the row is too short".to_owned());
    };
    match (When::parse(text), *valid) {
        (Err(_), "invalid") => None,
        (Err(error), _) => Some(format!("refused: {error}")),
        (Ok(when), "invalid") => Some(format!("read as {}", when.edtf())),
        (Ok(when), _) => {
            let span = when.span();
            let shown = |bound: Bound| bound.day().map(Day::iso).unwrap_or_default();
            let ours = (shown(span.earliest_start), shown(span.latest_end));
            let stated = !earliest.is_empty() && !latest.is_empty();
            (stated && ours != ((*earliest).to_owned(), (*latest).to_owned()))
                .then(|| format!("{}..{} instead of {earliest}..{latest}", ours.0, ours.1))
        }
    }
}

/// Compares a table, row by row; returns how many rows it has.
fn compare(table: &str) -> usize {
    let mut unexplained = Vec::new();
    let mut needless = Vec::new();
    let mut rows = 0;
    for line in table.lines().skip(1) {
        let row: Vec<&str> = line.split('\t').collect();
        rows += 1;
        match (difference(&row), reason(row[0])) {
            (Some(what), None) => unexplained.push(format!("{}: {what}", row[0])),
            (None, Some(_)) => needless.push(row[0].to_owned()),
            _ => {}
        }
    }
    assert!(unexplained.is_empty(), "differences without a reason:\n{}", unexplained.join("\n"));
    assert!(needless.is_empty(), "reasons without a difference:\n{}", needless.join("\n"));
    rows
}

#[test]
fn the_cases_that_matter_are_read_as_others_read_them() {
    assert!(compare(include_str!("data/edtf.tsv")) >= 150);
}

#[test]
fn the_whole_table_is_read_as_others_read_it() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/edtf/consensus.tsv");
    match fs::read_to_string(&path) {
        Ok(table) => assert_eq!(compare(&table), 677),
        Err(_) => println!("skipped: the conformance table is not here"),
    }
}
