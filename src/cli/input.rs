//! The file that a command reads, with its name and checksum.

use std::{fs::File, io::Read as _, path::Path};

use sha2::{Digest as _, Sha256};

use super::{Failure, output};
use crate::{
    app::BUILT_IN,
    formats::{self, OpenOptions, Opened, Progress, Report, Severity},
};

/// The name of the built-in dataset's file.
const BUILT_IN_NAME: &str = "southeast-asia-partnerships.json";

/// The most problems that are printed beside another result.
const SHOWN: usize = 10;

/// A file that has been read.
pub struct Input {
    /// What is in it.
    pub opened: Opened,
    /// Its name without its folder.
    pub name: String,
    /// The beginning of its SHA-256, with that word before it; empty where it cannot be had.
    pub checksum: String,
}

/// Opens a file, or the built-in dataset when none is named.
pub fn open(file: Option<&Path>) -> Result<Input, Failure> {
    let (options, progress) = (OpenOptions::default(), Progress::default());
    let Some(path) = file else {
        let opened = formats::read(BUILT_IN_NAME, BUILT_IN.as_bytes(), &options, &progress)?;
        let checksum = shortened(Sha256::new_with_prefix(BUILT_IN));
        return Ok(Input { opened, name: BUILT_IN_NAME.to_owned(), checksum });
    };
    let opened = formats::open(path, &options, &progress)?;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    Ok(Input { opened, name, checksum: checksum(path) })
}

fn checksum(path: &Path) -> String {
    // What is not a plain file cannot be read a second time.
    let Ok(mut file) = File::open(path) else { return String::new() };
    if !file.metadata().is_ok_and(|about| about.is_file()) {
        return String::new();
    }
    let mut sum = Sha256::new();
    let mut part = vec![0; 1 << 16];
    loop {
        match file.read(&mut part) {
            Ok(0) => return shortened(sum),
            Ok(read) => sum.update(&part[..read]),
            Err(_) => return String::new(),
        }
    }
}

fn shortened(sum: Sha256) -> String {
    let digits: String = sum.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("SHA-256 {digits}…")
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
