//! `demarche convert` and `demarche generate`: datasets written to files.

use std::path::Path;

use super::{Failure, Outcome, input, output::Console, output::counted};
use crate::app::network_look;
use crate::formats;

/// Reads one file and writes another.
pub fn run(from: &Path, to: &Path, console: &mut Console) -> Result<Outcome, Failure> {
    let input = input::open(Some(from))?;
    let dataset = &input.opened.dataset;
    formats::write(dataset, to, Some(from), || {
        network_look(dataset, &input.opened.look.positions)
    })?;
    input::mention_problems(&from.display().to_string(), &input.opened.report);
    let count = counted(dataset.engagements().len(), "engagement", "engagements");
    console.line(&format!("{}: {count}", to.display()));
    let problems = input::has_problems(&input.opened.report);
    Ok(if problems { Outcome::Problems } else { Outcome::Clean })
}

/// Makes up a dataset and writes it.
pub fn generate(
    engagements: usize,
    seed: u64,
    to: &Path,
    console: &mut Console,
) -> Result<Outcome, Failure> {
    let dataset = formats::generate::generate(engagements, seed);
    formats::write(&dataset, to, None, || network_look(&dataset, &[]))?;
    let count = counted(engagements, "invented engagement", "invented engagements");
    console.line(&format!("{}: {count}", to.display()));
    Ok(Outcome::Clean)
}
