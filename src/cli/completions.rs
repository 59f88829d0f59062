//! Runs `shiftlint completions`, which prints the script by which a shell completes commands.

use crate::cli::args::{Args, CompletionsArgs};
use crate::cli::output;
use crate::error::Error;
use clap::CommandFactory;
use std::process::ExitCode;

/// Prints the script of a shell.
///
/// # Errors
/// When standard output cannot be written.
pub(crate) fn run(args: &CompletionsArgs) -> Result<ExitCode, Error> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "shiftlint", &mut script);
    output::print(&String::from_utf8_lossy(&script))?;
    Ok(ExitCode::SUCCESS)
}
