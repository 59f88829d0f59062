//! Runs the program: parses the command line, runs the command, and returns an exit code.
//!
//! Each command has a file of its own. [`args`] holds what was typed and [`settings`] what it
//! means; the library sees only the latter.

mod args;
mod check;
mod command_line;
mod completions;
mod config;
mod destination;
mod diff;
mod fix;
mod gate;
mod init;
mod inspect;
mod interrupt;
mod man;
mod new_folder;
mod output;
mod paths;
mod plan;
mod progress;
mod redact;
mod replacing;
mod retry;
mod rules;
mod schema;
mod sent_plan;
mod settings;
mod triage;
mod values;
mod why;

use crate::error::Error;
use command_line::Refusal;
use std::io::Write;
use std::process::ExitCode;

/// Parses the command line and does what it says.
pub fn run() -> ExitCode {
    let (args, places) = match command_line::parse() {
        Ok(parsed) => parsed,
        Err(Refusal::Clap(error)) => return refuse(&error),
        Err(Refusal::Config(error)) => return fail(&error),
    };
    let done = match args.command {
        args::Command::Check(check) => check::run(*check),
        args::Command::Plan(plan) => plan::run(&plan),
        args::Command::Triage(triage) => triage::run(&triage),
        args::Command::Why(why) => why::run(&why),
        args::Command::Fix(fix) => fix::run(&fix),
        args::Command::Diff(diff) => diff::run(&diff),
        args::Command::Inspect(inspect) => inspect::run(&inspect),
        args::Command::Init(init) => init::run(&init),
        args::Command::Redact(redact) => redact::run(&redact),
        args::Command::Rules(rules) => rules::run(&rules),
        args::Command::Schema(schema) => schema::run(&schema),
        args::Command::Completions(completions) => completions::run(&completions),
        args::Command::Man(man) => man::run(&man),
    };
    done.unwrap_or_else(|error| fail_at(&error, places.of(&error.to_string())))
}

/// Help and version go to standard output and are not failures; neither is a reader that
/// has closed its end.
fn refuse(error: &clap::Error) -> ExitCode {
    match error.print() {
        Err(failed) if !error.use_stderr() && failed.kind() != std::io::ErrorKind::BrokenPipe => {
            fail(&Error::write(None, failed, None))
        }
        _ => ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2)),
    }
}

fn fail(error: &Error) -> ExitCode {
    fail_at(error, None)
}

/// The same, with the place of the configuration that is to blame.
fn fail_at(error: &Error, place: Option<&str>) -> ExitCode {
    let place = place.map(|place| format!("{place}: ")).unwrap_or_default();
    let words = format!("{place}{error}");
    let mut message = format!("error: {}\n", crate::report::visible::visible(&words));
    if let Some(help) = error.help() {
        message.push_str(&format!("  help: {}\n", crate::report::visible::visible(help)));
    }
    let _ = std::io::stderr().write_all(message.as_bytes());
    ExitCode::from(error.code())
}
