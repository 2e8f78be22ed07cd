//! Names made comparable, and the shorter names within longer ones.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// A name with all that does not matter taken away: lower case, without diacritics, punctuation,
/// "the" and "and", with "Saint" and "Fort" for "St." and "Ft.".
#[must_use]
pub fn fold(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in name.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            '\'' | '’' | '‘' | 'ʻ' | 'ʼ' | '`' | '´' | '.' => {}
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'đ' => plain.push('d'),
            'ı' => plain.push('i'),
            'æ' => plain.push_str("ae"),
            'ß' => plain.push_str("ss"),
            c if c.is_alphanumeric() => plain.push(c),
            _ => plain.push(' '),
        }
    }
    let mut out = String::with_capacity(plain.len());
    for word in plain.split_whitespace().filter(|word| !matches!(*word, "the" | "and")) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(match word {
            "st" => "saint",
            "ft" => "fort",
            word => word,
        });
    }
    out
}

/// What stands before a bracket at the end of a name, and what stands in it.
pub(super) fn bracketed(name: &str) -> Option<(&str, &str)> {
    let (outer, inner) = name.trim().strip_suffix(')')?.split_once('(')?;
    let (outer, inner) = (outer.trim(), inner.trim());
    (!outer.is_empty() && !inner.is_empty()).then_some((outer, inner))
}

/// The name of a state without the form of its government: "Chad" of "Republic of Chad".
///
/// "State of" and "Commonwealth of" are left out, because parts of states are called so.
pub(super) fn short_of(name: &str) -> Option<&str> {
    const FORMS: [&str; 10] = [
        "federal democratic republic of",
        "federal republic of",
        "islamic republic of",
        "democratic socialist republic of",
        "republic of",
        "kingdom of",
        "sultanate of",
        "principality of",
        "grand duchy of",
        "union of",
    ];
    let name = name.trim();
    let name = strip(name, "the ").unwrap_or(name);
    let rest = FORMS.iter().find_map(|form| strip(name, form))?;
    let rest = rest.trim_start();
    (!rest.is_empty() && rest.len() < name.len()).then_some(rest)
}

/// What follows a beginning, whatever its case.
fn strip<'a>(name: &'a str, beginning: &str) -> Option<&'a str> {
    let head = name.get(..beginning.len())?;
    head.eq_ignore_ascii_case(beginning).then(|| &name[beginning.len()..])
}

/// The parts of a cell that names several places, each with what stands behind it in brackets.
pub(super) fn parts(name: &str) -> Vec<(&str, Option<&str>)> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0_u32, 0);
    for (at, c) in name.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' | ';' | '/' if depth == 0 => {
                parts.push(&name[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&name[start..]);
    parts
        .into_iter()
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| bracketed(part).map_or((part, None), |(outer, inner)| (outer, Some(inner))))
        .collect()
}
