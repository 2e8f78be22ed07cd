//! Text, ids and numbers in XML: data is never markup.

use std::{collections::BTreeSet, fmt::Write as _};

/// Appends text as character data or as part of a quoted attribute.
///
/// What [`clean`](super::clean::clean) leaves out is all that XML does not allow, and more.
pub fn push_text(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.extend(super::clean::clean(c)),
        }
    }
}

/// Appends a number with at most `places` decimals: no exponent, no zero that says nothing.
/// What is not a number is 0.
pub fn push_number(out: &mut String, value: f64, places: u32) {
    push_fixed(out, fixed(value, places), places);
}

/// A value as a whole number of the last decimal place; beyond ±10¹⁵ of them it is clamped.
pub fn fixed(value: f64, places: u32) -> i64 {
    const LIMIT: f64 = 1e15;
    (value * f64::from(10_u32.pow(places))).round().clamp(-LIMIT, LIMIT) as i64
}

/// Appends a whole number of the last decimal place.
pub fn push_fixed(out: &mut String, value: i64, places: u32) {
    let unit = 10_u64.pow(places);
    let (whole, fraction) = (value.unsigned_abs() / unit, value.unsigned_abs() % unit);
    if value < 0 {
        out.push('-');
    }
    // Writing to a string cannot fail.
    if whole > 0 || fraction == 0 {
        let _ = write!(out, "{whole}");
    }
    if fraction > 0 {
        let digits = format!("{fraction:0width$}", width = places as usize);
        out.push('.');
        out.push_str(digits.trim_end_matches('0'));
    }
}

/// Hands out ids that are valid in XML and unique in the document.
///
/// They begin with a letter; ids of the exporter itself begin with `_`, so the two never meet.
#[derive(Default)]
pub struct Ids {
    used: BTreeSet<String>,
}

impl Ids {
    /// A valid, unused id as close to the wanted one as can be; `None` for an empty one.
    pub fn make(&mut self, wanted: &str) -> Option<String> {
        if wanted.is_empty() {
            return None;
        }
        let mut id = String::with_capacity(wanted.len());
        for c in wanted.chars() {
            match c {
                'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' => id.push(c),
                c if c.is_ascii() || c.is_control() => id.push('-'),
                c => {
                    let _ = write!(id, "u{:x}", u32::from(c));
                }
            }
        }
        if !id.starts_with(|c: char| c.is_ascii_alphabetic()) {
            id.insert_str(0, "m-");
        }
        let mut unique = id.clone();
        let mut count = 1;
        while !self.used.insert(unique.clone()) {
            count += 1;
            unique = format!("{id}-{count}");
        }
        Some(unique)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn number(value: f64) -> String {
        let mut out = String::new();
        push_number(&mut out, value, 2);
        out
    }

    #[test]
    fn numbers_are_short_and_plain() {
        assert_eq!(number(0.0), "0");
        assert_eq!(number(-0.001), "0");
        assert_eq!(number(0.5), ".5");
        assert_eq!(number(-0.25), "-.25");
        assert_eq!(number(12.305), "12.31");
        assert_eq!(number(3.10), "3.1");
        assert_eq!(number(1e30), "10000000000000");
        assert_eq!(number(f64::NAN), "0");
    }

    #[test]
    fn ids_are_valid_and_differ() {
        let mut ids = Ids::default();
        assert_eq!(ids.make("engagement:E1").as_deref(), Some("engagement-E1"));
        assert_eq!(ids.make("engagement E1").as_deref(), Some("engagement-E1-2"));
        assert_eq!(ids.make("_a").as_deref(), Some("m-_a"));
        assert_eq!(ids.make("1").as_deref(), Some("m-1"));
        assert_eq!(ids.make("ក").as_deref(), Some("u1780"));
        assert_eq!(ids.make(""), None);
    }

    proptest! {
        #[test]
        fn any_text_is_valid_xml(text in any::<String>()) {
            let mut out = String::from("<a b=\"");
            push_text(&mut out, &text);
            out.push_str("\">");
            push_text(&mut out, &text);
            out.push_str("</a>");
            let parsed = roxmltree::Document::parse(&out);
            prop_assert!(parsed.is_ok(), "{parsed:?}");
        }

        #[test]
        fn numbers_read_back(value in -1e6..1e6_f64) {
            let back: f64 = number(value).parse().unwrap();
            prop_assert!((back - value).abs() <= 0.005_000_1);
        }
    }
}
