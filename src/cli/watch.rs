//! How far the reading of a large file has come, on a terminal.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use super::output::grouped;
use crate::formats::Progress;

/// How often the line changes. What is done sooner is never mentioned.
const PACE: Duration = Duration::from_millis(400);

/// Does something that takes its time, and says on the terminal's standard error how far it is;
/// nothing where there is no terminal.
pub fn watched<T>(progress: &Progress, work: impl FnOnce() -> T) -> T {
    if !io::stderr().is_terminal() {
        return work();
    }
    std::thread::scope(|scope| {
        let (done, wait) = channel::<()>();
        scope.spawn(move || {
            let mut said = false;
            while wait.recv_timeout(PACE) == Err(RecvTimeoutError::Timeout) {
                said = true;
                // When that cannot be written there is nobody to tell.
                let _ = write!(io::stderr().lock(), "\r\x1B[K{}", words(progress));
            }
            if said {
                let _ = write!(io::stderr().lock(), "\r\x1B[K");
            }
        });
        let result = work();
        drop(done);
        result
    })
}

/// Rows and bytes in words.
fn words(progress: &Progress) -> String {
    let (bytes, total, rows) = progress.get();
    let megabytes = |bytes: u64| grouped(bytes.div_ceil(1_000_000) as usize);
    let read = megabytes(bytes.min(total));
    format!("Reading: {read} of {} MB, {} rows", megabytes(total), grouped(rows as usize))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_told_in_rows_and_megabytes() {
        let progress = Progress::default();
        progress.set_total(2_600_000_000);
        progress.set(12_000_001, 45_678);
        assert_eq!(words(&progress), "Reading: 13 of 2,600 MB, 45,678 rows");
    }
}
