//! What a file is, by its content first and its name second.

use super::{gdelt, icews};

/// What a file turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detected {
    /// JSON text.
    Json,
    /// A table in a text file.
    Table,
    /// A network in GEXF.
    Gexf,
    /// A network in GraphML.
    GraphMl,
    /// A GDELT event export.
    Gdelt(gdelt::Version),
    /// Subject, relation, object and date.
    Quadruples,
    /// Something that cannot be opened: what it is, and what to do instead.
    Other(&'static str, &'static str),
}

/// What can be opened, for messages.
pub(super) const OPENABLE: &str = "what can be opened are datasets in JSON (.json, .jsonl), networks (.gexf, .graphml) and tables with one engagement a row (.csv, .tsv)";

/// How much of a table is looked at to tell one kind from another.
const TABLE_SAMPLE: usize = 1 << 14;

/// How much of an archive is searched for the names that tell what it holds.
const ARCHIVE_SAMPLE: usize = 1 << 16;

/// First bytes of well-known binary formats, what they are, and what to do.
const MAGIC: [(&[u8], &str, &str); 18] = [
    (b"\x89PNG", "a PNG picture", ""),
    (b"\xFF\xD8\xFF", "a JPEG picture", ""),
    (b"GIF8", "a GIF picture", ""),
    (b"BM", "a bitmap picture", ""),
    (b"II*\0", "a TIFF picture", ""),
    (b"MM\0*", "a TIFF picture", ""),
    (b"%PDF", "a PDF document", ""),
    (b"%!PS", "a PostScript document", ""),
    (b"BZh", "compressed with bzip2", "unpack it first"),
    (b"\xFD7zXZ", "compressed with xz", "unpack it first"),
    (b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
    (b"\xD0\xCF\x11\xE0", "an old Excel or Word file", "save the sheet as CSV in UTF-8"),
    (b"SQLite format 3", "an SQLite database", "export the table as CSV"),
    (b"PAR1", "a Parquet file", "export the table as CSV"),
    (b"\x7FELF", "a program", ""),
    (b"MZ", "a program", ""),
    (b"RIFF", "a sound, film or picture", ""),
];

/// What a file is. `bytes` are not empty.
pub(super) fn detect(name: &str, bytes: &[u8]) -> Detected {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return archive(bytes);
    }
    let utf16 = matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]);
    let extension = name.rsplit_once('.').map_or("", |(_, end)| end).to_ascii_lowercase();
    let named_table = matches!(extension.as_str(), "csv" | "tsv" | "tab" | "txt");
    for (magic, what, todo) in MAGIC {
        // Two letters are too weak a sign against the name of a table.
        if bytes.starts_with(magic) && (magic.len() > 2 || magic[0] > 0x7E || !text_like(bytes)) {
            return Detected::Other(what, todo);
        }
    }
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    // Zeros are no sign of anything but UTF-16 in the texts that are looked for here.
    let mut start = text
        .iter()
        .copied()
        .filter(|byte| !matches!(byte, 0 | 0xFE | 0xFF) && !byte.is_ascii_whitespace());
    let (first, second) = (start.next(), start.next());
    match first {
        None => Detected::Other("blank", OPENABLE),
        Some(b'{') if !named_table || matches!(second, Some(b'"' | b'}')) => Detected::Json,
        // A date such as [2022..2024] can stand first in a table.
        Some(b'[') if !named_table => Detected::Json,
        _ if matches!(extension.as_str(), "json" | "jsonl" | "ndjson")
            && (utf16 || text_like(bytes)) =>
        {
            Detected::Json
        }
        Some(b'<') if !named_table || is_page(text) => markup(bytes),
        _ if text.starts_with(b"BEGIN:VCALENDAR") => {
            Detected::Other("a calendar (iCalendar)", "export it as CSV")
        }
        _ if !utf16 && !named_table && !text_like(bytes) => Detected::Other("not a text file", ""),
        _ if !utf16 && named_table && noise(bytes) => Detected::Other("not a text file", ""),
        _ => table(bytes),
    }
}

/// What a file of tags is, by the first tag that is not about XML itself.
fn markup(bytes: &[u8]) -> Detected {
    let sample = bytes.get(..TABLE_SAMPLE).unwrap_or(bytes);
    // Zeros are those of UTF-16.
    let text: Vec<u8> = sample.iter().copied().filter(|byte| *byte != 0).collect();
    let has = |tag: &[u8]| text.windows(tag.len()).any(|window| window == tag);
    if has(b"<gexf") {
        Detected::Gexf
    } else if has(b"<graphml") {
        Detected::GraphMl
    } else {
        Detected::Other("HTML or XML", "save or export its table as CSV")
    }
}

/// Which table it is, by its first rows.
fn table(bytes: &[u8]) -> Detected {
    let sample = bytes.get(..TABLE_SAMPLE).unwrap_or(bytes);
    match gdelt::recognise(sample) {
        Some(version) => Detected::Gdelt(version),
        None if icews::recognise(sample) => Detected::Quadruples,
        None => Detected::Table,
    }
}

/// Whether the beginning could be text: at most some zeros of UTF-16, no other control characters.
fn text_like(bytes: &[u8]) -> bool {
    let sample = bytes.get(..4096).unwrap_or(bytes);
    let zeros = sample.iter().filter(|byte| **byte == 0).count();
    !sample.iter().any(is_control) && zeros <= sample.len().div_ceil(2)
}

/// Whether it is a control character that texts have no use for.
const fn is_control(byte: &u8) -> bool {
    *byte < 0x20 && !matches!(byte, 0 | 9 | 10 | 12 | 13 | 0x1C..=0x1F)
}

/// Whether so much of the beginning is control characters that no table was ever meant: one in
/// twenty. A stray one in a cell is passed on with the cell.
fn noise(bytes: &[u8]) -> bool {
    let sample = bytes.get(..4096).unwrap_or(bytes);
    sample.iter().filter(|byte| is_control(byte)).count() * 20 > sample.len()
}

/// Whether it is a page of the web, which servers send in place of a table that they do not have.
fn is_page(text: &[u8]) -> bool {
    let start = text.trim_ascii_start();
    let is = |tag: &str| {
        start.get(..tag.len()).is_some_and(|it| it.eq_ignore_ascii_case(tag.as_bytes()))
    };
    is("<!doctype") || is("<html") || is("<?xml")
}

/// A ZIP archive by the names of what is in it.
fn archive(bytes: &[u8]) -> Detected {
    let sample = bytes.get(..ARCHIVE_SAMPLE).unwrap_or(bytes);
    let has = |name: &[u8]| sample.windows(name.len()).any(|window| window == name);
    if has(b"xl/") || has(b"opendocument.spreadsheet") {
        Detected::Other(
            "a spreadsheet file (Excel or OpenDocument)",
            "save the sheet as CSV in UTF-8",
        )
    } else if has(b"word/") || has(b"opendocument.text") {
        Detected::Other(
            "a text document (Word or OpenDocument)",
            "copy its table to a sheet and save that as CSV",
        )
    } else {
        Detected::Other("a ZIP archive", "unpack it first")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_before_the_name() {
        let spreadsheet = b"PK\x03\x04........[Content_Types].xml....xl/workbook.xml";
        assert!(
            matches!(detect("a.csv", spreadsheet), Detected::Other(what, _) if what.contains("spreadsheet"))
        );
        assert!(matches!(
            detect("a.csv", b"\x89PNG\r\n\x1a\n"),
            Detected::Other("a PNG picture", _)
        ));
        assert!(matches!(detect("a", b"\x01\x02\x03\x04"), Detected::Other("not a text file", _)));
        assert_eq!(detect("a.csv", b" {\"format\": 1}"), Detected::Json);
        assert_eq!(detect("a", b"\xEF\xBB\xBF{}"), Detected::Json);
        assert_eq!(detect("a", b"\xFF\xFE{\0\"\0"), Detected::Json);
        assert_eq!(detect("a.csv", b"[2022..2024],Meeting\n"), Detected::Table);
        assert_eq!(detect("a.csv", b"BMW,Date\n"), Detected::Table);
        assert_eq!(detect("a.json", b"nothing"), Detected::Json);
        assert_eq!(detect("a.xml", b"<?xml version=\"1.0\"?>\n<!-- x --><gexf>"), Detected::Gexf);
        assert_eq!(detect("a", b"<\0g\0r\0a\0p\0h\0m\0l\0>\0"), Detected::GraphMl);
        assert!(matches!(detect("a", b"<html>"), Detected::Other("HTML or XML", _)));
        assert_eq!(detect("a.CSV", b"date,title\n"), Detected::Table);
        assert_eq!(
            detect("a.csv", b"date,title\n2024,A\x01B\n2025,plain and simple\n"),
            Detected::Table
        );
        assert_eq!(detect("a.csv", b"<5,date\n1,2024\n"), Detected::Table);
        assert!(matches!(
            detect("a.csv", b"\x02\x04ab\x05,\x06\n\x07"),
            Detected::Other("not a text file", _)
        ));
        assert!(matches!(
            detect("a.csv", b"\n<!DOCTYPE html><html>"),
            Detected::Other("HTML or XML", _)
        ));
    }
}
