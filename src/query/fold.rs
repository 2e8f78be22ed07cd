//! Text made comparable: case, diacritics and look-alike marks do not matter to a search.

use unicode_normalization::UnicodeNormalization;

/// Appends the folded form of a text: lower case, Latin diacritics removed, typographic quotes and
/// dashes as their plain forms, runs of white space as one space, invisible characters left out.
///
/// The vowel signs of Khmer, Lao, Thai and other scripts are letters, not decoration, and stay.
pub(super) fn fold_into(text: &str, out: &mut String) {
    let start = out.len();
    let space = |out: &mut String| {
        if out.len() > start && !out.ends_with(' ') {
            out.push(' ');
        }
    };
    if text.is_ascii() {
        for byte in text.bytes() {
            if byte.is_ascii_whitespace() || byte.is_ascii_control() {
                space(out);
            } else {
                out.push(byte.to_ascii_lowercase() as char);
            }
        }
    } else {
        for c in text.nfkd().flat_map(char::to_lowercase) {
            match c {
                // Combining marks of Latin, Greek and Cyrillic letters, joiners, soft hyphens,
                // zero-width spaces and variation selectors.
                '\u{300}'..='\u{36f}'
                | '\u{1ab0}'..='\u{1aff}'
                | '\u{1dc0}'..='\u{1dff}'
                | '\u{20d0}'..='\u{20ff}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{fe20}'..='\u{fe2f}'
                | '\u{ad}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2060}'
                | '\u{feff}' => {}
                '‘' | '’' | '‛' | 'ʼ' => out.push('\''),
                '“' | '”' | '„' => out.push('"'),
                '‐'..='―' | '−' => out.push('-'),
                'đ' | 'ð' => out.push('d'),
                'ø' => out.push('o'),
                'ł' => out.push('l'),
                'ı' => out.push('i'),
                'ħ' => out.push('h'),
                'ß' => out.push_str("ss"),
                'æ' => out.push_str("ae"),
                'œ' => out.push_str("oe"),
                'þ' => out.push_str("th"),
                'ς' => out.push('σ'),
                c if c.is_whitespace() || c.is_control() => space(out),
                c => out.push(c),
            }
        }
    }
    if out.len() > start && out.ends_with(' ') {
        out.pop();
    }
}

/// The folded form of a text; see [`fold_into`].
pub(super) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_diacritics_and_typography_do_not_matter() {
        assert_eq!(fold("  Việt Nam –\u{a0}Hà Nội "), "viet nam - ha noi");
        assert_eq!(fold("CÔTE D’IVOIRE"), "cote d'ivoire");
        assert_eq!(fold("Łódź, Østfold, Straße"), "lodz, ostfold, strasse");
        assert_eq!(fold("a\tB\r\n c"), "a b c");
    }

    #[test]
    fn vowel_signs_of_khmer_and_lao_stay() {
        assert_eq!(fold("ភ្នំពេញ"), "ភ្នំពេញ");
        assert_eq!(fold("ວຽງຈັນ"), "ວຽງຈັນ");
        assert_ne!(fold("ກີ"), fold("ກາ"));
    }
}
