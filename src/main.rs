//! The program: arguments in, a window or one headless command out.

use std::process::ExitCode;

fn main() -> ExitCode {
    demarche::cli::run(std::env::args_os())
}
