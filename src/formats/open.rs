//! Opening a file of any known format: detection, then the reader of that format.

use std::path::Path;

use super::{Progress, Report};
use crate::model::Dataset;

/// How to read a file, where the reader's own judgement is to be overruled.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OpenOptions {}

/// A dataset and what its reader found.
#[derive(Debug)]
pub struct Opened {
    /// The dataset.
    pub dataset: Dataset,
    /// What the reader found.
    pub report: Report,
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
    /// The reading was cancelled.
    #[error("{file}: cancelled")]
    Cancelled {
        /// The file as the user named it.
        file: String,
    },
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
