//! Text to records of cells: delimiters, quotes, line ends, and what to do where they are wrong.

/// The delimiters that are looked for, the likeliest first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How much of a file is looked at to find its delimiter.
const SAMPLE: usize = 1 << 16;

/// How many bytes of a cell are looked at one by one before they are searched in blocks.
const SHORT: usize = 24;

/// A delimiter in words.
#[must_use]
pub(super) fn name(delimiter: u8) -> &'static str {
    match delimiter {
        b';' => "semicolons",
        b'\t' => "tabs",
        b'|' => "vertical bars",
        _ => "commas",
    }
}

/// Finds the delimiter: the one with which most records have as many cells as the first, and of
/// those the one that makes most cells.
#[must_use]
pub(super) fn delimiter(text: &str) -> u8 {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = &text[..end];
    let mut best = (0, 0, b',');
    for delimiter in DELIMITERS {
        let mut records = Records::new(sample, delimiter);
        let mut record = Record::default();
        let (mut width, mut same, mut all) = (0, 0_usize, 0_usize);
        while records.next(&mut record) {
            // The sample may end within a record.
            if end < text.len() && records.position() == end && all > 0 {
                break;
            }
            if width == 0 {
                width = record.len();
            }
            all += 1;
            same += usize::from(record.len() == width);
        }
        if width > 1 && all > 0 {
            // In tenths, so that a few ragged rows do not outweigh the number of cells.
            let score = (same * 10 / all, width, delimiter);
            if (score.0, score.1) > (best.0, best.1) {
                best = score;
            }
        }
    }
    best.2
}

/// Where a cell's text stands: in the file, or, where quotes had to be taken out of it, in the
/// record.
#[derive(Clone, Copy, Debug)]
struct Cell {
    from: usize,
    to: usize,
    own: bool,
}

/// One record of a table; reused from record to record.
#[derive(Debug, Default)]
pub(super) struct Record<'a> {
    text: &'a str,
    cells: Vec<Cell>,
    /// The text of cells that do not stand in the file as they are.
    own: String,
    /// Its number, from 1; the heading is 1 where nothing stands before it.
    pub number: u64,
    /// The cell, from 0, in which a quote was opened that is not closed where it should be.
    pub unclosed: Option<usize>,
}

impl Record<'_> {
    /// How many cells there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// A cell, empty where the record has fewer.
    #[must_use]
    pub fn get(&self, column: usize) -> &str {
        match self.cells.get(column) {
            Some(cell) if cell.own => &self.own[cell.from..cell.to],
            Some(cell) => &self.text[cell.from..cell.to],
            None => "",
        }
    }

    /// The cells.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|column| self.get(column))
    }

    /// Whether nothing is in any cell.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.iter().all(|cell| cell.trim().is_empty())
    }
}

/// The records of a text, or of a stretch of it.
#[derive(Debug)]
pub(super) struct Records<'a> {
    text: &'a str,
    at: usize,
    /// Where no further record is begun.
    until: usize,
    delimiter: u8,
    number: u64,
}

impl<'a> Records<'a> {
    /// The records of a text, from its beginning.
    #[must_use]
    pub fn new(text: &'a str, delimiter: u8) -> Self {
        Self::starting(text, delimiter, (0, 0))
    }

    /// The records of a text from a position on, before which there are some lines.
    #[must_use]
    pub fn starting(text: &'a str, delimiter: u8, (at, number): (usize, u64)) -> Self {
        Self { text, at, until: text.len(), delimiter, number }
    }

    /// The same, but no record that starts at a position or behind it.
    #[must_use]
    pub fn until(mut self, position: usize) -> Self {
        self.until = position.min(self.text.len());
        self
    }

    /// How many bytes are left of the stretch.
    #[must_use]
    pub fn left(&self) -> usize {
        self.until.saturating_sub(self.at)
    }

    /// How many bytes of the text have been read.
    #[must_use]
    pub fn position(&self) -> usize {
        self.at
    }

    /// How many records and empty lines have been read, with those before the first.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Reads the next record; empty lines are counted and passed over. False at the end.
    ///
    /// A quote within a quoted cell that neither ends the cell nor is doubled is taken as it
    /// stands, as spreadsheets do. Where that happens in a cell that runs over a line end, or
    /// where the text ends within a quoted cell, a closing quote is missing: the record is marked
    /// and reading goes on with the next line, so that one slip does not swallow the rest.
    pub fn next(&mut self, record: &mut Record<'a>) -> bool {
        let bytes = self.text.as_bytes();
        loop {
            if self.at >= self.until {
                return false;
            }
            self.number += 1;
            match line_end(bytes, self.at) {
                0 => break,
                skip => self.at += skip,
            }
        }
        record.text = self.text;
        record.cells.clear();
        record.own.clear();
        record.unclosed = None;
        record.number = self.number;
        loop {
            let opening = match bytes.get(self.at) {
                Some(b' ') => {
                    bytes[self.at..].iter().position(|&b| b != b' ').unwrap_or(0) + self.at
                }
                _ => self.at,
            };
            if bytes.get(opening) == Some(&b'"') {
                let Some(end) = self.quoted(opening + 1, record) else {
                    record.unclosed = Some(record.cells.len());
                    record.cells.push(Cell { from: opening, to: opening, own: false });
                    let rest = memchr::memchr2(b'\n', b'\r', &bytes[opening..]);
                    self.at = rest.map_or(bytes.len(), |rest| {
                        opening + rest + line_end(bytes, opening + rest)
                    });
                    return true;
                };
                self.at = end;
            } else {
                let end = self.plain(self.at);
                record.cells.push(Cell { from: self.at, to: end, own: false });
                self.at = end;
            }
            match bytes.get(self.at) {
                None => return true,
                Some(&byte) if byte == self.delimiter => {
                    self.at += 1;
                    if self.at >= bytes.len() {
                        record.cells.push(Cell { from: self.at, to: self.at, own: false });
                        return true;
                    }
                }
                Some(_) => {
                    self.at += line_end(bytes, self.at);
                    return true;
                }
            }
        }
    }

    /// The end of a cell without quotes: the next delimiter or line end.
    fn plain(&self, from: usize) -> usize {
        let bytes = &self.text.as_bytes()[from..];
        let ends = |byte: u8| byte == self.delimiter || byte == b'\n' || byte == b'\r';
        // Most cells are short: a search that prepares itself for long ones costs more than it saves.
        if let Some(length) = bytes.iter().take(SHORT).position(|&byte| ends(byte)) {
            return from + length;
        }
        let rest = bytes.get(SHORT..).unwrap_or_default();
        memchr::memchr3(self.delimiter, b'\n', b'\r', rest)
            .map_or(self.text.len(), |length| from + SHORT + length)
    }

    /// Reads a quoted cell from behind its opening quote; gives the position of the delimiter or
    /// line end behind it, or `None` where its closing quote is missing.
    fn quoted(&self, start: usize, record: &mut Record<'a>) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let (mut from, mut at) = (start, start);
        let own = record.own.len();
        let (mut stray, mut lines) = (false, false);
        loop {
            at += memchr::memchr3(b'"', b'\n', b'\r', bytes.get(at..)?)?;
            match bytes[at] {
                b'\n' | b'\r' => {
                    lines = true;
                    if stray {
                        return None;
                    }
                }
                b'"' => {
                    if bytes.get(at + 1) == Some(&b'"') {
                        record.own.push_str(&self.text[from..=at]);
                        at += 2;
                        from = at;
                        continue;
                    }
                    let mut after = at + 1;
                    while bytes.get(after) == Some(&b' ') && self.delimiter != b' ' {
                        after += 1;
                    }
                    let ends = bytes
                        .get(after)
                        .is_none_or(|&b| b == self.delimiter || b == b'\n' || b == b'\r');
                    if ends {
                        record.cells.push(if from == start {
                            Cell { from, to: at, own: false }
                        } else {
                            record.own.push_str(&self.text[from..at]);
                            Cell { from: own, to: record.own.len(), own: true }
                        });
                        return Some(after);
                    }
                    stray = true;
                    if lines {
                        return None;
                    }
                }
                _ => {}
            }
            at += 1;
        }
    }
}

/// The length of the line end at a position, 0 where there is none.
fn line_end(bytes: &[u8], at: usize) -> usize {
    match (bytes.get(at), bytes.get(at + 1)) {
        (Some(b'\r'), Some(b'\n')) => 2,
        (Some(b'\r' | b'\n'), _) => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(text: &str, delimiter: u8) -> Vec<Vec<String>> {
        let mut records = Records::new(text, delimiter);
        let mut record = Record::default();
        let mut out = Vec::new();
        while records.next(&mut record) {
            out.push(record.iter().map(str::to_owned).collect());
        }
        out
    }

    #[test]
    fn line_ends_of_every_system_and_quoted_line_breaks() {
        for end in ["\n", "\r\n", "\r"] {
            let text = format!("a,b{end}\"1{end}2\",\"say \"\"x\"\"\"{end}{end}3,{end}");
            let rows = all(&text, b',');
            assert_eq!(rows.len(), 3, "{rows:?}");
            assert_eq!(rows[1], [format!("1{end}2"), "say \"x\"".to_owned()]);
            assert_eq!(rows[2], ["3", ""]);
        }
    }

    #[test]
    fn a_missing_quote_costs_its_own_line_only() {
        let text = "a,b\n1,\"open\n2,\"fine\"\n3,plain\n";
        let mut records = Records::new(text, b',');
        let mut record = Record::default();
        let mut seen = Vec::new();
        while records.next(&mut record) {
            seen.push((record.number, record.unclosed, record.get(0).to_owned()));
        }
        let row = |number, unclosed, cell: &str| (number, unclosed, cell.to_owned());
        assert_eq!(
            seen,
            [row(1, None, "a"), row(2, Some(1), "1"), row(3, None, "2"), row(4, None, "3")]
        );
    }

    #[test]
    fn a_quote_in_the_middle_of_a_quoted_cell_is_kept() {
        assert_eq!(all("\"He said \"hi\" to\",x\n", b',')[0], ["He said \"hi\" to", "x"]);
        assert_eq!(all("a, \"b, c\" ,d", b',')[0], ["a", "b, c", "d"]);
    }

    #[test]
    fn the_delimiter_is_found_behind_quotes_and_lists() {
        assert_eq!(delimiter("a,b,c\n1,\"x;y;z;w\",2\n3,\"p;q\",4\n"), b',');
        assert_eq!(delimiter("a;b;c\n1;2,5;3\n1;2,7;3\n"), b';');
        assert_eq!(delimiter("a\tb\n1, 2, 3\t4\n"), b'\t');
        assert_eq!(delimiter("a|b|c\n1|2|3\n"), b'|');
        assert_eq!(delimiter("alone\n1\n2\n"), b',');
    }

    proptest! {
        #[test]
        fn any_text_is_read_to_its_end(text in "[a,\"; \r\n\té]{0,60}") {
            for delimiter in DELIMITERS {
                let lines = text.matches(['\n', '\r']).count() + 1;
                prop_assert!(all(&text, delimiter).len() <= lines);
            }
        }
    }
}
