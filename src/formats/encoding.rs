//! Bytes to text: byte order marks, UTF-8, UTF-16 with and without a mark, Windows-1252.

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A file's text and how its bytes were understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text, without a byte order mark.
    pub text: Cow<'a, str>,
    /// The encoding, as a person would name it.
    pub encoding: &'static str,
    /// Whether some bytes stood for nothing in that encoding and became `U+FFFD`.
    pub damaged: bool,
}

/// How many bytes are looked at to tell UTF-16 without a mark from other encodings.
const SAMPLE: usize = 4096;

/// Reads bytes as text.
///
/// A byte order mark decides. Without one, text in which every other byte is zero is UTF-16, valid
/// UTF-8 is UTF-8, and everything else is Windows-1252, which gives every byte a meaning.
#[must_use]
pub fn decode(bytes: &[u8]) -> Decoded<'_> {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return utf8(rest, "UTF-8 with a byte order mark").unwrap_or_else(|| {
            let text = String::from_utf8_lossy(rest);
            Decoded { text, encoding: "UTF-8 with a byte order mark", damaged: true }
        });
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return utf16(rest, UTF_16LE, "UTF-16, little-endian");
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return utf16(rest, UTF_16BE, "UTF-16, big-endian");
    }
    match zeros(&bytes[..bytes.len().min(SAMPLE)]) {
        Some(Half::High) => return utf16(bytes, UTF_16LE, "UTF-16, little-endian, without a mark"),
        Some(Half::Low) => return utf16(bytes, UTF_16BE, "UTF-16, big-endian, without a mark"),
        None => {}
    }
    utf8(bytes, "UTF-8").unwrap_or_else(|| {
        let (text, damaged) = WINDOWS_1252.decode_without_bom_handling(bytes);
        Decoded { text, encoding: "Windows-1252 (it is not UTF-8)", damaged }
    })
}

fn utf8<'a>(bytes: &'a [u8], encoding: &'static str) -> Option<Decoded<'a>> {
    let text = std::str::from_utf8(bytes).ok()?;
    Some(Decoded { text: Cow::Borrowed(text), encoding, damaged: false })
}

fn utf16<'a>(
    bytes: &'a [u8],
    encoding: &'static encoding_rs::Encoding,
    name: &'static str,
) -> Decoded<'a> {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    Decoded { text, encoding: name, damaged }
}

/// Which byte of each pair is zero.
enum Half {
    /// The second one, as in little-endian text in a Latin script.
    High,
    /// The first one, as in big-endian text in a Latin script.
    Low,
}

/// Tells UTF-16 by its zeros: delimiters, digits and line ends have one each in any script, so that
/// a table has many on one side and hardly any on the other.
fn zeros(sample: &[u8]) -> Option<Half> {
    let pairs = sample.len() / 2;
    if pairs < 2 {
        return None;
    }
    let count = |side: usize| sample.chunks_exact(2).filter(|pair| pair[side] == 0).count();
    let (low, high) = (count(0), count(1));
    let many = |some: usize, other: usize| some * 5 > pairs && other * 20 < some;
    if many(high, low) {
        Some(Half::High)
    } else if many(low, high) {
        Some(Half::Low)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn text_is_the_same_in_every_encoding_that_can_hold_it() {
        let text = "date,place\n2024-06-04,Siem Reap – café\n";
        let mut marked = b"\xEF\xBB\xBF".to_vec();
        marked.extend_from_slice(text.as_bytes());
        let mut little = b"\xFF\xFE".to_vec();
        little.extend(units(text, u16::to_le_bytes));
        let mut big = b"\xFE\xFF".to_vec();
        big.extend(units(text, u16::to_be_bytes));
        let ansi = WINDOWS_1252.encode(text).0.into_owned();
        let bare = (units(text, u16::to_le_bytes), units(text, u16::to_be_bytes));
        for bytes in [text.as_bytes(), &marked, &little, &big, &ansi, &bare.0, &bare.1] {
            let decoded = decode(bytes);
            assert_eq!((&*decoded.text, decoded.damaged), (text, false), "{}", decoded.encoding);
        }
    }

    #[test]
    fn khmer_in_utf16_without_a_mark_is_known_by_its_delimiters() {
        let text = "ថ្ងៃ,កន្លែង,a\n2024,ភ្នំពេញ,b\n2025,សៀមរាប,c\n";
        assert_eq!(decode(&units(text, u16::to_le_bytes)).text, text);
        assert_eq!(decode(&units(text, u16::to_be_bytes)).text, text);
    }

    #[test]
    fn a_cut_off_pair_is_said_to_be_damaged() {
        assert!(decode(b"\xFF\xFEa\0b").damaged);
    }
}
