//! What a reader found: problems with their places, and notes on how the file was understood.

use serde::Serialize;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A row or a value could not be used.
    Error,
    /// It was used, but a reader should look at it.
    Warning,
    /// How something was understood.
    Note,
}

/// Where in a file something stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Location {
    /// Line of the file or record of the table, from 1; the heading of a table is row 1.
    pub row: Option<u64>,
    /// Name of the column, or its number from 1 where it has no name.
    pub column: Option<String>,
    /// JSON pointer (RFC 6901).
    pub pointer: Option<String>,
}

impl Location {
    /// The place in words: "row 3, column date"; "the file" where nothing is known.
    #[must_use]
    pub fn told(&self) -> String {
        let mut parts = Vec::new();
        if let Some(row) = self.row {
            // A place in JSON is a line, one in a table a row.
            let what = if self.pointer.is_some() { "line" } else { "row" };
            parts.push(format!("{what} {row}"));
        }
        parts.extend(self.column.iter().map(|column| format!("column {column}")));
        // The empty pointer leads to all that stands on the line.
        parts.extend(self.pointer.iter().filter(|pointer| !pointer.is_empty()).cloned());
        if parts.is_empty() { "the file".to_owned() } else { parts.join(", ") }
    }
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// Where it is.
    pub location: Location,
    /// What is wrong and what to do about it.
    pub message: String,
    /// What was done with the row or the value, for example "row left out".
    pub done: String,
}

/// What a reader found in a file.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Report {
    /// The name of the file, without its folder.
    pub file: String,
    /// The format that it was read as, in words.
    pub format: String,
    /// How many records the file holds, headings not counted.
    pub rows: u64,
    /// How many of them became engagements.
    pub engagements: u64,
    /// The problems, in the order of the file.
    pub problems: Vec<Problem>,
    /// How the file was understood: encoding, delimiter, day and month order, counts by date form.
    pub notes: Vec<String>,
}

impl Report {
    /// How many problems of a severity there are.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.problems.iter().filter(|problem| problem.severity == severity).count()
    }
}
