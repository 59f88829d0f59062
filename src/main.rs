//! The command line of shiftlint.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
