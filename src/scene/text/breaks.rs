//! Where a line may be cut or broken.

use unicode_segmentation::UnicodeSegmentation as _;

/// The ends (byte offsets) of the pieces of a text that must not be cut apart.
///
/// Grapheme clusters, joined where a script of Southeast Asia writes one syllable as several:
/// subscript consonants after the Khmer coeng and the Burmese virama, Burmese finals with asat,
/// Thai and Lao vowels written before or after their consonant.
pub fn clusters(text: &str) -> Vec<usize> {
    let mut ends: Vec<usize> = Vec::new();
    let mut before = "";
    for (at, cluster) in text.grapheme_indices(true) {
        if at > 0 && keeps_together(before, cluster) {
            ends.pop();
        }
        ends.push(at + cluster.len());
        before = cluster;
    }
    ends
}

fn keeps_together(before: &str, after: &str) -> bool {
    let leads = |c: char| matches!(c, '\u{E40}'..='\u{E44}' | '\u{EC0}'..='\u{EC4}');
    let trails = |c: char| {
        matches!(
            c,
            '\u{E2F}'
                | '\u{E30}'
                | '\u{E32}'
                | '\u{E33}'
                | '\u{E45}'
                | '\u{E46}'
                | '\u{EAF}'
                | '\u{EB0}'
                | '\u{EB2}'
                | '\u{EB3}'
                | '\u{EBD}'
                | '\u{EC6}'
        )
    };
    let stacks = |c: char| matches!(c, '\u{17D2}' | '\u{1039}');
    before.ends_with(stacks)
        || before.ends_with(leads)
        || after.starts_with(trails)
        || after.starts_with(stacks)
        || (after.contains('\u{103A}') && before.chars().all(is_myanmar))
}

fn is_myanmar(c: char) -> bool {
    matches!(c, '\u{1000}'..='\u{109F}' | '\u{AA60}'..='\u{AA7F}' | '\u{A9E0}'..='\u{A9FF}')
}

/// Whether a letter belongs to a script that puts no spaces between words.
fn is_unspaced(c: char) -> bool {
    is_myanmar(c)
        || matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1780}'..='\u{17FF}' | '\u{2E80}'..='\u{9FFF}'
            | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}'
            | '\u{20000}'..='\u{3FFFF}')
}

/// Breaks one paragraph into lines of at most `max`, as `width` measures them.
pub fn wrap(paragraph: &str, max: f32, width: &dyn Fn(&str) -> f32, lines: &mut Vec<String>) {
    let mut line = String::new();
    for piece in pieces(paragraph) {
        if !line.is_empty() {
            let longer = format!("{line}{piece}");
            if width(longer.trim_end()) <= max {
                line = longer;
                continue;
            }
            lines.push(line.trim_end().to_owned());
        }
        let mut from = 0;
        if width(piece.trim_end()) > max {
            let mut last = 0;
            for end in clusters(piece) {
                if last > from && width(piece[from..end].trim_end()) > max {
                    lines.push(piece[from..last].to_owned());
                    from = last;
                }
                last = end;
            }
        }
        piece[from..].clone_into(&mut line);
    }
    lines.push(line.trim_end().to_owned());
}

/// What stands between two places where a line may break; each piece ends with the spaces that
/// follow it.
fn pieces(paragraph: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut from) = (0, 0);
    let mut before = None;
    for end in clusters(paragraph) {
        let here = paragraph[from..end].chars().next();
        let after = paragraph[end..].chars().next();
        if let (Some(here), Some(after)) = (here, after)
            && breaks_between(before, here, after)
        {
            pieces.push(&paragraph[start..end]);
            start = end;
        }
        before = paragraph[from..end].chars().next_back();
        from = end;
    }
    if start < paragraph.len() {
        pieces.push(&paragraph[start..]);
    }
    pieces
}

/// Whether a line may break between two clusters, of which the first characters are given.
fn breaks_between(before: Option<char>, here: char, after: char) -> bool {
    let space = |c: char| c == '\u{200B}' || (c.is_whitespace() && !is_fixed_space(c));
    if space(after) {
        return false;
    }
    if space(here) {
        return true;
    }
    if matches!(here, '-' | '–' | '—' | '/' | '\u{2010}') {
        return before.is_some_and(char::is_alphabetic) && after.is_alphabetic();
    }
    is_unspaced(here) && is_unspaced(after) && !closes(after)
}

/// Spaces at which no line may break.
fn is_fixed_space(c: char) -> bool {
    matches!(c, '\u{A0}' | '\u{202F}' | '\u{2007}')
}

/// Marks that must not begin a line: Khmer, Burmese and wide punctuation.
fn closes(c: char) -> bool {
    matches!(
        c,
        '\u{17D4}'
            ..='\u{17DA}'
                | '\u{104A}'
                | '\u{104B}'
                | '\u{3001}'
                | '\u{3002}'
                | '\u{FF01}'
                | '\u{FF09}'
                | '\u{FF0C}'
                | '\u{FF0E}'
                | '\u{FF1A}'
                | '\u{FF1B}'
                | '\u{FF1F}'
    )
}
