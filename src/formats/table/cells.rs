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

/// Splits a cell at `;` and `|`, and at commas where `commas` says so, but not within brackets or
/// within a value in double quotes. Empty values are left out; quotes stay, see [`unquote`].
#[must_use]
pub(super) fn split(text: &str, commas: bool) -> Vec<&str> {
    let mut values = Vec::new();
    let (mut start, mut depth, mut quoted) = (0, 0_usize, false);
    // Whether the value has not begun, and whether it began with a quote.
    let (mut fresh, mut quoting) = (true, false);
    for (at, c) in text.char_indices() {
        let separates = matches!(c, ';' | '|') || (commas && c == ',');
        match c {
            '"' if fresh || quoting => {
                quoted = !quoted;
                quoting = true;
            }
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.saturating_sub(1),
            _ if separates && !quoted && depth == 0 => {
                values.push(&text[start..at]);
                start = at + c.len_utf8();
                (fresh, quoting) = (true, false);
                continue;
            }
            _ => {}
        }
        fresh = fresh && c.is_whitespace();
    }
    // A bracket or a quote that is never closed holds nothing together.
    if quoted || depth > 0 {
        values.clear();
        values.extend(text.split(|c| matches!(c, ';' | '|') || (commas && c == ',')));
    } else {
        values.push(&text[start..]);
    }
    values.retain_mut(|value| {
        *value = value.trim();
        !value.is_empty()
    });
    values
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
    let plain = !value.contains([';', '|', '(', ')', '"']) && value.trim() == value;
    if plain { value.into() } else { format!("\"{}\"", value.replace('"', "\"\"")).into() }
}

/// A name and the role in brackets behind it.
#[must_use]
pub(super) fn named(value: &str) -> (&str, Option<&str>) {
    if value.starts_with('"') && value.ends_with('"') && value.len() > 1 {
        return (value, None);
    }
    let Some(inner) = value.strip_suffix(')') else { return (value, None) };
    // The bracket that belongs to the last one.
    let mut depth = 1_usize;
    for (at, c) in inner.char_indices().rev() {
        match c {
            ')' => depth += 1,
            '(' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let (name, role) = (inner[..at].trim(), inner[at + 1..].trim());
            return if name.is_empty() || role.is_empty() {
                (value, None)
            } else {
                (name, Some(role))
            };
        }
    }
    (value, None)
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
