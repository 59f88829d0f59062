//! `shiftlint check`: the gate.

use crate::cli::args::CheckArgs;
use crate::cli::{output, progress, settings};
use shiftlint::analyze::{Progress, analyze};
use shiftlint::error::Error;
use std::process::ExitCode;
use std::sync::Arc;

/// Checks the batch and writes the reports.
///
/// # Errors
/// When the command line makes no sense or a report cannot be written.
pub(crate) fn run(args: &CheckArgs) -> Result<ExitCode, Error> {
    let targets = output::targets(&args.reports.typed)?;
    let settings = settings::of_check(args)?;
    let progress = Arc::new(Progress::default());
    let bar = progress::show(&args.reports, &settings, &progress);
    let report = analyze(&settings, &progress);
    drop(bar);
    let report = report?;
    output::write_all(&report, &targets, &args.reports)?;
    Ok(ExitCode::from(report.verdict.code()))
}
