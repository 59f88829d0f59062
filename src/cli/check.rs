//! Runs `shiftlint check`, which checks a batch and reports the findings.

use crate::analyze::Progress;
use crate::calendar::bundled_version;
use crate::cli::args::{CheckArgs, SYSTEM_TZDB};
use crate::cli::output::OutputTarget;
use crate::cli::replacing::{BASELINE, WRITE_BASELINE, refuse_replacing, refuse_within};
use crate::cli::{gate, output, progress, redact, sent_plan, settings};
use crate::error::Error;
use crate::gate::{check as gated_check, judge};
use crate::model::settings::{Settings, Tzdb};
use crate::plan::check_plan;
use crate::thread_pool::ThreadPool;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

/// How many findings are worth more threads than one to write.
const MANY: usize = 1_000;

/// Checks the batch and writes the reports.
///
/// # Errors
/// When the command line makes no sense or a report cannot be written.
pub(crate) fn run(mut args: CheckArgs) -> Result<ExitCode, Error> {
    let targets = output::targets(&args.reports.typed)?;
    let plan = args.plan.take().map(|folder| sent_plan::read(&folder).map(|plan| (folder, plan)));
    let plan = plan.transpose()?;
    let mut settings = match &plan {
        Some((folder, plan)) => {
            sent_plan::take_inputs(&mut args, plan)?;
            let settings = settings::of_sent_plan(&args, plan)?;
            sent_plan::refuse_stale(folder, plan, &settings)?;
            settings
        }
        None => settings::of_check(&args)?,
    };
    let folder = plan.as_ref().map(|(folder, _)| Path::new(folder.as_str()));
    spare(&args, (&targets, folder), &settings)?;
    output::look_for_folders(&targets)?;
    let gate = gate::of_check(&args, &settings)?;
    note_newer_tzdb(&settings, args.reports.quiet);
    if args.privacy.redact {
        settings::keep_streams(&mut settings)?;
    }
    let progress = Arc::new(Progress::default());
    let is_silent = args.reports.no_progress || args.reports.quiet || args.privacy.redact;
    let bar = progress::show_unless(is_silent, &settings, &progress);
    let judged = match &plan {
        Some((_, plan)) => gate::allowed(&args.reading, &args.date, &settings, &progress)
            .and_then(|allowed| check_plan(&settings, (plan, &allowed), &progress))
            .map(|report| judge(report, &settings, gate, &[])),
        None if args.privacy.redact => {
            redact::check(&args, &settings).map(|report| judge(report, &settings, gate, &[]))
        }
        None => gated_check(&settings, gate, &progress),
    };
    drop(bar);
    let judged = judged?;
    let report = &judged.report;
    let pool = ThreadPool::new(if report.findings.len() < MANY { Some(1) } else { settings.jobs })?;
    output::write_all(report, &targets, &args.reports, &pool)?;
    let is_written = gate::write(&judged, &args.gate)?;
    let code = if is_written { report.exit_code() } else { 3 };
    // The system frees its memory at once. To free it piece by piece can take longer
    // than the check.
    std::mem::forget(judged);
    Ok(ExitCode::from(code))
}

/// Refuses to write a report, a baseline or a map over what is read.
fn spare(
    args: &CheckArgs,
    (targets, plan): (&[OutputTarget], Option<&Path>),
    settings: &Settings,
) -> Result<(), Error> {
    fn named<'p>(what: &'static str, path: Option<&'p String>) -> Option<(&'static str, &'p Path)> {
        path.map(|path| (what, Path::new(path.as_str())))
    }
    let reports = targets.iter().filter_map(|target| Some(("--output", target.path.as_deref()?)));
    let written = reports
        .chain(named(WRITE_BASELINE, args.gate.write_baseline.as_ref()))
        .chain(named("--redact-map", args.privacy.redact_map.as_ref()));
    let kept = [
        named(BASELINE, args.gate.baseline.as_ref()),
        named("the configuration", settings.configuration.as_ref()),
        named("the configuration", args.reading.configured.base.as_ref()),
        named("the key", args.privacy.redact_key.as_ref()),
        named("the settings of the unit", args.reading.unit.as_ref()),
        named("the activity codes", args.reading.activity_codes.as_ref()),
    ];
    let kept: Vec<_> = kept.into_iter().flatten().collect();
    let written: Vec<_> = written.collect();
    refuse_within(&written, plan)?;
    refuse_replacing(&written, &kept, &settings.files)
}

/// Says so when this system knows newer rules of the clock than the program.
fn note_newer_tzdb(settings: &Settings, quiet: bool) {
    let asked = settings.tzdb == Tzdb::Bundled && !quiet;
    let system = SYSTEM_TZDB.as_deref().filter(|_| asked);
    if let Some(note) = system.and_then(|system| newer(system, bundled_version())) {
        let _ = std::io::stderr().write_all(note.as_bytes());
    }
}

/// The note about a system's tz database that is newer than the bundled one.
fn newer(system: &str, bundled: &str) -> Option<String> {
    (system > bundled).then(|| {
        format!(
            "note: this system's tz database is {system}, newer than the bundled {bundled}; \
             --tzdb system uses it\n"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::newer;

    #[test]
    fn only_a_newer_database_is_worth_a_note() {
        let note = newer("2026f", "2026e").unwrap_or_default();
        assert!(note.contains("2026f, newer than the bundled 2026e; --tzdb system"), "{note}");
        assert!(newer("2027a", "2026e").is_some());
        assert_eq!(newer("2026e", "2026e"), None);
        assert_eq!(newer("2025b", "2026e"), None);
    }
}
