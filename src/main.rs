//! The command line of shiftlint.

use std::process::ExitCode;

fn main() -> ExitCode {
    shiftlint::run_program()
}
