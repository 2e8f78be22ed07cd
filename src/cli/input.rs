//! The file that a command reads, with its name.

use std::path::Path;

use super::{Failure, output, watch};
use crate::{
    app::{BUILT_IN, BUILT_IN_NAME, Document},
    formats::{self, OpenOptions, Opened, Progress, Report, Severity},
};

/// The most problems that are printed beside another result.
const SHOWN: usize = 10;

/// A file that has been read.
pub struct Input {
    /// What is in it.
    pub opened: Opened,
    /// Its name without its folder.
    pub name: String,
}

/// Opens a file, or the built-in dataset when none is named.
pub fn open(file: Option<&Path>) -> Result<Input, Failure> {
    let (options, progress) = (OpenOptions::default(), Progress::default());
    let (opened, name) = match file {
        None => {
            let opened = formats::read(BUILT_IN_NAME, BUILT_IN.as_bytes(), &options, &progress)?;
            (opened, BUILT_IN_NAME.to_owned())
        }
        Some(path) => {
            let opened = watch::watched(&progress, || formats::open(path, &options, &progress))?;
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
            (opened, name.into_owned())
        }
    };
    Ok(Input { opened, name })
}

/// Opens a file, or the built-in dataset when none is named, and prepares it for figures.
pub fn document(file: Option<&Path>) -> Result<Document, Failure> {
    Ok(match file {
        None => Document::built_in()?,
        Some(path) => Document::open(path, &OpenOptions::default(), &Progress::default())?,
    })
}

/// Whether a reader found anything that a person should look at.
pub fn has_problems(report: &Report) -> bool {
    report.problems.iter().any(|problem| problem.severity != Severity::Note)
}

/// Says on standard error what was found in a file, beside another result.
pub fn mention_problems(file: &str, report: &Report) {
    let found: Vec<_> =
        report.problems.iter().filter(|problem| problem.severity != Severity::Note).collect();
    for problem in found.iter().take(SHOWN) {
        let kind = output::severity(problem.severity);
        output::complain(&format!("{file}: {kind}: {}", output::problem(problem)));
    }
    if found.len() > SHOWN {
        let more = output::grouped(found.len() - SHOWN);
        output::complain(&format!("{file}: {more} more problems; demarche check lists them all"));
    }
}
