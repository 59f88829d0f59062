//! `shiftlint check`: the gate.

use crate::cli::args::CheckArgs;
use crate::cli::{output, progress, settings};
use shiftlint::analyze::{Progress, analyze};
use shiftlint::calendar::bundled_version;
use shiftlint::error::Error;
use shiftlint::model::settings::{Settings, Tzdb};
use shiftlint::read::zoneinfo;
use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

/// Checks the batch and writes the reports.
///
/// # Errors
/// When the command line makes no sense or a report cannot be written.
pub(crate) fn run(args: &CheckArgs) -> Result<ExitCode, Error> {
    let targets = output::targets(&args.reports.typed)?;
    let settings = settings::of_check(args)?;
    note_newer_tzdb(&settings, args.reports.quiet);
    let progress = Arc::new(Progress::default());
    let bar = progress::show(&args.reports, &settings, &progress);
    let report = analyze(&settings, &progress);
    drop(bar);
    let report = report?;
    output::write_all(&report, &targets, &args.reports)?;
    Ok(ExitCode::from(report.verdict.code()))
}

/// Says so when this system knows newer rules of the clock than the program.
fn note_newer_tzdb(settings: &Settings, quiet: bool) {
    let system = zoneinfo::system_folder().and_then(zoneinfo::version);
    let newer = system.filter(|version| version.as_str() > bundled_version());
    if let Some(version) = newer.filter(|_| settings.tzdb == Tzdb::Bundled && !quiet) {
        let bundled = bundled_version();
        let note = format!(
            "note: this system's tz database is {version}, newer than the bundled {bundled}; \
             --tzdb system uses it\n"
        );
        let _ = std::io::stderr().write_all(note.as_bytes());
    }
}
