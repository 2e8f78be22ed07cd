//! Which characters of a text a file may hold: data is never markup, and never turns its reader
//! around.

/// The character as a file may hold it: line breaks and tabs become spaces; other controls, the
/// marks that reverse the direction of what follows them (bidirectional embeddings, overrides and
/// isolates), byte order marks and characters that are none are left out.
pub fn clean(c: char) -> Option<char> {
    match c {
        '\t' | '\n' | '\r' => Some(' '),
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => None,
        '\u{FEFF}' | '\u{FDD0}'..='\u{FDEF}' => None,
        c if c.is_control() || u32::from(c) & 0xFFFE == 0xFFFE => None,
        c => Some(c),
    }
}
