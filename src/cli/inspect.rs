//! Runs `shiftlint inspect`, which shows how files are understood.

use crate::analyze::{Progress, analyze};
use crate::cli::args::InspectArgs;
use crate::cli::{output, settings};
use crate::error::Error;
use crate::report::{json, receipt};
use crate::thread_pool::ThreadPool;
use std::process::ExitCode;

/// Reads the files as a check does, with no rule on, and writes their receipts.
///
/// # Errors
/// When the command line makes no sense or standard output cannot be written.
pub(crate) fn run(args: &InspectArgs) -> Result<ExitCode, Error> {
    let settings = settings::of_inspect(args)?;
    let report = analyze(&settings, &Progress::default())?;
    let reporter = if args.shown.format == "json" { &json::RECEIPT } else { &receipt::REPORTER };
    output::show(&report, reporter, args.shown.colors.color, &ThreadPool::new(Some(1))?)?;
    // That nothing is left to compare is nothing to a look at files.
    Ok(ExitCode::from(if report.complete { 0 } else { 3 }))
}
