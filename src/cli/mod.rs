//! The command line: arguments to validated options, then the window or one headless command.
//!
//! Exit codes: 0 when it is done, 1 when it is done and problems were found, 2 when it could not
//! be done; then one line on standard error says what and where.

mod args;
mod check;
mod convert;
mod filter;
mod input;
mod map_args;
mod names;
mod network_args;
mod output;
mod render;
mod render_args;
mod size;
mod watch;

use std::{ffi::OsString, process::ExitCode};

use args::{Invocation, Parsed};
use output::Console;

/// How a command ended that could do what it was asked to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Nothing to complain about.
    Clean,
    /// It was done, and problems were found.
    Problems,
}

/// Why a command could not do what it was asked to, in one line.
#[derive(Debug)]
struct Failure(String);

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// Runs the program with its arguments, the first being its name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let mut console = Console::default();
    let result = match args::parse(arguments) {
        Parsed::Run(invocation) => execute(*invocation, &mut console),
        Parsed::Print(text) => {
            console.print(&text);
            Ok(Outcome::Clean)
        }
        Parsed::Refuse(message) => Err(Failure(message)),
    };
    let result = result.and_then(|outcome| console.finish().map(|()| outcome));
    match result {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Problems) => ExitCode::from(1),
        Err(Failure(message)) => {
            output::complain(&message);
            ExitCode::from(2)
        }
    }
}

fn execute(invocation: Invocation, console: &mut Console) -> Result<Outcome, Failure> {
    match invocation {
        Invocation::Open(options) => {
            crate::ui::run(options)?;
            Ok(Outcome::Clean)
        }
        Invocation::Check { file, json } => check::run(file.as_deref(), json, console),
        Invocation::Render(options) => render::run(&options, console),
        Invocation::Convert { from, to } => convert::run(&from, &to, console),
        Invocation::Generate { engagements, seed, output } => {
            convert::generate(engagements, seed, &output, console)
        }
    }
}
