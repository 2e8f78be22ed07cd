//! JSON Lines: the document without its engagements in the first line, then one of them a line.

use serde::de::IgnoredAny;

use super::read::Entry;

/// The document at the beginning of a text and, where it is JSON Lines, the lines behind it.
///
/// It is JSON Lines when its first line that is not blank holds a whole JSON value and something
/// follows.
pub(super) fn split(text: &str) -> (&str, Option<&str>) {
    let start = text.len() - text.trim_start().len();
    let Some(end) = text[start..].find(['\n', '\r']).map(|end| start + end) else {
        return (text, None);
    };
    let (head, rest) = text.split_at(end);
    // A document over several lines is not looked through for that: its first line is not whole.
    if rest.trim_start().is_empty() || serde_json::from_str::<IgnoredAny>(head).is_err() {
        return (text, None);
    }
    (head, Some(rest))
}

/// The records of lines; blank ones are none.
pub(super) fn entries(lines: &str) -> Vec<Entry<'_>> {
    let line = |line: &str| !line.trim().is_empty();
    lines.split(['\n', '\r']).filter(|text| line(text)).map(Entry::line).collect()
}
