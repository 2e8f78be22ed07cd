//! What a cell holds beside dates: lists, names with roles, numbers, and text made safe for
//! spreadsheets.

/// The characters with which a spreadsheet starts a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Whether a text is a plain number, which no spreadsheet takes for a formula.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
}

/// Whether a text, its leading apostrophes put aside, would be a formula.
fn is_formula(text: &str) -> bool {
    let bare = text.trim_start_matches('\'');
    bare.starts_with(FORMULA)
}

/// A text without the blanks around it. Most have none, and that is quickly seen.
#[must_use]
pub(super) fn trim(text: &str) -> &str {
    let solid = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    let bytes = text.as_bytes();
    if solid(bytes.first()) && solid(bytes.last()) { text } else { text.trim() }
}

/// Puts an apostrophe before a text that a spreadsheet would take for a formula, and before one
/// that already looks like that, so that [`arm`] gives back exactly what it was.
#[must_use]
pub(super) fn defuse(text: &str) -> std::borrow::Cow<'_, str> {
    if is_formula(text) && !is_number(text) { format!("'{text}").into() } else { text.into() }
}

/// Takes away the apostrophe that [`defuse`] puts before a formula.
#[must_use]
pub(super) fn arm(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => rest,
        _ => text,
    }
}

/// Follows brackets and double quotes through a value. A quote counts at the beginning of the value
/// or of a bracket only; within a quoted part it is doubled.
struct Scan {
    depth: usize,
    quoted: bool,
    /// Whether a quoted part has begun and nothing else has come since.
    quoting: bool,
    /// Whether nothing has come yet.
    fresh: bool,
}

impl Scan {
    const fn new() -> Self {
        Self { depth: 0, quoted: false, quoting: false, fresh: true }
    }

    /// Whether what comes next is in neither brackets nor quotes.
    const fn is_outside(&self) -> bool {
        self.depth == 0 && !self.quoted
    }

    fn step(&mut self, c: char) {
        if c == '"' && (self.fresh || self.quoting) {
            self.quoted = !self.quoted;
            (self.quoting, self.fresh) = (true, false);
            return;
        }
        if self.quoted {
            return;
        }
        self.quoting = false;
        match c {
            '(' => {
                self.depth += 1;
                self.fresh = true;
            }
            ')' => {
                self.depth = self.depth.saturating_sub(1);
                self.fresh = false;
            }
            c => self.fresh &= c.is_whitespace(),
        }
    }
}

/// Splits a cell at `;` and `|`, and at commas where `commas` says so, but not within brackets or
/// within a value in double quotes. Empty values are left out; quotes stay, see [`unquote`].
#[must_use]
pub(super) fn split(text: &str, commas: bool) -> Vec<&str> {
    let mut values = Vec::new();
    each_value(text, commas, |value| values.push(value));
    values
}

/// Does something with each of the values that [`split`] gives.
pub(super) fn each_value<'a>(text: &'a str, commas: bool, mut each: impl FnMut(&'a str)) {
    let mut push = |value: &'a str| {
        let value = trim(value);
        if !value.is_empty() {
            each(value);
        }
    };
    let separates = |byte: u8| matches!(byte, b';' | b'|') || (commas && byte == b',');
    let bytes = text.as_bytes();
    if memchr::memchr2(b'(', b'"', bytes).is_none() || !closes(text, separates) {
        // Nothing holds values together: a bracket or a quote that is never closed does not either.
        let mut start = 0;
        for (at, byte) in bytes.iter().enumerate() {
            if separates(*byte) {
                push(&text[start..at]);
                start = at + 1;
            }
        }
        push(&text[start..]);
        return;
    }
    let (mut start, mut scan) = (0, Scan::new());
    for (at, c) in text.char_indices() {
        if c.is_ascii() && separates(c as u8) && scan.is_outside() {
            push(&text[start..at]);
            start = at + 1;
            scan = Scan::new();
        } else {
            scan.step(c);
        }
    }
    push(&text[start..]);
}

/// The values of a list that stands beside another, in the same order: empty ones count, unless
/// there is nothing at all.
#[must_use]
pub(super) fn each(text: &str) -> Vec<&str> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    let (mut values, mut start, mut scan) = (Vec::new(), 0, Scan::new());
    for (at, c) in text.char_indices() {
        if matches!(c, ';' | '|') && scan.is_outside() {
            values.push(text[start..at].trim());
            start = at + 1;
            scan = Scan::new();
        } else {
            scan.step(c);
        }
    }
    values.push(text[start..].trim());
    values
}

/// Whether every bracket and quote of a list is closed in the value that it opens in.
fn closes(text: &str, separates: impl Fn(u8) -> bool) -> bool {
    let mut scan = Scan::new();
    for c in text.chars() {
        if c.is_ascii() && separates(c as u8) && scan.is_outside() {
            scan = Scan::new();
        } else {
            scan.step(c);
        }
    }
    scan.is_outside()
}

/// A value without the double quotes around it, doubled ones within made single.
#[must_use]
pub(super) fn unquote(value: &str) -> std::borrow::Cow<'_, str> {
    match value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        // A single quote within means that the outer ones belong to two values.
        Some(inner) if !inner.is_empty() && !inner.replace("\"\"", "").contains('"') => {
            inner.replace("\"\"", "\"").into()
        }
        _ => value.into(),
    }
}

/// A value that comes back as itself from [`split`] and [`named`].
#[must_use]
pub(super) fn quote(value: &str) -> std::borrow::Cow<'_, str> {
    let plain = !value.contains([';', '|', ',', '(', ')', '"']) && value.trim() == value;
    if plain { value.into() } else { format!("\"{}\"", value.replace('"', "\"\"")).into() }
}

/// A name that comes back as itself from [`split`] without a role behind it: commas and brackets
/// stay as they are, where they hold together.
#[must_use]
pub(super) fn quote_name(name: &str) -> std::borrow::Cow<'_, str> {
    let mut scan = Scan::new();
    name.chars().for_each(|c| scan.step(c));
    let plain = !name.contains([';', '|', '"']) && scan.is_outside() && name.trim() == name;
    if plain { name.into() } else { format!("\"{}\"", name.replace('"', "\"\"")).into() }
}

/// A name and the role in brackets behind it.
#[must_use]
pub(super) fn named(value: &str) -> (&str, Option<&str>) {
    let Some(inner) = value.strip_suffix(')') else { return (value, None) };
    let (mut opening, mut scan) = (None, Scan::new());
    for (at, c) in inner.char_indices() {
        if c == '(' && scan.is_outside() {
            opening = Some(at);
        }
        scan.step(c);
    }
    // The last bracket must be the one that was opened last and is still open.
    if scan.depth != 1 || scan.quoted {
        return (value, None);
    }
    let Some(at) = opening else { return (value, None) };
    match (inner[..at].trim(), inner[at + 1..].trim()) {
        ("", _) | (_, "") => (value, None),
        (name, role) => (name, Some(role)),
    }
}

/// A number of degrees within limits, with a point or a comma.
#[must_use]
pub(super) fn degrees(text: &str, limit: f64) -> Option<f64> {
    let number: f64 = text.trim().replace(',', ".").parse().ok()?;
    (number.is_finite() && number.abs() <= limit).then_some(number)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lists_are_split_outside_of_brackets_and_quotes() {
        assert_eq!(split("a; b|c ;;", false), ["a", "b", "c"]);
        assert_eq!(split("Korea, South; Japan", false), ["Korea, South", "Japan"]);
        assert_eq!(
            split("ASEAN (Laos, Thailand), China", true),
            ["ASEAN (Laos, Thailand)", "China"]
        );
        assert_eq!(split("\"a; b\" (chair); c", false), ["\"a; b\" (chair)", "c"]);
        assert_eq!(split("a (b; c", false), ["a (b", "c"]);
    }

    #[test]
    fn a_role_stands_in_brackets_behind_the_name() {
        assert_eq!(named("Laos (co-chair)"), ("Laos", Some("co-chair")));
        assert_eq!(named("Henry (Heinz) Kissinger"), ("Henry (Heinz) Kissinger", None));
        assert_eq!(named("(chair)"), ("(chair)", None));
        assert_eq!(named("A (b (c))"), ("A", Some("b (c)")));
    }

    proptest! {
        #[test]
        fn what_is_defused_can_be_armed_again(text in "['=+@a1.\\-\t]{0,6}") {
            let safe = defuse(&text);
            prop_assert_eq!(arm(&safe), text.as_str());
            prop_assert!(!safe.starts_with(FORMULA) || is_number(&safe));
        }

        #[test]
        fn a_quoted_value_comes_back(a in "[a;|()\" é]{1,8}", b in "[a;|()\" é]{1,8}") {
            prop_assume!(!a.trim().is_empty() && !b.trim().is_empty());
            let cell = format!("{}; {}", quote(&a), quote(&b));
            let values: Vec<_> = split(&cell, false).into_iter().map(|v| unquote(v).into_owned()).collect();
            prop_assert_eq!(values, [a, b]);
        }

        #[test]
        fn nothing_makes_the_cell_readers_panic(text in any::<String>()) {
            let _ = (split(&text, true), named(&text), unquote(&text), degrees(&text, 90.0));
        }
    }
}
