//! What is printed: collected, then written once, and no fault when nobody reads it to the end.

use std::{
    fmt::Write as _,
    io::{self, Write as _},
};

use super::Failure;
use crate::formats::{Problem, Severity};
pub use crate::model::words::grouped;

/// The text for standard output.
#[derive(Debug, Default)]
pub struct Console {
    text: String,
}

impl Console {
    /// Adds text as it is.
    pub fn print(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds a line.
    pub fn line(&mut self, line: &str) {
        self.text.push_str(&printable(line));
        self.text.push('\n');
    }

    /// Writes everything to standard output.
    pub fn finish(self) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        match out.write_all(self.text.as_bytes()).and_then(|()| out.flush()) {
            // The reader has seen enough: `demarche check file | head`.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            Err(error) => Err(Failure(format!("standard output: {error}"))),
            Ok(()) => Ok(()),
        }
    }
}

/// Writes a line to standard error; when that cannot be written there is nobody to tell.
pub fn complain(message: &str) {
    let _ = writeln!(io::stderr().lock(), "demarche: {}", printable(message));
}

/// A text without characters that a terminal would obey or that reverse what follows them.
pub fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
                // Writing to a string cannot fail.
                let _ = write!(out, "U+{:04X}", u32::from(c));
            }
            '\n' | '\r' | '\t' => out.push(' '),
            c if c.is_control() => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

/// One problem in one line: "row 12, column Date: … — row left out".
pub fn problem(problem: &Problem) -> String {
    let mut line = format!("{}: {}", problem.location.told(), problem.message);
    if !problem.done.is_empty() {
        line.push_str(" — ");
        line.push_str(&problem.done);
    }
    line
}

/// The English word of a severity.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// "1 party", "4,271 engagements".
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_is_named() {
        assert_eq!(counted(1, "party", "parties"), "1 party");
        assert_eq!(counted(4271, "party", "parties"), "4,271 parties");
    }

    #[test]
    fn nothing_that_is_printed_commands_the_terminal() {
        assert_eq!(printable("a\u{1b}[31mb\nc\u{202E}d"), "a\u{FFFD}[31mb cU+202Ed");
    }
}
