//! Opening a file of any known format: detection, then the reader of that format.

use std::path::Path;

use super::table::{DayOrder, Mapping};
use super::{Progress, Report};
use crate::model::Dataset;

/// How to read a file, where the reader's own judgement is to be overruled.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OpenOptions {
    /// For tables: what the columns are. Guessed from headings and values when `None`, or when it
    /// does not have as many columns as the file.
    pub mapping: Option<Mapping>,
    /// For tables: whether dates such as 03/04/2024 start with the day or with the month. Decided
    /// for each column from its values when `None`.
    pub day_order: Option<DayOrder>,
}

/// A dataset and what its reader found.
#[derive(Debug)]
pub struct Opened {
    /// The dataset.
    pub dataset: Dataset,
    /// What the reader found.
    pub report: Report,
    /// For tables: how the columns were understood; [`OpenOptions::mapping`] changes it.
    pub mapping: Option<Mapping>,
    /// For tables: the cells of the first rows, headings not counted.
    pub preview: Vec<Vec<String>>,
}

/// Why a file could not be opened at all. One line that names the file and says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// It could not be read from the disk.
    #[error("{file}: {message}")]
    Unreadable {
        /// The file as the user named it.
        file: String,
        /// What is wrong and what to do.
        message: String,
    },
    /// It could be read, but nothing in it can be used.
    #[error("{file}{}: {message}", place(*line, *column))]
    Unusable {
        /// The file as the user named it.
        file: String,
        /// The line, from 1, where one is to blame.
        line: Option<u64>,
        /// The character of that line, from 1.
        column: Option<u64>,
        /// What is wrong and what to do.
        message: String,
    },
    /// The reading was cancelled.
    #[error("{file}: cancelled")]
    Cancelled {
        /// The file as the user named it.
        file: String,
    },
}

/// Where in a file, as it stands in a message.
fn place(line: Option<u64>, column: Option<u64>) -> String {
    match (line, column) {
        (Some(line), Some(column)) => format!(", line {line}, column {column}"),
        (Some(line), None) => format!(", line {line}"),
        (None, _) => String::new(),
    }
}

/// Opens a file, whatever its format.
///
/// # Errors
/// When nothing in it can be used: see [`OpenError`].
pub fn open(path: &Path, options: &OpenOptions, progress: &Progress) -> Result<Opened, OpenError> {
    let _ = (path, options, progress);
    todo!()
}

/// Reads a file that is already in memory. `name` is the file's name, used in messages and as one
/// of the clues to its format.
///
/// # Errors
/// When nothing in it can be used: see [`OpenError`].
pub fn read(
    name: &str,
    bytes: &[u8],
    options: &OpenOptions,
    progress: &Progress,
) -> Result<Opened, OpenError> {
    let _ = (name, bytes, options, progress);
    todo!()
}
