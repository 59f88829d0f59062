//! Runs `shiftlint man`, which prints a manual page.

use crate::cli::args::{Args, ManArgs};
use crate::cli::output;
use crate::error::Error;
use clap::CommandFactory;
use clap_mangen::Man;
use std::process::ExitCode;

/// Prints the page of the program, or of a command.
///
/// # Errors
/// When there is no such command, or standard output cannot be written.
pub(crate) fn run(args: &ManArgs) -> Result<ExitCode, Error> {
    let mut program = Args::command();
    program.build();
    let command = match &args.command {
        None => program,
        Some(name) => command_named(&program, name)?,
    };
    let mut page = Vec::new();
    Man::new(command).render(&mut page).map_err(|error| Error::write(None, error, None))?;
    output::print(&String::from_utf8_lossy(&page))?;
    Ok(ExitCode::SUCCESS)
}

/// A command of the program.
fn command_named(program: &clap::Command, name: &str) -> Result<clap::Command, Error> {
    program.find_subcommand(name).cloned().ok_or_else(|| {
        let names: Vec<&str> = program.get_subcommands().map(clap::Command::get_name).collect();
        let help = format!("the commands are {}", names.join(", "));
        Error::usage(format!("no command is called `{name}`"), Some(help))
    })
}
